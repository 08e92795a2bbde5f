//! Sentences and tokens of the prose segments, cut as Universal Dependencies cut them.
//!
//! A report's prose (headline, teaser, body, crossheads, captions) is cut into paragraphs
//! ([`paragraphs`]), each into tokens ([`words`]), and the tokens into sentences ([`sentences`]).
//! "didn’t" is two tokens, "Canada’s" is two, "well-known" is three, "re-elected" is one.
//!
//! Left out: furniture (bylines, datelines, credits, notices), which has no sentences.

mod paragraphs;
mod sentences;
mod words;

use onrecord_model::{
    Document, Morph, Relation, Report, SegmentLabel, Sentence, SentenceId, TextRange, Token,
    TokenRange, Upos,
};
use smol_str::SmolStr;

/// Words of a report that are read, marks of punctuation among them. What costs most is paid for each,
/// so this bounds what one report may cost.
pub const MOST_WORDS: usize = 20_000;
/// A sentence has no more words: where one goes on for ever, each so many are one.
pub const LONGEST_SENTENCE: usize = 400;

/// How much is cut: words in all, and words of a sentence.
type Bounds = (usize, usize);

/// Cuts the prose of a report into sentences and tokens, all of it.
pub fn cut(report: &Report) -> Document {
    cut_within(report, (usize::MAX, usize::MAX)).0
}

/// The same as far as a report is read, and the first word that is not where there are more.
pub(crate) fn cut_short(report: &Report) -> (Document, Option<TextRange>) {
    cut_within(report, (MOST_WORDS, LONGEST_SENTENCE))
}

fn cut_within(report: &Report, bounds: Bounds) -> (Document, Option<TextRange>) {
    let text = report.text.as_str();
    let mut cutter = Cutter {
        text,
        sentences: Vec::with_capacity(text.len() / 100),
        tokens: Vec::with_capacity(text.len() / 4),
        paragraph: 0,
        words: Vec::new(),
        bounds,
        beyond: None,
    };
    for segment in report.segments.iter().filter(|s| s.label.is_prose()) {
        paragraphs::each(text, segment.range(), |range| {
            cutter.paragraph(segment.label, range);
        });
    }
    let document = Document::new(report.text.clone(), cutter.sentences, cutter.tokens);
    (document, cutter.beyond)
}

struct Cutter<'t> {
    text: &'t str,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    paragraph: u32,
    words: Vec<TextRange>,
    bounds: Bounds,
    /// The first word that is not read.
    beyond: Option<TextRange>,
}

impl Cutter<'_> {
    fn paragraph(&mut self, label: SegmentLabel, range: TextRange) {
        if self.beyond.is_some() {
            return;
        }
        let mut words = std::mem::take(&mut self.words);
        words.clear();
        words::cut(self.text, range, &mut words);
        let whole = matches!(label, SegmentLabel::Headline | SegmentLabel::Crosshead);
        // Enough to tell where the last sentence ends.
        let (most, longest) = self.bounds;
        let room = most
            .saturating_sub(self.tokens.len())
            .saturating_add(longest);
        self.beyond = words.get(room).copied();
        words.truncate(room);
        let mut start = 0;
        while start < words.len() {
            if self.tokens.len() >= most {
                self.beyond = words.get(start).copied();
                break;
            }
            let end = if whole {
                words.len()
            } else {
                sentences::end(self.text, &words, start)
            };
            let end = end.min(start.saturating_add(longest));
            self.sentence(label, &words[start..end]);
            start = end;
        }
        if !words.is_empty() {
            self.paragraph += 1;
        }
        self.words = words;
    }

    fn sentence(&mut self, segment: SegmentLabel, words: &[TextRange]) {
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return;
        };
        let id = SentenceId(self.sentences.len() as u32);
        let start = self.tokens.len() as u32;
        for &range in words {
            let form = self.text.get(range.usizes()).unwrap_or_default();
            self.tokens.push(Token {
                range,
                sentence: id,
                upos: Upos::X,
                xpos: SmolStr::default(),
                morph: Morph::default(),
                lemma: lower(form),
                head: None,
                relation: Relation::default(),
                happened: 0,
            });
        }
        self.sentences.push(Sentence {
            tokens: TokenRange::new(start, self.tokens.len() as u32),
            range: first.cover(*last),
            paragraph: self.paragraph,
            segment,
        });
    }
}

fn lower(form: &str) -> SmolStr {
    if form
        .bytes()
        .all(|b| b.is_ascii() && !b.is_ascii_uppercase())
    {
        SmolStr::new(form)
    } else {
        form.chars().flat_map(char::to_lowercase).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests;
