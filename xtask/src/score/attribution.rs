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

use anyhow::{Context as _, Result};
use onrecord::Envelope;
use onrecord::model::{Record, Span, Statement};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::reliability::{self, Judged, is_right};
use super::{Figure, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "attribution",
    run,
};

const GOLD: &str = "data/polnear/dev.jsonl";

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
    content: Spans,
}

type Spans = Vec<[u32; 2]>;

#[derive(Serialize)]
struct Predicted {
    id: String,
    attributions: Vec<Roles>,
}

#[derive(Serialize)]
struct Roles {
    source: Spans,
    cue: Spans,
    content: Spans,
    score: f32,
    why: String,
}

fn run(shared: &Shared, _quick: bool) -> Result<Vec<Figure>> {
    let stories: Vec<Story> = shared.rows(GOLD)?;
    let predicted: Vec<Predicted> = stories
        .par_iter()
        .map(|s| Predicted {
            id: s.id.clone(),
            attributions: roles(
                &shared
                    .reader()
                    .read(s.text.as_bytes(), &Envelope::default()),
            ),
        })
        .collect();
    let path = shared.write_rows("attribution.jsonl", &predicted)?;
    let said = shared.scorer("score_attribution.py", &[&shared.path(GOLD), &path])?;
    let figure = |class: &str, what: &str| -> Result<f64> {
        said["attributions"][class][what]["f1"]
            .as_f64()
            .with_context(|| format!("no `{class} {what}`"))
    };
    let mut figures = vec![
        Figure::aim("full soft f1", figure("all", "full soft")?, 0.62),
        Figure::new("full exact f1", figure("all", "full exact")?),
        Figure::new("found f1", figure("all", "found")?),
        Figure::new("source soft f1", figure("all", "source soft")?),
        Figure::new("content soft f1", figure("all", "content soft")?),
        Figure::aim("direct full soft f1", figure("direct", "full soft")?, 0.85),
        Figure::new("other full soft f1", figure("other", "full soft")?),
    ];
    figures.extend(reliability::score(shared, &judged(&stories, &predicted))?);
    Ok(figures)
}

/// Each prediction against its story's gold. The network's confidence was fitted to the even ones.
fn judged(stories: &[Story], predicted: &[Predicted]) -> Vec<Judged> {
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
