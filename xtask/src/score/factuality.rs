//! How surely predicates happened, on the development half of UDS It-Happened over the English Web
//! Treebank.
//!
//! Two readings of the same predicates: the syntax model's own estimate, from 3 (certainly) to -3
//! (certainly not), and the rules', which the record shows. A predicate is negative in the gold when
//! its label is below zero: most of these are plans, questions and requests, which have not happened
//! yet, so the rules' negative is whatever they do not take for done: denied, to come, or unsure.

use anyhow::Result;
use onrecord::Envelope;
use onrecord::model::{Certainty, Phase, Polarity, TextRange};
use onrecord_extract::{Context, factuality};
use onrecord_language::Syntax;
use rayon::prelude::*;
use serde::Deserialize;

use super::{Figure, Run, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "factuality",
    run: Run::Beside(run),
};

const DEV: &str = "data/factuality/uds-dev.jsonl.gz";
/// Sentences of a quick run.
const QUICK: usize = 300;

#[derive(Deserialize)]
struct Sentence {
    text: String,
    tokens: Vec<String>,
    predicates: Vec<Predicate>,
}

#[derive(Deserialize)]
struct Predicate {
    token: usize,
    label: f64,
}

fn run(shared: &Shared, quick: bool) -> Result<Vec<Figure>> {
    let mut gold: Vec<Sentence> = shared.rows(DEV)?;
    if quick {
        gold.truncate(QUICK);
    }
    let syntax = Syntax::new()?;
    let words: Vec<Vec<&str>> = gold
        .iter()
        .map(|s| s.tokens.iter().map(String::as_str).collect())
        .collect();
    let analysed = syntax.analyse(&words);
    let mut labels = Vec::new();
    let mut model = Vec::new();
    for (sentence, analysis) in gold.iter().zip(&analysed) {
        for p in &sentence.predicates {
            if let Some(token) = p.token.checked_sub(1).and_then(|i| analysis.words.get(i)) {
                labels.push(p.label);
                model.push(f64::from(token.happened));
            }
        }
    }
    let rules: Vec<(f64, f64)> = gold.par_iter().flat_map(|s| by_rules(shared, s)).collect();
    let (read, read_labels): (Vec<f64>, Vec<f64>) = rules.into_iter().unzip();
    Ok(vec![
        Figure::new("uds model pearson r", pearson(&model, &labels)),
        Figure::aim("uds model negative f1", negative(&model, &labels), 0.65),
        Figure::new("uds rules pearson r", pearson(&read, &read_labels)),
        Figure::aim("uds rules negative f1", negative(&read, &read_labels), 0.65),
    ])
}

/// The rules' reading of each predicate on the scale of the gold, with its label.
fn by_rules(shared: &Shared, sentence: &Sentence) -> Vec<(f64, f64)> {
    let envelope = Envelope::default();
    let reading = shared.reader().study(sentence.text.as_bytes(), &envelope);
    let cx = Context {
        report: &reading.record.report,
        document: &reading.document,
    };
    let places = places(sentence);
    let mut out = Vec::new();
    for p in &sentence.predicates {
        let Some(range) = p.token.checked_sub(1).and_then(|i| *places.get(i)?) else {
            continue;
        };
        let Some(token) = reading.document.tokens_in(range).iter().next() else {
            continue;
        };
        let read = factuality::of(&cx, token, None);
        let sure = match read.factuality.certainty {
            Certainty::Certain => 3.0,
            Certainty::Probable => 1.5,
            Certainty::Possible => -0.75,
            Certainty::Unknown => -1.5,
        };
        let denied = read.factuality.polarity == Polarity::Negative;
        let value = match (denied, read.phase) {
            (true, _) => -3.0,
            (false, Some(Phase::Planned)) => -1.5,
            (false, _) => sure,
        };
        out.push((value, p.label));
    }
    out
}

/// Where the words of a sentence stand in its text.
fn places(sentence: &Sentence) -> Vec<Option<TextRange>> {
    let mut at = 0;
    let place = |word: &String| {
        let start = at + sentence.text.get(at..)?.find(word.as_str())?;
        at = start + word.len();
        Some(TextRange::of(start, at))
    };
    sentence.tokens.iter().map(place).collect()
}

fn pearson(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().max(1) as f64;
    let mean = |v: &[f64]| v.iter().sum::<f64>() / n;
    let (ma, mb) = (mean(a), mean(b));
    let both: f64 = a.iter().zip(b).map(|(x, y)| (x - ma) * (y - mb)).sum();
    let spread = |v: &[f64], m: f64| v.iter().map(|x| (x - m).powi(2)).sum::<f64>().sqrt();
    both / (spread(a, ma) * spread(b, mb)).max(f64::MIN_POSITIVE)
}

/// F1 of what is below zero.
fn negative(guess: &[f64], gold: &[f64]) -> f64 {
    let pairs = || guess.iter().zip(gold);
    let hits = pairs().filter(|(g, l)| **g < 0.0 && **l < 0.0).count();
    let said = guess.iter().filter(|g| **g < 0.0).count();
    let all = gold.iter().filter(|l| **l < 0.0).count();
    2.0 * hits as f64 / ((said + all).max(1)) as f64
}
