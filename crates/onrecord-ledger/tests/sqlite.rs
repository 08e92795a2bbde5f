//! The suite on SQLite.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]
#![expect(
    clippy::disallowed_methods,
    reason = "the tests read what was exported"
)]

mod stored;
mod suite;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A path where there is nothing yet.
#[expect(clippy::unnecessary_wraps, reason = "the other store may be missing")]
fn store() -> Option<String> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let n = COUNT.fetch_add(1, Ordering::SeqCst);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("ledgers")
        .join(n.to_string());
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    Some(folder.join("desk.ledger").to_str().unwrap().to_owned())
}

ledger_suite!(crate::store);

/// A ledger of so many reports in a file, and what is in it.
fn filed(reports: usize) -> (String, usize) {
    let at = store().unwrap();
    let ledger = onrecord_ledger::Ledger::open(&at).unwrap();
    let filings: Vec<_> = (0..reports)
        .map(|n| {
            let line = |i: usize| {
                format!(
                    "Ada Oko said: {n} came at {i} with {}\n",
                    n * 7919 + i * 104_729
                )
            };
            let text: String = (0..40).map(line).collect();
            suite::filing_of(&text, &format!("https://bay.example/{n}"))
        })
        .collect();
    ledger.file(&filings).unwrap();
    drop(ledger);
    let size = std::fs::metadata(&at).unwrap().len() as usize;
    (at, size)
}

#[test]
fn of_a_damaged_file_all_else_is_saved() {
    const PAGE: usize = 4096;
    let (whole, size) = filed(150);
    let pages = size / PAGE;
    assert!(pages > 60, "{pages}");
    let (mut least, mut unread) = (u64::MAX, 0);
    for page in (1..pages).step_by(pages / 24) {
        let at = store().unwrap();
        let mut bytes = std::fs::read(&whole).unwrap();
        bytes[page * PAGE..(page + 1) * PAGE].fill(0xa5);
        std::fs::write(&at, &bytes).unwrap();
        let sound =
            onrecord_ledger::Ledger::open(&at).and_then(|l| l.rebuild().and_then(|()| l.check()));
        if sound.is_ok() {
            continue;
        }
        let Ok(saved) = onrecord_ledger::Ledger::salvage(&at) else {
            // The list of tables was on it: the file is as it was.
            assert_eq!(std::fs::read(&at).unwrap().len(), size);
            unread += 1;
            continue;
        };
        assert_eq!(std::fs::read(&saved.damaged).unwrap().len(), size);
        let ledger = onrecord_ledger::Ledger::open(&at).unwrap();
        ledger.check().unwrap();
        assert_eq!(ledger.size().unwrap().reports, saved.reports);
        least = least.min(saved.reports);
    }
    // A page of the tree of reports may hold what leads to many of them.
    assert!(least >= 100 && unread <= 2, "{least}, {unread}");
}

#[test]
fn what_is_no_ledger_is_left_as_it_is() {
    let at = store().unwrap();
    std::fs::write(&at, "It rained.\n".repeat(1000)).unwrap();
    assert!(onrecord_ledger::Ledger::salvage(&at).is_err());
    assert!(
        std::fs::read_to_string(&at)
            .unwrap()
            .starts_with("It rained.")
    );
    for name in ["file:desk.db", ":memory:", ""] {
        assert!(onrecord_ledger::Ledger::open(name).is_err(), "{name}");
    }
}
