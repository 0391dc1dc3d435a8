//! Words for and against contributions that don't count.

use linli_api::Id;
use linli_tests::Ask;
use serde_json::{Value, json};

use crate::world::World;
use crate::{Row, row};

pub fn rows(world: &World<'_>) -> Vec<Row> {
    let (keys, files) = (&world.keys, &world.contributions);
    let say = |bearer: &str, contribution: &Id, body: Value| -> Ask {
        world.post(bearer, &format!("/v1/contributions/{contribution}/verify"), &body)
    };
    let verify = |bearer: &str, contribution: &Id| say(bearer, contribution, json!({}));
    let reject = |bearer: &str, contribution: &Id, reason: &str| -> Ask {
        let path = format!("/v1/contributions/{contribution}/reject");
        world.post(bearer, &path, &json!({ "reason": reason }))
    };
    let assessed = |points: &str| say(&keys.community, &files.half, json!({ "assessed": points }));
    let nothing: Id = world.nothing.into();
    let look = |path: &str| Ask::get(path).bearer(&keys.retired);
    vec![
        row(
            "someone else's grid",
            verify(&keys.other_grid, &files.pending),
            403,
            "outside-authority",
        ),
        row(
            "rejected from elsewhere",
            reject(&keys.other_grid, &files.pending, "not_done"),
            403,
            "outside-authority",
        ),
        row("one's own", verify(&keys.li, &files.lis), 403, "self-verification"),
        row(
            "one's own, rejected",
            reject(&keys.li, &files.lis, "not_done"),
            403,
            "self-verification",
        ),
        row("of one's household", verify(&keys.li, &files.lis_kins), 403, "same-household"),
        row("done for oneself", verify(&keys.li, &files.for_li), 403, "verifier-served"),
        row("too high for a grid officer", verify(&keys.staff, &files.major), 403, "level-too-low"),
        row("by a retired officer", verify(&keys.retired, &files.pending), 409, "officer-retired"),
        row(
            "looked for by a retired officer",
            look("/v1/verification-queue"),
            409,
            "officer-retired",
        ),
        row("held for a retired officer", look("/v1/holds"), 409, "officer-retired"),
        row("drawn for a retired officer", look("/v1/inspections"), 409, "officer-retired"),
        row("awarded already", verify(&keys.staff, &files.awarded), 409, "already-awarded"),
        row(
            "awarded, then rejected",
            reject(&keys.staff, &files.awarded, "duplicate"),
            409,
            "already-awarded",
        ),
        row("rejected already", verify(&keys.staff, &files.rejected), 409, "already-rejected"),
        row(
            "rejected twice",
            reject(&keys.staff, &files.rejected, "duplicate"),
            409,
            "already-rejected",
        ),
        row("said twice", verify(&keys.staff, &files.half), 409, "already-verified"),
        row(
            "said by another of the level",
            verify(&keys.li, &files.half),
            409,
            "second-level-needed",
        ),
        row("not assessed", verify(&keys.community, &files.half), 422, "assessment-needed"),
        row("assessed too low", assessed("19.99"), 422, "assessment-needed"),
        row("assessed too high", assessed("100.01"), 422, "assessment-needed"),
        row("assessed below zero", assessed("-20"), 400, "negative-amount"),
        row("assessed too exactly", assessed("20.005"), 400, "amount-too-precise"),
        row(
            "assessed where all is fixed",
            say(&keys.staff, &files.pending, json!({"assessed": "5"})),
            422,
            "assessment-unwanted",
        ),
        row("a contribution that isn't", verify(&keys.staff, &nothing), 404, "unknown"),
        row(
            "a path that is no id",
            world.post(&keys.staff, "/v1/contributions/mine/verify", &json!({})),
            404,
            "unknown",
        ),
        row(
            "a reason that isn't",
            reject(&keys.staff, &files.pending, "dislike"),
            400,
            "invalid-field",
        ),
        row(
            "no reason",
            world.post(
                &keys.staff,
                &format!("/v1/contributions/{}/reject", files.pending),
                &json!({}),
            ),
            400,
            "missing-field",
        ),
    ]
}
