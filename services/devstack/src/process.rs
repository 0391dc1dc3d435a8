//! Signals and process lists, without unsafe code.

use std::process::{Command, Stdio};

use crate::error::Error;

/// Sends a signal to each of these processes. One that has ended meanwhile is no error.
pub(crate) fn signal(name: &str, pids: &[u32]) -> Result<(), Error> {
    if pids.is_empty() {
        return Ok(());
    }
    // The shell's own `kill`: slim systems have no program of that name.
    Command::new("sh")
        .args([
            "-c",
            r#"signal=$1; shift; for pid; do kill -s "$signal" "$pid"; done; true"#,
            "sh",
            name,
        ])
        .args(pids.iter().map(u32::to_string))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map(|_| ())
        .map_err(Error::io(format!("send SIG{name}")))
}

/// The living children of a process. Empty where there is no `/proc`.
pub(crate) fn children(parent: u32) -> Vec<u32> {
    let Ok(entries) = std::fs::read_dir("/proc") else { return Vec::new() };
    let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid| status(*pid).is_some_and(|(state, of)| state != 'Z' && of == parent))
        .collect()
}

/// Whether a process is there and not merely waiting to be reaped. `false` where there is no `/proc`.
pub(crate) fn is_alive(pid: u32) -> bool {
    status(pid).is_some_and(|(state, _)| state != 'Z')
}

/// The state letter and the parent of a process, from `/proc/PID/stat`.
fn status(pid: u32) -> Option<(char, u32)> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field is the program's name in brackets and may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?.chars().next()?;
    Some((state, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_is_seen_and_ends_by_signal() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let pid = child.id();
        assert!(is_alive(pid));
        assert!(children(std::process::id()).contains(&pid));
        signal("KILL", &[pid]).unwrap();
        child.wait().unwrap();
        assert!(!is_alive(pid));
        signal("KILL", &[]).unwrap();
    }
}
