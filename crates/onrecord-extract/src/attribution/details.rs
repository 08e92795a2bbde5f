//! What a saying has besides its words: addressee, occasion, time and place.
//!
//! "Lund told Congress in a letter on Monday that ..." has the addressee "Congress", the occasion
//! "a letter" and the time of Monday. They stand in the margin: the words of the cue's sentence
//! that are neither source nor content, behind the cue or before its source.
//!
//! Left out: occasions and times told in another sentence.

use onrecord_lexicon::cues;
use onrecord_model::{
    EntityId, EntityKind, Span, TimeKind, TimeMention, TimeValue, TokenId, TokenRange, Upos,
};

use super::draft::{Draft, is_mark, shared};
use super::{clause, source};
use crate::{Context, entities::Entities};

/// To whom: an entity, unless the object of "tell" is an occasion.
pub(super) fn addressee(cx: &Context<'_>, entities: &Entities, draft: &Draft) -> Option<EntityId> {
    let head = draft.addressee.or_else(|| told(cx, draft))?;
    if cues::is_occasion(&cx.document.token(head).lemma) {
        return None;
    }
    let words = clause::phrase(cx, head, draft.cue);
    beside(cx, entities, draft, head).or_else(|| source::entity(cx, entities, words, head))
}

/// The entity of all the words between "told" and "that": a tree may cut title from name.
fn beside(cx: &Context<'_>, entities: &Entities, draft: &Draft, head: TokenId) -> Option<EntityId> {
    let d = cx.document;
    let first = draft.content.iter().find(|p| p.start.0 > head.0)?;
    let words = TokenRange::new(draft.cue.end.0, first.start.0.max(draft.cue.end.0));
    let one = words.has(head)
        && words.iter().all(|t| {
            matches!(
                d.token(t).upos,
                Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det | Upos::Pron
            )
        });
    one.then(|| entities.resolve_phrase(cx, words)).flatten()
}

/// The object of a verb that takes the addressee as object.
fn told(cx: &Context<'_>, draft: &Draft) -> Option<TokenId> {
    let d = cx.document;
    let takes = cues::verb(&d.token(draft.cue_head).lemma)
        .is_some_and(|w| w.takes(cues::Frame::Tell) || w.takes(cues::Frame::Order));
    let object = d
        .child(draft.cue_head, &["iobj", "obj"])
        .filter(|_| takes)?;
    (!draft.says(object)).then_some(object)
}

/// The reporter's words about the saying: the cue's own and those behind it up to the content or
/// the next clause; then those that open the sentence before the source, without a verb.
fn margins(cx: &Context<'_>, draft: &Draft) -> [TokenRange; 2] {
    let d = cx.document;
    let sentence = d.sentence_of(draft.cue_head).tokens;
    let taken = |t: TokenId| draft.says(t) || draft.source.is_some_and(|s| s.has(t));
    let mut end = draft.cue.end.0;
    while end < sentence.end.0 {
        let t = TokenId(end);
        let own = draft.source.is_some_and(|s| s.has(t));
        let stop =
            matches!(d.form(t), "," | ";" | ":" | "." | "that" | "—" | "–") || is_mark(d.form(t));
        if !own && (stop || taken(t)) {
            break;
        }
        end += 1;
    }
    let first = draft
        .source
        .map_or(draft.cue.start, |s| s.start.min(draft.cue.start));
    let opening = TokenRange::new(sentence.start.0, first.0.max(sentence.start.0));
    let plain = opening
        .iter()
        .all(|t| !matches!(d.token(t).xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD") && !taken(t));
    let opening = if plain {
        opening
    } else {
        TokenRange::default()
    };
    // "the ministry on Tuesday said": between source and cue.
    let between = draft
        .source
        .filter(|s| s.end.0 < draft.cue.start.0 && draft.cue.start.0 - s.end.0 < 8);
    let start = between.map_or(draft.cue.start.0, |s| s.end.0);
    [TokenRange::new(start, end), opening]
}

/// Where it was said: "in a statement", "told a news conference".
pub(super) fn occasion(cx: &Context<'_>, draft: &Draft) -> Option<Span> {
    let d = cx.document;
    let margins = margins(cx, draft);
    let (margin, head) = margins.into_iter().find_map(|m| {
        let is = |t: &TokenId| {
            d.token(*t).upos == Upos::Noun
                && cues::is_occasion(&d.token(*t).lemma)
                && !draft.source.is_some_and(|s| s.has(*t))
                && leads(cx, m, *t).is_some()
        };
        Some((m, m.iter().find(is)?))
    })?;
    let start = leads(cx, margin, head)?;
    let end = d.subtree(head).end.0.clamp(head.0 + 1, margin.end.0);
    let mut end = end;
    while end > head.0 + 1 && matches!(d.form(TokenId(end - 1)), "," | "." | "—" | "–") {
        end -= 1;
    }
    cx.tokens(TokenRange::new(start, end))
}

/// Where the noun phrase of an occasion begins: behind its preposition, or behind a verb of
/// telling whose object it is.
fn leads(cx: &Context<'_>, margin: TokenRange, noun: TokenId) -> Option<u32> {
    let d = cx.document;
    let mut t = noun;
    while t.0 > margin.start.0 {
        t = t.offset(-1);
        let token = d.token(t);
        let form = d.form(t).to_ascii_lowercase();
        if cues::leads_to_occasion(&form) {
            return Some(t.0 + 1);
        }
        let tells = token.upos == Upos::Verb
            && cues::verb(&token.lemma).is_some_and(|w| w.takes(cues::Frame::Tell));
        if tells {
            return Some(t.0 + 1);
        }
        let inside = matches!(
            token.upos,
            Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Part | Upos::Num
        ) || token.upos == Upos::Verb && token.relation.is(&["amod", "compound"])
            || form == "-";
        if !inside || noun.0 - t.0 > 8 {
            return None;
        }
    }
    None
}

/// When it was said: a time in the margins, else one that the tree hangs on the saying's clause.
pub(super) fn time(cx: &Context<'_>, times: &[TimeMention], draft: &Draft) -> Option<TimeValue> {
    let d = cx.document;
    let points = || {
        times.iter().filter(|t| {
            matches!(t.kind, TimeKind::Date | TimeKind::Time)
                && t.value.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let margins = margins(cx, draft);
    let in_margin = |t: &&TimeMention| {
        let tokens = d.tokens_in(t.span.range());
        let own = draft.source.is_some_and(|s| s.contains(tokens));
        own && after_on(cx, tokens) || !own && margins.iter().any(|m| m.contains(tokens))
    };
    let hanging = |t: &&TimeMention| {
        let tokens = d.tokens_in(t.span.range());
        let head = d.head_of(tokens);
        draft.content.iter().all(|c| !c.overlaps(tokens)) && adjuncts(cx, draft).contains(&head)
    };
    points()
        .find(in_margin)
        .or_else(|| points().find(hanging))
        .map(|t| TimeValue {
            value: t.value.clone(),
        })
}

/// "the ministry on Tuesday": a time inside the source's words that opens with "on".
fn after_on(cx: &Context<'_>, tokens: TokenRange) -> bool {
    let on = |t: TokenId| cx.document.form(t).eq_ignore_ascii_case("on");
    on(tokens.start) || tokens.start.0 > 0 && on(tokens.start.offset(-1))
}

/// Dependents of the saying's clause, and of the one that a participle or a subordinate clause
/// hangs on, outside content and source.
fn adjuncts(cx: &Context<'_>, draft: &Draft) -> Vec<TokenId> {
    let d = cx.document;
    let token = d.token(draft.cue_head);
    let above = token
        .head
        .filter(|h| token.relation.is(&["advcl", "xcomp", "conj"]) && !draft.says(*h));
    let outside = |t: &TokenId| !draft.says(*t) && !draft.source.is_some_and(|s| s.has(*t));
    std::iter::once(draft.cue_head)
        .chain(above)
        .flat_map(|c| d.children(c).iter().copied())
        .filter(|t| {
            d.token(*t)
                .relation
                .is(&["obl", "nmod", "advmod", "obj", "iobj", "advcl"])
        })
        .filter(outside)
        .collect()
}

/// The place of the saying, when it is an entity: behind "in" or "at" in the margins.
pub(super) fn place(cx: &Context<'_>, entities: &Entities, draft: &Draft) -> Option<EntityId> {
    let d = cx.document;
    margins(cx, draft).into_iter().find_map(|m| {
        m.iter()
            .filter(|t| matches!(d.form(*t).to_ascii_lowercase().as_str(), "in" | "at"))
            .find_map(|t| place_behind(cx, entities, draft, TokenRange::new(t.0 + 1, m.end.0)))
    })
}

/// The place named by the words right behind a preposition.
fn place_behind(
    cx: &Context<'_>,
    entities: &Entities,
    draft: &Draft,
    words: TokenRange,
) -> Option<EntityId> {
    let d = cx.document;
    let name: Vec<TokenId> = words
        .iter()
        .take_while(|t| {
            matches!(
                d.token(*t).upos,
                Upos::Propn | Upos::Det | Upos::Part | Upos::Adj | Upos::Noun
            )
        })
        .collect();
    let last = name
        .iter()
        .rev()
        .find(|t| d.token(**t).upos == Upos::Propn)?;
    let phrase = TokenRange::new(words.start.0, last.0 + 1);
    if draft.source.is_some_and(|s| shared(s, phrase) > 0) {
        return None;
    }
    let id = entities.at_token(cx, *last)?;
    let kind = entities.get(id)?.kind;
    matches!(kind, EntityKind::Place | EntityKind::State).then_some(id)
}
