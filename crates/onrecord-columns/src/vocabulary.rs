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
const WORDS: [Word; 123] = [
    (
        "handle",
        Kind::Text,
        "the key of an entry in every table: the beginning of its report's id and its id there, as 3fa9c2d1:c1; of a thread, that of its first entry",
    ),
    ("report", Kind::Text, "the report's id, sha256 of its text"),
    (
        "location",
        Kind::Link,
        "where the report was found: an address, or a path",
    ),
    (
        "link",
        Kind::Link,
        "the report's own address, or else where it was found",
    ),
    (
        "outlet",
        Kind::Text,
        "who carried the report; of several, the first",
    ),
    (
        "outlets",
        Kind::Texts,
        "all who carried the report, first to last",
    ),
    (
        "agency",
        Kind::Text,
        "the agency that wrote the report, where it names one",
    ),
    ("published", Kind::Day, "the day the report was published"),
    ("headline", Kind::Text, "the report's headline"),
    (
        "own_id",
        Kind::Text,
        "what the report is called where it came from: a table's id, a feed's GUID",
    ),
    (
        "own_ids",
        Kind::Texts,
        "`own_id` of each report that tells it",
    ),
    (
        "authors",
        Kind::Texts,
        "who signed the report, where that stands outside its text",
    ),
    (
        "language",
        Kind::Text,
        "the language of the report, as a BCP 47 tag",
    ),
    ("filed", Kind::Text, "when it was filed, RFC 3339"),
    ("kind", Kind::Text, "statement, event or commitment"),
    (
        "id",
        Kind::Text,
        "the entry's id in its record, as c1; not steady when the report is read anew",
    ),
    (
        "what",
        Kind::Text,
        "the kind of cue of a statement, the type of an event (PLOVER), the kind of a commitment",
    ),
    (
        "kinds",
        Kind::Texts,
        "the kinds of commitments a thread is told as, as `what` has them",
    ),
    ("status", Kind::Text, "how far a commitment has come"),
    (
        "cue",
        Kind::Text,
        "the words that carry it: of a statement that somebody says so, of a commitment how far it has come",
    ),
    ("cue_lemma", Kind::Text, "the dictionary form of `cue`"),
    ("trigger", Kind::Text, "the words that name an event"),
    (
        "phase",
        Kind::Text,
        "whether an event is to come, under way, prevented or only supposed",
    ),
    (
        "firmness",
        Kind::Text,
        "`certainty` and `polarity` in words: how the source puts it",
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
    (
        "denial",
        Kind::Yes,
        "whether a step stands on denials alone",
    ),
    ("by", Kind::Texts, "who speaks, acts or is bound"),
    (
        "by_countries",
        Kind::Texts,
        "ISO 3166 alpha-3 codes of `by`",
    ),
    (
        "to",
        Kind::Texts,
        "to whom it is said, done or promised, and with whom",
    ),
    (
        "to_countries",
        Kind::Texts,
        "ISO 3166 alpha-3 codes of `to`",
    ),
    (
        "with",
        Kind::Texts,
        "of `to`, the other party of a commitment, who is not bound itself",
    ),
    ("about", Kind::Texts, "who and what it speaks of"),
    ("role", Kind::Text, "in what office somebody speaks"),
    (
        "source_kind",
        Kind::Text,
        "whether a source is named, not named, a group or a document: named, not named, groups, documents",
    ),
    (
        "reporter",
        Kind::Yes,
        "whether it stands in the report's own voice",
    ),
    ("on_the_word_of", Kind::Texts, "on whose word it stands"),
    (
        "name",
        Kind::Text,
        "what somebody or something, or a search, is called",
    ),
    (
        "entity_kind",
        Kind::Text,
        "person, organisation, state and so on",
    ),
    ("also", Kind::Texts, "other forms of the name"),
    ("roles", Kind::Texts, "offices that the report names"),
    ("country", Kind::Text, "ISO 3166 alpha-3"),
    (
        "links",
        Kind::Texts,
        "ids in other registers, as wikidata:Q42",
    ),
    (
        "identity",
        Kind::Text,
        "who it is across reports: the same for all who are one; by report and name where they first appear",
    ),
    ("mentions", Kind::Count, "how often the report names it"),
    (
        "object",
        Kind::Text,
        "what is promised, in the report's words",
    ),
    (
        "amount",
        Kind::Number,
        "how much, in `unit`: the sum as the report states it",
    ),
    (
        "unit",
        Kind::Text,
        "currency (ISO 4217) or unit of the sums beside it",
    ),
    (
        "qualifier",
        Kind::Text,
        "how the sum is bounded: exactly, about, nearly, at_least, more_than, less_than, up_to",
    ),
    (
        "amount_basis",
        Kind::Text,
        "whether the sum stands in the report's words (stated) or was worked out (computed)",
    ),
    (
        "amounts",
        Kind::Texts,
        "the sum in each currency that is stated or worked out, as EUR 90000000",
    ),
    ("percent", Kind::Text, "a percentage beside the sum"),
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
    ("currency_in", Kind::Text, "the currency that was asked for"),
    ("promised_in", Kind::Number, "`promised` in `currency_in`"),
    ("delivered_in", Kind::Number, "`delivered` in `currency_in`"),
    ("left_in", Kind::Number, "`left` in `currency_in`"),
    (
        "exchange_rate",
        Kind::Number,
        "how much of `currency_in` one of `unit` is",
    ),
    ("exchange_rate_day", Kind::Day, "the day of `exchange_rate`"),
    (
        "exchange_rate_source",
        Kind::Text,
        "whose rate it is: given by whoever asked, or the handle of the entry whose report states it",
    ),
    (
        "day",
        Kind::Day,
        "the day a row stands under: an event's own, else that of the first report that tells it",
    ),
    (
        "time",
        Kind::Text,
        "its own time, as TIMEX3 or EDTF: of the saying, of the event, until or since when",
    ),
    ("time_day", Kind::Day, "`time`, where it is a day"),
    (
        "due",
        Kind::Text,
        "until when a commitment is to be kept, as TIMEX3 or EDTF",
    ),
    ("due_day", Kind::Day, "the last day of `due`"),
    (
        "since",
        Kind::Text,
        "since when it is as it is, as TIMEX3 or EDTF",
    ),
    ("since_day", Kind::Day, "the first day of `since`"),
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
    (
        "part_of",
        Kind::Text,
        "the larger thing it is part of, in the report's words",
    ),
    (
        "place",
        Kind::Texts,
        "where; where it has no place of its own, the places its words name",
    ),
    (
        "words",
        Kind::Text,
        "its own words in the order of the text, with … between stretches",
    ),
    (
        "quotation",
        Kind::Text,
        "whether a statement is a direct quotation, quoted in part, or told in other words",
    ),
    (
        "line",
        Kind::Count,
        "the line of the report's text its words begin in, from 1",
    ),
    (
        "start",
        Kind::Count,
        "first code point, in the report's text from 0, of the words it is known by: a statement's content, an event's trigger, a commitment's object",
    ),
    (
        "end",
        Kind::Count,
        "one past the last code point of those words",
    ),
    (
        "offsets",
        Kind::Texts,
        "first code point, and one past the last, of each stretch of `words`, in the report's text from 0, as 143-184",
    ),
    (
        "confidence",
        Kind::Share,
        "how sure the reader is, from 0 to 1",
    ),
    (
        "superseded",
        Kind::Yes,
        "whether a later version of the report took its place",
    ),
    (
        "judged",
        Kind::Count,
        "how often people said something of it",
    ),
    (
        "reports",
        Kind::Count,
        "reports that tell it, copies among them",
    ),
    (
        "copies",
        Kind::Count,
        "how many of `reports` only carry what another of them tells",
    ),
    ("sources", Kind::Texts, "the independent sources behind it"),
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
        "otherwise",
        Kind::Text,
        "other sums that reports tell in its place",
    ),
    (
        "contradicted",
        Kind::Yes,
        "whether somebody denies the status as it stands",
    ),
    (
        "thread",
        Kind::Text,
        "the handle of the thread a commitment belongs to",
    ),
    ("steps", Kind::Count, "steps of the thread"),
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
        "older",
        Kind::Text,
        "the id of a report that a later version took the place of",
    ),
    ("newer", Kind::Text, "the id of the later version"),
    (
        "verdict",
        Kind::Text,
        "what a person says of an entry: accept, reject, correct, merge, note, withdraw",
    ),
    ("said", Kind::Text, "what a search asks, as JSON"),
    ("author", Kind::Text, "who says it"),
    (
        "new",
        Kind::Count,
        "entries that came since a search was last looked at",
    ),
    (
        "copy_of",
        Kind::Link,
        "the report whose words it carries: its id, or where it was found",
    ),
    (
        "kept",
        Kind::Share,
        "how much of the words of `copy_of` it kept, from 0 to 1",
    ),
    (
        "own_words",
        Kind::Share,
        "how much of its words does not stand in `copy_of`, from 0 to 1",
    ),
    (
        "edits",
        Kind::Texts,
        "what it did to `copy_of`: verbatim, retitled, updated, cut_inside and so on",
    ),
    (
        "change",
        Kind::Text,
        "what is another in the newer version: headline, a kind of fact, or an entry that is new, gone or altered",
    ),
    ("was", Kind::Text, "what the older version has"),
    ("now", Kind::Text, "what the newer version has in its place"),
    (
        "entries",
        Kind::Count,
        "entries of a person, or that two people answered",
    ),
    ("first", Kind::Text, "one of two people"),
    ("second", Kind::Text, "the other"),
    ("alike", Kind::Count, "entries that both answered alike"),
    (
        "kappa",
        Kind::Share,
        "how far they agree beyond chance: 1 is full agreement, 0 chance",
    ),
    ("at", Kind::Text, "when it was said, RFC 3339"),
    ("same", Kind::Yes, "whether two are one"),
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

/// What a column means; none where no table has one of that name.
pub fn meaning(name: &str) -> Option<&'static str> {
    let known = WORDS.iter().find(|(word, ..)| *word == name);
    known.map(|(_, _, says)| *says)
}

/// What a column holds, in a word: `text`, `texts`, `day`, `number`, `count`, `share`, `yes or no`, `link`.
pub fn holds(name: &str) -> Option<&'static str> {
    let known = WORDS.iter().find(|(word, ..)| *word == name);
    known.map(|(_, kind, _)| match kind {
        Kind::Text => "text",
        Kind::Texts => "texts",
        Kind::Link => "link",
        Kind::Day => "day",
        Kind::Number => "number",
        Kind::Count => "count",
        Kind::Share => "share",
        Kind::Yes => "yes or no",
    })
}

/// Whether a column holds an address.
pub(crate) fn is_link(field: &Field) -> bool {
    field.metadata().contains_key(LINK)
}
