//! Scores attribution on PolNeAR: source, cue and content as spans.
//!
//! The corpus marks what a record holds, in a format that differs in three ways, so the
//! predictions are mapped, and nothing else is changed:
//!
//! * an attribution inside another's content is not annotated there: statements with `via` are
//!   left out;
//! * the source of a relative clause ("a driver, who said ...") is its pronoun there, while a
//!   record quotes the noun: a "who" or "which" that stands between the two replaces the noun;
//! * a preposition between cue and content ("called for talks") is part of the cue there and of
//!   the content in a record: it is moved.
//!
//! Two classes are counted apart beside direct quotes: attributions whose cue holds no reporting
//! verb (no verb of the lexicon that takes a that-clause or a quotation) and no "according to",
//! and attributions without a source.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use onrecord::Envelope;
use onrecord::model::{Document, Record, Span, Statement};
use onrecord_lexicon::cues::{self, Frame};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::reliability::{self, Judged, is_right};
use super::{Figure, Run, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "attribution",
    run: Run::Beside(run),
};

const GOLD: &str = "data/polnear/dev.jsonl";
const CLASSES: &str = include_str!("classes.py");

#[derive(Deserialize)]
struct Story {
    id: String,
    text: String,
    attributions: Vec<Marked>,
}

/// A gold attribution.
#[derive(Deserialize)]
struct Marked {
    source: Spans,
    cue: Spans,
    content: Spans,
}

type Spans = Vec<[u32; 2]>;

/// A story's attributions, as marked or as predicted.
#[derive(Serialize)]
struct Attributed {
    id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    text: String,
    attributions: Vec<Roles>,
}

#[derive(Serialize, Default)]
struct Roles {
    source: Spans,
    cue: Spans,
    content: Spans,
    classes: Vec<&'static str>,
    score: f32,
    why: String,
}

/// The cue holds no reporting verb.
const NO_VERB: &str = "no reporting verb";
/// The text does not say whose word it is.
const NO_SOURCE: &str = "no source";

fn run(shared: &Shared, _quick: bool) -> Result<Vec<Figure>> {
    let stories: Vec<Story> = shared.rows(GOLD)?;
    let read = |s: &Story| {
        let reading = (shared.reader()).study(s.text.as_bytes(), &Envelope::default());
        let (d, text) = (&reading.document, &s.text);
        let gold = s.attributions.iter().map(|a| a.roles(d));
        let found = roles(&reading.record).into_iter();
        let found = found.map(|r| Roles {
            classes: classes(d, &r.source, &r.cue),
            ..r
        });
        let of = |attributions, text: &str| Attributed {
            id: s.id.clone(),
            text: text.into(),
            attributions,
        };
        (of(gold.collect(), text), of(found.collect(), ""))
    };
    let (gold, predicted): (Vec<_>, Vec<_>) = stories.par_iter().map(read).unzip();
    let path = shared.write_rows("attribution.jsonl", &predicted)?;
    let marked = shared.write_rows("attribution-gold.jsonl", &gold)?;
    let said = shared.scorer("score_attribution.py", &[&shared.path(GOLD), &path])?;
    let figure = |class: &str, what: &str| -> Result<f64> {
        said["attributions"][class][what]["f1"]
            .as_f64()
            .with_context(|| format!("no `{class} {what}`"))
    };
    let mut figures = vec![
        Figure::aim("full soft f1", figure("all", "full soft")?, 0.67),
        Figure::aim("full exact f1", figure("all", "full exact")?, 0.5),
        Figure::new("found f1", figure("all", "found")?),
        Figure::new("source soft f1", figure("all", "source soft")?),
        Figure::new("content soft f1", figure("all", "content soft")?),
        Figure::aim("direct full soft f1", figure("direct", "full soft")?, 0.91),
        Figure::new("other full soft f1", figure("other", "full soft")?),
    ];
    figures.extend(of_classes(shared, &marked, &path)?);
    figures.extend(reliability::score(shared, &judged(&stories, &predicted))?);
    Ok(figures)
}

impl Marked {
    fn roles(&self, d: &Document) -> Roles {
        Roles {
            source: self.source.clone(),
            cue: self.cue.clone(),
            content: self.content.clone(),
            classes: classes(d, &self.source, &self.cue),
            ..Roles::default()
        }
    }
}

fn classes(d: &Document, source: &Spans, cue: &Spans) -> Vec<&'static str> {
    let mut out = Vec::new();
    if !cue.iter().any(|span| reports(d, *span)) {
        out.push(NO_VERB);
    }
    if source.is_empty() {
        out.push(NO_SOURCE);
    }
    out
}

/// Whether words hold a reporting verb or "according to".
fn reports(d: &Document, [start, end]: [u32; 2]) -> bool {
    let text = d.text();
    let Some(range) = text.code_points(start, end) else {
        return false;
    };
    let verb = |lemma: &str| {
        cues::verb(lemma).is_some_and(|w| w.takes(Frame::That) || w.takes(Frame::Quote))
    };
    let words = text.slice(range).to_lowercase();
    let phrase = |row: &cues::Sourced| words.starts_with(&row.words.join(" "));
    cues::sourced().iter().any(phrase) || d.tokens_in(range).iter().any(|t| verb(&d.token(t).lemma))
}

/// The figures of the classes, by the scorer's own rules.
fn of_classes(shared: &Shared, gold: &Path, predicted: &Path) -> Result<Vec<Figure>> {
    let script = shared.scratch("classes.py");
    fs::write(&script, CLASSES)?;
    let tool = shared.path("tools/score_attribution.py");
    let said = Shared::python(&script, &[&tool, gold, predicted], &[NO_VERB, NO_SOURCE])?;
    let f1 = |class: &str| -> Result<f64> {
        let f1 = said[class]["full soft"]["f1"].as_f64();
        f1.with_context(|| format!("no `{class}`"))
    };
    Ok(vec![
        Figure::aim("no reporting verb full soft f1", f1(NO_VERB)?, 0.58),
        Figure::new("no source full soft f1", f1(NO_SOURCE)?),
    ])
}

/// Each prediction against its story's gold. The network's confidence was fitted to the even ones.
fn judged(stories: &[Story], predicted: &[Attributed]) -> Vec<Judged> {
    let mut out = Vec::new();
    for (i, (story, predicted)) in stories.iter().zip(predicted).enumerate() {
        let text: Vec<char> = story.text.chars().collect();
        for p in &predicted.attributions {
            let gold = story.attributions.iter();
            let gold = gold.map(|g| (g.source.as_slice(), g.content.as_slice()));
            out.push(Judged {
                // To the grid the record is written on: 0.9 is not 0.89999998.
                said: (f64::from(p.score) * 100.0).round() / 100.0,
                right: is_right((&p.source, &p.content), gold, &text),
                unseen: i % 2 == 1,
                by_rule: p.why != "attribution/net",
            });
        }
    }
    out
}

fn roles(record: &Record) -> Vec<Roles> {
    let outer = record.statements.iter().filter(|s| s.via.is_none());
    outer
        .map(|s| {
            let (cue, content) = cue_and_content(s);
            Roles {
                source: source(record, s),
                cue,
                content,
                score: s.confidence,
                why: s.why.0.to_string(),
                ..Roles::default()
            }
        })
        .collect()
}

const PREPOSITIONS: &[&str] = &[
    "for", "about", "of", "on", "with", "against", "at", "from", "over", "in", "towards", "toward",
];

/// Cue and content, with a preposition that leads a content behind its cue moved to the cue.
fn cue_and_content(s: &Statement) -> (Spans, Spans) {
    let (mut cue, mut content) = (
        ends(&s.cue.span),
        s.content.iter().map(ends).collect::<Spans>(),
    );
    let mut words = s.content.first().map_or("", |c| c.quote()).splitn(2, ' ');
    let (first, rest) = (words.next().unwrap_or_default(), words.next());
    if let (Some(piece), Some(_)) = (content.first_mut(), rest)
        && piece[0] == cue[1] + 1
        && PREPOSITIONS.contains(&first)
    {
        let length = first.len() as u32;
        cue[1] = piece[0] + length;
        piece[0] += length + 1;
    }
    (vec![cue], content)
}

/// The source's span, or that of the relative pronoun between source and cue.
fn source(record: &Record, s: &Statement) -> Spans {
    let Some(span) = &s.source.span else {
        return Vec::new();
    };
    let (from, to) = (span.range().end, s.cue.span.range().start);
    let between = record
        .report
        .text
        .as_str()
        .get(from as usize..to as usize)
        .unwrap_or_default();
    let word = between.trim_matches(|c: char| !c.is_alphabetic());
    if matches!(word, "who" | "which" | "that") && between.is_ascii() {
        let lead = between.find(word).unwrap_or_default() as u32;
        let start = span.end() + lead;
        return vec![[start, start + word.len() as u32]];
    }
    vec![ends(span)]
}

fn ends(span: &Span) -> [u32; 2] {
    [span.start(), span.end()]
}
