//! TIMEX3 and EDTF values as a calendar says them.
//!
//! ```text
//! 2031-03-04  ->  Tuesday 4 March 2031      XXXX-WXX-4  ->  a Thursday
//! 2026-W03    ->  the week of Monday 12 January 2026        PXY  ->  some years
//! ```
//!
//! Left out: whether a value is right. One that is no time is told so and is not shown.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::clean;

/// What stands in place of a value that cannot be read.
const UNREAD: &str = "a time that is not resolved";

/// A value in words: a day, a week, a month, a duration, an interval.
pub fn time(value: &str) -> String {
    whole(value).map_or_else(|| UNREAD.to_owned(), |words| clean(&words))
}

fn whole(value: &str) -> Option<String> {
    match value {
        "PAST_REF" => return Some("in the past".to_owned()),
        "PRESENT_REF" => return Some("now".to_owned()),
        "FUTURE_REF" => return Some("in the future".to_owned()),
        _ => {}
    }
    if let Some((from, to)) = value.split_once('/') {
        return match (open(from), open(to)) {
            (true, true) => None,
            (true, false) => Some(format!("until {}", whole(to)?)),
            (false, true) => Some(format!("from {}", whole(from)?)),
            (false, false) => Some(format!("{} to {}", whole(from)?, whole(to)?)),
        };
    }
    if let Some(rest) = value.strip_prefix('P') {
        return duration(rest);
    }
    if let Some(stem) = value.strip_suffix(['~', '?', '%']) {
        return Some(format!("about {}", whole(stem)?));
    }
    match value.split_once('T') {
        Some(("", clock)) => hour(clock),
        Some((day, clock)) => Some(format!("{}, {}", point(day)?, hour(clock)?)),
        None => point(value),
    }
}

/// Whether an end of an interval is not there.
fn open(end: &str) -> bool {
    matches!(end, "" | "..")
}

/// An hour, or a part of the day.
fn hour(clock: &str) -> Option<String> {
    let part = match clock {
        "MO" => "morning",
        "MI" => "midday",
        "AF" => "afternoon",
        "EV" => "evening",
        "NI" => "night",
        "DT" => "daytime",
        _ => "",
    };
    if !part.is_empty() {
        return Some(part.to_owned());
    }
    let is_time = |w: &str| w.len() == 5 && w.parse::<jiff::civil::Time>().is_ok();
    if clock.len() == 2 {
        let full = format!("{clock}:00");
        return is_time(&full).then(|| format!("about {full}"));
    }
    let minute = clock.get(..5).filter(|m| is_time(m))?;
    let rest = clock.get(5..)?;
    let zone = rest.trim_start_matches(|c: char| c == ':' || c == '.' || c.is_ascii_digit());
    match zone {
        "" => Some(minute.to_owned()),
        "Z" => Some(format!("{minute} UTC")),
        offset if offset.len() == 6 && offset.starts_with(['+', '-']) => {
            Some(format!("{minute} UTC{offset}"))
        }
        _ => None,
    }
}

/// A point of the calendar at its grain.
fn point(value: &str) -> Option<String> {
    let parts: Vec<&str> = value.split('-').collect();
    match parts[..] {
        [year] => years(year),
        ["XXXX", rest] => yearless(rest),
        ["XXXX", "WXX", "WE"] => Some("a weekend".to_owned()),
        ["XXXX", "WXX", day] => Some(format!("a {}", weekday(day)?)),
        ["XXXX", month, day] => match (month, day) {
            ("XX", "XX") => Some("a day".to_owned()),
            ("XX", day) => Some(format!("the {} of a month", ordinal(number(day, 31)?))),
            (month, "XX") => Some(format!("a day in {}", month_name(month)?)),
            (month, day) => Some(format!("{} {}", number(day, 31)?, month_name(month)?)),
        },
        [year, rest] => of_year(year, rest),
        [year, week, day] if week.starts_with('W') => of_week(year, week, day),
        [year, "XX", "XX"] => Some(format!("a day in {}", years(year)?)),
        [year, month, "XX"] => Some(format!("a day in {} {}", month_name(month)?, years(year)?)),
        [..] => value.parse::<Date>().ok().and_then(|d| day(d, value)),
    }
}

fn day(date: Date, value: &str) -> Option<String> {
    (value.len() == 10).then(|| date.strftime("%A %-d %B %Y").to_string())
}

/// A year, a decade, a century; `2026`, `202`, `20`.
fn years(value: &str) -> Option<String> {
    if value == "XXXX" {
        return Some("a year".to_owned());
    }
    let digits = value.bytes().all(|b| b.is_ascii_digit());
    let n: u32 = value.parse().ok().filter(|_| digits)?;
    match value.len() {
        4 => Some(value.to_owned()),
        3 => Some(format!("the {value}0s")),
        2 => Some(format!("the {} century", ordinal(n + 1))),
        _ => None,
    }
}

/// A part of a year that is known.
fn of_year(year: &str, part: &str) -> Option<String> {
    let year = years(year)?;
    if let Some(name) = month_name(part) {
        return Some(format!("{name} {year}"));
    }
    if let Some(season) = season(part) {
        return Some(format!("{season} {year}"));
    }
    match part {
        "XX" => return Some(format!("a month of {year}")),
        "WXX" => return Some(format!("a week of {year}")),
        "QX" => return Some(format!("a quarter of {year}")),
        _ => {}
    }
    match part.split_at_checked(1)? {
        ("Q", n) => Some(format!("the {} quarter of {year}", nth(n, 4)?)),
        ("H", n) => Some(format!("the {} half of {year}", nth(n, 2)?)),
        ("W", n) => {
            let monday = week(&year, n, Weekday::Monday)?;
            Some(format!("the week of {}", day(monday, "XXXX-XX-XX")?))
        }
        _ => None,
    }
}

/// A part of a year that is not known.
fn yearless(part: &str) -> Option<String> {
    if let Some(name) = month_name(part) {
        return Some(name.to_owned());
    }
    if let Some(season) = season(part) {
        return Some(format!("a {season}").replace("a autumn", "an autumn"));
    }
    match part {
        "XX" => return Some("a month".to_owned()),
        "WXX" => return Some("a week".to_owned()),
        "QX" => return Some("a quarter".to_owned()),
        _ => {}
    }
    match part.split_at_checked(1)? {
        ("Q", n) => Some(format!("a {} quarter", nth(n, 4)?)),
        ("H", n) => Some(format!("a {} half", nth(n, 2)?)),
        _ => None,
    }
}

/// A day or the weekend of a week.
fn of_week(year: &str, week_of: &str, part: &str) -> Option<String> {
    let n = week_of.strip_prefix('W')?;
    if n == "XX" {
        return Some(format!("a {} in {}", weekday(part)?, years(year)?));
    }
    if part == "WE" {
        let saturday = week(year, n, Weekday::Saturday)?;
        return Some(format!("the weekend of {}", day(saturday, "XXXX-XX-XX")?));
    }
    let weekday = Weekday::from_monday_one_offset(part.parse().ok()?).ok()?;
    day(week(year, n, weekday)?, "XXXX-XX-XX")
}

fn week(year: &str, n: &str, day: Weekday) -> Option<Date> {
    let of = ISOWeekDate::new(year.parse().ok()?, n.parse().ok()?, day).ok()?;
    Some(of.date())
}

fn weekday(value: &str) -> Option<&'static str> {
    const ALL: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    ALL.get(usize::from(number(value, 7)?) - 1).copied()
}

fn month_name(value: &str) -> Option<&'static str> {
    const ALL: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let n = number(value, 12).filter(|_| value.len() == 2)?;
    ALL.get(usize::from(n) - 1).copied()
}

fn season(value: &str) -> Option<&'static str> {
    match value {
        "SP" => Some("spring"),
        "SU" => Some("summer"),
        "FA" => Some("autumn"),
        "WI" => Some("winter"),
        _ => None,
    }
}

/// A number from 1 to the most.
fn number(value: &str, most: u8) -> Option<u8> {
    let n: u8 = value.parse().ok()?;
    (1..=most).contains(&n).then_some(n)
}

fn nth(value: &str, most: u8) -> Option<&'static str> {
    const ALL: [&str; 4] = ["first", "second", "third", "fourth"];
    ALL.get(usize::from(number(value, most)?) - 1).copied()
}

fn ordinal(n: impl Into<u32>) -> String {
    let n = n.into();
    let end = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{end}")
}

/// A duration behind its `P`: `3Y`, `1Y6M`, `T36H`, `XD`.
fn duration(value: &str) -> Option<String> {
    if matches!(value, "X" | "XX") {
        return Some("some time".to_owned());
    }
    let (mut out, mut clock) = (Vec::new(), false);
    let mut rest = value;
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix('T') {
            (clock, rest) = (true, behind);
            continue;
        }
        let figures = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | 'X'))?;
        let (count, behind) = rest.split_at(figures);
        let letters = behind.find(|c: char| !c.is_ascii_uppercase() || c == 'X' || c == 'T');
        let (unit, behind) = behind.split_at(letters.unwrap_or(behind.len()));
        out.push(counted(count, unit, clock)?);
        rest = behind;
    }
    (!out.is_empty()).then(|| out.join(" "))
}

fn counted(count: &str, unit: &str, clock: bool) -> Option<String> {
    let unit = match (unit, clock) {
        ("Y", false) => "year",
        ("Q", false) => "quarter",
        ("M", false) => "month",
        ("W", false) => "week",
        ("WE", false) => "weekend",
        ("D", false) => "day",
        ("DE", false) => "decade",
        ("CE", false) => "century",
        ("H", true) => "hour",
        ("M", true) => "minute",
        ("S", true) => "second",
        _ => return None,
    };
    let many = || match unit {
        "century" => "centuries".to_owned(),
        unit => format!("{unit}s"),
    };
    match count {
        "X" | "XX" => Some(format!("some {}", many())),
        "1" => Some(format!("1 {unit}")),
        count => {
            count.parse::<f64>().ok()?;
            Some(format!("{count} {}", many()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::time;

    fn check(all: &[(&str, &str)]) {
        for (value, words) in all {
            assert_eq!(time(value), *words, "{value}");
        }
    }

    #[test]
    fn days_and_hours_read_like_a_calendar() {
        check(&[
            ("2026-03-11", "Wednesday 11 March 2026"),
            ("2026-03-11T09:05:00Z", "Wednesday 11 March 2026, 09:05 UTC"),
            (
                "2026-03-11T09:05:00-05:00",
                "Wednesday 11 March 2026, 09:05 UTC-05:00",
            ),
            ("2026-03-11T09:05", "Wednesday 11 March 2026, 09:05"),
            ("2026-03-11T09", "Wednesday 11 March 2026, about 09:00"),
            ("2026-03-11TMO", "Wednesday 11 March 2026, morning"),
            ("2026-W11-3", "Wednesday 11 March 2026"),
        ]);
    }

    #[test]
    fn longer_stretches_are_told_by_their_names() {
        check(&[
            ("2026-03", "March 2026"),
            ("2026", "2026"),
            ("202", "the 2020s"),
            ("20", "the 21st century"),
            ("2026-W03", "the week of Monday 12 January 2026"),
            ("2026-W03-WE", "the weekend of Saturday 17 January 2026"),
            ("2026-Q1", "the first quarter of 2026"),
            ("2026-H2", "the second half of 2026"),
            ("2026-WI", "winter 2026"),
            ("2026-03/2026-05", "March 2026 to May 2026"),
            ("../2026-05", "until May 2026"),
            ("2026-05/..", "from May 2026"),
            ("2026~", "about 2026"),
        ]);
    }

    #[test]
    fn what_is_not_known_of_a_day_is_left_out() {
        check(&[
            ("XXXX-WXX-4", "a Thursday"),
            ("XXXX-WXX-4TEV", "a Thursday, evening"),
            ("XXXX-WXX-WE", "a weekend"),
            ("XXXX-WXX", "a week"),
            ("XXXX-03-11", "11 March"),
            ("XXXX-03", "March"),
            ("XXXX-FA", "an autumn"),
            ("XXXX-XX-22", "the 22nd of a month"),
            ("XXXX", "a year"),
            ("2026-XX", "a month of 2026"),
            ("2026-XX-XX", "a day in 2026"),
            ("2026-03-XX", "a day in March 2026"),
            ("2026-WXX-2", "a Tuesday in 2026"),
        ]);
    }

    #[test]
    fn durations_are_counted() {
        check(&[
            ("P3Y", "3 years"),
            ("P1Y6M", "1 year 6 months"),
            ("PT36H", "36 hours"),
            ("P1DT2H", "1 day 2 hours"),
            ("P0.5M", "0.5 months"),
            ("PXD", "some days"),
            ("P1WE", "1 weekend"),
            ("P2CE", "2 centuries"),
            ("PXX", "some time"),
            ("PAST_REF", "in the past"),
        ]);
    }

    #[test]
    fn what_is_no_time_is_never_shown_raw() {
        let none = [
            "",
            "2026-13",
            "2026-02-30",
            "XXXX-WXX-9",
            "2026-W60",
            "P",
            "PQ",
            "T",
            "\u{1b}[2J",
        ];
        check(&none.map(|v| (v, super::UNREAD)));
    }

    #[test]
    fn no_code_comes_through() {
        let days = [
            "2026", "XXXX", "202", "20XX", "2026-W03", "XXXX-WXX", "2026-XX", "XXXX-13",
        ];
        let parts = ["", "-4", "-WE", "-XX", "-QX", "-31", "-W5", "-SU"];
        let hours = [
            "",
            "TEV",
            "TXX",
            "T25:00",
            "T09:30",
            "T09:30+01:00",
            "/PXD",
            "/..",
        ];
        for day in days {
            for part in parts {
                for hour in hours {
                    let words = time(&format!("{day}{part}{hour}"));
                    assert!(!words.contains('X') && !words.contains("-W"), "{words}");
                }
            }
        }
    }
}
