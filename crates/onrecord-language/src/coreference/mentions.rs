//! Referring expressions: whose words, from where to where.
//!
//! ```text
//! The harbour board of Ardale , which sold its ferry , met Rosa Pell 's lawyer .
//! [The harbour board of Ardale , which sold [its] ferry] [Ardale] [its ferry] [Rosa Pell 's] ...
//! ```
//!
//! A phrase is its head with all that hangs on it, as OntoNotes bounds it: relative clauses and a
//! possessive "'s" in, prepositions before it and further conjuncts out; several conjuncts are one
//! more phrase. Left out: verbs, relative pronouns, "there" and the empty "it" of the trees.

use onrecord_model::{Document, MentionForm, Relation, TokenId, TokenRange, Upos};

/// An expression as it is found.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Found {
    pub(super) tokens: TokenRange,
    pub(super) head: TokenId,
    pub(super) form: MentionForm,
    /// Whether it is several conjuncts together.
    pub(super) several: bool,
}

/// All expressions in text order, an outer one before those inside it.
pub(super) fn find(document: &Document) -> Vec<Found> {
    let extents = Extents::new(document);
    let named = named(document);
    let mut out = Vec::new();
    for (i, in_name) in named.into_iter().enumerate() {
        let head = TokenId(i as u32);
        if !refers(document, head) {
            continue;
        }
        let tokens = extents.phrase(document, head);
        let form = match document.token(head).upos {
            Upos::Pron | Upos::Det => MentionForm::Pronoun,
            Upos::Propn => MentionForm::Name,
            _ if in_name => MentionForm::Name,
            _ => MentionForm::Nominal,
        };
        out.push(Found {
            tokens,
            head,
            form,
            several: false,
        });
        let last = document.children_in(head, &["conj"]).last();
        if let Some(last) = last {
            let end = extents.0[last.index()].1 + 1;
            out.push(Found {
                tokens: TokenRange::new(tokens.start.0, end.max(tokens.end.0)),
                head,
                form: MentionForm::Nominal,
                several: true,
            });
        }
    }
    out.sort_by_key(|f| (f.tokens.start, u32::MAX - f.tokens.end.0, f.several));
    out.dedup_by_key(|f| f.tokens);
    out
}

/// Whether each token lies in a name.
fn named(document: &Document) -> Vec<bool> {
    let mut out = vec![false; document.tokens().len()];
    for name in document.names() {
        out[name.tokens.usizes()].fill(true);
    }
    out
}

/// Whether a token can head an expression.
fn refers(d: &Document, t: TokenId) -> bool {
    let token = d.token(t);
    let argument = || token.relation.is(&["nsubj", "obj", "obl", "nmod"]);
    match token.upos {
        Upos::Pron => {
            !matches!(token.xpos.as_str(), "WP" | "WDT" | "WP$" | "EX")
                && !token.relation.is(&["expl", "fixed"])
        }
        Upos::Noun => !token
            .relation
            .is(&["flat", "fixed", "goeswith", "compound"]),
        Upos::Propn => !token.relation.is(&["flat", "fixed", "goeswith"]),
        Upos::Num => argument() || token.relation.is(&["root", "conj", "appos"]),
        Upos::Det => argument(),
        Upos::Adj | Upos::Verb => argument() && d.child(t, &["det"]).is_some(),
        _ => false,
    }
}

/// For each token its leftmost and rightmost descendant.
struct Extents(Vec<(u32, u32)>);

impl Extents {
    fn new(d: &Document) -> Self {
        let mut all: Vec<(u32, u32)> = (0..d.tokens().len() as u32).map(|i| (i, i)).collect();
        for i in 0..all.len() as u32 {
            for up in d.ancestors(TokenId(i)) {
                let (low, high) = &mut all[up.index()];
                (*low, *high) = ((*low).min(i), (*high).max(i));
            }
        }
        Self(all)
    }

    fn phrase(&self, d: &Document, head: TokenId) -> TokenRange {
        if matches!(d.token(head).xpos.as_str(), "PRP" | "PRP$") {
            return TokenRange::one(head);
        }
        let predicate = d
            .child(head, &["cop", "nsubj", "csubj"])
            .is_some_and(|c| c < head);
        let (mut low, mut high, mut from) = (head.0, head.0, 0);
        for &c in d.children(head) {
            let before = c < head;
            let (l, h) = self.0[c.index()];
            let relation = &d.token(c).relation;
            if before && relation.is(&["case", "cc", "mark", "cop", "nsubj", "aux"]) {
                from = from.max(h + 1);
            }
            if !apart(relation, before, predicate) {
                (low, high) = (low.min(l), high.max(h));
            }
        }
        trimmed(d, low.max(from).min(head.0), high)
    }
}

/// Whether a dependent is no part of the phrase.
fn apart(relation: &Relation, before: bool, predicate: bool) -> bool {
    const NEVER: &[&str] = &[
        "cop",
        "aux",
        "mark",
        "expl",
        "discourse",
        "vocative",
        "parataxis",
        "dep",
        "list",
        "csubj",
        "dislocated",
        "reparandum",
        "orphan",
        "punct",
        "cc",
        "conj",
        "nsubj:outer",
    ];
    const CLAUSAL: &[&str] = &["nsubj", "advcl", "ccomp", "obl"];
    relation.is(NEVER)
        || before && relation.is(&["case"])
        || before && relation.is(CLAUSAL)
        || predicate && (relation.is(CLAUSAL) || relation.is(&["advmod"]))
}

/// Without punctuation at its edges; brackets and quotation marks stay with their partners.
fn trimmed(d: &Document, low: u32, high: u32) -> TokenRange {
    let mark = |t: u32| d.token(TokenId(t)).upos == Upos::Punct;
    let form = |t: u32| d.form(TokenId(t));
    let (mut low, mut high) = (low, high);
    while low < high && mark(high) {
        let opening = match form(high) {
            ")" => Some("("),
            "”" => Some("“"),
            "\"" => Some("\""),
            _ => None,
        };
        if opening.is_some_and(|o| (low..high).any(|t| form(t) == o)) {
            break;
        }
        high -= 1;
    }
    while low < high && mark(low) && !matches!(form(low), "(" | "\"" | "“") {
        low += 1;
    }
    TokenRange::new(low, high + 1)
}
