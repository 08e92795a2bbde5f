//! The notes beside a paragraph: its statements, commitments and events, and under them the
//! readings of its times, places and amounts.
//!
//! A note does not repeat the words it rests on, which stand marked in the paragraph beside it; only
//! of a commitment it quotes those that carry the status, because they are checked first.

use onrecord_model::{Commitment, EntityId, Event, PartyRole, Quotation, Record, Span, Statement};

use crate::line::{self, Line, dotted, link, plain, quoted};
use crate::marks::{Layer, UNSURE, doubt, numbered};
use crate::{clean, words};

/// An entry beside its words.
pub(crate) struct Note {
    /// Its id.
    pub(crate) id: String,
    /// Its layer.
    pub(crate) layer: &'static str,
    /// Classes for firmness and doubt.
    pub(crate) doubt: String,
    /// Whether the reader is unsure.
    pub(crate) unsure: bool,
    /// What it is called.
    pub(crate) title: Line,
    /// How firmly it is said.
    pub(crate) firmness: &'static str,
    /// What else is known.
    pub(crate) lines: Vec<Line>,
    /// The reader's confidence, from 0 to 1.
    pub(crate) confidence: String,
    /// The words, for those who do not see the marks.
    pub(crate) words: String,
    /// The byte its words begin at.
    pub(crate) at: u32,
}

/// A reading of a time, place or amount.
pub(crate) struct Gloss {
    /// Its id on this page.
    pub(crate) id: String,
    /// Its layer.
    pub(crate) layer: &'static str,
    /// The words.
    pub(crate) words: String,
    /// What they were read as; empty when they could not be.
    pub(crate) reading: String,
    /// The byte its words begin at.
    pub(crate) at: u32,
}

/// Every note, in the order of the text.
pub(crate) fn notes(record: &Record) -> Vec<Note> {
    let mut out: Vec<Note> = Vec::new();
    out.extend(record.statements.iter().map(|s| statement(record, s)));
    out.extend(record.commitments.iter().map(|c| commitment(record, c)));
    out.extend(record.events.iter().map(|e| event(record, e)));
    out.sort_by_key(|n| n.at);
    out
}

/// Every gloss, in the order of the text.
pub(crate) fn glosses(record: &Record) -> Vec<Gloss> {
    let gloss = |layer: Layer, letter, i, span: &Span, reading| Gloss {
        id: numbered(letter, i),
        layer: layer.name(),
        words: clean(span.quote()),
        reading,
        at: span.range().start,
    };
    let mut out: Vec<Gloss> = Vec::new();
    for (i, t) in record.times.iter().enumerate() {
        out.push(gloss(Layer::Time, 't', i, &t.span, words::time(&t.value)));
    }
    for (i, p) in record.places.iter().enumerate() {
        out.push(gloss(Layer::Place, 'p', i, &p.span, words::place(p)));
    }
    for (i, a) in record.amounts.iter().enumerate() {
        let others = a.restated.iter().map(words::restated);
        let all: Vec<String> = std::iter::once(words::amount(a)).chain(others).collect();
        out.push(gloss(Layer::Amount, 'a', i, &a.span, all.join("; ")));
    }
    out.sort_by_key(|g| g.at);
    out
}

fn statement(record: &Record, s: &Statement) -> Note {
    let mut title = vec![line::speaker(record, s)];
    let entity = s.source.entity.and_then(|id| words::entity(record, id));
    let roles = entity.map(|e| line::roles(record, e)).unwrap_or_default();
    if let Some((role, _)) = roles.first() {
        title.push(plain(format!(", {role}")));
    }
    let mut cue = vec![plain(words::cue(s))];
    if let Some(id) = s.addressee {
        cue.extend([plain(", to "), line::name(record, id)]);
    }
    let how = match s.quotation {
        Quotation::Direct => "direct quote",
        Quotation::Indirect => "paraphrase",
        Quotation::Mixed => "partly quoted",
    };
    let kind = plain(words::source_kind(s.source.kind));
    let first = dotted([cue, vec![plain(how)], vec![kind]]);
    let via = s.via.map(|id| {
        let number = link(id.to_string(), &id.to_string());
        vec![plain("by way of "), number]
    });
    let second = dotted([
        dated("", s.time.as_ref().map(|t| t.value.as_str())),
        placed(record, s.place),
        s.occasion
            .as_ref()
            .map(|o| quoted("at ", o))
            .unwrap_or_default(),
        via.unwrap_or_default(),
    ]);
    let at = s.content.first().unwrap_or(&s.cue.span);
    Note {
        id: s.id.to_string(),
        layer: Layer::Statement.name(),
        doubt: doubt(s.factuality, s.confidence),
        unsure: s.confidence < UNSURE,
        title,
        firmness: words::firmness(s.factuality),
        lines: filled([first, second]),
        confidence: format!("{:.2}", s.confidence),
        words: words::said(s),
        at: at.range().start,
    }
}

fn commitment(record: &Record, c: &Commitment) -> Note {
    let side = |before, role| line::parties(before, record, c, role);
    let parties = line::join(
        [
            side("by ", PartyRole::By),
            side("to ", PartyRole::To),
            side("with ", PartyRole::With),
        ],
        " ",
    );
    let rate = c
        .rate
        .as_deref()
        .map(|r| vec![plain(format!("at {}", clean(r)))]);
    let sum = c.amount.as_ref().map(|a| vec![plain(words::amount(a))]);
    let terms = dotted([
        sum.unwrap_or_default(),
        rate.unwrap_or_default(),
        c.condition
            .as_ref()
            .map(|s| quoted("condition: ", s))
            .unwrap_or_default(),
        dated("due ", c.due.as_ref().map(|t| t.value.as_str())),
        dated("since ", c.since.as_ref().map(|t| t.value.as_str())),
        c.part_of
            .as_ref()
            .map(|s| quoted("part of ", s))
            .unwrap_or_default(),
    ]);
    Note {
        id: c.id.to_string(),
        layer: Layer::Commitment.name(),
        doubt: doubt(c.factuality, c.confidence),
        unsure: c.confidence < UNSURE,
        title: vec![plain(format!("{}: {}", c.kind, words::status(c)))],
        firmness: words::firmness(c.factuality),
        lines: filled([parties, terms, line::basis(record, &c.basis)]),
        confidence: format!("{:.2}", c.confidence),
        words: promised(c),
        at: c.object.range().start,
    }
}

/// The words of a commitment: those that carry its status and what is promised, in the order of
/// the text.
fn promised(c: &Commitment) -> String {
    let mut spans: Vec<&Span> = c.cue.iter().chain([&c.object]).collect();
    spans.sort();
    spans.dedup();
    let words: Vec<String> = spans.iter().map(|s| clean(s.quote())).collect();
    words.join(" … ")
}

fn event(record: &Record, e: &Event) -> Note {
    let who = line::parties("", record, e, PartyRole::Actor);
    let whom = line::parties("→ ", record, e, PartyRole::Recipient);
    let phase = e.phase.map(|p| vec![plain(words::phase(p))]);
    let when = dotted([
        phase.unwrap_or_default(),
        dated("", e.time.as_ref().map(|t| t.value.as_str())),
        placed(record, e.place),
    ]);
    let trigger = clean(e.trigger.quote());
    let kind = e.kind.as_str().to_lowercase();
    Note {
        id: e.id.to_string(),
        layer: Layer::Event.name(),
        doubt: doubt(e.factuality, e.confidence),
        unsure: e.confidence < UNSURE,
        title: vec![plain(format!("{kind}: “{trigger}”"))],
        firmness: words::firmness(e.factuality),
        lines: filled([
            line::join([who, whom], " "),
            when,
            line::basis(record, &e.basis),
        ]),
        confidence: format!("{:.2}", e.confidence),
        words: trigger,
        at: e.trigger.range().start,
    }
}

fn filled(lines: impl IntoIterator<Item = Line>) -> Vec<Line> {
    lines.into_iter().filter(|l| !l.is_empty()).collect()
}

fn dated(before: &str, value: Option<&str>) -> Line {
    value
        .map(|v| vec![plain(format!("{before}{}", words::time(v)))])
        .unwrap_or_default()
}

fn placed(record: &Record, place: Option<EntityId>) -> Line {
    place
        .map(|id| vec![plain("in "), line::name(record, id)])
        .unwrap_or_default()
}
