//! Event types and their parties on the PLOVER development sentences.
//!
//! A record says what is planned by a phase; PLOVER has no phase and codes a promise of help as
//! AGREE and of harm as THREATEN. The records are brought to that here, and nowhere else.

use anyhow::{Context as _, Result};
use onrecord::Envelope;
use onrecord::model::{
    Entity, EntityId, Event, EventType, MentionForm, Party, PartyRole, Phase, Polarity, Record,
};
use onrecord_lexicon::Organizations;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use smol_str::SmolStr;

use super::{Figure, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "events",
    run,
};

const DEV: &str = "data/events/plover_dev.jsonl";

#[derive(Deserialize)]
struct Gold {
    id: String,
    text: String,
}

#[derive(Serialize)]
struct Predicted {
    id: String,
    events: Vec<Coded>,
}

#[derive(Serialize)]
struct Coded {
    r#type: EventType,
    source: Vec<Actor>,
    target: Vec<Actor>,
}

#[derive(Serialize)]
struct Actor {
    text: String,
    country: Option<String>,
    kind: Option<SmolStr>,
}

fn run(shared: &Shared, _quick: bool) -> Result<Vec<Figure>> {
    let gold: Vec<Gold> = shared.rows(DEV)?;
    let predicted: Vec<Predicted> = gold
        .par_iter()
        .map(|g| {
            let record = shared
                .reader()
                .read(g.text.as_bytes(), &Envelope::default());
            Predicted {
                id: g.id.clone(),
                events: record
                    .events
                    .iter()
                    .filter_map(|e| coded(&record, e))
                    .collect(),
            }
        })
        .collect();
    let out = shared.write_rows("events-plover.jsonl", &predicted)?;
    let said = shared.scorer("score_events.py", &[&shared.path(DEV), &out])?;
    let f1 = |part: &str| -> Result<f64> {
        let value = said[part]["f1"].as_f64();
        value.with_context(|| format!("no figure for `{part}`"))
    };
    let macro_f1 = said["type_macro_f1"].as_f64().unwrap_or(0.0);
    Ok(vec![
        Figure::aim("plover type f1", f1("type")?, 68.0),
        Figure::new("plover type macro f1", macro_f1),
        Figure::new("plover type precision", percent(&said["type"]["p"])),
        Figure::new("plover source head f1", f1("source_head")?),
        Figure::new("plover target head f1", f1("target_head")?),
        Figure::aim("plover actor head f1", pooled(&said), 72.0),
        Figure::aim("plover country f1", f1("country")?, 72.0),
        Figure::aim("plover quad f1", f1("quad")?, 42.0),
    ])
}

/// F1 over the heads of sources and targets together.
fn pooled(said: &Value) -> f64 {
    let sum = |key: &str| -> f64 {
        let roles = ["source_head", "target_head"];
        roles.iter().filter_map(|r| said[*r][key].as_f64()).sum()
    };
    200.0 * sum("tp") / (sum("pred") + sum("gold")).max(1.0)
}

fn percent(v: &Value) -> f64 {
    v.as_f64().unwrap_or(0.0)
}

/// An event as PLOVER codes it: what will not be done is refused, what was not done has no code.
fn coded(record: &Record, e: &Event) -> Option<Coded> {
    use EventType::{
        Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Other, Retreat,
        Sanction, Support, Threaten,
    };

    let refused = e.factuality.polarity == Polarity::Negative;
    if refused && e.phase != Some(Phase::Planned) {
        return None;
    }
    let kind = match (e.phase, e.kind) {
        (_, Other) => return None,
        _ if refused => EventType::Reject,
        (Some(Phase::Planned), Aid | Consult | Cooperate | Concede | Retreat | Support) => Agree,
        (Some(Phase::Planned), Assault | Coerce | Mobilize | Sanction) => Threaten,
        (_, kind) => kind,
    };
    Some(Coded {
        r#type: kind,
        source: actors(record, e, PartyRole::Actor),
        target: actors(record, e, PartyRole::Recipient),
    })
}

/// A party's words; for a pronoun the name it stands for.
fn words(record: &Record, party: &Party) -> String {
    let quote = party.span.quote();
    let entity = party
        .entity
        .and_then(|id| record.entities.iter().find(|e| e.id == id));
    let pronoun = |e: &&Entity| {
        e.mentions
            .iter()
            .any(|m| m.form == MentionForm::Pronoun && m.span == party.span)
    };
    entity
        .filter(pronoun)
        .map_or_else(|| quote.to_owned(), |e| e.name.clone())
}

fn actors(record: &Record, e: &Event, role: PartyRole) -> Vec<Actor> {
    let entity = |id: EntityId| record.entities.iter().find(|x| x.id == id);
    let scope = |x: &Entity| Organizations::shipped().institution(&x.name)?.scope.clone();
    // Who speaks for an institution between states is coded as the institution.
    let kind = |id: EntityId| {
        let mut offices = entity(id)?.roles.iter().filter_map(|r| entity(r.of?));
        scope(entity(id)?).or_else(|| offices.find_map(scope))
    };
    let parties = e.parties.iter().filter(|p| p.role == role);
    parties
        .map(|p| Actor {
            text: words(record, p),
            country: p.country.clone(),
            kind: p.entity.and_then(kind),
        })
        .collect()
}
