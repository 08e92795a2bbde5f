//! Reports that come in one by one, and a run that is told to end.

use std::io::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use onrecord_ledger::Ledger;

use crate::desk::{lines, onrecord};
use crate::wait_for_more;

fn begin(ledger: &Path) -> Child {
    let mut command = onrecord();
    command.args(["file", "-", "--ledger"]).arg(ledger);
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs")
}

fn size(ledger: &Path) -> u64 {
    let ledger = Ledger::open(ledger.to_str().expect("a path")).expect("a ledger");
    ledger.check().expect("it is sound");
    ledger.size().expect("a size").reports
}

/// Whether a signal is ignored here, and so by what is started here: `nohup`, a shell's background.
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let bits = status.lines().find_map(|l| l.strip_prefix("SigIgn:"));
    let bits = bits.and_then(|b| u64::from_str_radix(b.trim(), 16).ok());
    bits.is_some_and(|b| b & (1 << (signal - 1)) != 0)
}

#[test]
fn what_comes_slowly_is_kept_whatever_ends_the_run() {
    let room = tempfile::tempdir().expect("a folder");
    let lines = lines(4);
    for (name, number) in [("TERM", 15), ("INT", 2), ("HUP", 1), ("KILL", 9)] {
        if is_ignored(number) {
            continue;
        }
        let ledger = room.path().join(format!("{name}.db"));
        let mut child = begin(&ledger);
        let mut input = child.stdin.take().expect("a pipe");
        // The first is kept before a second comes.
        input.write_all(lines[0].as_bytes()).expect("written");
        assert_eq!(wait_for_more(&ledger, 0), 1);
        input.write_all(lines[1].as_bytes()).expect("written");
        assert_eq!(wait_for_more(&ledger, 1), 2);
        // One that is read and not yet filed, and one that has not ended.
        input.write_all(lines[2].as_bytes()).expect("written");
        input
            .write_all(&lines[3].as_bytes()[..40])
            .expect("written");
        sleep(Duration::from_millis(150));
        let pid = child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &pid])
            .status();
        assert!(sent.expect("kill runs").success());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.signal(), Some(number), "{name}");
        drop(input);
        let kept = size(&ledger);
        assert!((2..=3).contains(&kept), "{kept}");
        let said = String::from_utf8_lossy(&output.stderr);
        let told = format!("stopped by SIG{name}: {kept} reports of this run kept in the ledger");
        assert_eq!(said.contains(&told), name != "KILL", "{said}");
    }
}
