//! For whom somebody speaks, as far as a record tells: a minister for a state, a spokesperson for
//! a ministry, a letter for those who wrote it.
//!
//! ```text
//! Ana Bo, finance minister of Oria          ->  speaks for Oria and for its finance ministry
//! "an Orian official", "a ministry report"  ->  without a name, of Oria; of the ministry
//! ```
//!
//! Left out: who is known to speak for whom from elsewhere.

use onrecord_model::{Basis, Entity, EntityKind, Record, Role, SourceKind, Span, Statement};

use crate::across::claim::{Claim, Party};
use crate::across::reports::Reports;
use crate::store::{Who, folded};

/// How far a source is a person of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Rank {
    /// Somebody with a name.
    Person,
    /// Somebody with a name whose office is to say what others want said.
    Spokesperson,
    /// A state, an organisation, a document.
    Body,
    /// Somebody or something without a name.
    Unnamed,
}

/// A source of claims, and whom it speaks for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Voice {
    pub(super) name: String,
    /// All it is known by.
    pub(super) party: Party,
    pub(super) rank: Rank,
    /// All by which those are known for whom it speaks.
    pub(super) bodies: Party,
    /// All by which those are known whose words it passes on.
    pub(super) through: Party,
}

impl Voice {
    /// Two voices that are one: by the longer name, as the one that is more of a person.
    pub(super) fn and(mut self, other: Self) -> Self {
        let longer = |v: &Self| (v.name.chars().count(), v.name.clone());
        if longer(&other) > longer(&self) {
            self.name = other.name;
        }
        self.rank = self.rank.min(other.rank);
        self.party.extend(other.party);
        self.bodies.extend(other.bodies);
        self.through.extend(other.through);
        self
    }

    /// Whether it says nothing that is not heard in another's voice: both speak for one, one speaks
    /// for the other, or it passes on the other's words.
    pub(super) fn is_heard_in(&self, other: &Self) -> bool {
        !self.party.is_disjoint(&other.bodies)
            || !self.bodies.is_disjoint(&other.party)
            || !self.bodies.is_disjoint(&other.bodies)
            || !self.through.is_disjoint(&other.party)
    }

    /// Whether somebody unnamed can be none of those who are named: each side is known, and it is
    /// of another.
    pub(super) fn is_told_from(&self, named: &[&Self]) -> bool {
        let known = |v: &Self| v.rank == Rank::Body || !v.bodies.is_empty();
        let apart = |v: &&Self| known(v) && !self.is_heard_in(v);
        named.is_empty() || !self.bodies.is_empty() && named.iter().all(apart)
    }
}

/// The voice of one on whose word a claim stands.
pub(super) fn voice(who: &Who, party: &Party, claim: &Claim<'_>, reports: &Reports<'_>) -> Voice {
    let record = claim.record;
    let mut out = Voice {
        name: who.name.clone(),
        party: party.clone(),
        rank: Rank::Person,
        bodies: Party::new(),
        through: Party::new(),
    };
    let known = Known { record, reports };
    let entity = record.entities.iter().find(|e| e.name == who.name);
    if let Some(e) = entity {
        out.rank = rank(e);
        out.bodies = known.bodies(e);
        if e.kind == EntityKind::State {
            out.party.extend(country(e));
        }
    }
    for s in said_by(who, record) {
        if is_unnamed(s, entity) {
            out.rank = Rank::Unnamed;
            out.bodies.extend(known.named_in(s.source.span.as_ref()));
            continue;
        }
        // A document speaks for those who are named as its authors.
        if s.source.kind == SourceKind::Document {
            out.rank = out.rank.max(Rank::Body);
            out.bodies.extend(known.named_in(s.source.span.as_ref()));
        }
    }
    out.bodies = out.bodies.difference(&out.party).cloned().collect();
    out.through = known.through(who, claim);
    out
}

/// Statements of one who is told by name or by the words of the report.
fn said_by<'r>(who: &Who, record: &'r Record) -> impl Iterator<Item = &'r Statement> {
    let entity = record.entities.iter().find(|e| e.name == who.name);
    let id = entity.map(|e| e.id);
    record.statements.iter().filter(move |s| {
        let words = s.source.span.as_ref().map(Span::quote);
        s.source.entity.is_some() && s.source.entity == id || words == Some(&who.name)
    })
}

/// Whether the report gives a source no name. "The letter" is none.
fn is_unnamed(s: &Statement, entity: Option<&Entity>) -> bool {
    match s.source.kind {
        SourceKind::Named => false,
        SourceKind::Document => entity.is_none(),
        _ => true,
    }
}

/// Where parties are looked up.
struct Known<'a> {
    record: &'a Record,
    reports: &'a Reports<'a>,
}

impl Known<'_> {
    /// All for whom somebody or something speaks.
    fn bodies(&self, e: &Entity) -> Party {
        if e.kind != EntityKind::Person {
            return self.government(e);
        }
        let offices = e.roles.iter().filter(|r| r.until.is_none() && speaks(r));
        let mut out = Party::new();
        for role in offices {
            let of = self.record.entities.iter().find(|o| Some(o.id) == role.of);
            out.extend(of.iter().flat_map(|o| self.keys(o)));
            if of.is_none_or(|o| o.kind == EntityKind::State) && is_of_state(&role.title) {
                out.extend(country(e));
                out.extend(self.portfolio(&role.title));
            }
        }
        out
    }

    /// All that a body is known by, and the state it is part of.
    fn keys(&self, e: &Entity) -> Party {
        let mut out = self.reports.party(e, self.record);
        match e.kind {
            EntityKind::State => out.extend(country(e)),
            EntityKind::Person => out.extend(self.bodies(e)),
            _ => out.extend(self.government(e)),
        }
        out
    }

    /// The state that a ministry is part of, and what it deals with.
    fn government(&self, e: &Entity) -> Party {
        let is_state = e.kind == EntityKind::State;
        let part = folded(&e.name).iter().any(|w| is_part_of_state(w));
        let mut out = Party::new();
        if is_state || part {
            out.extend(country(e));
        }
        if part {
            out.extend(self.portfolio(&e.name));
        }
        out
    }

    /// What a minister and a ministry of one report have in common, where one person alone deals
    /// with it there: "finance".
    fn portfolio(&self, title: &str) -> Option<String> {
        let dealt = dealt_with(title)?;
        let has = |e: &&Entity| {
            let mut roles = e.roles.iter();
            roles.any(|r| dealt_with(&r.title).as_ref() == Some(&dealt))
        };
        let all = self.record.entities.iter().filter(has).count();
        (all < 2).then(|| format!("~{} {dealt}", self.record.report.id))
    }

    /// Those who are named in a source's words: "an Orian official", "a letter signed by Ana Bo".
    fn named_in(&self, span: Option<&Span>) -> Party {
        let Some(span) = span else {
            return Party::new();
        };
        let here = |m: &Span| span.start() <= m.start() && m.end() <= span.end();
        let mut out = Party::new();
        for e in &self.record.entities {
            if e.mentions.iter().any(|m| here(&m.span)) {
                out.extend(self.keys(e));
            }
        }
        out
    }

    /// Those whose words somebody passes on: the statements that theirs contain.
    fn through(&self, who: &Who, claim: &Claim<'_>) -> Party {
        let own: Vec<_> = said_by(who, self.record).map(|s| s.id).collect();
        let on = |s: &&Statement| {
            s.id.to_string() == claim.entry.id || claim.bases().contains(&Basis::Statement(s.id))
        };
        let mut out = Party::new();
        let inner = self.record.statements.iter().filter(on);
        for s in inner.filter(|s| s.via.is_some_and(|v| own.contains(&v))) {
            let speaker = self.record.entities.iter();
            let mut speaker = speaker.filter(|e| Some(e.id) == s.source.entity);
            out.extend(
                speaker
                    .next()
                    .iter()
                    .flat_map(|e| self.reports.party(e, self.record)),
            );
        }
        out
    }
}

/// How far an entity is a person of its own.
fn rank(e: &Entity) -> Rank {
    let mut roles = e.roles.iter();
    match e.kind {
        EntityKind::Person if roles.any(|r| is_spoken(&r.title)) => Rank::Spokesperson,
        EntityKind::Person => Rank::Person,
        _ => Rank::Body,
    }
}

/// A state by its code, under which its people and parts are found too.
fn country(e: &Entity) -> Option<String> {
    e.country.as_ref().map(|c| format!("={c}"))
}

/// Whether a title is that of somebody who says what others want said.
fn is_spoken(title: &str) -> bool {
    folded(title).iter().any(|w| w.starts_with("spokes"))
}

/// Whether an office speaks for the body it is of: a minister does, a lawmaker speaks for nobody else.
fn speaks(role: &Role) -> bool {
    const OFFICES: [&str; 25] = [
        "minister",
        "president",
        "premier",
        "chancellor",
        "king",
        "queen",
        "emir",
        "sultan",
        "ambassador",
        "envoy",
        "secretary",
        "chief",
        "ceo",
        "executive",
        "director",
        "chairman",
        "chairwoman",
        "chair",
        "head",
        "governor",
        "commander",
        "treasurer",
        "commissioner",
        "negotiator",
        "official",
    ];
    const OTHERS: [&str; 5] = ["former", "ex", "opposition", "shadow", "elect"];
    let words = folded(&role.title);
    let has = |all: &[&str]| words.iter().any(|w| all.contains(&w.as_str()));
    (has(&OFFICES) || is_spoken(&role.title)) && !has(&OTHERS)
}

/// Whether a title is of a state where it is said of nobody else: "finance minister".
fn is_of_state(title: &str) -> bool {
    const OFFICES: [&str; 7] = [
        "minister",
        "premier",
        "chancellor",
        "ambassador",
        "envoy",
        "king",
        "queen",
    ];
    let words = folded(title);
    words.iter().any(|w| OFFICES.contains(&w.as_str())) || is_head_of_state(title)
}

fn is_head_of_state(title: &str) -> bool {
    let words = folded(title);
    words == ["president"] || words.starts_with(&["prime".to_owned()])
}

/// What a minister or a ministry deals with: "finance".
fn dealt_with(title: &str) -> Option<String> {
    let mut words = folded(title);
    let all = words.len();
    words.retain(|w| !is_part_of_state(w) && !matches!(w.as_str(), "minister" | "of" | "the"));
    let some = words.len() < all && !words.is_empty() && !is_head_of_state(title);
    some.then(|| words.join(" "))
}

/// Whether a word names a part of a state: "ministry".
fn is_part_of_state(word: &str) -> bool {
    const ALL: [&str; 10] = [
        "ministry",
        "department",
        "government",
        "cabinet",
        "presidency",
        "embassy",
        "administration",
        "chancellery",
        "treasury",
        "office",
    ];
    ALL.contains(&word)
}
