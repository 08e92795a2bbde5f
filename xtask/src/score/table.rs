//! The table of figures, printed, written and compared.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::shared::repository;
use super::{Figure, Task};

/// How far a figure may fall before `--check` tells, as a share. Scorers that print percent keep
/// their unit.
const TOLERANCE: f64 = 0.01;

/// What came of a task.
pub(crate) struct Row {
    name: &'static str,
    result: Result<Vec<Figure>>,
}

impl Row {
    /// Puts a task and its result together.
    pub(crate) fn of(task: &Task, result: Result<Vec<Figure>>) -> Self {
        Self {
            name: task.name,
            result,
        }
    }
}

/// Prints every figure with its target.
pub(crate) fn print(rows: &[Row]) {
    println!(
        "{:12} {:42} {:>7} {:>7}",
        "task", "figure", "value", "target"
    );
    for row in rows {
        match &row.result {
            Err(why) => println!("{:12} failed: {why:#}", row.name),
            Ok(figures) if figures.is_empty() => println!("{:12} nothing scored yet", row.name),
            Ok(figures) => figures.iter().for_each(|f| line(row.name, f)),
        }
    }
}

fn line(task: &str, figure: &Figure) {
    let (target, verdict) = match figure.target {
        Some(t) if figure.value >= t => (format!("{t:.3}"), "reached"),
        Some(t) => (format!("{t:.3}"), "below"),
        None => (String::new(), ""),
    };
    let row = format!(
        "{task:12} {:42} {:7.3} {target:>7} {verdict}",
        figure.name, figure.value
    );
    println!("{}", row.trim_end());
}

/// Writes one file a task, keys sorted.
///
/// # Errors
/// When a file cannot be written, or a task failed.
pub(crate) fn write(rows: &[Row], quick: bool) -> Result<()> {
    for row in rows {
        let Ok(figures) = &row.result else { continue };
        if figures.is_empty() {
            continue;
        }
        let sorted: BTreeMap<&str, f64> =
            figures.iter().map(|f| (f.name.as_str(), f.value)).collect();
        let mut out = String::from("# Written by `cargo xtask score`; higher is better.\n");
        for (name, value) in sorted {
            writeln!(out, "{name:?} = {value:.4}")?;
        }
        let path = file(row.name, quick);
        fs::create_dir_all(repository().join("scores"))?;
        fs::write(path, out)?;
    }
    failed(rows)
}

/// Compares with the committed files. Every fall is told; one of a figure with a target fails.
/// The others count a handful of entries, where one more or less is no news.
///
/// # Errors
/// When a figure with a target fell by more than the tolerance, or a task failed.
pub(crate) fn check(rows: &[Row], quick: bool) -> Result<()> {
    let mut drops = Vec::new();
    for row in rows {
        let (Ok(figures), Ok(text)) = (&row.result, fs::read_to_string(file(row.name, quick)))
        else {
            continue;
        };
        let before: BTreeMap<String, f64> = toml::from_str(&text)?;
        for f in figures {
            let Some(&was) = before.get(&f.name) else {
                continue;
            };
            let unit = if was.max(f.value) > 1.0 { 100.0 } else { 1.0 };
            if f.value < was - TOLERANCE * unit {
                let fall = format!("{} {}: {was:.4} -> {:.4}", row.name, f.name, f.value);
                println!("fell: {fall}");
                if f.target.is_some() {
                    drops.push(fall);
                }
            }
        }
    }
    failed(rows)?;
    if !drops.is_empty() {
        bail!("scores fell\n  {}", drops.join("\n  "));
    }
    println!("no score with a target fell");
    Ok(())
}

fn failed(rows: &[Row]) -> Result<()> {
    let failed: Vec<&str> = rows
        .iter()
        .filter(|r| r.result.is_err())
        .map(|r| r.name)
        .collect();
    if failed.is_empty() {
        return Ok(());
    }
    bail!("these tasks failed: {}", failed.join(", "))
}

/// Quick figures stand beside the full ones: they measure a part of the data.
fn file(task: &str, quick: bool) -> PathBuf {
    let name = format!("{task}{}.toml", if quick { ".quick" } else { "" });
    repository().join("scores").join(name)
}
