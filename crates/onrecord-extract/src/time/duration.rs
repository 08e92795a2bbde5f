//! Durations: `three and a half years`, `30-day`, `weeks-long`, `the past two years`, `for months`.
//! Ages are not times: `32-year-old`, `aged 30 years`.

use onrecord_model::TimeKind;
use rust_decimal::Decimal;

use super::reading::Found;
use super::value::Unit;
use crate::number;
use crate::words::{Kind, Line};

const RULE: &str = "time/duration";

/// A stated number of units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    /// How many.
    pub value: Decimal,
    /// Of what.
    pub unit: Unit,
    /// How many of the unit one is (a fortnight is two weeks).
    pub times: i64,
    /// One past its last word.
    pub end: usize,
}

/// `three weeks`, `a year`, `a year and a half`, `half an hour`.
pub(crate) fn counted(line: &Line, i: usize) -> Option<Counted> {
    let half_an = line.low(i) == "half" && line.is(i + 1, &["a", "an"]);
    let article = line.is(i, &["a", "an"]);
    let (value, at) = if half_an {
        (Decimal::new(5, 1), i + 2)
    } else {
        match number::at(line, i) {
            Some(n) => (n.value, n.end),
            None if article => (Decimal::ONE, i + 1),
            None => return None,
        }
    };
    let at = if line.is(
        at,
        &[
            "full",
            "more",
            "consecutive",
            "straight",
            "additional",
            "long",
            "whole",
            "other",
            "trading",
            "business",
            "calendar",
        ],
    ) || line.is(at, &["past", "previous", "upcoming"]) && !article
    {
        at + 1
    } else {
        at
    };
    let at = if line.hyphen(at) && !article {
        at + 1
    } else {
        at
    };
    let (unit, _, times) = Unit::of(line.low(at)).filter(|u| !(article && u.1))?;
    // "the three second quarters", "a second chance"
    let fraction =
        unit == Unit::Quarter && !article && (line.hyphen(at - 1) || line.low(at + 1) == "of");
    let named = line.capital(at) && !line.all_capitals(at) && !line.capital(i);
    if line.low(at) == "second" || fraction || (named && at > i + 1) {
        return None;
    }
    let half = line.after(at + 1, &["and", "a", "half"]);
    let value = if half.is_some() {
        value.saturating_add(Decimal::new(5, 1))
    } else {
        value
    };
    Some(Counted {
        value,
        unit,
        times,
        end: half.unwrap_or(at + 1),
    })
}

/// Counts that follow each other from the longer unit to the shorter: `two hours and 15 minutes`,
/// `1 month, 21 days`; one alone is none.
pub(crate) fn compound(line: &Line, i: usize) -> Option<(Vec<Counted>, usize)> {
    let whole = |c: &Counted| c.value.fract().is_zero() && c.times == 1;
    let first = counted(line, i).filter(whole)?;
    let (mut all, mut end) = (vec![first], first.end);
    loop {
        let comma = end + usize::from(line.low(end) == ",");
        let at = comma + usize::from(line.low(comma) == "and");
        let last = all.last().map_or(first.unit, |c| c.unit);
        // "a week and a day" may be, "two years and a month" with an article rarely is one stretch.
        let next =
            counted(line, at).filter(|c| whole(c) && c.unit < last && !line.is(at, &["a", "an"]));
        let Some(next) = next.filter(|c| !is_age(line, at, c.end)) else {
            break;
        };
        end = next.end;
        all.push(next);
    }
    (all.len() > 1).then_some((all, end))
}

/// The ISO 8601 form of a compound of counts.
fn compound_length(all: &[Counted]) -> String {
    let (mut out, mut clock) = (String::from("P"), false);
    for c in all {
        let (t, letter) = c.unit.code();
        if !t.is_empty() && !clock {
            out.push('T');
            clock = true;
        }
        out.push_str(&c.value.normalize().to_string());
        out.push_str(letter);
    }
    out
}

/// `several years`, `a few days`, `many months`, `dozens of years`; and how it is written.
pub(crate) fn vague_count(line: &Line, i: usize) -> Option<(String, usize)> {
    let skip = usize::from(line.is(i, &["a", "the"]));
    let word = line.low(i + skip);
    let pair = matches!(word, "couple" if skip == 1);
    let end = match word {
        "few" | "several" | "many" | "number" | "couple" | "some" | "various" | "numerous" => {
            i + skip + 1
        }
        "dozens" | "hundreds" | "thousands" | "scores" => i + skip + 1,
        _ => {
            // "months ago", "years earlier"
            let (unit, plural, _) = Unit::of(word).filter(|_| skip == 0)?;
            let told = plural && line.is(i + 1, &["ago", "earlier"]);
            return told.then(|| (unknown(unit), i + 1));
        }
    };
    let end = end + usize::from(line.low(end) == "of");
    let end = end + usize::from(line.is(end, &["more", "long"]));
    let end = if line.hyphen(end) { end + 1 } else { end };
    let (unit, _, _) = Unit::of(line.low(end))?;
    if line.low(end) == "second" {
        return None;
    }
    let value = if pair {
        length(Decimal::TWO, unit)
    } else {
        unknown(unit)
    };
    Some((value, end + 1))
}

fn unknown(unit: Unit) -> String {
    let (t, letter) = unit.code();
    format!("P{t}X{letter}")
}

/// The ISO 8601 form of so many units.
pub(crate) fn length(value: Decimal, unit: Unit) -> String {
    let (t, letter) = unit.code();
    let whole = value.trunc();
    let rest = value.fract();
    let part = match unit {
        Unit::Year => Some((Decimal::from(12), "M")),
        Unit::Hour => Some((Decimal::from(60), "M")),
        Unit::Minute => Some((Decimal::from(60), "S")),
        _ => None,
    };
    match (unit, part) {
        (Unit::Decade, _) => format!("P{}Y", value.saturating_mul(Decimal::TEN).normalize()),
        (Unit::Century, _) => format!(
            "P{}Y",
            value.saturating_mul(Decimal::ONE_HUNDRED).normalize()
        ),
        (_, Some((per, small))) if !rest.is_zero() => {
            let n = rest.saturating_mul(per).round().normalize();
            if whole.is_zero() {
                format!("P{t}{n}{small}")
            } else {
                format!("P{t}{}{letter}{n}{small}", whole.normalize())
            }
        }
        _ => format!("P{t}{}{letter}", value.normalize()),
    }
}

/// The duration that starts at a word.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    let (at, span) = led(line, i);
    if let Some((all, end)) =
        compound(line, at).filter(|(_, e)| !is_age(line, at, *e) && line.low(*e) != "ago")
    {
        let value = compound_length(&all);
        return Some(Found::fixed(end, TimeKind::Duration, value, RULE));
    }
    let found = stated(line, at, span)
        .or_else(|| {
            vague_count(line, at)
                .filter(|(_, end)| !line.is(*end, &["ago", "old"]))
                .map(|(v, end)| Found::fixed(end, TimeKind::Duration, v, RULE))
        })
        .or_else(|| hyphened(line, at))
        .or_else(|| whole(line, i))
        .or_else(|| bare(line, at, span))?;
    Some(found)
}

/// `the past`, `the last`, `the next`, `the first` before a stretch of time.
fn led(line: &Line, i: usize) -> (usize, bool) {
    let the = usize::from(line.is(i, &["the", "these", "those", "this"]));
    let at = i + the;
    let led = line.is(
        at,
        &[
            "past",
            "last",
            "next",
            "coming",
            "first",
            "final",
            "previous",
            "following",
            "latest",
            "preceding",
            "recent",
            "opening",
        ],
    );
    let next = at + usize::from(led);
    let starts = number::at(line, next).is_some()
        || line.is(next, &["few", "several", "couple", "many"])
        || (led && Unit::of(line.low(next)).is_some_and(|(_, p, _)| p));
    if (the == 1 || led) && starts {
        (next, true)
    } else {
        (i, false)
    }
}

fn stated(line: &Line, i: usize, led: bool) -> Option<Found> {
    let d = counted(line, i)?;
    if is_age(line, i, d.end) {
        return None;
    }
    let article = line.is(i, &["a", "an"]);
    // "24 hours a day", "60 Minutes", "a quarter of the fleet"
    let rate = d.unit == Unit::Hour && line.after(d.end, &["a", "day"]).is_some();
    let title = line.capital(d.end - 1)
        && !line.all_capitals(d.end - 1)
        && line.kind(i) == Some(Kind::Figures);
    if rate || title || (d.unit == Unit::Quarter && !led) {
        return None;
    }
    if article && !led && !article_counts(line, i, d.end) {
        return None;
    }
    let value = d.value.saturating_mul(Decimal::from(d.times));
    let tail = usize::from(line.after(d.end, &["or", "so"]).is_some()) * 2;
    let long = long_after(line, d.end);
    Some(Found::fixed(
        long.unwrap_or(d.end + tail),
        TimeKind::Duration,
        length(value, d.unit),
        RULE,
    ))
}

/// `-long` after a unit.
fn long_after(line: &Line, i: usize) -> Option<usize> {
    (line.hyphen(i) && line.low(i + 1) == "long").then_some(i + 2)
}

/// The place after an age that starts at a word.
pub(crate) fn age(line: &Line, i: usize) -> Option<usize> {
    let d = counted(line, i)?;
    is_age(line, i, d.end).then_some(d.end + 1 + usize::from(line.hyphen(d.end)))
}

/// `32-year-old`, `30 years old`, `aged 30 years`, `30 years of age`.
pub(crate) fn is_age(line: &Line, start: usize, end: usize) -> bool {
    let hyphen = line.hyphen(end);
    let old = line.low(end + usize::from(hyphen)) == "old";
    let of_age = line.after(end, &["of", "age"]).is_some();
    old || of_age || line.is(start.wrapping_sub(1), &["aged", "age"])
}

const BEFORE_ARTICLE: &[&str] = &[
    "for", "in", "within", "after", "over", "than", "nearly", "almost", "about", "around", "under",
    "took", "take", "takes", "taken", "lasted", "lasts", "last", "spent", "spend", "spending",
    "half", "quite", "just", "only", "of", "least", "every", "once", "until", "exactly", "came",
    "roughly", "lasting", "served", "serve", "given", "every",
];

/// Whether "a week" is a stretch of time and not a rate ("$5 a week").
fn article_counts(line: &Line, i: usize, end: usize) -> bool {
    if line.is(
        end,
        &["after", "before", "later", "earlier", "ago", "into", "-"],
    ) {
        return true;
    }
    let before = line.back(i, 1);
    let rate = matches!(
        before,
        "times" | "once" | "twice" | "hours" | "days" | "percent" | "%" | "million" | "billion"
    );
    !rate && BEFORE_ARTICLE.contains(&before)
}

/// `decades-long`, `weeks-old`, `yearlong`, `day-long`.
fn hyphened(line: &Line, i: usize) -> Option<Found> {
    if let Some(stem) = line.low(i).strip_suffix("long").filter(|s| !s.is_empty()) {
        let (unit, plural, _) = Unit::of(stem)?;
        let value = if plural {
            unknown(unit)
        } else {
            length(Decimal::ONE, unit)
        };
        return Some(Found::fixed(i + 1, TimeKind::Duration, value, RULE));
    }
    let (unit, plural, _) = Unit::of(line.low(i))?;
    if !line.hyphen(i + 1) || !line.is(i + 2, &["long", "old"]) {
        return None;
    }
    let value = if plural {
        unknown(unit)
    } else {
        length(Decimal::ONE, unit)
    };
    Some(Found::fixed(i + 3, TimeKind::Duration, value, RULE))
}

/// `for all week`, `the whole year`, `a full day`, `another month`, `half year`.
fn whole(line: &Line, i: usize) -> Option<Found> {
    let at = i + usize::from(line.is(i, &["the", "a"]));
    let bare = at == i;
    let word = line.low(at);
    let opens = match word {
        "all" => bare && line.back(i, 1) == "for",
        "another" => bare,
        "full" | "whole" | "entire" | "half" => true,
        _ => false,
    };
    if !opens {
        return None;
    }
    let unit = at + 1 + usize::from(line.hyphen(at + 1));
    let (found, plural, times) = Unit::of(line.low(unit))?;
    let value = if word == "half" {
        Decimal::new(5, 1)
    } else {
        Decimal::from(times)
    };
    let fits =
        found >= Unit::Day && found != Unit::Quarter || word == "another" && found == Unit::Hour;
    // "a full-year loss" and "the full year" are of a year of business; "a half day" is no stretch.
    let business =
        word == "full" && (!bare || line.hyphen(at + 1)) || word == "half" && found != Unit::Year;
    let says = fits && !plural && !business && line.low(unit) != "second";
    says.then(|| Found::fixed(unit + 1, TimeKind::Duration, length(value, found), RULE))
}

const BEFORE_BARE: &[&str] = &[
    "for", "in", "after", "within", "over", "of", "took", "take", "takes", "spent", "lasted",
    "lasting", "through", "during", "by", "many", "long", "recent", "coming", "or", "and", "to",
    "until", "last",
];

/// `for months`, `in decades`, `recent weeks`, `weeks of`.
fn bare(line: &Line, i: usize, led: bool) -> Option<Found> {
    let adjective = line.is(i, &["recent", "coming", "past", "long", "early"]);
    let at = if adjective { i + 1 } else { i };
    let (unit, plural, _) = Unit::of(line.low(at))?;
    if !plural
        || line.low(at) == "seconds"
        || line.low(at) == "quarters" && !adjective && !led
        || unit == Unit::Weekend
    {
        return None;
    }
    let before = line.back(i, 1);
    let counted = line.kind(i.wrapping_sub(1)) == Some(Kind::Figures);
    let said = adjective || led || BEFORE_BARE.contains(&before) && !counted;
    let opens =
        matches!(line.low(at + 1), "of" | "after" | "before" | "later") && unit > Unit::Hour;
    let ahead = matches!(line.low(at + 1), "ahead" | "away");
    let reference = match line.low(i) {
        "coming" => Some("FUTURE_REF"),
        "recent" if unit == Unit::Year => Some("PAST_REF"),
        "past" if !led && adjective => Some("PAST_REF"),
        "early" => return None,
        _ => None,
    };
    (said || opens || ahead).then(|| match reference {
        Some(vague) => Found::fixed(at + 1, TimeKind::Date, vague, RULE),
        None => Found::fixed(at + 1, TimeKind::Duration, unknown(unit), RULE),
    })
}

#[cfg(test)]
mod tests {
    use crate::time::testing::check;

    const DAY: &str = "2025-08-27";

    #[test]
    fn stated_lengths() {
        check(
            DAY,
            "It lasted three and a half years.",
            &["three and a half years=P3Y6M"],
        );
        check(DAY, "A 30-day truce held.", &["30-day=P30D"]);
        check(
            DAY,
            "The trip took two hours and cost $5 a day.",
            &["two hours=PT2H"],
        );
        check(DAY, "It may grow over a decade.", &["over a decade=P10Y"]);
        check(
            DAY,
            "Sales fell in the past two years.",
            &["the past two years=P2Y"],
        );
        check(DAY, "He waited an hour and a half.", &[]);
        check(
            DAY,
            "He waited for an hour and a half.",
            &["an hour and a half=PT1H30M"],
        );
    }

    #[test]
    fn lengths_left_open() {
        check(
            DAY,
            "A weeks-long siege followed months of talks.",
            &["weeks-long=PXW", "months=PXM"],
        );
        check(DAY, "It stood for several years.", &["several years=PXY"]);
    }

    #[test]
    fn whole_units() {
        check(
            DAY,
            "They argued the whole week, then waited another month.",
            &["the whole week=P1W", "another month=P1M"],
        );
        check(DAY, "The full-year loss of all years fell.", &[]);
    }

    #[test]
    fn ages_are_not_times() {
        check(
            DAY,
            "The 32-year-old pilot, aged 32 years, is not 33 years old.",
            &[],
        );
    }
}
