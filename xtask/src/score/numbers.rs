//! Money and percentages against the Recognizers specifications: the share of inputs from which
//! exactly the expected values are read, with the currency where the case states its ISO code.

use anyhow::Result;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use super::shared::published;
use super::{Figure, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "numbers",
    run,
};

#[derive(Deserialize)]
struct Case {
    input: String,
    expected: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    #[serde(default)]
    resolution: Value,
}

/// A value and, where the case says it, an ISO 4217 code.
type Reading = (String, Option<String>);

fn run(shared: &Shared, _quick: bool) -> Result<Vec<Figure>> {
    let kinds = [("currency", true), ("percentage", false)];
    let figure = |(kind, money): (&str, bool)| {
        let path = format!("data/numbers/recognizers-{kind}.jsonl.gz");
        let cases: Vec<Case> = shared.rows(&path)?;
        let right: Vec<bool> = cases
            .par_iter()
            .map(|c| fits(shared, c, money))
            .collect::<Result<_>>()?;
        let share = right.iter().filter(|r| **r).count() as f64 / right.len().max(1) as f64;
        Ok(Figure::aim(format!("{kind} right"), 100.0 * share, 95.0))
    };
    kinds.into_iter().map(figure).collect()
}

fn fits(shared: &Shared, case: &Case, money: bool) -> Result<bool> {
    let record = shared
        .reader()
        .read(case.input.as_bytes(), &published(None)?);
    let mut got: Vec<Reading> = record
        .amounts
        .iter()
        .filter(|a| {
            a.currency.is_some() == money && (money || a.unit.as_deref() == Some("percent"))
        })
        .map(|a| (a.value.clone(), a.currency.clone()))
        .collect();
    let mut left = case.expected.iter().filter_map(|e| wanted(&e.resolution));
    let all = left.all(|(value, code)| {
        let hit = got
            .iter()
            .position(|(v, c)| same(v, &value) && (code.is_none() || *c == code));
        hit.map(|i| got.remove(i)).is_some()
    });
    Ok(all && got.is_empty())
}

/// What a case wants: cents are hundredths here; a case without a value wants nothing.
fn wanted(resolution: &Value) -> Option<Reading> {
    let value = resolution["value"].as_str()?.trim_end_matches('%');
    let minor = matches!(
        resolution["unit"].as_str(),
        Some("Cent" | "Penny" | "Pence")
    );
    let value = if minor {
        (value.parse::<f64>().ok()? / 100.0).to_string()
    } else {
        value.to_owned()
    };
    let code = resolution["isoCurrency"].as_str().map(ToOwned::to_owned);
    (value != "null").then_some((value, code))
}

fn same(a: &str, b: &str) -> bool {
    let number = |s: &str| s.parse::<f64>().unwrap_or(f64::NAN);
    (number(a) - number(b)).abs() <= 1e-9 * number(b).abs()
}
