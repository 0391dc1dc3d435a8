//! All that can have happened, as JSON.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::activity::{ActivityCalledOff, ActivityPublished, SeatChanged};
use crate::alert::{Alert, AlertWithdrawn};
use crate::conduct::{ConductHeld, ConductReviewed};
use crate::counter::{
    AllowanceEnded, AllowanceGranted, OfOperator, OperatorEnrolled, ShiftChanged, SlipCounted,
    SlipReported, StationShifts,
};
use crate::estate::{CommitteeElected, Estate, EstateFormSet, OfCommittee};
use crate::happened::{HazardReported, OfAid, OfAppeal, OfHazard, OfOrder, OfWhistle};
use crate::honour::{Certificate, RecordReport, Title};
use crate::inspection::{Inspected, Sample};
pub use crate::item::{ItemPriced, ItemTermsSet};
use crate::mediation::{CaseMoved, CaseOpened, SessionHeld, TableJoined};
use crate::notice::NoticeChanged;
pub use crate::pool::{PoolFunded, PoolOpened};
use crate::pseudonym::PseudonymChanged;
use crate::queue::QueueChanged;
use crate::redemption::Returned;
pub use crate::resident::{OfResident, ResidentRegistered, VolunteerReferred};
use crate::resource::{OfResource, Resource, SlotsTurned};
pub use crate::served::{
    ContributionAttached, ContributionQueued, ContributionRejected, ContributionRestored,
    ContributionReversed, ContributionSubmitted, ContributionVerified, DebtForgiven, LotExpired,
    OfSlip, RedemptionPartCaptured, RedemptionReserved, RedemptionTimedOut, RedemptionVoided,
    ResidentErased, ResidentMoved, WalletClosed,
};
use crate::statement::{DisputeResolved, LineDisputed, StatementIssued, StatementSettled};
use crate::station::{Station, StockCounted, StockMoved, StockReceived, StockWrittenOff};
use crate::team::{Membership, Team};
use crate::time_bank::TimeChanged;
use crate::voucher::{VoucherChanged, WrongVoucherCode};
use crate::wallet::Recalled;
use crate::{
    Id, area::Area, award::Award, booking::BookingChanged, card::CardChanged, household::Household,
    item::Item, officer::Officer, rules::Rules, supplier::Supplier,
};

/// A fact, told apart by `type`: the noun, and what happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type")]
pub enum Fact {
    /// An area was founded.
    #[serde(rename = "area.founded")]
    AreaFounded(Area),
    /// A weather alert was declared.
    #[serde(rename = "area.alert_declared")]
    AlertDeclared(Alert),
    /// An alert was withdrawn.
    #[serde(rename = "area.alert_withdrawn")]
    AlertWithdrawn(AlertWithdrawn),
    /// A household was registered.
    #[serde(rename = "household.registered")]
    HouseholdRegistered(Household),
    /// A resident was registered.
    #[serde(rename = "resident.registered")]
    ResidentRegistered(ResidentRegistered),
    /// A resident enrolled as a volunteer.
    #[serde(rename = "resident.volunteer_enrolled")]
    VolunteerEnrolled(OfResident),
    /// A resident enrolled whom another volunteer had brought.
    #[serde(rename = "resident.volunteer_referred")]
    VolunteerReferred(VolunteerReferred),
    /// A resident chose to be shown in the rankings.
    #[serde(rename = "resident.ranking_joined")]
    RankingJoined(OfResident),
    /// A resident chose not to be shown any longer.
    #[serde(rename = "resident.ranking_left")]
    RankingLeft(OfResident),
    /// A resident moved to another household.
    #[serde(rename = "resident.moved")]
    ResidentMoved(ResidentMoved),
    /// A resident is called so from now on.
    #[serde(rename = "resident.pseudonym_chosen")]
    PseudonymChosen(PseudonymChanged),
    /// A resident gave a pseudonym up.
    #[serde(rename = "resident.pseudonym_dropped")]
    PseudonymDropped(PseudonymChanged),
    /// An officer withdrew a pseudonym.
    #[serde(rename = "resident.pseudonym_withdrawn")]
    PseudonymWithdrawn(PseudonymChanged),
    /// A resident was given another card.
    #[serde(rename = "resident.card_issued")]
    CardIssued(CardChanged),
    /// A card was blocked.
    #[serde(rename = "resident.card_blocked")]
    CardBlocked(CardChanged),
    /// A resident's account was closed for good; what was open then ends in the facts that follow.
    #[serde(rename = "resident.erased")]
    ResidentErased(ResidentErased),
    /// An officer was appointed.
    #[serde(rename = "officer.appointed")]
    OfficerAppointed(Officer),
    /// An officer's authority ended.
    #[serde(rename = "officer.retired")]
    OfficerRetired(OfOfficer),
    /// A station was opened.
    #[serde(rename = "station.opened")]
    StationOpened(Station),
    /// An operator was enrolled.
    #[serde(rename = "operator.enrolled")]
    OperatorEnrolled(OperatorEnrolled),
    /// An operator's time at the station ended.
    #[serde(rename = "operator.retired")]
    OperatorRetired(OfOperator),
    /// A shift was opened.
    #[serde(rename = "operator.shift_opened")]
    ShiftOpened(ShiftChanged),
    /// A shift was closed.
    #[serde(rename = "operator.shift_closed")]
    ShiftClosed(ShiftChanged),
    /// It was said whether a station hands anything out without a shift.
    #[serde(rename = "operator.shifts_set")]
    ShiftsSet(StationShifts),
    /// A station was granted an allowance.
    #[serde(rename = "allowance.granted")]
    AllowanceGranted(AllowanceGranted),
    /// A slip that was written off line was counted.
    #[serde(rename = "allowance.counted")]
    SlipCounted(Box<SlipCounted>),
    /// A slip that was written off line can't be counted.
    #[serde(rename = "allowance.reported")]
    SlipReported(Box<SlipReported>),
    /// Nothing more is handed out under an allowance.
    #[serde(rename = "allowance.ended")]
    AllowanceEnded(AllowanceEnded),
    /// A supplier was enrolled.
    #[serde(rename = "supplier.enrolled")]
    SupplierEnrolled(Supplier),
    /// A pool was opened.
    #[serde(rename = "pool.opened")]
    PoolOpened(PoolOpened),
    /// Points were put into a pool.
    #[serde(rename = "pool.funded")]
    PoolFunded(PoolFunded),
    /// A rule set was published. The record's bytes hold all of it.
    #[serde(rename = "rules.published")]
    RulesPublished(Rules),
    /// An item was listed.
    #[serde(rename = "item.listed")]
    ItemListed(Item),
    /// An item's price changed.
    #[serde(rename = "item.priced")]
    ItemPriced(ItemPriced),
    /// An item's terms were set.
    #[serde(rename = "item.terms_set")]
    ItemTermsSet(ItemTermsSet),
    /// Goods were taken in at a station.
    #[serde(rename = "item.stock_received")]
    StockReceived(StockReceived),
    /// A contribution was submitted and its evidence graded.
    #[serde(rename = "contribution.submitted")]
    ContributionSubmitted(ContributionSubmitted),
    /// An officer verified a contribution.
    #[serde(rename = "contribution.verified")]
    ContributionVerified(ContributionVerified),
    /// An officer rejected a contribution.
    #[serde(rename = "contribution.rejected")]
    ContributionRejected(ContributionRejected),
    /// A contribution was awarded.
    #[serde(rename = "contribution.awarded")]
    ContributionAwarded(Award),
    /// An officer spoke for a contribution beyond what a day allows: it waits.
    #[serde(rename = "contribution.queued")]
    ContributionQueued(ContributionQueued),
    /// A team was formed.
    #[serde(rename = "team.formed")]
    TeamFormed(Team),
    /// A volunteer joined a team.
    #[serde(rename = "team.joined")]
    TeamJoined(Membership),
    /// A member left a team.
    #[serde(rename = "team.left")]
    TeamLeft(Membership),
    /// A member leads a team from now on.
    #[serde(rename = "team.led")]
    TeamLed(Membership),
    /// An activity was published.
    #[serde(rename = "activity.published")]
    ActivityPublished(Box<ActivityPublished>),
    /// An activity was called off.
    #[serde(rename = "activity.called_off")]
    ActivityCalledOff(ActivityCalledOff),
    /// Somebody signed up for a seat, came, went, or it ended: as its status says.
    #[serde(rename = "activity.seat")]
    Seat(SeatChanged),
    /// An estate was registered.
    #[serde(rename = "estate.registered")]
    EstateRegistered(Estate),
    /// An estate is managed otherwise.
    #[serde(rename = "estate.form_set")]
    EstateFormSet(EstateFormSet),
    /// A committee was elected.
    #[serde(rename = "estate.committee_elected")]
    CommitteeElected(CommitteeElected),
    /// A member left a committee.
    #[serde(rename = "estate.committee_left")]
    CommitteeLeft(OfCommittee),
    /// A committee's term ended.
    #[serde(rename = "estate.term_ended")]
    TermEnded(OfCommittee),
    /// A mediation case was opened.
    #[serde(rename = "mediation.opened")]
    CaseOpened(CaseOpened),
    /// Somebody has a place at a case's table.
    #[serde(rename = "mediation.joined")]
    TableJoined(TableJoined),
    /// A session of a case was held.
    #[serde(rename = "mediation.sat")]
    SessionHeld(SessionHeld),
    /// A case was settled, kept, broken, closed or taken up again: as its status says.
    #[serde(rename = "mediation.case")]
    CaseMoved(CaseMoved),
    /// A day's sample was drawn.
    #[serde(rename = "inspection.drawn")]
    SampleDrawn(Sample),
    /// Somebody looked again.
    #[serde(rename = "inspection.inspected")]
    SampleInspected(Inspected),
    /// An award was taken back.
    #[serde(rename = "contribution.reversed")]
    ContributionReversed(ContributionReversed),
    /// Points and stock were set aside.
    #[serde(rename = "redemption.reserved")]
    RedemptionReserved(RedemptionReserved),
    /// What was reserved was handed out.
    #[serde(rename = "redemption.captured")]
    RedemptionCaptured(OfSlip),
    /// What was reserved was given back.
    #[serde(rename = "redemption.voided")]
    RedemptionVoided(RedemptionVoided),
    /// The deadline passed and what was reserved was given back.
    #[serde(rename = "redemption.timed_out")]
    RedemptionTimedOut(RedemptionTimedOut),
    /// Reserved and handed out at once.
    #[serde(rename = "redemption.sold")]
    RedemptionSold(OfSlip),
    /// A part of what was reserved was handed out.
    #[serde(rename = "redemption.part_captured")]
    RedemptionPartCaptured(RedemptionPartCaptured),
    /// What was handed out came back.
    #[serde(rename = "redemption.returned")]
    RedemptionReturned(Returned),
    /// Goods were sent back to the supplier.
    #[serde(rename = "item.stock_sent_back")]
    StockSentBack(StockReceived),
    /// A shelf was counted.
    #[serde(rename = "item.stock_counted")]
    StockCounted(StockCounted),
    /// Goods were moved to another station.
    #[serde(rename = "item.stock_moved")]
    StockMoved(StockMoved),
    /// Goods were written off.
    #[serde(rename = "item.stock_written_off")]
    StockWrittenOff(StockWrittenOff),
    /// A supplier's period was closed.
    #[serde(rename = "statement.issued")]
    StatementIssued(StatementIssued),
    /// A line was disputed.
    #[serde(rename = "statement.disputed")]
    LineDisputed(LineDisputed),
    /// A dispute was resolved.
    #[serde(rename = "statement.resolved")]
    DisputeResolved(DisputeResolved),
    /// A statement was paid.
    #[serde(rename = "statement.settled")]
    StatementSettled(StatementSettled),
    /// A contribution stands on notice.
    #[serde(rename = "notice.opened")]
    NoticeOpened(NoticeChanged),
    /// Somebody objected.
    #[serde(rename = "notice.objected")]
    NoticeObjected(NoticeChanged),
    /// A notice is over, and nobody objected.
    #[serde(rename = "notice.unopposed")]
    NoticeUnopposed(NoticeChanged),
    /// A notice is over, and somebody objected.
    #[serde(rename = "notice.contested")]
    NoticeContested(NoticeChanged),
    /// The claimant appealed.
    #[serde(rename = "notice.appealed")]
    NoticeAppealed(NoticeChanged),
    /// A panel was called together.
    #[serde(rename = "notice.panel_convened")]
    PanelConvened(NoticeChanged),
    /// A member of a panel voted.
    #[serde(rename = "notice.voted")]
    PanelVoted(NoticeChanged),
    /// A majority was found, or the time for it was over.
    #[serde(rename = "notice.decided")]
    HearingDecided(NoticeChanged),
    /// A panel found a reversal wrong, and what was taken back is given back.
    #[serde(rename = "contribution.restored")]
    ContributionRestored(ContributionRestored),
    /// Files were attached to a contribution that waits.
    #[serde(rename = "contribution.attached")]
    ContributionAttached(ContributionAttached),
    /// A check of conduct holds a claim.
    #[serde(rename = "conduct.held")]
    ConductHeld(ConductHeld),
    /// Somebody has looked at what was held.
    #[serde(rename = "conduct.reviewed")]
    ConductReviewed(ConductReviewed),
    /// A voucher was issued.
    #[serde(rename = "voucher.issued")]
    VoucherIssued(VoucherChanged),
    /// A wrong code was shown for a voucher.
    #[serde(rename = "voucher.wrong_code")]
    VoucherWrongCode(WrongVoucherCode),
    /// A voucher was used.
    #[serde(rename = "voucher.used")]
    VoucherUsed(VoucherChanged),
    /// Nobody used a voucher until its end.
    #[serde(rename = "voucher.expired")]
    VoucherExpired(VoucherChanged),
    /// A voucher was given back unused.
    #[serde(rename = "voucher.returned")]
    VoucherReturned(VoucherChanged),
    /// A resident waits for goods that are short.
    #[serde(rename = "queue.joined")]
    QueueJoined(QueueChanged),
    /// A resident waits for goods no longer.
    #[serde(rename = "queue.left")]
    QueueLeft(QueueChanged),
    /// There were goods for a resident, who couldn't have them.
    #[serde(rename = "queue.passed_over")]
    QueuePassedOver(QueueChanged),
    /// A resource was opened for booking.
    #[serde(rename = "resource.opened")]
    ResourceOpened(Resource),
    /// A resource was withdrawn.
    #[serde(rename = "resource.withdrawn")]
    ResourceWithdrawn(OfResource),
    /// Slots of a resource were called off.
    #[serde(rename = "resource.called_off")]
    SlotsCalledOff(SlotsTurned),
    /// Slots of a resource were opened again.
    #[serde(rename = "resource.reopened")]
    SlotsReopened(SlotsTurned),
    /// Points and slots were set aside.
    #[serde(rename = "booking.booked")]
    Booked(BookingChanged),
    /// A resident waits until there is room.
    #[serde(rename = "booking.waited")]
    BookingWaited(BookingChanged),
    /// A resident waits no longer.
    #[serde(rename = "booking.left")]
    WaitingLeft(BookingChanged),
    /// There was room, and the first who waited has it.
    #[serde(rename = "booking.promoted")]
    BookingPromoted(BookingChanged),
    /// A slot of what was booked was called off.
    #[serde(rename = "booking.called_off")]
    BookingCalledOff(BookingChanged),
    /// There was room for one who waited, and who couldn't have it.
    #[serde(rename = "booking.passed_over")]
    WaitingPassedOver(BookingChanged),
    /// The start came, and there had been no room.
    #[serde(rename = "booking.wait_lapsed")]
    WaitingLapsed(BookingChanged),
    /// What was booked was called off.
    #[serde(rename = "booking.cancelled")]
    BookingCancelled(BookingChanged),
    /// The key was handed out.
    #[serde(rename = "booking.used")]
    BookingUsed(BookingChanged),
    /// Nobody came until the end.
    #[serde(rename = "booking.not_shown")]
    BookingNotShown(BookingChanged),
    /// The rest of a lot lapsed at its time.
    #[serde(rename = "wallet.lot_expired")]
    LotExpired(LotExpired),
    /// What had been held of a reversed award came back, or was spent.
    #[serde(rename = "wallet.lot_recalled")]
    LotRecalled(Recalled),
    /// What an erased resident's wallet held was cleared.
    #[serde(rename = "wallet.closed")]
    WalletClosed(WalletClosed),
    /// A resident reported a hazard.
    #[serde(rename = "hazard.reported")]
    HazardReported(HazardReported),
    /// A report turned out to be of a hazard reported earlier.
    #[serde(rename = "hazard.merged")]
    HazardMerged(OfHazard),
    /// An officer verified a hazard.
    #[serde(rename = "hazard.verified")]
    HazardVerified(OfHazard),
    /// An officer dismissed a report.
    #[serde(rename = "hazard.dismissed")]
    HazardDismissed(OfHazard),
    /// A resident appealed against a pause of reporting.
    #[serde(rename = "hazard.appealed")]
    ReportingAppealed(OfAppeal),
    /// An officer ruled on an appeal.
    #[serde(rename = "hazard.ruled")]
    ReportingRuled(OfAppeal),
    /// An order was opened.
    #[serde(rename = "order.opened")]
    OrderOpened(OfOrder),
    /// An order was given to a unit.
    #[serde(rename = "order.dispatched")]
    OrderDispatched(OfOrder),
    /// An officer accepted an order.
    #[serde(rename = "order.accepted")]
    OrderAccepted(OfOrder),
    /// An order went a level up.
    #[serde(rename = "order.escalated")]
    OrderEscalated(OfOrder),
    /// A clock of an order ran out, and no level is above.
    #[serde(rename = "order.clock_missed")]
    OrderClockMissed(OfOrder),
    /// An order's handler said that it is done.
    #[serde(rename = "order.closed")]
    OrderClosed(OfOrder),
    /// A check found an order not done.
    #[serde(rename = "order.sent_back")]
    OrderSentBack(OfOrder),
    /// A check found an order done.
    #[serde(rename = "order.checked")]
    OrderChecked(OfOrder),
    /// A whistle was blown.
    #[serde(rename = "whistle.blown")]
    WhistleBlown(OfWhistle),
    /// The office that is called answered.
    #[serde(rename = "whistle.answered")]
    WhistleAnswered(OfWhistle),
    /// A clock of a whistle ran out.
    #[serde(rename = "whistle.clock_missed")]
    WhistleClockMissed(OfWhistle),
    /// What a whistle was blown for is settled.
    #[serde(rename = "whistle.settled")]
    WhistleSettled(OfWhistle),
    /// Somebody asked, offered or wished.
    #[serde(rename = "aid.opened")]
    AidOpened(OfAid),
    /// Somebody took part from the other side.
    #[serde(rename = "aid.matched")]
    AidMatched(OfAid),
    /// That one left it to somebody else.
    #[serde(rename = "aid.stepped_back")]
    AidSteppedBack(OfAid),
    /// It was taken back.
    #[serde(rename = "aid.withdrawn")]
    AidWithdrawn(OfAid),
    /// One side said that it was done.
    #[serde(rename = "aid.finished")]
    AidFinished(OfAid),
    /// The other side confirmed it.
    #[serde(rename = "aid.confirmed")]
    AidConfirmed(OfAid),
    /// Its time was over.
    #[serde(rename = "aid.lapsed")]
    AidLapsed(OfAid),
    /// Something happened in the time bank: as its step says.
    #[serde(rename = "time_bank")]
    TimeBank(Box<TimeChanged>),
    /// A title stands on public notice, was granted, was not, or fell: as its standing says.
    #[serde(rename = "honour.title")]
    Title(Title),
    /// A certificate was asked for, signed, issued, or is void: as its stage and signatures say.
    #[serde(rename = "honour.certificate")]
    Certificate(Certificate),
    /// A record is said to be wrong; nobody answered in time; it was answered: as its stage says.
    #[serde(rename = "honour.record_report")]
    RecordReport(RecordReport),
}

/// Which officer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfOfficer {
    /// Who.
    pub officer: Id,
}
