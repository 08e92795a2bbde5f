//! The ranker: a score for each pair, and one for having no antecedent.
//!
//! `score = out . relu(anaphor + candidate + rows of the pair)`; "none" is a candidate of its own.

use super::rows::{MENTION_ROWS, PAIR_ROWS};
use crate::net::Weights;

/// The trained tables.
#[derive(Debug)]
pub(super) struct Ranker {
    width: usize,
    anaphor: Vec<f32>,
    candidate: Vec<f32>,
    pair: Vec<f32>,
    none: Vec<f32>,
    out: Vec<f32>,
}

impl Ranker {
    pub(super) fn read(w: &Weights<'_>) -> Result<Self, String> {
        let table = |name: &str| w.table(name).map(|t| t.floats());
        let this = Self {
            width: w.values("out")?.len(),
            anaphor: table("anaphor")?,
            candidate: table("candidate")?,
            pair: table("pair")?,
            none: w.values("none")?,
            out: w.values("out")?,
        };
        let n = this.width;
        let fits = n > 0
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

    /// The sums of an expression's rows, as anaphor and as candidate.
    pub(super) fn sums(&self, rows: &[u32]) -> [Vec<f32>; 2] {
        [&self.anaphor, &self.candidate].map(|table| {
            let mut sum = vec![0.0; self.width];
            add(&mut sum, table, rows);
            sum
        })
    }

    /// How well the candidate suits the anaphor; `hidden` is room for the sums.
    pub(super) fn pair(
        &self,
        hidden: &mut Vec<f32>,
        anaphor: &[f32],
        candidate: &[f32],
        rows: &[u32],
    ) -> f32 {
        hidden.clear();
        hidden.extend(anaphor.iter().zip(candidate).map(|(a, b)| a + b));
        add(hidden, &self.pair, rows);
        self.score(hidden)
    }

    /// How well it suits the anaphor to have no antecedent.
    pub(super) fn none(&self, hidden: &mut Vec<f32>, anaphor: &[f32]) -> f32 {
        self.pair(hidden, anaphor, &self.none, &[])
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
