//! Quarters, halves and seasons: `the third quarter`, `Q3 2025`, `first half of 2024`,
//! `last fall`, `the summer of 1999`.

use onrecord_lexicon::calendar;

use super::reading::{Found, Reading, Which};
use super::year::{ordinal_at, spelled_year, year_at};
use crate::words::{Kind, Line};

const RULE: &str = "time/season";

/// The quarter, half or season that starts at a word.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    quarter(line, i).or_else(|| season(line, i))
}

fn skip_the(line: &Line, i: usize) -> usize {
    if line.is(i, &["the", "a"]) { i + 1 } else { i }
}

fn quarter(line: &Line, i: usize) -> Option<Found> {
    if let Some(found) = short(line, i) {
        return Some(found);
    }
    let (which, start) = led_by_year(line, i).unwrap_or((Which::Open, skip_the(line, i)));
    let mut at = start;
    while line.is(at, &["fiscal", "financial", "flat", "weak", "strong"]) {
        at += 1;
        if line.hyphen(at) {
            at += 1;
        }
    }
    // "last quarter" alone is the one just over; "the last quarter of 2029" is the year's fourth.
    let of_year = || line.is(at + 2, &["of", "in"]) && led_after(line, at + 2).0 != Which::Open;
    let last = line.is(at, &["last", "final"]);
    let (n, end) = if last && line.low(at + 1) == "half" {
        (2, at + 1)
    } else if last && line.low(at + 1) == "quarter" && of_year() {
        (4, at + 1)
    } else {
        ordinal_at(line, at)?
    };
    let hyphen = line.hyphen(end);
    let unit = if hyphen { end + 1 } else { end };
    let n = i8::try_from(n).ok()?;
    let reading = |which| match line.low(unit) {
        "quarter" if (1..=4).contains(&n) => Some(Reading::Quarter(which, n)),
        // "the second half" of a match is not of the year: an article or a year must lead.
        "half" if (1..=2).contains(&n) && (hyphen || start > i || which != Which::Open) => {
            Some(Reading::Half(which, n))
        }
        _ => None,
    };
    let (which, end) = match which {
        Which::Open => led_after(line, unit + 1),
        given => (given, unit + 1),
    };
    Some(Found::new(end, reading(which)?, RULE))
}

/// `Q3`, `Q3 2025`, `2016 Q3`, `H1`.
fn short(line: &Line, i: usize) -> Option<Found> {
    // "2016 Q3"
    let given = year_at(line, i);
    let i = i + usize::from(given.is_some());
    let low = line.low(i);
    let ok = (low == "q" || (low == "h" && line.capital(i)))
        && line.glued(i + 1)
        && line.word(i + 1)?.range.len() == 1;
    let n: i8 = line.low(i + 1).parse().ok().filter(|_| ok)?;
    let (which, end) = match given {
        Some(year) => (Which::Year(year), i + 2),
        None => led_after(line, i + 2),
    };
    let reading = match (low, n) {
        ("q", 1..=4) => Reading::Quarter(which, n),
        ("h", 1..=2) => Reading::Half(which, n),
        _ => return None,
    };
    Some(Found::new(end, reading, RULE))
}

/// `this year's`, `last year's`, `the 1998` before a quarter.
fn led_by_year(line: &Line, i: usize) -> Option<(Which, usize)> {
    let at = skip_the(line, i);
    if let Some(year) = year_at(line, at) {
        let end = line.past_possessive(at + 1);
        return Some((Which::Year(year), end));
    }
    let by = shift(line.low(at))?;
    let end = line.past_possessive(at + 2);
    (line.low(at + 1) == "year" && end > at + 2).then_some((Which::InYear(by), end))
}

fn shift(word: &str) -> Option<i32> {
    match word {
        "last" | "past" => Some(-1),
        "this" | "current" => Some(0),
        "next" | "coming" => Some(1),
        _ => None,
    }
}

/// `of 1998`, `1998`, `of fiscal 1998`, `last year`, `of this year` after it.
fn led_after(line: &Line, i: usize) -> (Which, usize) {
    let mut at = i;
    while line.is(at, &["of", "in", "the", "fiscal", "year", ",", "for"]) && at < i + 3 {
        at += 1;
    }
    if let Some(year) = year_at(line, at) {
        return (Which::Year(year), at + 1);
    }
    if let Some(end) = line.after(i, &["of", "the", "year", "before", "last"]) {
        return (Which::InYear(-2), end);
    }
    if let Some((year, end)) = spelled_year(line, at).filter(|_| at > i) {
        return (Which::Year(year), end);
    }
    match shift(line.low(at)) {
        Some(by) if line.low(at + 1) == "year" => (Which::InYear(by), at + 2),
        _ => (Which::Open, i),
    }
}

fn season(line: &Line, i: usize) -> Option<Found> {
    let the = line.low(i) == "the";
    let past = usize::from(line.low(i) == "this" && line.is(i + 1, &["past", "coming"]));
    let by = shift(line.low(i + past));
    let at = if the || by.is_some() { i + 1 + past } else { i };
    let code = calendar::season(line.low(at))?;
    let (after, end) = led_after(line, at + 1);
    let led = line.is(
        i.wrapping_sub(1),
        &[
            "in",
            "by",
            "since",
            "until",
            "early",
            "late",
            "mid",
            "during",
            "-",
            "of",
            "through",
            "over",
            "into",
            "throughout",
            "last",
            "next",
            "for",
        ],
    );
    let which = match (after, by) {
        (Which::Open, Some(by)) => Which::Shift(by),
        (Which::Open, None) => Which::Open,
        (given, _) => given,
    };
    // "spring" and "fall" are also verbs, "the fall of the city" is not a season.
    let clear = which != Which::Open
        || (led && line.kind(at + 1) != Some(Kind::Letters))
        || (the && line.low(at) != "fall" && line.low(at) != "spring" && led);
    let other =
        line.is(at, &["spring", "fall"]) && which == Which::Open && line.low(at + 1) == "of";
    (clear && !other).then(|| Found::new(end, Reading::Season(which, code), RULE))
}

#[cfg(test)]
mod tests {
    use crate::time::testing::check;

    #[test]
    fn quarters_and_halves() {
        check(
            "2025-11-03",
            "Profit rose in the third quarter.",
            &["the third quarter=2025-Q3"],
        );
        check(
            "2025-02-03",
            "Its fourth-quarter loss grew.",
            &["fourth-quarter=2024-Q4"],
        );
        check(
            "2025-11-03",
            "Output fell in the second half of 2024.",
            &["the second half of 2024=2024-H2"],
        );
        check("2025-11-03", "Sales rose in Q2 2025.", &["Q2 2025=2025-Q2"]);
        check(
            "2025-11-03",
            "It beat last year's first quarter.",
            &["last year's first quarter=2024-Q1"],
        );
        check(
            "2026-02-04",
            "Output fell in the second half.",
            &["the second half=2025-H2"],
        );
    }

    #[test]
    fn seasons() {
        check(
            "2025-11-03",
            "Tourists stayed away last summer.",
            &["last summer=2025-SU"],
        );
        check(
            "2025-11-03",
            "The winter of 1998 was mild.",
            &["The winter of 1998=1998-WI"],
        );
        check("2025-11-03", "Prices fall when rivers spring.", &[]);
    }
}
