//! Time expressions against TimeBank and AQUAINT: the day of the document is given as the day of
//! publication, the rest is read from the bytes.

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::shared::published;
use super::{Figure, Run, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "time",
    run: Run::Beside(run),
};

const SETS: &[(&str, &str)] = &[
    ("timebank", "data/time/tbaq-timebank.jsonl.gz"),
    ("aquaint", "data/time/tbaq-aquaint.jsonl.gz"),
];

#[derive(Deserialize)]
struct Gold {
    id: String,
    text: String,
    dct: Option<String>,
}

#[derive(Serialize)]
struct Predicted {
    id: String,
    timexes: Vec<Timex>,
}

#[derive(Serialize)]
struct Timex {
    start: u32,
    end: u32,
    #[serde(rename = "type")]
    kind: &'static str,
    value: String,
}

fn run(shared: &Shared, _quick: bool) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let (mut all_gold, mut all_read) = (String::new(), Vec::new());
    for (name, path) in SETS {
        let gold: Vec<Gold> = shared.rows(path)?;
        let predicted: Vec<Predicted> = gold
            .par_iter()
            .map(|g| read(shared, g))
            .collect::<Result<_>>()?;
        let file = shared.write_rows(&format!("time-{name}.jsonl"), &predicted)?;
        let scores = shared.scorer("score_timex.py", &[&shared.path(path), &file])?;
        for (figure, key, _) in FIGURES {
            figures.push(Figure::new(format!("{name} {figure}"), get(&scores, key)?));
        }
        all_gold += &shared.text(path)?;
        all_read.extend(predicted);
    }
    let gold = shared.scratch("time-gold.jsonl");
    std::fs::write(&gold, all_gold)?;
    let file = shared.write_rows("time.jsonl", &all_read)?;
    let scores = shared.scorer("score_timex.py", &[&gold, &file])?;
    for (figure, key, aim) in FIGURES {
        let (name, value) = (format!("both {figure}"), get(&scores, key)?);
        figures.push(match aim {
            Some(aim) => Figure::aim(name, value, *aim),
            None => Figure::new(name, value),
        });
    }
    Ok(figures)
}

/// A figure's name, the scorer's key for it, and what both sets together should reach.
const FIGURES: &[(&str, &str, Option<f64>)] = &[
    ("value f1", "value_f1", Some(78.0)),
    ("type f1", "type_f1", Some(85.0)),
    ("relaxed f1", "relaxed_f1", Some(92.0)),
    ("strict f1", "strict_f1", None),
];

fn read(shared: &Shared, gold: &Gold) -> Result<Predicted> {
    let day = gold.dct.as_deref().and_then(|d| d.get(..10));
    let record = shared.reader().read(gold.text.as_bytes(), &published(day)?);
    let timex = |t: &onrecord_model::TimeMention| Timex {
        start: t.span.start(),
        end: t.span.end(),
        kind: t.kind.as_str(),
        value: t.value.clone(),
    };
    Ok(Predicted {
        id: gold.id.clone(),
        timexes: record.times.iter().map(timex).collect(),
    })
}

fn get(scores: &Value, key: &str) -> Result<f64> {
    scores[key]
        .as_f64()
        .with_context(|| format!("the scorer printed no `{key}`"))
}
