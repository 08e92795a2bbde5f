//! A TIMEX3 or EDTF value as the days it covers: what a date range is compared with.
//!
//! `2031-03` covers the first to the last of March. What names no days of the calendar (a
//! duration, `PRESENT_REF`, a time of day alone) covers none and is found by no date range.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan as _};

/// First and last day, as days since 1 January of year 1.
pub(crate) type Days = (i32, i32);

/// A day's number since 1 January of year 1, which is 1.
pub(crate) fn number(day: Date) -> i32 {
    let before = jiff::civil::date(1, 1, 1);
    day.duration_since(before).as_hours() as i32 / 24 + 1
}

/// The day of a number; the last day of the calendar for a number past it.
pub(crate) fn date(number: i32) -> Date {
    let first = jiff::civil::date(1, 1, 1);
    first.saturating_add((number - 1).days())
}

/// The days a value covers.
pub(crate) fn covered(value: &str) -> Option<Days> {
    let (first, last) = match value.split_once('/') {
        Some((a, b)) => (one(a)?.0, one(b)?.1),
        None => one(value)?,
    };
    (first <= last).then(|| (number(first), number(last)))
}

/// The first day a value covers.
pub(crate) fn first(value: &str) -> Option<Date> {
    covered(value).map(|(first, _)| date(first))
}

/// The last day a value covers.
pub(crate) fn last(value: &str) -> Option<Date> {
    covered(value).map(|(_, last)| date(last))
}

fn one(value: &str) -> Option<(Date, Date)> {
    let date = value.split('T').next()?.trim_end_matches(['?', '~', '%']);
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    let Some(month) = month else {
        return years(year);
    };
    let year = (year.len() == 4).then_some(year)?.parse::<i16>().ok()?;
    if let Some(week) = month.strip_prefix('W').filter(|_| month != "WI") {
        let monday = ISOWeekDate::new(year, week.parse().ok()?, Weekday::Monday).ok()?;
        return weekdays(monday.date(), day);
    }
    let from = |month: i8| Date::new(year, month, 1).ok();
    let (start, length): (Date, Span) = match month {
        "Q1" => (from(1)?, 3.months()),
        "Q2" => (from(4)?, 3.months()),
        "Q3" => (from(7)?, 3.months()),
        "Q4" => (from(10)?, 3.months()),
        "H1" => (from(1)?, 6.months()),
        "H2" => (from(7)?, 6.months()),
        // The seasons of TIMEX3 and EDTF, as months of the north; winter begins in December.
        "SP" | "21" => (from(3)?, 3.months()),
        "SU" | "22" => (from(6)?, 3.months()),
        "FA" | "23" => (from(9)?, 3.months()),
        "WI" | "24" => (from(12)?, 3.months()),
        _ => match day {
            None => (from(month.parse().ok()?)?, 1.month()),
            Some(day) => {
                let day = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
                return Some((day, day));
            }
        },
    };
    Some((start, start.checked_add(length).ok()?.yesterday().ok()?))
}

/// A year, or the years of a decade or century written short: `203`, `20`, `203X`.
fn years(year: &str) -> Option<(Date, Date)> {
    let known = year.trim_end_matches('X');
    if known.is_empty() || known.len() < 2 || known.len() > 4 {
        return None;
    }
    let missing = 4 - known.len() as u32;
    let first = known.parse::<i16>().ok()?.checked_mul(10i16.pow(missing))?;
    let last = first.checked_add(10i16.pow(missing) - 1)?;
    Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

fn weekdays(monday: Date, day: Option<&str>) -> Option<(Date, Date)> {
    let add = |n: i64| monday.checked_add(n.days()).ok();
    match day {
        None => Some((monday, add(6)?)),
        Some("WE") => Some((add(5)?, add(6)?)),
        Some(day) => {
            let n: i64 = day.parse().ok().filter(|n| (1..=7).contains(n))?;
            Some((add(n - 1)?, add(n - 1)?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, want: Option<(&str, &str)>) {
        let want = want.map(|(a, b)| (number(a.parse().unwrap()), number(b.parse().unwrap())));
        assert_eq!(covered(value), want, "{value}");
    }

    #[test]
    fn values_cover_days() {
        assert_eq!(number(jiff::civil::date(1, 1, 1)), 1);
        assert_eq!(number(jiff::civil::date(2, 1, 1)), 366);
        check("2031-03-04", Some(("2031-03-04", "2031-03-04")));
        check("2031-03-04T14:00", Some(("2031-03-04", "2031-03-04")));
        check("2032-02", Some(("2032-02-01", "2032-02-29")));
        check("2031", Some(("2031-01-01", "2031-12-31")));
        check("203", Some(("2030-01-01", "2039-12-31")));
        check("203X", Some(("2030-01-01", "2039-12-31")));
        check("2031-Q4", Some(("2031-10-01", "2031-12-31")));
        check("2031-WI", Some(("2031-12-01", "2032-02-29")));
        check("2031-W10", Some(("2031-03-03", "2031-03-09")));
        check("2031-W10-WE", Some(("2031-03-08", "2031-03-09")));
        check("2031-03-04/2031-04", Some(("2031-03-04", "2031-04-30")));
    }

    #[test]
    fn what_names_no_day_covers_none() {
        for value in [
            "",
            "P3M",
            "PRESENT_REF",
            "T14:00",
            "XXXX-03",
            "2031-13",
            "2031-02-30",
            "2032/2031",
            "é",
        ] {
            check(value, None);
        }
    }
}
