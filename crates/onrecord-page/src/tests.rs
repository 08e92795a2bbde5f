//! The page of a hand-made record: whole, linked both ways, safe, the same each time.

use onrecord_model::{PartyRole, Record, TextRange};

use crate::line::Line;
use crate::marks::{self, Layer, Mark};
use crate::{notes, page, text, words};

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

/// The title and the first line of an entry's note, and its words, after something was done to
/// the record.
fn check_note(id: &str, change: impl Fn(&mut Record), want: [&str; 3]) {
    let mut record = record();
    change(&mut record);
    let said = |line: &Line| line.iter().map(|r| r.text.as_str()).collect::<String>();
    let mut all = notes::notes(&record).into_iter();
    let note = all.find(|n| n.id == id).unwrap();
    let first = note.lines.first().map(said).unwrap_or_default();
    assert_eq!([&*said(&note.title), &*first, &*note.words], want);
}

#[test]
fn a_commitment_shows_the_words_of_its_status_and_those_who_take_part() {
    let as_it_is = |_: &mut Record| {};
    check_note(
        "c1",
        as_it_is,
        [
            "deployment: not ruled out “could not rule out”",
            "by Norway to Estonia",
            "could not rule out … sending mine sweepers",
        ],
    );
    // Nobody's name, but the report's words.
    check_note(
        "c3",
        as_it_is,
        [
            "agreement: under discussion “had discussed”",
            "by the two sides",
            "had discussed … a joint command",
        ],
    );
    // As records had it before they kept the words.
    let older = |record: &mut Record| {
        for c in &mut record.commitments {
            c.cue = None;
            c.parties.clear();
        }
    };
    check_note(
        "c1",
        older,
        [
            "deployment: not ruled out",
            "by Norway to Estonia",
            "sending mine sweepers",
        ],
    );
}

#[test]
fn who_speaks_for_a_state_binds_it_and_people_of_a_state_are_not_it() {
    let brekke = |record: &mut Record| {
        let words = record.entities[0].mentions[0].span.clone();
        record.commitments[0].parties[0].span = words;
    };
    check_note(
        "c1",
        brekke,
        [
            "deployment: not ruled out “could not rule out”",
            "by Norway to Estonia",
            "could not rule out … sending mine sweepers",
        ],
    );
    let mut record = record();
    let mut party = record.commitments[0].parties[0].clone();
    party.role = PartyRole::Actor;
    party.span = record.entities[4].mentions[0].span.clone();
    let actors = vec![party.entity.unwrap()];
    record.events[1].parties = vec![party];
    record.events[1].actors = actors;
    let who = words::parties(&record, &record.events[1], PartyRole::Actor);
    assert_eq!(who, ["Divers"]);
}

/// The words of the marks that are an entry's own, and which of them ends with its number.
fn check_own(record: &Record, id: &str, want: &[(&str, &str, bool)]) {
    let mut own = marks::all(record);
    own.retain(|m| m.id == id && m.nth.is_some());
    own.sort_by_key(|m| m.nth);
    let words = |m: &Mark| record.report.text.slice(m.range).to_owned();
    let got: Vec<(String, &str, bool)> = own.iter().map(|m| (words(m), m.part, m.last)).collect();
    let want: Vec<(String, &str, bool)> = want
        .iter()
        .map(|(w, p, l)| ((*w).to_owned(), *p, *l))
        .collect();
    assert_eq!(got, want);
}

#[test]
fn a_commitment_leads_to_its_cue_and_its_object() {
    let mut other = record();
    check_own(
        &other,
        "c1",
        &[
            ("could not rule out", "cue", false),
            ("sending mine sweepers", "object", true),
        ],
    );
    // The cue comes first also where it stands last; the number stands where the words end.
    let first = &mut other.commitments[0];
    let cue = first.cue.replace(first.object.clone()).unwrap();
    first.object = cue;
    check_own(
        &other,
        "c1",
        &[
            ("sending mine sweepers", "cue", true),
            ("could not rule out", "object", false),
        ],
    );
    let html = page(&record()).unwrap();
    for wanted in [
        "class=\"commitment cue possible\" data-id=\"c1\" id=\"w-c1\">could not rule out<",
        "class=\"commitment object possible\" data-id=\"c1\" id=\"w-c1-2\">",
    ] {
        assert!(html.contains(wanted), "no {wanted}");
    }
    assert_eq!(html.matches("aria-label=\"entry c1\"").count(), 1);
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
