//! The light recurrence, and the exponential both it and the scores use.
//!
//! For each direction and channel, with `z f r x` from one product over the layer's inputs:
//! `f = sigmoid(f + v c + b)`, `c = z + f (c - z)`, `r` like `f`, `h = x + r (c - x)`.

#![expect(
    clippy::inline_always,
    reason = "code compiled for a wider instruction set must be inlined into the caller that checked for it"
)]

use pulp::{Arch, Simd, WithSimd};

/// e to the power of `x`, in single precision, the same on every machine.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    const SHIFT: f32 = 12_582_912.0; // 1.5 * 2^23: adding it rounds to a whole number
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + SHIFT;
    let n = shifted - SHIFT;
    let r = (x - n * 0.693_359_4) + n * 2.121_944_4e-4;
    let p = 1.987_569_1e-4;
    let p = p * r + 1.398_2e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 0.166_666_66;
    let p = p * r + 0.5;
    let p = p * r * r + r + 1.0;
    // The low bits of the shifted number are the whole number itself: it becomes the exponent.
    p * f32::from_bits((shifted.to_bits().wrapping_add(127)) << 23)
}

#[inline(always)]
fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// Scores to probabilities, in place.
pub(crate) fn softmax(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for s in scores.iter_mut() {
        *s = exp(*s - top);
        sum += *s;
    }
    for s in scores {
        *s /= sum;
    }
}

/// Peephole weights and biases of one layer: two directions of `v_f v_r b_f b_r`.
#[derive(Debug, Clone)]
pub(crate) struct Gates {
    pub(crate) values: Vec<f32>,
    pub(crate) hidden: usize,
}

impl Gates {
    /// Parts of the product over inputs of this width: three for each direction, and a fourth
    /// where the layer below is of another width and cannot itself be the highway.
    pub(crate) fn parts(&self, inputs: usize) -> usize {
        if inputs == 2 * self.hidden { 6 } else { 8 }
    }
}

/// Runs the recurrence over sequences of these lengths; gives rows of `2 * hidden`.
///
/// `u` has rows of `8 * hidden`, or of `6 * hidden` with the highway's values in `below`.
pub(crate) fn scan(gates: &Gates, u: &[f32], below: Option<&[f32]>, lengths: &[usize]) -> Vec<f32> {
    let words: usize = lengths.iter().sum();
    let mut out = vec![0.0; words * 2 * gates.hidden];
    let below = below.filter(|b| b.len() == out.len() && u.len() == words * 6 * gates.hidden);
    Arch::new().dispatch(Recurrence {
        gates,
        u,
        below,
        lengths,
        out: &mut out,
    });
    out
}

struct Recurrence<'a> {
    gates: &'a Gates,
    u: &'a [f32],
    below: Option<&'a [f32]>,
    lengths: &'a [usize],
    out: &'a mut [f32],
}

impl WithSimd for Recurrence<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        match self.below {
            Some(x) => all::<3>(self.gates, self.u, x, self.lengths, self.out),
            None => all::<4>(self.gates, self.u, &[], self.lengths, self.out),
        }
    }
}

#[inline(always)]
fn all<const PARTS: usize>(
    gates: &Gates,
    u: &[f32],
    x: &[f32],
    lengths: &[usize],
    out: &mut [f32],
) {
    let hidden = gates.hidden;
    let wide = 2 * PARTS * hidden;
    let mut memory = vec![0.0; hidden];
    let mut from = 0;
    for n in lengths {
        for direction in 0..2 {
            memory.fill(0.0);
            let g = &gates.values[direction * 4 * hidden..][..4 * hidden];
            for step in 0..*n {
                let t = from + if direction == 0 { step } else { n - 1 - step };
                let u = &u[t * wide + direction * PARTS * hidden..][..PARTS * hidden];
                let at = t * 2 * hidden + direction * hidden;
                let carried = if PARTS == 4 {
                    &u[3 * hidden..]
                } else {
                    &x[at..at + hidden]
                };
                one_step(g, u, carried, &mut memory, &mut out[at..at + hidden]);
            }
        }
        from += n;
    }
}

#[inline(always)]
fn one_step(gates: &[f32], inputs: &[f32], carried: &[f32], memory: &mut [f32], out: &mut [f32]) {
    let width = memory.len();
    let (peep_forget, gates) = gates.split_at(width);
    let (peep_reset, gates) = gates.split_at(width);
    let (bias_forget, bias_reset) = gates.split_at(width);
    let (new, inputs) = inputs.split_at(width);
    let (forget, reset) = inputs.split_at(width);
    let (bias_reset, reset) = (&bias_reset[..width], &reset[..width]);
    let (carried, out) = (&carried[..width], &mut out[..width]);
    for i in 0..width {
        let kept = memory[i];
        let keep = sigmoid(forget[i] + peep_forget[i] * kept + bias_forget[i]);
        let show = sigmoid(reset[i] + peep_reset[i] * kept + bias_reset[i]);
        let next = new[i] + keep * (kept - new[i]);
        out[i] = carried[i] + show * (next - carried[i]);
        memory[i] = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_close() {
        for i in -8000..8000 {
            let x = i as f32 / 100.0;
            let (got, want) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((got / want - 1.0).abs() < 1e-6, "{x}: {got} {want}");
        }
        assert!(exp(-1e9) < 1e-30 && exp(1e9).is_finite());
    }

    fn gates() -> Gates {
        Gates {
            values: vec![0.1; 8],
            hidden: 1,
        }
    }

    #[test]
    fn a_sequence_read_backwards_mirrors_one_read_forwards() {
        let u = [
            1.0, 0.2, 0.3, 0.4, 1.0, 0.2, 0.3, 0.4, -1.0, 0.5, 0.1, 0.0, -1.0, 0.5, 0.1, 0.0,
        ];
        let mirrored: Vec<f32> = u[8..].iter().chain(&u[..8]).copied().collect();
        let a = scan(&gates(), &u, None, &[2]);
        let b = scan(&gates(), &mirrored, None, &[2]);
        assert_eq!((a[0], a[2]), (b[3], b[1]));
    }

    #[test]
    fn a_highway_from_below_is_a_fourth_part() {
        let four = [1.0, 0.2, 0.3, 0.4, 1.0, 0.2, 0.3, 0.5];
        let three = [1.0, 0.2, 0.3, 1.0, 0.2, 0.3];
        let with = scan(&gates(), &three, Some(&[0.4, 0.5]), &[1]);
        assert_eq!(scan(&gates(), &four, None, &[1]), with);
    }

    #[test]
    fn sequences_do_not_touch() {
        let u: Vec<f32> = (0..24).map(|i| i as f32 / 9.0 - 1.0).collect();
        let together = scan(&gates(), &u, None, &[1, 2]);
        let apart = [
            scan(&gates(), &u[..8], None, &[1]),
            scan(&gates(), &u[8..], None, &[2]),
        ];
        assert_eq!(together, apart.concat());
    }
}
