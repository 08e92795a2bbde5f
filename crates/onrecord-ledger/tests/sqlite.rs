//! The suite on SQLite.

mod suite;

use std::sync::atomic::{AtomicUsize, Ordering};

/// A path where there is nothing yet.
fn store() -> Option<String> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let folder = std::env::temp_dir().join(format!("onrecord-ledger-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let n = COUNT.fetch_add(1, Ordering::SeqCst);
    let path = folder.join(format!("{n}.ledger"));
    let _ = std::fs::remove_file(&path);
    Some(path.to_str().unwrap().to_owned())
}

ledger_suite!(crate::store);
