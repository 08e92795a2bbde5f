//! What the words above a clause say of its truth: "it is not true that", "reports that ... are
//! false", "nobody believes that", "no doubt that".
//!
//! Left out: what a source does in saying it, which is its cue's to tell; and conditions.

use onrecord_lexicon::factuality::{Governs, governs};
use onrecord_model::{Certainty, Factuality, Polarity, TokenId, Upos};

use super::{is_question, local};
use crate::Context;

/// How many words above a predicate are asked.
const DEPTH: usize = 8;

/// Nouns and adjectives of a truth that, denied, is an untruth.
const TRUE: &[&str] = &["true", "correct", "accurate", "truth", "case"];

/// Words that leave open what they speak of; denied, they do not.
const DOUBTED: &[&str] = &[
    "doubt",
    "doubtful",
    "unclear",
    "unconfirmed",
    "unproven",
    "unknown",
    "uncertain",
    "question",
];

/// Verbs whose denial leaves open what they govern.
const HELD: &[&str] = &[
    "believe", "think", "accept", "expect", "assume", "suppose", "trust", "say", "claim",
    "confirm", "know", "suggest", "imagine", "convince",
];

/// Verbs by whose object it is not so: "rejected claims that".
const DENYING: &[&str] = &[
    "deny", "reject", "dismiss", "refute", "rebut", "disprove", "debunk",
];

/// Nouns of what is only told.
const HEARSAY: &[&str] = &[
    "allegation",
    "claim",
    "report",
    "rumor",
    "rumour",
    "speculation",
    "suggestion",
];

/// What a false report lacks: "has no basis".
const GROUND: &[&str] = &["basis", "foundation", "merit", "substance", "truth"];

/// What the text says of a predicate's truth above its own clause: certain and so when nothing
/// speaks against it. A sentence that asks leaves it open.
pub(crate) fn judged(cx: &Context<'_>, predicate: TokenId) -> Factuality {
    let d = cx.document;
    let mut out = Factuality::FACT;
    if is_question(cx, predicate) {
        out.certainty = Certainty::Unknown;
    }
    let mut at = predicate;
    if is_stranded(cx, predicate) {
        out.polarity = Polarity::Negative;
    }
    // Whether the way led through a whole clause: "reports that", not "his false teeth".
    let mut told = false;
    let mut hearsay = false;
    for head in d.ancestors(predicate).skip(1).take(DEPTH) {
        let relation = &d.token(at).relation;
        let clause = relation.is(&["ccomp", "csubj"]) || is_content(cx, at, head);
        told |= clause;
        if clause && HEARSAY.contains(&d.token(head).lemma.as_str()) {
            hearsay = true;
        }
        if !clause && !relation.is(&["conj", "xcomp", "obj", "nsubj", "nmod", "obl"]) {
            break;
        }
        if told && !relation.is(&["conj"]) {
            judge(cx, at, head, clause, &mut out);
        }
        // What somebody says stands on his word, whatever is said of the saying.
        if relation.is(&["ccomp"]) && d.token(head).upos == Upos::Verb {
            break;
        }
        at = head;
    }
    if hearsay && out.polarity == Polarity::Positive {
        out.certainty = out.certainty.max(Certainty::Possible);
    }
    out
}

/// "Reports that Chad will send boats are false", where a tree may take "reports" for the verb:
/// what is said of the reports is then left without a subject.
fn is_stranded(cx: &Context<'_>, predicate: TokenId) -> bool {
    let d = cx.document;
    let sentence = d.sentence_of(predicate).tokens;
    let opens = sentence.iter().take_while(|t| *t < predicate).any(|t| {
        let next = t.offset(1);
        HEARSAY.contains(&d.token(t).lemma.as_str())
            && next < predicate
            && d.token(next).lemma == "that"
    });
    let stranded = |t: &TokenId| {
        *t > predicate
            && d.token(*t).relation.is(&["ccomp", "conj", "parataxis"])
            && d.child(*t, &["cop", "aux:pass"]).is_some()
            && d.child(*t, &["nsubj", "csubj"]).is_none()
    };
    opens
        && sentence.iter().filter(stranded).any(|t| {
            let lemma = d.token(t).lemma.as_str();
            let not = local::of(cx, t, None, None).factuality.polarity == Polarity::Negative;
            if not {
                TRUE.contains(&lemma)
            } else {
                governs(lemma, Governs::Denied)
            }
        })
}

/// "claims that Norway will", whether its clause is read as the noun's own or as a relative one.
fn is_content(cx: &Context<'_>, node: TokenId, head: TokenId) -> bool {
    let d = cx.document;
    let own = || {
        d.children_in(node, &["nsubj"])
            .any(|c| !matches!(d.token(c).lemma.as_str(), "that" | "which" | "who"))
    };
    let that = || {
        d.children(node)
            .iter()
            .any(|c| *c > head && *c < node && d.token(*c).lemma == "that")
    };
    d.token(node).relation.is(&["acl"]) && d.token(head).upos == Upos::Noun && own() && that()
}

fn judge(cx: &Context<'_>, at: TokenId, head: TokenId, clause: bool, out: &mut Factuality) {
    let d = cx.document;
    let token = d.token(head);
    let lemma = token.lemma.as_str();
    let not = local::of(cx, head, None, Some(at)).factuality.polarity == Polarity::Negative
        || d.children_in(head, &["det"])
            .any(|c| d.form(c).eq_ignore_ascii_case("no"));
    let subject = d.token(at).relation.is(&["nsubj", "csubj"]);
    let object = d.token(at).relation.is(&["obj", "nsubj:pass"]);
    // "it is false that", with the clause hung on the adjective.
    let predicate = subject || clause && token.upos != Upos::Verb;
    let denies = predicate && governs(lemma, Governs::Denied)
        || object && DENYING.contains(&lemma)
        || clause && lemma == "deny";
    let ground = subject
        && matches!(lemma, "have" | "lack")
        && (not || lemma == "lack")
        && d.children_in(head, &["obj"])
            .any(|o| GROUND.contains(&d.token(o).lemma.as_str()));
    if ground {
        out.polarity = Polarity::Negative;
    } else if denies {
        if not {
            out.certainty = out.certainty.max(Certainty::Possible);
        } else {
            out.polarity = Polarity::Negative;
        }
    } else if predicate && TRUE.contains(&lemma) && not {
        out.polarity = Polarity::Negative;
    } else if DOUBTED.contains(&lemma) && (predicate || clause || object) && !not
        || clause && HELD.contains(&lemma) && not
    {
        out.certainty = Certainty::Unknown;
    }
}
