//! The page of a hand-made record: whole, linked both ways, safe, the same each time.

use onrecord_model::{Record, TextRange};

use crate::marks::{self, Layer, Mark};
use crate::{page, text};

const JSON: &str = include_str!("../tests/fixtures/record.json");

fn record() -> Record {
    Record::from_json(JSON).unwrap()
}

fn entries(record: &Record) -> Vec<String> {
    let mut ids: Vec<String> = marks::all(record).into_iter().map(|m| m.id).collect();
    ids.retain(|id| id != "day");
    ids.sort();
    ids.dedup();
    ids
}

#[test]
fn every_entry_stands_on_the_page_and_leads_to_its_words_and_back() {
    let record = record();
    let html = page(&record).unwrap();
    let count = record.statements.len()
        + record.commitments.len()
        + record.events.len()
        + record.entities.len()
        + record.times.len()
        + record.places.len()
        + record.amounts.len();
    assert_eq!(entries(&record).len(), count);
    // Words that are both a name and a place lead to the name; the place stands beside it.
    let names: Vec<TextRange> = record
        .entities
        .iter()
        .flat_map(|e| e.mentions.iter().map(|m| m.span.range()))
        .collect();
    let shared: Vec<String> = (record.places.iter().enumerate())
        .filter(|(_, p)| names.contains(&p.span.range()))
        .map(|(i, _)| format!("p{}", i + 1))
        .collect();
    for id in entries(&record) {
        for wanted in [
            format!(" id=\"{id}\""),
            format!("href=\"#w-{id}\""),
            format!(" id=\"w-{id}\""),
            format!("data-id=\"{id}\""),
        ] {
            assert!(html.contains(&wanted), "no {wanted}");
        }
        let led = html.contains(&format!("href=\"#{id}\""));
        assert!(led || shared.contains(&id), "no way to {id}");
    }
}

#[test]
fn no_id_stands_twice() {
    let html = page(&record()).unwrap();
    let mut ids: Vec<&str> = html
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn what_the_report_says_is_never_markup() {
    // Six characters for six, so that every span still holds; ten for ten in a name.
    let hostile = JSON
        .replace("Brekke", "<i>\\\"&'")
        .replace("Kadri Saar", "</script>{");
    let mut record = Record::from_json(&hostile).unwrap();
    record.report.url = Some("javascript:alert(1)".to_owned());
    record.report.outlet = Some("\"><img src=x onerror=alert(1)>".to_owned());
    let html = page(&record).unwrap();
    assert!(!html.contains("<i>") && !html.contains("<img"));
    assert!(html.contains("&#60;i&#62;&#34;&#38;&#39;"));
    assert_eq!(html.matches("</script>").count(), 1);
    assert!(!html.contains("href=\"javascript:"));
}

#[test]
fn the_same_record_gives_the_same_page() {
    assert_eq!(page(&record()).unwrap(), page(&record()).unwrap());
}

#[test]
fn nothing_is_fetched() {
    let html = page(&record()).unwrap();
    for fetching in [
        "src=",
        "<link",
        "@import",
        "url(",
        "fetch(",
        "http-equiv=\"refresh",
    ] {
        assert!(!html.contains(fetching), "{fetching}");
    }
}

/// The text of each piece with the ids over it, for marks given as words.
fn check(marked: &[(&str, &str)], want: &[(&str, &str)]) {
    let record = record();
    let text = record.report.text.as_str();
    let mark = |(words, id): &(&str, &str)| {
        let at = text.find(words).unwrap();
        Mark {
            range: TextRange::of(at, at + words.len()),
            layer: Layer::Statement,
            id: (*id).to_owned(),
            part: "content",
            doubt: String::new(),
            nth: Some(1),
            last: true,
        }
    };
    let marks: Vec<Mark> = marked.iter().map(mark).collect();
    let mut got = Vec::new();
    let mut whole = String::new();
    for piece in text::blocks(&record.report, &marks)
        .into_iter()
        .flat_map(|b| b.pieces)
    {
        whole.push_str(&piece.text);
        let ids: Vec<&str> = piece.covers.iter().map(|c| c.id.as_str()).collect();
        if !ids.is_empty() {
            got.push((piece.text.clone(), ids.join(" ")));
        }
    }
    let want: Vec<(String, String)> = want
        .iter()
        .map(|(t, i)| ((*t).to_owned(), (*i).to_owned()))
        .collect();
    assert_eq!(got, want);
    let squeeze = |s: &str| s.split_whitespace().collect::<String>();
    assert_eq!(squeeze(&whole), squeeze(text), "no word is lost");
}

#[test]
fn spans_may_nest_and_overlap() {
    check(
        &[("We are not leaving", "s1"), ("are", "s2")],
        &[("We ", "s1"), ("are", "s1 s2"), (" not leaving", "s1")],
    );
    check(
        &[("We are not leaving", "s1"), ("leaving the Gulf", "s2")],
        &[
            ("We are not ", "s1"),
            ("leaving", "s1 s2"),
            (" the Gulf", "s2"),
        ],
    );
    check(
        &[("the Gulf", "s1"), ("the Gulf", "s2")],
        &[("the Gulf", "s1 s2")],
    );
}
