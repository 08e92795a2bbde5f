//! What an address asks of the ledger: the filters of `onrecord find`, under the names of its flags.

use jiff::civil::Date;
use onrecord::model::{CommitmentKind, CommitmentStatus, CueKind, EventType};
use onrecord_ledger::{Amounts, Days, EntryKind, Ledger, OnWhoseWord, Query, Show, Sort, Where};
use url::form_urlencoded::{Serializer, parse};

use crate::problem::Problem;

/// Entries on a page, and at most in one answer.
const PAGE: usize = 50;
const MOST: usize = 1000;

/// The filters, in the order in which a form shows them.
pub(crate) const FILTERS: [&str; 23] = [
    "words",
    "kind",
    "by",
    "to",
    "about",
    "on-word-of",
    "commitment-kind",
    "status",
    "event-type",
    "cue",
    "min-confidence",
    "from",
    "until",
    "when",
    "place",
    "near",
    "within",
    "amount",
    "currency",
    "outlet",
    "in-text",
    "report",
    "superseded",
];

/// What stands behind the question mark of an address; what is empty asks nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Filters(Vec<(String, String)>);

impl Filters {
    /// Reads them; `beside` are names that are known besides the filters.
    ///
    /// # Errors
    /// When one is not known, or given twice though it can hold one thing only.
    pub(crate) fn of(query: Option<&str>, beside: &[&str]) -> Result<Self, Problem> {
        let mut all: Vec<(String, String)> = Vec::new();
        for (name, value) in parse(query.unwrap_or_default().as_bytes()) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let known = FILTERS.contains(&name.as_ref()) || beside.contains(&name.as_ref());
            if !known {
                let known = FILTERS.iter().chain(beside);
                let known: Vec<&str> = known.copied().collect();
                return Err(Problem::field(
                    "query",
                    format_args!(
                        "`{}` is not known; write one of {}",
                        onrecord_page::clean(&name),
                        known.join(", ")
                    ),
                ));
            }
            match all.iter_mut().find(|(n, _)| *n == name) {
                Some((_, before)) => {
                    before.push(',');
                    before.push_str(value);
                }
                None => all.push((name.into_owned(), value.to_owned())),
            }
        }
        Ok(Self(all))
    }

    /// One of them.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    /// Whether nothing is asked by these names.
    pub(crate) fn lacks(&self, names: &[&str]) -> bool {
        self.0.iter().all(|(n, _)| !names.contains(&n.as_str()))
    }

    /// The same as it stands in an address, with some put in the place of what was there. Empty ones
    /// are left out.
    pub(crate) fn with(&self, others: &[(&str, &str)]) -> String {
        let kept = self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        let kept = kept.filter(|(n, _)| others.iter().all(|(o, _)| o != n));
        let put = others.iter().copied().filter(|(_, v)| !v.is_empty());
        let all: Vec<(&str, &str)> = kept.chain(put).collect();
        if all.is_empty() {
            return String::new();
        }
        format!(
            "?{}",
            Serializer::new(String::new()).extend_pairs(all).finish()
        )
    }

    /// The question. `limit` and `after` are those of a page of entries.
    ///
    /// # Errors
    /// When a filter holds what it cannot.
    pub(crate) fn query(&self) -> Result<Query, Problem> {
        let text = |name: &str| self.get(name).map(str::to_owned);
        Ok(Query {
            kinds: self.list("kind", kind)?,
            by: text("by"),
            to: text("to"),
            about: text("about"),
            events: self.list("event-type", |w| EventType::of(&w.to_uppercase()))?,
            commitments: self.list("commitment-kind", CommitmentKind::of)?,
            cues: self.list("cue", CueKind::of)?,
            statuses: self.list("status", |w| CommitmentStatus::of(&w.replace(' ', "_")))?,
            word: self.get("on-word-of").map(on_whose_word),
            min_confidence: self.confidence()?,
            published: Days {
                from: self.day("from")?,
                to: self.day("until")?,
            },
            time: self.days("when")?,
            place: self.place()?,
            amount: self.amount()?,
            outlet: text("outlet"),
            words: text("words"),
            text: text("in-text"),
            report: text("report"),
            show: Show {
                superseded: self.get("superseded").is_some(),
                ..Show::default()
            },
            sort: self.sort()?,
            after: text("after"),
            limit: self.limit()?,
            ..Query::default()
        })
    }

    fn list<T>(
        &self,
        name: &'static str,
        of: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, Problem> {
        let words = self.get(name).unwrap_or_default().split(',').map(str::trim);
        let words = words.filter(|w| !w.is_empty());
        let one = |w: &str| {
            of(w).ok_or_else(|| {
                let w = onrecord_page::clean(w);
                Problem::field(
                    name,
                    format_args!("`{w}` is not known; write {}", choices(name).join(", ")),
                )
            })
        };
        words.map(one).collect()
    }

    fn confidence(&self) -> Result<Option<f32>, Problem> {
        let Some(words) = self.get("min-confidence") else {
            return Ok(None);
        };
        let value: Option<f32> = words.parse().ok();
        let value = value.filter(|v| (0.0..=1.0).contains(v));
        let wrong = || Problem::field("min-confidence", "write a number from 0 to 1, as 0.8");
        value.map(Some).ok_or_else(wrong)
    }

    /// A day.
    pub(crate) fn day(&self, name: &'static str) -> Result<Option<Date>, Problem> {
        let day = |w: &str| {
            w.parse()
                .map_err(|_| Problem::field(name, "write a day as 2025-08-24"))
        };
        self.get(name).map(day).transpose()
    }

    fn days(&self, name: &'static str) -> Result<Days, Problem> {
        let Some((from, to)) = self.get(name).map(ends) else {
            return Ok(Days::default());
        };
        let wrong = |_| Problem::field(name, "write days as 2025-09-01..2025-09-30");
        Ok(Days {
            from: from.map(|w| w.parse().map_err(wrong)).transpose()?,
            to: to.map(|w| w.parse().map_err(wrong)).transpose()?,
        })
    }

    /// A country's name stands for all that lies in it.
    fn place(&self) -> Result<Option<Where>, Problem> {
        if let Some(name) = self.get("place") {
            let name = name.to_owned();
            return Ok(Some(match onrecord::country(&name) {
                Some(code) => Where::Country {
                    name,
                    code: code.to_owned(),
                },
                None => Where::Named(name),
            }));
        }
        let Some(near) = self.get("near") else {
            return Ok(None);
        };
        let number = |w: &str| w.trim().parse::<f64>().ok().filter(|n| n.is_finite());
        let point = near.split_once(',');
        let point = point.and_then(|(lat, lon)| number(lat).zip(number(lon)));
        let wrong = || Problem::field("near", "write degrees north and east, as 59.44,24.75");
        let (lat, lon) = point.ok_or_else(wrong)?;
        let wrong = || Problem::field("within", "with `near`, write kilometres, as 50");
        let km = self.get("within").and_then(number).ok_or_else(wrong)?;
        Ok(Some(Where::Within { lat, lon, km }))
    }

    fn amount(&self) -> Result<Option<Amounts>, Problem> {
        let range = self.get("amount").map(ends);
        let Some(unit) = self.get("currency") else {
            return match range {
                None => Ok(None),
                Some(_) => Err(Problem::field(
                    "currency",
                    "with `amount`, write a currency or unit, as EUR",
                )),
            };
        };
        let (least, most) = range.unwrap_or_default();
        let plain = |end: Option<&str>| end.is_none_or(|e| e.parse::<f64>().is_ok());
        if !plain(least) || !plain(most) {
            let how = "write plain numbers, as 1000000..5000000 or 1000000..";
            return Err(Problem::field("amount", how));
        }
        Ok(Some(Amounts {
            unit: unit.to_owned(),
            least: least.map(str::to_owned),
            most: most.map(str::to_owned),
        }))
    }

    fn sort(&self) -> Result<Sort, Problem> {
        match self.get("sort") {
            None | Some("newest") => Ok(Sort::Newest),
            Some("oldest") => Ok(Sort::Oldest),
            Some("largest") => Ok(Sort::Largest),
            Some("surest") => Ok(Sort::Surest),
            Some(_) => Err(Problem::field(
                "sort",
                "write newest, oldest, largest or surest",
            )),
        }
    }

    fn limit(&self) -> Result<usize, Problem> {
        let Some(words) = self.get("limit") else {
            return Ok(PAGE);
        };
        let limit = words.parse().ok().filter(|n| (1..=MOST).contains(n));
        limit.ok_or_else(|| Problem::field("limit", "write a number from 1 to 1000"))
    }
}

/// The question with its report by the id that the ledger knows it by.
///
/// # Errors
/// When there is no such report.
pub(crate) fn resolved(ledger: &Ledger, mut query: Query) -> Result<Query, Problem> {
    if let Some(words) = &query.report {
        let entry = words
            .rsplit_once(':')
            .filter(|(report, _)| *report != "sha256");
        let report = entry.map_or(words.as_str(), |(report, _)| report);
        query.report = Some(ledger.report(words).or_else(|_| ledger.report(report))?);
    }
    Ok(query)
}

/// What a filter that takes words of a list can hold.
pub(crate) fn choices(name: &str) -> Vec<&'static str> {
    match name {
        "kind" => vec!["statement", "event", "commitment"],
        "event-type" => EventType::ALL.iter().map(|t| t.as_str()).collect(),
        "commitment-kind" => CommitmentKind::ALL.iter().map(|k| k.as_str()).collect(),
        "cue" => CueKind::ALL.iter().map(|c| c.as_str()).collect(),
        "status" => CommitmentStatus::ALL.iter().map(|s| s.as_str()).collect(),
        _ => Vec::new(),
    }
}

fn kind(word: &str) -> Option<EntryKind> {
    match word {
        "statement" => Some(EntryKind::Statement),
        "event" => Some(EntryKind::Event),
        "commitment" => Some(EntryKind::Commitment),
        _ => None,
    }
}

fn on_whose_word(word: &str) -> OnWhoseWord {
    match word {
        "reporter" => OnWhoseWord::Reporter,
        "source" => OnWhoseWord::Source,
        name => OnWhoseWord::Named(name.to_owned()),
    }
}

/// Both ends of a range; one word is both.
fn ends(words: &str) -> (Option<&str>, Option<&str>) {
    let given = |end: &'_ str| !end.is_empty();
    match words.split_once("..") {
        Some((a, b)) => (Some(a).filter(|e| given(e)), Some(b).filter(|e| given(e))),
        None => (Some(words), Some(words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str) -> Result<Query, Problem> {
        Filters::of(Some(query), &["sort", "after", "limit"])?.query()
    }

    #[test]
    fn filters_have_the_names_of_the_flags() {
        let query = check("by=Noriega&kind=commitment&kind=event&status=not+ruled+out&from=2031-03-01&amount=5..&currency=USD").unwrap();
        assert_eq!(query.by.as_deref(), Some("Noriega"));
        assert_eq!(query.kinds, [EntryKind::Commitment, EntryKind::Event]);
        assert_eq!(query.statuses, [CommitmentStatus::NotRuledOut]);
        assert_eq!(query.amount.unwrap().least.as_deref(), Some("5"));
        assert_eq!(check("by=&to=+").unwrap(), Query::default());
    }

    #[test]
    fn what_cannot_be_asked_names_its_field() {
        for (query, field) in [
            ("kind=promise", "kind"),
            ("from=March", "from"),
            ("min-confidence=2", "min-confidence"),
            ("min-confidence=NaN", "min-confidence"),
            ("amount=5", "currency"),
            ("near=1,2", "within"),
            ("near=x&within=5", "near"),
            ("near=NaN,NaN&within=5", "near"),
            ("limit=0", "limit"),
            ("sort=best", "sort"),
            ("nonsense=1", "query"),
            ("when=March", "when"),
        ] {
            assert_eq!(check(query).unwrap_err().field, Some(field), "{query}");
        }
    }

    #[test]
    fn an_address_is_changed_and_kept() {
        let filters = Filters::of(Some("by=A%26B&sort=oldest"), &["sort"]).unwrap();
        assert_eq!(filters.with(&[("sort", "surest")]), "?by=A%26B&sort=surest");
        assert_eq!(filters.with(&[("sort", ""), ("by", "")]), "");
    }
}
