//! Dates that name their own month or day: `24 August 2025`, `Nov. 3`, `March`, `2025-08-24`.
//! Years and longer are in [`super::year`].

use onrecord_lexicon::calendar;

use super::joined::{AFTER_DATE, iso, joined_date, joined_month_first, pointed, short_year_after};
use super::reading::{Found, Reading, Which};
use super::year::{self, ordinal_at, spelled_year, year_at};
use crate::words::{Kind, Line};

const RULE: &str = "time/absolute";

/// The date that starts at a word.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    weekday_before_date(line, i)
        .and_then(|j| day_month(line, j))
        .filter(|f| matches!(f.reading, Reading::Day(..)))
        .or_else(|| day_month(line, i))
        .or_else(|| iso(line, i))
        .or_else(|| pointed(line, i))
        .or_else(|| year::find(line, i))
}

fn weekday_before_date(line: &Line, i: usize) -> Option<usize> {
    let low = line.low(i);
    calendar::weekday(low).filter(|_| line.capital(i) || calendar::is_full_weekday(low))?;
    let mut j = i + 1;
    while line.is(j, &[",", "."]) || line.is(j, &["the"]) {
        j += 1;
    }
    Some(j)
}

/// A month's word, and the place after it with its full stop.
pub(crate) fn month_at(line: &Line, i: usize) -> Option<(i8, usize)> {
    let low = line.low(i);
    let full = calendar::is_full_month(low);
    let word = matches!(low, "may" | "march" | "august" | "mar" | "sept" | "sep");
    let month = calendar::month(low).filter(|_| line.capital(i) || (full && !word))?;
    let end = if !full && line.low(i + 1) == "." && line.glued(i + 1) {
        i + 2
    } else {
        i + 1
    };
    Some((month, end))
}

/// The day of a month: `24`, `24th`, `fourth`.
pub(super) fn day_at(line: &Line, i: usize) -> Option<(i8, usize)> {
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
    if let Some(found) = told_month(line, i) {
        return Some(found);
    }
    let start = if line.low(i) == "the" { i + 1 } else { i };
    let (day, after) = day_at(line, start)?;
    if line.is(i.wrapping_sub(1), &["$", "£", "€"]) {
        return None;
    }
    if let Some(found) = joined_date(line, start, day, after) {
        return Some(found);
    }
    let Some((month, end)) = month_after(line, after) else {
        return first_day(line, start, day, after);
    };
    let named = end - 1 - usize::from(line.low(end - 1) == ".");
    let (year, end) = match short_year_after(line, named, end) {
        Some((year, end)) => (Some(year), end),
        None => year_after(line, end),
    };
    Some(day_of_months(line, year, month, day, end))
}

/// `that March`, `that same May`: of the year the story is in.
fn told_month(line: &Line, i: usize) -> Option<Found> {
    let same = usize::from(line.low(i + 1) == "same");
    let (month, end) = month_at(line, i + 1 + same).filter(|_| line.low(i) == "that")?;
    let full = calendar::is_full_month(line.low(end - 1)) && line.capital(end - 1);
    // "said that May would" is a person, "that March protest" a title.
    let closes = line
        .word(end)
        .is_none_or(|w| w.kind == Kind::Mark || AFTER_DATE.contains(&w.low.as_str()))
        || line.is(
            end,
            &[
                "the", "a", "an", "he", "she", "it", "they", "we", "his", "her", "its", "their",
            ],
        );
    let free = year_at(line, end).is_none()
        && (same == 1 || !line.is(end, &["was", "were", "is", "will", "said"]));
    (full && closes && free).then(|| Found::new(end, Reading::MonthTold(month), RULE))
}

fn month_after(line: &Line, i: usize) -> Option<(i8, usize)> {
    let of = usize::from(line.low(i) == "of");
    // "the fourth of may" is the month, however it is written.
    let said = || {
        calendar::month(line.low(i + 1))
            .filter(|_| of == 1)
            .map(|m| (m, i + 2))
    };
    month_at(line, i + of).or_else(said)
}

/// Which year so many on from the present one `last year`, `of this year` and `the year before
/// last` name, and the place after them.
pub(crate) fn year_by_words(line: &Line, i: usize) -> Option<(i32, usize)> {
    let at = i + usize::from(line.is(i, &["of", "in"]));
    if let Some(end) = line.after(at, &["the", "year", "before", "last"]) {
        return Some((-2, end));
    }
    let by = match line.low(at) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    (line.low(at + 1) == "year" && line.past_possessive(at + 2) == at + 2).then_some((by, at + 2))
}

/// A day of a month without a year, with the words for the year that follow it.
fn day_of_months(line: &Line, year: Option<i16>, month: i8, day: i8, end: usize) -> Found {
    match year_by_words(line, end).filter(|_| year.is_none()) {
        Some((by, end)) => Found::new(end, Reading::DayIn(by, month, day), RULE),
        None => Found::new(end, Reading::Day(year, month, day), RULE),
    }
}

/// The `3` of `3-7 May`, `3 and 7 May`: the month is said with the second.
fn first_day(line: &Line, start: usize, day: i8, after: usize) -> Option<Found> {
    let joined = line.is(after, &["-", "–", "to", "and", "or"]);
    let figures =
        line.kind(start) == Some(Kind::Figures) && line.kind(after + 1) == Some(Kind::Figures);
    if !joined || !figures {
        return None;
    }
    let (second, end) = day_at(line, after + 1)?;
    let (month, end) = month_after(line, end)?;
    let (year, _) = year_after(line, end);
    (second > day).then(|| Found::new(after, Reading::Day(year, month, day), RULE))
}

fn month_first(line: &Line, i: usize, month: i8, end: usize) -> Option<Found> {
    let the = usize::from(line.low(end) == "the");
    if let Some((day, after)) = day_at(line, end + the) {
        let (year, after) = year_after(line, after);
        return Some(day_of_months(line, year, month, day, after));
    }
    if let Some(found) = joined_month_first(line, month, end) {
        return Some(found);
    }
    let of = usize::from(line.is(end, &["of", ",", "in"]));
    if let Some(year) = year_at(line, end + of) {
        return Some(Found::new(
            end + of + 1,
            Reading::Month(Which::Year(year), month),
            RULE,
        ));
    }
    if let Some((year, end)) = spelled_year(line, end + usize::from(line.low(end) == "of")) {
        return Some(Found::new(
            end,
            Reading::Month(Which::Year(year), month),
            RULE,
        ));
    }
    if let Some((by, end)) = year_by_words(line, end) {
        let reading = Reading::Month(Which::InYear(by), month);
        return Some(Found::new(end, reading, RULE));
    }
    if let Some(year) = year_of_second(line, month, end) {
        return Some(Found::new(
            end,
            Reading::Month(Which::Year(year), month),
            RULE,
        ));
    }
    bare_month(line, i, end).then(|| Found::new(end, Reading::Month(Which::Open, month), RULE))
}

/// The year that a month shares with the one it runs to: `May to October 2020`, `Nov-Feb 2017`.
fn year_of_second(line: &Line, month: i8, end: usize) -> Option<i16> {
    if !line.is(end, &["to", "through", "until", "and", "-", "–"]) {
        return None;
    }
    let (second, after) = month_at(line, end + 1)?;
    let day = day_at(line, after).map_or(after, |(_, e)| e);
    let year = year_after(line, day).0?;
    // "Nov-Feb 2017" began the year before.
    Some(year - i16::from(month > second))
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
        _ if short => led && line.capital(i) && !name_follows,
        _ if !line.capital(i) => led || i == 0,
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

/// The second day of `May 3-7`, `April 24 and 25`, `June 1 to 5`, with its first word.
pub(crate) fn second_day(line: &Line, first: &Found) -> Option<(usize, Found)> {
    let Reading::Day(year, month, day) = first.reading else {
        return None;
    };
    let dash = line.is(first.end, &["-", "–", "—"]) && line.glued(first.end);
    if !dash && !line.is(first.end, &["to", "and", "through", "or"]) {
        return None;
    }
    let at = first.end + 1;
    let (second, end) = day_at(line, at).filter(|_| line.kind(at) == Some(Kind::Figures))?;
    let after = matches!(line.kind(end), Some(Kind::Letters))
        && !BEFORE_MONTH.contains(&line.low(end))
        && !line.is(
            end,
            &[
                "at", "on", "with", "when", "as", "but", "will", "was", "were",
            ],
        );
    let (year, end) = match year {
        Some(_) => (year, end),
        None => year_after(line, end),
    };
    (second > day && !after).then(|| (at, Found::new(end, Reading::Day(year, month, second), RULE)))
}

/// `, 2025` or `2025` after a day.
fn year_after(line: &Line, i: usize) -> (Option<i16>, usize) {
    let skip = usize::from(line.is(i, &[",", "in", "of"]));
    if let Some(year) = year_at(line, i + skip) {
        return (Some(year), i + skip + 1);
    }
    match spelled_year(line, i + skip) {
        Some((year, end)) => (Some(year), end),
        None => (None, i),
    }
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
        check(
            DAY,
            "It ran from May 3-7 and on June 24 and 25.",
            &[
                "May 3=2025-05-03",
                "7=2025-05-07",
                "June 24=2025-06-24",
                "25=2025-06-25",
            ],
        );
        check(
            DAY,
            "It ran from 3-7 May.",
            &["3=2025-05-03", "7 May=2025-05-07"],
        );
        check(
            DAY,
            "It was shut from Nov.-Feb. 2017 and from May to June 2019.",
            &[
                "Nov.=2016-11",
                "Feb. 2017=2017-02",
                "May=2019-05",
                "June 2019=2019-06",
            ],
        );
        check(DAY, "It is dated 05-Aug-2016.", &["05-Aug-2016=2016-08-05"]);
        check(
            DAY,
            "It sank on 7-Mar-09, on 3.12.2011 and on Jun-30-2014.",
            &[
                "7-Mar-09=2009-03-07",
                "3.12.2011=2011-12-03",
                "Jun-30-2014=2014-06-30",
            ],
        );
        check(
            DAY,
            "It sank on 19 Nov 12 off Riga. On 4 Feb 20 boats came.",
            &["19 Nov 12=2012-11-19", "4 Feb=2025-02-04"],
        );
        check(
            DAY,
            "He left on May 20 last year and came back on 3 June the year before last.",
            &[
                "May 20 last year=2024-05-20",
                "3 June the year before last=2023-06-03",
            ],
        );
        check(DAY, "He paid $12 December 27.", &["December 27=2024-12-27"]);
        check(
            DAY,
            "In 1974 the dam broke, and that March the town was left.",
            &["1974=1974", "that March=1974-03"],
        );
        check(
            DAY,
            "The yard was built in April 1961. In October it burned down.",
            &["April 1961=1961-04", "October=1961-10"],
        );
        check(
            DAY,
            "The yard was built in 1961. It burned in May.",
            &["1961=1961", "May=2025-05"],
        );
        check(DAY, "A march through May Street may end.", &[]);
    }
}
