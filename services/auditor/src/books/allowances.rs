//! What was handed out off line, added up from the facts: within what was granted, each number
//! once, and what was short posted against the office that granted it.

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::allowance::{Counted, Event, Grant};
use linli_domain::id::{AllowanceId, ResidentId};
use linli_domain::time::Timestamp;

use super::*;

/// What was granted, and what was counted under it.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Allowances {
    granted: FxHashMap<AllowanceId, Grant>,
    spent: FxHashMap<AllowanceId, i128>,
    people: FxHashMap<(AllowanceId, ResidentId), i128>,
    short: FxHashMap<AllowanceId, i128>,
}

impl Allowances {
    fn count(&mut self, it: &Counted, broken: &mut Vec<Broken>) {
        let id = it.allowance;
        let Some(grant) = self.granted.get(&id) else {
            broken.push((Rule::AllowanceBound, format!("allowance {id} was never granted")));
            return;
        };
        let (total, short) = (it.slip.total.hundredths(), it.short.hundredths());
        let add = |sum: &mut i128, more: i64| {
            *sum = sum.saturating_add(i128::from(more));
            *sum
        };
        let spent = add(self.spent.entry(id).or_default(), total);
        let person = add(self.people.entry((id, it.slip.resident)).or_default(), total);
        let lost = add(self.short.entry(id).or_default(), short);
        let (most, each) = (grant.total.hundredths(), grant.per_person.hundredths());
        if spent > i128::from(most) || person > i128::from(each) || lost > spent || short < 0 {
            let what = format!(
                "allowance {id}: {spent} of {most} handed out, {person} of {each} to {}, {lost} short",
                it.slip.resident
            );
            broken.push((Rule::AllowanceBound, what));
        }
        if it.officer != grant.officer || it.slip.station != grant.station {
            broken
                .push((Rule::AllowanceBound, format!("allowance {id}: another office or station")));
        }
    }
}

impl Books {
    pub(super) fn allow(
        &mut self,
        event: &Event,
        postings: &[Posting],
        now: Timestamp,
        broken: &mut Vec<Broken>,
    ) {
        match event {
            Event::Granted { grant, .. } => {
                self.allowances.granted.insert(grant.allowance, *grant);
            }
            Event::Counted(it) => {
                self.allowances.count(it, broken);
                self.lives.of_off_line_slip(it.allowance, it.number);
                self.sold_off_line(it, postings, broken);
                self.count_sale(&it.slip, now, broken);
                self.count_sale_in_all(&it.slip, now, broken);
            }
            Event::Reported { .. } | Event::Ended { .. } => {}
        }
    }

    /// A sale, but that the office pays what the resident hadn't.
    fn sold_off_line(&mut self, it: &Counted, postings: &[Posting], broken: &mut Vec<Broken>) {
        let slip = &it.slip;
        let (total, short) =
            (i128::from(slip.total.hundredths()), i128::from(it.short.hundredths()));
        let paid = posted_to(postings, Account::Available(slip.resident)).saturating_neg();
        let lost = posted_to(postings, Account::Loss(it.officer)).saturating_neg();
        let had = total.saturating_sub(short);
        if [priced(slip), paid.saturating_add(lost)] != [total; 2]
            || [sum_of(&slip.lots), paid] != [had; 2]
        {
            let what = format!("total {total}, short {short}, paid {paid}, lost {lost} hundredths");
            broken.push((Rule::SlipSum, what));
        }
        self.lives.of_sale_off_line(slip.redemption);
        self.shelve(slip, 1, 0, broken);
        self.hand_out(slip);
    }
}
