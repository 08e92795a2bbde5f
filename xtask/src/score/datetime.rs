//! Dates, periods, durations and sets of the Recognizers specifications, as far as news uses such
//! expressions.
//!
//! Out of scope, and not counted: clock times and ranges of them, time zones; dates in figures only
//! (`4/22`, `3-7-2017`), joined notations (`jan/3`, `2019-aug-01`), comparisons (`<=2019`); a day or
//! weekday without its month or full name (`on the 27th`, `Mon 13th`), numbered weeks; school and
//! fiscal-year codes; `few`, `some` and `several`, which the specifications fix at three and TIMEX3
//! leaves open; sets at a time of day; inputs of the models that read one type only, when they
//! expect nothing.
//!
//! A case is right when every expected expression is met by mentions that overlap it: of the right
//! type where the case gives no value, else with one of its values. The specifications give ranges
//! for what TIMEX3 gives at its own grain, so these count too: the same length for a range told as
//! one ("the past 5 years"), the week, month or year that holds a day so many of them away, and a
//! period with a modifier that holds the range ("late July").

use std::ops::Range;
use std::sync::LazyLock;

use anyhow::Result;
use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use onrecord_model::{TimeKind, TimeMention};
use rayon::prelude::*;
use regex::Regex;
use serde::Deserialize;
use serde_json::Value;

use super::shared::published;
use super::{Figure, Shared};

const FILE: &str = "data/numbers/recognizers-datetime.jsonl.gz";

/// The day "today" means where a case does not say.
const TODAY: &str = "2016-11-07";

#[derive(Deserialize)]
struct Case {
    id: String,
    input: String,
    reference: Option<String>,
    expected: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    start: u32,
    end: u32,
    text: String,
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    resolution: Value,
    #[serde(default)]
    value: Value,
}

/// The share of cases in scope that are read right.
pub(super) fn figures(shared: &Shared) -> Result<Vec<Figure>> {
    let cases: Vec<Case> = shared.rows(FILE)?;
    let scope: Vec<&Case> = cases.iter().filter(|c| in_scope(c)).collect();
    let right: Vec<bool> = scope
        .par_iter()
        .map(|c| is_right(shared, c))
        .collect::<Result<_>>()?;
    let n = right.len().max(1) as f64;
    let hits = right.iter().filter(|r| **r).count() as f64;
    Ok(vec![
        Figure::aim("datetime right", 100.0 * hits / n, 80.0),
        Figure::new("datetime share in scope", 100.0 * n / cases.len() as f64),
    ])
}

static NOTATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let notation = [
        r"\d\s*[/.~-]\s*\d|^[\d\s./-]+$|[<>=]",
        r"[a-z]{3}\s*/|/[a-z]{3}|[a-z]{3}\d|\d[a-z]{3,}$|-[a-z]{3}-|^\d{1,2}-[a-z]{3}",
        r"\b(sy|cy|fy)\d|\bweek \d|\b(mon|tue|wed|thu|fri|sat|sun)\b",
        r"^(on |the |for |around |before )*(\d{1,2}(st|nd|rd|th)?|first|second|third|[a-z]*teenth?|twenty[ -]?[a-z]*|thirt[a-z]*)( \.)?$",
        r"\d+ (to|till|and|-) \d+ .*month|of the \d|few|several|some|couple|tmrw|yuandan",
    ];
    Regex::new(&format!("(?i){}", notation.join("|"))).ok()
});

fn in_scope(case: &Case) -> bool {
    let whole = case.id.contains("-DateTimeModel-");
    let fits = |e: &Expected| {
        let values = e.values().to_string();
        let kind = e.kind();
        let open = kind != "set" && values.contains("not resolved");
        let clock = kind == "set" && ["\"T", "T0", "T1", "T2"].iter().any(|t| values.contains(t));
        matches!(kind, "date" | "daterange" | "duration" | "set")
            && !open
            && !clock
            && !NOTATION.as_ref().is_some_and(|n| n.is_match(&e.text))
    };
    (whole || !case.expected.is_empty()) && case.expected.iter().all(fits)
}

fn is_right(shared: &Shared, case: &Case) -> Result<bool> {
    let day = case.reference.as_deref().and_then(|r| r.get(..10));
    let envelope = published(Some(day.unwrap_or(TODAY)))?;
    let record = shared.reader().read(case.input.as_bytes(), &envelope);
    if case.expected.is_empty() {
        return Ok(record.times.is_empty());
    }
    Ok(case.expected.iter().all(|e| {
        let times = record.times.iter();
        let over: Vec<&TimeMention> = times
            .filter(|t| t.span.start() < e.end && t.span.end() > e.start)
            .collect();
        !over.is_empty() && e.is_met(&over)
    }))
}

/// One reading of an expected expression.
struct Reading<'a> {
    timex: &'a str,
    day: Option<Date>,
    start: Option<Date>,
    end: Option<Date>,
}

impl Expected {
    fn kind(&self) -> &str {
        let kind = self.kind.as_deref().unwrap_or_default();
        kind.rsplit('.').next().unwrap_or_default()
    }

    fn values(&self) -> &Value {
        match &self.resolution {
            Value::Null => &self.value,
            given => given,
        }
    }

    /// Its readings: the past and the future one where it can be either.
    fn readings(&self) -> Vec<Reading<'_>> {
        let values = self.values();
        let pairs: Vec<(&Value, &Value)> = if let Some(all) = values["values"].as_array() {
            all.iter().map(|v| (&v["timex"], v)).collect()
        } else {
            let small = &values["timex"];
            let timex = values.get("Timex").unwrap_or(small);
            let both = ["PastResolution", "FutureResolution"];
            both.iter().map(|side| (timex, &values[*side])).collect()
        };
        let date = |v: &Value, keys: [&str; 2]| {
            let text = keys.iter().find_map(|k| v[*k].as_str()?.get(..10));
            text.and_then(|t| t.parse().ok())
        };
        let mut out = Vec::new();
        for (timex, v) in pairs {
            out.push(Reading {
                timex: timex.as_str().unwrap_or_default(),
                day: date(v, ["value", "date"]),
                start: date(v, ["start", "startDate"]),
                end: date(v, ["end", "endDate"]),
            });
        }
        out
    }

    fn is_met(&self, over: &[&TimeMention]) -> bool {
        if self.values().is_null() {
            let fits = |t: &&TimeMention| match self.kind() {
                "date" => t.kind == TimeKind::Date,
                "daterange" => matches!(t.kind, TimeKind::Date | TimeKind::Duration),
                "duration" => t.kind == TimeKind::Duration,
                _ => t.kind == TimeKind::Set,
            };
            return over.iter().all(fits);
        }
        self.readings().iter().any(|r| self.says(r, over))
    }

    fn says(&self, reading: &Reading<'_>, over: &[&TimeMention]) -> bool {
        let same =
            |t: &&TimeMention| t.value == reading.timex || same_length(&t.value, reading.timex);
        if over.iter().any(same) {
            return true;
        }
        let range = reading.timex.trim_matches(['(', ')']);
        let length = range.split(',').nth(2);
        if length.is_some_and(|l| over.iter().any(|t| same_length(&t.value, l))) {
            return true;
        }
        let counted = ["week", "month", "year", "decade", "fortnight"];
        let counted = counted.iter().any(|u| self.text.to_lowercase().contains(u));
        let days = over.iter().filter_map(|t| Some((t, days(&t.value)?)));
        let days: Vec<(&&TimeMention, Range<Date>)> = days.collect();
        let (Some((_, first)), Some((_, last))) = (days.first(), days.last()) else {
            return false;
        };
        let within = |d: Date| {
            let grain = |(t, r): &(&&TimeMention, Range<Date>)| {
                r.contains(&d) && (counted || t.modifier.is_some())
            };
            days.iter().any(grain)
        };
        match (reading.day, reading.start, reading.end) {
            (Some(day), ..) => {
                within(day) || (first.start == day && ends(first, day.tomorrow().ok()))
            }
            (None, Some(start), Some(end)) => {
                let loose = |(t, r): &(&&TimeMention, Range<Date>)| {
                    t.modifier.is_some() && r.start <= start && end <= r.end
                };
                let whole = first.start == start
                    && (last.start == end
                        || ends(last, Some(end))
                        || ends(last, end.tomorrow().ok()));
                whole || days.iter().any(loose)
            }
            (None, Some(start), None) => first.start == start,
            (None, None, Some(end)) => first.start == end || ends(last, Some(end)),
            (None, None, None) => false,
        }
    }
}

fn ends(range: &Range<Date>, end: Option<Date>) -> bool {
    Some(range.end) == end
}

/// Whether two TIMEX3 durations are equally long: `PT1.5H` and `PT1H30M`.
fn same_length(a: &str, b: &str) -> bool {
    matches!((length(a), length(b)), (Some(a), Some(b)) if (a.0 - b.0).abs() < 1e-6 && (a.1 - b.1).abs() < 1e-6)
}

/// Months and seconds of a duration.
fn length(value: &str) -> Option<(f64, f64)> {
    let mut rest = value.strip_prefix('P')?;
    let (mut months, mut seconds, mut clock) = (0.0, 0.0, false);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            (rest, clock) = (after, true);
            continue;
        }
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let n: f64 = rest.get(..digits)?.parse().ok()?;
        let unit = rest.get(digits..)?.chars().next()?;
        match (unit, clock) {
            ('Y', _) => months += 12.0 * n,
            ('Q', _) => months += 3.0 * n,
            ('M', false) => months += n,
            ('W', _) => seconds += 604_800.0 * n,
            ('D', _) => seconds += 86_400.0 * n,
            ('H', _) => seconds += 3_600.0 * n,
            ('M', true) => seconds += 60.0 * n,
            ('S', _) => seconds += n,
            // Working days are days.
            ('B', _) => {
                rest = rest.get(digits + 1..)?;
                seconds += 86_400.0 * n;
                rest = rest.strip_prefix('D')?;
                continue;
            }
            _ => return None,
        }
        rest = rest.get(digits + 1..)?;
    }
    Some((months, seconds))
}

/// The days of a TIMEX3 date at its grain.
fn days(value: &str) -> Option<Range<Date>> {
    let number = |s: &str| s.parse::<i16>().ok();
    let from = |start: Date, span: Span| Some(start..start.checked_add(span).ok()?);
    if let Some(Ok(day)) = value.get(..10).map(str::parse::<Date>) {
        return from(day, Span::new().days(1));
    }
    let Some((year, part)) = value.split_once('-') else {
        let (years, n) = match value.len() {
            4 => (1, number(value)?),
            3 => (10, number(value)?.checked_mul(10)?),
            2 => (100, number(value)?.checked_mul(100)?),
            _ => return None,
        };
        return from(Date::new(n, 1, 1).ok()?, Span::new().years(years));
    };
    let year = number(year)?;
    if let Some(week) = part.strip_prefix('W') {
        let weekend = week.ends_with("-WE");
        let n: i8 = week.get(..2)?.parse().ok()?;
        let monday = ISOWeekDate::new(year, n, Weekday::Monday).ok()?.date();
        let saturday = monday.checked_add(Span::new().days(5)).ok()?;
        return if weekend {
            from(saturday, Span::new().days(2))
        } else {
            from(monday, Span::new().days(7))
        };
    }
    let (month, months) = match part {
        "SP" => (3, 3),
        "SU" => (6, 3),
        "FA" => (9, 3),
        "WI" => (12, 3),
        "Q1" => (1, 3),
        "Q2" => (4, 3),
        "Q3" => (7, 3),
        "Q4" => (10, 3),
        "H1" => (1, 6),
        "H2" => (7, 6),
        month => (month.parse().ok()?, 1),
    };
    from(Date::new(year, month, 1).ok()?, Span::new().months(months))
}
