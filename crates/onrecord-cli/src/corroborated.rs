//! `find --corroborated`: what else the ledger holds on an entry, counted.
//!
//! ```text
//! 3 reports, 1 of them a copy; 2 sources: Ilze Kalve, Baltic Post; denied by Jaan Org
//! ```
//!
//! Only entries that may be the same are asked for: of one kind and one party, in reports near in
//! time, and denials that name it. Left out: what is the same, which the ledger's library decides.

use std::collections::BTreeMap;

use onrecord::model::{CommitmentKind, CueKind, EventType, Record};
use onrecord_ledger::across::corroboration::{Corroboration, DAYS, Source, behind};
use onrecord_ledger::{Days, Entry, EntryKind, Ledger, Query};

use crate::look::clean;
use crate::trouble::Trouble;
use crate::words;

/// Entries that are asked for at a time.
const PAGE: usize = 500;

/// What else the ledger holds on an entry.
///
/// # Errors
/// When the ledger cannot be read.
pub(crate) fn corroboration(ledger: &Ledger, entry: &Entry) -> Result<Corroboration, Trouble> {
    let mut others: BTreeMap<(String, String), Entry> = BTreeMap::new();
    if let Some(published) = near(entry) {
        for query in questions(entry) {
            let query = Query { published, ..query };
            for found in all(ledger, query)? {
                others.insert((found.at.report.clone(), found.id.clone()), found);
            }
        }
    }
    let others: Vec<Entry> = others.into_values().collect();
    let mut records: BTreeMap<&str, Record> = BTreeMap::new();
    for e in others.iter().chain([entry]) {
        let id = e.at.report.as_str();
        if !records.contains_key(id)
            && let Some(held) = ledger.get(id)?
        {
            records.insert(id, held.record);
        }
    }
    let records: Vec<Record> = records.into_values().collect();
    Ok(behind(entry, &others, &records))
}

/// The days of reports that may tell of the same; `None` when the entry's own day is not known.
fn near(entry: &Entry) -> Option<Days> {
    let day = entry.published?;
    let span = jiff::Span::new().days(DAYS);
    Some(Days {
        from: day.checked_sub(span).ok(),
        to: day.checked_add(span).ok(),
    })
}

/// Asks for what may be the same, or its denial.
fn questions(entry: &Entry) -> Vec<Query> {
    let kinds = vec![entry.at.kind];
    let like = Query {
        commitments: CommitmentKind::of(&entry.what)
            .filter(|_| entry.at.kind == EntryKind::Commitment)
            .into_iter()
            .collect(),
        events: EventType::of(&entry.what).into_iter().collect(),
        kinds,
        ..Query::default()
    };
    let denial = Query {
        kinds: vec![EntryKind::Statement],
        cues: vec![CueKind::Deny],
        ..Query::default()
    };
    let mut out = Vec::new();
    for who in &entry.by {
        let by = Some(who.name.clone());
        for query in [&like, &denial] {
            out.push(Query {
                by: by.clone(),
                ..query.clone()
            });
        }
    }
    let spoken_of = if entry.at.kind == EntryKind::Statement {
        &entry.about
    } else {
        &entry.by
    };
    for who in spoken_of {
        let about = Some(who.name.clone());
        let also = (entry.at.kind == EntryKind::Statement).then_some(&like);
        for query in also.into_iter().chain([&denial]) {
            out.push(Query {
                about: about.clone(),
                ..query.clone()
            });
        }
    }
    // A name without a letter cannot be asked for.
    let letters = |name: &Option<String>| {
        let mut given = name.iter();
        given.all(|n| n.contains(char::is_alphanumeric))
    };
    out.retain(|q| letters(&q.by) && letters(&q.about));
    out
}

fn all(ledger: &Ledger, mut query: Query) -> Result<Vec<Entry>, Trouble> {
    let mut out = Vec::new();
    query.limit = PAGE;
    loop {
        let page = ledger.entries(&query)?;
        out.extend(page.entries);
        if page.next.is_none() {
            return Ok(out);
        }
        query.after = page.next;
    }
}

/// `3 reports, 1 of them a copy; 2 sources: Ilze Kalve, Baltic Post; denied by Jaan Org`.
pub(crate) fn told(c: &Corroboration) -> String {
    let many = |n: usize, one: &str, more: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{n} {more}"),
    };
    let copies = match c.copies {
        0 => String::new(),
        1 => ", 1 of them a copy".to_owned(),
        n => format!(", {n} of them copies"),
    };
    let listed = |before: &str, sources: &[Source]| match sources {
        [] => String::new(),
        sources => format!("{before}{}", names(sources)),
    };
    let reports = many(c.reports.len(), "report", "reports");
    let sources = many(c.sources.len(), "source", "sources");
    let by = listed(": ", &c.sources);
    let denied = listed("; denied by ", &c.denied_by);
    format!("{reports}{copies}; {sources}{by}{denied}")
}

fn names(sources: &[Source]) -> String {
    let one = |s: &Source| match s {
        Source::Named(name) | Source::Unnamed(name) => clean(name),
        Source::Reporter(name) if name.is_empty() => "the reporter".to_owned(),
        Source::Reporter(name) => format!("the reporter of {}", clean(name)),
    };
    words::listed(&sources.iter().map(one).collect::<Vec<_>>())
}
