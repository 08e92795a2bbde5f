//! What a line must hold before a pattern can fit it, told from the pattern's own syntax.
//!
//! ```text
//! (?i)^\W*(?:advertisement|loading)\W*$     the first letters are "advertisement" or "loading"
//! \bcontributed (?:additional )?research    holds "contributed "
//! ^[^\p{L}]+$                               no word is needed: always tried
//! ```
//!
//! A pattern is compiled only when a line meets its need, and most never are. Needs may be met by
//! lines that the pattern does not fit, never the other way round. Left out: words in other
//! letters than ASCII.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// More words than these for one pattern are not kept.
const MOST: usize = 600;

/// The need of a pattern. Words are in small letters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Need {
    /// From its first ASCII letter or digit on, the line opens with one of these.
    Opens(Vec<String>),
    /// One of these stands anywhere in the line.
    Holds(Vec<String>),
    /// Nothing is known.
    Nothing,
}

impl Need {
    /// The need of a pattern; nothing is known of one that does not parse.
    pub(crate) fn of(pattern: &str) -> Self {
        let Ok(hir) = regex_syntax::parse(pattern) else {
            return Self::Nothing;
        };
        if let Some(words) = opening(&hir) {
            return Self::Opens(words);
        }
        held(&hir).map_or(Self::Nothing, Self::Holds)
    }
}

/// Signs that stand for ASCII letters when case does not matter: no need is told of such lines.
pub(crate) fn has_odd_letters(line: &str) -> bool {
    line.contains(['\u{17f}', '\u{212a}'])
}

/// The words that may stand first behind the start of the line and signs that are no letters.
fn opening(hir: &Hir) -> Option<Vec<String>> {
    let HirKind::Concat(parts) = hir.kind() else {
        return None;
    };
    let (first, mut rest) = parts.split_first()?;
    if *first.kind() != HirKind::Look(Look::Start) {
        return None;
    }
    while let Some((skip, more)) = rest.split_first().filter(|(p, _)| is_skip(p)) {
        let _ = skip;
        rest = more;
    }
    let words = heads(&rest.iter().collect::<Vec<_>>())?;
    let told = words
        .iter()
        .all(|w| w.starts_with(|c: char| c.is_ascii_alphanumeric()));
    told.then_some(words)
}

/// A run, maybe empty, of signs that are no ASCII letters or digits.
fn is_skip(hir: &Hir) -> bool {
    let HirKind::Repetition(run) = hir.kind() else {
        return false;
    };
    match run.sub.kind() {
        HirKind::Class(Class::Unicode(class)) => class.ranges().iter().all(|r| {
            let mut letters = ('0'..='9').chain('A'..='Z').chain('a'..='z');
            letters.all(|c| c < r.start() || r.end() < c)
        }),
        _ => false,
    }
}

/// The words a concatenation may begin with, none of them empty; `None` when that is not known.
fn heads(parts: &[&Hir]) -> Option<Vec<String>> {
    let (first, rest) = parts.split_first()?;
    let before_rest = |sub: &Hir| -> Option<Vec<String>> {
        let mut parts = vec![sub];
        parts.extend_from_slice(rest);
        heads(&parts)
    };
    let words = match first.kind() {
        HirKind::Empty | HirKind::Look(_) => heads(rest)?,
        HirKind::Capture(c) => before_rest(&c.sub)?,
        HirKind::Concat(subs) => {
            let all: Vec<&Hir> = subs.iter().chain(rest.iter().copied()).collect();
            heads(&all)?
        }
        HirKind::Alternation(subs) => {
            let mut words = Vec::new();
            for sub in subs {
                words.extend(before_rest(sub)?);
            }
            words
        }
        HirKind::Repetition(run) => {
            // Behind the first round may come the next one.
            let mut words = match run.max {
                Some(1) => before_rest(&run.sub)?,
                _ => heads(&[&run.sub])?,
            };
            if run.min == 0 {
                words.extend(heads(rest)?);
            }
            words
        }
        HirKind::Literal(_) | HirKind::Class(_) => match run_of(parts) {
            (word, _) if !word.is_empty() => vec![word],
            _ => letters_of(first)?,
        },
    };
    (words.len() <= MOST).then_some(words)
}

/// The longest word that stands at the head of a concatenation, and how many parts it takes.
fn run_of(parts: &[&Hir]) -> (String, usize) {
    let mut word = String::new();
    for (i, part) in parts.iter().enumerate() {
        match part.kind() {
            HirKind::Literal(l) => {
                let ascii = l.0.iter().take_while(|b| b.is_ascii());
                let before = word.len();
                word.extend(ascii.map(|b| char::from(b.to_ascii_lowercase())));
                if word.len() - before < l.0.len() {
                    return (word, i + 1);
                }
            }
            _ => match letters_of(part).as_deref() {
                Some([one]) => word.push_str(one),
                _ => return (word, i),
            },
        }
    }
    (word, parts.len())
}

/// The letters of a small class, in small letters, each once.
fn letters_of(hir: &Hir) -> Option<Vec<String>> {
    let HirKind::Class(Class::Unicode(class)) = hir.kind() else {
        return None;
    };
    let mut out: Vec<String> = Vec::new();
    for range in class.ranges() {
        if range.len() > 10 {
            return None;
        }
        for c in range.start()..=range.end() {
            let c = match c {
                '\u{17f}' => 's',
                '\u{212a}' => 'k',
                c if c.is_ascii() => c.to_ascii_lowercase(),
                _ => return None,
            };
            if !out.contains(&c.to_string()) {
                out.push(c.to_string());
            }
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Words of which every match holds one: of the parts of a concatenation, those that tell most.
fn held(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(_) => {
            let (word, _) = run_of(&[hir]);
            (!word.is_empty()).then(|| vec![word])
        }
        HirKind::Class(_) => letters_of(hir),
        HirKind::Capture(c) => held(&c.sub),
        HirKind::Repetition(run) if run.min > 0 => held(&run.sub),
        HirKind::Alternation(subs) => {
            let mut words = Vec::new();
            for sub in subs {
                words.extend(held(sub)?);
            }
            (words.len() <= MOST).then_some(words)
        }
        HirKind::Concat(subs) => {
            let parts: Vec<&Hir> = subs.iter().collect();
            let mut best: Option<Vec<String>> = None;
            let mut at = 0;
            while let Some(rest) = parts.get(at..).filter(|r| !r.is_empty()) {
                let (word, taken) = run_of(rest);
                let words = if word.is_empty() {
                    rest.first().and_then(|p| held(p))
                } else {
                    Some(vec![word])
                };
                let least = |w: &Vec<String>| w.iter().map(String::len).min().unwrap_or(0);
                if let Some(words) = words
                    && best.as_ref().is_none_or(|b| least(b) < least(&words))
                {
                    best = Some(words);
                }
                at += taken.max(1);
            }
            best
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, expect: &Need) {
        assert_eq!(Need::of(pattern), *expect, "{pattern}");
    }

    fn words(all: &[&str]) -> Vec<String> {
        all.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_a_line_must_open_with_is_told() {
        check(
            r"(?i)^\W*(?:loading|skip it)\W*$",
            &Need::Opens(words(&["loading", "skip it"])),
        );
        check(
            r"^(?:last )?update",
            &Need::Opens(words(&["last update", "update"])),
        );
        check(r"^Eds?\.", &Need::Opens(words(&["ed"])));
        check(r"^(?:ab)+cd", &Need::Opens(words(&["ab"])));
    }

    #[test]
    fn what_a_line_must_hold_is_told() {
        check(
            r"(?i)\w+ (?:has|was) been updated",
            &Need::Holds(words(&[" been updated"])),
        );
        check(r"\d(?:st|nd)", &Need::Holds(words(&["st", "nd"])));
    }

    #[test]
    fn what_needs_no_word_is_always_tried() {
        check(r"^[^\p{L}]+$", &Need::Nothing);
        check(r"(?:a|\d)", &Need::Nothing);
        check(r"(", &Need::Nothing);
    }
}
