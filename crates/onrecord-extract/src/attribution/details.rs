//! What a saying has besides its words: addressee, occasion, time and place.
//!
//! "Lund told Congress in a letter on Monday that ..." has the addressee "Congress", the occasion
//! "a letter" and the time of Monday.

use onrecord_lexicon::cues;
use onrecord_model::{
    EntityId, EntityKind, Span, TimeKind, TimeMention, TimeValue, TokenId, TokenRange, Upos,
};

use super::draft::{Draft, shared};
use super::{clause, source};
use crate::{Context, entities::Entities};

/// To whom: an entity, unless the object of "tell" is an occasion.
pub(super) fn addressee(cx: &Context<'_>, entities: &Entities, draft: &Draft) -> Option<EntityId> {
    let head = draft.addressee.or_else(|| told(cx, draft))?;
    if cues::is_occasion(&cx.document.token(head).lemma) {
        return None;
    }
    let words = clause::phrase(cx, head, draft.cue);
    source::entity(cx, entities, words, head)
}

/// The object of a verb that takes the addressee as object.
fn told(cx: &Context<'_>, draft: &Draft) -> Option<TokenId> {
    let d = cx.document;
    let takes =
        cues::verb(&d.token(draft.cue_head).lemma).is_some_and(|w| w.takes(cues::Frame::Tell));
    let object = d
        .child(draft.cue_head, &["iobj", "obj"])
        .filter(|_| takes)?;
    (!draft.says(object)).then_some(object)
}

/// The clauses whose adjuncts belong to the saying: the cue's, and the one that a participle or a
/// relative clause hangs on.
fn clauses(cx: &Context<'_>, draft: &Draft) -> Vec<TokenId> {
    let d = cx.document;
    let mut out = vec![draft.cue_head];
    let token = d.token(draft.cue_head);
    if token.relation.is(&["advcl", "xcomp", "conj"])
        && let Some(head) = token.head
        && !draft.says(head)
    {
        out.push(head);
    }
    out
}

/// Dependents of the saying's clauses that are outside content and source.
fn adjuncts(cx: &Context<'_>, draft: &Draft) -> Vec<TokenId> {
    let d = cx.document;
    let outside = |t: &TokenId| !draft.says(*t) && !draft.source.is_some_and(|s| s.has(*t));
    clauses(cx, draft)
        .into_iter()
        .flat_map(|c| d.children(c).iter().copied())
        .filter(|t| {
            d.token(*t)
                .relation
                .is(&["obl", "nmod", "advmod", "obj", "iobj", "advcl"])
        })
        .filter(outside)
        .collect()
}

/// Where it was said: "in a statement", "told a news conference".
pub(super) fn occasion(cx: &Context<'_>, draft: &Draft) -> Option<Span> {
    let d = cx.document;
    let fits = |t: &TokenId| {
        let token = d.token(*t);
        let led = d
            .children_in(*t, &["case"])
            .any(|c| cues::leads_to_occasion(&d.form(c).to_ascii_lowercase()));
        token.upos == Upos::Noun
            && cues::is_occasion(&token.lemma)
            && (led || token.relation.is(&["obj", "iobj"]) && *t != draft.cue_head)
    };
    let head = adjuncts(cx, draft).into_iter().find(fits)?;
    let words = clause::phrase(cx, head, draft.cue);
    let clear = draft.content.iter().all(|c| shared(*c, words) == 0);
    cx.tokens(if clear { words } else { TokenRange::one(head) })
}

/// When it was said: the time expression among the saying's adjuncts.
pub(super) fn time(cx: &Context<'_>, times: &[TimeMention], draft: &Draft) -> Option<TimeValue> {
    let d = cx.document;
    let adjuncts = adjuncts(cx, draft);
    let ranges: Vec<TokenRange> = adjuncts.iter().map(|a| d.subtree(*a)).collect();
    times
        .iter()
        .filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time) && !t.value.is_empty())
        .find(|t| {
            let tokens = d.tokens_in(t.span.range());
            let head = d.head_of(tokens);
            draft.content.iter().all(|c| !c.overlaps(tokens))
                && (adjuncts.contains(&head)
                    || ranges
                        .iter()
                        .any(|r| r.contains(tokens) && governed_by_noun(cx, head, &adjuncts)))
        })
        .map(|t| TimeValue {
            value: t.value.clone(),
        })
}

/// "in a statement on Monday": the time hangs on an adjunct's noun.
fn governed_by_noun(cx: &Context<'_>, head: TokenId, adjuncts: &[TokenId]) -> bool {
    cx.document
        .token(head)
        .head
        .is_some_and(|h| adjuncts.contains(&h))
}

/// Where it was said, when the place is an entity.
pub(super) fn place(cx: &Context<'_>, entities: &Entities, draft: &Draft) -> Option<EntityId> {
    let d = cx.document;
    adjuncts(cx, draft)
        .into_iter()
        .filter(|t| {
            d.children_in(*t, &["case"]).any(|c| {
                matches!(
                    d.form(c).to_ascii_lowercase().as_str(),
                    "in" | "at" | "from"
                )
            })
        })
        .filter(|t| d.token(*t).upos == Upos::Propn)
        .find_map(|t| {
            let id = entities.at_token(cx, t)?;
            let kind = entities.get(id)?.kind;
            matches!(kind, EntityKind::Place | EntityKind::State).then_some(id)
        })
}
