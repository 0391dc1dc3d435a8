//! The time bank: stored by service to a key elder, given away, asked of the chest, netted, and taken
//! back when what it was stored for is reversed.

use linli_api::Id;
use linli_api::client::When;
use linli_api::contribution::{ReversalReason, ReverseContribution, VerifyContribution};
use linli_api::key::KeyKind;
use linli_api::resident::MoveResident;
use linli_api::time_bank::{
    AskTime, GiveTime, MarkElder, StoreTime, TimeAccount, TimeGiver, TimeInto, TimeMark, TimePayer,
    TimeReceiver, TimeStep,
};
use linli_tests::{Person, Place};

use crate::counter::hand;
use crate::{audited, place, refused};

/// What stands in accounts that ever moved, and who waits at chests, in their order.
pub async fn stands(place: &Place) -> (Vec<(TimeAccount, i64)>, Vec<(Id, u32)>) {
    let when = When { position: Some(place.head().await.unwrap()), at: None };
    let seen = place.auditor.past_time(&when).await.unwrap().body;
    let accounts: Vec<_> = seen.accounts.into_iter().map(|it| (it.account, it.minutes)).collect();
    assert_eq!(accounts.iter().map(|(_, minutes)| minutes).sum::<i64>(), 0, "{accounts:?}");
    (accounts, seen.waiting.into_iter().map(|it| (it.resident, it.minutes)).collect())
}

pub fn of(stands: &[(TimeAccount, i64)], account: &TimeAccount) -> i64 {
    stands.iter().find(|(known, _)| known == account).map_or(0, |(_, minutes)| *minutes)
}

fn gift(from: &Person, to: TimeReceiver, minutes: u32) -> GiveTime {
    GiveTime { from: TimeGiver::Resident(from.resident.clone()), to, minutes }
}

#[tokio::test(flavor = "multi_thread")]
async fn time_is_stored_given_asked_for_netted_and_taken_back() {
    let (system, place) = place().await;
    let from = place.claim(&place.people.chen, "PW-1", 60).ended_at;
    place.operator.publish_rules("gulou", linli_profile::GULOU, &from, None).await.unwrap();
    place.let_pass(60).await.unwrap();
    let (people, partner) = (&place.people, &place.partner);
    let (chen, elder) = (&people.chen, &people.assisted);
    let own = |person: &Person| TimeAccount::Resident(person.resident.clone());
    let chest = TimeReceiver::Chest(place.areas.community.clone());

    // Half an hour's company for a key elder, which the fund pays.
    let mut claim = place.claim(chen, "AS-1", 60);
    claim.beneficiary = Some(elder.resident.clone());
    let served = place.submit(&claim).await.unwrap();
    let store = |payer| StoreTime { contribution: served.clone(), payer, into: TimeInto::Own };
    assert_eq!(refused(partner.store_time("early", &store(TimePayer::Fund)).await), "not-awarded");
    let word = VerifyContribution::default();
    place.officers.grid.verify_contribution("word", &served, &word).await.unwrap();
    let ordinary = refused(partner.store_time("ordinary", &store(TimePayer::Fund)).await);
    let mark = MarkElder { resident: elder.resident.clone(), mark: TimeMark::KeyElder };
    place.officers.community.mark_elder("mark", &mark).await.unwrap();
    let stored = partner.store_time("store", &store(TimePayer::Fund)).await.unwrap().body;
    assert_eq!((stored.changed.step, stored.changed.minutes), (TimeStep::Stored, Some(60)));
    let twice = refused(partner.store_time("twice", &store(TimePayer::Fund)).await);
    assert_eq!((ordinary.as_str(), twice.as_str()), ("not-key-elder", "already-stored"));

    // To kin without a word, to others not; and to the chest, where a key elder comes first.
    let to = |person: &Person| TimeReceiver::Resident(person.resident.clone());
    partner.give_time("kin", &gift(chen, to(&people.chen_kin), 10)).await.unwrap();
    let stranger = partner.give_time("stranger", &gift(chen, to(&people.wang), 10)).await;
    assert_eq!(refused(stranger), "not-kin");
    let much = partner.give_time("much", &gift(chen, chest.clone(), 100)).await;
    assert_eq!(refused(much), "time-short");
    let ask = |person: &Person, minutes| AskTime { resident: person.resident.clone(), minutes };
    partner.ask_time("wang", &ask(&people.wang, 20)).await.unwrap();
    partner.ask_time("elder", &ask(elder, 15)).await.unwrap();
    let (_, waiting) = stands(&place).await;
    assert_eq!(waiting, [(elder.resident.clone(), 15), (people.wang.resident.clone(), 20)]);
    partner.give_time("chest", &gift(chen, chest, 30)).await.unwrap();
    place.let_pass(1).await.unwrap();
    let (accounts, waiting) = stands(&place).await;
    assert_eq!(waiting, [(people.wang.resident.clone(), 20)]);
    let found = [own(chen), own(&people.chen_kin), own(elder)].map(|it| of(&accounts, &it));
    assert_eq!(found, [20, 10, 15]);
    assert_eq!(of(&accounts, &TimeAccount::Chest(place.areas.community.clone())), 15);
    assert_eq!(of(&accounts, &TimeAccount::Fund), -60);

    // One community has traded with nobody.
    let netted = place.officers.community.net_time("net").await;
    let nothing = netted.map(|told| told.body.changed.netting.unwrap().lines.len());
    assert_eq!(refused(nothing), "nothing-to-net");

    // The award is reversed: what chen still has goes back, the rest nobody owes.
    let why = ReverseContribution { reason: ReversalReason::Mistake };
    place.officers.street.reverse_contribution("back", &served, &why).await.unwrap();
    place.let_pass(1).await.unwrap();
    let (accounts, _) = stands(&place).await;
    assert_eq!((of(&accounts, &own(chen)), of(&accounts, &TimeAccount::Fund)), (0, -40));
    audited(system, &place).await;
}

/// Two hours in two communities: read, netted by the finance desk, kept as a sheet, and taken along by who moves.
#[tokio::test(flavor = "multi_thread")]
async fn communities_clear_and_the_desk_nets() {
    let (system, place) = place().await;
    let from = place.claim(&place.people.chen, "PW-1", 60).ended_at;
    place.operator.publish_rules("gulou", linli_profile::GULOU, &from, None).await.unwrap();
    place.let_pass(60).await.unwrap();
    let (chen, elder) = (&place.people.chen, &place.people.assisted);
    let (east, home) = place.east().await.unwrap();
    let finance = hand(&place, KeyKind::Finance, None).await;
    assert_eq!(refused(finance.net_time("early").await), "nothing-to-net");

    // An hour for a key elder, a part of it for the chest, and the rest goes along to the other community.
    let mark = MarkElder { resident: elder.resident.clone(), mark: TimeMark::KeyElder };
    place.officers.community.mark_elder("mark", &mark).await.unwrap();
    let mut claim = place.claim(chen, "AS-1", 60);
    claim.beneficiary = Some(elder.resident.clone());
    let served = place.submit(&claim).await.unwrap();
    let word = VerifyContribution::default();
    place.officers.grid.verify_contribution("word", &served, &word).await.unwrap();
    let store = StoreTime { contribution: served, payer: TimePayer::Fund, into: TimeInto::Own };
    place.partner.store_time("store", &store).await.unwrap();
    let chest = TimeReceiver::Chest(place.areas.community.clone());
    place.partner.give_time("chest", &gift(chen, chest, 20)).await.unwrap();
    let moved = MoveResident { household: home, assisted: false };
    let moved = place.operator.move_resident("move", &chen.resident, &moved).await.unwrap().body;
    let seen = place.partner.after(moved.last);
    let account = seen.resident_time(&chen.resident).await.unwrap().body;
    assert_eq!((account.stored, account.owed, account.ask), (40, 0, None));
    let all = seen.communities_time().await.unwrap().body;
    let stands = |community: &Id| {
        let found = all.communities.iter().find(|it| it.community == *community).unwrap();
        (found.chest, found.clearing)
    };
    assert_eq!(all.issued, 60);
    assert_eq!((stands(&place.areas.community), stands(&east)), ((20, 40), (0, -40)));

    // An officer of one of them can't state it, and the desk can.
    let alone = place.officers.community.net_time("alone").await;
    assert_eq!(refused(alone), "outside-authority");
    let netted = finance.net_time("net").await.unwrap().body;
    let desk = finance.after(netted.last);
    let heads = desk.nettings(10, None).await.unwrap().body.items;
    assert_eq!((heads.len(), heads[0].number, heads[0].officer.clone()), (1, 1, None));
    let whole = desk.netting(1).await.unwrap().body;
    assert_eq!(Some(&whole.netting), netted.changed.netting.as_ref());
    for line in &whole.netting.lines {
        let moved = i64::try_from(line.taken).unwrap() - i64::try_from(line.given).unwrap();
        assert_eq!(line.opening + moved, line.closing);
    }
    let sheet = String::from_utf8(desk.netting_sheet(1).await.unwrap().to_vec()).unwrap();
    let rows: Vec<Vec<&str>> = sheet.lines().skip(1).map(|row| row.split(',').collect()).collect();
    let sum = |column: usize| -> i64 {
        let of = rows.iter().filter(|row| row[3] == "community");
        of.map(|row| row[column].parse::<i64>().unwrap()).sum()
    };
    assert_eq!((rows.len(), sum(10), sum(11), sum(12), sum(13)), (3, 0, 40, 40, 0));
    let missing = desk.netting(2).await.unwrap_err();
    assert_eq!(missing.problem().unwrap().name(), "unknown");

    // Who asks is seen, and what was asked and stored is the resident's to take along.
    let ask = AskTime { resident: elder.resident.clone(), minutes: 30 };
    let asked = place.partner.ask_time("ask", &ask).await.unwrap().body;
    let waiting = desk.after(asked.last).time_asks(10, None).await.unwrap().body.items;
    assert_eq!((waiting.len(), &waiting[0].resident), (1, &elder.resident));
    let export = place.officers.community.after(asked.last).export(&elder.resident).await.unwrap();
    let time = export.body.time;
    assert_eq!((time.stored, time.ask.map(|ask| ask.minutes)), (0, Some(30)));
    audited(system, &place).await;
}
