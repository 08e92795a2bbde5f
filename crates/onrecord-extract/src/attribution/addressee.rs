//! The addressee at the head of a content: "told the court he had left" is told to the court.
//!
//! Left out: which entity the addressee is (`details`).

use onrecord_lexicon::cues::{self, Frame};
use onrecord_model::{TokenId, TokenRange, Upos};

use super::draft::{Draft, is_mark};
use super::quotes::{self, Quote};
use crate::Context;

/// Takes the addressee from a content behind a verb whose object is the one who is told.
pub(super) fn cut(cx: &Context<'_>, quotes: &[Quote], draft: &mut Draft) {
    let word = cues::verb(&cx.document.token(draft.cue_head).lemma);
    let (tells, orders) = word.map_or((false, false), |w| {
        (w.takes(Frame::Tell), w.takes(Frame::Order))
    });
    let cut = (tells || orders).then(|| object(cx, quotes, draft));
    if cut == Some(false) && tells {
        phrase(cx, draft);
    }
}

/// By the tree: the object of the verb, when a clause, an infinitive or speech follows it.
fn object(cx: &Context<'_>, quotes: &[Quote], draft: &mut Draft) -> bool {
    let d = cx.document;
    let Some(object) = d.child(draft.cue_head, &["iobj", "obj"]) else {
        return false;
    };
    let Some(piece) = draft.content.iter_mut().find(|p| p.has(object)) else {
        return false;
    };
    // A clause, an infinitive or speech begins here, whatever the tree makes of the object.
    let opens = |t: &TokenId| {
        t.0 > object.0
            && (matches!(
                d.form(*t).to_ascii_lowercase().as_str(),
                "that" | "to" | "if" | "whether"
            ) || is_mark(d.form(*t)) && quotes::around(quotes, *t).is_some())
    };
    let next = piece.iter().find(opens);
    let end = next.map_or(d.subtree(object).end.0.min(piece.end.0), |t| t.0);
    if end > object.0 && end < piece.end.0 && d.subtree(object).start.0 <= piece.start.0 + 1 {
        draft.addressee = Some(object);
        *piece = TokenRange::new(end, piece.end.0);
        return true;
    }
    false
}

/// By the order of words: a noun phrase right behind the cue, and behind it another phrase with a
/// finite verb: "told the court | he had left", "told the town's paper | the dam held".
fn phrase(cx: &Context<'_>, draft: &mut Draft) {
    let d = cx.document;
    let Some(piece) = draft.content.first_mut() else {
        return;
    };
    let own = d.sentence_of(draft.cue_head).tokens;
    if piece.start != draft.cue.end || !own.has(piece.start) {
        return;
    }
    let Some(second) = second_phrase(cx, *piece) else {
        return;
    };
    let finite = |t: TokenId| matches!(d.token(t).xpos.as_str(), "VBZ" | "VBD" | "VBP" | "MD");
    let told = TokenRange::new(piece.start.0, second.0);
    let clause = TokenRange::new(second.0, piece.end.0);
    let head = told.iter().rev().find(|t| d.token(*t).upos.is_nominal());
    if let Some(head) = head.filter(|_| clause.iter().take(12).any(finite)) {
        draft.addressee = Some(head);
        *piece = clause;
    }
}

/// Where a second noun phrase begins right behind the first: with a pronoun that is a subject, with
/// "there", or with an article behind a noun.
fn second_phrase(cx: &Context<'_>, piece: TokenRange) -> Option<TokenId> {
    let d = cx.document;
    let mut noun = false;
    for t in piece.iter() {
        let token = d.token(t);
        let form = d.form(t).to_ascii_lowercase();
        let subject = matches!(
            form.as_str(),
            "he" | "she" | "they" | "we" | "i" | "it" | "there"
        );
        let article = matches!(
            form.as_str(),
            "the" | "a" | "an" | "this" | "these" | "his" | "its"
        );
        if noun && (subject || article) {
            return Some(t);
        }
        let object = matches!(form.as_str(), "him" | "her" | "them" | "us" | "me" | "you");
        match token.upos {
            Upos::Noun | Upos::Propn => noun = true,
            Upos::Pron if object && t == piece.start => noun = true,
            Upos::Det | Upos::Adj | Upos::Num | Upos::Part => {}
            Upos::Pron if matches!(form.as_str(), "his" | "her" | "its" | "their") => {}
            Upos::Punct if form == "-" => {}
            Upos::Adp if noun && form == "of" => noun = false,
            _ => return None,
        }
    }
    None
}
