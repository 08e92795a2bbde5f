//! Factuality: certainty, polarity and phase of a predicate, as the text presents it.

use onrecord_model::{Factuality, Phase, TokenId};

use crate::Context;

/// What the text says of a predicate: how sure, so or not so, and whether to come or under way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reading {
    /// Certainty and polarity.
    pub factuality: Factuality,
    /// Planned or ongoing; `None` when done.
    pub phase: Option<Phase>,
}

/// Reads a predicate (a verb, or a noun that names an act) in its own clause and the clauses
/// that embed it, up to the sentence's root or the edge of `within` (a statement's content: a
/// cue outside it is not part of the reading).
pub fn of(
    _cx: &Context<'_>,
    _predicate: TokenId,
    _within: Option<onrecord_model::TokenRange>,
) -> Reading {
    Reading {
        factuality: Factuality::FACT,
        phase: None,
    }
}
