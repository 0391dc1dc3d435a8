//! A crowd on the rankings, for benches: rows of a million without the year that they take.

use std::collections::BTreeMap;

use anyhow::Context as _;
use linli_domain::Position;
use linli_domain::area::Level;
use linli_domain::id::ResidentId;
use linli_domain::quantity::Merit;
use linli_domain::text::Code;
use linli_domain::time::{Period, Window};
use linli_readmodel::checkpoint::{Role, find};
use linli_readmodel::rankings::{Changes, Member, Score};
use linli_readmodel::{Changes as _, Projection, Reader, Writer};
use tokio_postgres::Config;

/// Residents in a statement: some megabytes of parameters.
const ROWS_MAX: u64 = 50_000;

/// Far from every id that is minted.
const FIRST_ID: u128 = 1 << 120;

/// Merits differ by so many hundredths at the most, so that some of a million are level.
const MERITS: u64 = 50_000;

/// Puts so many residents on the ranking of a district's whole time, all of them shown, and gives
/// their ids. They have rows in the read model of rankings and nowhere else: no record speaks of
/// them, and an audit would say so.
///
/// A place has to be founded there and its rows have to be made. Ranks that are in memory already
/// don't learn of them: stop the system before, and start it after.
///
/// # Errors
///
/// What PostgreSQL says, or what is missing.
pub async fn rank(
    database_url: &str,
    district: &str,
    residents: u64,
) -> anyhow::Result<Vec<String>> {
    let config: Config = database_url.parse()?;
    let (pool, code) = (linli_log::reader::pool(&config, 2)?, Code::new(district)?);
    let reader = Reader::new(pool.clone(), code.clone());
    let areas = reader.areas().await?;
    let grid = areas.iter().find(|area| area.level == Level::Grid).context("there is no grid")?;
    let mut client = pool.get().await?;
    let standing = find(&client, &code, Projection::Rankings, Role::Live).await?;
    let schema = standing.context("rankings were never made")?.generation.schema();
    let id = |number: u64| ResidentId::from_number(FIRST_ID + u128::from(number));
    let mut numbers = 0..residents;
    loop {
        let part: Vec<u64> = numbers.by_ref().take(usize::try_from(ROWS_MAX)?).collect();
        if part.is_empty() {
            break;
        }
        let scores = part.iter().map(|number| {
            let period = Period { window: Window::AllTime, index: 0 };
            // Knuth's multiplier: merits that look thrown, the same every time.
            let merit = number.wrapping_mul(2_654_435_761) % MERITS + 1;
            let score = Score {
                window: period.window,
                period: period.index,
                grid: grid.area,
                resident: id(*number),
                merit: Merit::from_hundredths(i64::try_from(merit).unwrap_or(1)),
                reached: Position(*number),
            };
            ((period, grid.area, score.resident), score)
        });
        let members = part.iter().map(|number| {
            let resident = id(*number);
            (resident, Member { resident, shown: true })
        });
        let changes = Changes {
            scores: scores.collect::<BTreeMap<_, _>>(),
            members: members.collect(),
            ..Changes::default()
        };
        let transaction = client.transaction().await?;
        let writer = Writer { transaction: &transaction, schema: &schema, district: &code };
        changes.write(&writer).await?;
        transaction.commit().await?;
    }
    client.batch_execute("ANALYZE").await?;
    Ok((0..residents).map(|number| id(number).to_string()).collect())
}
