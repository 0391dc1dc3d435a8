//! What can't be had.

use linli_api::Id;
use linli_tests::Ask;
use serde_json::{Value, json};

use crate::world::World;
use crate::{Row, row};

pub fn rows(world: &World<'_>) -> Vec<Row> {
    let (place, items) = (world.place, &world.place.items);
    let (chen, shop) = (&place.people.chen.resident, &place.shop.key);
    let basket = |resident: &str, wishes: &[(&Id, Value)]| {
        let wish = |(item, quantity): &(&Id, Value)| json!({"item": item, "quantity": quantity});
        json!({"resident": resident, "items": wishes.iter().map(wish).collect::<Vec<_>>()})
    };
    let sell = |wishes: &[(&Id, Value)]| -> Ask {
        world.post(shop, "/v1/sales", &basket(chen.as_str(), wishes))
    };
    let one = |item: &Id| sell(&[(item, json!(1))]);
    let reserve = |wishes: &[(&Id, Value)]| -> Ask {
        world.post(shop, "/v1/redemptions", &basket(chen.as_str(), wishes))
    };
    let nothing: Id = world.nothing.into();
    let twenty_one: Vec<Id> =
        (0..21).map(|at| format!("01JNK000000000000000000{at:03}").into()).collect();
    let twenty_one: Vec<(&Id, Value)> = twenty_one.iter().map(|item| (item, json!(1))).collect();
    let stranger =
        world.post(shop, "/v1/sales", &basket(world.nothing, &[(&items.soap, json!(1))]));
    let mut known = basket(chen.as_str(), &[(&items.soap, json!(1))]);
    known["redemption"] = json!(world.redemptions.captured);
    let mut rows = vec![
        row("more than there is", sell(&[(&items.rice, json!(2))]), 409, "insufficient-stock"),
        row(
            "more than there is, reserved",
            reserve(&[(&items.rice, json!(2))]),
            409,
            "insufficient-stock",
        ),
        row(
            "far more than there is",
            sell(&[(&items.soap, json!(u32::MAX))]),
            409,
            "insufficient-stock",
        ),
        row(
            "more points than there are",
            sell(&[(&items.haircut, json!(20))]),
            409,
            "insufficient-points",
        ),
        row(
            "more points, reserved",
            reserve(&[(&items.haircut, json!(20))]),
            409,
            "insufficient-points",
        ),
        row(
            "far more points",
            sell(&[(&items.haircut, json!(u32::MAX))]),
            409,
            "insufficient-points",
        ),
        row(
            "more in sum",
            sell(&[(&items.thermos, json!(1)), (&items.haircut, json!(2))]),
            409,
            "insufficient-points",
        ),
        row("an empty basket", sell(&[]), 422, "empty-basket"),
        row("21 items", sell(&twenty_one), 422, "basket-too-large"),
        row(
            "an item twice",
            sell(&[(&items.soap, json!(1)), (&items.soap, json!(1))]),
            422,
            "item-twice",
        ),
        row("none of it", sell(&[(&items.soap, json!(0))]), 422, "quantity-zero"),
        row("less than none", sell(&[(&items.soap, json!(-1))]), 400, "invalid-field"),
        row("half of it", sell(&[(&items.soap, json!(0.5))]), 400, "invalid-field"),
        row(
            "more than a number holds",
            sell(&[(&items.soap, json!(1_u64 << 33))]),
            400,
            "invalid-field",
        ),
        row("without the stars", one(&items.legal), 409, "too-few-stars"),
        row("not for this household", one(&items.wheelchair), 409, "assisted-only"),
        row("an item that isn't", one(&nothing), 404, "unknown"),
        row("an item that is no id", one(&"soap".into()), 400, "invalid-id"),
        row("a resident that isn't", stranger, 404, "unknown"),
        row(
            "under an id that is taken",
            world.post(shop, "/v1/sales", &known),
            409,
            "already-exists",
        ),
    ];
    rows.extend(steps(world));
    rows.extend(stock(world));
    rows
}

fn steps(world: &World<'_>) -> Vec<Row> {
    let (shop, kiosk) = (&world.place.shop.key, &world.place.kiosk.key);
    let slips = &world.redemptions;
    let capture = |bearer: &str, redemption: &str| {
        world.bare(bearer, &format!("/v1/redemptions/{redemption}/capture"))
    };
    let void = |bearer: &str, redemption: &str| {
        let path = format!("/v1/redemptions/{redemption}/void");
        world.post(bearer, &path, &json!({"reason": "resident"}))
    };
    let with_body = capture(shop, slips.open.as_str()).text(r#"{"reason":"resident"}"#);
    vec![
        row("captured elsewhere", capture(kiosk, slips.open.as_str()), 403, "other-station"),
        row("voided elsewhere", void(kiosk, slips.open.as_str()), 403, "other-station"),
        row("captured twice", capture(shop, slips.captured.as_str()), 409, "already-captured"),
        row(
            "voided after it was handed out",
            void(shop, slips.captured.as_str()),
            409,
            "already-captured",
        ),
        row(
            "captured after it was voided",
            capture(shop, slips.voided.as_str()),
            409,
            "already-voided",
        ),
        row("voided twice", void(shop, slips.voided.as_str()), 409, "already-voided"),
        row("captured too late", capture(shop, slips.timed_out.as_str()), 409, "hold-expired"),
        row("voided too late", void(shop, slips.timed_out.as_str()), 409, "hold-expired"),
        row("a redemption that isn't", capture(shop, world.nothing), 404, "unknown"),
        row("captured with a reason", with_body, 400, "unknown-field"),
    ]
}

fn stock(world: &World<'_>) -> Vec<Row> {
    let items = &world.place.items;
    let receive = |item: &Id, quantity: Value, reference: &str| {
        let body = json!({"item": item, "quantity": quantity, "reference": reference});
        world.post(&world.place.shop.key, "/v1/stock", &body)
    };
    vec![
        row("nothing came", receive(&items.soap, json!(0), "DN-2"), 422, "nothing-received"),
        row(
            "less than nothing came",
            receive(&items.soap, json!(-5), "DN-2"),
            400,
            "invalid-field",
        ),
        row(
            "a haircut for the shelf",
            receive(&items.haircut, json!(1), "DN-2"),
            422,
            "not-stocked",
        ),
        row("no item we know", receive(&world.nothing.into(), json!(1), "DN-2"), 404, "unknown"),
        row("without a note", receive(&items.soap, json!(1), ""), 400, "invalid-text"),
        row(
            "more than a shelf holds",
            receive(&items.soap, json!(u32::MAX), "DN-2"),
            422,
            "amount-out-of-range",
        ),
    ]
}
