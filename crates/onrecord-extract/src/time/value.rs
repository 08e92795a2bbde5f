//! Points in time at the grain they are spoken of, and their TIMEX3 form.

use std::fmt;

use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// Units of calendar and clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Unit {
    /// Seconds of the clock.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Nights.
    Night,
    /// Weeks.
    Week,
    /// Weekends.
    Weekend,
    /// Months.
    Month,
    /// Quarters.
    Quarter,
    /// Years.
    Year,
    /// Decades.
    Decade,
    /// Centuries.
    Century,
}

impl Unit {
    /// From a word in the singular or plural, and how many of the unit it is (a fortnight is two weeks).
    pub(crate) fn of(word: &str) -> Option<(Self, bool, i64)> {
        use onrecord_lexicon::calendar::unit;
        let (code, plural) = match unit(word) {
            Some(code) => (code, false),
            None if word == "centuries" => ("CE", true),
            None if word == "millennia" => ("ML", true),
            None => (unit(word.strip_suffix('s')?)?, true),
        };
        let (unit, by) = match code {
            "TS" => (Self::Second, 1),
            "TM" => (Self::Minute, 1),
            "TH" => (Self::Hour, 1),
            "D" => (Self::Day, 1),
            "N" => (Self::Night, 1),
            "W" => (Self::Week, 1),
            "F" => (Self::Week, 2),
            "E" => (Self::Weekend, 1),
            "M" => (Self::Month, 1),
            "Q" => (Self::Quarter, 1),
            "Y" => (Self::Year, 1),
            "DE" => (Self::Decade, 1),
            "CE" => (Self::Century, 1),
            _ => (Self::Century, 10),
        };
        Some((unit, plural, by))
    }

    /// The letter in a TIMEX3 duration, with its `T`.
    pub(crate) const fn code(self) -> (&'static str, &'static str) {
        match self {
            Self::Second => ("T", "S"),
            Self::Minute => ("T", "M"),
            Self::Hour => ("T", "H"),
            Self::Day => ("", "D"),
            Self::Night => ("", "D"),
            Self::Week => ("", "W"),
            Self::Weekend => ("", "WE"),
            Self::Month => ("", "M"),
            Self::Quarter => ("", "Q"),
            Self::Year => ("", "Y"),
            Self::Decade => ("", "DE"),
            Self::Century => ("", "CE"),
        }
    }
}

/// A point or stretch of the calendar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Value {
    /// A day.
    Day(Date),
    /// A part of a day: `TMO TAF TEV TNI`.
    Part(Date, &'static str),
    /// Hour and minute of a day; a minute below zero is not stated.
    Clock(Date, i8, i8),
    /// The week of a day.
    Week(Date),
    /// The weekend of a day's week.
    Weekend(Date),
    /// A month.
    Month(i16, i8),
    /// A quarter, 1 to 4.
    Quarter(i16, i8),
    /// A half, 1 or 2.
    Half(i16, i8),
    /// A season: `SP SU FA WI`.
    Season(i16, &'static str),
    /// A year.
    Year(i16),
    /// A decade by its first three digits.
    Decade(i16),
    /// A century by its first two digits.
    Century(i16),
    /// Anything else, already in TIMEX3.
    Text(String),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(d) => write!(f, "{d}"),
            Self::Part(d, part) => write!(f, "{d}{part}"),
            Self::Clock(d, h, m) if *m < 0 => write!(f, "{d}T{h:02}"),
            Self::Clock(d, h, m) => write!(f, "{d}T{h:02}:{m:02}"),
            Self::Week(d) => {
                let w = d.iso_week_date();
                write!(f, "{:04}-W{:02}", w.year(), w.week())
            }
            Self::Weekend(d) => {
                let w = d.iso_week_date();
                write!(f, "{:04}-W{:02}-WE", w.year(), w.week())
            }
            Self::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Self::Quarter(y, q) => write!(f, "{y:04}-Q{q}"),
            Self::Half(y, h) => write!(f, "{y:04}-H{h}"),
            Self::Season(y, s) => write!(f, "{y:04}-{s}"),
            Self::Year(y) => write!(f, "{y:04}"),
            Self::Decade(d) => write!(f, "{d:03}"),
            Self::Century(c) => write!(f, "{c:02}"),
            Self::Text(t) => f.write_str(t),
        }
    }
}

impl Value {
    /// The first day of it.
    pub(crate) fn start(&self) -> Option<Date> {
        match self {
            Self::Day(d) | Self::Part(d, _) | Self::Clock(d, ..) => Some(*d),
            Self::Week(d) => monday(*d),
            Self::Weekend(d) => shift_days(monday(*d)?, 5),
            Self::Month(y, m) => Date::new(*y, *m, 1).ok(),
            Self::Quarter(y, q) => Date::new(*y, (q - 1).checked_mul(3)? + 1, 1).ok(),
            Self::Half(y, h) => Date::new(*y, if *h == 1 { 1 } else { 7 }, 1).ok(),
            Self::Season(y, s) => Date::new(*y, season_start(s), 1).ok(),
            Self::Year(y) => Date::new(*y, 1, 1).ok(),
            Self::Decade(d) => Date::new(d.checked_mul(10)?, 1, 1).ok(),
            Self::Century(c) => Date::new(c.checked_mul(100)?, 1, 1).ok(),
            Self::Text(_) => None,
        }
    }

    /// The year it lies in.
    pub(crate) fn year(&self) -> Option<i16> {
        self.start().map(Date::year)
    }

    /// The same so many years on, at the same grain.
    pub(crate) fn years_on(&self, by: i32) -> Option<Self> {
        let add = |y: i16| {
            i16::try_from(i32::from(y) + by)
                .ok()
                .filter(|y| (0..=9999).contains(y))
        };
        Some(match self {
            Self::Day(d) => Self::Day(add_span(*d, Span::new().try_years(by).ok()?)?),
            Self::Month(y, m) => Self::Month(add(*y)?, *m),
            Self::Quarter(y, q) => Self::Quarter(add(*y)?, *q),
            Self::Half(y, h) => Self::Half(add(*y)?, *h),
            Self::Season(y, s) => Self::Season(add(*y)?, s),
            other => Self::Year(add(other.year()?)?),
        })
    }
}

/// The first month of a season; winter is named by the year it starts in.
fn season_start(code: &str) -> i8 {
    match code {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    }
}

/// A day so many days on.
pub(crate) fn shift_days(d: Date, by: i32) -> Option<Date> {
    add_span(d, Span::new().try_days(by).ok()?)
}

fn add_span(d: Date, span: Span) -> Option<Date> {
    d.checked_add(span).ok().filter(|d| d.year() >= 0)
}

/// The Monday of a day's week.
pub(crate) fn monday(d: Date) -> Option<Date> {
    let w = d.iso_week_date();
    ISOWeekDate::new(w.year(), w.week(), Weekday::Monday)
        .ok()
        .map(ISOWeekDate::date)
}

/// The point `by` units from a day, at the unit's own grain.
pub(crate) fn shifted(day: Date, unit: Unit, by: i32) -> Option<Value> {
    let months = |n: i32| add_span(day, Span::new().try_months(n).ok()?);
    let years = |n: i32| {
        i16::try_from(i32::from(day.year()).checked_add(n)?)
            .ok()
            .filter(|y| (0..=9999).contains(y))
    };
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Value::Day(day),
        Unit::Day => Value::Day(shift_days(day, by)?),
        Unit::Night => Value::Part(shift_days(day, by)?, "TNI"),
        Unit::Week => Value::Week(shift_days(day, by.checked_mul(7)?)?),
        Unit::Weekend => Value::Weekend(shift_days(day, by.checked_mul(7)?)?),
        Unit::Month => {
            let d = months(by)?;
            Value::Month(d.year(), d.month())
        }
        Unit::Quarter => {
            let d = months(by.checked_mul(3)?)?;
            Value::Quarter(d.year(), quarter(d))
        }
        Unit::Year => Value::Year(years(by)?),
        Unit::Decade => Value::Decade(years(by.checked_mul(10)?)? / 10),
        Unit::Century => Value::Century(years(by.checked_mul(100)?)? / 100),
    })
}

/// The quarter a day lies in.
pub(crate) fn quarter(d: Date) -> i8 {
    (d.month() - 1) / 3 + 1
}

/// The weekday of a day, Monday 1 to Sunday 7.
pub(crate) fn weekday(d: Date) -> i8 {
    d.weekday().to_monday_one_offset()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(unit: Unit, by: i32, expect: &str) {
        assert_eq!(
            shifted(date(2024, 1, 2), unit, by).unwrap().to_string(),
            expect
        );
    }

    #[test]
    fn a_shift_keeps_the_grain_of_its_unit() {
        check(Unit::Day, -2, "2023-12-31");
        check(Unit::Week, -1, "2023-W52");
        check(Unit::Month, -1, "2023-12");
        check(Unit::Quarter, -1, "2023-Q4");
        check(Unit::Year, 1, "2025");
        check(Unit::Decade, -1, "201");
        check(Unit::Weekend, 0, "2024-W01-WE");
    }

    #[test]
    fn units_are_read_in_both_numbers() {
        assert_eq!(Unit::of("centuries"), Some((Unit::Century, true, 1)));
        assert_eq!(Unit::of("fortnight"), Some((Unit::Week, false, 2)));
        assert_eq!(Unit::of("yearning"), None);
    }
}
