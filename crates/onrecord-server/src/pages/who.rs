//! Who bears a name: in which offices, what they said and what they are bound to.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};
use onrecord_ledger::{Entry, EntryKind, Ledger, Part, People, Person};
use onrecord_page::clean;

use super::{Frame, html, no_twin};
use crate::desk::Desk;
use crate::filters::Filters;
use crate::form::{Form, json};
use crate::problem::Problem;
use crate::shown::{Link, Shown, part, who};

/// Entries of each kind on a page; the others are a question away.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "who.html")]
struct Page {
    frame: Frame,
    title: String,
    people: Vec<Told>,
    near: Vec<Link>,
    here: String,
    cut: bool,
}

struct Told {
    /// Where in the page it stands.
    id: String,
    name: String,
    kind: String,
    also: Vec<String>,
    offices: Vec<String>,
    country: Option<String>,
    links: Vec<String>,
    days: String,
    reports: usize,
    counts: Vec<(String, usize)>,
    groups: Vec<Group>,
}

struct Group {
    heading: &'static str,
    entries: Vec<Shown>,
    more: usize,
    all: String,
}

/// A form asks for a name; its address is a page's.
pub(crate) async fn asked(RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let filters = Filters::of(query.as_deref(), &["name"])?;
    let name = filters
        .get("name")
        .ok_or_else(|| Problem::field("name", "write a name"))?;
    Ok(Redirect::to(&who(name).to).into_response())
}

/// The page, or its twin.
pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let frame = Frame::of(&desk, "");
    desk.look(move |ledger| {
        let (name, form) = Form::of(&name);
        let found = ledger.who(name)?;
        match form {
            Form::Page => {
                let near = if found.people.is_empty() {
                    near(ledger, name)?
                } else {
                    Vec::new()
                };
                if found.people.is_empty() && near.is_empty() {
                    let name = clean(name);
                    return Err(Problem::nothing(format!(
                        "nobody in the ledger is called `{name}`"
                    )));
                }
                html(&headers, &shown(name, &found, near, frame))
            }
            Form::Json => Ok(form.answer(&headers, json(&found)?)),
            Form::Csv | Form::Parquet | Form::Xlsx => Err(no_twin()),
        }
    })
    .await
}

/// Whom a name that nobody bears can mean.
fn near(ledger: &Ledger, name: &str) -> Result<Vec<Link>, Problem> {
    let mut out: Vec<Link> = Vec::new();
    for part in [Part::By, Part::About] {
        let found = ledger.meant(part, name)?;
        for n in found.taken.iter().chain(&found.near) {
            let link = who(&n.name);
            if !out.contains(&link) {
                out.push(link);
            }
        }
    }
    Ok(out)
}

fn shown(name: &str, found: &People, near: Vec<Link>, frame: Frame) -> Page {
    let numbered = found.people.iter().enumerate();
    Page {
        frame,
        title: match found.people.as_slice() {
            [one] => clean(&one.identity.name),
            _ => clean(name),
        },
        people: numbered.map(|(i, p)| told(i, p)).collect(),
        near,
        here: format!("/who/{}", part(name)),
        cut: found.cut,
    }
}

fn told(i: usize, p: &Person) -> Told {
    let who = &p.identity;
    let office = |o: &onrecord_ledger::across::identity::Office| match &o.of {
        Some(of) => format!("{} ({})", clean(&o.title), clean(of)),
        None => clean(&o.title),
    };
    let cleaned = |all: &[String]| all.iter().map(|n| clean(n)).collect();
    Told {
        id: format!("p{}", i + 1),
        name: clean(&who.name),
        kind: who.kind.to_string().replace('_', " "),
        also: cleaned(&who.also),
        offices: who.offices.iter().map(office).collect(),
        country: who.country.as_deref().map(clean),
        links: cleaned(&who.links),
        days: match p.days {
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first} to {last}"),
            None => "undated".to_owned(),
        },
        reports: who.appearances.len(),
        counts: counts(p),
        groups: groups(p),
    }
}

/// How often they do what.
fn counts(p: &Person) -> Vec<(String, usize)> {
    let plain = |of: &BTreeMap<String, usize>| -> Vec<(String, usize)> {
        of.iter()
            .map(|(k, n)| (clean(&k.to_lowercase().replace('_', " ")), *n))
            .collect()
    };
    let mut out = plain(&p.commits);
    out.extend(plain(&p.says));
    out.extend(plain(&p.does));
    out
}

/// What they are bound to, what they say and do, and what is told of them.
fn groups(p: &Person) -> Vec<Group> {
    let names = |e: &Entry| {
        let mut names = e.by.iter().map(|w| &w.name);
        names.any(|n| *n == p.identity.name || p.identity.also.contains(n))
    };
    let group = |heading, kind: Option<EntryKind>, query: &str| {
        let own = p.entries.iter().filter(|e| match kind {
            Some(kind) => e.at.kind == kind && names(e),
            None => !names(e),
        });
        let own: Vec<&Entry> = own.collect();
        (!own.is_empty()).then(|| Group {
            heading,
            entries: own.iter().take(SHOWN).map(|e| Shown::of(e)).collect(),
            more: own.len().saturating_sub(SHOWN),
            all: format!("/find?{query}={}", part(&p.identity.name)),
        })
    };
    [
        group(
            "Bound to",
            Some(EntryKind::Commitment),
            "kind=commitment&by",
        ),
        group("Says", Some(EntryKind::Statement), "kind=statement&by"),
        group("Does", Some(EntryKind::Event), "kind=event&by"),
        group("What others say of them", None, "about"),
    ]
    .into_iter()
    .flatten()
    .collect()
}
