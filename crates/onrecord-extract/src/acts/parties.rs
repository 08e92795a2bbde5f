//! Who takes part in an act: the entities that the heads which the network points at stand for, and
//! whom these bind.
//!
//! What a noun phrase's words are and whose they are is asked where the frames ask it
//! ([`crate::events::party`]), and so is which state a leader or a ministry binds
//! ([`crate::commitments::parties`]): "Oona Karr, Norway's foreign minister, promised" is Norway's
//! promise.

use onrecord_model::{Act, ActRole, EntityId, Party as Named, PartyRole, Statement, TokenId};

use crate::commitments::parties::{Parties as Binding, distinct};
use crate::events::arguments::{group, is_party, takes_part};
use crate::events::party::{Party, countries, ids, told};
use crate::{Context, entities::Entities};

/// How probable the surest in a role must be, and how probable any other.
const FIRST: f32 = 0.3;
const OTHER: f32 = 0.7;

/// What the parties are looked up in.
#[derive(Clone, Copy)]
pub(super) struct Parties<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) entities: &'a Entities,
    binding: Binding<'a>,
}

impl<'a> Parties<'a> {
    pub(super) const fn new(
        cx: &'a Context<'a>,
        entities: &'a Entities,
        statements: &'a [Statement],
    ) -> Self {
        let binding = Binding {
            cx,
            entities,
            statements,
        };
        Self {
            cx,
            entities,
            binding,
        }
    }

    /// Those in a role of an act, each once, in text order.
    pub(super) fn of(&self, act: &Act, role: ActRole) -> Vec<Party> {
        let sure = act.heads(role, OTHER);
        let first = act.heads(role, FIRST).take(1);
        let mut out: Vec<Party> = Vec::new();
        // "Estonia" and "its minister" are one party: the one that is surer of the two.
        let binds = |p: &Party| p.id.map(|id| self.binding.bound(id));
        for head in first.chain(sure) {
            for party in self.party(head) {
                let same = |p: &Party| *p == party || p.id.is_some() && binds(p) == binds(&party);
                if !out.iter().any(same) {
                    out.push(party);
                }
            }
        }
        out.sort_by_key(|p| p.head);
        out
    }

    /// Whom a noun or name stands for: its own entity, else of people who act for a state that
    /// state, else nobody; "the two leaders" are the last two states that were named.
    fn party(&self, head: TokenId) -> Vec<Party> {
        let id = self.entities.at_token(self.cx, head);
        let own = id.filter(|id| self.entities.get(*id).is_some_and(|e| takes_part(e.kind)));
        if let Some(id) = own {
            return vec![Party::of(head, id)];
        }
        let pair = self.binding.pair(head);
        if !pair.is_empty() {
            return pair.into_iter().map(|id| Party::of(head, id)).collect();
        }
        if is_party(self.cx, head) {
            return vec![group(self.cx, self.entities, head)];
        }
        vec![Party { head, id: None }]
    }

    /// The entities that parties bind, each once.
    pub(super) fn bound(&self, parties: &[Party]) -> Vec<EntityId> {
        let bound = ids(parties).into_iter().map(|id| self.binding.bound(id));
        distinct(bound.collect())
    }

    /// The countries of these: a state's government and its ministry are of one.
    pub(super) fn nations(&self, found: &[EntityId]) -> Vec<String> {
        self.binding.nations(found)
    }

    /// The parties with their words and their country, as the record holds them.
    pub(super) fn told(&self, role: PartyRole, parties: &[Party]) -> Vec<Named> {
        told(self.cx, role, parties, |p| {
            countries(self.cx, self.entities, p)
        })
    }
}
