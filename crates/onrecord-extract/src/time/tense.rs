//! Whether the words round a time tell what was or what is to come.
//!
//! Read from the text alone: the nearest verb on the left decides, then the nearest on the right.
//! "He said on Monday the port will open on Friday" puts Monday behind and Friday ahead.

use onrecord_lexicon::tense;

use crate::words::{Kind, Line};

/// The direction a time without one is read in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tense {
    /// Told as over.
    Past,
    /// Told as to come.
    Future,
    /// The words do not say.
    Open,
}

const EDGES: &[&str] = &[
    ";", ":", "which", "who", "because", "although", "while", "whether", "but", "“", "”", "\"", "—",
];

fn future(line: &Line, i: usize) -> bool {
    if !tense::future(line.low(i)) || line.kind(i) != Some(Kind::Letters) {
        return false;
    }
    let low = line.low(i);
    match low {
        "may" => !line.capital(i),
        // A "set" of things, a "plan" named: a noun after an article.
        "set" | "due" | "plan" | "aim" | "hope" | "want" => {
            line.low(i + 1) == "to"
                || line.low(i + 1) == "for"
                || line.is(i.wrapping_sub(1), &["is", "are", "they", "we", "i"])
        }
        "can" => true,
        "would" | "could" | "might" | "should" | "must" => {
            let denied =
                (1..=8).any(|k| matches!(line.back(i, k), "neither" | "nobody" | "none" | "no"));
            line.low(i + 1) != "have" && !(low == "could" && (denied || line.low(i + 1) == "not"))
        }
        "ll" | "wo" => line.glued(i),
        // "was expected", "was due" still point ahead; "as expected" does not.
        "expected" => line.back(i, 1) != "as",
        _ => true,
    }
}

fn past(line: &Line, i: usize) -> bool {
    if line.kind(i) != Some(Kind::Letters) {
        return false;
    }
    // "the case is heard in May"
    if (1..=2).any(|k| matches!(line.back(i, k), "is" | "are" | "be" | "being"))
        && line.low(i) != "said"
    {
        return false;
    }
    let low = line.low(i);
    // "an unspecified date" is not told as over.
    let adjective = line.is(
        i.wrapping_sub(1),
        &[
            "a", "an", "the", "its", "their", "his", "her", "of", "still", "as", "so", "-",
        ],
    ) || (line.hyphen(i.wrapping_sub(1)) && i > 0);
    let regular = low.len() > 3 && low.ends_with("ed") && !tense::not_past(low) && !adjective;
    (tense::past(low) || regular) && !future(line, i)
}

/// Whether `to` at `i` opens an infinitive that points ahead.
fn ahead(line: &Line, i: usize) -> bool {
    let passive = line.low(i) == "to"
        && line.low(i + 1) == "be"
        && !line.is(
            i.wrapping_sub(1),
            &[
                "said", "believed", "thought", "reported", "seemed", "appeared",
            ],
        );
    passive
        || line.low(i) == "to"
            && line.kind(i + 1) == Some(Kind::Letters)
            && !line.capital(i + 1)
            && (1..=3).any(|k| tense::leads_ahead(line.back(i, k)))
}

/// How many words away a verb still governs a time.
const REACH: usize = 60;

/// The direction of the time at words `start..end`.
pub(crate) fn of(line: &Line, start: usize, end: usize) -> Tense {
    if line.is(start.wrapping_sub(1), &["since"]) {
        return Tense::Past;
    }
    let until = line.is(start.wrapping_sub(1), &["until", "till", "through", "by"]);
    let led = until || line.is(start.wrapping_sub(1), &["starting", "beginning", "before"]);
    let as_soon =
        line.back(start, 1) == "as" && line.is(start.wrapping_sub(2), &["soon", "early", "late"]);
    if as_soon {
        return Tense::Future;
    }
    if line.past_possessive(end) > end {
        // "Wednesday's ruling" is known, "ahead of Tuesday's vote" is to come.
        let to_come = line.is(start.wrapping_sub(1), &["of", "for"])
            && line.is(
                start.wrapping_sub(2),
                &["ahead", "prepare", "plans", "agenda"],
            );
        return if to_come { Tense::Future } else { Tense::Past };
    }
    for i in (start.saturating_sub(REACH)..start).rev() {
        if line.is(i, EDGES) {
            break;
        }
        if future(line, i) || ahead(line, i) {
            // "had been scheduled", "was to be"
            let over = (1..=3).any(|k| line.back(i, k) == "had") && !line.is(i, &["would"]);
            return if over { Tense::Past } else { Tense::Future };
        }
        if past(line, i) {
            if until && !line.is(i, &["was", "were", "did"]) {
                return Tense::Future;
            }
            let under = (1..=3).any(|k| k <= i && (future(line, i - k) || ahead(line, i - k)));
            return if under { Tense::Future } else { Tense::Past };
        }
    }
    for i in end..line.len().min(end + REACH) {
        if line.is(i, EDGES) {
            break;
        }
        if future(line, i) {
            return Tense::Future;
        }
        if past(line, i) {
            return Tense::Past;
        }
    }
    if led { Tense::Future } else { Tense::Open }
}
