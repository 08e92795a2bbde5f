//! Which sources stand behind claims, each counted once.
//!
//! ```text
//! “Ilze Kalve”, “ILZE KALVE”, “Kalve”; “an official”, “diplomats”  ->  Ilze Kalve; an official
//! ```
//!
//! Left out: whether two who bear one name are two people.

use std::collections::BTreeMap;

use onrecord_model::{Record, SourceKind};

use super::Source;
use crate::across::claim::{Claim, Party};
use crate::store::Who;

/// Those on whose word claims stand, by name; the reporters whose report names nobody; and at the
/// end somebody unnamed, if there is one. `telling` gives the report that a report is a copy of.
pub(super) fn independent<'c>(
    claims: &[&Claim<'c>],
    telling: impl Fn(&'c str) -> &'c str,
) -> Vec<Source> {
    let mut tellings: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        tellings.entry(telling(claim.id())).or_default().push(claim);
    }
    let mut named: Vec<(String, Party)> = Vec::new();
    let mut unnamed: Vec<Source> = Vec::new();
    let mut reporters: Vec<Source> = Vec::new();
    for (reference, claims) in &tellings {
        let mut spoken = false;
        for claim in claims {
            for (who, party) in claim.entry.word.iter().zip(&claim.word) {
                spoken = true;
                if is_unnamed(who, claim.record) {
                    unnamed.push(Source::Unnamed(who.name.clone()));
                } else {
                    named.push((who.name.clone(), party.clone()));
                }
            }
        }
        if !spoken {
            reporters.extend(reporter(reference, claims));
        }
    }
    reporters.sort_unstable();
    reporters.dedup();
    let named = people(named).into_iter().map(Source::Named);
    named
        .chain(reporters)
        .chain(unnamed.into_iter().min())
        .collect()
}

/// The voice of a telling: its agency or outlet, which is one however often it tells.
fn reporter(reference: &str, claims: &[&Claim]) -> Option<Source> {
    let own = claims.iter().find(|c| c.id() == reference);
    let first = || claims.iter().min_by_key(|c| c.id());
    let report = own.or_else(first)?.report();
    let name = report.agency.as_ref().or(report.outlet.as_ref());
    Some(Source::Reporter(name.cloned().unwrap_or_default()))
}

/// The names of different people, sorted. Those who share a name or an id are one, by its longest
/// form, not in capitals where there is another; a bare name that ends another's full name is nobody new.
fn people(mut all: Vec<(String, Party)>) -> Vec<String> {
    all.sort();
    let mut people: Vec<(Vec<String>, Party)> = Vec::new();
    for (name, party) in all {
        let (known, mut rest): (Vec<_>, Vec<_>) = people
            .into_iter()
            .partition(|(_, other)| !party.is_disjoint(other));
        let mut one = (vec![name], party);
        for (names, party) in known {
            one.0.extend(names);
            one.1.extend(party);
        }
        rest.push(one);
        people = rest;
    }
    let ends = |bare: &str, party: &Party| party.iter().any(|n| n.ends_with(&format!(" {bare}")));
    let is_bare = |i: usize| {
        let mut names = people[i].1.iter().filter(|n| !n.starts_with('#'));
        let others = || people.iter().enumerate().filter(|(j, _)| *j != i);
        names.all(|n| !n.contains(' ') && others().any(|(_, (_, p))| ends(n, p)))
    };
    let told = (0..people.len()).filter(|i| !is_bare(*i));
    let longest = |i: usize| {
        let names = people[i].0.iter();
        names.max_by_key(|n| (n.chars().count(), *n))
    };
    let mut out: Vec<String> = told.filter_map(longest).cloned().collect();
    out.sort();
    out
}

/// Whether the report gives somebody no name.
fn is_unnamed(who: &Who, record: &Record) -> bool {
    let mut sources = record.statements.iter().map(|s| &s.source);
    sources.any(|s| {
        let named = matches!(s.kind, SourceKind::Named | SourceKind::Document);
        let words = s.span.as_ref().map(onrecord_model::Span::quote);
        let mut entities = record.entities.iter().filter(|e| Some(e.id) == s.entity);
        !named && (words == Some(&who.name) || entities.any(|e| e.name == who.name))
    })
}
