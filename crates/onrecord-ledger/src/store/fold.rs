//! Words as both stores look them up: small letters without accents, cut at all else.
//!
//! Folding here, not in the databases, makes "Zürich" the same word in SQLite and Postgres.
//! Names become one token (`mark_carney`), so that a name is looked up whole.
//!
//! Left out: stemming. `strike*` finds `strikes`; nothing finds `struck`.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Postgres keeps lexemes of up to 2,046 bytes; no word a person looks for is near this.
const LONGEST: usize = 120;

/// The words of a text, folded, in their order.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    if text.is_ascii() {
        for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
            push(&mut out, word.to_ascii_lowercase());
        }
        return out;
    }
    let mut word = String::new();
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else {
            push(&mut out, std::mem::take(&mut word));
        }
    }
    push(&mut out, word);
    out
}

fn push(out: &mut Vec<String>, mut word: String) {
    if word.len() > LONGEST {
        let cut = (0..=LONGEST).rev().find(|i| word.is_char_boundary(*i));
        word.truncate(cut.unwrap_or(0));
    }
    if !word.is_empty() {
        out.push(word);
    }
}

/// A name as one token; empty when nothing of it can be looked up.
pub(crate) fn name(text: &str) -> String {
    let mut out = words(text).join("_");
    if out.len() > LONGEST {
        let cut = (0..=LONGEST).rev().find(|i| out.is_char_boundary(*i));
        out.truncate(cut.unwrap_or(0));
    }
    out
}

/// What a person looks for: words, beginnings of words, phrases; all of them must be there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) words: BTreeSet<String>,
    pub(crate) beginnings: BTreeSet<String>,
    pub(crate) phrases: Vec<Vec<String>>,
}

impl Wanted {
    /// Reads `missile "long range" drone*`.
    pub(crate) fn of(query: &str) -> Self {
        let mut out = Self::default();
        for (i, part) in query.split('"').enumerate() {
            if i % 2 == 1 {
                let phrase = words(part);
                out.words.extend(phrase.iter().cloned());
                if phrase.len() > 1 {
                    out.phrases.push(phrase);
                }
                continue;
            }
            for piece in part.split_whitespace() {
                let mut found = words(piece);
                let last = found.pop().filter(|_| piece.ends_with('*'));
                if let Some(last) = last {
                    out.words.extend(found);
                    out.beginnings.insert(last);
                } else {
                    out.words.extend(words(piece));
                }
            }
        }
        out
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.beginnings.is_empty()
    }

    /// Whether every beginning is one of a word of the passages.
    pub(crate) fn beginnings_stand_in<'a>(&self, passages: impl Iterator<Item = &'a str>) -> bool {
        if self.beginnings.is_empty() {
            return true;
        }
        let words: Vec<String> = passages.flat_map(words).collect();
        let stands = |b: &String| words.iter().any(|word| word.starts_with(b.as_str()));
        self.beginnings.iter().all(stands)
    }

    /// Whether every phrase stands in one of the passages.
    pub(crate) fn phrases_stand_in<'a>(&self, passages: impl Iterator<Item = &'a str>) -> bool {
        if self.phrases.is_empty() {
            return true;
        }
        let passages: Vec<Vec<String>> = passages.map(words).collect();
        self.phrases.iter().all(|phrase| {
            let stands = |p: &Vec<String>| p.windows(phrase.len()).any(|w| w == phrase);
            passages.iter().any(stands)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_and_accents() {
        assert_eq!(
            words("Zürich's ÉLAN, 3.5"),
            ["zurich", "s", "elan", "3", "5"]
        );
        assert_eq!(words("U.S.-led"), ["u", "s", "led"]);
        assert!(words(" –— ").is_empty());
    }

    #[test]
    fn a_name_is_one_token() {
        assert_eq!(name("João  da Silva"), "joao_da_silva");
        assert!(name(&"é".repeat(500)).len() <= LONGEST);
    }

    #[test]
    fn phrases_stand_together() {
        let wanted = Wanted::of("Loan \"long-range\" drone* \"\"");
        assert_eq!(wanted.beginnings.iter().collect::<Vec<_>>(), ["drone"]);
        assert!(wanted.phrases_stand_in(["a long range loan"].into_iter()));
        assert!(!wanted.phrases_stand_in(["a long", "range"].into_iter()));
    }
}
