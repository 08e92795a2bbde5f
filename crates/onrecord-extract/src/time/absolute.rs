//! Dates that name their own year, month or day: `24 August 2025`, `Nov. 3`, `March`, `1998`,
//! `the 1990s`, `the 11th century`, `fiscal 2026`.

use onrecord_lexicon::{calendar, numbers};

use super::reading::{Found, Reading, Which};
use crate::words::{Kind, Line};

const RULE: &str = "time/absolute";

/// The date that starts at a word.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    weekday_before_date(line, i)
        .and_then(|j| day_month(line, j))
        .filter(|f| matches!(f.reading, Reading::Day(..)))
        .or_else(|| day_month(line, i))
        .or_else(|| iso(line, i))
        .or_else(|| century(line, i))
        .or_else(|| decade(line, i))
        .or_else(|| stated_year(line, i))
        .or_else(|| bare_year(line, i))
}

fn weekday_before_date(line: &Line, i: usize) -> Option<usize> {
    calendar::weekday(line.low(i)).filter(|_| line.capital(i))?;
    let mut j = i + 1;
    while line.is(j, &[",", "."]) || line.is(j, &["the"]) {
        j += 1;
    }
    Some(j)
}

/// A month's word, and the place after it with its full stop.
pub(crate) fn month_at(line: &Line, i: usize) -> Option<(i8, usize)> {
    let low = line.low(i);
    let month = calendar::month(low).filter(|_| line.capital(i))?;
    let full = calendar::is_full_month(low);
    let end = if !full && line.low(i + 1) == "." && line.glued(i + 1) {
        i + 2
    } else {
        i + 1
    };
    Some((month, end))
}

/// A year of four figures at a word, in the given bounds.
pub(crate) fn year_at(line: &Line, i: usize) -> Option<i16> {
    let w = line.word(i)?;
    let plain = w.kind == Kind::Figures && w.range.len() == 4 && w.low.len() == 4;
    let year: i16 = w.low.parse().ok().filter(|_| plain)?;
    (1000..=2199).contains(&year).then_some(year)
}

/// The day of a month: `24`, `24th`, `fourth`.
fn day_at(line: &Line, i: usize) -> Option<(i8, usize)> {
    if line.kind(i) == Some(Kind::Figures) {
        let w = line.word(i)?;
        let day: i8 = w.low.parse().ok().filter(|_| w.range.len() <= 2)?;
        let suffix = line.glued(i + 1) && line.is(i + 1, &["st", "nd", "rd", "th"]);
        let end = if suffix { i + 2 } else { i + 1 };
        let clock = line.low(end) == ":" && line.glued(end) && line.glued(end + 1);
        let more = clock
            || line.is(
                end,
                &["%", "percent", "million", "billion", "points", "people"],
            )
            || (line.glued_letters(end) && !suffix);
        return ((1..=31).contains(&day) && !more).then_some((day, end));
    }
    let (day, end) = ordinal_at(line, i)?;
    i8::try_from(day)
        .ok()
        .filter(|d| (1..=31).contains(d))
        .map(|d| (d, end))
}

/// An ordinal in words or figures: `eleventh`, `twenty-first`, `19th`.
pub(crate) fn ordinal_at(line: &Line, i: usize) -> Option<(i64, usize)> {
    if line.kind(i) == Some(Kind::Figures) {
        let suffix = line.glued(i + 1) && line.is(i + 1, &["st", "nd", "rd", "th"]);
        return suffix.then(|| Some((line.low(i).parse().ok()?, i + 2)))?;
    }
    let low = line.low(i);
    if let Some(n) = numbers::ordinal(low) {
        return Some((n, i + 1));
    }
    let tens = numbers::tens(low)?;
    let next = if line.hyphen(i + 1) { i + 2 } else { i + 1 };
    let unit = numbers::ordinal(line.low(next)).filter(|n| *n < 10)?;
    Some((tens + unit, next + 1))
}

/// Month first or day first, with or without a year.
fn day_month(line: &Line, i: usize) -> Option<Found> {
    if let Some((month, end)) = month_at(line, i) {
        return month_first(line, i, month, end);
    }
    let past = usize::from(line.low(i) == "this" && line.is(i + 1, &["past", "coming"]));
    let by = match line.low(i + past) {
        "last" | "past" => Some(-1),
        "this" => Some(0),
        "next" | "coming" => Some(1),
        _ => None,
    };
    if let (Some(by), Some((month, end))) = (by, month_at(line, i + past + 1)) {
        let day = day_at(line, end).is_some() || year_at(line, end).is_some();
        let reading = Reading::Month(Which::Shift(by), month);
        return (!day).then(|| Found::new(end, reading, RULE));
    }
    let start = if line.low(i) == "the" { i + 1 } else { i };
    let (day, after) = day_at(line, start)?;
    let at = if line.low(after) == "of" {
        after + 1
    } else {
        after
    };
    let (month, end) = month_at(line, at)?;
    // "the 2 May brothers" is not a date, "2 May" is.
    let (year, end) = year_after(line, end);
    Some(Found::new(end, Reading::Day(year, month, day), RULE))
}

fn month_first(line: &Line, i: usize, month: i8, end: usize) -> Option<Found> {
    let the = usize::from(line.low(end) == "the");
    if let Some((day, after)) = day_at(line, end + the) {
        let (year, after) = year_after(line, after);
        return Some(Found::new(after, Reading::Day(year, month, day), RULE));
    }
    let of = usize::from(line.is(end, &["of", ","]));
    if let Some(year) = year_at(line, end + of) {
        return Some(Found::new(
            end + of + 1,
            Reading::Month(Which::Year(year), month),
            RULE,
        ));
    }
    if let Some((year, end)) = spelled_year(line, end) {
        return Some(Found::new(
            end,
            Reading::Month(Which::Year(year), month),
            RULE,
        ));
    }
    let of = usize::from(line.low(end) == "of");
    if line.low(end + of + 1) == "year" {
        let shift = match line.low(end + of) {
            "last" => Some(-1),
            "this" => Some(0),
            "next" => Some(1),
            _ => None,
        };
        if let Some(by) = shift {
            return Some(Found::new(
                end + of + 2,
                Reading::Month(Which::InYear(by), month),
                RULE,
            ));
        }
    }
    bare_month(line, i, end).then(|| Found::new(end, Reading::Month(Which::Open, month), RULE))
}

const BEFORE_MONTH: &[&str] = &[
    "in",
    "of",
    "since",
    "by",
    "until",
    "till",
    "from",
    "to",
    "through",
    "last",
    "next",
    "this",
    "early",
    "late",
    "mid",
    "during",
    "before",
    "after",
    "for",
    "each",
    "every",
    "past",
    "between",
    "and",
    "or",
    "throughout",
    "around",
    "about",
    "earlier",
    "later",
    "previous",
    "into",
];

/// Whether a month's word without a day or year is a month and not a name or a verb.
fn bare_month(line: &Line, i: usize, end: usize) -> bool {
    let low = line.low(i);
    let led = BEFORE_MONTH.contains(&line.back(i, 1)) || line.back(i, 1) == "-";
    let name_follows = line.capital(end) && line.kind(end) == Some(Kind::Letters);
    let short = !calendar::is_full_month(low) && end == i + 1;
    match low {
        _ if short => false,
        "may" => led && !name_follows,
        "march" => {
            led || (line.back(i, 1) == "the"
                && line.kind(end) == Some(Kind::Letters)
                && !line.is(end, &["for", "of", "on", "to", "in"])
                && !name_follows)
        }
        "august" | "april" | "june" => led || !name_follows,
        _ => true,
    }
}

/// `, 2025` or `2025` after a day.
fn year_after(line: &Line, i: usize) -> (Option<i16>, usize) {
    let skip = usize::from(line.is(i, &[",", "in", "of"]));
    match year_at(line, i + skip) {
        Some(year) => (Some(year), i + skip + 1),
        None => (None, i),
    }
}

/// `2025-08-24`, `2025/08/24`; `24/08/2025` and `8/24/2025` when only one reading is a date.
fn iso(line: &Line, i: usize) -> Option<Found> {
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

/// `the 11th century`, `19th-century`.
fn century(line: &Line, i: usize) -> Option<Found> {
    let start = if line.low(i) == "the" { i + 1 } else { i };
    let (n, end) = ordinal_at(line, start)?;
    let at = if line.hyphen(end) { end + 1 } else { end };
    if !line.is(at, &["century", "centuries"]) || !(1..=30).contains(&n) {
        return None;
    }
    Some(Found::new(
        at + 1,
        Reading::Century(i16::try_from(n).ok()? - 1),
        RULE,
    ))
}

const DECADES: &[(&str, i16)] = &[
    ("twenties", 2),
    ("thirties", 3),
    ("forties", 4),
    ("fifties", 5),
    ("sixties", 6),
    ("seventies", 7),
    ("eighties", 8),
    ("nineties", 9),
];

/// `1990s`, `the '90s`, `the nineties`.
fn decade(line: &Line, i: usize) -> Option<Found> {
    let the = line.low(i) == "the";
    let start = if the { i + 1 } else { i };
    if let Some((_, d)) = DECADES.iter().find(|(w, _)| line.low(start) == *w) {
        return the.then(|| Found::new(start + 1, Reading::Decade(190 + d), RULE));
    }
    let plural = |j: usize| {
        let bare = line.low(j) == "s" && line.glued(j);
        let marked =
            line.low(j) == "'" && line.low(j + 1) == "s" && line.glued(j) && line.glued(j + 1);
        bare.then_some(j + 1).or(marked.then_some(j + 2))
    };
    if let (Some(year), Some(end)) = (year_at(line, start), plural(start + 1)) {
        // "1998's flood" is a year.
        return (year % 10 == 0).then(|| Found::new(end, Reading::Decade(year / 10), RULE));
    }
    let quote = line.low(start) == "'";
    let at = if quote { start + 1 } else { start };
    let short = line
        .low(at)
        .parse::<i16>()
        .ok()
        .filter(|n| n % 10 == 0 && (10..100).contains(n))?;
    let end = plural(at + 1)?;
    // "in her 30s" is an age.
    let apart = quote || (the && !line.is(i.wrapping_sub(1), &["high", "low", "mid", "upper"]));
    apart.then(|| {
        Found::new(
            end,
            Reading::Decade(if short < 20 { 200 } else { 190 } + short / 10),
            RULE,
        )
    })
}

/// `fiscal 2026`, `fiscal year 2026`, `the year 2000`, `calendar 1990`.
fn stated_year(line: &Line, i: usize) -> Option<Found> {
    let start = if line.low(i) == "the" { i + 1 } else { i };
    let mut j = start;
    while line.is(j, &["fiscal", "financial", "calendar", "year"]) {
        j += 1;
    }
    if j == start {
        return None;
    }
    let (year, end) = match year_at(line, j) {
        Some(y) => (y, j + 1),
        None => spelled_year(line, j)?,
    };
    Some(Found::new(end, Reading::Year(year), RULE))
}

/// `nineteen ninety-eight`, `two thousand (and) five`.
fn spelled_year(line: &Line, i: usize) -> Option<(i16, usize)> {
    if line.after(i, &["two", "thousand"]).is_some() {
        let and = usize::from(line.low(i + 2) == "and");
        let small = numbers::small(line.low(i + 2 + and)).filter(|n| *n > 0);
        return Some(match small {
            Some(n) => (2000 + i16::try_from(n).ok()?, i + 3 + and),
            None => (2000, i + 2),
        });
    }
    let century = numbers::small(line.low(i)).filter(|n| (15..20).contains(n));
    let century = century.or_else(|| (line.low(i) == "twenty").then_some(20))?;
    let (rest, end) = match (
        numbers::tens(line.low(i + 1)),
        numbers::small(line.low(i + 1)),
    ) {
        (Some(tens), _) => {
            let next = if line.hyphen(i + 2) { i + 3 } else { i + 2 };
            match numbers::small(line.low(next)).filter(|n| (1..10).contains(n)) {
                Some(unit) => (tens + unit, next + 1),
                None => (tens, i + 2),
            }
        }
        (None, Some(n)) if n >= 10 => (n, i + 2),
        _ => return None,
    };
    Some((i16::try_from(century * 100 + rest).ok()?, end))
}

const BEFORE_YEAR: &[&str] = &[
    "in",
    "since",
    "of",
    "by",
    "until",
    "till",
    "from",
    "during",
    "before",
    "after",
    "to",
    "for",
    "through",
    "early",
    "late",
    "mid",
    "throughout",
    "between",
    "and",
    "or",
    "around",
    "about",
    "circa",
    "as",
    "than",
    "with",
    "late-",
    "into",
    "on",
];

const COUNTS: &[&str] = &[
    "%",
    "percent",
    "per",
    "people",
    "points",
    "million",
    "billion",
    "hours",
    "gmt",
    "years",
    "miles",
    "km",
    "tons",
    "tonnes",
    "feet",
    "meters",
    "metres",
    "troops",
    "barrels",
    "shares",
    "dollars",
    "yen",
    "acres",
    "men",
    "women",
    "jobs",
    "homes",
    "soldiers",
    "workers",
    "days",
    "civilians",
    "children",
];

/// Four figures that can only be a year here.
fn bare_year(line: &Line, i: usize) -> Option<Found> {
    if let Some((year, end)) = spelled_year(line, i).filter(|(y, e)| *y != 2000 && *e > i + 1) {
        let said = (1500..2100).contains(&year) && !COUNTS.contains(&line.low(end));
        return said.then(|| Found::new(end, Reading::Year(year), RULE));
    }
    let year = year_at(line, i)?;
    let before = line.back(i, 1);
    let glued_before = line.glued(i)
        && !matches!(
            before,
            "(" | "-" | "–" | "—" | "/" | "\"" | "“" | "'" | "‘" | "["
        );
    let hyphened = line.glued(i) && matches!(before, "-" | "–" | "/");
    let led = BEFORE_YEAR.contains(&before) || matches!(before, "(" | "[");
    let hyphen_ok = !hyphened
        || matches!(line.back(i, 2), "mid" | "pre" | "post" | "early" | "late")
        || line.kind(i.wrapping_sub(2)) == Some(Kind::Figures);
    let after = line.low(i + 1);
    let letters_stuck = line.glued_letters(i + 1);
    let number_goes_on = line.glued(i + 1) && matches!(after, "/" | ":" | ".") && line.glued(i + 2);
    let common = (1900..2060).contains(&year) || (led && (1400..2100).contains(&year));
    if !common
        || glued_before
        || letters_stuck
        || !hyphen_ok
        || number_goes_on
        || COUNTS.contains(&after)
    {
        return None;
    }
    if matches!(
        before,
        "$" | "£"
            | "€"
            | "¥"
            | "no"
            | "number"
            | "than"
            | "nearly"
            | "some"
            | "article"
            | "room"
            | "flight"
            | "resolution"
            | "fare"
    ) && before != "than"
    {
        return None;
    }
    let counted = after.len() > 3
        && after.ends_with('s')
        && !after.ends_with("ss")
        && line.kind(i + 1) == Some(Kind::Letters)
        && !line.capital(i + 1)
        && !matches!(
            after,
            "was"
                | "has"
                | "is"
                | "does"
                | "as"
                | "sales"
                | "elections"
                | "results"
                | "earnings"
                | "games"
                | "protests"
                | "talks"
                | "operations"
                | "revenues"
                | "profits"
                | "stocks"
                | "loans"
        );
    let bare = !led && counted;
    (!bare).then(|| Found::new(i + 1, Reading::Year(year), RULE))
}

#[cfg(test)]
mod tests {
    use crate::time::testing::check;

    const DAY: &str = "2025-08-27";

    #[test]
    fn days_and_months() {
        check(
            DAY,
            "It opened on Nov. 3, 2021.",
            &["Nov. 3, 2021=2021-11-03"],
        );
        check(
            DAY,
            "It closes on 5 September 2025 at last.",
            &["5 September 2025=2025-09-05"],
        );
        check(
            DAY,
            "The 4th of May, 1998 was dry.",
            &["The 4th of May, 1998=1998-05-04"],
        );
        check(DAY, "Rain fell in June 2019.", &["June 2019=2019-06"]);
        check(
            DAY,
            "They met on Monday, Aug. 25.",
            &["Monday, Aug. 25=2025-08-25"],
        );
        check(
            DAY,
            "The log says 2024-02-29 and 13/10/2023.",
            &["2024-02-29=2024-02-29", "13/10/2023=2023-10-13"],
        );
        check(DAY, "A march through May Street may end.", &[]);
    }

    #[test]
    fn years_decades_centuries() {
        check(
            DAY,
            "The bridge of 1998 fell in 2004.",
            &["1998=1998", "2004=2004"],
        );
        check(DAY, "Some 2000 people paid $1999 each.", &[]);
        check(
            DAY,
            "It was the 1990s fashion of the '60s.",
            &["the 1990s=199", "the '60s=196"],
        );
        check(DAY, "a 12th-century abbey", &["12th-century=11"]);
        check(DAY, "Profit for fiscal 2024 rose.", &["fiscal 2024=2024"]);
        check(
            DAY,
            "It sank in nineteen sixty-three.",
            &["nineteen sixty-three=1963"],
        );
    }
}
