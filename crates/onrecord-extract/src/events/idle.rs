//! Words of acts in which nobody acts: earthquakes that kill, films that bomb, "declined to comment",
//! and commands ("beat two eggs").

use onrecord_lexicon::events::{self as lexicon, VerbFrame};
use onrecord_model::{EventType, SegmentLabel, TokenId, Upos};

use super::arguments::{is_passive, object, parties, phrase};
use crate::Context;

/// Whether the verb that another governs, or what that verb is done to, is none that a frame speaks
/// of: "declined to comment", "refused to give details".
pub(super) fn refuses(cx: &Context<'_>, v: TokenId, frame: &VerbFrame) -> bool {
    let d = cx.document;
    let refusal = frame.kind == EventType::Reject.as_str() && !frame.wants_object();
    let below = d.child(v, &["xcomp", "ccomp"]).filter(|_| refusal);
    below.is_some_and(|c| {
        let words = [Some(c), d.child(c, &["obj"])].into_iter().flatten();
        let mut words = words.map(|t| (d.token(t).lemma.as_str(), d.form(t)));
        words.any(|(lemma, form)| lexicon::takes(frame, lemma, form) == Some(false))
    })
}

/// Whether a verb commands or advises whoever reads: no subject, no auxiliary, a bare form. What is
/// said so to somebody is a statement's to tell.
pub(super) fn is_command(cx: &Context<'_>, v: TokenId) -> bool {
    let d = cx.document;
    let token = d.token(v);
    let bare = token.xpos == "VB" && d.child(v, &["nsubj", "csubj", "aux", "mark"]).is_none();
    let joined = || token.head.is_some_and(|h| h != v && is_command(cx, h));
    let top = token.head.is_none() || token.relation.is(&["root", "parataxis"]);
    bare && d.sentence_of(v).segment == SegmentLabel::Body
        && (top || token.relation.is(&["conj"]) && joined())
}

/// Whether what a verb of violence tells is nobody's doing: a landslide's, an accident's ("killed when
/// a bus crashed"), or no violence at all, as with films.
pub(crate) fn is_nobodys(cx: &Context<'_>, v: TokenId) -> bool {
    let d = cx.document;
    let lemma = |t: TokenId| d.token(t).lemma.as_str();
    let subject = d.child(v, &["nsubj"]).or_else(|| governing(cx, v));
    let doer = if is_passive(cx, v) {
        phrase(cx, v, "by")
    } else {
        subject
    };
    // "a storm of protest", "an eruption of violence"
    let nature = |t: TokenId| lexicon::is_nature(lemma(t)) && phrase(cx, t, "of").is_none();
    let work = |t: TokenId| lexicon::is_work(lemma(t));
    let alone = subject.filter(|_| d.child(v, &["obj"]).is_none());
    if object(cx, v).into_iter().chain(alone).any(work) {
        return true;
    }
    if let Some(doer) = doer {
        return parties(cx, doer).into_iter().all(nature);
    }
    let mut amid = ["in", "during", "after", "from"]
        .iter()
        .filter_map(|p| phrase(cx, v, p));
    let mishap = |c: TokenId| {
        let sunk = d.child(c, &["obj"]).is_none() && lexicon::is_mishap(lemma(c));
        sunk || d.child(c, &["nsubj"]).is_some_and(nature)
    };
    amid.any(nature) || d.children_in(v, &["advcl"]).any(mishap)
}

/// The subject that a participle borrows: "a quake struck the town, killing nine".
fn governing(cx: &Context<'_>, v: TokenId) -> Option<TokenId> {
    let d = cx.document;
    let token = d.token(v);
    let head = token
        .head
        .filter(|_| token.relation.is(&["advcl", "conj", "xcomp"]))?;
    let own = d.token(head).upos == Upos::Verb && !is_passive(cx, head);
    d.child(head, &["nsubj"]).filter(|_| own)
}

/// Whether a verb is no act of this type, though it may be a word of one.
pub(crate) fn is_idle(cx: &Context<'_>, v: TokenId, kind: EventType) -> bool {
    cx.document.token(v).upos == Upos::Verb
        && (kind == EventType::Assault && is_nobodys(cx, v)
            || kind != EventType::Request && is_command(cx, v)
            || matches!(kind, EventType::Agree | EventType::Reject) && is_unfit(cx, v, kind))
}

/// Whether every frame of a verb that has this type says of what it governs or is done to that it is
/// no such act: "offered a harsh review".
pub(crate) fn is_unfit(cx: &Context<'_>, v: TokenId, kind: EventType) -> bool {
    let d = cx.document;
    let frames = lexicon::verbs_of(&d.token(v).lemma, d.form(v)).iter();
    let mut own = frames
        .filter(|f| f.kind == kind.as_str() && f.particle.is_none())
        .peekable();
    let thing = object(cx, v);
    let not = |f: &VerbFrame| {
        let unfit = |t| lexicon::takes(f, &d.token(t).lemma, d.form(t)) == Some(false);
        refuses(cx, v, f) || thing.is_some_and(unfit) && !f.wants_object()
    };
    own.peek().is_some() && own.all(not)
}
