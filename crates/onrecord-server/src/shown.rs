//! Entries as a page shows them: plain words, each name a link.

use onrecord::model::Factuality;
use onrecord_ledger::{Entry, EntryKind, Sum, quoted, short};
use onrecord_page::{clean, words};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What need not be escaped in a part of a path.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':');

/// Below this confidence the reader is said to be unsure.
const UNSURE: f32 = 0.5;

/// Words that lead somewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Link {
    /// The words; still to be escaped.
    pub(crate) text: String,
    /// Where they lead.
    pub(crate) to: String,
}

/// An entry.
pub(crate) struct Shown {
    /// By what it can be asked for.
    pub(crate) handle: String,
    /// Its words in their report.
    pub(crate) to: String,
    /// The CSS class of its kind.
    pub(crate) kind: &'static str,
    /// How far it has come, what happened, how it is put.
    pub(crate) how: String,
    /// Who says, does or is bound.
    pub(crate) by: Vec<Link>,
    /// To whom.
    pub(crate) whom: Vec<Link>,
    /// The words.
    pub(crate) words: String,
    /// How much.
    pub(crate) amounts: String,
    /// What else is told of it.
    pub(crate) details: Vec<String>,
    /// The day of the report.
    pub(crate) day: String,
    /// Who carried it.
    pub(crate) outlet: String,
    /// The headline.
    pub(crate) headline: String,
    /// Where a commitment is followed.
    pub(crate) thread: Option<String>,
    /// Whether the reader is unsure of it.
    pub(crate) unsure: bool,
}

impl Shown {
    /// As it is shown.
    pub(crate) fn of(e: &Entry) -> Self {
        let is_statement = e.at.kind == EntryKind::Statement;
        let word = e.reporter.then(|| "the reporter".to_owned()).into_iter();
        let word: Vec<String> = word.chain(e.word.iter().map(|w| clean(&w.name))).collect();
        let details = [
            e.phase.map(|p| words::phase(p).to_owned()),
            e.due.as_ref().map(|t| format!("due {}", words::time(t))),
            e.time
                .as_ref()
                .filter(|_| e.at.kind != EntryKind::Commitment)
                .map(|t| words::time(t)),
            (!is_statement && !word.is_empty())
                .then(|| format!("on the word of {}", words::listed(&word))),
            (!is_statement && e.factuality != Factuality::FACT)
                .then(|| words::firmness(e.factuality).to_owned()),
            e.superseded.then(|| "superseded".to_owned()),
            e.added_by
                .as_ref()
                .map(|who| format!("added by {}", clean(who))),
        ];
        Self {
            handle: e.handle(),
            to: place(&e.at.report, &e.id),
            kind: e.at.kind.as_str(),
            how: how(e),
            by: names(e.by.iter().map(|w| w.name.as_str())),
            whom: names(e.to.iter().map(|w| w.name.as_str())),
            words: clean(&quoted(&e.words)),
            amounts: sums(&e.amounts),
            details: details.into_iter().flatten().collect(),
            day: e
                .published
                .map_or_else(|| "undated".to_owned(), |d| d.to_string()),
            outlet: outlet(e),
            headline: e.headline.as_deref().map(clean).unwrap_or_default(),
            thread: is_followed(e).then(|| thread(&e.handle())),
            unsure: e.confidence < UNSURE,
        }
    }
}

/// Whether an entry has a thread: to a commitment that names nobody no other can be joined.
fn is_followed(e: &Entry) -> bool {
    e.at.kind == EntryKind::Commitment && !(e.by.is_empty() && e.to.is_empty())
}

/// Who carried the report; its agency where nobody else is named.
pub(crate) fn outlet(e: &Entry) -> String {
    let first = e.outlets.first().or(e.agency.as_ref());
    first.map(|o| clean(o)).unwrap_or_default()
}

/// A part of a path.
pub(crate) fn part(words: &str) -> String {
    utf8_percent_encode(words, PLAIN).to_string()
}

/// Where an entry's words stand.
pub(crate) fn place(report: &str, id: &str) -> String {
    format!("/report/{}#w-{}", part(short(report)), part(id))
}

/// Where a commitment is followed.
pub(crate) fn thread(handle: &str) -> String {
    format!("/thread/{}", part(handle))
}

/// Where it is told who bears a name.
pub(crate) fn who(name: &str) -> Link {
    Link {
        text: clean(name),
        to: format!("/who/{}", part(name)),
    }
}

/// Names, each with where it leads.
pub(crate) fn names<'n>(all: impl IntoIterator<Item = &'n str>) -> Vec<Link> {
    all.into_iter().map(who).collect()
}

/// How far a commitment has come, the type of an event, and how a source puts what it says.
fn how(e: &Entry) -> String {
    match (e.at.kind, e.status) {
        (_, Some(status)) => status.as_str().replace('_', " "),
        (EntryKind::Statement, None) => words::firmness(e.factuality).to_owned(),
        (..) => clean(&e.what.to_lowercase()),
    }
}

/// `EUR 90,000,000; 40 engineers`.
pub(crate) fn sums(all: &[Sum]) -> String {
    let one = |s: &Sum| sum(&s.value, &s.unit);
    all.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A sum with its unit: a currency stands before it.
pub(crate) fn sum(value: &str, unit: &str) -> String {
    let value = words::grouped(value);
    if is_currency(unit) {
        format!("{unit} {value}")
    } else {
        format!("{value} {}", clean(unit)).trim_end().to_owned()
    }
}

/// Whether a unit is the code of a currency.
pub(crate) fn is_currency(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_part_of_a_path() {
        let link = who("A/B ?#%<\u{202e}é");
        assert_eq!(link.to, "/who/A%2FB%20%3F%23%25%3C%E2%80%AE%C3%A9");
        assert_eq!(link.text, "A/B ?#%<é");
    }

    #[test]
    fn sums_are_grouped() {
        assert_eq!(sum("90000000", "EUR"), "EUR 90,000,000");
        assert_eq!(sum("40", "engineers"), "40 engineers");
    }
}
