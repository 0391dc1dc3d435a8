//! Random histories, one after another, until all that is looked for came up in some of them.

use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::TestRunner;

use crate::histories::History;
use crate::steps::Step;

/// Takes histories, the same ones each time, until `missing` names nothing after one of them: how many
/// it took, or what is missing still after so many.
pub fn until_all_came(
    most: u32,
    steps: impl Strategy<Value = Vec<Step>>,
    mut missing: impl FnMut(&History) -> Vec<&'static str>,
) -> Result<u32, Vec<&'static str>> {
    let mut runner = TestRunner::deterministic();
    let mut still = Vec::new();
    for taken in 1..=most {
        let mut history = History::new();
        for step in steps.new_tree(&mut runner).unwrap().current() {
            let _ = history.take(&step);
        }
        still = missing(&history);
        if still.is_empty() {
            return Ok(taken);
        }
    }
    Err(still)
}
