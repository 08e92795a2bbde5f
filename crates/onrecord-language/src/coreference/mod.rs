//! Who is meant: names, noun phrases and pronouns of one thing, over the whole report.
//!
//! ```text
//! Rosa Pell leads the harbour board of Ardale. She told its members that the port would stay open.
//! [Rosa Pell] [She]   [the harbour board of Ardale] [its]
//! ```
//!
//! Each expression chooses among those before it, or none; who chose each other form a cluster.
//! Left out: which entity of the record a cluster is (`onrecord-extract`).

mod candidates;
mod groups;
mod mentions;
mod profile;
mod quotes;
mod rank;
mod rows;

use onrecord_model::{
    Coreference as Layered, Document, Expression, Layer, Problem, ReaderModel, ReferenceLink,
    Report, TokenRange,
};

use crate::net::{Weights, best, grid, shown, softmax};
use crate::{Annotator, PipelineError};
use profile::Profile;
use rank::{Ranker, Sums};

const FILE: &[u8] = include_bytes!("../../weights/coreference.safetensors");

/// The coreference model.
#[derive(Debug)]
pub struct Coreference {
    version: String,
    ranker: Ranker,
}

/// What the model sees of a document, for training.
#[derive(Debug, Clone, Default)]
pub struct CoreferenceExample {
    /// The tokens of each expression and their head.
    pub expressions: Vec<(TokenRange, u32)>,
    /// For each expression its rows of the table of expressions.
    pub rows: Vec<Vec<u32>>,
    /// For each expression its candidates with their rows of the table of pairs.
    pub candidates: Vec<Vec<(u32, Vec<u32>)>>,
    /// For each expression the state of its head, in 256ths.
    pub states: Vec<Vec<i16>>,
    /// For each expression the number of the entity its name alone tells.
    pub groups: Vec<Option<u32>>,
}

impl Coreference {
    /// Loads the weights that ship with the crate.
    ///
    /// # Errors
    /// When they do not fit the code.
    pub fn new() -> Result<Self, PipelineError> {
        Self::read(FILE).map_err(|why| PipelineError::Weights {
            model: "coreference",
            why,
        })
    }

    fn read(bytes: &[u8]) -> Result<Self, String> {
        let w = Weights::open(bytes)?;
        Ok(Self {
            version: w.setting("version")?.to_owned(),
            ranker: Ranker::read(&w)?,
        })
    }

    /// The sizes of the features: of an expression, of a pair.
    pub fn sizes() -> [&'static [u32]; 2] {
        [&rows::MENTION, &rows::PAIR]
    }

    /// What the model sees of a document that has its other layers.
    pub fn example(document: &Document) -> CoreferenceExample {
        let profiles = profiles(document);
        let mut out = CoreferenceExample::default();
        for (i, p) in profiles.iter().enumerate() {
            out.expressions.push((p.found.tokens, p.found.head.0));
            out.rows.push(rows::mention(document, p).to_vec());
            let steps = |s: &f32| (s * 256.0).round().clamp(-32e3, 32e3) as i16;
            let state = document.states(TokenRange::one(p.found.head));
            out.states.push(state.iter().map(steps).collect());
            out.groups.push(p.group.map(|g| g as u32));
            let of = candidates::of(&profiles, i).into_iter();
            let pairs = of.map(|(j, walk)| {
                let rows = rows::pair(document, p, &profiles[j], walk);
                (j as u32, rows.to_vec())
            });
            out.candidates.push(pairs.collect());
        }
        out
    }

    /// Finds the expressions and links them, from the first to the last.
    fn resolve(&self, document: &Document) -> Layered {
        let profiles = profiles(document);
        let rows: Vec<Vec<u32>> = (profiles.iter())
            .map(|p| rows::mention(document, p).to_vec())
            .collect();
        let mut states = Vec::with_capacity(profiles.len() * self.ranker.reads());
        for p in &profiles {
            states.extend_from_slice(document.states(TokenRange::one(p.found.head)));
        }
        let sums = self.ranker.sums(&rows, &states);
        let mut parts = Parts::new(profiles.len());
        let mut found: Vec<Expression> = Vec::with_capacity(profiles.len());
        for (i, p) in profiles.iter().enumerate() {
            let link = self.choose(document, &profiles, &sums, &parts, i);
            if let Some(link) = link {
                parts.join(i, link.to as usize);
            }
            found.push(Expression {
                tokens: p.found.tokens,
                head: p.found.head,
                form: p.found.form,
                link,
                cluster: 0,
            });
        }
        Layered::new(found)
    }

    /// The cluster with the most probability, if it has more than "none"; of it the best candidate.
    fn choose(
        &self,
        document: &Document,
        profiles: &[Profile],
        sums: &[Sums],
        parts: &Parts,
        i: usize,
    ) -> Option<ReferenceLink> {
        let asked = candidates::of(profiles, i);
        let own = &sums[i];
        let mut hidden = Vec::new();
        let mut scores = vec![self.ranker.none(&mut hidden, own)];
        scores.extend(asked.iter().map(|(j, walk)| {
            let rows = rows::pair(document, &profiles[i], &profiles[*j], *walk);
            self.ranker.pair(&mut hidden, own, &sums[*j], &rows)
        }));
        softmax(&mut scores);
        // Cluster, its mass, its best candidate and that one's share.
        let mut clusters: Vec<(usize, f32, usize, f32)> = Vec::new();
        for ((j, _), p) in asked.iter().zip(&scores[1..]) {
            let top = parts.top(*j);
            match clusters.iter_mut().find(|c| c.0 == top) {
                Some(c) => {
                    c.1 += p;
                    if grid(*p) > grid(c.3) {
                        (c.2, c.3) = (*j, *p);
                    }
                }
                None => clusters.push((top, *p, *j, *p)),
            }
        }
        let masses: Vec<f32> = std::iter::once(scores[0])
            .chain(clusters.iter().map(|c| c.1))
            .collect();
        let chosen = clusters.get(best(&masses).checked_sub(1)?)?;
        Some(ReferenceLink {
            to: chosen.2 as u32,
            score: shown(chosen.1),
        })
    }
}

/// Clusters while they grow.
struct Parts(Vec<usize>);

impl Parts {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn top(&self, mut i: usize) -> usize {
        while self.0[i] != i {
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, i: usize, to: usize) {
        let (a, b) = (self.top(i), self.top(to));
        let low = a.min(b);
        self.0[a.max(b)] = low;
        self.0[i] = low;
        self.0[to] = low;
    }
}

fn profiles(document: &Document) -> Vec<Profile> {
    let mut profiles = profile::read(document, mentions::find(document));
    groups::join(document, &mut profiles);
    profiles
}

impl Annotator for Coreference {
    fn name(&self) -> &'static str {
        "coreference"
    }

    fn requires(&self) -> &'static [Layer] {
        &[Layer::Tags, Layer::Trees, Layer::Names, Layer::States]
    }

    fn assigns(&self) -> &'static [Layer] {
        &[Layer::Coreference]
    }

    fn model(&self) -> Option<ReaderModel> {
        Some(ReaderModel {
            name: "coreference".into(),
            version: self.version.clone(),
        })
    }

    fn annotate(&self, _: &Report, document: &mut Document) -> Vec<Problem> {
        let found = self.resolve(document);
        crate::pipeline::unfit([document.set_coreference(found)])
    }
}

#[cfg(test)]
mod tests;
