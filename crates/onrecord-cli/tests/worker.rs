//! What ends the process that reads does not end the run.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]
#![expect(
    clippy::disallowed_methods,
    reason = "the tests look at processes and wait for them"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

/// A folder with so many reports, and one among them that takes seconds.
fn folder(name: &str, reports: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for n in 0..reports {
        let words = if n == 2 {
            "It rained, the mayor said. ".repeat(700)
        } else {
            String::new()
        };
        let text = format!("Ferry {n} reopens\n\nThe line reopened, the mayor said. {words}\n");
        fs::write(folder.join(format!("{n}.txt")), text).unwrap();
    }
    folder
}

/// Starts reading a folder; what it prints goes to a file beside it, which takes as much as comes.
fn started(folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["read", "--json"])
        .arg(folder)
        .env("RAYON_NUM_THREADS", "2")
        .stdout(fs::File::create(folder.with_extension("out")).unwrap())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The processes that a process has started.
fn children(of: u32) -> Vec<u32> {
    let path = format!("/proc/{of}/task");
    let threads = fs::read_dir(path).into_iter().flatten().flatten();
    let lists = threads.filter_map(|t| fs::read_to_string(t.path().join("children")).ok());
    lists
        .flat_map(|l| {
            l.split_whitespace()
                .filter_map(|n| n.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect()
}

fn kill(process: u32) {
    let _ = Command::new("kill")
        .args(["-9", &process.to_string()])
        .status();
}

/// Runs to its end, killing the processes that read: the first one, or every one.
fn killed(mut run: Child, every: bool) -> Output {
    let mut killed = 0;
    while run.try_wait().unwrap().is_none() {
        for child in children(run.id()) {
            if every || killed == 0 {
                // It has begun to read.
                thread::sleep(Duration::from_millis(if every { 0 } else { 800 }));
                kill(child);
                killed += 1;
            }
        }
        thread::sleep(Duration::from_millis(5));
    }
    assert!(killed > 0, "nothing was there to be killed");
    run.wait_with_output().unwrap()
}

#[test]
fn a_reader_that_is_lost_once_costs_nothing() {
    let folder = folder("lost-once", 6);
    let printed = || fs::read_to_string(folder.with_extension("out")).unwrap();
    assert!(started(&folder).wait().unwrap().success());
    let whole = printed();
    let found = killed(started(&folder), false);
    assert_eq!(
        found.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&found.stderr)
    );
    assert!(whole.lines().count() == 6 && printed() == whole);
}

#[test]
fn a_reader_that_is_lost_each_time_is_told_and_ends_nothing() {
    let folder = folder("lost-always", 4);
    let found = killed(started(&folder), true);
    assert_eq!(found.status.code(), Some(2));
    let said = String::from_utf8_lossy(&found.stderr);
    for n in 0..4 {
        assert!(
            said.contains(&format!("{n}.txt` could not be read")),
            "{said}"
        );
    }
    assert!(said.contains("signal: 9"), "{said}");
}
