//! What a question finds, a page at a time.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use onrecord_columns::{Table, Writer, csv, heading, line};
use onrecord_ledger::{Between, Entry, EntryRow, Ledger, Part, Query};
use onrecord_page::{clean, words};
use serde::Serialize;

use super::{Frame, html, no_twin};
use crate::desk::Desk;
use crate::filters::{Filters, choices, resolved};
use crate::form::{Form, json};
use crate::problem::Problem;
use crate::shown::Shown;

/// Known besides the filters.
const BESIDE: [&str; 3] = ["sort", "after", "limit"];

#[derive(Template)]
#[template(path = "find.html")]
struct Page {
    frame: Frame,
    fields: Fields,
    entries: Vec<Shown>,
    count: u64,
    /// What else is said of the question.
    notes: Vec<String>,
    next: Option<String>,
    first: Option<String>,
    /// The question as it stands in an address.
    query: String,
    legend: &'static str,
}

/// The form's fields as they were filled in.
pub(crate) struct Fields {
    /// Fields of words, the common ones first.
    pub(crate) common: Vec<Field>,
    /// The others.
    pub(crate) more: Vec<Field>,
    /// Whether one of the others is filled in.
    pub(crate) open: bool,
    /// Orders: word, and whether it is chosen.
    pub(crate) orders: Vec<Choice>,
}

/// A field.
pub(crate) struct Field {
    /// Its name in the address.
    pub(crate) name: &'static str,
    /// What it is called.
    pub(crate) label: &'static str,
    /// What was written.
    pub(crate) value: String,
    /// What kind of a field it is, of HTML's.
    pub(crate) input: &'static str,
    /// What it can hold, where that is a list.
    pub(crate) choices: Vec<Choice>,
    /// What may be written, as an example.
    pub(crate) hint: &'static str,
}

/// One of a list.
pub(crate) struct Choice {
    /// As the address has it.
    pub(crate) value: String,
    /// As it is called.
    pub(crate) label: String,
    /// Whether it is chosen.
    pub(crate) chosen: bool,
}

/// The page, or its twin.
pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    uri: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, form) = Form::of(uri.path());
    let frame = Frame::of(&desk, "find");
    desk.look(move |ledger| {
        let filters = Filters::of(query.as_deref(), &BESIDE)?;
        let asked = resolved(ledger, filters.query()?)?;
        let (asked, notes) = meant(ledger, asked)?;
        match form {
            Form::Page => html(&headers, &shown(ledger, &filters, &asked, notes, frame)?),
            form => Ok(form.answer(&headers, twin(form, ledger, &asked, &notes)?)),
        }
    })
    .await
}

fn shown(
    ledger: &Ledger,
    filters: &Filters,
    asked: &Query,
    notes: Vec<String>,
    frame: Frame,
) -> Result<Page, Problem> {
    let page = ledger.entries(asked)?;
    let next = page
        .next
        .map(|end| format!("/find{}", filters.with(&[("after", &end)])));
    let first = asked
        .after
        .is_some()
        .then(|| format!("/find{}", filters.with(&[("after", "")])));
    Ok(Page {
        frame,
        fields: Fields::of(filters, &["newest", "oldest", "surest", "largest"]),
        entries: page.entries.iter().map(Shown::of).collect(),
        count: ledger.count(asked)?,
        notes,
        next,
        first,
        query: filters.with(&[]),
        legend: words::LEGEND,
    })
}

/// An entry with the handle that other addresses know it by.
#[derive(Serialize)]
struct Line<'e> {
    handle: String,
    #[serde(flatten)]
    entry: &'e Entry,
}

#[derive(Serialize)]
struct Found<'e> {
    entries: Vec<Line<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'e str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'e [String],
}

fn twin(form: Form, ledger: &Ledger, asked: &Query, notes: &[String]) -> Result<Vec<u8>, Problem> {
    let page = ledger.entries(asked)?;
    match form {
        Form::Json => {
            let line = |entry| Line {
                handle: Entry::handle(entry),
                entry,
            };
            let found = Found {
                entries: page.entries.iter().map(line).collect(),
                next: page.next.as_deref(),
                notes,
            };
            Ok(json(&found)?.into_bytes())
        }
        Form::Csv => sheet(Table::Entries, page.entries.iter().map(EntryRow::of)),
        Form::Parquet => {
            let mut writer = Writer::new(Vec::new(), Table::Entries)?;
            for entry in &page.entries {
                writer.write(&EntryRow::of(entry))?;
            }
            Ok(writer.finish()?)
        }
        Form::Page | Form::Xlsx => Err(no_twin()),
    }
}

/// Rows of a table as comma-separated values.
///
/// # Errors
/// When a row does not fit the table.
pub(super) fn sheet(
    table: Table,
    rows: impl Iterator<Item = impl Serialize>,
) -> Result<Vec<u8>, Problem> {
    let mut lines = vec![heading(table)];
    for row in rows {
        let cells = line(table, &row)?.into_iter();
        lines.push(cells.map(|c| c.map(clean).to_string()).collect());
    }
    Ok(csv(lines)?)
}

/// A question as it was asked, where there is an answer; where there is none, names that nobody bears
/// are taken for those they can mean, and it is said for whom.
pub(super) fn meant(ledger: &Ledger, query: Query) -> Result<(Query, Vec<String>), Problem> {
    let none = |q: &Query| -> Result<bool, Problem> {
        let one = Query {
            limit: 1,
            ..q.clone()
        };
        Ok(ledger.entries(&one)?.entries.is_empty())
    };
    if query.came != Between::default() || query.after.is_some() || !none(&query)? {
        return Ok((query, Vec::new()));
    }
    let mut notes = Vec::new();
    let mut out = query.clone();
    for part in Part::ALL {
        let Some(name) = query.name(part) else {
            continue;
        };
        let alone = Query {
            show: query.show,
            ..part.query(name)
        };
        if ledger.count(&alone)? > 0 {
            continue;
        }
        let found = ledger.meant(part, name)?;
        let listed = |all: &[onrecord_ledger::Near]| {
            let all: Vec<String> = all.iter().map(|n| clean(&n.name)).collect();
            words::listed(&all)
        };
        let called = clean(name);
        notes.push(match (found.taken.as_slice(), found.near.as_slice()) {
            ([], []) => format!("Nobody is called “{called}”, and no name is near."),
            ([], near) => format!("Nobody is called “{called}”; nearest: {}.", listed(near)),
            (taken, _) => {
                let names = taken.iter().map(|n| n.name.clone()).collect();
                out.taken.insert(part, names);
                format!("Nobody is called “{called}”; taken for {}.", listed(taken))
            }
        });
    }
    Ok((out, notes))
}

impl Fields {
    /// The form of some filters.
    pub(crate) fn of(filters: &Filters, orders: &[&str]) -> Self {
        let field = |(name, label, input, hint): (
            &'static str,
            &'static str,
            &'static str,
            &'static str,
        )| {
            let value = filters.get(name).map(clean).unwrap_or_default();
            let chosen: Vec<&str> = value.split(',').collect();
            let choice = |c: &'static str| Choice {
                value: c.to_owned(),
                label: c.replace('_', " ").to_lowercase(),
                chosen: chosen.contains(&c),
            };
            Field {
                choices: choices(name).into_iter().map(choice).collect(),
                name,
                label,
                input,
                hint,
                value,
            }
        };
        let order = |o: &&str| Choice {
            value: (*o).to_owned(),
            label: (*o).to_owned(),
            chosen: filters.get("sort").unwrap_or("newest") == *o,
        };
        let names: Vec<&str> = MORE.iter().map(|m| m.0).collect();
        Self {
            common: COMMON.map(field).into(),
            more: MORE.map(field).into(),
            open: !filters.lacks(&names),
            orders: orders.iter().map(order).collect(),
        }
    }
}

const COMMON: [(&str, &str, &str, &str); 6] = [
    ("words", "Words", "search", "strike* \"long range\""),
    ("by", "By whom", "text", "Noriega"),
    ("to", "To whom", "text", ""),
    ("kind", "Kind", "list", ""),
    ("status", "Status", "list", ""),
    ("outlet", "Carried by", "text", ""),
];

const MORE: [(&str, &str, &str, &str); 17] = [
    ("about", "About", "text", ""),
    (
        "on-word-of",
        "On the word of",
        "text",
        "a name, reporter or source",
    ),
    ("commitment-kind", "Kind of commitment", "list", ""),
    ("event-type", "Type of event", "list", ""),
    ("cue", "What a source does", "list", ""),
    ("from", "Published from", "date", ""),
    ("until", "Published until", "date", ""),
    ("when", "Its own time", "text", "2031-03-01..2031-03-31"),
    ("place", "Place", "text", ""),
    ("near", "Near", "text", "59.44,24.75"),
    ("within", "Within kilometres", "text", "50"),
    ("amount", "Amount", "text", "1000000.."),
    ("currency", "Currency or unit", "text", "EUR"),
    ("min-confidence", "Confidence at least", "text", "0.5"),
    ("in-text", "Words in the report", "text", ""),
    ("report", "Report", "text", "3fa9c2d1"),
    ("superseded", "Superseded too", "check", ""),
];
