//! What a changed word does to what is told: another number, another name, a negation, the
//! opposite.
//!
//! ```text
//! $200 million -> $300 million   number
//! denied       -> confirmed      opposite
//! ```
//!
//! English lists. Left out: a change of meaning in other words, and of a sign without a word.

use onrecord_model::Report;
use serde::Serialize;

use super::words::Word;

/// What of a statement is another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fact {
    /// A number.
    Number,
    /// A negation was put in or left out.
    Negation,
    /// A word became its opposite.
    Opposite,
    /// A word with a capital, as names have.
    Name,
}

impl Fact {
    /// Its name, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Negation => "negation",
            Self::Opposite => "opposite",
            Self::Name => "name",
        }
    }
}

/// What two stretches, one in place of the other, make another.
pub(crate) fn fact(was: (&Report, &[Word]), now: (&Report, &[Word])) -> Option<Fact> {
    let (a, b) = (spelled(was), spelled(now));
    if number(&a) != number(&b) {
        return Some(Fact::Number);
    }
    let negations = |all: &[String]| all.iter().filter(|w| is_negation(w)).count();
    if negations(&a) != negations(&b) {
        return Some(Fact::Negation);
    }
    if a.iter().any(|x| b.iter().any(|y| is_opposite(x, y))) {
        return Some(Fact::Opposite);
    }
    let (x, y) = (names(was), names(now));
    (!x.is_empty() && !y.is_empty() && x != y).then_some(Fact::Name)
}

fn spelled((report, words): (&Report, &[Word])) -> Vec<String> {
    let letters = |w: &Word| report.text.slice(w.range).to_lowercase().replace('’', "'");
    words.iter().map(letters).collect()
}

fn names((report, words): (&Report, &[Word])) -> Vec<u64> {
    let capital = |w: &Word| {
        let begins = report.text.slice(w.range).starts_with(char::is_uppercase);
        // What begins a sentence has a capital too: a name goes on with another.
        let text = report.text.as_str().get(w.range.end as usize..);
        let next = text.and_then(|t| t.strip_prefix(' '));
        begins && (w.name || next.is_some_and(|t| t.starts_with(char::is_uppercase)))
    };
    words
        .iter()
        .filter(|w| capital(w))
        .map(|w| w.hash)
        .collect()
}

/// The numbers of some words: figures and words alike, thousands joined.
fn number(words: &[String]) -> String {
    let mut out = String::new();
    let mut joins = false;
    for word in words {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let (figure, unit) = word.split_at(word.len() - digits.len());
        if !figure.is_empty() {
            if !(joins && figure.len() == 3) {
                out.push(' ');
            }
            out.push_str(figure);
            joins = unit.is_empty();
        }
        let unit = match (figure.is_empty(), unit) {
            (false, "m" | "mn" | "mln") => "million",
            (false, "bn" | "b") => "billion",
            (false, "k") => "thousand",
            (_, unit) => unit,
        };
        if let Some(n) = NUMBERS.iter().position(|w| *w == unit) {
            out.push(' ');
            out.push_str(&n.to_string());
        } else if LARGE.contains(&unit) {
            out.push(' ');
            out.push_str(unit);
        }
    }
    out
}

const NUMBERS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const LARGE: [&str; 15] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred",
    "thousand", "million", "billion", "trillion", "dozen", "half",
];

fn is_negation(word: &str) -> bool {
    const ALL: [&str; 10] = [
        "not", "no", "never", "none", "nor", "neither", "nobody", "nothing", "without", "cannot",
    ];
    ALL.contains(&word) || word.ends_with("n't")
}

fn is_opposite(a: &str, b: &str) -> bool {
    let (a, b) = (stem(a), stem(b));
    let apart = |x: &str, y: &str| {
        ["un", "dis", "non", "il", "ir"].iter().any(|p| {
            x.strip_prefix(p)
                .is_some_and(|rest| rest == y && y.len() > 3)
        })
    };
    let poles = |x: &str, y: &str| {
        OPPOSITES
            .iter()
            .any(|(one, other)| one.contains(&x) && other.contains(&y))
    };
    apart(&a, &b) || apart(&b, &a) || poles(&a, &b) || poles(&b, &a)
}

/// A word without what inflects it, as [`OPPOSITES`] has it.
fn stem(word: &str) -> String {
    for end in ["ied", "ies"] {
        if let Some(rest) = word.strip_suffix(end) {
            return format!("{rest}y");
        }
    }
    let cut = ["ing", "ed", "es", "s", "e"]
        .iter()
        .find_map(|end| word.strip_suffix(end).filter(|rest| rest.len() > 2));
    cut.unwrap_or(word).to_owned()
}

/// Stems of two poles.
const OPPOSITES: [(&[&str], &[&str]); 17] = [
    (
        &["confirm", "admit", "admitt", "acknowledg"],
        &["deny", "disput"],
    ),
    (
        &["accept", "approv", "back", "endors"],
        &["reject", "refus", "oppos", "block"],
    ),
    (&["agre"], &["refus", "declin"]),
    (&["support", "favour", "favor"], &["oppos", "resist"]),
    (
        &[
            "ris", "rose", "risen", "gain", "climb", "jump", "increas", "grow", "grew",
        ],
        &[
            "fall", "fell", "fallen", "drop", "dropp", "los", "lost", "declin", "decreas",
            "shrink", "shrank", "slid",
        ],
    ),
    (&["rais", "increas"], &["lower", "cut", "reduc", "decreas"]),
    (&["up"], &["down"]),
    (
        &["higher", "mor", "most", "abov", "over"],
        &["lower", "less", "fewer", "least", "below", "under"],
    ),
    (&["win", "won"], &["los", "lost"]),
    (&["open", "reopen"], &["clos", "shut"]),
    (
        &["convict", "guilty"],
        &["acquitt", "acquit", "innocent", "clear"],
    ),
    (&["pass"], &["fail"]),
    (
        &["allow", "permit", "permitt"],
        &["ban", "bann", "forbid", "forbade", "prohibit"],
    ),
    (
        &["start", "begin", "began", "begun"],
        &["stop", "stopp", "end", "halt"],
    ),
    (&["befor"], &["after"]),
    (&["buy", "bought"], &["sell", "sold"]),
    (&["will", "can"], &["won't", "can't"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::across::testing::report;
    use crate::across::words::words;

    fn check(was: &str, now: &str, want: Option<Fact>) {
        let (a, b) = (report("", was), report("", now));
        assert_eq!(
            fact((&a, &words(&a)), (&b, &words(&b))),
            want,
            "{was} -> {now}"
        );
    }

    #[test]
    fn another_number_name_negation_or_opposite_is_told() {
        check("200", "300", Some(Fact::Number));
        check("five", "six", Some(Fact::Number));
        check("denied", "confirmed", Some(Fact::Opposite));
        check("lawful", "unlawful", Some(Fact::Opposite));
        check("will", "will not", Some(Fact::Negation));
        check("did", "didn’t", Some(Fact::Negation));
        check("Maria Gomez", "Anna Gomez", Some(Fact::Name));
    }

    #[test]
    fn house_style_is_none() {
        check("five", "5", None);
        check("5m", "5 million", None);
        check("1,000", "1000", None);
        check("officials", "authorities", None);
        check("Officials", "Authorities", None);
    }
}
