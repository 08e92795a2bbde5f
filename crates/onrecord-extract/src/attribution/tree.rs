//! Attributions that a dependency tree shows: a cue verb, its doer, and a dependent that is the
//! content.
//!
//! "Lund told Congress on Monday that the port would close" gives source "Lund", cue "told",
//! addressee "Congress" and content "that the port would close".
//!
//! Left out: quotations that no arc ties to a cue (`speech`), nouns and "according to"
//! (`nominal`).

use onrecord_lexicon::cues::Frame;
use onrecord_model::{EntityKind, TokenId, TokenRange, Upos};

use super::clause::{self, Doer, VerbCue};
use super::draft::{Draft, cover, without};
use super::passive;
use super::quotes::{self, Quote};
use crate::{Context, entities::Entities};

/// The rule of a deed that is admitted.
pub(super) const CONFESSED: &str = "attribution/tree/confessed";

/// A content with the rule that saw it.
pub(super) struct Found {
    pub(super) pieces: Vec<TokenRange>,
    pub(super) addressee: Option<TokenId>,
    pub(super) rule: &'static str,
    pub(super) score: f32,
}

impl Found {
    pub(super) fn new(range: TokenRange, rule: &'static str, score: f32) -> Self {
        Self {
            pieces: vec![range],
            addressee: None,
            rule,
            score,
        }
    }
}

/// Every attribution of a cue verb outside quotations.
pub(super) fn find(cx: &Context<'_>, entities: &Entities, quotes: &[Quote]) -> Vec<Draft> {
    let d = cx.document;
    let mut out = Vec::new();
    for v in TokenRange::new(0, d.tokens().len() as u32).iter() {
        if quotes::around(quotes, v).is_some() {
            continue;
        }
        for cue in clause::verb_cues(cx, v) {
            if let Some(draft) = read(cx, entities, quotes, &cue) {
                out.push(draft);
                break;
            }
        }
    }
    out
}

fn read(cx: &Context<'_>, entities: &Entities, quotes: &[Quote], cue: &VerbCue) -> Option<Draft> {
    let doer = clause::doer(cx, cue.head);
    let (source_head, source) = match doer {
        Doer::Token(t) => (Some(t), Some(clause::phrase(cx, t, cue.span))),
        Doer::Implicit => (None, None),
        Doer::Unknown => {
            let (head, words) =
                opening_name(cx, cue).or_else(|| person_before(cx, entities, cue))?;
            (Some(head), Some(words))
        }
    };
    let found = content(cx, quotes, cue, doer, source)?;
    let source = source.map(|s| {
        let clash = found
            .pieces
            .iter()
            .find(|p| p.overlaps(s) && p.start.0 > s.start.0);
        clash.map_or(s, |p| TokenRange::new(s.start.0, p.start.0))
    });
    let pieces = found.pieces.iter().map(|p| match source {
        // The doer hangs in the content: "told by X the dam broke".
        Some(s) if p.contains(s) && s.start.0 <= p.start.0 + 1 => TokenRange::new(s.end.0, p.end.0),
        _ => *p,
    });
    Some(Draft {
        source,
        source_head,
        cue: cue.span,
        cue_head: cue.head,
        content: pieces.collect(),
        addressee: found.addressee,
        kind: Some(cue.word.kind.as_str()),
        rule: found.rule,
        score: found.score,
    })
}

/// "Reyes, asked about the dam, said": the name that opens the sentence, before an aside.
fn opening_name(cx: &Context<'_>, cue: &VerbCue) -> Option<(TokenId, TokenRange)> {
    let d = cx.document;
    let sentence = d.sentence_of(cue.head).tokens;
    let finite = matches!(d.token(cue.head).xpos.as_str(), "VBD" | "VBZ" | "VBP");
    let comma = cue.span.start.0 > sentence.start.0 && d.form(cue.span.start.offset(-1)) == ",";
    if !finite || !comma || !cue.word.takes(Frame::Quote) {
        return None;
    }
    let name: Vec<TokenId> = sentence
        .iter()
        .take_while(|t| {
            matches!(
                d.token(*t).upos,
                Upos::Propn | Upos::Noun | Upos::Det | Upos::Adj | Upos::Pron
            )
        })
        .collect();
    let last = *name.last()?;
    let aside = d.form(last.offset(1)) == "," && last.0 + 2 < cue.span.start.0;
    aside.then(|| (last, TokenRange::new(sentence.start.0, last.0 + 1)))
}

/// "Long said": a person's name right before the cue, which the tree took for another word.
fn person_before(
    cx: &Context<'_>,
    entities: &Entities,
    cue: &VerbCue,
) -> Option<(TokenId, TokenRange)> {
    let d = cx.document;
    let sentence = d.sentence_of(cue.head).tokens;
    let t = TokenId(cue.span.start.0.checked_sub(1)?);
    let person = entities
        .at_token(cx, t)
        .and_then(|id| entities.get(id))
        .is_some_and(|e| e.kind == EntityKind::Person);
    let large = d.form(t).starts_with(char::is_uppercase);
    let alone = t == sentence.start || d.token(t.offset(-1)).upos != Upos::Propn;
    (sentence.has(t) && person && large && alone).then_some((t, TokenRange::one(t)))
}

fn content(
    cx: &Context<'_>,
    quotes: &[Quote],
    cue: &VerbCue,
    doer: Doer,
    source: Option<TokenRange>,
) -> Option<Found> {
    let says = cue.word.takes(Frame::That) || cue.word.takes(Frame::Quote);
    let found = if clause::is_passive(cx, cue.head) {
        passive::content(cx, cue, doer)
    } else {
        None
    };
    found
        .or_else(|| clausal(cx, cue))
        .or_else(|| infinitive(cx, cue))
        .or_else(|| judged(cx, cue))
        .or_else(|| confessed(cx, cue))
        .or_else(|| says.then(|| around(cx, quotes, cue, source)).flatten())
        .or_else(|| prepositional(cx, cue))
        .or_else(|| object(cx, cue))
}

/// Whether an infinitive opens with "to".
pub(super) fn has_to(cx: &Context<'_>, c: TokenId) -> bool {
    let d = cx.document;
    d.children_in(c, &["mark"])
        .any(|m| d.token(m).lemma == "to")
}

/// The part of a dependent's subtree that lies on its own side of the cue.
pub(super) fn side(cx: &Context<'_>, c: TokenId, cue: &VerbCue) -> TokenRange {
    let sub = cx.document.subtree(c);
    if c.0 > cue.head.0 {
        TokenRange::new(sub.start.0.max(cue.span.end.0), sub.end.0)
    } else {
        TokenRange::new(sub.start.0, sub.end.0.min(cue.span.start.0))
    }
}

/// The addressee of "told X that".
fn addressee(cx: &Context<'_>, cue: &VerbCue) -> Option<TokenId> {
    let d = cx.document;
    d.child(cue.head, &["iobj", "obj"])
        .filter(|o| d.token(*o).upos.is_nominal())
        .filter(|_| cue.word.takes(Frame::Tell) || cue.word.takes(Frame::Order))
}

/// A clause after the cue: "said (that) ...", "asked whether ...".
fn clausal(cx: &Context<'_>, cue: &VerbCue) -> Option<Found> {
    let d = cx.document;
    let clause = d
        .children_in(cue.head, &["ccomp"])
        .find(|c| c.0 > cue.head.0 && !is_bare_xcomp(cx, *c))?;
    let word = cue.word;
    if !(word.takes(Frame::That) || word.takes(Frame::Whether) || word.takes(Frame::Quote)) {
        return None;
    }
    Some(Found {
        addressee: addressee(cx, cue),
        ..Found::new(
            to_stop(cx, side(cx, clause, cue)),
            "attribution/tree/clause",
            0.9,
        )
    })
}

/// A clause goes on to the next stop or conjunction: a tree that ends it in the middle of a verb
/// group is wrong.
fn to_stop(cx: &Context<'_>, range: TokenRange) -> TokenRange {
    let d = cx.document;
    let sentence = d.sentence_of(range.start).tokens;
    let mut end = range.end.0;
    while end < sentence.end.0 {
        let t = d.token(TokenId(end));
        if matches!(t.upos, Upos::Punct | Upos::Cconj | Upos::Sconj) {
            break;
        }
        end += 1;
    }
    TokenRange::new(range.start.0, end)
}

fn is_bare_xcomp(cx: &Context<'_>, c: TokenId) -> bool {
    has_to(cx, c) && cx.document.child(c, &["nsubj", "expl"]).is_none()
}

/// An infinitive or gerund: "vowed to fight", "urged them to wait", "proposed raising duties".
fn infinitive(cx: &Context<'_>, cue: &VerbCue) -> Option<Found> {
    let d = cx.document;
    let word = cue.word;
    let c = d
        .children_in(cue.head, &["xcomp", "ccomp", "advcl"])
        .find(|c| c.0 > cue.head.0 && (has_to(cx, *c) || is_gerund(cx, *c)))?;
    let range = side(cx, c, cue);
    let to = has_to(cx, c);
    if d.token(c).relation.is(&["advcl"]) && !(to && word.takes(Frame::Order)) {
        return None;
    }
    let object = d.child(cue.head, &["obj", "iobj"]).filter(|o| o.0 < c.0);
    let on = d
        .children_in(cue.head, &["obl"])
        .find(|o| o.0 < c.0 && has_case(cx, *o, "on"));
    if to && let Some(asked) = object.or(on) {
        let orders =
            word.takes(Frame::Order) || on.is_some() && word.prepositions.contains(&"on".into());
        return orders.then(|| Found {
            addressee: Some(asked),
            ..Found::new(range, "attribution/tree/order", 0.8)
        });
    }
    if to && word.takes(Frame::To) {
        return Some(Found::new(range, "attribution/tree/to", 0.75));
    }
    if !to && word.takes(Frame::Ing) {
        return Some(Found::new(range, "attribution/tree/ing", 0.75));
    }
    None
}

fn is_gerund(cx: &Context<'_>, c: TokenId) -> bool {
    cx.document.token(c).upos == Upos::Verb
        && clause::is_participle(cx, c)
        && cx.document.child(c, &["aux", "mark"]).is_none()
        && cx.document.token(c).relation.is(&["xcomp", "ccomp"])
}

/// Whether a phrase is led by this preposition.
pub(super) fn has_case(cx: &Context<'_>, t: TokenId, preposition: &str) -> bool {
    let d = cx.document;
    d.children_in(t, &["case"])
        .any(|c| d.form(c).eq_ignore_ascii_case(preposition))
}

/// "called the plan a mistake", "accused Riyadh of stalling".
fn judged(cx: &Context<'_>, cue: &VerbCue) -> Option<Found> {
    let d = cx.document;
    if !cue.word.takes(Frame::Judge) {
        return None;
    }
    let object = d.child(cue.head, &["obj"]).filter(|o| o.0 > cue.head.0)?;
    let verdict = d
        .children(cue.head)
        .iter()
        .copied()
        .filter(|c| c.0 > object.0)
        .find(|c| {
            let t = d.token(*c);
            t.relation.is(&["xcomp", "ccomp"])
                || t.relation.is(&["obl", "advcl"])
                    && ["as", "of", "for", "with"]
                        .iter()
                        .any(|p| has_case(cx, *c, p) || has_mark(cx, *c, p))
        });
    let of = d
        .children_in(object, &["nmod", "acl"])
        .find(|c| {
            ["of", "as", "for"]
                .iter()
                .any(|p| has_case(cx, *c, p) || has_mark(cx, *c, p))
        })
        .filter(|_| matches!(cue.word.kind.as_str(), "criticise"));
    let verdict = verdict.or(of)?;
    let range = cover(d.subtree(object), d.subtree(verdict));
    let range = TokenRange::new(range.start.0.max(cue.span.end.0), range.end.0);
    Some(Found::new(range, "attribution/tree/judge", 0.8))
}

pub(super) fn has_mark(cx: &Context<'_>, t: TokenId, mark: &str) -> bool {
    let d = cx.document;
    d.children_in(t, &["mark"])
        .any(|c| d.form(c).eq_ignore_ascii_case(mark))
}

/// "admitted to sinking the barge": what is confirmed to have been done.
fn confessed(cx: &Context<'_>, cue: &VerbCue) -> Option<Found> {
    let d = cx.document;
    if cue.word.kind != "confirm" {
        return None;
    }
    let deed = d
        .children_in(cue.head, &["advcl", "xcomp", "ccomp", "obl"])
        .filter(|c| c.0 > cue.head.0 && clause::is_participle(cx, *c))
        .find(|c| {
            d.token(*c).upos == Upos::Verb && (has_mark(cx, *c, "to") || has_case(cx, *c, "to"))
        })?;
    Some(Found::new(side(cx, deed, cue), CONFESSED, 0.75))
}

/// "called for talks", "warned of a shortage".
fn prepositional(cx: &Context<'_>, cue: &VerbCue) -> Option<Found> {
    let d = cx.document;
    let phrase = d
        .children_in(cue.head, &["obl", "advcl"])
        .filter(|o| o.0 > cue.head.0)
        .find(|o| {
            cue.word
                .prepositions
                .iter()
                .any(|p| has_case(cx, *o, p) || has_mark(cx, *o, p))
        })?;
    Some(Found::new(
        d.subtree(phrase),
        "attribution/tree/preposition",
        0.6,
    ))
}

/// "announced plans", "backed the calls".
fn object(cx: &Context<'_>, cue: &VerbCue) -> Option<Found> {
    let d = cx.document;
    if !cue.word.takes(Frame::Object) {
        return None;
    }
    let object = d
        .child(cue.head, &["obj"])
        .filter(|o| o.0 > cue.head.0 && matches!(d.token(*o).upos, Upos::Noun | Upos::Propn))?;
    Some(Found::new(
        side(cx, object, cue),
        "attribution/tree/object",
        0.6,
    ))
}

/// A content that stands around its cue or before it: "The port, Lund said, would close";
/// "The port would close, said Lund".
fn around(
    cx: &Context<'_>,
    quotes: &[Quote],
    cue: &VerbCue,
    source: Option<TokenRange>,
) -> Option<Found> {
    let d = cx.document;
    let v = d.token(cue.head);
    let source = source?;
    let sentence = d.sentence_of(cue.head).tokens;
    let hole = hole(cx, cue, cover(source, cue.span));
    if !stands_apart(cx, hole, sentence) {
        return None;
    }
    let governed = d
        .children_in(cue.head, &["ccomp", "parataxis", "dep"])
        .find(|c| c.0 < hole.start.0);
    let whole = match (governed, v.head) {
        (Some(c), _) => cover(d.subtree(c), TokenRange::one(c)),
        (None, Some(head))
            if v.relation
                .is(&["parataxis", "discourse", "dep", "advcl", "conj", "appos"]) =>
        {
            d.subtree(head)
        }
        (None, None) => sentence,
        (None, Some(head))
            if v.relation.is(&["ccomp"])
                && head.0 < hole.start.0
                && is_tail(cx, hole, sentence) =>
        {
            sentence
        }
        _ => return None,
    };
    let opens = opening(cx, quotes, sentence, hole, whole);
    // Behind a whole sentence the cue has all of it, whatever hangs where.
    let tail = is_tail(cx, hole, sentence);
    let opens = if tail {
        opens.min(first_word(cx, sentence))
    } else {
        opens
    };
    let whole = if tail {
        cover(whole, TokenRange::new(opens, hole.start.0))
    } else {
        whole
    };
    let pieces = without(TokenRange::new(opens, whole.end.0), hole);
    let ok = pieces
        .iter()
        .any(|p| p.end.0 <= hole.start.0 && p.len() > 1);
    ok.then_some(Found {
        pieces,
        addressee: addressee(cx, cue),
        rule: "attribution/tree/around",
        score: 0.85,
    })
}

/// Whether only an aside of the reporter's follows the saying.
fn is_tail(cx: &Context<'_>, hole: TokenRange, sentence: TokenRange) -> bool {
    let d = cx.document;
    let rest = TokenRange::new(hole.end.0, sentence.end.0.max(hole.end.0));
    let words = rest
        .iter()
        .find(|t| d.form(*t).chars().any(char::is_alphanumeric));
    words.is_none_or(|t| d.token(t).xpos == "VBG")
}

/// The first token of a sentence that is no conjunction.
fn first_word(cx: &Context<'_>, sentence: TokenRange) -> u32 {
    let conjunction = cx.document.token(sentence.start).upos == Upos::Cconj;
    sentence.start.0 + u32::from(conjunction)
}

/// The reporter's words about the saying: source, cue and what hangs on the cue behind it.
fn hole(cx: &Context<'_>, cue: &VerbCue, core: TokenRange) -> TokenRange {
    let d = cx.document;
    let mut out = core;
    for c in d.children(cue.head) {
        let t = d.token(*c);
        if t.relation
            .is(&["obl", "advmod", "iobj", "obj", "nsubj", "advcl", "nmod"])
            && c.0 > cue.head.0
        {
            // A comma before the cue may hang on what follows it.
            let behind = d.subtree(*c).end.0.max(out.end.0);
            out = TokenRange::new(out.start.0, behind);
        }
    }
    out
}

/// Whether a mark stands before the reporter's words, so that they are an aside or a tail.
fn stands_apart(cx: &Context<'_>, hole: TokenRange, sentence: TokenRange) -> bool {
    let d = cx.document;
    hole.start.0 > sentence.start.0 && {
        let before = d.form(hole.start.offset(-1));
        before == ","
            || super::draft::is_mark(before)
            || matches!(before, "—" | "–" | "?" | "!" | "--" | ";")
    }
}

/// Where a content before its cue begins: with its subtree, or with the sentence when only
/// words of the same clause stand before it.
fn opening(
    cx: &Context<'_>,
    quotes: &[Quote],
    sentence: TokenRange,
    hole: TokenRange,
    whole: TokenRange,
) -> u32 {
    let d = cx.document;
    let speech = quotes
        .iter()
        .find(|q| q.speech && q.tokens.end.0 <= hole.start.0 && q.tokens.end.0 + 1 >= hole.start.0);
    let start = whole.start.0.min(hole.start.0);
    if let Some(q) = speech {
        return q.tokens.start.0.min(start.max(sentence.start.0));
    }
    let first = d.token(TokenId(start));
    if first.relation.is(&["cc"]) {
        start + 1
    } else {
        start
    }
}
