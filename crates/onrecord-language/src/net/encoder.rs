//! The encoder: what tables say of a word, then layers of product and scan.
//!
//! What the first layer makes of a word depends on its letters alone, but for the place and style
//! of the sentence, which add a row of their own. So it is worked out once for each word met and
//! kept; the layers above see each word in its sentence.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use smol_str::SmolStr;

use super::compact::Compact;
use super::features::{self, Case, WordFeatures, Written};
use super::matrix::Matrix;
use super::scan::{Gates, scan};
use super::weights::{Slots, Table, Vectors, Weights};

/// Tokens that go through the layers together: enough for the products, few enough for the cache.
const BATCH: usize = 72;
/// Words whose first layer is kept: with 1536 values each, 50 MB.
const KEPT: usize = 8192;

/// Tables and layers.
#[derive(Debug)]
pub(crate) struct Encoder {
    words: Words,
    /// What the case table's rows add to the first layer.
    cases: Vec<f32>,
    first: Gates,
    upper: Vec<(Compact, Gates)>,
    known: Mutex<Known>,
}

/// From a word by itself to its part in the first layer.
#[derive(Debug)]
struct Words {
    slots: Slots,
    word: Table,
    affixes: Vec<Table>,
    hint: Table,
    /// Hints for each slot of a word's hash: in which lists of places and people it stands.
    hints: Vec<u8>,
    vectors: Vectors,
    matrix: Matrix,
}

/// Words met before.
#[derive(Debug, Default)]
struct Known {
    places: HashMap<SmolStr, usize>,
    words: Vec<SmolStr>,
    written: Vec<Written>,
    values: Vec<f32>,
}

/// Where a word is found: among those met before, or those met just now.
enum Place {
    Known(usize),
    New(usize),
}

impl Encoder {
    /// Reads its part of a model file, and the word vectors.
    pub(crate) fn read(weights: &Weights<'_>, vectors: &Weights<'_>) -> Result<Self, String> {
        let affixes: Vec<Table> = (0..features::AFFIX_SLOTS.len())
            .map(|i| weights.table(&format!("affix.{i}")))
            .collect::<Result<_, _>>()?;
        let words = Words {
            slots: weights.slots("word.slots")?,
            word: weights.table("word")?,
            affixes,
            hint: weights.table("hint")?,
            hints: weights.bytes("gazetteer"),
            vectors: vectors.vectors("vectors")?,
            matrix: weights.matrix("layer.0.words")?,
        };
        let case = weights.table("case")?;
        let project = weights.matrix("layer.0.case")?;
        let first = gates(weights, 0)?;
        let u = 8 * first.hidden;
        let fits = words.matrix.inputs() == words.width()
            && words.matrix.outputs() == u
            && (project.inputs(), project.outputs()) == (case.width, u);
        if !fits {
            return Err("the first layer does not fit its tables".into());
        }
        let mut upper = Vec::new();
        let mut wide = 2 * first.hidden;
        for i in 1..weights.number("layers")? {
            let (matrix, gates) = (
                weights.compact(&format!("layer.{i}.weight"))?,
                gates(weights, i)?,
            );
            if matrix.inputs() != wide || matrix.outputs() != gates.parts(wide) * gates.hidden {
                return Err(format!("layer {i} does not fit the one before it"));
            }
            wide = 2 * gates.hidden;
            upper.push((matrix, gates));
        }
        let mut rows = vec![0.0; features::CASE_ROWS * case.width];
        for (i, row) in rows.chunks_exact_mut(case.width).enumerate() {
            case.row(i, row);
        }
        Ok(Self {
            words,
            cases: project.apply(&rows),
            first,
            upper,
            known: Mutex::default(),
        })
    }

    /// The width of the last layer.
    pub(crate) fn width(&self) -> usize {
        2 * self
            .upper
            .last()
            .map_or(self.first.hidden, |(_, g)| g.hidden)
    }

    /// Whether a word is one of those with a vector: words that are written often.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.words.vectors.knows(features::word_hash(word))
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

    /// The last layer's states: for all sequences' words, one row after another.
    pub(crate) fn run(&self, sequences: &[&[&str]]) -> Vec<f32> {
        let lengths: Vec<usize> = sequences.iter().map(|s| s.len()).collect();
        let u = self.first_layer(sequences);
        let mut x = scan(&self.first, &u, None, &lengths);
        for (matrix, gates) in &self.upper {
            x = scan(gates, &matrix.apply(&x), Some(&x), &lengths);
        }
        x
    }

    /// The first layer's product: the word's part, and that of its case, place and sentence.
    fn first_layer(&self, sequences: &[&[&str]]) -> Vec<f32> {
        let wide = 8 * self.first.hidden;
        let mut places = Vec::new();
        let mut new = Known::default();
        let known = self.known();
        for word in sequences.iter().flat_map(|s| s.iter()) {
            places.push(match known.places.get(*word) {
                Some(place) => Place::Known(*place),
                None => Place::New(new.add(word, &self.words)),
            });
        }
        drop(known);
        new.values = self.words.matrix.apply(&new.values);
        let mut known = self.known();
        let of = |place: &Place| match place {
            Place::Known(at) => (&known.values[at * wide..][..wide], known.written[*at]),
            Place::New(at) => (&new.values[at * wide..][..wide], new.written[*at]),
        };
        let mut u = Vec::with_capacity(places.len() * wide);
        let mut rest = places.as_slice();
        for s in sequences {
            let (own, next) = rest.split_at(s.len());
            rest = next;
            let rows = features::case_rows(own.iter().map(|p| of(p).1));
            for (place, row) in own.iter().zip(rows) {
                let case = &self.cases[row * wide..][..wide];
                u.extend(of(place).0.iter().zip(case).map(|(word, case)| word + case));
            }
        }
        known.learn(new, wide);
        u
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// Adds a word that waits for its product: its rows of the tables.
    fn add(&mut self, word: &str, tables: &Words) -> usize {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        let found = features::word(word);
        tables.embed(&found, &mut self.values);
        self.put(word.into(), Written::new(word, found.case))
    }

    fn put(&mut self, word: SmolStr, written: Written) -> usize {
        let place = self.words.len();
        self.places.insert(word.clone(), place);
        self.words.push(word);
        self.written.push(written);
        place
    }

    /// Takes over new words while there is room.
    fn learn(&mut self, new: Self, wide: usize) {
        let rows = new.values.chunks_exact(wide);
        for ((word, written), row) in new.words.into_iter().zip(new.written).zip(rows) {
            if self.words.len() < KEPT && !self.places.contains_key(&word) {
                self.put(word, written);
                self.values.extend_from_slice(row);
            }
        }
    }
}

impl Words {
    fn width(&self) -> usize {
        let tables = self.affixes.iter().chain([&self.word, &self.hint]);
        tables.map(|t| t.width).sum::<usize>() + self.vectors.table.width
    }

    /// Adds a word's rows of all tables, side by side.
    fn embed(&self, word: &WordFeatures, out: &mut Vec<f32>) {
        let mut put = |table: &Table, row: usize| {
            let from = out.len();
            out.resize(from + table.width, 0.0);
            table.row(row, &mut out[from..]);
        };
        put(&self.word, self.slots.row(word.word));
        for (table, row) in self.affixes.iter().zip(word.affixes) {
            put(table, row as usize);
        }
        let slot = word.word as usize & self.hints.len().wrapping_sub(1);
        let hint = match word.case {
            Case::Lower => 0,
            _ => self.hints.get(slot).copied().unwrap_or_default(),
        };
        put(&self.hint, hint.into());
        let from = out.len();
        out.resize(from + self.vectors.table.width, 0.0);
        self.vectors.word(word.word, &mut out[from..]);
    }
}

/// The gates of a layer.
pub(crate) fn gates(weights: &Weights<'_>, layer: usize) -> Result<Gates, String> {
    let values = weights.values(&format!("layer.{layer}.gates"))?;
    let hidden = values.len() / 8;
    if hidden == 0 || values.len() != 8 * hidden {
        return Err(format!("layer {layer} has no gates"));
    }
    Ok(Gates { values, hidden })
}
