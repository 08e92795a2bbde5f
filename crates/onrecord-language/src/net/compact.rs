//! Products in whole numbers of eight bits: a quarter of the traffic, and up to four times the
//! speed of products of floats.
//!
//! Each column of weights has its scale, and so has each row of states; between the two all is
//! whole numbers, so every instruction set gives the same sum whatever its order. Weights keep to
//! 7 bits: then a pair of products fits the 16 bits in which AVX2 adds it, and nothing saturates.

#![expect(
    clippy::inline_always,
    reason = "code compiled for a wider instruction set must be inlined into the caller that checked for it"
)]

#[cfg(target_arch = "x86_64")]
use archmage::{SimdToken as _, X64V3Token, X64V4xToken, arcane};

/// Columns side by side in a panel.
const PANEL: usize = 16;
/// Inputs that are multiplied and added at once.
const GROUP: usize = 4;
/// The greatest weight.
const MOST: f32 = 63.0;
/// What a state of zero is as an unsigned byte.
const ZERO: i32 = 128;

/// A weight matrix in eight bits, packed for products from the left.
#[derive(Debug, Clone)]
pub(crate) struct Compact {
    inputs: usize,
    outputs: usize,
    /// Groups of four inputs.
    groups: usize,
    /// Panel after panel, group after group: four weights of each of 16 columns.
    panels: Vec<[i8; PANEL * GROUP]>,
    /// What the zero of the states adds to each column, taken off beforehand.
    offsets: Vec<[i32; PANEL]>,
    scales: Vec<[f32; PANEL]>,
}

/// Rows of states as bytes, in blocks of `ROWS` rows: a group of the first row, of the second...
struct Packed {
    blocks: Vec<u32>,
    scales: Vec<f32>,
}

impl Compact {
    /// From row-major values, one row per input.
    pub(crate) fn new(values: &[f32], inputs: usize, outputs: usize) -> Self {
        let (groups, panels) = (inputs.div_ceil(GROUP), outputs.div_ceil(PANEL));
        let mut this = Self {
            inputs,
            outputs,
            groups,
            panels: vec![[0; PANEL * GROUP]; panels * groups],
            offsets: vec![[0; PANEL]; panels],
            scales: vec![[0.0; PANEL]; panels],
        };
        let rows = || values.chunks_exact(outputs.max(1)).take(inputs);
        let scales = this.scales.as_flattened_mut();
        for row in rows() {
            for (scale, value) in scales.iter_mut().zip(row) {
                *scale = scale.max(value.abs());
            }
        }
        for scale in scales {
            *scale /= MOST;
        }
        for (i, row) in rows().enumerate() {
            for (column, value) in row.iter().enumerate() {
                let (p, at) = (column / PANEL, column % PANEL);
                let scale = this.scales[p][at];
                if scale > 0.0 {
                    let weight = (value / scale).round() as i8;
                    this.panels[p * groups + i / GROUP][at * GROUP + i % GROUP] = weight;
                    this.offsets[p][at] -= ZERO * i32::from(weight);
                }
            }
        }
        this
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
        if rows == 0 || self.outputs == 0 {
            return out;
        }
        #[cfg(target_arch = "x86_64")]
        if let Some(token) = X64V4xToken::summon() {
            with_vnni(token, self, x, &mut out);
            return out;
        } else if let Some(token) = X64V3Token::summon() {
            with_avx2(token, self, x, &mut out);
            return out;
        }
        anywhere(self, x, &mut out);
        out
    }

    /// The panels from `first` on, `N` of them, each as its groups.
    #[inline(always)]
    fn side_by_side<const N: usize>(&self, first: usize) -> [&[[i8; PANEL * GROUP]]; N] {
        std::array::from_fn(|i| &self.panels[(first + i) * self.groups..][..self.groups])
    }

    /// Files the sums of one row and panel.
    #[inline(always)]
    fn file(&self, sums: &[i32; PANEL], panel: usize, scale: f32, row: &mut [f32]) {
        let own = &mut row[panel * PANEL..];
        let value = |i: usize| sums[i] as f32 * scale * self.scales[panel][i];
        if let Some(whole) = own.first_chunk_mut::<PANEL>() {
            for (i, o) in whole.iter_mut().enumerate() {
                *o = value(i);
            }
        } else {
            for (i, o) in own.iter_mut().enumerate() {
                *o = value(i);
            }
        }
    }
}

/// A matrix in eight bits and what is added to each row of its product.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    pub(crate) matrix: Compact,
    pub(crate) bias: Vec<f32>,
}

impl Linear {
    pub(crate) fn apply(&self, x: &[f32]) -> Vec<f32> {
        let mut out = self.matrix.apply(x);
        for row in out.chunks_exact_mut(self.bias.len().max(1)) {
            for (o, b) in row.iter_mut().zip(&self.bias) {
                *o += b;
            }
        }
        out
    }
}

impl Packed {
    #[inline(always)]
    fn new<const ROWS: usize>(matrix: &Compact, x: &[f32]) -> Self {
        let rows = x.len() / matrix.inputs;
        let blocks = rows.div_ceil(ROWS);
        let mut this = Self {
            blocks: vec![0; blocks * matrix.groups * ROWS],
            scales: vec![0.0; rows],
        };
        let mut bytes = vec![ZERO as u8; matrix.groups * GROUP];
        for (r, row) in x.chunks_exact(matrix.inputs).enumerate() {
            this.scales[r] = quantise(row, &mut bytes);
            let block = &mut this.blocks[r / ROWS * matrix.groups * ROWS..];
            let cells = block.as_chunks_mut::<ROWS>().0.iter_mut();
            for (cells, group) in cells.zip(bytes.as_chunks::<GROUP>().0) {
                cells[r % ROWS] = u32::from_le_bytes(*group);
            }
        }
        this
    }
}

/// A row as bytes around 128; gives the size of a step.
#[inline(always)]
fn quantise(row: &[f32], bytes: &mut [u8]) -> f32 {
    const SHIFT: f32 = 12_582_912.0; // 1.5 * 2^23: adding it rounds to a whole number
    let most = greatest(row);
    if !(most > 0.0 && most.is_finite()) {
        bytes.fill(ZERO as u8);
        return 0.0;
    }
    let steps = 127.0 / most;
    for (byte, value) in bytes.iter_mut().zip(row) {
        // The low byte of the shifted number is the whole number's.
        *byte = ((value * steps + SHIFT).to_bits() as u8).wrapping_add(ZERO as u8);
    }
    most / 127.0
}

/// The greatest magnitude of a row; side by side, for a chain of comparisons would be waited for.
#[inline(always)]
fn greatest(row: &[f32]) -> f32 {
    let mut most = [0.0f32; PANEL];
    let (whole, rest) = row.as_chunks::<PANEL>();
    for chunk in whole {
        for (m, v) in most.iter_mut().zip(chunk) {
            *m = if v.abs() > *m { v.abs() } else { *m };
        }
    }
    most.iter().chain(rest).fold(0.0, |m, v| m.max(v.abs()))
}

fn anywhere(matrix: &Compact, x: &[f32], out: &mut [f32]) {
    let packed = Packed::new::<1>(matrix, x);
    let rows = out.chunks_exact_mut(matrix.outputs);
    for ((row, states), scale) in
        (rows.zip(packed.blocks.chunks_exact(matrix.groups))).zip(&packed.scales)
    {
        for panel in 0..matrix.offsets.len() {
            let mut sums = matrix.offsets[panel];
            let [groups] = matrix.side_by_side::<1>(panel);
            for (weights, state) in groups.iter().zip(states) {
                let state = state.to_le_bytes().map(i32::from);
                for (sum, own) in sums.iter_mut().zip(weights.chunks_exact(GROUP)) {
                    *sum += (own.iter().zip(state))
                        .map(|(w, s)| i32::from(*w) * s)
                        .sum::<i32>();
                }
            }
            matrix.file(&sums, panel, *scale, row);
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[arcane(import_intrinsics)]
fn with_vnni(_: X64V4xToken, matrix: &Compact, x: &[f32], out: &mut [f32]) {
    const ROWS: usize = 6;
    macro_rules! tile {
        ($packed:ident, $first:expr, $panels:literal) => {{
            let panels = matrix.side_by_side::<$panels>($first);
            let offsets: [_; $panels] =
                std::array::from_fn(|p| _mm512_loadu_si512(&matrix.offsets[$first + p]));
            for (b, block) in $packed
                .blocks
                .chunks_exact(matrix.groups * ROWS)
                .enumerate()
            {
                let mut sums = [offsets; ROWS];
                for (k, states) in block.as_chunks::<ROWS>().0.iter().enumerate() {
                    let weights: [_; $panels] =
                        std::array::from_fn(|p| _mm512_loadu_si512(&panels[p][k]));
                    for (sum, state) in sums.iter_mut().zip(states) {
                        let state = _mm512_set1_epi32(*state as i32);
                        for (s, w) in sum.iter_mut().zip(weights) {
                            *s = _mm512_dpbusd_epi32(*s, state, w);
                        }
                    }
                }
                let rows = out.chunks_exact_mut(matrix.outputs).skip(b * ROWS);
                for ((sum, row), scale) in sums.iter().zip(rows).zip(&$packed.scales[b * ROWS..]) {
                    for (p, s) in sum.iter().enumerate() {
                        let mut line = [0; PANEL];
                        _mm512_storeu_si512(&mut line, *s);
                        matrix.file(&line, $first + p, *scale, row);
                    }
                }
            }
        }};
    }
    let packed = Packed::new::<ROWS>(matrix, x);
    let mut panel = 0;
    while panel + 4 <= matrix.offsets.len() {
        tile!(packed, panel, 4);
        panel += 4;
    }
    while panel < matrix.offsets.len() {
        tile!(packed, panel, 1);
        panel += 1;
    }
}

#[cfg(target_arch = "x86_64")]
#[arcane(import_intrinsics)]
fn with_avx2(_: X64V3Token, matrix: &Compact, x: &[f32], out: &mut [f32]) {
    const ROWS: usize = 4;
    let packed = Packed::new::<ROWS>(matrix, x);
    let ones = _mm256_set1_epi16(1);
    for panel in 0..matrix.offsets.len() {
        let [groups] = matrix.side_by_side::<1>(panel);
        let (halves, _) = matrix.offsets[panel].as_chunks::<{ PANEL / 2 }>();
        let offsets = [
            _mm256_loadu_si256(&halves[0]),
            _mm256_loadu_si256(&halves[1]),
        ];
        for (b, block) in packed.blocks.chunks_exact(matrix.groups * ROWS).enumerate() {
            let mut sums = [offsets; ROWS];
            for (weights, states) in groups.iter().zip(block.as_chunks::<ROWS>().0) {
                let (halves, _) = weights.as_chunks::<{ PANEL * GROUP / 2 }>();
                let weights = [
                    _mm256_loadu_si256(&halves[0]),
                    _mm256_loadu_si256(&halves[1]),
                ];
                for (sum, state) in sums.iter_mut().zip(states) {
                    let state = _mm256_set1_epi32(*state as i32);
                    for (s, w) in sum.iter_mut().zip(weights) {
                        let pairs = _mm256_maddubs_epi16(state, w);
                        *s = _mm256_add_epi32(*s, _mm256_madd_epi16(pairs, ones));
                    }
                }
            }
            let rows = out.chunks_exact_mut(matrix.outputs).skip(b * ROWS);
            for ((sum, row), scale) in sums.iter().zip(rows).zip(&packed.scales[b * ROWS..]) {
                let mut line = [0; PANEL];
                for (part, s) in line.as_chunks_mut::<{ PANEL / 2 }>().0.iter_mut().zip(sum) {
                    _mm256_storeu_si256(part, *s);
                }
                matrix.file(&line, panel, *scale, row);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::values;
    use super::*;

    fn check(rows: usize, inputs: usize, outputs: usize) {
        let (x, w) = (values(rows * inputs, 1), values(inputs * outputs, 2));
        let matrix = Compact::new(&w, inputs, outputs);
        let got = matrix.apply(&x);
        let mut want = vec![0.0; rows * outputs];
        anywhere(&matrix, &x, &mut want);
        assert_eq!(got, want, "{rows} {inputs} {outputs}");
        #[cfg(target_arch = "x86_64")]
        if let Some(token) = X64V3Token::summon() {
            let mut got = vec![0.0; rows * outputs];
            with_avx2(token, &matrix, &x, &mut got);
            assert_eq!(got, want, "{rows} {inputs} {outputs}");
        }
        for r in 0..rows {
            for o in 0..outputs {
                let near: f32 = (0..inputs)
                    .map(|i| x[r * inputs + i] * w[i * outputs + o])
                    .sum();
                let off = (got[r * outputs + o] - near).abs();
                assert!(off < 0.02 * (inputs as f32).sqrt(), "{off} {near}");
            }
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits_near_the_true_product() {
        check(1, 1, 1);
        check(3, 7, 5);
        check(13, 40, 33);
        check(25, 64, 100);
    }

    #[test]
    fn nothing_saturates_at_the_extremes() {
        let (x, w) = (vec![1.0; 512], vec![-1.0; 512 * 16]);
        let got = Compact::new(&w, 512, 16).apply(&x);
        assert!(got.iter().all(|v| (v + 512.0).abs() < 0.01), "{}", got[0]);
    }

    #[test]
    fn rows_that_are_no_numbers_give_nothing() {
        let matrix = Compact::new(&[1.0, 2.0], 2, 1);
        assert_eq!(
            matrix.apply(&[f32::NAN, f32::INFINITY, 0.0, 0.0]),
            [0.0, 0.0]
        );
        assert!(Compact::new(&[], 0, 4).apply(&[]).is_empty());
    }
}
