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
