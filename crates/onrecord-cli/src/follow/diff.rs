//! `onrecord diff`: what changed between versions of a report.

use onrecord::model::Span;
use onrecord_ledger::across::versions::{Change as Of, Field};
use onrecord_ledger::{Change, Entry, short};

use serde_json::Value;

use super::report;
use crate::args::{Color, DiffArgs};
use crate::find::{amounts, names, on_the_word_of, quoted};
use crate::listing::{Form, Listing, value};
use crate::look::{Ink, Look, clean};
use crate::trouble::{Trouble, say};
use crate::{Outcome, ledger, words};

/// Prints what changed.
///
/// # Errors
/// When there is no ledger or no such report, or the output cannot be written.
pub(crate) fn diff(args: &DiffArgs, color: Color) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.ledger)?;
    let one = report(&ledger, &args.report)?;
    let changes = match &args.other {
        Some(other) => vec![ledger.changes(&one, &report(&ledger, other)?)?],
        None => ledger.history(&one)?,
    };
    if changes.is_empty() {
        say(&format_args!("`{}` has one version", args.report));
    }
    let listing = Listing::of(&args.list, color, Form::Json);
    let draw = |all: &[Change], look| all.iter().map(|c| page(c, look)).collect();
    listing.several(&args.list, &changes, &COLUMNS, lines, draw)?;
    let told = |c: &Change| {
        let facts = c.changes.text.replaced.iter().any(|r| r.fact.is_some());
        facts || c.changes.headline.is_some() || !c.changes.entries.is_empty()
    };
    Ok(if changes.iter().any(told) {
        Outcome::Found
    } else {
        Outcome::Nothing
    })
}

/// The columns of the CSV.
pub(crate) const COLUMNS: [&str; 6] = ["older", "newer", "change", "handle", "was", "now"];

/// A row for each thing that changed.
fn lines(change: &Change) -> Vec<[Value; 6]> {
    let row = |what: &str, handle: Option<String>, was: Option<String>, now: Option<String>| {
        [
            change.older.clone().into(),
            change.newer.clone().into(),
            what.into(),
            value(handle),
            value(was),
            value(now),
        ]
    };
    let quote = |s: &Option<Span>| s.as_ref().map(|s| s.quote().to_owned());
    let of = &change.changes;
    let headline = of.headline.iter();
    let headline =
        headline.map(|h| row("headline", None, Some(h.was.clone()), Some(h.now.clone())));
    let facts = of.text.replaced.iter().filter_map(|r| {
        let fact = r.fact?;
        Some(row(fact.as_str(), None, quote(&r.was), quote(&r.now)))
    });
    let entries = of.entries.iter().map(|entry| match entry {
        Of::Added { now } => row("new", Some(now.handle()), None, Some(told(now))),
        Of::Gone { was } => row("gone", Some(was.handle()), Some(told(was)), None),
        Of::Altered { was, now, .. } => row(
            "altered",
            Some(now.handle()),
            Some(told(was)),
            Some(told(now)),
        ),
    });
    headline.chain(facts).chain(entries).collect()
}

/// What changed from one version to the next.
fn page(change: &Change, look: Look) -> String {
    let mut out = String::new();
    let name = format!("{} → {}", short(&change.older), short(&change.newer));
    look.heading(&mut out, &name);
    if let Some(h) = &change.changes.headline {
        let line = |words: &str| {
            if words.is_empty() {
                "none".to_owned()
            } else {
                clean(words)
            }
        };
        let words = format!("headline: {} → {}", line(&h.was), line(&h.now));
        look.paragraph(&mut out, "  ", "    ", &words);
    }
    for replaced in &change.changes.text.replaced {
        if let Some(fact) = replaced.fact {
            let words = |s: &Option<Span>| {
                s.as_ref()
                    .map_or("nothing".to_owned(), |s| format!("“{}”", clean(s.quote())))
            };
            let (was, now) = (words(&replaced.was), words(&replaced.now));
            let words = format!("{}: {was} → {now}", fact.as_str());
            look.paragraph(&mut out, "  ", "    ", &words);
        }
    }
    for entry in &change.changes.entries {
        let (how, words) = match entry {
            Of::Added { now } => ("new", told(now)),
            Of::Gone { was } => ("gone", told(was)),
            Of::Altered { was, now, fields } => ("altered", altered(was, now, fields)),
        };
        let first = format!("  {} ", look.ink(Ink::Cue, how));
        look.paragraph(&mut out, &first, "    ", &words);
    }
    out
}

/// `c1 announced: up to $600 million`.
fn told(e: &Entry) -> String {
    let how = match e.status {
        Some(status) => status.as_str().replace('_', " "),
        None => e.what.to_lowercase(),
    };
    let by = match names(&e.by) {
        by if by.is_empty() => String::new(),
        by => format!(" by {}", words::listed(&by)),
    };
    format!("{} {how}{by}: {}", e.id, quoted(&e.words))
}

fn altered(was: &Entry, now: &Entry, fields: &[Field]) -> String {
    let places = |e: &Entry| -> Vec<String> { e.places.iter().map(|p| clean(&p.name)).collect() };
    let listed = |all: Vec<String>| words::listed(&all);
    let one = |field: &Field| {
        let value = |e: &Entry| match field {
            Field::What => clean(&e.what),
            Field::Status => e
                .status
                .map_or_else(String::new, |s| s.as_str().replace('_', " ")),
            Field::Factuality => words::firmness(e.factuality).to_owned(),
            Field::By => listed(names(&e.by)),
            Field::To => listed(names(&e.to)),
            Field::Word => listed(on_the_word_of(e)),
            Field::Time => e.time.as_deref().map(words::time).unwrap_or_default(),
            Field::Place => listed(places(e)),
            Field::Amount => amounts(&e.amounts),
            _ => String::new(),
        };
        let filled = |words: String| {
            if words.is_empty() {
                "none".to_owned()
            } else {
                words
            }
        };
        let (was, now) = (filled(value(was)), filled(value(now)));
        format!("{} {was} → {now}", field.as_str())
    };
    let told_by = |f: &&Field| **f != Field::Words;
    let fields: Vec<String> = fields.iter().filter(told_by).map(one).collect();
    match fields[..] {
        [] => format!(
            "{}: {} → {}",
            now.id,
            quoted(&was.words),
            quoted(&now.words)
        ),
        _ => format!("{}: {}", told(now), fields.join("; ")),
    }
}
