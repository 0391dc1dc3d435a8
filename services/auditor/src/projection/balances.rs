//! Balances: wallets, lots and the accounts of pools and suppliers from the state; statement
//! lines by their sums.

use std::collections::BTreeSet;

use linli_domain::id::{ResidentId, SupplierId};
use linli_domain::posting::{Account, Posting};
use linli_domain::quantity::Points;
use linli_domain::{
    Event, Record, State, allowance, booking, contribution, redemption, supplier, voucher, wallet,
};
use linli_readmodel::balances::{
    Kind, Line, LossAccount, Lot, PoolAccount, Side, SupplierAccount, Wallet,
};
use linli_readmodel::{ReadError, Snapshot, Uuid};

use super::Rows;
use super::merge::merge;
use super::settling::Settling;
use super::stored_time::StoredTime;
use super::tally::Tally;

/// What records tell of balances and the state forgets.
#[derive(Default)]
pub(super) struct Told {
    suppliers: BTreeSet<SupplierId>,
    lines: Tally<ResidentId>,
    settling: Settling,
    time: StoredTime,
}

impl Told {
    pub(super) fn take(&mut self, record: &Record) {
        if let Event::Supplier(supplier::Event::Enrolled(enrolled)) = &record.event {
            self.suppliers.insert(enrolled.supplier);
        }
        if let Event::Statement(event) = &record.event {
            self.settling.take(record, event);
        }
        if let Event::TimeBank(event) = &record.event {
            self.time.take(record, event);
        }
        let Some((kind, reference)) = cause(&record.event) else { return };
        for (ordinal, posting) in (0_u16..).zip(&record.postings) {
            if let Some(line) = line(record, ordinal, posting, kind, reference) {
                self.lines.add(line.resident, &line);
            }
        }
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        state: &State,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        merge(snapshot, wallets(state), |row: &Wallet| row.resident, rows).await?;
        merge(snapshot, lots(state), |row: &Lot| (row.resident, row.lot, row.expires_at), rows)
            .await?;
        merge(snapshot, pools(state), |row: &PoolAccount| row.pool, rows).await?;
        let suppliers = self.suppliers.iter().map(|supplier| SupplierAccount {
            supplier: *supplier,
            owed: state.balance(Account::Supplier(*supplier)).points,
            owed_fen: state.payable(*supplier).open.fen,
            settled: state.balance(Account::Settled(*supplier)).points,
            settled_fen: self.settling.paid_fen(*supplier),
        });
        merge(snapshot, suppliers, |row: &SupplierAccount| row.supplier, rows).await?;
        merge(snapshot, losses(state), |row: &LossAccount| row.officer, rows).await?;
        self.settling.compare(snapshot, rows).await?;
        self.time.compare(snapshot, rows).await?;
        self.lines.compare(snapshot, |row: &Line| row.resident, rows).await
    }
}

fn wallets(state: &State) -> impl Iterator<Item = Wallet> {
    state.residents().sorted().map(|(resident, it)| Wallet {
        resident,
        available: it.wallet.available.points,
        held: it.wallet.held.points,
        receivable: it.wallet.receivable.points,
        minutes: i64::from(it.minutes.get()),
        honour_minutes: i64::from(it.honour_minutes.get()),
        merit: it.merit,
    })
}

/// In the order of residents, then of lots.
fn lots(state: &State) -> impl Iterator<Item = Lot> {
    state.residents().sorted().flat_map(|(resident, it)| {
        let mut lots = it.wallet.lots().to_vec();
        lots.sort_unstable_by_key(|lot| (lot.lot, lot.expires_at));
        lots.into_iter().map(move |lot| Lot {
            resident,
            lot: lot.lot,
            pool: lot.pool,
            expires_at: lot.expires_at,
            available: lot.available,
            held: lot.held,
        })
    })
}

fn pools(state: &State) -> impl Iterator<Item = PoolAccount> {
    state.pools().sorted().map(|(pool, _)| {
        let funded = state.balance(Account::Funder(pool)).points.negated();
        let left = state.balance(Account::Pool(pool)).points;
        PoolAccount {
            pool,
            funded,
            left,
            // What was put in and is not there any longer was awarded and didn't come back: nothing
            // else draws.
            drawn: funded.minus(left).unwrap_or(Points::ZERO),
            lapsed: state.balance(Account::Expired(pool)).points,
            claims: state.balance(Account::Claims(pool)).points.negated(),
        }
    })
}

/// Offices that nothing was ever lost under have no row, and none in the state.
fn losses(state: &State) -> impl Iterator<Item = LossAccount> {
    let pieces = |count| i64::try_from(count).unwrap_or(i64::MAX);
    state.losses().sorted().map(move |(officer, it)| LossAccount {
        officer,
        points: state.balance(Account::Loss(officer)).points.negated(),
        lost_pieces: pieces(it.lost_pieces),
        lost_fen: it.lost_cost,
        surplus_pieces: pieces(it.surplus_pieces),
        surplus_fen: it.surplus_cost,
    })
}

/// What moved points, and by what name.
#[allow(clippy::too_many_lines, reason = "a table: one arm a fact, and none may be missing")]
fn cause(event: &Event) -> Option<(Kind, u128)> {
    match event {
        Event::Contribution(contribution::Event::Awarded(award)) => {
            Some((Kind::Earned, award.contribution.number()))
        }
        Event::Redemption(event) => {
            let kind = match event {
                redemption::Event::Reserved { .. } => Kind::Reserved,
                redemption::Event::Captured(_) => Kind::Captured,
                redemption::Event::Voided { .. } => Kind::Voided,
                redemption::Event::TimedOut { .. } => Kind::TimedOut,
                redemption::Event::Sold(_) => Kind::Sold,
                redemption::Event::PartCaptured { .. } => Kind::PartCaptured,
                redemption::Event::Returned(_) => Kind::Returned,
            };
            Some((kind, event.slip().redemption.number()))
        }
        Event::Allowance(allowance::Event::Counted(it)) => {
            Some((Kind::Sold, it.slip.redemption.number()))
        }
        Event::Voucher(event) => Some((vouched(event)?, event.id().number())),
        Event::Booking(event) => Some((booked(event)?, event.request().booking.number())),
        Event::Wallet(wallet::Event::LotExpired { lapsed, .. }) => {
            Some((Kind::Lapsed, lapsed.lot.number()))
        }
        Event::Wallet(wallet::Event::Closed(closing)) => {
            Some((Kind::Closed, closing.resident.number()))
        }
        Event::Wallet(wallet::Event::LotRecalled(recall)) => {
            Some((Kind::Reversed, recall.contribution.number()))
        }
        Event::Contribution(contribution::Event::Restored(it)) => {
            Some((Kind::Restored, it.award.contribution.number()))
        }
        Event::Contribution(contribution::Event::Reversed(reversal)) => {
            Some((Kind::Reversed, reversal.word.contribution.number()))
        }
        Event::Contribution(
            contribution::Event::Submitted { .. }
            | contribution::Event::Verified(_)
            | contribution::Event::Rejected(_)
            | contribution::Event::Queued(_)
            | contribution::Event::Attached(_),
        )
        | Event::Notice(_)
        | Event::Conduct(_)
        | Event::Team(_)
        | Event::Activity(_)
        | Event::Inspection(_)
        | Event::Area(_)
        | Event::Household(_)
        | Event::Resident(_)
        | Event::Officer(_)
        | Event::Station(_)
        | Event::Operator(_)
        | Event::Allowance(
            allowance::Event::Granted { .. }
            | allowance::Event::Reported { .. }
            | allowance::Event::Ended { .. },
        )
        | Event::Supplier(_)
        | Event::Pool(_)
        | Event::Rules(_)
        | Event::Hazard(_)
        | Event::Order(_)
        | Event::Whistle(_)
        | Event::Aid(_)
        | Event::Honour(_)
        | Event::Mediation(_)
        | Event::Queue(_)
        | Event::TimeBank(_)
        | Event::Estate(_)
        | Event::Item(_)
        | Event::Statement(_)
        | Event::Resource(_) => None,
    }
}

fn booked(event: &booking::Event) -> Option<Kind> {
    Some(match event {
        booking::Event::Waited(_)
        | booking::Event::Left(_)
        | booking::Event::WaitLapsed(_)
        | booking::Event::PassedOver { .. } => return None,
        booking::Event::Booked(_) | booking::Event::Promoted(_) => Kind::Booked,
        booking::Event::Used(_) => Kind::BookingUsed,
        booking::Event::Cancelled { .. } | booking::Event::CalledOff { .. } => {
            Kind::BookingCancelled
        }
        booking::Event::NotShown { .. } => Kind::NotShown,
    })
}

fn vouched(event: &voucher::Event) -> Option<Kind> {
    Some(match event {
        voucher::Event::WrongCode { .. } => return None,
        voucher::Event::Issued(_) => Kind::VoucherIssued,
        voucher::Event::Used { .. } => Kind::VoucherUsed,
        voucher::Event::Expired { .. } => Kind::VoucherExpired,
        voucher::Event::Returned { .. } => Kind::VoucherReturned,
    })
}

fn line(
    record: &Record,
    ordinal: u16,
    posting: &Posting,
    kind: Kind,
    reference: u128,
) -> Option<Line> {
    let (resident, side) = match posting.account {
        Account::Available(resident) => (resident, Side::Available),
        Account::Held(resident) => (resident, Side::Held),
        Account::Receivable(resident) => (resident, Side::Receivable),
        Account::Funder(_)
        | Account::Pool(_)
        | Account::Supplier(_)
        | Account::Expired(_)
        | Account::Claims(_)
        | Account::Loss(_)
        | Account::Settled(_)
        | Account::Corrected(_) => return None,
    };
    let kind = match (kind, side) {
        (Kind::Earned, Side::Receivable) => Kind::Repaid,
        (kind, _) => kind,
    };
    Some(Line {
        resident,
        position: record.position,
        ordinal,
        side,
        kind,
        amount: posting.amount,
        balance: posting.balance,
        reference: Uuid(reference),
        happened_at: record.happened_at,
        recorded_at: record.recorded_at,
    })
}
