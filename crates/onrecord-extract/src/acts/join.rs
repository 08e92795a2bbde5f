//! Two readers of acts made one: frames of the lexicon over the tree, and the network.
//!
//! Where a frame fits the words it leads: on minimal pairs, which differ in one word, frames are
//! right far more often than the network, and on running news no less often. They fit seldom, so
//! most entries are the network's, and it fills in what a frame does not ask for.

use onrecord_model::{
    Commitment, CommitmentId, EntityId, Event, EventId, EventType, Party, PartyRole, Phase,
    SegmentLabel, Span, TextRange, TokenRange,
};

use super::merge::{self, Deed};
use super::parties::Parties;
use crate::commitments::merge::{Telling, merge as told_once};
use crate::{Context, entities::Entities};

/// How sure the network must be of an event that no frame reads: of those below, three in four have
/// another type or are none (cross-validation on the corpus's train half).
const SURE: f32 = 0.4;

/// The frames' events, and those of the network whose triggers no frame has read, each told once.
pub(super) fn events(cx: &Context<'_>, framed: Vec<Event>, network: Vec<Deed>) -> Vec<Event> {
    let read = |d: &Deed| {
        let own = d.event.trigger.range();
        framed.iter().any(|f| f.trigger.range().overlaps(own))
    };
    let sure = |d: &Deed| d.event.confidence >= SURE;
    let rest: Vec<Deed> = (network.into_iter())
        .filter(|d| sure(d) && !read(d))
        .collect();
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

/// "agreed to provide aid" is one act: what is agreed to is told by the agreement (`corpus/GUIDE.md`,
/// promise verbs as triggers).
fn promises(cx: &Context<'_>, agreement: &Deed, act: &Deed) -> bool {
    let undone = act.event.phase == Some(Phase::Planned);
    let mut above = cx.document.ancestors(act.head).skip(1).take(2);
    undone && agreement.event.kind == EventType::Agree && above.any(|t| t == agreement.head)
}

fn deed(cx: &Context<'_>, event: Event) -> Deed {
    let head = cx
        .document
        .head_of(cx.document.tokens_in(event.trigger.range()));
    Deed {
        event,
        head,
        heading: cx.document.sentence_of(head).segment != SegmentLabel::Body,
    }
}

/// The frames' commitments, with what the network adds to them, and those of the network that no
/// frame has read, each told once.
pub(super) fn commitments(
    parties: &Parties<'_>,
    framed: Vec<Commitment>,
    network: Vec<Telling>,
) -> Vec<Commitment> {
    let mut all: Vec<Telling> = framed.into_iter().map(|c| read_again(parties, c)).collect();
    let count = all.len();
    for n in network {
        let mut read = all[..count].iter_mut();
        match read.find(|f| is_one(&f.commitment, &n.commitment)) {
            Some(frame) => add(&mut frame.commitment, n.commitment),
            None => all.push(n),
        }
    }
    for t in &mut all[..count] {
        if t.commitment.parties.is_empty() {
            t.commitment.parties = words_of(parties.entities, &t.commitment);
        }
    }
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

/// What the network knows beside what a frame asks for: all the words of the cue, and fields that
/// the frame left empty.
fn add(frame: &mut Commitment, network: Commitment) {
    let whole = network.cue.filter(|n| {
        let own = frame.cue.as_ref().map(Span::range);
        own.is_some_and(|own| n.range().contains(own))
    });
    frame.cue = whole.or(frame.cue.take());
    if frame.by == network.by && frame.to == network.to {
        frame.parties = network.parties;
    }
    frame.condition = frame.condition.take().or(network.condition);
    frame.part_of = frame.part_of.take().or(network.part_of);
    frame.due = frame.due.take().or(network.due);
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
