//! The sample reports in `examples/` still give the records that stand beside them.
//!
//! `UPDATE_EXAMPLES=1 cargo test -p onrecord --test examples` rewrites them; read the diff.

#![allow(
    clippy::disallowed_methods,
    reason = "a test reads files and its settings"
)]

use std::path::Path;

use onrecord::{Envelope, Reader, Record};

#[test]
fn sample_reports_give_their_records() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let reader = Reader::new().unwrap();
    for name in ["clinic-strike", "harbour-loan", "river-treaty"] {
        let story = std::fs::read(folder.join(name).with_extension("txt")).unwrap();
        let record = reader.read(&story, &Envelope::default());
        let path = folder.join(name).with_extension("json");
        if std::env::var("UPDATE_EXAMPLES").is_ok() {
            let json = serde_json::to_string(&record).unwrap();
            std::fs::write(&path, json + "\n").unwrap();
        }
        let mut kept = Record::from_json(&std::fs::read_to_string(&path).unwrap()).unwrap();
        kept.reader = record.reader.clone();
        let (new, old) = (
            serde_json::to_value(&record).unwrap(),
            serde_json::to_value(&kept).unwrap(),
        );
        assert_eq!(new, old, "{name}");
    }
}
