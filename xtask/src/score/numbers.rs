//! Money, percentages, numbers and ordinals against the Recognizers specifications: the share of
//! inputs from which exactly the expected values are read, with the currency where the case states
//! its ISO code.

use anyhow::Result;
use onrecord_extract::{Numeral, NumeralKind, numerals};
use onrecord_model::Amount;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use super::shared::published;
use super::{Figure, Run, Shared, Task, datetime};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "numbers",
    run: Run::Beside(run),
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

/// Whether exactly what a case expects is read from its input.
type Fits = fn(&Shared, &Case) -> Result<bool>;

fn run(shared: &Shared, _quick: bool) -> Result<Vec<Figure>> {
    let kinds: [(&str, Fits); 4] = [
        ("currency", |s, c| amounts(s, c, true)),
        ("percentage", |s, c| amounts(s, c, false)),
        ("number", |_, c| Ok(cardinals(c))),
        ("ordinal", |_, c| Ok(ordinals(c))),
    ];
    let figure = |(kind, fits): (&str, Fits)| {
        let path = format!("data/numbers/recognizers-{kind}.jsonl.gz");
        let cases: Vec<Case> = shared.rows(&path)?;
        let right: Vec<bool> = cases
            .par_iter()
            .map(|c| fits(shared, c))
            .collect::<Result<_>>()?;
        let share = right.iter().filter(|r| **r).count() as f64 / right.len().max(1) as f64;
        Ok(Figure::aim(format!("{kind} right"), 100.0 * share, 95.0))
    };
    let mut all: Vec<Figure> = kinds.into_iter().map(figure).collect::<Result<_>>()?;
    all.extend(datetime::figures(shared)?);
    Ok(all)
}

/// Money or percentages, from the record of the input.
fn amounts(shared: &Shared, case: &Case, money: bool) -> Result<bool> {
    let record = shared
        .reader()
        .read(case.input.as_bytes(), &published(None)?);
    let of_kind = |a: &&Amount| {
        if money {
            a.why.0 == "amounts/money"
        } else {
            a.unit.as_deref() == Some("percent")
        }
    };
    let got = record.amounts.iter().filter(of_kind);
    let got = got.map(|a| (a.value.clone(), a.currency.clone())).collect();
    Ok(matched(case, got))
}

fn cardinals(case: &Case) -> bool {
    let cardinal = |n: &Numeral| match n.kind {
        NumeralKind::Cardinal(v) => Some((v.to_string(), None)),
        _ => None,
    };
    matched(
        case,
        numerals(&case.input).iter().filter_map(cardinal).collect(),
    )
}

fn ordinals(case: &Case) -> bool {
    let ordinal = |n: &Numeral| match n.kind {
        NumeralKind::Ordinal(v) => Some((v.to_string(), None)),
        NumeralKind::Relative(from, by) => Some((format!("{from:?}{by:+}").to_lowercase(), None)),
        NumeralKind::Cardinal(_) => None,
    };
    matched(
        case,
        numerals(&case.input).iter().filter_map(ordinal).collect(),
    )
}

/// Whether what was read is what the case wants, no more and no less.
fn matched(case: &Case, mut got: Vec<Reading>) -> bool {
    let left = case.expected.iter().filter_map(|e| wanted(&e.resolution));
    let mut left = left;
    let all = left.all(|(value, code)| {
        let hit = got
            .iter()
            .position(|(v, c)| same(v, &value) && (code.is_none() || *c == code));
        hit.map(|i| got.remove(i)).is_some()
    });
    all && got.is_empty()
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
    a == b || (number(a) - number(b)).abs() <= 1e-9 * number(b).abs()
}
