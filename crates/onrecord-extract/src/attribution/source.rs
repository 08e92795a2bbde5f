//! Who a source is: the entity, and how it is known.
//!
//! "the Harbour Authority" is `named`, "a driver" `unnamed`, "drivers" `collective`, "the report"
//! a `document`; "it is believed" has no source in the text and is `implicit`.

use onrecord_lexicon::cues;
use onrecord_model::{
    EntityId, EntityKind, MentionForm, Number, Source, SourceKind, TokenId, TokenRange, Upos,
};

use super::draft::Draft;
use crate::{Context, entities::Entities};

/// The source of a draft.
pub(super) fn read(cx: &Context<'_>, entities: &Entities, draft: &Draft) -> Source {
    let Some(words) = draft.source else {
        return Source {
            kind: SourceKind::Implicit,
            entity: None,
            span: None,
        };
    };
    let head = draft
        .source_head
        .unwrap_or_else(|| cx.document.head_of(words));
    named(cx, entities, words, head)
}

/// The source that a phrase names.
pub(crate) fn named(
    cx: &Context<'_>,
    entities: &Entities,
    words: TokenRange,
    head: TokenId,
) -> Source {
    let span = cx.tokens(words);
    let document = is_document(cx, head);
    let entity = if document {
        publisher(cx, entities, words, head)
    } else {
        titled(cx, entities, words)
            .or_else(|| entity(cx, entities, words, head))
            .or_else(|| named_last(cx, entities, words))
    };
    Source {
        kind: kind(cx, entities, head, entity, document),
        entity,
        span,
    }
}

/// The entity a phrase speaks of; of its head alone when the phrase holds more than one name.
pub(super) fn entity(
    cx: &Context<'_>,
    entities: &Entities,
    words: TokenRange,
    head: TokenId,
) -> Option<EntityId> {
    entities
        .resolve_phrase(cx, words)
        .or_else(|| entities.resolve_phrase(cx, TokenRange::one(head)))
}

fn is_document(cx: &Context<'_>, head: TokenId) -> bool {
    let token = cx.document.token(head);
    let one = token.morph.number == Some(Number::Sing) || token.xpos == "NN";
    // "a senior figure" is a person; "figures" are read.
    let figure = token.lemma == "figure" && one;
    token.upos == Upos::Noun && cues::is_document(&token.lemma) && !figure
}

/// The person whose name closes a phrase that a possessor opens: "Halden's (HAL.N) chief Rolf Anker".
fn titled(cx: &Context<'_>, entities: &Entities, words: TokenRange) -> Option<EntityId> {
    let d = cx.document;
    let owner = words
        .iter()
        .take(4)
        .find(|t| matches!(d.form(*t), "'s" | "’s"))?;
    let rest = TokenRange::new(owner.0 + 1, words.end.0);
    let plain = |t: TokenId| {
        matches!(
            d.token(t).upos,
            Upos::Propn | Upos::Noun | Upos::Adj | Upos::X
        ) || matches!(d.form(t), "(" | ")" | "-")
    };
    let last = words.end.offset(-1);
    let id = entities.at_token(cx, last)?;
    let person = entities.get(id)?.kind == EntityKind::Person;
    let long = rest.len() > 2 && rest.iter().all(plain);
    (person && long && d.token(last).upos == Upos::Propn).then_some(id)
}

/// The person whose name closes a phrase behind a comma: "a senior figure, Khaled Homsi".
fn named_last(cx: &Context<'_>, entities: &Entities, words: TokenRange) -> Option<EntityId> {
    let d = cx.document;
    let closed = d.form(words.end.offset(-1)) == ",";
    let words = TokenRange::new(words.start.0, words.end.0 - u32::from(closed));
    let comma = words.iter().rev().find(|t| d.form(*t) == ",")?;
    let name = TokenRange::new(comma.0 + 1, words.end.0);
    let proper = !name.is_empty() && name.iter().all(|t| d.token(t).upos == Upos::Propn);
    let joined = words.iter().any(|t| d.token(t).upos == Upos::Cconj);
    let id = entities
        .resolve_phrase(cx, name)
        .filter(|_| proper && !joined)?;
    (entities.get(id)?.kind == EntityKind::Person).then_some(id)
}

/// Whose document it is: "a story in the Harbour Gazette", "the ministry's report".
fn publisher(
    cx: &Context<'_>,
    entities: &Entities,
    words: TokenRange,
    head: TokenId,
) -> Option<EntityId> {
    let d = cx.document;
    let own = entities.at_token(cx, head).filter(|id| {
        entities
            .get(*id)
            .is_some_and(|e| matches!(e.kind, EntityKind::Work | EntityKind::Law))
    });
    own.or_else(|| {
        d.children_in(head, &["nmod", "compound"])
            .filter(|c| words.has(*c))
            .find_map(|c| entities.resolve_phrase(cx, cx.document.subtree(c)))
    })
}

fn kind(
    cx: &Context<'_>,
    entities: &Entities,
    head: TokenId,
    entity: Option<EntityId>,
    document: bool,
) -> SourceKind {
    if document {
        return SourceKind::Document;
    }
    let token = cx.document.token(head);
    let known = entity.and_then(|id| entities.get(id));
    if let Some(e) = known {
        let named = e.mentions.iter().any(|m| m.form == MentionForm::Name);
        match e.kind {
            EntityKind::Work | EntityKind::Law => return SourceKind::Document,
            EntityKind::Group => return SourceKind::Collective,
            _ if named => return SourceKind::Named,
            _ => {}
        }
    } else if token.upos == Upos::Propn || names_itself(cx, head) {
        return SourceKind::Named;
    }
    let lemma = token.lemma.as_str();
    let plural =
        token.morph.number == Some(Number::Plur) || matches!(token.xpos.as_str(), "NNS" | "NNPS");
    if cues::is_unnamed(lemma) && !plural {
        SourceKind::Unnamed
    } else if plural || has_conjunct(cx, head) || cues::is_collective(lemma) && lemma != "official"
    {
        SourceKind::Collective
    } else {
        SourceKind::Unnamed
    }
}

/// Whether a title governs a name: "Analyst Gita Rao".
fn names_itself(cx: &Context<'_>, head: TokenId) -> bool {
    let d = cx.document;
    d.children_in(head, &["flat", "appos"])
        .any(|c| d.token(c).upos == Upos::Propn)
}

fn has_conjunct(cx: &Context<'_>, head: TokenId) -> bool {
    cx.document.child(head, &["conj"]).is_some()
}
