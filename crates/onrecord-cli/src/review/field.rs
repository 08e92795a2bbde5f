//! The fields of an entry that a person may correct: what they hold as words, and the words read
//! again, refused where they are none of the field's.

use onrecord::model::{
    Certainty, CommitmentKind, CommitmentStatus, CueKind, EventType, Factuality, Polarity,
    Qualifier, Record, Span, Text,
};
use onrecord_ledger::{Correction, Entry, EntryKind, Sum, Who, is_time, stands};

use crate::words::firmness;

/// A field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Field {
    Words,
    What,
    Status,
    By,
    To,
    About,
    Source,
    Time,
    Due,
    Since,
    Amounts,
    Qualifier,
    Condition,
    Place,
    Firm,
}

/// What is known of the report that a field is read against.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Known {
    /// Names of the report, in all their forms.
    pub(crate) names: Vec<String>,
    /// Its text; none where it is not there.
    pub(crate) text: Option<Text>,
    /// Where the entry stands, in code points: of words that stand more than once those near it are
    /// meant.
    pub(crate) near: u32,
}

impl Known {
    /// Of a report.
    pub(crate) fn of(record: &Record) -> Self {
        Self {
            names: names(record),
            text: Some(record.report.text.clone()),
            near: 0,
        }
    }

    /// Words where they stand.
    fn stand(&self, words: &str) -> Result<Span, String> {
        let text = self.text.as_ref();
        let found = text.and_then(|text| stands(text, words, self.near));
        found.ok_or_else(|| {
            format!("the report has no words `{words}`; write them as they stand there")
        })
    }
}

/// What a report calls those it names.
fn names(record: &Record) -> Vec<String> {
    let entities = record.entities.iter();
    let forms = entities.flat_map(|e| {
        let mentions = e.mentions.iter().map(|m| m.span.quote());
        let names = [e.name.as_str()].into_iter();
        names
            .chain(e.aliases.iter().map(String::as_str))
            .chain(mentions)
    });
    let mut forms: Vec<String> = forms.map(str::to_owned).collect();
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// How firmly something can be said, each way once.
fn firmly() -> impl Iterator<Item = Factuality> {
    let all = Certainty::ALL.iter().flat_map(|certainty| {
        let both = Polarity::ALL.iter();
        both.map(|polarity| Factuality {
            certainty: *certainty,
            polarity: *polarity,
        })
    });
    // What is left open is neither so nor not so.
    all.filter(|f| (f.certainty, f.polarity) != (Certainty::Unknown, Polarity::Negative))
}

impl Field {
    pub(crate) const ALL: [Self; 15] = [
        Self::What,
        Self::Status,
        Self::By,
        Self::To,
        Self::About,
        Self::Source,
        Self::Time,
        Self::Due,
        Self::Since,
        Self::Amounts,
        Self::Qualifier,
        Self::Condition,
        Self::Place,
        Self::Firm,
        Self::Words,
    ];

    /// The fields of a kind of entry.
    pub(crate) fn of(kind: EntryKind) -> Vec<Self> {
        let of_commitments = kind == EntryKind::Commitment;
        let has = |f: &Self| match f {
            Self::Status
            | Self::Due
            | Self::Since
            | Self::Amounts
            | Self::Qualifier
            | Self::Condition => of_commitments,
            Self::Time | Self::Place => !of_commitments,
            // Of a statement, whose word it is who speaks.
            Self::Source => kind != EntryKind::Statement,
            _ => true,
        };
        Self::ALL.into_iter().filter(has).collect()
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Status => "status",
            Self::By => "by",
            Self::To => "to",
            Self::About => "about",
            Self::Source => "source",
            Self::Time => "time",
            Self::Due => "due",
            Self::Since => "since",
            Self::Amounts => "amount",
            Self::Qualifier => "bound",
            Self::Condition => "if",
            Self::Place => "place",
            Self::Firm => "firm",
            Self::Words => "words",
        }
    }

    /// How to write it, where not one of a list of words.
    pub(super) const fn hint(self) -> &'static str {
        match self {
            Self::What | Self::Status | Self::Qualifier | Self::Firm => "",
            Self::By | Self::To | Self::About | Self::Place => {
                "names, with `;` between them; empty for nobody"
            }
            Self::Source => "names, with `;` between them; empty for the report itself",
            Self::Time | Self::Due | Self::Since => {
                "as 2031-03-04, 2031-03, 2031-W12, 2031-Q1 or P3M; empty for none"
            }
            Self::Amounts => "as USD 600000000; 40 engineers; empty for none",
            Self::Condition => "words of the report; empty for none",
            Self::Words => "words of the report, as they stand there",
        }
    }

    /// Whether it holds names of people.
    pub(super) const fn is_of_people(self) -> bool {
        matches!(self, Self::By | Self::To | Self::About | Self::Source)
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
            (Self::Qualifier, _) => Qualifier::ALL.iter().map(|q| q.as_str()).collect(),
            (Self::Firm, _) => firmly().map(firmness).collect(),
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
            // Without an own voice, the report itself says so.
            Self::Source => names(if e.reporter { &[] } else { &e.word }),
            Self::Time => e.time.clone().unwrap_or_default(),
            Self::Due => e.due.clone().unwrap_or_default(),
            Self::Since => e.since.clone().unwrap_or_default(),
            Self::Amounts => crate::find::plain_amounts(&e.amounts),
            Self::Qualifier => {
                let bound = e.amounts.first().and_then(|s| s.qualifier);
                bound.map_or_else(String::new, |q| q.to_string())
            }
            Self::Condition => one_line(e.condition.as_deref().unwrap_or_default()),
            Self::Place => {
                let places: Vec<&str> = e.places.iter().map(|p| p.name.as_str()).collect();
                places.join("; ")
            }
            Self::Firm => firmness(e.factuality).to_owned(),
            Self::Words => one_line(e.rests_on().2),
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
            Self::Source => names(&c.source),
            Self::Time => c.time.clone(),
            Self::Due => c.due.clone(),
            Self::Since => c.since.clone(),
            Self::Amounts => c.amounts.as_deref().map(crate::find::amounts),
            Self::Qualifier => c.qualifier.map(|q| q.to_string()),
            Self::Condition => c.condition.as_deref().map(one_line),
            Self::Place => names(&c.place),
            Self::Firm => c.factuality.map(|f| firmness(f).to_owned()),
            Self::Words => c.words.as_ref().map(|w| one_line(w.quote())),
        }
    }

    /// Reads what a person wrote, as it will be kept.
    ///
    /// # Errors
    /// With what to write instead.
    pub(super) fn read(
        self,
        kind: EntryKind,
        words: &str,
        known: &Known,
    ) -> Result<String, String> {
        let mut c = Correction::default();
        self.put(kind, words, known, &mut c)?;
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
    pub(crate) fn put(
        self,
        kind: EntryKind,
        words: &str,
        known: &Known,
        c: &mut Correction,
    ) -> Result<(), String> {
        let words = words.trim();
        match self {
            Self::What => c.what = Some(self.one_of(kind, words)?.to_owned()),
            Self::Status => c.status = CommitmentStatus::of(self.one_of(kind, words)?),
            Self::By => c.by = Some(listed(words)),
            Self::To => c.to = Some(listed(words)),
            Self::About => c.about = Some(listed(words)),
            Self::Source => c.source = Some(listed(words)),
            Self::Place => c.place = Some(listed(words)),
            Self::Time => c.time = Some(self.time(words)?),
            Self::Due => c.due = Some(self.time(words)?),
            Self::Since => c.since = Some(self.time(words)?),
            Self::Qualifier => c.qualifier = Qualifier::of(self.one_of(kind, words)?),
            Self::Firm => {
                let word = self.one_of(kind, words)?;
                c.factuality = firmly().find(|f| firmness(*f) == word);
            }
            Self::Condition if words.is_empty() => c.condition = Some(String::new()),
            Self::Condition => c.condition = Some(known.stand(words)?.quote().to_owned()),
            Self::Words => c.words = Some(known.stand(words)?),
            Self::Amounts => {
                let sums: Option<Vec<Sum>> = listed(words).iter().map(|s| sum(s)).collect();
                let sums = sums.ok_or_else(|| format!("write plain numbers {}", self.hint()))?;
                c.amounts = Some(sums);
            }
        }
        Ok(())
    }

    fn time(self, words: &str) -> Result<String, String> {
        if words.is_empty() || is_time(words) {
            return Ok(words.to_owned());
        }
        Err(format!("write a time {}", self.hint()))
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

/// Words without the breaks of their lines.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
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

    fn known() -> Known {
        Known {
            text: Some(Text::new("If Ada’s boat\nsails, Peru pays if it must.")),
            near: 20,
            ..Known::default()
        }
    }

    fn check(field: Field, kind: EntryKind, words: &str, want: Option<&str>) {
        let got = field.read(kind, words, &known());
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
        let told = Field::What.read(Statement, "t", &known()).unwrap_err();
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
    fn words_are_those_of_the_report() {
        let kind = EntryKind::Commitment;
        check(
            Field::Words,
            kind,
            "Ada's boat sails",
            Some("Ada’s boat sails"),
        );
        check(Field::Words, kind, "", None);
        check(Field::Words, kind, "Ada’s boats", None);
        check(Field::Condition, kind, "if it must", Some("if it must"));
        check(Field::Condition, kind, "", Some(""));
        check(Field::Condition, kind, "if it may", None);
        let mut c = Correction::default();
        let put = Field::Words.put(kind, "if it must", &known(), &mut c);
        let words = c.words.unwrap();
        assert_eq!((put, words.start(), words.end()), (Ok(()), 31, 41));
        let told = Field::Words.read(kind, "boats", &known()).unwrap_err();
        assert!(told.contains("no words `boats`"), "{told}");
    }

    #[test]
    fn terms_are_read_or_refused() {
        let kind = EntryKind::Commitment;
        check(Field::Due, kind, "2031-Q1", Some("2031-Q1"));
        check(Field::Since, kind, "soon", None);
        check(Field::Qualifier, kind, "at l", Some("at_least"));
        check(Field::Firm, kind, "denies", Some("denies"));
        check(Field::Firm, kind, "says it may", Some("says it may"));
        check(Field::Firm, kind, "says", None);
        check(Field::Source, kind, "Ada;Bo", Some("Ada; Bo"));
        assert_eq!(Field::Firm.allowed(kind).len(), 7);
    }

    #[test]
    fn each_kind_has_its_fields() {
        let has = |kind, field| Field::of(kind).contains(&field);
        for field in [Field::Status, Field::Due, Field::Condition, Field::Source] {
            assert!(has(EntryKind::Commitment, field) && !has(EntryKind::Statement, field));
        }
        assert!(has(EntryKind::Event, Field::Source) && has(EntryKind::Event, Field::Time));
        assert!(EntryKind::ALL.iter().all(|kind| has(*kind, Field::Words)));
    }
}
