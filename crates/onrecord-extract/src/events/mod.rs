//! Events: PLOVER types with actors, recipients, time, place, phase, and on whose word.
//!
//! "Chad bombed the port of Sinda on Monday, Niger said" is an ASSAULT by Chad, on that Monday,
//! on Niger's word. Predicates come from the lexicon's frames ([`predicates`]), parties from the
//! tree ([`arguments`]), firmness from [`crate::factuality`]; what is told twice is one event
//! ([`merge`]).
//!
//! Left out: acts without a party the report names, save violence and protest; and acts that are
//! only asked about.

mod arguments;
mod merge;
mod predicates;
mod settings;
#[cfg(test)]
mod tests;

use onrecord_model::{
    Certainty, Event, EventId, EventType, Place, Polarity, Statement, TimeMention, Why,
};

use crate::{Context, entities::Entities, factuality};
use predicates::Draft;

/// Every event the report tells, in text order of triggers.
pub fn extract(
    cx: &Context<'_>,
    entities: &Entities,
    statements: &[Statement],
    times: &[TimeMention],
    _places: &[Place],
) -> Vec<Event> {
    let drafts = predicates::find(cx, entities);
    let found: Vec<_> = drafts
        .into_iter()
        .filter_map(|d| {
            let event = event(cx, entities, statements, times, &d)?;
            Some((d, event))
        })
        .collect();
    let mut events = merge::merge(cx, &found);
    for (i, event) in events.iter_mut().enumerate() {
        event.id = EventId(i as u32 + 1);
    }
    events
}

fn event(
    cx: &Context<'_>,
    entities: &Entities,
    statements: &[Statement],
    times: &[TimeMention],
    draft: &Draft,
) -> Option<Event> {
    let reading = factuality::of(cx, draft.head, None);
    let place = settings::place(cx, entities, draft);
    if !is_worth(draft, reading, place.is_some()) {
        return None;
    }
    Some(Event {
        id: EventId(0),
        kind: draft.kind,
        trigger: cx.tokens(draft.trigger)?,
        actors: draft.actors.clone(),
        recipients: draft.recipients.clone(),
        time: settings::time(cx, times, draft),
        place,
        phase: reading.phase,
        factuality: reading.factuality,
        basis: vec![settings::basis(cx, statements, draft)],
        confidence: confidence(draft),
        why: Why::rule(draft.rule),
    })
}

/// Whether an act is worth an entry: somebody named takes part, or it is violence or protest,
/// and it is more than a question.
fn is_worth(draft: &Draft, reading: factuality::Reading, placed: bool) -> bool {
    let named = !draft.actors.is_empty() || !draft.recipients.is_empty();
    let loud = matches!(draft.kind, EventType::Assault | EventType::Protest);
    let firm = reading.factuality.certainty < Certainty::Unknown;
    let denied = reading.factuality.polarity == Polarity::Negative;
    firm && (named || loud && (placed || !draft.noun)) && !(denied && draft.noun)
}

/// More parties, more trust; nouns less than verbs.
fn confidence(draft: &Draft) -> f32 {
    let parties = u8::from(!draft.actors.is_empty()) + u8::from(!draft.recipients.is_empty());
    let base = if draft.noun { 0.5 } else { 0.6 };
    base + 0.1 * f32::from(parties)
}
