//! Which sources stand behind claims, each counted once.
//!
//! ```text
//! “Ilze Kalve”, “ILZE KALVE”, “Kalve”; “an official”, “diplomats”  ->  Ilze Kalve; an official
//! Ilze Kalve, prime minister of Latvia; Latvia; its foreign ministry  ->  Ilze Kalve
//! ```
//!
//! The number is a promise, so who could be one of those who are counted is nobody new: a state
//! beside its minister, two who speak for one state, a medium beside those whose words it passes
//! on, the reporter of an outlet that has it from somebody, and anybody unnamed who may belong to
//! a side that has spoken by name.
//!
//! Left out: whether two who bear one name are two people, and who told whom unsaid.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use super::voice::{Rank, Voice, voice};
use crate::across::claim::{Claim, Party};
use crate::across::reports::Reports;
use crate::store::folded;

/// Those on whose word claims stand, by name; the reporters whose report names nobody; and at the
/// end somebody unnamed, if there is one that can be nobody else.
pub(super) fn independent(claims: &[&Claim<'_>], reports: &Reports<'_>) -> Vec<Source> {
    let heard = Heard::of(claims, reports);
    let mut counted: Vec<&Voice> = Vec::new();
    for v in &heard.named {
        if !heard.media.contains(&medium(&v.name)) && !counted.iter().any(|c| v.is_heard_in(c)) {
            counted.push(v);
        }
    }
    let mut out: Vec<Source> = counted
        .iter()
        .map(|v| Source::Named(v.name.clone()))
        .collect();
    out.sort();
    out.extend(heard.reporters.iter().cloned());
    let unnamed = heard.unnamed.iter().filter(|u| u.is_told_from(&counted));
    out.extend(unnamed.map(|u| Source::Unnamed(u.name.clone())).min());
    out
}

/// All who say the same or deny it, by name: those who say it for another too.
pub(super) fn all(claims: &[&Claim<'_>], reports: &Reports<'_>) -> Vec<Source> {
    let heard = Heard::of(claims, reports);
    let mut named: Vec<Source> = heard
        .named
        .into_iter()
        .map(|v| Source::Named(v.name))
        .collect();
    named.sort();
    let unnamed = heard.unnamed.into_iter().map(|u| Source::Unnamed(u.name));
    named
        .into_iter()
        .chain(heard.reporters)
        .chain(unnamed.min())
        .collect()
}

/// Who is heard in claims.
struct Heard {
    /// People and bodies with a name, each once: people first, who pass on another's words last.
    named: Vec<Voice>,
    unnamed: Vec<Voice>,
    /// Own voices of reports.
    reporters: Vec<Source>,
    /// Outlets and agencies whose reports are among those of the claims.
    media: BTreeSet<Vec<String>>,
}

impl Heard {
    fn of(claims: &[&Claim<'_>], reports: &Reports<'_>) -> Self {
        let mut tellings: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
        for claim in claims {
            let telling = reports.telling(claim.id());
            tellings.entry(telling).or_default().push(claim);
        }
        let (mut named, mut unnamed) = (Vec::new(), Vec::new());
        let mut reporters: BTreeSet<Source> = BTreeSet::new();
        let (mut media, mut quoting) = (BTreeSet::new(), BTreeSet::new());
        for (reference, claims) in &tellings {
            let mut spoken = false;
            for claim in claims {
                for (who, party) in claim.entry.word.iter().zip(&claim.word) {
                    spoken = true;
                    let voice = voice(who, party, claim, reports);
                    let side = if voice.rank == Rank::Unnamed {
                        &mut unnamed
                    } else {
                        &mut named
                    };
                    side.push(voice);
                }
            }
            let own = claims.iter().flat_map(|c| {
                let report = c.report();
                report.agency.iter().chain(&report.outlet)
            });
            let own: BTreeSet<Vec<String>> = own.map(|n| medium(n)).collect();
            media.extend(own.iter().cloned());
            if spoken {
                quoting.extend(own);
            } else {
                reporters.extend(reporter(reference, claims));
            }
        }
        let quotes = |s: &Source| matches!(s, Source::Reporter(n) if quoting.contains(&medium(n)));
        reporters.retain(|r| !quotes(r));
        Self {
            named: people(named),
            unnamed,
            reporters: reporters.into_iter().collect(),
            media,
        }
    }
}

/// The words by which an outlet or an agency is known: "The Oslo Courier", "Oslo Courier newspaper".
fn medium(name: &str) -> Vec<String> {
    const LEFT_OUT: [&str; 6] = ["the", "news", "agency", "newspaper", "newswire", "website"];
    let mut words = folded(name);
    words.retain(|w| !LEFT_OUT.contains(&w.as_str()));
    words
}

/// The voice of a telling: its agency or outlet, which is one however often it tells.
fn reporter(reference: &str, claims: &[&Claim]) -> Option<Source> {
    let own = claims.iter().find(|c| c.id() == reference);
    let first = || claims.iter().min_by_key(|c| c.id());
    let report = own.or_else(first)?.report();
    let name = report.agency.as_ref().or(report.outlet.as_ref());
    Some(Source::Reporter(name.cloned().unwrap_or_default()))
}

/// Different people and bodies. Those who share a name or an id are one, by its longest form, not
/// in capitals where there is another; a bare name that ends another's full name is nobody new.
fn people(mut all: Vec<Voice>) -> Vec<Voice> {
    all.sort();
    let mut people: Vec<Voice> = Vec::new();
    for voice in all {
        let (known, mut rest): (Vec<_>, Vec<_>) = people
            .into_iter()
            .partition(|other| !voice.party.is_disjoint(&other.party));
        let one = known.into_iter().fold(voice, Voice::and);
        rest.push(one);
        people = rest;
    }
    let ends = |bare: &str, party: &Party| party.iter().any(|n| n.ends_with(&format!(" {bare}")));
    let is_bare = |i: usize| {
        let mut names = people[i].party.iter().filter(|n| !n.starts_with('#'));
        let others = || people.iter().enumerate().filter(|(j, _)| *j != i);
        names.all(|n| !n.contains(' ') && others().any(|(_, p)| ends(n, &p.party)))
    };
    let told: Vec<bool> = (0..people.len()).map(|i| !is_bare(i)).collect();
    let mut out: Vec<Voice> = people
        .into_iter()
        .zip(told)
        .filter_map(|(v, told)| told.then_some(v))
        .collect();
    out.sort_by(|a, b| {
        let key = |v: &Voice| (!v.through.is_empty(), v.rank, v.name.clone());
        key(a).cmp(&key(b))
    });
    out
}
