//! A report: its text with its record beside it, at an address that stays.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use onrecord::Record;
use onrecord::model::TextRange;
use onrecord_columns::{Table, Writer};
use onrecord_ledger::{EntryKind, Held, Ledger, short};
use onrecord_page::{article_at, clean, layers, legend, who_is_who};

use super::{Frame, html, no_twin};
use crate::desk::Desk;
use crate::filters::Filters;
use crate::form::{Form, json};
use crate::problem::Problem;
use crate::shown::{Link, Shown, part};

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    frame: Frame,
    title: String,
    layers: String,
    article: String,
    who: String,
    legend: String,
    problems: Vec<String>,
    commitments: Vec<Shown>,
    /// Its own address, without an ending.
    here: String,
    chosen: Option<Chosen>,
    later: Vec<Link>,
    earlier: Vec<Link>,
    carriers: Vec<Carrier>,
    cite: String,
    version: String,
    id: String,
}

/// Words that the address chose.
struct Chosen {
    words: String,
    at: String,
}

struct Carrier {
    outlet: String,
    location: String,
    /// Where it leads, where it is an address of the web.
    to: Option<String>,
}

/// The page.
pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    Path(handle): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let frame = Frame::of(&desk, "");
    desk.look(move |ledger| {
        let (handle, form) = Form::of(&handle);
        let held = held(ledger, handle)?;
        match form {
            Form::Page => {
                let page = shown(ledger, &held, query.as_deref(), frame)?;
                html(&headers, &page)
            }
            Form::Json => Ok(form.answer(&headers, json(&held.record)?)),
            Form::Parquet => {
                let mut writer = Writer::new(Vec::new(), Table::Records)?;
                writer.write(&held.record)?;
                Ok(form.answer(&headers, writer.finish()?))
            }
            Form::Csv | Form::Xlsx => Err(no_twin()),
        }
    })
    .await
}

/// The report of a handle: the beginning of its id, whole or with an entry behind it.
fn held(ledger: &Ledger, handle: &str) -> Result<Held, Problem> {
    let digits = handle.strip_prefix("sha256:").unwrap_or(handle);
    let digits = digits.split(':').next().unwrap_or_default();
    let hex = (4..=64).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    if !hex {
        return Err(Problem::nothing(
            "a report's address ends with the beginning of its id, as /report/3fa9c2d1",
        ));
    }
    let report = ledger.report(digits)?;
    ledger
        .get(&report)?
        .ok_or_else(|| Problem::nothing("there is no such report"))
}

fn shown(ledger: &Ledger, held: &Held, query: Option<&str>, frame: Frame) -> Result<Page, Problem> {
    let record = &held.record;
    let at = Filters::of(query, &["at"])?;
    let range = at.get("at").map(|at| chosen(record, at)).transpose()?;
    let here = format!("/report/{}", part(short(&record.report.id)));
    let version = |id: &String| Link {
        text: short(id).to_owned(),
        to: format!("/report/{}", part(short(id))),
    };
    let headline = record.report.headline.as_ref();
    let title = headline.map_or_else(
        || "A report without a headline".to_owned(),
        |h| clean(h.quote()),
    );
    let entries = ledger.entries_of(&record.report.id)?;
    let shown = entries
        .iter()
        .filter(|e| e.at.kind == EntryKind::Commitment && !e.is_hidden());
    Ok(Page {
        frame,
        layers: layers(record)?,
        article: article_at(record, range)?,
        who: who_is_who(record)?,
        legend: legend()?,
        problems: record.problems.iter().map(|p| clean(&p.message)).collect(),
        commitments: shown.map(Shown::of).collect(),
        cite: cite(record, &title, range, &here),
        chosen: range.map(|r| Chosen {
            words: clean(record.report.text.slice(r)),
            at: at.get("at").map(clean).unwrap_or_default(),
        }),
        here,
        later: held.later.iter().map(version).collect(),
        earlier: held.earlier.iter().map(version).collect(),
        carriers: held.carriers.iter().map(carrier).collect(),
        version: record.reader.version.clone(),
        id: record.report.id.clone(),
        title,
    })
}

/// The words between two code points: `120-184`.
fn chosen(record: &Record, at: &str) -> Result<TextRange, Problem> {
    let ends = at
        .split_once('-')
        .and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    let how = "write the first code point of the words and the one behind the last, as 120-184";
    let (start, end): (u32, u32) = ends.ok_or_else(|| Problem::field("at", how))?;
    if start >= end {
        return Err(Problem::field("at", how));
    }
    let range = record.report.text.code_points(start, end);
    range.ok_or_else(|| {
        let all = record.report.text.as_str().chars().count();
        Problem::field("at", format_args!("the text has {all} code points"))
    })
}

/// What to write where its words are quoted.
fn cite(record: &Record, title: &str, chosen: Option<TextRange>, here: &str) -> String {
    let report = &record.report;
    let words = chosen.map(|r| format!("“{}”", clean(report.text.slice(r))));
    let carrier = report
        .outlet
        .as_deref()
        .or(report.agency.as_deref())
        .map(clean);
    let parts = [
        words,
        Some(title.to_owned()),
        carrier,
        report.day().map(|d| d.to_string()),
        Some(here.to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(". ")
}

fn carrier(origin: &onrecord_ledger::Origin) -> Carrier {
    let location = clean(&origin.location);
    let web = location.starts_with("https://") || location.starts_with("http://");
    Carrier {
        outlet: origin.outlet.as_deref().map(clean).unwrap_or_default(),
        to: web.then(|| location.clone()),
        location,
    }
}
