//! The words of the tables: what a column is called, what it holds and what it means.
//!
//! One word for each thing: a name means the same in every table that has it, and has the same type
//! there, whether the table is printed, written as CSV or as Parquet. `onrecord schema --tables` prints
//! them.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field};

use crate::schema::{DIGITS, SCALE};

/// Where a column says what it means.
const SAYS: &str = "onrecord.says";
/// Where a column says that it holds an address.
const LINK: &str = "onrecord.link";

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// Words, or nothing.
    Text,
    /// Several words; in CSV with `; ` between.
    Texts,
    /// An address or a path.
    Link,
    /// A day of the calendar.
    Day,
    /// A decimal.
    Number,
    /// A whole number.
    Count,
    /// From 0 to 1.
    Share,
    /// Yes or no.
    Yes,
}

/// A word, what it holds and what it means.
type Word = (&'static str, Kind, &'static str);

/// What every flat table may be made of.
const WORDS: [Word; 42] = [
    // What it is.
    (
        "handle",
        Kind::Text,
        "the key of an entry in every table: the beginning of its report's id and its id there, as 3fa9c2d1:c1; of a thread, that of its first entry",
    ),
    (
        "what",
        Kind::Texts,
        "the kinds of commitments it is told as",
    ),
    (
        "object",
        Kind::Text,
        "what is promised, in the report's words",
    ),
    ("by", Kind::Texts, "who speaks, acts or is bound"),
    (
        "to",
        Kind::Texts,
        "to whom it is said, done or promised, or with whom",
    ),
    // How far.
    ("status", Kind::Text, "how far a commitment has come"),
    (
        "status_since",
        Kind::Text,
        "since when it has come so far, as TIMEX3 or EDTF: the time the step names, or else the day of the first report that tells it",
    ),
    (
        "status_since_day",
        Kind::Day,
        "the first day of `status_since`",
    ),
    (
        "certainty",
        Kind::Text,
        "how sure the source is: certain, probable, possible, unknown",
    ),
    (
        "polarity",
        Kind::Text,
        "whether it is said to be so (positive) or not to be so (negative)",
    ),
    // How much.
    (
        "promised",
        Kind::Number,
        "how much was promised, as it stands, in `unit`",
    ),
    (
        "delivered",
        Kind::Number,
        "how much of it is told to have been delivered, in `unit`; payments of different days are added",
    ),
    (
        "left",
        Kind::Number,
        "`promised` less `delivered`, worked out",
    ),
    (
        "unit",
        Kind::Text,
        "currency (ISO 4217) or unit of the sums beside it",
    ),
    (
        "qualifier",
        Kind::Text,
        "how a sum is bounded: exactly, about, nearly, at_least, more_than, less_than, up_to",
    ),
    (
        "amount_basis",
        Kind::Text,
        "whether a sum stands in the report's words (stated) or was worked out (computed)",
    ),
    ("currency_in", Kind::Text, "the currency that was asked for"),
    ("promised_in", Kind::Number, "`promised` in `currency_in`"),
    ("delivered_in", Kind::Number, "`delivered` in `currency_in`"),
    ("left_in", Kind::Number, "`left` in `currency_in`"),
    (
        "rate",
        Kind::Number,
        "how much of `currency_in` one of `unit` is",
    ),
    ("rate_day", Kind::Day, "the day of `rate`"),
    (
        "rate_source",
        Kind::Text,
        "whose rate it is: given by whoever asked, or the handle of the entry whose report states it",
    ),
    // When, on what condition.
    (
        "next_due",
        Kind::Text,
        "what falls due next, as TIMEX3 or EDTF",
    ),
    ("next_due_day", Kind::Day, "the last day of `next_due`"),
    (
        "overdue",
        Kind::Yes,
        "whether that day is over and no report tells that it was kept",
    ),
    (
        "condition",
        Kind::Text,
        "on what condition, in the report's words",
    ),
    // On whose word.
    ("on_the_word_of", Kind::Texts, "on whose word it stands"),
    (
        "independent_sources",
        Kind::Count,
        "how many independent sources stand behind it",
    ),
    (
        "denied_by",
        Kind::Texts,
        "who denies it; of a thread, with the step that is denied",
    ),
    (
        "contradicted",
        Kind::Yes,
        "whether somebody denies the status as it stands",
    ),
    // Where it stands.
    ("steps", Kind::Count, "steps of the thread"),
    (
        "reports",
        Kind::Count,
        "reports that tell it, copies among them",
    ),
    ("first_published", Kind::Day, "the day of the first report"),
    ("first_outlet", Kind::Text, "who carried the first report"),
    ("first_headline", Kind::Text, "the first report's headline"),
    (
        "first_link",
        Kind::Link,
        "the first report's address, or where it was found",
    ),
    ("last_published", Kind::Day, "the day of the last report"),
    ("last_outlet", Kind::Text, "who carried the last report"),
    ("last_headline", Kind::Text, "the last report's headline"),
    (
        "last_link",
        Kind::Link,
        "the last report's address, or where it was found",
    ),
    (
        "confidence",
        Kind::Share,
        "how sure the reader is, from 0 to 1",
    ),
];

/// The columns of a table, by their names.
pub(crate) fn columns(names: &[&str]) -> Vec<Field> {
    names.iter().map(|name| column(name)).collect()
}

fn column(name: &str) -> Field {
    let known = WORDS.iter().find(|(word, ..)| *word == name);
    let (_, kind, says) = known.expect("a table is made of known words");
    let texts = || DataType::List(Arc::new(Field::new("item", DataType::Utf8, false)));
    let (data, empty) = match kind {
        Kind::Text | Kind::Link => (DataType::Utf8, true),
        Kind::Texts => (texts(), false),
        Kind::Day => (DataType::Date32, true),
        Kind::Number => (DataType::Decimal128(DIGITS, SCALE), true),
        Kind::Count => (DataType::UInt32, true),
        Kind::Share => (DataType::Float32, true),
        Kind::Yes => (DataType::Boolean, false),
    };
    let mut about = HashMap::from([(SAYS.to_owned(), (*says).to_owned())]);
    if *kind == Kind::Link {
        about.insert(LINK.to_owned(), String::new());
    }
    Field::new(name, data, empty).with_metadata(about)
}

/// Whether a column holds an address.
pub(crate) fn is_link(field: &Field) -> bool {
    field.metadata().contains_key(LINK)
}
