//! Who takes part in an act: the words that name a party, and the entity they stand for if there
//! is one.
//!
//! In "two Danish divers were freed by rebels" the divers are Denmark's, and the rebels a party
//! whom no entity of the report stands for: their words are kept.

use onrecord_model::{EntityId, Party as Named, PartyRole, TokenId, TokenRange, Upos};

use crate::{Context, entities::Entities};

/// A party of an act.
#[derive(Clone, Copy, Debug)]
pub(super) struct Party {
    /// The noun or name that heads its words.
    pub(super) head: TokenId,
    /// What it stands for.
    pub(super) id: Option<EntityId>,
}

/// The same party: the same entity, or the same words.
impl PartialEq for Party {
    fn eq(&self, other: &Self) -> bool {
        self.head == other.head || self.id.is_some() && self.id == other.id
    }
}

/// The entities that parties stand for, each once.
pub(super) fn ids(parties: &[Party]) -> Vec<EntityId> {
    let mut out = Vec::new();
    for id in parties.iter().filter_map(|p| p.id) {
        if !out.contains(&id) {
            out.push(id);
        }
    }
    out
}

/// Whether an entity of the report is among the parties.
pub(super) fn known(parties: &[Party]) -> bool {
    parties.iter().any(|p| p.id.is_some())
}

/// The parties with their words and their country, as the record holds them.
pub(super) fn told(
    cx: &Context<'_>,
    all: &Entities,
    role: PartyRole,
    parties: &[Party],
) -> Vec<Named> {
    let one = |p: &Party| {
        Some(Named {
            role,
            span: cx.tokens(words(cx, p.head))?,
            entity: p.id,
            country: p.id.and_then(|id| all.get(id)?.country.clone()),
        })
    };
    parties.iter().filter_map(one).collect()
}

/// The words of a party: its head with what stands close before it, the rest of its name, and
/// what it is of.
fn words(cx: &Context<'_>, head: TokenId) -> TokenRange {
    const BEFORE: &[&str] = &[
        "compound",
        "amod",
        "nummod",
        "flat",
        "nmod:poss",
        "nmod:desc",
        "nmod",
    ];
    let d = cx.document;
    let mut start = head.0;
    while let Some(before) = start.checked_sub(1).map(TokenId) {
        let top = std::iter::once(before)
            .chain(d.ancestors(before))
            .take_while(|t| *t != head)
            .last();
        let close = top.is_some_and(|t| {
            let token = d.token(t);
            token.head == Some(head) && t < head && BEFORE.contains(&token.relation.as_str())
        });
        if !close {
            break;
        }
        start = before.0;
    }
    let of = |c: &TokenId| {
        let mut cases = d.children_in(*c, &["case"]);
        d.token(*c).relation.is(&["nmod"]) && cases.any(|p| d.token(p).lemma == "of")
    };
    let name = |c: &TokenId| {
        let token = d.token(*c);
        token.relation.is(&["flat", "compound"]) && token.upos == Upos::Propn
    };
    let after = d.children(head).iter().copied().filter(|c| *c > head);
    let end = after
        .filter(|c| name(c) || of(c))
        .map(|c| d.subtree(c).end.0)
        .filter(|end| *end <= head.0 + 10)
        .max();
    let end = end.unwrap_or(head.0 + 1);
    let article = |t: u32| t + 1 < end && d.token(TokenId(t)).upos == Upos::Det;
    let start = start + u32::from(article(start));
    TokenRange::new(start, end)
}
