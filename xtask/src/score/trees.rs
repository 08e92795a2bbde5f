//! Scores `trees`: parts of speech, lemmas and trees on gold tokens, per treebank.

use anyhow::Result;
use onrecord_language::{SentenceAnalysis, Syntax};

use super::{Figure, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task { name: "trees", run };

/// Sentences of each treebank in a quick run.
const QUICK: usize = 400;

/// A sentence's gold: for each word its columns, and its head's place.
struct Gold {
    rows: Vec<Vec<String>>,
}

#[derive(Default)]
struct Counts {
    words: usize,
    upos: usize,
    lemma: usize,
    head: usize,
    relation: usize,
}

fn run(shared: &Shared, quick: bool) -> Result<Vec<Figure>> {
    let syntax = Syntax::new()?;
    let mut figures = Vec::new();
    for (name, file) in [("ewt", "ewt-dev"), ("gum", "gum-dev")] {
        let mut gold = sentences(&shared.text(&format!("data/ud/{file}.conllu.gz"))?);
        if quick {
            gold.truncate(QUICK);
        }
        let words: Vec<Vec<&str>> = gold.iter().map(Gold::words).collect();
        let mut counts = Counts::default();
        for (gold, found) in gold.iter().zip(syntax.analyse(&words)) {
            counts.add(gold, &found);
        }
        let percent = |n: usize| 100.0 * n as f64 / counts.words.max(1) as f64;
        figures.push(Figure::aim(
            format!("{name} upos"),
            percent(counts.upos),
            96.5,
        ));
        figures.push(Figure::new(format!("{name} lemma"), percent(counts.lemma)));
        figures.push(Figure::new(format!("{name} uas"), percent(counts.head)));
        figures.push(Figure::aim(
            format!("{name} las"),
            percent(counts.relation),
            85.0,
        ));
    }
    Ok(figures)
}

fn sentences(conllu: &str) -> Vec<Gold> {
    let word = |line: &str| -> Option<Vec<String>> {
        let row: Vec<String> = line.split('\t').map(str::to_owned).collect();
        (row.len() > 7 && row[0].parse::<usize>().is_ok()).then_some(row)
    };
    let blocks = conllu.split("\n\n").map(|block| Gold {
        rows: block.lines().filter_map(word).collect(),
    });
    blocks.filter(|g| !g.rows.is_empty()).collect()
}

impl Gold {
    fn words(&self) -> Vec<&str> {
        self.rows.iter().map(|r| r[1].as_str()).collect()
    }
}

impl Counts {
    fn add(&mut self, gold: &Gold, found: &SentenceAnalysis) {
        for (row, word) in gold.rows.iter().zip(&found.words) {
            let head = word.head.map_or(0, |h| h + 1).to_string() == row[6];
            self.words += 1;
            self.upos += usize::from(word.upos.as_str() == row[3]);
            self.lemma += usize::from(word.lemma == row[2]);
            self.head += usize::from(head);
            self.relation += usize::from(head && word.relation.as_str() == row[7]);
        }
    }
}
