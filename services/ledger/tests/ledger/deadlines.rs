//! Deadlines: an idle ledger turns what is due into records by itself.

use std::time::Duration;

use linli_domain::quantity::Minutes;
use linli_domain::time::Timestamp;
use linli_domain::{Event, Origin, redemption};
use linli_ledger::Status;
use linli_port::ClockRefused;

use crate::commands::{HOLD_MINUTES, envelope, reserve, small_district};
use crate::house::{House, Running, new_year, within};

async fn furnish(running: &Running) {
    let commands = small_district();
    let batch = (1..).zip(commands).map(|(n, c)| envelope(&format!("furnish-{n}"), c)).collect();
    for answer in running.port.submit(batch).await {
        answer.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_releases_when_the_clock_is_moved_past_its_deadline() {
    let house = House::new().await;
    let clock = new_year();
    let running = house.begin(|settings| settings.clock = clock.clone());
    running.leads().await;
    furnish(&running).await;
    let reserved = running.must(envelope("hold", reserve(1))).await;
    let deadline = reserved.records[0].recorded_at.after(Minutes::new(HOLD_MINUTES));

    let shown = running.port.set_clock(deadline).await.unwrap();
    assert!(shown >= deadline);
    // The answer came after the record was durable.
    let audit = house.audit().await;
    let last = audit.records.last().unwrap();
    assert!(matches!(last.event, Event::Redemption(redemption::Event::TimedOut { .. })));
    assert_eq!((last.origin.clone(), last.happened_at), (Origin::Deadline, deadline));
    assert_eq!(last.position, reserved.records[0].position.next());

    let back = running.port.set_clock(deadline.days_before(1)).await;
    assert!(matches!(back, Err(ClockRefused::Backwards { now }) if now >= shown));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_ledger_wakes_for_a_deadline() {
    let house = House::new().await;
    let clock = new_year();
    let running = house.begin(|settings| settings.clock = clock.clone());
    running.leads().await;
    furnish(&running).await;
    let reserved = running.must(envelope("hold", reserve(1))).await;
    let position = reserved.records[0].position;
    let deadline = reserved.records[0].recorded_at.after(Minutes::new(HOLD_MINUTES));
    let soon = Timestamp::from_microseconds(deadline.microseconds() - 300_000);
    running.port.set_clock(soon).await.unwrap();
    assert_eq!(house.audit().await.state.position(), position, "it is not due yet");

    // Nobody sends anything: the clock ticks on.
    let mut status = running.status();
    let released =
        status.wait_for(|status| *status == Status::Leading { position: position.next() });
    within("the release", released).await.unwrap();
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_system_clock_is_not_moved() {
    let house = House::new().await;
    let running = house.start().await;
    let tomorrow = linli_ledger::Clock::system().now().after(Minutes::new(24 * 60));
    assert_eq!(running.port.set_clock(tomorrow).await, Err(ClockRefused::SystemClock));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn time_goes_on_from_the_last_record_after_a_restart() {
    let house = House::new().await;
    let running = house.begin(|settings| settings.clock = new_year());
    running.leads().await;
    furnish(&running).await;
    let moved = new_year().now().after(Minutes::new(60 * 24 * 40));
    running.port.set_clock(moved).await.unwrap();
    let before = running.must(envelope("hold-1", reserve(1))).await.records[0].recorded_at;
    running.stop().await;

    let running = house.begin(|settings| settings.clock = new_year());
    running.leads().await;
    let after = running.must(envelope("hold-2", reserve(2))).await.records[0].recorded_at;
    assert!(after >= before);
    let later = after.after(Minutes::new(1));
    tokio::time::timeout(Duration::from_secs(5), running.port.set_clock(later))
        .await
        .unwrap()
        .unwrap();
    running.stop().await;
}
