//! The columns of each table, stated by hand: what an analyst sees, and what is promised.
//!
//! A column bears the name that JSON has for it, so that the contract of a record is the
//! description of its table. Beside them stand columns that are worked out, for sums and
//! calendars: `day` (a date, where a value is a day) and `number` (a decimal, where it fits).
//! They are written and not read back.
//!
//! A new field of the record needs a column here; a test fails until it has one.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields};

use crate::flat;
use crate::vocabulary::columns;

/// Of the tables below. It grows when a column is added or means something else.
pub(crate) const VERSION: u32 = 4;

/// The column that another is worked out of.
const WORKED_OUT_OF: &str = "onrecord.worked_out_of";
/// The member that a bare string stands for.
const STRING_AS: &str = "onrecord.string_as";

/// Digits of a `number`, and how many of them stand after the point.
pub(crate) const DIGITS: u8 = 38;
pub(crate) const SCALE: i8 = 9;

/// The column that a column is worked out of; none when it is a field of its own.
pub(crate) fn worked_out_of(field: &Field) -> Option<&str> {
    field.metadata().get(WORKED_OUT_OF).map(String::as_str)
}

/// The member that a bare string stands for, where one may stand instead of members.
pub(crate) fn string_as(field: &Field) -> Option<&str> {
    field.metadata().get(STRING_AS).map(String::as_str)
}

pub(crate) fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, false)
}

fn point(name: &str) -> Field {
    Field::new(name, DataType::UInt32, false)
}

fn yes(name: &str) -> Field {
    Field::new(name, DataType::Boolean, false)
}

fn degrees(name: &str) -> Field {
    Field::new(name, DataType::Float64, true)
}

fn confidence() -> Field {
    Field::new("confidence", DataType::Float32, false)
}

/// A column that may be empty.
pub(crate) fn maybe(field: Field) -> Field {
    field.with_nullable(true)
}

fn group(name: &str, members: Vec<Field>) -> Field {
    Field::new(name, DataType::Struct(Fields::from(members)), false)
}

/// A list. One that JSON leaves out when it is empty is empty here too.
fn list(name: &str, item: Field) -> Field {
    Field::new(
        name,
        DataType::List(Arc::new(item.with_name("item"))),
        false,
    )
}

fn texts(name: &str) -> Field {
    list(name, text("item"))
}

fn groups(name: &str, members: Vec<Field>) -> Field {
    list(name, group("item", members))
}

fn with(field: Field, key: &str, value: &str) -> Field {
    field.with_metadata(HashMap::from([(key.to_owned(), value.to_owned())]))
}

/// The date of a value, where it is a day.
fn day(name: &str, of: &str) -> Field {
    with(Field::new(name, DataType::Date32, true), WORKED_OUT_OF, of)
}

/// The decimal of a value, where it fits.
fn number() -> Field {
    let kind = DataType::Decimal128(DIGITS, SCALE);
    with(Field::new("number", kind, true), WORKED_OUT_OF, "value")
}

fn words() -> Vec<Field> {
    vec![point("start"), point("end"), text("quote")]
}

fn span(name: &str) -> Field {
    group(name, words())
}

fn spans(name: &str) -> Field {
    groups(name, words())
}

/// A span and what else is known of its words.
fn words_and(more: Vec<Field>) -> Vec<Field> {
    words().into_iter().chain(more).collect()
}

fn time(name: &str) -> Field {
    maybe(group(name, vec![text("value"), day("day", "value")]))
}

fn factuality() -> Field {
    group("factuality", vec![text("certainty"), text("polarity")])
}

fn links() -> Field {
    groups("links", vec![text("scheme"), text("id"), confidence()])
}

pub(crate) fn record() -> Vec<Field> {
    vec![
        group("report", report()),
        groups("entities", entity()),
        groups("statements", statement()),
        groups("events", event()),
        groups("commitments", commitment()),
        groups(
            "times",
            words_and(vec![
                text("type"),
                text("value"),
                day("day", "value"),
                maybe(text("mod")),
            ]),
        ),
        groups(
            "places",
            words_and(vec![
                degrees("lat"),
                degrees("lon"),
                maybe(text("country")),
                links(),
            ]),
        ),
        groups("amounts", amount()),
        group(
            "reader",
            vec![
                text("version"),
                groups("models", vec![text("name"), text("version")]),
            ],
        ),
        groups(
            "problems",
            vec![text("kind"), text("message"), maybe(span("span"))],
        ),
    ]
}

fn report() -> Vec<Field> {
    let clue = words_and(vec![text("note")])
        .into_iter()
        .map(maybe)
        .collect();
    let clue = with(group("item", clue), STRING_AS, "note");
    vec![
        text("id"),
        text("text"),
        text("language"),
        maybe(span("headline")),
        spans("subheads"),
        groups("byline", vec![text("name"), span("span")]),
        groups(
            "credits",
            vec![
                text("name"),
                text("part"),
                maybe(text("place")),
                span("span"),
            ],
        ),
        maybe(group(
            "dateline",
            vec![
                text("place"),
                maybe(text("agency")),
                maybe(text("date")),
                span("span"),
            ],
        )),
        maybe(text("agency")),
        maybe(text("outlet")),
        maybe(text("url")),
        maybe(group("metadata", metadata())),
        maybe(group(
            "published",
            vec![
                text("value"),
                day("day", "value"),
                text("precision"),
                text("basis"),
                list("evidence", clue),
            ],
        )),
        maybe(group("version", vec![text("kind"), span("span")])),
        groups(
            "conversions",
            vec![text("from"), text("to"), text("rate"), span("span")],
        ),
        groups(
            "segments",
            vec![text("label"), point("start"), point("end")],
        ),
    ]
}

fn metadata() -> Vec<Field> {
    let code = ["code", "scheme", "name"].map(|name| maybe(text(name)));
    vec![
        texts("authors"),
        maybe(text("uri")),
        maybe(text("version")),
        maybe(text("updated")),
        maybe(text("pubstatus")),
        maybe(text("embargoed")),
        maybe(text("slugline")),
        Field::new("urgency", DataType::UInt8, true),
        groups("subjects", code.to_vec()),
        texts("keywords"),
        maybe(text("ednote")),
        maybe(text("usageterms")),
        maybe(text("copyright")),
    ]
}

fn entity() -> Vec<Field> {
    vec![
        text("id"),
        text("kind"),
        text("name"),
        texts("aliases"),
        groups("mentions", words_and(vec![text("form"), yes("metonym")])),
        groups(
            "roles",
            vec![
                text("title"),
                maybe(text("of")),
                maybe(text("since")),
                maybe(text("until")),
                span("span"),
            ],
        ),
        maybe(text("country")),
        links(),
    ]
}

fn statement() -> Vec<Field> {
    vec![
        text("id"),
        group(
            "source",
            vec![text("kind"), maybe(text("entity")), maybe(span("span"))],
        ),
        group("cue", vec![span("span"), text("lemma"), text("kind")]),
        spans("content"),
        text("quotation"),
        maybe(text("addressee")),
        maybe(span("occasion")),
        time("time"),
        maybe(text("place")),
        factuality(),
        maybe(text("via")),
        confidence(),
    ]
}

fn event() -> Vec<Field> {
    vec![
        text("id"),
        text("type"),
        span("trigger"),
        texts("actors"),
        texts("recipients"),
        parties(),
        time("time"),
        maybe(text("place")),
        maybe(text("phase")),
        factuality(),
        texts("basis"),
        confidence(),
    ]
}

/// Who takes part in an event or a commitment, by the words of the report.
fn parties() -> Field {
    groups(
        "parties",
        vec![
            text("role"),
            span("span"),
            maybe(text("entity")),
            maybe(text("country")),
        ],
    )
}

fn commitment() -> Vec<Field> {
    vec![
        text("id"),
        text("kind"),
        text("status"),
        factuality(),
        texts("by"),
        texts("to"),
        texts("with"),
        parties(),
        maybe(span("cue")),
        span("object"),
        maybe(group("amount", amount())),
        maybe(text("rate")),
        maybe(span("condition")),
        time("due"),
        time("since"),
        maybe(span("part_of")),
        texts("basis"),
        confidence(),
    ]
}

fn amount() -> Vec<Field> {
    let rate = vec![text("value"), text("source"), maybe(text("day"))];
    words_and(vec![
        text("value"),
        number(),
        maybe(text("currency")),
        maybe(text("unit")),
        text("qualifier"),
        groups(
            "restated",
            vec![
                text("value"),
                number(),
                text("currency"),
                text("basis"),
                maybe(yes("consistent_with_rate")),
                maybe(group("rate", rate)),
            ],
        ),
    ])
}

fn sums(name: &str) -> Field {
    groups(
        name,
        vec![
            text("value"),
            number(),
            text("unit"),
            maybe(text("qualifier")),
            maybe(text("basis")),
        ],
    )
}

/// Of a judgement, the members of every verdict side by side; `verdict` says which are meant.
pub(crate) fn judgement() -> Vec<Field> {
    let of = || {
        let anchor = words_and(vec![text("what")]);
        vec![text("report"), text("kind"), group("anchor", anchor)]
    };
    vec![
        group("of", of()),
        text("verdict"),
        maybe(group("into", of())),
        maybe(group("with", of())),
        maybe(group("from", of())),
        maybe(text("text")),
        maybe(text("said_at")),
        maybe(text("what")),
        maybe(text("status")),
        maybe(texts("by")),
        maybe(texts("to")),
        maybe(texts("about")),
        maybe(text("time")),
        maybe(sums("amounts")),
        maybe(text("qualifier")),
        maybe(text("due")),
        maybe(text("since")),
        maybe(text("condition")),
        maybe(texts("source")),
        maybe(texts("place")),
        maybe(group(
            "factuality",
            vec![text("certainty"), text("polarity")],
        )),
        maybe(group("words", words())),
        text("author"),
        text("at"),
    ]
}

pub(crate) fn identification() -> Vec<Field> {
    let appearance = || vec![text("report"), text("name")];
    vec![
        group("one", appearance()),
        group("other", appearance()),
        Field::new("same", DataType::Boolean, false),
        text("author"),
        text("at"),
    ]
}

pub(crate) fn entry() -> Vec<Field> {
    // Flat columns in the words of every table, and lists whose items have members.
    let mut out = columns(flat::ENTRIES);
    out.extend([
        day("time_day", "time"),
        groups("places", vec![text("name"), degrees("lat"), degrees("lon")]),
        sums("sums"),
        spans("spans"),
    ]);
    out
}
