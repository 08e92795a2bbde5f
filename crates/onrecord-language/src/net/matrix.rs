//! Products with weight matrices.
//!
//! Weights are packed into panels of 32 columns. Each value of the product is summed over the
//! inputs in order by fused multiply-add, whatever the width of the machine's registers.

#![expect(
    clippy::inline_always,
    reason = "code compiled for a wider instruction set must be inlined into the caller that checked for it"
)]

use pulp::{Arch, Simd, WithSimd};

const PANEL: usize = 32;

/// A weight matrix, packed for products from the left.
#[derive(Debug, Clone)]
pub(crate) struct Matrix {
    inputs: usize,
    outputs: usize,
    /// One panel after another; in a panel, 32 columns of each input row.
    panels: Vec<f32>,
}

impl Matrix {
    /// From row-major values, one row per input.
    pub(crate) fn new(values: &[f32], inputs: usize, outputs: usize) -> Self {
        let mut this = Self::empty(inputs, outputs);
        for (i, row) in values.chunks_exact(outputs.max(1)).take(inputs).enumerate() {
            for (p, piece) in row.chunks(PANEL).enumerate() {
                this.panels[(p * inputs + i) * PANEL..][..piece.len()].copy_from_slice(piece);
            }
        }
        this
    }

    /// From row-major values, one row per output.
    pub(crate) fn transposed(values: &[f32], inputs: usize, outputs: usize) -> Self {
        let mut this = Self::empty(inputs, outputs);
        for (o, row) in values.chunks_exact(inputs.max(1)).take(outputs).enumerate() {
            let panel = &mut this.panels[o / PANEL * inputs * PANEL..];
            for (cell, value) in panel.iter_mut().skip(o % PANEL).step_by(PANEL).zip(row) {
                *cell = *value;
            }
        }
        this
    }

    fn empty(inputs: usize, outputs: usize) -> Self {
        Self {
            inputs,
            outputs,
            panels: vec![0.0; outputs.div_ceil(PANEL) * PANEL * inputs],
        }
    }

    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// The product of row-major `x`, which holds whole rows of `inputs` values.
    pub(crate) fn apply(&self, x: &[f32]) -> Vec<f32> {
        let rows = x.len().checked_div(self.inputs).unwrap_or(0);
        let mut out = vec![0.0; rows * self.outputs];
        if rows > 0 && self.outputs > 0 {
            Arch::new().dispatch(Product {
                matrix: self,
                x,
                rows,
                out: &mut out,
            });
        }
        out
    }
}

struct Product<'a> {
    matrix: &'a Matrix,
    x: &'a [f32],
    rows: usize,
    out: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        // Vectors across a panel's piece, and rows at a time: as many sums as fit the registers.
        match S::F32_LANES {
            16 => product::<S, 2, 12>(simd, &mut self),
            8 => product::<S, 2, 6>(simd, &mut self),
            4 => product::<S, 2, 6>(simd, &mut self),
            _ => product::<S, 8, 2>(simd, &mut self),
        }
    }
}

#[inline(always)]
fn product<S: Simd, const VECTORS: usize, const ROWS: usize>(simd: S, job: &mut Product<'_>) {
    let (inputs, outputs) = (job.matrix.inputs, job.matrix.outputs);
    let packed = interleave::<ROWS>(job.x, inputs, job.rows);
    let wide = VECTORS * S::F32_LANES;
    for (p, panel) in job.matrix.panels.chunks_exact(inputs * PANEL).enumerate() {
        for (b, block) in packed.chunks_exact(inputs * ROWS).enumerate() {
            for from in (0..PANEL).step_by(wide) {
                let column = p * PANEL + from;
                if column >= outputs {
                    break;
                }
                let sums = piece::<S, VECTORS, ROWS>(simd, block, panel, from);
                let keep = wide.min(outputs - column);
                for (r, sum) in sums.iter().enumerate().take(job.rows - b * ROWS) {
                    let at = (b * ROWS + r) * outputs + column;
                    let line = pulp::bytemuck::cast_slice::<S::f32s, f32>(sum);
                    job.out[at..at + keep].copy_from_slice(&line[..keep]);
                }
            }
        }
    }
}

/// Blocks of `ROWS` rows with the same input side by side; rows that are missing are zero.
fn interleave<const ROWS: usize>(x: &[f32], inputs: usize, rows: usize) -> Vec<f32> {
    let mut packed = vec![0.0; rows.div_ceil(ROWS) * ROWS * inputs];
    for (r, row) in x.chunks_exact(inputs).enumerate() {
        let block = &mut packed[r / ROWS * ROWS * inputs..][..ROWS * inputs];
        for (cell, value) in block.iter_mut().skip(r % ROWS).step_by(ROWS).zip(row) {
            *cell = *value;
        }
    }
    packed
}

#[inline(always)]
fn piece<S: Simd, const VECTORS: usize, const ROWS: usize>(
    simd: S,
    block: &[f32],
    panel: &[f32],
    from: usize,
) -> [[S::f32s; VECTORS]; ROWS] {
    let mut sums = [[simd.splat_f32s(0.0); VECTORS]; ROWS];
    let (block, _) = pulp::as_arrays::<ROWS, f32>(block);
    let (panel, _) = pulp::as_arrays::<PANEL, f32>(panel);
    for (a, b) in block.iter().zip(panel) {
        let (b, _) = S::as_simd_f32s(&b[from..from + VECTORS * S::F32_LANES]);
        for (sum, a) in sums.iter_mut().zip(a) {
            let a = simd.splat_f32s(*a);
            for (s, b) in sum.iter_mut().zip(b) {
                *s = simd.mul_add_f32s(a, *b, *s);
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::super::tests::values;
    use super::*;

    fn check(rows: usize, inputs: usize, outputs: usize) {
        let (x, w) = (values(rows * inputs, 1), values(inputs * outputs, 2));
        let got = Matrix::new(&w, inputs, outputs).apply(&x);
        for r in 0..rows {
            for o in 0..outputs {
                let want = (0..inputs).fold(0.0f32, |s, i| {
                    x[r * inputs + i].mul_add(w[i * outputs + o], s)
                });
                assert_eq!(got[r * outputs + o].to_bits(), want.to_bits());
            }
        }
    }

    #[test]
    fn a_product_is_summed_in_order_to_the_last_bit() {
        check(1, 1, 1);
        check(3, 7, 5);
        check(13, 40, 33);
        check(25, 64, 100);
    }

    #[test]
    fn a_transposed_matrix_is_the_same_matrix() {
        let w = values(12, 3);
        let t: Vec<f32> = (0..4)
            .flat_map(|o| (0..3).map(move |i| (i, o)))
            .map(|(i, o)| w[i * 4 + o])
            .collect();
        let x = values(6, 4);
        assert_eq!(
            Matrix::new(&w, 3, 4).apply(&x),
            Matrix::transposed(&t, 3, 4).apply(&x)
        );
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn every_instruction_set_gives_the_same_bits() {
        let (rows, inputs, outputs) = (17, 70, 45);
        let (x, w) = (values(rows * inputs, 5), values(inputs * outputs, 6));
        let matrix = Matrix::new(&w, inputs, outputs);
        let with = |run: &dyn Fn(Product<'_>)| {
            let mut out = vec![0.0; rows * outputs];
            run(Product {
                matrix: &matrix,
                x: &x,
                rows,
                out: &mut out,
            });
            out.into_iter().map(f32::to_bits).collect::<Vec<_>>()
        };
        let want = with(&|job| job.with_simd(pulp::Scalar));
        assert_eq!(want, with(&|job| Arch::new().dispatch(job)));
        if let Some(v3) = pulp::x86::V3::try_new() {
            assert_eq!(want, with(&|job| Simd::vectorize(v3, job)));
        }
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(Matrix::new(&[], 0, 4).apply(&[]).is_empty());
        assert!(Matrix::new(&[1.0], 1, 1).apply(&[]).is_empty());
    }
}
