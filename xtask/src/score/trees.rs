//! Scores `trees`: parts of speech, lemmas and trees per treebank, on gold words, and from raw text.
//!
//! From raw text a word is right when the same characters are a word, hang on the same characters
//! and by the same relation; figures are F1 over words.

use std::collections::BTreeMap;

use anyhow::Result;
use onrecord_language::{SentenceAnalysis, Syntax, cut};
use onrecord_model::SegmentLabel;

use super::{Figure, Run, Shared, Task};
use crate::tokens::report;

/// The task.
pub(crate) const TASK: Task = Task {
    name: "trees",
    run: Run::Beside(run),
};

/// Sentences of each treebank in a quick run.
const QUICK: usize = 400;

/// A sentence's gold: for each word its columns; its text; whether a paragraph begins with it.
#[derive(Default)]
struct Gold {
    rows: Vec<Vec<String>>,
    text: String,
    opens: bool,
}

/// A word by the characters it begins before and ends after, white space not counted.
type Place = (usize, usize);

/// What hangs where: part of speech, place of the head, relation.
type Arcs<'a> = BTreeMap<Place, (&'a str, Option<Place>, &'a str)>;

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
        let raw = from_raw(&syntax, &gold);
        figures.push(Figure::new(format!("{name} raw upos f1"), raw[0]));
        figures.push(Figure::new(format!("{name} raw las f1"), raw[1]));
    }
    Ok(figures)
}

fn sentences(conllu: &str) -> Vec<Gold> {
    let mut out = Vec::new();
    for block in conllu.split("\n\n") {
        let mut gold = Gold::default();
        for line in block.lines() {
            let row: Vec<String> = line.split('\t').map(str::to_owned).collect();
            if let Some(text) = line.strip_prefix("# text = ") {
                text.clone_into(&mut gold.text);
            } else if line.starts_with("# newdoc") || line.starts_with("# newpar id") {
                gold.opens = true;
            } else if row.len() > 7 && row[0].parse::<usize>().is_ok() {
                gold.rows.push(row);
            }
        }
        if !gold.rows.is_empty() {
            out.push(gold);
        }
    }
    out
}

/// F1 of parts of speech and of labelled arcs, from the text alone.
fn from_raw(syntax: &Syntax, gold: &[Gold]) -> [f64; 2] {
    let (mut text, mut at) = (String::new(), 0);
    let mut wanted = Arcs::new();
    for g in gold {
        if !text.is_empty() {
            text.push_str(if g.opens { "\n\n" } else { " " });
        }
        text.push_str(&g.text);
        g.hang(at, &mut wanted);
        at += solid(&g.text);
    }
    let document = cut(&report(&text, &[(SegmentLabel::Body, text.len())]));
    let words = |s: &onrecord_model::Sentence| s.tokens.iter().map(|t| document.form(t)).collect();
    let sentences: Vec<Vec<&str>> = document.sentences().iter().map(words).collect();
    let analysed = syntax.analyse(&sentences);
    let mut before = vec![0; text.len() + 1];
    for (i, c) in text.char_indices() {
        let sum = before[i] + usize::from(!c.is_whitespace());
        before[i + 1..=i + c.len_utf8()].fill(sum);
    }
    let mut found = Arcs::new();
    for (sentence, analysis) in document.sentences().iter().zip(&analysed) {
        let place = |i: usize| {
            let token = document.tokens().get(sentence.tokens.start.index() + i)?;
            Some((
                before[token.range.start as usize],
                before[token.range.end as usize],
            ))
        };
        for (i, w) in analysis.words.iter().enumerate() {
            if let Some(own) = place(i) {
                let arc = (w.upos.as_str(), w.head.and_then(place), w.relation.as_str());
                found.insert(own, arc);
            }
        }
    }
    let both = wanted.iter().filter_map(|(p, w)| Some((w, found.get(p)?)));
    let upos = both.clone().filter(|(w, f)| w.0 == f.0).count();
    let arcs = both.filter(|(w, f)| w.1 == f.1 && w.2 == f.2).count();
    let all = (wanted.len() + found.len()).max(1) as f64;
    [upos, arcs].map(|n| 200.0 * n as f64 / all)
}

/// How many characters are no white space.
fn solid(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

impl Gold {
    fn words(&self) -> Vec<&str> {
        self.rows.iter().map(|r| r[1].as_str()).collect()
    }

    /// Adds its arcs, its first character being number `at`.
    fn hang<'a>(&'a self, mut at: usize, arcs: &mut Arcs<'a>) {
        let mut places = Vec::new();
        for row in &self.rows {
            let end = at + solid(&row[1]);
            places.push((at, end));
            at = end;
        }
        for (row, own) in self.rows.iter().zip(&places) {
            let head = row[6].parse::<usize>().unwrap_or(0);
            let head = head.checked_sub(1).and_then(|h| places.get(h)).copied();
            arcs.insert(*own, (&row[3], head, &row[7]));
        }
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
