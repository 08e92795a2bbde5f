//! Days and weeks inside a month, a week or a year, and days counted from a day.

use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::value::{Unit, Value, monday, weekday};

/// The last day of a month or a year.
pub(crate) fn last_day(whole: &Value) -> Option<Date> {
    match whole {
        Value::Month(..) => whole.start().map(Date::last_of_month),
        Value::Year(y) => Date::new(*y, 12, 31).ok(),
        _ => None,
    }
}

/// The weekday of a month by its number, -1 the last.
pub(crate) fn nth_weekday(month: Date, n: i8, w: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(w).ok()?;
    month.nth_weekday_of_month(n, weekday).ok()
}

/// The week of a month or year by its number, -1 the last. A week belongs where its Thursday lies,
/// as in ISO 8601.
pub(crate) fn nth_week(whole: &Value, n: i8) -> Option<Value> {
    match whole {
        Value::Month(..) => {
            let thursday = nth_weekday(whole.start()?, n, 4)?;
            Some(Value::Week(monday(thursday)?))
        }
        Value::Year(y) => {
            let of = |n| ISOWeekDate::new(*y, n, Weekday::Monday).ok();
            let week = if n < 0 {
                of(53).or_else(|| of(52))
            } else {
                of(n)
            };
            Some(Value::Week(week?.date()))
        }
        _ => None,
    }
}

/// The day nearest to a day that is both this weekday and this day of its month; behind it before
/// ahead of it, or the other way round.
pub(crate) fn weekday_the(day: Date, w: i8, d: i8, ahead: bool) -> Option<Date> {
    let first = day.first_of_month();
    let order = if ahead {
        [0, 1, 2, 3, -1, -2, -3]
    } else {
        [0, -1, -2, -3, 1, 2, 3]
    };
    order.into_iter().find_map(|by| {
        let month = first.checked_add(Span::new().months(by)).ok()?;
        let date = Date::new(month.year(), month.month(), d).ok()?;
        (weekday(date) == w).then_some(date)
    })
}

/// The day so many units from a day.
pub(crate) fn from_day(day: Date, spans: &[(Unit, i32)]) -> Option<Date> {
    spans.iter().try_fold(day, |day, (unit, by)| {
        let span = Span::new();
        let span = match unit {
            Unit::Day => span.try_days(*by),
            Unit::Week => span.try_weeks(*by),
            Unit::Month => span.try_months(*by),
            Unit::Year => span.try_years(*by),
            _ => return None,
        };
        day.checked_add(span.ok()?).ok().filter(|d| d.year() >= 0)
    })
}
