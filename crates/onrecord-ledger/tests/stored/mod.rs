//! Every stored version ever shipped still opens: `formats/ledger/v*.ledger.zst`, with what it
//! holds as an export beside it.
//!
//! `UPDATE_LEDGERS=1` writes the one of the newest version anew; never an older one.

use std::fs;
use std::path::{Path, PathBuf};

use onrecord_ledger::{Ledger, Query, Where};

use crate::suite;

/// The version this program writes.
const NEWEST: &str = "v3";

#[test]
fn every_version_opens() {
    let formats = formats();
    if std::env::var_os("UPDATE_LEDGERS").is_some() {
        update(&formats);
    }
    let mut opened = 0;
    for entry in fs::read_dir(&formats).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if let Some(version) = name.strip_suffix(".ledger.zst") {
            check(&path, &formats.join(version));
            opened += 1;
        }
    }
    assert!(opened > 0);
}

fn check(packed: &Path, export: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.ledger");
    fs::write(
        &path,
        zstd::decode_all(&*fs::read(packed).unwrap()).unwrap(),
    )
    .unwrap();
    let ledger = Ledger::open(path.to_str().unwrap()).unwrap();
    ledger.check().unwrap();
    let out = folder.path().join("export");
    ledger.export(&out).unwrap();
    // Searches came with the second version, identifications with the third.
    for file in suite::carrying::FILES {
        let read = |folder: &Path| fs::read_to_string(folder.join(file));
        let (got, want) = (read(&out).unwrap(), read(export).unwrap_or_default());
        assert_eq!(got, want, "{}: {file}", packed.display());
    }
    let found = ledger
        .entries(&Query {
            about: Some("Bo Oko".into()),
            ..Query::default()
        })
        .unwrap();
    assert_eq!(found.entries.len(), 1);
    // In which country a place lies was not in the index at first. A report that is indexed anew brings it.
    let lies = Query {
        place: Some(Where::Country {
            name: "Nowhere".into(),
            code: "XXX".into(),
        }),
        ..Query::default()
    };
    assert!(ledger.count(&lies).unwrap() <= 1);
    let text = "Red Guild hit Bo Oko at @Oxmoor on 2031-02-27\n";
    let carried = suite::filing_of(text, "https://bay.example/9");
    ledger.file(&[carried]).unwrap();
    for _ in 0..2 {
        assert_eq!(ledger.count(&lies).unwrap(), 1);
        ledger.check().unwrap();
        ledger.rebuild().unwrap();
    }
}

fn update(formats: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.ledger");
    drop(suite::carrying::desk(path.to_str().unwrap()));
    let packed = zstd::encode_all(&*fs::read(&path).unwrap(), 19).unwrap();
    fs::write(formats.join(format!("{NEWEST}.ledger.zst")), packed).unwrap();
    let ledger = Ledger::open(path.to_str().unwrap()).unwrap();
    ledger.export(&formats.join(NEWEST)).unwrap();
}

fn formats() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../formats/ledger")
}
