//! What the network of acts is told of each word beside its state: its part in the tree, what the
//! lexicon knows of its lemma, in which attribution it stands.
//!
//! `training/acts.py` reads the same numbers (`cargo xtask acts` prints them).

use onrecord_lexicon::{commitments, events};
use onrecord_model::{
    CommitmentKind, CommitmentStatus, Document, EventType, NameKind, Token, Upos,
};

/// The columns, and how many values each has.
pub(super) const COLUMNS: [usize; 11] = [17, 48, 5, 8, 12, 27, 12, 18, 7, 18, 49];

/// Relations of the treebanks, the rest is 0.
const RELATIONS: [&str; 47] = [
    "acl",
    "acl:relcl",
    "advcl",
    "advcl:relcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "aux:pass",
    "case",
    "cc",
    "cc:preconj",
    "ccomp",
    "compound",
    "compound:prt",
    "conj",
    "cop",
    "csubj",
    "csubj:pass",
    "dep",
    "det",
    "det:predet",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nmod:desc",
    "nmod:poss",
    "nmod:unmarked",
    "nsubj",
    "nsubj:outer",
    "nsubj:pass",
    "nummod",
    "obj",
    "obl",
    "obl:agent",
    "obl:unmarked",
    "orphan",
    "parataxis",
    "punct",
    "root",
];

/// One row for each token.
pub(super) fn rows(document: &Document) -> Vec<[u8; COLUMNS.len()]> {
    let tokens = document.tokens();
    let mut out = vec![[0; COLUMNS.len()]; tokens.len()];
    let (names, told) = (names(document), told(document));
    let places = places(document);
    for (i, (token, row)) in tokens.iter().zip(&mut out).enumerate() {
        let head = token.head.map(|h| &tokens[h.index()]);
        let (status, kind) = committing(token);
        *row = [
            upos(token.upos),
            relation(token),
            names[i],
            told[i],
            places[i],
            status,
            kind,
            event(token),
            happened(token.happened),
            head.map_or(0, |h| upos(h.upos) + 1),
            head.map_or(0, |h| relation(h) + 1),
        ];
    }
    out
}

fn upos(tag: Upos) -> u8 {
    let place = Upos::ALL.iter().position(|u| *u == tag);
    place.unwrap_or_default() as u8
}

pub(super) fn relation(token: &Token) -> u8 {
    let name = token.relation.as_str();
    let exact = RELATIONS.binary_search(&name);
    let found = exact.or_else(|_| RELATIONS.binary_search(&token.relation.base()));
    found.map_or(0, |at| at as u8 + 1)
}

/// In a name of a person 1, organisation 2, place 3, other 4.
fn names(document: &Document) -> Vec<u8> {
    let mut out = vec![0; document.tokens().len()];
    for name in document.names() {
        let kind = match name.kind {
            NameKind::Person => 1,
            NameKind::Organization => 2,
            NameKind::Place => 3,
            NameKind::Misc => 4,
        };
        out[name.tokens.usizes()].fill(kind);
    }
    out
}

/// In a source 1, a cue 2, a content 4, summed.
fn told(document: &Document) -> Vec<u8> {
    let mut out = vec![0; document.tokens().len()];
    for a in document.attributions() {
        for (spans, bit) in [(&a.source, 1), (&a.cue, 2), (&a.content, 4)] {
            for span in spans {
                out[span.usizes()].iter_mut().for_each(|x| *x |= bit);
            }
        }
    }
    out
}

/// In quotation marks or not, first of its sentence or not, first of the paragraph's sentences.
fn places(document: &Document) -> Vec<u8> {
    let mut out = Vec::with_capacity(document.tokens().len());
    let mut paragraph = None;
    let mut inside = false;
    for s in document.sentences() {
        let opens = paragraph != Some(s.paragraph);
        paragraph = Some(s.paragraph);
        inside &= !opens;
        for (i, t) in s.tokens.iter().enumerate() {
            let quoted = crate::attribution::quoted(document.form(t), &mut inside);
            out.push(quoted + 3 * u8::from(i == 0) + 6 * u8::from(opens));
        }
    }
    out
}

/// The status and the kind that the lexicon gives a lemma, 0 for none.
fn committing(token: &Token) -> (u8, u8) {
    let lemma = token.lemma.as_str();
    let (frames, kind) = match token.upos {
        Upos::Verb | Upos::Aux => (commitments::verbs(lemma), commitments::verb_kind(lemma)),
        Upos::Adj => (commitments::adjectives(lemma), None),
        Upos::Noun | Upos::Propn => (commitments::nouns(lemma), commitments::noun_kind(lemma)),
        _ => (&[][..], None),
    };
    let told = frames.iter().find(|f| !f.untold);
    let status = told.and_then(|f| CommitmentStatus::of(&f.status));
    let kind = kind.and_then(CommitmentKind::of);
    (
        status.map_or(0, |s| s as u8 + 1),
        kind.map_or(0, |k| k as u8 + 1),
    )
}

/// The type of event that the lexicon gives a lemma, 0 for none.
fn event(token: &Token) -> u8 {
    let lemma = token.lemma.as_str();
    let kind = match token.upos {
        Upos::Verb => events::verbs(lemma).first().map(|f| f.kind.as_str()),
        Upos::Noun | Upos::Propn => events::noun(lemma).map(|f| f.kind.as_str()),
        _ => None,
    };
    kind.and_then(EventType::of).map_or(0, |k| k as u8 + 1)
}

/// From certainly not to certainly, in seven steps.
fn happened(hundredths: i16) -> u8 {
    ((hundredths.clamp(-300, 300) + 350) / 100) as u8
}
