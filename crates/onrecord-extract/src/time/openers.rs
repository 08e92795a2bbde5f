//! Words that a time may begin with. Most words of a report open none, and are passed over.
//!
//! ```text
//! The ferry sank on Monday .      "The" and "Monday" are looked at
//! ```
//!
//! A grammar that reads times from a new first word adds it here; a debug build tries the
//! grammars on every other word too and stops when one of them answers.

use std::sync::LazyLock;

use onrecord_lexicon::{calendar, holidays, numbers};
use rustc_hash::FxHashSet;

use crate::words::{Kind, Word};

/// Whether a time may begin with a word.
pub(super) fn opens(word: &Word) -> bool {
    let low = word.low.as_str();
    // "months", "Fridays", "yearlong".
    let stem = || low.strip_suffix('s').or_else(|| low.strip_suffix("long"));
    word.kind == Kind::Figures
        || OPENERS.contains(low)
        || stem().is_some_and(|stem| LISTED.contains(stem.trim_end_matches('s')))
}

/// Openers of the word lists.
static LISTED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let words = calendar::openers().chain(numbers::openers());
    words.chain(holidays::openers()).collect()
});

static OPENERS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let words = WORDS.iter().flat_map(|words| words.split(' '));
    words.chain(LISTED.iter().copied()).collect()
});

/// Openers that the grammars name themselves.
const WORDS: &[&str] = &[
    // relative, season, weekday
    "the a an this that these those last past next coming current upcoming previous following",
    "every each today yesterday tomorrow tonight overnight centuries millennia q h",
    "fiscal financial calendar flat weak strong prior once twice rest remainder",
    "all full whole entire another biweekly fortnightly",
    // modified
    "early earlier late later mid end close latter beginning start opening middle first second",
    "more less no at up over within nearly almost about around roughly approximately some",
    // clock, set
    "noon midday midnight hourly daily nightly weekly monthly yearly annually",
    // duration
    "one half final latest preceding recent long few several many number couple various numerous",
    "dozens hundreds thousands scores",
    // "'90s", "’tis the season"
    "'",
];
