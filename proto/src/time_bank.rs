//! The time bank.

use linli_domain::rules::TimeBankRules;
use linli_domain::time_bank::{
    Ask, Command, Deposit, Event, Gift, Giver, Into, Kin, Mark, Marking, Move, Netting,
    NettingLine, Payer, Receiver, TimeAccount, Trade,
};

use crate::wire;

plain_enum! { Mark = wire::TimeMark { KeyElder, Ordinary } }

plain_enum! { Payer = wire::TimePayer { Fund, Served, Chest } }

plain_enum! { Into = wire::TimeInto { Own, Team } }

message! { Marking = wire::TimeMarking {
    resident: need(resident),
    mark: plain(mark),
    officer: need(officer),
} }

message! { Kin = wire::TimeKin { one: need(one), other: need(other), officer: need(officer) } }

message! { Deposit = wire::TimeDeposit {
    contribution: need(contribution),
    payer: plain(payer),
    into: plain(into),
} }

choice! { Giver = wire::TimeGiver, wire::time_giver::Kind {
    one { Resident, Team }
} }

choice! { Receiver = wire::TimeReceiver, wire::time_receiver::Kind {
    one { Resident, Chest }
} }

message! { Gift = wire::TimeGift { from: need(from), to: need(to), minutes: plain(minutes) } }

message! { Ask = wire::TimeAsk { resident: need(resident), minutes: plain(minutes) } }

choice! { TimeAccount = wire::TimeAccount, wire::time_account::Kind {
    empty { Fund }
    one { Resident, Team, Chest, Clearing }
} }

message! { Move = wire::TimeMove {
    account: need(account),
    minutes: plain(minutes),
    balance_minutes: plain(balance),
} }

message! { NettingLine = wire::TimeNettingLine {
    community: need(community),
    opening_minutes: plain(opening),
    given_minutes: plain(given),
    taken_minutes: plain(taken),
    closing_minutes: plain(closing),
} }

message! { Trade = wire::TimeTrade { from: need(from), to: need(to), minutes: plain(minutes) } }

message! { Netting = wire::TimeNetting {
    number: plain(number),
    since: plain(since),
    lines: plain(lines),
    trades: plain(trades),
} }

message! { TimeBankRules = wire::TimeBankRules {
    acts: plain(acts),
    cap_minutes: plain(cap),
    owe_most_minutes: plain(owe_most),
    surplus_most_minutes: plain(surplus_most),
    deficit_most_minutes: plain(deficit_most),
    ask_days: plain(ask_days),
} }

choice! { Command = wire::TimeBankCommand, wire::time_bank_command::Kind {
    empty { NetByDesk }
    one { Mark, LinkKin, Store, Give, Ask, Withdraw, Net }
} }

choice! { Event = wire::TimeBankEvent, wire::time_bank_event::Kind {
    one { Marked, KinLinked, Withdrawn, AskLapsed }
    many {
        Stored = wire::TimeStored {
            deposit: need(deposit),
            minutes: plain(minutes),
            overflow_minutes: plain(overflow),
            moves: plain(moves),
        },
        Given = wire::TimeGiven {
            gift: need(gift),
            overflow_minutes: plain(overflow),
            moves: plain(moves),
        },
        Asked = wire::TimeAsked {
            ask: need(ask),
            rank: plain(rank),
            lapses_at_us: plain(lapses_at),
        },
        Granted = wire::TimeGranted { ask: need(ask), moves: plain(moves) },
        TakenBack = wire::TimeTakenBack {
            contribution: need(contribution),
            minutes: plain(minutes),
            borne_minutes: plain(borne),
            moves: plain(moves),
        },
        Closed = wire::TimeClosed { resident: need(resident), moves: plain(moves) },
        Netted = wire::TimeNetted { officer: plain(officer), netting: need(netting) },
        Followed = wire::TimeFollowed { resident: need(resident), moves: plain(moves) },
    }
} }
