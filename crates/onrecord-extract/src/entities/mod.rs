//! Entities: who and what is named, with roles, aliases, pronouns and nominals resolved.
//!
//! ```text
//! Peruvian President Rosa Pell met Ole Dahl on Monday. She said Lima would sell the port.
//! Rosa Pell   person  president of Peru; mentions: the name, "She"
//! Peru        state   mentions: "Peruvian" (nominal), "Lima" (metonym)
//! ```
//!
//! Everything rests on the report itself and on word lists; nothing is known of real people.
//! Left out: coreference of events, of plurals, and of things that are not named.

mod book;
mod draft;
mod epithets;
mod furniture;
mod gather;
mod layers;
mod linked;
mod long_states;
mod mends;
mod names;
mod nationality;
mod nicknames;
mod nominals;
mod organs;
mod pronouns;
mod roles;
mod runs;
mod spoken;
mod surnames;
mod tenure;
mod words;

use onrecord_model::{Entity, EntityId, Place, TextRange, TimeMention, TokenId, TokenRange, Upos};

use crate::Context;

pub(crate) use names::Named;
pub(crate) use words::Words;

/// The entities of a report, with look-up by place in the text.
#[derive(Debug, Default)]
pub struct Entities {
    all: Vec<Entity>,
    /// Phrases with a name in them that denote what the name denotes: title and name,
    /// apposition and name.
    extents: Vec<(TextRange, EntityId)>,
    /// Every mention, in text order.
    places: Vec<(TextRange, EntityId)>,
    /// The bytes of the longest mention.
    longest: u32,
}

impl Entities {
    /// From entities numbered in their order, and the phrases that denote them.
    fn new(all: Vec<Entity>, extents: Vec<(TextRange, EntityId)>) -> Self {
        let mentions = all
            .iter()
            .flat_map(|e| e.mentions.iter().map(|m| (m.span.range(), e.id)));
        let mut places: Vec<(TextRange, EntityId)> = mentions.collect();
        places.sort_unstable();
        let longest = places.iter().map(|(r, _)| r.len()).max();
        Self {
            all,
            extents,
            places,
            longest: longest.unwrap_or(0) as u32,
        }
    }

    /// One entity.
    pub fn get(&self, id: EntityId) -> Option<&Entity> {
        let at = self.all.binary_search_by_key(&id, |e| e.id).ok()?;
        self.all.get(at)
    }

    /// All, in order of first mention.
    pub fn all(&self) -> &[Entity] {
        &self.all
    }

    /// The entity of the mention that covers these bytes most closely (shortest mention that
    /// contains the range; else none).
    pub fn at(&self, range: TextRange) -> Option<EntityId> {
        let end = self.places.partition_point(|(r, _)| r.start <= range.start);
        let before = self.places.get(..end).unwrap_or_default().iter().rev();
        before
            .take_while(|(r, _)| r.start.saturating_add(self.longest) >= range.end)
            .filter(|(r, _)| r.contains(range))
            .min_by_key(|(r, id)| (r.len(), *id))
            .map(|(_, id)| *id)
    }

    /// The entity whose mention holds this token.
    pub fn at_token(&self, cx: &Context<'_>, token: TokenId) -> Option<EntityId> {
        self.at(cx.document.tokens().get(token.index())?.range)
    }

    /// The entity a noun phrase denotes: by its head, never by a possessor or a modifier inside
    /// it. "the Peruvian envoy, Rosa Pell" is the person; "Peru's coast" and "Peruvian officials"
    /// are no entity.
    pub fn resolve_phrase(&self, cx: &Context<'_>, phrase: TokenRange) -> Option<EntityId> {
        let phrase = trimmed(cx, phrase);
        if phrase.is_empty() {
            return None;
        }
        let range = cx.document.range(phrase);
        if let Some(exact) = self.with_range(range) {
            return Some(exact);
        }
        let head = head(cx, phrase);
        let at = cx.document.tokens().get(head.index())?.range;
        let mention = self.mention_headed(cx, at, head);
        if mention.is_some() {
            return mention;
        }
        // A title or an apposition that heads the phrase of a named person.
        self.extents
            .iter()
            .filter(|(r, _)| r.contains(at) && range.overlaps(*r))
            .min_by_key(|(r, _)| r.len())
            .map(|(_, id)| *id)
    }

    fn with_range(&self, range: TextRange) -> Option<EntityId> {
        let at = self.places.partition_point(|(r, _)| *r < range);
        let (found, id) = self.places.get(at)?;
        (*found == range).then_some(*id)
    }

    /// The entity of a mention that holds the head and is not only an adjective before it.
    fn mention_headed(&self, cx: &Context<'_>, at: TextRange, head: TokenId) -> Option<EntityId> {
        let id = self.at(at)?;
        let followed = cx.document.tokens().get(head.index() + 1).is_some_and(|t| {
            t.range.start == at.end
                && matches!(cx.document.text().slice(t.range), "'s" | "’s" | "’" | "'")
        });
        (!followed).then_some(id)
    }

    /// Puts every entity's mentions in text order.
    pub fn sort_mentions(&mut self) {
        for e in &mut self.all {
            e.mentions.sort_by(|a, b| a.span.cmp(&b.span));
        }
    }

    /// The finished list.
    pub fn into_vec(self) -> Vec<Entity> {
        self.all
    }
}

/// A phrase without articles, quotation marks and commas at its edges.
fn trimmed(cx: &Context<'_>, phrase: TokenRange) -> TokenRange {
    let d = cx.document;
    let (mut start, mut end) = (phrase.start.0, phrase.end.0.min(d.tokens().len() as u32));
    let word = |t: u32| {
        d.text().slice(
            d.tokens()
                .get(t as usize)
                .map(|t| t.range)
                .unwrap_or_default(),
        )
    };
    while start < end {
        let w = word(start);
        let article = matches!(w.to_lowercase().as_str(), "the" | "a" | "an");
        if article || w.chars().all(|c| !c.is_alphanumeric()) {
            start += 1;
        } else {
            break;
        }
    }
    while end > start && word(end - 1).chars().all(|c| !c.is_alphanumeric()) {
        end -= 1;
    }
    TokenRange::new(start, end)
}

/// The head of a phrase: by the tree, else the last noun before a preposition, comma or clause.
fn head(cx: &Context<'_>, phrase: TokenRange) -> TokenId {
    let d = cx.document;
    if d.has(onrecord_model::Layer::Trees) {
        return d.head_of(phrase);
    }
    let mut last = phrase.start;
    for t in phrase.iter() {
        let Some(token) = d.tokens().get(t.index()) else {
            break;
        };
        let w = d.text().slice(token.range).to_lowercase();
        if t != phrase.start
            && (matches!(
                w.as_str(),
                "of" | "in"
                    | "for"
                    | "at"
                    | "who"
                    | "which"
                    | "that"
                    | ","
                    | "on"
                    | "from"
                    | "with"
                    | "near"
                    | "to"
            ) || token.upos == Upos::Verb)
        {
            break;
        }
        last = t;
    }
    last
}

/// Finds the entities and the toponyms of a report.
pub fn extract(cx: &Context<'_>, times: &[TimeMention]) -> (Entities, Vec<Place>) {
    let words = Words::new(cx);
    gather::run(&words, times)
}

#[cfg(test)]
mod tests;
