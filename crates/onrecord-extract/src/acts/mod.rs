//! Acts to entries: events and commitments, with entities, amounts, times, and on whose word.
//!
//! What is promised and what happened is read once, in the layer of acts: this room asks what the
//! words of an act stand for. "Norway's foreign minister said Oslo would not rule out lending
//! ships once the talks end" becomes a commitment of Norway on the minister's word: [`parties`]
//! knows whom "Oslo" binds, [`basis`] which statement it stands in, [`details`] reads amount and
//! times, and [`merge`] joins events that are told twice.
//!
//! Beside the network stand the frames of the lexicon ([`crate::events`], [`crate::commitments`]):
//! [`join`] makes one entry of what both read.
//!
//! Left out: finding acts, and deciding what they are (`onrecord-language`).

mod basis;
mod conditions;
mod confidence;
mod denials;
mod details;
mod join;
mod merge;
mod parties;
mod parts;
mod sift;
mod statements;
mod strays;
#[cfg(test)]
mod tests;
mod undelivered;

use onrecord_model::{
    Act, ActKind, ActRole, Amount, Commitment, CommitmentId, CommitmentKind, CommitmentStatus,
    Event, EventId, EventType, PartyRole, Phase, SegmentLabel, Statement, TimeMention, TokenId,
    Why,
};

use crate::commitments::details::{span, whole_amounts};
use crate::commitments::{is_quiet, merge::Telling};
use crate::events::{
    party::{Party, ids},
    settings,
};
use crate::{Context, entities::Entities};
use merge::Deed;
use parties::Parties;

/// Statements that only acts show, added to those that are known.
pub fn statements(cx: &Context<'_>, entities: &Entities, known: Vec<Statement>) -> Vec<Statement> {
    statements::complete(cx, entities, known)
}

/// Every event and every commitment that the report tells, in text order.
pub fn extract(
    cx: &Context<'_>,
    entities: &Entities,
    statements: &[Statement],
    times: &[TimeMention],
    amounts: &[Amount],
) -> (Vec<Event>, Vec<Commitment>) {
    let reader = Reader {
        cx,
        parties: Parties::new(cx, entities, statements),
        statements,
        times,
        amounts,
    };
    let (deeds, tellings) = reader.network();
    let framed = crate::events::extract(cx, entities, statements, times);
    let events = join::events(cx, framed, deeds);
    let framed = crate::commitments::extract(cx, entities, statements, times, amounts);
    let parts = parts::Parts {
        cx,
        parties: reader.parties,
        times,
        amounts,
    };
    let commitments = join::commitments(parts, framed, tellings);
    let commitments = strays::leave(cx, commitments);
    let commitments = denials::leave(cx, commitments);
    let commitments = undelivered::tell(cx, statements, commitments);
    let (mut events, mut commitments) = conditions::settle(cx, events, commitments);
    denials::turn(cx, statements, &mut events, &mut commitments);
    confidence::settle(&mut events, &mut commitments);
    for (i, c) in commitments.iter_mut().enumerate() {
        c.id = CommitmentId(i as u32 + 1);
    }
    (events, commitments)
}

struct Reader<'a> {
    cx: &'a Context<'a>,
    parties: Parties<'a>,
    statements: &'a [Statement],
    times: &'a [TimeMention],
    amounts: &'a [Amount],
}

impl Reader<'_> {
    /// What the layer of acts tells.
    fn network(&self) -> (Vec<Deed>, Vec<Telling>) {
        let cx = self.cx;
        let (mut deeds, mut tellings) = (Vec::new(), Vec::new());
        for act in cx.document.acts() {
            let head = cx.document.head_of(act.words);
            let sentence = cx.document.sentence_of(head);
            let heading = sentence.segment != SegmentLabel::Body;
            match act.kind {
                _ if sentence.segment == SegmentLabel::Caption => {}
                _ if sift::is_none(cx, act, head) => {}
                ActKind::Event { kind, phase } => {
                    let event = self.event(act, kind, phase);
                    deeds.extend(event.map(|event| Deed {
                        event,
                        head,
                        heading,
                    }));
                }
                // Sport, courts, markets and weather promise nothing that is kept track of: of the
                // commitments of the corpus seven in a thousand stand in such a sentence.
                ActKind::Commitment { .. } if is_quiet(cx, sentence.tokens) => {}
                ActKind::Commitment { status, kind } => {
                    tellings.extend(self.telling(act, status, kind, heading));
                }
            }
        }
        (deeds, tellings)
    }

    fn event(&self, act: &Act, kind: EventType, phase: Option<Phase>) -> Option<Event> {
        let actors = self.parties.of(act, ActRole::Actor);
        let recipients = self.parties.of(act, ActRole::Recipient);
        let mut parties = self.parties.told(PartyRole::Actor, &actors);
        parties.extend(self.parties.told(PartyRole::Recipient, &recipients));
        let head = self.cx.document.head_of(act.words);
        Some(Event {
            id: EventId::default(),
            kind,
            trigger: self.cx.tokens(act.words)?,
            actors: ids(&actors),
            recipients: ids(&recipients),
            parties,
            time: settings::time(self.cx, self.times, head, phase == Some(Phase::Planned)),
            place: settings::place(self.cx, self.parties.entities, head),
            phase,
            factuality: sift::factuality(self.cx, act, head),
            basis: basis::of(self.cx, self.parties.entities, self.statements, act),
            confidence: act.score,
            why: Why::rule(confidence::NETWORK),
        })
    }

    fn telling(
        &self,
        act: &Act,
        status: CommitmentStatus,
        kind: CommitmentKind,
        heading: bool,
    ) -> Option<Telling> {
        let cx = self.cx;
        let by = self.parties.doers(act);
        let to = self.parties.of(act, ActRole::To);
        let done = status == CommitmentStatus::Delivered;
        let own = |p: &Party| done && p.id.is_none() && self.parties.is_subject(act, p.head);
        let to: Vec<_> = to
            .into_iter()
            .filter(|p| !by.contains(p) && !own(p))
            .collect();
        let mut parties = self.parties.told(PartyRole::By, &by);
        parties.extend(self.parties.told(PartyRole::To, &to));
        let object = details::object(cx, act)?;
        let object = whole_amounts(cx, self.amounts, object);
        let (amount, rate) = details::amount(cx, self.amounts, act, object);
        let due = details::when(cx, self.times, act, ActRole::Due);
        let since = details::when(cx, self.times, act, ActRole::Since);
        let to = self.parties.bound(&to);
        let by = self.parties.bound_apart(&by, &to);
        let to = to.into_iter().filter(|id| !by.contains(id)).collect();
        let commitment = Commitment {
            id: CommitmentId::default(),
            kind,
            status,
            factuality: sift::factuality(cx, act, cx.document.head_of(act.words)),
            by,
            to,
            with: Vec::new(),
            parties,
            cue: Some(cx.tokens(act.words)?),
            object: span(cx, object)?,
            amount,
            rate,
            condition: act
                .condition
                .filter(|c| c.len() > 1)
                .and_then(|c| details::phrase(cx, c)),
            due,
            since,
            part_of: act
                .part_of
                .and_then(|p| details::phrase(cx, whole_amounts(cx, self.amounts, p))),
            basis: basis::of(cx, self.parties.entities, self.statements, act),
            confidence: act.score,
            why: Why::rule(confidence::NETWORK),
        };
        Some(join::telling(&self.parties, commitment, object, heading))
    }
}

/// A token's dictionary form in lower case.
fn lemma(cx: &Context<'_>, token: TokenId) -> String {
    cx.document.token(token).lemma.to_lowercase()
}
