//! Scores `coreference`: GAP's pronouns, and clusters of the GUM corpus in OntoNotes' scheme.
//!
//! Everything is found from the raw text; a span is right when the same characters are a span. A
//! cluster of one span does not count. With gold words only the syntax and what rests on it is
//! found. GAP: a pronoun and a name are one when a phrase headed by the name is in the pronoun's
//! cluster.

use std::collections::BTreeMap;

use anyhow::Result;
use onrecord_language::{Coreference, Pipeline, Syntax, cut};
use onrecord_model::{
    Document, Expression, Relation, Report, SegmentLabel, Sentence, SentenceId, Text, TextRange,
    Token, TokenRange,
};
use serde::Deserialize;

use super::clusters::{Measures, Place};
use super::{Figure, Run, Shared, Task};
use crate::tokens::report;

/// The task.
pub(crate) const TASK: Task = Task {
    name: "coreference",
    run: Run::Beside(run),
};

/// Documents and items in a quick run.
const QUICK: (usize, usize) = (12, 150);

/// A document of the corpus.
#[derive(Deserialize)]
struct Gum {
    text: String,
    offsets: Vec<Place>,
    sentences: Vec<(usize, usize)>,
    ontogum: Vec<(usize, usize, u32)>,
}

/// An item of GAP.
#[derive(Deserialize)]
struct Gap {
    text: String,
    pronoun: Place,
    a: Place,
    b: Place,
    a_coref: bool,
    b_coref: bool,
}

fn run(shared: &Shared, quick: bool) -> Result<Vec<Figure>> {
    let pipeline = pipeline()?;
    let mut documents: Vec<Gum> = shared.rows("data/coref/gum-dev.jsonl.gz")?;
    let mut items: Vec<Gap> = shared.rows("data/coref/gap-dev.jsonl.gz")?;
    if quick {
        documents.truncate(QUICK.0);
        items.truncate(QUICK.1);
    }
    let mut figures = gap(&pipeline, &items);
    let (mut raw, mut gold) = (Measures::default(), Measures::default());
    for d in &documents {
        let wanted = d.wanted();
        raw.add(&wanted, &clusters(&analysed(&pipeline, &d.text)));
        gold.add(&wanted, &clusters(&d.analysed(&pipeline)));
    }
    figures.push(Figure::aim("gum conll f1", raw.conll(), 58.0));
    figures.push(Figure::new("gum muc f1", raw.muc.f1()));
    figures.push(Figure::new("gum b3 f1", raw.b3.f1()));
    figures.push(Figure::new("gum ceafe f1", raw.ceafe.f1()));
    figures.push(Figure::new("gum mentions f1", raw.mentions.f1()));
    figures.push(Figure::new("gum gold words conll f1", gold.conll()));
    Ok(figures)
}

/// The annotators that coreference rests on, and itself.
pub(crate) fn pipeline() -> Result<Pipeline> {
    Ok(Pipeline::new(vec![
        Box::new(Syntax::new()?),
        Box::new(Coreference::new()?),
    ])?)
}

/// A text with its layers.
pub(crate) fn analysed(pipeline: &Pipeline, text: &str) -> Document {
    let report = report(text, &[(SegmentLabel::Body, text.len())]);
    let mut document = cut(&report);
    pipeline.run(&report, &mut document);
    document
}

/// The characters of a range of tokens.
pub(crate) fn place(document: &Document, tokens: TokenRange) -> Option<Place> {
    let span = document.text().span(document.range(tokens)).ok()?;
    Some((span.start(), span.end()))
}

fn clusters(document: &Document) -> Vec<Vec<Place>> {
    let all = document.coreference();
    let spans = |c: usize| {
        let members = all.cluster(c as u32);
        members
            .filter_map(|e| place(document, e.tokens))
            .collect::<Vec<_>>()
    };
    let found = (0..all.clusters().len()).map(spans);
    found.filter(|c| c.len() > 1).collect()
}

impl Gum {
    fn wanted(&self) -> Vec<Vec<Place>> {
        let mut by: BTreeMap<u32, Vec<Place>> = BTreeMap::new();
        for (first, end, cluster) in &self.ontogum {
            if let (Some(from), Some(to)) = (self.offsets.get(*first), self.offsets.get(*end - 1)) {
                by.entry(*cluster).or_default().push((from.0, to.1));
            }
        }
        by.into_values().collect()
    }

    /// With the corpus's own sentences and words.
    fn analysed(&self, pipeline: &Pipeline) -> Document {
        let report: Report = report(&self.text, &[(SegmentLabel::Body, self.text.len())]);
        let mut bytes: Vec<u32> = self.text.char_indices().map(|(i, _)| i as u32).collect();
        bytes.push(self.text.len() as u32);
        let at = |c: u32| bytes.get(c as usize).copied().unwrap_or_default();
        let (mut sentences, mut tokens) = (Vec::new(), Vec::new());
        let mut paragraph = 0;
        for (n, (first, end)) in self.sentences.iter().enumerate() {
            let own = &self.offsets[*first..*end];
            let (Some(low), Some(high)) = (own.first(), own.last()) else {
                continue;
            };
            let range = TextRange::new(at(low.0), at(high.1));
            if let Some(Sentence { range: last, .. }) = sentences.last() {
                let between = &self.text[last.end as usize..range.start as usize];
                paragraph += u32::from(between.contains('\n'));
            }
            sentences.push(Sentence {
                tokens: TokenRange::new(*first as u32, *end as u32),
                range,
                paragraph,
                segment: SegmentLabel::Body,
            });
            tokens.extend(
                own.iter()
                    .map(|o| word(TextRange::new(at(o.0), at(o.1)), n)),
            );
        }
        let mut document = Document::new(Text::new(self.text.as_str()), sentences, tokens);
        pipeline.run(&report, &mut document);
        document
    }
}

fn word(range: TextRange, sentence: usize) -> Token {
    Token {
        range,
        sentence: SentenceId(sentence as u32),
        upos: onrecord_model::Upos::X,
        xpos: "".into(),
        morph: onrecord_model::Morph::default(),
        lemma: "".into(),
        head: None,
        relation: Relation::default(),
        happened: 0,
    }
}

/// Right, found, wanted.
type Counts = [f64; 3];

fn gap(pipeline: &Pipeline, items: &[Gap]) -> Vec<Figure> {
    let (mut he, mut she) = (Counts::default(), Counts::default());
    for item in items {
        let document = analysed(pipeline, &item.text);
        let with = cluster_of(&document, item.pronoun);
        let (start, end) = item.pronoun;
        let words = item.text.chars().skip(start as usize);
        let pronoun: String = words.take((end - start) as usize).collect();
        let masculine = pronoun.to_lowercase().starts_with("hi") || pronoun.to_lowercase() == "he";
        let counts = if masculine { &mut he } else { &mut she };
        for (name, wanted) in [(item.a, item.a_coref), (item.b, item.b_coref)] {
            let found = with.iter().any(|e| inside(&document, e, name));
            let [right, all, due] = counts;
            *right += f64::from(u8::from(found && wanted));
            *all += f64::from(u8::from(found));
            *due += f64::from(u8::from(wanted));
        }
    }
    let f1 = |c: Counts| 200.0 * c[0] / (c[1] + c[2]).max(1.0);
    let both = [0, 1, 2].map(|i| he[i] + she[i]);
    vec![
        Figure::aim("gap f1", f1(both), 75.0),
        Figure::new("gap precision", 100.0 * both[0] / both[1].max(1.0)),
        Figure::new("gap recall", 100.0 * both[0] / both[2].max(1.0)),
        Figure::new("gap masculine f1", f1(he)),
        Figure::new("gap feminine f1", f1(she)),
        Figure::new("gap bias", f1(she) / f1(he).max(1.0)),
    ]
}

/// The other phrases of the cluster of the phrase that is exactly these characters.
fn cluster_of(document: &Document, pronoun: Place) -> Vec<Expression> {
    let all = document.coreference();
    let own = all
        .expressions()
        .iter()
        .find(|e| place(document, e.tokens) == Some(pronoun));
    own.map_or(Vec::new(), |e| all.cluster(e.cluster).copied().collect())
}

/// Whether the phrase's head lies in these characters.
fn inside(document: &Document, e: &Expression, name: Place) -> bool {
    let head = place(document, TokenRange::one(e.head));
    head.is_some_and(|h| name.0 <= h.0 && h.1 <= name.1)
}
