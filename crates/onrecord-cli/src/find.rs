//! `onrecord find`: entries of a ledger as a table, JSON Lines or CSV.
//!
//! Each row says where its words stand: report, place in it, who carried it and when.

use std::io;

use onrecord::model::{Factuality, Span};
use onrecord_ledger::across::corroboration::Corroboration;
use onrecord_ledger::{Behind, Entry, EntryKind, Ledger, Query, Sum, Who};
use serde_json::Value;

use serde::Serialize;

use crate::args::{Color, FindArgs};
use crate::listing::{Form, Listing, share, value};
use crate::look::{Ink, Look, clean};
use crate::saved::Asked;
use crate::table::{Row, Table};
use crate::trouble::{Trouble, say};
use crate::{Outcome, corroborated, json, ledger, linked, near, print, tables, words};

/// Entries in a table when nobody says how many.
const SHOWN: usize = 50;
/// Entries that are asked for at a time.
const PAGE: usize = 500;

/// The headings of the table.
pub(crate) const HEADS: [&str; 5] = ["id", "day", "how", "who", "what"];

/// The columns of the CSV.
pub(crate) const COLUMNS: [&str; 43] = [
    "handle",
    "report",
    "location",
    "link",
    "outlets",
    "agency",
    "published",
    "headline",
    "own_id",
    "authors",
    "language",
    "kind",
    "id",
    "what",
    "status",
    "cue",
    "phase",
    "firmness",
    "certainty",
    "polarity",
    "by",
    "to",
    "with",
    "about",
    "on_the_word_of",
    "time",
    "due",
    "since",
    "condition",
    "part_of",
    "place",
    "amount",
    "unit",
    "qualifier",
    "amount_basis",
    "amounts",
    "words",
    "start",
    "end",
    "offsets",
    "confidence",
    "superseded",
    "judged",
];

/// Finds entries and prints them.
///
/// # Errors
/// When there is no ledger, the question cannot be asked, or the output cannot be written.
pub(crate) fn run(args: &FindArgs, color: Color) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.sought.ledger)?;
    let mut asked = Asked::of(args, &ledger)?;
    asked.query = near::meant(&ledger, asked.query)?;
    if args.count {
        let count = ledger.count(&asked.query)?;
        print(&format!("{count}\n"))?;
        return Ok(if count == 0 {
            Outcome::Nothing
        } else {
            Outcome::Found
        });
    }
    let limit = args.list.limit.map(|n| n as usize);
    let elsewhere = match &args.parquet {
        Some(path) => Some(tables::find(&ledger, asked.query.clone(), limit, path)?),
        None if args.json_ld => Some(linked::find(&ledger, asked.query.clone(), limit)?),
        None => None,
    };
    if let Some(outcome) = elsewhere {
        asked.written(&ledger, limit.is_none() && args.after.is_none())?;
        return Ok(outcome);
    }
    let listing = Listing::of(&args.list, color, Form::Json);
    let few = listing.form == Form::Table && !args.saved.new;
    let limit = limit.or(few.then_some(SHOWN));
    let mut printer = Printer {
        behind: args.corroborated.then(|| ledger.behind()).transpose()?,
        listing,
        rows: Vec::new(),
    };
    printer.begin()?;
    let (found, more) = pages(&ledger, asked.query.clone(), limit, |entries| {
        printer.print(entries)
    })?;
    printer.end()?;
    let whole = more.is_none() && args.after.is_none();
    say_more(more);
    asked.written(&ledger, whole)?;
    Ok(if found {
        Outcome::Found
    } else {
        Outcome::Nothing
    })
}

/// Says how to go on where there is more.
pub(crate) fn say_more(more: Option<String>) {
    if let Some(end) = more {
        say(&format_args!("there are more: go on with `--after {end}`"));
    }
}

/// Hands on what a query asks for, a page at a time. Gives back whether there was anything, and
/// the end of the last page where there is more.
pub(crate) fn pages(
    ledger: &Ledger,
    mut query: Query,
    limit: Option<usize>,
    mut hand_on: impl FnMut(Vec<Entry>) -> Result<(), Trouble>,
) -> Result<(bool, Option<String>), Trouble> {
    let mut before = 0;
    loop {
        query.limit = limit.map_or(PAGE, |limit| PAGE.min(limit - before));
        let page = ledger.entries(&query)?;
        before += page.entries.len();
        hand_on(page.entries)?;
        if page.next.is_none() || limit == Some(before) {
            return Ok((before > 0, page.next));
        }
        query.after = page.next;
    }
}

/// A line of JSON.
#[derive(Serialize)]
struct Line {
    /// By what other commands know it: `3fa9c2d1:c1`.
    handle: String,
    #[serde(flatten)]
    entry: Entry,
    #[serde(skip_serializing_if = "Option::is_none")]
    corroboration: Option<Corroboration>,
}

/// An entry as JSON.
///
/// # Errors
/// When it cannot be written as JSON.
pub(crate) fn text(entry: Entry) -> io::Result<String> {
    json::text(&Line {
        handle: entry.handle(),
        entry,
        corroboration: None,
    })
}

struct Printer<'l> {
    /// Where to look for what else is told, if it is asked for.
    behind: Option<Behind<'l>>,
    listing: Listing,
    /// Of a table, whose columns are as wide as all that stands in them.
    rows: Vec<Row>,
}

impl Printer<'_> {
    fn columns(&self) -> Vec<&'static str> {
        let told: &[&str] = match self.behind {
            Some(_) => &corroborated::COLUMNS,
            None => &[],
        };
        COLUMNS.iter().chain(told).copied().collect()
    }

    fn begin(&mut self) -> Result<(), Trouble> {
        self.listing.heading(self.columns())
    }

    fn print(&mut self, entries: Vec<Entry>) -> Result<(), Trouble> {
        let columns = self.columns();
        for entry in entries {
            let corroboration = self.corroboration(&entry)?;
            match self.listing.form {
                Form::Table => self.rows.push(row(&entry, corroboration.as_ref())),
                Form::Csv => {
                    let told = corroboration.iter().flat_map(corroborated::cells);
                    let cells: Vec<Value> = line(&entry).into_iter().chain(told).collect();
                    self.listing.row(&columns, &cells)?;
                }
                Form::Json => {
                    let handle = entry.handle();
                    self.listing.json(&Line {
                        handle,
                        entry,
                        corroboration,
                    })?;
                }
            }
        }
        Ok(())
    }

    fn corroboration(&mut self, entry: &Entry) -> Result<Option<Corroboration>, Trouble> {
        let told = self.behind.as_mut().map(|b| b.told(entry));
        Ok(told.transpose()?)
    }

    fn end(mut self) -> Result<(), Trouble> {
        if !self.rows.is_empty() {
            let text = drawn(self.rows, self.listing.look);
            self.listing.text(&text)?;
        }
        self.listing.end()
    }
}

/// The table of entries, with what its words mean.
pub(crate) fn drawn(rows: Vec<Row>, look: Look) -> String {
    let mut text = Table {
        title: None,
        heads: HEADS,
        rows,
    }
    .print(look);
    text.push('\n');
    look.paragraph(&mut text, "", "", &look.ink(Ink::Faint, words::LEGEND));
    text
}

/// A row of the table: below the words where they stand, how firmly, on whose word, and what else
/// is told.
pub(crate) fn row(e: &Entry, corroboration: Option<&Corroboration>) -> Row {
    let side = |word: &str, who: &[Who]| match who {
        [] => String::new(),
        who => format!("{word}{}", words::listed(&names(who))),
    };
    let kind = match e.at.kind {
        EntryKind::Commitment => format!("{}: ", clean(&e.what)),
        EntryKind::Statement | EntryKind::Event => String::new(),
    };
    let (start, end, _) = e.rests_on();
    let place = format!("{} {start}–{end}", location(e));
    let firmly = e.factuality != Factuality::FACT && e.at.kind != EntryKind::Statement;
    let firmly = firmly.then(|| words::firmness(e.factuality).to_owned());
    let word = (e.at.kind != EntryKind::Statement).then(|| on_the_word_of(e));
    let word = word.filter(|w| !w.is_empty());
    let details = [
        Some(place),
        Some(carried_by(e)).filter(|o| !o.is_empty()),
        e.phase.map(|p| words::phase(p).to_owned()),
        e.time.as_ref().map(|t| words::time(t)),
        Some(amounts(&e.amounts)).filter(|a| !a.is_empty()),
        word.map(|w| format!("on the word of {}", words::listed(&w))),
        firmly,
        e.superseded.then(|| "superseded".to_owned()),
        e.added_by
            .as_ref()
            .map(|who| format!("added by {}", clean(who))),
    ];
    let details: Vec<String> = details.into_iter().flatten().collect();
    let told = corroboration.map(corroborated::told);
    Row {
        id: e.handle(),
        who: format!("{} {}", side("", &e.by), side("→ ", &e.to))
            .trim()
            .to_owned(),
        role: String::new(),
        words: format!("{kind}{}", quoted(&e.words)),
        how: how(e),
        line: e
            .published
            .map_or_else(|| "undated".to_owned(), |d| d.to_string()),
        details: [details.join("; ")].into_iter().chain(told).collect(),
    }
}

/// How far a commitment has come, the type of an event, and how the source puts what it says: the
/// words that say so stand beside it, and the kind of a cue may be of another tone than they are.
fn how(e: &Entry) -> String {
    match (e.at.kind, e.status) {
        (_, Some(status)) => status.as_str().replace('_', " "),
        (EntryKind::Statement, None) => words::firmness(e.factuality).to_owned(),
        (..) => clean(&e.what.to_lowercase()),
    }
}

/// A value for each of [`COLUMNS`].
pub(crate) fn line(e: &Entry) -> Vec<Value> {
    let places: Vec<String> = e.places.iter().map(|p| p.name.clone()).collect();
    let offsets = e.words.iter().map(|s| format!("{}-{}", s.start(), s.end()));
    let sum = e.amounts.first();
    let (start, end, _) = e.rests_on();
    vec![
        e.handle().into(),
        e.at.report.clone().into(),
        location(e).into(),
        value(e.link()),
        e.outlets.clone().into(),
        value(e.agency.as_ref()),
        value(e.published),
        value(e.headline.as_ref()),
        value(e.own.own_id.as_ref()),
        e.own.authors.clone().into(),
        value(Some(&e.own.language)),
        e.at.kind.as_str().into(),
        e.id.clone().into(),
        e.what.clone().into(),
        value(e.status),
        value(e.cue.as_ref().map(Span::quote)),
        value(e.phase),
        words::firmness(e.factuality).into(),
        e.factuality.certainty.to_string().into(),
        e.factuality.polarity.to_string().into(),
        names(&e.by).into(),
        names(&e.to).into(),
        names(&e.with).into(),
        names(&e.about).into(),
        on_the_word_of(e).into(),
        value(e.time.as_ref()),
        value(e.due.as_ref()),
        value(e.since.as_ref()),
        value(e.condition.as_ref()),
        value(e.part_of.as_ref()),
        places.into(),
        value(sum.map(|s| &s.value)),
        value(sum.map(|s| &s.unit)),
        value(sum.and_then(|s| s.qualifier)),
        value(sum.and_then(|s| s.basis)),
        // Numbers for a spreadsheet have no commas in them.
        value(Some(plain_amounts(&e.amounts))),
        quoted(&e.words).into(),
        start.into(),
        end.into(),
        offsets.collect::<Vec<_>>().into(),
        share(e.confidence),
        e.superseded.into(),
        e.judgements.len().into(),
    ]
}

/// Where the report was first found.
pub(crate) fn location(e: &Entry) -> String {
    let first = e
        .locations
        .first()
        .map_or(e.at.report.as_str(), String::as_str);
    clean(ledger::nearby(first))
}

/// Who carried the report; its agency where nobody else is named.
pub(crate) fn carried_by(e: &Entry) -> String {
    match &e.agency {
        Some(agency) if e.outlets.is_empty() => clean(agency),
        _ => listed(&e.outlets),
    }
}

fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|n| clean(n)).collect();
    names.join("; ")
}

pub(crate) fn names(who: &[Who]) -> Vec<String> {
    who.iter().map(|w| clean(&w.name)).collect()
}

pub(crate) fn on_the_word_of(e: &Entry) -> Vec<String> {
    let reporter = e.reporter.then(|| "the reporter".to_owned());
    reporter.into_iter().chain(names(&e.word)).collect()
}

/// `EUR 90,000,000; USD 98,684,210.53`; of things, `40 engineers`.
pub(crate) fn amounts(sums: &[Sum]) -> String {
    listed_amounts(sums, words::grouped)
}

/// As data: `EUR 90000000`.
pub(crate) fn plain_amounts(sums: &[Sum]) -> String {
    listed_amounts(sums, clean)
}

fn listed_amounts(sums: &[Sum], value: fn(&str) -> String) -> String {
    let currency = |unit: &str| unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase());
    let one = |s: &Sum| {
        if currency(&s.unit) {
            format!("{} {}", s.unit, value(&s.value))
        } else {
            format!("{} {}", value(&s.value), clean(&s.unit))
        }
    };
    sums.iter().map(one).collect::<Vec<_>>().join("; ")
}

pub(crate) fn quoted(words: &[Span]) -> String {
    clean(&onrecord_ledger::quoted(words))
}
