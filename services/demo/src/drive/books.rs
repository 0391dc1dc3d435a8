//! The books at the end of the year, read from the API.

use linli_api::client::RankingWish;
use linli_api::log::LogHead;
use linli_api::pool::Pool;
use linli_api::ranking::{Placing, RankingWindow};
use linli_api::{Card, Client, Id};
use ulid::Ulid;

use super::batch::several;
use super::tally::Tally;
use crate::amount::{amount, hundredths};
use crate::error::{DemoError, Doing as _};
use crate::population::{Place, TimeBank};

/// How many are shown of the community's ranking.
const TOP: u32 = 10;

/// Points in hundredths, and what else the API tells at the end.
#[derive(Clone, Debug)]
pub(crate) struct Books {
    pub(crate) funded: i64,
    pub(crate) issued: i64,
    pub(crate) lapsed: i64,
    /// Available and held, over all wallets.
    pub(crate) outstanding: i64,
    /// The fullest wallet.
    pub(crate) fullest: Option<Fullest>,
    pub(crate) pools: Vec<Pool>,
    pub(crate) head: LogHead,
    pub(crate) top: Vec<Placing>,
}

/// A resident with much to spend.
#[derive(Clone, Debug)]
pub(crate) struct Fullest {
    pub(crate) card: Card,
    /// In hundredths of points.
    pub(crate) available: i64,
}

/// Reads them, each read having seen all that was written, and holds them against each other.
pub(super) async fn read(
    operator: &Client,
    auditor: &Client,
    place: &Place,
    tally: &Tally,
) -> Result<Books, DemoError> {
    let head = auditor.log_head().await.doing(|| "read the head of the log".to_owned())?.body;
    let reader = operator.after(head.position);
    let pools = reader.pools().await.doing(|| "read the pools".to_owned())?.body.pools;
    let sum = |of: fn(&Pool) -> &linli_api::Amount| {
        pools.iter().try_fold(0_i64, |sum, pool| {
            hundredths(of(pool)).map(|points| sum.saturating_add(points))
        })
    };
    let funded = sum(|pool| &pool.funded)?;
    let issued = sum(|pool| &pool.drawn)?;
    let lapsed = sum(|pool| &pool.lapsed)?;
    let (outstanding, fullest) = wallets(&reader, place).await?;
    let kept = tally.covered().saturating_sub(tally.returned);
    if issued != kept.saturating_add(lapsed).saturating_add(outstanding) {
        let [issued, redeemed, lapsed, outstanding] =
            [issued, kept, lapsed, outstanding].map(|sum| amount(sum).to_string());
        return Err(DemoError::Books { issued, redeemed, lapsed, outstanding });
    }
    if tally.stated != tally.redeemed {
        let [stated, redeemed] = [tally.stated, tally.redeemed].map(|sum| amount(sum).to_string());
        return Err(DemoError::Statements { stated, redeemed });
    }
    let wish = RankingWish {
        area: Some(Id::from(place.community.to_string())),
        window: RankingWindow::Year,
        period: Some("2025".to_owned()),
    };
    let ranking = reader.ranking(&wish, TOP, None).await;
    let top = ranking.doing(|| "read the ranking of the community".to_owned())?.body.places;
    Ok(Books { funded, issued, lapsed, outstanding, fullest, pools, head, top })
}

/// What stands in the wallets of all who could earn, and who has most to spend.
async fn wallets(reader: &Client, place: &Place) -> Result<(i64, Option<Fullest>), DemoError> {
    let wallet = |(resident, card): (Ulid, Card)| async move {
        let id = Id::from(resident.to_string());
        let wallet = reader.wallet(&id).await.doing(|| format!("read the wallet of {id}"))?.body;
        let available = hundredths(&wallet.available)?;
        let outstanding = available.saturating_add(hundredths(&wallet.held)?);
        Ok((outstanding, Fullest { card, available }))
    };
    let volunteers = place.volunteers.iter().map(|volunteer| &volunteer.resident);
    let volunteers = volunteers.map(|one| (one.id, one.card.clone()));
    let wallets = several(volunteers.map(wallet).collect()).await?;
    // Those of the time bank are no visitors, but they have earned as well.
    let savers = place.bank.iter().flat_map(TimeBank::everybody);
    let savers = savers.map(|saver| wallet((saver.id, saver.card.clone())));
    let saved = several(savers.collect()).await?;
    let outstanding = wallets
        .iter()
        .chain(&saved)
        .fold(0_i64, |sum, (outstanding, _)| sum.saturating_add(*outstanding));
    let fullest = wallets.into_iter().map(|(_, full)| full).max_by_key(|full| full.available);
    Ok((outstanding, fullest))
}
