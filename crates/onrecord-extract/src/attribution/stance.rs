//! What a source does in saying it, and how firmly it stands by the content.
//!
//! "denied that the dam had burst" gives `deny` and a content that is certainly not so; "refused to
//! say whether" leaves it open.

use onrecord_lexicon::cues;
use onrecord_lexicon::factuality::{self as lexicon, Adverb, Governs, governs};
use onrecord_model::{Certainty, CueKind, Factuality, Polarity, TokenId, TokenRange, Upos};

use super::clause;
use super::draft::{Draft, cover, is_mark};
use super::shared::SHARED;
use crate::{Context, factuality};

/// The kind of a cue; `say` when nothing is known of it.
pub(super) fn kind(cx: &Context<'_>, draft: &Draft) -> CueKind {
    let known = draft.kind.and_then(CueKind::of);
    if is_plea(cx, draft) {
        return CueKind::Deny;
    }
    known
        .or_else(|| kind_of_words(cx, draft))
        .unwrap_or(CueKind::Say)
}

/// The kind of the first of its words that has one, the head before all; a verb with its particle
/// is one word ("rule out").
fn kind_of_words(cx: &Context<'_>, draft: &Draft) -> Option<CueKind> {
    let d = cx.document;
    let phrase = |t: TokenId| {
        let cue = clause::verb_cues(cx, t).into_iter().next();
        cue.map(|c| c.word.kind.as_str())
    };
    let head = std::iter::once(draft.cue_head);
    head.chain(draft.cue.iter())
        .find_map(|t| phrase(t).or_else(|| cues::kind(&d.token(t).lemma)))
        .and_then(CueKind::of)
}

/// Whether the saying itself is denied: "would not confirm", "never said", "failed to prove".
fn is_withheld(cx: &Context<'_>, draft: &Draft) -> bool {
    let d = cx.document;
    let is_not = |t: TokenId| {
        matches!(
            d.token(t).lemma.as_str(),
            "not" | "n't" | "n’t" | "never" | "neither" | "nor" | "without"
        )
    };
    let fails = |t: TokenId| {
        d.token(t).upos == Upos::Verb
            && matches!(d.token(t).lemma.as_str(), "fail" | "stop" | "neglect")
    };
    let own = d.children(draft.cue_head).iter().copied().filter(|c| {
        !draft.says(*c)
            && d.token(*c)
                .relation
                .is(&["advmod", "mark", "cc", "cc:preconj"])
    });
    let governor = d
        .token(draft.cue_head)
        .head
        .filter(|h| d.token(draft.cue_head).relation.is(&["xcomp", "advcl"]) && !draft.says(*h));
    draft.cue.iter().chain(own).any(is_not)
        || draft.cue.iter().chain(governor).any(fails)
        || governor.is_some_and(|g| {
            d.children(g)
                .iter()
                .any(|c| is_not(*c) && c.0 < draft.cue_head.0)
                && d.token(draft.cue_head).relation.is(&["xcomp"])
        })
}

/// Whether the source's words deny that there is one: "no minister", "neither side", "none of them".
pub(super) fn by_nobody(cx: &Context<'_>, draft: &Draft) -> bool {
    let d = cx.document;
    let Some(words) = draft.source else {
        return false;
    };
    let none = |t: TokenId| lexicon::is_none(&d.form(t).to_lowercase());
    let sentence = d.sentence_of(words.start).tokens;
    none(words.start) || words.start > sentence.start && none(words.start.offset(-1))
}

/// Whether what is not said would have been an act of its own: "has not threatened a veto".
fn is_pledge(kind: CueKind) -> bool {
    matches!(
        kind,
        CueKind::Promise
            | CueKind::Threaten
            | CueKind::Support
            | CueKind::Praise
            | CueKind::Criticise
            | CueKind::Demand
    )
}

/// "declined to say", "refused to comment on".
fn is_refusal(cx: &Context<'_>, draft: &Draft) -> bool {
    draft
        .cue
        .iter()
        .any(|t| matches!(cx.document.token(t).lemma.as_str(), "refuse" | "decline"))
}

/// Whether the content is a question: "whether", "if", or after a verb of asking.
fn is_question(cx: &Context<'_>, draft: &Draft, kind: CueKind) -> bool {
    let d = cx.document;
    let first = draft
        .content
        .first()
        .map(|r| d.form(r.start).to_ascii_lowercase());
    matches!(first.as_deref(), Some("whether" | "if")) && kind != CueKind::Say
        || matches!(first.as_deref(), Some("whether"))
        || kind == CueKind::Ask
}

/// Certainty and polarity of the content as its source presents it.
pub(super) fn factuality(cx: &Context<'_>, draft: &Draft, kind: CueKind) -> Factuality {
    let whole = draft
        .content
        .iter()
        .copied()
        .reduce(cover)
        .unwrap_or_default();
    let head = head(cx, draft);
    let reading = factuality::of(cx, head, Some(whole)).factuality;
    let reading = ruled_out(cx, head, reading)
        .unwrap_or_else(|| modal(cx, head, nobody(cx, draft, head, reading)));
    let reading = judged(cx, draft, kind, head, reading);
    let reading = in_quotation(cx, draft, (head, whole), reading);
    let reading = with_condition(cx, draft, head, reading);
    if is_question(cx, draft, kind) {
        return Factuality {
            certainty: Certainty::Unknown,
            ..reading
        };
    }
    if is_refusal(cx, draft) {
        return Factuality {
            certainty: Certainty::Unknown,
            ..reading
        };
    }
    if by_nobody(cx, draft) {
        return match kind {
            CueKind::Oppose => reading,
            _ if is_pledge(kind) => negative(reading),
            _ => withheld(reading, kind),
        };
    }
    if is_withheld(cx, draft) {
        return withheld(reading, kind);
    }
    match kind {
        // "Pleaded not guilty": the words hold the denial.
        CueKind::Deny if is_plea(cx, draft) => Factuality {
            polarity: Polarity::Negative,
            ..reading
        },
        CueKind::Deny => flip(reading),
        CueKind::Oppose if opposes_claim(cx, draft, head) || refuses(cx, draft) => flip(reading),
        CueKind::Doubt => Factuality {
            certainty: Certainty::Probable,
            ..flip(reading)
        },
        CueKind::Think => thought(cx, draft, reading),
        CueKind::Say => match cx.document.token(draft.cue_head).lemma.as_str() {
            "suggest" => weaken(reading, Certainty::Probable),
            "propose" | "recommend" => weaken(reading, Certainty::Unknown),
            _ => reading,
        },
        // What is asked or ordered is not said to be so, nor how likely it is (`corpus/GUIDE.md`).
        CueKind::Want | CueKind::Demand => weaken(reading, Certainty::Unknown),
        _ => reading,
    }
}

/// "would be for two weeks and could be extended if the parties agree": what is joined to the predicate
/// under a condition is no more than possible, and so is the whole.
fn with_condition(
    cx: &Context<'_>,
    draft: &Draft,
    head: TokenId,
    reading: Factuality,
) -> Factuality {
    let d = cx.document;
    let all = || draft.content.iter().flat_map(|r| r.iter());
    let may = |t: TokenId| {
        matches!(
            d.form(t).to_ascii_lowercase().as_str(),
            "could" | "may" | "might"
        ) && d.token(t).xpos == "MD"
            && t > head
    };
    let condition = |t: TokenId| matches!(d.form(t), "if" | "unless" | "provided");
    let joined = |t: TokenId| {
        let first = d.token(t).head.unwrap_or(t);
        d.token(first).relation.is(&["conj"]) || d.token(first).relation.is(&["parataxis", "dep"])
    };
    let modal = all().find(|t| may(*t) && joined(*t));
    if modal.is_some_and(|m| all().any(|t| t > m && condition(t))) {
        return weaken(reading, Certainty::Possible);
    }
    reading
}

/// What the report itself says of a claim it tells: "claims that ... are false".
fn judged(
    cx: &Context<'_>,
    draft: &Draft,
    kind: CueKind,
    head: TokenId,
    reading: Factuality,
) -> Factuality {
    let apart = matches!(kind, CueKind::Deny | CueKind::Oppose | CueKind::Doubt)
        || draft.rule == SHARED
        || is_withheld(cx, draft);
    if apart {
        return reading;
    }
    let judged = factuality::judged(cx, head);
    match judged.polarity {
        Polarity::Negative => flip(reading),
        Polarity::Positive if judged.certainty == Certainty::Unknown => {
            weaken(reading, Certainty::Unknown)
        }
        Polarity::Positive => reading,
    }
}

/// The predicate of the content: the first clause that nothing inside the content governs.
fn head(cx: &Context<'_>, draft: &Draft) -> TokenId {
    let d = cx.document;
    let roots = || {
        draft
            .content
            .iter()
            .flat_map(|r| r.iter())
            .filter(|t| d.token(*t).head.is_none_or(|h| !draft.says(h)))
    };
    let clause =
        |t: &TokenId| is_verbal(cx, *t) && !d.token(*t).relation.is(&["aux", "cop", "amod"]);
    roots()
        .find(clause)
        .or_else(|| roots().find(|t| d.token(*t).upos.is_nominal()))
        .or_else(|| roots().next())
        .unwrap_or(draft.cue_head)
}

/// "would not rule out sending": what is ruled out is not so, and what is not ruled out may be.
fn ruled_out(cx: &Context<'_>, head: TokenId, reading: Factuality) -> Option<Factuality> {
    let d = cx.document;
    let out = d.token(head).lemma == "rule"
        && (1..=2).any(|k| {
            d.tokens()
                .get(head.index() + k)
                .is_some_and(|t| t.lemma == "out")
        });
    if !out {
        return None;
    }
    Some(match reading.polarity {
        Polarity::Negative => Factuality {
            certainty: Certainty::Possible,
            polarity: Polarity::Positive,
        },
        Polarity::Positive => Factuality {
            polarity: Polarity::Negative,
            ..reading
        },
    })
}

/// "pleaded not guilty".
fn is_plea(cx: &Context<'_>, draft: &Draft) -> bool {
    let d = cx.document;
    let not = draft
        .content
        .first()
        .is_some_and(|r| d.token(r.start).lemma == "not");
    not && d.token(draft.cue_head).lemma == "plead"
}

/// A quotation of several clauses is not so only where none of them says what is: "We are not giving
/// money away. We are buying a harbour."
fn in_quotation(
    cx: &Context<'_>,
    draft: &Draft,
    (head, whole): (TokenId, TokenRange),
    reading: Factuality,
) -> Factuality {
    let d = cx.document;
    let quoted = draft.content.iter().any(|r| is_mark(d.form(r.start)));
    if reading.polarity == Polarity::Positive || !quoted {
        return reading;
    }
    let words = || draft.content.iter().flat_map(|r| r.iter());
    let main = |t: &TokenId| {
        let token = d.token(*t);
        let root = token.head.is_none_or(|h| !draft.says(h));
        (root || token.relation.is(&["conj", "parataxis"]))
            && is_verbal(cx, *t)
            && d.child(*t, &["nsubj", "nsubj:pass", "expl"]).is_some()
    };
    let says_what_is = |t: TokenId| {
        let own = d.subtree(t);
        let denied = own.iter().filter(|w| draft.says(*w)).any(|w| denies(cx, w));
        !denied && factuality::of(cx, t, Some(whole)).factuality == Factuality::FACT
    };
    if words().filter(main).any(|t| t != head && says_what_is(t)) {
        return Factuality::FACT;
    }
    reading
}

/// Whether a word alone denies: "not", "nothing".
fn denies(cx: &Context<'_>, t: TokenId) -> bool {
    let lemma = cx.document.token(t).lemma.to_lowercase();
    let adverb = lexicon::adverb(&lemma) == Some(Adverb::Negative);
    (adverb || lexicon::is_none(&lemma)) && !factuality::is_only(cx, t)
}

/// "has agreed to nothing", "not a boot crosses": where one word alone denies, and no clause parts
/// it from the predicate or it opens the content, what is said is that it is not so.
fn nobody(cx: &Context<'_>, draft: &Draft, head: TokenId, reading: Factuality) -> Factuality {
    let d = cx.document;
    let words = draft.content.iter().flat_map(|r| r.iter());
    let mut all = words.filter(|t| denies(cx, *t));
    let (Some(only), None) = (all.next(), all.next()) else {
        return reading;
    };
    let words = draft.content.iter().flat_map(|r| r.iter());
    let mut words = words.filter(|t| d.token(*t).upos != Upos::Punct && d.form(*t) != "that");
    let opens = words.next() == Some(only);
    let mut path = d.ancestors(only).take_while(|t| *t != head);
    let within = d.ancestors(only).take(4).any(|t| t == head) && path.all(|t| !is_clause(cx, t));
    if reading.polarity == Polarity::Positive && (opens || within) {
        return flip(reading);
    }
    reading
}

/// Whether a word heads a clause of its own, or is joined to another.
fn is_clause(cx: &Context<'_>, t: TokenId) -> bool {
    let relation = cx.document.token(t).relation.base();
    matches!(
        relation,
        "acl" | "advcl" | "ccomp" | "xcomp" | "csubj" | "conj" | "parataxis" | "appos"
    )
}

/// A predicate that is itself a word of likelihood: "a deal is still possible".
fn modal(cx: &Context<'_>, head: TokenId, reading: Factuality) -> Factuality {
    match cx.document.token(head).lemma.as_str() {
        "possible" | "conceivable" => weaken(reading, Certainty::Possible),
        "likely" | "probable" => weaken(reading, Certainty::Probable),
        "unlikely" | "improbable" => weaken(flip(reading), Certainty::Probable),
        "impossible" => flip(reading),
        // "failed to agree"
        "fail" if cx.document.child(head, &["xcomp"]).is_some() => flip(reading),
        lemma if governs(lemma, Governs::Denied) && is_predicate(cx, head) => flip(reading),
        _ => reading,
    }
}

/// "are false": said of something by a copula, or in the passive ("were invented").
fn is_predicate(cx: &Context<'_>, t: TokenId) -> bool {
    cx.document
        .child(t, &["cop", "nsubj:pass", "csubj"])
        .is_some()
}

fn is_verbal(cx: &Context<'_>, t: TokenId) -> bool {
    matches!(cx.document.token(t).upos, Upos::Verb | Upos::Aux)
        || cx.document.child(t, &["cop", "nsubj"]).is_some()
}

/// "rejected claims that ...", "disputed that ...": what is opposed was said to be so.
fn opposes_claim(cx: &Context<'_>, draft: &Draft, head: TokenId) -> bool {
    let claims = |t: TokenId| {
        let noun = cues::noun(&cx.document.token(t).lemma);
        noun.is_some_and(|n| matches!(n.kind.as_str(), "claim" | "say" | "report"))
    };
    let that = draft
        .content
        .first()
        .is_some_and(|r| cx.document.form(r.start) == "that");
    that || claims(head) || draft.cue.iter().any(claims)
}

/// "ruled out letting them return", "rejected the account": what is refused will not be, and what is
/// rejected was not; an opinion against something ("opposes the plan") leaves it as it is.
fn refuses(cx: &Context<'_>, draft: &Draft) -> bool {
    let lemma = |t: TokenId| cx.document.token(t).lemma.as_str();
    let out = || draft.cue.iter().any(|t| lemma(t) == "out");
    match lemma(draft.cue_head) {
        "reject" | "exclude" => true,
        "rule" => out(),
        _ => false,
    }
}

/// "would not confirm that", "never said that": nothing is said of the content. "Did not deny"
/// leaves it possible.
fn withheld(reading: Factuality, kind: CueKind) -> Factuality {
    let certainty = match kind {
        CueKind::Deny | CueKind::Oppose => Certainty::Possible,
        // "Has not threatened a veto": there is none.
        CueKind::Promise | CueKind::Threaten => return negative(reading),
        _ => Certainty::Unknown,
    };
    Factuality {
        certainty,
        polarity: reading.polarity,
    }
}

fn negative(reading: Factuality) -> Factuality {
    Factuality {
        polarity: Polarity::Negative,
        ..reading
    }
}

fn flip(reading: Factuality) -> Factuality {
    let polarity = match reading.polarity {
        Polarity::Positive => Polarity::Negative,
        Polarity::Negative => Polarity::Positive,
    };
    Factuality {
        polarity,
        ..reading
    }
}

/// No firmer than `most`.
fn weaken(reading: Factuality, most: Certainty) -> Factuality {
    Factuality {
        certainty: reading.certainty.max(most),
        ..reading
    }
}

/// Hopes and fears leave a content possible, expectations probable, beliefs as they are.
fn thought(cx: &Context<'_>, draft: &Draft, reading: Factuality) -> Factuality {
    match cx.document.token(draft.cue_head).lemma.as_str() {
        "hope" | "fear" | "worry" | "imagine" | "speculate" | "wonder" => {
            weaken(reading, Certainty::Possible)
        }
        "expect" | "believe" | "think" | "suspect" | "assume" | "presume" | "anticipate"
        | "guess" | "suppose" => weaken(reading, Certainty::Probable),
        _ => reading,
    }
}
