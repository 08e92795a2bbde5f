use jiff::civil::date;
use serde_json::json;

use super::*;

const TODAY: Date = date(2031, 3, 4);

fn row() -> serde_json::Value {
    json!({
        "handle": "3fa9c2d1:c1", "by": ["Latvia", "Riga"], "to": [], "kinds": ["aid"],
        "object": "=HYPERLINK(\"x\")", "promised": "48000000.5", "unit": "EUR", "status": "signed",
        "status_since_day": "2031-03-20", "overdue": true, "contradicted": false,
        "on_the_word_of": [], "denied_by": [], "independent_sources": 2,
        "first_link": "https://wire.example/a?b=1&c=2", "last_link": "/home/desk/b.txt",
        "confidence": 0.91234})
}

#[test]
fn a_cell_is_what_its_column_holds() {
    let cells = line(Table::Threads, &row()).unwrap();
    let names = heading(Table::Threads);
    let at = |name: &str| cells[names.iter().position(|n| n == name).unwrap()].clone();
    assert_eq!(at("by"), Cell::Text("Latvia; Riga".into()));
    assert_eq!(at("promised"), Cell::Number("48000000.5".into()));
    assert_eq!(at("status_since_day"), Cell::Day(date(2031, 3, 20)));
    assert_eq!(at("overdue"), Cell::Yes(true));
    assert_eq!(at("independent_sources"), Cell::Number("2".into()));
    assert_eq!(
        at("first_link"),
        Cell::Link("https://wire.example/a?b=1&c=2".into())
    );
    assert_eq!(at("confidence"), Cell::Number("0.91".into()));
    assert_eq!(at("left"), Cell::Empty);
}

#[test]
fn what_no_column_holds_is_an_error() {
    let mut stray = row();
    stray["lost"] = json!("words");
    assert!(
        line(Table::Threads, &stray)
            .unwrap_err()
            .to_string()
            .contains("lost")
    );
    let mut wrong = row();
    wrong["status_since_day"] = json!("soon");
    assert!(line(Table::Threads, &wrong).is_err());
}

/// The parts of a workbook, as text.
fn parts(lines: &[Vec<Cell>]) -> String {
    let book = workbook(Table::Threads, lines, &["overdue"], TODAY).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut out = String::new();
    for n in 0..zip.len() {
        std::io::Read::read_to_string(&mut zip.by_index(n).unwrap(), &mut out).unwrap();
    }
    out
}

#[test]
fn a_workbook_has_numbers_days_and_links_and_no_formula() {
    let cells = line(Table::Threads, &row()).unwrap();
    let text = parts(&[cells]);
    assert!(!text.contains("<f>"), "a formula");
    assert!(text.contains("=HYPERLINK(&quot;x&quot;)") || text.contains("=HYPERLINK(\"x\")"));
    assert!(text.contains("<v>48000000.5</v>") && text.contains("<v>47927</v>"));
    assert!(text.contains("state=\"frozen\""));
    assert!(text.contains("Target=\"https://wire.example/a?b=1&amp;c=2\""));
    assert!(!text.contains("Target=\"/home"), "a path is no link");
    assert!(text.contains("FFE2D9"), "an overdue row stands out");
}

#[test]
fn a_figure_that_a_spreadsheet_would_round_stays_text() {
    let mut row = row();
    row["promised"] = json!("12345678901234567.5");
    row["object"] = json!("x".repeat(40_000));
    let text = parts(&[line(Table::Threads, &row).unwrap()]);
    assert!(text.contains("12345678901234567.5"));
    assert!(text.contains(&"x".repeat(32_767)) && !text.contains(&"x".repeat(32_768)));
}

#[test]
fn the_same_rows_are_the_same_workbook() {
    let cells = || vec![line(Table::Threads, &row()).unwrap()];
    let book = || workbook(Table::Threads, &cells(), &[], TODAY).unwrap();
    assert_eq!(book(), book());
}
