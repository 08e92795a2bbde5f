//! Vague times: `now`, `recently`, `the past`, `soon`, `these days`, `a while`.

use onrecord_lexicon::calendar;
use onrecord_model::TimeKind;

use super::reading::Found;
use crate::words::{Kind, Line};

const RULE: &str = "time/vague";

/// The vague time that starts at a word.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    let while_end = line
        .after(i, &["a", "while"])
        .filter(|_| line.is(i.wrapping_sub(1), &["for", "after", "in"]));
    if let Some(end) = while_end {
        return Some(Found::fixed(end, TimeKind::Duration, "PXX", RULE));
    }
    let most = if calendar::opens_vague(line.low(i)) {
        4
    } else {
        0
    };
    for words in (1..=most).rev() {
        let end = i + words;
        if end > line.len() {
            continue;
        }
        let phrase = line.phrase(i, end);
        if let Some(value) = calendar::vague(&phrase).filter(|_| fits(line, i, end, &phrase)) {
            return Some(Found::fixed(end, TimeKind::Date, value, RULE));
        }
    }
    let low = line.low(i);
    let value = calendar::vague_adjective(low)?;
    let before_noun = line.kind(i + 1) == Some(Kind::Letters) && !line.capital(i);
    (before_noun && matches!(low, "recent" | "current"))
        .then(|| Found::fixed(i + 1, TimeKind::Date, value, RULE))
}

/// "the past two years" and "the future king" are not the past and the future; "at the time of
/// the fire" tells which time.
fn fits(line: &Line, start: usize, end: usize, phrase: &str) -> bool {
    let noun = matches!(
        phrase,
        "the past" | "the future" | "the recent past" | "the near term" | "the short term"
    );
    if noun {
        return line.kind(end) != Some(Kind::Letters)
            || line.is(
                end,
                &[
                    "and", "or", "to", "with", "by", "but", "is", "was", "when", "for", "of", "in",
                    "as", "that", "he", "she", "they", "we", "it", "without", "if", "but", "from",
                    "on", "at",
                ],
            );
    }
    if phrase == "at the time" {
        return line.low(end) != "of";
    }
    if phrase == "soon" {
        let past = line.low(end).ends_with("ed")
            || line.is(
                end,
                &["after", "before", "as", "became", "began", "enough", "-"],
            );
        return !past && !line.is(start.wrapping_sub(1), &["as", "too", "so", "how"]);
    }
    if phrase == "now" {
        return !line.hyphen(end) && line.low(start.wrapping_sub(1)) != "-";
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::time::testing::check;

    const DAY: &str = "2025-08-27";

    #[test]
    fn references() {
        check(DAY, "The yard is now shut.", &["now=PRESENT_REF"]);
        check(
            DAY,
            "In the past, it had recently been open.",
            &["the past=PAST_REF", "recently=PAST_REF"],
        );
        check(
            DAY,
            "The past owners then left for a while.",
            &["a while=PXX"],
        );
    }
}
