//! The page of a hand-made record, at two widths and with colours.

use onrecord::Reading;
use onrecord::model::{Document, Problem, ProblemKind, Record};

use crate::look::Look;
use crate::{page, show};

const PLAIN: Look = Look {
    width: 80,
    colour: false,
};

fn record() -> Record {
    Record::from_json(include_str!(
        "../../../onrecord-page/tests/fixtures/record.json"
    ))
    .expect("a record")
}

#[test]
fn a_page_at_80_columns() {
    let mut record = record();
    let span = Some(record.times[0].span.clone());
    record.problems = vec![
        Problem::new(ProblemKind::PublishedUnknown, "the year is inferred"),
        Problem::at(
            ProblemKind::PublishedContradiction,
            "another clue disagrees",
            span,
        ),
    ];
    insta::assert_snapshot!(page::print(&record, None, PLAIN));
}

#[test]
fn a_page_at_40_columns_with_its_name() {
    let look = Look { width: 40, ..PLAIN };
    let page = page::print(&record(), Some("tallinn.txt"), look);
    assert!(page.lines().all(|l| textwrap::core::display_width(l) <= 40));
    insta::assert_snapshot!(page);
}

#[test]
fn colours_change_no_word() {
    let coloured = page::print(
        &record(),
        None,
        Look {
            colour: true,
            ..PLAIN
        },
    );
    let plain = page::print(&record(), None, PLAIN);
    assert_ne!(coloured, plain);
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn every_entry_can_be_shown() {
    let record = record();
    // Without sentences the lines of the text stand in for them.
    let document = Document::new(record.report.text.clone(), Vec::new(), Vec::new());
    let reading = Reading { record, document };
    let ids: Vec<String> = ["s1", "s2", "c1", "c2", "v2", "e1"]
        .map(str::to_owned)
        .into();
    let shown = show::print(&reading, &ids, "tallinn.txt", PLAIN).expect("all are there");
    insta::assert_snapshot!(shown);
    let none = show::print(&reading, &["s99".to_owned()], "tallinn.txt", PLAIN);
    assert_eq!(
        none.err().map(|e| e.to_string()).as_deref(),
        Some(
            "no entry `s99` in `tallinn.txt`; it has `s1` to `s7`, `c1` to `c3`, `v1` to `v3`, \
             `e1` to `e7`"
        )
    );
}
