//! Event types and their parties on the PLOVER development sentences.
//!
//! The records are brought to PLOVER's codes as [`onrecord::plover`] does it for everybody.

use anyhow::{Context as _, Result};
use onrecord::Envelope;
use onrecord::plover::{self, Coded};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Figure, Run, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "events",
    run: Run::Beside(run),
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
                events: plover::code(&record),
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
        Figure::aim("actors country right", countries(shared)?, 85.0),
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

const ACTORS: &str = "data/events/actors_dev.jsonl";

#[derive(Deserialize)]
struct Phrase {
    id: String,
    #[serde(rename = "phrase")]
    words: String,
    date: String,
    context: String,
}

/// The country of each actor phrase: that of whoever attacks in "PHRASE attacked the village".
fn countries(shared: &Shared) -> Result<f64> {
    let phrases: Vec<Phrase> = shared.rows(ACTORS)?;
    let coded = |p: &Phrase| {
        let context = if p.context.is_empty() {
            String::new()
        } else {
            format!("{} news\n\n", p.context)
        };
        let text = format!("{context}{} attacked the village.", p.words.trim());
        let day: Option<onrecord::model::Stamp> = p.date.get(..10).and_then(|d| d.parse().ok());
        let envelope = Envelope {
            published: day,
            ..Envelope::default()
        };
        let record = shared.reader().read(text.as_bytes(), &envelope);
        let code = plover::code(&record)
            .iter()
            .flat_map(|c| &c.source)
            .find_map(|a| a.code().map(str::to_owned));
        let country = code.unwrap_or_default();
        serde_json::json!({ "id": p.id, "country": country })
    };
    let rows: Vec<Value> = phrases.par_iter().map(coded).collect();
    let out = shared.write_rows("events-actors.jsonl", &rows)?;
    let said = Shared::python(
        &shared.path("tools/score_events.py"),
        &[&shared.path(ACTORS), &out],
        &["--actors", "--json"],
    )?;
    let found = said["country"]["acc"]
        .as_f64()
        .or_else(|| said["country"]["accuracy"].as_f64());
    found.with_context(|| format!("no accuracy of countries in {said}"))
}

fn percent(v: &Value) -> f64 {
    v.as_f64().unwrap_or(0.0)
}
