//! Who is bound, who benefits or is hit, and the other party.
//!
//! A leader, a minister or a ministry who pledges binds the state: "Oona Karr, Norway's foreign
//! minister, promised" is Norway's promise. An organisation that acts for itself stays itself.

use onrecord_lexicon::commitments::{self as words, List};
use onrecord_model::{Entity, EntityId, EntityKind, Statement, TokenId, Upos};

use super::tree::{is, lemma, marker};
use crate::{Context, entities::Entities};

/// What the parties are looked up in.
#[derive(Clone, Copy)]
pub(crate) struct Parties<'a> {
    pub(crate) cx: &'a Context<'a>,
    pub(crate) entities: &'a Entities,
    pub(crate) statements: &'a [Statement],
}

/// Titles that speak for a state.
const STATE_TITLES: &[&str] = &[
    "president",
    "prime minister",
    "premier",
    "chancellor",
    "minister",
    "king",
    "queen",
    "secretary of",
    "ambassador",
    "envoy",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "crown prince",
    "emir",
    "sultan",
    "foreign secretary",
    "defence secretary",
    "defense secretary",
    "pm",
    "taoiseach",
    "secretary",
];

/// Names of offices that are the state itself.
const STATE_OFFICES: &[&str] = &[
    "ministry",
    "department of",
    "foreign office",
    "state department",
    "defense department",
    "government",
    "presidency",
    "prime minister's office",
    "white house",
    "kremlin",
    "downing street",
    "cabinet",
];

/// Nouns of places that act: "the town of".
const SEATS: &[&str] = &[
    "port",
    "harbour",
    "harbor",
    "city",
    "town",
    "village",
    "island",
    "county",
    "district",
    "municipality",
    "province",
    "region",
];

impl Parties<'_> {
    fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id)
    }

    /// The entity a token speaks of: its mention, the source when it is a pronoun without one,
    /// else the state its modifiers name ("the Norwegian government").
    fn named(&self, head: TokenId) -> Option<EntityId> {
        let d = self.cx.document;
        if let Some(id) = self.entities.at_token(self.cx, head) {
            return self.not_addressee(head, id);
        }
        if d.token(head).upos == Upos::Pron {
            let own = matches!(lemma(self.cx, head), "it" | "we" | "he" | "she" | "I" | "i");
            return self.speaker(head).filter(|_| own);
        }
        let actor = words::on(List::Actor, lemma(self.cx, head));
        d.children_in(head, &["amod", "compound", "nmod", "appos", "flat"])
            .filter(|c| actor && (*c < head || is(self.cx, *c, &["nmod:poss", "appos", "flat"])))
            .find_map(|c| self.entities.at_token(self.cx, c))
    }

    /// Who says what a token stands in: the source of the innermost statement.
    pub(super) fn speaker(&self, token: TokenId) -> Option<EntityId> {
        let d = self.cx.document;
        let said = super::basis::innermost(self.cx, self.statements, token)?;
        said.source.entity.or_else(|| {
            let words = d.tokens_in(said.source.span.as_ref()?.range());
            let head = d.head_of(words);
            let noun = !words.is_empty() && d.token(head).upos != Upos::Pron;
            noun.then(|| self.named(head)).flatten()
        })
    }

    /// The one an entity binds: a leader's or a ministry's state, else itself.
    pub(crate) fn bound(&self, id: EntityId) -> EntityId {
        let Some(e) = self.entity(id) else { return id };
        match e.kind {
            EntityKind::Person => self.state_of(e).unwrap_or(id),
            EntityKind::Organization | EntityKind::Office => {
                let name = e.name.to_lowercase();
                let office = STATE_OFFICES.iter().any(|o| name.contains(o));
                office
                    .then(|| self.state_with(e.country.as_deref()))
                    .flatten()
                    .unwrap_or(id)
            }
            _ => id,
        }
    }

    /// The one an entity binds, unless that would only be guessed and is among those who gain.
    pub(crate) fn bound_apart(&self, id: EntityId, to: &[EntityId]) -> EntityId {
        let bound = self.bound(id);
        let told = |e: &Entity| e.roles.iter().any(|r| r.of.is_some());
        let guessed = bound != id && !self.entity(id).is_some_and(told);
        if guessed && to.contains(&bound) {
            id
        } else {
            bound
        }
    }

    /// "told the council that it would send": whoever speaks promises, not whom he tells.
    fn not_addressee(&self, head: TokenId, id: EntityId) -> Option<EntityId> {
        if self.cx.document.token(head).upos != Upos::Pron {
            return Some(id);
        }
        let said = super::basis::innermost(self.cx, self.statements, head);
        match said {
            Some(s) if s.addressee == Some(id) => s.source.entity,
            _ => Some(id),
        }
    }

    fn state_of(&self, person: &Entity) -> Option<EntityId> {
        let held = person.roles.iter().filter(|r| r.until.is_none());
        for role in held {
            let of = role.of.and_then(|o| self.entity(o));
            // A bank's "manager for Chad" does not bind Chad.
            let posted = role.title.contains(" for ");
            match of {
                Some(_) if posted => {}
                Some(o) if o.kind == EntityKind::State => return Some(o.id),
                Some(o) if o.kind == EntityKind::Person && o.id != person.id => {
                    if let Some(s) = self.state_of(o) {
                        return Some(s);
                    }
                }
                Some(o) if matches!(o.kind, EntityKind::Organization | EntityKind::Group) => {
                    return Some(self.bound(o.id));
                }
                _ => {
                    let title = role.title.to_lowercase();
                    let speaks = STATE_TITLES.iter().any(|t| title.contains(t));
                    let state = self.state_with(person.country.as_deref());
                    if let Some(state) = state.filter(|_| speaks) {
                        return Some(state);
                    }
                }
            }
        }
        None
    }

    fn state_with(&self, country: Option<&str>) -> Option<EntityId> {
        let country = country?;
        self.entities
            .all()
            .iter()
            .find(|e| e.kind == EntityKind::State && e.country.as_deref() == Some(country))
            .map(|e| e.id)
    }

    /// The same as [`Self::of`] for a single name, apart from those who gain.
    pub(super) fn apart(&self, head: TokenId, to: &[EntityId]) -> Option<EntityId> {
        let id = self.named(head).filter(|id| self.is_party(*id))?;
        Some(self.bound_apart(id, to))
    }

    /// The parties a noun phrase names, with its conjuncts; "the two leaders" are the last two.
    pub(super) fn of(&self, head: TokenId) -> Vec<EntityId> {
        let mut out = Vec::new();
        let d = self.cx.document;
        // A conjunct beyond the verb is the subject of another clause.
        let before = |c: TokenId| d.token(head).head.is_none_or(|v| v < head || c < v);
        let conjuncts = d
            .children_in(head, &["conj"])
            .filter(|c| d.token(*c).upos.is_nominal() && before(*c));
        for t in [head].into_iter().chain(conjuncts) {
            match self.named(t) {
                Some(id) if self.is_party(id) => out.push(self.bound(id)),
                _ => out.extend(self.pair(t)),
            }
        }
        distinct(out)
    }

    /// Whether an entity can be a party: not a product, a law, a work or an event.
    fn is_party(&self, id: EntityId) -> bool {
        self.entity(id).is_some_and(|e| {
            matches!(
                e.kind,
                EntityKind::Person
                    | EntityKind::Organization
                    | EntityKind::State
                    | EntityKind::Group
                    | EntityKind::Office
            )
        })
    }

    /// "the two leaders", "both sides": the last two states named before, through their people.
    pub(crate) fn pair(&self, head: TokenId) -> Vec<EntityId> {
        let d = self.cx.document;
        let two = d
            .children_in(head, &["nummod", "det"])
            .any(|c| matches!(d.form(c).to_lowercase().as_str(), "two" | "both"));
        if !two || !words::on(List::Pair, lemma(self.cx, head)) {
            return Vec::new();
        }
        let before = d.token(head).range.start;
        let people = matches!(lemma(self.cx, head), "leader" | "president" | "minister");
        let mut seen: Vec<(u32, EntityId)> = self
            .entities
            .all()
            .iter()
            .filter(|e| {
                matches!(e.kind, EntityKind::Person | EntityKind::State)
                    && (!people || e.kind == EntityKind::Person)
            })
            .flat_map(|e| e.mentions.iter().map(move |m| (m.span.range().start, e.id)))
            .filter(|(at, _)| *at < before)
            .collect();
        seen.sort_unstable_by_key(|(at, _)| std::cmp::Reverse(*at));
        let mut out = Vec::new();
        for (_, id) in seen {
            let bound = self.bound(id);
            let state = self
                .entity(bound)
                .is_some_and(|e| e.kind == EntityKind::State);
            if state && !out.contains(&bound) {
                out.push(bound);
            }
            if out.len() == 2 {
                out.reverse();
                return out;
            }
        }
        Vec::new()
    }

    /// Whether a noun phrase names someone who can bind himself, and how surely: a state or an
    /// organisation, a person in office, or at least "the government".
    pub(super) fn can_bind(&self, head: TokenId, found: &[EntityId]) -> bool {
        let by_entity = found.iter().any(|id| {
            self.entity(*id).is_some_and(|e| match e.kind {
                EntityKind::State
                | EntityKind::Organization
                | EntityKind::Group
                | EntityKind::Office => true,
                EntityKind::Person => !e.roles.is_empty(),
                _ => false,
            })
        });
        by_entity || (found.is_empty() && words::on(List::Actor, lemma(self.cx, head)))
    }

    /// The countries of these: a state's government and its ministry are of one.
    pub(crate) fn nations(&self, found: &[EntityId]) -> Vec<String> {
        // A party or a union is of a country and does not act for it.
        let apart = |e: &&Entity| {
            let mut words = e.name.split(' ');
            let own =
                words.any(|w| matches!(w, "Party" | "party" | "Union" | "Movement" | "Opposition"));
            e.kind == EntityKind::Organization && own
        };
        let of = |id: &EntityId| {
            let entity = self.entity(*id).filter(|e| !apart(e));
            entity.and_then(|e| e.country.clone())
        };
        found.iter().filter_map(of).collect()
    }

    /// Whether one of these is a state, or someone who speaks for one.
    pub(super) fn any_state(&self, found: &[EntityId]) -> bool {
        found.iter().any(|id| {
            self.entity(*id).is_some_and(|e| {
                e.kind == EntityKind::State
                    || (e.kind == EntityKind::Organization && e.country.is_some())
            })
        })
    }

    /// States and bodies behind one of these prepositions, below any of these tokens.
    pub(super) fn behind(&self, below: &[TokenId], preps: &[&str]) -> Vec<(TokenId, EntityId)> {
        let d = self.cx.document;
        let mut out = Vec::new();
        for t in below {
            for c in d.children_in(*t, &["obl", "nmod", "advmod"]) {
                if !preps.contains(&marker(self.cx, c).as_str()) {
                    continue;
                }
                let conjuncts = d.children_in(c, &["conj"]);
                for x in [c].into_iter().chain(conjuncts) {
                    if let Some(id) = self.recipient(x) {
                        out.push((c, id));
                    }
                }
            }
        }
        out
    }

    /// Who receives: a party, or a state named as a place.
    pub(super) fn recipient(&self, head: TokenId) -> Option<EntityId> {
        if let Some(id) = self.named(head).filter(|id| self.is_party(*id)) {
            return Some(self.bound(id));
        }
        self.state_called(head)
    }

    /// The place of "the port of Arica": its name alone has an entry, and stands for who runs it.
    pub(super) fn seat(&self, head: TokenId) -> Option<EntityId> {
        let d = self.cx.document;
        let name = head.offset(2);
        let called = SEATS.contains(&lemma(self.cx, head))
            && d.sentence_of(head).tokens.has(name)
            && d.form(head.offset(1)) == "of";
        let id = self.entities.at_token(self.cx, name).filter(|_| called)?;
        let place = self.entity(id)?.kind == EntityKind::Place;
        place.then_some(id)
    }

    fn state_called(&self, head: TokenId) -> Option<EntityId> {
        let form = self.cx.document.form(head);
        let d = self.cx.document;
        d.token(head).upos.is_nominal().then_some(())?;
        self.entities
            .all()
            .iter()
            .find(|e| {
                e.kind == EntityKind::State
                    && (e.name == form || e.aliases.iter().any(|a| a == form))
            })
            .map(|e| e.id)
    }

    /// States that the words of an object name as adjectives or owners: "Bulgarian glass".
    pub(super) fn inside(&self, tokens: onrecord_model::TokenRange) -> Vec<EntityId> {
        let found = tokens.iter().filter_map(|t| {
            let id = self
                .entities
                .at_token(self.cx, t)
                .or_else(|| self.state_called(t))?;
            self.entity(id)
                .filter(|e| e.kind == EntityKind::State)
                .map(|e| e.id)
        });
        distinct(found.collect())
    }
}

/// Without repeats, in order.
pub(crate) fn distinct(ids: Vec<EntityId>) -> Vec<EntityId> {
    let mut out = Vec::new();
    for id in ids {
        if !out.contains(&id) {
            out.push(id);
        }
    }
    out
}
