//! A refusal of the ledger as a problem: one kind each, with its figures in a sentence that a
//! clerk understands.

use linli_domain::area::Level;
use linli_domain::rules::{InvalidRules, RulesPart};
use linli_domain::{Noun, Refusal};

use crate::parse::{time_text, wall_time};
use crate::problem::naming::{level_name, level_words, noun_name, noun_words};
use crate::problem::{
    Kind, Problem, Words, activities, counter, estates, honours, limits, mediation, notices,
    orders, places, queues, services, shown, time_bank,
};

impl From<&Refusal> for Problem {
    #[allow(clippy::too_many_lines, reason = "a table: one arm a variant, and none may be missing")]
    fn from(refusal: &Refusal) -> Self {
        use Refusal as R;
        let plain = Self::plain;
        match refusal {
            R::Unknown(noun) => unknown(*noun),
            R::AlreadyExists(noun) => {
                let words = noun_words(*noun);
                let (zh, en) = (
                    format!("该{}的编号或代码已被使用。", words.zh),
                    format!("The id or code of this {} is taken.", words.en),
                );
                Self::new(Kind::AlreadyExists, zh, en).with("noun", noun_name(*noun))
            }
            R::AmountTooLarge => plain(Kind::AmountOutOfRange),
            R::WrongLevel { expected, found } => wrong_level(*expected, *found),
            R::GridKindMisplaced => plain(Kind::GridKindMisplaced),
            R::CardTaken => plain(Kind::CardTaken),
            R::CardBlocked => plain(Kind::CardBlocked),
            R::ShownByAnother => plain(Kind::ShownByAnother),
            R::ShownTooEarly { from } => shown::too_early(*from),
            R::ShownTooLate { until } => shown::too_late(*until),
            R::ShownBefore { last } => shown::before(*last),
            R::PresenceNeeded { needed } => shown::needed(*needed),
            R::AlreadyVolunteer => plain(Kind::AlreadyVolunteer),
            R::AlreadyRanked => plain(Kind::AlreadyRanked),
            R::LivesThere => plain(Kind::LivesThere),
            R::NotRanked => plain(Kind::NotRanked),
            R::StaffUnranked => plain(Kind::StaffUnranked),
            R::NoPseudonym => plain(Kind::NoPseudonym),
            R::NoSuchWords => plain(Kind::NoSuchWords),
            R::CalledSoAlready => plain(Kind::CalledSoAlready),
            R::WordsWithdrawn => plain(Kind::WordsWithdrawn),
            R::ResidentErased => plain(Kind::ResidentErased),
            R::HoldsOffice { officer } => {
                plain(Kind::HoldsOffice).with("officer", officer.to_string())
            }
            R::ReasonReserved => plain(Kind::ReasonReserved),
            R::OfficerRetired => plain(Kind::OfficerRetired),
            R::OperatorRetired => plain(Kind::OperatorRetired),
            R::ShiftNeeded => plain(Kind::ShiftNeeded),
            R::ShiftOpen { shift } => plain(Kind::ShiftOpen).with("shift", shift.to_string()),
            R::ShiftOver { since } => counter::shift_over(*since),
            R::NoOfflineTerms => plain(Kind::NoOfflineTerms),
            R::AllowanceStanding { ends_at } => counter::standing(*ends_at),
            R::AllowanceEmpty => plain(Kind::AllowanceEmpty),
            R::AllowanceTooLarge { most, wanted } => {
                counter::too_large(Kind::AllowanceTooLarge, *most, *wanted)
            }
            R::AllowanceTooLargeEach { most, wanted } => {
                counter::too_large(Kind::AllowanceTooLargeEach, *most, *wanted)
            }
            R::AllowanceTooLong { latest } => counter::too_long(*latest),
            R::AllowanceEnded { since } => counter::ended(*since),
            R::SlipNumber { most } => counter::slip_number(*most),
            R::SlipCounted => plain(Kind::SlipCounted),
            R::SlipReported => plain(Kind::SlipReported),
            R::TooManyReports { most } => counter::too_many_reports(*most),
            R::RulesVersion { expected, found } => Self::new(
                Kind::RulesVersion,
                format!("下一个规则版本应为 {expected},提交的是 {found}。"),
                format!("The next version is {expected}, not {found}."),
            )
            .with("expected", expected.0)
            .with("found", found.0),
            R::RulesOutOfOrder { after } => Self::new(
                Kind::RulesOutOfOrder,
                format!("最近发布的规则自 {} 起生效,新规则不得早于此。", wall_time(*after)),
                format!(
                    "The rules published last are in force from {}; new ones can't be earlier.",
                    wall_time(*after)
                ),
            )
            .with("not_before", time_text(*after)),
            R::InvalidRules(invalid) => invalid_rules(invalid),
            R::NoRulesInForce => plain(Kind::NoRulesInForce),
            R::UnknownAct(act) => Self::new(
                Kind::UnknownAct,
                format!("当时的规则中没有 {act} 这一项。"),
                format!("The rules of that time know no act {act}."),
            )
            .with("act", act.as_str()),
            R::NotVolunteer => plain(Kind::NotVolunteer),
            R::InFuture { ends_at, now } => Self::new(
                Kind::InFuture,
                format!("结束时间 {} 晚于现在 {}。", wall_time(*ends_at), wall_time(*now)),
                format!("It ends at {}, and it is {} now.", wall_time(*ends_at), wall_time(*now)),
            )
            .with("ends_at", time_text(*ends_at))
            .with("now", time_text(*now)),
            R::TooLate { limit_days } => Self::new(
                Kind::TooLate,
                format!("服务结束已超过 {limit_days} 天,不能再提交。"),
                format!(
                    "It ended more than {limit_days} days ago and can't be submitted any more."
                ),
            )
            .with("limit_days", *limit_days),
            R::TooLong { longest_minutes } => Self::new(
                Kind::TooLong,
                format!("单次服务不得超过 {longest_minutes} 分钟。"),
                format!("One contribution can't be longer than {longest_minutes} minutes."),
            )
            .with("longest_minutes", *longest_minutes),
            R::TooShort => plain(Kind::TooShort),
            R::Overlaps { other, happened } => {
                let (from, until) = (wall_time(happened.start()), wall_time(happened.end()));
                Self::new(
                    Kind::Overlaps,
                    format!("与该居民 {from} 至 {until} 的另一次服务时间重叠。"),
                    format!(
                        "It overlaps another contribution of this resident, from {from} to {until}."
                    ),
                )
                .with("contribution", other.to_string())
                .with("started_at", time_text(happened.start()))
                .with("ended_at", time_text(happened.end()))
            }
            R::OwnBeneficiary => plain(Kind::OwnBeneficiary),
            R::BeneficiaryNeeded => plain(Kind::BeneficiaryNeeded),
            R::TooManyAttachments { most } => Self::new(
                Kind::TooManyAttachments,
                format!("附件至多 {most} 个。"),
                format!("At most {most} attachments."),
            )
            .with("most", *most),
            R::AttachedAlready => plain(Kind::AttachedAlready),
            R::AlertDeclared => plain(Kind::AlertDeclared),
            R::NoAlert => plain(Kind::NoAlert),
            R::InvalidAlert { hours_most } => places::invalid_alert(*hours_most),
            R::AlreadyAwarded => plain(Kind::AlreadyAwarded),
            R::AlreadyRejected => plain(Kind::AlreadyRejected),
            R::NotAwarded => plain(Kind::NotAwarded),
            R::AlreadyReversed => plain(Kind::AlreadyReversed),
            R::OwnWord => plain(Kind::OwnWord),
            R::Queued { until } => Self::new(
                Kind::Queued,
                format!(
                    "您今日核实已满,此项已排队,{} 起可再核实,或由上一级人员核实。",
                    wall_time(*until)
                ),
                format!(
                    "You have vouched for as much as a day allows; it waits until {}, or for an \
                     officer of a higher level.",
                    wall_time(*until)
                ),
            )
            .with("until", time_text(*until)),
            R::NotDrawn => plain(Kind::NotDrawn),
            R::AlreadyInspected => plain(Kind::AlreadyInspected),
            R::SameTeam => plain(Kind::SameTeam),
            R::InTeam { team } => plain(Kind::InTeam).with("team", team.to_string()),
            R::NotInTeam => plain(Kind::NotInTeam),
            R::NoNoticeRules => plain(Kind::NoNoticeRules),
            R::OnNotice => plain(Kind::OnNotice),
            R::NoticeAt { found } => {
                stage(Kind::NoticeAt, "该公示或申诉", "The hearing", notices::stage_words(*found))
            }
            R::OwnContribution => plain(Kind::OwnContribution),
            R::ObjectedAlready => plain(Kind::ObjectedAlready),
            R::TooManyObjections { most } => notices::too_many_objections(*most),
            R::PanelSits => plain(Kind::PanelSits),
            R::PanelSize { needed, found } => notices::panel_size(*needed, *found),
            R::PanelMemberTied { place, tie } => notices::panel_member_tied(*place, *tie),
            R::PanelMemberTwice { place } => notices::panel_member_twice(*place),
            R::NotOnPanel => plain(Kind::NotOnPanel),
            R::VotedAlready => plain(Kind::VotedAlready),
            R::NothingToAppeal => plain(Kind::NothingToAppeal),
            R::AppealClosed { closed_at } => notices::appeal_closed(*closed_at),
            R::AppealedOnce => plain(Kind::AppealedOnce),
            R::NotClaimant => plain(Kind::NotClaimant),
            R::Reinstated => plain(Kind::Reinstated),
            R::OnHold => plain(Kind::OnHold),
            R::NotHeld => plain(Kind::NotHeld),
            R::NoEstateRules => plain(Kind::NoEstateRules),
            R::EstateElsewhere => plain(Kind::EstateElsewhere),
            R::NotRedCommittee => plain(Kind::NotRedCommittee),
            R::InvalidCommittee { least, most } => estates::invalid_committee(*least, *most),
            R::InvalidTerm { latest } => estates::invalid_term(*latest),
            R::NotOnCommittee => plain(Kind::NotOnCommittee),
            R::OnCommittee { estate } => estates::on_committee(*estate),
            R::NoTimeBank => plain(Kind::NoTimeBank),
            R::AlreadyStored => plain(Kind::AlreadyStored),
            R::HonourMinutes => plain(Kind::HonourMinutes),
            R::NobodyServed => plain(Kind::NobodyServed),
            R::NotKeyElder => plain(Kind::NotKeyElder),
            R::MarkedAlready => plain(Kind::MarkedAlready),
            R::NotKin => plain(Kind::NotKin),
            R::AlreadyKin => plain(Kind::AlreadyKin),
            R::AsksAlready => plain(Kind::AsksAlready),
            R::AsksNothing => plain(Kind::AsksNothing),
            R::NoTime => plain(Kind::NoTime),
            R::NothingToNet => plain(Kind::NothingToNet),
            R::ActStoresNoTime(act) => plain(Kind::ActStoresNoTime).with("act", act.to_string()),
            R::TimeShort { has, needed, may_owe } => time_bank::short(*has, *needed, *may_owe),
            R::ChestAwaited { waiting } => time_bank::awaited(*waiting),
            R::AboveTimeCap { room } => time_bank::above_cap(*room),
            R::SurplusLimit { community, after, most } => {
                time_bank::surplus(*community, *after, *most)
            }
            R::DeficitLimit { community, after, most } => {
                time_bank::deficit(*community, *after, *most)
            }
            R::NettingDue { most } => plain(Kind::NettingDue).with("most", *most),
            R::NoMediationRules => plain(Kind::NoMediationRules),
            R::OnlyByCase(act) => plain(Kind::OnlyByCase).with("act", act.as_str()),
            R::CaseAt { found } => {
                stage(Kind::CaseAt, "该案件", "The case", mediation::case_words(*found))
            }
            R::InvalidParties { most } => mediation::invalid_parties(*most),
            R::PartyMediates => plain(Kind::PartyMediates),
            R::AtTable => plain(Kind::AtTable),
            R::TableFull { most } => mediation::table_full(*most),
            R::TooManySessions { most } => mediation::too_many_sessions(*most),
            R::NobodySat => plain(Kind::NobodySat),
            R::AgreementNeeded => plain(Kind::AgreementNeeded),
            R::NotTeamLeader => plain(Kind::NotTeamLeader),
            R::NoActivityRules => plain(Kind::NoActivityRules),
            R::OnlyByActivity(act) => plain(Kind::OnlyByActivity).with("act", act.as_str()),
            R::InvalidActivity { part } => activities::invalid_activity(*part),
            R::ActivityBegun { since } => activities::activity_begun(*since),
            R::ActivityCalledOff => plain(Kind::ActivityCalledOff),
            R::SignedUp { seat } => activities::signed_up(*seat),
            R::SeatClash { seat, planned } => activities::seat_clash(*seat, *planned),
            R::SeatAt { found } => {
                stage(Kind::SeatAt, "该名额", "The seat", activities::seat_words(*found))
            }
            R::CheckInTooEarly { from } => activities::check_in_too_early(*from),
            R::WrongCode => plain(Kind::WrongCode),
            R::WrongCheckpoint { checkpoint } => activities::wrong_checkpoint(*checkpoint),
            R::OutsideAuthority => plain(Kind::OutsideAuthority),
            R::LevelTooLow { needed, found } => Self::new(
                Kind::LevelTooLow,
                format!(
                    "此项须由{}级人员核实,您是{}级。",
                    level_words(*needed).zh,
                    level_words(*found).zh
                ),
                format!(
                    "This needs an officer of a {}; you are one of a {}.",
                    level_words(*needed).en,
                    level_words(*found).en
                ),
            )
            .with("needed", level_name(*needed))
            .with("found", level_name(*found)),
            R::SelfVerification => plain(Kind::SelfVerification),
            R::SameHousehold => plain(Kind::SameHousehold),
            R::VerifierServed => plain(Kind::VerifierServed),
            R::AlreadyVerified => plain(Kind::AlreadyVerified),
            R::SecondLevelNeeded { level } => Self::new(
                Kind::SecondLevelNeeded,
                format!("{}级人员已核实,须由另一级别的人员核实。", level_words(*level).zh),
                format!(
                    "An officer of a {} has verified it; one of another level is needed.",
                    level_words(*level).en
                ),
            )
            .with("level", level_name(*level)),
            R::AssessmentNeeded { least, most } => Self::new(
                Kind::AssessmentNeeded,
                format!("请评定积分,范围 {least} 至 {most}。"),
                format!("Assess the points, from {least} to {most}."),
            )
            .with("least", least.to_string())
            .with("most", most.to_string()),
            R::AssessmentUnwanted => plain(Kind::AssessmentUnwanted),
            R::NoSuchDifficulty { levels } => no_such_difficulty(*levels),
            R::NothingToFund => plain(Kind::NothingToFund),
            R::NothingReceived => plain(Kind::NothingReceived),
            R::NotStocked { item } => plain(Kind::NotStocked).with("item", item.to_string()),
            R::EmptyBasket => plain(Kind::EmptyBasket),
            R::BasketTooLarge { most } => Self::new(
                Kind::BasketTooLarge,
                format!("一张兑换单至多 {most} 种商品。"),
                format!("A slip has at most {most} lines."),
            )
            .with("most", *most),
            R::ItemTwice { item } => plain(Kind::ItemTwice).with("item", item.to_string()),
            R::QuantityZero { item } => plain(Kind::QuantityZero).with("item", item.to_string()),
            R::TooFewStars { item, needed, found } => Self::new(
                Kind::TooFewStars,
                format!("该商品需 {needed} 星,居民现为 {found} 星。"),
                format!("It needs {needed} stars; the resident has {found}."),
            )
            .with("item", item.to_string())
            .with("needed", *needed)
            .with("found", *found),
            R::AssistedOnly { item } => plain(Kind::AssistedOnly).with("item", item.to_string()),
            R::InsufficientStock { item, free, wanted } => Self::new(
                Kind::InsufficientStock,
                format!("本站库存 {free} 件,需要 {wanted} 件。"),
                format!("{free} in stock here, wanted {wanted}."),
            )
            .with("item", item.to_string())
            .with("free", *free)
            .with("wanted", *wanted),
            R::InsufficientPoints { available, needed } => Self::new(
                Kind::InsufficientPoints,
                format!("可用积分 {available},需要 {needed}。"),
                format!("Available {available} points, needed {needed}."),
            )
            .with("available", available.to_string())
            .with("needed", needed.to_string()),
            R::OtherStation => plain(Kind::OtherStation),
            R::AlreadyCaptured => plain(Kind::AlreadyCaptured),
            R::AlreadyVoided => plain(Kind::AlreadyVoided),
            R::HoldExpired => plain(Kind::HoldExpired),
            R::NoOrderRules => plain(Kind::NoOrderRules),
            R::OnlyByOrder(act) => plain(Kind::OnlyByOrder).with("act", act.as_str()),
            R::OnlyByReferral(act) => plain(Kind::OnlyByReferral).with("act", act.as_str()),
            R::OnlyByAid(act) => plain(Kind::OnlyByAid).with("act", act.as_str()),
            R::SignalReserved => plain(Kind::SignalReserved),
            R::ReportingPaused { until } => Self::new(
                Kind::ReportingPaused,
                format!("因多次不实上报,暂停上报至 {}。", wall_time(*until)),
                format!("After false reports, reporting is paused until {}.", wall_time(*until)),
            )
            .with("until", time_text(*until)),
            R::NotPaused => plain(Kind::NotPaused),
            R::AppealedAlready => plain(Kind::AppealedAlready),
            R::NoAppeal => plain(Kind::NoAppeal),
            R::HazardAt { found } => {
                stage(Kind::HazardAt, "该隐患", "The hazard", orders::hazard_words(*found))
            }
            R::LaterReport => plain(Kind::LaterReport),
            R::OrderAt { found } => {
                stage(Kind::OrderAt, "该工单", "The order", orders::order_words(*found))
            }
            R::NotOfUnit { level } => Self::new(
                Kind::NotOfUnit,
                format!("该工单现由{}办理,请由该单位人员办理。", level_words(*level).zh),
                format!(
                    "The order stands with a {}; let one of its officers do it.",
                    level_words(*level).en
                ),
            )
            .with("level", level_name(*level)),
            R::NotHandler => plain(Kind::NotHandler),
            R::EvidenceNeeded => plain(Kind::EvidenceNeeded),
            R::HandlerChecks => plain(Kind::HandlerChecks),
            R::NothingAbove => plain(Kind::NothingAbove),
            R::LeadershipOnly { needed } => {
                let words = orders::duty_words(*needed);
                Self::new(
                    Kind::LeadershipOnly,
                    format!("此事仅限{}。", words.zh),
                    format!("This is for {} alone.", words.en),
                )
            }
            R::CantBeCalled { found } => {
                let words = orders::duty_words(*found);
                Self::new(
                    Kind::CantBeCalled,
                    format!("此哨不能呼叫{}。", words.zh),
                    format!("This whistle can't call {}.", words.en),
                )
            }
            R::NotCalled => plain(Kind::NotCalled),
            R::WhistleAt { found } => {
                stage(Kind::WhistleAt, "该哨", "The whistle", orders::whistle_words(*found))
            }
            R::NotAssisted => plain(Kind::NotAssisted),
            R::OwnHousehold => plain(Kind::OwnHousehold),
            R::AidAt { found } => stage(Kind::AidAt, "该互助", "It", orders::aid_words(*found)),
            R::NotParty => plain(Kind::NotParty),
            R::OtherSideConfirms => plain(Kind::OtherSideConfirms),
            R::NoHonourRules => plain(Kind::NoHonourRules),
            R::NoSuchDistinction => plain(Kind::NoSuchDistinction),
            R::NoSuchTitle => plain(Kind::NoSuchTitle),
            R::TitleAt { found } => {
                stage(Kind::TitleAt, "该称号", "The title", honours::standing_words(*found))
            }
            R::HoursShort { needed_hours, minutes } => {
                honours::hours_short(*needed_hours, *minutes)
            }
            R::TenureShort { from } => honours::tenure_short(*from),
            R::HonourNoticeRuns { until } => honours::notice_runs(*until),
            R::CertificateOpen => plain(Kind::CertificateOpen),
            R::NothingServed => plain(Kind::NothingServed),
            R::SecondSignature => plain(Kind::SecondSignature),
            R::CertificateAt { found } => stage(
                Kind::CertificateAt,
                "该证明",
                "The certificate",
                honours::stage_words(*found),
            ),
            R::ReportAnswered => plain(Kind::ReportAnswered),
            R::NotCorrected => plain(Kind::NotCorrected),
            R::NotOnSlip { item } => plain(Kind::NotOnSlip).with("item", item.to_string()),
            R::MoreThanOnSlip { item, left, wanted } => Self::new(
                Kind::MoreThanOnSlip,
                format!("兑换单上还有 {left} 件,需要 {wanted} 件。"),
                format!("{left} left on the slip, wanted {wanted}."),
            )
            .with("item", item.to_string())
            .with("left", *left)
            .with("wanted", *wanted),
            R::VoucherNeeded { item } => plain(Kind::VoucherNeeded).with("item", item.to_string()),
            R::NotByVoucher { item } => plain(Kind::NotByVoucher).with("item", item.to_string()),
            R::VoucherStatus { found } => {
                stage(Kind::VoucherAt, "该券", "The voucher", services::voucher_words(*found))
            }
            R::VoucherLocked { until, most } => services::voucher_locked(*until, *most),
            R::VoucherTooEarly { from } => services::voucher_too_early(*from),
            R::VoucherNotToday { days } => services::voucher_not_today(days),
            R::OtherSupplier => plain(Kind::OtherSupplier),
            R::InvalidTerms { item, part } => services::invalid_terms(*item, *part),
            R::NotOpenTo { item } => plain(Kind::NotOpenTo).with("item", item.to_string()),
            R::TooManyTaken { item, taker, window, most, taken, wanted } => {
                services::too_many_taken(*item, (*taker, *window), (*most, *taken, *wanted))
            }
            R::TooMuchSpent { item, taker, window, most, spent, wanted } => {
                services::too_much_spent(*item, (*taker, *window), (*most, *spent, *wanted))
            }
            R::TooManyRedemptions { taker, window, most, redeemed, until, earlier } => {
                limits::too_many((*taker, *window), (*most, *redeemed), *until, *earlier)
            }
            R::TooMuchRedeemed { taker, window, most, redeemed, wanted, until, earlier } => {
                let figures = (*most, *redeemed, *wanted);
                limits::too_much((*taker, *window), figures, *until, *earlier)
            }
            R::NotHandedOut => plain(Kind::NotHandedOut),
            R::AlreadyReturned => plain(Kind::AlreadyReturned),
            R::NoReturns => plain(Kind::NoReturns),
            R::ReturnsClosed { closed_at } => Self::new(
                Kind::ReturnsClosed,
                format!("退货已于 {} 截止。", wall_time(*closed_at)),
                format!("It could be returned until {}.", wall_time(*closed_at)),
            )
            .with("closed_at", time_text(*closed_at)),
            R::NothingComesBack { item } => {
                plain(Kind::NothingComesBack).with("item", item.to_string())
            }
            R::OfficerNeeded => plain(Kind::OfficerNeeded),
            R::CountBelowReserved { item, reserved, found } => Self::new(
                Kind::CountBelowReserved,
                format!("已预留 {reserved} 件,盘点只有 {found} 件。"),
                format!("{reserved} are set aside, and only {found} were found."),
            )
            .with("item", item.to_string())
            .with("reserved", *reserved)
            .with("found", *found),
            R::SameStation => plain(Kind::SameStation),
            R::NothingToState => plain(Kind::NothingToState),
            R::NotStated => plain(Kind::NotStated),
            R::AlreadyDisputed => plain(Kind::AlreadyDisputed),
            R::NotDisputed => plain(Kind::NotDisputed),
            R::AlreadyResolved => plain(Kind::AlreadyResolved),
            R::DisputesOpen { open } => Self::new(
                Kind::DisputesOpen,
                format!("尚有 {open} 项异议未处理。"),
                format!("{open} disputes are open."),
            )
            .with("open", *open),
            R::AlreadySettled => plain(Kind::AlreadySettled),
            R::BookingNeeded { item } => plain(Kind::BookingNeeded).with("item", item.to_string()),
            R::NotBookable { item } => plain(Kind::NotBookable).with("item", item.to_string()),
            R::InvalidResource { part } => places::invalid_resource(*part),
            R::ResourceWithdrawn => plain(Kind::ResourceWithdrawn),
            R::NoSuchSlot => plain(Kind::NoSuchSlot),
            R::SlotOff { start, off } => places::slot_off(*start, off),
            R::NotItsKeeper => plain(Kind::NotItsKeeper),
            R::AlreadyOff => plain(Kind::AlreadyOff),
            R::NotOff => plain(Kind::NotOff),
            R::TooManyOff { most } => places::too_many_off(*most),
            R::TooManySlots { most, wanted } => places::too_many_slots(*most, *wanted),
            R::MoreThanThereAre { of, wanted } => places::more_than_there_are(*of, *wanted),
            R::SlotOver { since } => places::slot_over(*since),
            R::TooFarAhead { latest } => places::too_far_ahead(*latest),
            R::SlotFull { free, of, wanted } => places::slot_full(*free, *of, *wanted),
            R::SlotHasRoom { free, of } => places::slot_has_room(*free, *of),
            R::WaitingListFull { most } => places::waiting_list_full(*most),
            R::NoQueues => plain(Kind::NoQueues),
            R::QueuedAlready { item } => plain(Kind::QueuedAlready).with("item", item.to_string()),
            R::InStock { item, free, wanted } => queues::in_stock(*item, *free, *wanted),
            R::QueueFull { most } => queues::queue_full(*most),
            R::TooManyWanted { item, most, wanted } => {
                queues::too_many_wanted(*item, *most, *wanted)
            }
            R::NotQueued { found } => {
                stage(Kind::QueueAt, "该排队", "The wait", queues::queue_words(*found))
            }
            R::BookingPaused { until } => places::booking_paused(*until),
            R::BookingStatus { found } => {
                stage(Kind::BookingAt, "该预约", "The booking", places::booking_words(*found))
            }
            R::KeyTooEarly { from } => places::key_too_early(*from),
        }
    }
}

fn no_such_difficulty(levels: u8) -> Problem {
    let (zh, en) = match levels {
        0 => ("该项不评定难度。".to_owned(), "This act has no levels of difficulty.".to_owned()),
        _ => (
            format!("该项难度等级为 1 至 {levels}。"),
            format!("This act has levels of difficulty from 1 to {levels}."),
        ),
    };
    Problem::new(Kind::NoSuchDifficulty, zh, en).with("levels", levels)
}

/// No such thing, or nothing that this key may see: the two are told alike.
pub(crate) fn unknown(noun: Noun) -> Problem {
    let words = noun_words(noun);
    Problem::new(
        Kind::Unknown,
        format!("查无此{}。", words.zh),
        format!("There is no such {}.", words.en),
    )
    .with("noun", noun_name(noun))
}

/// What is at another stage than the wish needs, and at which.
fn stage(kind: Kind, zh: &str, en: &str, found: Words) -> Problem {
    Problem::new(kind, format!("{zh}现为“{}”。", found.zh), format!("{en} is {}.", found.en))
        .with("found", found.en)
}

fn wrong_level(expected: Option<Level>, found: Option<Level>) -> Problem {
    let say =
        |level: Option<Level>| level.map_or(Words { zh: "最高一级", en: "the top" }, level_words);
    let name = |level: Option<Level>| level.map(level_name);
    let (needed, is) = (say(expected), say(found));
    Problem::new(
        Kind::WrongLevel,
        format!("此处所需级别为{},所给为{}。", needed.zh, is.zh),
        format!("Level needed here: {}; level given: {}.", needed.en, is.en),
    )
    .with("expected", name(expected))
    .with("found", name(found))
}

fn invalid_rules(invalid: &InvalidRules) -> Problem {
    let zh = match invalid.part {
        RulesPart::Acts => "项目须为 1 至 64 个,代码不重复,并按代码排序",
        RulesPart::Caps => "一个项目最多 8 条上限",
        RulesPart::MeritWeight => "功勋权重须在 0 至 10 之间",
        RulesPart::Base => "基础积分不得为负,下限不得高于上限",
        RulesPart::Slot => "时段须有时长",
        RulesPart::VerifyingLevels => "核实须为一级或两级",
        RulesPart::GradePoints => "等级的积分比例须在 0 至 1 之间",
        RulesPart::GradeMerit => "等级的功勋比例须在 0 至 1 之间",
        RulesPart::Night => "夜间系数须在 1 至 10 之间",
        RulesPart::Alert => "预警系数须在 1 至 10 之间",
        RulesPart::Difficulty => {
            "难度系数须在 1 至 10 之间,逐级递增,至多 9 级;设难度的项目须有难度系数"
        }
        RulesPart::Assisted => "服务困难对象系数须在 1 至 10 之间;适用的项目须有该系数",
        RulesPart::Credits => "仅按次计的项目可固定时长,且在 1 分钟至一天之间",
        RulesPart::Needs => "项目所需的佐证不得为补录或未成",
        RulesPart::Referral => {
            "推荐项目至多一项，按次计、定额、无其他要求，服务 1 至 12 次后自动发放，且其佐证等级须够"
        }
        RulesPart::Throttles => {
            "限流的资金池须有项目支用,各至多一条、至多 16 条,余额界限大于零,比例在 0 至 1 之间"
        }
        RulesPart::Step => "积分取整单位须大于零",
        RulesPart::Hold => "冻结须有时长",
        RulesPart::Queue => "留货时间不得短于预留时间,且不得超过 31 天",
        RulesPart::Counter => {
            "班次不超过一天;离线不超过四周,个人额度大于零且不高于驿站额度,补录不超过 60 天"
        }
        RulesPart::Longest => "单次最长时间须大于零",
        RulesPart::StarHours => "星级小时数须递增,且不超过 16 级",
        RulesPart::Returns => "退货期限须在 1 至 366 天之间,宽限期不超过 366 天",
        RulesPart::Expiry => "积分到期日须晚于规则生效时间",
        RulesPart::Trial => "试算的期间须先始后终,且合计不为负",
        RulesPart::Signals => "评级条件须由高到低,且不超过 32 条",
        RulesPart::Calendar => "每周须有工作日,同一天不得既放假又调休上班,且各不超过 400 天",
        RulesPart::SpendingLimits => "兑换限额至多 12 条,且须大于零",
        RulesPart::Estates => "管委会须有 1 至 31 名成员,最多不少于最少,任期为 1 至 3660 天",
        RulesPart::TimeBank => {
            "存时项目须存在并按代码排序,上限大于零,限额不超过十年,排队 1 至 366 天"
        }
        RulesPart::Mediation => {
            "调解各档项目须在规则中、积分固定、无结对上限且不由其他途径产生,未达成协议的比例须在 0 至 1 之间,同一纠纷不超过五年"
        }
        RulesPart::Activities => {
            "活动须提前 1 至 366 天发布,签到签退不超过半天,动态码须变化,巡更点比例须在 0 至 1 之间,限定项目须在规则中且不由工单产生"
        }
        RulesPart::Quotas => "每种职务至多一项每日限额,时长须大于零,积分不得为负",
        RulesPart::Sampling => "抽查比例须在下限与上限之间,倍数须在 0 至 10 之间",
        RulesPart::Recovery => "抵扣待扣积分的比例须在 0 至一半之间",
        RulesPart::Conduct => {
            "核查须以 1 至 92 天内 1 至 63 次服务、1 至 31 次补录为限,各时限须大于零"
        }
        RulesPart::Notice => {
            "公示的项目须在规则中,公示、评议、申诉期限各为 1 至 60 个工作日,评议小组为 3、5、7 或 9 人"
        }
        RulesPart::Honours => "每级星须有评定层级,奖章时数须高于星级并递增,公示不超过 366 天",
        RulesPart::Orders => "隐患与互助的项目须在规则中且积分固定,各时限须大于零",
    };
    let act = invalid.act.as_ref().map(|act| format!("(项目 {act})")).unwrap_or_default();
    let en = format!("The rules make no sense: {invalid}.");
    Problem::new(Kind::InvalidRules, format!("{zh}{act}。"), en).with("reason", invalid.to_string())
}
