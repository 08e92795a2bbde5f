//! Holidays by name, with the country that a national day is of: `Christmas Eve`,
//! `Finland's Independence Day`, `last Thanksgiving`, `Eid al-Fitr`.

use jiff::Span;
use jiff::civil::{Date, Weekday};
use onrecord_lexicon::holidays::{self, Holiday, Rule};

use super::reading::{Found, Reading, Which};
use super::year::year_at;
use crate::words::Line;

const RULE: &str = "time/holiday";

/// The holiday that starts at a word, with its country before it.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    let (which, at) = match line.low(i) {
        "last" | "previous" => (Which::Shift(-1), i + 1),
        "this" => (Which::Shift(0), i + 1),
        "next" | "following" => (Which::Shift(1), i + 1),
        _ => (Which::Open, i),
    };
    let (candidates, end) = named(line, at).or_else(|| with_country(line, at))?;
    let candidates = narrowed(line, end, candidates);
    match year_at(line, end) {
        Some(year) => Some(Found::new(
            end + 1,
            Reading::Holiday(Which::Year(year), candidates),
            RULE,
        )),
        None => Some(Found::new(end, Reading::Holiday(which, candidates), RULE)),
    }
}

/// "Independence Day in Latvia", "Independence Day of Latvia".
fn narrowed(line: &Line, end: usize, all: Vec<&'static Holiday>) -> Vec<&'static Holiday> {
    if all.len() < 2 || !line.is(end, &["in", "of"]) {
        return all;
    }
    let of: Vec<_> = all
        .iter()
        .copied()
        .filter(|h| {
            let at = end + 1;
            country_at(line, at, h)
                .or_else(|| country_at(line, at + usize::from(line.low(at) == "the"), h))
                .is_some()
        })
        .collect();
    if of.is_empty() { all } else { of }
}

/// Every holiday whose longest name stands here.
fn named(line: &Line, i: usize) -> Option<(Vec<&'static Holiday>, usize)> {
    let mut best: (Vec<&'static Holiday>, usize) = (Vec::new(), i);
    for h in holidays::starting_with(line.low(i)) {
        let end = h
            .names
            .iter()
            .filter(|n| line.capital(i) || is_name_alone(n))
            .filter_map(|n| name_at(line, i, n))
            .max()
            .unwrap_or(i);
        if end > best.1 {
            best = (vec![h], end);
        } else if end == best.1 && end > i {
            best.0.push(h);
        }
    }
    (best.1 > i).then_some(best)
}

/// Whether a holiday's name means nothing else in small letters.
fn is_name_alone(name: &str) -> bool {
    let words = || name.split([' ', '-']);
    words().count() > 1
        && words()
            .next_back()
            .is_some_and(|w| matches!(w, "day" | "eve" | "friday" | "sunday" | "monday"))
        || matches!(
            name,
            "easter" | "christmas" | "thanksgiving" | "halloween" | "ramadan" | "passover"
        )
}

/// The place after a name, whatever its case and apostrophes.
fn name_at(line: &Line, i: usize, name: &str) -> Option<usize> {
    let mut at = i;
    for piece in name.split([' ', '-', '\'', '.']).filter(|p| !p.is_empty()) {
        while at > i && line.is(at, &["-", "'", ".", "–"]) {
            at += 1;
        }
        if line.low(at) != piece {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// "Finnish Independence Day", "Finland's Independence Day".
fn with_country(line: &Line, i: usize) -> Option<(Vec<&'static Holiday>, usize)> {
    if !line.capital(i) {
        return None;
    }
    for words in 1..=4 {
        let at = line.past_possessive(i + words);
        if !line.capital(at) {
            continue;
        }
        let Some((all, end)) = named(line, at) else {
            continue;
        };
        let of: Vec<_> = all
            .into_iter()
            .filter(|h| country_at(line, i, h) == Some(i + words))
            .collect();
        if !of.is_empty() {
            return Some((of, end));
        }
    }
    None
}

fn country_at(line: &Line, i: usize, h: &Holiday) -> Option<usize> {
    h.country_words
        .iter()
        .filter_map(|w| name_at(line, i, w))
        .max()
}

/// The day a holiday falls on in a year.
pub(crate) fn date(rule: &Rule, year: i16) -> Option<Date> {
    let add = |d: Date, days: i16| d.checked_add(Span::new().try_days(days).ok()?).ok();
    match rule {
        Rule::Fixed(m, d) => Date::new(year, *m, *d).ok(),
        Rule::Nth(m, n, w, by) => {
            let weekday = Weekday::from_monday_one_offset(*w).ok()?;
            let first = Date::new(year, *m, 1).ok()?;
            add(
                first.nth_weekday_of_month(*n, weekday).ok()?,
                i16::from(*by),
            )
        }
        Rule::Before(m, d, w) => {
            let weekday = Weekday::from_monday_one_offset(*w).ok()?;
            Date::new(year, *m, *d).ok()?.nth_weekday(-1, weekday).ok()
        }
        Rule::Easter(by) => add(easter(year)?, *by),
        Rule::Orthodox(by) => add(orthodox_easter(year)?, *by),
        Rule::Table(days) => days
            .iter()
            .find(|(y, ..)| *y == year)
            .and_then(|(y, m, d)| Date::new(*y, *m, *d).ok()),
    }
}

/// Easter Sunday of the Western churches (the anonymous Gregorian computus).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, rest) = (y % 19, y / 100, y % 100);
    let moon = (19 * golden + century - century / 4 - (8 * century + 13) / 25 + 15) % 30;
    let week = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 19 * week) / 433;
    let month = (moon + week - 7 * late + 90) / 25;
    let day = (moon + week - 7 * late + 33 * month + 19) % 32;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Easter Sunday of the Eastern churches (Meeus), in the Gregorian calendar, 1900 to 2099.
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * (y % 19) + 15) % 30;
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    let month = (d + e + 114) / 31;
    let day = (d + e + 114) % 31 + 1;
    let julian = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    julian.checked_add(Span::new().try_days(13).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::testing::check;

    #[test]
    fn named_days() {
        check(
            "2026-01-06",
            "It flooded on Christmas Day.",
            &["Christmas Day=2025-12-25"],
        );
        check(
            "2026-01-06",
            "It flooded on New Year's Eve.",
            &["New Year's Eve=2025-12-31"],
        );
        check(
            "2025-12-08",
            "Crowds marked Finland's Independence Day.",
            &["Finland's Independence Day=2025-12-06"],
        );
        check(
            "2025-12-08",
            "The Finnish Independence Day ball was full.",
            &["Finnish Independence Day=2025-12-06"],
        );
        check(
            "2025-04-22",
            "Ships sailed on Easter Monday.",
            &["Easter Monday=2025-04-21"],
        );
    }

    #[test]
    fn moving_days() {
        assert_eq!(easter(2024).unwrap().to_string(), "2024-03-31");
        assert_eq!(orthodox_easter(2024).unwrap().to_string(), "2024-05-05");
        assert_eq!(
            date(&Rule::Nth(11, 4, 4, 1), 2025).unwrap().to_string(),
            "2025-11-28"
        );
        assert_eq!(
            date(&Rule::Before(5, 25, 1), 2025).unwrap().to_string(),
            "2025-05-19"
        );
    }
}
