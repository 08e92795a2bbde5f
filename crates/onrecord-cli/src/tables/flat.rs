//! The flat tables of an export: statements, events, commitments, entities and threads.

use jiff::civil::Date;
use onrecord::Record;
use onrecord::model::{Entity, EntityId, Statement};
use onrecord_columns::Table;
use onrecord_ledger::across::corroboration::Source;
use onrecord_ledger::{Collected, Entry, EntryKind, Who, Whole, quoted, short};
use serde::Serialize;

use crate::words;

/// A row of one of the tables of entries; each has some of these columns.
#[derive(Serialize, Default)]
pub(super) struct EntryLine {
    handle: String,
    report: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<String>,
    #[serde(flatten)]
    own: Collected,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread: Option<String>,
    what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue_lemma: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trigger: Option<String>,
    by: Vec<String>,
    to: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    with: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<String>,
    links: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quotation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    qualifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount_basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_day: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since_day: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<String>,
    certainty: String,
    polarity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_the_word_of: Option<Vec<String>>,
    words: String,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    reports: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copies: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    independent_sources: Option<usize>,
    denied_by: Vec<String>,
    confidence: f32,
    superseded: bool,
    judged: usize,
}

/// The table an entry is a row of.
pub(super) const fn table(kind: EntryKind) -> Table {
    match kind {
        EntryKind::Statement => Table::Statements,
        EntryKind::Event => Table::Events,
        EntryKind::Commitment => Table::Commitments,
    }
}

/// The row of an entry, as it stands in its record; what is known of the whole ledger is left out where
/// nothing is.
pub(super) fn entry(e: &Entry, record: &Record, whole: Option<&Whole>) -> EntryLine {
    let statement = record.statements.iter().find(|s| s.id.to_string() == e.id);
    let lead = lead(e, record, statement);
    let lead = lead.and_then(|id| record.entities.iter().find(|entity| entity.id == id));
    let told = whole.and_then(|w| w.behind(&e.at.report, &e.id));
    let common = EntryLine {
        handle: e.handle(),
        report: e.at.report.clone(),
        link: e.link().map(str::to_owned),
        outlet: e.outlets.first().cloned(),
        agency: e.agency.clone(),
        published: e.published,
        headline: e.headline.clone(),
        own: e.own.clone(),
        what: e.what.clone(),
        by: names(&e.by),
        to: names(&e.to),
        identity: lead.and_then(|l| whole?.identity(&e.at.report, l.id)),
        links: lead.map(links).unwrap_or_default(),
        certainty: e.factuality.certainty.to_string(),
        polarity: e.factuality.polarity.to_string(),
        words: quoted(&e.words),
        start: e.rests_on().0,
        end: e.rests_on().1,
        reports: told.map(|c| c.reports.len()),
        copies: told.map(|c| c.copies),
        independent_sources: told.map(|c| c.sources.len()),
        denied_by: told.map_or_else(Vec::new, |c| c.denied_by.iter().map(source).collect()),
        confidence: e.confidence,
        superseded: e.superseded,
        judged: e.judgements.len(),
        ..EntryLine::default()
    };
    match e.at.kind {
        EntryKind::Statement => said(e, record, statement, common),
        EntryKind::Event => EntryLine {
            trigger: Some(e.rests_on().2.to_owned()),
            phase: e.phase.map(|p| p.to_string()),
            on_the_word_of: Some(crate::find::on_the_word_of(e)),
            ..happened(e, common)
        },
        EntryKind::Commitment => promised(e, whole, common),
    }
}

fn said(e: &Entry, record: &Record, statement: Option<&Statement>, line: EntryLine) -> EntryLine {
    let speaker = statement.and_then(|s| s.source.entity);
    let speaker = speaker.and_then(|id| words::entity(record, id));
    let role = speaker.and_then(|who| who.roles.first());
    EntryLine {
        cue: e.cue.as_ref().map(|c| c.quote().to_owned()),
        cue_lemma: statement.map(|s| s.cue.lemma.clone()),
        role: role.map(|r| words::role(record, r)),
        source_kind: statement.map(|s| words::source_kind(s.source.kind).to_owned()),
        quotation: statement.map(|s| s.quotation.to_string()),
        ..happened(e, line)
    }
}

/// What statements and events have of when, where and what of.
fn happened(e: &Entry, line: EntryLine) -> EntryLine {
    EntryLine {
        about: Some(names(&e.about)),
        time: e.time.clone(),
        time_day: e.time.clone(),
        place: Some(e.places.iter().map(|p| p.name.clone()).collect()),
        ..line
    }
}

fn promised(e: &Entry, whole: Option<&Whole>, line: EntryLine) -> EntryLine {
    let sum = e.amounts.first();
    let thread = whole.and_then(|w| w.thread(&e.at.report, &e.id));
    EntryLine {
        thread: thread.map(str::to_owned),
        status: e.status.map(|s| s.to_string()),
        cue: e.cue.as_ref().map(|c| c.quote().to_owned()),
        with: Some(names(&e.with)),
        object: Some(e.rests_on().2.to_owned()),
        amount: sum.map(|s| s.value.clone()),
        unit: sum.map(|s| s.unit.clone()),
        qualifier: sum.and_then(|s| s.qualifier).map(|q| q.to_string()),
        amount_basis: sum.and_then(|s| s.basis).map(|b| b.to_string()),
        due: e.due.clone(),
        due_day: e.due_day(),
        since: e.since.clone(),
        since_day: e.since_day(),
        condition: e.condition.clone(),
        part_of: e.part_of.clone(),
        on_the_word_of: Some(crate::find::on_the_word_of(e)),
        ..line
    }
}

/// Who it is that speaks, acts or is bound: the first of them, as the record knows them.
fn lead(e: &Entry, record: &Record, statement: Option<&Statement>) -> Option<EntityId> {
    match e.at.kind {
        EntryKind::Statement => statement?.source.entity,
        EntryKind::Event => {
            let mut all = record.events.iter();
            all.find(|v| v.id.to_string() == e.id)?
                .actors
                .first()
                .copied()
        }
        EntryKind::Commitment => {
            let mut all = record.commitments.iter();
            all.find(|c| c.id.to_string() == e.id)?.by.first().copied()
        }
    }
}

fn links(entity: &Entity) -> Vec<String> {
    let links = entity.links.iter();
    links.map(|l| format!("{}:{}", l.scheme, l.id)).collect()
}

fn source(source: &Source) -> String {
    match source {
        Source::Named(name) | Source::Unnamed(name) => name.clone(),
        Source::Reporter(name) if name.is_empty() => "the reporter".to_owned(),
        Source::Reporter(name) => format!("the reporter of {name}"),
    }
}

fn names(who: &[Who]) -> Vec<String> {
    who.iter().map(|w| w.name.clone()).collect()
}

/// A row of the table of entities.
#[derive(Serialize)]
pub(super) struct EntityLine {
    handle: String,
    report: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Date>,
    entity_kind: String,
    name: String,
    also: Vec<String>,
    roles: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<String>,
    links: Vec<String>,
    mentions: usize,
}

/// The rows of a report's entities.
pub(super) fn entities(record: &Record, whole: Option<&Whole>) -> Vec<EntityLine> {
    let report = &record.report;
    let line = |e: &Entity| EntityLine {
        handle: format!("{}:{}", short(&report.id), e.id),
        report: report.id.clone(),
        published: report.day(),
        entity_kind: e.kind.to_string(),
        name: e.name.clone(),
        also: e.aliases.clone(),
        roles: e.roles.iter().map(|r| words::role(record, r)).collect(),
        country: e.country.clone(),
        identity: whole.and_then(|w| w.identity(&report.id, e.id)),
        links: links(e),
        mentions: e.mentions.len(),
    };
    record.entities.iter().map(line).collect()
}
