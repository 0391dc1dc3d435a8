//! What happens when the process that started a stack is killed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use linli_devstack::{Options, Stack, shared};

/// Tells this program, run again as another process, what to hold and where to say so.
const HOLD: &str = "LINLI_TEST_HOLD";
const SAY_IN: &str = "LINLI_TEST_SAY_IN";

/// The longest that anything here may take.
const BOUND: Duration = Duration::from_secs(90);

/// Not a test of its own: the other process that the tests below start and kill.
#[tokio::test]
async fn held_by_another_process() {
    let Ok(hold) = std::env::var(HOLD) else { return };
    let said = if hold == "shared" {
        let shared = shared().await.unwrap();
        format!("{}\n{}\n", shared.postgres_url(), shared.nats_url())
    } else {
        let data_dir = (hold != "temporary").then(|| PathBuf::from(&hold));
        let mut stack = Stack::start(Options { data_dir, ..Options::temporary() }).await.unwrap();
        let (postgres, nats) = (stack.postgres_pid().unwrap(), stack.nats_pid().unwrap());
        let said = format!("{postgres}\n{nats}\n{}\n", stack.data_dir().display());
        // Held until the process is killed.
        std::mem::forget(stack);
        said
    };
    let place = PathBuf::from(std::env::var_os(SAY_IN).unwrap());
    std::fs::write(place.with_extension("new"), said).unwrap();
    std::fs::rename(place.with_extension("new"), place).unwrap();
    std::thread::park_timeout(BOUND);
}

#[test]
fn a_killed_owner_leaves_no_servers_and_no_folder() {
    let place = tempfile::tempdir().unwrap();
    let (mut holder, said) = hold("temporary", &place.path().join("said"));
    let [postgres, nats, folder] = said.as_slice() else { panic!("{said:?}") };
    assert!(is_alive(postgres) && is_alive(nats));
    holder.kill().unwrap();
    holder.wait().unwrap();
    wait_for("the end", || !is_alive(postgres) && !is_alive(nats) && !Path::new(folder).exists());
}

#[test]
fn a_killed_owners_folder_starts_again() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data").display().to_string();
    let (mut first, said) = hold(&data, &place.path().join("first"));
    let [postgres, _, folder] = said.as_slice() else { panic!("{said:?}") };
    first.kill().unwrap();
    first.wait().unwrap();
    // At once: the servers of the first are still ending.
    let (mut second, said) = hold(&data, &place.path().join("second"));
    let [next, _, same] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!(folder, same);
    assert!(!is_alive(postgres) && is_alive(next));

    // As in a container that starts again: the process id of the dead server is somebody else's now.
    second.kill().unwrap();
    second.wait().unwrap();
    wait_for("the end", || !is_alive(next));
    let pid_file = Path::new(folder).join("postgres/postmaster.pid");
    std::fs::write(&pid_file, format!("{}\n{folder}/postgres\n1\n5432\n\n\n", std::process::id()))
        .unwrap();
    let (mut third, _) = hold(&data, &place.path().join("third"));
    third.kill().unwrap();
    third.wait().unwrap();
    wait_for("the end", || !pid_file.exists());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn processes_share_one_stack_and_a_killed_one_does_no_harm() {
    let place = tempfile::tempdir().unwrap();
    let starts: Vec<_> =
        (0..4).map(|number| start("shared", &place.path().join(number.to_string()))).collect();
    let mut held: Vec<_> = starts.into_iter().map(|(child, file)| (child, said(&file))).collect();
    let (mut killed, first) = held.pop().unwrap();
    killed.kill().unwrap();
    killed.wait().unwrap();
    let (late, last) = hold("shared", &place.path().join("late"));
    held.push((late, last));
    for (mut child, addresses) in held {
        assert_eq!(addresses, first);
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

fn hold(what: &str, say_in: &Path) -> (Child, Vec<String>) {
    let (child, file) = start(what, say_in);
    (child, said(&file))
}

fn start(what: &str, say_in: &Path) -> (Child, PathBuf) {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "held_by_another_process"])
        .env(HOLD, what)
        .env(SAY_IN, say_in)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    (child, say_in.to_owned())
}

fn said(file: &Path) -> Vec<String> {
    wait_for("the other process", || file.exists());
    std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect()
}

fn wait_for(what: &str, is_so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < BOUND, "{what} did not come");
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

fn is_alive(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with('Z'))
}
