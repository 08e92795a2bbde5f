//! Web pages: the article's words, headline, day and authors against the benchmark of pages.
//!
//! The chooser of blocks learned from these pages, so its figure has no aim here: how it does on
//! sites it never saw is told by `training/articles.py`, five folds by web domain, and stands in
//! `crates/onrecord-intake/models`.

use anyhow::{Context as _, Result};
use onrecord_intake::extract;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Figure, Run, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "html",
    run: Run::Beside(run),
};

const GOLD: &str = "data/html/gold.jsonl";

#[derive(Deserialize)]
struct Gold {
    id: String,
    file: String,
    source: String,
}

#[derive(Serialize)]
struct Predicted {
    id: String,
    body: String,
    title: Option<String>,
    authors: Vec<String>,
    date: Option<String>,
}

fn run(shared: &Shared, _quick: bool) -> Result<Vec<Figure>> {
    let gold: Vec<Gold> = shared.rows(GOLD)?;
    let predict = |g: &Gold| -> Result<Predicted> {
        let article = extract(&shared.text(&format!("data/html/{}", g.file))?);
        Ok(Predicted {
            id: g.id.clone(),
            body: article.body.join("\n\n"),
            title: article.headline,
            authors: article.authors,
            date: article.published,
        })
    };
    let predicted: Vec<Predicted> = gold.par_iter().map(predict).collect::<Result<_>>()?;
    let out = shared.write_rows("html.jsonl", &predicted)?;
    let all = shared.scorer("score_extraction.py", &[&shared.path(GOLD), &out])?;
    let mut figures = vec![Figure::new(
        "body f1, pages learned from",
        figure(&all, "f1")?,
    )];
    let rows: Vec<Value> = shared.rows(GOLD)?;
    for source in ["aeb", "fe", "fu"] {
        let own = gold.iter().zip(&rows).filter(|(g, _)| g.source == source);
        let own: Vec<&Value> = own.map(|(_, row)| row).collect();
        let part = shared.write_rows(&format!("html-{source}.jsonl"), &own)?;
        let said = shared.scorer("score_extraction.py", &[&part, &out])?;
        figures.push(Figure::new(
            format!("body f1, pages learned from, {source}"),
            figure(&said, "f1")?,
        ));
    }
    figures.extend([
        Figure::aim("title exact", figure(&all, "title_exact")?, 0.95),
        Figure::aim("date", figure(&all, "date_day")?, 0.90),
        Figure::aim("authors f1", figure(&all, "author_f1")?, 0.86),
    ]);
    Ok(figures)
}

fn figure(said: &Value, name: &str) -> Result<f64> {
    said[name]
        .as_f64()
        .with_context(|| format!("no figure `{name}`"))
}
