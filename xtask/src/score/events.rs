//! Event types and their parties on the PLOVER development sentences.
//!
//! A record says what is planned by a phase; PLOVER has no phase and codes a promise of help as
//! AGREE and of harm as THREATEN. The records are brought to that here, and nowhere else.

use anyhow::{Context as _, Result};
use onrecord::Envelope;
use onrecord::model::{EntityId, Event, EventType, Phase, Polarity, Record};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

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
        Figure::aim("plover type f1", f1("type")?, 50.0),
        Figure::new("plover type macro f1", macro_f1),
        Figure::new("plover type precision", percent(&said["type"]["p"])),
        Figure::new("plover source head f1", f1("source_head")?),
        Figure::new("plover target head f1", f1("target_head")?),
        Figure::new("plover country f1", f1("country")?),
        Figure::new("plover quad f1", f1("quad")?),
    ])
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
        source: actors(record, &e.actors),
        target: actors(record, &e.recipients),
    })
}

fn actors(record: &Record, ids: &[EntityId]) -> Vec<Actor> {
    let entities = ids
        .iter()
        .filter_map(|id| record.entities.iter().find(|e| e.id == *id));
    entities
        .map(|e| Actor {
            text: e.name.clone(),
            country: e.country.clone(),
        })
        .collect()
}
