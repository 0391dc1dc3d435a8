//! What a resident has achieved, as badges tell it: titles that were granted, certificates that were
//! issued. The record that did so is the badge's number, for good.

use std::collections::BTreeMap;

use linli_domain::Position;
use linli_domain::honour::{Standing, Title};
use linli_domain::id::ResidentId;
use linli_domain::time::Timestamp;
use postgres_types::ToSql;

use super::{PaperRow, PaperStep, PaperYear, TitleRow};
use crate::cell::Cell as _;
use crate::error::ReadError;
use crate::projection::Projection;
use crate::reader::Reader;
use crate::table::cell;

/// The most certificates of a resident that are told as badges: one is asked for a few times a year.
const CERTIFICATES_MAX: u32 = 200;

/// Something achieved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Achieved {
    /// The record that granted or issued it.
    pub position: Position,
    /// When.
    pub recorded_at: Timestamp,
    /// Whose it is.
    pub resident: ResidentId,
    /// What.
    pub what: What,
    /// Did the title fall since, or is the certificate void?
    pub void: bool,
}

/// What was achieved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A title.
    Title {
        /// Which.
        title: Title,
        /// The step that put it on notice, with its figures.
        noticed: Option<TitleRow>,
    },
    /// A certificate: as it was issued, and its years.
    Certificate(PaperRow, Vec<PaperYear>),
}

/// The titles that these steps granted, oldest first: one that fell and was granted again is two.
fn granted(steps: &[TitleRow]) -> Vec<Achieved> {
    let mut all: Vec<Achieved> = Vec::new();
    let mut noticed: BTreeMap<Title, &TitleRow> = BTreeMap::new();
    for step in steps {
        let title = step.title();
        match step.standing {
            Standing::OnNotice => drop(noticed.insert(title, step)),
            Standing::Declined => {}
            Standing::Granted => all.push(Achieved {
                position: step.position,
                recorded_at: step.recorded_at,
                resident: step.resident,
                what: What::Title { title, noticed: noticed.get(&title).copied().cloned() },
                void: false,
            }),
            Standing::Fallen => {
                let of_title = |it: &&mut Achieved| match &it.what {
                    What::Title { title: one, .. } => *one == title,
                    What::Certificate(..) => false,
                };
                all.iter_mut().filter(of_title).for_each(|it| it.void = true);
            }
        }
    }
    all
}

/// A certificate that these steps issued; none if they didn't.
fn issued(steps: &[PaperRow], years: &[PaperYear]) -> Option<Achieved> {
    let paper = steps.iter().find(|step| step.step == PaperStep::Issued)?;
    Some(Achieved {
        position: paper.position,
        recorded_at: paper.recorded_at,
        resident: paper.resident?,
        what: What::Certificate(paper.clone(), years.to_vec()),
        void: steps.iter().any(|step| step.step == PaperStep::Revoked),
    })
}

impl Reader {
    /// What a resident has achieved, oldest first.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn achieved_by(&self, resident: ResidentId) -> Result<Vec<Achieved>, ReadError> {
        let mut all = granted(&self.titles_of(resident).await?);
        let papers = self.certificates_of(resident, CERTIFICATES_MAX).await?;
        all.extend(papers.iter().filter_map(|(steps, years)| issued(steps, years)));
        all.sort_unstable_by_key(|it| it.position);
        Ok(all)
    }

    /// What the record at a position granted or issued; none if it did neither.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn achieved_at(&self, position: Position) -> Result<Option<Achieved>, ReadError> {
        let at = "AND position = $2";
        let title: Option<TitleRow> = self.select_first(at, &[&position.wire()]).await?;
        if let Some(title) = title {
            let all = granted(&self.titles_of(title.resident).await?);
            return Ok(all.into_iter().find(|it| it.position == position));
        }
        let paper: Option<PaperRow> = self.select_first(at, &[&position.wire()]).await?;
        let Some(paper) = paper.filter(|paper| paper.step == PaperStep::Issued) else {
            return Ok(None);
        };
        let (steps, years) = self.certificate(paper.certificate).await?;
        Ok(issued(&steps, &years))
    }

    /// Of what records from `from` on, and before `until`, granted or issued, the positions of what
    /// is void by now: titles that fell, certificates that were revoked, all of who was erased.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn void_achieved(
        &self,
        from: Position,
        until: Position,
    ) -> Result<Vec<Position>, ReadError> {
        let (client, schema) = self.session(Projection::Rankings).await?;
        let directory = self.schema_on(&client, Projection::Directory).await?;
        let erased = |of: &str| {
            format!(
                "EXISTS (SELECT FROM {directory}.resident r WHERE r.district = {of}.district \
                 AND r.resident = {of}.resident AND r.erased_at_us IS NOT NULL)"
            )
        };
        let (granted, issued) = (erased("g"), erased("i"));
        let text = format!(
            "SELECT g.position FROM {schema}.title g WHERE g.district = $1 \
               AND g.position >= $2 AND g.position < $3 AND g.standing = 'granted' \
               AND (EXISTS (SELECT FROM {schema}.title f WHERE f.district = g.district \
                      AND f.resident = g.resident AND f.position > g.position \
                      AND f.kind = g.kind AND f.number = g.number \
                      AND f.year IS NOT DISTINCT FROM g.year AND f.standing = 'fallen') \
                    OR {granted}) \
             UNION ALL SELECT i.position FROM {schema}.certificate i WHERE i.district = $1 \
               AND i.position >= $2 AND i.position < $3 AND i.step = 'issued' \
               AND (EXISTS (SELECT FROM {schema}.certificate v WHERE v.district = i.district \
                      AND v.certificate = i.certificate AND v.step = 'revoked') \
                    OR {issued})"
        );
        let statement = client.prepare_cached(&text).await?;
        let (district, from, until) = (self.district().as_str(), from.wire(), until.wire());
        let parameters: [&(dyn ToSql + Sync); 3] = [&district, &from, &until];
        let rows = client.query(&statement, &parameters).await?;
        let position = |row| cell(row, &mut 0, "position").map_err(ReadError::Row);
        rows.iter().map(position).collect()
    }
}
