//! Refusals about what is redeemed in all, with their figures in a sentence.

use linli_domain::item::{TakenBy, Taker};
use linli_domain::quantity::Points;
use linli_domain::time::{Timestamp, Window};

use super::services::whose;
use crate::parse::{time_text, wall_time};
use crate::problem::{Kind, Problem, Words};

pub(super) fn too_many(
    of: (Taker, Window),
    (most, redeemed): (u32, u32),
    until: Option<Timestamp>,
    earlier: TakenBy,
) -> Problem {
    let Words { zh, en } = whose(of.0, of.1);
    let (until_zh, until_en) = until_words(until);
    let problem = Problem::new(
        Kind::TooManyRedemptions,
        format!("{zh}限兑 {most} 次,已兑 {redeemed} 次{until_zh}。"),
        format!("Redemptions {en}: {most} at most, {redeemed} so far{until_en}."),
    )
    .with("most", most)
    .with("redeemed", redeemed);
    with_earlier(with_until(problem, until), Some(earlier))
}

pub(super) fn too_much(
    of: (Taker, Window),
    (most, redeemed, wanted): (Points, Points, Points),
    until: Option<Timestamp>,
    earlier: Option<TakenBy>,
) -> Problem {
    let Words { zh, en } = whose(of.0, of.1);
    let (until_zh, until_en) = until_words(until);
    let problem = Problem::new(
        Kind::TooMuchRedeemed,
        format!("{zh}限兑 {most} 积分,已兑 {redeemed},需要 {wanted}{until_zh}。"),
        format!("At most {most} points {en}: {redeemed} redeemed, {wanted} more wanted{until_en}."),
    )
    .with("most", most.to_string())
    .with("redeemed", redeemed.to_string())
    .with("wanted", wanted.to_string());
    with_earlier(with_until(problem, until), earlier)
}

fn until_words(until: Option<Timestamp>) -> (String, String) {
    until.map_or_else(Default::default, |until| {
        let at = wall_time(until);
        (format!(",{at} 起重新计算"), format!("; counted anew from {at}"))
    })
}

fn with_until(problem: Problem, until: Option<Timestamp>) -> Problem {
    match until {
        Some(until) => problem.with("until", time_text(until)),
        None => problem,
    }
}

/// The last redemption of those that were counted, under the name of what it is.
fn with_earlier(problem: Problem, earlier: Option<TakenBy>) -> Problem {
    match earlier {
        Some(TakenBy::Redemption(id)) => problem.with("earlier_redemption", id.to_string()),
        Some(TakenBy::Voucher(id)) => problem.with("earlier_voucher", id.to_string()),
        Some(TakenBy::Booking(id)) => problem.with("earlier_booking", id.to_string()),
        None => problem,
    }
}
