//! What a witness has seen last of each log, on its disk.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::Refused;
use crate::head::TreeHead;

/// Heads by the log's name, one file each in a folder.
#[derive(Debug)]
pub struct Seen {
    folder: PathBuf,
    heads: Mutex<BTreeMap<String, TreeHead>>,
}

impl Seen {
    /// Reads what was seen; the folder is made if it is not there.
    ///
    /// # Errors
    /// If the folder can't be read or made, or has something else in it: a witness that forgot
    /// what it saw is none.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let mut heads = BTreeMap::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_none_or(|ending| ending != "head") {
                continue;
            }
            let head: TreeHead = fs::read_to_string(&path)?
                .parse()
                .map_err(|_| io::Error::other(format!("{} is no checkpoint", path.display())))?;
            heads.insert(head.origin.clone(), head);
        }
        Ok(Self { folder: folder.to_owned(), heads: Mutex::new(heads) })
    }

    pub(super) fn newest(&self, origin: &str) -> Option<TreeHead> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).get(origin).cloned()
    }

    /// Puts a head in the place of the one before it, if `check` finds that it follows. Nobody
    /// comes between the look and the change, and the change is on the disk before it is known.
    pub(super) fn advance(
        &self,
        head: &TreeHead,
        check: impl FnOnce(Option<&TreeHead>) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        let mut heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        check(heads.get(&head.origin))?;
        if heads.get(&head.origin) != Some(head) {
            self.keep(head).map_err(Refused::Kept)?;
            heads.insert(head.origin.clone(), head.clone());
        }
        Ok(())
    }

    fn keep(&self, head: &TreeHead) -> io::Result<()> {
        // A name may hold anything but spaces and pluses; in hexadecimal it is a file's name.
        let name: String = head.origin.bytes().map(|byte| format!("{byte:02x}")).collect();
        let (new, path) =
            (self.folder.join(format!("{name}.new")), self.folder.join(format!("{name}.head")));
        let mut file = File::create(&new)?;
        file.write_all(head.to_string().as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &path)?;
        File::open(&self.folder)?.sync_all()
    }
}
