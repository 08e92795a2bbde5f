//! The light recurrence, and the exponential both it and the scores use.
//!
//! For each direction and channel, with `z f r x` from one product over the layer's inputs:
//! `f = sigmoid(f + v c + b)`, `c = z + f (c - z)`, `r` like `f`, `h = x + r (c - x)`.

#![expect(
    clippy::inline_always,
    reason = "code compiled for a wider instruction set must be inlined into the caller that checked for it"
)]

use pulp::Arch;

/// e to the power of `x`, in single precision, the same on every machine.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    const SHIFT: f32 = 12_582_912.0; // 1.5 * 2^23: adding it rounds to a whole number
    let x = x.clamp(-87.0, 88.0);
    let n = (x * std::f32::consts::LOG2_E + SHIFT) - SHIFT;
    let r = (x - n * 0.693_359_4) + n * 2.121_944_4e-4;
    let p = 1.987_569_1e-4;
    let p = p * r + 1.398_2e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 0.166_666_66;
    let p = p * r + 0.5;
    let p = p * r * r + r + 1.0;
    p * f32::from_bits(((n as i32 + 127) << 23) as u32)
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

/// Runs the recurrence over one sequence of `u` (rows of `8 * hidden`) into `out` (rows of `2 * hidden`).
pub(crate) fn scan(gates: &Gates, u: &[f32], out: &mut [f32]) {
    Arch::new().dispatch(
        #[inline(always)]
        || both_ways(gates, u, out),
    );
}

#[inline(always)]
fn both_ways(gates: &Gates, u: &[f32], out: &mut [f32]) {
    let hidden = gates.hidden;
    let mut memory = vec![0.0; hidden];
    for direction in 0..2 {
        memory.fill(0.0);
        let g = &gates.values[direction * 4 * hidden..][..4 * hidden];
        let steps = u.len() / (8 * hidden);
        for step in 0..steps {
            let t = if direction == 0 {
                step
            } else {
                steps - 1 - step
            };
            let u = &u[t * 8 * hidden + direction * 4 * hidden..][..4 * hidden];
            let out = &mut out[t * 2 * hidden + direction * hidden..][..hidden];
            one_step(g, u, &mut memory, out);
        }
    }
}

#[inline(always)]
fn one_step(gates: &[f32], inputs: &[f32], memory: &mut [f32], out: &mut [f32]) {
    let width = memory.len();
    let part = |all: &'_ [f32], n: usize| -> std::ops::Range<usize> {
        debug_assert_eq!(all.len(), 4 * width);
        n * width..(n + 1) * width
    };
    let peep_forget = &gates[part(gates, 0)];
    let peep_reset = &gates[part(gates, 1)];
    let bias_forget = &gates[part(gates, 2)];
    let bias_reset = &gates[part(gates, 3)];
    let new = &inputs[part(inputs, 0)];
    let forget = &inputs[part(inputs, 1)];
    let reset = &inputs[part(inputs, 2)];
    let carried = &inputs[part(inputs, 3)];
    let out = &mut out[..width];
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

    #[test]
    fn a_sequence_read_backwards_mirrors_one_read_forwards() {
        let gates = Gates {
            values: vec![0.1; 8],
            hidden: 1,
        };
        let u = [
            1.0, 0.2, 0.3, 0.4, 1.0, 0.2, 0.3, 0.4, -1.0, 0.5, 0.1, 0.0, -1.0, 0.5, 0.1, 0.0,
        ];
        let mirrored: Vec<f32> = u[8..].iter().chain(&u[..8]).copied().collect();
        let (mut a, mut b) = ([0.0; 4], [0.0; 4]);
        scan(&gates, &u, &mut a);
        scan(&gates, &mirrored, &mut b);
        assert_eq!((a[0], a[2]), (b[3], b[1]));
    }
}
