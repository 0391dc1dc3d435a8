//! Deeds in an export.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use linli_log::merkle::{Hash, leaf_hash};
use linli_log::tiles::Tiler;

use super::place::{Audited, Expected};
use super::store::{altered, flipped};
use super::{Deed, Scene};
use crate::Chance;

/// Does it in a copy, and has that audited.
pub(super) async fn tamper(
    scene: &Scene,
    deed: Deed,
    chance: &mut Chance,
) -> anyhow::Result<(String, Expected, Audited)> {
    if deed == Deed::RollBackExport {
        return roll_back(scene).await;
    }
    let copy = scene.copy()?;
    let (what, expected) = act(scene, copy.path(), deed, chance)?;
    let report = scene.audit_folder(copy.path()).await?;
    Ok((what, expected, report.into()))
}

/// An earlier export in the place of the newest: true as far as it goes, and signed.
async fn roll_back(scene: &Scene) -> anyhow::Result<(String, Expected, Audited)> {
    let report = scene.audit_early_export_as_seen().await?;
    let (early, last) = (report.head, scene.frames.last().context("a frame")?.last);
    anyhow::ensure!(early < last, "the early export has all");
    let what = format!("the export as of {early} records");
    Ok((what, Expected::Records(early + 1, last), report.into()))
}

fn act(
    scene: &Scene,
    folder: &Path,
    deed: Deed,
    chance: &mut Chance,
) -> anyhow::Result<(String, Expected)> {
    match deed {
        Deed::FlipCheckpoint => {
            let path = folder.join("checkpoint");
            let note = fs::read_to_string(&path)?;
            fs::write(&path, flipped(&note, chance))?;
            let size = linli_notary::told_by(&note).context("a checkpoint")?.size;
            Ok(("the root in the checkpoint".to_owned(), Expected::Checkpoint(size)))
        }
        Deed::FlipTile | Deed::TruncateTile => {
            let (path, name) = pick(folder, false, chance)?;
            let mut bytes = fs::read(&path)?;
            let byte = chance.below(bytes.len());
            if deed == Deed::FlipTile {
                bytes[byte] ^= 1 << chance.below(8);
            } else {
                bytes.truncate(byte);
            }
            fs::write(&path, bytes)?;
            Ok((format!("byte {byte} of {name}"), Expected::Tile(name)))
        }
        Deed::DropFile => {
            let bundles = chance.below(2) == 0;
            let (path, name) = pick(folder, bundles, chance)?;
            fs::remove_file(path)?;
            Ok((format!("{name} is gone"), Expected::Tile(name)))
        }
        Deed::ForgeExport => forge(scene, folder, chance),
        _ => bundle(folder, deed, chance),
    }
}

/// A bundle of the export, or a tile of hashes, with its name.
fn pick(folder: &Path, bundles: bool, chance: &mut Chance) -> anyhow::Result<(PathBuf, String)> {
    let mut found = Vec::new();
    walk(&folder.join("tile"), &mut found)?;
    let named = found.into_iter().filter_map(|path| {
        let name = path.strip_prefix(folder).ok()?.to_str()?.to_owned();
        (name.starts_with("tile/entries/") == bundles).then_some((path, name))
    });
    let mut named: Vec<(PathBuf, String)> = named.collect();
    named.sort();
    let at = chance.below(named.len());
    Ok(named.swap_remove(at))
}

fn walk(folder: &Path, into: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { walk(&path, into)? } else { into.push(path) }
    }
    Ok(())
}

/// Something in one bundle.
fn bundle(folder: &Path, deed: Deed, chance: &mut Chance) -> anyhow::Result<(String, Expected)> {
    let (path, name) = pick(folder, true, chance)?;
    let mut bytes = fs::read(&path)?;
    let mut records = cut(&bytes);
    let digits = name.trim_start_matches("tile/entries/");
    let index: u64 = digits.split(".p/").next().unwrap_or_default().parse()?;
    let (first, count) = (index * 256 + 1, u64::try_from(records.len())?);
    let at = chance.below(records.len());
    let position = first + u64::try_from(at)?;
    let mut expected = Expected::Records(first, first + count - 1);
    match deed {
        Deed::FlipEntry => {
            let byte = chance.below(records[at].len());
            records[at][byte] ^= 1 << chance.below(8);
            expected = Expected::Records(position, position);
        }
        Deed::SwapEntries => {
            let other = (at + 1 + chance.below(records.len() - 1)) % records.len();
            records.swap(at, other);
        }
        Deed::InsertEntry => records.insert(at, records[chance.below(records.len())].clone()),
        Deed::DropEntry => drop(records.remove(at)),
        Deed::TruncateBundle => {
            bytes.truncate(chance.below(bytes.len()));
            fs::write(&path, &bytes)?;
            return Ok((name, expected));
        }
        _ => anyhow::bail!("{deed:?} is done elsewhere"),
    }
    fs::write(&path, joined(&records)?)?;
    Ok((format!("record {position} in {name}"), expected))
}

fn cut(bundle: &[u8]) -> Vec<Vec<u8>> {
    let (mut rest, mut records) = (bundle, Vec::new());
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let (record, after) = after.split_at(u16::from_be_bytes(*length).into());
        records.push(record.to_vec());
        rest = after;
    }
    records
}

fn joined(records: &[Vec<u8>]) -> anyhow::Result<Vec<u8>> {
    let mut bundle = Vec::new();
    for record in records {
        bundle.extend(u16::try_from(record.len())?.to_be_bytes());
        bundle.extend(record);
    }
    Ok(bundle)
}

/// Another content of one record, with all tiles made anew and the old checkpoint beside them.
fn forge(scene: &Scene, folder: &Path, chance: &mut Chance) -> anyhow::Result<(String, Expected)> {
    let at = chance.below(scene.frames.len());
    let quietly = chance.below(2) == 0;
    let (mut records, mut changed) = (Vec::new(), 0);
    for (n, frame) in scene.frames.iter().enumerate() {
        let body = if n == at {
            let (body, position) = altered(frame, quietly, chance)?;
            changed = position;
            body
        } else {
            frame.body.clone()
        };
        for record in linli_log::records(&body) {
            records.push(record?.to_vec());
        }
    }
    let (mut tiler, mut full) = (Tiler::default(), Vec::new());
    records.iter().for_each(|record| tiler.push(leaf_hash(record), &mut full));
    let put = |name: String, bytes: &[u8]| fs::write(folder.join(name), bytes);
    let bytes = |hashes: &[Hash]| hashes.iter().flat_map(|hash| hash.0).collect::<Vec<u8>>();
    for tile in &full {
        put(format!("tile/{}", tile.tile), &bytes(&tile.hashes))?;
    }
    for (tile, hashes) in tiler.partial() {
        put(format!("tile/{tile}"), &bytes(hashes))?;
    }
    let mut first = 0;
    for bundle in records.chunks(256) {
        let index = first / 256;
        first += 256;
        let width = bundle.len();
        let name =
            if width == 256 { format!("{index:03}") } else { format!("{index:03}.p/{width}") };
        put(format!("tile/entries/{name}"), &joined(bundle)?)?;
    }
    let last = u64::try_from(records.len())?;
    Ok((format!("record {changed}, all tiles anew"), Expected::Records(changed, last)))
}
