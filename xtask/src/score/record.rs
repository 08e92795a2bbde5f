//! Whole records against hand-made gold: the seed and the five reports.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde_json::Value;

use super::shared::published;
use super::{Figure, Run, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "record",
    run: Run::Beside(run),
};

/// Parts of the seed's score with what they should reach.
const SEED: &[(&str, f64)] = &[
    ("report", 1.0),
    ("credits", 1.0),
    ("conversions", 1.0),
    ("segments", 1.0),
    ("statements", 0.85),
];

/// Right, extra and missing: summed over the parts of a record.
#[derive(Clone, Copy, Default)]
struct Counts {
    right: f64,
    extra: f64,
    missing: f64,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.extra += other.extra;
        self.missing += other.missing;
    }

    /// Nothing to find, and nothing found.
    fn is_empty(self) -> bool {
        self.right + self.extra + self.missing == 0.0
    }

    fn f1(self) -> f64 {
        let all = 2.0 * self.right + self.extra + self.missing;
        if all == 0.0 {
            0.0
        } else {
            2.0 * self.right / all
        }
    }
}

/// One report's score: every part.
struct Scored {
    name: String,
    parts: Vec<(String, Counts)>,
}

impl Scored {
    fn everything(&self) -> f64 {
        let mut sum = Counts::default();
        self.parts.iter().for_each(|(_, c)| sum.add(*c));
        sum.f1()
    }
}

fn run(shared: &Shared, _quick: bool) -> Result<Vec<Figure>> {
    let seed = score(
        shared,
        "seed",
        &shared.path("seed/report.txt"),
        &shared.path("seed/gold.json"),
    )?;
    let mut figures = vec![Figure::aim("seed everything", seed.everything(), 0.70)];
    for (part, counts) in &seed.parts {
        let target = SEED.iter().find(|(name, _)| name == part).map(|(_, t)| *t);
        figures.push(Figure {
            target,
            ..Figure::new(format!("seed {part}"), counts.f1())
        });
    }
    let reports = reports(shared)?;
    let scored: Vec<Scored> = reports
        .par_iter()
        .map(|(name, gold)| {
            score(
                shared,
                name,
                &gold.with_file_name(format!("{name}.txt")),
                gold,
            )
        })
        .collect::<Result<_>>()?;
    let mean = scored.iter().map(Scored::everything).sum::<f64>() / scored.len().max(1) as f64;
    figures.push(Figure::aim("reports everything (mean)", mean, 0.50));
    for s in &scored {
        figures.push(Figure::new(
            format!("reports {} everything", s.name),
            s.everything(),
        ));
    }
    for (part, counts) in pooled(&scored) {
        if counts.is_empty() {
            continue;
        }
        figures.push(Figure::new(format!("reports {part}"), counts.f1()));
    }
    Ok(figures)
}

/// The gold of every report, by name.
fn reports(shared: &Shared) -> Result<Vec<(String, PathBuf)>> {
    let mut out = Vec::new();
    for entry in fs::read_dir(shared.path("reports"))? {
        let path = entry?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        if let Some(name) = file.strip_suffix(".gold.json") {
            out.push((name.to_owned(), path.clone()));
        }
    }
    out.sort();
    Ok(out)
}

fn score(shared: &Shared, name: &str, report: &PathBuf, gold: &PathBuf) -> Result<Scored> {
    let given: Value = serde_json::from_slice(&fs::read(gold)?)?;
    let envelope = published(given["given"]["published"].as_str())?;
    let record = shared.reader().read(&fs::read(report)?, &envelope);
    let out = shared.scratch(&format!("record-{name}.json"));
    fs::write(&out, serde_json::to_vec(&record)?)?;
    let said = shared.scorer("score_record.py", &[gold, report, &out])?;
    let parts = said["parts"].as_object().context("no parts")?;
    let count = |v: &Value, k: &str| v[k].as_f64().unwrap_or(0.0);
    let parts = parts.iter().map(|(part, v)| {
        let counts = Counts {
            right: count(v, "tp"),
            extra: count(v, "fp"),
            missing: count(v, "fn"),
        };
        (part.clone(), counts)
    });
    Ok(Scored {
        name: name.to_owned(),
        parts: parts.collect(),
    })
}

/// The parts summed over reports, in the order they first appear.
fn pooled(scored: &[Scored]) -> Vec<(String, Counts)> {
    let mut out: Vec<(String, Counts)> = Vec::new();
    for (part, counts) in scored.iter().flat_map(|s| &s.parts) {
        match out.iter_mut().find(|(p, _)| p == part) {
            Some((_, sum)) => sum.add(*counts),
            None => out.push((part.clone(), *counts)),
        }
    }
    out
}
