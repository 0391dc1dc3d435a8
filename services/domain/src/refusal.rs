//! Refusals: one variant a reason, with the figures that a person needs.

use thiserror::Error;

use crate::Noun;

use crate::activity::{self, ActivityPart};
use crate::area::Level;
use crate::id::{AreaId, ContributionId, EstateId, ItemId, OfficerId, SeatId, ShiftId, TeamId};
use crate::item::{TakenBy, Taker, TermsPart};
use crate::officer::Duty;
use crate::quantity::{Minutes, Points};
use crate::resource::{Off, ResourcePart, Weekday};
use crate::rules::{InvalidRules, Presence, RuleVersion};
use crate::text::ActCode;
use crate::time::{Interval, Timestamp, Window};
use crate::{aid, booking, hazard, honour, mediation, notice, order, queue, voucher, whistle};

/// Why a command was refused. Nothing changed.
///
/// The text is for logs; the sentences for people, in Chinese and English, are the gateway's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Nothing by this id.
    #[error("no such {0:?}")]
    Unknown(Noun),
    /// The id, or the code, is taken.
    #[error("{0:?} exists already")]
    AlreadyExists(Noun),
    /// The officer has vouched for as much as a day allows: the contribution waits for the next day,
    /// or for an officer of a higher level.
    #[error("queued until {} µs", until.microseconds())]
    Queued {
        /// When the officer may say it again.
        until: Timestamp,
    },
    /// The contribution isn't in a sample.
    #[error("not in a sample")]
    NotDrawn,
    /// The contribution was inspected already.
    #[error("already inspected")]
    AlreadyInspected,
    /// The officer is in the claimant's team.
    #[error("officer and claimant are of one team")]
    SameTeam,
    /// The resident is in a team already.
    #[error("in team {team} already")]
    InTeam {
        /// Which.
        team: TeamId,
    },
    /// The resident isn't in that team.
    #[error("not in that team")]
    NotInTeam,
    /// The resident doesn't lead the team.
    #[error("not the team's leader")]
    NotTeamLeader,
    /// The rules in force say nothing of activities.
    #[error("the rules say nothing of activities")]
    NoActivityRules,
    /// The rules in force say nothing of estates.
    #[error("the rules say nothing of estates")]
    NoEstateRules,
    /// The estate has nothing to do with the grid: neither lies in the other.
    #[error("the estate is elsewhere")]
    EstateElsewhere,
    /// The estate isn't managed by a red committee.
    #[error("not managed by a red committee")]
    NotRedCommittee,
    /// A committee has some members, each once.
    #[error("{least} to {most} members, each once")]
    InvalidCommittee {
        /// The least.
        least: u8,
        /// The most.
        most: u8,
    },
    /// The term is over already, or too long.
    #[error("a term ends after now and not after {} µs", latest.microseconds())]
    InvalidTerm {
        /// The latest end.
        latest: Timestamp,
    },
    /// Nobody by this name sits on the estate's committee.
    #[error("not on the committee")]
    NotOnCommittee,
    /// The resident sits on an estate's committee, and leaves it first.
    #[error("on the committee of {estate}")]
    OnCommittee {
        /// Of which estate.
        estate: EstateId,
    },
    /// The rules in force say nothing of mediation.
    #[error("the rules say nothing of mediation")]
    NoMediationRules,
    /// The end of a mediation case gives this act, and nobody claims it.
    #[error("only a mediation case gives {0}")]
    OnlyByCase(ActCode),
    /// The case is no longer, or not yet, what this needs.
    #[error("the case is {found:?}")]
    CaseAt {
        /// How far it has come.
        found: mediation::Status,
    },
    /// A case has some parties, each once, ascending.
    #[error("1 to {most} parties, each once")]
    InvalidParties {
        /// The most.
        most: usize,
    },
    /// A party, or somebody of the household of one, doesn't mediate.
    #[error("a party of the case, or of the household of one")]
    PartyMediates,
    /// Somebody sits at the table already; or sat there, or lives with who did, and so has no word on it.
    #[error("at the table")]
    AtTable,
    /// No more places at the table.
    #[error("a table has at most {most} places")]
    TableFull {
        /// The most.
        most: usize,
    },
    /// No more sessions of the case.
    #[error("a case has at most {most} sessions")]
    TooManySessions {
        /// The most.
        most: usize,
    },
    /// Nobody sat: at that session, or at any.
    #[error("nobody sat")]
    NobodySat,
    /// The tier wants its agreement in writing.
    #[error("an agreement in writing is needed")]
    AgreementNeeded,
    /// An alert lasts some time, and not for ever.
    #[error("an alert lasts at most {hours_most} h")]
    InvalidAlert {
        /// The most.
        hours_most: u16,
    },
    /// An alert of this area from this moment was declared already.
    #[error("declared already")]
    AlertDeclared,
    /// No alert of this area from this moment runs or is to come.
    #[error("no such alert, or it is over")]
    NoAlert,
    /// The words of both sides of an aid give this act, and nobody claims it.
    #[error("only the words of both sides give {0}")]
    OnlyByAid(ActCode),
    /// A volunteer who was referred and has served gives this act, and nobody claims it.
    #[error("only a referral gives {0}")]
    OnlyByReferral(ActCode),
    /// A served seat of an activity gives this act, and nobody claims it.
    #[error("only an activity gives {0}")]
    OnlyByActivity(ActCode),
    /// The activity makes no sense.
    #[error("the activity makes no sense: {part:?}")]
    InvalidActivity {
        /// Which part of it.
        part: ActivityPart,
    },
    /// The activity has begun, or would have.
    #[error("it has begun")]
    ActivityBegun {
        /// Since when.
        since: Timestamp,
    },
    /// The activity was called off.
    #[error("it was called off")]
    ActivityCalledOff,
    /// The resident has a seat of it, or waits for one.
    #[error("signed up already, as {seat}")]
    SignedUp {
        /// Which.
        seat: SeatId,
    },
    /// The resident has another seat at that time, or is present on one.
    #[error("seat {seat} is at that time")]
    SeatClash {
        /// Which.
        seat: SeatId,
        /// When.
        planned: Interval,
    },
    /// The seat is not at the stage for it.
    #[error("the seat is {found:?}")]
    SeatAt {
        /// Where it is.
        found: activity::Status,
    },
    /// Nobody checks in so early.
    #[error("too early to check in")]
    CheckInTooEarly {
        /// From when.
        from: Timestamp,
    },
    /// That was not the rotating code of the moment.
    #[error("not the code of the moment")]
    WrongCode,
    /// That was not read at this checkpoint, or the checkpoint comes twice.
    #[error("checkpoint {checkpoint} was not read")]
    WrongCheckpoint {
        /// Which, from 0.
        checkpoint: u8,
    },
    /// An amount or a count ran past its range.
    #[error("the amount is too large")]
    AmountTooLarge,

    /// An area of another level is needed here.
    #[error("needs an area of level {expected:?}, found {found:?}")]
    WrongLevel {
        /// The level needed; none: no area at all.
        expected: Option<Level>,
        /// The level found.
        found: Option<Level>,
    },
    /// A grid needs a kind, and nothing else has one.
    #[error("a grid has a kind, and no other area has")]
    GridKindMisplaced,
    /// Another resident has this card.
    #[error("the card belongs to another resident")]
    CardTaken,
    /// The card was blocked, or another one took its place.
    #[error("the card is blocked")]
    CardBlocked,
    /// Somebody else's code or card was shown.
    #[error("shown by another resident")]
    ShownByAnother,
    /// What was shown is that of a later moment.
    #[error("shown before its time")]
    ShownTooEarly {
        /// From when it counts.
        from: Timestamp,
    },
    /// What was shown counts no longer.
    #[error("shown too late")]
    ShownTooLate {
        /// Until when it counted.
        until: Timestamp,
    },
    /// What was shown, or something later, was shown before, and it counts once.
    #[error("shown before")]
    ShownBefore {
        /// Of what counted last, since when it was shown.
        last: Timestamp,
    },
    /// The rules want more to be shown before anything is handed out.
    #[error("the rules want the resident's presence {needed:?}")]
    PresenceNeeded {
        /// What they want.
        needed: Presence,
    },
    /// The resident has enrolled before.
    #[error("enrolled as a volunteer already")]
    AlreadyVolunteer,
    /// The resident is shown in the rankings already.
    #[error("shown in the rankings already")]
    AlreadyRanked,
    /// The resident is not shown in the rankings.
    #[error("not shown in the rankings")]
    NotRanked,
    /// The resident lives with that household already.
    #[error("lives there already")]
    LivesThere,
    /// The resident has no pseudonym.
    #[error("no pseudonym")]
    NoPseudonym,
    /// A word is none of the lists.
    #[error("no such words")]
    NoSuchWords,
    /// These are the words of the resident's pseudonym.
    #[error("called so already")]
    CalledSoAlready,
    /// An officer withdrew these words: they are nobody's any more.
    #[error("the words were withdrawn")]
    WordsWithdrawn,
    /// The resident was erased.
    #[error("the resident was erased")]
    ResidentErased,
    /// The resident holds an office, which has to be given up first.
    #[error("the resident holds office {officer}")]
    HoldsOffice {
        /// Which office.
        officer: OfficerId,
    },
    /// A reason that no sender can give, since it follows from another fact.
    #[error("a reason that no sender can give")]
    ReasonReserved,
    /// The officer's authority has ended.
    #[error("the officer is retired")]
    OfficerRetired,

    /// The operator's time at the station has ended.
    #[error("the operator is retired")]
    OperatorRetired,
    /// What is handed out at this station names a shift.
    #[error("the station hands out in a shift alone")]
    ShiftNeeded,
    /// The operator has a shift open.
    #[error("shift {shift} is open")]
    ShiftOpen {
        /// Which.
        shift: ShiftId,
    },
    /// The shift is over.
    #[error("the shift is over")]
    ShiftOver {
        /// Since when.
        since: Timestamp,
    },
    /// The rules in force know no allowances.
    #[error("the rules know no allowances")]
    NoOfflineTerms,
    /// The station has an allowance that has not ended.
    #[error("the station has an allowance")]
    AllowanceStanding {
        /// When it ends.
        ends_at: Timestamp,
    },
    /// Nothing would be allowed.
    #[error("nothing would be allowed")]
    AllowanceEmpty,
    /// More than a station may hand out off line.
    #[error("{wanted} for the station, at most {most}")]
    AllowanceTooLarge {
        /// The most.
        most: Points,
        /// What was wanted.
        wanted: Points,
    },
    /// More than one person may have off line.
    #[error("{wanted} a person, at most {most}")]
    AllowanceTooLargeEach {
        /// The most.
        most: Points,
        /// What was wanted.
        wanted: Points,
    },
    /// An allowance doesn't last so long.
    #[error("an allowance doesn't last so long")]
    AllowanceTooLong {
        /// The latest end.
        latest: Timestamp,
    },
    /// The allowance has ended already.
    #[error("the allowance has ended")]
    AllowanceEnded {
        /// Since when.
        since: Timestamp,
    },
    /// A slip has no such number.
    #[error("slips are numbered 1 to {most}")]
    SlipNumber {
        /// The highest.
        most: u32,
    },
    /// The slip was counted already.
    #[error("the slip was counted already")]
    SlipCounted,
    /// The slip was reported already, and still can't be counted.
    #[error("the slip was reported already")]
    SlipReported,
    /// Too many slips wait to be looked into.
    #[error("{most} slips are reported")]
    TooManyReports {
        /// The most.
        most: usize,
    },

    /// The rule set bears another version than the next.
    #[error("the next version is {expected}, not {found}")]
    RulesVersion {
        /// The next version.
        expected: RuleVersion,
        /// The one it bears.
        found: RuleVersion,
    },
    /// The rule set would be in force before the one published last.
    #[error("a later rule set can't be in force earlier")]
    RulesOutOfOrder {
        /// The date of the one published last.
        after: Timestamp,
    },
    /// The rule set makes no sense.
    #[error("the rules make no sense: {0}")]
    InvalidRules(InvalidRules),
    /// No rule set was in force then.
    #[error("no rules were in force then")]
    NoRulesInForce,
    /// The rules in force then know no such act.
    #[error("the rules know no act {0}")]
    UnknownAct(ActCode),

    /// The resident hasn't enrolled as a volunteer.
    #[error("not a volunteer")]
    NotVolunteer,
    /// The contribution would end after now.
    #[error("ends in the future")]
    InFuture {
        /// Its end.
        ends_at: Timestamp,
        /// Now.
        now: Timestamp,
    },
    /// The contribution is older than the late-entry limit.
    #[error("older than {limit_days} days")]
    TooLate {
        /// The limit.
        limit_days: u16,
    },
    /// The contribution is longer than a single one may be.
    #[error("longer than {longest_minutes} minutes")]
    TooLong {
        /// The most minutes.
        longest_minutes: u32,
    },
    /// Shorter than a minute.
    #[error("shorter than a minute")]
    TooShort,
    /// The person was somewhere else at that time.
    #[error("overlaps another contribution")]
    Overlaps {
        /// The other contribution.
        other: ContributionId,
        /// When that was.
        happened: Interval,
    },
    /// Served for oneself.
    #[error("the beneficiary is the claimant")]
    OwnBeneficiary,
    /// The act has a cap for each pair, so it needs somebody who is served.
    #[error("the act needs a beneficiary")]
    BeneficiaryNeeded,
    /// A file is attached already, or named twice.
    #[error("attached already")]
    AttachedAlready,
    /// Too many attachments.
    #[error("more than {most} attachments")]
    TooManyAttachments {
        /// The most.
        most: usize,
    },
    /// The contribution was awarded already.
    #[error("already awarded")]
    AlreadyAwarded,
    /// The contribution has no award that could be reversed.
    #[error("not awarded yet")]
    NotAwarded,
    /// The award was reversed already.
    #[error("already reversed")]
    AlreadyReversed,
    /// The officer vouched for it, and so can't be the one to reverse it.
    #[error("the officer vouched for it")]
    OwnWord,
    /// The contribution was rejected already.
    #[error("already rejected")]
    AlreadyRejected,
    /// The rules of its time say nothing of notices.
    #[error("the rules say nothing of notices")]
    NoNoticeRules,
    /// It stands on notice: what is against it is said by an objection.
    #[error("on notice")]
    OnNotice,
    /// The notice, or the appeal, is not at the stage for it.
    #[error("the hearing is {found:?}")]
    NoticeAt {
        /// Where it is.
        found: notice::Stage,
    },
    /// Nobody objects to the own contribution.
    #[error("the own contribution")]
    OwnContribution,
    /// The resident has objected before.
    #[error("objected already")]
    ObjectedAlready,
    /// Enough have objected for a panel to look.
    #[error("{most} objections already")]
    TooManyObjections {
        /// The most.
        most: usize,
    },
    /// The panel was called together already.
    #[error("a panel sits already")]
    PanelSits,
    /// The panel has another size.
    #[error("a panel of {needed}, not of {found}")]
    PanelSize {
        /// How many sit on it.
        needed: u8,
        /// How many were named.
        found: u8,
    },
    /// Somebody on the panel, or who calls it together, has something to do with the case.
    #[error("member {place} of the panel: {tie:?}")]
    PanelMemberTied {
        /// The place in the list, from one; zero for who calls it together.
        place: u8,
        /// What.
        tie: notice::Tie,
    },
    /// Somebody is on the panel twice.
    #[error("member {place} of the panel is on it already")]
    PanelMemberTwice {
        /// The place in the list, from one.
        place: u8,
    },
    /// Not on this panel.
    #[error("not on the panel")]
    NotOnPanel,
    /// The member has voted before.
    #[error("voted already")]
    VotedAlready,
    /// It was neither rejected nor reversed.
    #[error("nothing to appeal against")]
    NothingToAppeal,
    /// The time to appeal is over.
    #[error("appeals closed")]
    AppealClosed {
        /// Since when.
        closed_at: Timestamp,
    },
    /// It was appealed for before.
    #[error("appealed before")]
    AppealedOnce,
    /// It is somebody else's contribution.
    #[error("somebody else's contribution")]
    NotClaimant,
    /// A panel has lifted a rejection of it, so no officer rejects it again.
    #[error("a panel lifted its rejection")]
    Reinstated,
    /// A check holds it: somebody looks at it first.
    #[error("held by a check")]
    OnHold,
    /// Nothing holds it.
    #[error("not held")]
    NotHeld,
    /// The grid lies outside the officer's area.
    #[error("outside the officer's area")]
    OutsideAuthority,
    /// The officer's level is too low for the act.
    #[error("needs an officer of level {needed:?}, is {found:?}")]
    LevelTooLow {
        /// The level needed.
        needed: Level,
        /// The officer's.
        found: Level,
    },
    /// The officer is the claimant.
    #[error("officer and claimant are one person")]
    SelfVerification,
    /// The officer lives with the claimant.
    #[error("officer and claimant are of one household")]
    SameHousehold,
    /// The officer, or the officer's household, was served.
    #[error("the officer or the officer's household was served")]
    VerifierServed,
    /// This officer has verified it before.
    #[error("verified by this officer already")]
    AlreadyVerified,
    /// An officer of this level has verified it; another level is needed.
    #[error("verified at level {level:?} already; another level is needed")]
    SecondLevelNeeded {
        /// The level that has spoken.
        level: Level,
    },
    /// The points have to be assessed, between two bounds.
    #[error("needs an assessment from {least} to {most}")]
    AssessmentNeeded {
        /// At least.
        least: Points,
        /// At most.
        most: Points,
    },
    /// The points of this act are fixed.
    #[error("the points of this act are fixed")]
    AssessmentUnwanted,
    /// The act has no such level of difficulty.
    #[error("the act has {levels} levels of difficulty")]
    NoSuchDifficulty {
        /// How many it has, from 1; zero if nothing is said of it.
        levels: u8,
    },

    /// Nothing, or less, was put into a pool.
    #[error("nothing to fund")]
    NothingToFund,
    /// Nothing was received.
    #[error("nothing received")]
    NothingReceived,
    /// The item has no counted stock.
    #[error("the item has no counted stock")]
    NotStocked {
        /// Which item.
        item: ItemId,
    },

    /// Nothing was wished for.
    #[error("the basket is empty")]
    EmptyBasket,
    /// More lines than a slip has.
    #[error("more than {most} lines")]
    BasketTooLarge {
        /// The most.
        most: usize,
    },
    /// An item stands twice in the basket.
    #[error("an item stands twice")]
    ItemTwice {
        /// Which item.
        item: ItemId,
    },
    /// None of an item was wished for.
    #[error("a quantity of zero")]
    QuantityZero {
        /// Which item.
        item: ItemId,
    },
    /// The resident has too few stars for it.
    #[error("{found} stars, needed {needed}")]
    TooFewStars {
        /// Which item.
        item: ItemId,
        /// The stars needed.
        needed: u8,
        /// The resident's.
        found: u8,
    },
    /// The item is for assisted households alone.
    #[error("for assisted households alone")]
    AssistedOnly {
        /// Which item.
        item: ItemId,
    },
    /// Too few of the item at this station.
    #[error("{free} free, wanted {wanted}")]
    InsufficientStock {
        /// Which item.
        item: ItemId,
        /// What can still be promised.
        free: u32,
        /// What was wanted.
        wanted: u32,
    },
    /// Too few points.
    #[error("available {available}, needed {needed}")]
    InsufficientPoints {
        /// What the resident can spend.
        available: Points,
        /// What it costs.
        needed: Points,
    },
    /// Reserved at another station.
    #[error("reserved at another station")]
    OtherStation,
    /// The redemption was handed out already.
    #[error("already handed out")]
    AlreadyCaptured,
    /// The redemption was given back already.
    #[error("already voided")]
    AlreadyVoided,
    /// The redemption's deadline has passed.
    #[error("the hold has expired")]
    HoldExpired,

    /// The rules in force say nothing of hazards, orders, whistles and mutual aid.
    #[error("the rules say nothing of orders")]
    NoOrderRules,
    /// The act is awarded by a checked order alone.
    #[error("only a checked order awards {0}")]
    OnlyByOrder(ActCode),
    /// A signal that only other facts of the log give.
    #[error("a signal that no sender can give")]
    SignalReserved,
    /// False reports in bad faith paused the resident's reporting.
    #[error("reporting is paused")]
    ReportingPaused {
        /// Until then.
        until: Timestamp,
    },
    /// Nothing is paused that could be appealed against.
    #[error("reporting is not paused")]
    NotPaused,
    /// The pause was appealed against before.
    #[error("appealed against already")]
    AppealedAlready,
    /// There is no appeal to rule on.
    #[error("no appeal is open")]
    NoAppeal,
    /// The hazard is not at the stage for it.
    #[error("the hazard is {found:?}")]
    HazardAt {
        /// Where it is.
        found: hazard::Status,
    },
    /// A report is linked to an earlier one, not to a later.
    #[error("that report is not the earlier one")]
    LaterReport,
    /// The order is not at the stage for it.
    #[error("the order is {found:?}")]
    OrderAt {
        /// Where it is.
        found: order::Status,
    },
    /// The officer is not of the unit that the order stands with.
    #[error("the order stands with another unit, of level {level:?}")]
    NotOfUnit {
        /// Its level.
        level: Level,
    },
    /// Whoever accepted the order closes it.
    #[error("another officer accepted the order")]
    NotHandler,
    /// Closing an order takes a photograph or a paper.
    #[error("closing needs evidence")]
    EvidenceNeeded,
    /// The handler, or the handler's household, would check.
    #[error("the handler or the handler's household can't check")]
    HandlerChecks,
    /// There is no level above.
    #[error("there is no level above")]
    NothingAbove,
    /// This whistle is the leadership's.
    #[error("only a {needed:?} does this")]
    LeadershipOnly {
        /// Of whom at least.
        needed: Duty,
    },
    /// This whistle can't call an office of this duty.
    #[error("a {found:?} can't be called by it")]
    CantBeCalled {
        /// The duty.
        found: Duty,
    },
    /// Another office was called.
    #[error("another office was called")]
    NotCalled,
    /// The whistle is not at the stage for it.
    #[error("the whistle is {found:?}")]
    WhistleAt {
        /// Where it is.
        found: whistle::Status,
    },
    /// Micro-wishes are those of assisted households.
    #[error("not of an assisted household")]
    NotAssisted,
    /// Mutual aid is between households.
    #[error("both are of one household")]
    OwnHousehold,
    /// The aid is not at the stage for it.
    #[error("the aid is {found:?}")]
    AidAt {
        /// Where it is.
        found: aid::Status,
    },
    /// The resident has no part in it, or not this one.
    #[error("not a party to it")]
    NotParty,
    /// Whoever said that it was done can't confirm it as well.
    #[error("the other side confirms")]
    OtherSideConfirms,
    /// The resident holds an office whose work the rules leave out of the rankings.
    #[error("staff aren't ranked")]
    StaffUnranked,
    /// The rules in force say nothing of honours.
    #[error("the rules say nothing of honours")]
    NoHonourRules,
    /// The rules know no such star or medal.
    #[error("the rules know no such distinction")]
    NoSuchDistinction,
    /// The resident has no such title, granted or on notice.
    #[error("no such title")]
    NoSuchTitle,
    /// The title is not at the stage for it.
    #[error("the title is {found:?}")]
    TitleAt {
        /// Where it is.
        found: honour::Standing,
    },
    /// Too little was served for it.
    #[error("{minutes} minutes served, needed {needed_hours} hours")]
    HoursShort {
        /// The hours needed.
        needed_hours: u32,
        /// What was served.
        minutes: Minutes,
    },
    /// The resident has not been a volunteer for long enough.
    #[error("not a volunteer for long enough")]
    TenureShort {
        /// Since then it is long enough.
        from: Timestamp,
    },
    /// The public notice of a title or of a certificate isn't over.
    #[error("the notice is not over")]
    HonourNoticeRuns {
        /// Until then.
        until: Timestamp,
    },
    /// Another certificate of the resident stands on notice.
    #[error("another certificate stands on notice")]
    CertificateOpen,
    /// Nothing was served that a certificate could tell of.
    #[error("nothing was served")]
    NothingServed,
    /// Two people sign a certificate.
    #[error("two people sign")]
    SecondSignature,
    /// The certificate is not at the stage for it.
    #[error("the certificate is {found:?}")]
    CertificateAt {
        /// Where it is.
        found: honour::Stage,
    },
    /// The report was answered already.
    #[error("the report was answered already")]
    ReportAnswered,
    /// The contribution that is named doesn't put the record right.
    #[error("that contribution doesn't put it right")]
    NotCorrected,
    /// The item doesn't stand on the slip, or no longer.
    #[error("the item is not on the slip")]
    NotOnSlip {
        /// Which item.
        item: ItemId,
    },
    /// Fewer of the item stand on the slip.
    #[error("{left} on the slip, wanted {wanted}")]
    MoreThanOnSlip {
        /// Which item.
        item: ItemId,
        /// What stands on it, less what came back.
        left: u32,
        /// What was wanted.
        wanted: u32,
    },
    /// The item is had as a voucher, not over the counter.
    #[error("the item is had as a voucher")]
    VoucherNeeded {
        /// Which item.
        item: ItemId,
    },
    /// The item has no vouchers.
    #[error("the item has no vouchers")]
    NotByVoucher {
        /// Which item.
        item: ItemId,
    },
    /// The voucher is no longer what this needs.
    #[error("the voucher is {found:?}")]
    VoucherStatus {
        /// How far it has come.
        found: voucher::Status,
    },
    /// Somebody showed too many wrong codes.
    #[error("locked after {most} wrong codes")]
    VoucherLocked {
        /// Until when.
        until: Timestamp,
        /// After how many.
        most: u8,
    },
    /// The voucher isn't good yet.
    #[error("the voucher is not good yet")]
    VoucherTooEarly {
        /// From when it is.
        from: Timestamp,
    },
    /// The voucher isn't good on this day of the week.
    #[error("the voucher is not good on this day of the week")]
    VoucherNotToday {
        /// The days on which it is.
        days: Vec<Weekday>,
    },
    /// Another supplier's voucher.
    #[error("a voucher of another supplier")]
    OtherSupplier,
    /// The terms of the item make no sense.
    #[error("the terms make no sense: {part:?}")]
    InvalidTerms {
        /// Of which item.
        item: ItemId,
        /// Which part of them.
        part: TermsPart,
    },
    /// The item isn't open to this resident.
    #[error("the item is not open to this resident")]
    NotOpenTo {
        /// Which item.
        item: ItemId,
    },
    /// More pieces than the item's limit allows.
    #[error("{taken} taken, {wanted} more wanted, at most {most}")]
    TooManyTaken {
        /// Which item.
        item: ItemId,
        /// Who is counted together.
        taker: Taker,
        /// In which stretch of the calendar.
        window: Window,
        /// The most.
        most: u32,
        /// What was taken before.
        taken: u32,
        /// What was wanted.
        wanted: u32,
    },
    /// More points than the item's limit allows.
    #[error("{spent} spent, {wanted} more wanted, at most {most}")]
    TooMuchSpent {
        /// Which item.
        item: ItemId,
        /// Who is counted together.
        taker: Taker,
        /// In which stretch of the calendar.
        window: Window,
        /// The most.
        most: Points,
        /// What was spent before.
        spent: Points,
        /// What was wanted.
        wanted: Points,
    },
    /// More redemptions than the rules allow.
    #[error("{redeemed} redemptions, at most {most}")]
    TooManyRedemptions {
        /// Who is counted together.
        taker: Taker,
        /// In which stretch of the calendar.
        window: Window,
        /// The most.
        most: u32,
        /// How many there were.
        redeemed: u32,
        /// Until when the stretch lasts; none: for all time.
        until: Option<Timestamp>,
        /// The last of those that there were.
        earlier: TakenBy,
    },
    /// More points than the rules allow to redeem.
    #[error("{redeemed} redeemed, {wanted} more wanted, at most {most}")]
    TooMuchRedeemed {
        /// Who is counted together.
        taker: Taker,
        /// In which stretch of the calendar.
        window: Window,
        /// The most.
        most: Points,
        /// What was redeemed before.
        redeemed: Points,
        /// What was wanted.
        wanted: Points,
        /// Until when the stretch lasts; none: for all time.
        until: Option<Timestamp>,
        /// The last redemption before, if there was one.
        earlier: Option<TakenBy>,
    },

    /// Nothing of the redemption was handed out.
    #[error("not handed out")]
    NotHandedOut,
    /// All of it has come back.
    #[error("already returned")]
    AlreadyReturned,
    /// The rules in force when it was handed out know no returns.
    #[error("the rules know no returns")]
    NoReturns,
    /// The window for returns is over.
    #[error("returns closed")]
    ReturnsClosed {
        /// Since when.
        closed_at: Timestamp,
    },
    /// What is used up doesn't come back on the resident's own wish.
    #[error("nothing of it comes back")]
    NothingComesBack {
        /// Which item.
        item: ItemId,
    },
    /// Something is lost, and no office was named that answers for it.
    #[error("an office has to answer for the loss")]
    OfficerNeeded,
    /// More are set aside than a count found.
    #[error("{reserved} set aside, found {found}")]
    CountBelowReserved {
        /// Which item.
        item: ItemId,
        /// What is set aside.
        reserved: u32,
        /// What was found.
        found: u32,
    },
    /// From a station to itself.
    #[error("from a station to itself")]
    SameStation,

    /// Nothing has happened since the last statement.
    #[error("nothing to state")]
    NothingToState,
    /// The statement has no such line.
    #[error("the statement has no such line")]
    NotStated,
    /// The line is disputed already.
    #[error("already disputed")]
    AlreadyDisputed,
    /// The line isn't disputed.
    #[error("not disputed")]
    NotDisputed,
    /// The dispute was resolved already.
    #[error("already resolved")]
    AlreadyResolved,
    /// Disputes of the statement are open.
    #[error("{open} disputes are open")]
    DisputesOpen {
        /// How many.
        open: usize,
    },
    /// The statement was settled already.
    #[error("already settled")]
    AlreadySettled,
    /// The item is booked by the slot, not sold over the counter.
    #[error("the item is booked by the slot")]
    BookingNeeded {
        /// Which item.
        item: ItemId,
    },
    /// The item is not one that is booked.
    #[error("the item is not one that is booked")]
    NotBookable {
        /// Which item.
        item: ItemId,
    },
    /// The resource makes no sense.
    #[error("the resource makes no sense: {part:?}")]
    InvalidResource {
        /// Which part of it.
        part: ResourcePart,
    },
    /// The resource was withdrawn.
    #[error("the resource was withdrawn")]
    ResourceWithdrawn,
    /// No slot begins then, or not so many follow each other without a gap.
    #[error("no such slots in the timetable")]
    NoSuchSlot,
    /// More slots in a row than one booking takes.
    #[error("{wanted} slots in a row, at most {most}")]
    TooManySlots {
        /// The most.
        most: u16,
        /// What was wanted.
        wanted: u16,
    },
    /// More units than there are at all.
    #[error("{wanted} wanted, and there are {of}")]
    MoreThanThereAre {
        /// How many there are.
        of: u32,
        /// What was wanted.
        wanted: u32,
    },
    /// The slot is over; or it has begun, and nobody waits for what has begun.
    #[error("the slot is over")]
    SlotOver {
        /// Since when.
        since: Timestamp,
    },
    /// The slot is too far ahead.
    #[error("too far ahead")]
    TooFarAhead {
        /// The latest start that can be booked now.
        latest: Timestamp,
    },
    /// Too little of the resource is free.
    #[error("{free} of {of} free, wanted {wanted}")]
    SlotFull {
        /// What can still be booked in every slot.
        free: u32,
        /// How many there are.
        of: u32,
        /// What was wanted.
        wanted: u32,
    },
    /// There is room, so nobody has to wait.
    #[error("{free} of {of} free: no need to wait")]
    SlotHasRoom {
        /// What can still be booked in every slot.
        free: u32,
        /// How many there are.
        of: u32,
    },
    /// Too many wait already.
    #[error("{most} wait already")]
    WaitingListFull {
        /// The most.
        most: usize,
    },
    /// The rules in force say nothing of queues.
    #[error("the rules say nothing of queues")]
    NoQueues,
    /// The resident waits for this item at this station already.
    #[error("waits for item {item} already")]
    QueuedAlready {
        /// Which item.
        item: ItemId,
    },
    /// There is enough, so nobody has to wait.
    #[error("item {item}: {free} free, {wanted} wanted: no need to wait")]
    InStock {
        /// Which item.
        item: ItemId,
        /// How many are free.
        free: u32,
        /// How many are wanted.
        wanted: u32,
    },
    /// Too many wait for this item at this station already.
    #[error("{most} wait already")]
    QueueFull {
        /// The most.
        most: usize,
    },
    /// More than anybody can have at once.
    #[error("item {item}: {wanted} wanted, {most} at the most")]
    TooManyWanted {
        /// Which item.
        item: ItemId,
        /// The most at once.
        most: u32,
        /// How many are wanted.
        wanted: u32,
    },
    /// Nobody waits under this id any more.
    #[error("the wait is {found:?}")]
    NotQueued {
        /// How it ended.
        found: queue::Status,
    },
    /// The resident stayed away too often.
    #[error("booking is paused after absences")]
    BookingPaused {
        /// Until when.
        until: Timestamp,
    },
    /// A slot was called off.
    #[error("a slot was called off: {:?}", off.reason)]
    SlotOff {
        /// Which: its start.
        start: Timestamp,
        /// By whom, and why.
        off: Off,
    },
    /// The resource is another station's or supplier's.
    #[error("the resource is in other hands")]
    NotItsKeeper,
    /// All of these slots are off already.
    #[error("called off already")]
    AlreadyOff,
    /// None of these slots is off.
    #[error("not called off")]
    NotOff,
    /// Too many slots of the resource would be off.
    #[error("more than {most} slots off")]
    TooManyOff {
        /// The most.
        most: usize,
    },
    /// The booking is no longer, or not yet, what this needs.
    #[error("the booking is {found:?}")]
    BookingStatus {
        /// How far it has come.
        found: booking::Status,
    },
    /// The rules in force say nothing of a time bank.
    #[error("the rules say nothing of a time bank")]
    NoTimeBank,
    /// The act stores no time.
    #[error("act {_0} stores no time")]
    ActStoresNoTime(ActCode),
    /// The contribution's time was stored already.
    #[error("stored already")]
    AlreadyStored,
    /// What was entered afterwards stores no time.
    #[error("honour minutes store no time")]
    HonourMinutes,
    /// The contribution names nobody who was served.
    #[error("nobody was served")]
    NobodyServed,
    /// The resident is no key elder.
    #[error("no key elder")]
    NotKeyElder,
    /// The mark stands already.
    #[error("marked so already")]
    MarkedAlready,
    /// The account has too little time.
    #[error("{has} min stored, {needed} needed, {may_owe} may be owed")]
    TimeShort {
        /// What it has, in minutes.
        has: i64,
        /// What is needed.
        needed: u32,
        /// What may be owed.
        may_owe: u32,
    },
    /// Others wait at the chest.
    #[error("{waiting} wait at the chest")]
    ChestAwaited {
        /// How many.
        waiting: usize,
    },
    /// The two are neither of one household nor kin.
    #[error("not kin")]
    NotKin,
    /// They are kin already, or one and the same.
    #[error("kin already")]
    AlreadyKin,
    /// The resident's ask waits already.
    #[error("asks already")]
    AsksAlready,
    /// The resident asks for nothing.
    #[error("asks for nothing")]
    AsksNothing,
    /// No time at all.
    #[error("no time")]
    NoTime,
    /// More than there is room for under the cap.
    #[error("room for {room} min under the cap")]
    AboveTimeCap {
        /// For how many minutes there is room.
        room: u32,
    },
    /// The others would owe the community too much time.
    #[error("community {community} at {after} min, at most {most} owed to it")]
    SurplusLimit {
        /// Which community.
        community: AreaId,
        /// Where its clearing account would stand: below zero.
        after: i64,
        /// The most minutes that it may be owed.
        most: u32,
    },
    /// The community would owe the others too much time.
    #[error("community {community} at {after} min, at most {most} owed by it")]
    DeficitLimit {
        /// Which community.
        community: AreaId,
        /// Where its clearing account would stand.
        after: i64,
        /// The most minutes that it may owe.
        most: u32,
    },
    /// Nobody has traded since the last statement.
    #[error("nothing to net")]
    NothingToNet,
    /// As many pairs of communities have traded as one statement takes.
    #[error("{most} pairs have traded: a netting statement is due")]
    NettingDue {
        /// How many.
        most: usize,
    },
    /// The key is not handed out so early.
    #[error("too early for the key")]
    KeyTooEarly {
        /// From when it is.
        from: Timestamp,
    },
}
