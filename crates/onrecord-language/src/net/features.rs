//! From words to rows of the embedding tables; `training/features.py` does the same.
//!
//! A word is hashed, never looked up by its letters: the model files hold no vocabulary.

use smol_str::SmolStr;

/// Slots of the tables of affixes and shape, in order: two and three first letters, one to four
/// last letters, shape.
pub(crate) const AFFIX_SLOTS: [u64; 7] = [2048, 8192, 256, 2048, 8192, 16384, 1024];

/// What the tables are asked for one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordFeatures {
    pub(crate) word: u64,
    pub(crate) affixes: [u32; 7],
    pub(crate) case: Case,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    NoLetter,
    Lower,
    Title,
    Capitals,
    OneCapital,
    Mixed,
    Digits,
    DigitsAndLetters,
}

/// FNV-1a over the UTF-8 bytes, stirred.
fn hash(text: &str, seed: u64) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325 ^ seed;
    for b in text.bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    h ^= h >> 32;
    h.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20
}

fn plain(c: char) -> char {
    match c {
        '0'..='9' => '0',
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‐' | '‑' | '‒' => '-',
        '–' | '—' | '―' => '—',
        c => c,
    }
}

/// Quotes and hyphens made plain, digits made 0; case kept.
pub(crate) fn normal(word: &str) -> SmolStr {
    let out: SmolStr = word.chars().map(plain).collect();
    match out.as_str() {
        "''" => "\"".into(),
        "--" | "---" => "—".into(),
        "…" => "...".into(),
        _ => out,
    }
}

fn shape(word: &str) -> SmolStr {
    let mut out: Vec<char> = Vec::with_capacity(10);
    for c in word.chars().take(24) {
        let s = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_lowercase() => 'x',
            c if c.is_ascii() => c,
            _ => 'u',
        };
        if !out.ends_with(&[s, s]) {
            out.push(s);
        }
    }
    out.into_iter().take(10).collect()
}

/// The hash of a word, lower-cased.
pub(crate) fn word_hash(word: &str) -> u64 {
    hash(&normal(word).to_lowercase(), 0)
}

/// A word's hash, for tables of any size.
pub(crate) fn slot(word: &str) -> u64 {
    hash(word, 11)
}

/// How a word is written.
pub(crate) fn case(normal: &str) -> Case {
    let digit = normal.contains('0');
    let mut letters = normal.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return if digit { Case::Digits } else { Case::NoLetter };
    };
    if digit {
        return Case::DigitsAndLetters;
    }
    let (mut count, mut upper) = (0, 0);
    for c in letters {
        count += 1;
        upper += usize::from(c.is_uppercase());
    }
    match (first.is_uppercase(), count, upper) {
        (false, _, 0) => Case::Lower,
        (true, 0, _) => Case::OneCapital,
        (true, n, u) if n == u => Case::Capitals,
        (true, _, 0) => Case::Title,
        _ => Case::Mixed,
    }
}

/// The features of one word by itself.
pub(crate) fn word(word: &str) -> WordFeatures {
    let normal = normal(word);
    let low = normal.to_lowercase();
    let tail = |n: usize| {
        let at = low.char_indices().rev().nth(n - 1).map_or(0, |(i, _)| i);
        &low[at..]
    };
    let head = |n: usize| {
        let at = low.char_indices().nth(n).map_or(low.len(), |(i, _)| i);
        &low[..at]
    };
    let shape = shape(&normal);
    let parts = [head(2), head(3), tail(1), tail(2), tail(3), tail(4), &shape];
    let mut affixes = [0; 7];
    for (i, (part, slots)) in parts.iter().zip(AFFIX_SLOTS).enumerate() {
        affixes[i] = (hash(part, i as u64 + 1) % slots) as u32;
    }
    WordFeatures {
        word: hash(&low, 0),
        affixes,
        case: case(&normal),
    }
}

/// How a word is written, as far as the style of its sentence is concerned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written {
    case: Case,
    long: bool,
}

impl Written {
    /// Of a word whose case is known.
    pub(crate) fn new(word: &str, case: Case) -> Self {
        let long = word.chars().nth(3).is_some();
        Self { case, long }
    }
}

/// Rows of the case table: case, first word of its sentence or not, style of the sentence.
pub(crate) const CASE_ROWS: usize = 8 * 2 * 3;

/// The case table's row for each word of a sentence.
pub(crate) fn case_rows(
    words: impl Iterator<Item = Written> + Clone,
) -> impl Iterator<Item = usize> {
    let style = style(words.clone());
    let mut first = true;
    words.map(move |word| {
        let row = (word.case as usize * 2 + usize::from(first)) * 3 + style;
        first &= word.case == Case::NoLetter;
        row
    })
}

/// 0 ordinary, 1 capitals throughout, 2 capitalised like a headline.
fn style(words: impl Iterator<Item = Written>) -> usize {
    let (mut all, mut capitals, mut titles) = (0, 0, 0);
    for Written { case, long } in words {
        let counted = matches!(
            case,
            Case::Lower | Case::Title | Case::Capitals | Case::Mixed
        );
        if counted && long {
            all += 1;
            capitals += usize::from(case == Case::Capitals);
            titles += usize::from(case == Case::Title);
        }
    }
    if all < 3 {
        0
    } else if capitals * 4 >= all * 3 {
        1
    } else {
        usize::from(titles * 4 >= all * 3) * 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curly_and_straight_are_one_word() {
        assert_eq!(word("don’t"), word("don't"));
        assert_eq!(word("“"), word("\""));
        assert_eq!(word("1995").word, word("2026").word);
        assert_ne!(word("Harbour").case, word("harbour").case);
        assert_eq!(word("Harbour").word, word("harbour").word);
    }

    #[test]
    fn cases_are_told_apart() {
        let cases =
            ["--", "sea", "Sea", "NATO", "A", "McCoy", "12", "B2"].map(|w| case(&normal(w)) as u32);
        assert_eq!(cases, [0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn the_hash_is_the_trainers() {
        // Printed by `python3 training/features.py`.
        assert_eq!(hash("harbour", 0), HARBOUR);
        assert_eq!(word("Überfahrt’s").affixes, AFFIXES);
    }

    const HARBOUR: u64 = 6_567_308_854_766;
    const AFFIXES: [u32; 7] = [625, 2968, 234, 1413, 1517, 14354, 486];

    #[test]
    fn any_word_has_features() {
        for w in ["", "é", "日本", "\u{301}", "ǅ", "İ"] {
            let _ = word(w);
        }
        let words = ["MAYOR", "QUITS", "HARBOUR", "BOARD"];
        let rows = case_rows(words.iter().map(|w| Written::new(w, word(w).case)));
        assert_eq!(rows.collect::<Vec<_>>(), [22, 19, 19, 19]);
    }
}
