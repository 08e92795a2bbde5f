//! Denials without a clause of their own: "which she denies", "has rejected the allegations". What
//! one answers to an accusation stands beside it.
//!
//! ```text
//! Police accused Ida Roe of fraud, which she denies.   source "she", cue "denies", content "fraud"
//! Halden Motors has rejected the allegations.          source "Halden Motors", content "the allegations"
//! ```
//!
//! A relative clause that denies is its subject's, and no part of what the other said. Left out:
//! denials in the passive, and what exactly is denied where the report leaves it to "the claims".

use onrecord_lexicon::commitments::{List, on};
use onrecord_lexicon::cues;
use onrecord_model::{TokenId, TokenRange, Upos};

use super::clause::{self, Doer};
use super::draft::{Draft, without};
use super::quotes::{self, Quote};
use crate::Context;

/// Adds the denials that nothing else saw, knows the others for what they are, and takes them out of what
/// others say.
pub(super) fn complete(cx: &Context<'_>, quotes: &[Quote], drafts: &mut Vec<Draft>) {
    let all = TokenRange::new(0, cx.document.tokens().len() as u32);
    for v in all.iter().filter(|v| is_denial(cx, *v)) {
        if quotes::around(quotes, v).is_some() {
            continue;
        }
        if cx.document.token(v).relation.as_str() == "acl:relcl" {
            leave(cx, drafts, v);
        }
        let own = |d: &&mut Draft| d.cue.has(v) && d.size() > 0 && d.source.is_some();
        let found = read(cx, v);
        if let Some(known) = drafts.iter_mut().find(own) {
            // "Has dismissed the accusations": to dismiss is to criticise, of anything else.
            if found.is_some() {
                known.kind = Some("deny");
            }
            continue;
        }
        let Some(draft) = found else {
            continue;
        };
        drafts.retain(|d| !d.cue.has(v));
        drafts.push(draft);
    }
}

/// Whether a verb denies, and is a clause's own: "denies", "has rejected".
fn is_denial(cx: &Context<'_>, v: TokenId) -> bool {
    let d = cx.document;
    let token = d.token(v);
    token.upos == Upos::Verb && on(List::Denial, &token.lemma) && !clause::is_passive(cx, v)
}

/// Takes a relative clause that denies out of what others say: of it and of its pronoun nobody else
/// speaks.
fn leave(cx: &Context<'_>, drafts: &mut [Draft], v: TokenId) {
    let whole = cx.document.subtree(v);
    for d in drafts.iter_mut().filter(|d| !d.cue.has(v)) {
        let pieces = std::mem::take(&mut d.content).into_iter();
        d.content = pieces.flat_map(|piece| without(piece, whole)).collect();
    }
}

/// Who denies what.
fn read(cx: &Context<'_>, v: TokenId) -> Option<Draft> {
    let d = cx.document;
    let Doer::Token(source) = clause::doer(cx, v) else {
        return None;
    };
    let cue = clause::cue_span(cx, v);
    let phrase = clause::phrase(cx, source, cue);
    // A court that dismisses a charge answers to none.
    if phrase
        .iter()
        .any(|t| on(List::Bench, &d.token(t).lemma.to_lowercase()))
    {
        return None;
    }
    let content = if d.token(v).relation.as_str() == "acl:relcl" {
        relative(cx, v, cue, source)?
    } else {
        object(cx, v)?
    };
    Some(Draft {
        source: Some(phrase),
        source_head: Some(source),
        cue,
        cue_head: v,
        content: vec![content],
        addressee: None,
        kind: Some("deny"),
        rule: "attribution/denial",
        score: 0.7,
    })
}

/// What a relative clause denies: the noun it hangs on, if that is not who denies.
fn relative(cx: &Context<'_>, v: TokenId, cue: TokenRange, source: TokenId) -> Option<TokenRange> {
    let d = cx.document;
    let noun = d.token(v).head?;
    if noun == source {
        // "Roe, who denies the charges": the subject is the noun.
        return object(cx, v);
    }
    // "accused Roe of fraud, which she denies": nobody denies a person, but what stands nearest.
    let noun = if d.token(noun).upos == Upos::Propn {
        let before = (noun.0 + 1..d.subtree(v).start.0).rev().map(TokenId);
        let mut near = before.filter(|t| d.token(*t).upos == Upos::Noun);
        near.next()?
    } else {
        noun
    };
    let own = clause::phrase(cx, noun, cue);
    let mut end = own.end.0.min(d.subtree(v).start.0).max(noun.0 + 1);
    while end > noun.0 + 1 && d.token(TokenId(end - 1)).upos == Upos::Punct {
        end -= 1;
    }
    Some(TokenRange::new(own.start.0.min(noun.0), end))
}

/// An object that one answers to: "the allegations", "wrongdoing", "it".
fn object(cx: &Context<'_>, v: TokenId) -> Option<TokenRange> {
    let d = cx.document;
    let object = d.child(v, &["obj"]).filter(|o| *o > v)?;
    let lemma = d.token(object).lemma.to_lowercase();
    let claimed = cues::noun(&lemma).is_some_and(|n| n.kind == "claim");
    (claimed || on(List::Accusation, &lemma)).then(|| d.subtree(object))
}
