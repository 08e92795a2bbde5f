//! Reading the model files: safetensors with half-precision matrices and 8-bit tables.

use std::collections::HashMap;

use half::f16;
use half::slice::{HalfBitsSliceExt as _, HalfFloatSliceExt as _};
use safetensors::{Dtype, SafeTensors};

use super::{Chain, Compact, Linear, Matrix};

/// An opened model file.
pub(crate) struct Weights<'a> {
    tensors: SafeTensors<'a>,
    settings: HashMap<String, String>,
}

/// A table of rows of 8-bit values, each row with its scale.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) width: usize,
    values: Vec<i8>,
    scales: Vec<f32>,
}

impl Table {
    /// All rows as floats, one after another.
    pub(crate) fn floats(&self) -> Vec<f32> {
        let mut out = vec![0.0; self.values.len()];
        for (i, row) in out.chunks_exact_mut(self.width.max(1)).enumerate() {
            self.row(i, row);
        }
        out
    }

    /// Writes a row; one beyond the table writes nothing.
    pub(crate) fn row(&self, row: usize, out: &mut [f32]) {
        if let (Some(values), Some(scale)) = (
            self.values.get(row * self.width..(row + 1) * self.width),
            self.scales.get(row),
        ) {
            for (o, v) in out.iter_mut().zip(values) {
                *o = f32::from(*v) * scale;
            }
        }
    }
}

/// Which hashed words own a row: a bit for each slot, and how many bits come before each byte.
#[derive(Debug, Clone)]
pub(crate) struct Slots {
    bits: Vec<u8>,
    before: Vec<u32>,
}

impl Slots {
    fn new(bits: &[u8]) -> Self {
        let mut sum = 0;
        let before = bits.iter().map(|b| {
            let so_far = sum;
            sum += b.count_ones();
            so_far
        });
        Self {
            before: before.collect(),
            bits: bits.to_vec(),
        }
    }

    /// The row of a word's hash; 0, the unknown word's row, if its slot has none.
    pub(crate) fn row(&self, hash: u64) -> usize {
        let slot = hash as usize & (self.bits.len() * 8).wrapping_sub(1);
        let (Some(byte), Some(before)) = (self.bits.get(slot / 8), self.before.get(slot / 8))
        else {
            return 0;
        };
        let bit = 1u8 << (slot % 8);
        if byte & bit == 0 {
            return 0;
        }
        (before + (byte & (bit - 1)).count_ones()) as usize + 1
    }
}

/// Word vectors: a row for each word whose hash is known.
#[derive(Debug, Clone)]
pub(crate) struct Vectors {
    /// The low halves of the words' hashes, in order.
    hashes: Vec<u32>,
    pub(crate) table: Table,
}

impl Vectors {
    /// Whether a word has a vector.
    pub(crate) fn knows(&self, hash: u64) -> bool {
        self.hashes.binary_search(&(hash as u32)).is_ok()
    }

    /// Writes a word's vector; an unknown word's is zero.
    pub(crate) fn word(&self, hash: u64, out: &mut [f32]) {
        match self.hashes.binary_search(&(hash as u32)) {
            Ok(row) => self.table.row(row, out),
            Err(_) => out.fill(0.0),
        }
    }
}

impl<'a> Weights<'a> {
    /// Opens a model file.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let tensors = SafeTensors::deserialize(bytes).map_err(|e| e.to_string())?;
        let (_, head) = SafeTensors::read_metadata(bytes).map_err(|e| e.to_string())?;
        Ok(Self {
            tensors,
            settings: head.metadata().clone().unwrap_or_default(),
        })
    }

    /// A setting of the file's head.
    pub(crate) fn setting(&self, name: &str) -> Result<&str, String> {
        let found = self.settings.get(name).map(String::as_str);
        found.ok_or_else(|| format!("the setting `{name}` is missing"))
    }

    /// A setting that is a number.
    pub(crate) fn number(&self, name: &str) -> Result<usize, String> {
        let text = self.setting(name)?;
        text.parse()
            .map_err(|_| format!("the setting `{name}` is no number: {text}"))
    }

    /// A setting that is a list, one entry a line.
    pub(crate) fn list(&self, name: &str) -> Result<Vec<&str>, String> {
        Ok(self.setting(name)?.split('\n').collect())
    }

    fn tensor(&self, name: &str) -> Result<safetensors::tensor::TensorView<'a>, String> {
        self.tensors
            .tensor(name)
            .map_err(|e| format!("{name}: {e}"))
    }

    /// Values of any float tensor, flat.
    pub(crate) fn values(&self, name: &str) -> Result<Vec<f32>, String> {
        let t = self.tensor(name)?;
        match t.dtype() {
            Dtype::F32 => Ok(t
                .data()
                .chunks_exact(4)
                .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
                .collect()),
            Dtype::F16 => {
                let bits = t
                    .data()
                    .chunks_exact(2)
                    .map(|b| u16::from_le_bytes([b[0], b[1]]));
                let bits: Vec<u16> = bits.collect();
                let mut out = vec![0.0; bits.len()];
                bits.reinterpret_cast::<f16>()
                    .convert_to_f32_slice(&mut out);
                Ok(out)
            }
            other => Err(format!("{name}: {other:?} where floats are due")),
        }
    }

    /// A matrix with a row for each input.
    pub(crate) fn matrix(&self, name: &str) -> Result<Matrix, String> {
        let (inputs, outputs) = self.shape(name)?;
        Ok(Matrix::new(&self.values(name)?, inputs, outputs))
    }

    /// A matrix with a row for each input, for products in eight bits. It may be kept in them:
    /// then `name.scales` are those of the columns.
    pub(crate) fn compact(&self, name: &str) -> Result<Compact, String> {
        let (inputs, outputs) = self.shape(name)?;
        let t = self.tensor(name)?;
        if t.dtype() != Dtype::I8 {
            return Ok(Compact::new(&self.values(name)?, inputs, outputs));
        }
        let scales = self.values(&format!("{name}.scales"))?;
        if scales.len() != outputs {
            return Err(format!("{name}: a scale is due for each column"));
        }
        let own = t.data().iter().zip(scales.iter().cycle());
        let values: Vec<f32> = own
            .map(|(b, s)| f32::from(i8::from_le_bytes([*b])) * s)
            .collect();
        Ok(Compact::new(&values, inputs, outputs))
    }

    /// Inputs and outputs of a matrix.
    fn shape(&self, name: &str) -> Result<(usize, usize), String> {
        match self.tensor(name)?.shape() {
            &[inputs, outputs] => Ok((inputs, outputs)),
            other => Err(format!("{name}: shape {other:?} where a matrix is due")),
        }
    }

    /// `name.weight` and `name.bias`.
    pub(crate) fn linear(&self, name: &str) -> Result<Linear, String> {
        let matrix = self.compact(&format!("{name}.weight"))?;
        let bias = self.values(&format!("{name}.bias"))?;
        if bias.len() != matrix.outputs() {
            return Err(format!(
                "{name}: {} biases for {} outputs",
                bias.len(),
                matrix.outputs()
            ));
        }
        Ok(Linear { matrix, bias })
    }

    /// `name.rows` and `name.scales`.
    pub(crate) fn table(&self, name: &str) -> Result<Table, String> {
        let rows = self.tensor(&format!("{name}.rows"))?;
        let scales = self.values(&format!("{name}.scales"))?;
        match (rows.dtype(), rows.shape()) {
            (Dtype::I8, &[n, width]) if n == scales.len() => Ok(Table {
                width,
                values: rows
                    .data()
                    .iter()
                    .map(|b| i8::from_le_bytes([*b]))
                    .collect(),
                scales,
            }),
            other => Err(format!("{name}: {other:?} where a table is due")),
        }
    }

    /// `name.hashes`, `name.rows` and `name.scales`.
    pub(crate) fn vectors(&self, name: &str) -> Result<Vectors, String> {
        let hashes = self.tensor(&format!("{name}.hashes"))?;
        let table = self.table(name)?;
        let hashes: Vec<u32> = (hashes.data().as_chunks().0.iter())
            .map(|b| u32::from_le_bytes(*b))
            .collect();
        if hashes.len() == table.scales.len() && hashes.is_sorted() {
            Ok(Vectors { hashes, table })
        } else {
            Err(format!("{name}: a hash in order is due for each row"))
        }
    }

    /// The bitmap of taken slots.
    pub(crate) fn slots(&self, name: &str) -> Result<Slots, String> {
        let t = self.tensor(name)?;
        if t.dtype() != Dtype::U8 || !t.data().len().is_power_of_two() {
            return Err(format!("{name}: a bitmap of a power of two bytes is due"));
        }
        Ok(Slots::new(t.data()))
    }

    /// Bytes as they are; none if the file has no such tensor.
    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        let found = self.tensors.tensor(name);
        found.map(|t| t.data().to_vec()).unwrap_or_default()
    }

    /// `name.transitions` and `name.start`.
    pub(crate) fn chain(&self, name: &str) -> Result<Chain, String> {
        let start = self.values(&format!("{name}.start"))?;
        let transitions = self.values(&format!("{name}.transitions"))?;
        let chain = Chain::new(start.len(), transitions, start);
        chain.ok_or_else(|| format!("{name}: transitions do not fit the tags"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_count_the_bits_before() {
        let slots = Slots::new(&[0b0000_0101, 0b1000_0000]);
        let rows: Vec<usize> = [0, 1, 2, 15, 16].map(|h| slots.row(h)).to_vec();
        assert_eq!(rows, [1, 0, 2, 3, 1]);
    }

    #[test]
    fn rubbish_is_refused() {
        assert!(Weights::open(b"rubbish").is_err());
        assert!(Weights::open(&[]).is_err());
    }
}
