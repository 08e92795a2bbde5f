//! Dates whose parts marks join, and years of two figures: `2025-08-24`, `05-Aug-2016`, `19.11.2012`,
//! `19 Nov 12`.

use onrecord_lexicon::calendar;

use super::absolute::{day_at, month_at};
use super::reading::{Found, Reading};
use super::year::year_at;
use crate::words::{Kind, Line};

const RULE: &str = "time/absolute";

/// `05-Aug-2016`, `22/Jan/2019`.
pub(super) fn joined_date(line: &Line, i: usize, day: i8, after: usize) -> Option<Found> {
    let joined = |at: usize| line.is(at, &["-", "/"]) && line.glued(at) && line.glued(at + 1);
    let (month, end) = month_at(line, after + 1).filter(|_| after == i + 1 && joined(after))?;
    let year = full_or_short_year(line, end + 1).filter(|_| joined(end))?;
    Some(Found::new(
        end + 2,
        Reading::Day(Some(year), month, day),
        RULE,
    ))
}

/// `Nov-19-2012`: the month and what stands behind its hyphen.
pub(super) fn joined_month_first(line: &Line, month: i8, end: usize) -> Option<Found> {
    let (day, after) = day_at(line, end + 1).filter(|_| line.hyphen(end))?;
    let year = full_or_short_year(line, after + 1).filter(|_| line.hyphen(after))?;
    Some(Found::new(
        after + 2,
        Reading::Day(Some(year), month, day),
        RULE,
    ))
}

/// `19.11.2012`: with points the day stands first.
pub(super) fn pointed(line: &Line, i: usize) -> Option<Found> {
    let word = line.word(i).filter(|w| w.kind == Kind::Figures)?;
    let (day, month) = word.low.split_once('.').filter(|_| !line.glued(i))?;
    let small = |s: &str| s.parse::<i8>().ok().filter(|_| s.len() <= 2);
    let (day, month) = (small(day)?, small(month)?);
    let joined = line.low(i + 1) == "." && line.glued(i + 1) && line.glued(i + 2);
    let year = year_at(line, i + 2).filter(|y| joined && valid(*y, month, day))?;
    Some(Found::new(
        i + 3,
        Reading::Day(Some(year), month, day),
        RULE,
    ))
}

/// A year of four figures, or of its last two: those from 50 on are of the last century.
fn full_or_short_year(line: &Line, i: usize) -> Option<i16> {
    year_at(line, i).or_else(|| short_year(line, i))
}

fn short_year(line: &Line, i: usize) -> Option<i16> {
    let word = line
        .word(i)
        .filter(|w| w.kind == Kind::Figures && w.range.len() == 2)?;
    let year: i16 = word.low.parse().ok()?;
    Some(if year < 50 { 2000 + year } else { 1900 + year })
}

/// The year of `19 Nov 12` and `19 Nov '12`, where nothing is counted by it.
pub(super) fn short_year_after(line: &Line, month: usize, end: usize) -> Option<(i16, usize)> {
    if calendar::is_full_month(line.low(month)) {
        return None;
    }
    let at = end + usize::from(line.low(end) == "'" && line.glued(end + 1));
    let year = short_year(line, at).filter(|_| at > end || !line.glued(at))?;
    let next = line.kind(at + 1);
    let counts = next == Some(Kind::Letters) && !AFTER_DATE.contains(&line.low(at + 1));
    let goes_on = line.glued(at + 1) && !line.is(at + 1, &[".", ",", ";", ")", ":"])
        || line.low(at + 1) == ":" && line.glued(at + 2)
        || line.is(at + 1, &["%", "$", "€", "£"])
        || next == Some(Kind::Figures);
    (!counts && !goes_on).then_some((year, at + 1))
}

/// Words that go on after a date; others may be what its last figure counts.
pub(super) const AFTER_DATE: &[&str] = &[
    "at", "in", "on", "off", "near", "and", "but", "by", "for", "from", "to", "of", "with", "when",
    "after", "before", "as", "was", "were", "is", "will", "said", "that", "which",
];

/// `2025-08-24`, `2025/08/24`; `24/08/2025` and `8/24/2025` when only one reading is a date.
pub(super) fn iso(line: &Line, i: usize) -> Option<Found> {
    let sep = line.low(i + 1);
    let joined = (1..5).all(|k| line.glued(i + k)) && line.low(i + 3) == sep;
    if !joined || !matches!(sep, "-" | "/" | ".") || line.hyphen(i + 5) {
        return None;
    }
    let small = |k: usize| line.low(k).parse::<i8>().ok();
    if let Some(year) = year_at(line, i) {
        let (month, day) = (small(i + 2)?, small(i + 4)?);
        return valid(year, month, day)
            .then(|| Found::new(i + 5, Reading::Day(Some(year), month, day), RULE));
    }
    let (a, b, year) = (small(i)?, small(i + 2)?, year_at(line, i + 4)?);
    let (month, day) = match (valid(year, b, a), valid(year, a, b)) {
        (true, false) => (b, a),
        (false, true) => (a, b),
        (true, true) if a == b => (a, b),
        _ => return None,
    };
    Some(Found::new(
        i + 5,
        Reading::Day(Some(year), month, day),
        RULE,
    ))
}

fn valid(year: i16, month: i8, day: i8) -> bool {
    jiff::civil::Date::new(year, month, day).is_ok()
}
