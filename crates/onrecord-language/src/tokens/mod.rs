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

/// Cuts the prose of a report into sentences and tokens.
pub fn cut(report: &Report) -> Document {
    let text = report.text.as_str();
    let mut cutter = Cutter {
        text,
        sentences: Vec::with_capacity(text.len() / 100),
        tokens: Vec::with_capacity(text.len() / 4),
        paragraph: 0,
        words: Vec::new(),
    };
    for segment in report.segments.iter().filter(|s| s.label.is_prose()) {
        paragraphs::each(text, segment.range(), |range| {
            cutter.paragraph(segment.label, range);
        });
    }
    Document::new(report.text.clone(), cutter.sentences, cutter.tokens)
}

struct Cutter<'t> {
    text: &'t str,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    paragraph: u32,
    words: Vec<TextRange>,
}

impl Cutter<'_> {
    fn paragraph(&mut self, label: SegmentLabel, range: TextRange) {
        let mut words = std::mem::take(&mut self.words);
        words.clear();
        words::cut(self.text, range, &mut words);
        let whole = matches!(label, SegmentLabel::Headline | SegmentLabel::Crosshead);
        let mut start = 0;
        while start < words.len() {
            let end = if whole {
                words.len()
            } else {
                sentences::end(self.text, &words, start)
            };
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
