//! Claims that no rules take.

use linli_api::Id;
use linli_api::contribution::{Attachment, AttachmentKind, SubmitContribution};
use linli_tests::Ask;

use crate::world::World;
use crate::{Row, row};

const A_DAY: i64 = 24 * 60;

pub fn rows(world: &World<'_>) -> Vec<Row> {
    let (place, people) = (world.place, &world.place.people);
    let submit = |claim: SubmitContribution| -> Ask {
        world.post(&place.partner_key, "/v1/contributions", &claim)
    };
    let claim = || world.claim();
    let between = |from: i64, until: i64| SubmitContribution {
        started_at: place.minutes_from_now(from),
        ended_at: place.minutes_from_now(until),
        ..claim()
    };
    let of = |resident: &str| SubmitContribution { resident: resident.into(), ..claim() };
    let in_grid = |grid: &Id| SubmitContribution { grid: grid.clone(), ..claim() };
    let attachment = Attachment::of(AttachmentKind::Photo, "0".repeat(64).into());
    let seventeen = SubmitContribution { attachments: vec![attachment; 17], ..claim() };
    let act = |act: &str| SubmitContribution { act: act.into(), ..claim() };
    let chen = Some(people.chen.resident.clone());
    let for_nobody = SubmitContribution { beneficiary: Some(world.nothing.into()), ..claim() };
    let known =
        SubmitContribution { contribution: Some(world.contributions.pending.clone()), ..claim() };
    vec![
        row("ends tomorrow", submit(between(60, A_DAY)), 422, "in-future"),
        row("ends three minutes ahead", submit(between(-10, 10)), 422, "in-future"),
        row("nine days ago", submit(between(-9 * A_DAY - 60, -9 * A_DAY)), 422, "too-late"),
        row(
            "before the rules",
            submit(between(-60 * A_DAY - 60, -60 * A_DAY)),
            409,
            "no-rules-in-force",
        ),
        row("ends before it begins", submit(between(-10, -70)), 400, "invalid-interval"),
        row("ends as it begins", submit(between(-10, -10)), 400, "invalid-interval"),
        row("longer than a person lasts", submit(between(-A_DAY, -10)), 422, "too-long"),
        row(
            "of a second",
            submit(SubmitContribution {
                started_at: "2025-03-04T12:00:00Z".into(),
                ended_at: "2025-03-04T12:00:01Z".into(),
                ..claim()
            }),
            422,
            "too-short",
        ),
        row(
            "a place at two times",
            submit(SubmitContribution { act: "CU-1".into(), ..world.last.clone() }),
            409,
            "overlaps",
        ),
        row("nobody we know", submit(of(world.nothing)), 404, "unknown"),
        row("no volunteer", submit(of(people.idle.resident.as_str())), 409, "not-volunteer"),
        row("no act we know", submit(act("XX-9")), 422, "unknown-act"),
        row("in no grid we know", submit(in_grid(&world.nothing.into())), 404, "unknown"),
        row("in a community", submit(in_grid(&place.areas.community)), 422, "wrong-level"),
        row("in a building", submit(in_grid(&place.areas.building)), 422, "wrong-level"),
        row(
            "for oneself",
            submit(SubmitContribution { beneficiary: chen, ..claim() }),
            422,
            "own-beneficiary",
        ),
        row("for nobody we know", submit(for_nobody), 404, "unknown"),
        row("mutual, by one alone", submit(act("MA-1")), 422, "only-by-aid"),
        row("17 photographs", submit(seventeen), 422, "too-many-attachments"),
        row("under an id that is taken", submit(known), 409, "already-exists"),
    ]
}
