//! `onrecord who`: somebody through all that is told of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use onrecord_ledger::across::identity::{Identity, Join, Office};
use onrecord_ledger::{Entry, Person, short};
use serde::Serialize;
use serde_json::Value;

use super::{Handled, warn};
use crate::args::{Color, WhoArgs};
use crate::listing::{Form, Listing, value};
use crate::look::{Ink, Look, clean};
use crate::table::Table;
use crate::trouble::Trouble;
use crate::{Outcome, find, ledger, near, words};

/// Prints those who bear a name.
///
/// # Errors
/// When there is no ledger, the name holds no letter, or the output cannot be written.
pub(crate) fn who(args: &WhoArgs, color: Color) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.ledger)?;
    let mut found = ledger.who(&args.name)?;
    if found.people.is_empty()
        && let Some(name) = near::somebody(&ledger, &args.name)?
    {
        found = ledger.who(&name)?;
    }
    warn(found.cut);
    let lines: Vec<Line<'_>> = found.people.iter().map(Line::of).collect();
    let listing = Listing::of(&args.list, color, Form::Json);
    listing.all(&args.list, &lines, &COLUMNS, line, |people, look| {
        let pages = people
            .iter()
            .map(|p| page(p.person, args.entries as usize, look));
        pages.collect::<Vec<_>>().join("\n")
    })?;
    Ok(if found.people.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

/// The columns of the CSV.
pub(crate) const COLUMNS: [&str; 11] = [
    "name",
    "entity_kind",
    "also",
    "roles",
    "country",
    "links",
    "identity",
    "reports",
    "first_published",
    "last_published",
    "entries",
];

fn line(line: &Line<'_>) -> Vec<Value> {
    let Person {
        identity,
        days,
        entries,
        ..
    } = line.person;
    let offices: Vec<String> = identity.offices.iter().map(office).collect();
    let first = identity.appearances.first();
    let first = first.map(|a| format!("{}:{}", short(&a.report), a.name));
    vec![
        identity.name.clone().into(),
        identity.kind.as_str().into(),
        identity.also.clone().into(),
        offices.into(),
        value(identity.country.as_ref()),
        identity.links.clone().into(),
        value(first),
        identity.appearances.len().into(),
        value(days.map(|(first, _)| first)),
        value(days.map(|(_, last)| last)),
        entries.len().into(),
    ]
}

/// A line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip)]
    person: &'a Person,
    #[serde(flatten)]
    identity: &'a Identity,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<(Date, Date)>,
    says: &'a BTreeMap<String, usize>,
    does: &'a BTreeMap<String, usize>,
    commits: &'a BTreeMap<String, usize>,
    entries: Vec<Handled<'a, Entry>>,
}

impl<'a> Line<'a> {
    fn of(person: &'a Person) -> Self {
        let handled = |of: &'a Entry| Handled {
            handle: of.handle(),
            of,
        };
        Self {
            person,
            identity: &person.identity,
            days: person.days,
            says: &person.says,
            does: &person.does,
            commits: &person.commits,
            entries: person.entries.iter().map(handled).collect(),
        }
    }
}

/// Somebody as JSON.
///
/// # Errors
/// When it cannot be written as JSON.
pub(crate) fn json(person: &Person) -> std::io::Result<String> {
    crate::json::text(&Line::of(person))
}

fn page(person: &Person, limit: usize, look: Look) -> String {
    let identity = &person.identity;
    let mut out = String::new();
    let name = look.ink(Ink::Strong, &clean(&identity.name));
    look.paragraph(&mut out, "", "  ", &name);
    let mut line = |words: String| {
        if !words.is_empty() {
            look.paragraph(&mut out, "  ", "    ", &words);
        }
    };
    let also: Vec<String> = identity.also.iter().map(|n| clean(n)).collect();
    let known = [identity.kind.as_str().to_owned()]
        .into_iter()
        .chain(identity.country.clone())
        .chain(identity.links.iter().map(|l| clean(l)));
    line(known.collect::<Vec<_>>().join("; "));
    line(titled("also ", &also));
    line(
        identity
            .offices
            .iter()
            .map(office)
            .collect::<Vec<_>>()
            .join("; "),
    );
    let count = identity.appearances.len();
    let days = match person.days {
        Some((first, last)) if first == last => format!(", {first}"),
        Some((first, last)) => format!(", {first} to {last}"),
        None => String::new(),
    };
    let reports = if count == 1 { "report" } else { "reports" };
    line(format!("{count} {reports}{days}"));
    let tallies = [
        ("says: ", &person.says),
        ("does: ", &person.does),
        ("is bound: ", &person.commits),
    ];
    for (title, tally) in tallies {
        line(titled(title, &counted(tally)));
    }
    line(titled("one because of ", &joins(&identity.joins)));
    let rows: Vec<_> = person
        .entries
        .iter()
        .take(limit)
        .map(|e| find::row(e, None))
        .collect();
    if !rows.is_empty() {
        let table = Table {
            title: None,
            heads: find::HEADS,
            rows,
        };
        let _ = write!(out, "\n{}", table.print(look));
    }
    out
}

fn titled(title: &str, all: &[String]) -> String {
    match all {
        [] => String::new(),
        all => format!("{title}{}", all.join(", ")),
    }
}

/// `Finance Minister of Peru, 2031-03-04 to 2031-05-01`.
fn office(office: &Office) -> String {
    let of = office
        .of
        .as_ref()
        .map_or_else(String::new, |of| format!(" of {}", clean(of)));
    let days = match (office.first, office.last) {
        (Some(a), Some(b)) if a != b => format!(", {a} to {b}"),
        (Some(day), _) => format!(", {day}"),
        _ => String::new(),
    };
    format!("{}{of}{days}", clean(&office.title))
}

/// `4 say`, the most first.
fn counted(tally: &BTreeMap<String, usize>) -> Vec<String> {
    let mut all: Vec<(&String, &usize)> = tally.iter().collect();
    all.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let one = |(what, n): (&String, &usize)| {
        format!("{n} {}", clean(what).to_lowercase().replace('_', " "))
    };
    all.into_iter().map(one).collect()
}

/// `name (3)`, `office: N. Adeyemi in 77abd041`.
fn joins(all: &[Join]) -> Vec<String> {
    let mut same: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = Vec::new();
    for join in all {
        if join.one.name == join.other.name {
            *same.entry(join.why.as_str()).or_default() += 1;
        } else {
            let (one, other) = (&join.one, &join.other);
            let names = [one, other].map(|a| format!("{} in {}", clean(&a.name), short(&a.report)));
            out.push(format!("{}: {}", join.why.as_str(), words::listed(&names)));
        }
    }
    let counted = same.into_iter().map(|(why, n)| match n {
        1 => why.to_owned(),
        n => format!("{why} ({n} times)"),
    });
    counted.chain(out).collect()
}
