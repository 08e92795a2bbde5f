//! Who takes part in an act: the words that name a party, and the entity they stand for if there
//! is one.
//!
//! In "two Danish divers were freed by rebels" the divers are Denmark's, and the rebels a party
//! whom no entity of the report stands for: their words are kept.

use onrecord_lexicon::Countries;
use onrecord_model::{EntityId, Party as Named, PartyRole, TokenId, TokenRange, Upos};

use super::arguments::{inside, is_backed, phrase};
use crate::{Context, entities::Entities};

/// A party of an act.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Party {
    /// The noun or name that heads its words.
    pub(crate) head: TokenId,
    /// What it stands for.
    pub(crate) id: Option<EntityId>,
}

impl Party {
    /// Words that stand for an entity.
    pub(crate) const fn of(head: TokenId, id: EntityId) -> Self {
        Self { head, id: Some(id) }
    }
}

/// The same party: the same entity, or the same words.
impl PartialEq for Party {
    fn eq(&self, other: &Self) -> bool {
        self.head == other.head || self.id.is_some() && self.id == other.id
    }
}

/// The entities that parties stand for, each once.
pub(crate) fn ids(parties: &[Party]) -> Vec<EntityId> {
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

/// The parties with their words and the countries they are of, as the record holds them.
pub(crate) fn told(
    cx: &Context<'_>,
    role: PartyRole,
    parties: &[Party],
    countries: impl Fn(&Party) -> Vec<String>,
) -> Vec<Named> {
    let mut out = Vec::new();
    for p in parties {
        let Some(span) = cx.tokens(words(cx, p.head)) else {
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
        match countries(p) {
            all if all.is_empty() => add(None),
            // "French and Egyptian warships" are two countries'.
            all => all.into_iter().map(Some).for_each(add),
        }
    }
    out
}

/// Whose a party is: a name's own country; of people what their words tell ("Danish troops from
/// Norway" are Denmark's), else that of the entity they stand for, else where they are.
pub(crate) fn countries(cx: &Context<'_>, all: &Entities, p: &Party) -> Vec<String> {
    let known = || p.id.and_then(|id| all.get(id)?.country.clone());
    let named = p.id.is_some() && all.at_token(cx, p.head).is_some();
    if let Some(own) = known().filter(|_| named) {
        return vec![own];
    }
    let told = nationalities(cx, words(cx, p.head));
    if !told.is_empty() {
        return told;
    }
    let other = known().or_else(|| at_home(cx, all, p.head));
    other.into_iter().collect()
}

/// The same, else the country of the name beside them ("the old capital Larvik", "Orca guerrillas").
pub(super) fn countries_or_beside(cx: &Context<'_>, all: &Entities, p: &Party) -> Vec<String> {
    let own = countries(cx, all, p);
    if !own.is_empty() {
        return own;
    }
    let beside = || all.get(inside(cx, all, p.head, 0)?.id?)?.country.clone();
    beside().into_iter().collect()
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

/// The country that people are said to be of or in: "rebels in Darfur".
fn at_home(cx: &Context<'_>, all: &Entities, head: TokenId) -> Option<String> {
    ["of", "in", "from"].iter().find_map(|p| {
        let place = phrase(cx, head, p)?;
        all.get(all.at_token(cx, place)?)?.country.clone()
    })
}

/// The words of a party: its head with what stands close before it, the rest of its name, and
/// what it is of.
pub(crate) fn words(cx: &Context<'_>, head: TokenId) -> TokenRange {
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
