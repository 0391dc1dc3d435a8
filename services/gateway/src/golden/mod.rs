//! Promises that are files: the OpenAPI document, who may do what, the problems and their words.
//! `UPDATE_GOLDEN=1 cargo test -p linli-gateway` writes them anew; the reader of the change sees
//! the difference.

mod activities;
mod counter;
mod estates;
mod honours;
mod mediation;
mod places;
mod queues;
mod time_bank;

use std::fmt::Write as _;
use std::path::Path;

use linli_domain::area::Level;
use linli_domain::id::{ContributionId, ItemId, OfficerId, TeamId};
use linli_domain::item::{TakenBy, Taker, TermsPart};
use linli_domain::officer::Duty;
use linli_domain::quantity::Points;
use linli_domain::resource::Weekday;
use linli_domain::rules::{InvalidRules, RuleVersion, RulesPart};
use linli_domain::text::ActCode;
use linli_domain::time::{Interval, Window};
use linli_domain::{Noun, Refusal, aid, hazard, notice, order, voucher, whistle};

use crate::front::Front;
use crate::key::{KeyKind, Scope};
use crate::language::Language;
use crate::problem::{Kind, Problem};
use crate::routes;

/// Compares with a file beside the crate's manifest.
fn check(file: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let same = expected.lines().zip(found.lines()).take_while(|(one, other)| one == other).count();
    assert!(expected == found, "{file} differs after line {same}; UPDATE_GOLDEN=1 writes it anew");
}

#[tokio::test]
async fn the_openapi_document_is_the_one_committed() {
    let document = routes::document(&Front::unconnected(vec![])).to_pretty_json().unwrap();
    assert!(document.contains("\"openapi\": \"3.1.0\""));
    check("openapi.json", &(document + "\n"));
}

#[tokio::test]
async fn each_route_has_its_scope_and_each_scope_its_kinds() {
    let mut document = routes::document(&Front::unconnected(vec![]));
    let mut used = Vec::new();
    let mut table = String::from("method path scope kinds\n");
    for (path, item) in &mut document.paths.paths {
        let methods = [
            ("GET", &item.get),
            ("PUT", &item.put),
            ("POST", &item.post),
            ("DELETE", &item.delete),
        ];
        for (method, operation) in methods {
            let Some(operation) = operation else { continue };
            let security = serde_json::to_value(&operation.security).unwrap();
            if security == serde_json::json!([]) {
                writeln!(table, "{method} {path} - everybody").unwrap();
                continue;
            }
            let scope = security[0]["key"][0].as_str().and_then(Scope::by_name).expect(path);
            used.push(scope);
            let may = KeyKind::ALL.iter().filter(|kind| kind.scopes().contains(&scope));
            let kinds: Vec<_> = may.map(|kind| kind.name()).collect();
            writeln!(table, "{method} {path} {} {}", scope.name(), kinds.join(",")).unwrap();
        }
    }
    for scope in Scope::ALL {
        assert!(used.contains(scope), "{} is for no route", scope.name());
        assert!(
            KeyKind::ALL.iter().any(|kind| kind.scopes().contains(scope)),
            "{} is nobody's",
            scope.name()
        );
    }
    check("tests/golden/policy.txt", &table);
}

#[test]
fn each_problem_has_its_name_and_words() {
    let mut table = String::new();
    for (at, kind) in Kind::ALL.iter().enumerate() {
        let first = Kind::ALL.iter().position(|other| other.name() == kind.name());
        assert_eq!(first, Some(at), "{} twice", kind.name());
        let (title, advice) = (kind.title(), kind.advice());
        for text in [title.zh, title.en, advice.zh, advice.en] {
            assert!(!text.is_empty(), "{}", kind.name());
        }
        assert!(!title.zh.is_ascii() && title.en.is_ascii(), "{}", kind.name());
        writeln!(table, "{} {} | {} | {}", kind.status(), kind.name(), title.zh, title.en).unwrap();
    }
    check("tests/golden/problems.txt", &table);
}

#[test]
fn each_refusal_has_a_problem_of_its_own() {
    let refusals = refusals();
    let mut names = Vec::new();
    let mut table = String::new();
    for refusal in &refusals {
        let problem = Problem::from(refusal).document(Language::English);
        assert!(!problem.detail_zh.is_empty() && !problem.detail_en.is_empty());
        let figures = serde_json::to_string(&problem.figures).unwrap();
        writeln!(
            table,
            "{} {}\n  {}\n  {}\n  {figures}",
            problem.status,
            problem.name(),
            problem.detail_zh,
            problem.detail_en
        )
        .unwrap();
        names.push(problem.name().to_owned());
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), refusals.len(), "two refusals share a problem");
    check("tests/golden/refusals.txt", &table);
}

/// One of each variant. A variant that is missing here has no line in the golden file, and
/// [`Problem::from`] names them all.
fn refusals() -> Vec<Refusal> {
    [
        of_places(),
        of_service(),
        of_notices(),
        activities::refusals(),
        estates::refusals(),
        mediation::refusals(),
        time_bank::refusals(),
        of_spending(),
        of_orders(),
        of_returns(),
        of_services(),
        places::refusals(),
        queues::refusals(),
        counter::refusals(),
        honours::refusals(),
    ]
    .concat()
}

fn at(time: &str) -> linli_domain::time::Timestamp {
    crate::parse::instant("at", &format!("2025-03-05T{time}+08:00").into()).unwrap()
}

fn of_places() -> Vec<Refusal> {
    use Refusal as R;
    vec![
        R::Unknown(Noun::Resident),
        R::AlreadyExists(Noun::Pool),
        R::AmountTooLarge,
        R::WrongLevel { expected: Some(Level::Grid), found: None },
        R::GridKindMisplaced,
        R::CardTaken,
        R::AlreadyVolunteer,
        R::AlreadyRanked,
        R::LivesThere,
        R::NotRanked,
        R::StaffUnranked,
        R::NoPseudonym,
        R::NoSuchWords,
        R::CalledSoAlready,
        R::WordsWithdrawn,
        R::ResidentErased,
        R::HoldsOffice { officer: OfficerId::from_number(5) },
        R::ReasonReserved,
        R::OfficerRetired,
        R::RulesVersion { expected: RuleVersion(2), found: RuleVersion(5) },
        R::RulesOutOfOrder { after: at("19:30:00") },
        R::InvalidRules(InvalidRules { part: RulesPart::Acts, act: None }),
        R::NoRulesInForce,
        R::UnknownAct(ActCode::new("XX-9").unwrap()),
    ]
}

fn of_service() -> Vec<Refusal> {
    use Refusal as R;
    let happened = Interval::new(at("19:30:00"), at("21:00:00")).unwrap();
    let points = Points::from_hundredths;
    vec![
        R::NotVolunteer,
        R::InFuture { ends_at: at("19:31:00"), now: at("19:30:00") },
        R::TooLate { limit_days: 7 },
        R::TooLong { longest_minutes: 720 },
        R::TooShort,
        R::Overlaps { other: ContributionId::from_number(3), happened },
        R::OwnBeneficiary,
        R::BeneficiaryNeeded,
        R::TooManyAttachments { most: 8 },
        R::AttachedAlready,
        R::InvalidAlert { hours_most: 168 },
        R::AlertDeclared,
        R::NoAlert,
        R::AlreadyAwarded,
        R::AlreadyRejected,
        R::NotAwarded,
        R::AlreadyReversed,
        R::OwnWord,
        R::Queued { until: at("19:30:00") },
        R::NotDrawn,
        R::AlreadyInspected,
        R::SameTeam,
        R::InTeam { team: TeamId::from_number(4) },
        R::NotInTeam,
        R::OutsideAuthority,
        R::LevelTooLow { needed: Level::Community, found: Level::Grid },
        R::SelfVerification,
        R::SameHousehold,
        R::VerifierServed,
        R::AlreadyVerified,
        R::SecondLevelNeeded { level: Level::Grid },
        R::AssessmentNeeded { least: points(2_000), most: points(10_000) },
        R::AssessmentUnwanted,
        R::NoSuchDifficulty { levels: 2 },
    ]
}

fn of_notices() -> Vec<Refusal> {
    use Refusal as R;
    vec![
        R::NoNoticeRules,
        R::OnNotice,
        R::NoticeAt { found: notice::Stage::Contested },
        R::OwnContribution,
        R::ObjectedAlready,
        R::TooManyObjections { most: 32 },
        R::PanelSits,
        R::PanelSize { needed: 3, found: 2 },
        R::PanelMemberTied { place: 2, tie: notice::Tie::Household },
        R::PanelMemberTwice { place: 3 },
        R::NotOnPanel,
        R::VotedAlready,
        R::NothingToAppeal,
        R::AppealClosed { closed_at: at("19:30:00") },
        R::AppealedOnce,
        R::NotClaimant,
        R::Reinstated,
        R::OnHold,
        R::NotHeld,
    ]
}

fn of_spending() -> Vec<Refusal> {
    use Refusal as R;
    let points = Points::from_hundredths;
    let item = ItemId::from_number(7);
    vec![
        R::NothingToFund,
        R::NothingReceived,
        R::NotStocked { item },
        R::EmptyBasket,
        R::BasketTooLarge { most: 32 },
        R::ItemTwice { item },
        R::QuantityZero { item },
        R::TooFewStars { item, needed: 2, found: 1 },
        R::AssistedOnly { item },
        R::InsufficientStock { item, free: 1, wanted: 2 },
        R::InsufficientPoints { available: points(1_250), needed: points(4_400) },
        R::OtherStation,
        R::AlreadyCaptured,
        R::AlreadyVoided,
        R::HoldExpired,
    ]
}

fn of_orders() -> Vec<Refusal> {
    use Refusal as R;
    vec![
        R::NoOrderRules,
        R::OnlyByOrder(ActCode::new("HZ-1").unwrap()),
        R::OnlyByAid(ActCode::new("MA-1").unwrap()),
        R::OnlyByReferral(ActCode::new("RF-1").unwrap()),
        R::SignalReserved,
        R::ReportingPaused { until: at("19:30:00") },
        R::NotPaused,
        R::AppealedAlready,
        R::NoAppeal,
        R::HazardAt { found: hazard::Status::Merged },
        R::LaterReport,
        R::OrderAt { found: order::Status::Closed },
        R::NotOfUnit { level: Level::Community },
        R::NotHandler,
        R::EvidenceNeeded,
        R::HandlerChecks,
        R::NothingAbove,
        R::LeadershipOnly { needed: Duty::SubDistrictChief },
        R::CantBeCalled { found: Duty::BuildingHead },
        R::NotCalled,
        R::WhistleAt { found: whistle::Status::Blown },
        R::NotAssisted,
        R::OwnHousehold,
        R::AidAt { found: aid::Status::Lapsed },
        R::NotParty,
        R::OtherSideConfirms,
    ]
}

fn of_returns() -> Vec<Refusal> {
    use Refusal as R;
    let item = ItemId::from_number(7);
    vec![
        R::NotOnSlip { item },
        R::MoreThanOnSlip { item, left: 1, wanted: 2 },
        R::NotHandedOut,
        R::AlreadyReturned,
        R::NoReturns,
        R::ReturnsClosed {
            closed_at: linli_domain::time::Timestamp::from_microseconds(1_740_963_600_000_000),
        },
        R::NothingComesBack { item },
        R::OfficerNeeded,
        R::CountBelowReserved { item, reserved: 2, found: 1 },
        R::SameStation,
        R::NothingToState,
        R::NotStated,
        R::AlreadyDisputed,
        R::NotDisputed,
        R::AlreadyResolved,
        R::DisputesOpen { open: 1 },
        R::AlreadySettled,
    ]
}

fn of_services() -> Vec<Refusal> {
    use Refusal as R;
    let item = ItemId::from_number(7);
    vec![
        R::VoucherNeeded { item },
        R::NotByVoucher { item },
        R::VoucherStatus { found: voucher::Status::Used },
        R::VoucherLocked { until: at("19:30:00"), most: 5 },
        R::VoucherTooEarly { from: at("19:30:00") },
        R::VoucherNotToday { days: vec![Weekday::Monday, Weekday::Sunday] },
        R::OtherSupplier,
        R::InvalidTerms { item, part: TermsPart::Voucher },
        R::NotOpenTo { item },
        R::TooManyTaken {
            item,
            taker: Taker::Person,
            window: Window::Month,
            most: 2,
            taken: 1,
            wanted: 2,
        },
        R::TooMuchSpent {
            item,
            taker: Taker::Household,
            window: Window::Year,
            most: Points::from_hundredths(30_000),
            spent: Points::from_hundredths(25_000),
            wanted: Points::from_hundredths(10_000),
        },
        R::TooManyRedemptions {
            taker: Taker::Person,
            window: Window::Quarter,
            most: 1,
            redeemed: 1,
            until: Some(at("19:30:00")),
            earlier: TakenBy::Redemption(linli_domain::id::RedemptionId::from_number(9)),
        },
        R::TooMuchRedeemed {
            taker: Taker::Household,
            window: Window::AllTime,
            most: Points::from_hundredths(30_000),
            redeemed: Points::ZERO,
            wanted: Points::from_hundredths(40_000),
            until: None,
            earlier: None,
        },
    ]
}
