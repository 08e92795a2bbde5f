//! The network: words to states, states to scores.

use super::features::COLUMNS;
use super::paths::{FAR, PATHS};
use crate::attribution::{Sure, runs};
use crate::net::{
    Chain, Compact, Gates, Linear, Pieces, Slots, Table, Transformer, Weights, features, gates,
    scan,
};

/// Commitments and events: what is found, and what is said of it.
pub(super) const PARTS: usize = 2;
/// Roles by the head of their words.
pub(super) const HEADS: usize = 8;
/// Roles by all their words: object, condition, the larger thing.
pub(super) const SPANS: usize = 3;
/// The first of the roles by head: of each one word is pointed at, or nobody.
pub(super) const POINTED: usize = 5;
/// Scores of a word: its roles, the spans it may be in, how it is pointed at.
pub(super) const SCORES: usize = HEADS + 3 * SPANS + POINTED;

/// The weights.
#[derive(Debug)]
pub(super) struct Network {
    pub(super) version: String,
    pieces: Pieces,
    encoder: Transformer,
    slots: Slots,
    word: Table,
    columns: Vec<Table>,
    mix: (Compact, Gates),
    found: Linear,
    chains: [Chain; PARTS],
    /// What is taken from the score of "no act".
    bias: Vec<f32>,
    token: Linear,
    parts: [Part; PARTS],
    far: Vec<f32>,
    path: Vec<f32>,
    roles: Linear,
}

/// What belongs to commitments or to events.
#[derive(Debug)]
struct Part {
    act: Linear,
    nobody: Linear,
    deep: Linear,
    said: Linear,
}

/// The states of a run of words, and what is scored of each word by itself.
pub(super) struct States {
    rows: Vec<f32>,
    /// For pairs: what is added, and what is multiplied.
    tokens: Vec<f32>,
    /// For each part three scores a word: no act, first word, further word.
    pub(super) found: [Vec<f32>; PARTS],
}

impl Network {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        let w = Weights::open(bytes)?;
        let part = |name: &str| -> Result<Part, String> {
            Ok(Part {
                act: w.linear(&format!("{name}.act"))?,
                nobody: w.linear(&format!("{name}.nobody"))?,
                deep: w.linear(&format!("{name}.deep"))?,
                said: w.linear(&format!("{name}.said"))?,
            })
        };
        let columns = (0..COLUMNS.len()).map(|i| w.table(&format!("column.{i}")));
        let this = Self {
            version: w.setting("version")?.to_owned(),
            pieces: Pieces::new(w.setting("vocabulary")?)?,
            encoder: Transformer::read(&w)?,
            slots: w.slots("word.slots")?,
            word: w.table("word")?,
            columns: columns.collect::<Result<_, _>>()?,
            mix: (w.compact("layer.0.weight")?, gates(&w, 0)?),
            found: w.linear("found")?,
            chains: [w.chain("cue")?, w.chain("trigger")?],
            bias: w.values("bias")?,
            token: w.linear("token")?,
            parts: [part("commitment")?, part("event")?],
            far: w.values("far")?,
            path: w.values("path")?,
            roles: w.linear("roles")?,
        };
        if this.fits() {
            Ok(this)
        } else {
            Err("the heads do not fit the states".into())
        }
    }

    fn fits(&self) -> bool {
        let wide = 2 * self.mix.1.hidden;
        let pair = self.pair();
        let shape = |l: &Linear| (l.matrix.inputs(), l.matrix.outputs());
        let own = |p: &Part| {
            shape(&p.act) == (3 * wide, 2 * pair)
                && shape(&p.nobody) == (3 * wide, POINTED)
                && p.deep.matrix.inputs() == 6 * wide
                && p.said.matrix.inputs() == p.deep.matrix.outputs()
        };
        self.mix.0.outputs() == self.mix.1.parts(self.mix.0.inputs()) * self.mix.1.hidden
            && shape(&self.found) == (wide, 3 * PARTS)
            && shape(&self.token) == (wide, 2 * pair)
            && shape(&self.roles) == (2 * pair, SCORES)
            && self.far.len() == FAR * pair
            && self.path.len() == PATHS * pair
            && self.chains.iter().all(|c| c.tags() == 3)
            && self.bias.len() == PARTS
            && self.parts.iter().all(own)
    }

    fn pair(&self) -> usize {
        self.token.matrix.outputs() / 2
    }

    /// Reads a run of words: the syntax model's states of them and their features.
    pub(super) fn states(
        &self,
        words: &[&str],
        below: &[f32],
        rows: &[[u8; COLUMNS.len()]],
    ) -> States {
        let n = words.len();
        let encoded = self.encode(words);
        let (own, under) = (
            self.encoder.width(),
            below.len().checked_div(n).unwrap_or(0),
        );
        let wide =
            self.columns.iter().map(|c| c.width).sum::<usize>() + own + under + self.word.width;
        let mut x = Vec::with_capacity(n * wide);
        for (i, (word, row)) in words.iter().zip(rows).enumerate() {
            x.extend_from_slice(&encoded[i * own..][..own]);
            x.extend_from_slice(&below[i * under..][..under]);
            let slot = self.slots.row(features::word_hash(word));
            let columns = self
                .columns
                .iter()
                .zip(row)
                .map(|(t, r)| (t, usize::from(*r)));
            for (table, at) in std::iter::once((&self.word, slot)).chain(columns) {
                let from = x.len();
                x.resize(from + table.width, 0.0);
                table.row(at, &mut x[from..]);
            }
        }
        let rows = scan(&self.mix.1, &self.mix.0.apply(&x), None, &[n]);
        let mut found = [Vec::new(), Vec::new()];
        for row in self.found.apply(&rows).chunks_exact(3 * PARTS) {
            for (part, scores) in row.chunks_exact(3).enumerate() {
                found[part].extend([scores[0] - self.bias[part], scores[1], scores[2]]);
            }
        }
        States {
            tokens: self.token.apply(&rows),
            rows,
            found,
        }
    }

    /// The encoder's states of words: the mean of their pieces' states.
    fn encode(&self, words: &[&str]) -> Vec<f32> {
        let n = self.encoder.width();
        let longest = self.encoder.longest();
        let [first, last] = self.pieces.edges;
        let (mut pieces, mut ends) = (vec![first], Vec::with_capacity(words.len()));
        for word in words {
            self.pieces.of(word, &mut pieces);
            ends.push(pieces.len());
        }
        // A run too long for one sequence keeps its beginning; its other words share the last piece.
        pieces.truncate(longest - 1);
        let most = pieces.len();
        pieces.push(last);
        let states = self.encoder.run(&pieces);
        let mut out = vec![0.0; words.len() * n];
        let mut from = 1;
        for (end, row) in ends.into_iter().zip(out.chunks_exact_mut(n)) {
            let (from_here, to) = (from.min(most - 1), end.min(most));
            let own = from_here..to.max(from_here + 1);
            let count = own.len() as f32;
            for i in own {
                for (o, s) in row.iter_mut().zip(&states[i * n..][..n]) {
                    *o += s / count;
                }
            }
            from = end;
        }
        out
    }

    /// First, last and mean state of a span.
    pub(super) fn span(&self, states: &States, span: &std::ops::Range<usize>) -> Vec<f32> {
        let wide = 2 * self.mix.1.hidden;
        let row = |i: usize| &states.rows[i * wide..][..wide];
        let mut out = [row(span.start), row(span.end - 1)].concat();
        let mut mean = vec![0.0; wide];
        for i in span.clone() {
            for (m, x) in mean.iter_mut().zip(row(i)) {
                *m += x / span.len() as f32;
            }
        }
        out.extend(mean);
        out
    }

    /// Scores of every role between an act, by the states of its span, and each word of the run.
    pub(super) fn roles(
        &self,
        part: usize,
        states: &States,
        act: &[f32],
        far: &[usize],
        path: &[usize],
    ) -> Vec<f32> {
        let own = self.parts[part].act.apply(act);
        let n = self.pair();
        let (plus, times) = own.split_at(n);
        let mut x = Vec::with_capacity(states.tokens.len());
        for ((row, far), path) in states.tokens.chunks_exact(2 * n).zip(far).zip(path) {
            let (far, path) = (&self.far[far * n..][..n], &self.path[path * n..][..n]);
            for i in 0..n {
                x.push(leaky(plus[i] + row[i] + far[i] + path[i]));
            }
            x.extend(times.iter().zip(&row[n..]).map(|(a, b)| a * b));
        }
        self.roles.apply(&x)
    }

    /// For each role of which one word is pointed at: the score of nobody.
    pub(super) fn nobody(&self, part: usize, act: &[f32]) -> Vec<f32> {
        self.parts[part].nobody.apply(act)
    }

    /// Scores of what an act's words and those of its object say of it.
    pub(super) fn say(&self, part: usize, act: &[f32], object: &[f32]) -> Vec<f32> {
        let mut deep = self.parts[part].deep.apply(&[act, object].concat());
        for x in &mut deep {
            *x = leaky(*x);
        }
        self.parts[part].said.apply(&deep)
    }

    /// The spans of a part's best path, and how sure each is.
    pub(super) fn spans(&self, part: usize, states: &States) -> Vec<(std::ops::Range<usize>, f32)> {
        let scores = &states.found[part];
        let sure = Sure(self.chains[part].marginals(scores));
        let spans = runs(&self.chains[part].path(scores)).into_iter();
        spans.map(|s| (s.clone(), sure.of(&s))).collect()
    }
}

fn leaky(x: f32) -> f32 {
    if x < 0.0 { x * 0.1 } else { x }
}
