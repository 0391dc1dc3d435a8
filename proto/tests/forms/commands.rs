//! Every form of a command, there and back: alone, and in an envelope.

use linli_domain::contribution::{RejectReason, Rejection, ReversalReason, Undoing, Verification};
use linli_domain::redemption::{
    Basket, Fate, ReturnLine, ReturnReason, Returning, VoidReason, Wish,
};
use linli_domain::resident::{PseudonymFact, PseudonymWish};
use linli_domain::{
    ClientId, Command, Event, IdempotencyKey, activity, aid, allowance, area, booking,
    contribution, estate, hazard, honour, household, inspection, item, mediation, notice, officer,
    operator, order, pool, queue, redemption, resident, resource, rules, statement, station,
    supplier, team, time_bank, voucher, whistle,
};
use linli_proto::{
    Enveloped, accepted_from_wire, accepted_to_wire, decode, decode_command, encode,
    encode_command, envelope_from_wire, envelope_to_wire, wire,
};

use crate::table::{check_complete, forms};
use crate::values::{at, attaching, bare_claim, full_claim, id, number, points};
use crate::{activities, counters, events, golden, orders, places, services};

forms! { CommandForms: Command {
    Command::Area(area::Command::Found(_)) => "area.found",
    Command::Area(area::Command::Declare(_)) => "area.declare",
    Command::Area(area::Command::Withdraw(_)) => "area.withdraw",
    Command::Household(household::Command::Register(_)) => "household.register",
    Command::Resident(resident::Command::Register(_)) => "resident.register",
    Command::Resident(resident::Command::EnrolVolunteer(_)) => "resident.enrol_volunteer",
    Command::Resident(resident::Command::EnrolReferred { .. }) => "resident.enrol_referred",
    Command::Resident(resident::Command::JoinRanking(_)) => "resident.join_ranking",
    Command::Resident(resident::Command::LeaveRanking(_)) => "resident.leave_ranking",
    Command::Resident(resident::Command::Pseudonym(PseudonymWish::Choose { .. })) => "resident.choose_pseudonym",
    Command::Resident(resident::Command::Pseudonym(PseudonymWish::Drop(_))) => "resident.drop_pseudonym",
    Command::Resident(resident::Command::Pseudonym(PseudonymWish::Withdraw { .. })) => "resident.withdraw_pseudonym",
    Command::Resident(resident::Command::Erase(_)) => "resident.erase",
    Command::Resident(resident::Command::Move(_)) => "resident.move",
    Command::Resident(resident::Command::IssueCard(_)) => "resident.issue_card",
    Command::Resident(resident::Command::BlockCard(_)) => "resident.block_card",
    Command::Officer(officer::Command::Appoint(_)) => "officer.appoint",
    Command::Officer(officer::Command::Retire(_)) => "officer.retire",
    Command::Station(station::Command::Open(_)) => "station.open",
    Command::Supplier(supplier::Command::Enrol(_)) => "supplier.enrol",
    Command::Pool(pool::Command::Open(_)) => "pool.open",
    Command::Pool(pool::Command::Fund(_)) => "pool.fund",
    Command::Rules(rules::Command::Publish(_)) => "rules.publish",
    Command::Item(item::Command::List(_)) => "item.list",
    Command::Item(item::Command::Price(_)) => "item.price",
    Command::Item(item::Command::SetTerms(_)) => "item.set_terms",
    Command::Item(item::Command::ReceiveStock(_)) => "item.receive_stock",
    Command::Item(item::Command::SendStockBack(_)) => "item.send_stock_back",
    Command::Item(item::Command::CountStock(_)) => "item.count_stock",
    Command::Item(item::Command::MoveStock(_)) => "item.move_stock",
    Command::Item(item::Command::WriteOffStock(_)) => "item.write_off_stock",
    Command::Contribution(contribution::Command::Submit(_)) => "contribution.submit",
    Command::Contribution(contribution::Command::Verify(_)) => "contribution.verify",
    Command::Contribution(contribution::Command::Reject(_)) => "contribution.reject",
    Command::Contribution(contribution::Command::Attach(_)) => "contribution.attach",
    Command::Contribution(contribution::Command::Reverse(_)) => "contribution.reverse",
    Command::Notice(notice::Command::Object(_)) => "notice.object",
    Command::Notice(notice::Command::Convene(_)) => "notice.convene",
    Command::Notice(notice::Command::Vote(_)) => "notice.vote",
    Command::Notice(notice::Command::Appeal(_)) => "notice.appeal",
    Command::Conduct(linli_domain::conduct::Command::Review(_)) => "conduct.review",
    Command::Team(team::Command::Form(_)) => "team.form",
    Command::Team(team::Command::Join(_)) => "team.join",
    Command::Team(team::Command::Leave(_)) => "team.leave",
    Command::Team(team::Command::Lead(_)) => "team.lead",
    Command::Activity(activity::Command::Publish(_)) => "activity.publish",
    Command::Activity(activity::Command::CallOff { .. }) => "activity.call_off",
    Command::Activity(activity::Command::SignUp(_)) => "activity.sign_up",
    Command::Activity(activity::Command::Withdraw(_)) => "activity.withdraw",
    Command::Activity(activity::Command::CheckIn { .. }) => "activity.check_in",
    Command::Activity(activity::Command::CheckOut { .. }) => "activity.check_out",
    Command::Inspection(inspection::Command::Inspect(_)) => "inspection.inspect",
    Command::Redemption(redemption::Command::Reserve(_)) => "redemption.reserve",
    Command::Redemption(redemption::Command::Capture { .. }) => "redemption.capture",
    Command::Redemption(redemption::Command::Void { .. }) => "redemption.void",
    Command::Redemption(redemption::Command::Sell(_)) => "redemption.sell",
    Command::Voucher(voucher::Command::Issue(_)) => "voucher.issue",
    Command::Voucher(voucher::Command::Use { .. }) => "voucher.use",
    Command::Voucher(voucher::Command::Return { .. }) => "voucher.return",
    Command::Hazard(hazard::Command::Report(_)) => "hazard.report",
    Command::Hazard(hazard::Command::Verify { .. }) => "hazard.verify",
    Command::Hazard(hazard::Command::Dismiss { .. }) => "hazard.dismiss",
    Command::Hazard(hazard::Command::Merge { .. }) => "hazard.merge",
    Command::Hazard(hazard::Command::Appeal(_)) => "hazard.appeal",
    Command::Hazard(hazard::Command::Rule { .. }) => "hazard.rule",
    Command::Order(order::Command::Request(_)) => "order.request",
    Command::Order(order::Command::Dispatch { .. }) => "order.dispatch",
    Command::Order(order::Command::Accept { .. }) => "order.accept",
    Command::Order(order::Command::Escalate { .. }) => "order.escalate",
    Command::Order(order::Command::Close { .. }) => "order.close",
    Command::Order(order::Command::Check { .. }) => "order.check",
    Command::Whistle(whistle::Command::Blow(_)) => "whistle.blow",
    Command::Whistle(whistle::Command::Answer { .. }) => "whistle.answer",
    Command::Whistle(whistle::Command::Settle { .. }) => "whistle.settle",
    Command::Aid(aid::Command::Open(_)) => "aid.open",
    Command::Aid(aid::Command::Match { .. }) => "aid.match",
    Command::Aid(aid::Command::StepBack { .. }) => "aid.step_back",
    Command::Aid(aid::Command::Withdraw { .. }) => "aid.withdraw",
    Command::Aid(aid::Command::Finish { .. }) => "aid.finish",
    Command::Aid(aid::Command::Confirm { .. }) => "aid.confirm",
    Command::Operator(operator::Command::Enrol(_)) => "operator.enrol",
    Command::Operator(operator::Command::Retire(_)) => "operator.retire",
    Command::Operator(operator::Command::OpenShift(_)) => "operator.open_shift",
    Command::Operator(operator::Command::CloseShift { .. }) => "operator.close_shift",
    Command::Operator(operator::Command::SetShifts { .. }) => "operator.set_shifts",
    Command::Allowance(allowance::Command::Grant(_)) => "allowance.grant",
    Command::Allowance(allowance::Command::Count(_)) => "allowance.count",
    Command::Allowance(allowance::Command::End { .. }) => "allowance.end",
    Command::Estate(estate::Command::Register(_)) => "estate.register",
    Command::Estate(estate::Command::SetForm { .. }) => "estate.set_form",
    Command::Estate(estate::Command::Elect(_)) => "estate.elect",
    Command::Estate(estate::Command::Leave { .. }) => "estate.leave",
    Command::TimeBank(time_bank::Command::Mark(_)) => "time_bank.mark",
    Command::TimeBank(time_bank::Command::LinkKin(_)) => "time_bank.link_kin",
    Command::TimeBank(time_bank::Command::Store(_)) => "time_bank.store",
    Command::TimeBank(time_bank::Command::Give(_)) => "time_bank.give",
    Command::TimeBank(time_bank::Command::Ask(_)) => "time_bank.ask",
    Command::TimeBank(time_bank::Command::Withdraw(_)) => "time_bank.withdraw",
    Command::TimeBank(time_bank::Command::Net(_)) => "time_bank.net",
    Command::TimeBank(time_bank::Command::NetByDesk) => "time_bank.net_by_desk",
    Command::Mediation(mediation::Command::Open(_)) => "mediation.open",
    Command::Mediation(mediation::Command::Join { .. }) => "mediation.join",
    Command::Mediation(mediation::Command::Sit(_)) => "mediation.sit",
    Command::Mediation(mediation::Command::Settle { .. }) => "mediation.settle",
    Command::Mediation(mediation::Command::Perform { .. }) => "mediation.perform",
    Command::Mediation(mediation::Command::Break { .. }) => "mediation.break",
    Command::Mediation(mediation::Command::Close { .. }) => "mediation.close",
    Command::Mediation(mediation::Command::Reopen { .. }) => "mediation.reopen",
    Command::Honour(honour::Command::Apply { .. }) => "honour.apply",
    Command::Honour(honour::Command::Grant { .. }) => "honour.grant",
    Command::Honour(honour::Command::Decline { .. }) => "honour.decline",
    Command::Honour(honour::Command::RequestCertificate { .. }) => "honour.request_certificate",
    Command::Honour(honour::Command::SignCertificate { .. }) => "honour.sign_certificate",
    Command::Honour(honour::Command::RevokeCertificate { .. }) => "honour.revoke_certificate",
    Command::Honour(honour::Command::ReportRecord(_)) => "honour.report_record",
    Command::Honour(honour::Command::AnswerReport { .. }) => "honour.answer_report",
    Command::Redemption(redemption::Command::Return(_)) => "redemption.return",
    Command::Resource(resource::Command::Open(_)) => "resource.open",
    Command::Resource(resource::Command::Withdraw(_)) => "resource.withdraw",
    Command::Resource(resource::Command::CallOff { .. }) => "resource.call_off",
    Command::Resource(resource::Command::Reopen { .. }) => "resource.reopen",
    Command::Queue(queue::Command::Join(_)) => "queue.join",
    Command::Queue(queue::Command::Leave { .. }) => "queue.leave",
    Command::Booking(booking::Command::Book(_)) => "booking.book",
    Command::Booking(booking::Command::Wait(_)) => "booking.wait",
    Command::Booking(booking::Command::Leave(_)) => "booking.leave",
    Command::Booking(booking::Command::Cancel { .. }) => "booking.cancel",
    Command::Booking(booking::Command::CheckIn { .. }) => "booking.check_in",
    Command::Statement(statement::Command::Issue(_)) => "statement.issue",
    Command::Statement(statement::Command::Dispute { .. }) => "statement.dispute",
    Command::Statement(statement::Command::Resolve(_)) => "statement.resolve",
    Command::Statement(statement::Command::Settle(_)) => "statement.settle",
} }

fn of_resident(event: resident::Event) -> resident::Command {
    match event {
        resident::Event::Registered(one) => resident::Command::Register(one),
        resident::Event::VolunteerEnrolled(id) => resident::Command::EnrolVolunteer(id),
        resident::Event::VolunteerReferred { resident, by } => {
            resident::Command::EnrolReferred { resident, by }
        }
        resident::Event::RankingJoined(id) => resident::Command::JoinRanking(id),
        resident::Event::RankingLeft(id) => resident::Command::LeaveRanking(id),
        resident::Event::Moved { to, .. } => resident::Command::Move(to),
        resident::Event::Pseudonym(fact) => resident::Command::Pseudonym(match fact {
            PseudonymFact::Chosen { resident, pseudonym } => {
                PseudonymWish::Choose { resident, words: pseudonym.words }
            }
            PseudonymFact::Dropped { resident, .. } => PseudonymWish::Drop(resident),
            PseudonymFact::Withdrawn { resident, officer, reason, .. } => {
                PseudonymWish::Withdraw { resident, officer, reason }
            }
        }),
        resident::Event::CardIssued { issue, .. } => resident::Command::IssueCard(issue),
        resident::Event::CardBlocked { block, .. } => resident::Command::BlockCard(block),
        resident::Event::Erased(erasure) => resident::Command::Erase(erasure),
    }
}

/// The wish behind an event, where the two say the same.
fn wish(event: Event) -> Option<Command> {
    Some(match event {
        Event::Area(area::Event::Founded(area)) => area::Command::Found(area).into(),
        Event::Area(area::Event::AlertDeclared(it)) => area::Command::Declare(it).into(),
        Event::Area(area::Event::AlertWithdrawn(it)) => area::Command::Withdraw(it).into(),
        Event::Household(household::Event::Registered(one)) => {
            household::Command::Register(one).into()
        }
        Event::Resident(event) => of_resident(event).into(),
        Event::Officer(officer::Event::Appointed(one)) => officer::Command::Appoint(one).into(),
        Event::Station(station::Event::Opened(station)) => station::Command::Open(station).into(),
        Event::Supplier(supplier::Event::Enrolled(one)) => supplier::Command::Enrol(one).into(),
        Event::Pool(pool::Event::Opened(pool)) => pool::Command::Open(pool).into(),
        Event::Pool(pool::Event::Funded(funding)) => pool::Command::Fund(funding).into(),
        Event::Rules(rules::Event::Published(rules)) => rules::Command::Publish(rules).into(),
        Event::Item(item::Event::Listed(item)) => item::Command::List(item).into(),
        Event::Item(item::Event::Priced(pricing)) => item::Command::Price(pricing).into(),
        Event::Item(item::Event::TermsSet(terms)) => item::Command::SetTerms(terms).into(),
        Event::Item(item::Event::StockReceived(one)) => item::Command::ReceiveStock(one).into(),
        Event::Item(item::Event::StockSentBack(one)) => item::Command::SendStockBack(one).into(),
        Event::Item(item::Event::StockCounted(one)) => item::Command::CountStock(one.count).into(),
        Event::Item(item::Event::StockMoved(one)) => item::Command::MoveStock(one).into(),
        Event::Item(item::Event::StockWrittenOff(one)) => {
            item::Command::WriteOffStock(one.goods).into()
        }
        Event::Statement(event) => match event {
            statement::Event::Issued(one) => statement::Command::Issue(one.issue).into(),
            statement::Event::Disputed { supplier, dispute } => {
                statement::Command::Dispute { supplier, dispute }.into()
            }
            statement::Event::Resolved { resolve, .. } => {
                statement::Command::Resolve(resolve).into()
            }
            statement::Event::Settled { settle, .. } => statement::Command::Settle(settle).into(),
        },
        Event::Officer(officer::Event::Retired(id)) => officer::Command::Retire(id).into(),
        Event::Team(team::Event::Formed(team)) => team::Command::Form(team).into(),
        Event::Team(team::Event::Joined(one)) => team::Command::Join(one).into(),
        Event::Team(team::Event::Left(one)) => team::Command::Leave(one).into(),
        Event::Team(team::Event::Led(one)) => team::Command::Lead(one).into(),
        Event::Inspection(inspection::Event::Inspected { word, .. }) => {
            inspection::Command::Inspect(word).into()
        }
        Event::Inspection(inspection::Event::Drawn(_))
        | Event::Activity(_)
        | Event::Contribution(_)
        | Event::Notice(_)
        | Event::Conduct(_)
        | Event::Operator(_)
        | Event::Allowance(_)
        | Event::Redemption(_)
        | Event::Queue(_)
        | Event::Wallet(_)
        | Event::Hazard(_)
        | Event::Order(_)
        | Event::Whistle(_)
        | Event::Aid(_)
        | Event::Honour(_)
        | Event::Mediation(_)
        | Event::Estate(_)
        | Event::TimeBank(_)
        | Event::Resource(_)
        | Event::Voucher(_)
        | Event::Booking(_) => return None,
    })
}

fn samples() -> Vec<Command> {
    let (resident, officer) = (id!(ResidentId, 11), id!(OfficerId, 5));
    let contribution = id!(ContributionId, 10);
    let (redemption, station) = (id!(RedemptionId, 33), id!(StationId, 34));
    let wishes = vec![Wish { item: id!(ItemId, 30), quantity: 2 }];
    let handed = wishes.clone();
    let line = ReturnLine { item: id!(ItemId, 30), quantity: 1, fate: Fate::SentBack };
    let returning = Returning {
        redemption,
        station,
        lines: vec![line],
        reason: ReturnReason::Defective,
        officer: Some(officer),
    };
    let basket = Basket { redemption, resident, station, shift: None, shown: None, wishes };
    let empty = Basket { wishes: Vec::new(), ..basket.clone() };
    let verify = |assessed| {
        contribution::Command::Verify(Verification {
            contribution,
            officer,
            assessed,
            difficulty: None,
        })
    };
    let reason = RejectReason::Duplicate;
    let mut commands: Vec<Command> =
        events::samples().into_iter().filter_map(|(_, event)| wish(event)).collect();
    commands.extend([
        contribution::Command::Submit(Box::new(full_claim())).into(),
        contribution::Command::Submit(Box::new(bare_claim())).into(),
        verify(None).into(),
        verify(Some(points(5000))).into(),
        contribution::Command::Reject(Rejection { contribution, officer, reason }).into(),
        contribution::Command::Attach(attaching()).into(),
        contribution::Command::Reverse(Undoing {
            contribution,
            officer,
            reason: ReversalReason::Broken,
        })
        .into(),
        redemption::Command::Reserve(basket.clone()).into(),
        redemption::Command::Reserve(empty).into(),
        redemption::Command::Sell(basket).into(),
        redemption::Command::Capture {
            redemption,
            station,
            shift: None,
            shown: None,
            handed: Vec::new(),
        }
        .into(),
        redemption::Command::Capture { redemption, station, shift: None, shown: None, handed }
            .into(),
        redemption::Command::Return(returning.clone()).into(),
        redemption::Command::Return(Returning { officer: None, lines: Vec::new(), ..returning })
            .into(),
        redemption::Command::Void { redemption, station, reason: VoidReason::Station }.into(),
    ]);
    commands.extend(crate::notices::commands());
    commands.extend(crate::conduct::commands());
    commands.extend(activities::commands());
    commands.extend(orders::commands());
    commands.extend(crate::honours::commands());
    commands.extend(crate::mediation::commands());
    commands.extend(crate::estates::commands());
    commands.extend(crate::time_bank::commands());
    commands.extend(places::commands());
    commands.extend(counters::commands());
    commands.extend(services::commands());
    commands.extend(crate::queues::commands());
    commands
}

#[test]
fn every_command_reads_back() {
    let samples = samples();
    check_complete(CommandForms::ALL, samples.iter().map(CommandForms::of));
    for command in samples {
        assert_eq!(decode_command(&encode_command(&command)), Ok(command.clone()));
    }
}

#[test]
fn a_batch_reads_back() {
    let (client, key) = (ClientId(number(50)), IdempotencyKey::new("k/1").unwrap());
    let body_hash = [0x5a; 32];
    let envelopes = samples()
        .iter()
        .map(|command| envelope_to_wire(client, &key, &body_hash, command))
        .collect();
    let request =
        wire::Request { kind: Some(wire::request::Kind::Batch(wire::Batch { envelopes })) };
    let again: wire::Request = decode(encode(&request)).unwrap();
    assert_eq!(again, request);
    let Some(wire::request::Kind::Batch(batch)) = again.kind else { panic!("not a batch") };
    for (envelope, command) in batch.envelopes.into_iter().zip(samples()) {
        let enveloped = Enveloped { client, key: key.clone(), body_hash, command };
        assert_eq!(envelope_from_wire(envelope), Ok(enveloped));
    }
}

#[test]
fn an_envelope_without_a_whole_hash_is_refused() {
    let (client, key) = (ClientId(1), IdempotencyKey::new("k").unwrap());
    let mut envelope = envelope_to_wire(client, &key, &[1; 32], &samples()[0]);
    envelope.body_hash = envelope.body_hash.slice(..31);
    assert_eq!(envelope_from_wire(envelope).unwrap_err().to_string(), "body_hash is out of range");
}

#[test]
fn accepted_records_read_back() {
    let records: Vec<_> = golden::samples().into_iter().map(|(_, record)| record).collect();
    let bytes = encode(&accepted_to_wire(&records, true));
    let form = decode::<wire::Accepted>(bytes).unwrap();
    assert_eq!(accepted_from_wire(&form), Ok((records, true)));
}

#[test]
fn the_clock_goes_the_same_way() {
    let set = wire::SetClock { to_us: at(5).microseconds() };
    let request = wire::Request { kind: Some(wire::request::Kind::SetClock(set)) };
    assert_eq!(decode::<wire::Request>(encode(&request)), Ok(request));
}
