//! Chromium and its driver: found on the machine, or installed where that is ours to do.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context as _, ensure};

const BROWSERS: &[&str] =
    &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DRIVERS: &[&str] = &["chromedriver"];

/// Where they lie when they don't lie on the PATH.
const PLACES: &[&str] = &[
    "/usr/bin",
    "/usr/local/bin",
    "/snap/bin",
    "/usr/lib/chromium",
    "/usr/lib/chromium-browser",
    "/opt/google/chrome",
];

const WHAT_TO_DO: &str = "this test needs Chromium and its driver: on Debian or Ubuntu, \
    `apt-get install chromium chromium-driver`; elsewhere put `chromium` and `chromedriver` of the \
    same version on the PATH";

/// The two programs.
#[derive(Clone, Debug)]
pub(crate) struct Chromium {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

impl Chromium {
    /// Finds them; as root on a Debian it installs them first if they are missing.
    pub(crate) fn find_or_install() -> anyhow::Result<Self> {
        // Tests of one program run side by side, and a package is installed once.
        static FOUND: OnceLock<Result<Chromium, String>> = OnceLock::new();
        let found = FOUND.get_or_init(|| match Self::find() {
            Some(found) => Ok(found),
            None => install().map_err(|error| format!("{error:#}")),
        });
        found.clone().map_err(anyhow::Error::msg)
    }

    fn find() -> Option<Self> {
        Some(Self { browser: first(BROWSERS)?, driver: first(DRIVERS)? })
    }
}

fn first(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places: Vec<PathBuf> =
        std::env::split_paths(&path).chain(PLACES.iter().map(PathBuf::from)).collect();
    names
        .iter()
        .find_map(|name| places.iter().map(|place| place.join(name)).find(|file| file.is_file()))
}

fn install() -> anyhow::Result<Chromium> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    ensure!(root && Path::new("/usr/bin/apt-get").exists(), WHAT_TO_DO);
    apt_get(&["update"])?;
    apt_get(&["install", "--yes", "--no-install-recommends", "chromium", "chromium-driver"])?;
    Chromium::find().context(WHAT_TO_DO)
}

fn apt_get(arguments: &[&str]) -> anyhow::Result<()> {
    let done = Command::new("apt-get")
        .args(["--quiet", "--option", "DPkg::Lock::Timeout=300"])
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .output()
        .context("running apt-get")?;
    let why = String::from_utf8_lossy(&done.stderr);
    ensure!(done.status.success(), "apt-get {}: {why}{WHAT_TO_DO}", arguments.join(" "));
    Ok(())
}
