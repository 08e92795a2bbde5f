//! Any bytes are taken in without a panic; the segments tile the text; plain text read again
//! gives the same report.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_model::Envelope;

fuzz_target!(|bytes: &[u8]| {
    let envelope = Envelope::default();
    let intake = onrecord_intake::take_in(bytes, &envelope);
    assert!(intake.report.tiles(), "the segments do not tile the text");
    let plain = intake.report.text.as_str().as_bytes() == bytes;
    if plain && intake.problems.is_empty() {
        let (again, _) = onrecord_intake::read(intake.report.text.as_str().as_bytes(), &envelope);
        assert_eq!(again, intake.report, "reading twice is not reading once");
    }
});
