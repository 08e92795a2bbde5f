//! Whether the words round a time tell what was or what is to come.
//!
//! Read from the text alone: the nearest verb on the left decides, then the nearest on the right.
//! "He said on Monday the port will open on Friday" puts Monday behind and Friday ahead.

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

const FUTURE: &[&str] = &[
    "will",
    "ll",
    "shall",
    "would",
    "could",
    "may",
    "might",
    "must",
    "should",
    "can",
    "plans",
    "plan",
    "planning",
    "planned",
    "expects",
    "expected",
    "scheduled",
    "slated",
    "due",
    "set",
    "expect",
    "hopes",
    "hope",
    "intends",
    "intend",
    "aims",
    "aim",
    "wants",
    "want",
    "going",
    "upcoming",
    "starts",
    "begins",
    "opens",
    "meets",
    "resumes",
    "faces",
    "travels",
    "leaves",
    "heads",
    "arrives",
    "votes",
    "returns",
    "expires",
    "ends",
    "likely",
    "tentatively",
    "prepares",
    "preparing",
    "poised",
    "ahead",
    "deadline",
    "awaiting",
    "awaits",
    "takes",
    "proposed",
    "wo",
];

const PAST: &[&str] = &[
    "said", "told", "was", "were", "had", "did", "has", "have", "been", "met", "went", "came",
    "took", "gave", "made", "saw", "got", "held", "left", "fell", "rose", "began", "won", "lost",
    "sent", "spoke", "wrote", "struck", "hit", "sank", "shot", "fought", "broke", "brought",
    "bought", "sold", "led", "flew", "drove", "ran", "grew", "became", "found", "paid", "put",
    "stood", "sat", "threw", "caught", "cut", "shut", "slid", "swore", "drew", "spent", "kept",
    "knew", "thought", "felt", "heard", "died", "read", "since", "burst", "blew", "quit", "beat",
    "built", "withdrew", "shrank", "sprang", "tore", "swept", "wound", "laid", "rang", "sang",
    "woke", "chose", "ago",
];

const NOT_PAST: &[&str] = &[
    "united",
    "need",
    "indeed",
    "hundred",
    "speed",
    "seed",
    "feed",
    "bed",
    "red",
    "led",
    "embed",
    "breed",
    "exceed",
    "proceed",
    "succeed",
    "wed",
    "shed",
    "sacred",
    "naked",
    "ted",
    "fred",
    "alfred",
    "so-called",
    "armed",
    "infrared",
    "mohammed",
    "ahmed",
    "mohamed",
    "hatred",
    "limited",
];

const EDGES: &[&str] = &[
    ";", ":", "which", "who", "because", "although", "while", "whether", "but", "“", "”", "\"", "—",
];

fn future(line: &Line, i: usize) -> bool {
    if !line.is(i, FUTURE) || line.kind(i) != Some(Kind::Letters) {
        return false;
    }
    match line.low(i) {
        "may" => !line.capital(i),
        // A "set" of things, a "plan" named: a noun after an article.
        "set" | "due" | "plan" | "aim" | "hope" | "want" => {
            line.low(i + 1) == "to"
                || line.low(i + 1) == "for"
                || line.is(i.wrapping_sub(1), &["is", "are", "they", "we", "i"])
        }
        "can" => true,
        "would" | "could" | "might" | "should" | "must" => line.low(i + 1) != "have",
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
    let low = line.low(i);
    // "an unspecified date" is not told as over.
    let adjective = line.is(
        i.wrapping_sub(1),
        &[
            "a", "an", "the", "its", "their", "his", "her", "of", "still", "as", "so", "-",
        ],
    ) || (line.hyphen(i.wrapping_sub(1)) && i > 0);
    let regular = low.len() > 3 && low.ends_with("ed") && !NOT_PAST.contains(&low) && !adjective;
    (PAST.contains(&low) || regular) && !future(line, i)
}

const GOVERNORS: &[&str] = &[
    "set",
    "due",
    "expected",
    "scheduled",
    "slated",
    "plans",
    "plan",
    "planned",
    "agreed",
    "agree",
    "agrees",
    "hopes",
    "hope",
    "wants",
    "likely",
    "about",
    "ready",
    "going",
    "intends",
    "prepares",
    "is",
    "are",
    "pledged",
    "promised",
    "vowed",
    "invited",
    "decided",
    "wanted",
    "hoped",
    "intended",
    "needs",
    "need",
    "have",
    "has",
    "asked",
];

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
            && (1..=3).any(|k| GOVERNORS.contains(&line.back(i, k)))
}

/// How many words away a verb still governs a time.
const REACH: usize = 60;

/// The direction of the time at words `start..end`.
pub(crate) fn of(line: &Line, start: usize, end: usize) -> Tense {
    if line.is(start.wrapping_sub(1), &["since"]) {
        return Tense::Past;
    }
    let until = line.is(start.wrapping_sub(1), &["until", "till", "through"]);
    let led = until
        || line.is(
            start.wrapping_sub(1),
            &["by", "starting", "beginning", "before"],
        );
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
