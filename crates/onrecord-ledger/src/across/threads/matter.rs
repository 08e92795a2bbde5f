//! What a commitment is about, and whether that of another could be the same.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{
    Commitment, CommitmentKind, CommitmentStatus, EntityKind, Polarity, Record, Span,
};

use crate::across::claim::{Claim, Party, Sums, is_part_of, is_same_side};
use crate::across::reports::Reports;
use crate::across::stories::is_function_word;
use crate::store::{Entry, EntryKind, first_day, folded};

/// Words that any commitment may have.
const COMMON: &str = "\
    accord additional agreed agreement aid amount announced arrangement assistance billion cash ceasefire contract \
    credit deal euro extra first fund funding further grant help instalment installment loan measure million \
    money more new offered pact package part payment peace plan pledge pledged programme program promise \
    promised remainder remaining rest sanction second series support than third thousand total treaty \
    trillion truce tranche understanding value worth";

/// Words behind "for" that are looked at.
const ENDS: usize = 5;
/// Days after which something is of another time.
const LONG: i32 = 3 * 366;
/// Words of their own that two paragraphs must have in common.
const OWN: usize = 2;

/// Why two commitments are of one thread, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Tie {
    /// They stand in copies of one report.
    Copy,
    /// One is told as a part of the other, or both of one whole.
    Part,
    /// They are of one sum.
    Sum,
    /// One report tells that the one took the place of the other.
    Raise,
    /// They are of the same words.
    Words,
    /// They are told of beside the same words.
    Beside,
}

/// What an entry claims, and what of its words is its own.
pub(super) struct Matter<'e> {
    pub(super) claim: Claim<'e>,
    /// Of what is promised.
    own: BTreeSet<String>,
    /// Of the paragraph it stands in.
    beside: BTreeSet<String>,
    /// All sums that commitments of its report are of.
    here: Sums,
    /// The words of the larger thing it is part of.
    whole: Option<&'e Span>,
    /// Whether that is a promise, and no agreement that settles several: "the first of 150 million" of a
    /// grant, and not "an agreement under which Oslo will provide 400 million".
    part: bool,
}

impl<'e> Matter<'e> {
    /// Those of all entries whose records are there.
    pub(super) fn all(entries: &'e [Entry], reports: &Reports<'e>) -> Vec<Self> {
        let mut here: BTreeMap<&str, Sums> = BTreeMap::new();
        let mut proses: BTreeMap<&str, Prose> = BTreeMap::new();
        let mut out = Vec::new();
        for entry in entries {
            let Some(claim) = reports.claim(entry) else {
                continue;
            };
            let report = entry.at.report.as_str();
            if entry.at.kind == EntryKind::Commitment {
                here.entry(report).or_default().extend(claim.sums.clone());
            }
            let prose = proses
                .entry(report)
                .or_insert_with(|| Prose::of(claim.record));
            let sides = sides(entry, claim.record);
            let (from, to, _) = entry.rests_on();
            let (start, end) = prose.paragraph(from);
            let whole = whole(entry, claim.record);
            out.push(Self {
                own: prose.words(from, prose.end_of(to), &sides),
                beside: prose.words(start, end, &sides),
                here: Sums::new(),
                whole,
                part: whole.is_some_and(|w| !is_agreement(w, claim.record)),
                claim,
            });
        }
        for matter in &mut out {
            matter.here = here.get(matter.claim.id()).cloned().unwrap_or_default();
        }
        out
    }

    /// Why two may be of one thread, if they may.
    pub(super) fn tie(&self, other: &Self, reports: &Reports<'_>) -> Option<Tie> {
        let (a, b) = (&self.claim, &other.claim);
        if !is_of_kind(&a.entry.what, &b.entry.what) || !self.is_between(other) {
            return None;
        }
        if self.is_copy_of(other, reports) {
            return Some(Tie::Copy);
        }
        if self.is_part_beside(other) || other.is_part_beside(self) {
            return Some(Tie::Part);
        }
        if self.is_raised_by(other) || other.is_raised_by(self) {
            return Some(Tie::Raise);
        }
        let parts = self.is_part() || other.is_part();
        // The second of two instalments is no second promise.
        if (a.is_another(b) && !parts) || self.is_long_before(other) || other.is_long_before(self) {
            return None;
        }
        let shared = shares(&self.own, &other.own);
        if self.is_for_another_end(other) {
            return None;
        }
        let near = self.beside.intersection(&other.beside).count();
        if !a.sums.is_disjoint(&b.sums) {
            return (shared || near > 0).then_some(Tie::Sum);
        }
        let whole = |s: &Sums| s.iter().any(|(_, v)| !v.is_empty());
        let told = |m: &Self| m.is_part() || is_doing(m.claim.entry.status);
        let part = told(self) || told(other);
        if whole(&a.sums) && whole(&b.sums) && !part {
            return None;
        }
        if shared {
            return Some(Tie::Words);
        }
        let bare = self.own.is_empty() || other.own.is_empty();
        // Two of one report are two, unless their words say that they are one.
        (bare && near >= OWN && a.id() != b.id()).then_some(Tie::Beside)
    }

    /// Whether it is told as a part of something larger: an instalment, "the rest".
    pub(super) const fn is_part(&self) -> bool {
        self.part
    }

    /// Whether one report tells it as a part of the other, or as the other's fellow.
    fn is_part_beside(&self, other: &Self) -> bool {
        let (start, end, _) = other.claim.entry.rests_on();
        let within = |whole: &Span| whole.start() < end && start < whole.end();
        let fellow = |whole: &Span| other.whole.is_some_and(|o| o == whole);
        self.claim.id() == other.claim.id() && self.whole.is_some_and(|w| within(w) || fellow(w))
    }

    /// Whether one report tells that the other sum took this one's place.
    fn is_raised_by(&self, other: &Self) -> bool {
        let superseded =
            |m: &Self| m.claim.entry.status == Some(CommitmentStatus::Superseded) && !m.is_part();
        let new = !superseded(other) && !other.is_part() && !is_doing(other.claim.entry.status);
        let told = other.claim.entry.factuality.polarity == Polarity::Positive;
        self.claim.id() == other.claim.id()
            && superseded(self)
            && new
            && told
            && !other.claim.sums.is_empty()
            && !self.is_for_another_end(other)
    }

    /// Whether it names what was told before in its report by a word that any promise may have: "the
    /// grant".
    pub(super) fn is_told_back(&self) -> bool {
        let first = self.claim.entry.rests_on().2.split_whitespace().next();
        let definite = first.is_some_and(|w| {
            matches!(
                w.to_lowercase().as_str(),
                "the" | "this" | "that" | "it" | "its"
            )
        });
        let bare = definite && self.own.is_empty() && self.claim.sums.is_empty();
        bare || self.is_part() || self.claim.entry.status == Some(CommitmentStatus::Requested)
    }

    /// Whether it is told that a promise was raised, and not from what.
    pub(super) fn is_raised_from(&self, other: &Self) -> bool {
        let superseded = self.claim.entry.status == Some(CommitmentStatus::Superseded);
        let earlier = other.claim.report().day() < self.claim.report().day();
        superseded && self.claim.sums.is_empty() && earlier && !other.claim.sums.is_empty()
    }

    /// Whether it stands in the report of another, between the same, with a sum of its own.
    pub(super) fn is_told_before(&self, other: &Self) -> bool {
        let settled = self.claim.entry.status.is_some_and(is_promised);
        self.claim.id() == other.claim.id()
            && settled
            && !self.is_part()
            && !self.claim.sums.is_empty()
            && (other.is_part() || !self.claim.is_another(&other.claim))
            && !self.is_for_another_end(other)
            && is_of_kind(&self.claim.entry.what, &other.claim.entry.what)
            && self.is_between(other)
    }

    /// Whether both say what for, and have no word of it in common: one sum for two ends is two sums.
    pub(super) fn is_for_another_end(&self, other: &Self) -> bool {
        let both = !self.own.is_empty() && !other.own.is_empty();
        let parts = self.is_part() || other.is_part();
        both && !parts && !shares(&self.own, &other.own)
    }

    /// Whether it is told to have been years before the other was told of: a gift of long ago is no
    /// step of a pledge of today.
    fn is_long_before(&self, other: &Self) -> bool {
        let own = self.claim.entry.time.as_deref().and_then(first_day);
        let days = own.zip(other.claim.report().day());
        days.is_some_and(|(own, told)| (told - own).get_days() > LONG)
    }

    /// Days between the two reports; as many as can be where one has none.
    pub(super) fn days_to(&self, other: &Self) -> i32 {
        let days = self.claim.report().day().zip(other.claim.report().day());
        days.map_or(i32::MAX, |(a, b)| (a - b).get_days().abs())
    }

    /// Whether another is told of as one step with this one.
    pub(super) fn is_step_of(&self, other: &Self, reports: &Reports<'_>) -> bool {
        let (a, b) = (&self.claim, &other.claim);
        a.entry.status == b.entry.status
            && a.entry.factuality == b.entry.factuality
            && a.denial == b.denial
            && self.is_part() == other.is_part()
            && (!self.is_part() || self.is_of_sum_of(other))
            && reports.near(a, b)
    }

    /// Whether two parts are one: of one sum, or both of none.
    fn is_of_sum_of(&self, other: &Self) -> bool {
        let (a, b) = (&self.claim.sums, &other.claim.sums);
        !a.is_disjoint(b) || a.is_empty() && b.is_empty()
    }

    /// Whether a denial speaks of this step.
    pub(super) fn is_denied_by(&self, other: &Self, reports: &Reports<'_>) -> bool {
        reports.near(&self.claim, &other.claim) && self.claim.is_denied_by(&other.claim)
    }

    /// Whether the same are bound, and to the same as far as both say to whom. Of an agreement each
    /// party is bound to the other, and one of them alone may break it.
    fn is_between(&self, other: &Self) -> bool {
        let (a, b) = (&self.claim, &other.claim);
        if a.by.is_empty() || b.by.is_empty() {
            return !a.to.is_empty() && is_same_side(&a.to, &b.to);
        }
        match (is_mutual(a), is_mutual(b)) {
            (true, true) => is_part_of(&a.by, &b.by) || is_part_of(&b.by, &a.by),
            (true, false) => is_part_of(&parties(b), &a.by),
            (false, true) => is_part_of(&parties(a), &b.by),
            (false, false) => {
                let to = is_part_of(&a.to, &b.to) || is_part_of(&b.to, &a.to);
                let agreed = |c: &Claim| matches!(c.entry.what.as_str(), "agreement" | "ceasefire");
                let crossed = agreed(a) && agreed(b) && !a.to.is_empty();
                (is_same_side(&a.by, &b.by) && to)
                    || (crossed && is_same_side(&a.by, &b.to) && is_same_side(&a.to, &b.by))
            }
        }
    }

    /// Whether two stand in two copies of one report as the same, though they may differ in the sum.
    fn is_copy_of(&self, other: &Self, reports: &Reports<'_>) -> bool {
        let (a, b) = (&self.claim, &other.claim);
        let copies = a.id() != b.id() && reports.telling(a.id()) == reports.telling(b.id());
        let alike = a.entry.status == b.entry.status && a.entry.what == b.entry.what;
        // A sum that the other report has too is another commitment there.
        let only_here = a.sums.is_disjoint(&other.here) && b.sums.is_disjoint(&self.here);
        let same = !a.sums.is_disjoint(&b.sums) || a.sums == b.sums || only_here;
        copies && alike && same && (self.own == other.own || shares(&self.own, &other.own))
    }
}

/// Whether a claim binds several to each other.
fn is_mutual(c: &Claim) -> bool {
    c.to.is_empty() && c.by.len() > 1
}

fn parties(c: &Claim) -> Vec<Party> {
    c.by.iter().chain(&c.to).cloned().collect()
}

/// The sums of some matters that a commitment as a whole is of.
pub(super) fn sums<'m, 'e: 'm>(matters: impl Iterator<Item = &'m Matter<'e>>) -> Sums {
    let whole = matters.filter(|m| !m.is_part() && !is_doing(m.claim.entry.status));
    whole.flat_map(|m| m.claim.sums.iter().cloned()).collect()
}

/// Whether a status is of a promise that stands.
const fn is_promised(status: CommitmentStatus) -> bool {
    use CommitmentStatus as S;
    matches!(
        status,
        S::Announced | S::Agreed | S::AgreedInPrinciple | S::Signed | S::Authorized | S::Offered
    )
}

/// The words of the larger thing that a commitment is part of.
fn whole<'r>(entry: &Entry, record: &'r Record) -> Option<&'r Span> {
    if entry.at.kind != EntryKind::Commitment {
        return None;
    }
    let mut all = record.commitments.iter();
    let own = all.find(|c| c.id.to_string() == entry.id)?;
    own.part_of
        .as_ref()
        .filter(|_| own.status != CommitmentStatus::Superseded)
}

/// Whether words are those of an agreement that the record tells of.
fn is_agreement(words: &Span, record: &Record) -> bool {
    let agreed = |c: &&Commitment| {
        matches!(
            c.kind,
            CommitmentKind::Agreement | CommitmentKind::Ceasefire
        )
    };
    let mut told = record.commitments.iter().filter(agreed);
    told.any(|c| c.object.start() < words.end() && words.start() < c.object.end())
}

/// Whether a status may be told of a part: a tranche paid, a third withheld.
fn is_doing(status: Option<CommitmentStatus>) -> bool {
    use CommitmentStatus as S;
    matches!(
        status,
        Some(S::Allocated | S::UnderWay | S::Delivered | S::Delayed | S::Reduced | S::Withheld)
    )
}

/// Whether two kinds of commitments may be one, told in other words. Sanctions and ceasefires are
/// told as nothing else, but that a ceasefire is an agreement.
fn is_of_kind(a: &str, b: &str) -> bool {
    let given = |k: &str| !matches!(k, "sanction" | "ceasefire");
    let truce = |x: &str, y: &str| x == "ceasefire" && y == "agreement";
    a == b || (given(a) && given(b)) || truce(a, b) || truce(b, a)
}

/// Whether most of the words of the one that has fewer are the other's too.
fn shares(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let shared = a.intersection(b).count();
    shared > 0 && shared * 2 >= a.len().min(b.len())
}

/// The names of those who take part, where they stand in the text.
fn sides<'r>(entry: &Entry, record: &'r Record) -> Vec<&'r Span> {
    let all = entry.by.iter().chain(&entry.to);
    let names: BTreeSet<&str> = all.map(|w| w.name.as_str()).collect();
    let here = record.entities.iter();
    let here = here.filter(|e| names.contains(e.name.as_str()));
    here.flat_map(|e| e.mentions.iter().map(|m| &m.span))
        .collect()
}

/// A report's text without what says nothing of what is promised: the names and titles of people,
/// times, and words of saying.
struct Prose {
    letters: Vec<char>,
    /// Where paragraphs begin.
    paragraphs: Vec<u32>,
}

impl Prose {
    fn of(record: &Record) -> Self {
        let mut letters: Vec<char> = record.report.text.as_str().chars().collect();
        let breaks = letters.iter().zip(1..).filter(|(c, _)| **c == '\n');
        let paragraphs = [0].into_iter().chain(breaks.map(|(_, i)| i)).collect();
        let people = record
            .entities
            .iter()
            .filter(|e| e.kind == EntityKind::Person);
        let names = people.flat_map(|e| e.mentions.iter().map(|m| &m.span));
        let roles = record.entities.iter();
        let roles = roles.flat_map(|e| e.roles.iter().map(|r| &r.span));
        let times = record.times.iter().map(|t| &t.span);
        let cues = record.statements.iter().map(|s| &s.cue.span);
        let sums = record.amounts.iter().filter(|a| a.currency.is_some());
        let sums = sums.map(|a| &a.span);
        for span in names.chain(roles).chain(times).chain(cues).chain(sums) {
            let letters = letters.get_mut(span.start() as usize..span.end() as usize);
            letters.into_iter().flatten().for_each(|c| *c = ' ');
        }
        Self {
            letters,
            paragraphs,
        }
    }

    /// Where the words behind a place end that say what it is for: "to Belmar for boats" behind
    /// "48 million euros".
    fn end_of(&self, place: u32) -> u32 {
        let rest = self.letters.get(place as usize..).unwrap_or_default();
        let clause = rest
            .iter()
            .take_while(|c| !matches!(c, ',' | '.' | ';' | ':' | '\n' | '”' | '"'));
        let clause: String = clause.collect();
        let found = ["for", "over", "along"]
            .iter()
            .filter_map(|w| clause.find(&format!(" {w} ")));
        let Some(from) = found.min() else {
            return place;
        };
        let words = clause[from..].split_inclusive(' ').take(ENDS + 2);
        let words: usize = words.map(|w| w.chars().count()).sum();
        place + (clause[..from].chars().count() + words) as u32
    }

    /// From the line break before a place to the one behind it.
    fn paragraph(&self, at: u32) -> (u32, u32) {
        let next = self.paragraphs.partition_point(|start| *start <= at);
        let end = self.paragraphs.get(next).copied();
        let start = next.checked_sub(1).map_or(0, |i| self.paragraphs[i]);
        (start, end.unwrap_or(self.letters.len() as u32))
    }

    /// The words of a stretch that are no names of these, not common and no figures, in one number.
    fn words(&self, start: u32, end: u32, names: &[&Span]) -> BTreeSet<String> {
        let letters = self.letters.get(start as usize..end as usize);
        let mut kept = letters.unwrap_or_default().to_vec();
        for span in names {
            let from = span.start().max(start).saturating_sub(start) as usize;
            let to = span.end().min(end).saturating_sub(start) as usize;
            let letters = kept.get_mut(from..to);
            letters.into_iter().flatten().for_each(|c| *c = ' ');
        }
        let words = folded(&kept.iter().collect::<String>()).into_iter();
        let words = words.filter(|w| !is_function_word(w) && w.chars().all(char::is_alphabetic));
        let words = words.map(|w| singular(&w).to_owned());
        let common = |w: &String| COMMON.split_whitespace().any(|c| c == w);
        words
            .filter(|w| w.chars().count() > 2 && !common(w))
            .collect()
    }
}

/// Enough of English number to compare two words.
fn singular(word: &str) -> &str {
    let bare = word
        .strip_suffix('s')
        .filter(|b| b.len() > 2 && !b.ends_with('s'));
    bare.unwrap_or(word)
}
