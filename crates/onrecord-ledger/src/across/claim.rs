//! What an entry claims, in a form that two reports can be compared in.
//!
//! ```text
//! Latvia will send Estonia 30 engineers, she said  ->  aid, by Latvia, to Estonia, 30 engineers
//! ```
//!
//! Left out: the reports' days, and which of them are copies.

mod sought;

use std::collections::BTreeSet;

use onrecord_model::{
    Amount, Basis, Certainty, CommitmentStatus, CueKind, Polarity, Quotation, Record, Report, Span,
    Statement, StatementId,
};

use super::identity::Identities;
use super::stories::is_function_word;
use super::words::{is_sum_word, is_turn};
use crate::store::{Entry, EntryKind, Who, folded};

pub(crate) use sought::Sought;

/// Words of a quotation below which two speakers of one name may have said it twice.
const QUOTED: usize = 5;
/// Words that say something below which two claims are not told by their words.
const TELLING: usize = 3;
/// The share of all their words that two claims of the same words have in common, in percent.
const SHARED: usize = 60;

/// Somebody who takes part, by all that is not a bare surname: full names and ids.
pub(crate) type Party = BTreeSet<String>;

/// Units and values.
pub(crate) type Sums = BTreeSet<(String, String)>;

/// What an entry claims.
pub(crate) struct Claim<'e> {
    pub(super) entry: &'e Entry,
    pub(super) record: &'e Record,
    /// The statement it is.
    statement: Option<&'e Statement>,
    pub(super) by: Vec<Party>,
    pub(super) to: Vec<Party>,
    about: Vec<Party>,
    /// On whose word it stands, in the entry's order.
    pub(super) word: Vec<Party>,
    /// Its words in their order.
    words: Vec<String>,
    /// Those that say something.
    pub(super) telling: BTreeSet<String>,
    /// Of a commitment, those that do not name its parties, which are compared by themselves.
    matter: BTreeSet<String>,
    /// Words that say how much.
    figures: BTreeSet<String>,
    /// Whether it is told as one more of its kind.
    more: bool,
    /// Unit and value.
    pub(super) sums: Sums,
    /// Whether it is said to be so, or not to be so.
    affirmed: bool,
    /// Whether it stands on denials alone.
    pub(super) denial: bool,
}

impl<'e> Claim<'e> {
    /// What an entry of a record claims; `None` when the record has no such entry.
    pub(super) fn of(entry: &'e Entry, record: &'e Record, who: &Identities) -> Option<Self> {
        let statement = record
            .statements
            .iter()
            .find(|s| s.id.to_string() == entry.id);
        let added = entry.added_by.is_some();
        if !added && (entry.at.kind == EntryKind::Statement) != statement.is_some() {
            return None;
        }
        let words: Vec<String> = match statement {
            Some(s) => s.content.iter().flat_map(|c| folded(c.quote())).collect(),
            None if entry.at.kind == EntryKind::Commitment => folded(entry.rests_on().2),
            None => entry.words.iter().flat_map(|w| folded(w.quote())).collect(),
        };
        let parties = |all: &[Who]| all.iter().map(|w| party(w, record, who)).collect();
        let telling = words.iter().filter(|w| !is_function_word(w));
        let telling: BTreeSet<String> = telling.cloned().collect();
        let names = entry.by.iter().chain(&entry.to);
        let names = names.flat_map(|w| [&w.name].into_iter().chain(&w.also));
        let names: BTreeSet<String> = names.flat_map(|n| folded(n)).collect();
        let amounts = amounts(entry, statement, record);
        let denial = is_denial(entry, statement, record);
        let figures = amounts.iter().flat_map(|a| folded(a.span.quote()));
        Some(Self {
            figures: figures.collect(),
            more: is_more(entry, record),
            sums: sums(entry, &amounts),
            by: parties(&entry.by),
            to: parties(&entry.to),
            about: parties(&entry.about),
            word: parties(&entry.word),
            matter: telling.difference(&names).cloned().collect(),
            telling,
            words,
            affirmed: !denial && is_said_to_be_so(entry),
            denial,
            statement,
            entry,
            record,
        })
    }

    pub(super) const fn report(&self) -> &'e Report {
        &self.record.report
    }

    /// On whose word it stands, if it is no statement.
    pub(super) fn bases(&self) -> &'e [Basis] {
        bases(self.entry, self.record)
    }

    pub(super) const fn id(&self) -> &'e str {
        self.record.report.id.as_str()
    }

    /// Whether another entry claims the same: who says that it may be does not say that it is.
    pub(super) fn is_told_by(&self, other: &Self) -> bool {
        self.is_as_far_as(other)
            && self.entry.phase == other.entry.phase
            && self.is_of_the_matter_of(other)
    }

    /// Whether both have come as far, and are told as firmly.
    pub(super) fn is_as_far_as(&self, other: &Self) -> bool {
        self.affirmed == other.affirmed
            && self.entry.factuality.certainty == other.entry.factuality.certainty
            && self.entry.status == other.entry.status
    }

    /// Whether one of two is told as one more of its kind, and the other is not.
    pub(super) const fn is_another(&self, other: &Self) -> bool {
        self.more != other.more
    }

    /// Whether another entry claims that it is not so, and does not leave it open.
    pub(super) fn is_denied_by(&self, other: &Self) -> bool {
        let open = other.entry.factuality.certainty == Certainty::Unknown;
        // What somebody says and unsays in one report is the reader's to sort out.
        let own = self.id() == other.id() && is_same_side(&self.word, &other.word);
        if own && !self.word.is_empty() {
            return false;
        }
        let differ = self.affirmed != other.affirmed && !open;
        differ
            && ((self.is_of_the_matter_of(other) && self.is_the_step_of(other))
                || other.speaks_of(self))
    }

    /// Of commitments: whether both speak of one step. Who says that nothing will be sent denies
    /// that it was promised, not that it was asked for.
    fn is_the_step_of(&self, other: &Self) -> bool {
        use CommitmentStatus as S;
        let refused = |s: S| matches!(s, S::RuledOut | S::Declined);
        match (self.entry.status, other.entry.status) {
            (Some(a), Some(b)) if refused(a) != refused(b) => {
                let asked = |s: S| matches!(s, S::Requested | S::Opposed | S::UnderDiscussion);
                !asked(a) && !asked(b)
            }
            (a, b) => a == b,
        }
    }

    /// Whether two entries of one kind are about the same, be it so or not.
    fn is_of_the_matter_of(&self, other: &Self) -> bool {
        if self.entry.at.kind != other.entry.at.kind {
            return false;
        }
        if self.is_held_up_as(other) {
            return true;
        }
        let typed = self.entry.what == other.entry.what
            && is_same_side(&self.by, &other.by)
            && !self.by.is_empty()
            && (is_same_side(&self.to, &other.to) || self.to.is_empty() || other.to.is_empty());
        match self.entry.at.kind {
            EntryKind::Statement => self.is_of_the_words_of(other),
            EntryKind::Event => typed && self.shares_words(other, 1),
            EntryKind::Commitment if self.sums.is_empty() && other.sums.is_empty() => {
                typed && are_most(&self.matter, &other.matter, 1)
            }
            EntryKind::Commitment => {
                let ends = |c: &Self| -> BTreeSet<String> {
                    let words = c.matter.difference(&c.figures);
                    words.filter(|w| !is_sum_word(w)).cloned().collect()
                };
                let (a, b) = (ends(self), ends(other));
                // One sum for two ends is two sums.
                let apart = !a.is_empty() && !b.is_empty() && a.is_disjoint(&b);
                typed && !self.sums.is_disjoint(&other.sums) && !apart && !self.is_another(other)
            }
        }
    }

    /// Of commitments: whether both say that the same parties are late or hold back, in whatever
    /// words, and not of two sums: "the payment was delayed" denies "the money will come in June at the
    /// earliest".
    fn is_held_up_as(&self, other: &Self) -> bool {
        use CommitmentStatus as S;
        let held = |s| matches!(s, S::Delayed | S::Withheld | S::Suspended | S::Broken);
        let status = self.entry.status.filter(|s| held(*s));
        let given =
            |c: &Self| matches!(c.entry.what.as_str(), "aid" | "payment" | "sale" | "other");
        status.is_some()
            && status == other.entry.status
            && given(self)
            && given(other)
            && !self.by.is_empty()
            && is_same_side(&self.by, &other.by)
            && (is_same_side(&self.to, &other.to) || self.to.is_empty() || other.to.is_empty())
            && !differ(&self.sums, &other.sums)
    }

    /// Of statements: the same quotation of one speaker, or the same told of the same parties.
    fn is_of_the_words_of(&self, other: &Self) -> bool {
        if !is_same_side(&self.by, &other.by) {
            let told = !self.about.is_empty() && is_same_side(&self.about, &other.about);
            return told && self.shares_words(other, TELLING) && !self.is_turned(other);
        }
        if self.is_direct() && other.is_direct() {
            let (short, long) = if self.words.len() <= other.words.len() {
                (&self.words, &other.words)
            } else {
                (&other.words, &self.words)
            };
            return short.len() >= QUOTED && long.windows(short.len()).any(|w| w == short);
        }
        self.shares_words(other, TELLING) && !self.is_turned(other)
    }

    /// Whether one of two has words that turn what is said or leave it open, and the other has not:
    /// "will give", "will not give", "has withdrawn", "should give".
    fn is_turned(&self, other: &Self) -> bool {
        let turns = |c: &Self| -> BTreeSet<String> {
            let words = c.words.iter().filter(|w| is_turn(w));
            words.cloned().collect()
        };
        turns(self) != turns(other)
    }

    /// Whether most words that say something are the same, so many at least, and all numbers.
    fn shares_words(&self, other: &Self, least: usize) -> bool {
        let no_sums = self.sums.is_empty() && other.sums.is_empty();
        (no_sums || !self.sums.is_disjoint(&other.sums))
            && are_most(&self.telling, &other.telling, least)
    }

    /// Words that say something, but not how much.
    fn plain(&self) -> BTreeSet<String> {
        let words = self.telling.difference(&self.figures);
        let words = words.filter(|w| !w.contains(|c: char| c.is_ascii_digit()));
        words.cloned().collect()
    }

    /// Keys of which two claims have one in common if one may tell, deny or contradict the other.
    /// Two that have most words in common share one of the rarest of each (the prefix filter of
    /// Chaudhuri, Ganti and Kaushik, 2006); `rarity` gives the order.
    pub(super) fn keys(&self, rarity: impl Fn(&str) -> usize) -> Vec<String> {
        let rarest = |words: &BTreeSet<String>, tag: &str| -> Vec<String> {
            let mut all: Vec<&String> = words.iter().collect();
            all.sort_by_key(|w| (rarity(w), *w));
            let few = all.len() * (100 - SHARED) / 100 + 1;
            all.iter().take(few).map(|w| format!("{tag} {w}")).collect()
        };
        let mut out = rarest(&self.telling, "w");
        if self.entry.at.kind == EntryKind::Commitment {
            out.extend(rarest(&self.matter, "m"));
        }
        if !self.sums.is_empty() {
            out.extend(rarest(&self.plain(), "p"));
        }
        out.extend(
            self.sums
                .iter()
                .map(|(unit, value)| format!("s {unit} {value}")),
        );
        if self.is_direct() {
            let runs = self.words.windows(QUOTED);
            out.extend(runs.map(|run| format!("q {}", run.join(" "))));
        }
        // A denial holds all words of what it denies.
        if self.denial && self.statement.is_some() {
            out.extend(self.telling.iter().map(|w| format!("d {w}")));
        } else if let Some(rarest) = self.telling.iter().min_by_key(|w| (rarity(w), *w)) {
            out.push(format!("d {rarest}"));
        }
        out
    }

    /// Whether it is a quotation without a word that is not quoted.
    fn is_direct(&self) -> bool {
        self.statement
            .is_some_and(|s| s.quotation == Quotation::Direct)
    }

    /// Whether another tells it in the same words with another sum, and as firmly.
    pub(super) fn is_told_otherwise_by(&self, other: &Self) -> bool {
        let (a, b) = (self.entry, other.entry);
        let typed = a.at.kind == b.at.kind && a.what == b.what && a.status == b.status;
        let alike = self.affirmed && other.affirmed && a.factuality == b.factuality;
        // Of statements, it is the same that is told, whoever tells it.
        let sides = |c: &Self| {
            if c.statement.is_some() {
                c.about.clone()
            } else {
                c.by.clone()
            }
        };
        let between = !sides(self).is_empty()
            && is_same_side(&sides(self), &sides(other))
            && is_same_side(&self.to, &other.to);
        typed
            && alike
            && between
            && differ(&self.sums, &other.sums)
            && are_most(&self.plain(), &other.plain(), 1)
    }

    /// Whether two are one entry of two copies.
    pub(super) fn is_carried_by(&self, other: &Self) -> bool {
        let (a, b) = (self.entry, other.entry);
        a.at.kind == b.at.kind
            && a.at.anchor.what == b.at.anchor.what
            && a.what == b.what
            && self.sums == other.sums
            && self.words == other.words
    }

    /// Whether a statement speaks of what happened or is promised: of the same parties, in the
    /// same amount or in its words.
    fn speaks_of(&self, claim: &Self) -> bool {
        if self.statement.is_none() || claim.statement.is_some() || claim.by.is_empty() {
            return false;
        }
        let named = |party: &Party| {
            let mut here = self.about.iter().chain(&self.by);
            here.any(|p| !p.is_disjoint(party))
        };
        let matter = if claim.sums.is_empty() {
            claim.telling.len() >= TELLING && claim.telling.is_subset(&self.telling)
        } else {
            !claim.sums.is_disjoint(&self.sums)
        };
        matter && claim.by.iter().chain(&claim.to).all(named)
    }
}

/// Whether a commitment is told as one more: "another 20 million", "a further loan".
fn is_more(entry: &Entry, record: &Record) -> bool {
    const ALL: [&str; 6] = [
        "another",
        "further",
        "additional",
        "extra",
        "second",
        "more",
    ];
    if entry.at.kind != EntryKind::Commitment {
        return false;
    }
    let text = record.report.text.as_str();
    let before: String = text.chars().take(entry.rests_on().0 as usize).collect();
    let last = folded(before.rsplit(['.', '\n']).next().unwrap_or_default()).pop();
    let own = folded(entry.rests_on().2);
    // "More than 20 million" is no more than one sum.
    let bound = own.iter().any(|w| w == "than");
    let mut words = own.into_iter().take(4).chain(last);
    words.any(|w| ALL.contains(&w.as_str()) && !(w == "more" && bound))
}

/// Whether most words of two are the same, so many at least, and all numbers.
fn are_most(a: &BTreeSet<String>, b: &BTreeSet<String>, least: usize) -> bool {
    let number = |w: &&String| w.contains(|c: char| c.is_ascii_digit());
    let shared = a.intersection(b).count();
    a.iter().filter(number).eq(b.iter().filter(number))
        && shared >= least
        && shared * 100 >= a.union(b).count() * SHARED
}

/// Whether the same take part: each of one side is on the other.
pub(super) fn is_same_side(a: &[Party], b: &[Party]) -> bool {
    is_part_of(a, b) && is_part_of(b, a)
}

/// Whether each of one side is on the other too.
pub(super) fn is_part_of(a: &[Party], b: &[Party]) -> bool {
    a.iter().all(|p| b.iter().any(|q| !p.is_disjoint(q)))
}

/// Whether two know of different sums in one unit, and of none in common.
pub(super) fn differ(a: &Sums, b: &Sums) -> bool {
    let units = |s: &Sums| -> BTreeSet<String> { s.iter().map(|(u, _)| u.clone()).collect() };
    a.is_disjoint(b) && !units(a).is_disjoint(&units(b))
}

/// All that somebody is known by: the name, longer forms of it, ids, and who it is in other
/// reports.
pub(super) fn party(who: &Who, record: &Record, identities: &Identities) -> Party {
    let longer = who.also.iter().filter(|n| folded(n).len() > 1);
    let names = [&who.name].into_iter().chain(longer);
    let names = names.map(|n| folded(n).join(" "));
    let mut entities = record.entities.iter();
    let entity = entities.find(|e| e.name == who.name);
    let place = entity.and_then(|e| identities.place(&record.report.id, e.id));
    let place = place.map(|n| format!("#{n}"));
    names
        .chain(who.links.iter().cloned())
        .chain(place)
        .collect()
}

/// The amounts in the words of an entry; of a commitment, its own.
fn amounts<'r>(
    entry: &Entry,
    statement: Option<&Statement>,
    record: &'r Record,
) -> Vec<&'r Amount> {
    let words = statement.map_or(&entry.words, |s| &s.content);
    let within = |span: &Span| {
        let inside = |c: &Span| c.start() <= span.start() && span.end() <= c.end();
        words.iter().any(inside)
    };
    record.amounts.iter().filter(|a| within(&a.span)).collect()
}

/// How much it speaks of.
fn sums(entry: &Entry, amounts: &[&Amount]) -> Sums {
    if entry.at.kind == EntryKind::Commitment {
        let sums = entry.amounts.iter();
        return sums.map(|s| (s.unit.clone(), s.value.clone())).collect();
    }
    let mut out = BTreeSet::new();
    for amount in amounts {
        let unit = amount.currency.as_ref().or(amount.unit.as_ref());
        let stated = unit.map(|u| (u.clone(), amount.value.clone()));
        let restated = amount.restated.iter();
        out.extend(stated);
        out.extend(restated.map(|r| (r.currency.clone(), r.value.clone())));
    }
    out
}

/// Whether an entry is said to be so, and not refused.
fn is_said_to_be_so(entry: &Entry) -> bool {
    let refused = [CommitmentStatus::RuledOut, CommitmentStatus::Declined];
    entry.factuality.polarity == Polarity::Positive
        && entry.status.is_none_or(|s| !refused.contains(&s))
}

/// Whether an entry stands on denials alone.
fn is_denial(entry: &Entry, statement: Option<&Statement>, record: &Record) -> bool {
    if let Some(s) = statement {
        return s.cue.kind == CueKind::Deny;
    }
    let denial = |id: &StatementId| {
        let mut all = record.statements.iter();
        all.any(|s| s.id == *id && s.cue.kind == CueKind::Deny)
    };
    let voices = bases(entry, record).iter().filter_map(|b| match b {
        Basis::Reporter => None,
        Basis::Statement(id) => Some(id),
    });
    let mut voices = voices.peekable();
    voices.peek().is_some() && voices.all(denial)
}

/// On whose word an event or a commitment stands.
fn bases<'r>(entry: &Entry, record: &'r Record) -> &'r [Basis] {
    let event = record.events.iter().find(|v| v.id.to_string() == entry.id);
    if let Some(event) = event {
        return &event.basis;
    }
    let mut all = record.commitments.iter();
    all.find(|c| c.id.to_string() == entry.id)
        .map_or(&[], |c| &c.basis)
}
