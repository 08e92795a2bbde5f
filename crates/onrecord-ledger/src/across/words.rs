//! The words of a report that its carrier answers for: prose without furniture, with a mark on
//! those inside quotation marks.
//!
//! ```text
//! LIMA (Reuters) - The line “is safe”, he said.  ->  the line [is safe] he said
//! ```
//!
//! A word is a run of letters and digits in lower case, apostrophes left out, so that a change of
//! house style (“it’s”, "it's") changes no word. Left out: stemming and stop words; whoever
//! republishes keeps both.

use onrecord_model::{Report, SegmentLabel, TextRange};
use xxhash_rust::xxh3::xxh3_64;

/// A word and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Word {
    /// Of its letters in lower case.
    pub(crate) hash: u64,
    /// In bytes of the text.
    pub(crate) range: TextRange,
    /// Inside quotation marks.
    pub(crate) quoted: bool,
    /// In the headline.
    pub(crate) headline: bool,
    /// Begins with a capital, and not because it begins a sentence.
    pub(crate) name: bool,
    /// A number, a day of the week, or up or down: what a report from a form is filled with.
    pub(crate) figure: bool,
}

/// Words beside numbers that a form is filled with.
const FILLED: [&str; 27] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "up",
    "down",
    "rose",
    "fell",
    "rise",
    "fall",
    "gained",
    "lost",
    "gain",
    "loss",
    "higher",
    "lower",
    "climbed",
    "dropped",
    "advanced",
    "declined",
    "advance",
    "decline",
    "gains",
    "losses",
];

/// The words of a report's headline, teasers and running text.
pub(crate) fn words(report: &Report) -> Vec<Word> {
    let text = report.text.as_str();
    let mut out = Vec::with_capacity(text.len() / 5);
    for segment in &report.segments {
        let headline = segment.label == SegmentLabel::Headline;
        if !headline && !matches!(segment.label, SegmentLabel::Teaser | SegmentLabel::Body) {
            continue;
        }
        let range = segment.range().usizes();
        let mut at = range.start;
        for paragraph in text.get(range).unwrap_or_default().split("\n\n") {
            Scanner::new(paragraph, at, headline).run(&mut out);
            at += paragraph.len() + 2;
        }
    }
    out
}

/// Reads one paragraph: a quotation that nobody closes ends with it.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
    headline: bool,
    /// Straight marks that still have a partner.
    straight: usize,
    open: bool,
    sentence: bool,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, at: usize, headline: bool) -> Self {
        // A straight mark without a partner says nothing: the last one is not heard.
        let straight = text.bytes().filter(|b| *b == b'"').count() & !1;
        Self {
            text,
            at,
            headline,
            straight,
            open: false,
            sentence: true,
        }
    }

    fn run(mut self, out: &mut Vec<Word>) {
        let mut folded = Vec::with_capacity(32);
        let mut first: Option<(usize, char)> = None;
        for (i, c) in self.text.char_indices() {
            if c.is_alphanumeric() {
                first.get_or_insert((i, c));
                fold(c, &mut folded);
            } else if first.is_none() || !matches!(c, '\'' | '’') {
                self.close(&mut first, i, &mut folded, out);
                self.mark(c);
            }
        }
        self.close(&mut first, self.text.len(), &mut folded, out);
    }

    fn close(
        &mut self,
        first: &mut Option<(usize, char)>,
        end: usize,
        folded: &mut Vec<u8>,
        out: &mut Vec<Word>,
    ) {
        let Some((start, letter)) = first.take() else {
            return;
        };
        out.push(Word {
            hash: xxh3_64(folded),
            range: TextRange::of(self.at + start, self.at + end),
            quoted: self.open,
            headline: self.headline,
            name: letter.is_uppercase() && !self.sentence,
            figure: letter.is_ascii_digit() || FILLED.iter().any(|w| w.as_bytes() == folded),
        });
        self.sentence = false;
        folded.clear();
    }

    fn mark(&mut self, c: char) {
        match c {
            '“' | '„' | '«' => self.open = true,
            '”' | '»' => self.open = false,
            '"' if self.straight > 0 => {
                self.straight -= 1;
                self.open = !self.open;
            }
            '.' | '!' | '?' | ':' => self.sentence = true,
            _ => {}
        }
    }
}

fn fold(c: char, out: &mut Vec<u8>) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase() as u8);
        return;
    }
    for c in c.to_lowercase() {
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// Words that turn a statement, or leave it open. Those that a change of tense alone brings ("would"
/// for "will" in reported speech) are none.
pub(super) fn is_turn(word: &str) -> bool {
    const WHOLE: [&str; 25] = [
        "not", "no", "never", "nobody", "none", "nothing", "without", "cannot", "should", "must",
        "could", "may", "might", "if", "unless", "whether", "false", "falsely", "untrue", "fake",
        "wrong", "invented", "than", "another", "former",
    ];
    const STEMS: [&str; 15] = [
        "withdr", "cancel", "scrap", "suspend", "halt", "reject", "refus", "declin", "deni",
        "deny", "oppos", "abandon", "revok", "rescind", "revers",
    ];
    WHOLE.contains(&word) || STEMS.iter().any(|s| word.starts_with(s))
}

/// Words of a sum beside its figures.
pub(super) fn is_sum_word(word: &str) -> bool {
    const ALL: [&str; 16] = [
        "million", "billion", "thousand", "trillion", "dollar", "dollars", "euro", "euros",
        "pound", "pounds", "worth", "loan", "grant", "aid", "money", "deal",
    ];
    ALL.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::across::testing::report;

    /// The words of a text, quoted ones in brackets, names with a star.
    fn check(body: &str, want: &str) {
        let report = report("", body);
        let show = |w: &Word| {
            let word = report.text.slice(w.range);
            let star = if w.name { "*" } else { "" };
            if w.quoted {
                format!("[{word}{star}]")
            } else {
                format!("{word}{star}")
            }
        };
        let all: Vec<String> = words(&report).iter().map(show).collect();
        assert_eq!(all.join(" "), want);
    }

    #[test]
    fn words_in_quotation_marks_are_marked() {
        check(
            "He said “we will sail” today.",
            "He said [we] [will] [sail] today",
        );
        check("He said \"we will\" today.", "He said [we] [will] today");
    }

    #[test]
    fn a_quotation_ends_with_its_paragraph() {
        check("“We will sail.\n\nHe left.", "[We] [will] [sail] He left");
    }

    #[test]
    fn a_straight_mark_without_a_partner_says_nothing() {
        check("A 3\" pipe broke.", "A 3 pipe broke");
        check("\"Yes\", of a 3\" pipe.", "[Yes] of a 3 pipe");
    }

    #[test]
    fn apostrophes_stand_inside_words() {
        check("It’s Ona's boat", "It’s Ona's* boat");
        let hashes =
            |body: &str| -> Vec<u64> { words(&report("", body)).iter().map(|w| w.hash).collect() };
        assert_eq!(hashes("It’s Łódź"), hashes("its ŁÓDŹ"));
    }

    #[test]
    fn a_capital_after_a_stop_names_nothing() {
        check(
            "Rain fell. Ferries stopped in Riga.",
            "Rain fell Ferries stopped in Riga*",
        );
    }
}
