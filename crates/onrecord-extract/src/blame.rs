//! Whose deed a clause of blame or praise tells: "accused Chad of breaking the truce".
//!
//! The one who is accused does what the clause says, not the one who accuses; in "Chad was
//! accused of breaking it" that is the subject. Left out: deeds that a noun names ("blamed Chad
//! for the raid").

use onrecord_model::{TokenId, Upos};

use crate::Context;

/// Verbs whose object did what is said behind "of", "for", "with" or "over".
const BLAME: &[&str] = &[
    "accuse",
    "acquit",
    "applaud",
    "arrest",
    "blame",
    "castigate",
    "censure",
    "charge",
    "chide",
    "clear",
    "commend",
    "condemn",
    "convict",
    "criticise",
    "criticize",
    "denounce",
    "detain",
    "exonerate",
    "fault",
    "fine",
    "indict",
    "jail",
    "penalise",
    "penalize",
    "praise",
    "prosecute",
    "punish",
    "rebuke",
    "reprimand",
    "reproach",
    "scold",
    "sue",
    "suspect",
    "thank",
];

/// Verbs that say the accused did not do it.
const CLEARING: &[&str] = &["acquit", "clear", "exonerate"];

/// Verbs that leave open whether the accused did it.
const ALLEGING: &[&str] = &[
    "accuse",
    "arrest",
    "charge",
    "detain",
    "indict",
    "prosecute",
    "sue",
    "suspect",
];

/// A deed that somebody is blamed for or cleared of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Blame {
    /// Head of the noun phrase of who is said to have done it.
    pub doer: TokenId,
    /// The one is said not to have done it.
    pub cleared: bool,
    /// Nobody but who blames says that it was done.
    pub alleged: bool,
}

/// The blame that a clause stands under; `None` when it stands under none.
pub(crate) fn of(cx: &Context<'_>, clause: TokenId) -> Option<Blame> {
    let d = cx.document;
    let mut at = clause;
    // "of breaking the truce and seizing boats"
    while d.token(at).relation.is(&["conj"]) && d.child(at, &["nsubj"]).is_none() {
        at = d.token(at).head.filter(|h| *h < at)?;
    }
    let opened = d.children_in(at, &["mark", "case"]).any(|c| {
        c < at
            && matches!(
                d.form(c).to_lowercase().as_str(),
                "of" | "for" | "with" | "over"
            )
    });
    if !opened || d.child(at, &["nsubj"]).is_some() {
        return None;
    }
    let head = d.token(at).head?;
    let verb = if d.token(head).upos.is_nominal() {
        // The clause is at times hung on the one blamed.
        d.token(head)
            .head
            .filter(|_| d.token(head).relation.is(&["obj", "iobj", "nsubj:pass"]))?
    } else {
        head
    };
    let blames = BLAME.contains(&d.token(verb).lemma.as_str());
    let verbal = matches!(d.token(verb).upos, Upos::Verb | Upos::Adj);
    let doer = if verb == head {
        blamed(cx, verb)?
    } else {
        antecedent(cx, head)
    };
    (blames && verbal).then(|| Blame {
        doer,
        cleared: CLEARING.contains(&d.token(verb).lemma.as_str()),
        alleged: ALLEGING.contains(&d.token(verb).lemma.as_str()),
    })
}

/// The object of a verb of blame: of a passive its subject, of a participle on a noun the noun.
fn blamed(cx: &Context<'_>, verb: TokenId) -> Option<TokenId> {
    let d = cx.document;
    let own = d.child(verb, &["obj", "iobj", "nsubj:pass"]);
    if let Some(own) = own {
        return Some(antecedent(cx, own));
    }
    let head = d.token(verb).head?;
    match d.token(verb).relation.base() {
        "acl" if d.token(head).upos.is_nominal() && d.token(verb).xpos == "VBN" => Some(head),
        "conj" | "advcl" | "xcomp" if d.token(verb).xpos == "VBN" => {
            d.child(head, &["nsubj"]).map(|s| antecedent(cx, s))
        }
        _ => None,
    }
}

/// The noun a relative pronoun stands for, else the token itself.
fn antecedent(cx: &Context<'_>, t: TokenId) -> TokenId {
    let d = cx.document;
    if !matches!(d.token(t).lemma.as_str(), "who" | "which" | "that" | "whom") {
        return t;
    }
    d.ancestors(t)
        .find(|a| d.token(*a).relation.as_str() == "acl:relcl")
        .and_then(|a| d.token(a).head)
        .unwrap_or(t)
}
