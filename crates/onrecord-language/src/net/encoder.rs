//! The encoder: tables side by side, then layers of product and scan.

use super::features::{self, WordFeatures};
use super::matrix::Matrix;
use super::scan::{Gates, scan};
use super::weights::{Slots, Table, Weights};

/// Tokens that go through the layers together: enough for the products, few enough for the cache.
const BATCH: usize = 160;

/// What the encoder reads of one sequence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Inputs {
    pub(crate) words: Vec<WordFeatures>,
    pub(crate) cases: Vec<u32>,
    /// For each token, one row for each extra table.
    pub(crate) extra: Vec<Vec<u32>>,
}

impl Inputs {
    /// The features of a sequence of words.
    pub(crate) fn new(words: &[&str]) -> Self {
        let found: Vec<WordFeatures> = words.iter().map(|w| features::word(w)).collect();
        Self {
            cases: features::case_rows(words, &found),
            words: found,
            extra: Vec::new(),
        }
    }

    /// Adds what follows in the same sequence.
    pub(crate) fn append(&mut self, next: Self) {
        self.words.extend(next.words);
        self.cases.extend(next.cases);
        self.extra.extend(next.extra);
    }
}

/// Tables and layers.
#[derive(Debug, Clone)]
pub(crate) struct Encoder {
    slots: Slots,
    word: Table,
    affixes: Vec<Table>,
    case: Table,
    extra: Vec<Table>,
    layers: Vec<(Matrix, Gates)>,
    input: usize,
    output: usize,
}

impl Encoder {
    /// Reads its part of a model file.
    pub(crate) fn read(weights: &Weights<'_>) -> Result<Self, String> {
        let extra: Vec<Table> = (0..weights.number("extra")?)
            .map(|i| weights.table(&format!("extra.{i}")))
            .collect::<Result<_, _>>()?;
        let affixes: Vec<Table> = (0..features::AFFIX_SLOTS.len())
            .map(|i| weights.table(&format!("affix.{i}")))
            .collect::<Result<_, _>>()?;
        let (word, case) = (weights.table("word")?, weights.table("case")?);
        let tables = affixes.iter().chain(&extra).chain([&word, &case]);
        let input: usize = tables.map(|t| t.width).sum();
        let mut wide = input;
        let mut layers = Vec::new();
        for i in 0..weights.number("layers")? {
            let matrix = weights.matrix(&format!("layer.{i}.weight"))?;
            let values = weights.values(&format!("layer.{i}.gates"))?;
            let hidden = values.len() / 8;
            if matrix.inputs() != wide || matrix.outputs() != values.len() || hidden == 0 {
                return Err(format!("layer {i} does not fit the one before it"));
            }
            wide = 2 * hidden;
            layers.push((matrix, Gates { values, hidden }));
        }
        Ok(Self {
            slots: weights.slots("word.slots")?,
            word,
            affixes,
            case,
            extra,
            layers,
            input,
            output: wide,
        })
    }

    /// The width of the last layer.
    pub(crate) fn width(&self) -> usize {
        self.output
    }

    /// Sequences to groups that go through together.
    pub(crate) fn batches<T>(items: &[T], tokens: impl Fn(&T) -> usize) -> Vec<&[T]> {
        let (mut out, mut from, mut sum) = (Vec::new(), 0, 0);
        for (i, item) in items.iter().enumerate() {
            let n = tokens(item);
            if sum > 0 && sum + n > BATCH {
                out.push(&items[from..i]);
                (from, sum) = (i, 0);
            }
            sum += n;
        }
        if from < items.len() {
            out.push(&items[from..]);
        }
        out
    }

    /// The last layer's states: for all sequences' tokens, one row after another.
    pub(crate) fn run(&self, sequences: &[Inputs]) -> Vec<f32> {
        let tokens: usize = sequences.iter().map(|s| s.words.len()).sum();
        let mut x = vec![0.0; tokens * self.input];
        let rows = sequences
            .iter()
            .flat_map(|s| (0..s.words.len()).map(move |i| (s, i)));
        for ((s, i), row) in rows.zip(x.chunks_exact_mut(self.input)) {
            self.embed(s, i, row);
        }
        for (matrix, gates) in &self.layers {
            let u = matrix.apply(&x);
            x = vec![0.0; tokens * 2 * gates.hidden];
            let mut at = 0;
            for s in sequences {
                let n = s.words.len();
                scan(
                    gates,
                    &u[at * 8 * gates.hidden..(at + n) * 8 * gates.hidden],
                    &mut x[at * 2 * gates.hidden..(at + n) * 2 * gates.hidden],
                );
                at += n;
            }
        }
        x
    }

    fn embed(&self, s: &Inputs, i: usize, mut out: &mut [f32]) {
        let word = &s.words[i];
        let mut put = |table: &Table, row: usize| {
            let (now, rest) = std::mem::take(&mut out).split_at_mut(table.width);
            table.row(row, now);
            out = rest;
        };
        put(&self.word, self.slots.row(word.word));
        for (table, row) in self.affixes.iter().zip(word.affixes) {
            put(table, row as usize);
        }
        put(
            &self.case,
            s.cases.get(i).copied().unwrap_or_default() as usize,
        );
        for (k, table) in self.extra.iter().enumerate() {
            let row = s
                .extra
                .get(i)
                .and_then(|e| e.get(k))
                .copied()
                .unwrap_or_default();
            put(table, row as usize);
        }
    }
}
