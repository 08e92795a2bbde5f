//! Amounts and days that are another's: "will host talks and has pledged 20 million", "promised 3 million
//! and 5 million respectively".

use onrecord_model::{
    Amount, Commitment, EntityId, Party, PartyRole, Span, TextRange, TokenRange, Upos,
};

use super::lemma;
use crate::Context;

/// Takes from each commitment the amount that stands in the words of another one alone, and a day that
/// it is both due by and done since; and parts what "respectively" joins.
pub(super) fn mend(cx: &Context<'_>, amounts: &[Amount], all: Vec<Commitment>) -> Vec<Commitment> {
    let objects: Vec<(TextRange, Option<TextRange>)> = all
        .iter()
        .map(|c| (c.object.range(), c.amount.as_ref().map(|a| a.span.range())))
        .collect();
    let mut out = Vec::new();
    for (i, mut c) in all.into_iter().enumerate() {
        let own = c.object.range();
        let strange = c.amount.as_ref().is_some_and(|a| {
            let at = a.span.range();
            let others = objects.iter().enumerate().filter(|(j, _)| *j != i);
            let mut others = others.map(|(_, (object, amount))| (object, amount));
            !own.contains(at) && others.any(|(o, a)| o.contains(at) && *a == Some(at))
        });
        if strange {
            c.amount = None;
        }
        if c.since == c.due {
            c.since = None;
        }
        shorten(cx, &mut c);
        out.extend(parted(cx, amounts, c));
    }
    for (i, c) in out.iter_mut().enumerate() {
        c.id = onrecord_model::CommitmentId(i as u32 + 1);
    }
    out
}

/// An object that runs on into its condition ends before it.
fn shorten(cx: &Context<'_>, c: &mut Commitment) {
    let Some(at) = c.condition.as_ref().map(Span::range) else {
        return;
    };
    let own = c.object.range();
    let runs_on = own.start < at.start && own.contains(at);
    let before = TextRange::of(own.start as usize, at.start as usize);
    let words = cx.document.tokens_in(before);
    let mark = |t: &onrecord_model::TokenId| cx.document.token(*t).upos == Upos::Punct;
    let end = words.iter().rev().find(|t| !mark(t));
    if let Some(end) = end.filter(|_| runs_on)
        && let Some(span) = cx.tokens(TokenRange::new(words.start.0, end.0 + 1))
    {
        c.object = span;
    }
}

/// "Chad and Niger promised 3 million and 5 million respectively": a commitment each.
fn parted(cx: &Context<'_>, amounts: &[Amount], c: Commitment) -> Vec<Commitment> {
    let sums = sums(cx, amounts, &c);
    let sides = [(PartyRole::By, c.by.clone()), (PartyRole::To, c.to.clone())];
    let side = sides
        .into_iter()
        .find(|(_, ids)| ids.len() > 1 && ids.len() == sums.len());
    let Some((role, ids)) = side else {
        return vec![c];
    };
    let ordered = in_text_order(&c.parties, role, ids);
    let own = |(id, sum): (EntityId, &Amount)| {
        let mut one = c.clone();
        let ids = if role == PartyRole::By {
            &mut one.by
        } else {
            &mut one.to
        };
        *ids = vec![id];
        one.parties
            .retain(|p| p.role != role || p.entity == Some(id));
        one.object = sum.span.clone();
        one.amount = Some(sum.clone());
        one
    };
    ordered.into_iter().zip(&sums).map(own).collect()
}

/// The sums of money among the words that "respectively" shares out.
fn sums(cx: &Context<'_>, amounts: &[Amount], c: &Commitment) -> Vec<Amount> {
    let d = cx.document;
    let object = d.tokens_in(c.object.range());
    if object.is_empty() {
        return Vec::new();
    }
    let sentence = d.sentence_of(object.start).tokens;
    let rest = TokenRange::new(object.start.0, sentence.end.0);
    let Some(shared) = rest.iter().find(|t| lemma(cx, *t) == "respectively") else {
        return Vec::new();
    };
    let here = d.range(TokenRange::new(object.start.0, shared.0));
    let inside = |a: &&Amount| a.currency.is_some() && here.contains(a.span.range());
    amounts.iter().filter(inside).cloned().collect()
}

fn in_text_order(parties: &[Party], role: PartyRole, mut ids: Vec<EntityId>) -> Vec<EntityId> {
    let at = |id: &EntityId| -> Option<&Span> {
        let mut own = parties.iter().filter(|p| p.role == role);
        own.find(|p| p.entity == Some(*id)).map(|p| &p.span)
    };
    ids.sort_by(|a, b| at(a).cmp(&at(b)));
    ids
}
