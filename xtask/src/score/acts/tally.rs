//! What is counted, passage by passage, and added up.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use super::super::reliability::Said;

/// A kind of entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Part {
    Commitments,
    Events,
    Statements,
}

impl Part {
    pub(super) const ALL: [Self; 3] = [Self::Commitments, Self::Events, Self::Statements];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Commitments => "commitments",
            Self::Events => "events",
            Self::Statements => "statements",
        }
    }
}

/// How much of an entry must be right.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Level {
    /// Its words.
    Found,
    /// And its status or type.
    Step,
    /// And kind, parties, polarity, certainty, phase, and on whose word it stands.
    Entry,
    /// And the object, amount, day and condition of a commitment.
    Full,
}

impl Level {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Step => "step",
            Self::Entry => "entry",
            Self::Full => "full",
        }
    }
}

/// Entries of one level.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Count {
    pub(super) right: usize,
    pub(super) read: usize,
    pub(super) gold: usize,
}

impl Count {
    pub(super) fn precision(self) -> f64 {
        share(self.right, self.read)
    }

    pub(super) fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// Nothing to find and nothing found is right.
    pub(super) fn f1(self) -> f64 {
        match self.read + self.gold {
            0 => 1.0,
            all => share(2 * self.right, all),
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// How many of some number.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Share {
    pub(super) part: usize,
    pub(super) of: usize,
}

impl Share {
    pub(super) fn value(self) -> f64 {
        share(self.part, self.of)
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.part += other.part;
        self.of += other.of;
    }
}

/// An entry that gold gives on somebody's word, and whether the record asserts it itself.
pub(super) const ASSERTED_WRONGLY: &str = "asserted_wrongly";

/// The counts of one passage, or of many.
#[derive(Clone, Default, Debug)]
pub(super) struct Tally {
    pub(super) passages: usize,
    pub(super) counts: BTreeMap<(Part, Level), Count>,
    /// Of the entries found, how often a field is right.
    pub(super) fields: BTreeMap<(Part, &'static str), Share>,
    /// False entries, of passages that have none.
    pub(super) quiet: BTreeMap<Part, Share>,
    /// Of each entry read, how sure it is and whether its step is right.
    pub(super) judged: BTreeMap<Part, Vec<Said>>,
}

impl Tally {
    /// Adds entries of a level.
    pub(super) fn count(&mut self, part: Part, level: Level, count: Count) {
        let sum = self.counts.entry((part, level)).or_default();
        sum.right += count.right;
        sum.read += count.read;
        sum.gold += count.gold;
    }

    /// Counts a field of an entry; returns whether it is right.
    pub(super) fn field(&mut self, part: Part, name: &'static str, right: bool) -> bool {
        *self.fields.entry((part, name)).or_default() += Share {
            part: usize::from(right),
            of: 1,
        };
        right
    }

    /// Counts the entries read in a passage that has none.
    pub(super) fn quiet(&mut self, part: Part, read: usize) {
        *self.quiet.entry(part).or_default() += Share { part: read, of: 1 };
    }

    /// Notes how sure an entry is, and whether its step is right.
    pub(super) fn judge(&mut self, part: Part, said: f64, right: bool) {
        // To the grid the record is written on: 0.9 is not 0.89999998.
        let said = (said * 100.0).round() / 100.0;
        self.judged.entry(part).or_default().push((said, right));
    }

    /// The sum of tallies.
    pub(super) fn sum<'t>(all: impl IntoIterator<Item = &'t Self>) -> Self {
        let mut out = Self::default();
        for tally in all {
            out.passages += tally.passages;
            for ((part, level), count) in &tally.counts {
                out.count(*part, *level, *count);
            }
            for (key, share) in &tally.fields {
                *out.fields.entry(*key).or_default() += *share;
            }
            for (part, share) in &tally.quiet {
                *out.quiet.entry(*part).or_default() += *share;
            }
            for (part, said) in &tally.judged {
                out.judged.entry(*part).or_default().extend(said);
            }
        }
        out
    }

    /// F1 of a level, where the part is annotated.
    pub(super) fn f1(&self, part: Part, level: Level) -> Option<f64> {
        self.counts.get(&(part, level)).map(|c| c.f1())
    }

    /// The share of borrowed words that the record asserts itself, commitments and events together.
    pub(super) fn asserted_wrongly(&self) -> f64 {
        let mut sum = Share::default();
        for part in [Part::Commitments, Part::Events] {
            sum += self
                .fields
                .get(&(part, ASSERTED_WRONGLY))
                .copied()
                .unwrap_or_default();
        }
        sum.value()
    }
}
