//! Words that a commitment has of another field or of another commitment: the sum of "will host talks
//! and has pledged 20 million", a day both due and since, an object that runs on into its condition.

use onrecord_model::{Commitment, Span, TextRange, TokenId, TokenRange, Upos};

use crate::Context;

/// Leaves each commitment its own words.
pub(super) fn leave(cx: &Context<'_>, mut all: Vec<Commitment>) -> Vec<Commitment> {
    let objects: Vec<(TextRange, Option<TextRange>)> = all
        .iter()
        .map(|c| (c.object.range(), c.amount.as_ref().map(|a| a.span.range())))
        .collect();
    for (i, c) in all.iter_mut().enumerate() {
        let own = c.object.range();
        let strange = c.amount.as_ref().is_some_and(|a| {
            let at = a.span.range();
            let mut others = objects.iter().enumerate().filter(|(j, _)| *j != i);
            !own.contains(at) && others.any(|(_, (o, sum))| o.contains(at) && *sum == Some(at))
        });
        if strange {
            c.amount = None;
        }
        if c.since == c.due {
            c.since = None;
        }
        if let Some(short) = before_condition(cx, c) {
            c.object = short;
        }
    }
    all
}

/// The words of an object that runs on into its condition, up to it.
fn before_condition(cx: &Context<'_>, c: &Commitment) -> Option<Span> {
    let d = cx.document;
    let at = c.condition.as_ref()?.range();
    let own = c.object.range();
    if own.start >= at.start || !own.contains(at) {
        return None;
    }
    let object = d.tokens_in(own);
    let before = |t: &TokenId| d.token(*t).range.start < at.start;
    let word = |t: &TokenId| d.token(*t).upos != Upos::Punct;
    let end = object.iter().rev().find(|t| before(t) && word(t))?;
    cx.tokens(TokenRange::new(object.start.0, end.0 + 1))
}
