//! What changed in the time bank.

use linli_api::time_bank as api;
use linli_api::time_bank::{TimeChanged, TimeStep};
use linli_domain::time_bank::{Event, Move, Netting, TimeAccount};
use linli_domain::{Event as AnyEvent, Record};

use crate::parse::Spoken as _;
use crate::receipt::{id, instant};

/// What a command changed.
pub(crate) fn timed(records: &[Record]) -> Option<TimeChanged> {
    let AnyEvent::TimeBank(event) = &records.first()?.event else { return None };
    Some(time_changed(event))
}

fn bare(step: TimeStep) -> TimeChanged {
    TimeChanged {
        step,
        resident: None,
        other: None,
        contribution: None,
        mark: None,
        minutes: None,
        overflow: None,
        borne: None,
        lapses_at: None,
        moves: Vec::new(),
        netting: None,
    }
}

/// One fact.
pub(crate) fn time_changed(event: &Event) -> TimeChanged {
    let moves = event.moves().iter().map(of_move).collect();
    match event {
        Event::Marked(it) => TimeChanged {
            resident: Some(id(it.resident)),
            mark: Some(it.mark.said()),
            ..bare(TimeStep::Marked)
        },
        Event::KinLinked(it) => TimeChanged {
            resident: Some(id(it.one)),
            other: Some(id(it.other)),
            ..bare(TimeStep::KinLinked)
        },
        Event::Stored { deposit, minutes, overflow, .. } => TimeChanged {
            contribution: Some(id(deposit.contribution)),
            minutes: Some(minutes.get()),
            overflow: Some(overflow.get()),
            moves,
            ..bare(TimeStep::Stored)
        },
        Event::Given { gift, overflow, .. } => TimeChanged {
            minutes: Some(gift.minutes.get()),
            overflow: Some(overflow.get()),
            moves,
            ..bare(TimeStep::Given)
        },
        Event::Asked { ask, rank, lapses_at } => TimeChanged {
            resident: Some(id(ask.resident)),
            mark: Some(rank.said()),
            minutes: Some(ask.minutes.get()),
            lapses_at: Some(instant(*lapses_at)),
            ..bare(TimeStep::Asked)
        },
        Event::Granted { ask, .. } => TimeChanged {
            resident: Some(id(ask.resident)),
            minutes: Some(ask.minutes.get()),
            moves,
            ..bare(TimeStep::Granted)
        },
        Event::Withdrawn(resident) => {
            TimeChanged { resident: Some(id(resident)), ..bare(TimeStep::Withdrawn) }
        }
        Event::AskLapsed(resident) => {
            TimeChanged { resident: Some(id(resident)), ..bare(TimeStep::AskLapsed) }
        }
        Event::TakenBack { contribution, minutes, borne, .. } => TimeChanged {
            contribution: Some(id(contribution)),
            minutes: Some(minutes.get()),
            borne: Some(borne.get()),
            moves,
            ..bare(TimeStep::TakenBack)
        },
        Event::Closed { resident, .. } => {
            TimeChanged { resident: Some(id(resident)), moves, ..bare(TimeStep::Closed) }
        }
        Event::Followed { resident, .. } => {
            TimeChanged { resident: Some(id(resident)), moves, ..bare(TimeStep::Followed) }
        }
        Event::Netted { netting, .. } => {
            TimeChanged { netting: Some(netted(netting)), ..bare(TimeStep::Netted) }
        }
    }
}

pub(crate) fn time_account(account: TimeAccount) -> api::TimeAccount {
    match account {
        TimeAccount::Fund => api::TimeAccount::Fund,
        TimeAccount::Resident(resident) => api::TimeAccount::Resident(id(resident)),
        TimeAccount::Team(team) => api::TimeAccount::Team(id(team)),
        TimeAccount::Chest(community) => api::TimeAccount::Chest(id(community)),
        TimeAccount::Clearing(community) => api::TimeAccount::Clearing(id(community)),
    }
}

fn of_move(step: &Move) -> api::TimeMove {
    let Move { account, minutes, balance } = *step;
    api::TimeMove { account: time_account(account), minutes, balance }
}

pub(crate) fn netted(netting: &Netting) -> api::TimeNetting {
    let lines = netting.lines.iter().map(|line| api::NettingLine {
        community: id(line.community),
        opening: line.opening,
        given: line.given,
        taken: line.taken,
        closing: line.closing,
    });
    let trades = netting.trades.iter().map(|trade| api::TimeTrade {
        from: id(trade.from),
        to: id(trade.to),
        minutes: trade.minutes,
    });
    api::TimeNetting {
        number: netting.number,
        since: netting.since.0,
        lines: lines.collect(),
        trades: trades.collect(),
    }
}
