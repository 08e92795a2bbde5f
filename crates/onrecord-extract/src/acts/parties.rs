//! Who takes part in an act: the words around the heads that the network points at, the entities
//! that they mention, and whom these bind.
//!
//! In "two Danish divers were freed by rebels" the divers are Denmark's, and the rebels a party
//! whom no entity of the report stands for: their words are kept. A leader, a minister or a
//! ministry who pledges binds the state: "Oona Karr, Norway's foreign minister, promised" is
//! Norway's promise. An organisation that acts for itself stays itself.

use onrecord_lexicon::Countries;
use onrecord_model::{
    Act, ActRole, Entity, EntityId, EntityKind, Party as Named, PartyRole, TokenId, TokenRange,
    Upos,
};

use onrecord_lexicon::commitments::List;

use super::lemma;
use crate::{Context, entities::Entities};

/// How probable the surest in a role must be, and how probable any other.
const FIRST: f32 = 0.3;
const OTHER: f32 = 0.7;

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

/// What the parties are looked up in.
#[derive(Clone, Copy)]
pub(super) struct Parties<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) entities: &'a Entities,
}

/// A party of an act.
#[derive(Clone, Copy, Debug)]
pub(super) struct Party {
    /// The noun or name that heads its words.
    head: TokenId,
    /// What it stands for.
    id: Option<EntityId>,
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

impl Parties<'_> {
    /// Those in a role of an act, each once, in text order.
    pub(super) fn of(&self, act: &Act, role: ActRole) -> Vec<Party> {
        let sure = act.heads(role, OTHER);
        let first = act.heads(role, FIRST).take(1);
        let mut out: Vec<Party> = Vec::new();
        // "Estonia" and "its minister" are one party: the one that is surer of the two.
        let binds = |p: &Party| p.id.map(|id| self.binds(id));
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
            return vec![Party { head, id: Some(id) }];
        }
        let pair = self.pair(head);
        if pair.len() == 2 {
            return pair
                .into_iter()
                .map(|id| Party { head, id: Some(id) })
                .collect();
        }
        let id = is_party(self.cx, head).then(|| self.group(head)).flatten();
        vec![Party { head, id }]
    }

    /// Whom people stand for by what they are: "60 Danish diplomats". Danish extremists do not
    /// stand for Denmark.
    fn group(&self, head: TokenId) -> Option<EntityId> {
        let private = onrecord_lexicon::events::is_private(&lemma(self.cx, head));
        let stands = |id: &EntityId| {
            let kind = self.entities.get(*id).map(|e| e.kind);
            !(private && kind == Some(EntityKind::State))
        };
        self.inside(head, 2).filter(stands)
    }

    /// The entity that a word close to a noun names.
    fn inside(&self, head: TokenId, depth: u8) -> Option<EntityId> {
        let d = self.cx.document;
        let order = [
            "flat",
            "nmod:desc",
            "appos",
            "compound",
            "nmod:poss",
            "amod",
            "nmod",
        ];
        order.iter().find_map(|relation| {
            let children = d.children(head).iter().copied();
            children
                .filter(|c| d.token(*c).relation.as_str() == *relation && !is_backed(self.cx, *c))
                .find_map(|c| {
                    let own = self.entities.at_token(self.cx, c);
                    own.or_else(|| (depth > 0).then(|| self.inside(c, depth - 1)).flatten())
                })
        })
    }

    /// "the two leaders", "both sides": the last two states named before, through their people.
    fn pair(&self, head: TokenId) -> Vec<EntityId> {
        let d = self.cx.document;
        let two = d
            .children_in(head, &["nummod", "det"])
            .any(|c| matches!(d.form(c).to_lowercase().as_str(), "two" | "both"));
        if !two || !onrecord_lexicon::commitments::on(List::Pair, &lemma(self.cx, head)) {
            return Vec::new();
        }
        let before = d.token(head).range.start;
        let people = matches!(
            lemma(self.cx, head).as_str(),
            "leader" | "president" | "minister"
        );
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
            let bound = self.binds(id);
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

    /// The entities that parties bind, each once.
    pub(super) fn bound(&self, parties: &[Party]) -> Vec<EntityId> {
        let mut out = Vec::new();
        for id in ids(parties).into_iter().map(|id| self.binds(id)) {
            if !out.contains(&id) {
                out.push(id);
            }
        }
        out
    }

    /// The one an entity binds: a leader's or a ministry's state, else itself.
    fn binds(&self, id: EntityId) -> EntityId {
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

    fn state_of(&self, person: &Entity) -> Option<EntityId> {
        let held = person.roles.iter().filter(|r| r.until.is_none());
        for role in held {
            let of = role.of.and_then(|o| self.entity(o));
            match of {
                Some(o) if o.kind == EntityKind::State => return Some(o.id),
                Some(o) if o.kind == EntityKind::Person && o.id != person.id => {
                    if let Some(s) = self.state_of(o) {
                        return Some(s);
                    }
                }
                Some(o) if matches!(o.kind, EntityKind::Organization | EntityKind::Group) => {
                    return Some(self.binds(o.id));
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

    fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id)
    }

    /// The countries of these: a state's government and its ministry are of one.
    pub(super) fn nations(&self, found: &[EntityId]) -> Vec<String> {
        let of = |id: &EntityId| self.entity(*id).and_then(|e| e.country.clone());
        found.iter().filter_map(of).collect()
    }

    /// The parties with their words and their country, as the record holds them.
    pub(super) fn told(&self, role: PartyRole, parties: &[Party]) -> Vec<Named> {
        let mut out = Vec::new();
        for p in parties {
            let Some(span) = self.cx.tokens(words(self.cx, p.head)) else {
                continue;
            };
            let mut add = |country| {
                out.push(Named {
                    role,
                    span: span.clone(),
                    entity: p.id,
                    country,
                });
            };
            match self.countries(p) {
                all if all.is_empty() => add(None),
                // "French and Egyptian warships" are two countries'.
                all => all.into_iter().map(Some).for_each(add),
            }
        }
        out
    }

    /// Whose a party is: a name's own country; of people what their words tell ("Danish troops from
    /// Norway" are Denmark's), else that of the entity they stand for, else where they are.
    fn countries(&self, p: &Party) -> Vec<String> {
        let known = || p.id.and_then(|id| self.entities.get(id)?.country.clone());
        let named = p.id.is_some() && self.entities.at_token(self.cx, p.head).is_some();
        if let Some(own) = known().filter(|_| named) {
            return vec![own];
        }
        let told = nationalities(self.cx, words(self.cx, p.head));
        if !told.is_empty() {
            return told;
        }
        known()
            .or_else(|| self.at_home(p.head))
            .into_iter()
            .collect()
    }

    /// The country that people are said to be of or in: "rebels in Darfur".
    fn at_home(&self, head: TokenId) -> Option<String> {
        ["of", "in", "from"].iter().find_map(|p| {
            let place = phrase(self.cx, head, p)?;
            let id = self.entities.at_token(self.cx, place)?;
            self.entities.get(id)?.country.clone()
        })
    }
}

/// The countries that adjectives, peoples and names among the words tell: "Danish divers".
fn nationalities(cx: &Context<'_>, words: TokenRange) -> Vec<String> {
    let countries = Countries::shipped();
    let mut out: Vec<String> = Vec::new();
    for t in words.iter().filter(|t| !is_backed(cx, *t)) {
        let form = cx.document.form(t);
        let country = countries
            .by_adjective(form)
            .or_else(|| countries.by_people(form))
            .or_else(|| countries.by_name(form));
        let Some(country) = country.filter(|_| form.starts_with(char::is_uppercase)) else {
            continue;
        };
        let joined = out.is_empty() || cx.document.token(t).relation.is(&["conj"]);
        if joined && !out.iter().any(|c| *c == country.iso3) {
            out.push(country.iso3.to_string());
        }
    }
    out
}

/// The words of a party: its head with what stands close before it, the rest of its name, and
/// what it is of.
pub(super) fn words(cx: &Context<'_>, head: TokenId) -> TokenRange {
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
    // "leader Kari Moe": the name is the party's own.
    let name = |c: &TokenId| {
        let token = d.token(*c);
        let beside = (head.0 + 1..c.0).all(|t| d.token(TokenId(t)).upos == Upos::Propn);
        let own = token.relation.is(&["flat", "compound"])
            || token.relation.is(&["appos", "nmod:desc"]) && beside;
        own && token.upos == Upos::Propn
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

/// Laws, events and works do not act and are not met.
const fn takes_part(kind: EntityKind) -> bool {
    use EntityKind::{Event, Law, Product, Work};
    !matches!(kind, Law | Event | Work | Product)
}

/// Whether a common noun names somebody of politics: "ministers", "rebels".
fn is_party(cx: &Context<'_>, head: TokenId) -> bool {
    let d = cx.document;
    let people = || {
        d.form(head).starts_with(char::is_uppercase)
            && Countries::shipped().by_people(d.form(head)).is_some()
    };
    onrecord_lexicon::events::is_party(&d.token(head).lemma) || people()
}

/// "Danish-backed", "U.S.-supplied": who backs does not act; who leads does.
fn is_backed(cx: &Context<'_>, t: TokenId) -> bool {
    let token = cx.document.token(t);
    let form = cx.document.form(t);
    token.relation.is(&["amod"]) && form.ends_with("ed") && form != "led" && !form.ends_with("-led")
}

/// The phrase under a verb or noun that a preposition leads.
fn phrase(cx: &Context<'_>, head: TokenId, preposition: &str) -> Option<TokenId> {
    let d = cx.document;
    d.children_in(head, &["obl", "nmod", "obj", "xcomp", "advmod"])
        .find(|o| {
            d.children_in(*o, &["case"])
                .any(|c| d.token(c).lemma == preposition)
                || preposition == "by" && d.token(*o).relation.as_str() == "obl:agent"
        })
}
