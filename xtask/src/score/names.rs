//! Scores `names`: persons, organisations and places on gold tokens, exact spans, per corpus.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::Result;
use onrecord_language::Syntax;
use onrecord_model::NameKind;

use super::{Figure, Run, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "names",
    run: Run::Beside(run),
};

/// Sentences of each corpus in a quick run.
const QUICK: usize = 500;

type Span = (usize, usize, &'static str);

fn run(shared: &Shared, quick: bool) -> Result<Vec<Figure>> {
    let syntax = Syntax::new()?;
    let corpora = [
        ("gum", "gum-dev", 72.0),
        ("uner ewt", "uner_ewt-dev", 72.0),
        ("crossner politics", "crossner_politics-dev", 58.0),
    ];
    let mut figures = Vec::new();
    for (name, file, aim) in corpora {
        let text = shared.text(&format!("data/ner/{file}.tsv.gz"))?;
        let mut gold: Vec<Vec<(&str, &str)>> = text.split("\n\n").map(rows).collect();
        if quick {
            gold.truncate(QUICK);
        }
        let words: Vec<Vec<&str>> = gold
            .iter()
            .map(|s| s.iter().map(|r| r.0).collect())
            .collect();
        let (mut right, mut all) = (0, 0);
        for (gold, found) in gold.iter().zip(syntax.analyse(&words)) {
            let want = wanted(gold);
            let got: BTreeSet<Span> = found
                .names
                .iter()
                .filter_map(|(r, k, _)| span(r, *k))
                .collect();
            right += 2 * want.intersection(&got).count();
            all += want.len() + got.len();
        }
        let f1 = 100.0 * f64::from(right as u32) / f64::from(all.max(1) as u32);
        figures.push(Figure::aim(format!("{name} f1"), f1, aim));
    }
    Ok(figures)
}

fn rows(sentence: &str) -> Vec<(&str, &str)> {
    sentence
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .collect()
}

fn span(words: &Range<usize>, kind: NameKind) -> Option<Span> {
    let kind = match kind {
        NameKind::Person => "PER",
        NameKind::Organization => "ORG",
        NameKind::Place => "LOC",
        NameKind::Misc => return None,
    };
    Some((words.start, words.end, kind))
}

/// The spans of BIO labels, of the three kinds that every corpus knows.
fn wanted(rows: &[(&str, &str)]) -> BTreeSet<Span> {
    let mut out: Vec<(usize, usize, &str)> = Vec::new();
    for (i, (_, label)) in rows.iter().enumerate() {
        match (label.split_once('-'), out.last_mut()) {
            (Some(("I", kind)), Some(last)) if last.1 == i && last.2 == kind => last.1 = i + 1,
            (Some((_, kind)), _) => out.push((i, i + 1, kind)),
            _ => {}
        }
    }
    let known = |kind| ["PER", "ORG", "LOC"].into_iter().find(|k| *k == kind);
    out.into_iter()
        .filter_map(|(a, b, kind)| Some((a, b, known(kind)?)))
        .collect()
}
