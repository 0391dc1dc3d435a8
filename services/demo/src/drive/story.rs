//! The planted stories, and how they have to end.

use futures::future::join;
use linli_api::area::Level;
use linli_api::order::OrderStatus;
use linli_api::person::{ErasureReason, Person};
use linli_api::receipt::Receipt;
use linli_api::redemption::{Basket, Redeemed, Wish};
use linli_api::station::ReceiveStock;
use linli_api::whistle::{BlowWhistle, WhistleKind, WhistleReply, WhistleStatus, WhistleStep};
use linli_api::{Client, ClientError, Id, Reply};

use super::clock;
use super::counter::WITHOUT_RICE;
use super::hands::Hands;
use super::is;
use super::partner;
use crate::calendar::Moment;
use crate::error::{DemoError, Doing as _};
use crate::population::{Item, Place, Resident};
use crate::traffic::{Contribution, Planted};

const OVERLAP: &str = "a class and a patrol at once";
/// The act of a class.
const STUDY: &str = "ST-1";

const ONE_HAZARD: &str = "one hazard, three reports";
const UNANSWERED: &str = "a whistle unanswered after an hour";
const ANSWERED: &str = "a whistle that is answered in time";
const ERASED: &str = "a resident with a history is erased";
const RACE_FOR_POINTS: &str = "points for one bag of rice, asked for at two stations at once";
const RACE_FOR_STOCK: &str = "the last bag of rice, asked for by two residents at once";

/// A patrol of somebody who was at a class at the time is refused.
pub(super) async fn overlap(hands: &Hands, patrol: &Contribution) -> Result<(), DemoError> {
    let claim = partner::claim(patrol);
    let told = hands.partner.submit_contribution(&partner::key(patrol), &claim).await;
    let problem = told.as_ref().err().filter(|error| is(error, "overlaps"));
    let named = problem.and_then(|error| error.problem()?.figures.get("contribution")?.as_str());
    let Some(named) = named else {
        return Err(DemoError::Story { story: OVERLAP, outcome: outcome(&told) });
    };
    // What stands in its way is the class, and told by its id.
    let reader = hands.partner.after(hands.head().await?);
    let class = reader.contribution(&Id::from(named)).await;
    let class = class.doing(|| format!("read the contribution {named}"))?.body;
    if class.act == STUDY && class.resident == claim.resident {
        return Ok(());
    }
    let outcome = format!("{} of {} stood in its way", class.act, class.resident);
    Err(DemoError::Story { story: OVERLAP, outcome })
}

/// One resident with points for one bag asks for it at two stations at once; then two residents
/// ask at two devices of one station for its last bag. One of each two gets it.
pub(super) async fn race(
    hands: &Hands,
    place: &Place,
    planted: &Planted,
) -> Result<[Receipt<Redeemed>; 2], DemoError> {
    let rice = place.items.iter().find(|item| item.is_rice()).ok_or(DemoError::Plan("rice"))?;
    let [one, two, three] = planted.racers.as_slice() else {
        return Err(DemoError::Plan("three racers"));
    };
    let [[first, _], [second, _], [third, fourth], ..] = hands.clerks.as_slice() else {
        return Err(DemoError::Plan("three counters"));
    };
    let at_two_stations =
        join(sell(first, "race-points-1", one, rice), sell(second, "race-points-2", one, rice));
    let for_points = winner(RACE_FOR_POINTS, "insufficient-points", at_two_stations.await)?;

    let last_bag = ReceiveStock {
        item: Id::from(rice.id.to_string()),
        quantity: 1,
        reference: format!("DN-last-bag-{}", WITHOUT_RICE.saturating_add(1)),
    };
    let reply = third.receive_stock("last-bag", &last_bag).await;
    reply.doing(|| "take the last bag of rice in".to_owned())?;
    let at_two_devices =
        join(sell(third, "race-stock-1", two, rice), sell(fourth, "race-stock-2", three, rice));
    let for_stock = winner(RACE_FOR_STOCK, "insufficient-stock", at_two_devices.await)?;
    Ok([for_points, for_stock])
}

type Sale = Result<Reply<Receipt<Redeemed>>, ClientError>;

async fn sell(clerk: &Client, key: &str, resident: &Resident, item: &Item) -> Sale {
    let basket = Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(Id::from(resident.id.to_string())),
        items: vec![Wish { item: Id::from(item.id.to_string()), quantity: 1 }],
    };
    clerk.sell(key, &basket).await
}

/// The one receipt of two sales, the other of which was refused for this reason.
fn winner(
    story: &'static str,
    refusal: &str,
    sales: (Sale, Sale),
) -> Result<Receipt<Redeemed>, DemoError> {
    match sales {
        (Ok(won), Err(lost)) | (Err(lost), Ok(won)) if is(&lost, refusal) => Ok(won.body),
        (one, other) => {
            let outcome = format!("{} and {}", outcome(&one), outcome(&other));
            Err(DemoError::Story { story, outcome })
        }
    }
}

/// Somebody with a history asks to be erased: what the wallet held lapses, what was owed is written
/// off, nothing more is done with the account, and what was bought before stands as it stood.
pub(super) async fn erased(
    operator: &Client,
    hands: &Hands,
    planted: &Planted,
) -> Result<(), DemoError> {
    let who = Id::from(planted.broken.mediator.id.to_string());
    let person = Person {
        name: "陈秀英".to_owned(),
        phone: Some("13800000000".to_owned()),
        address: None,
        note: None,
    };
    // A place without a vault knows nobody's name, and closes accounts all the same.
    match hands.partner.write_person(&who, &person).await {
        Err(error) if !is(&error, "no-vault") => {
            return Err(error).doing(|| "say who a resident is".to_owned());
        }
        Ok(_) | Err(_) => {}
    }
    let before = operator.wallet(&who).await.doing(|| format!("read the wallet of {who}"))?.body;
    let erased = operator.erase_person(&who, ErasureReason::OwnRequest).await;
    let erased = erased.doing(|| format!("erase {who}"))?.body;
    let reader = operator.after(hands.head().await?);
    let after = reader.wallet(&who).await.doing(|| format!("read the wallet of {who}"))?.body;
    let refused = operator.join_ranking("erased", &who).await;
    let refused = matches!(&refused, Err(error) if is(error, "resident-erased"));
    let had = (before.available.as_str(), before.receivable.as_str());
    let has = [&after.available, &after.held, &after.receivable].map(linli_api::Amount::as_str);
    if had == ("1.00", "7.00") && has == ["0.00"; 3] && refused && erased.closed_at.is_some() {
        return Ok(());
    }
    let outcome = format!("had {had:?}, has {has:?}, refused {refused}, {erased:?}");
    Err(DemoError::Story { story: ERASED, outcome })
}

/// One hazard, three reports: the first reporter is rewarded, the others are linked and told so.
pub(super) async fn one_hazard(hands: &Hands, planted: &Planted) -> Result<(), DemoError> {
    let Some((first, others)) = planted.reports.split_first() else {
        return Err(DemoError::Plan("three reports"));
    };
    let id = Id::from(first.to_string());
    let file = hands.partner.order_file(&id).await.doing(|| format!("read the file of {id}"))?.body;
    let linked: Vec<_> = file.linked.iter().map(|one| one.hazard.to_string()).collect();
    let expected: Vec<_> = others.iter().map(ToString::to_string).collect();
    let done = file.order.is_some_and(|order| order.status == OrderStatus::Checked);
    let contribution = hands.partner.contribution(&id).await;
    let contribution = contribution.doing(|| format!("read the contribution {id}"))?.body;
    let rewarded = contribution.award.is_some_and(|award| award.act == "HZ-1");
    // Whoever reported it later is linked, and earns nothing by it.
    let mut also = Vec::new();
    for other in &file.linked {
        match hands.partner.contribution(&other.hazard).await {
            Err(error) if is(&error, "unknown") => {}
            Ok(reply) if reply.body.award.is_none() => {}
            other @ (Ok(_) | Err(_)) => also.push(outcome(&other)),
        }
    }
    if linked == expected && linked.len() == 2 && done && rewarded && also.is_empty() {
        return Ok(());
    }
    let outcome =
        format!("linked {linked:?}, checked {done}, rewarded {rewarded}, the others {also:?}");
    Err(DemoError::Story { story: ONE_HAZARD, outcome })
}

/// A whistle that nobody signs within the hour: at an hour and a minute it stands before the
/// district. Then the unit answers, late once, and it is settled.
pub(super) async fn whistle(
    operator: &Client,
    hands: &Hands,
    planted: &Planted,
    now: Moment,
) -> Result<(), DemoError> {
    let of = |id: ulid::Ulid| hands.staff.get(&id).ok_or(DemoError::Plan("a leader's key"));
    let (chief, unit) = (of(planted.chief.id)?, of(planted.unit.id)?);
    let body = BlowWhistle {
        whistle: None,
        kind: WhistleKind::Tackle,
        called: Id::from(planted.unit.id.to_string()),
        order: None,
    };
    let blown = chief.blow_whistle("whistle", &body).await.doing(|| "blow a whistle".to_owned())?;
    let id = blown.body.changed.whistle;
    clock::move_to(operator, now.later(59)).await?;
    let early = chief.after(hands.head().await?).whistle(&id).await;
    let early = early.doing(|| "read a whistle".to_owned())?.body;
    if early.level == Level::District || early.missed != 0 {
        let outcome = format!("within the hour before {:?}", early.level);
        return Err(DemoError::Story { story: UNANSWERED, outcome });
    }
    clock::move_to(operator, now.later(61)).await?;
    let sign = WhistleStep::Answer { reply: WhistleReply::Signed };
    let signed = unit.answer_whistle("whistle-signed", &id, &sign).await;
    let signed = signed.doing(|| "sign a whistle".to_owned())?.body;
    let seen = chief.after(signed.last).whistle(&id).await;
    let seen = seen.doing(|| "read a whistle".to_owned())?.body;
    if !signed.changed.late || seen.level != Level::District || seen.missed != 1 {
        let outcome = format!("late {}, before {:?}", signed.changed.late, seen.level);
        return Err(DemoError::Story { story: UNANSWERED, outcome });
    }
    for (key, reply) in [("touch", WhistleReply::InTouch), ("site", WhistleReply::OnSite)] {
        let answer = WhistleStep::Answer { reply };
        let answered = unit.answer_whistle(&format!("whistle-{key}"), &id, &answer).await;
        answered.doing(|| "answer a whistle".to_owned())?;
    }
    let settled = chief.answer_whistle("whistle-settled", &id, &WhistleStep::Settle {}).await;
    settled.doing(|| "settle a whistle".to_owned()).map(|_| ())
}

/// A whistle that pushes work on: the unit signs it, gets in touch and comes, each in time, and no clock
/// is missed.
pub(super) async fn answered_whistle(hands: &Hands, planted: &Planted) -> Result<(), DemoError> {
    let of = |id: ulid::Ulid| hands.staff.get(&id).ok_or(DemoError::Plan("a leader's key"));
    let (chief, unit) = (of(planted.chief.id)?, of(planted.unit.id)?);
    let body = BlowWhistle {
        whistle: None,
        kind: WhistleKind::Push,
        called: Id::from(planted.unit.id.to_string()),
        order: None,
    };
    let blown = chief.blow_whistle("push", &body).await.doing(|| "blow a whistle".to_owned())?;
    let id = blown.body.changed.whistle;
    let mut late = false;
    for (key, reply) in [
        ("push-signed", WhistleReply::Signed),
        ("push-touch", WhistleReply::InTouch),
        ("push-site", WhistleReply::OnSite),
    ] {
        let answered = unit.answer_whistle(key, &id, &WhistleStep::Answer { reply }).await;
        late |= answered.doing(|| "answer a whistle".to_owned())?.body.changed.late;
    }
    let settled = chief.answer_whistle("push-settled", &id, &WhistleStep::Settle {}).await;
    let settled = settled.doing(|| "settle a whistle".to_owned())?.body;
    let seen = chief.after(settled.last).whistle(&id).await;
    let seen = seen.doing(|| "read a whistle".to_owned())?.body;
    if late || seen.missed != 0 || seen.status != WhistleStatus::Settled {
        let outcome = format!("late {late}, then {seen:?}");
        return Err(DemoError::Story { story: ANSWERED, outcome });
    }
    Ok(())
}

fn outcome<T>(result: &Result<T, ClientError>) -> String {
    match result {
        Ok(_) => "accepted".to_owned(),
        Err(error) => format!("refused ({error})"),
    }
}
