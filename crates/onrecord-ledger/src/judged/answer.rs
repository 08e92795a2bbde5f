//! The answer that judgements come to: one for each entry.

use serde::{Deserialize, Serialize};

use crate::{Correction, EntryRef, Judgement, Verdict};

/// What judgements of an entry come to, as the ledger lays them over it: a later one counts, and
/// corrections add up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Answer {
    /// It is as the record says.
    Accepted,
    /// It is in the report, but otherwise.
    Corrected(Box<Correction>),
    /// It is not in the report.
    Rejected,
    /// It is the same thing as another entry.
    Merged {
        /// The entry that stands for both.
        into: EntryRef,
    },
}

impl Answer {
    /// What judgements that stand come to, oldest first; `None` when there is none, or notes alone.
    pub fn of<'j>(said: impl IntoIterator<Item = &'j Judgement>) -> Option<Self> {
        let mut hidden = None;
        let mut corrected: Option<Correction> = None;
        let mut answered = false;
        for j in said {
            match &j.verdict {
                // Who adds an entry says that it is in the report, as it is shown.
                Verdict::Accept | Verdict::Add(_) => hidden = None,
                Verdict::Reject => hidden = Some(Self::Rejected),
                Verdict::Merge { into } => hidden = Some(Self::Merged { into: into.clone() }),
                Verdict::Correct(c) => corrected.get_or_insert_default().add(c),
                _ => continue,
            }
            answered = true;
        }
        hidden
            .or(corrected.map(|c| Self::Corrected(Box::new(c))))
            .or(answered.then_some(Self::Accepted))
    }

    /// Its name: `accepted`, `corrected`, `rejected`, `merged`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Corrected(_) => "corrected",
            Self::Rejected => "rejected",
            Self::Merged { .. } => "merged",
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{Anchor, EntryKind};

    /// An entry to be judged.
    pub(in crate::judged) fn entry(kind: EntryKind, start: u32) -> EntryRef {
        EntryRef {
            report: "sha256:7".into(),
            kind,
            anchor: Anchor {
                start,
                end: start + 4,
                quote: "said".into(),
                what: "say".into(),
            },
        }
    }

    fn check(verdicts: &[Verdict], want: Option<&Answer>) {
        let said: Vec<Judgement> = verdicts
            .iter()
            .map(|verdict| Judgement {
                of: entry(EntryKind::Statement, 1),
                verdict: verdict.clone(),
                author: "Ann".into(),
                at: jiff::Timestamp::UNIX_EPOCH,
            })
            .collect();
        assert_eq!(Answer::of(&said).as_ref(), want, "{verdicts:?}");
    }

    #[test]
    fn later_words_count_and_corrections_add_up() {
        let note = Verdict::Note { text: "?".into() };
        check(&[], None);
        check(std::slice::from_ref(&note), None);
        check(&[Verdict::Accept, note], Some(&Answer::Accepted));
        check(&[Verdict::Accept, Verdict::Reject], Some(&Answer::Rejected));
        check(&[Verdict::Reject, Verdict::Accept], Some(&Answer::Accepted));
        let correct = |what: Option<&str>, time: Option<&str>| Correction {
            what: what.map(Into::into),
            time: time.map(Into::into),
            ..Correction::default()
        };
        let (first, second) = (
            correct(Some("tell"), Some("2031")),
            correct(None, Some("2032")),
        );
        check(
            &[
                Verdict::Correct(first),
                Verdict::Correct(second),
                Verdict::Accept,
            ],
            Some(&Answer::Corrected(Box::new(correct(
                Some("tell"),
                Some("2032"),
            )))),
        );
    }
}
