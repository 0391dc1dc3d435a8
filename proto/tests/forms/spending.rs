//! Samples of what happens at a counter and to what suppliers are owed.

use crate::events::{Samples, sample};
use crate::values::{at, free_slip, id, lot, points, slip};
use linli_domain::item::{
    Count, CountStock, Delivery, Move, WriteOff, WriteOffReason, WriteOffStock,
};
use linli_domain::quantity::Fen;
use linli_domain::redemption::{Fate, Return, ReturnReason, VoidReason};
use linli_domain::statement::{
    Dispute, DisputeReason, Due, Issue as Issuing, Resolve, Ruling, Settle, StatedLine, Statement,
    Tally, Volume,
};
use linli_domain::wallet::{Closing, Debt};
use linli_domain::{Position, item, redemption, statement, wallet};

pub(crate) fn spending() -> Samples {
    let lapsed = || vec![lot(id!(ContributionId, 35), 4000)];
    let expires_at = at(30);
    let voided = |reason, lapsed| redemption::Event::Voided { slip: slip(), reason, lapsed };
    let reasons =
        [VoidReason::Resident, VoidReason::Station, VoidReason::Supplier, VoidReason::Erased];
    let mut samples: Samples =
        reasons.map(|reason| sample(reason, voided(reason, Vec::new()))).into();
    let expired = wallet::Event::LotExpired {
        resident: id!(ResidentId, 11),
        lapsed: lot(id!(ContributionId, 35), 4000),
    };
    let closing = Closing {
        resident: id!(ResidentId, 11),
        lapsed: lapsed(),
        forgiven: vec![Debt {
            contribution: id!(ContributionId, 36),
            pool: id!(PoolId, 32),
            owed: points(140),
        }],
    };
    let lots = Closing { forgiven: Vec::new(), ..closing.clone() };
    samples.extend([
        sample("lapsed", voided(VoidReason::Resident, lapsed())),
        sample("full", redemption::Event::Reserved { slip: slip(), expires_at }),
        sample("free", redemption::Event::Reserved { slip: free_slip(), expires_at }),
        sample("whole", redemption::Event::Captured(slip())),
        sample("whole", redemption::Event::TimedOut { slip: slip(), lapsed: Vec::new() }),
        sample("lapsed", redemption::Event::TimedOut { slip: slip(), lapsed: lapsed() }),
        sample("whole", redemption::Event::Sold(slip())),
        sample("full", wallet::Event::Closed(closing)),
        sample("lots", wallet::Event::Closed(lots)),
        sample("whole", expired),
    ]);
    samples
}

pub(crate) fn stock() -> Samples {
    let (station, item, officer) = (id!(StationId, 34), id!(ItemId, 30), id!(OfficerId, 5));
    let cost = Fen::from_hundredths(4400);
    let counted = |expected, found| {
        let count = CountStock { station, item, officer, operator: None, found };
        item::Event::StockCounted(Count { count, expected, cost })
    };
    let reference = || "移-0001".parse().unwrap();
    let moved =
        Move { from: station, to: id!(StationId, 36), item, quantity: 2, reference: reference() };
    let back = Delivery { station, item, quantity: 3, reference: reference() };
    let mut samples = vec![
        sample("missing", counted(10, 9)),
        sample("none there", counted(0, 0)),
        sample("whole", item::Event::StockMoved(moved)),
        sample("whole", item::Event::StockSentBack(back)),
    ];
    let reasons = [WriteOffReason::Damaged, WriteOffReason::PastDate, WriteOffReason::Lost];
    samples.extend(reasons.map(|reason| {
        let goods = WriteOffStock { station, item, quantity: 1, reason, officer };
        sample(reason, item::Event::StockWrittenOff(WriteOff { goods, cost }))
    }));
    samples
}

pub(crate) fn returns() -> Samples {
    let part = || redemption::Event::PartCaptured {
        handed: slip(),
        rest: slip(),
        lapsed: vec![lot(id!(ContributionId, 35), 4000)],
    };
    let full = |reason| Return {
        slip: slip(),
        fates: vec![Fate::Shelf, Fate::SentBack, Fate::WrittenOff, Fate::Gone],
        reason,
        officer: Some(id!(OfficerId, 5)),
        back: vec![lot(id!(ContributionId, 35), 4000)],
        lapsed: vec![lot(id!(ContributionId, 36), 400)],
    };
    let bare = Return {
        officer: None,
        back: Vec::new(),
        lapsed: Vec::new(),
        fates: Vec::new(),
        ..full(ReturnReason::Unwanted)
    };
    let reasons = [
        ReturnReason::Unwanted,
        ReturnReason::WrongItem,
        ReturnReason::Mishandled,
        ReturnReason::Defective,
        ReturnReason::NotRendered,
    ];
    let returned = |it| redemption::Event::Returned(Box::new(it));
    let mut samples: Samples = reasons.map(|reason| sample(reason, returned(full(reason)))).into();
    samples.extend([sample("bare", returned(bare)), sample("lapsed", part())]);
    samples
}

pub(crate) fn settling() -> Samples {
    let (statement, supplier) = (id!(StatementId, 60), id!(SupplierId, 31));
    let due =
        |hundredths| Due { points: points(hundredths), fen: Fen::from_hundredths(-hundredths) };
    let issue = Issuing { statement, supplier, label: "2026-Q1".parse().unwrap() };
    let volume = |pieces| Volume { pieces, due: due(4400) };
    let tally = Tally { captured: volume(3), returned: volume(1) };
    let lines = [Some(id!(ItemId, 30)), None].map(|item| StatedLine { item, tally }).into();
    let full = Statement {
        issue: issue.clone(),
        since: Position(48_211),
        opening: due(1),
        captured: due(2),
        returned: due(3),
        corrected: due(-4),
        paid: due(5),
        closing: due(6),
        lines,
    };
    let none = Due::ZERO;
    let bare = Statement {
        issue,
        since: Position::START,
        opening: none,
        captured: none,
        returned: none,
        corrected: none,
        paid: none,
        closing: none,
        lines: Vec::new(),
    };
    let reference = || "财-2026-002".parse().unwrap();
    let resolved = |item, ruling, correction| statement::Event::Resolved {
        supplier,
        resolve: Resolve { statement, item, ruling, reference: reference() },
        correction,
    };
    let settled = statement::Event::Settled {
        supplier,
        settle: Settle { statement, reference: reference() },
        paid: due(6),
    };
    let mut samples = vec![
        sample("full", statement::Event::Issued(Box::new(full))),
        sample("bare", statement::Event::Issued(Box::new(bare))),
        sample("upheld", resolved(Some(id!(ItemId, 30)), Ruling::Upheld(due(7)), due(3))),
        sample("dismissed", resolved(None, Ruling::Dismissed, none)),
        sample("whole", settled),
    ];
    let reasons = [
        DisputeReason::Missing,
        DisputeReason::Quantity,
        DisputeReason::Price,
        DisputeReason::Return,
    ];
    samples.extend(reasons.map(|reason| {
        let item = Some(id!(ItemId, 30));
        let dispute = Dispute { statement, item, reason, claimed: due(8) };
        sample(reason, statement::Event::Disputed { supplier, dispute })
    }));
    samples
}
