//! The front page: the latest reports, what they say is promised, and what is denied.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use onrecord::model::{CommitmentStatus, CueKind};
use onrecord_ledger::{Entry, EntryKind, Ledger, Query, short};
use onrecord_page::clean;

use super::{Frame, html};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::shown::{Shown, outlet, part};

/// Entries from which the latest reports are known, and how many of these are shown.
const LOOKED: usize = 300;
const REPORTS: usize = 12;
const COMMITMENTS: usize = 24;
const DENIALS: usize = 8;

#[derive(Template)]
#[template(path = "front.html")]
struct Page {
    frame: Frame,
    reports: u64,
    entries: u64,
    latest: Vec<Latest>,
    statuses: Vec<Status>,
    denials: Vec<Shown>,
}

struct Latest {
    to: String,
    headline: String,
    day: String,
    outlet: String,
    counts: String,
}

struct Status {
    name: String,
    to: String,
    entries: Vec<Shown>,
}

/// The page.
pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let frame = Frame::of(&desk, "front");
    desk.look(move |ledger| {
        let size = ledger.size()?;
        html(
            &headers,
            &Page {
                frame,
                reports: size.reports,
                entries: size.entries,
                latest: latest(ledger)?,
                statuses: statuses(ledger)?,
                denials: denials(ledger)?,
            },
        )
    })
    .await
}

/// The latest reports that hold entries.
fn latest(ledger: &Ledger) -> Result<Vec<Latest>, Problem> {
    let query = Query {
        limit: LOOKED,
        ..Query::default()
    };
    let mut reports: Vec<(Entry, BTreeMap<EntryKind, usize>)> = Vec::new();
    for entry in ledger.entries(&query)?.entries {
        let kind = entry.at.kind;
        let there = reports
            .iter()
            .position(|(e, _)| e.at.report == entry.at.report);
        match there {
            Some(i) => *reports[i].1.entry(kind).or_default() += 1,
            None if reports.len() == REPORTS => break,
            None => reports.push((entry, BTreeMap::from([(kind, 1)]))),
        }
    }
    let one = |(e, counts): (Entry, BTreeMap<EntryKind, usize>)| Latest {
        to: format!("/report/{}", part(short(&e.at.report))),
        headline: e
            .headline
            .as_deref()
            .map_or_else(|| "A report without a headline".to_owned(), clean),
        day: e
            .published
            .map_or_else(|| "undated".to_owned(), |d| d.to_string()),
        outlet: outlet(&e),
        counts: counted(&counts),
    };
    Ok(reports.into_iter().map(one).collect())
}

/// `4 statements, 1 commitment`.
fn counted(counts: &BTreeMap<EntryKind, usize>) -> String {
    let one = |(kind, n): (&EntryKind, &usize)| {
        let s = if *n == 1 { "" } else { "s" };
        format!("{n} {}{s}", kind.as_str())
    };
    counts.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The latest commitments by how far they have come.
fn statuses(ledger: &Ledger) -> Result<Vec<Status>, Problem> {
    let query = Query {
        kinds: vec![EntryKind::Commitment],
        limit: COMMITMENTS,
        ..Query::default()
    };
    let found = ledger.entries(&query)?.entries;
    let of = |status: &CommitmentStatus| {
        let own = found.iter().filter(|e| e.status == Some(*status));
        let entries: Vec<Shown> = own.map(Shown::of).collect();
        (!entries.is_empty()).then(|| Status {
            name: status.as_str().replace('_', " "),
            to: format!("/find?kind=commitment&status={}", status.as_str()),
            entries,
        })
    };
    Ok(CommitmentStatus::ALL.iter().filter_map(of).collect())
}

fn denials(ledger: &Ledger) -> Result<Vec<Shown>, Problem> {
    let query = Query {
        cues: vec![CueKind::Deny],
        limit: DENIALS,
        ..Query::default()
    };
    Ok(ledger
        .entries(&query)?
        .entries
        .iter()
        .map(Shown::of)
        .collect())
}
