//! Arcs from content to cue and from cue to source.

use std::ops::Range;

use crate::net::{Matrix, grid, softmax};

/// Weights of the arcs.
#[derive(Debug)]
pub(super) struct Links {
    pub(super) cue: (Matrix, Vec<f32>),
    pub(super) source: (Matrix, Vec<f32>),
    pub(super) none: Vec<f32>,
    /// What a distance adds: for cues, for sources.
    pub(super) far: [Far; 2],
}

/// What the distance from one token to another adds, from `-REACH` to `REACH`; beyond, as there.
#[derive(Debug)]
pub(super) struct Far(Vec<f32>);

const REACH: usize = 512;

impl Far {
    /// From the values of 64 buckets.
    pub(super) fn new(buckets: &[f32]) -> Option<Self> {
        let at = |to: usize| buckets.get(bucket(REACH, to)).copied();
        (0..=2 * REACH).map(at).collect::<Option<_>>().map(Self)
    }

    /// For one token, what each of `tokens` places adds.
    fn of(&self, from: usize, tokens: usize) -> impl Iterator<Item = f32> {
        (0..tokens).map(move |to| {
            let place = (REACH + to).saturating_sub(from).min(2 * REACH);
            self.0[place]
        })
    }
}

impl Links {
    pub(super) fn width(&self) -> usize {
        self.none.len()
    }

    pub(super) fn fits(&self) -> bool {
        let n = self.width();
        let square = |(m, b): &(Matrix, Vec<f32>)| (m.inputs(), m.outputs(), b.len()) == (n, n, n);
        n > 0 && square(&self.cue) && square(&self.source)
    }
}

/// The arcs of one run of paragraphs.
pub(super) struct Arcs<'a> {
    links: &'a Links,
    tokens: usize,
    /// For each token: content, its cue; cue, its source.
    states: [Vec<f32>; 4],
}

impl<'a> Arcs<'a> {
    /// From rows of scores whose last four parts are the states.
    pub(super) fn new<'r>(links: &'a Links, rows: impl Iterator<Item = &'r [f32]>) -> Self {
        let n = links.width();
        let mut states = [const { Vec::new() }; 4];
        let mut tokens = 0;
        for row in rows {
            tokens += 1;
            for (state, part) in states.iter_mut().zip(row[9..].chunks_exact(n)) {
                state.extend(part.iter().map(|x| if *x < 0.0 { x * 0.1 } else { *x }));
            }
        }
        Self {
            links,
            tokens,
            states,
        }
    }

    fn take(&self, state: usize, span: &Range<usize>) -> &[f32] {
        let n = self.links.width();
        &self.states[state][span.start * n..span.end * n]
    }

    /// For each content the cue with the most mass, and that mass.
    pub(super) fn cues_of(
        &self,
        contents: &[Range<usize>],
        cues: &[Range<usize>],
    ) -> Vec<(usize, f32)> {
        let n = self.links.width();
        let (biaffine, bias) = &self.links.cue;
        let targets = Matrix::transposed(&self.states[1], n, self.tokens);
        let bias = Matrix::new(bias, n, 1).apply(&self.states[1]);
        let owner = |span: &Range<usize>| {
            let mut scores = targets.apply(&biaffine.apply(self.take(0, span)));
            let mut mass = vec![0.0; cues.len()];
            for (row, i) in scores.chunks_exact_mut(self.tokens).zip(span.clone()) {
                prepare(row, i, &bias, &self.links.far[0]);
                for (m, cue) in mass.iter_mut().zip(cues) {
                    *m += row[cue.clone()].iter().sum::<f32>();
                }
            }
            heaviest(&mass, span.len())
        };
        contents.iter().map(owner).collect()
    }

    /// The source of a cue, if one has more mass than none; and the mass of the decision.
    pub(super) fn source_of(
        &self,
        cue: &Range<usize>,
        sources: &[Range<usize>],
    ) -> (Option<usize>, f32) {
        let n = self.links.width();
        let (biaffine, bias) = &self.links.source;
        let mut targets = self.links.none.clone();
        targets.extend_from_slice(&self.states[3]);
        let bias = Matrix::new(bias, n, 1).apply(&targets);
        let targets = Matrix::transposed(&targets, n, self.tokens + 1);
        let mut scores = targets.apply(&biaffine.apply(self.take(2, cue)));
        let (mut none, mut mass) = (0.0, vec![0.0; sources.len()]);
        for (row, i) in scores.chunks_exact_mut(self.tokens + 1).zip(cue.clone()) {
            if let ([none, row @ ..], [first, bias @ ..]) = (&mut *row, bias.as_slice()) {
                *none += first;
                add(row, i, bias, &self.links.far[1]);
            }
            softmax(row);
            none += row[0];
            for (m, s) in mass.iter_mut().zip(sources) {
                *m += row[s.start + 1..=s.end].iter().sum::<f32>();
            }
        }
        let none = none / cue.len().max(1) as f32;
        let (top, most) = heaviest(&mass, cue.len());
        if !sources.is_empty() && grid(most) > grid(none) {
            (Some(top), most)
        } else {
            (None, none)
        }
    }
}

/// Adds bias and distance to one token's scores and makes probabilities of them.
fn prepare(row: &mut [f32], from: usize, bias: &[f32], far: &Far) {
    add(row, from, bias, far);
    softmax(row);
}

fn add(row: &mut [f32], from: usize, bias: &[f32], far: &Far) {
    let far = far.of(from, row.len());
    for ((score, bias), far) in row.iter_mut().zip(bias).zip(far) {
        *score += bias + far;
    }
}

fn heaviest(mass: &[f32], words: usize) -> (usize, f32) {
    let mut top = (0, 0.0);
    for (i, m) in mass.iter().map(|m| m / words.max(1) as f32).enumerate() {
        if i == 0 || grid(m) > grid(top.1) {
            top = (i, m);
        }
    }
    top
}

/// Distances to 8 each their own bucket, then four to a doubling; backwards from 63 down.
fn bucket(from: usize, to: usize) -> usize {
    let n = from.abs_diff(to).min(4096);
    let size = match n {
        0..=8 => n,
        // floor(4 log2(n / 8)), in whole numbers: the place of the top bit of n^4.
        _ => (8 + (n as u64).pow(4).ilog2() as usize - 12).min(31),
    };
    if to < from { 63 - size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_the_trainers() {
        let got: Vec<usize> = [0, 1, 8, 9, 10, 13, 16, 32, 200, 9999]
            .map(|n| bucket(0, n))
            .to_vec();
        assert_eq!(got, [0, 1, 8, 8, 9, 10, 12, 16, 26, 31]);
        assert_eq!((bucket(1, 0), bucket(16, 0)), (62, 51));
    }
}
