//! A time inside a longer one: `the first Friday of July`, `the last week of 2016`, `the third week
//! of May`, `Tuesday next week`, `next week on Friday`, `Friday the 15th`, `the 20th of next month`.

use onrecord_lexicon::calendar;
use rust_decimal::prelude::ToPrimitive;

use super::reading::{Found, Reading, Which};
use super::value::Unit;
use super::weekday::weekday_at;
use super::year::{ordinal_at, year_at};
use super::{absolute, holiday};
use crate::number;
use crate::words::Line;

const RULE: &str = "time/within";

/// The time inside another that starts at a word.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    nth(line, i)
        .or_else(|| months_of(line, i))
        .or_else(|| by_a_day(line, i))
        .or_else(|| week_by_a_day(line, i))
        .or_else(|| weekday_of_week(line, i))
        .or_else(|| week_on_weekday(line, i))
        .or_else(|| weekday_the(line, i))
        .or_else(|| day_of_unit(line, i))
}

const fn skip_the(the: bool, i: usize) -> usize {
    if the { i + 1 } else { i }
}

/// `the first Friday of July`, `the last week of 2016`.
fn nth(line: &Line, i: usize) -> Option<Found> {
    let at = skip_the(line.low(i) == "the", i);
    let (n, end) = match line.low(at) {
        "last" | "final" => (-1, at + 1),
        _ => ordinal_at(line, at)?,
    };
    let n = i8::try_from(n).ok().filter(|n| (-1..=53).contains(n))?;
    if line.low(end) == "day" {
        let of = line.after(end + 1, &["of"])?;
        let whole = month(line, of).or_else(|| year(line, of).filter(|_| matches!(n, -1 | 1)))?;
        let whole = (whole.end, Box::new(whole.reading));
        let reading = if n == -1 {
            Reading::LastDay(whole.1)
        } else {
            Reading::DayOf(n, whole.1)
        };
        return Some(Found::new(whole.0, reading, RULE));
    }
    if line.low(end) == "week" {
        let of = after_of(line, end + 1)?;
        let whole = month(line, of).or_else(|| year(line, of))?;
        let months = matches!(
            whole.reading,
            Reading::Month(..) | Reading::Unit(Unit::Month, _)
        );
        return (!months || n <= 5).then(|| {
            Found::new(
                whole.end,
                Reading::NthWeek(n, Box::new(whole.reading)),
                RULE,
            )
        });
    }
    let (weekday, end) = weekday_at(line, end).filter(|_| n <= 5)?;
    let month = month(line, after_of(line, end)?)?;
    let reading = Reading::NthWeekday(n, weekday, Box::new(month.reading));
    Some(Found::new(month.end, reading, RULE))
}

/// `the first three months of 2030`, `the last six months of last year`: a quarter or a half.
fn months_of(line: &Line, i: usize) -> Option<Found> {
    let at = skip_the(line.low(i) == "the", i);
    let last = match line.low(at) {
        "first" | "opening" => false,
        "last" | "final" => true,
        _ => return None,
    };
    let n = number::at(line, at + 1)?;
    let of = line.after(n.end, &["months", "of"])?;
    let (which, end) = match (year_at(line, of), line.after(of, &["the", "year"])) {
        (Some(year), _) => (Which::Year(year), of + 1),
        (None, Some(end)) => (Which::InYear(0), end),
        (None, None) => {
            let (by, end) = absolute::year_by_words(line, of)?;
            (Which::InYear(by), end)
        }
    };
    let reading = match n.value.to_i8()? {
        3 => Reading::Quarter(which, if last { 4 } else { 1 }),
        6 => Reading::Half(which, if last { 2 } else { 1 }),
        _ => return None,
    };
    Some(Found::new(end, reading, RULE))
}

/// A day that is said: a date or a holiday.
fn said_day(line: &Line, i: usize) -> Option<Found> {
    let found = absolute::find(line, i).or_else(|| holiday::find(line, i))?;
    matches!(
        found.reading,
        Reading::Day(..) | Reading::DayIn(..) | Reading::Holiday(..)
    )
    .then_some(found)
}

/// `the Monday after May 1`, `the last Sunday before Easter`.
fn by_a_day(line: &Line, i: usize) -> Option<Found> {
    let the = line.after(i, &["the"])?;
    let at = the + usize::from(line.is(the, &["first", "last"]));
    let (weekday, end) = weekday_at(line, at)?;
    let after = side(line, end)?;
    let day = said_day(line, end + 1)?;
    let reading = Reading::WeekdayBy(weekday, after, Box::new(day.reading));
    Some(Found::new(day.end, reading, RULE))
}

/// `the week before Christmas`, `the day after May 1`.
fn week_by_a_day(line: &Line, i: usize) -> Option<Found> {
    let at = line.after(i, &["the"])?;
    let (unit, plural, times) = Unit::of(line.low(at))?;
    if plural || times != 1 || !matches!(unit, Unit::Day | Unit::Week) {
        return None;
    }
    let by = if side(line, at + 1)? { 1 } else { -1 };
    let day = said_day(line, at + 2)?;
    let moved = Reading::From(vec![(unit, by)], Some(Box::new(day.reading)));
    let reading = if unit == Unit::Week {
        Reading::WeekOf(Box::new(moved))
    } else {
        moved
    };
    Some(Found::new(day.end, reading, RULE))
}

/// Whether `after` stands here, or `before`.
fn side(line: &Line, i: usize) -> Option<bool> {
    match line.low(i) {
        "after" | "following" => Some(true),
        "before" | "preceding" => Some(false),
        _ => None,
    }
}

fn after_of(line: &Line, i: usize) -> Option<usize> {
    line.is(i, &["of", "in"]).then_some(i + 1)
}

/// A month by its name or from the present one: `July`, `Dec. 2016`, `next month`, `the month`.
fn month(line: &Line, i: usize) -> Option<Found> {
    if line.after(i, &["the", "month"]).is_some() {
        return Some(Found::new(i + 2, Reading::Unit(Unit::Month, 0), RULE));
    }
    if let Some((month, end)) = absolute::month_at(line, i) {
        let skip = usize::from(line.is(end, &["of", ","]));
        return Some(match year_at(line, end + skip) {
            Some(y) => Found::new(end + skip + 1, Reading::Month(Which::Year(y), month), RULE),
            None => match absolute::year_by_words(line, end) {
                Some((by, end)) => Found::new(end, Reading::Month(Which::InYear(by), month), RULE),
                None => Found::new(end, Reading::Month(Which::Open, month), RULE),
            },
        });
    }
    shifted(line, i, Unit::Month)
}

/// A year in figures or from the present one.
fn year(line: &Line, i: usize) -> Option<Found> {
    let stated = year_at(line, i).map(|y| Found::new(i + 1, Reading::Year(y), RULE));
    let this = || {
        line.after(i, &["the", "year"])
            .map(|end| Found::new(end, Reading::Unit(Unit::Year, 0), RULE))
    };
    stated
        .or_else(this)
        .or_else(|| shifted(line, i, Unit::Year))
}

/// `last`, `this`, `next` and a unit.
fn shifted(line: &Line, i: usize, unit: Unit) -> Option<Found> {
    let by = match line.low(i) {
        "last" | "previous" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    let (found, plural, times) = Unit::of(line.low(i + 1))?;
    let whole = found == unit && !plural && times == 1;
    whole.then(|| Found::new(i + 2, Reading::Unit(unit, by), RULE))
}

/// `Tuesday next week`, `Friday of last week`.
fn weekday_of_week(line: &Line, i: usize) -> Option<Found> {
    let (weekday, end) = weekday_at(line, i)?;
    let of = end + usize::from(line.is(end, &["of", "in"]));
    let week = shifted(line, of, Unit::Week)?;
    let reading = Reading::WeekdayOf(weekday, Box::new(week.reading));
    Some(Found::new(week.end, reading, RULE))
}

/// `next week on Friday`, `last week, on Friday`.
fn week_on_weekday(line: &Line, i: usize) -> Option<Found> {
    let week = shifted(line, i, Unit::Week)?;
    let comma = week.end + usize::from(line.low(week.end) == ",");
    let on = line.after(comma, &["on"]).unwrap_or(week.end);
    let (weekday, end) = weekday_at(line, on)?;
    let reading = Reading::WeekdayOf(weekday, Box::new(week.reading));
    Some(Found::new(end, reading, RULE))
}

/// `Friday the 15th`: the month nearby in which it is one.
fn weekday_the(line: &Line, i: usize) -> Option<Found> {
    let (weekday, end) = weekday_at(line, i)?;
    let the = line.after(end, &["the"])?;
    let (day, end) = ordinal_at(line, the).filter(|(n, _)| (1..=31).contains(n))?;
    // "Monday the first ship left" is no date.
    let stops = line
        .word(end)
        .is_none_or(|w| !w.low.starts_with(char::is_alphabetic))
        || line.is(
            end,
            &[
                "at", "in", "and", "for", "when", "he", "she", "they", "we", "it", "of",
            ],
        );
    let of_month = line.low(end) == "of";
    (stops && !of_month).then(|| {
        let day = i8::try_from(day).unwrap_or_default();
        Found::new(end, Reading::WeekdayThe(weekday, day), RULE)
    })
}

/// `the 20th of next month`, `the 5th of the month`.
fn day_of_unit(line: &Line, i: usize) -> Option<Found> {
    let at = skip_the(line.low(i) == "the", i);
    let (day, end) = ordinal_at(line, at).filter(|(n, _)| (1..=31).contains(n))?;
    let end = end + usize::from(line.low(end) == "day");
    let of = line.after(end, &["of"])?;
    let month = line
        .after(of, &["the", "month"])
        .map(|end| Found::new(end, Reading::Unit(Unit::Month, 0), RULE))
        .or_else(|| shifted(line, of, Unit::Month))?;
    let day = i8::try_from(day).ok()?;
    Some(Found::new(
        month.end,
        Reading::DayOf(day, Box::new(month.reading)),
        RULE,
    ))
}

/// `two days after tomorrow`, `three weeks from Monday`, `two days before yesterday`: so many units
/// from a day that is said.
pub(crate) fn from_day(line: &Line, end: usize, count: i32, unit: Unit) -> Option<Found> {
    let by = match line.low(end) {
        "from" | "after" => count,
        "before" => count.checked_neg()?,
        _ => return None,
    };
    let whole = matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year);
    let said = || holiday::find(line, end + 1).map(|f| (f.reading, f.end));
    let day = match line.low(end + 1) {
        "today" => Some((Reading::Unit(Unit::Day, 0), end + 2)),
        "tomorrow" => Some((Reading::Unit(Unit::Day, 1), end + 2)),
        "yesterday" => Some((Reading::Unit(Unit::Day, -1), end + 2)),
        low if calendar::weekday(low).is_some() && line.low(end) == "from" => {
            weekday_at(line, end + 1).map(|(w, e)| (Reading::Weekday(Which::Shift(1), w), e))
        }
        _ => said(),
    };
    let (day, end) = day.filter(|_| whole)?;
    Some(Found::new(
        end,
        Reading::From(vec![(unit, by)], Some(Box::new(day))),
        RULE,
    ))
}

#[cfg(test)]
mod tests {
    use crate::time::testing::check;

    // A Wednesday.
    const DAY: &str = "2025-08-27";

    #[test]
    fn weekdays_and_weeks_of_months() {
        check(
            DAY,
            "They vote on the first Sunday of October 2025.",
            &["the first Sunday of October 2025=2025-10-05"],
        );
        check(
            DAY,
            "It met on the last Friday of last month.",
            &["the last Friday of last month=2025-07-25"],
        );
        check(
            DAY,
            "Rain fell in the last week of 2015.",
            &["the last week of 2015=2015-W53"],
        );
        check(
            DAY,
            "It opens in the second week of May 2024.",
            &["the second week of May 2024=2024-W19"],
        );
    }

    #[test]
    fn days_of_weeks_and_months() {
        check(
            DAY,
            "Talks will resume on Tuesday next week.",
            &["Tuesday next week=2025-09-02"],
        );
        check(
            DAY,
            "It burned last week on Friday.",
            &["last week on Friday=2025-08-22"],
        );
        check(
            DAY,
            "They sailed on Friday the 15th.",
            &["Friday the 15th=2025-08-15"],
        );
        check(
            DAY,
            "Rent is due on the 5th of next month.",
            &["the 5th of next month=2025-09-05"],
        );
    }

    #[test]
    fn parts_of_years_and_months() {
        check(
            DAY,
            "Sales fell in the first three months of 2019 and the last six months of last year.",
            &[
                "the first three months of 2019=2019-Q1",
                "the last six months of last year=2024-H2",
            ],
        );
        check(
            DAY,
            "It rained on the last day of February 2024 and the first day of 2025.",
            &[
                "the last day of February 2024=2024-02-29",
                "the first day of 2025=2025-01-01",
            ],
        );
        check(
            DAY,
            "She won on the second Tuesday of June last year.",
            &["the second Tuesday of June last year=2024-06-11"],
        );
        check(
            DAY,
            "Orders rose in the last quarter of 2021.",
            &["the last quarter of 2021=2021-Q4"],
        );
    }

    #[test]
    fn beside_a_day_that_is_said() {
        check(
            DAY,
            "It shut the week before Christmas 2029 and opened on the Friday after June 3, 2030.",
            &[
                "the week before Christmas 2029=2029-W51",
                "the Friday after June 3, 2030=2030-06-07",
            ],
        );
        check(
            DAY,
            "It sailed the day after Christmas 2021.",
            &["the day after Christmas 2021=2021-12-26"],
        );
    }

    #[test]
    fn from_a_day_that_is_said() {
        check(
            DAY,
            "It opens three weeks from tomorrow.",
            &["three weeks from tomorrow=2025-09-18"],
        );
        check(
            DAY,
            "It shut one month and 21 days ago.",
            &["one month and 21 days ago=2025-07-06"],
        );
        check(
            DAY,
            "She ran it in two hours and 15 minutes.",
            &["two hours and 15 minutes=PT2H15M"],
        );
    }
}
