//! A commitment through its steps: who said so, in which words, and who denies it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use onrecord::model::{Factuality, Span};
use onrecord_columns::csv;
use onrecord_ledger::across::corroboration::Source;
use onrecord_ledger::across::threads::{Step, Telling};
use onrecord_ledger::{Followed, short};
use onrecord_page::{clean, words};
use serde::Serialize;

use super::{Frame, html, no_twin};
use crate::desk::Desk;
use crate::form::{Form, json};
use crate::problem::Problem;
use crate::shown::{Link, names, place, sums, thread};

#[derive(Template)]
#[template(path = "thread.html")]
struct Page {
    frame: Frame,
    title: String,
    by: Vec<Link>,
    to: Vec<Link>,
    kinds: String,
    steps: Vec<Told>,
    here: String,
    cut: bool,
    legend: &'static str,
}

/// A step.
struct Told {
    day: String,
    status: String,
    /// How firmly, where it is no plain fact.
    firm: Option<&'static str>,
    denial: bool,
    time: Option<String>,
    tellings: Vec<Words>,
}

/// What some reports tell of it.
struct Words {
    quote: String,
    cue: Option<String>,
    amounts: String,
    to: Option<String>,
    handle: String,
    sources: Vec<Link>,
    others: Vec<String>,
    denied_by: Vec<String>,
    reports: Vec<Link>,
    copies: usize,
    otherwise: Vec<String>,
    superseded: bool,
}

/// The page, or its twin.
pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    Path(handle): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let frame = Frame::of(&desk, "");
    desk.look(move |ledger| {
        let (handle, form) = Form::of(&handle);
        let entry = ledger.entry(handle)?;
        let found = ledger.thread(&entry)?;
        let handle = entry.handle();
        let found = found.ok_or_else(|| {
            Problem::nothing(format!(
                "`{handle}` has no thread: it is no commitment, or names nobody by whom it could be followed"
            ))
        })?;
        match form {
            Form::Page => html(&headers, &shown(&found, &handle, frame)),
            Form::Json => Ok(form.answer(&headers, json(&Line { handle, of: &found })?)),
            Form::Csv => Ok(form.answer(&headers, csv(lines(&found))?)),
            Form::Parquet | Form::Xlsx => Err(no_twin()),
        }
    })
    .await
}

#[derive(Serialize)]
struct Line<'t> {
    handle: String,
    #[serde(flatten)]
    of: &'t Followed,
}

fn shown(found: &Followed, handle: &str, frame: Frame) -> Page {
    let thread_of = &found.thread;
    let plain = |all: &[String]| {
        let all: Vec<String> = all.iter().map(|n| clean(n)).collect();
        words::listed(&all)
    };
    let kinds = thread_of.kinds.join(", ").replace('_', " ");
    let title = [plain(&thread_of.by), plain(&thread_of.to)];
    let title: Vec<String> = title.into_iter().filter(|t| !t.is_empty()).collect();
    Page {
        frame,
        title: format!("{}: {}", clean(&kinds), title.join(" → ")),
        by: names(thread_of.by.iter().map(String::as_str)),
        to: names(thread_of.to.iter().map(String::as_str)),
        kinds: clean(&kinds),
        steps: thread_of.steps.iter().map(step).collect(),
        here: thread(handle),
        cut: found.cut,
        legend: words::LEGEND,
    }
}

fn step(step: &Step) -> Told {
    let firm = step.factuality != Factuality::FACT;
    Told {
        day: step
            .day
            .map_or_else(|| "undated".to_owned(), |d| words::time(&d.to_string())),
        status: step.status.as_str().replace('_', " "),
        firm: firm.then(|| words::firmness(step.factuality)),
        denial: step.denial,
        time: step.time.as_ref().map(|t| words::time(t)),
        tellings: step.tellings.iter().map(telling).collect(),
    }
}

fn telling(t: &Telling) -> Words {
    let mut sources = Vec::new();
    let mut others = Vec::new();
    for source in &t.corroboration.sources {
        match source {
            Source::Named(name) => sources.extend(names([name.as_str()])),
            other => others.push(called(other)),
        }
    }
    let first = t.entries.first().zip(t.ids.first());
    let report = |r: &String| Link {
        text: short(r).to_owned(),
        to: format!("/report/{}", short(r)),
    };
    Words {
        quote: quote(t),
        cue: t.cue.as_ref().map(|c| clean(c.quote())),
        amounts: sums(&t.amounts),
        to: first.map(|(e, id)| place(&e.report, id)),
        handle: handle(t),
        sources,
        others,
        denied_by: t.corroboration.denied_by.iter().map(called).collect(),
        reports: t.corroboration.reports.iter().map(report).collect(),
        copies: t.corroboration.copies,
        otherwise: t
            .corroboration
            .otherwise
            .iter()
            .map(|o| sums(&o.amounts))
            .collect(),
        superseded: t.superseded,
    }
}

/// A source in words.
fn called(source: &Source) -> String {
    match source {
        Source::Named(name) | Source::Unnamed(name) => clean(name),
        Source::Reporter(name) if name.is_empty() => "the reporter".to_owned(),
        Source::Reporter(name) => format!("the reporter of {}", clean(name)),
    }
}

/// What is promised, in the words of the first entry.
fn quote(t: &Telling) -> String {
    let own = t.own_words.as_ref().map(Span::quote);
    let read = t.entries.first().map(|e| e.anchor.quote.as_str());
    own.or(read).map(clean).unwrap_or_default()
}

/// By what the first entry can be asked for.
fn handle(t: &Telling) -> String {
    let first = t.entries.first().zip(t.ids.first());
    first
        .map(|(e, id)| format!("{}:{id}", short(&e.report)))
        .unwrap_or_default()
}

/// A line for each telling.
fn lines(found: &Followed) -> Vec<Vec<String>> {
    let heading = [
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
        "reports",
        "copies",
        "independent_sources",
        "on_the_word_of",
        "denied_by",
    ];
    let mut out = vec![heading.map(str::to_owned).to_vec()];
    let listed = |all: &[String]| all.iter().map(|n| clean(n)).collect::<Vec<_>>().join("; ");
    for step in &found.thread.steps {
        for t in &step.tellings {
            let told = &t.corroboration;
            let sources: Vec<String> = told.sources.iter().map(called).collect();
            let denied: Vec<String> = told.denied_by.iter().map(called).collect();
            out.push(vec![
                handle(t),
                step.day.map_or_else(String::new, |d| d.to_string()),
                step.status.to_string(),
                t.cue
                    .as_ref()
                    .map_or_else(String::new, |c| clean(c.quote())),
                words::firmness(step.factuality).to_owned(),
                step.denial.to_string(),
                t.superseded.to_string(),
                listed(&step.by),
                listed(&step.to),
                sums(&t.amounts),
                step.time.clone().unwrap_or_default(),
                quote(t),
                told.reports.len().to_string(),
                told.copies.to_string(),
                told.sources.len().to_string(),
                sources.join("; "),
                denied.join("; "),
            ]);
        }
    }
    out
}
