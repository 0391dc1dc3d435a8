//! Random histories that only ever send what is refused would prove nothing: every wish of the earning
//! side has to be granted in some of them.

use std::collections::BTreeMap;

use linli_domain::award::Line;
use linli_domain::resident::PseudonymWish;
use linli_domain::rules::Scope;
use linli_domain::time_bank::{Deposit, Gift, Giver, Payer};
use linli_domain::{
    Command, Event, Record, activity, aid, area, conduct, contribution, estate, hazard, honour,
    inspection, mediation, notice, officer, order, queue, resident, team, time_bank, whistle,
};

use crate::gathered::until_all_came;
use crate::steps::steps;

/// The most histories that it may take until each was granted once. It took 1,002 when it was last
/// measured; the test says how many it takes.
const HISTORIES_MAX: u32 = 1_500;

macro_rules! wishes {
    ($($pattern:pat => $name:literal),+ $(,)?) => {
        const EARNING: &[&str] = &[$($name),+];

        /// What a wish of the earning side is called; none for founding and spending.
        pub fn name(command: &Command) -> Option<&'static str> {
            Some(match command {
                $($pattern => $name,)+
                Command::Area(area::Command::Found(_))
                | Command::Household(_)
                | Command::Resident(
                    resident::Command::Register(_)
                    | resident::Command::Move(_)
                    | resident::Command::IssueCard(_)
                    | resident::Command::BlockCard(_),
                )
                | Command::Station(_)
                | Command::Operator(_)
                | Command::Allowance(_)
                | Command::Supplier(_)
                | Command::Pool(_)
                | Command::Item(_)
                | Command::Redemption(_)
                | Command::Voucher(_)
                | Command::Statement(_)
                | Command::Resource(_)
                | Command::Booking(_) => return None,
            })
        }
    };
}

wishes! {
    Command::Rules(_) => "publish rules",
    Command::Area(area::Command::Declare(_)) => "declare an alert",
    Command::Area(area::Command::Withdraw(_)) => "withdraw an alert",
    Command::Officer(officer::Command::Appoint(_)) => "appoint an officer",
    Command::Officer(officer::Command::Retire(_)) => "retire an officer",
    Command::Resident(resident::Command::EnrolVolunteer(_)) => "enrol a volunteer",
    Command::Resident(resident::Command::EnrolReferred { .. }) => "enrol one who was referred",
    Command::Resident(resident::Command::JoinRanking(_)) => "join the rankings",
    Command::Resident(resident::Command::LeaveRanking(_)) => "leave the rankings",
    Command::Resident(resident::Command::Pseudonym(PseudonymWish::Choose { .. })) => "choose a pseudonym",
    Command::Resident(resident::Command::Pseudonym(PseudonymWish::Drop(_))) => "drop a pseudonym",
    Command::Resident(resident::Command::Pseudonym(PseudonymWish::Withdraw { .. })) => "withdraw a pseudonym",
    Command::Resident(resident::Command::Erase(_)) => "erase a resident",
    Command::Contribution(contribution::Command::Submit(_)) => "submit",
    Command::Contribution(contribution::Command::Verify(_)) => "verify",
    Command::Contribution(contribution::Command::Reject(_)) => "reject",
    Command::Contribution(contribution::Command::Reverse(_)) => "reverse",
    Command::Contribution(contribution::Command::Attach(_)) => "attach evidence",
    Command::Notice(notice::Command::Object(_)) => "object",
    Command::Notice(notice::Command::Convene(_)) => "convene",
    Command::Notice(notice::Command::Vote(_)) => "vote",
    Command::Notice(notice::Command::Appeal(_)) => "appeal",
    Command::Conduct(conduct::Command::Review(_)) => "review",
    Command::Inspection(inspection::Command::Inspect(_)) => "inspect",
    Command::Team(team::Command::Form(_)) => "form a team",
    Command::Team(team::Command::Join(_)) => "join a team",
    Command::Team(team::Command::Leave(_)) => "leave a team",
    Command::Team(team::Command::Lead(_)) => "lead a team",
    Command::Activity(activity::Command::Publish(_)) => "publish an activity",
    Command::Activity(activity::Command::CallOff { .. }) => "call an activity off",
    Command::Activity(activity::Command::SignUp(_)) => "sign up",
    Command::Activity(activity::Command::Withdraw(_)) => "withdraw from a seat",
    Command::Activity(activity::Command::CheckIn { .. }) => "check in",
    Command::Activity(activity::Command::CheckOut { .. }) => "check out",
    Command::Hazard(hazard::Command::Report(_)) => "report a hazard",
    Command::Hazard(hazard::Command::Verify { .. }) => "verify a hazard",
    Command::Hazard(hazard::Command::Dismiss { .. }) => "dismiss a hazard",
    Command::Hazard(hazard::Command::Merge { .. }) => "merge hazards",
    Command::Hazard(hazard::Command::Appeal(_)) => "appeal against a pause",
    Command::Hazard(hazard::Command::Rule { .. }) => "rule on a pause",
    Command::Order(order::Command::Request(_)) => "request an order",
    Command::Order(order::Command::Dispatch { .. }) => "dispatch",
    Command::Order(order::Command::Accept { .. }) => "accept",
    Command::Order(order::Command::Escalate { .. }) => "escalate",
    Command::Order(order::Command::Close { .. }) => "close an order",
    Command::Order(order::Command::Check { .. }) => "check an order",
    Command::Whistle(whistle::Command::Blow(_)) => "blow",
    Command::Whistle(whistle::Command::Answer { .. }) => "answer a whistle",
    Command::Whistle(whistle::Command::Settle { .. }) => "settle a whistle",
    Command::Aid(aid::Command::Open(_)) => "ask or offer",
    Command::Aid(aid::Command::Match { .. }) => "match",
    Command::Aid(aid::Command::StepBack { .. }) => "step back",
    Command::Aid(aid::Command::Withdraw { .. }) => "withdraw an ask",
    Command::Aid(aid::Command::Finish { .. }) => "finish",
    Command::Aid(aid::Command::Confirm { .. }) => "confirm",
    Command::Honour(honour::Command::Apply { .. }) => "apply for a title",
    Command::Honour(honour::Command::Grant { .. }) => "grant a title",
    Command::Honour(honour::Command::Decline { .. }) => "decline a title",
    Command::Honour(honour::Command::RequestCertificate { .. }) => "request a certificate",
    Command::Honour(honour::Command::SignCertificate { .. }) => "sign a certificate",
    Command::Honour(honour::Command::RevokeCertificate { .. }) => "revoke a certificate",
    Command::Honour(honour::Command::ReportRecord(_)) => "report a record",
    Command::Honour(honour::Command::AnswerReport { .. }) => "answer a report",
    Command::Estate(estate::Command::Register(_)) => "register an estate",
    Command::Estate(estate::Command::SetForm { .. }) => "set a form",
    Command::Estate(estate::Command::Elect(_)) => "elect",
    Command::Estate(estate::Command::Leave { .. }) => "leave a committee",
    Command::Mediation(mediation::Command::Open(_)) => "open a case",
    Command::Mediation(mediation::Command::Join { .. }) => "join a table",
    Command::Mediation(mediation::Command::Sit(_)) => "sit",
    Command::Mediation(mediation::Command::Settle { .. }) => "settle",
    Command::Mediation(mediation::Command::Perform { .. }) => "perform",
    Command::Mediation(mediation::Command::Break { .. }) => "break",
    Command::Mediation(mediation::Command::Close { .. }) => "close a case",
    Command::Mediation(mediation::Command::Reopen { .. }) => "reopen a case",
    Command::Queue(queue::Command::Join(_)) => "join a queue",
    Command::Queue(queue::Command::Leave { .. }) => "leave a queue",
    Command::TimeBank(time_bank::Command::Mark(_)) => "mark a key elder",
    Command::TimeBank(time_bank::Command::LinkKin(_)) => "link kin",
    Command::TimeBank(time_bank::Command::Store(Deposit { payer: Payer::Fund, .. })) => "store the fund's time",
    Command::TimeBank(time_bank::Command::Store(Deposit { payer: Payer::Served, .. })) => "store a served one's time",
    Command::TimeBank(time_bank::Command::Store(Deposit { payer: Payer::Chest, .. })) => "store a chest's time",
    Command::TimeBank(time_bank::Command::Give(Gift { from: Giver::Team(_), .. })) => "give a team's time",
    Command::TimeBank(time_bank::Command::Give(Gift { from: Giver::Resident(_), .. })) => "give time",
    Command::TimeBank(time_bank::Command::Ask(_)) => "ask a chest",
    Command::TimeBank(time_bank::Command::Withdraw(_)) => "ask no longer",
    Command::TimeBank(time_bank::Command::Net(_)) => "net",
    Command::TimeBank(time_bank::Command::NetByDesk) => "net by the desk",
}

/// What awards of histories have to come to, beyond that there are some.
const PATHS: &[&str] = &[
    "cut by a person's cap",
    "cut by a cap of a pair, whoever helped",
    "at night",
    "under an alert",
    "hard",
    "for somebody assisted",
];

/// Those that an award came to.
fn paths(record: &Record) -> Vec<&'static str> {
    let Event::Contribution(contribution::Event::Awarded(award)) = &record.event else {
        return Vec::new();
    };
    let path = |line: &Line| match line {
        Line::CapCut { cap, .. } => match cap.scope {
            Scope::Person => Some("cut by a person's cap"),
            Scope::Beneficiary | Scope::Pair => None,
            Scope::Couple => Some("cut by a cap of a pair, whoever helped"),
        },
        Line::Night { .. } => Some("at night"),
        Line::Alert { .. } => Some("under an alert"),
        Line::Difficulty { .. } => Some("hard"),
        Line::Assisted { .. } => Some("for somebody assisted"),
        _ => None,
    };
    award.lines.iter().filter_map(path).collect()
}

#[test]
fn every_wish_of_earning_is_granted_in_some_history() {
    let mut granted: BTreeMap<&'static str, u32> = BTreeMap::new();
    let came = until_all_came(HISTORIES_MAX, steps(), |history| {
        for (name, times) in history.granted() {
            *granted.entry(name).or_default() += times;
        }
        for name in history.since_founding().iter().flat_map(paths) {
            *granted.entry(name).or_default() += 1;
        }
        let all = EARNING.iter().chain(PATHS);
        all.filter(|name| !granted.contains_key(*name)).copied().collect()
    });
    match came {
        Ok(taken) => println!("each was granted within {taken} histories"),
        Err(lacking) => panic!("never granted: {lacking:?}; granted: {granted:?}"),
    }
}
