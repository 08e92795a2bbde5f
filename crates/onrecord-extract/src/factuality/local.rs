//! What a predicate's own words say of it: negation, modals, adverbs, adjectives, aspect.

use onrecord_lexicon::factuality::{self as lexicon, Adverb, Modal, Opens};
use onrecord_model::{Certainty, Phase, TokenId, TokenRange, Upos};

use super::Reading;
use crate::Context;

/// The reading of a predicate by its own dependents alone; the one in `from` was read already.
pub(super) fn of(
    cx: &Context<'_>,
    node: TokenId,
    within: Option<TokenRange>,
    from: Option<TokenId>,
) -> Reading {
    let mut reading = Reading::FACT;
    let mut own = Own::default();
    for &child in cx.document.children(node) {
        if within.is_none_or(|w| w.has(child)) && from != Some(child) {
            look(cx, node, child, &mut reading, &mut own);
        }
    }
    modal(cx, node, &own, within.is_some(), &mut reading);
    if own.negations % 2 == 1 {
        reading.flip();
    }
    reading
}

/// What the dependents show together.
#[derive(Default)]
struct Own {
    negations: u8,
    modal: Option<Modal>,
    /// "can", "could".
    able: bool,
    perfect: bool,
    progressive: bool,
    condition: bool,
}

fn look(cx: &Context<'_>, node: TokenId, child: TokenId, reading: &mut Reading, own: &mut Own) {
    let d = cx.document;
    let word = d.token(child);
    let lemma = word.lemma.as_str();
    match word.relation.base() {
        "advmod" | "cc" => adverb(cx, child, reading, own),
        "aux" => auxiliary(cx, node, child, own),
        "det" if lexicon::is_none(lemma) => own.negations += 1,
        "amod" => adjective(lemma, reading, own),
        "nsubj" | "obj" => {
            let nobody = lexicon::is_none(lemma)
                || lemma == "one" && d.children(child).iter().any(|x| is_not(cx, *x))
                || d.children_in(child, &["det", "cc"])
                    .any(|x| lexicon::is_none(&d.token(x).lemma.to_lowercase()));
            own.negations += u8::from(nobody && is_verbal(cx, node));
        }
        "advcl" => {
            own.condition |= d
                .children_in(child, &["mark"])
                .any(|m| lexicon::opens(&d.token(m).lemma) == Some(Opens::Condition));
        }
        "case" if lemma == "without" => own.negations += 1,
        _ if is_not(cx, child) => own.negations += 1,
        _ => {}
    }
}

fn adverb(cx: &Context<'_>, child: TokenId, reading: &mut Reading, own: &mut Own) {
    let d = cx.document;
    let lemma = d.token(child).lemma.as_str();
    let longer = matches!(lemma, "longer" | "long")
        && d.children(child)
            .iter()
            .any(|c| lexicon::is_none(&d.token(*c).lemma));
    if longer {
        own.negations += 1;
        return;
    }
    let known = lexicon::adverb(lemma).or_else(|| lexicon::adverb(&d.form(child).to_lowercase()));
    match known {
        Some(Adverb::Negative) if !is_only(cx, child) => own.negations += 1,
        Some(Adverb::Probable) => reading.weaken(Certainty::Probable),
        Some(Adverb::Possible) => reading.weaken(Certainty::Possible),
        _ => {}
    }
}

fn is_not(cx: &Context<'_>, t: TokenId) -> bool {
    matches!(
        cx.document.form(t).to_lowercase().as_str(),
        "not" | "n't" | "n’t"
    )
}

/// "not only", "no later than": a word of denial that denies nothing.
pub(crate) fn is_only(cx: &Context<'_>, not: TokenId) -> bool {
    let next = not.offset(1);
    cx.document
        .tokens()
        .get(next.index())
        .is_some_and(|t| lexicon::adverb(&t.lemma) == Some(Adverb::Only))
}

fn adjective(lemma: &str, reading: &mut Reading, own: &mut Own) {
    if lexicon::adjective(lemma, Adverb::Possible) {
        reading.weaken(Certainty::Possible);
    } else if lexicon::adjective(lemma, Adverb::Probable) {
        reading.weaken(Certainty::Probable);
    }
    own.negations += u8::from(lexicon::adjective(lemma, Adverb::Negative));
    if lexicon::adjective(lemma, Adverb::Planned) {
        reading.phase = Some(Phase::Planned);
    } else if lexicon::adjective(lemma, Adverb::Ongoing) {
        reading.phase = Some(Phase::Ongoing);
    }
}

fn auxiliary(cx: &Context<'_>, node: TokenId, child: TokenId, own: &mut Own) {
    let form = cx.document.form(child).to_lowercase();
    let lemma = cx.document.token(child).lemma.as_str();
    let had = matches!(form.as_str(), "'d" | "’d") && lemma == "have";
    if let Some(modal) = lexicon::modal(&form).filter(|_| !had) {
        own.modal = Some(modal);
        own.able |= matches!(form.as_str(), "can" | "ca" | "could");
        let d = cx.document;
        own.negations += u8::from(d.children(child).iter().any(|c| is_not(cx, *c)));
    } else if lemma == "have" {
        own.perfect = true;
    } else if lemma == "be" && is_participle(cx, node) {
        own.progressive = true;
    }
}

/// What is said is told in its own "would" and "must": "it would pay if the verdict stood" is a
/// firm word (`corpus/GUIDE.md`).
fn modal(cx: &Context<'_>, node: TokenId, own: &Own, said: bool, reading: &mut Reading) {
    match own.modal {
        Some(Modal::Planned) => reading.phase = Some(Phase::Planned),
        Some(Modal::Possible) if own.able && !own.perfect && own.negations % 2 == 1 => {}
        Some(Modal::Possible) => reading.weaken(Certainty::Possible),
        Some(Modal::Duty) => {
            if !said {
                reading.weaken(Certainty::Possible);
            }
            reading.phase = Some(Phase::Planned);
        }
        Some(Modal::Conditional) if own.perfect => reading.flip(),
        Some(Modal::Conditional) => {
            reading.phase = Some(Phase::Planned);
            if !said && (own.condition || !is_reported(cx, node)) {
                reading.weaken(Certainty::Possible);
            }
        }
        None if own.progressive => reading.phase = Some(Phase::Ongoing),
        None => {}
    }
}

/// Whether a clause is governed by a verb of saying, so that its "would" is a "will" told later.
fn is_reported(cx: &Context<'_>, node: TokenId) -> bool {
    let d = cx.document;
    d.ancestors(node)
        .take(4)
        .any(|t| d.token(t).relation.is(&["ccomp", "parataxis"]) || is_parenthetical(cx, t))
}

/// "..., he said": the saying verb hangs under what is said.
fn is_parenthetical(cx: &Context<'_>, node: TokenId) -> bool {
    let d = cx.document;
    d.children_in(node, &["parataxis"])
        .any(|c| d.token(c).upos == Upos::Verb && d.child(c, &["nsubj"]).is_some())
}

/// A verb, or what a copula makes a predicate.
pub(super) fn is_verbal(cx: &Context<'_>, node: TokenId) -> bool {
    matches!(cx.document.token(node).upos, Upos::Verb | Upos::Aux)
        || cx.document.child(node, &["cop"]).is_some()
}

/// "to" stands before it.
pub(super) fn is_infinitive(cx: &Context<'_>, node: TokenId) -> bool {
    let d = cx.document;
    d.children_in(node, &["mark"])
        .any(|c| d.token(c).lemma == "to" && d.token(c).upos != Upos::Adp)
}

/// An -ing form.
pub(super) fn is_participle(cx: &Context<'_>, node: TokenId) -> bool {
    let d = cx.document;
    match d.token(node).xpos.as_str() {
        "VBG" => true,
        "" => d.form(node).ends_with("ing"),
        _ => false,
    }
}
