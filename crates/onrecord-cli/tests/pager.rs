//! What a terminal of some size gets: through a pager where it is longer, and else as it is.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test without a terminal may stop")]

use std::io::Read as _;

use pty_process::Size;
use pty_process::blocking::{Command, open};

const REPORT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../examples/harbour-loan.txt"
);

/// What a terminal of so many rows, and 60 columns, is sent.
fn sent(rows: u16, args: &[&str], environment: &[(&str, &str)]) -> String {
    let (mut terminal, end) = open().unwrap();
    terminal.resize(Size::new(rows, 60)).unwrap();
    let command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    let mut command = command.args(args).arg(REPORT).env("TERM", "xterm");
    for name in ["PAGER", "LESS", "NO_COLOR", "COLUMNS"] {
        command = command.env_remove(name);
    }
    for (name, value) in environment {
        command = command.env(name, value);
    }
    let mut child = command.spawn(end).unwrap();
    let mut all = Vec::new();
    let mut bytes = [0; 4096];
    // An error is the end: the other side is gone.
    while let Ok(n @ 1..) = terminal.read(&mut bytes) {
        all.extend(&bytes[..n]);
    }
    assert_eq!(child.wait().unwrap().code(), Some(0));
    String::from_utf8_lossy(&all).replace('\r', "")
}

#[test]
fn a_pager_gets_what_is_longer_than_the_screen() {
    let count = [("PAGER", "wc -l")];
    let counted = |said: &str| said.trim().parse::<usize>().is_ok();
    assert!(counted(&sent(10, &["quotes"], &count)));
    assert!(counted(&sent(10, &["read"], &count)));
    for (rows, args, environment) in [
        (400, &["quotes"][..], &count[..]),
        (10, &["quotes", "--no-pager"], &count),
        (10, &["quotes", "--csv"], &count),
        (10, &["quotes", "--json"], &count),
        (10, &["quotes"], &[("PAGER", "")]),
        (10, &["quotes"], &[("PAGER", "cat")]),
        (10, &["quotes"], &[("PAGER", "wc -l"), ("TERM", "dumb")]),
        // No shell takes the words apart; there is no program of that name.
        (10, &["quotes"], &[("PAGER", "true;wc -l")]),
        (10, &["quotes"], &[("PAGER", "no-such-pager")]),
    ] {
        let said = sent(rows, args, environment);
        assert!(said.contains("Noriega"), "{args:?} {environment:?}: {said}");
    }
    let plain = sent(400, &["quotes"], &[("NO_COLOR", "1")]);
    assert!(!plain.contains('\u{1b}'), "{plain}");
}

#[test]
fn a_table_is_as_wide_as_the_terminal() {
    let widest = |said: &str| said.lines().map(|l| l.chars().count()).max();
    let environment = [("NO_COLOR", "1"), ("COLUMNS", "150")];
    let wide = sent(400, &["quotes"], &environment);
    assert!(widest(&wide) > Some(110), "{wide}");
    let narrow = sent(400, &["quotes"], &environment[..1]);
    assert!(widest(&narrow) <= Some(60), "{narrow}");
}
