//! The ranker: a score for each pair, and one for having no antecedent.
//!
//! `score = out . relu(anaphor + candidate + rows of the pair + meeting)`; "none" is a candidate of
//! its own. Anaphor and candidate are sums of table rows and a product of the state of the head;
//! the meeting is the product, value by value, of what both states say through two narrow
//! matrices: it tells what tables of single features cannot, how well two words suit each other.

use super::rows::{MENTION_ROWS, PAIR_ROWS};
use crate::net::{Matrix, Weights};

/// The trained tables.
#[derive(Debug)]
pub(super) struct Ranker {
    width: usize,
    anaphor: Vec<f32>,
    candidate: Vec<f32>,
    pair: Vec<f32>,
    /// From a head's state to its part as anaphor, as candidate, and to both sides of a meeting.
    states: Matrix,
    /// From a meeting to the hidden layer.
    meeting: Vec<f32>,
    none: Vec<f32>,
    out: Vec<f32>,
}

/// What an expression brings to its pairs.
#[derive(Debug)]
pub(super) struct Sums {
    anaphor: Vec<f32>,
    candidate: Vec<f32>,
    /// What it brings to a meeting as anaphor, and as candidate.
    meets: [Vec<f32>; 2],
}

impl Ranker {
    pub(super) fn read(w: &Weights<'_>) -> Result<Self, String> {
        let table = |name: &str| w.table(name).map(|t| t.floats());
        let this = Self {
            width: w.values("out")?.len(),
            anaphor: table("anaphor")?,
            candidate: table("candidate")?,
            pair: table("pair")?,
            states: w.matrix("states")?,
            meeting: w.values("meeting")?,
            none: w.values("none")?,
            out: w.values("out")?,
        };
        let n = this.width;
        let fits = n > 0
            && this.states.outputs() == 2 * (n + this.meeting.len() / n)
            && this.meeting.len().is_multiple_of(n)
            && this.anaphor.len() == MENTION_ROWS as usize * n
            && this.candidate.len() == MENTION_ROWS as usize * n
            && this.pair.len() == PAIR_ROWS as usize * n
            && this.none.len() == n;
        if fits {
            Ok(this)
        } else {
            Err("the tables do not fit the features".into())
        }
    }

    /// The width of the states it reads.
    pub(super) fn reads(&self) -> usize {
        self.states.inputs()
    }

    /// What expressions bring, given the rows of each and the state of its head.
    pub(super) fn sums(&self, rows: &[Vec<u32>], states: &[f32]) -> Vec<Sums> {
        let n = self.width;
        let products = self.states.apply(states);
        let one = |(rows, product): (&Vec<u32>, &[f32])| {
            let (anaphor, rest) = product.split_at(n);
            let (candidate, meets) = rest.split_at(n);
            let (asks, answers) = meets.split_at(meets.len() / 2);
            let with = |table: &[f32], own: &[f32]| {
                let mut sum = own.to_vec();
                add(&mut sum, table, rows);
                sum
            };
            Sums {
                anaphor: with(&self.anaphor, anaphor),
                candidate: with(&self.candidate, candidate),
                meets: [asks.to_vec(), answers.to_vec()],
            }
        };
        let products = products.chunks_exact(self.states.outputs());
        rows.iter().zip(products).map(one).collect()
    }

    /// How well the candidate suits the anaphor; `hidden` is room for the sums.
    pub(super) fn pair(
        &self,
        hidden: &mut Vec<f32>,
        anaphor: &Sums,
        candidate: &Sums,
        rows: &[u32],
    ) -> f32 {
        hidden.clear();
        let both = anaphor.anaphor.iter().zip(&candidate.candidate);
        hidden.extend(both.map(|(a, b)| a + b));
        add(hidden, &self.pair, rows);
        let meets = anaphor.meets[0].iter().zip(&candidate.meets[1]);
        for ((a, b), row) in meets.zip(self.meeting.chunks_exact(self.width)) {
            for (h, m) in hidden.iter_mut().zip(row) {
                *h += a * b * m;
            }
        }
        self.score(hidden)
    }

    /// How well it suits the anaphor to have no antecedent.
    pub(super) fn none(&self, hidden: &mut Vec<f32>, anaphor: &Sums) -> f32 {
        hidden.clear();
        hidden.extend(anaphor.anaphor.iter().zip(&self.none).map(|(a, b)| a + b));
        self.score(hidden)
    }

    fn score(&self, hidden: &[f32]) -> f32 {
        let terms = hidden.iter().zip(&self.out).map(|(h, o)| h.max(0.0) * o);
        terms.sum()
    }
}

fn add(sum: &mut [f32], table: &[f32], rows: &[u32]) {
    let n = sum.len();
    for row in rows {
        if let Some(values) = table.get(*row as usize * n..(*row as usize + 1) * n) {
            for (s, v) in sum.iter_mut().zip(values) {
                *s += v;
            }
        }
    }
}
