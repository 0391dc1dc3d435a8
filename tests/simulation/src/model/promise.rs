//! What an answered command must mean: which facts keep which wish.

use linli_domain::redemption::{self, Basket, Slip};
use linli_domain::{Command, Event, contribution, item, pool, queue, resident, time_bank};

/// Whether the facts are what was wished for, no more and no less.
///
/// # Errors
/// What was found instead.
pub fn kept(command: &Command, events: &[&Event]) -> Result<(), String> {
    let is_kept = match command {
        Command::Pool(pool::Command::Fund(funding)) => {
            matches!(events, [Event::Pool(pool::Event::Funded(done))] if done == funding)
        }
        Command::Item(item::Command::Price(pricing)) => {
            matches!(events, [Event::Item(item::Event::Priced(done))] if done == pricing)
        }
        Command::Item(item::Command::ReceiveStock(delivery)) => {
            matches!(events, [Event::Item(item::Event::StockReceived(done))] if done == delivery)
        }
        Command::Resident(resident::Command::JoinRanking(id)) => {
            matches!(events, [Event::Resident(resident::Event::RankingJoined(done))] if done == id)
        }
        Command::Resident(resident::Command::LeaveRanking(id)) => {
            matches!(events, [Event::Resident(resident::Event::RankingLeft(done))] if done == id)
        }
        Command::Contribution(command) => contribution_kept(command, events),
        Command::Redemption(command) => {
            matches!(events, [Event::Redemption(event)] if redemption_kept(command, event))
        }
        Command::Queue(command) => {
            matches!(events, [Event::Queue(event)] if queue_kept(command, event))
        }
        Command::TimeBank(command) => {
            matches!(events, [Event::TimeBank(event)] if hours_kept(command, event))
        }
        Command::Pool(pool::Command::Open(_))
        | Command::Item(_)
        | Command::Statement(_)
        | Command::Resource(_)
        | Command::Voucher(_)
        | Command::Booking(_)
        | Command::Resident(
            resident::Command::Register(_)
            | resident::Command::EnrolVolunteer(_)
            | resident::Command::EnrolReferred { .. }
            | resident::Command::Move(_)
            | resident::Command::Pseudonym(_)
            | resident::Command::IssueCard(_)
            | resident::Command::BlockCard(_)
            | resident::Command::Erase(_),
        )
        | Command::Team(_)
        | Command::Activity(_)
        | Command::Inspection(_)
        | Command::Area(_)
        | Command::Household(_)
        | Command::Officer(_)
        | Command::Station(_)
        | Command::Operator(_)
        | Command::Allowance(_)
        | Command::Supplier(_)
        | Command::Hazard(_)
        | Command::Order(_)
        | Command::Whistle(_)
        | Command::Aid(_)
        | Command::Notice(_)
        | Command::Conduct(_)
        | Command::Honour(_)
        | Command::Mediation(_)
        | Command::Estate(_)
        | Command::Rules(_) => return Err("nobody wishes this in a run".to_owned()),
    };
    if is_kept { Ok(()) } else { Err(format!("{command:?} led to {events:?}")) }
}

fn hours_kept(command: &time_bank::Command, event: &time_bank::Event) -> bool {
    use time_bank::{Command, Event};
    match (command, event) {
        (Command::Mark(it), Event::Marked(done)) => it == done,
        (Command::LinkKin(it), Event::KinLinked(done)) => it == done,
        (Command::Store(it), Event::Stored { deposit, .. }) => it == deposit,
        (Command::Give(it), Event::Given { gift, .. }) => it == gift,
        (Command::Ask(it), Event::Asked { ask, .. }) => it == ask,
        (Command::Withdraw(it), Event::Withdrawn(done)) => it == done,
        (Command::Net(it), Event::Netted { officer, .. }) => Some(*it) == *officer,
        (Command::NetByDesk, Event::Netted { officer, .. }) => officer.is_none(),
        _ => false,
    }
}

fn queue_kept(command: &queue::Command, event: &queue::Event) -> bool {
    match (command, event) {
        (queue::Command::Join(wish), queue::Event::Joined(done)) => wish == done,
        (queue::Command::Leave { redemption, .. }, queue::Event::Left { .. }) => {
            event.request().redemption == *redemption
        }
        _ => false,
    }
}

fn contribution_kept(command: &contribution::Command, events: &[&Event]) -> bool {
    match command {
        contribution::Command::Submit(claim) => matches!(
            events,
            [Event::Contribution(contribution::Event::Submitted { claim: done, .. })]
                if *done == **claim
        ),
        contribution::Command::Reject(word) => matches!(
            events,
            [Event::Contribution(contribution::Event::Rejected(done))] if done == word
        ),
        contribution::Command::Attach(wish) => matches!(
            events,
            [Event::Contribution(contribution::Event::Attached(done))] if done == wish
        ),
        contribution::Command::Reverse(word) => matches!(
            events,
            [Event::Contribution(contribution::Event::Reversed(done))] if done.word == *word
        ),
        contribution::Command::Verify(word) => match events {
            [
                Event::Contribution(contribution::Event::Verified(done)),
                Event::Contribution(contribution::Event::Awarded(award)),
            ] => done == word && award.contribution == word.contribution,
            [Event::Contribution(contribution::Event::Verified(done))] => done == word,
            [Event::Contribution(contribution::Event::Queued(queued))] => queued.word == *word,
            _ => false,
        },
    }
}

fn redemption_kept(command: &redemption::Command, event: &redemption::Event) -> bool {
    match (command, event) {
        (redemption::Command::Reserve(basket), redemption::Event::Reserved { slip, .. })
        | (redemption::Command::Sell(basket), redemption::Event::Sold(slip)) => {
            is_slip_of(slip, basket)
        }
        (
            redemption::Command::Capture { redemption, station, shift: _, shown: _, handed: _ },
            redemption::Event::Captured(slip),
        ) => slip.redemption == *redemption && slip.station == *station,
        (
            redemption::Command::Void { redemption, station, reason },
            redemption::Event::Voided { slip, reason: told, .. },
        ) => slip.redemption == *redemption && slip.station == *station && told == reason,
        (
            redemption::Command::Reserve(_)
            | redemption::Command::Sell(_)
            | redemption::Command::Capture { .. }
            | redemption::Command::Void { .. }
            | redemption::Command::Return(_),
            _,
        ) => false,
    }
}

fn is_slip_of(slip: &Slip, basket: &Basket) -> bool {
    let wished = basket.wishes.iter().map(|wish| (wish.item, wish.quantity));
    slip.redemption == basket.redemption
        && slip.resident == basket.resident
        && slip.station == basket.station
        && slip.lines.iter().map(|line| (line.item, line.quantity)).eq(wished)
}
