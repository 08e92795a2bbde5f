//! What each block's own words tell: how many, how much of them link, how they end, whether they
//! are stock phrases of page furniture.
//!
//! Nothing here knows a language but the list of stock phrases (`onrecord_lexicon::markup`).

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use onrecord_lexicon::markup;

use super::blocks::Run;

/// A block's own facts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) words: f32,
    pub(crate) linked: f32,
    pub(crate) marked: f32,
    pub(crate) word_length: f32,
    pub(crate) commas: f32,
    pub(crate) stops: f32,
    pub(crate) digits: f32,
    pub(crate) capitals: f32,
    pub(crate) ends: Ending,
    pub(crate) starts_low: bool,
    pub(crate) quotes: bool,
    pub(crate) odd_marks: f32,
    /// Groups of stock phrases it begins with, as bits.
    pub(crate) opens_with: u32,
    /// Groups of stock phrases anywhere in it, as bits, where it is short.
    pub(crate) phrases: u32,
    /// The share of it that one stock phrase makes up.
    pub(crate) phrase_share: f32,
    /// Words of running text: zero where it does not read like any.
    pub(crate) good: f32,
    /// A hash of the words, for finding them twice.
    pub(crate) hash: u64,
}

/// How a block ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Ending {
    #[default]
    Open,
    Stop,
    Colon,
    Question,
    Dots,
    Bracket,
}

static PHRASES: LazyLock<(Option<AhoCorasick>, Vec<usize>)> = LazyLock::new(|| {
    let (words, groups): (Vec<_>, Vec<_>) = markup::phrases().unzip();
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words);
    (automaton.ok(), groups)
});

/// Blocks of more words than this are only looked at where they begin.
const SHORT: usize = 24;

/// The facts of a block.
pub(crate) fn of(run: &Run) -> Facts {
    let text = run.text.as_str();
    let mut facts = Facts::default();
    let mut letters = 0usize;
    let (mut wide, mut words, mut inside) = (0usize, 0usize, false);
    for c in text.chars() {
        if c.is_alphanumeric() {
            if is_wide(c) {
                wide += 1;
                continue;
            }
            letters += 1;
            words += usize::from(!inside);
            inside = true;
            facts.digits += f32::from(u8::from(c.is_numeric()));
            facts.capitals += f32::from(u8::from(c.is_uppercase()));
            continue;
        }
        inside = inside && matches!(c, '\'' | '’' | '-' | '\u{ad}');
        match c {
            ',' | ';' | '、' | '，' | '،' => facts.commas += 1.0,
            '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' => facts.stops += 1.0,
            '“' | '”' | '"' | '„' | '«' | '»' | '「' => facts.quotes = true,
            '|' | '©' | '@' | '#' | '•' | '›' | '→' | '/' | '·' => facts.odd_marks += 1.0,
            _ => {}
        }
    }
    // Two characters of a script without spaces are about a word.
    facts.words = words as f32 + wide as f32 / 2.0;
    let size = text.len().max(1) as f32;
    facts.linked = run.linked as f32 / size;
    facts.marked = run.marked as f32 / size;
    let all = (letters + wide).max(1) as f32;
    facts.word_length = letters as f32 / words.max(1) as f32;
    facts.digits /= all;
    facts.capitals /= all;
    facts.ends = ending(text);
    facts.starts_low = text.chars().next().is_some_and(char::is_lowercase);
    facts.hash = hash(text.as_bytes());
    phrases(text, words + wide / 2, &mut facts);
    let reads = facts.words >= 8.0 && facts.linked < 0.5 && facts.phrase_share < 0.3;
    let sentence = facts.stops > 0.0 || facts.words >= 20.0;
    if reads && sentence {
        facts.good = facts.words * (1.0 - facts.linked);
    }
    facts
}

/// Scripts that are written without spaces between words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

fn ending(text: &str) -> Ending {
    let shown = text.trim_end_matches(['"', '”', '’', '\'', '»', '“', '」', ' ']);
    match shown.chars().next_back() {
        Some('.' | '!' | '。' | '।' | '！') if shown.ends_with("...") => Ending::Dots,
        Some('.' | '!' | '。' | '।' | '！') => Ending::Stop,
        Some('…') => Ending::Dots,
        Some(':' | '：') => Ending::Colon,
        Some('?' | '？' | '؟') => Ending::Question,
        Some(')' | ']') => Ending::Bracket,
        _ => Ending::Open,
    }
}

fn phrases(text: &str, words: usize, facts: &mut Facts) {
    let (Some(automaton), groups) = &*PHRASES else {
        return;
    };
    let head: String = if words > SHORT {
        text.chars().take(48).collect()
    } else {
        text.to_owned()
    };
    let low = head.to_lowercase();
    for found in automaton.find_iter(&low) {
        let before = low.get(..found.start()).unwrap_or_default();
        if before.chars().next_back().is_some_and(char::is_alphabetic) && low.is_ascii() {
            continue;
        }
        let bit = groups.get(found.pattern().as_usize()).copied().unwrap_or(0);
        if before.chars().all(|c| !c.is_alphanumeric()) {
            facts.opens_with |= 1 << bit;
        }
        if words <= SHORT {
            facts.phrases |= 1 << bit;
            let share = found.len() as f32 / low.len().max(1) as f32;
            facts.phrase_share = facts.phrase_share.max(share);
        }
    }
}

/// FNV-1a, the same on every machine.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The words of a text in lower case, hashed: for comparing texts by what they share.
pub(crate) fn word_hashes(text: &str) -> Vec<u64> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
            if is_wide(c) {
                out.push(hash(word.as_bytes()));
                word.clear();
            }
        } else if !word.is_empty() {
            out.push(hash(word.as_bytes()));
            word.clear();
        }
    }
    out
}
