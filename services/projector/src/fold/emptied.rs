//! Points that leave a wallet without anybody's spending them.

use linli_domain::wallet::{self, Closing};
use linli_readmodel::Uuid;
use linli_readmodel::balances::{Changes, Kind};

use super::balances::{Move, move_lot, recalled};
use crate::error::FoldError;

/// What leaves a wallet without anybody's spending it.
pub(super) fn fold(
    changes: &mut Changes,
    event: &wallet::Event,
) -> Result<(Kind, Uuid), FoldError> {
    match event {
        wallet::Event::LotExpired { resident, lapsed } => {
            move_lot(changes, *resident, lapsed, Move::Spend)?;
            Ok((Kind::Lapsed, Uuid(lapsed.lot.number())))
        }
        wallet::Event::LotRecalled(recall) => {
            recalled(changes, recall)?;
            Ok((Kind::Reversed, Uuid(recall.contribution.number())))
        }
        wallet::Event::Closed(Closing { resident, lapsed, forgiven: _ }) => {
            lapsed.iter().try_for_each(|part| move_lot(changes, *resident, part, Move::Spend))?;
            Ok((Kind::Closed, Uuid(resident.number())))
        }
    }
}
