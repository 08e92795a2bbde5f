//! The fields of an entry that a person may correct: what they hold as words, and the words read
//! again, refused where they are none of the field's.

use onrecord::model::{CommitmentKind, CommitmentStatus, CueKind, EventType};
use onrecord_ledger::{Correction, Entry, EntryKind, Sum, Who, is_time};

/// A field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Field {
    What,
    Status,
    By,
    To,
    About,
    Time,
    Amounts,
}

impl Field {
    pub(crate) const ALL: [Self; 7] = [
        Self::What,
        Self::Status,
        Self::By,
        Self::To,
        Self::About,
        Self::Time,
        Self::Amounts,
    ];

    /// The fields of a kind of entry.
    pub(super) fn of(kind: EntryKind) -> Vec<Self> {
        let has =
            |f: &Self| kind == EntryKind::Commitment || !matches!(f, Self::Status | Self::Amounts);
        Self::ALL.into_iter().filter(has).collect()
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Status => "status",
            Self::By => "by",
            Self::To => "to",
            Self::About => "about",
            Self::Time => "time",
            Self::Amounts => "amount",
        }
    }

    /// How to write it, where not one of a list of words.
    pub(super) const fn hint(self) -> &'static str {
        match self {
            Self::What | Self::Status => "",
            Self::By | Self::To | Self::About => "names, with `;` between them; empty for nobody",
            Self::Time => "as 2031-03-04, 2031-03, 2031-W12, 2031-Q1 or P3M; empty for none",
            Self::Amounts => "as USD 600000000; 40 engineers; empty for none",
        }
    }

    /// The words it may hold, where these are known.
    pub(super) fn allowed(self, kind: EntryKind) -> Vec<&'static str> {
        match (self, kind) {
            (Self::What, EntryKind::Statement) => CueKind::ALL.iter().map(|k| k.as_str()).collect(),
            (Self::What, EntryKind::Event) => EventType::ALL.iter().map(|k| k.as_str()).collect(),
            (Self::What, EntryKind::Commitment) => {
                CommitmentKind::ALL.iter().map(|k| k.as_str()).collect()
            }
            (Self::Status, _) => CommitmentStatus::ALL.iter().map(|s| s.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// The allowed words that begin as these do, in capitals or not.
    pub(super) fn beginning(self, kind: EntryKind, words: &str) -> Vec<&'static str> {
        let words = plain(words);
        let mut allowed = self.allowed(kind);
        allowed.retain(|a| plain(a).starts_with(&words));
        allowed
    }

    /// What it holds.
    pub(super) fn value(self, e: &Entry) -> String {
        let names = |who: &[Who]| {
            let names: Vec<&str> = who.iter().map(|w| w.name.as_str()).collect();
            names.join("; ")
        };
        match self {
            Self::What => e.what.clone(),
            Self::Status => e.status.map_or_else(String::new, |s| s.to_string()),
            Self::By => names(&e.by),
            Self::To => names(&e.to),
            Self::About => names(&e.about),
            Self::Time => e.time.clone().unwrap_or_default(),
            Self::Amounts => crate::find::plain_amounts(&e.amounts),
        }
    }

    /// What a correction says of it, for a person.
    pub(super) fn corrected(self, c: &Correction) -> Option<String> {
        let names = |names: &Option<Vec<String>>| names.as_ref().map(|n| n.join("; "));
        match self {
            Self::What => c.what.clone(),
            Self::Status => c.status.map(|s| s.to_string()),
            Self::By => names(&c.by),
            Self::To => names(&c.to),
            Self::About => names(&c.about),
            Self::Time => c.time.clone(),
            Self::Amounts => c.amounts.as_deref().map(crate::find::amounts),
        }
    }

    /// Reads what a person wrote, as it will be kept.
    ///
    /// # Errors
    /// With what to write instead.
    pub(super) fn read(self, kind: EntryKind, words: &str) -> Result<String, String> {
        let mut c = Correction::default();
        self.put(kind, words, &mut c)?;
        let plain = match (self, &c.amounts) {
            (Self::Amounts, Some(sums)) => Some(crate::find::plain_amounts(sums)),
            _ => self.corrected(&c),
        };
        Ok(plain.unwrap_or_default())
    }

    /// Puts what a person wrote into a correction.
    ///
    /// # Errors
    /// With what to write instead.
    pub(super) fn put(
        self,
        kind: EntryKind,
        words: &str,
        c: &mut Correction,
    ) -> Result<(), String> {
        let words = words.trim();
        match self {
            Self::What => c.what = Some(self.one_of(kind, words)?.to_owned()),
            Self::Status => c.status = CommitmentStatus::of(self.one_of(kind, words)?),
            Self::By => c.by = Some(listed(words)),
            Self::To => c.to = Some(listed(words)),
            Self::About => c.about = Some(listed(words)),
            Self::Time if words.is_empty() || is_time(words) => c.time = Some(words.to_owned()),
            Self::Time => return Err(format!("write a time {}", self.hint())),
            Self::Amounts => {
                let sums: Option<Vec<Sum>> = listed(words).iter().map(|s| sum(s)).collect();
                let sums = sums.ok_or_else(|| format!("write plain numbers {}", self.hint()))?;
                c.amounts = Some(sums);
            }
        }
        Ok(())
    }

    /// The one allowed word that is meant.
    fn one_of(self, kind: EntryKind, words: &str) -> Result<&'static str, String> {
        let near = self.beginning(kind, words);
        let whole = near.iter().find(|a| plain(a) == plain(words));
        match (whole, &near[..]) {
            (Some(word), _) | (None, [word]) if !words.is_empty() => Ok(word),
            (_, []) => Err(format!("write one of {}", self.allowed(kind).join(", "))),
            (_, near) => Err(format!("write one of {}", near.join(", "))),
        }
    }
}

fn plain(words: &str) -> String {
    words.trim().to_lowercase().replace([' ', '-'], "_")
}

fn listed(words: &str) -> Vec<String> {
    let parts = words.split(';').map(str::trim);
    parts.filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

/// `USD 600000000` or `40 engineers`.
fn sum(words: &str) -> Option<Sum> {
    let (first, rest) = words.split_once(char::is_whitespace)?;
    let rest = rest.trim();
    let (value, unit) = match decimal(first) {
        Some(value) => (value, rest),
        None => (decimal(rest)?, first),
    };
    Some(Sum::of(value, unit))
}

/// A number as it is kept: `4000000.5`; its digits may be written in threes with commas.
fn decimal(words: &str) -> Option<String> {
    let (whole, part) = words.split_once('.').unwrap_or((words, "0"));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let mut threes = whole.split(',');
    let first = threes.next()?;
    let grouped = threes.clone().next().is_none() || first.len() <= 3;
    let all = digits(first) && grouped && threes.all(|t| t.len() == 3 && digits(t));
    (all && digits(part)).then(|| words.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: Field, kind: EntryKind, words: &str, want: Option<&str>) {
        let got = field.read(kind, words);
        assert_eq!(got.as_deref().ok(), want, "{field:?} {words}: {got:?}");
    }

    #[test]
    fn words_of_a_list_may_be_begun() {
        use EntryKind::{Commitment, Event, Statement};
        check(Field::What, Statement, "den", Some("deny"));
        check(Field::What, Statement, "t", None);
        check(Field::What, Statement, "tell", Some("tell"));
        check(Field::What, Event, "assault", Some("ASSAULT"));
        check(Field::What, Event, "a", None);
        check(Field::What, Event, "", None);
        check(Field::What, Commitment, "warship", None);
        check(
            Field::Status,
            Commitment,
            "not ruled out",
            Some("not_ruled_out"),
        );
        check(Field::Status, Commitment, "agreed", Some("agreed"));
        let told = Field::What.read(Statement, "t").unwrap_err();
        assert_eq!(told, "write one of tell, threaten, think");
    }

    #[test]
    fn names_times_and_amounts_are_read_or_refused() {
        let kind = EntryKind::Commitment;
        check(Field::By, kind, " Ada Oko ;; Peru ", Some("Ada Oko; Peru"));
        check(Field::To, kind, "", Some(""));
        check(Field::Time, kind, "2031-03", Some("2031-03"));
        check(Field::Time, kind, "", Some(""));
        check(Field::Time, kind, "Tuesday", None);
        check(
            Field::Amounts,
            kind,
            "USD 6.5;40 engineers",
            Some("USD 6.5; 40 engineers"),
        );
        check(Field::Amounts, kind, "EUR 4000000", Some("EUR 4000000"));
        check(
            Field::Amounts,
            kind,
            "USD 1,600,000.5",
            Some("USD 1600000.5"),
        );
        for wrong in ["USD 600,00", "USD 6000,000", "USD ,600", "USD 1.5,000"] {
            check(Field::Amounts, kind, wrong, None);
        }
        check(Field::Amounts, kind, "lots", None);
    }

    #[test]
    fn only_commitments_have_a_status_and_amounts() {
        assert_eq!(Field::of(EntryKind::Event).len(), 5);
        assert_eq!(Field::of(EntryKind::Commitment).len(), 7);
    }
}
