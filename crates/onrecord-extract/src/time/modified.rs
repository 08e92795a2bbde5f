//! Modifiers round a time: `early March`, `the end of 1998`, `later in the day`, `earlier this
//! year`, `nearly two years`, `more than three hours`.

use onrecord_model::TimeKind;

use super::reading::{Found, Reading};
use super::value::Unit;
use super::{absolute, duration, holiday, relative, season, weekday};
use crate::words::Line;

const RULE: &str = "time/modified";

/// The modified time that starts at a word.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    in_the_unit(line, i)
        .or_else(|| edge(line, i))
        .or_else(|| year_end(line, i))
        .or_else(|| bounded(line, i))
}

/// A date, at whatever grain, without a modifier.
fn point(line: &Line, i: usize) -> Option<Found> {
    [
        absolute::find(line, i),
        weekday::find(line, i),
        relative::find(line, i),
        season::find(line, i),
        holiday::find(line, i),
    ]
    .into_iter()
    .flatten()
    .filter(|f| !matches!(f.reading, Reading::Fixed(..)))
    .max_by_key(|f| f.end)
}

/// `later in the day`, `earlier in the week`, `late in the year`.
fn in_the_unit(line: &Line, i: usize) -> Option<Found> {
    let modifier = early_late(line.low(i))?;
    let at = line
        .after(i + 1, &["in", "the"])
        .or_else(|| line.after(i + 1, &["that"]))?;
    let (unit, plural, times) = Unit::of(line.low(at))?;
    if plural || times != 1 || unit < Unit::Day || line.low(at) == "second" {
        return None;
    }
    // The day, and the week or month of it, that the story is about.
    let modifier = (unit > Unit::Day).then_some(modifier);
    let reading = match unit {
        Unit::Day => Reading::Reference(unit, 0),
        _ => Reading::Unit(unit, 0),
    };
    Some(Found::new(at + 1, reading, RULE).with(modifier))
}

fn early_late(word: &str) -> Option<&'static str> {
    match word {
        "early" | "earlier" => Some("START"),
        "late" | "later" => Some("END"),
        "mid" => Some("MID"),
        _ => None,
    }
}

/// `early March`, `mid-1998`, `the end of the year`, `the beginning of May`.
fn edge(line: &Line, i: usize) -> Option<Found> {
    let the = usize::from(line.low(i) == "the");
    if let Some(modifier) = early_late(line.low(i + the)) {
        let next = i + the + 1;
        let at = if line.hyphen(next) { next + 1 } else { next };
        let found = point(line, at)?;
        let found_end = found.end;
        return Some(Found::new(found_end, found.reading, found.rule).with(Some(modifier)));
    }
    let modifier = match line.low(i + the) {
        "end" | "close" | "latter" => "END",
        "beginning" | "start" | "opening" => "START",
        "middle" => "MID",
        "rest" | "remainder" => "END",
        "first" | "last" | "second" if line.low(i + the + 1) == "half" => {
            return half_of(line, i + the);
        }
        _ => return None,
    };
    let at = line.after(i + the + 1, &["of"])?;
    // "at the end of the day" is a manner of speaking.
    if line.after(at, &["the", "day"]).is_some() {
        return None;
    }
    let found = point(line, at).or_else(|| the_unit(line, at))?;
    if matches!(found.reading, Reading::Weekday(..) | Reading::Day(..)) {
        return None;
    }
    Some(Found::new(found.end, found.reading, found.rule).with(Some(modifier)))
}

/// `the last half of the 1980s`: halves of decades, centuries and months have no value of their own.
fn half_of(line: &Line, i: usize) -> Option<Found> {
    let modifier = if line.low(i) == "first" {
        "START"
    } else {
        "END"
    };
    let at = line.after(i + 1, &["half", "of"])?;
    let found = point(line, at).or_else(|| the_unit(line, at))?;
    matches!(
        found.reading,
        Reading::Decade(_) | Reading::Century(_) | Reading::Month(..)
    )
    .then(|| Found::new(found.end, found.reading, found.rule).with(Some(modifier)))
}

/// `the year`, `the month`, `the decade` on its own.
fn the_unit(line: &Line, i: usize) -> Option<Found> {
    // "by end of year"
    let at = i + usize::from(line.low(i) == "the");
    let (unit, plural, times) = Unit::of(line.low(at))?;
    let whole = !plural && times == 1 && unit >= Unit::Day && line.low(at) != "second";
    whole.then(|| Found::new(at + 1, Reading::Unit(unit, 0), RULE))
}

/// `year-end`, `year's end`.
fn year_end(line: &Line, i: usize) -> Option<Found> {
    let the = usize::from(line.low(i) == "the");
    let at = i + the;
    let (unit, ..) = Unit::of(line.low(at)).filter(|(u, p, _)| *u >= Unit::Month && !*p)?;
    let possessive = line.past_possessive(at + 1);
    let end = if line.hyphen(at + 1) {
        at + 2
    } else {
        possessive
    };
    let said = (end > at + 1 || unit == Unit::Year) && line.low(end) == "end";
    said.then(|| Found::new(end + 1, Reading::Unit(unit, 0), RULE).with(Some("END")))
}

const BOUNDS: &[(&[&str], &str)] = &[
    (&["more", "than"], "MORE_THAN"),
    (&["less", "than"], "LESS_THAN"),
    (&["no", "more", "than"], "EQUAL_OR_LESS"),
    (&["no", "less", "than"], "EQUAL_OR_MORE"),
    (&["at", "least"], "EQUAL_OR_MORE"),
    (&["at", "most"], "EQUAL_OR_LESS"),
    (&["up", "to"], "EQUAL_OR_LESS"),
    (&["over"], "MORE_THAN"),
    (&["within"], "EQUAL_OR_LESS"),
    (&["nearly"], "LESS_THAN"),
    (&["almost"], "LESS_THAN"),
    (&["about"], "APPROX"),
    (&["around"], "APPROX"),
    (&["roughly"], "APPROX"),
    (&["approximately"], "APPROX"),
    (&["some"], "APPROX"),
];

/// `nearly two years`, `more than three hours ago`, `about a month`.
fn bounded(line: &Line, i: usize) -> Option<Found> {
    let (at, modifier) = BOUNDS
        .iter()
        .find_map(|(words, m)| line.after(i, words).map(|at| (at, *m)))?;
    let ago = relative::find(line, at).filter(|f| {
        matches!(
            f.reading,
            Reading::Distance(..) | Reading::YearsBefore(..) | Reading::From(..)
        )
    });
    let found = match ago {
        Some(f) => f,
        None => duration::find(line, at).filter(|f| {
            let led = line.is(at, &["the", "a", "an"]);
            matches!(f.reading, Reading::Fixed(TimeKind::Duration, _))
                && (!led || !line.is(at, &["the"]))
        })?,
    };
    // "over the years" and "some months" have no number to bound.
    (found.end > at + 1)
        .then(|| Found::new(found.end, found.reading, found.rule).with(Some(modifier)))
}

#[cfg(test)]
mod tests {
    use crate::time::testing::check;

    // A Wednesday.
    const DAY: &str = "2025-08-27";

    #[test]
    fn edges() {
        check(
            DAY,
            "It struck in early March.",
            &["early March=2025-03/START"],
        );
        check(DAY, "It opened in mid-1998.", &["mid-1998=1998/MID"]);
        check(
            DAY,
            "Work will end by the end of the year.",
            &["the end of the year=2025/END"],
        );
        check(
            DAY,
            "He met her on Monday. Later in the day, he left.",
            &["Monday=2025-08-25", "Later in the day=2025-08-25"],
        );
        check(
            DAY,
            "It shut earlier this year.",
            &["earlier this year=2025/START"],
        );
        check(
            DAY,
            "It ended more than two years ago.",
            &["more than two years ago=2023/MORE_THAN"],
        );
    }
}
