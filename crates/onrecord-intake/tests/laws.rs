//! The laws of intake: segments tile, nothing panics, the text is the input.

use std::ops::ControlFlow;

use onrecord_intake::{ColumnMap, Input, Item, read, take_in, walk};
use onrecord_model::{Envelope, ProblemKind, SegmentLabel};
use proptest::prelude::*;

fn holds(bytes: &[u8]) {
    let (report, problems) = read(bytes, &Envelope::default());
    assert!(
        report.tiles(),
        "segments do not tile {:?}: {:?}",
        report.text,
        report.segments
    );
    let marked = |text: &str| text.trim_start().starts_with(['<', '{', '[', '\u{feff}']);
    if marked(&String::from_utf8_lossy(bytes)) || marked(report.text.as_str()) {
        // A format: its text is no file of that format again.
        return;
    }
    let again = read(report.text.as_str().as_bytes(), &Envelope::default()).0;
    if !report.text.as_str().is_empty() && !problems.iter().any(|p| p.kind == ProblemKind::Encoding)
    {
        assert_eq!(again, report, "reading its own text reads differently");
    }
    for span in report.headline.iter().chain(&report.subheads) {
        assert_eq!(report.text.slice(span.range()), span.quote());
    }
}

/// Lines of a report in any order, furniture and prose.
const LINES: &[&str] = &[
    "Board votes to shut the pier",
    "UPDATE 2-Board votes to shut the pier",
    "By Lena Marsh and Joe Tran",
    "By LENA MARSH, Example Press LIMA (AP) — The board voted.",
    "LIMA, June 2 (Reuters) - The board voted on Monday.",
    "‘WE STAY’",
    "“We will stay,” he said. (Reporting by Lena Marsh; Editing by Joe Tran)",
    "READ MORE: Board weighs a new pier The board met.",
    "($1 = 0.92 euros)",
    "(Adds quote)",
    "___",
    "Joe Tran contributed to this report.",
    "tagexample.com2031binary_LYNXAAAA1B02C-BASEIMAGE",
    "Published: June 2, 2031",
    "",
    "\u{301}é 🕊 ‘ “ (",
    "\t   indented _ ``quoted''",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        holds(&bytes);
    }

    #[test]
    fn any_text_is_kept(text in "\\PC{0,200}(\n\\PC{0,80}){0,6}") {
        holds(text.as_bytes());
        prop_assume!(!text.trim_start().starts_with(['<', '{', '[', '\u{feff}']));
        let (report, _) = read(text.as_bytes(), &Envelope::default());
        prop_assert_eq!(report.text.as_str(), text);
    }

    #[test]
    fn any_order_of_lines_tiles(picks in proptest::collection::vec((0..LINES.len(), 1usize..3), 0..14)) {
        let mut text = String::new();
        for (line, breaks) in picks {
            text.push_str(LINES[line]);
            text.push_str(&"\n".repeat(breaks));
        }
        holds(text.as_bytes());
        let crlf = text.replace('\n', "\r\n");
        let folded = read(crlf.as_bytes(), &Envelope::default()).0;
        prop_assert_eq!(folded, read(text.as_bytes(), &Envelope::default()).0);
    }
}

#[test]
fn a_very_long_line_is_kept_and_not_analysed() {
    let text = "The board met and met again ".repeat(80_000);
    let intake = take_in(text.as_bytes(), &Envelope::default());
    assert_eq!(intake.report.text.as_str().len(), text.len());
    assert!(intake.report.tiles());
    assert!(
        intake
            .problems
            .iter()
            .any(|p| p.kind == ProblemKind::TooLong)
    );
    let last = intake.report.segments.last().map(|s| s.label);
    assert_eq!(last, Some(SegmentLabel::Boilerplate));
}

/// The samples of the formats.
#[expect(clippy::disallowed_methods, reason = "the tests read samples")]
fn samples() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../formats");
    let files = std::fs::read_dir(folder).expect("the samples are there");
    let mut paths: Vec<_> = files.map(|f| f.expect("a sample").path()).collect();
    paths.sort();
    let files = paths.into_iter().filter(|p| p.is_file());
    files.map(|p| std::fs::read(p).expect("a sample")).collect()
}

/// Walks through bytes and counts the reports.
fn walked(bytes: Vec<u8>) -> usize {
    let mut reports = 0;
    let map = ColumnMap::default();
    let _ = walk("x", Input::bytes(bytes), &map, &mut |item| {
        if let Item::Member(member) = item {
            for intake in member.reports(&Envelope::default(), &map) {
                assert!(intake.report.tiles());
                reports += 1;
            }
        }
        ControlFlow::Continue(())
    });
    reports
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_sample_is_read_as_far_as_it_goes(
        which in 0_usize..100,
        cut in 0.2..1.0_f64,
        faults in proptest::collection::vec((0.0..1.0_f64, any::<u8>()), 0..6),
    ) {
        let samples = samples();
        let mut bytes = samples[which % samples.len()].clone();
        bytes.truncate((bytes.len() as f64 * cut) as usize);
        for (at, byte) in faults {
            let at = (bytes.len() as f64 * at) as usize;
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        walked(bytes);
    }
}

#[test]
fn one_broken_record_of_a_crawl_does_not_end_it() {
    let gzip = samples()
        .into_iter()
        .find(|s| s.starts_with(b"\x1f\x8b"))
        .unwrap();
    let whole = walked(gzip.clone());
    let starts: Vec<usize> = (0..gzip.len() - 3)
        .filter(|i| gzip[*i..].starts_with(b"\x1f\x8b\x08"))
        .collect();
    let mut lost = 0;
    for pair in starts.windows(2) {
        let mut broken = gzip.clone();
        let at = pair[0] + (pair[1] - pair[0]) / 2;
        broken[at..at + 16].fill(0xff);
        let left = walked(broken);
        assert!(left > 0, "a fault at byte {at} loses everything");
        lost += whole - left;
    }
    assert!(lost > 0);
}

#[test]
fn hostile_documents_give_problems() {
    let deep = "{\"a\":".repeat(10_000) + "1" + &"}".repeat(10_000);
    let nested = "<rss><channel>".to_owned() + &"<a>".repeat(10_000);
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"b\">]><rss>&a;</rss>";
    for hostile in [deep.as_str(), nested.as_str(), bomb] {
        let (report, problems) = read(hostile.as_bytes(), &Envelope::default());
        assert_eq!(report.text.as_str(), "");
        let told = [ProblemKind::Malformed, ProblemKind::NoText];
        assert!(
            problems.iter().any(|p| told.contains(&p.kind)),
            "{problems:?}"
        );
    }
}
