//! The columns of the flat tables: one row a thing, nothing to take apart.

/// What every entry has of its report.
macro_rules! of_report {
    ($($name:literal),* $(,)?) => {
        &["handle", "report", "link", "outlet", "agency", "published", "headline", "own_id", "authors", "language", $($name),*]
    };
}

/// The same, and what stands behind an entry.
macro_rules! told {
    ($($name:literal),* $(,)?) => {
        of_report![
            $($name,)*
            "reports", "copies", "independent_sources", "denied_by", "confidence", "superseded", "judged",
        ]
    };
}

/// Entries of every kind, beside the lists whose items have members.
pub(crate) const ENTRIES: &[&str] = of_report![
    "location",
    "outlets",
    "kind",
    "id",
    "what",
    "status",
    "cue",
    "phase",
    "certainty",
    "polarity",
    "by",
    "to",
    "with",
    "about",
    "reporter",
    "on_the_word_of",
    "time",
    "due",
    "since",
    "condition",
    "part_of",
    "amount",
    "unit",
    "qualifier",
    "amount_basis",
    "words",
    "start",
    "end",
    "confidence",
    "superseded",
    "judged",
];

/// Who says so.
pub(crate) const STATEMENTS: &[&str] = told![
    "what",
    "cue",
    "cue_lemma",
    "by",
    "role",
    "source_kind",
    "identity",
    "links",
    "to",
    "about",
    "quotation",
    "words",
    "start",
    "end",
    "certainty",
    "polarity",
    "time",
    "time_day",
    "place",
];

/// What is said to have happened.
pub(crate) const EVENTS: &[&str] = told![
    "what",
    "trigger",
    "by",
    "to",
    "identity",
    "links",
    "about",
    "phase",
    "words",
    "start",
    "end",
    "certainty",
    "polarity",
    "time",
    "time_day",
    "place",
    "on_the_word_of",
];

/// What is promised, agreed, asked or withheld.
pub(crate) const COMMITMENTS: &[&str] = told![
    "thread",
    "what",
    "status",
    "cue",
    "by",
    "to",
    "with",
    "identity",
    "links",
    "object",
    "amount",
    "unit",
    "qualifier",
    "amount_basis",
    "due",
    "due_day",
    "since",
    "since_day",
    "condition",
    "part_of",
    "words",
    "start",
    "end",
    "certainty",
    "polarity",
    "on_the_word_of",
];

/// Who and what a report names.
pub(crate) const ENTITIES: &[&str] = &[
    "handle",
    "report",
    "published",
    "entity_kind",
    "name",
    "also",
    "roles",
    "country",
    "identity",
    "links",
    "mentions",
];

/// The tracker's sheet.
pub(crate) const THREADS: &[&str] = &[
    "handle",
    "by",
    "to",
    "kinds",
    "object",
    "promised",
    "delivered",
    "left",
    "unit",
    "qualifier",
    "amount_basis",
    "currency_in",
    "promised_in",
    "delivered_in",
    "left_in",
    "exchange_rate",
    "exchange_rate_day",
    "exchange_rate_source",
    "status",
    "status_since",
    "status_since_day",
    "certainty",
    "polarity",
    "next_due",
    "next_due_day",
    "overdue",
    "condition",
    "on_the_word_of",
    "independent_sources",
    "denied_by",
    "contradicted",
    "steps",
    "reports",
    "own_ids",
    "first_published",
    "first_outlet",
    "first_headline",
    "first_link",
    "last_published",
    "last_outlet",
    "last_headline",
    "last_link",
    "confidence",
];
