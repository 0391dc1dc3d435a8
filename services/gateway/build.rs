//! Lists the files of the pages, so that a new one is served without being named twice.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

/// The folders of the pages.
const PAGES: [&str; 6] = ["audit", "certificate", "finance", "passbook", "receipt", "station"];

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let mut list = String::from("&[\n");
    for page in PAGES {
        let folder = Path::new(&root).join("assets").join(page);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut names: Vec<String> = fs::read_dir(&folder)?
            .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
            .collect::<Result<_, _>>()?;
        names.sort_unstable();
        for name in names {
            let path = folder.join(&name);
            println!("cargo::rerun-if-changed={}", path.display());
            let path = path.display().to_string();
            writeln!(list, "    ({page:?}, {name:?}, include_bytes!({path:?})),")
                .map_err(io::Error::other)?;
        }
    }
    list.push(']');
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("page_files.rs"), list)
}
