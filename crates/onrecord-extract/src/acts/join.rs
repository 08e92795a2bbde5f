//! Two readers of acts made one: frames of the lexicon over the tree, and the network.
//!
//! Where a frame fits the words it says how far a thing has come and how firmly it is told: on
//! minimal pairs, which differ in one word, frames are right there far more often than the network,
//! and on running news no less often. Who takes part, what kind of thing it is and on whose word it
//! stands the network says where the two agree on that, and is right more often (cross-validation on
//! the corpus's train half).
//! Frames fit seldom, so most entries are the network's alone.

use onrecord_model::{
    Basis, Commitment, CommitmentId, EntityId, Event, EventId, EventType, Party, PartyRole, Phase,
    SegmentLabel, Span, TextRange, TokenId, TokenRange,
};

use super::confidence;
use super::merge::{self, Deed};
use super::parties::Parties;
use super::parts;
use crate::commitments::merge::{Telling, merge as told_once};
use crate::{Context, entities::Entities};

/// How sure the network must be of an event that no frame reads: of those below, most have
/// another type or are none (cross-validation on the corpus's train half).
const SURE: f32 = 0.3;

/// The frames' events, and those of the network whose triggers no frame has read, each told once.
pub(super) fn events(cx: &Context<'_>, mut framed: Vec<Event>, network: Vec<Deed>) -> Vec<Event> {
    let mut rest = Vec::new();
    for d in network {
        let own = d.event.trigger.range();
        let mut read = framed
            .iter_mut()
            .filter(|f| f.trigger.range().overlaps(own));
        match read.next() {
            Some(frame) => complete(cx, frame, d.event),
            None if d.event.confidence >= SURE => rest.push(d),
            None => {}
        }
    }
    let mut deeds: Vec<Deed> = framed.into_iter().map(|e| deed(cx, e)).collect();
    let promised = |d: &Deed| deeds.iter().any(|f| promises(cx, f, d));
    let rest: Vec<Deed> = rest.into_iter().filter(|d| !promised(d)).collect();
    deeds.extend(rest);
    let mut all = merge::events(cx, deeds);
    for (i, e) in all.iter_mut().enumerate() {
        e.id = EventId(i as u32 + 1);
    }
    all
}

/// Who takes part and on whose word it stands, from the network, where the two mean one act.
fn complete(cx: &Context<'_>, frame: &mut Event, network: Event) {
    let agrees = frame.kind == network.kind;
    frame.why = confidence::heard(&frame.why, agrees);
    frame.confidence = network.confidence;
    if !agrees {
        return;
    }
    let at = frame.trigger.range();
    let mut take = |role| take(cx, at, role, &mut frame.parties, &network.parties);
    if take(PartyRole::Actor) {
        frame.actors = network.actors;
    }
    if take(PartyRole::Recipient) {
        frame.recipients = network.recipients;
    }
    once(
        &frame.actors,
        &mut [&mut frame.recipients],
        PartyRole::Actor,
        &mut frame.parties,
    );
    firmer(&mut frame.basis, network.basis);
}

/// The network's basis, unless that is the reporter: what one of the two calls told is never
/// asserted.
fn firmer(own: &mut Vec<Basis>, network: Vec<Basis>) {
    if !network.contains(&Basis::Reporter) {
        *own = network;
    }
}

/// Nobody stands on two sides: who stands on the first is taken from the others.
fn once(
    first: &[EntityId],
    others: &mut [&mut Vec<EntityId>],
    role: PartyRole,
    all: &mut Vec<Party>,
) {
    for other in others {
        other.retain(|id| !first.contains(id));
    }
    all.retain(|p| p.role == role || p.entity.is_none_or(|id| !first.contains(&id)));
}

/// Puts the network's parties of a role in the place of a frame's: where the frame has none, or all of
/// them stand in the sentence of the act, one at least is known, and the frame does not name them all
/// and more ("with Chad and Niger").
fn take(
    cx: &Context<'_>,
    act: TextRange,
    role: PartyRole,
    own: &mut Vec<Party>,
    network: &[Party],
) -> bool {
    let here = cx.document.sentence_of(head(cx, act)).range;
    let new = || network.iter().filter(|p| p.role == role);
    let old = || own.iter().filter(|p| p.role == role);
    let near = new().all(|p| here.contains(p.span.range()));
    let known = new().any(|p| p.entity.is_some()) || old().all(|p| p.entity.is_none());
    let fewer = new().all(|p| p.entity.is_some() && old().any(|o| o.entity == p.entity));
    let whole = !fewer || new().count() >= old().count();
    let better = new().next().is_some() && (old().next().is_none() || near && known && whole);
    if better {
        own.retain(|p| p.role != role);
        own.extend(new().cloned());
        own.sort_by_key(|p| p.role);
    }
    better
}

/// "agreed to provide aid" is one act: what is agreed to is told by the agreement (`corpus/GUIDE.md`,
/// promise verbs as triggers).
fn promises(cx: &Context<'_>, agreement: &Deed, act: &Deed) -> bool {
    let undone = act.event.phase == Some(Phase::Planned);
    let mut above = cx.document.ancestors(act.head).skip(1).take(2);
    undone && agreement.event.kind == EventType::Agree && above.any(|t| t == agreement.head)
}

/// The head of the words in a range of the text.
fn head(cx: &Context<'_>, words: TextRange) -> TokenId {
    cx.document.head_of(cx.document.tokens_in(words))
}

fn deed(cx: &Context<'_>, event: Event) -> Deed {
    let head = head(cx, event.trigger.range());
    Deed {
        event,
        head,
        heading: cx.document.sentence_of(head).segment != SegmentLabel::Body,
    }
}

/// The frames' commitments, with what the network adds to them, and those of the network that no
/// frame has read, each told once.
pub(super) fn commitments(
    room: parts::Parts<'_>,
    framed: Vec<Commitment>,
    network: Vec<Telling>,
) -> Vec<Commitment> {
    let parties = &room.parties;
    let named = |mut c: Commitment| {
        c.parties = words_of(parties.entities, &c);
        c
    };
    let framed = framed.into_iter().map(named);
    let mut all: Vec<Telling> = framed.map(|c| read_again(parties, c)).collect();
    let count = all.len();
    for n in network {
        let mut read = all[..count].iter_mut();
        match read.find(|f| is_one(&f.commitment, &n.commitment)) {
            Some(frame) => add(parties, &mut frame.commitment, n.commitment),
            None => all.push(n),
        }
    }
    parts::complete(room, &mut all);
    let mut all = told_once(all);
    for (i, c) in all.iter_mut().enumerate() {
        c.id = CommitmentId(i as u32 + 1);
    }
    all
}

fn read_again(parties: &Parties<'_>, commitment: Commitment) -> Telling {
    let d = parties.cx.document;
    let object = d.tokens_in(commitment.object.range());
    let heading = d.sentence_of(d.head_of(object)).segment != SegmentLabel::Body;
    telling(parties, commitment, object, heading)
}

/// A commitment with what merging looks at.
pub(super) fn telling(
    parties: &Parties<'_>,
    commitment: Commitment,
    object: TokenRange,
    heading: bool,
) -> Telling {
    Telling {
        nations: parties.nations(&commitment.by),
        words: merge::content(parties.cx, object),
        commitment,
        head: String::new(),
        act: String::new(),
        heading,
        definite: false,
    }
}

/// Whether two readers speak of the same words.
fn is_one(a: &Commitment, b: &Commitment) -> bool {
    let cues = a.cue.as_ref().zip(b.cue.as_ref());
    let meet = |(x, y): (&Span, &Span)| x.range().overlaps(y.range());
    cues.is_some_and(meet) || meet((&a.object, &b.object))
}

/// All the words of the cue, what the network knows better where the two mean one step, and fields
/// that the frame left empty.
fn add(parties: &Parties<'_>, frame: &mut Commitment, network: Commitment) {
    let whole = network.cue.clone().filter(|n| {
        let own = frame.cue.as_ref().map(Span::range);
        own.is_some_and(|own| n.range().contains(own))
    });
    frame.cue = whole.or(frame.cue.take());
    frame.why = confidence::heard(&frame.why, frame.status == network.status);
    frame.confidence = network.confidence;
    if frame.status == network.status {
        let at = frame.cue.as_ref().unwrap_or(&frame.object).range();
        let mut take = |role| take(parties.cx, at, role, &mut frame.parties, &network.parties);
        if take(PartyRole::By) {
            frame.by = network.by;
        }
        if take(PartyRole::To) {
            frame.to = network.to;
        }
        once(
            &frame.by,
            &mut [&mut frame.to, &mut frame.with],
            PartyRole::By,
            &mut frame.parties,
        );
        frame.kind = network.kind;
        frame.object = network.object;
        firmer(&mut frame.basis, network.basis);
    } else {
        complete_sides(parties.cx, frame, &network);
    }
    frame.condition = frame.condition.take().or(network.condition);
    frame.part_of = frame.part_of.take().or(network.part_of);
    frame.due = frame.due.take().or(network.due);
}

/// Who is bound and who gains, from the network, where the frame names nobody: those whom the sentence
/// names.
fn complete_sides(cx: &Context<'_>, frame: &mut Commitment, network: &Commitment) {
    let at = frame.cue.as_ref().unwrap_or(&frame.object).range();
    let here = cx.document.sentence_of(head(cx, at)).range;
    let near = |p: &&Party| here.contains(p.span.range());
    let far: Vec<EntityId> = network
        .parties
        .iter()
        .filter(|p| !near(p))
        .filter_map(|p| p.entity)
        .collect();
    let named = |role| frame.parties.iter().any(|p| p.role == role);
    let (bound, gains) = (named(PartyRole::By), named(PartyRole::To));
    let apart = |ids: &[EntityId], others: &[EntityId]| -> Vec<EntityId> {
        let known = ids.iter().filter(|id| !far.contains(id));
        known.filter(|id| !others.contains(id)).copied().collect()
    };
    if !bound {
        frame.by = apart(&network.by, &frame.to);
    }
    if !gains {
        frame.to = apart(&network.to, &frame.by);
    }
    let free = |p: &&Party| match p.role {
        PartyRole::By => !bound && p.entity.is_none_or(|id| !frame.to.contains(&id)),
        _ => !gains && p.entity.is_none_or(|id| !frame.by.contains(&id)),
    };
    let new: Vec<Party> = network
        .parties
        .iter()
        .filter(near)
        .filter(free)
        .cloned()
        .collect();
    frame.parties.extend(new);
    frame.parties.sort_by_key(|p| p.role);
}

/// The words that name a commitment's parties: of each the mention nearest to its cue.
fn words_of(entities: &Entities, c: &Commitment) -> Vec<Party> {
    let at = c.cue.as_ref().unwrap_or(&c.object).range();
    let sides = [
        (PartyRole::By, &c.by),
        (PartyRole::To, &c.to),
        (PartyRole::With, &c.with),
    ];
    let party = |role: PartyRole, id: EntityId| {
        let entity = entities.get(id)?;
        let away = |r: TextRange| r.start.abs_diff(at.start);
        let near = entity
            .mentions
            .iter()
            .min_by_key(|m| away(m.span.range()))?;
        Some(Party {
            role,
            span: near.span.clone(),
            entity: Some(id),
            country: entity.country.clone(),
        })
    };
    let all = sides
        .into_iter()
        .flat_map(|(role, ids)| ids.iter().map(move |id| (role, *id)));
    all.filter_map(|(role, id)| party(role, id)).collect()
}
