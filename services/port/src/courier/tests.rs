//! The courier between two writers, played by the tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use linli_domain::pool::{self, Pool};
use linli_domain::text::{Bilingual, Code, Name};
use linli_domain::{ClientId, IdempotencyKey, Noun, Refusal, id::PoolId};

use super::*;
use crate::{Accepted, Intake, Request};

/// Long for a test, and never waited for: what a test waits for comes within milliseconds.
const LONG: Duration = Duration::from_secs(60);

fn envelope(key: &str) -> Envelope {
    let name = Bilingual { zh: Name::new("池").unwrap(), en: Name::new("pool").unwrap() };
    let (pool, code) = (PoolId::from_number(1), Code::new("street").unwrap());
    Envelope {
        client: ClientId(1),
        key: IdempotencyKey::new(key).unwrap(),
        body_hash: [0; 32],
        command: pool::Command::Open(Pool { pool, code, name }).into(),
    }
}

fn accepted() -> Answer {
    Ok(Accepted { records: Arc::from([]), repeated: false })
}

fn refused() -> Answer {
    Err(Rejected::Refused(Refusal::Unknown(Noun::Pool)))
}

/// Two writers and a courier between them.
struct Stage {
    courier: Courier,
    leads: Arc<AtomicBool>,
    near: Intake,
    far: Intake,
}

impl Stage {
    fn new(patience: Patience) -> Self {
        let ((near_port, near), (far_port, far)) = (Port::local(), Port::local());
        let leads = Arc::new(AtomicBool::new(true));
        let says = Arc::clone(&leads);
        let leading = Leads::as_told_by(move || says.load(Ordering::Relaxed));
        let courier = Courier::near(near_port, leading, Some(far_port)).with_patience(patience);
        Self { courier, leads, near, far }
    }

    fn patient() -> Self {
        Self::new(Patience { answer_max: LONG, away_max: LONG })
    }
}

/// The keys of the next request; it is answered so.
async fn answer(intake: &mut Intake, answers: Vec<Answer>) -> Vec<String> {
    let keys = |envelopes: &[Envelope]| {
        envelopes.iter().map(|envelope| envelope.key.as_str().to_owned()).collect()
    };
    match intake.recv().await {
        Request::One(envelope, reply) => {
            reply.all(answers);
            keys(&[envelope])
        }
        Request::Many(envelopes, reply) => {
            reply.all(answers);
            keys(&envelopes)
        }
        Request::SetClock(..) => panic!("no wish to move the clock"),
    }
}

#[tokio::test]
async fn a_command_goes_to_whoever_leads() {
    let Stage { courier, leads, mut near, mut far } = Stage::patient();
    let (told, _) =
        tokio::join!(courier.submit_one(envelope("a")), answer(&mut near, vec![accepted()]));
    assert_eq!(told, accepted());
    leads.store(false, Ordering::Relaxed);
    let (told, _) =
        tokio::join!(courier.submit_one(envelope("b")), answer(&mut far, vec![refused()]));
    assert_eq!(told, refused());
    assert_eq!((near.waiting(), far.waiting()), (0, 0));
}

#[tokio::test]
async fn a_hand_over_under_way_is_no_error() {
    let Stage { courier, leads, mut near, mut far } = Stage::patient();
    let hand_over = async {
        // The near one falls with the command in hand, then turns it away; the far one is not yet
        // there, and then is.
        drop(near.recv().await);
        answer(&mut near, vec![Err(Rejected::unavailable())]).await;
        leads.store(false, Ordering::Relaxed);
        answer(&mut far, vec![Err(Rejected::unavailable())]).await;
        answer(&mut far, vec![Err(Rejected::overloaded())]).await;
        answer(&mut far, vec![accepted()]).await
    };
    let (told, keys) = tokio::join!(courier.submit_one(envelope("a")), hand_over);
    assert_eq!((told, keys), (accepted(), vec!["a".to_owned()]));
}

#[tokio::test]
async fn only_what_is_not_settled_is_asked_again() {
    let Stage { courier, mut near, .. } = Stage::patient();
    let sent = ["a", "b", "c", "d", "e"].map(envelope).to_vec();
    let writer = async {
        let first = vec![
            accepted(),
            Err(Rejected::Unknown),
            refused(),
            Err(Rejected::overloaded()),
            Err(Rejected::unavailable()),
        ];
        answer(&mut near, first).await;
        let again = answer(&mut near, vec![Err(Rejected::overloaded()), accepted()]).await;
        (again, answer(&mut near, vec![Err(Rejected::KeyReused)]).await)
    };
    let (told, (again, last)) = tokio::join!(courier.submit(sent), writer);
    assert_eq!((again, last), (vec!["b".to_owned(), "e".to_owned()], vec!["b".to_owned()]));
    let expected =
        [accepted(), Err(Rejected::KeyReused), refused(), Err(Rejected::overloaded()), accepted()];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn when_patience_ends_what_is_known_is_told() {
    // Nobody leads for longer than is waited: told at once, and of a doubt too.
    let none = Patience { answer_max: LONG, away_max: Duration::ZERO };
    let Stage { courier, mut near, .. } = Stage::new(none);
    let turned_away = answer(&mut near, vec![Err(Rejected::unavailable())]);
    let (told, _) = tokio::join!(courier.submit_one(envelope("a")), turned_away);
    assert_eq!(told, Err(Rejected::unavailable()));
    assert!(courier.takes_commands(), "the writer here says that it leads");

    // Taken in and never answered: the copy is still under way.
    let blink = Patience { answer_max: Duration::from_millis(50), away_max: LONG };
    let Stage { courier, mut near, .. } = Stage::new(blink);
    let taken = async { (near.recv().await, near.recv().await) };
    let sent = async {
        let one = courier.submit_one(envelope("a")).await;
        (one, courier.submit(vec![envelope("b"), envelope("c")]).await)
    };
    let ((one, many), _kept) = tokio::join!(sent, taken);
    assert_eq!(one, Err(Rejected::Unknown));
    assert_eq!(many, [Err(Rejected::Unknown), Err(Rejected::Unknown)]);
}

#[tokio::test]
async fn without_any_leader_nothing_was_done_unless_it_may_have_been() {
    let short = Patience { answer_max: Duration::from_millis(50), away_max: LONG };
    let nowhere = Courier::far(None).with_patience(short);
    assert_eq!(nowhere.submit_one(envelope("a")).await, Err(Rejected::unavailable()));
    assert_eq!(nowhere.submit(vec![envelope("a")]).await, [Err(Rejected::unavailable())]);
    assert_eq!(nowhere.submit(Vec::new()).await, []);
    let clock = nowhere.set_clock(Timestamp::default()).await;
    assert!(matches!(clock, Err(ClockRefused::Unavailable { .. })));
    assert!(!nowhere.takes_commands());

    let Stage { courier, leads, mut near, far } = Stage::new(short);
    drop(far);
    let lost = async {
        drop(near.recv().await);
        leads.store(false, Ordering::Relaxed);
    };
    let (told, ()) = tokio::join!(courier.submit_one(envelope("a")), lost);
    assert_eq!(told, Err(Rejected::Unknown), "the first copy may be in the log");
}

#[test]
fn after_a_doubt_only_what_is_settled_counts() {
    let (unknown, away) = (Rejected::Unknown, Rejected::unavailable());
    for (answer, known, expected) in [
        (accepted(), &away, Next::Told(accepted())),
        (accepted(), &unknown, Next::Told(accepted())),
        (refused(), &unknown, Next::Told(refused())),
        (Err(Rejected::KeyReused), &unknown, Next::Told(Err(Rejected::KeyReused))),
        (Err(Rejected::overloaded()), &away, Next::Told(Err(Rejected::overloaded()))),
        (Err(Rejected::overloaded()), &unknown, Next::Again(Rejected::Unknown)),
        (Err(Rejected::unavailable()), &away, Next::Again(Rejected::unavailable())),
        (Err(Rejected::unavailable()), &unknown, Next::Again(Rejected::Unknown)),
        (Err(Rejected::Unknown), &away, Next::Again(Rejected::Unknown)),
    ] {
        assert_eq!(weigh(answer.clone(), known), expected, "{answer:?} after {known:?}");
    }
}
