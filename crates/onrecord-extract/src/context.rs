//! What every extractor reads from.

use onrecord_model::{Document, Report, Span, TextRange, TokenRange};

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

    /// The span of a range of tokens.
    pub fn tokens(&self, tokens: TokenRange) -> Option<Span> {
        self.span(self.document.range(tokens))
    }
}
