//! Percentages and counted quantities: `25 percent`, `45 tons`, `180 howitzers`.

use onrecord_lexicon::{Countries, units};
use rust_decimal::Decimal;

use super::Found;
use crate::number::{self, Number};
use crate::time::Unit;
use crate::words::{Kind, Line};

/// The percentage or quantity that starts at a word.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    // The `16` of `F-16`, the `4` of `5-4`.
    if line.glued(i)
        && line.is(i.wrapping_sub(1), &["-", "–", "/", ":", "."])
        && !matches!(line.back(i, 2), "" | "(")
    {
        let range = line.kind(i.wrapping_sub(2)) == Some(Kind::Figures);
        if !range || line.kind(i) != Some(Kind::Figures) {
            return None;
        }
    }
    if line.glued_letters(i)
        || (line.glued(i) && line.kind(i.wrapping_sub(1)) == Some(Kind::Letters))
    {
        return None;
    }
    if line.glued(i) && line.is(i.wrapping_sub(1), &["=", "%", "&", "?", "_"]) {
        return None;
    }
    if let Some(share) = share(line, i) {
        return Some(share);
    }
    let n = number::at(line, i)?;
    // "155mm" names a calibre, not a length.
    if line.glued(n.end) && line.is(n.end, &["mm", "cm"]) {
        return None;
    }
    percent(line, i, &n)
        .or_else(|| measure(line, i, &n))
        .or_else(|| counted(line, i, &n))
}

fn percent(line: &Line, i: usize, n: &Number) -> Option<Found> {
    let at = if line.hyphen(n.end) { n.end + 1 } else { n.end };
    let end = match line.low(at) {
        "%" | "percent" | "pct" => at + 1,
        "percentage" if !line.is(at + 1, &["point", "points"]) => at + 1,
        "per" if line.low(at + 1) == "cent" => at + 2,
        _ => return None,
    };
    let minus = i
        .checked_sub(1)
        .filter(|m| line.is(*m, &["-", "−"]) && line.glued(i) && !line.glued(*m));
    let value = if minus.is_some() { -n.value } else { n.value };
    Some(Found {
        start: minus.unwrap_or(i),
        end,
        value,
        grain: n.grain,
        currency: None,
        unit: Some("percent".into()),
        rule: "amounts/percent",
    })
}

/// `a quarter of`, `half of`, `two thirds of`, `one in five`: parts of a whole, as percentages.
fn share(line: &Line, i: usize) -> Option<Found> {
    // "the first half of the year" is a time.
    let half = line.low(i) == "half"
        && !line.is(
            i.wrapping_sub(1),
            &["other", "latter", "top", "bottom", "better"],
        )
        && i.checked_sub(1)
            .is_none_or(|b| number::rank_at(line, b).is_none());
    let half = half.then(|| Number::part(Decimal::new(5, 1), i + 1, true));
    // "a quarter of a million people" is a number.
    let of = number::part_at(line, i)
        .or(half)
        .filter(|p| line.low(p.end) == "of" && number::part_of_scale(line, p).is_none());
    let n = of.or_else(|| ratio(line, i))?;
    let percent = |v: Decimal| v.checked_mul(Decimal::ONE_HUNDRED).map(|v| v.round_dp(2));
    Some(Found {
        start: i,
        end: n.end,
        value: percent(n.value)?,
        grain: percent(n.grain)?,
        currency: None,
        unit: Some("percent".into()),
        rule: "amounts/share",
    })
}

/// `one in five` where it can only be a share: not "killed three in four days", "won two in 2019".
fn ratio(line: &Line, i: usize) -> Option<Number> {
    let n = number::share_at(line, i).filter(|_| line.is(i + 1, &["in"]))?;
    let opens = i == 0 || line.is(i - 1, BEFORE_RATIO);
    let time = (n.end..n.end + 2).any(|k| Unit::of(line.low(k)).is_some());
    let small = n.value >= Decimal::new(1, 3);
    (opens && !time && small).then_some(n)
}

/// What may stand before a ratio: a word that makes no object of it.
const BEFORE_RATIO: &[&str] = &[
    "about",
    "nearly",
    "almost",
    "around",
    "roughly",
    "approximately",
    "some",
    "than",
    "only",
    "just",
    "every",
    "and",
    "but",
    "that",
    "as",
    "least",
    "to",
    "affects",
    "with",
    ",",
    "(",
    "\"",
    "“",
];

fn measure(line: &Line, i: usize, n: &Number) -> Option<Found> {
    let hyphen = line.hyphen(n.end);
    let at = if hyphen { n.end + 1 } else { n.end };
    let end = (1..=3)
        .rev()
        .map(|k| at + k)
        .find(|end| *end <= line.len() && units::is_measure(&line.phrase(at, *end)))?;
    Some(Found {
        start: i,
        end,
        value: n.value,
        grain: n.grain,
        currency: None,
        unit: Some(line.phrase(at, end)),
        rule: "amounts/measure",
    })
}

/// A figure and, after at most four words of description, a noun that is counted.
fn counted(line: &Line, i: usize, n: &Number) -> Option<Found> {
    let whole = n.value.fract().is_zero() && n.value >= Decimal::TWO;
    let year = line.kind(i) == Some(Kind::Figures)
        && line.word(i).is_some_and(|w| w.range.len() == 4)
        && (Decimal::from(1900)..Decimal::from(2100)).contains(&n.value);
    if !whole || (year && line.is(i.wrapping_sub(1), &["in", "since", "of", "by", "the"])) {
        return None;
    }
    // People are counted where the number is the size of something: "a quarter of a million people".
    let scaled = line.low(n.end - 1).ends_with("illion");
    if scaled && line.low(n.end) == "people" {
        return Some(found(line, i, n, n.end + 1));
    }
    for at in n.end..n.end + 6 {
        let low = line.low(at);
        let noun = (1..=2)
            .rev()
            .map(|k| at + k)
            .find(|end| *end <= line.len() && units::is_counted(&line.phrase(at, *end)));
        if let Some(end) = noun {
            // The head is the last of a row of nouns: "missile defence systems".
            let more = (end..line.len())
                .take_while(|k| {
                    line.kind(*k) == Some(Kind::Letters) && units::is_counted(line.low(*k))
                })
                .count();
            return Some(found(line, i, n, end + more));
        }
        let describes = line.kind(at) == Some(Kind::Letters) && !STOPS.contains(&low);
        let joined = line.hyphen(at) || (line.kind(at) == Some(Kind::Figures) && line.glued(at));
        let initial = low == "." && line.glued(at) && line.kind(at - 1) == Some(Kind::Letters);
        if !describes && !joined && !initial {
            return None;
        }
    }
    None
}

const STOPS: &[&str] = &[
    "of",
    "in",
    "to",
    "and",
    "or",
    "for",
    "from",
    "by",
    "on",
    "at",
    "with",
    "as",
    "that",
    "which",
    "who",
    "were",
    "was",
    "are",
    "is",
    "have",
    "has",
    "had",
    "will",
    "percent",
    "years",
    "months",
    "weeks",
    "days",
    "hours",
    "minutes",
    "when",
    "after",
    "before",
    "people",
    "countries",
    "nations",
    "states",
    "times",
    "the",
    "a",
    "an",
    "per",
    "said",
    "into",
    "million",
];

fn found(line: &Line, i: usize, n: &Number, end: usize) -> Found {
    let mut start = n.end;
    // The owner of what is counted is no part of the unit.
    for k in (n.end + 1..end).rev() {
        let phrase = line.phrase(n.end, k);
        let countries = Countries::shipped();
        let owner = matches!(
            phrase.as_str(),
            "u.s."
                | "us"
                | "uk"
                | "u.k."
                | "american"
                | "british"
                | "more"
                | "additional"
                | "new"
                | "other"
                | "extra"
        ) || countries.by_name(&title(&phrase)).is_some()
            || countries.by_adjective(&title(&phrase)).is_some();
        if owner {
            start = k;
            break;
        }
    }
    Found {
        start: i,
        end: n.end,
        value: n.value,
        grain: n.grain,
        currency: None,
        unit: Some(line.phrase_as_written(start, end)),
        rule: "amounts/count",
    }
}

fn title(low: &str) -> String {
    let mut chars = low.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
