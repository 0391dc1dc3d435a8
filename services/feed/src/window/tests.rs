//! Chance against a window: whoever takes, gets each frame once, in order, or is told where it is.

use std::sync::LazyLock;

use linli_log::{BodyBuilder, Frame, Frontier};
use proptest::prelude::*;

use super::*;

/// Weights differ by frame; some two to ten of them fit.
const BYTES_MAX: usize = 4_000;

/// Frames of one record each that can't be read: of no matter here.
fn frames(count: usize) -> Vec<Arc<Decoded>> {
    let mut frontier = Frontier::new();
    let frame = |n: usize| {
        let mut body = BodyBuilder::new();
        body.push(&vec![7; n % 11 * 100]).unwrap();
        Arc::new(Decoded::of(&Frame::seal(&mut frontier, 1, body.take()).unwrap()))
    };
    (0..count).map(frame).collect()
}

static FRAMES: LazyLock<Vec<Arc<Decoded>>> = LazyLock::new(|| frames(300));

#[derive(Clone, Copy, Debug)]
enum Step {
    /// The feed takes the next frame, unless it is to wait.
    Push,
    /// The feed is offered an old one or one too far.
    Misfit(u64),
    Enter(u64),
    Take(usize),
    Leave(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => Just(Step::Push),
        1 => (0_u64..60).prop_map(Step::Misfit),
        1 => (0_u64..60).prop_map(Step::Enter),
        8 => (0_usize..6).prop_map(Step::Take),
        1 => (0_usize..6).prop_map(Step::Leave),
    ]
}

proptest! {
    #[test]
    fn each_frame_comes_once_and_in_order(
        begin in 0_u64..10,
        steps in prop::collection::vec(step(), 0..200),
    ) {
        let frames = &*FRAMES;
        let mut window = Window::new(BYTES_MAX);
        window.begin(begin);
        let mut end = begin;
        let mut takers: Vec<(Taker, u64)> = Vec::new();
        for step in steps {
            match step {
                Step::Push => {
                    let at_start = takers.iter().any(|(_, at)| *at < end);
                    if window.is_to_wait() {
                        prop_assert!(at_start, "it waits for somebody");
                    } else {
                        prop_assert!(window.push(Arc::clone(&frames[end as usize])));
                        end += 1;
                    }
                }
                Step::Misfit(at) => {
                    if at != end {
                        prop_assert!(!window.push(Arc::clone(&frames[at as usize])));
                    }
                }
                Step::Enter(at) => takers.push((window.enter(at), at)),
                Step::Leave(index) if index < takers.len() => {
                    window.leave(takers.swap_remove(index).0);
                }
                Step::Take(index) if index < takers.len() => {
                    let (taker, at) = &mut takers[index];
                    match window.take(*taker, *at) {
                        Place::Here(frame) => {
                            prop_assert_eq!(frame.first, *at + 1);
                            *at = frame.last;
                        }
                        Place::Later => prop_assert!(*at >= end),
                        // As if it had read the log up to there.
                        Place::Behind => {
                            prop_assert!(*at < end);
                            *at += 1;
                        }
                    }
                }
                Step::Leave(_) | Step::Take(_) => {}
            }
            prop_assert_eq!(window.end(), end);
            prop_assert!(window.held_bytes() <= BYTES_MAX + 2_000);
            let nobody = takers.iter().all(|(_, at)| *at >= end);
            prop_assert!(!nobody || window.held_bytes() == 0, "held for nobody");
        }
    }
}

#[test]
fn it_waits_for_the_fastest_and_never_for_a_slow_one() {
    let frames = &FRAMES[..100];
    let mut window = Window::new(BYTES_MAX);
    window.begin(0);
    let (slow, quick) = (window.enter(0), window.enter(0));
    let fill = |window: &mut Window| {
        while !window.is_to_wait() && window.end() < 100 {
            assert!(window.push(Arc::clone(&frames[window.end() as usize])));
        }
        window.end()
    };
    let full = fill(&mut window);
    assert!(full < 20, "{full}");
    let mut at = 0;
    while let Place::Here(frame) = window.take(quick, at) {
        at = frame.last;
        fill(&mut window);
    }
    assert_eq!((at, window.end()), (100, 100));
    assert!(matches!(window.take(slow, 0), Place::Behind));
    // Nobody is left that stands at the beginning.
    window.leave(quick);
    window.leave(slow);
    assert_eq!(window.held_bytes(), 0);
}
