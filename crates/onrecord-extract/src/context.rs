//! What every extractor reads from.

use onrecord_model::{Document, Report, Span, TextRange, TokenRange, Upos};

/// A report and its analysis.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The report, with its day of publication where it is known.
    pub report: &'a Report,
    /// Its analysis.
    pub document: &'a Document,
}

impl Context<'_> {
    /// A span of bytes with white space cut at the edges.
    pub fn span(&self, range: TextRange) -> Option<Span> {
        self.report.text.trimmed(range)
    }

    /// Whether a verb stands among some words.
    pub(crate) fn has_verb(&self, tokens: TokenRange) -> bool {
        let verbal = |t| matches!(self.document.token(t).upos, Upos::Verb | Upos::Aux);
        tokens.iter().any(verbal)
    }

    /// The span of a range of tokens.
    pub fn tokens(&self, tokens: TokenRange) -> Option<Span> {
        self.span(self.document.range(tokens))
    }
}
