//! Years and longer: `1998`, `the 1990s`, `the 11th century`, `fiscal 2026`,
//! `nineteen ninety-eight`. Figures that count something are not years.

use onrecord_lexicon::{Usage, Use, numbers};
use rust_decimal::prelude::ToPrimitive;

use super::reading::{Found, Reading};
use crate::words::{Kind, Line};

const RULE: &str = "time/year";

/// The year, decade or century that starts at a word.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    century(line, i)
        .or_else(|| decade(line, i))
        .or_else(|| stated_year(line, i))
        .or_else(|| bare_year(line, i))
}

/// A year of four figures at a word, in the given bounds.
pub(crate) fn year_at(line: &Line, i: usize) -> Option<i16> {
    let w = line.word(i)?;
    let plain = w.kind == Kind::Figures && w.range.len() == 4 && w.low.len() == 4;
    let year: i16 = w.low.parse().ok().filter(|_| plain)?;
    (1000..=2199).contains(&year).then_some(year)
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
pub(crate) fn spelled_year(line: &Line, i: usize) -> Option<(i16, usize)> {
    if line.after(i, &["two", "thousand"]).is_some() {
        let and = usize::from(line.low(i + 2) == "and");
        let at = i + 2 + and;
        let rest = crate::number::at(line, at).filter(|n| n.spelled);
        let rest = rest.and_then(|n| Some((i16::try_from(n.value.to_i64()?).ok()?, n.end)));
        return Some(match rest.filter(|(n, _)| (1..100).contains(n)) {
            Some((n, end)) => (2000 + n, end),
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
            | "page"
            | "suite"
            | "apartment"
            | "bus"
            | "highway"
            | "route"
            | "gate"
            | "box"
            | "lot"
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
    // "about 1990 ships came", "with 2010 boats": what is counted decides, where "in" would not let it.
    let weak = matches!(
        before,
        "about" | "around" | "than" | "with" | "and" | "or" | "for" | "to" | "as"
    );
    let bare = (!led || weak) && counted;
    let dated = matches!(before, "in" | "since" | "by" | "until" | "during" | "of");
    (!bare && (dated || !is_address(line, i))).then(|| Found::new(i + 1, Reading::Year(year), RULE))
}

/// A house number before the name of a street: "2031 Main Street".
fn is_address(line: &Line, i: usize) -> bool {
    let capital = |k: usize| line.capital(k) && line.kind(k) == Some(Kind::Letters);
    let names = (i + 1..i + 5).take_while(|k| capital(*k));
    names
        .skip(1)
        .any(|k| Usage::shipped().is(Use::Street, line.low(k)))
}

#[cfg(test)]
mod tests {
    use crate::time::testing::check;

    const DAY: &str = "2025-08-27";

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
            "About 1980 boats left 2011 Old Mill Lane on bus 1999.",
            &[],
        );
        check(
            DAY,
            "By 1980 boats were rare. In 2015 Wall Street fell.",
            &["1980=1980", "2015=2015"],
        );
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
