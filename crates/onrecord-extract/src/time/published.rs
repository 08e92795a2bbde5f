//! The day of publication: stated, from metadata, or inferred from clues that must agree.
//!
//! A weekday told as the day of the news, a holiday that was kept on it and a year in an image
//! tag give one day; so do a dateline's `Aug 24` and a year. Each clue is kept as evidence. Clues
//! that contradict each other leave the day open and are reported; too few leave it open too,
//! with the year alone when that is certain.
//!
//! Left out: guessing from what the news is about.

use std::collections::BTreeSet;

use jiff::civil::Date;
use onrecord_model::{
    Document, Evidence, Precision, Problem, ProblemKind, Published, PublishedBasis, Report,
    SegmentLabel, Span,
};

use super::reading::{Reading, Which};
use super::resolve::Resolver;
use super::tense::{self, Tense};
use super::value::weekday;
use super::{absolute, found_in, holiday};
use crate::words::{Kind, Line, first_lines, lines};

/// The day of publication: as the carrier or the report states it, else inferred from clues
/// that agree, each kept as evidence; contradictions are problems.
pub fn published(report: &Report, _document: &Document) -> (Option<Published>, Vec<Problem>) {
    match &report.published {
        Some(known) => (Some(known.clone()), Vec::new()),
        None => infer(report),
    }
}

/// A day of the year that a clue points at.
struct DayClue {
    rule: DayRule,
    evidence: Evidence,
}

enum DayRule {
    /// A month and day, with the year when it is said.
    Date(Option<i16>, i8, i8),
    /// A holiday told as kept on the day of the news.
    Holiday(&'static onrecord_lexicon::holidays::Rule),
}

impl DayRule {
    fn on(&self, year: i16) -> Option<Date> {
        match self {
            Self::Date(y, m, d) => Date::new(y.unwrap_or(year), *m, *d).ok(),
            Self::Holiday(rule) => holiday::date(rule, year),
        }
    }
}

fn infer(report: &Report) -> (Option<Published>, Vec<Problem>) {
    let years = years(report);
    let body = first_lines(report, |l| l == SegmentLabel::Body, NEAR);
    let weekdays = weekdays(report, &body);
    let mut dated = dateline_and_notices(report);
    dated.extend(url_day(report));
    let outcome = by_date(&dated, &years).or_else(|| by_holiday(report, &body, &years, &weekdays));
    match outcome {
        Some(Ok((day, evidence))) => {
            let published = make(day.to_string(), Precision::Day, evidence);
            (Some(published), Vec::new())
        }
        Some(Err(span)) => {
            let message = "clues to the day of publication contradict each other";
            let problem = Problem::at(ProblemKind::PublishedContradiction, message, span);
            (None, vec![problem])
        }
        None => (year_alone(&years), vec![unknown()]),
    }
}

fn make(value: String, precision: Precision, evidence: Vec<Evidence>) -> Published {
    Published {
        value,
        precision,
        basis: PublishedBasis::Inferred,
        evidence,
    }
}

fn unknown() -> Problem {
    Problem::new(
        ProblemKind::PublishedUnknown,
        "the day of publication is unknown, so relative times stay open",
    )
}

fn year_alone(years: &[(i16, Evidence)]) -> Option<Published> {
    let [(year, _), rest @ ..] = years else {
        return None;
    };
    rest.iter().all(|(y, _)| y == year).then(|| {
        let evidence = years.iter().take(1).map(|(_, e)| e.clone()).collect();
        make(format!("{year:04}"), Precision::Year, evidence)
    })
}

type Outcome = Result<(Date, Vec<Evidence>), Option<Span>>;

/// A dateline, a notice or an address that names the day; the year is theirs or another clue's.
fn by_date(clues: &[DayClue], years: &[(i16, Evidence)]) -> Option<Outcome> {
    let known: BTreeSet<i16> = years.iter().map(|(y, _)| *y).collect();
    let year = match known.len() {
        1 => known.first().copied(),
        _ => None,
    };
    let mut days: Vec<(Date, &DayClue)> = Vec::new();
    for clue in clues {
        let own = matches!(clue.rule, DayRule::Date(Some(_), ..));
        if let Some(day) = year.or(own.then_some(0)).and_then(|y| clue.rule.on(y)) {
            days.push((day, clue));
        }
    }
    let (first, _) = *days.first()?;
    // A story may be filed on one day and carried on the next.
    let agree = days.iter().all(|(d, _)| (*d - first).get_days().abs() <= 1);
    if !agree {
        return Some(Err(days.last().and_then(|(_, c)| words(&c.evidence))));
    }
    let mut evidence: Vec<Evidence> = days.iter().map(|(_, c)| c.evidence.clone()).collect();
    let year_said = days
        .iter()
        .any(|(_, c)| matches!(c.rule, DayRule::Date(Some(_), ..)));
    if !year_said {
        evidence.extend(years.first().map(|(_, e)| e.clone()));
    }
    Some(Ok((first, evidence)))
}

fn words(evidence: &Evidence) -> Option<Span> {
    match evidence {
        Evidence::Words(span) => Some(span.clone()),
        Evidence::Note(_) => None,
    }
}

/// A weekday, a holiday that falls on it, and the year that makes it so.
fn by_holiday(
    report: &Report,
    body: &[Line],
    years: &[(i16, Evidence)],
    weekdays: &[(i8, Span)],
) -> Option<Outcome> {
    weekdays.first()?;
    let clues = holidays(report, body);
    let mut fits: Vec<(Date, Vec<Evidence>)> = Vec::new();
    let mut against = None;
    for clue in &clues {
        for (year, why) in years {
            let Some(day) = clue.rule.on(*year) else {
                continue;
            };
            match weekdays.iter().find(|(w, _)| *w == weekday(day)) {
                Some((_, span)) => {
                    let evidence = vec![
                        Evidence::Words(span.clone()),
                        clue.evidence.clone(),
                        why.clone(),
                    ];
                    if !fits.iter().any(|(d, _)| *d == day) {
                        fits.push((day, evidence));
                    }
                }
                None => against = words(&clue.evidence),
            }
        }
    }
    match fits.len() {
        1 => fits.pop().map(Ok),
        0 => against.map(|span| Err(Some(span))),
        _ => Some(Err(fits.last().and_then(|(_, e)| e.get(1)).and_then(words))),
    }
}

/// Weekdays told as the day of the news: in the first two paragraphs, as past.
fn weekdays(report: &Report, body: &[Line]) -> Vec<(i8, Span)> {
    let mut out = Vec::new();
    for line in body.iter().filter(|l| l.paragraph <= 2) {
        for (start, found) in found_in(line) {
            let Reading::Weekday(Which::Open, day) = found.reading else {
                continue;
            };
            if tense::of(line, start, found.end) == Tense::Future {
                continue;
            }
            let start = if line.is(start.wrapping_sub(1), &["on"]) {
                start - 1
            } else {
                start
            };
            out.extend(
                report
                    .text
                    .trimmed(line.range(start, found.end))
                    .map(|s| (day, s)),
            );
        }
    }
    out
}

const KEPT: &[&str] = &[
    "mark",
    "marks",
    "marked",
    "marking",
    "celebrate",
    "celebrates",
    "celebrated",
    "celebrating",
    "celebrations",
    "celebration",
    "commemorate",
    "commemorated",
    "commemorating",
    "observed",
    "observing",
    "observe",
    "honour",
    "honor",
    "on",
    "ceremony",
    "parade",
    "day",
    "holiday",
];

const BESIDE: &[&str] = &[
    "after",
    "before",
    "ahead",
    "since",
    "until",
    "by",
    "upcoming",
    "last",
    "next",
    "eve",
    "following",
    "run-up",
];

/// Paragraphs of the body in which a holiday tells the day.
const NEAR: u32 = 8;

/// Holidays of the first paragraphs that are told as kept.
fn holidays(report: &Report, body: &[Line]) -> Vec<DayClue> {
    let resolver = Resolver::new(None, report.text.as_str());
    let mut out = Vec::new();
    for line in body {
        for (start, found) in found_in(line) {
            let Reading::Holiday(Which::Open, all) = &found.reading else {
                continue;
            };
            let beside = (1..=2).any(|k| BESIDE.contains(&line.back(start, k)));
            let kept = (0..line.len()).any(|i| line.is(i, KEPT));
            let Some(one) = resolver.chosen(all).filter(|_| kept && !beside) else {
                continue;
            };
            let span = report.text.trimmed(line.range(start, found.end));
            out.extend(span.map(|s| DayClue {
                rule: DayRule::Holiday(&one.rule),
                evidence: Evidence::Words(s),
            }));
        }
    }
    out
}

/// `Aug 24` in the dateline; `24 August story` in a notice.
fn dateline_and_notices(report: &Report) -> Vec<DayClue> {
    let labels = |l| matches!(l, SegmentLabel::Dateline | SegmentLabel::Correction);
    let mut out = Vec::new();
    for line in lines(report, labels) {
        for i in 0..line.len() {
            let Some(found) = absolute::find(&line, i) else {
                continue;
            };
            let Reading::Day(year, month, day) = found.reading else {
                continue;
            };
            // A notice names the day of the story it corrects, not of what the story tells.
            let story = line.is(found.end, &["story", "item", "report"]);
            if line.label == SegmentLabel::Correction && !story {
                continue;
            }
            let span = report.text.trimmed(line.range(i, found.end));
            out.extend(span.map(|s| DayClue {
                rule: DayRule::Date(year, month, day),
                evidence: Evidence::Words(s),
            }));
            break;
        }
    }
    out
}

/// `/2025/08/24/` or `2025-08-24` in the address.
fn url_day(report: &Report) -> Option<DayClue> {
    let url = report.url.as_deref()?;
    let parts: Vec<&str> = url
        .split(|c: char| !c.is_ascii_digit())
        .filter(|p| !p.is_empty())
        .collect();
    let date = parts.windows(3).find_map(|w| {
        let [y, m, d] = w else { return None };
        let full = y.len() == 4 && (1..=2).contains(&m.len()) && (1..=2).contains(&d.len());
        let (y, m, d) = (y.parse().ok()?, m.parse().ok()?, d.parse().ok()?);
        let plausible = full && (1990..2100).contains(&y) && url.contains(&format!("{y}"));
        Date::new(y, m, d).ok().filter(|_| plausible)
    })?;
    Some(DayClue {
        rule: DayRule::Date(Some(date.year()), date.month(), date.day()),
        evidence: Evidence::Note(format!("the address of the report: {url}")),
    })
}

/// Years in image tags, copyright lines and the address.
fn years(report: &Report) -> Vec<(i16, Evidence)> {
    let mut out: Vec<(i16, Evidence)> = Vec::new();
    let labels = |l| matches!(l, SegmentLabel::Image | SegmentLabel::Boilerplate);
    for line in lines(report, labels) {
        let rights = (0..line.len()).any(|i| line.is(i, &["©", "copyright"]));
        if line.label == SegmentLabel::Boilerplate && !rights {
            continue;
        }
        let Some(span) = report.text.trimmed(line.range(0, line.len())) else {
            continue;
        };
        for y in (0..line.len()).filter_map(|i| year(&line, i)) {
            if !out.iter().any(|(have, _)| *have == y) {
                out.push((y, Evidence::Words(span.clone())));
            }
        }
    }
    if let Some(y) = report.url.as_deref().and_then(url_year) {
        let note = "the address of the report names the year";
        out.push((y, Evidence::Note(note.into())));
    }
    out
}

/// Four figures from 1990 on that stand alone among letters and marks.
fn year(line: &Line, i: usize) -> Option<i16> {
    let w = line
        .word(i)
        .filter(|w| w.kind == Kind::Figures && w.range.len() == 4)?;
    w.low.parse().ok().filter(|y| (1990..2100).contains(y))
}

fn url_year(url: &str) -> Option<i16> {
    url.split('/')
        .filter(|p| p.len() == 4)
        .find_map(|p| p.parse().ok().filter(|y| (1990..2100).contains(y)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{Segment, Text, TextRange};

    /// A report of labelled stretches, and its inferred day with the number of clues, or the
    /// kind of trouble.
    fn check(stretches: &[(SegmentLabel, &str)], expect: Result<(&str, usize), ProblemKind>) {
        let all: String = stretches.iter().map(|(_, t)| *t).collect();
        let mut report = crate::time::testing::report(&all, None);
        report.text = Text::new(all);
        report.segments.clear();
        let mut at = 0;
        for (label, t) in stretches {
            let range = TextRange::of(at, at + t.len());
            report
                .segments
                .extend(Segment::new(&report.text, *label, range));
            at += t.len();
        }
        let (found, problems) = infer(&report);
        match expect {
            Ok((value, clues)) => {
                let found = found.unwrap();
                assert_eq!((found.value.as_str(), found.evidence.len()), (value, clues));
            }
            Err(kind) => {
                assert!(found.is_none_or(|p| p.precision != Precision::Day));
                assert_eq!(problems[0].kind, kind);
            }
        }
    }

    const KEPT_DAY: &str =
        "The king visited the port on Saturday to mark Finland's Independence Day.\n\n";
    const TAG: &str = "tagexample.org2025image_77-VIEW";

    #[test]
    fn a_weekday_a_holiday_and_a_year_give_one_day() {
        use SegmentLabel::{Body, Image};
        check(&[(Body, KEPT_DAY), (Image, TAG)], Ok(("2025-12-06", 3)));
    }

    #[test]
    fn clues_that_contradict_each_other_are_reported() {
        use SegmentLabel::{Body, Image};
        let tag = "tagexample.org2024image_77-VIEW";
        check(
            &[(Body, KEPT_DAY), (Image, tag)],
            Err(ProblemKind::PublishedContradiction),
        );
    }

    #[test]
    fn too_few_clues_leave_the_day_open() {
        use SegmentLabel::{Body, Dateline, Image};
        check(&[(Body, KEPT_DAY)], Err(ProblemKind::PublishedUnknown));
        check(
            &[(Body, "Rain fell on Monday.\n\n"), (Image, TAG)],
            Err(ProblemKind::PublishedUnknown),
        );
        check(
            &[(Dateline, "OSLO, Aug 24 (XY) - "), (Body, "Rain fell.")],
            Err(ProblemKind::PublishedUnknown),
        );
    }

    #[test]
    fn a_dateline_and_a_year_give_a_day() {
        use SegmentLabel::{Body, Dateline, Image};
        let dateline = (Dateline, "OSLO, Aug 24 (XY) - ");
        check(
            &[dateline, (Body, "Rain fell.\n\n"), (Image, TAG)],
            Ok(("2025-08-24", 2)),
        );
    }
}
