//! Who says what, as spans: source, cue and content, by a network over runs of paragraphs.
//!
//! Three tag sets run side by side, so that spans of different roles may nest; arcs join each
//! content to its cue and each cue to its source, or to none.
//!
//! Left out: which entity a source is, what kind of cue it is (`onrecord-extract`).

mod links;

use std::ops::Range;

use onrecord_model::{
    Attribution, Document, Layer, NameKind, Problem, ReaderModel, Relation, Report, TokenId,
    TokenRange,
};

use crate::net::{Chain, Encoder, Inputs, Linear, Weights, exp, features, shown};
use crate::{Annotator, PipelineError};
use links::{Arcs, Links};

const FILE: &[u8] = include_bytes!("../../weights/attribution.safetensors");
/// Paragraphs are read together up to this many tokens.
const WINDOW: usize = 220;
/// A longer paragraph is read in pieces of this many.
const PIECE: usize = 440;

/// The attribution network.
#[derive(Debug)]
pub struct Attributions {
    version: String,
    encoder: Encoder,
    heads: Linear,
    chains: [Chain; 3],
    links: Links,
    /// Weights of the confidence: of cue, content, link and source, and a constant.
    calibration: Vec<f32>,
    /// The relations it knows, in the order of their table.
    relations: Vec<Relation>,
}

/// A paragraph of words, as the network reads it.
#[derive(Debug, Clone)]
struct Paragraph<'a> {
    words: Vec<&'a str>,
    /// What the syntax says of each word.
    syntax: Vec<[u32; 5]>,
    first: bool,
}

/// Spans of one run of paragraphs, by place in the run.
#[derive(Debug, Clone, PartialEq)]
struct Found {
    source: Option<Range<usize>>,
    cue: Range<usize>,
    content: Vec<Range<usize>>,
    score: f32,
}

impl Attributions {
    /// Loads the weights that ship with the crate.
    ///
    /// # Errors
    /// When they do not fit the code.
    pub fn new() -> Result<Self, PipelineError> {
        Self::read(FILE).map_err(|why| PipelineError::Weights {
            model: "attribution",
            why,
        })
    }

    fn read(bytes: &[u8]) -> Result<Self, String> {
        let w = Weights::open(bytes)?;
        let this = Self {
            version: w.setting("version")?.to_owned(),
            encoder: Encoder::read(&w)?,
            heads: w.linear("heads")?,
            chains: [w.chain("source")?, w.chain("cue")?, w.chain("content")?],
            links: Links {
                cue: (w.matrix("cue.biaffine")?, w.values("cue.bias")?),
                source: (w.matrix("source.biaffine")?, w.values("source.bias")?),
                none: w.values("none")?,
                far: w.values("far")?,
            },
            calibration: w.values("calibration").unwrap_or_default(),
            relations: w
                .list("relations")?
                .into_iter()
                .map(Relation::new)
                .collect(),
        };
        let fits = this.heads.matrix.inputs() == this.encoder.width()
            && this.heads.bias.len() == 9 + 4 * this.links.width()
            && this.chains.iter().all(|c| c.tags() == 3)
            && this.links.fits();
        if fits {
            Ok(this)
        } else {
            Err("the heads do not fit the spans".into())
        }
    }

    fn run(&self, paragraphs: &[Paragraph<'_>]) -> Vec<Found> {
        let mut inputs = Inputs::default();
        for p in paragraphs {
            let mut own = Inputs::new(&p.words);
            let quoted = quotation(&p.words);
            own.extra = (quoted.iter().zip(&p.syntax).enumerate())
                .map(|(i, (q, syntax))| {
                    let place = q + 3 * u32::from(i == 0) + 6 * u32::from(p.first);
                    [&[place], syntax.as_slice()].concat()
                })
                .collect();
            inputs.append(own);
        }
        let scores = self.heads.apply(&self.encoder.run(&[inputs]));
        self.decide(&scores)
    }

    fn decide(&self, scores: &[f32]) -> Vec<Found> {
        let rows = || scores.chunks_exact(self.heads.bias.len());
        let role = |r: usize| -> Vec<f32> {
            rows()
                .flat_map(|row| &row[3 * r..3 * r + 3])
                .copied()
                .collect()
        };
        let own = [role(0), role(1), role(2)];
        let spans = |r: usize| runs(&self.chains[r].path(&own[r]));
        let (sources, cues, contents) = (spans(0), spans(1), spans(2));
        if cues.is_empty() || contents.is_empty() {
            return Vec::new();
        }
        let sure = |r: usize| Sure(self.chains[r].marginals(&own[r]));
        let (sure_cue, sure_content) = (sure(1), sure(2));
        let arcs = Arcs::new(&self.links, rows());
        let owners = arcs.cues_of(&contents, &cues);
        let mut found = Vec::new();
        for (c, cue) in cues.iter().enumerate() {
            let mine: Vec<(&Range<usize>, f32)> = (contents.iter().zip(&owners))
                .filter(|(_, owner)| owner.0 == c)
                .map(|(span, owner)| (span, owner.1))
                .collect();
            if mine.is_empty() {
                continue;
            }
            let (source, source_mass) = arcs.source_of(cue, &sources);
            let mean =
                |values: &mut dyn Iterator<Item = f32>| values.sum::<f32>() / mine.len() as f32;
            let signs = [
                sure_cue.of(cue),
                mean(&mut mine.iter().map(|(span, _)| sure_content.of(span))),
                mean(&mut mine.iter().map(|(_, mass)| *mass)),
                source_mass,
            ];
            found.push(Found {
                source: source.map(|s| sources[s].clone()),
                cue: cue.clone(),
                content: mine.iter().map(|(span, _)| (*span).clone()).collect(),
                score: shown(self.confidence(signs)),
            });
        }
        found
    }

    /// Part of speech, relation, where the head stands, kind of name, the head's word.
    fn syntax_of(&self, document: &Document, kinds: &[u32], t: TokenId) -> [u32; 5] {
        let token = document.token(t);
        let relation = self.relations.iter().position(|r| *r == token.relation);
        let head = token.head.filter(|h| *h != t);
        [
            token.upos as u32,
            relation.unwrap_or_default() as u32,
            head.map_or(0, |h| offset(i64::from(h.0) - i64::from(t.0))),
            kinds.get(t.index()).copied().unwrap_or_default(),
            head.map_or(0, |h| features::head_slot(document.form(h))),
        ]
    }

    /// How often an attribution with these signs is right.
    fn confidence(&self, signs: [f32; 4]) -> f32 {
        match self.calibration.as_slice() {
            [a, b, c, d, constant] => {
                let weights = [a, b, c, d];
                let sum = signs
                    .iter()
                    .zip(weights)
                    .fold(*constant, |s, (x, w)| s + x * w);
                1.0 / (1.0 + exp(-sum))
            }
            _ => signs.iter().product(),
        }
    }
}

/// The bucket of a head's distance: 1 to 8 to the right, 9 to 16 to the left.
fn offset(distance: i64) -> u32 {
    let size = match distance.unsigned_abs() {
        n @ 0..=4 => n as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        _ => 8,
    };
    if distance < 0 { size + 8 } else { size }
}

/// The kind of name each token belongs to, 0 for none.
fn kinds(document: &Document) -> Vec<u32> {
    let mut kinds = vec![0; document.tokens().len()];
    for name in document.names() {
        let kind = match name.kind {
            NameKind::Person => 1,
            NameKind::Organization => 2,
            NameKind::Place => 3,
            NameKind::Misc => 4,
        };
        kinds[name.tokens.usizes()].fill(kind);
    }
    kinds
}

/// How probable the tags of a span are.
struct Sure(Vec<f32>);

impl Sure {
    /// The mean over a span of the probability that its words belong to a span.
    fn of(&self, span: &Range<usize>) -> f32 {
        let outside: f32 = span.clone().filter_map(|i| self.0.get(3 * i)).sum();
        1.0 - outside / span.len().max(1) as f32
    }
}

/// Spans of a path of tags: 0 outside, 1 first word, 2 further word.
fn runs(path: &[usize]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (i, tag) in path.iter().enumerate() {
        match out.last_mut() {
            Some(last) if *tag == 2 && last.end == i => last.end = i + 1,
            _ if *tag > 0 => out.push(i..i + 1),
            _ => {}
        }
    }
    out
}

/// 0 outside, 1 inside double quotation marks, 2 a mark; a quotation left open ends with its paragraph.
fn quotation(words: &[&str]) -> Vec<u32> {
    let mut inside = false;
    let state = |w: &&str| {
        if features::normal(w) != "\"" {
            return u32::from(inside);
        }
        inside = match *w {
            "“" | "``" | "„" | "«" => true,
            "”" | "''" | "»" => false,
            _ => !inside,
        };
        2
    };
    words.iter().map(state).collect()
}

impl Annotator for Attributions {
    fn name(&self) -> &'static str {
        "attribution"
    }

    fn requires(&self) -> &'static [Layer] {
        &[Layer::Tags, Layer::Trees, Layer::Names]
    }

    fn assigns(&self) -> &'static [Layer] {
        &[Layer::Attributions]
    }

    fn model(&self) -> Option<ReaderModel> {
        Some(ReaderModel {
            name: "attribution".into(),
            version: self.version.clone(),
        })
    }

    fn annotate(&self, _: &Report, document: &mut Document) -> Vec<Problem> {
        let kinds = kinds(document);
        let tokens = |p: &Range<usize>| TokenRange::new(p.start as u32, p.end as u32).iter();
        let mut all = Vec::new();
        for window in windows(&paragraphs(document)) {
            let start = window.first().map_or(0, |p| p.start) as u32;
            let read = |p: &Range<usize>| Paragraph {
                words: tokens(p).map(|t| document.form(t)).collect(),
                syntax: tokens(p)
                    .map(|t| self.syntax_of(document, &kinds, t))
                    .collect(),
                first: p.start == 0,
            };
            let found = self.run(&window.iter().map(read).collect::<Vec<_>>());
            let place =
                |r: Range<usize>| TokenRange::new(start + r.start as u32, start + r.end as u32);
            all.extend(found.into_iter().map(|f| Attribution {
                source: f.source.into_iter().map(place).collect(),
                cue: vec![place(f.cue)],
                content: f.content.into_iter().map(place).collect(),
                score: f.score,
            }));
        }
        crate::pipeline::unfit([document.set_attributions(all)])
    }
}

/// The paragraphs as ranges of tokens, overlong ones in pieces.
fn paragraphs(document: &Document) -> Vec<Range<usize>> {
    let mut out: Vec<(u32, Range<usize>)> = Vec::new();
    for s in document.sentences() {
        let tokens = s.tokens.usizes();
        match out.last_mut() {
            Some((number, range))
                if *number == s.paragraph
                    && range.end == tokens.start
                    && tokens.end - range.start <= PIECE =>
            {
                range.end = tokens.end;
            }
            _ => out.push((s.paragraph, tokens)),
        }
    }
    let pieces = out.into_iter().flat_map(|(_, r)| {
        let end = r.end;
        r.step_by(PIECE)
            .map(move |from| from..end.min(from + PIECE))
    });
    pieces.collect()
}

/// Runs of paragraphs that are read together.
fn windows(paragraphs: &[Range<usize>]) -> Vec<&[Range<usize>]> {
    let (mut out, mut from) = (Vec::new(), 0);
    for (i, p) in paragraphs.iter().enumerate() {
        if i > from && p.end - paragraphs[from].start > WINDOW {
            out.push(&paragraphs[from..i]);
            from = i;
        }
    }
    if from < paragraphs.len() {
        out.push(&paragraphs[from..]);
    }
    out
}

#[cfg(test)]
mod tests;
