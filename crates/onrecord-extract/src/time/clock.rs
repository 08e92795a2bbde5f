//! Times of the clock: `9 a.m.`, `3:30 p.m. on Tuesday`, `1430 GMT`, `noon`, `midnight`.

use super::reading::{Found, Reading};
use super::{absolute, relative, weekday};
use crate::words::{Kind, Line, ZONES};

const RULE: &str = "time/clock";

/// The time of the clock that starts at a word.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    let (hour, minute, end) = named(line, i)
        .or_else(|| stated(line, i))
        .or_else(|| military(line, i))?;
    if is_beside(line, i, end) {
        return Some(Found::new(end, Reading::ClockBeside(hour, minute), RULE));
    }
    let (on, end) = day_after(line, end);
    Some(Found::new(end, Reading::Clock(on, hour, minute), RULE))
}

/// Whether a clock stands in brackets with a zone, behind another: "4 a.m. (2000 GMT)".
fn is_beside(line: &Line, i: usize, end: usize) -> bool {
    line.back(i, 1) == "(" && line.low(end) == ")" && i > 1 && line.is(end - 1, ZONES)
}

fn named(line: &Line, i: usize) -> Option<(i8, i8, usize)> {
    match line.low(i) {
        "noon" | "midday" => Some((12, 0, i + 1)),
        "midnight" => Some((24, 0, i + 1)),
        _ => None,
    }
}

/// `9 a.m.`, `3:30 p.m.`, `11 o'clock`, `9 in the morning`, `15:30`.
fn stated(line: &Line, i: usize) -> Option<(i8, i8, usize)> {
    let two = |j: usize| {
        let w = line.word(j)?;
        (w.kind == Kind::Figures && w.range.len() <= 2).then(|| w.low.parse::<i8>().ok())?
    };
    if line.glued(i) && line.is(i.wrapping_sub(1), &["$", "£", "€", ":", "-", "/", "."]) {
        return None;
    }
    let dotted = line
        .word(i)
        .filter(|w| w.kind == Kind::Figures)
        .and_then(|w| {
            let (h, m) = w.low.split_once('.')?;
            (m.len() == 2).then(|| Some((h.parse::<i8>().ok()?, m.parse::<i8>().ok()?)))?
        });
    let (hour, minute, at) = if let Some((h, m)) = dotted {
        (h, m, i + 1)
    } else {
        let hour = two(i)?;
        let colon = line.low(i + 1) == ":" && line.glued(i + 1) && line.glued(i + 2);
        match two(i + 2).filter(|_| colon && line.word(i + 2).is_some_and(|w| w.range.len() == 2)) {
            Some(m) => (hour, m, i + 3),
            None => (hour, -1, i + 1),
        }
    };
    if !(0..=24).contains(&hour) || !(-1..60).contains(&minute) {
        return None;
    }
    if let Some((afternoon, end)) = half_day(line, at) {
        let hour = match (afternoon, hour) {
            (false, 12) => 0,
            (true, h) if h < 12 => h + 12,
            (_, h) => h,
        };
        return Some((hour, minute.max(0), zone(line, end)));
    }
    if line.after(at, &["o", "'", "clock"]).is_some() {
        return Some((hour, 0, at + 3));
    }
    let after = zone(line, at);
    let colon = minute >= 0 && dotted.is_none();
    (colon
        && (after > at
            || line.is(
                i.wrapping_sub(1),
                &[
                    "at", "by", "until", "from", "around", "about", "before", "after",
                ],
            )))
    .then_some((hour, minute, after))
}

/// `1430 GMT`.
fn military(line: &Line, i: usize) -> Option<(i8, i8, usize)> {
    let w = line
        .word(i)
        .filter(|w| w.kind == Kind::Figures && w.range.len() == 4)?;
    let end = zone(line, i + 1);
    let (hour, minute) = (w.low.get(..2)?.parse().ok()?, w.low.get(2..)?.parse().ok()?);
    (end > i + 1 && (0..24).contains(&hour) && (0..60).contains(&minute))
        .then_some((hour, minute, end))
}

/// `a.m.`, `PM`; whether it is the afternoon.
fn half_day(line: &Line, i: usize) -> Option<(bool, usize)> {
    let low = line.low(i);
    if matches!(low, "am" | "pm") {
        return Some((low == "pm", i + 1));
    }
    let dotted = matches!(low, "a" | "p")
        && line.low(i + 1) == "."
        && line.low(i + 2) == "m"
        && line.glued(i + 2);
    if dotted {
        let stop = line.low(i + 3) == "." && line.glued(i + 3);
        return Some((low == "p", if stop { i + 4 } else { i + 3 }));
    }
    let part = line.after(i, &["in", "the"]).map(|j| line.low(j))?;
    match part {
        "morning" => Some((false, i + 3)),
        "afternoon" | "evening" => Some((true, i + 3)),
        _ => None,
    }
}

/// A time zone and brackets round one.
fn zone(line: &Line, i: usize) -> usize {
    if line.is(i, ZONES) {
        return i + 1;
    }
    if line.is(i, &["local", "eastern", "moscow"]) && line.low(i + 1) == "time" {
        return i + 2;
    }
    i
}

/// A day after a time of the clock: `on Tuesday`, `Nov. 9`, `yesterday`.
fn day_after(line: &Line, i: usize) -> (Option<Box<Reading>>, usize) {
    // "10:35 a.m. (0735 GMT) Friday"
    let bracket = (line.low(i) == "(")
        .then(|| (i + 1..i + 7).find(|k| line.low(*k) == ")"))
        .flatten()
        .filter(|close| line.is(close - 1, ZONES));
    let next = bracket.map_or(i, |close| close + 1);
    let at = next + usize::from(line.is(next, &["on", ","]));
    let found = weekday::find(line, at)
        .filter(|f| matches!(f.reading, Reading::Weekday(..)))
        .or_else(|| absolute::find(line, at).filter(|f| matches!(f.reading, Reading::Day(..))))
        .or_else(|| {
            relative::find(line, at).filter(|_| line.is(at, &["yesterday", "today", "tomorrow"]))
        });
    match found {
        // What stands in the brackets is a time of its own, and so is the day behind them.
        Some(f) if bracket.is_some() => (Some(Box::new(f.reading)), i),
        Some(f) => (Some(Box::new(f.reading)), f.end),
        None => (None, i),
    }
}

#[cfg(test)]
mod tests {
    use crate::time::testing::check;

    const DAY: &str = "2025-08-27";

    #[test]
    fn clocks() {
        check(
            DAY,
            "It struck at 9:05 p.m. on Monday.",
            &["9:05 p.m. on Monday=2025-08-25T21:05"],
        );
        check(DAY, "Bells rang at noon.", &["noon=2025-08-27T12:00"]);
        check(DAY, "It left at 1430 GMT.", &["1430 GMT=2025-08-27T14:30"]);
    }

    #[test]
    fn one_instant_on_two_clocks() {
        check(
            DAY,
            "The quake came at 3 a.m. (1900 GMT) on Monday.",
            &[
                "3 a.m.=2025-08-25T03:00",
                "1900 GMT=2025-08-24T19:00",
                "Monday=2025-08-25",
            ],
        );
        check(
            DAY,
            "They will answer by noon on Saturday (0900 GMT) and the truce would begin at midnight.",
            &[
                "noon on Saturday=2025-08-30T12:00",
                "0900 GMT=2025-08-30T09:00",
                "midnight=2025-08-30T24:00",
            ],
        );
        check(
            DAY,
            "He signed it on Monday (late Sunday in Lima).",
            &["Monday=2025-08-25", "late Sunday=2025-08-24"],
        );
        check(
            DAY,
            "Both are required to answer by noon on Friday and to stop on Saturday.",
            &["noon on Friday=2025-08-29T12:00", "Saturday=2025-08-30"],
        );
    }

    #[test]
    fn words_that_look_like_clocks() {
        check(DAY, "The score was 3:30 and $9 a.m. was cut.", &[]);
    }
}
