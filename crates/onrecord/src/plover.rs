//! Events as event data codes them: PLOVER types with countries, and CAMEO's quad classes.
//!
//! A record says what is planned by a phase and what is denied by a polarity; PLOVER has neither.
//! It codes a promise of help as AGREE, of harm as THREATEN, a refusal as REJECT, and what did not
//! happen not at all (PLOVER manual 2.0). What the codes cannot hold, on whose word an event stands
//! and how firmly, is kept beside them.
//!
//! ```
//! use onrecord::{Envelope, Reader, plover};
//!
//! let reader = Reader::new()?;
//! let text = b"Peru votes\n\nLIMA - Peru will send troops to Chad, Chad said on Monday.";
//! let record = reader.read(text, &Envelope::default());
//! let coded = plover::code(&record);
//! assert!(coded.iter().all(|c| c.source.iter().all(|a| !a.text.is_empty())));
//! # Ok::<(), onrecord::Error>(())
//! ```

use onrecord_lexicon::Organizations;
use onrecord_model::{
    Basis, Entity, EntityId, Event, EventType, Factuality, MentionForm, Party, PartyRole, Phase,
    Polarity, Record,
};
use serde::Serialize;

/// An event as PLOVER codes it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Coded {
    /// The event's id in its record.
    pub id: String,
    /// When it happened, TIMEX3; the report's day where the text does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Who acts; both sides of a meeting or an agreement.
    pub source: Vec<Actor>,
    /// Who is acted on.
    pub target: Vec<Actor>,
    /// Where, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The words that name the act.
    pub trigger: String,
    /// On whose word: `reporter`, or the names of those who say so.
    pub attribution: Vec<String>,
    /// How firmly it is said.
    pub factuality: Factuality,
    /// Whether it is still to come or under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// From 0 to 1.
    pub confidence: f32,
}

/// A party of a coded event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Actor {
    /// Its words; for a pronoun the name it stands for.
    pub text: String,
    /// ISO 3166 alpha-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// `IGO` or `NGO`, for an institution that is no state's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

impl Actor {
    /// The code of its state or of its kind, as dyads have it.
    pub fn code(&self) -> Option<&str> {
        self.country.as_deref().or(self.kind.as_deref())
    }
}

/// Every event that event data has a code for, in the order of the record.
pub fn code(record: &Record) -> Vec<Coded> {
    let coded = |e: &Event| {
        let kind = kind(e)?;
        let place = e.place.and_then(|id| entity(record, id));
        let day = || record.report.published.as_ref().map(|p| p.value.clone());
        let side = |role| {
            let parties = e.parties.iter().filter(move |p| p.role == role);
            parties.map(|p| actor(record, p)).collect()
        };
        Some(Coded {
            id: e.id.to_string(),
            date: e.time.as_ref().map(|t| t.value.clone()).or_else(day),
            kind,
            source: side(PartyRole::Actor),
            target: side(PartyRole::Recipient),
            location: place.map(|p| p.name.clone()),
            trigger: e.trigger.quote().to_owned(),
            attribution: e.basis.iter().map(|b| word_of(record, *b)).collect(),
            factuality: e.factuality,
            phase: e.phase,
            confidence: e.confidence,
        })
    };
    record.events.iter().filter_map(coded).collect()
}

/// The type: what will not be done is refused; what was not done, was prevented or is only supposed
/// has no code.
fn kind(e: &Event) -> Option<EventType> {
    use EventType::{
        Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Other, Reject, Retreat,
        Sanction, Support, Threaten,
    };
    let refused = e.factuality.polarity == Polarity::Negative;
    let undone = matches!(e.phase, Some(Phase::Prevented | Phase::Hypothetical));
    if undone || (refused && e.phase != Some(Phase::Planned)) {
        return None;
    }
    Some(match (e.phase, e.kind) {
        (_, Other) => return None,
        _ if refused => Reject,
        (Some(Phase::Planned), Aid | Consult | Cooperate | Concede | Retreat | Support) => Agree,
        (Some(Phase::Planned), Assault | Coerce | Mobilize | Sanction) => Threaten,
        (_, kind) => kind,
    })
}

fn entity(record: &Record, id: EntityId) -> Option<&Entity> {
    record.entities.iter().find(|e| e.id == id)
}

fn actor(record: &Record, party: &Party) -> Actor {
    let scope = |e: &Entity| Organizations::shipped().institution(&e.name)?.scope.clone();
    let known = party.entity.and_then(|id| entity(record, id));
    let pronoun = known.filter(|e| {
        let mut mentions = e.mentions.iter();
        mentions.any(|m| m.form == MentionForm::Pronoun && m.span == party.span)
    });
    // Who speaks for an institution between states is coded as the institution.
    let kind = known.and_then(|e| {
        let mut offices = e.roles.iter().filter_map(|r| entity(record, r.of?));
        scope(e).or_else(|| offices.find_map(scope))
    });
    Actor {
        text: pronoun.map_or_else(|| party.span.quote().to_owned(), |e| e.name.clone()),
        country: party.country.clone(),
        kind: kind.map(Into::into),
    }
}

/// `reporter`, or who says so, by name or in the report's words.
fn word_of(record: &Record, basis: Basis) -> String {
    let Basis::Statement(id) = basis else {
        return "reporter".to_owned();
    };
    let statement = record.statements.iter().find(|s| s.id == id);
    let named = statement
        .and_then(|s| s.source.entity)
        .and_then(|id| entity(record, id));
    let words = statement.and_then(|s| s.source.span.as_ref());
    named
        .map(|e| e.name.clone())
        .or_else(|| words.map(|w| w.quote().to_owned()))
        .unwrap_or_else(|| "unnamed".to_owned())
}

/// CAMEO's root code for a PLOVER type, by the table of the PLOVER manual; for a type that gathers
/// several roots the first of them.
pub const fn cameo_root(kind: EventType) -> Option<&'static str> {
    use EventType::{
        Accuse, Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Other, Protest,
        Reject, Request, Retreat, Sanction, Support, Threaten,
    };
    Some(match kind {
        Agree => "03",
        Consult => "04",
        Support => "05",
        Cooperate => "06",
        Aid => "07",
        Concede | Retreat => "08",
        Request => "10",
        Accuse => "11",
        Reject => "12",
        Threaten => "13",
        Protest => "14",
        Mobilize => "15",
        Sanction => "16",
        Coerce => "17",
        Assault => "19",
        Other => return None,
    })
}

/// The quad class of a CAMEO root: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict,
/// 4 material conflict (as GDELT and ICEWS have it).
pub fn quad_class(root: &str) -> Option<u8> {
    match root.parse().ok()? {
        1..=5 => Some(1),
        6..=8 => Some(2),
        9..=13 => Some(3),
        14..=20 => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Envelope, Reader};

    fn read(text: &str) -> Vec<Coded> {
        let reader = Reader::new().unwrap();
        code(&reader.read(text.as_bytes(), &Envelope::default()))
    }

    #[test]
    fn what_is_promised_denied_and_told_is_coded_apart() {
        let text = "LIMA, May 5 (Example Wire) - Chad will send food to Niger, Chad's government said. \
            Niger did not bomb Chad. Peru bombed Chile on Monday, Chilean officials said.";
        let coded = read(text);
        let of = |c: &Coded| {
            let side = |all: &[Actor]| {
                all.iter()
                    .filter_map(Actor::code)
                    .collect::<Vec<_>>()
                    .join("+")
            };
            format!("{} {}>{}", c.kind, side(&c.source), side(&c.target))
        };
        let all: Vec<String> = coded.iter().map(of).collect();
        assert!(all.contains(&"AGREE TCD>NER".to_owned()), "{all:?}");
        assert!(all.contains(&"ASSAULT PER>CHL".to_owned()), "{all:?}");
        assert!(!all.contains(&"ASSAULT NER>TCD".to_owned()), "{all:?}");
        let bombed = coded.iter().find(|c| c.kind == EventType::Assault).unwrap();
        assert_eq!(bombed.attribution, ["Chilean officials"]);
    }

    #[test]
    fn what_did_not_come_to_be_has_no_code() {
        let text =
            "LIMA, May 5 (Example Wire) - Peru bombed Chile on Monday, Chilean officials said.";
        let mut record = Reader::new()
            .unwrap()
            .read(text.as_bytes(), &Envelope::default());
        let mut kinds = |phase| {
            record.events.iter_mut().for_each(|e| e.phase = phase);
            let coded = code(&record).into_iter();
            coded.map(|c| c.kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds(Some(Phase::Ongoing)), [EventType::Assault]);
        assert_eq!(kinds(Some(Phase::Planned)), [EventType::Threaten]);
        for phase in [Phase::Prevented, Phase::Hypothetical] {
            assert_eq!(kinds(Some(phase)), []);
        }
    }

    #[test]
    fn every_code_has_its_class() {
        assert_eq!(cameo_root(EventType::Aid).and_then(quad_class), Some(2));
        assert_eq!(
            cameo_root(EventType::Threaten).and_then(quad_class),
            Some(3)
        );
        assert_eq!(quad_class("21"), None);
    }
}
