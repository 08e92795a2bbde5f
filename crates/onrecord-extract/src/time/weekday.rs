//! Weekdays: `Sunday`, `last Friday`, `the previous Monday`, `every Tuesday`, `Mondays`.

use onrecord_lexicon::calendar;
use onrecord_model::TimeKind;

use super::reading::{Found, Reading, Which};
use crate::words::Line;

const RULE: &str = "time/weekday";

/// The weekday that starts at a word.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    if line.is(i, &["every", "each"]) && line.low(i + 1) != "other" {
        if let (Some(part), end) = part_after(line, i + 1) {
            return Some(Found::fixed(
                end,
                TimeKind::Set,
                part.trim_start_matches('-'),
                RULE,
            ));
        }
        let (day, end) = weekday_at(line, i + 1)?;
        let (part, end) = part_after(line, end);
        let value = format!("XXXX-WXX-{day}{}", part.unwrap_or_default());
        return Some(Found::fixed(end, TimeKind::Set, value, RULE));
    }
    if line.after(i, &["every", "other"]).is_some() {
        let (day, end) = weekday_at(line, i + 2)?;
        return Some(Found::fixed(
            end,
            TimeKind::Set,
            format!("XXXX-WXX-{day}"),
            RULE,
        ));
    }
    if let Some((day, end)) = plural_at(line, i) {
        let value = format!("XXXX-WXX-{day}");
        return Some(Found::fixed(end, TimeKind::Set, value, RULE));
    }
    let (which, at) = which(line, i);
    let (day, end) = weekday_at(line, at)?;
    if let Some(found) = beside(line, i, at, day, end) {
        return Some(found);
    }
    if line.is(end, &["nights", "mornings", "afternoons", "evenings"]) {
        let part = calendar::day_part(line.low(end).trim_end_matches('s')).unwrap_or_default();
        let value = format!("XXXX-WXX-{day}{part}");
        return Some(Found::fixed(end + 1, TimeKind::Set, value, RULE));
    }
    let on = Reading::Weekday(which, day);
    let (part, end) = part_after(line, end);
    Some(match part {
        Some(part) => Found::new(end, Reading::Part(Some(Box::new(on)), part), RULE),
        None => Found::new(end, on, RULE),
    })
}

/// The weekday in brackets behind another, which is told for another zone: `Tuesday (early
/// Wednesday AEST)`.
fn beside(line: &Line, i: usize, at: usize, day: i8, end: usize) -> Option<Found> {
    let open = i.checked_sub(1 + usize::from(line.is(i.wrapping_sub(1), &["early", "late"])))?;
    let behind = open.checked_sub(1)?;
    let told = (1..=2).any(|k| calendar::weekday(line.back(open, k)).is_some());
    let plain = at == i && line.low(open) == "(" && told && behind > 0;
    plain.then(|| Found::new(end, Reading::WeekdayBeside(day), RULE))
}

/// A weekday's full name, or its abbreviation with a full stop.
pub(crate) fn weekday_at(line: &Line, i: usize) -> Option<(i8, usize)> {
    let low = line.low(i);
    let day = calendar::weekday(low)?;
    // No other word is written as a full weekday is, in small letters too.
    if calendar::is_full_weekday(low) {
        return Some((day, i + 1));
    }
    (line.capital(i) && line.low(i + 1) == "." && line.glued(i + 1)).then_some((day, i + 2))
}

fn plural_at(line: &Line, i: usize) -> Option<(i8, usize)> {
    let singular = line.low(i).strip_suffix('s')?;
    let full = calendar::is_full_weekday(singular);
    calendar::weekday(singular)
        .filter(|_| full)
        .map(|d| (d, i + 1))
}

fn which(line: &Line, i: usize) -> (Which, usize) {
    let j = if line.is(i, &["the", "this"])
        && line.is(
            i + 1,
            &["past", "coming", "previous", "following", "next", "last"],
        ) {
        i + 1
    } else {
        i
    };
    match line.low(j) {
        "last" | "past" | "previous" => (Which::Shift(-1), j + 1),
        "coming" | "following" => (Which::Shift(1), j + 1),
        "next" => (Which::Shift(2), j + 1),
        "this" => (Which::Shift(0), j + 1),
        _ => (Which::Open, i),
    }
}

/// `night`, `late night`, `'s morning` after a day.
pub(crate) fn part_after(line: &Line, i: usize) -> (Option<&'static str>, usize) {
    let skip = usize::from(line.is(i, &["late", "early", "mid"]));
    let part = calendar::day_part(line.low(i + skip)).filter(|_| line.low(i + skip) != "overnight");
    match part {
        Some(part) => (Some(part), i + skip + 1),
        None => (None, i),
    }
}

#[cfg(test)]
mod tests {
    use crate::time::testing::check;

    // A Wednesday.
    const DAY: &str = "2025-08-27";

    #[test]
    fn tense_and_words_give_the_direction() {
        check(DAY, "The ferry sank on Monday.", &["Monday=2025-08-25"]);
        check(
            DAY,
            "The ferry will sail on Monday.",
            &["Monday=2025-09-01"],
        );
        check(
            DAY,
            "The crew arrived Wednesday.",
            &["Wednesday=2025-08-27"],
        );
        check(
            DAY,
            "He said on Tuesday the yard will close on Friday.",
            &["Tuesday=2025-08-26", "Friday=2025-08-29"],
        );
        check(
            DAY,
            "She plans to sail on Saturday.",
            &["Saturday=2025-08-30"],
        );
        check(
            DAY,
            "It snowed last Wednesday.",
            &["last Wednesday=2025-08-20"],
        );
    }

    #[test]
    fn parts_of_the_day_and_sets() {
        check(
            DAY,
            "Gunmen came on Sunday night.",
            &["Sunday night=2025-08-24TNI"],
        );
        check(
            DAY,
            "Mass is held every Sunday.",
            &["every Sunday=XXXX-WXX-7"],
        );
        check(DAY, "Shops close on Mondays.", &["Mondays=XXXX-WXX-1"]);
    }
}
