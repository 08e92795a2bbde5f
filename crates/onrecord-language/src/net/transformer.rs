//! A pretrained encoder: blocks of attention and a wide layer, over pieces of words.
//!
//! Products with weights are products of whole numbers; sums run in sixteen lanes that are added
//! in one order, so a state has the same bits on every instruction set.
//! Source: Vaswani et al. 2017, Devlin et al. 2019.

#![expect(
    clippy::inline_always,
    reason = "code compiled for a wider instruction set must be inlined into the caller that checked for it"
)]

use pulp::Arch;

use super::compact::Linear;
use super::matrix::Matrix;
use super::scan::exp;
use super::weights::{Table, Weights};

const LANES: usize = 16;

/// The encoder.
#[derive(Debug)]
pub(crate) struct Transformer {
    words: Table,
    /// A row for each place of a sequence.
    places: Vec<f32>,
    norm: Norm,
    blocks: Vec<Block>,
    heads: usize,
}

#[derive(Debug)]
struct Block {
    /// Queries, keys and values, side by side.
    asks: Linear,
    told: Linear,
    norm: Norm,
    up: Linear,
    down: Linear,
    end: Norm,
}

/// Brings a row to mean 0 and variance 1, then scales and shifts it.
#[derive(Debug)]
struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

impl Transformer {
    /// Reads its part of a model file.
    pub(crate) fn read(w: &Weights<'_>) -> Result<Self, String> {
        let blocks = (0..w.number("blocks")?).map(|i| Block::read(w, &format!("block.{i}")));
        let this = Self {
            words: w.table("pieces")?,
            places: w.values("places")?,
            norm: Norm::read(w, "norm")?,
            blocks: blocks.collect::<Result<_, _>>()?,
            heads: w.number("heads")?,
        };
        let n = this.width();
        let fits = n > 0
            && this.heads > 0
            && n.is_multiple_of(this.heads)
            && this.places.len().is_multiple_of(n)
            && this.norm.scale.len() == n
            && this.blocks.iter().all(|b| b.fits(n));
        if fits {
            Ok(this)
        } else {
            Err("the encoder's blocks do not fit each other".into())
        }
    }

    /// The width of a state.
    pub(crate) fn width(&self) -> usize {
        self.words.width
    }

    /// Pieces that one sequence may have.
    pub(crate) fn longest(&self) -> usize {
        self.places.len() / self.width()
    }

    /// The states of a sequence's pieces, one row after another; what is beyond the longest
    /// sequence is left out.
    pub(crate) fn run(&self, pieces: &[u32]) -> Vec<f32> {
        let n = self.width();
        let pieces = &pieces[..pieces.len().min(self.longest())];
        let mut x = vec![0.0; pieces.len() * n];
        let places = self.places.chunks_exact(n);
        for ((row, piece), place) in x.chunks_exact_mut(n).zip(pieces).zip(places) {
            self.words.row(*piece as usize, row);
            add(row, place);
        }
        self.norm.apply(&mut x);
        for block in &self.blocks {
            block.run(&mut x, self.heads);
        }
        x
    }
}

impl Block {
    fn read(w: &Weights<'_>, at: &str) -> Result<Self, String> {
        Ok(Self {
            asks: w.linear(&format!("{at}.asks"))?,
            told: w.linear(&format!("{at}.told"))?,
            norm: Norm::read(w, &format!("{at}.norm"))?,
            up: w.linear(&format!("{at}.up"))?,
            down: w.linear(&format!("{at}.down"))?,
            end: Norm::read(w, &format!("{at}.end"))?,
        })
    }

    fn fits(&self, n: usize) -> bool {
        let shape = |l: &Linear| (l.matrix.inputs(), l.matrix.outputs());
        let inner = self.up.matrix.outputs();
        shape(&self.asks) == (n, 3 * n)
            && shape(&self.told) == (n, n)
            && shape(&self.up) == (n, inner)
            && shape(&self.down) == (inner, n)
            && self.norm.scale.len() == n
            && self.end.scale.len() == n
    }

    fn run(&self, x: &mut [f32], heads: usize) {
        let width = self.told.matrix.outputs();
        let told = self.told.apply(&attend(&self.asks.apply(x), width, heads));
        add(x, &told);
        self.norm.apply(x);
        let mut inner = self.up.apply(x);
        gelu(&mut inner);
        add(x, &self.down.apply(&inner));
        self.end.apply(x);
    }
}

/// What each piece hears from all: rows of queries, keys and values to rows of answers.
fn attend(rows: &[f32], width: usize, heads: usize) -> Vec<f32> {
    let n = rows.len() / (3 * width);
    let own = width / heads;
    let mut out = vec![0.0; n * width];
    let part = |which: usize, head: usize| -> Vec<f32> {
        let from = which * width + head * own;
        let rows = rows.chunks_exact(3 * width);
        rows.flat_map(|r| &r[from..from + own]).copied().collect()
    };
    let scale = 1.0 / (own as f32).sqrt();
    for head in 0..heads {
        let mut asks = part(0, head);
        for x in &mut asks {
            *x *= scale;
        }
        let keys = Matrix::transposed(&part(1, head), own, n);
        let values = Matrix::new(&part(2, head), n, own);
        let mut heard = keys.apply(&asks);
        Arch::new().dispatch(|| heard.chunks_exact_mut(n.max(1)).for_each(shares));
        let heard = values.apply(&heard);
        for (to, from) in out.chunks_exact_mut(width).zip(heard.chunks_exact(own)) {
            to[head * own..][..own].copy_from_slice(from);
        }
    }
    out
}

/// Scores to shares of one.
#[inline(always)]
fn shares(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    for s in scores.iter_mut() {
        *s = exp(*s - top);
    }
    let sum = total(scores, |x| x);
    for s in scores.iter_mut() {
        *s /= sum;
    }
}

/// The Gaussian error linear unit, by its usual approximation.
fn gelu(x: &mut [f32]) {
    Arch::new().dispatch(|| {
        for x in x {
            let t = 1.595_769 * (*x + 0.044_715 * *x * *x * *x);
            *x /= 1.0 + exp(-t);
        }
    });
}

fn add(to: &mut [f32], from: &[f32]) {
    for (t, f) in to.iter_mut().zip(from) {
        *t += f;
    }
}

impl Norm {
    fn read(w: &Weights<'_>, at: &str) -> Result<Self, String> {
        let this = Self {
            scale: w.values(&format!("{at}.scale"))?,
            shift: w.values(&format!("{at}.shift"))?,
        };
        if this.scale.len() == this.shift.len() {
            Ok(this)
        } else {
            Err(format!("{at}: as many shifts as scales are due"))
        }
    }

    fn apply(&self, x: &mut [f32]) {
        Arch::new().dispatch(|| {
            let n = self.scale.len();
            for row in x.chunks_exact_mut(n) {
                let mean = total(row, |x| x) / n as f32;
                let spread = total(row, |x| (x - mean) * (x - mean)) / n as f32;
                let by = 1.0 / (spread + 1e-12).sqrt();
                for ((x, scale), shift) in row.iter_mut().zip(&self.scale).zip(&self.shift) {
                    *x = (*x - mean) * by * scale + shift;
                }
            }
        });
    }
}

/// The sum of a function over values, in sixteen lanes that are added in order.
#[inline(always)]
fn total(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    let (whole, rest) = values.as_chunks::<LANES>();
    for chunk in whole {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += of(*x);
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane += of(*x);
    }
    lanes.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_brought_to_mean_zero() {
        let norm = Norm {
            scale: vec![1.0; 20],
            shift: vec![0.5; 20],
        };
        let mut x: Vec<f32> = (0..40).map(|i| i as f32).collect();
        norm.apply(&mut x);
        let mean = x[..20].iter().sum::<f32>() / 20.0;
        assert!((mean - 0.5).abs() < 1e-5, "{mean}");
        assert!((x[0] - x[20]).abs() < 1e-5);
    }

    #[test]
    fn shares_are_of_one() {
        let mut x: Vec<f32> = (0..19).map(|i| i as f32 / 3.0).collect();
        shares(&mut x);
        assert!((x.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(x[18] > x[17]);
    }

    #[test]
    fn a_piece_that_hears_alike_keys_hears_the_mean() {
        // Two pieces of width 2, one head: the same keys, values 1 and 3.
        let rows = [1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 3.0, 3.0];
        let got = attend(&rows, 2, 1);
        assert!(got.iter().all(|x| (x - 2.0).abs() < 1e-6), "{got:?}");
    }

    #[test]
    fn gelu_is_near_its_values() {
        let mut x = [-1.0, 0.0, 1.0, 3.0];
        gelu(&mut x);
        for (got, want) in x.iter().zip([-0.1588, 0.0, 0.8412, 2.9964]) {
            assert!((got - want).abs() < 1e-3, "{got} {want}");
        }
    }
}
