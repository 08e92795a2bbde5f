//! Nouns that name acts: "the invasion of Chad by Niger", "launched an attack", "talks between".

use onrecord_lexicon::events::{self as lexicon, NounFrame};
use onrecord_model::{EventType, TokenId, TokenRange};

use super::arguments::{self, entities, is_party, parties, phrase, subjects};
use super::party::{Party, known};
use super::predicates::{Draft, cover, is_other};
use super::recipients::entities_after;
use crate::{Context, entities::Entities};

/// Acts whose possessor is the one acted on: "the general's arrest".
const SUFFERED: [&str; 12] = [
    "killing",
    "murder",
    "assassination",
    "arrest",
    "detention",
    "poisoning",
    "abduction",
    "kidnapping",
    "imprisonment",
    "deportation",
    "eviction",
    "expulsion",
];

/// The act a noun names.
pub(super) fn noun(cx: &Context<'_>, all: &Entities, n: TokenId) -> Option<Draft> {
    let d = cx.document;
    let token = d.token(n);
    let frame = lexicon::noun(&token.lemma)?;
    let kind = EventType::of(&frame.kind)?;
    let talk = token.lemma == "talk" && !d.form(n).ends_with('s');
    if token.relation.is(&["compound", "flat", "fixed"])
        || talk
        || !is_modified(cx, n, frame)
        || is_other(cx, kind, n)
        || is_blamed(cx, n)
    {
        return None;
    }
    let (mut actors, mut recipients) = (Vec::new(), Vec::new());
    let mut trigger = TokenRange::one(n);
    owners(cx, all, n, &mut actors, &mut recipients);
    around(cx, all, n, frame, &mut actors, &mut recipients);
    if let Some(v) = carrier(cx, n) {
        if actors.is_empty() {
            actors = entities(cx, all, &subjects(cx, v));
        }
        if recipients.is_empty() {
            recipients = entities_after(cx, all, v, &frame.recipient);
        }
        if n.0.abs_diff(v.0) <= 6 {
            trigger = cover(trigger, TokenRange::one(v));
        }
    }
    recipients.retain(|r| !actors.contains(r));
    if frame.owned && !known(&actors) {
        return None;
    }
    let near = d.children_in(n, &["nmod", "compound", "nmod:poss"]);
    let party = near
        .chain(carrier(cx, n).into_iter().flat_map(|v| subjects(cx, v)))
        .any(|h| is_party(cx, h));
    Some(Draft {
        kind,
        head: n,
        trigger,
        actors,
        recipients,
        content: false,
        noun: true,
        party,
        violent: is_told(cx, n),
        rule: "events/noun",
    })
}

/// Whether a noun tells of one happening or several, not of the kind: "the bombing", "street
/// protests", "a raid was carried out".
fn is_told(cx: &Context<'_>, n: TokenId) -> bool {
    let d = cx.document;
    let the = d.children_in(n, &["det"]).any(|c| {
        matches!(
            d.token(c).lemma.as_str(),
            "the" | "this" | "these" | "those"
        )
    });
    let many = d.form(n).ends_with('s') && d.child(n, &["compound", "amod"]).is_some();
    the || many || carrier(cx, n).is_some()
}

/// "came under attack over the tax": what follows says that it was one of words.
fn is_blamed(cx: &Context<'_>, n: TokenId) -> bool {
    let d = cx.document;
    let under = d
        .children_in(n, &["case"])
        .any(|c| d.token(c).lemma == "under");
    let verb = d.token(n).head.filter(|_| under);
    let about = |t: TokenId| phrase(cx, t, "over").or_else(|| phrase(cx, t, "for"));
    under && about(n).or_else(|| about(verb?)).is_some()
}

/// Whether one of the words the frame asks for stands before the noun.
fn is_modified(cx: &Context<'_>, n: TokenId, frame: &NounFrame) -> bool {
    let d = cx.document;
    let mut before = d.children_in(n, &["amod", "compound"]);
    frame.modifier.is_empty()
        || before.any(|c| frame.modifier.contains(&d.token(c).lemma.to_string()))
}

/// The verb that only carries a noun's act: "launched an attack", "talks were held".
fn carrier(cx: &Context<'_>, n: TokenId) -> Option<TokenId> {
    let d = cx.document;
    let v = d.token(n).head?;
    let slot = d.token(n).relation.is(&["obj", "nsubj:pass"]);
    (slot && lexicon::is_light(&d.token(v).lemma)).then_some(v)
}

/// Possessors and names before the noun: who acts, or who suffers.
fn owners(
    cx: &Context<'_>,
    all: &Entities,
    n: TokenId,
    actors: &mut Vec<Party>,
    recipients: &mut Vec<Party>,
) {
    let d = cx.document;
    let suffered = SUFFERED.contains(&d.token(n).lemma.as_str());
    for relation in ["nmod:poss", "compound", "amod"] {
        let heads: Vec<TokenId> = d
            .children(n)
            .iter()
            .copied()
            .filter(|c| d.token(*c).relation.as_str() == relation && !arguments::is_backed(cx, *c))
            .flat_map(|c| parties(cx, c))
            .collect();
        let found = entities(cx, all, &heads);
        if found.is_empty() {
            continue;
        }
        if suffered && relation != "amod" {
            recipients.extend(found);
        } else if actors.is_empty() {
            actors.extend(found);
        }
    }
}

/// Parties in phrases: "by", "on", "between".
fn around(
    cx: &Context<'_>,
    all: &Entities,
    n: TokenId,
    frame: &NounFrame,
    actors: &mut Vec<Party>,
    recipients: &mut Vec<Party>,
) {
    let both = entities_after(cx, all, n, &frame.both);
    if !both.is_empty() {
        *actors = both;
        return;
    }
    if actors.is_empty() {
        *actors = entities_after(cx, all, n, &frame.actor);
    }
    if recipients.is_empty() {
        *recipients = entities_after(cx, all, n, &frame.recipient);
    }
    if let Some(doer) = attributed(cx, n).filter(|_| actors.is_empty()) {
        *actors = arguments::entities(cx, all, &[doer]);
    }
}

/// "an attack blamed on X": not who acted; "carried out by X": who did.
fn attributed(cx: &Context<'_>, n: TokenId) -> Option<TokenId> {
    let d = cx.document;
    d.children_in(n, &["acl"])
        .filter(|v| lexicon::is_light(&d.token(*v).lemma))
        .find_map(|v| phrase(cx, v, "by"))
}
