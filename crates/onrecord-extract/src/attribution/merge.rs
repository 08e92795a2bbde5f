//! Joins what the network found with what the rules found.
//!
//! The network knows stances and acts without a reporting verb; the tree knows where a clause
//! ends. Where both see one cue, see [`network`].

use onrecord_model::{Attribution, TokenId, TokenRange};

use super::draft::{Draft, cover};
use crate::Context;

/// One draft per cue: of several with one cue head the surer one, then the one with more content.
pub(super) fn distinct(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.sort_by(|a, b| {
        let size = b.size().cmp(&a.size());
        (a.cue_head.cmp(&b.cue_head))
            .then(b.score.total_cmp(&a.score))
            .then(size)
    });
    drafts.dedup_by_key(|d| d.cue_head);
    drafts
}

/// Adds the network's attributions. One that shares its cue with a rule's draft keeps the rule's
/// content and gains its certainty; one that no rule saw stands as the network gave it.
pub(super) fn network(cx: &Context<'_>, mut drafts: Vec<Draft>) -> Vec<Draft> {
    for found in cx.document.attributions() {
        let Some(raw) = draft(cx, found) else {
            continue;
        };
        match drafts.iter_mut().find(|d| d.cue.overlaps(raw.cue)) {
            Some(d) => {
                d.score = d.score.max(0.95);
                if d.source.is_none() {
                    (d.source, d.source_head) = (raw.source, raw.source_head);
                }
            }
            None => drafts.push(raw),
        }
    }
    drafts
}

/// A network attribution as a draft.
fn draft(cx: &Context<'_>, found: &Attribution) -> Option<Draft> {
    let cue = found.cue.iter().copied().reduce(cover)?;
    let source = found.source.first().copied().filter(|r| !r.is_empty());
    (!cue.is_empty() && !found.content.is_empty()).then(|| Draft {
        source,
        source_head: source.map(|s| cx.document.head_of(s)),
        cue,
        cue_head: cue_head(cx, cue),
        content: found.content.clone(),
        addressee: None,
        kind: None,
        rule: "attribution/net",
        score: found.score,
    })
}

/// The word of a cue that counts: its verb, else its head.
fn cue_head(cx: &Context<'_>, cue: TokenRange) -> TokenId {
    use onrecord_model::Upos::Verb;
    let d = cx.document;
    cue.iter()
        .rev()
        .find(|t| d.token(*t).upos == Verb)
        .unwrap_or_else(|| d.head_of(cue))
}
