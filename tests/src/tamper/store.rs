//! Deeds in the database, by its owner.

use anyhow::Context as _;
use bytes::Bytes;
use linli_domain::{BodyHash, Origin, Record};
use linli_log::{BodyBuilder, Frame, Frontier};
use linli_proto::{decode_record, encode_record};

use super::place::{Audited, Expected};
use super::{Deed, Scene};
use crate::Chance;

type Done = (String, Expected);

/// Does it, has it audited, and puts the log back.
pub(super) async fn tamper(
    scene: &Scene,
    deed: Deed,
    chance: &mut Chance,
) -> anyhow::Result<(String, Expected, Audited)> {
    let (what, expected) = act(scene, deed, chance).await?;
    let report = match deed {
        Deed::RestoreBackup => scene.audit_log_as_seen().await,
        _ => scene.audit_log().await,
    };
    scene.put_back().await?;
    Ok((what, expected, report?.into()))
}

async fn act(scene: &Scene, deed: Deed, chance: &mut Chance) -> anyhow::Result<Done> {
    match deed {
        Deed::FlipStoredTile | Deed::DropStoredTile => return tile(scene, deed, chance).await,
        Deed::FlipStoredCheckpoint => return checkpoint(scene, chance).await,
        Deed::RestoreBackup => return restore(scene, chance).await,
        _ => {}
    }
    let frames = &scene.frames;
    let at = chance.below(frames.len());
    let frame = &frames[at];
    let here = Expected::Records(frame.first, frame.last);
    let what = format!("frame {} to {}", frame.first, frame.last);
    match deed {
        Deed::FlipBit => {
            let mut body = frame.body.to_vec();
            let (byte, bit) = (chance.below(body.len()), chance.below(8));
            body[byte] ^= 1 << bit;
            put(scene, &Frame { body: body.into(), ..frame.clone() }).await?;
        }
        Deed::ScrambleRecord => {
            let mut body = frame.body.to_vec();
            for _ in 0..8 {
                let byte = chance.below(body.len());
                body[byte] = body[byte].wrapping_add(u8::try_from(1 + chance.below(255))?);
            }
            put(scene, &Frame { body: body.into(), ..frame.clone() }).await?;
        }
        Deed::FlipRoot => {
            let mut root = frame.root;
            root.0[chance.below(32)] ^= 1 << chance.below(8);
            put(scene, &Frame { root, ..frame.clone() }).await?;
        }
        Deed::DropFrame => delete(scene, frame.first, frame.last).await?,
        Deed::TruncateLog => {
            let last = frames.last().context("a frame")?.last;
            delete(scene, frame.first, last).await?;
            return Ok((what, Expected::Records(frame.first, last)));
        }
        Deed::SwapFrames => {
            let other = &frames[(at + 1 + chance.below(frames.len() - 1)) % frames.len()];
            put(scene, &Frame { body: other.body.clone(), ..frame.clone() }).await?;
            put(scene, &Frame { body: frame.body.clone(), ..other.clone() }).await?;
            let earlier = if other.first < frame.first { other } else { frame };
            return Ok((what, Expected::Records(earlier.first, earlier.last)));
        }
        Deed::InsertFrame => return insert(scene, frame).await,
        Deed::ForgeChain | Deed::ForgeChainAndKeys => {
            return forge(scene, at, deed == Deed::ForgeChainAndKeys, chance).await;
        }
        _ => anyhow::bail!("{deed:?} is done elsewhere"),
    }
    Ok((what, here))
}

/// Writes a frame over the one that begins where it does.
async fn put(scene: &Scene, frame: &Frame) -> anyhow::Result<()> {
    let sql = "UPDATE log.frame SET body = $3, root = $4, previous_root = $5 \
        WHERE district = $1 AND first = $2";
    let (district, first) = (scene.district.as_str(), i64::try_from(frame.first)?);
    let (root, before) = (frame.root.0.as_slice(), frame.previous_root.0.as_slice());
    let body = frame.body.as_ref();
    let changed = scene.superuser.execute(sql, &[&district, &first, &body, &root, &before]).await?;
    anyhow::ensure!(changed == 1, "{changed} frames changed");
    Ok(())
}

async fn delete(scene: &Scene, first: u64, last: u64) -> anyhow::Result<()> {
    let sql = "DELETE FROM log.frame WHERE first >= $1 AND last <= $2";
    let (first, last) = (i64::try_from(first)?, i64::try_from(last)?);
    scene.superuser.execute(sql, &[&first, &last]).await?;
    Ok(())
}

/// A frame's records once more, at the end of the log, with hashes as they have to be.
async fn insert(scene: &Scene, frame: &Frame) -> anyhow::Result<Done> {
    let mut frontier = frontier(&scene.frames)?;
    let again = Frame::seal(&mut frontier, frame.recorded_at, frame.body.clone())?;
    let sql = "INSERT INTO log.frame \
        (district, first, last, recorded_at_us, previous_root, root, body) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let district = scene.district.as_str();
    let (first, last) = (i64::try_from(again.first)?, i64::try_from(again.last)?);
    let (before, root) = (again.previous_root.0.as_slice(), again.root.0.as_slice());
    let (at, body) = (again.recorded_at, again.body.as_ref());
    scene.superuser.execute(sql, &[&district, &first, &last, &at, &before, &root, &body]).await?;
    Ok((format!("frame {} again", frame.first), Expected::Records(again.first, again.last)))
}

pub(super) fn frontier(frames: &[Frame]) -> anyhow::Result<Frontier> {
    frames.iter().try_fold(Frontier::new(), |frontier, frame| Ok(frame.verify(&frontier)?))
}

/// Another content of one record, and every hash after it made anew.
async fn forge(
    scene: &Scene,
    at: usize,
    with_keys: bool,
    chance: &mut Chance,
) -> anyhow::Result<Done> {
    let (before, after) = scene.frames.split_at(at);
    let mut frontier = frontier(before)?;
    let mut changed = None;
    for frame in after {
        let body = match changed {
            None => {
                let (body, position) = altered(frame, with_keys, chance)?;
                changed = Some((position, frame.first, frame.last));
                body
            }
            Some(_) => frame.body.clone(),
        };
        put(scene, &Frame::seal(&mut frontier, frame.recorded_at, body)?).await?;
    }
    let (position, first, last) = changed.context("no frame")?;
    if with_keys {
        let sql = "UPDATE log.key SET body_hash = $1 WHERE first <= $2 AND last >= $2";
        let (hash, position) = ([0x5a_u8; 32].as_slice(), i64::try_from(position)?);
        scene.superuser.execute(sql, &[&hash, &position]).await?;
    }
    Ok((format!("record {position}, hashed anew"), Expected::Records(first, last)))
}

/// The body of a frame with one record that says something else in the one form it has.
pub(super) fn altered(
    frame: &Frame,
    with_keys: bool,
    chance: &mut Chance,
) -> anyhow::Result<(Bytes, u64)> {
    let records: Vec<&[u8]> = frame.records().collect::<Result<_, _>>()?;
    let place = chance.below(records.len());
    let mut said: Vec<Record> =
        records.iter().map(|bytes| decode_record(bytes)).collect::<Result<_, _>>()?;
    let position = said[place].position.0;
    let origin = said[place].origin.clone();
    let by_command = with_keys && origin != Origin::Deadline;
    match (by_command, chance.below(2), said[place].postings.is_empty()) {
        // All records of the command say it: no law of the log is broken, but it is not what was
        // signed.
        (true, _, _) => {
            for record in said.iter_mut().filter(|record| record.origin == origin) {
                if let Origin::Command { body_hash, .. } = &mut record.origin {
                    *body_hash = Some(BodyHash([0x5a; 32]));
                }
            }
        }
        (false, 0, false) => said[place].postings.truncate(1),
        (false, _, _) => {
            let later = said[place].happened_at.microseconds() + 1;
            said[place].happened_at = linli_domain::time::Timestamp::from_microseconds(later);
        }
    }
    let mut body = BodyBuilder::new();
    said.iter().try_for_each(|record| body.push(&encode_record(record)))?;
    Ok((body.take(), position))
}

async fn tile(scene: &Scene, deed: Deed, chance: &mut Chance) -> anyhow::Result<Done> {
    let rows = scene.superuser.query("SELECT level, index FROM log.tile ORDER BY 1, 2", &[]);
    let rows = rows.await?;
    let row = &rows[chance.below(rows.len())];
    let (level, index): (i16, i64) = (row.get(0), row.get(1));
    let tile = linli_log::merkle::Tile::full(u8::try_from(level)?, u64::try_from(index)?);
    let tile = format!("tile/{}", tile.context("a tile")?);
    let (byte, bit) = (chance.below(8_192), chance.below(8));
    let sql = match deed {
        Deed::DropStoredTile => "DELETE FROM log.tile WHERE level = $1 AND index = $2".to_owned(),
        _ => format!(
            "UPDATE log.tile SET hashes = set_byte(hashes, {byte}, get_byte(hashes, {byte}) # {}) \
             WHERE level = $1 AND index = $2",
            1 << bit
        ),
    };
    scene.superuser.execute(&sql, &[&level, &index]).await?;
    // Where the last one is gone, the notary may as well not have come so far; the checkpoints
    // still hold the records, and the tile is made anew by it.
    Ok((format!("byte {byte} of {tile}"), Expected::Tile(tile)))
}

async fn checkpoint(scene: &Scene, chance: &mut Chance) -> anyhow::Result<Done> {
    let rows = scene.superuser.query("SELECT size, note FROM log.checkpoint ORDER BY 1", &[]);
    let rows = rows.await?;
    let row = &rows[chance.below(rows.len())];
    let (size, note): (i64, String) = (row.get(0), row.get(1));
    let damaged = flipped(&note, chance);
    let sql = "UPDATE log.checkpoint SET note = $2 WHERE size = $1";
    scene.superuser.execute(sql, &[&size, &damaged]).await?;
    Ok((format!("{note} as {damaged}"), Expected::Checkpoint(u64::try_from(size)?)))
}

/// All of the log as it was when an earlier checkpoint was signed: what is there agrees with itself, so that only
/// who kept a later checkpoint knows.
async fn restore(scene: &Scene, chance: &mut Chance) -> anyhow::Result<Done> {
    let rows = scene.superuser.query("SELECT size FROM log.checkpoint ORDER BY 1", &[]).await?;
    let earlier = rows.split_last().context("a checkpoint")?.1;
    let size: i64 = earlier[chance.below(earlier.len())].get(0);
    for (table, gone) in [
        ("frame", "last > $1".to_owned()),
        ("key", "first > $1".to_owned()),
        ("checkpoint", "size > $1".to_owned()),
        ("tile", "(index + 1) * (256::bigint ^ (level + 1))::bigint > $1".to_owned()),
    ] {
        scene.superuser.execute(&format!("DELETE FROM log.{table} WHERE {gone}"), &[&size]).await?;
    }
    let index = "UPDATE log.key_index SET position = $1";
    scene.superuser.execute(index, &[&size]).await?;
    let size = u64::try_from(size)?;
    let last = scene.frames.last().context("a frame")?.last;
    Ok((format!("the log as of {size} records"), Expected::Records(size + 1, last)))
}

/// A note with one character of its root changed to another of its kind.
pub(super) fn flipped(note: &str, chance: &mut Chance) -> String {
    let root = note.lines().nth(2).unwrap_or_default();
    // The last characters of base 64 have idle bits.
    let at = chance.below(root.len().saturating_sub(4));
    let other = |found: char| if found == 'A' { 'B' } else { 'A' };
    let changed: String =
        root.chars().enumerate().map(|(n, c)| if n == at { other(c) } else { c }).collect();
    note.replacen(root, &changed, 1)
}
