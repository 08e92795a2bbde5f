//! Any bytes give a record: no panic, spans that quote the text, the same record every time.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use onrecord::{Envelope, Reader};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the shipped models fit the code"));

fuzz_target!(|bytes: &[u8]| {
    let record = READER.read(bytes, &Envelope::default());
    let json = serde_json::to_string(&record).expect("a record is always JSON");
    let again = READER.read(bytes, &Envelope::default());
    assert_eq!(json, serde_json::to_string(&again).expect("a record is always JSON"));
});
