//! Whether those who take part in an entry, and those on whose word it stands, are the right ones.

use std::collections::BTreeMap;

use onrecord_model::{EntityKind, PartyRole, SourceKind};
use unicode_normalization::UnicodeNormalization as _;

use super::gold;
use super::read::{Entity, Party, Record, Source, Statement};
use super::words::same_phrase;

/// Bodies and peoples that have a code in the guide, but none in ISO 3166, by the names they go by.
const CODED: &[(&str, &[&str])] = &[
    ("EUE", &["european union", "eu", "european commission"]),
    ("UNO", &["united nations", "un"]),
    ("NAT", &["nato", "north atlantic treaty organization"]),
    (
        "PSE",
        &["palestinians", "palestine", "palestinian authority"],
    ),
];

/// The entry stands on the report's own word.
const REPORTER: &str = "reporter";

/// Who is who in a record.
pub(super) struct Cast<'r> {
    entities: BTreeMap<&'r str, &'r Entity>,
    statements: BTreeMap<&'r str, &'r Statement>,
}

/// Somebody whom a record names.
struct Named<'r> {
    entity: Option<&'r Entity>,
    party: Option<&'r Party>,
}

/// How many parties of two lists are the same.
pub(super) struct Matched {
    pub(super) right: usize,
    pub(super) whole: bool,
}

impl<'r> Cast<'r> {
    pub(super) fn of(record: &'r Record) -> Self {
        let entities = record.entities.iter().map(|e| (e.id.as_str(), e));
        let statements = record.statements.iter().map(|s| (s.id.as_str(), s));
        Self {
            entities: entities.collect(),
            statements: statements.collect(),
        }
    }

    fn entity(&self, id: Option<&str>) -> Option<&'r Entity> {
        self.entities.get(id?).copied()
    }

    /// Compares gold's parties with those that a record gives one of these roles; where its
    /// `parties` have none, with the entities of the older lists.
    pub(super) fn compare(
        &self,
        gold: &[gold::Party],
        parties: &'r [Party],
        roles: &[PartyRole],
        ids: &[&[String]],
    ) -> Matched {
        let mut named: Vec<Named<'r>> = parties
            .iter()
            .filter(|p| roles.contains(&p.role))
            .map(|p| Named {
                entity: self.entity(p.entity.as_deref()),
                party: Some(p),
            })
            .collect();
        if named.is_empty() {
            let ids = ids.iter().copied().flatten();
            named.extend(ids.map(|id| Named {
                entity: self.entity(Some(id)),
                party: None,
            }));
        }
        let read = named.len();
        for g in gold {
            if let Some(at) = named.iter().position(|n| n.is(g)) {
                named.remove(at);
            }
        }
        let right = read - named.len();
        Matched {
            right,
            whole: right == read && right == gold.len(),
        }
    }

    /// Whether a statement's source is who gold says it is.
    pub(super) fn is_source(&self, gold: &gold::Party, source: &Source) -> bool {
        let entity = self.entity(source.entity.as_deref());
        is(gold, entity, source.span.as_ref(), None)
    }

    /// Whether an entry stands on the word that gold gives it. Gold without a basis is the reporter's
    /// word; an empty one is that of a source that is not in the text.
    pub(super) fn stands_on(&self, gold: Option<&[gold::Party]>, basis: &[String]) -> bool {
        let Some(gold) = gold else {
            return basis.is_empty() || basis == [REPORTER];
        };
        let mut sources = basis
            .iter()
            .filter_map(|id| self.statements.get(id.as_str()))
            .map(|s| &s.source)
            .peekable();
        if sources.peek().is_none() || basis.iter().any(|b| b == REPORTER) {
            return false;
        }
        sources.all(|s| match gold {
            [] => s.kind == Some(SourceKind::Implicit),
            gold => gold.iter().any(|g| self.is_source(g, s)),
        })
    }
}

/// Whether a record asserts an entry itself.
pub(super) fn is_asserted(basis: &[String]) -> bool {
    basis.is_empty() || basis.iter().any(|b| b == REPORTER)
}

impl Named<'_> {
    fn is(&self, gold: &gold::Party) -> bool {
        let span = self.party.and_then(|p| p.span.as_ref());
        let country = self.party.and_then(|p| p.country.as_deref());
        is(gold, self.entity, span, country)
    }
}

/// Right is the state that is meant, by whatever words, or words with the same head.
fn is(
    gold: &gold::Party,
    entity: Option<&Entity>,
    span: Option<&onrecord_model::Span>,
    country: Option<&str>,
) -> bool {
    if let Some(code) = gold.country.as_deref() {
        let state = |e: &Entity| e.kind == EntityKind::State && e.country.as_deref() == Some(code);
        if country == Some(code) || entity.is_some_and(|e| state(e) || is_coded(code, e)) {
            return true;
        }
    }
    let Some(words) = &gold.span else {
        return false;
    };
    let named = |e: &Entity| {
        let quote = plain(words.quote());
        e.mentions.iter().any(|m| same_phrase(words, m)) || names(e).any(|n| plain(n) == quote)
    };
    span.is_some_and(|s| same_phrase(words, s)) || entity.is_some_and(named)
}

fn is_coded(code: &str, entity: &Entity) -> bool {
    let row = CODED.iter().find(|(c, _)| *c == code);
    row.is_some_and(|(_, known)| names(entity).any(|n| known.contains(&plain(n).as_str())))
}

fn names(entity: &Entity) -> impl Iterator<Item = &str> {
    std::iter::once(&entity.name)
        .chain(&entity.aliases)
        .map(String::as_str)
}

/// A name without accents, capitals and punctuation.
fn plain(name: &str) -> String {
    let ascii = name.nfkd().filter(char::is_ascii);
    let kept = ascii.map(|c| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            ' '
        }
    });
    let kept: String = kept.collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}
