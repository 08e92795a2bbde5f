//! Any input is walked through without a panic, and the segments of every report in it tile its
//! text. Seeds: `formats/`.
#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use onrecord_intake::{ColumnMap, Input, Item, walk};
use onrecord_model::Envelope;

fuzz_target!(|bytes: &[u8]| {
    let map = ColumnMap::default();
    let _ = walk("fuzz", Input::bytes(bytes.to_vec()), &map, &mut |item| {
        if let Item::Member(member) = item {
            for intake in member.reports(&Envelope::default(), &map) {
                assert!(intake.report.tiles(), "the segments do not tile the text");
            }
        }
        ControlFlow::Continue(())
    });
});
