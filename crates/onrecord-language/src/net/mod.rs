//! The networks: weights, features of words, matrix products, the light recurrence, attention, chains.
//!
//! ```text
//! words -> features -> rows of tables, side by side -> 3 x (product, scan both ways) -> heads
//!                                                                  `-> 2 more layers -> heads
//! ```
//!
//! Upper layers and heads are products of whole numbers; every other sum is taken in one fixed
//! order with fused multiply-add. So a score has the same bits on every instruction set and in every
//! batch; even so, scores are put on a grid before they decide.
//! Left out: training (`training/` at the root of the repository).

mod chain;
mod compact;
mod encoder;
pub(crate) mod features;
mod matrix;
mod pieces;
mod scan;
mod transformer;
mod weights;

pub(crate) use chain::Chain;
pub(crate) use compact::{Compact, Linear};
pub(crate) use encoder::{Encoder, gates};
pub(crate) use matrix::Matrix;
pub(crate) use pieces::Pieces;
pub(crate) use scan::{Gates, exp, scan, softmax};
pub(crate) use transformer::Transformer;
pub(crate) use weights::{Slots, Table, Weights};

/// Steps of the score grid in one unit.
const GRID: f32 = 4096.0;

/// A score as a whole number of grid steps: what decisions are made with.
pub(crate) fn grid(score: f32) -> i32 {
    let steps = score.clamp(-1e5, 1e5) * GRID;
    (steps + 0.5f32.copysign(steps)) as i32
}

/// A probability on the grid of the scores a document shows (thousandths).
pub(crate) fn shown(probability: f32) -> f32 {
    (probability.clamp(0.0, 1.0) * 1000.0).round() / 1000.0
}

/// The place of the greatest value, the first one in a tie.
pub(crate) fn best(scores: &[f32]) -> usize {
    let mut top = (0, i32::MIN);
    for (i, s) in scores.iter().enumerate() {
        let s = grid(*s);
        if s > top.1 {
            top = (i, s);
        }
    }
    top.0
}

#[cfg(test)]
mod tests {
    /// Values between -0.5 and 0.5 that look random and are the same each time.
    pub(super) fn values(n: usize, seed: u32) -> Vec<f32> {
        let next = |s: &u32| Some(s.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
        std::iter::successors(Some(seed), next)
            .take(n)
            .map(|s| (s >> 16) as f32 / 65536.0 - 0.5)
            .collect()
    }
}
