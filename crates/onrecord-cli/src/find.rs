//! `onrecord find`: entries of a ledger as a table, JSON Lines or CSV.
//!
//! Each row says where its words stand: report, place in it, who carried it and when.

use std::io::{self, IsTerminal as _, Write};

use jiff::civil::Date;
use onrecord::model::{Factuality, Span};
use onrecord_ledger::across::corroboration::Corroboration;
use onrecord_ledger::{Behind, Entry, EntryKind, Ledger, Query, Sum, Who};

use serde::Serialize;

use crate::args::{Color, FindArgs};
use crate::look::{Ink, Look, clean};
use crate::saved::Asked;
use crate::sheet::csv;
use crate::table::{Row, Table};
use crate::trouble::{Trouble, say};
use crate::{Outcome, corroborated, json, ledger, linked, near, print, tables, words};

/// Entries in a table when nobody says how many.
const SHOWN: usize = 50;
/// Entries that are asked for at a time.
const PAGE: usize = 500;

/// The columns of the CSV.
pub(crate) const COLUMNS: [&str; 40] = [
    "handle",
    "report",
    "location",
    "link",
    "outlets",
    "agency",
    "published",
    "headline",
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

/// What is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Table,
    Json,
    Csv,
}

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
    let limit = args.limit.map(|n| n as usize);
    let elsewhere = match &args.parquet {
        Some(path) => Some(tables::find(&ledger, asked.query.clone(), limit, path)?),
        None if args.json_ld => Some(linked::find(&ledger, asked.query.clone(), limit)?),
        None => None,
    };
    if let Some(outcome) = elsewhere {
        asked.written(&ledger, limit.is_none() && args.after.is_none())?;
        return Ok(outcome);
    }
    let form = match (args.json, args.csv, args.table) {
        (true, ..) => Form::Json,
        (_, true, _) => Form::Csv,
        (.., true) => Form::Table,
        _ if io::stdout().is_terminal() => Form::Table,
        _ => Form::Json,
    };
    let limit = limit.or((form == Form::Table && !args.saved.new).then_some(SHOWN));
    let look = Look::of(color, args.width);
    let mut printer = Printer {
        behind: args.corroborated.then(|| ledger.behind()).transpose()?,
        form,
        look,
        rows: Vec::new(),
        out: look.stdout(),
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

struct Printer<'l, W: Write> {
    /// Where to look for what else is told, if it is asked for.
    behind: Option<Behind<'l>>,
    form: Form,
    look: Look,
    /// Of a table, whose columns are as wide as all that stands in them.
    rows: Vec<Row>,
    out: W,
}

impl<W: Write> Printer<'_, W> {
    fn begin(&mut self) -> Result<(), Trouble> {
        if self.form == Form::Csv {
            let told: &[&str] = match self.behind {
                Some(_) => &corroborated::COLUMNS,
                None => &[],
            };
            let heading = COLUMNS.iter().chain(told);
            let heading = heading.map(|c| (*c).to_owned()).collect();
            self.out.write_all(&csv([heading])?)?;
        }
        Ok(())
    }

    fn print(&mut self, entries: Vec<Entry>) -> Result<(), Trouble> {
        match self.form {
            Form::Table => {
                for entry in entries {
                    let corroboration = self.corroboration(&entry)?;
                    self.rows.push(row(&entry, corroboration.as_ref()));
                }
            }
            Form::Csv => {
                for entry in &entries {
                    let told = self.corroboration(entry)?;
                    let told = told.iter().flat_map(corroborated::cells);
                    let cells = line(entry).into_iter().chain(told).collect();
                    self.out.write_all(&csv([cells])?)?;
                }
            }
            Form::Json => {
                for entry in entries {
                    let corroboration = self.corroboration(&entry)?;
                    let line = Line {
                        handle: entry.handle(),
                        entry,
                        corroboration,
                    };
                    self.out.write_all(json::line(&line)?.as_bytes())?;
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
            let table = Table {
                title: None,
                heads: ["id", "day", "how", "who", "what"],
                rows: self.rows,
            };
            let mut text = table.print(self.look);
            text.push('\n');
            let legend = self.look.ink(Ink::Faint, words::LEGEND);
            self.look.paragraph(&mut text, "", "", &legend);
            self.out.write_all(text.as_bytes())?;
        }
        Ok(self.out.flush()?)
    }
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
    let told = corroboration.map(|c| format!("\n{}", corroborated::told(c)));
    Row {
        id: e.handle(),
        who: format!("{} {}", side("", &e.by), side("→ ", &e.to))
            .trim()
            .to_owned(),
        role: String::new(),
        words: format!(
            "{kind}{}\n({}){}",
            quoted(&e.words),
            details.join("; "),
            told.unwrap_or_default()
        ),
        how: how(e),
        line: e
            .published
            .map_or_else(|| "undated".to_owned(), |d| d.to_string()),
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

pub(crate) fn line(e: &Entry) -> Vec<String> {
    let places = e.places.iter().map(|p| clean(&p.name)).collect::<Vec<_>>();
    let offsets = e.words.iter().map(|s| format!("{}-{}", s.start(), s.end()));
    let word = |w: &Option<String>| w.as_deref().map_or_else(String::new, clean);
    let sum = e.amounts.first();
    let (start, end, _) = e.rests_on();
    vec![
        e.handle(),
        e.at.report.clone(),
        location(e),
        e.link().map_or_else(String::new, clean),
        listed(&e.outlets),
        word(&e.agency),
        e.published
            .as_ref()
            .map_or_else(String::new, Date::to_string),
        word(&e.headline),
        kind(e.at.kind).to_owned(),
        e.id.clone(),
        clean(&e.what),
        e.status.map_or_else(String::new, |s| s.to_string()),
        e.cue
            .as_ref()
            .map_or_else(String::new, |c| clean(c.quote())),
        e.phase.map_or_else(String::new, |p| p.to_string()),
        words::firmness(e.factuality).to_owned(),
        e.factuality.certainty.to_string(),
        e.factuality.polarity.to_string(),
        names(&e.by).join("; "),
        names(&e.to).join("; "),
        names(&e.with).join("; "),
        names(&e.about).join("; "),
        on_the_word_of(e).join("; "),
        word(&e.time),
        word(&e.due),
        word(&e.since),
        word(&e.condition),
        word(&e.part_of),
        places.join("; "),
        sum.map_or_else(String::new, |s| clean(&s.value)),
        sum.map_or_else(String::new, |s| clean(&s.unit)),
        sum.and_then(|s| s.qualifier)
            .map_or_else(String::new, |q| q.to_string()),
        sum.and_then(|s| s.basis)
            .map_or_else(String::new, |b| b.to_string()),
        // Numbers for a spreadsheet have no commas in them.
        plain_amounts(&e.amounts),
        quoted(&e.words),
        start.to_string(),
        end.to_string(),
        offsets.collect::<Vec<_>>().join(" "),
        format!("{:.2}", e.confidence),
        e.superseded.to_string(),
        e.judgements.len().to_string(),
    ]
}

/// The contract's word for a kind of entry.
pub(crate) const fn kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Statement => "statement",
        EntryKind::Event => "event",
        EntryKind::Commitment => "commitment",
    }
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
