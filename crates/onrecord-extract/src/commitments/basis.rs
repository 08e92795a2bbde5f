//! On whose word a commitment stands: the statements that say it or are it, else the reporter.

use onrecord_model::{Basis, Statement, TextRange, TokenId};

use crate::Context;

/// Whether a statement's content holds a range.
fn says(s: &Statement, range: TextRange) -> bool {
    s.content.iter().any(|c| c.range().contains(range))
}

/// The innermost statement whose content holds a token.
pub(super) fn innermost<'s>(
    cx: &Context<'_>,
    statements: &'s [Statement],
    token: TokenId,
) -> Option<&'s Statement> {
    let range = cx.document.token(token).range;
    statements
        .iter()
        .filter(|s| says(s, range))
        .min_by_key(|s| s.content.iter().map(|c| c.range().len()).sum::<usize>())
}

/// The statements a commitment rests on: the one that holds its trigger, and the one whose cue
/// is the committing act itself ("vowed to").
pub(super) fn of(
    cx: &Context<'_>,
    statements: &[Statement],
    trigger: TokenId,
    anchor: TokenId,
) -> Vec<Basis> {
    let d = cx.document;
    let (at, object) = (d.token(trigger).range, d.token(anchor).range);
    let act = statements
        .iter()
        .filter(|s| s.cue.span.range().overlaps(at) && says(s, object))
        .map(|s| s.id);
    let holder = innermost(cx, statements, trigger)
        .or_else(|| innermost(cx, statements, anchor))
        .map(|s| s.id);
    let mut out: Vec<Basis> = Vec::new();
    for id in holder.into_iter().chain(act) {
        if !out.contains(&Basis::Statement(id)) {
            out.push(Basis::Statement(id));
        }
    }
    if out.is_empty() {
        out.push(Basis::Reporter);
    }
    out
}
