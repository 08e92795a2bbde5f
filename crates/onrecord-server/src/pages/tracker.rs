//! The tracker's sheet: a row for each thread, in any order, and sums in one currency.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use onrecord_columns::{Cell, Table, Writer, line, workbook};
use onrecord_ledger::Ledger;
use onrecord_ledger::across::tracker::{Rate, Row, Terms};
use onrecord_page::{clean, words};
use rust_decimal::Decimal;
use serde::Serialize;

use super::find::{Fields, meant, sheet};
use super::{Frame, html};
use crate::desk::Desk;
use crate::filters::{Filters, resolved};
use crate::form::{Form, json};
use crate::problem::Problem;
use crate::shown::{Link, is_currency, names, place, sum, thread};

/// Known besides the filters.
const BESIDE: [&str; 5] = ["sort", "in", "rate", "as-of", "page"];
/// Rows on a page.
const PAGE: usize = 200;
/// The columns that make a row stand out.
const MARKED: [&str; 2] = ["overdue", "contradicted"];

/// Columns that rows can be sorted by, with their headings.
const SORTS: [(&str, &str); 8] = [
    ("by", "Who"),
    ("to", "To whom"),
    ("what", "What"),
    ("promised", "Promised"),
    ("status", "Status"),
    ("due", "Next due"),
    ("sources", "On the word of"),
    ("last", "Last report"),
];

#[derive(Template)]
#[template(path = "tracker.html")]
struct Page {
    frame: Frame,
    fields: Fields,
    columns: Vec<Column>,
    rows: Vec<Line>,
    all: usize,
    from: usize,
    notes: Vec<String>,
    query: String,
    currency: String,
    rates: String,
    as_of: String,
    today: String,
    totals: Vec<Total>,
    before: Option<String>,
    after: Option<String>,
    cut: bool,
}

struct Column {
    label: &'static str,
    to: String,
    /// The direction, as ARIA calls it.
    sorted: Option<&'static str>,
}

struct Line {
    thread: String,
    by: Vec<Link>,
    to: Vec<Link>,
    kinds: String,
    object: String,
    promised: String,
    delivered: String,
    left: String,
    /// The sum in the currency asked for, and at which rate.
    other: Option<(String, String)>,
    status: String,
    since: String,
    firm: Option<&'static str>,
    due: String,
    overdue: bool,
    contradicted: bool,
    condition: Option<String>,
    word: String,
    sources: usize,
    denied_by: Vec<String>,
    last_day: String,
    last_outlet: String,
    steps: usize,
    reports: usize,
}

/// Sums of the rows in one currency or unit.
struct Total {
    unit: String,
    promised: String,
    delivered: String,
    left: String,
    rows: usize,
    /// What the sums leave out, and at which rates they stand.
    note: String,
}

/// The page, or its twin.
pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    uri: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, form) = Form::of(uri.path());
    let frame = Frame::of(&desk, "tracker");
    let today = desk.now().to_zoned(TimeZone::UTC).date();
    desk.look(move |ledger| {
        let filters = Filters::of(query.as_deref(), &BESIDE)?;
        let sheet_of = Sheet::of(ledger, &filters, today)?;
        match form {
            Form::Page => html(&headers, &shown(&filters, &sheet_of, frame, today)?),
            form => Ok(form.answer(&headers, twin(form, &sheet_of, today)?)),
        }
    })
    .await
}

/// What was asked for.
struct Sheet {
    rows: Vec<Row>,
    cut: bool,
    notes: Vec<String>,
    terms: Terms,
}

impl Sheet {
    fn of(ledger: &Ledger, filters: &Filters, today: Date) -> Result<Self, Problem> {
        let terms = terms(filters, today)?;
        let asked = Filters::of(
            Some(filters.with(&[("sort", "")]).trim_start_matches('?')),
            &BESIDE,
        )?;
        let (asked, notes) = meant(ledger, resolved(ledger, asked.query()?)?)?;
        let mut found = ledger.tracker(&asked, &terms)?;
        sort(&mut found.rows, filters.get("sort").unwrap_or("-last"))?;
        Ok(Self {
            rows: found.rows,
            cut: found.cut,
            notes,
            terms,
        })
    }
}

fn terms(filters: &Filters, today: Date) -> Result<Terms, Problem> {
    let code = |word: &str| Some(word.to_ascii_uppercase()).filter(|c| is_currency(c));
    let wrong = || Problem::field("in", "write a currency's three letters, as EUR");
    let currency = filters
        .get("in")
        .map(|w| code(w).ok_or_else(wrong))
        .transpose()?;
    let rate = |word: &str| {
        let (from, rest) = word.split_once('=')?;
        let (value, day) = rest.split_once('@')?;
        Rate::of(&code(from.trim())?, value.trim(), day.trim().parse().ok()?)
    };
    let how = "write a currency, its rate and the day of the rate, as NOK=0.0855@2026-01-28";
    let rates = filters
        .get("rate")
        .unwrap_or_default()
        .split(',')
        .map(str::trim);
    let rates = rates.filter(|r| !r.is_empty());
    let rates = rates.map(|r| rate(r).ok_or_else(|| Problem::field("rate", how)));
    Ok(Terms {
        as_of: Some(filters.day("as-of")?.unwrap_or(today)),
        currency,
        rates: rates.collect::<Result<_, _>>()?,
    })
}

/// Sorts by a column; with `-` before it the largest first. Rows where nothing is known come last.
fn sort(rows: &mut [Row], by: &str) -> Result<(), Problem> {
    let (column, down) = by.strip_prefix('-').map_or((by, false), |c| (c, true));
    let turn = |order: Ordering| if down { order.reverse() } else { order };
    let days = |a: Option<Date>, b: Option<Date>| {
        (a.is_none())
            .cmp(&b.is_none())
            .then_with(|| turn(a.cmp(&b)))
    };
    let amount = |r: &Row| r.promised_in.or(r.promised).or(r.delivered);
    match column {
        "by" => rows.sort_by(|a, b| turn(a.by.cmp(&b.by))),
        "to" => rows.sort_by(|a, b| turn(a.to.cmp(&b.to))),
        "what" => rows.sort_by(|a, b| turn(a.kinds.cmp(&b.kinds).then(a.object.cmp(&b.object)))),
        "status" => rows.sort_by(|a, b| turn(a.status.cmp(&b.status))),
        "sources" => rows.sort_by(|a, b| turn(a.independent_sources.cmp(&b.independent_sources))),
        "due" => rows.sort_by(|a, b| days(a.next_due_day, b.next_due_day)),
        "last" => rows.sort_by(|a, b| days(a.last_published, b.last_published)),
        "promised" => rows.sort_by(|a, b| {
            let key = |r: &Row| (amount(r).is_none(), r.currency_in.is_none(), r.unit.clone());
            key(a)
                .cmp(&key(b))
                .then_with(|| turn(amount(a).cmp(&amount(b))))
        }),
        _ => {
            let known: Vec<&str> = SORTS.iter().map(|(name, _)| *name).collect();
            let how = format!("write one of {}, or `-` and one of them", known.join(", "));
            return Err(Problem::field("sort", how));
        }
    }
    Ok(())
}

fn shown(filters: &Filters, sheet: &Sheet, frame: Frame, today: Date) -> Result<Page, Problem> {
    let by = filters.get("sort").unwrap_or("-last");
    let number: usize = match filters.get("page") {
        None => 1,
        Some(words) => words
            .parse()
            .ok()
            .filter(|n| (1..=100_000).contains(n))
            .ok_or_else(|| Problem::field("page", "write the number of a page, from 1"))?,
    };
    let from = (number - 1) * PAGE;
    let at = |n: usize| format!("/tracker{}", filters.with(&[("page", &n.to_string())]));
    let text = |name: &str| filters.get(name).map(clean).unwrap_or_default();
    Ok(Page {
        frame,
        fields: Fields::of(filters, &[]),
        columns: SORTS.iter().map(|s| column(filters, *s, by)).collect(),
        rows: sheet.rows.iter().skip(from).take(PAGE).map(row).collect(),
        all: sheet.rows.len(),
        from: from + 1,
        notes: sheet.notes.clone(),
        query: filters.with(&[]),
        currency: text("in"),
        rates: text("rate"),
        as_of: text("as-of"),
        today: today.to_string(),
        totals: totals(&sheet.rows, sheet.terms.currency.as_deref()),
        before: (number > 1).then(|| at(number - 1)),
        after: (from + PAGE < sheet.rows.len()).then(|| at(number + 1)),
        cut: sheet.cut,
    })
}

fn column(filters: &Filters, (name, label): (&str, &'static str), by: &str) -> Column {
    let down = format!("-{name}");
    let (next, sorted) = if by == name {
        (down.as_str(), Some("ascending"))
    } else if by == down {
        (name, Some("descending"))
    } else {
        (name, None)
    };
    Column {
        label,
        to: format!("/tracker{}", filters.with(&[("sort", next), ("page", "")])),
        sorted,
    }
}

fn row(r: &Row) -> Line {
    let unit = r.unit.as_deref().unwrap_or_default();
    let told =
        |value: Option<Decimal>| value.map_or_else(String::new, |v| sum(&v.to_string(), unit));
    let bound = r.qualifier.map_or("", words::bound);
    let promised = told(r.promised);
    let word: Vec<String> = r.on_the_word_of.iter().map(|w| clean(w)).collect();
    let factuality = onrecord::model::Factuality {
        certainty: r.certainty,
        polarity: r.polarity,
    };
    let firm = factuality != onrecord::model::Factuality::FACT;
    Line {
        thread: followed(r),
        by: names(r.by.iter().map(String::as_str)),
        to: names(r.to.iter().map(String::as_str)),
        kinds: clean(&r.kinds.join(", ").replace('_', " ")),
        object: clean(&r.object),
        promised: if promised.is_empty() {
            promised
        } else {
            format!("{bound}{promised}")
        },
        delivered: told(r.delivered),
        left: told(r.left),
        other: other(r),
        status: r.status.as_str().replace('_', " "),
        since: r
            .status_since
            .as_ref()
            .map(|t| words::time(t))
            .unwrap_or_default(),
        firm: firm.then(|| words::firmness(factuality)),
        due: r
            .next_due
            .as_ref()
            .map(|t| words::time(t))
            .unwrap_or_default(),
        overdue: r.overdue,
        contradicted: r.contradicted,
        condition: r.condition.as_deref().map(clean),
        word: words::listed(&word),
        sources: r.independent_sources,
        denied_by: r.denied_by.iter().map(|d| clean(d)).collect(),
        last_day: r.last_published.map_or_else(String::new, |d| d.to_string()),
        last_outlet: r.last_outlet.as_deref().map(clean).unwrap_or_default(),
        steps: r.steps,
        reports: r.reports,
    }
}

/// Where a row's thread is told; its words, where it names nobody by whom it could be followed.
fn followed(r: &Row) -> String {
    match r.handle.rsplit_once(':') {
        Some((report, id)) if r.by.is_empty() && r.to.is_empty() => place(report, id),
        _ => thread(&r.handle),
    }
}

/// The sum in the currency asked for, and the rate.
fn other(r: &Row) -> Option<(String, String)> {
    let currency = r.currency_in.as_deref()?;
    if r.unit.as_deref() == Some(currency) {
        return None;
    }
    let value = r.promised_in.or(r.delivered_in)?;
    let day = r
        .exchange_rate_day
        .map(|d| format!(" of {d}"))
        .unwrap_or_default();
    let whose = match r.exchange_rate_source.as_deref() {
        Some("given") => "given".to_owned(),
        Some(handle) => format!("stated in {}", clean(handle)),
        None => String::new(),
    };
    let rate = r
        .exchange_rate
        .map_or_else(String::new, |v| format!("at {v}{day}, {whose}"));
    Some((sum(&value.to_string(), currency), rate))
}

/// Whether a unit is not the one asked for, and the unit: that one comes first.
type Key = (Reverse<bool>, String);
/// Promised, delivered and left; rows, and how many of them are restated.
type Sums = ([Option<Decimal>; 3], usize, usize);

/// The sums of all rows: in the currency asked for, and of what has no rate in its own unit.
fn totals(rows: &[Row], currency: Option<&str>) -> Vec<Total> {
    let mut all: BTreeMap<Key, Sums> = BTreeMap::new();
    for r in rows {
        let restated = r.currency_in.is_some();
        let (unit, sums) = if restated {
            (
                r.currency_in.clone(),
                [r.promised_in, r.delivered_in, r.left_in],
            )
        } else {
            (r.unit.clone(), [r.promised, r.delivered, r.left])
        };
        let Some(unit) = unit.filter(|u| is_currency(u) && sums.iter().any(Option::is_some)) else {
            continue;
        };
        let key = (Reverse(Some(unit.as_str()) == currency), unit);
        let (before, count, changed) = all.entry(key).or_default();
        for (before, value) in before.iter_mut().zip(sums) {
            if let Some(value) = value {
                *before = before.unwrap_or_default().checked_add(value);
            }
        }
        *count += 1;
        *changed += usize::from(restated && r.unit != r.currency_in);
    }
    let one = |((_, unit), ([promised, delivered, left], rows, changed)): (Key, Sums)| {
        let told =
            |v: Option<Decimal>| v.map_or_else(String::new, |v| words::grouped(&v.to_string()));
        let asked = currency.is_some_and(|c| c != unit);
        let note = match (asked, changed) {
            (true, _) => "no rate is stated or given".to_owned(),
            (_, 0) => String::new(),
            (_, n) => format!("{n} restated at the rates beside them"),
        };
        Total {
            promised: told(promised),
            delivered: told(delivered),
            left: told(left),
            unit,
            rows,
            note,
        }
    };
    all.into_iter().map(one).collect()
}

#[derive(Serialize)]
struct Json<'r> {
    rows: &'r [Row],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'r [String],
}

fn twin(form: Form, of: &Sheet, today: Date) -> Result<Vec<u8>, Problem> {
    match form {
        Form::Csv => sheet(Table::Threads, of.rows.iter()),
        Form::Parquet => {
            let mut writer = Writer::new(Vec::new(), Table::Threads)?;
            of.rows.iter().try_for_each(|row| writer.write(row))?;
            Ok(writer.finish()?)
        }
        Form::Xlsx => {
            let cells = |row: &Row| -> Result<Vec<Cell>, Problem> {
                let cells = line(Table::Threads, row)?.into_iter();
                Ok(cells.map(|c| c.map(clean)).collect())
            };
            let lines: Vec<Vec<Cell>> = of.rows.iter().map(cells).collect::<Result<_, _>>()?;
            Ok(workbook(Table::Threads, &lines, &MARKED, today)?)
        }
        Form::Page | Form::Json => {
            let rows = Json {
                rows: &of.rows,
                cut: of.cut,
                notes: &of.notes,
            };
            Ok(json(&rows)?.into_bytes())
        }
    }
}
