//! What went wrong while reading: reading cannot fail, it can only be thinner and say so.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// The kinds of trouble a reader meets.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemKind {
    /// There is no text.
    Empty,
    /// The bytes are not text.
    Binary,
    /// The bytes were decoded with a guessed or lossy encoding.
    Encoding,
    /// The text is not in a language that is read.
    Language,
    /// The text is longer than what is analysed.
    TooLong,
    /// Clues to the day of publication contradict each other.
    PublishedContradiction,
    /// The day of publication is unknown, so relative times stay open.
    PublishedUnknown,
    /// A stated conversion does not fit the stated amounts.
    Conversion,
    /// The markup is broken or refused; what could be read of it was.
    Malformed,
    /// The carrier gives a summary or a part, not the report.
    Excerpt,
    /// The carrier names a report and gives none of its text.
    NoText,
    /// The input holds several reports where one was asked for.
    Several,
    /// The carrier claims an address at a host it was not fetched from, which is not believed.
    Address,
    /// The carrier called the report back, or forbids its use for now.
    Withdrawn,
    /// A page that holds no article: a list of others, a login, a check for robots, a script.
    NoArticle,
    /// An article that is cut short, or may be, for those who have not paid.
    Paywall,
    /// No headline could be told from the text.
    NoHeadline,
    /// A layer of analysis is missing or was cut short.
    Layer,
}

/// One thing that went wrong, where, and what it cost.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// What kind of trouble.
    pub kind: ProblemKind,
    /// A sentence for people: lower case, no full stop.
    pub message: String,
    /// The words it is about, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

impl Problem {
    /// A problem without a place.
    pub fn new(kind: ProblemKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            span: None,
        }
    }

    /// A problem at certain words.
    pub fn at(kind: ProblemKind, message: impl Into<String>, span: Option<Span>) -> Self {
        Self {
            kind,
            message: message.into(),
            span,
        }
    }
}
