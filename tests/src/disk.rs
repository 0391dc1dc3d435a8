//! A file system of one's own: in memory with an end to it, or in a file whose image can be taken
//! as it would be after a power cut.

use std::fs::{File, Permissions};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use tempfile::TempDir;

/// What is written to fill a disk, at a time.
const BALLAST_BYTES: usize = 1024 * 1024;

/// The name of the file that fills a disk.
const BALLAST: &str = "ballast";

/// A mounted file system. It is unmounted when this goes.
#[derive(Debug)]
pub struct Disk {
    place: PathBuf,
    /// The file that it is in, if it is in one.
    file: Option<PathBuf>,
    /// What was made for it.
    _folder: TempDir,
}

impl Disk {
    /// In memory, with so much room.
    ///
    /// # Errors
    ///
    /// If this machine refuses, as it does to all but root, and in many containers.
    pub fn in_memory(mib: u64) -> anyhow::Result<Self> {
        let (folder, place) = ground()?;
        let size = format!("size={mib}m,mode=755");
        run("mount", &["-t", "tmpfs", "-o", &size, "linli", text(&place)?])?;
        Ok(Self { place, file: None, _folder: folder })
    }

    /// In memory over a folder that is there, which its owner keeps.
    ///
    /// # Errors
    ///
    /// As of one in memory.
    pub fn over(place: &Path, mib: u64) -> anyhow::Result<Self> {
        let (folder, _) = ground()?;
        let owner = std::fs::metadata(place)?;
        let size = format!("size={mib}m,mode=700");
        run("mount", &["-t", "tmpfs", "-o", &size, "linli", text(place)?])?;
        let disk = Self { place: place.to_owned(), file: None, _folder: folder };
        let (uid, gid) = {
            use std::os::unix::fs::MetadataExt as _;
            (owner.uid(), owner.gid())
        };
        std::os::unix::fs::chown(place, Some(uid), Some(gid))?;
        Ok(disk)
    }

    /// In a file, with so much room: ext4 on a loop device.
    ///
    /// # Errors
    ///
    /// If this machine refuses, as it does to all but root, and in many containers.
    pub fn in_a_file(mib: u64) -> anyhow::Result<Self> {
        let (folder, place) = ground()?;
        let file = folder.path().join("image");
        File::create(&file)?.set_len(mib * 1024 * 1024)?;
        run("mkfs.ext4", &["-q", "-F", text(&file)?])?;
        Self::mount(folder, place, file)
    }

    /// Takes the image as it is now, which has what was written to the device and nothing else, and
    /// mounts it elsewhere.
    ///
    /// # Errors
    ///
    /// If it is in no file, can't be copied, or can't be mounted.
    pub fn image(&self) -> anyhow::Result<Self> {
        let from = self.file.as_ref().context("this disk is in no file")?;
        let (folder, place) = ground()?;
        let file = folder.path().join("image");
        run("cp", &["--sparse=always", text(from)?, text(&file)?])?;
        Self::mount(folder, place, file)
    }

    fn mount(folder: TempDir, place: PathBuf, file: PathBuf) -> anyhow::Result<Self> {
        run("mount", &["-o", "loop", text(&file)?, text(&place)?])?;
        std::fs::set_permissions(&place, Permissions::from_mode(0o755))?;
        Ok(Self { place, file: Some(file), _folder: folder })
    }

    /// Where it is mounted.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.place
    }

    /// Syncs all that it has: a settings file that was written without a sync is no loss to learn
    /// from.
    ///
    /// # Errors
    ///
    /// If the device fails.
    pub fn sync(&self) -> anyhow::Result<()> {
        run("sync", &["-f", text(&self.place)?])
    }

    /// Fills it to the last byte.
    ///
    /// # Errors
    ///
    /// If it can't be written to for another reason than being full.
    pub fn fill(&self) -> anyhow::Result<()> {
        let mut file = File::create(self.place.join(BALLAST))?;
        let mut bytes = BALLAST_BYTES;
        while bytes > 0 {
            match file.write_all(&vec![0; bytes]) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::StorageFull => bytes /= 2,
                Err(error) => return Err(error).context("filling a disk"),
            }
        }
        Ok(())
    }

    /// Makes room again.
    ///
    /// # Errors
    ///
    /// If it was not filled.
    pub fn free(&self) -> anyhow::Result<()> {
        std::fs::remove_file(self.place.join(BALLAST)).context("making room")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a server that is still ending keeps what it has open.
        if let Err(error) = text(&self.place).and_then(|place| run("umount", &["-l", place])) {
            eprintln!("{} stays mounted: {error:#}", self.place.display());
        }
    }
}

/// A folder, and a place in it that the servers' user can reach.
fn ground() -> anyhow::Result<(TempDir, PathBuf)> {
    let folder = tempfile::Builder::new().prefix("linli-disk-").tempdir()?;
    std::fs::set_permissions(folder.path(), Permissions::from_mode(0o755))?;
    let place = folder.path().join("mounted");
    std::fs::create_dir(&place)?;
    Ok((folder, place))
}

fn text(path: &Path) -> anyhow::Result<&str> {
    path.to_str().with_context(|| format!("{} is no text", path.display()))
}

fn run(program: &str, args: &[&str]) -> anyhow::Result<()> {
    let output = Command::new(program).args(args).output();
    let output = output.with_context(|| format!("running {program}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "{program} {}: {}", args.join(" "), said.trim());
    Ok(())
}
