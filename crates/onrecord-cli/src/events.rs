//! `onrecord events`: what is said to have happened, as a table, CSV or event data.

use onrecord::Record;
use onrecord::model::{Event, PartyRole};
use onrecord::plover::{self, Coded};
use serde_json::Value;

use crate::args::{EventFormat, EventsArgs};
use crate::listing::{csv, share, value};
use crate::look::clean;
use crate::sheet::Sheet;
use crate::table::Row;
use crate::trouble::Trouble;
use crate::words;

/// The events of a report.
pub(crate) struct Events {
    format: Option<EventFormat>,
}

impl Events {
    /// What the flags ask for.
    pub(crate) fn of(args: &EventsArgs) -> Self {
        Self {
            format: args.format,
        }
    }
}

impl Sheet for Events {
    const HEADS: [&'static str; 5] = ["id", "line", "type", "who", "what"];
    const LEGEND: Option<&'static str> = Some(words::LEGEND);
    const COLUMNS: &'static [&'static str] = &[
        "handle",
        "location",
        "own_id",
        "authors",
        "language",
        "what",
        "by",
        "by_countries",
        "to",
        "to_countries",
        "trigger",
        "time",
        "place",
        "phase",
        "firmness",
        "on_the_word_of",
        "confidence",
        "line",
        "start",
        "end",
    ];

    fn rows(&self, record: &Record) -> Vec<Row> {
        record.events.iter().map(|e| row(record, e)).collect()
    }

    fn lines(&self, record: &Record, report: &str) -> Vec<Vec<Value>> {
        let line = |e| line(record, e, report);
        record.events.iter().map(line).collect()
    }

    fn is_other(&self) -> bool {
        self.format.is_some()
    }

    fn other_heading(&self) -> Option<&'static [&'static str]> {
        (self.format == Some(EventFormat::CameoQuad)).then_some(QUAD)
    }

    fn other(&self, record: &Record, report: &str) -> Result<Option<Vec<String>>, Trouble> {
        let coded = plover::code(record);
        match self.format {
            None => Ok(None),
            Some(EventFormat::Plover) => {
                let lines = coded.iter().map(|c| json(c, report));
                Ok(Some(lines.collect::<Result<_, _>>()?))
            }
            Some(EventFormat::CameoQuad) => {
                let lines = coded.iter().filter_map(|c| quad(c, report));
                let line = |cells| {
                    let bytes = csv([cells])?;
                    Ok(String::from_utf8_lossy(&bytes).into_owned())
                };
                Ok(Some(lines.map(line).collect::<Result<_, Trouble>>()?))
            }
        }
    }
}

fn countries(e: &Event, role: PartyRole) -> Vec<String> {
    let parties = e.parties.iter().filter(|p| p.role == role);
    let mut codes: Vec<String> = parties.filter_map(|p| p.country.clone()).collect();
    codes.dedup();
    codes
}

fn place(record: &Record, e: &Event) -> String {
    e.place
        .map_or_else(String::new, |id| words::name(record, id))
}

fn time(e: &Event) -> &str {
    e.time.as_ref().map_or("", |t| t.value.as_str())
}

fn row(record: &Record, e: &Event) -> Row {
    let side = |role| words::parties(record, e, role).join("; ");
    let (who, whom) = (side(PartyRole::Actor), side(PartyRole::Recipient));
    let arrow = if whom.is_empty() { "" } else { " → " };
    let basis = format!("on the word of {}", words::basis(record, &e.basis));
    let details = [
        e.phase.map_or("", words::phase).to_owned(),
        match time(e) {
            "" => String::new(),
            value => words::time(value),
        },
        match place(record, e) {
            name if name.is_empty() => name,
            name => format!("in {name}"),
        },
        if e.basis.is_empty() {
            String::new()
        } else {
            basis
        },
        words::firmness(e.factuality).to_owned(),
    ];
    let details = details.iter().filter(|d| !d.is_empty());
    let details: Vec<&str> = details.map(String::as_str).collect();
    Row {
        id: e.id.to_string(),
        who: format!("{who}{arrow}{whom}").trim_start().to_owned(),
        role: String::new(),
        words: format!("“{}”: {}", clean(e.trigger.quote()), details.join(", ")),
        how: e.kind.as_str().to_lowercase(),
        line: record.report.line_at(e.trigger.range().start).to_string(),
        details: Vec::new(),
    }
}

fn line(record: &Record, e: &Event, report: &str) -> Vec<Value> {
    let handle = format!("{}:{}", onrecord::model::short(&record.report.id), e.id);
    let place: Vec<String> = e
        .place
        .map(|id| words::name(record, id))
        .into_iter()
        .collect();
    vec![
        handle.into(),
        report.into(),
        value(record.report.metadata.uri.as_ref()),
        record.report.metadata.authors.clone().into(),
        value(Some(&record.report.language)),
        e.kind.to_string().into(),
        words::parties(record, e, PartyRole::Actor).into(),
        countries(e, PartyRole::Actor).into(),
        words::parties(record, e, PartyRole::Recipient).into(),
        countries(e, PartyRole::Recipient).into(),
        e.trigger.quote().into(),
        value(Some(time(e))),
        place.into(),
        value(e.phase),
        words::firmness(e.factuality).into(),
        words::each_basis(record, &e.basis).into(),
        share(e.confidence),
        record.report.line_at(e.trigger.range().start).into(),
        e.trigger.start().into(),
        e.trigger.end().into(),
    ]
}

/// A line of PLOVER-style JSON, with the report it is from.
fn json(coded: &Coded, report: &str) -> Result<String, Trouble> {
    #[derive(serde::Serialize)]
    struct Line<'a> {
        report: &'a str,
        #[serde(flatten)]
        coded: &'a Coded,
    }
    Ok(crate::json::line(&Line { report, coded })?)
}

/// The columns of `--format cameo-quad`.
const QUAD: &[&str] = &[
    "report",
    "id",
    "date",
    "source",
    "source_text",
    "action",
    "quad_class",
    "target",
    "target_text",
    "plover_type",
    "attribution",
    "certainty",
    "polarity",
    "phase",
    "confidence",
];

/// Source, action, target; and beside them what the codes cannot hold.
fn quad(c: &Coded, report: &str) -> Option<Vec<String>> {
    let root = plover::cameo_root(c.kind)?;
    let codes = |all: &[plover::Actor]| -> String {
        let codes: Vec<&str> = all.iter().filter_map(plover::Actor::code).collect();
        codes.join(";")
    };
    let texts = |all: &[plover::Actor]| {
        let texts: Vec<String> = all.iter().map(|a| clean(&a.text)).collect();
        texts.join("; ")
    };
    Some(vec![
        report.to_owned(),
        c.id.clone(),
        c.date.clone().unwrap_or_default(),
        codes(&c.source),
        texts(&c.source),
        root.to_owned(),
        plover::quad_class(root).map_or_else(String::new, |q| q.to_string()),
        codes(&c.target),
        texts(&c.target),
        c.kind.to_string(),
        c.attribution.join("; "),
        c.factuality.certainty.to_string(),
        c.factuality.polarity.to_string(),
        c.phase.map_or_else(String::new, |p| p.to_string()),
        format!("{:.2}", c.confidence),
    ])
}
