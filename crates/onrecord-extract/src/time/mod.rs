//! Times: the day of publication, and TIMEX3 readings of every time expression.
//!
//! A small grammar over the words of each sentence, one file per family of expressions; the
//! longest reading at a place wins; then everything is resolved in text order against the day of
//! publication, the tense and what was told before.
//!
//! ```text
//! "The yard will shut on Friday" + 2025-08-27  ->  Friday = DATE 2025-08-29
//! ```
//!
//! Left out: which event a time belongs to (`events`), time zones, calendars other than the
//! Gregorian one.

mod absolute;
mod clock;
mod duration;
mod holiday;
mod inside;
mod joined;
mod modified;
mod openers;
mod published;
mod reading;
mod relative;
mod resolve;
mod season;
mod set;
mod tense;
#[cfg(test)]
pub(crate) mod testing;
mod vague;
mod value;
mod weekday;
mod within;
mod year;

use jiff::civil::Date;
use onrecord_model::{Report, SegmentLabel, TextRange, TimeKind, TimeMention, TokenId, Why};

use crate::Context;
use crate::words::{Line, lines};
use reading::Found;
use resolve::Resolver;

pub(crate) use value::Unit;

pub use published::published;

/// Every time expression, resolved against the day of publication.
pub fn extract(cx: &Context<'_>) -> Vec<TimeMention> {
    mentions(cx.report, cx.report.day())
}

/// The time nearest to a token in its own sentence: what comes after wins over what comes
/// before at the same distance.
pub fn nearest<'t>(
    times: &'t [TimeMention],
    cx: &Context<'_>,
    token: TokenId,
) -> Option<&'t TimeMention> {
    let at = cx.document.token(token).range;
    let sentence = cx.document.sentence_of(token).range;
    let gap = |t: &TimeMention| {
        let r = t.span.range();
        if r.start >= at.end {
            (r.start - at.end) * 2
        } else {
            at.start.saturating_sub(r.end) * 2 + 1
        }
    };
    times
        .iter()
        .filter(|t| sentence.contains(t.span.range()))
        .min_by_key(|t| gap(t))
}

/// The times whose words lie in a range of bytes.
pub fn within(times: &[TimeMention], range: TextRange) -> impl Iterator<Item = &TimeMention> {
    times.iter().filter(move |t| range.contains(t.span.range()))
}

/// Whether a mention names a point of the calendar, not a stretch, a set or a vague time.
pub fn is_point(time: &TimeMention) -> bool {
    matches!(time.kind, TimeKind::Date | TimeKind::Time)
        && time.value.starts_with(|c: char| c.is_ascii_digit())
}

pub(crate) fn mentions(report: &Report, day: Option<Date>) -> Vec<TimeMention> {
    let lines = lines(report, SegmentLabel::is_prose);
    let mut resolver = Resolver::new(day, report.text.as_str());
    let mut out = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        for (start, found) in found_in(line) {
            let tense = tense::of(line, start, found.end);
            let (kind, value) = resolver.resolve(&found.reading, tense, number);
            let text = value.as_ref().map(ToString::to_string).unwrap_or_default();
            if let Some(value) = value {
                resolver.keep(number, &found.reading, value);
            }
            let Some(span) = report.text.trimmed(line.range(start, found.end)) else {
                continue;
            };
            out.push(TimeMention {
                span,
                kind,
                value: text,
                modifier: found.modifier.map(Into::into),
                why: Why::rule(found.rule),
            });
        }
    }
    out.sort_by(|a, b| a.span.cmp(&b.span));
    out
}

/// Every time of a line, left to right, none inside another.
pub(crate) fn found_in(line: &Line) -> Vec<(usize, Found)> {
    let mut out = Vec::new();
    let mut i = 0;
    while let Some(word) = line.word(i) {
        if !openers::opens(word) {
            debug_assert!(
                duration::age(line, i).is_none() && found_at(line, i).is_none(),
                "`{}` opens a time and is not among the openers",
                word.low
            );
            i += 1;
            continue;
        }
        if let Some(age) = duration::age(line, i) {
            i = age;
            continue;
        }
        match found_at(line, i) {
            Some(found) if found.end > i => {
                let end = found.end;
                let second = absolute::second_day(line, &found);
                out.push((i, found));
                i = second.as_ref().map_or(end, |(_, f)| f.end);
                out.extend(second);
            }
            _ => i += 1,
        }
    }
    out
}

/// The longest reading that starts at a word; of equal ones the first.
fn found_at(line: &Line, i: usize) -> Option<Found> {
    let all = [
        modified::find(line, i),
        clock::find(line, i),
        absolute::find(line, i),
        within::find(line, i),
        weekday::find(line, i),
        holiday::find(line, i),
        relative::find(line, i),
        season::find(line, i),
        set::find(line, i),
        duration::find(line, i),
        vague::find(line, i),
    ];
    // `max_by_key` keeps the last of equals, so the order is turned round.
    all.into_iter().rev().flatten().max_by_key(|f| f.end)
}

#[cfg(test)]
mod tests {
    use onrecord_model::Document;
    use proptest::prelude::*;

    use super::*;
    use crate::amounts;

    const PIECES: &[&str] = &[
        "$",
        "C$",
        "€",
        "%",
        "half",
        "a",
        "the",
        "last",
        "next",
        "quarter",
        "second",
        "May",
        "31",
        "Feb. 30",
        "99999999999999999999999999999",
        "trillion",
        "years",
        "ago",
        "later",
        "’s",
        "-",
        "to",
        "1/0",
        "24:61",
        "a.m.",
        "Sunday",
        "Easter",
        "9999",
        "every",
        "in",
        "of",
        "½",
        "İ",
        "(",
        ")",
        ".",
        "\n\n",
        "1990s",
        "weeks",
        "one",
        "hundred",
        "and",
    ];

    proptest! {
        #[test]
        fn any_words_give_times_and_amounts_in_order(
            picks in prop::collection::vec((0..PIECES.len(), any::<bool>()), 0..60),
            day in prop::sample::select(vec!["2025-08-27", "0001-01-01", "9999-12-31"]),
        ) {
            let mut text = String::new();
            for (at, apart) in picks {
                text.push_str(PIECES[at]);
                if apart {
                    text.push(' ');
                }
            }
            let report = testing::report(&text, Some(day));
            let times = mentions(&report, report.day());
            let follows = |w: &[TimeMention]| w[0].span.end() <= w[1].span.start();
            prop_assert!(times.windows(2).all(follows));
            let document = Document::new(report.text.clone(), Vec::new(), Vec::new());
            let cx = Context { report: &report, document: &document };
            let (amounts, _) = amounts::extract(&cx);
            prop_assert!(amounts.iter().all(|a| a.value.parse::<rust_decimal::Decimal>().is_ok()));
        }
    }
}
