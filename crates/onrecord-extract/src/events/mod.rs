//! Events: PLOVER types with actors, recipients, time, place, phase, and on whose word.
//!
//! "Chad bombed the port of Sinda on Monday, Niger said" is an ASSAULT by Chad, on that Monday,
//! on Niger's word. Predicates come from the lexicon's frames ([`predicates`]), parties from the
//! tree ([`arguments`]), firmness from [`crate::factuality`]; what is told twice is one event
//! ([`merge`]).
//!
//! Left out: acts without a party the report names, save violence and protest; and acts that are
//! only asked about.

pub(crate) mod arguments;
pub(crate) mod idle;
mod merge;
mod nouns;
pub(crate) mod party;
mod predicates;
mod recipients;
pub(crate) mod settings;
#[cfg(test)]
mod tests;

use onrecord_model::{
    Basis, Certainty, EntityKind, Event, EventId, EventType, PartyRole, Phase, Polarity, Statement,
    TimeMention, Why,
};

use crate::{Context, blame, entities::Entities, factuality};
use party::{Party, known};
use predicates::Draft;

/// Every event the report tells, in text order of triggers.
pub(crate) fn extract(
    cx: &Context<'_>,
    entities: &Entities,
    statements: &[Statement],
    times: &[TimeMention],
) -> Vec<Event> {
    let drafts = predicates::find(cx, entities);
    let mut found: Vec<_> = drafts
        .into_iter()
        .filter_map(|d| {
            let event = event(cx, entities, statements, times, &d)?;
            Some((d, event))
        })
        .collect();
    let contents: Vec<Draft> = found
        .iter()
        .map(|(d, _): &(Draft, Event)| d)
        .filter(|d| d.content)
        .cloned()
        .collect();
    found.retain(|(d, _)| !contents.iter().any(|c| predicates::governs(cx, c, d)));
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
    let basis = settings::basis(cx, statements, draft);
    let mut reading = factuality::of(cx, draft.head, None);
    if let Some(blame) = blame::of(cx, draft.head) {
        reading.blame(blame, basis == Basis::Reporter);
    }
    let place = settings::place(cx, entities, draft.head);
    if !is_worth(cx, draft, reading, place.is_some()) {
        return None;
    }
    let whose = |p: &Party| party::countries_or_beside(cx, entities, p);
    let mut parties = party::told(cx, PartyRole::Actor, &draft.actors, whose);
    let recipients = party::told(cx, PartyRole::Recipient, &draft.recipients, whose);
    parties.extend(recipients);
    Some(Event {
        id: EventId(0),
        kind: kind(cx, entities, draft, reading),
        trigger: cx.tokens(draft.trigger)?,
        actors: party::ids(&draft.actors),
        recipients: party::ids(&draft.recipients),
        parties,
        time: settings::time(cx, times, draft.head, reading.phase == Some(Phase::Planned)),
        place,
        phase: reading.phase,
        factuality: reading.factuality,
        basis: vec![basis],
        confidence: confidence(draft),
        why: Why::rule(draft.rule),
    })
}

/// Whether an act is worth an entry: somebody takes part who is named or belongs to politics, or
/// it is violence or protest; and it is more than a question, a purpose or a word unsaid.
fn is_worth(cx: &Context<'_>, draft: &Draft, reading: factuality::Reading, placed: bool) -> bool {
    let named = known(&draft.actors) || known(&draft.recipients);
    let loud = matches!(draft.kind, EventType::Assault | EventType::Protest) && draft.violent;
    let certainty = reading.factuality.certainty;
    if reading.factuality.polarity == Polarity::Negative {
        // "did not attack" says something of an act; "did not threaten" of a word unsaid.
        let word = draft.content || matches!(draft.kind, EventType::Accuse | EventType::Request);
        let aside = is_withheld(cx, draft) || cx.document.token(draft.head).relation.is(&["acl"]);
        let told = !draft.noun && !word && !aside && certainty < Certainty::Unknown;
        return told && known(&draft.actors);
    }
    let weak = certainty == Certainty::Possible;
    let aimless = weak
        && (is_purpose(cx, draft) || is_withheld(cx, draft) || !named && reading.phase.is_some());
    let taking_part = named || placed || draft.party || loud;
    certainty < Certainty::Unknown && !aimless && taking_part
}

/// "would not rule out attacking": nothing is done and nothing is planned.
fn is_withheld(cx: &Context<'_>, draft: &Draft) -> bool {
    use onrecord_lexicon::factuality::{Governs, governs};
    let head = cx.document.token(draft.head).head;
    head.is_some_and(|h| governs(&cx.document.token(h).lemma, Governs::Withheld))
}

/// An infinitive that nothing promises, plans or asks for: "came to attack".
fn is_purpose(cx: &Context<'_>, draft: &Draft) -> bool {
    let d = cx.document;
    let token = d.token(draft.head);
    let to = d
        .children_in(draft.head, &["mark"])
        .any(|m| d.token(m).lemma == "to");
    let governed = token
        .head
        .is_some_and(|h| onrecord_lexicon::factuality::is_governor(&d.token(h).lemma));
    to && token.relation.is(&["acl", "advcl"]) && !governed
}

/// The type in its sentence: "will fight" is a threat until there is a fight, and a person who
/// attacks another by name does so in words.
fn kind(
    cx: &Context<'_>,
    all: &Entities,
    draft: &Draft,
    reading: factuality::Reading,
) -> EventType {
    let lemma = cx.document.token(draft.head).lemma.as_str();
    let person = |p: &Party| {
        let entity = p.id.and_then(|id| all.get(id));
        entity.is_some_and(|e| e.kind == EntityKind::Person)
    };
    let words = draft.actors.iter().any(person) && draft.recipients.iter().any(person);
    match (draft.kind, lemma) {
        (EventType::Assault, "fight") if reading.phase == Some(Phase::Planned) => {
            EventType::Threaten
        }
        (EventType::Assault, "attack" | "assault" | "blast" | "hit" | "target") if words => {
            EventType::Accuse
        }
        (kind, _) => kind,
    }
}

/// More parties, more trust; nouns less than verbs.
fn confidence(draft: &Draft) -> f32 {
    let parties = u8::from(known(&draft.actors)) + u8::from(known(&draft.recipients));
    let base = if draft.noun { 5 } else { 6 };
    f32::from(base + parties) / 10.0
}
