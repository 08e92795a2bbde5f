//! The laws of intake: segments tile, nothing panics, the text is the input.

use onrecord_intake::{read, take_in};
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
