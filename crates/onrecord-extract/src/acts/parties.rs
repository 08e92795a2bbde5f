//! Who takes part in an act: the entities that the heads which the network points at stand for, and
//! whom these bind.
//!
//! What a noun phrase's words are and whose they are is asked where the frames ask it
//! ([`crate::events::party`]), and so is which state a leader or a ministry binds
//! ([`crate::commitments::parties`]): "Oona Karr, Norway's foreign minister, promised" is Norway's
//! promise.

use onrecord_model::{
    Act, ActKind, ActRole, CommitmentStatus, EntityId, EntityKind, Party as Named, PartyRole,
    Statement, TokenId, Upos,
};

use crate::commitments::parties::{Parties as Binding, distinct};
use crate::commitments::tree;
use crate::events::arguments::{group, is_party, takes_part};
use crate::events::party::{Party, countries, ids, told};
use crate::{Context, entities::Entities};

/// How probable one must be that joins the one pointed at (cross-validation on the corpus's train
/// half).
const BESIDE: f32 = 0.8;

/// Words before a thing in which its owner is looked for.
const FAR: u32 = 2_000;

/// Verbs whose subject is given to, not bound.
const TAKES: [&str; 13] = [
    "receive", "get", "obtain", "collect", "win", "secure", "gain", "accept", "await", "need",
    "want", "seek", "see",
];

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
        if role == ActRole::To {
            out = out.iter().map(|p| self.owner(*p)).collect();
        }
        out.sort_by_key(|p| p.head);
        out
    }

    /// Whose a thing is that is given to: "money for Chad's grid", and "the grid" where it was called
    /// Chad's before.
    fn owner(&self, party: Party) -> Party {
        let d = self.cx.document;
        if party.id.is_some() || is_party(self.cx, party.head) {
            return party;
        }
        let lemma = &d.token(party.head).lemma;
        let named = |t: TokenId| {
            let mut whose = d.children_in(t, &["nmod:poss"]);
            whose.find_map(|w| Some(Party::of(w, self.entities.at_token(self.cx, w)?)))
        };
        let state = |p: &Party| {
            let entity = p.id.and_then(|id| self.entities.get(id));
            entity.is_some_and(|e| e.kind == EntityKind::State)
        };
        let before = (party.head.0.saturating_sub(FAR)..=party.head.0)
            .rev()
            .map(TokenId);
        let mut called = before.filter(|t| d.token(*t).lemma == *lemma);
        called
            .find_map(named)
            .filter(state)
            .map_or(party, |p| Party {
                head: party.head,
                id: p.id,
            })
    }

    /// Who is bound by an act. Where all that the network points at stand in other sentences, the
    /// subject of the act's own verb is nearer: "It gave", "Norway's divers have arrived"; where its
    /// clause names nobody, and they stand in other paragraphs too, the state that speaks.
    pub(super) fn doers(&self, act: &Act) -> Vec<Party> {
        let pointed = self.of(act, ActRole::By);
        let d = self.cx.document;
        let verb = d.head_of(act.words);
        let here = d.sentence_of(verb);
        let near = |p: &Party| here.tokens.has(p.head);
        let asked = matches!(
            act.kind,
            ActKind::Commitment {
                status: CommitmentStatus::Requested,
                ..
            }
        );
        let takes = asked || TAKES.contains(&tree::lemma(self.cx, verb));
        let settled = pointed.is_empty() || pointed.iter().any(near);
        if settled || takes || d.token(verb).upos != Upos::Verb {
            return pointed;
        }
        if let Some(own) = self.subject(verb) {
            return vec![own];
        }
        let beside = |p: &Party| d.sentence_of(p.head).paragraph == here.paragraph;
        if pointed.iter().any(beside) || !tree::is_passive(self.cx, verb) {
            return pointed;
        }
        let at = d.token(verb).range;
        let said = self
            .statements()
            .iter()
            .filter(|s| s.content.iter().any(|c| c.range().contains(at)));
        let speaker = said.min_by_key(|s| s.content.iter().map(|c| c.range().len()).sum::<usize>());
        let state = speaker.and_then(|s| {
            let id = s.source.entity?;
            let words = d.tokens_in(s.source.span.as_ref()?.range());
            let bound = self.entities.get(self.binding.bound(id))?;
            let speaks = bound.kind == EntityKind::State && !words.is_empty();
            speaks.then(|| Party::of(d.head_of(words), id))
        });
        state.map_or(pointed, |p| vec![p])
    }

    /// Whether a noun is what an active verb is said of: engineers that "arrived" are nobody's receivers.
    pub(super) fn is_subject(&self, act: &Act, head: TokenId) -> bool {
        let verb = self.cx.document.head_of(act.words);
        let active =
            !tree::is_passive(self.cx, verb) && !TAKES.contains(&tree::lemma(self.cx, verb));
        active && tree::subject(self.cx, verb) == Some(head)
    }

    /// The one who does what an active verb says, where he can be a party: the verb's subject, else
    /// whose the subject is.
    fn subject(&self, verb: TokenId) -> Option<Party> {
        if tree::is_passive(self.cx, verb) {
            return None;
        }
        let subject = tree::subject(self.cx, verb)?;
        let party = |t: TokenId| {
            let id = self.entities.at_token(self.cx, t)?;
            let kind = self.entities.get(id)?.kind;
            takes_part(kind).then(|| Party::of(t, id))
        };
        let whose = || {
            self.cx
                .document
                .children_in(subject, &["nmod:poss"])
                .find_map(party)
        };
        party(subject).or_else(whose)
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

    /// The one an entity binds: a minister's state, else itself.
    pub(super) fn bound_id(&self, id: EntityId) -> EntityId {
        self.binding.bound(id)
    }

    /// Whom the word that heads a noun phrase binds.
    pub(super) fn bound_by(&self, head: TokenId) -> Vec<EntityId> {
        self.bound(&self.party(head))
    }

    /// Everything that is said in the report.
    pub(super) const fn statements(&self) -> &'a [Statement] {
        self.binding.statements
    }

    /// The same, but nobody gives to himself: a minister of no told state who pledges aid to a state is not
    /// that state's.
    pub(super) fn bound_apart(&self, parties: &[Party], to: &[EntityId]) -> Vec<EntityId> {
        let bound = |id: EntityId| self.binding.bound_apart(id, to);
        distinct(ids(parties).into_iter().map(bound).collect())
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
