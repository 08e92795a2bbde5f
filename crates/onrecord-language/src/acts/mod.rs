//! Acts: who promises, asks, does what to whom, by a network over runs of paragraphs.
//!
//! ```text
//! “Norway would not rule out lending ships to Peru once the talks end, Oona Karr said.”
//! would not rule out  not_ruled_out deployment  by Norway  to Peru  object lending ships to Peru
//!                     condition once the talks end  on the word of Oona Karr
//! ```
//!
//! A pretrained encoder reads the words; one light recurrence joins what it makes of them with the
//! syntax model's states and with [`features`]. Cues of commitments and triggers of events are
//! tagged; then each is scored with every word of the run for the roles that words may have
//! ([`network`]), and [`reading`] makes acts of the scores.
//!
//! Left out: which entities the words stand for, and which statement an act stands in
//! (`onrecord-extract`).

mod features;
mod network;
mod paths;
mod reading;
#[cfg(test)]
mod tests;

use onrecord_model::{Document, Layer, Problem, ReaderModel, Report, TokenRange};

use crate::attribution::paragraphs;
use crate::{Annotator, PipelineError};
use network::Network;

const FILE: &[u8] = include_bytes!("../../weights/acts.safetensors");

/// Tokens that are read together, whole sentences: about as many as the passages have on which the
/// network was trained.
const MOST: u32 = 150;
/// Tokens of a sentence that are read together: their pieces must fit the encoder's 512 places.
const LONGEST: u32 = 300;

/// The network of acts.
#[derive(Debug)]
pub struct Acts {
    network: Network,
}

impl Acts {
    /// Loads the weights that ship with the crate.
    ///
    /// # Errors
    /// When they do not fit the code.
    pub fn new() -> Result<Self, PipelineError> {
        let network =
            Network::read(FILE).map_err(|why| PipelineError::Weights { model: "acts", why })?;
        Ok(Self { network })
    }

    /// What the network is told of each token of a document beside its words and states, and how
    /// many values each column has.
    pub fn example(document: &Document) -> (Vec<Vec<u8>>, &'static [usize]) {
        let rows = features::rows(document);
        (
            rows.into_iter().map(Vec::from).collect(),
            &features::COLUMNS,
        )
    }
}

impl Annotator for Acts {
    fn name(&self) -> &'static str {
        "acts"
    }

    fn requires(&self) -> &'static [Layer] {
        &[
            Layer::Tags,
            Layer::Trees,
            Layer::Names,
            Layer::States,
            Layer::Attributions,
        ]
    }

    fn assigns(&self) -> &'static [Layer] {
        &[Layer::Acts]
    }

    fn model(&self) -> Option<ReaderModel> {
        Some(ReaderModel {
            name: "acts".into(),
            version: self.network.version.clone(),
        })
    }

    fn annotate(&self, _: &Report, document: &mut Document) -> Vec<Problem> {
        let rows = features::rows(document);
        let mut acts = Vec::new();
        for run in runs(document) {
            let own = &rows[run.usizes()];
            acts.extend(reading::read(&self.network, document, run, own));
        }
        acts.sort_by_key(|a: &onrecord_model::Act| (a.words.start, a.words.end, a.object));
        crate::pipeline::unfit([document.set_acts(acts)])
    }
}

/// Runs of paragraphs that are read together; of a paragraph too long for one run, its sentences.
fn runs(document: &Document) -> Vec<TokenRange> {
    let mut out: Vec<TokenRange> = Vec::new();
    for paragraph in paragraphs(document) {
        for part in parts(document, &paragraph) {
            match out.last_mut() {
                Some(run) if run.end == part.start && part.end.0 - run.start.0 <= MOST => {
                    run.end = part.end;
                }
                _ => out.push(part),
            }
        }
    }
    out
}

/// What a paragraph may be broken into: nothing, sentences, pieces of a sentence that is too long.
fn parts(document: &Document, paragraph: &std::ops::Range<usize>) -> Vec<TokenRange> {
    let (start, end) = (paragraph.start as u32, paragraph.end as u32);
    if end - start <= MOST {
        return vec![TokenRange::new(start, end)];
    }
    let ends = document.sentences().iter().map(|s| s.tokens.end.0);
    let inside = ends.filter(|e| (start + 1..end).contains(e));
    let mut from = start;
    let mut out = Vec::new();
    for to in inside.chain([end]) {
        let pieces = (from..to).step_by(LONGEST as usize);
        out.extend(pieces.map(|at| TokenRange::new(at, to.min(at + LONGEST))));
        from = to;
    }
    out
}
