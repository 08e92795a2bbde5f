//! Who says what, as spans: source, cue and content, by a network over runs of paragraphs.
//!
//! Three tag sets run side by side, so that spans of different roles may nest; arcs join each
//! content to its cue and each cue to its source, or to none.
//!
//! Left out: which entity a source is, what kind of cue it is (`onrecord-extract`).

mod links;

use std::ops::Range;

use onrecord_model::{Attribution, Document, Layer, Problem, ReaderModel, Report, TokenRange};

use crate::net::{
    Chain, Compact, Gates, Linear, Slots, Table, Weights, exp, features, gates, scan, shown,
};
use crate::{Annotator, PipelineError};
use links::{Arcs, Far, Links};

const FILE: &[u8] = include_bytes!("../../weights/attribution.safetensors");
/// Paragraphs are read together up to this many tokens.
const WINDOW: usize = 220;
/// A longer paragraph is read in pieces of this many.
const PIECE: usize = 440;

/// The attribution network.
#[derive(Debug)]
pub struct Attributions {
    version: String,
    slots: Slots,
    word: Table,
    place: Table,
    layers: Vec<(Compact, Gates)>,
    heads: Linear,
    chains: [Chain; 3],
    links: Links,
    /// Weights of the confidence: of cue, content, link and source, and a constant.
    calibration: Vec<f32>,
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
        let far = w.values("far")?;
        let (Some(cue), Some(source)) = (
            Far::new(far.get(..64).unwrap_or_default()),
            Far::new(far.get(64..).unwrap_or_default()),
        ) else {
            return Err("the distances do not fit".into());
        };
        let far = [cue, source];
        let this = Self {
            version: w.setting("version")?.to_owned(),
            slots: w.slots("word.slots")?,
            word: w.table("word")?,
            place: w.table("place")?,
            layers: (0..w.number("layers")?)
                .map(|i| Ok((w.compact(&format!("layer.{i}.weight"))?, gates(&w, i)?)))
                .collect::<Result<_, String>>()?,
            heads: w.linear("heads")?,
            chains: [w.chain("source")?, w.chain("cue")?, w.chain("content")?],
            links: Links {
                cue: (w.matrix("cue.biaffine")?, w.values("cue.bias")?),
                source: (w.matrix("source.biaffine")?, w.values("source.bias")?),
                none: w.values("none")?,
                far,
            },
            calibration: w.values("calibration").unwrap_or_default(),
        };
        let mut wide = None;
        let mut fits = !this.layers.is_empty();
        for (matrix, gates) in &this.layers {
            fits &= wide.is_none_or(|w| w == matrix.inputs())
                && matrix.outputs() == gates.parts(matrix.inputs()) * gates.hidden;
            wide = Some(2 * gates.hidden);
        }
        fits &= wide == Some(this.heads.matrix.inputs())
            && this.heads.bias.len() == 9 + 4 * this.links.width()
            && this.chains.iter().all(|c| c.tags() == 3)
            && this.links.fits();
        if fits {
            Ok(this)
        } else {
            Err("the heads do not fit the spans".into())
        }
    }

    /// Reads one run of paragraphs: the states of its words, the words, and where they stand.
    fn run(&self, states: &[f32], paragraphs: &[Vec<&str>], opens: bool) -> Vec<Found> {
        let words: usize = paragraphs.iter().map(Vec::len).sum();
        let below = states.len().checked_div(words).unwrap_or_default();
        let mut states = states.chunks_exact(below.max(1));
        let mut x = Vec::with_capacity(words * (below + self.word.width + self.place.width));
        for (k, p) in paragraphs.iter().enumerate() {
            for (i, (word, quoted)) in p.iter().zip(quotation(p)).enumerate() {
                x.extend_from_slice(states.next().unwrap_or_default());
                let place = quoted + 3 * usize::from(i == 0) + 6 * usize::from(opens && k == 0);
                let own = self.slots.row(features::word_hash(word));
                for (table, row) in [(&self.word, own), (&self.place, place)] {
                    let from = x.len();
                    x.resize(from + table.width, 0.0);
                    table.row(row, &mut x[from..]);
                }
            }
        }
        for (matrix, gates) in &self.layers {
            x = scan(gates, &matrix.apply(&x), Some(&x), &[words]);
        }
        self.decide(&self.heads.apply(&x))
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

/// How probable the tags of a span are.
pub(crate) struct Sure(pub(crate) Vec<f32>);

impl Sure {
    /// The mean over a span of the probability that its words belong to a span.
    pub(crate) fn of(&self, span: &Range<usize>) -> f32 {
        let outside: f32 = span.clone().filter_map(|i| self.0.get(3 * i)).sum();
        1.0 - outside / span.len().max(1) as f32
    }
}

/// Spans of a path of tags: 0 outside, 1 first word, 2 further word.
pub(crate) fn runs(path: &[usize]) -> Vec<Range<usize>> {
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
fn quotation(words: &[&str]) -> Vec<usize> {
    let mut inside = false;
    let state = |w: &&str| quoted(w, &mut inside).into();
    words.iter().map(state).collect()
}

/// Where a word stands after one that stood `inside` double quotation marks or not.
pub(crate) fn quoted(word: &str, inside: &mut bool) -> u8 {
    if !matches!(word, "\"" | "“" | "”" | "„" | "‟" | "«" | "»" | "''" | "``") {
        return u8::from(*inside);
    }
    *inside = match word {
        "“" | "``" | "„" | "«" => true,
        "”" | "''" | "»" => false,
        _ => !*inside,
    };
    2
}

impl Annotator for Attributions {
    fn name(&self) -> &'static str {
        "attribution"
    }

    fn requires(&self) -> &'static [Layer] {
        &[Layer::States]
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
        let tokens = |p: &Range<usize>| TokenRange::new(p.start as u32, p.end as u32).iter();
        let mut all = Vec::new();
        for window in windows(&paragraphs(document)) {
            let first = window.first().map_or(0, |p| p.start);
            let last = window.last().map_or(first, |p| p.end);
            let start = first as u32;
            let read = |p: &Range<usize>| tokens(p).map(|t| document.form(t)).collect();
            let words: Vec<Vec<&str>> = window.iter().map(read).collect();
            let states = document.states(TokenRange::new(start, last as u32));
            let found = self.run(states, &words, first == 0);
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
pub(crate) fn paragraphs(document: &Document) -> Vec<Range<usize>> {
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
pub(crate) fn windows(paragraphs: &[Range<usize>]) -> Vec<&[Range<usize>]> {
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
