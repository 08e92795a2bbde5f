//! What is kept beside a record to find its entries: a narrow row and a set of tokens each.
//!
//! Tokens do the finding, in the stores' full-text indexes: the entry's own words, and its
//! facets (`by=mark_carney`, `status=signed`, `t=2031_03`). Facets of ranges are coarse (a month,
//! a degree, an order of magnitude); the row then decides. Both stores get the same tokens.

use onrecord_model::Record;

use super::days::{self, Days};
use super::decimal;
use super::entry::{Entry, EntryKind, Who};
use super::fold;

/// Bits of a row's `basis`.
pub(crate) mod basis {
    pub(crate) const REPORTER: i64 = 1;
    pub(crate) const SOURCE: i64 = 2;
    pub(crate) const NONE: i64 = 4;
    pub(crate) const ANY: i64 = REPORTER | SOURCE | NONE;
}

/// Bits of a row's `hidden`.
pub(crate) mod hidden {
    pub(crate) const REJECTED: i64 = 1;
    pub(crate) const MERGED: i64 = 2;
    pub(crate) const SUPERSEDED: i64 = 4;
}

/// Confidence is kept in whole steps of this.
pub(crate) const CONFIDENCE: f32 = 10_000.0;

/// Months that are written out one by one; a longer time has a token for each year.
const MONTHS: i32 = 24;
/// Years that are written out; a longer time has a token of its own.
const YEARS: i32 = 40;

/// An entry as the stores find it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Row {
    pub(crate) kind: i64,
    pub(crate) confidence: i64,
    pub(crate) basis: i64,
    pub(crate) hidden: i64,
    pub(crate) days: Option<Days>,
    pub(crate) amounts: Vec<(String, String)>,
    pub(crate) places: Vec<(f64, f64)>,
    /// Each once, in order, with a space between.
    pub(crate) tokens: String,
}

/// Parts of an agency's name that it is found by.
const PARTS: usize = 30;

/// What facets begin with, before their `=`.
const FACETS: [&str; 14] = [
    "a",
    "about",
    "at",
    "by",
    "c",
    "commitment",
    "cue",
    "event",
    "in",
    "outlet",
    "status",
    "t",
    "to",
    "word",
];

/// Whether a beginning of words is also one of facets, so that the index finds too much.
pub(crate) fn is_beginning_of_facets(beginning: &str) -> bool {
    FACETS.iter().any(|facet| facet.starts_with(beginning))
}

/// The bit of a kind.
pub(crate) const fn bit(kind: EntryKind) -> i64 {
    match kind {
        EntryKind::Statement => 1,
        EntryKind::Event => 2,
        EntryKind::Commitment => 4,
    }
}

/// The row of an entry.
pub(crate) fn row(e: &Entry, hidden: i64) -> Row {
    let days = e.time.as_deref().and_then(days::covered);
    let reporter = if e.reporter { basis::REPORTER } else { 0 };
    let source = if e.word.is_empty() { 0 } else { basis::SOURCE };
    let sum = |s: &super::entry::Sum| Some((unit(&s.unit), decimal::order(&s.value)?));
    let mut places: Vec<(f64, f64)> = Vec::new();
    for spot in e.places.iter().filter_map(|p| p.position) {
        if !places.contains(&spot) {
            places.push(spot);
        }
    }
    let amounts: Vec<(String, String)> = e.amounts.iter().filter_map(sum).collect();
    let tokens = tokens(e, days, &amounts, &places);
    Row {
        kind: bit(e.at.kind),
        confidence: (e.confidence * CONFIDENCE).round() as i64,
        basis: match reporter | source {
            0 => basis::NONE,
            some => some,
        },
        hidden,
        days,
        amounts,
        places,
        tokens,
    }
}

fn tokens(
    e: &Entry,
    days: Option<Days>,
    amounts: &[(String, String)],
    places: &[(f64, f64)],
) -> String {
    let mut out = Vec::new();
    for span in &e.words {
        out.extend(fold::words(span.quote()));
    }
    names(&mut out, "by", &e.by);
    names(&mut out, "to", &e.to);
    names(&mut out, "about", &e.about);
    names(&mut out, "word", &e.word);
    out.push(what(e.at.kind, &e.what));
    out.extend(e.status.map(|s| facet("status", s.as_str())));
    out.extend(e.outlets.iter().map(|o| facet("outlet", o)));
    // Who is shown as the carrier where nobody else is named, by each part of the name.
    if let Some(agency) = e.agency.as_ref().filter(|_| e.outlets.is_empty()) {
        let words = fold::words(agency);
        let parts = (1..=words.len()).flat_map(|n| words.windows(n));
        out.extend(
            parts
                .take(PARTS)
                .map(|part| facet("outlet", &part.join(" "))),
        );
    }
    out.extend(e.places.iter().map(|p| facet("at", &p.name)));
    let countries = e.places.iter().filter_map(|p| p.country.as_ref());
    out.extend(countries.map(|c| facet("in", c)));
    out.extend(
        places
            .iter()
            .map(|(lat, lon)| cell(*lat as i32, *lon as i32)),
    );
    out.extend(
        amounts
            .iter()
            .filter_map(|(u, a)| Some(size(u, decimal::magnitude(a)?))),
    );
    if let Some((first, last)) = days {
        out.extend(covering(first, last));
    }
    once(out)
}

/// Each once, in order, with a space between.
fn once(mut tokens: Vec<String>) -> String {
    tokens.sort_unstable();
    tokens.dedup();
    tokens.join(" ")
}

fn names(out: &mut Vec<String>, role: &str, who: &[Who]) {
    for w in who {
        let all = [&w.name].into_iter().chain(&w.also).chain(&w.links);
        out.extend(all.map(|n| facet(role, n)).filter(|f| !f.ends_with('=')));
    }
}

/// `by=mark_carney`.
pub(crate) fn facet(role: &str, value: &str) -> String {
    format!("{role}={}", fold::name(value))
}

/// `event=agree`, `commitment=aid`, `cue=say`.
pub(crate) fn what(kind: EntryKind, word: &str) -> String {
    let role = match kind {
        EntryKind::Statement => "cue",
        EntryKind::Event => "event",
        EntryKind::Commitment => "commitment",
    };
    facet(role, word)
}

/// The degree a position lies in: `c=43_m79` (towards zero on both sides of it).
pub(crate) fn cell(lat: i32, lon: i32) -> String {
    let part = |n: i32| {
        if n < 0 {
            format!("m{}", -n)
        } else {
            n.to_string()
        }
    };
    format!("c={}_{}", part(lat), part(lon))
}

/// A unit as it is looked up.
pub(crate) fn unit(unit: &str) -> String {
    fold::name(unit)
}

/// The order of magnitude of an amount: `a=usd_10`.
pub(crate) fn size(unit: &str, magnitude: i64) -> String {
    let m = magnitude.clamp(0, 18);
    format!("a={unit}_{m}")
}

/// The tokens of a time, as the entry that has it writes them.
fn covering(first: i32, last: i32) -> Vec<String> {
    let (from, to) = (month(first), month(last));
    if to - from < MONTHS {
        return (from..=to).map(month_token).collect();
    }
    let (from, to) = (from / 12, to / 12);
    if to - from < YEARS {
        return (from..=to).map(|y| format!("t={y}")).collect();
    }
    vec!["t=long".to_owned()]
}

/// The tokens that a time touching these days may have; `None` when they are too many to ask
/// for and the rows alone decide.
pub(crate) fn touching(first: i32, last: i32) -> Option<Vec<String>> {
    let (from, to) = (month(first), month(last));
    if to - from > 12 * YEARS {
        return None;
    }
    let months = (from..=to).map(month_token);
    let years = (from / 12..=to / 12).map(|y| format!("t={y}"));
    Some(months.chain(years).chain(["t=long".to_owned()]).collect())
}

fn month_token(month: i32) -> String {
    format!("t={}_{:02}", month / 12, month % 12 + 1)
}

/// The months since year 0 of a day's number.
fn month(day: i32) -> i32 {
    let date = days::date(day);
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// The words of a whole report, each once.
pub(crate) fn text(record: &Record) -> String {
    once(fold::words(record.report.text.as_str()))
}
