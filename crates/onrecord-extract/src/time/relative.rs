//! Times told from the day of publication or from a time told before: `yesterday`, `last week`,
//! `two weeks ago`, `a year earlier`, `the following month`, `later in the day`, `that year`.

use onrecord_model::TimeKind;
use rust_decimal::prelude::ToPrimitive;

use super::duration;
use super::reading::{Found, Reading};
use super::tense::{self, Tense};
use super::value::Unit;
use super::weekday::part_after;
use super::within;
use crate::words::Line;

const RULE: &str = "time/relative";

/// The relative time that starts at a word.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    day(line, i)
        .or_else(|| year_before(line, i))
        .or_else(|| distance(line, i))
        .or_else(|| unit(line, i))
        .or_else(|| reference(line, i))
}

const fn on(end: usize, unit: Unit, by: i32) -> Found {
    Found::new(end, Reading::Unit(unit, by), RULE)
}

/// `today`, `yesterday morning`, `tonight`, `last night`, `the day before yesterday`.
fn day(line: &Line, i: usize) -> Option<Found> {
    let day_part = |end: usize, by: i32, part: &'static str| {
        let day = Reading::Unit(Unit::Day, by);
        Some(Found::new(
            end,
            Reading::Part(Some(Box::new(day)), part),
            RULE,
        ))
    };
    for (words, by) in [
        (["day", "before", "yesterday"], -2),
        (["day", "after", "tomorrow"], 2),
    ] {
        let start = if line.low(i) == "the" { i + 1 } else { i };
        if let Some(end) = line.after(start, &words) {
            return Some(on(end, Unit::Day, by));
        }
    }
    let by = match line.low(i) {
        "today" => 0,
        "yesterday" => -1,
        "tomorrow" => 1,
        "tonight" => return day_part(i + 1, 0, "TNI"),
        "overnight" => return overnight(line, i),
        "last" if line.is(i + 1, &["night", "evening"]) => {
            return day_part(
                i + 2,
                -1,
                if line.low(i + 1) == "night" {
                    "TNI"
                } else {
                    "TEV"
                },
            );
        }
        "this" => {
            let (part, end) = part_after(line, i + 1);
            return part.and_then(|p| day_part(end, 0, p));
        }
        "that" => {
            let (part, end) = part_after(line, i + 1);
            let part = part?;
            let day = Reading::Reference(Unit::Day, 0);
            return Some(Found::new(
                end,
                Reading::Part(Some(Box::new(day)), part),
                RULE,
            ));
        }
        "the" if line.is(i + 1, &["next", "following"]) => {
            let (part, end) = part_after(line, i + 2);
            let part = part?;
            let day = Reading::Reference(Unit::Day, 1);
            return Some(Found::new(
                end,
                Reading::Part(Some(Box::new(day)), part),
                RULE,
            ));
        }
        _ => return None,
    };
    let (part, end) = part_after(line, i + 1);
    match part {
        Some(part) => day_part(end, by, part),
        None => Some(on(i + 1, Unit::Day, by)),
    }
}

/// Before the day of the report, unless what it tells is still to come.
fn overnight(line: &Line, i: usize) -> Option<Found> {
    let adjective = line.is(
        i + 1,
        &[
            "stay", "stays", "flight", "flights", "delivery", "success", "train", "guests", "rate",
            "rates",
        ],
    );
    let night = Reading::Unit(Unit::Night, -1);
    (!adjective).then(|| Found::new(i + 1, night, RULE))
}

/// `a year earlier`, `two years ago`, `year-earlier`, `a year-ago`.
fn year_before(line: &Line, i: usize) -> Option<Found> {
    let skip = usize::from(line.is(i, &["the", "a"]));
    let at = i + skip;
    if line.low(at) == "year"
        && line.is(at + 1, &["-", "–"])
        && line.is(at + 2, &["earlier", "ago"])
    {
        let noun = line.is(at + 3, &["period", "quarter", "month", "half"]);
        let end = if noun { at + 4 } else { at + 3 };
        return Some(Found::new(
            end,
            Reading::YearsBefore(1, line.low(at + 2) == "ago"),
            RULE,
        ));
    }
    let (count, unit, end) = counted(line, i)?;
    if unit != Unit::Year || !line.is(end, &["earlier", "ago", "before"]) {
        return None;
    }
    if line.low(end) == "before" && !stops(line, end + 1) {
        return None;
    }
    let ago = line.low(end) == "ago";
    Some(Found::new(end + 1, Reading::YearsBefore(count, ago), RULE))
}

/// `two weeks ago`, `a month earlier`, `three days later`, `six months from now`.
fn distance(line: &Line, i: usize) -> Option<Found> {
    if let Some(end) = duration::vague_count(line, i).map(|(_, end)| end) {
        if line.low(end) == "ago" {
            return Some(Found::fixed(end + 1, TimeKind::Date, "PAST_REF", RULE));
        }
        if line.is(end, &["earlier"]) {
            return Some(Found::fixed(end + 1, TimeKind::Date, "PAST_REF", RULE));
        }
        return None;
    }
    if let Some((all, end)) = duration::compound(line, i) {
        return compound(line, &all, end);
    }
    let (count, unit, end) = counted(line, i)?;
    if let Some(found) = within::from_day(line, end, count, unit) {
        return Some(found);
    }
    if ahead(line, i, end, unit) {
        return Some(Found::new(end, Reading::Distance(unit, count), RULE));
    }
    let reading = |by: i32| Reading::Distance(unit, by);
    let told = |by: i32| Reading::Reference(unit, by);
    match line.low(end) {
        "ago" => Some(Found::new(end + 1, reading(-count), RULE)),
        "hence" => Some(Found::new(end + 1, reading(count), RULE)),
        "from" if line.low(end + 1) == "now" => Some(Found::new(end + 2, reading(count), RULE)),
        "earlier" => Some(Found::new(end + 1, told(-count), RULE)),
        "later" => Some(Found::new(end + 1, told(count), RULE)),
        "before" if stops(line, end + 1) && unit >= Unit::Day => {
            Some(Found::new(end + 1, told(-count), RULE))
        }
        _ => None,
    }
}

/// `one month and 21 days ago`, `two years and a month from now`.
fn compound(line: &Line, all: &[duration::Counted], end: usize) -> Option<Found> {
    let (sign, end) = match line.low(end) {
        "ago" => (-1, end + 1),
        "from" if line.low(end + 1) == "now" => (1, end + 2),
        _ => return None,
    };
    let span = |c: &duration::Counted| Some((c.unit, c.value.to_i32()?.checked_mul(sign)?));
    let spans = all.iter().map(span).collect::<Option<Vec<_>>>()?;
    let days = spans.iter().all(|(unit, _)| *unit >= Unit::Day);
    days.then(|| Found::new(end, Reading::From(spans, None), RULE))
}

/// Whether "in three weeks" is a day to come ("will open in three weeks") and not a stretch
/// ("the largest in three weeks", "three days in three weeks").
fn ahead(line: &Line, i: usize, end: usize, unit: Unit) -> bool {
    let record = |k: usize| {
        let low = line.back(i, k);
        matches!(
            low,
            "first" | "second" | "third" | "most" | "least" | "times" | "twice" | "only"
        ) || low.len() > 4 && low.ends_with("est")
    };
    line.back(i, 1) == "in"
        && unit >= Unit::Day
        && stops(line, end)
        && !(1..=6).any(record)
        && tense::of(line, i, end) == Tense::Future
}

/// Whether nothing that `before` could govern follows.
fn stops(line: &Line, i: usize) -> bool {
    i >= line.len()
        || line.is(
            i,
            &[
                ".", ",", ";", ")", "and", "but", "in", "when", "\"", "”", "?", "!", "—", "-",
            ],
        )
}

/// `three weeks`, `a year`: a whole number of units.
fn counted(line: &Line, i: usize) -> Option<(i32, Unit, usize)> {
    let d = duration::counted(line, i)?;
    let count = d.value.trunc().to_i32()?;
    let times = i32::try_from(d.times).ok()?;
    // "one and a half years ago" is told in months.
    if !d.value.fract().is_zero() {
        let by = match d.unit {
            Unit::Year => 12,
            Unit::Decade => 10,
            _ => return None,
        };
        let unit = if d.unit == Unit::Year {
            Unit::Month
        } else {
            Unit::Year
        };
        let value = (d.value * rust_decimal::Decimal::from(by))
            .round()
            .to_i32()?;
        return (count < 1000).then_some((value, unit, d.end));
    }
    Some((count.checked_mul(times)?, d.unit, d.end))
}

/// `last week`, `this month`, `next year`, `the current quarter`, `the past weekend`.
fn unit(line: &Line, i: usize) -> Option<Found> {
    let the = usize::from(line.low(i) == "the");
    let this = usize::from(line.low(i) == "this" && line.is(i + 1, &["past", "coming", "current"]));
    let at = i + the + this;
    let by = match line.low(at) {
        "last" | "past" => -1,
        "previous" | "prior" if the == 0 => -1,
        "this" if the == 0 => 0,
        "current" => 0,
        "next" | "coming" | "upcoming" => 1,
        _ => return None,
    };
    let fiscal = usize::from(line.is(
        at + 1,
        &["fiscal", "calendar", "financial", "business", "working"],
    ));
    let (unit, plural, times) = Unit::of(line.low(at + 1 + fiscal))?;
    let end = at + 2 + fiscal;
    // "the past year" is the twelve months up to now; "the next day" is told from another day.
    let stretch = the == 1 && matches!(line.low(at), "past" | "last" | "next" | "coming");
    if plural || times != 1 || unit < Unit::Day || unit == Unit::Night {
        return None;
    }
    if line.low(at) == "past" && unit != Unit::Weekend
        || the == 1 && line.low(at) == "last" && unit != Unit::Weekend && unit != Unit::Quarter
    {
        let value = duration::length(rust_decimal::Decimal::ONE, unit);
        return Some(Found::fixed(end, TimeKind::Duration, value, RULE));
    }
    if stretch && unit == Unit::Day {
        return Some(Found::new(end, Reading::Reference(Unit::Day, by), RULE));
    }
    if stretch && line.low(at) == "next" && unit != Unit::Weekend {
        return Some(Found::new(end, Reading::Reference(unit, by), RULE));
    }
    Some(on(end, unit, by))
}

/// `the following year`, `the previous day`, `that week`, `the same month`, `the quarter`,
/// `the weekend`.
fn reference(line: &Line, i: usize) -> Option<Found> {
    let the = line.low(i) == "the";
    let told = |end, unit, by| Some(Found::new(end, Reading::Reference(unit, by), RULE));
    let skip = usize::from(the || (line.low(i) == "that" && line.low(i + 1) == "same"));
    let at = i + skip;
    let shift = match line.low(at) {
        "following" if the => Some(1),
        "previous" | "preceding" | "prior" if the => Some(-1),
        "same" if skip == 1 => Some(0),
        "that" if skip == 0 => Some(0),
        "latest" if the => Some(0),
        _ => None,
    };
    if let Some(by) = shift {
        if line.low(at + 1) == "period" && line.low(at) == "latest" {
            return told(at + 2, Unit::Quarter, 0);
        }
        let fiscal = usize::from(line.is(at + 1, &["fiscal", "financial"]));
        let at = at + fiscal;
        let (unit, plural, _) = Unit::of(line.low(at + 1))?;
        if line.low(at + 1) == "second" || plural || unit < Unit::Day {
            return None;
        }
        return told(at + 2, unit, by);
    }
    if !the {
        return None;
    }
    if let Some(found) = before_last(line, i + 1) {
        return Some(found);
    }
    match line.low(i + 1) {
        "week" | "month" | "weekend" if line.after(i + 2, &["after", "next"]).is_some() => {
            let (unit, ..) = Unit::of(line.low(i + 1))?;
            Some(on(i + 4, unit, 2))
        }
        "weekend" => Some(Found::new(i + 2, Reading::Weekend, RULE)),
        "quarter" => Some(
            quarter_ended(line, i + 2)
                .unwrap_or_else(|| Found::new(i + 2, Reading::Reference(Unit::Quarter, 0), RULE)),
        ),
        "week" => Some(week_of(line, i + 2).unwrap_or_else(|| on(i + 2, Unit::Week, 0))),
        "period" if line.is(i + 2, &[".", ",", "was", "were", "rose", "fell"]) => {
            told(i + 2, Unit::Quarter, 0)
        }
        "year" | "full" | "fiscal" => year(line, i),
        "day" if line.is(i + 2, &["before", "after"]) && stops(line, i + 3) => told(
            i + 3,
            Unit::Day,
            if line.low(i + 2) == "before" { -1 } else { 1 },
        ),
        _ => None,
    }
}

/// `the year before last`, `the night before last`.
fn before_last(line: &Line, i: usize) -> Option<Found> {
    let end = line.after(i + 1, &["before", "last"])?;
    let (unit, plural, times) = Unit::of(line.low(i))?;
    match unit {
        _ if plural || times != 1 => None,
        Unit::Night => {
            let day = Box::new(Reading::Unit(Unit::Day, -2));
            Some(Found::new(end, Reading::Part(Some(day), "TNI"), RULE))
        }
        Unit::Week | Unit::Weekend | Unit::Month | Unit::Quarter | Unit::Year => {
            Some(on(end, unit, -2))
        }
        _ => None,
    }
}

/// `the quarter ended Sept. 30`: the words are `the quarter`, the date is a time of its own.
fn quarter_ended(line: &Line, i: usize) -> Option<Found> {
    let at = line
        .after(i, &["ended"])
        .or_else(|| line.after(i, &["ending"]))?;
    let date = super::absolute::find(line, at)?;
    match date.reading {
        Reading::Day(..) => Some(Found::new(
            i,
            Reading::QuarterOf(Box::new(date.reading)),
            RULE,
        )),
        _ => None,
    }
}

/// `the week of March 6`, `the week ended Friday`.
fn week_of(line: &Line, i: usize) -> Option<Found> {
    let begins = line.is(i, &["starting", "beginning", "commencing", "ending"]);
    let at = match line.low(i) {
        "of" => i + 1,
        _ if begins => i + 1 + usize::from(line.low(i + 1) == "on"),
        _ => return None,
    };
    let found = super::absolute::find(line, at)?;
    match found.reading {
        Reading::Day(..) => Some(Found::new(
            found.end,
            Reading::WeekOf(Box::new(found.reading)),
            RULE,
        )),
        _ => None,
    }
}

/// `the year`, `the full year`, `the fiscal year`: the present one, or a stretch with a stated end.
fn year(line: &Line, i: usize) -> Option<Found> {
    let mut at = i + 1;
    while line.is(at, &["full", "fiscal", "financial", "calendar"]) && at < i + 3 {
        at += 1;
    }
    if line.low(at) != "year" || line.is(at + 1, &["-", "–"]) && line.glued(at + 1) {
        return None;
    }
    if let Some(end) = line.after(at + 1, &["after", "next"]) {
        return Some(on(end, Unit::Year, 2));
    }
    if line.is(at + 1, &["ended", "ending", "to", "through"]) {
        return Some(Found::fixed(at + 1, TimeKind::Duration, "P1Y", RULE));
    }
    Some(on(at + 1, Unit::Year, 0))
}

#[cfg(test)]
mod tests {
    use crate::time::testing::check;

    // A Wednesday.
    const DAY: &str = "2025-08-27";

    #[test]
    fn from_the_day_of_the_report() {
        check(
            DAY,
            "It rained yesterday and snows today.",
            &["yesterday=2025-08-26", "today=2025-08-27"],
        );
        check(DAY, "Troops crossed last week.", &["last week=2025-W34"]);
        check(DAY, "The mill opens next month.", &["next month=2025-09"]);
        check(DAY, "It sank two weeks ago.", &["two weeks ago=2025-W33"]);
        check(DAY, "He left 38 years ago.", &["38 years ago=1987"]);
        check(
            DAY,
            "It shut the year before last, the month before last and the week before last.",
            &[
                "the year before last=2023",
                "the month before last=2025-06",
                "the week before last=2025-W33",
            ],
        );
        check(DAY, "Drones flew overnight.", &["overnight=2025-08-26TNI"]);
        check(
            DAY,
            "Guards came last night.",
            &["last night=2025-08-26TNI"],
        );
        check(
            DAY,
            "It fell several years ago.",
            &["several years ago=PAST_REF"],
        );
    }

    #[test]
    fn from_what_was_told_before() {
        check(
            DAY,
            "It rose in May 2024 from a year earlier.",
            &["May 2024=2024-05", "a year earlier=2023-05"],
        );
        check(
            DAY,
            "It rose in May 2024 from a month earlier.",
            &["May 2024=2024-05", "a month earlier=2024-04"],
        );
        check(
            DAY,
            "It sank in 1998. The following year it was raised.",
            &["1998=1998", "The following year=1999"],
        );
        check(
            DAY,
            "It sank on March 3. It was raised two days later.",
            &["March 3=2025-03-03", "two days later=2025-03-05"],
        );
    }
}
