//! Parts of speech, morphology, lemmas, trees and names: one network over each sentence.
//!
//! ```
//! use onrecord_language::Syntax;
//!
//! let syntax = Syntax::new()?;
//! let [found] = &syntax.analyse(&[vec!["The", "mayor", "resigned", "."]])[..] else { panic!() };
//! assert_eq!(found.words[1].head, Some(2));
//! # Ok::<(), onrecord_language::PipelineError>(())
//! ```
//!
//! Left out: tokens and sentences (`tokens`), who a name is (`onrecord-extract`).

mod repair;
mod tree;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use onrecord_model::{
    Document, Layer, Morph, Name, NameKind, Problem, ReaderModel, Relation, Report, TokenId,
    TokenRange, Upos,
};
use smol_str::SmolStr;

use crate::net::{Chain, Encoder, Linear, Matrix, Weights, best, grid, shown};
use crate::{Annotator, PipelineError};
use words::LemmaRule;

const FILE: &[u8] = include_bytes!("../../weights/syntax.safetensors");
const VECTORS: &[u8] = include_bytes!("../../weights/vectors.safetensors");
/// A longer sentence is read in pieces of this many words.
const PIECE: usize = 256;
/// How many lemmas are tried after the best.
const NEXT_LEMMAS: usize = 8;

/// The syntax network.
#[derive(Debug)]
pub struct Syntax {
    version: String,
    encoder: Encoder,
    heads: Linear,
    columns: Columns,
    /// Penn tag, morphology and lemma, over the part of the first heads that is theirs.
    details: Linear,
    detail_columns: [Range<usize>; 3],
    biaffine: Matrix,
    arc_root: Vec<f32>,
    arc_bias: Vec<f32>,
    label_root: Vec<f32>,
    relation: Linear,
    names: Chain,
    upos: Vec<Upos>,
    xpos: Vec<SmolStr>,
    morphs: Vec<Morph>,
    lemmas: Vec<Option<LemmaRule>>,
    relations: Vec<Relation>,
}

/// Where each head's scores lie in a row of the joint product.
#[derive(Debug)]
struct Columns {
    upos: Range<usize>,
    names: Range<usize>,
    happened: usize,
    details: Range<usize>,
    arc: Range<usize>,
    arc_head: Range<usize>,
    label: Range<usize>,
    label_head: Range<usize>,
}

/// What is found out about one sentence.
#[derive(Debug, Clone, Default)]
pub struct SentenceAnalysis {
    /// Each word in turn.
    pub words: Vec<WordAnalysis>,
    /// Names as ranges of words, with kind and score.
    pub names: Vec<(Range<usize>, NameKind, f32)>,
    /// The encoder's last states, a row for each word.
    pub states: Vec<f32>,
}

/// What is found out about one word.
#[derive(Debug, Clone, Default)]
pub struct WordAnalysis {
    /// UD part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: SmolStr,
    /// Morphology.
    pub morph: Morph,
    /// Dictionary form.
    pub lemma: SmolStr,
    /// The place of its head in the sentence; `None` for the root.
    pub head: Option<usize>,
    /// Its relation to its head.
    pub relation: Relation,
    /// For a predicate, how surely its event happened: 3 certainly, -3 certainly not (the scale
    /// of UDS It-Happened). Means nothing for other words.
    pub happened: f32,
}

impl Syntax {
    /// Loads the weights that ship with the crate.
    ///
    /// # Errors
    /// When they do not fit the code.
    pub fn new() -> Result<Self, PipelineError> {
        Self::read(FILE).map_err(|why| PipelineError::Weights {
            model: "syntax",
            why,
        })
    }

    fn read(bytes: &[u8]) -> Result<Self, String> {
        let w = Weights::open(bytes)?;
        let vectors = Weights::open(VECTORS)?;
        let (upos, xpos) = (w.list("upos")?, w.list("xpos")?);
        let (feats, lemmas, relations) = (w.list("feats")?, w.list("lemma")?, w.list("rel")?);
        let names = w.chain("names")?;
        let (arc_root, label_root) = (w.values("arc.root")?, w.values("label.root")?);
        let details = w.linear("details")?;
        let mut next = places();
        let detail_columns = [next(xpos.len()), next(feats.len()), next(lemmas.len())];
        let mut next = places();
        let columns = Columns {
            upos: next(upos.len()),
            names: next(names.tags()),
            happened: next(1).start,
            details: next(details.matrix.inputs()),
            arc: next(arc_root.len()),
            arc_head: next(arc_root.len()),
            label: next(label_root.len()),
            label_head: next(label_root.len()),
        };
        let this = Self {
            version: w.setting("version")?.to_owned(),
            encoder: Encoder::read(&w, &vectors)?,
            heads: w.linear("heads")?,
            columns,
            details,
            detail_columns,
            biaffine: w.matrix("arc.biaffine")?,
            arc_bias: w.values("arc.bias")?,
            relation: w.linear("relation")?,
            names,
            upos: upos.iter().map(|u| Upos::of(u)).collect(),
            xpos: xpos.iter().map(SmolStr::new).collect(),
            morphs: feats.iter().map(|f| words::morph(f)).collect(),
            lemmas: lemmas.iter().map(|l| LemmaRule::of(l)).collect(),
            relations: relations.iter().map(|r| Relation::new(r)).collect(),
            arc_root,
            label_root,
        };
        this.check()
    }

    fn check(self) -> Result<Self, String> {
        let (arc, label) = (self.arc_root.len(), self.label_root.len());
        let fits = self.heads.matrix.inputs() == self.encoder.width()
            && self.heads.bias.len() == self.columns.label_head.end
            && self.details.bias.len() == self.detail_columns[2].end
            && (self.biaffine.inputs(), self.biaffine.outputs()) == (arc, arc)
            && self.arc_bias.len() == arc
            && self.relation.matrix.inputs() == 2 * label
            && self.relation.bias.len() == self.relations.len()
            && self.names.tags() == 2 * KINDS.len() + 1
            && arc > 0
            && label > 0;
        if fits {
            Ok(self)
        } else {
            Err("the heads do not fit the classes".into())
        }
    }

    /// Analyses sentences that are already cut into words.
    pub fn analyse(&self, sentences: &[Vec<&str>]) -> Vec<SentenceAnalysis> {
        let pieces: Vec<&[&str]> = sentences.iter().flat_map(|s| s.chunks(PIECE)).collect();
        let mut found = Encoder::batches(&pieces, |p| p.len())
            .into_iter()
            .flat_map(|batch| self.batch(batch))
            .collect::<Vec<_>>()
            .into_iter();
        let join = |s: &Vec<&str>| joined(found.by_ref().take(s.len().div_ceil(PIECE)));
        sentences.iter().map(join).collect()
    }

    fn batch(&self, sentences: &[&[&str]]) -> Vec<SentenceAnalysis> {
        let states = self.encoder.run(sentences);
        let mut scores = self.heads.apply(&states);
        let (wide, c) = (self.heads.bias.len(), &self.columns);
        let mut middle = Vec::with_capacity(states.len());
        for row in scores.chunks_exact_mut(wide) {
            row[c.details.start..].iter_mut().for_each(leak);
            middle.extend_from_slice(&row[c.details.clone()]);
        }
        let details = self.details.apply(&middle);
        let mut at = 0;
        let cut = |words: &&[&str]| {
            let rows = at..at + words.len();
            at = rows.end;
            let own =
                |all: &'_ [f32], wide: usize| rows.start * wide..(rows.end * wide).min(all.len());
            SentenceAnalysis {
                states: states[own(&states, self.encoder.width())].to_vec(),
                ..self.sentence(
                    words,
                    &scores[own(&scores, wide)],
                    &details[own(&details, self.details.bias.len())],
                )
            }
        };
        sentences.iter().map(cut).collect()
    }

    /// Decides for one sentence, given rows of scores for each word.
    fn sentence(&self, words: &[&str], scores: &[f32], details: &[f32]) -> SentenceAnalysis {
        let c = &self.columns;
        let heads = tree::heads(&self.arcs(scores, words.len()), words.len());
        let relations = self.relations(scores, &heads);
        let rows = scores.chunks_exact(self.heads.bias.len());
        let [xpos, morph, lemma] = &self.detail_columns;
        let word = |(i, (row, detail)): (usize, (&[f32], &[f32]))| {
            let upos = pick(&self.upos, &row[c.upos.clone()]);
            let lemma = || self.lemma(&detail[lemma.clone()], words[i]);
            WordAnalysis {
                upos,
                xpos: pick(&self.xpos, &detail[xpos.clone()]),
                morph: pick(&self.morphs, &detail[morph.clone()]),
                lemma: irregular(upos, words[i]).unwrap_or_else(lemma),
                happened: (row[c.happened].clamp(-3.0, 3.0) * 100.0).round() / 100.0,
                head: heads[i].checked_sub(1),
                relation: relations[i].clone(),
            }
        };
        let names: Vec<f32> = rows
            .clone()
            .flat_map(|r| &r[c.names.clone()])
            .copied()
            .collect();
        let details = details.chunks_exact(self.details.bias.len());
        let mut analysed: Vec<WordAnalysis> = rows.zip(details).enumerate().map(word).collect();
        repair::repair(words, &mut analysed);
        SentenceAnalysis {
            names: self.name_spans(&names),
            words: analysed,
            states: Vec::new(),
        }
    }

    /// The best-scored lemma; where it is no word that is often written, the best of the next few
    /// that is one: "denied" is cut to "deny", not to "deni".
    fn lemma(&self, scores: &[f32], form: &str) -> SmolStr {
        let of = |class: usize| self.lemmas.get(class).and_then(Option::as_ref);
        let top = best(scores);
        let Some(rule) = of(top) else {
            return form.to_lowercase().into();
        };
        let lemma = rule.apply(form);
        if !rule.cuts() || self.encoder.knows(&lemma) {
            return lemma;
        }
        let mut others: Vec<usize> = (0..scores.len()).filter(|c| *c != top).collect();
        others.sort_by_key(|c| std::cmp::Reverse(grid(scores[*c])));
        let mut next = others.into_iter().take(NEXT_LEMMAS).filter_map(of);
        let known = next.find_map(|rule| {
            let other = rule.apply(form);
            (rule.cuts() && self.encoder.knows(&other)).then_some(other)
        });
        let single = || undoubled(&lemma).filter(|l| self.encoder.knows(l));
        known
            .or_else(|| single().map(SmolStr::new))
            .unwrap_or(lemma)
    }

    /// Scores of each word's heads on the grid: the root's, then each word's.
    fn arcs(&self, scores: &[f32], words: usize) -> Vec<i32> {
        let (c, wide) = (&self.columns, self.heads.bias.len());
        let column = |r: &Range<usize>| -> Vec<f32> {
            let rows = scores.chunks_exact(wide);
            rows.flat_map(|row| &row[r.clone()]).copied().collect()
        };
        let mut heads = self.arc_root.clone();
        heads.extend(column(&c.arc_head));
        let bias = Matrix::new(&self.arc_bias, self.arc_bias.len(), 1).apply(&heads);
        let heads = Matrix::transposed(&heads, self.arc_root.len(), words + 1);
        let products = heads.apply(&self.biaffine.apply(&column(&c.arc)));
        let rows = products.chunks_exact(words + 1);
        rows.flat_map(|row| row.iter().zip(&bias).map(|(s, b)| grid(s + b)))
            .collect()
    }

    fn relations(&self, scores: &[f32], heads: &[usize]) -> Vec<Relation> {
        let (c, wide) = (&self.columns, self.heads.bias.len());
        let mut x = Vec::with_capacity(heads.len() * self.relation.matrix.inputs());
        for (row, head) in scores.chunks_exact(wide).zip(heads) {
            let dependent = &row[c.label.clone()];
            let head = match head.checked_sub(1) {
                None => self.label_root.as_slice(),
                Some(h) => &scores[h * wide + c.label_head.start..h * wide + c.label_head.end],
            };
            x.extend(dependent.iter().zip(head).map(|(d, h)| leaked(d + h)));
            x.extend(dependent.iter().zip(head).map(|(d, h)| d * h));
        }
        let scores = self.relation.apply(&x);
        let rows = scores.chunks_exact(self.relations.len());
        let name = |(row, head): (&[f32], &usize)| {
            let mut row = row.to_vec();
            for (score, relation) in row.iter_mut().zip(&self.relations) {
                if (relation.as_str() == "root") != (*head == 0) {
                    *score = -1e6;
                }
            }
            pick(&self.relations, &row)
        };
        rows.zip(heads).map(name).collect()
    }

    fn name_spans(&self, scores: &[f32]) -> Vec<(Range<usize>, NameKind, f32)> {
        let path = self.names.path(scores);
        if path.iter().all(|t| *t == 0) {
            return Vec::new();
        }
        let sure = self.names.marginals(scores);
        let mut out: Vec<(Range<usize>, NameKind, f32)> = Vec::new();
        for (i, tag) in path.iter().enumerate().filter(|(_, t)| **t > 0) {
            let score = shown(sure[i * self.names.tags() + tag]);
            match out.last_mut() {
                Some((range, _, least)) if tag % 2 == 0 && range.end == i => {
                    range.end = i + 1;
                    *least = least.min(score);
                }
                _ => out.push((i..i + 1, KINDS[(tag - 1) / 2], score)),
            }
        }
        out
    }
}

/// The kinds in the order of the tags: B and I of each, after O.
const KINDS: [NameKind; 4] = [
    NameKind::Person,
    NameKind::Organization,
    NameKind::Place,
    NameKind::Misc,
];

/// The lemma of an irregular verb form.
fn irregular(upos: Upos, form: &str) -> Option<SmolStr> {
    let is_verb = matches!(upos, Upos::Verb | Upos::Aux);
    let lemma = || onrecord_lexicon::verbs::irregular(&form.to_lowercase());
    is_verb.then(lemma).flatten().map(SmolStr::new_static)
}

/// A stem without the second of its two last letters where they are the same: "committ".
fn undoubled(stem: &str) -> Option<&str> {
    let mut letters = stem.char_indices().rev();
    let ((end, last), (_, before)) = (letters.next()?, letters.next()?);
    (last == before).then(|| &stem[..end])
}

/// Hands out columns one range after another.
fn places() -> impl FnMut(usize) -> Range<usize> {
    let mut at = 0;
    move |n| {
        at += n;
        at - n..at
    }
}

fn leaked(x: f32) -> f32 {
    if x < 0.0 { x * 0.1 } else { x }
}

fn leak(x: &mut f32) {
    *x = leaked(*x);
}

fn pick<T: Clone + Default>(classes: &[T], scores: &[f32]) -> T {
    classes.get(best(scores)).cloned().unwrap_or_default()
}

/// Pieces of an overlong sentence as one: each root hangs on the first.
fn joined(pieces: impl Iterator<Item = SentenceAnalysis>) -> SentenceAnalysis {
    let mut all = SentenceAnalysis::default();
    for piece in pieces {
        let shift = all.words.len();
        all.states.extend(piece.states);
        let root = all.words.iter().position(|w| w.head.is_none());
        all.words.extend(piece.words.into_iter().map(|mut w| {
            w.head = w.head.map(|h| h + shift);
            if w.head.is_none() && root.is_some() {
                w.head = root;
                w.relation = Relation::new("parataxis");
            }
            w
        }));
        let names = piece.names.into_iter();
        all.names
            .extend(names.map(|(r, kind, score)| (r.start + shift..r.end + shift, kind, score)));
    }
    all
}

/// A word without what nobody sees of it: places where it may be parted, joiners, marks of direction.
fn visible(form: &str) -> Cow<'_, str> {
    let unseen = |c: char| {
        matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
    };
    if form.is_ascii() || !form.contains(unseen) {
        return Cow::Borrowed(form);
    }
    Cow::Owned(form.chars().filter(|c| !unseen(*c)).collect())
}

impl Annotator for Syntax {
    fn name(&self) -> &'static str {
        "syntax"
    }

    fn requires(&self) -> &'static [Layer] {
        &[Layer::Tokens]
    }

    fn assigns(&self) -> &'static [Layer] {
        &[Layer::Tags, Layer::Trees, Layer::Names, Layer::States]
    }

    fn model(&self) -> Option<ReaderModel> {
        Some(ReaderModel {
            name: "syntax".into(),
            version: self.version.clone(),
        })
    }

    fn annotate(&self, _: &Report, document: &mut Document) -> Vec<Problem> {
        let shown: Vec<Cow<'_, str>> = (0..document.tokens().len() as u32)
            .map(|t| visible(document.form(TokenId(t))))
            .collect();
        let words = |s: &onrecord_model::Sentence| {
            s.tokens.iter().map(|t| shown[t.index()].as_ref()).collect()
        };
        let sentences: Vec<Vec<&str>> = document.sentences().iter().map(words).collect();
        let found = self.analyse(&sentences);
        let (mut tags, mut arcs, mut names) = (Vec::new(), Vec::new(), Vec::new());
        let (mut states, mut happened) = (Vec::new(), Vec::new());
        for (sentence, found) in document.sentences().iter().zip(found) {
            let start = sentence.tokens.start.0;
            states.extend(found.states);
            for w in found.words {
                happened.push((w.happened * 100.0).round() as i16);
                tags.push((w.upos, w.xpos, w.morph, w.lemma));
                arcs.push((w.head.map(|h| TokenId(start + h as u32)), w.relation));
            }
            names.extend(found.names.into_iter().map(|(r, kind, score)| Name {
                tokens: TokenRange::new(start + r.start as u32, start + r.end as u32),
                kind,
                score,
            }));
        }
        let done = [
            document.set_tags(tags),
            document.set_trees(arcs),
            document.set_happened(&happened),
            document.set_names(names),
            document.set_states(self.encoder.width(), states),
        ];
        crate::pipeline::unfit(done)
    }
}

#[cfg(test)]
mod tests;
