//! Minimal pairs: groups of sentences that differ in one thing.

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use super::shared::published;
use super::{Figure, Run, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "pairs",
    run: Run::Beside(run),
};

const ITEMS: &str = "data/pairs/dev.jsonl";

#[derive(Deserialize)]
struct Item {
    text: String,
    published: String,
}

fn run(shared: &Shared, _quick: bool) -> Result<Vec<Figure>> {
    let items: Vec<Item> = shared.rows(ITEMS)?;
    let records: Vec<_> = items
        .par_iter()
        .map(|item| {
            let envelope = published(Some(&item.published))?;
            Ok(shared.reader().read(item.text.as_bytes(), &envelope))
        })
        .collect::<Result<_>>()?;
    let produced = shared.write_rows("pairs.jsonl", &records)?;
    let said = shared.scorer("score_pairs.py", &[&shared.path(ITEMS), &produced])?;
    let mut figures = Vec::new();
    share(&mut figures, "all", &said["all"]);
    let areas = said["areas"].as_object().context("no areas")?;
    for (area, row) in areas {
        share(&mut figures, area, row);
    }
    Ok(figures)
}

/// Adds the share of items and of groups that are right.
fn share(figures: &mut Vec<Figure>, name: &str, row: &Value) {
    for unit in ["items", "groups"] {
        let of = |k: &str| row[k].as_f64().unwrap_or(0.0);
        let value = of(&format!("{unit}_right")) / of(unit).max(1.0);
        figures.push(Figure::new(format!("{name} {unit}"), value));
    }
}
