//! Lines that state the day of publication: "Published: Aug. 24, 2025 5:31 p.m.", "24 August 2025".
//!
//! Left out: days without a year, which need other clues (`onrecord-extract`).

use std::ops::Range;

use jiff::civil::Date;

use crate::dates::{self, DAY};
use crate::furniture::unmarked;
use crate::pattern::Pattern;

static LABEL: Pattern = Pattern::new(|| {
    format!(
        r"(?i)^\W*(?:(?:first |last |originally )?(?:published|posted|updated|modified|issued|created|filed|released|date|publication date|dated)(?: (?:on|at))?\s*:?\s*)?(?:\d{{1,2}}[:.]\d{{2}}\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{{2,4}})?,?\s*)?(?:on )?(?:{DAY},?\s+)?$"
    )
});

static REST: Pattern = Pattern::new(|| {
    r"(?i)^(?:T\d{2}:\d{2}\S*)?[\s,|/@·•–-]*(?:at |around )?(?:\d{1,2}(?:[:.]\d{2}){0,2}\s*(?:[ap]\.?m\.?)?)?[\s,|/·•–-]*(?:\(?(?:[A-Z]{2,5}|GMT[+-]\d+|local time|eastern|et|utc)\)?)?[\s,|/·•–.-]*(?:(?:last )?updated.{0,60}|\d+ min(?:ute)?s?(?: read)?|[A-Z]{2,4})?\W*$".to_owned()
});

/// A line that is a date with a label, a clock and little more.
pub(crate) fn of_line(line: &str) -> Option<(Date, Range<usize>)> {
    if line.len() > 160 {
        return None;
    }
    if line.starts_with('\u{3}') {
        return sent(line);
    }
    let (day, range) = dates::full_date(line)?;
    let before = unmarked(line.get(..range.start)?);
    let label = |words: &str| LABEL.on(words).is_some_and(|r| r.is_match(words));
    let labelled = label(before) || label(line.get(..range.start)?);
    let rest = line.get(range.end..)?;
    (labelled && REST.on(rest)?.is_match(rest)).then_some((day, range))
}

static SENT: Pattern = Pattern::new(|| {
    r"^\x03(?P<day>\d{2})\d{4}\s+[A-Z]{1,4}\s+(?P<month>[A-Za-z]{3})\s+(?P<year>\d{2})\b".to_owned()
});

static SENT_IN_FIGURES: Pattern = Pattern::new(|| {
    r"^\x03[A-Z]{1,4}(?:-[A-Z]{1,4}){0,2}-(?P<month>\d{2})-(?P<day>\d{2})-(?P<year>\d{2}) \d{4}\s?(?:GMT|UTC|[ECMP][SD]T)\b".to_owned()
});

/// The time group under an old wire: day, hour and minute run together, zone, month, and the
/// last two figures of the year (IPTC 7901); or who sent it, month, day and year in figures and
/// the time (ANPA 1312: "EW-WF-11-13-13 1509GMT").
fn sent(line: &str) -> Option<(Date, Range<usize>)> {
    if let Some(found) = SENT.on(line)?.captures(line) {
        let words = format!("{} {} 20{}", &found["day"], &found["month"], &found["year"]);
        let (day, _) = dates::full_date(&words)?;
        return Some((day, 1..found.get(0)?.end()));
    }
    let found = SENT_IN_FIGURES.on(line)?.captures(line)?;
    let words = format!("20{}-{}-{}", &found["year"], &found["month"], &found["day"]);
    let (day, _) = dates::full_date(&words)?;
    Some((day, 1..found.get(0)?.end()))
}

/// Whether the line tells of an update and not of the first publication.
pub(crate) fn is_update(line: &str) -> bool {
    let head: String = line.chars().take(24).collect::<String>().to_lowercase();
    head.contains("updated") || head.contains("modified")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_told_from_prose() {
        for line in [
            "Aug. 24, 2025",
            "Published: August 24, 2025 5:31 p.m. EDT",
            "Sunday, 24 August 2025",
            "Updated 10:40 AM ET, Aug 24, 2025",
            "2025-08-24T10:00:00Z",
            "Posted on August 24, 2025 at 5:31 pm | Updated August 25, 2025",
        ] {
            assert_eq!(
                of_line(line).map(|(d, _)| d.to_string()).as_deref(),
                Some("2025-08-24"),
                "{line}"
            );
        }
        for (line, day) in [
            ("\u{3}AA-BB-02-20-16 0337GMT", "2016-02-20"),
            ("\u{3}EX-11-13-31 1509EST", "2031-11-13"),
            ("\u{3}041000 GMT Mar 31", "2031-03-04"),
        ] {
            let found = of_line(line).map(|(d, _)| d.to_string());
            assert_eq!(found.as_deref(), Some(day), "{line}");
        }
        for line in [
            "\u{3}AA-BB-20-02-16 0337GMT",
            "AA-BB-02-20-16 0337GMT",
            "On August 24, 2025 the board met.",
            "The board met on August 24, 2025",
            "Correction: October 2, 2031, Sunday.",
        ] {
            assert!(of_line(line).is_none(), "{line}");
        }
    }
}
