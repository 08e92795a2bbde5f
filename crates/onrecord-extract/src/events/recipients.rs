//! Whom an act is aimed at: the places its frame names, what it is done to, what it is about.

use onrecord_lexicon::events::VerbFrame;
use onrecord_model::{EntityKind, EventType, TokenId};

use super::arguments::{entities, is_party, is_passive, object, parties, phrase, subjects};
use super::party::Party;
use super::predicates::{Draft, governs};
use crate::{Context, entities::Entities};

/// Whether the frame's demand for a named party is met.
pub(super) fn party(all: &Entities, recipients: &[Party], frame: &VerbFrame) -> bool {
    if !frame.person && !frame.human {
        return true;
    }
    let entities = recipients.iter().filter_map(|r| all.get(r.id?));
    entities.into_iter().any(|e| {
        use EntityKind::{Group, Office, Organization, Person, Place, State};
        match e.kind {
            Person | State => true,
            Organization | Group | Office => true,
            Place => !frame.human,
            _ => false,
        }
    })
}

/// The heads in one of a frame's places for the one acted on.
pub(super) fn slot(
    cx: &Context<'_>,
    v: TokenId,
    frame: &VerbFrame,
    object: Option<TokenId>,
    name: &str,
) -> Vec<TokenId> {
    let d = cx.document;
    let head = match name {
        "obj" => object,
        "iobj" => d.child(v, &["iobj"]),
        preposition => phrase(cx, v, preposition)
            .or_else(|| object.and_then(|o| phrase(cx, o, preposition)))
            .or_else(|| {
                let under = frame.particle.as_ref().and_then(|_| d.child(v, &["xcomp"]));
                under.and_then(|x| phrase(cx, x, preposition))
            })
            .or_else(|| deeper(cx, v, preposition))
            .filter(|p| preposition != "by" || !is_passive(cx, v) || !subjects(cx, v).contains(p)),
    };
    head.map(|h| parties(cx, h)).unwrap_or_default()
}

/// "spoke during a call with Lund": a phrase under a phrase.
pub(super) fn deeper(cx: &Context<'_>, v: TokenId, preposition: &str) -> Option<TokenId> {
    let mut phrases = cx.document.children_in(v, &["obl"]);
    phrases.find_map(|o| phrase(cx, o, preposition).filter(|_| preposition == "with"))
}

pub(super) fn recipients(
    cx: &Context<'_>,
    all: &Entities,
    v: TokenId,
    frame: &VerbFrame,
    object: Option<TokenId>,
    kind: EventType,
    actors: &[Party],
) -> Vec<Party> {
    let d = cx.document;
    // "closed its border with Norway": whoever acts is not acted on.
    let others = |heads: &[TokenId]| -> Vec<Party> {
        let mut found = entities(cx, all, heads);
        found.retain(|p| !actors.contains(p));
        found
    };
    let mut slots = frame
        .recipient
        .iter()
        .map(|s| slot(cx, v, frame, object, s));
    if kind == EventType::Consult {
        // One meets people, not their criteria.
        let direct = |heads: Vec<TokenId>| -> Vec<Party> {
            let party = |head: &TokenId| Party {
                head: *head,
                id: all.at_token(cx, *head),
            };
            let known = |p: &Party| p.id.is_some() || is_party(cx, p.head);
            let mut met: Vec<Party> = heads.iter().map(party).filter(known).collect();
            met.dedup();
            met
        };
        return slots
            .map(direct)
            .find(|e| !e.is_empty())
            .unwrap_or_default();
    }
    let found = slots
        .by_ref()
        .map(|heads| others(&heads))
        .find(|e| !e.is_empty());
    let asked = d
        .child(v, &["ccomp"])
        .filter(|_| kind == EventType::Request && found.is_none())
        .map(|c| others(&subjects(cx, c)))
        .filter(|e| !e.is_empty());
    // What is done to a thing is done to whom it belongs: "suspended Peru's membership".
    let thing = object.filter(|_| kind != EventType::Cooperate);
    // "in protest against the killings by Danish forces", "reneged on a promise to Norway"
    let behind_it = || {
        let cause = |t: &TokenId| {
            let lemma = d.token(*t).lemma.as_str();
            matches!(
                lemma,
                "protest" | "defiance" | "demonstration" | "rally" | "march"
            )
        };
        let noun = match kind {
            EventType::Protest => d.children_in(v, &["obl"]).find(cause),
            _ => object.or_else(|| phrase(cx, v, frame.particle.as_deref()?)),
        }?;
        let at = ["against", "of", "at", "to", "on"].iter();
        at.filter_map(|p| phrase(cx, noun, p))
            .map(|t| others(&parties(cx, t)))
            .find(|e| !e.is_empty())
    };
    // "investigating crimes by Danish forces", whichever word the tree hangs the phrase on.
    let suspect = || {
        let by = phrase(cx, v, "by").filter(|_| !is_passive(cx, v))?;
        Some(others(&parties(cx, by))).filter(|e| !e.is_empty())
    };
    let found = found.or_else(|| {
        let accused = kind == EventType::Accuse;
        accused.then(suspect).flatten()
    });
    let carries = matches!(
        kind,
        EventType::Protest | EventType::Reject | EventType::Concede
    );
    found
        .or(asked)
        .or_else(|| carries.then(behind_it).flatten())
        .or_else(|| thing.map(|o| others(&parties(cx, o))))
        .unwrap_or_default()
}

pub(super) fn entities_after(
    cx: &Context<'_>,
    all: &Entities,
    head: TokenId,
    prepositions: &[String],
) -> Vec<Party> {
    let heads: Vec<TokenId> = prepositions
        .iter()
        .filter_map(|p| phrase(cx, head, p))
        .flat_map(|h| parties(cx, h))
        .collect();
    entities(cx, all, &heads)
}

/// Whom a promise, threat or refusal is aimed at when only what it is about says so: "threatened to
/// close the border with Norway".
pub(super) fn aim(
    cx: &Context<'_>,
    all: &Entities,
    drafts: &[Draft],
    outer: &Draft,
) -> Option<Vec<Party>> {
    const AT: [&str; 8] = ["against", "to", "on", "with", "from", "for", "of", "in"];
    if !outer.content || !outer.recipients.is_empty() || outer.kind == EventType::Request {
        return None;
    }
    // "promised to reform Serbia": the own country is not aimed at.
    let country = |p: &Party| p.id.and_then(|id| all.get(id)?.country.clone());
    let own: Vec<String> = outer.actors.iter().filter_map(country).collect();
    let home = |p: &Party| country(p).is_some_and(|c| own.contains(&c));
    let aimed = |found: Vec<Party>| -> Option<Vec<Party>> {
        let others: Vec<Party> = (found.into_iter())
            .filter(|p| !outer.actors.contains(p) && !home(p))
            .collect();
        (!others.is_empty()).then_some(others)
    };
    let mut inner = drafts.iter().filter(|d| governs(cx, outer, d));
    let acted_on = inner.find_map(|d| aimed(d.recipients.clone()));
    acted_on.or_else(|| {
        let verb = cx
            .document
            .child(outer.head, &["xcomp", "ccomp", "advcl"])?;
        let thing = object(cx, verb);
        let person = thing.filter(|o| is_party(cx, *o) || all.at_token(cx, *o).is_some());
        let direct = person.and_then(|o| aimed(entities(cx, all, &parties(cx, o))));
        let by_phrase = || {
            let under = |p: &str| phrase(cx, verb, p).or_else(|| phrase(cx, thing?, p));
            let named = |p: &str| under(p).and_then(|t| aimed(entities(cx, all, &parties(cx, t))));
            AT.iter().find_map(|p| named(p))
        };
        direct
            .or_else(by_phrase)
            .or_else(|| thing.and_then(|o| aimed(entities(cx, all, &[o]))))
    })
}
