//! `onrecord thread`: one commitment through its steps.

use jiff::civil::Date;
use onrecord::model::{CommitmentStatus, Factuality, Span};
use onrecord_ledger::across::bonds::Bond;
use onrecord_ledger::across::threads::{Step, Telling, Thread};
use onrecord_ledger::{EntryKind, Followed, short};
use serde::Serialize;
use serde_json::Value;

use super::warn;
use crate::args::{Color, ThreadArgs};
use crate::corroborated::{COLUMNS, cells};
use crate::find::{HEADS, amounts, plain_amounts};
use crate::listing::{Form, Listing, say_beyond, value};
use crate::look::clean;
use crate::table::{Row, Table};
use crate::trouble::{Trouble, say};
use crate::{Outcome, corroborated, ledger, words};

/// Prints a thread.
///
/// # Errors
/// When there is no ledger or no such entry, or the output cannot be written.
pub(crate) fn thread(args: &ThreadArgs, color: Color) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.ledger)?;
    let entry = ledger.entry(&args.entry)?;
    let Some(followed) = ledger.thread(&entry)? else {
        let why = match entry.at.kind {
            EntryKind::Commitment if entry.by.is_empty() && entry.to.is_empty() => {
                "is a commitment of no known party, so that no report can be joined to it"
            }
            EntryKind::Commitment => "is a commitment that no thread holds",
            EntryKind::Statement | EntryKind::Event => "is no commitment and denies none",
        };
        say(&format_args!("`{}` {why}", args.entry));
        return Ok(Outcome::Nothing);
    };
    warn(followed.cut);
    print(args, color, &followed)?;
    Ok(Outcome::Found)
}

/// Prints its steps; as JSON the thread in one piece, with as many of them.
fn print(args: &ThreadArgs, color: Color, followed: &Followed) -> Result<(), Trouble> {
    let steps = &followed.thread.steps;
    let (shown, beyond) = steps.split_at(steps.len().min(args.list.most()));
    let mut listing = Listing::of(&args.list, color, Form::Json);
    match listing.form {
        Form::Json => listing.json(&Line::of(followed, shown))?,
        Form::Csv => {
            let columns: Vec<&str> = HEADING.into_iter().chain(COLUMNS).collect();
            listing.heading(columns.iter().copied())?;
            for line in shown.iter().flat_map(lines) {
                listing.row(&columns, &line)?;
            }
        }
        Form::Table => {
            let title = title(&followed.thread);
            let table = Table {
                title: Some(&title),
                heads: HEADS,
                rows: shown.iter().flat_map(rows).collect(),
            };
            let mut text = table.print(listing.look);
            for bond in bonds(&followed.thread) {
                let told = super::join::told(bond);
                listing.look.paragraph(&mut text, "", "  ", &told);
            }
            listing.text(&text)?;
        }
    }
    listing.end()?;
    say_beyond(beyond.len());
    Ok(())
}

/// What people say of a thread; what joins two is kept with both, and told once.
fn bonds(thread: &Thread) -> impl Iterator<Item = &Bond> {
    let all = &thread.said;
    all.iter().enumerate().filter_map(|(i, bond)| {
        let turned = |b: &Bond| b.same && b.other.as_ref() == Some(&bond.of);
        let told = |b: &Bond| turned(b) && bond.other.as_ref() == Some(&b.of);
        let again = bond.same && all[..i].iter().any(|b| told(b) && b.author == bond.author);
        (!again).then_some(bond)
    })
}

/// A line of JSON: the thread, and in each telling by what its entries can be asked for.
#[derive(Serialize)]
struct Line<'a> {
    kinds: &'a [String],
    by: &'a [String],
    to: &'a [String],
    steps: Vec<StepLine<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    said: &'a [Bond],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
}

#[derive(Serialize)]
struct StepLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<Date>,
    status: CommitmentStatus,
    factuality: Factuality,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    denial: bool,
    by: &'a [String],
    to: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<&'a str>,
    tellings: Vec<TellingLine<'a>>,
}

#[derive(Serialize)]
struct TellingLine<'a> {
    handles: Vec<String>,
    #[serde(flatten)]
    telling: &'a Telling,
}

impl<'a> Line<'a> {
    fn of(followed: &'a Followed, steps: &'a [Step]) -> Self {
        let Thread {
            kinds,
            by,
            to,
            said,
            ..
        } = &followed.thread;
        Self {
            kinds,
            by,
            to,
            steps: steps.iter().map(StepLine::of).collect(),
            said,
            cut: followed.cut,
        }
    }
}

/// A thread as JSON.
///
/// # Errors
/// When it cannot be written as JSON.
pub(crate) fn json(followed: &Followed) -> std::io::Result<String> {
    crate::json::text(&Line::of(followed, &followed.thread.steps))
}

impl<'a> StepLine<'a> {
    fn of(step: &'a Step) -> Self {
        let Step {
            day,
            status,
            factuality,
            denial,
            by,
            to,
            time,
            tellings,
        } = step;
        let telling = |telling: &'a Telling| TellingLine {
            handles: handles(telling).collect(),
            telling,
        };
        Self {
            day: *day,
            status: *status,
            factuality: *factuality,
            denial: *denial,
            by,
            to,
            time: time.as_deref(),
            tellings: tellings.iter().map(telling).collect(),
        }
    }
}

/// The columns of the CSV, before those of what stands behind a step.
pub(crate) const HEADING: [&str; 12] = [
    "handle",
    "day",
    "status",
    "cue",
    "firmness",
    "denial",
    "superseded",
    "by",
    "to",
    "amounts",
    "time",
    "words",
];

fn lines(step: &Step) -> Vec<Vec<Value>> {
    let line = |t: &Telling| {
        let own = [
            handle(t).into(),
            value(step.day),
            step.status.to_string().into(),
            value(t.cue.as_ref().map(onrecord::model::Span::quote)),
            words::firmness(step.factuality).into(),
            step.denial.into(),
            t.superseded.into(),
            step.by.clone().into(),
            step.to.clone().into(),
            value(Some(plain_amounts(&t.amounts))),
            value(step.time.as_ref()),
            quote(t).into(),
        ];
        own.into_iter().chain(cells(&t.corroboration)).collect()
    };
    step.tellings.iter().map(line).collect()
}

/// What is promised, in the words of the first entry.
fn quote(telling: &Telling) -> String {
    let own = telling.own_words.as_ref().map(Span::quote);
    let read = telling.entries.first().map(|e| e.anchor.quote.as_str());
    own.or(read).map(clean).unwrap_or_default()
}

/// By what the first entry can be asked for.
fn handle(telling: &Telling) -> String {
    handles(telling).next().unwrap_or_default()
}

fn handles(telling: &Telling) -> impl Iterator<Item = String> {
    let both = telling.entries.iter().zip(&telling.ids);
    both.map(|(e, id)| format!("{}:{id}", short(&e.report)))
}

/// `aid: Latvia → Moldova`.
fn title(thread: &Thread) -> String {
    let kinds = thread.kinds.join(", ");
    format!("{kinds}: {}", sides(&thread.by, &thread.to))
}

fn sides(by: &[String], to: &[String]) -> String {
    let named = |all: &[String]| {
        let all: Vec<String> = all.iter().map(|n| clean(n)).collect();
        words::listed(&all)
    };
    match (by, to) {
        (by, []) => named(by),
        ([], to) => format!("→ {}", named(to)),
        (by, to) => format!("{} → {}", named(by), named(to)),
    }
}

fn rows(step: &Step) -> Vec<Row> {
    step.tellings.iter().map(|t| row(step, t)).collect()
}

fn row(step: &Step, telling: &Telling) -> Row {
    let quote = quote(telling);
    let cue = telling.cue.as_ref();
    let cue = cue.map_or_else(String::new, |c| format!("“{}”: ", clean(c.quote())));
    let told = [
        Some(amounts(&telling.amounts)).filter(|a| !a.is_empty()),
        (step.factuality != Factuality::FACT).then(|| words::firmness(step.factuality).into()),
        step.time.as_ref().map(|t| words::time(t)),
        step.denial.then(|| "a denial".to_owned()),
        telling.superseded.then(|| "superseded".to_owned()),
        Some(corroborated::told(&telling.corroboration)),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    Row {
        id: handle(telling),
        who: sides(&step.by, &step.to),
        role: String::new(),
        words: format!("{cue}{quote}"),
        how: step.status.as_str().replace('_', " "),
        line: super::day(step.day),
        details: vec![told.join("; ")],
    }
}
