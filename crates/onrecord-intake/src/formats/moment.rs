//! Moments as carriers write them: ISO 8601 with and without marks, the dates of mail and RSS,
//! seconds since 1970, a month in words.
//!
//! Left out: two-digit days and months without a name ("03/04/2026"), which are read one way
//! here and the other way there.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;
use onrecord_model::Stamp;

use crate::dates;

/// Shapes of `strptime` that carriers use beside the standards.
const SHAPES: &[&str] = &[
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%dT%H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S%.f %z",
    "%a, %d %b %Y %H:%M %z",
    "%d %b %Y %H:%M:%S %z",
    "%a %b %d %H:%M:%S %z %Y",
];

/// No report is dated later: a year beyond is a slip of a machine.
const LATEST: i16 = 2100;

/// Reads a moment; `None` for what is no date or could be two.
pub(crate) fn read(words: &str) -> Option<Stamp> {
    // Programs write the beginning of their count, or of the calendar, for a date they lack.
    let lacks = |stamp: &Stamp| {
        !(1800..=LATEST).contains(&stamp.day().year())
            || stamp.instant().is_some_and(|i| i.as_second() == 0)
    };
    any(words.trim()).filter(|stamp| !lacks(stamp))
}

fn any(words: &str) -> Option<Stamp> {
    if words.is_empty() || words.len() > 80 {
        return None;
    }
    if let Some(stamp) = epoch(words) {
        return Some(stamp);
    }
    if let Ok(stamp) = words.parse::<Stamp>() {
        return Some(stamp);
    }
    if let Ok(time) = rfc2822::parse(words) {
        return Some(time.into());
    }
    // NITF writes a day with the offset of its place.
    if let Some((day, offset)) = words.split_at_checked(8)
        && offset.starts_with(['+', '-'])
        && let Ok(stamp) = day.parse::<Stamp>()
    {
        return Some(stamp);
    }
    // "2026-03-02 12:00:00 +02:00": a space before the offset.
    let tight = words.replacen(" +", "+", 1).replacen(" -", "-", 1);
    if let Ok(stamp) = tight.parse::<Stamp>()
        && stamp.instant().is_some()
    {
        return Some(stamp);
    }
    // C writes a moment without its zone: "Mon Mar  2 12:00:00 2026".
    let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Ok(time) = strtime::parse("%a %b %d %H:%M:%S %Y", &folded) {
        return time.to_date().ok().map(Stamp::from);
    }
    let plain = with_offset(words);
    let shaped = |shape: &&str| strtime::parse(shape, &plain).ok()?.to_zoned().ok();
    if let Some(time) = SHAPES.iter().find_map(shaped) {
        return Some(time.into());
    }
    let day = dates::full_date(words).map(|(day, _)| day);
    day.or_else(|| in_figures(words)).map(Stamp::from)
}

/// A day in figures at the head of the words: year first, or day and month told apart by a stop
/// between them or by one being over 12.
fn in_figures(words: &str) -> Option<Date> {
    let head = words
        .split(|c: char| c.is_whitespace() || c == 'T')
        .next()?;
    let mark = ['/', '.', '-'].into_iter().find(|m| head.contains(*m))?;
    let parts: Vec<&str> = head.trim_end_matches(',').split(mark).collect();
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    let number = |p: &str| p.parse::<i16>().ok();
    let (year, month, day) = match (a.len(), c.len(), number(a)?, number(b)?, mark) {
        (4, 1..=2, ..) => (number(a)?, number(b)?, number(c)?),
        (1..=2, 4, day, month, '.') => (number(c)?, month, day),
        (1..=2, 4, day, month, _) if day > 12 => (number(c)?, month, day),
        (1..=2, 4, month, day, _) if day > 12 => (number(c)?, month, day),
        _ => return None,
    };
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// Seconds or milliseconds since 1970, of this century.
fn epoch(words: &str) -> Option<Stamp> {
    let number: i64 = words.parse().ok()?;
    let time = match words.len() {
        10 => Timestamp::from_second(number).ok()?,
        13 => Timestamp::from_millisecond(number).ok()?,
        _ => return None,
    };
    Some(time.to_zoned(TimeZone::UTC).into())
}

/// "18:15:00 UTC" with its zone as an offset, where it is one that means the same everywhere.
fn with_offset(words: &str) -> String {
    for zone in [" UTC", " GMT", " Z"] {
        if let Some(head) = words.strip_suffix(zone) {
            return format!("{head} +0000");
        }
        let inside = format!("{zone} ");
        if words.contains(&inside) {
            return words.replacen(&inside, " +0000 ", 1);
        }
    }
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expect: Option<&str>) {
        let found = read(words);
        assert_eq!(found.as_ref().map(Stamp::as_str), expect, "{words}");
    }

    #[test]
    fn moments_in_many_shapes() {
        let noon = Some("2026-03-02T12:00:00Z");
        check("2026-03-02T12:00:00Z", noon);
        check("20260302T120000Z", noon);
        check("2026-03-02T12:00:00.123Z", noon);
        check("Mon, 02 Mar 2026 12:00:00 +0000", noon);
        check("Mon, 02 Mar 2026 12:00:00 GMT", noon);
        check("02 Mar 2026 12:00 +0000", noon);
        check("2026-03-02 12:00:00 UTC", noon);
        check("2026-03-02 12:00:00 +0000", noon);
        check("Mon Mar 02 12:00:00 UTC 2026", noon);
        check("1772452800", noon);
        check("1772452800000", noon);
        check(
            "Mon, 02 Mar 2026 07:00:00 EST",
            Some("2026-03-02T07:00:00-05:00"),
        );
        check("20260302", Some("2026-03-02"));
        check("20260302+0100", Some("2026-03-02"));
        check("2026-03-02", Some("2026-03-02"));
        check("2026-03-02T12:00:00", Some("2026-03-02"));
        check("March 2, 2026", Some("2026-03-02"));
        check("2026/03/02", Some("2026-03-02"));
        check("02.03.2026, 12:00", Some("2026-03-02"));
        check("14/03/2026", Some("2026-03-14"));
        check("03/14/2026 12:00", Some("2026-03-14"));
        check("Mon Mar  2 12:00:00 2026", Some("2026-03-02"));
    }

    #[test]
    fn what_could_be_two_dates_is_none() {
        check("03/04/2026", None);
        check("yesterday", None);
        check("", None);
        check("2026-13-45", None);
        check("1970-01-01T00:00:00Z", None);
        check("0001-01-01T00:00:00Z", None);
        check("14/14/2026", None);
    }
}
