//! What it costs to ask what stands behind the entries that a question finds, as a ledger grows.
//!
//! `cargo test --release -p onrecord-ledger --test corroborated -- --ignored --nocapture`; with
//! `REPORTS=1000000` a ledger of that size too.
//!
//! Synthetic: a thousand days; some twelve entries a report; speakers and words by Zipf's law; one
//! report in four tells what another told within three days, half of them in the same words.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]
#![expect(
    clippy::disallowed_methods,
    reason = "the test measures the time and is told how far to go"
)]

mod numbers;
#[path = "suite/records.rs"]
#[allow(dead_code, reason = "the suite uses the rest")]
mod records;

use std::fmt::Write as _;
use std::time::Instant;

use numbers::Numbers;
use onrecord_ledger::{Entry, Filing, Ledger, Query};

const DAYS: u64 = 1000;
const LINES: u64 = 12;
const BATCH: u64 = 500;
/// Entries that a question finds.
const ASKED: usize = 500;

fn word(number: u64) -> String {
    let mut n = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let mut out = String::new();
    for _ in 0..4 + number % 6 {
        out.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
    }
    out
}

fn name(number: u64) -> String {
    let capital = |word: String| word[..1].to_uppercase() + &word[1..];
    let (given, surname) = (word(number + 90_000), word(number + 70_000));
    format!("{} {}", capital(given), capital(surname))
}

/// A line of a story, always the same for the same numbers.
fn line(out: &mut String, story: u64, place: u64) {
    let mut numbers = Numbers(story << 8 | place);
    let who = name(numbers.zipf(20_000.0));
    let words: Vec<String> = (0..6 + numbers.next() % 10)
        .map(|_| word(numbers.zipf(50_000.0)))
        .collect();
    let words = words.join(" ");
    let _ = if numbers.next().is_multiple_of(4) {
        let (whom, sum) = (name(numbers.zipf(20_000.0)), 1 + numbers.zipf(900.0));
        writeln!(out, "{who} will give {whom} ${sum} million for {words}")
    } else {
        writeln!(out, "{who} said: {words}")
    };
}

fn filing(number: u64, reports: u64, days: &[&'static str]) -> Filing {
    let mut numbers = Numbers(number);
    let day = number * DAYS / reports;
    let near = (3 * reports / DAYS).max(1);
    let mut text = String::new();
    let again = numbers.next().is_multiple_of(4) && number >= near;
    let story = if again {
        number - 1 - numbers.next() % near
    } else {
        number
    };
    let told = if again {
        2 + numbers.next() % (LINES - 2)
    } else {
        LINES
    };
    (0..told).for_each(|place| line(&mut text, story, place));
    (told..LINES).for_each(|place| line(&mut text, number, 100 + place));
    let outlet: &'static str = ["Bay Post", "Hill Echo", "North Wire"][(number % 3) as usize];
    records::story(&text, days[day as usize])
        .from(outlet, &format!("https://bay.example/{number}"))
        .filing()
}

fn days() -> Vec<&'static str> {
    let first = jiff::civil::date(2029, 1, 1);
    let day = |n: u64| {
        first
            .saturating_add(jiff::Span::new().days(n as i64))
            .to_string()
    };
    (0..DAYS).map(|n| &*day(n).leak()).collect()
}

fn filled(reports: u64, folder: &std::path::Path) -> Ledger {
    let at = folder.join("desk.ledger");
    let ledger = Ledger::open(at.to_str().unwrap()).unwrap();
    let days = days();
    for batch in 0..reports.div_ceil(BATCH) {
        let all = batch * BATCH..reports.min((batch + 1) * BATCH);
        let batch: Vec<Filing> = all.map(|n| filing(n, reports, &days)).collect();
        ledger.file(&batch).unwrap();
    }
    ledger
}

/// So many entries, as a page of `find` has them.
fn asked(ledger: &Ledger) -> Vec<Entry> {
    let query = Query {
        limit: ASKED,
        ..Query::default()
    };
    ledger.entries(&query).unwrap().entries
}

#[test]
#[ignore = "takes minutes; run it when what is asked of the index changes"]
fn it_costs_what_is_asked_for() {
    let large = std::env::var("REPORTS").ok().map(|n| n.parse().unwrap());
    let mut spent = Vec::new();
    for reports in [2_000, 20_000].into_iter().chain(large) {
        let folder = tempfile::tempdir().unwrap();
        let ledger = filled(reports, folder.path());
        let entries = asked(&ledger);
        let begin = Instant::now();
        let mut behind = ledger.behind().unwrap();
        let (mut several, mut copies) = (0, 0);
        for entry in &entries {
            let told = behind.told(entry).unwrap();
            several += usize::from(told.reports.len() > 1);
            copies += told.copies;
        }
        let own = begin.elapsed().as_secs_f64();
        spent.push(own);
        println!(
            "{reports} reports: {:.2} ms an entry of {}; {several} told by several, {copies} copies",
            own * 1000.0 / entries.len() as f64,
            entries.len(),
        );
        assert!(several > 0);
    }
    // Ten times the reports on as many days are ten times the neighbours of an entry.
    assert!(spent[1] < 5.0 * spent[0], "{spent:?}");
}
