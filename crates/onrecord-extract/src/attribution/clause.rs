//! The clause around a cue: its words, who does it, to whom.
//!
//! In "Lund, who had declined to say it, added that ..." the subject of "say" is "Lund" (through
//! the relative pronoun and the controlling verb), and so is that of "added".

use onrecord_lexicon::cues::{self, CueWord};
use onrecord_model::{TokenId, TokenRange, Upos};

use super::draft::cover;
use crate::Context;

/// Who does what a verb says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Doer {
    /// The head of a phrase in the text.
    Token(TokenId),
    /// A passive without "by", or "it" that stands for nobody.
    Implicit,
    /// Not found.
    Unknown,
}

/// A cue word in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct VerbCue {
    /// The verb.
    pub(super) head: TokenId,
    /// The verb with its auxiliaries and particles.
    pub(super) span: TokenRange,
    /// What the lexicon knows of it.
    pub(super) word: &'static CueWord,
}

/// The verb cue at a token, if there is one: the longest phrase before the plain verb.
pub(super) fn verb_cues(cx: &Context<'_>, v: TokenId) -> Vec<VerbCue> {
    let d = cx.document;
    let token = d.token(v);
    if !matches!(token.upos, Upos::Verb | Upos::Aux) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for phrase in cues::phrases(&token.lemma) {
        let ends: Option<Vec<TokenId>> = phrase.with.iter().map(|w| word_near(cx, v, w)).collect();
        if let Some(last) = ends.and_then(|e| e.into_iter().max()) {
            let span = cover(cue_span(cx, v), TokenRange::one(last));
            out.push(VerbCue {
                head: v,
                span,
                word: &phrase.cue,
            });
        }
    }
    if out.is_empty()
        && let Some(word) = cues::verb(&token.lemma)
    {
        out.push(VerbCue {
            head: v,
            span: cue_span(cx, v),
            word,
        });
    }
    out
}

/// A word among the three tokens after a verb.
fn word_near(cx: &Context<'_>, v: TokenId, word: &str) -> Option<TokenId> {
    let sentence = cx.document.sentence_of(v).tokens;
    (1..=3)
        .map(|k| v.offset(k))
        .take_while(|t| sentence.has(*t))
        .find(|t| cx.document.form(*t).eq_ignore_ascii_case(word))
}

/// The verb with the auxiliaries, negations and adverbs that stand right before it, and with a
/// verb that governs it when nothing stands between ("declined to say").
pub(super) fn cue_span(cx: &Context<'_>, v: TokenId) -> TokenRange {
    let d = cx.document;
    let sentence = d.sentence_of(v).tokens;
    let mut start = v;
    let mut head = v;
    while start.0 > sentence.start.0 {
        let t = start.offset(-1);
        let token = d.token(t);
        // "Will promised": no modal stands before a past tense, and a surname may.
        let base = d.form(v).eq_ignore_ascii_case(&d.token(v).lemma);
        let name = token.xpos == "MD" && start == v && !base && t == sentence.start;
        let mine = !name
            && token.head == Some(head)
            && (token.relation.is(&["aux", "advmod"])
                || token.relation.is(&["mark"]) && token.lemma == "to")
            && matches!(token.upos, Upos::Aux | Upos::Part | Upos::Adv);
        let governs = d.token(head).relation.is(&["xcomp"])
            && d.token(head).head == Some(t)
            && matches!(token.upos, Upos::Verb | Upos::Aux);
        if governs {
            head = t;
        } else if !mine {
            break;
        }
        start = t;
    }
    // A clause does not begin with an adverb of time or manner that opens the sentence.
    while start.0 < v.0 && start == sentence.start && d.token(start).upos == Upos::Adv {
        start = start.offset(1);
    }
    TokenRange::new(start.0, v.0 + 1)
}

/// Whether a verb is passive here: by what hangs on it, as a past participle behind its noun
/// ("described by Lund"), or beside another passive ("was hailed but criticised").
pub(super) fn is_passive(cx: &Context<'_>, v: TokenId) -> bool {
    let d = cx.document;
    let token = d.token(v);
    let own = |v: TokenId| {
        d.children(v).iter().any(|c| {
            matches!(
                d.token(*c).relation.as_str(),
                "nsubj:pass" | "aux:pass" | "csubj:pass"
            )
        })
    };
    let beside = || first_passive(cx, v).is_some_and(own);
    let behind = || {
        let mut phrases = d.children_in(v, &["obl"]);
        token.relation.as_str() == "acl"
            && phrases.any(|o| {
                d.children_in(o, &["case"])
                    .any(|c| d.token(c).lemma == "by")
            })
    };
    own(v) || is_participle_of_past(cx, v) && (behind() || beside())
}

/// "was hailed as a success but criticised": the verb that a second passive is joined to, whatever the
/// tree joins it to.
fn first_passive(cx: &Context<'_>, v: TokenId) -> Option<TokenId> {
    let d = cx.document;
    let token = d.token(v);
    let joined = v.0 > 0 && d.token(v.offset(-1)).upos == Upos::Cconj;
    if !joined && !token.relation.is(&["conj"]) || d.child(v, &["nsubj", "obj", "aux"]).is_some() {
        return None;
    }
    let passive = |t: &TokenId| d.child(*t, &["nsubj:pass", "aux:pass"]).is_some();
    let participle = |t: &TokenId| is_participle_of_past(cx, *t) && passive(t);
    d.ancestors(v).skip(1).take(3).find(participle)
}

/// "described", "seen": a form that makes a passive.
pub(super) fn is_participle_of_past(cx: &Context<'_>, v: TokenId) -> bool {
    cx.document.token(v).xpos == "VBN"
}

/// "by X" of a passive.
pub(super) fn agent(cx: &Context<'_>, v: TokenId) -> Option<TokenId> {
    let d = cx.document;
    // "told by X": whatever the tree hangs X on.
    let by = v.offset(1);
    if is_passive(cx, v)
        && d.sentence_of(v).tokens.has(by)
        && d.form(by).eq_ignore_ascii_case("by")
        && let Some(x) = d.token(by).head
        && x.0 > by.0
        && d.token(x).upos.is_nominal()
    {
        return Some(x);
    }
    d.children_in(v, &["obl"]).find(|o| {
        d.token(*o).relation.as_str() == "obl:agent"
            || d.children_in(*o, &["case"])
                .any(|c| d.token(c).lemma == "by")
                && is_passive(cx, v)
                && d.token(*o).upos.is_nominal()
    })
}

/// The active subject of a clause; the antecedent for a relative pronoun.
fn own_subject(cx: &Context<'_>, v: TokenId) -> Option<TokenId> {
    let d = cx.document;
    let subject = d
        .children(v)
        .iter()
        .copied()
        .find(|c| matches!(d.token(*c).relation.as_str(), "nsubj" | "nsubj:outer"))?;
    Some(antecedent(cx, v, subject))
}

/// The noun a relative pronoun stands for, else the token itself.
pub(super) fn antecedent(cx: &Context<'_>, v: TokenId, subject: TokenId) -> TokenId {
    let d = cx.document;
    let relative = matches!(
        d.token(subject).lemma.as_str(),
        "who" | "which" | "that" | "whom"
    );
    if !relative {
        return subject;
    }
    d.ancestors(v)
        .take_while(|t| !d.token(*t).relation.is(&["root"]))
        .find(|t| d.token(*t).relation.as_str() == "acl:relcl")
        .and_then(|t| d.token(t).head)
        .unwrap_or(subject)
}

/// The passive subject of a clause; of a participle behind its noun the noun, of a second passive
/// that of the first.
pub(super) fn passive_subject(cx: &Context<'_>, v: TokenId) -> Option<TokenId> {
    let d = cx.document;
    let own = |v: TokenId| {
        let mut children = d.children(v).iter().copied();
        children
            .find(|c| d.token(*c).relation.as_str() == "nsubj:pass")
            .map(|s| antecedent(cx, v, s))
    };
    let token = d.token(v);
    let noun = || {
        token
            .head
            .filter(|_| token.relation.as_str() == "acl" && is_participle_of_past(cx, v))
    };
    let beside = || first_passive(cx, v).and_then(own);
    own(v).or_else(beside).or_else(noun)
}

/// Who does what a verb says, through conjunctions, control and relative pronouns.
pub(super) fn doer(cx: &Context<'_>, v: TokenId) -> Doer {
    doer_within(cx, v, 6)
}

fn doer_within(cx: &Context<'_>, v: TokenId, depth: u8) -> Doer {
    let d = cx.document;
    if is_passive(cx, v) {
        return agent(cx, v).map_or(Doer::Implicit, Doer::Token);
    }
    if let Some(s) = own_subject(cx, v) {
        return Doer::Token(s);
    }
    let token = d.token(v);
    let Some(head) = token.head.filter(|_| depth > 0) else {
        return Doer::Unknown;
    };
    let up = |depth| subject_or_doer(cx, head, depth);
    match token.relation.as_str() {
        "advcl" if token.lemma == "add" && is_participle(cx, v) => {
            doer_within(cx, saying_above(cx, v).unwrap_or(head), depth - 1)
        }
        "conj" if d.token(head).upos != Upos::Noun => up(depth - 1),
        "xcomp" => d
            .child(head, &["obj", "iobj"])
            .filter(|_| controls_object(cx, head))
            .map_or_else(|| up(depth - 1), Doer::Token),
        "advcl" | "parataxis" | "dep" if is_participle(cx, v) => up(depth - 1),
        "acl" if is_participle(cx, v) => Doer::Token(head),
        "acl:relcl" => Doer::Token(head),
        _ => Doer::Unknown,
    }
}

/// The verb of saying whose content a participle hangs in: who adds is who has spoken.
fn saying_above(cx: &Context<'_>, v: TokenId) -> Option<TokenId> {
    let d = cx.document;
    d.ancestors(v)
        .skip(1)
        .filter(|t| d.token(*t).relation.is(&["ccomp"]))
        .filter_map(|t| d.token(t).head)
        .find(|h| cues::verb(&d.token(*h).lemma).is_some_and(|w| w.takes(cues::Frame::Quote)))
}

/// The grammatical subject, active or passive, of a governing clause.
fn subject_or_doer(cx: &Context<'_>, v: TokenId, depth: u8) -> Doer {
    match passive_subject(cx, v) {
        Some(s) => Doer::Token(s),
        None => doer_within(cx, v, depth),
    }
}

fn controls_object(cx: &Context<'_>, v: TokenId) -> bool {
    cues::verb(&cx.document.token(v).lemma).is_some_and(|w| w.takes(cues::Frame::Order))
}

/// "saying", "adding": an -ing form.
pub(super) fn is_participle(cx: &Context<'_>, v: TokenId) -> bool {
    let d = cx.document;
    d.token(v).xpos == "VBG" || d.form(v).to_ascii_lowercase().ends_with("ing")
}

/// The noun phrase of a token: its subtree without clauses that hold the cue, without edge
/// punctuation, on one side of the cue.
pub(super) fn phrase(cx: &Context<'_>, head: TokenId, cue: TokenRange) -> TokenRange {
    let d = cx.document;
    let mut range = TokenRange::one(head);
    for c in d.children(head) {
        let sub = d.subtree(*c);
        let token = d.token(*c);
        let holds_cue = sub.overlaps(cue);
        let loose = token.relation.is(&[
            "punct",
            "parataxis",
            "cc",
            "advcl",
            "discourse",
            "case",
            "mark",
            "aux",
            "cop",
        ]) || token.relation.is(&["advmod"]) && sub.start.0 > head.0
            || token.relation.is(&["nsubj"]);
        if !holds_cue && !loose {
            range = cover(range, sub);
        }
    }
    // A finite verb before the head belongs to another clause.
    if let Some(verb) = range
        .iter()
        .take_while(|t| *t < head)
        .filter(|t| matches!(d.token(*t).xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD"))
        .last()
    {
        range = TokenRange::new(verb.0 + 1, range.end.0);
    }
    if range.overlaps(cue) {
        range = if head.0 < cue.start.0 {
            TokenRange::new(range.start.0, cue.start.0)
        } else {
            TokenRange::new(cue.end.0, range.end.0)
        };
    }
    strip(cx, range)
}

/// Cuts punctuation that is no quotation mark from both ends.
fn strip(cx: &Context<'_>, range: TokenRange) -> TokenRange {
    let d = cx.document;
    let (mut start, mut end) = (range.start.0, range.end.0);
    let loose = |t: u32| {
        matches!(
            d.form(TokenId(t)),
            "," | "." | ";" | ":" | "–" | "—" | "-" | "--"
        )
    };
    while end > start + 1 && loose(end - 1) {
        end -= 1;
    }
    while end > start + 1 && loose(start) {
        start += 1;
    }
    TokenRange::new(start, end)
}
