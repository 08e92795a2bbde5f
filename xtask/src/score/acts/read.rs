//! What a reader made of a passage: as much of a record as is scored.
//!
//! A record of ours has more, and another reader's may have less: lists that are left out are empty.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use onrecord_model::{
    Certainty, CommitmentKind, CommitmentStatus, EntityKind, EventType, Factuality, PartyRole,
    Phase, Polarity, Qualifier, Quotation, SourceKind, Span, Text,
};
use serde::Deserialize;

/// The entries of one passage.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Record {
    pub(super) report: Option<Report>,
    pub(super) entities: Vec<Entity>,
    pub(super) statements: Vec<Statement>,
    pub(super) events: Vec<Event>,
    pub(super) commitments: Vec<Commitment>,
}

/// What was read.
#[derive(Deserialize)]
pub(super) struct Report {
    pub(super) text: String,
}

/// Somebody or something that other entries name by its id.
#[derive(Deserialize)]
pub(super) struct Entity {
    pub(super) id: String,
    pub(super) kind: EntityKind,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) mentions: Vec<Span>,
    #[serde(default)]
    pub(super) country: Option<String>,
}

/// Who says what.
#[derive(Deserialize)]
pub(super) struct Statement {
    #[serde(default)]
    pub(super) id: String,
    pub(super) source: Source,
    pub(super) cue: Cue,
    pub(super) content: Vec<Span>,
    #[serde(default)]
    pub(super) quotation: Option<Quotation>,
    #[serde(default)]
    pub(super) factuality: Stance,
}

/// The words that attribute.
#[derive(Deserialize)]
pub(super) struct Cue {
    pub(super) span: Span,
}

/// Who says it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Source {
    pub(super) kind: Option<SourceKind>,
    pub(super) entity: Option<String>,
    pub(super) span: Option<Span>,
}

/// What happened.
#[derive(Deserialize)]
pub(super) struct Event {
    #[serde(rename = "type")]
    pub(super) kind: EventType,
    pub(super) trigger: Span,
    #[serde(default)]
    pub(super) actors: Vec<String>,
    #[serde(default)]
    pub(super) recipients: Vec<String>,
    #[serde(default)]
    pub(super) parties: Vec<Party>,
    #[serde(default)]
    pub(super) phase: Option<Phase>,
    #[serde(default)]
    pub(super) factuality: Stance,
    #[serde(default)]
    pub(super) basis: Vec<String>,
    #[serde(default = "sure")]
    pub(super) confidence: f64,
}

/// What is promised, agreed, asked or withheld.
#[derive(Deserialize)]
pub(super) struct Commitment {
    pub(super) status: CommitmentStatus,
    pub(super) kind: CommitmentKind,
    pub(super) object: Span,
    #[serde(default)]
    pub(super) cue: Option<Span>,
    #[serde(default)]
    pub(super) by: Vec<String>,
    #[serde(default)]
    pub(super) to: Vec<String>,
    #[serde(default)]
    pub(super) with: Vec<String>,
    #[serde(default)]
    pub(super) parties: Vec<Party>,
    #[serde(default)]
    pub(super) amount: Option<Amount>,
    #[serde(default)]
    pub(super) due: Option<Time>,
    #[serde(default)]
    pub(super) since: Option<Time>,
    #[serde(default)]
    pub(super) condition: Option<Span>,
    #[serde(default)]
    pub(super) factuality: Stance,
    #[serde(default)]
    pub(super) basis: Vec<String>,
    #[serde(default = "sure")]
    pub(super) confidence: f64,
}

/// Who takes part, by words, entity or country.
#[derive(Deserialize)]
pub(super) struct Party {
    pub(super) role: PartyRole,
    #[serde(default)]
    pub(super) entity: Option<String>,
    #[serde(default)]
    pub(super) span: Option<Span>,
    #[serde(default)]
    pub(super) country: Option<String>,
}

impl Party {
    fn words(&self) -> Option<&Span> {
        self.span.as_ref()
    }
}

/// Money, or a number of things.
#[derive(Deserialize)]
pub(super) struct Amount {
    pub(super) value: String,
    #[serde(default)]
    pub(super) currency: Option<String>,
    #[serde(default)]
    pub(super) qualifier: Option<Qualifier>,
}

/// A value of TIMEX3.
#[derive(Deserialize)]
pub(super) struct Time {
    pub(super) value: String,
}

/// How firmly an entry is said; what is left out is certain and positive.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Stance {
    pub(super) certainty: Option<Certainty>,
    pub(super) polarity: Option<Polarity>,
}

impl Stance {
    pub(super) fn factuality(&self) -> Factuality {
        Factuality {
            certainty: self.certainty.unwrap_or(Certainty::Certain),
            polarity: self.polarity.unwrap_or(Polarity::Positive),
        }
    }
}

/// What says nothing of how sure it is, is.
const fn sure() -> f64 {
    1.0
}

/// Entries below are shown as unsure (`onrecord-page`).
const UNSURE: f64 = 0.5;

impl Record {
    /// Without the commitments and events that it is unsure of.
    pub(super) fn sure(mut self) -> Self {
        self.commitments.retain(|c| c.confidence >= UNSURE);
        self.events.retain(|e| e.confidence >= UNSURE);
        self
    }

    /// As much of a record of ours as is scored.
    pub(super) fn of(record: &onrecord_model::Record) -> Result<Self> {
        Ok(serde_json::from_value(serde_json::to_value(record)?)?)
    }

    /// Checks that it speaks of a text: that it read no other, and that every span quotes it.
    ///
    /// # Errors
    /// When it does not.
    pub(super) fn check(&self, text: &Text) -> Result<()> {
        if self
            .report
            .as_ref()
            .is_some_and(|r| r.text != text.as_str())
        {
            bail!("`report.text` is not the passage's text");
        }
        self.spans().try_for_each(|span| {
            text.verify(span)?;
            Ok(())
        })
    }

    fn spans(&self) -> impl Iterator<Item = &Span> {
        let entities = self.entities.iter().flat_map(|e| &e.mentions);
        let statements = self.statements.iter().flat_map(|s| {
            let content = s.content.iter();
            content.chain(&s.source.span).chain([&s.cue.span])
        });
        let events = self.events.iter().flat_map(|e| {
            let parties = e.parties.iter().filter_map(Party::words);
            parties.chain([&e.trigger])
        });
        let commitments = self.commitments.iter().flat_map(|c| {
            let parties = c.parties.iter().filter_map(Party::words);
            parties.chain([&c.object]).chain(&c.cue).chain(&c.condition)
        });
        entities.chain(statements).chain(events).chain(commitments)
    }
}

/// A line of a file of predictions.
#[derive(Deserialize)]
struct Line {
    id: String,
    record: Option<Record>,
}

/// The records of a file of JSON lines with `id` and `record`, by the passages' ids.
///
/// # Errors
/// When a line has not this form.
pub(super) fn file(path: &Path) -> Result<BTreeMap<String, Record>> {
    let shown = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("cannot read `{shown}`"))?;
    let lines = text.lines().enumerate();
    let told = lines.filter(|(_, line)| !line.trim().is_empty());
    let read = |(i, line)| {
        let line: Line =
            serde_json::from_str(line).with_context(|| format!("`{shown}` line {}", i + 1))?;
        Ok((line.id, line.record.unwrap_or_default()))
    };
    told.map(read).collect()
}
