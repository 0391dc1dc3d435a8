//! C6: the read models.

use super::Checked;
use crate::evidence::Evidence;

/// `linli audit verify` replays the log from its first record, and finds every row of every read
/// model to be what that amounts to.
pub(super) fn read_models_are_the_log(evidence: &Evidence) -> Checked {
    let holds = "the read models are what a replay from position 1 amounts to, row by row";
    let mut checked = Checked::new("C6", holds, "records");
    let Some(audit) = &evidence.audit else { return checked.not_run("the auditor was not asked") };
    let records = audit.report["records"].as_u64().unwrap_or(0);
    checked.over = usize::try_from(records).unwrap_or(usize::MAX);
    for finding in audit.findings() {
        checked.find(finding.to_string());
    }
    if checked.found == 0
        && let Err(error) = audit.all_true()
    {
        checked.find(format!("{error:#}"));
    }
    checked
}
