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

/// How probable one must be that joins the one pointed at (cross-validation on the corpus's train
/// half).
const BESIDE: f32 = 0.8;

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

    /// Those in a role of an act, each once, in text order: the one whom its mentions together are
    /// most probably pointed at, unless it is nobody, and those who are sure beside it.
    pub(super) fn of(&self, act: &Act, role: ActRole) -> Vec<Party> {
        let own = act.arguments.iter().filter(|a| a.role == role);
        let told: Vec<_> = own.map(|a| (a, self.party(a.head))).collect();
        let share = |parties: &[Party]| -> f32 {
            let same = told.iter().filter(|(_, p)| self.are_one(p, parties));
            same.map(|(a, _)| a.share).sum()
        };
        let summed = told.iter().map(|(a, p)| (a, p, share(p)));
        let first = summed.max_by(|(a, _, s), (b, _, t)| {
            let order = s.total_cmp(t);
            order
                .then(a.share.total_cmp(&b.share))
                .then(b.head.cmp(&a.head))
        });
        let all: f32 = told.iter().map(|(a, _)| a.share).sum();
        let Some((_, first, _)) = first.filter(|(_, _, s)| *s >= 1.0 - all) else {
            return Vec::new();
        };
        let mut out = first.clone();
        for (_, parties) in told.iter().filter(|(a, _)| a.score >= BESIDE) {
            for party in parties {
                if !out.iter().any(|p| self.is_one(p, party)) {
                    out.push(*party);
                }
            }
        }
        out.sort_by_key(|p| p.head);
        out
    }

    /// Whether two words stand for one party: "Estonia" and "its minister" do.
    fn is_one(&self, a: &Party, b: &Party) -> bool {
        let binds = |p: &Party| p.id.map(|id| self.binding.bound(id));
        a == b || a.id.is_some() && binds(a) == binds(b)
    }

    fn are_one(&self, a: &[Party], b: &[Party]) -> bool {
        let mut pairs = a.iter().zip(b);
        a.len() == b.len() && pairs.all(|(a, b)| self.is_one(a, b))
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
