//! Promises that the report itself says were not kept: "but has not done so", "failed to deliver
//! the tanks it promised".

use onrecord_lexicon::commitments as words;
use onrecord_model::{TokenId, Upos};

use super::tree::{self, has_child, is, lemma};
use crate::Context;

/// Verbs that stand for what was promised.
const DOING: &[&str] = &["do", "deliver", "act", "follow"];

/// What became of a promise by the clause joined to it: `broken` ("but has not done so"), `delayed`
/// ("but has yet to do so"); none where nothing is said.
pub(super) fn status(cx: &Context<'_>, promise: TokenId) -> Option<&'static str> {
    let d = cx.document;
    let other = |c: &TokenId| d.child(*c, &["obj"]).is_none();
    let joined = d.children_in(promise, &["conj", "parataxis"]);
    joined.filter(|c| *c > promise && other(c)).find_map(|c| {
        let yet = d
            .child(c, &["xcomp"])
            .filter(|_| has_child(cx, c, &["yet"]));
        if let Some(inner) = yet {
            return DOING.contains(&lemma(cx, inner)).then_some("delayed");
        }
        let denied = DOING.contains(&lemma(cx, c)) && tree::is_negated(cx, c);
        let yet = has_child(cx, c, &["yet"]);
        denied.then_some(if yet { "delayed" } else { "broken" })
    })
}

/// Whether a thing was promised: "the tanks it promised", "the promised tanks".
pub(super) fn is_promised(cx: &Context<'_>, thing: Option<TokenId>) -> bool {
    let d = cx.document;
    let promises = |c: TokenId| {
        d.token(c).upos != Upos::Noun
            && words::verbs(lemma(cx, c))
                .iter()
                .any(|f| f.any && f.gives && f.status == "announced")
    };
    thing.is_some_and(|t| {
        d.children(t)
            .iter()
            .any(|c| is(cx, *c, &["acl", "amod"]) && promises(*c))
    })
}
