//! Samples of vouchers and of the terms of items.

use linli_domain::booking::{self, Side, Unfit};
use linli_domain::item::{
    Limit, Much, OpenTo, TakenBy, Taker, Terms, TermsPart, Unused, VoucherTerms,
};
use linli_domain::quantity::{Fen, Minutes};
use linli_domain::resource::Weekday;
use linli_domain::time::{Window, Zone};
use linli_domain::voucher::{CodeHash, Counter, Event, Purchase, Status, Voucher};
use linli_domain::{Command, Noun, Refusal, item, voucher};

use crate::events::{Samples, sample};
use crate::places::request;
use crate::values::{at, id, lot, points};

fn voucher_terms(unused: Unused) -> VoucherTerms {
    VoucherTerms {
        from_days: 1,
        until_days: 90,
        weekdays: Weekday::ALL.into(),
        unused,
        wrong_codes: 5,
        lock: Minutes::new(60),
    }
}

fn terms() -> Terms {
    let windows =
        [Window::Day, Window::Week, Window::Month, Window::Quarter, Window::Year, Window::AllTime];
    let limit = |window| Limit { taker: Taker::Person, window, most: Much::Pieces(2) };
    let mut limits: Vec<_> = windows.map(limit).into();
    let most = Much::Points(points(30_000));
    limits.push(Limit { taker: Taker::Household, window: Window::Year, most });
    Terms {
        item: id!(ItemId, 39),
        only: vec![
            OpenTo::Area(id!(AreaId, 1)),
            OpenTo::Household(id!(HouseholdId, 2)),
            OpenTo::Resident(id!(ResidentId, 11)),
        ],
        limits,
        voucher: Some(voucher_terms(Unused::Returned)),
    }
}

fn purchase() -> Purchase {
    Purchase {
        voucher: id!(VoucherId, 80),
        resident: id!(ResidentId, 11),
        item: id!(ItemId, 39),
        code: CodeHash([0xc0; 32]),
    }
}

fn paper() -> Voucher {
    Voucher {
        purchase: purchase(),
        supplier: id!(SupplierId, 31),
        price: points(1500),
        cost: Fen::from_hundredths(1400),
        lots: vec![lot(id!(ContributionId, 35), 1000), lot(id!(ContributionId, 36), 500)],
        good_from: at(1440),
        expires_at: at(131_040),
        zone: Zone::CHINA,
        terms: voucher_terms(Unused::Lapsed),
    }
}

fn free() -> Voucher {
    let terms = VoucherTerms { weekdays: Vec::new(), ..voucher_terms(Unused::Returned) };
    Voucher { price: points(0), lots: Vec::new(), terms, ..paper() }
}

fn counters() -> [Counter; 2] {
    [Counter::Station(id!(StationId, 34)), Counter::Supplier(id!(SupplierId, 31))]
}

fn missed(at: Counter, tries: u8, locked_until: Option<linli_domain::time::Timestamp>) -> Event {
    let (voucher, code) = (id!(VoucherId, 80), CodeHash([0xbd; 32]));
    Event::WrongCode { voucher, at, code, tries, most: 5, locked_until }
}

pub(crate) fn services() -> Samples {
    let parts = || vec![lot(id!(ContributionId, 35), 1000), lot(id!(ContributionId, 36), 500)];
    let bare = Terms { only: Vec::new(), limits: Vec::new(), voucher: None, ..terms() };
    let [station, supplier] = counters();
    let mut samples = vec![
        sample("whole", item::Event::TermsSet(terms())),
        sample("bare", item::Event::TermsSet(bare)),
        sample("whole", Event::Issued(paper())),
        sample("free", Event::Issued(free())),
        sample("first", missed(station, 1, None)),
        sample("last", missed(supplier, 5, Some(at(60)))),
        sample("station", Event::Used { voucher: paper(), at: station }),
        sample("supplier", Event::Used { voucher: free(), at: supplier }),
        sample("lapsed", Event::Expired { voucher: paper(), lapsed: parts() }),
        sample("back", Event::Expired { voucher: free(), lapsed: Vec::new() }),
    ];
    let sides = [Side::Resident, Side::Station, Side::Supplier];
    samples.extend(sides.map(|by| {
        let (back, lapsed) = (parts(), Vec::new());
        sample(by, Event::Returned { voucher: paper(), by, back, lapsed })
    }));
    let (by, back) = (Side::Resident, Vec::new());
    let lapsed = Event::Returned { voucher: paper(), by, back, lapsed: parts() };
    samples.push(sample("lapsed", lapsed));
    samples.extend(
        [Unfit::NotOpen, Unfit::Limit]
            .map(|why| sample(why, booking::Event::PassedOver { request: request(), why })),
    );
    samples
}

/// The wishes.
pub(crate) fn commands() -> Vec<Command> {
    let (voucher, code) = (id!(VoucherId, 80), CodeHash([0xbd; 32]));
    let mut commands: Vec<Command> = vec![
        item::Command::SetTerms(terms()).into(),
        voucher::Command::Issue(purchase()).into(),
        voucher::Command::Return { voucher, by: Side::Station }.into(),
    ];
    commands.extend(counters().map(|at| voucher::Command::Use { voucher, at, code }.into()));
    commands
}

/// The refusals.
pub(crate) fn refusals() -> Vec<Refusal> {
    let item = id!(ItemId, 39);
    let parts = [TermsPart::Only, TermsPart::Limits, TermsPart::Voucher];
    let found = [Status::Issued, Status::Used, Status::Expired, Status::Returned];
    let mut refusals = vec![
        Refusal::Unknown(Noun::Voucher),
        Refusal::VoucherNeeded { item },
        Refusal::NotByVoucher { item },
        Refusal::VoucherLocked { until: at(60), most: 5 },
        Refusal::VoucherTooEarly { from: at(60) },
        Refusal::VoucherNotToday { days: vec![Weekday::Monday, Weekday::Sunday] },
        Refusal::OtherSupplier,
        Refusal::NotOpenTo { item },
        Refusal::TooManyTaken {
            item,
            taker: Taker::Person,
            window: Window::Month,
            most: 2,
            taken: 1,
            wanted: 2,
        },
        Refusal::TooMuchSpent {
            item,
            taker: Taker::Household,
            window: Window::Year,
            most: points(30_000),
            spent: points(25_000),
            wanted: points(10_000),
        },
        Refusal::TooManyRedemptions {
            taker: Taker::Person,
            window: Window::Quarter,
            most: 1,
            redeemed: 1,
            until: Some(at(5)),
            earlier: TakenBy::Redemption(id!(RedemptionId, 41)),
        },
        Refusal::TooMuchRedeemed {
            taker: Taker::Household,
            window: Window::AllTime,
            most: points(30_000),
            redeemed: points(25_000),
            wanted: points(10_000),
            until: None,
            earlier: Some(TakenBy::Voucher(id!(VoucherId, 42))),
        },
        Refusal::TooMuchRedeemed {
            taker: Taker::Person,
            window: Window::Day,
            most: points(1),
            redeemed: points(0),
            wanted: points(2),
            until: Some(at(6)),
            earlier: None,
        },
        Refusal::TooMuchRedeemed {
            taker: Taker::Person,
            window: Window::Week,
            most: points(3),
            redeemed: points(2),
            wanted: points(2),
            until: Some(at(6)),
            earlier: Some(TakenBy::Booking(id!(BookingId, 43))),
        },
    ];
    refusals.extend(parts.map(|part| Refusal::InvalidTerms { item, part }));
    refusals.extend(found.map(|found| Refusal::VoucherStatus { found }));
    refusals
}
