//! What each entry marks in the text: its words, the layer it belongs to, what they are to it.
//!
//! A statement marks its source, cue and content; a commitment its cue, object, amount, condition
//! and what it is part of; an event its trigger; the others the words that name them. Some of these
//! parts are the entry's own: a link to an entry's words leads there, of a commitment to its cue.
//!
//! Left out: how a mark looks, which is the stylesheet's.

use onrecord_model::{Certainty, Commitment, Evidence, Factuality, Record, Span, TextRange};

/// Below this confidence the reader is said to be unsure.
pub(crate) const UNSURE: f32 = 0.5;

/// A kind of entry, switched on and off together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Layer {
    Statement,
    Commitment,
    Event,
    Time,
    Place,
    Amount,
    /// Last of those with words that lead somewhere: where two mark the same words, they lead to
    /// who it is, because what it was read as stands beside the paragraph anyhow.
    Entity,
    /// Clues to the day of publication: marked only when asked for.
    Evidence,
    /// Words that whoever asked for the page chose.
    Chosen,
}

impl Layer {
    /// Those with a switch, in the order of the switches.
    pub(crate) const SWITCHED: [Self; 7] = [
        Self::Statement,
        Self::Commitment,
        Self::Event,
        Self::Entity,
        Self::Time,
        Self::Place,
        Self::Amount,
    ];

    /// Its name in the singular: the CSS class.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Commitment => "commitment",
            Self::Event => "event",
            Self::Entity => "entity",
            Self::Time => "time",
            Self::Place => "place",
            Self::Amount => "amount",
            Self::Evidence => "evidence",
            Self::Chosen => "chosen",
        }
    }

    /// Its name in the plural: the switch.
    pub(crate) const fn plural(self) -> &'static str {
        match self {
            Self::Statement => "statements",
            Self::Commitment => "commitments",
            Self::Event => "events",
            Self::Entity => "names",
            Self::Time => "times",
            Self::Place => "places",
            Self::Amount => "amounts",
            Self::Evidence => "evidence",
            Self::Chosen => "chosen",
        }
    }

    /// Whether a raised number in the text leads to the entry; the words of the others do.
    pub(crate) const fn is_numbered(self) -> bool {
        matches!(self, Self::Statement | Self::Commitment | Self::Event)
    }
}

/// Words that an entry rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Mark {
    /// Where.
    pub(crate) range: TextRange,
    /// Of which layer.
    pub(crate) layer: Layer,
    /// The entry's id.
    pub(crate) id: String,
    /// What the words are to the entry: the second CSS class.
    pub(crate) part: &'static str,
    /// Classes that say how firm and how sure the entry is.
    pub(crate) doubt: String,
    /// Which of the entry's own words these are, from 1; `None` for its other parts.
    pub(crate) nth: Option<usize>,
    /// Whether these are the last of the entry's own words.
    pub(crate) last: bool,
}

impl Mark {
    /// The id of the element that holds the words, for the entry's own.
    pub(crate) fn anchor(&self) -> Option<String> {
        self.nth.map(|n| anchor(&self.id, n))
    }
}

/// The id of the n-th of an entry's own words.
pub(crate) fn anchor(id: &str, nth: usize) -> String {
    if nth == 1 {
        format!("w-{id}")
    } else {
        format!("w-{id}-{nth}")
    }
}

/// The id of a time, place or amount, which the record itself does not number: `t1`, `p1`, `a1`.
pub(crate) fn numbered(letter: char, index: usize) -> String {
    format!("{letter}{}", index + 1)
}

/// Classes for how firmly it is said and how sure the reader is.
pub(crate) fn doubt(factuality: Factuality, confidence: f32) -> String {
    let firm = match factuality.certainty {
        Certainty::Certain => "certain",
        Certainty::Probable => "probable",
        Certainty::Possible => "possible",
        Certainty::Unknown => "open",
    };
    let unsure = if confidence < UNSURE { " unsure" } else { "" };
    format!("{firm}{unsure}")
}

/// Every mark of a record.
pub(crate) fn all(record: &Record) -> Vec<Mark> {
    let mut marks = Marks(Vec::new());
    statements(record, &mut marks);
    for c in &record.commitments {
        let (id, doubt) = (c.id.to_string(), doubt(c.factuality, c.confidence));
        let entry = Entry(Layer::Commitment, &id, &doubt);
        promised(c, entry, &mut marks);
        marks.other(entry, "sum", c.amount.as_ref().map(|a| &a.span));
        marks.other(entry, "condition", &c.condition);
        marks.other(entry, "whole", &c.part_of);
    }
    for e in &record.events {
        let (id, doubt) = (e.id.to_string(), doubt(e.factuality, e.confidence));
        marks.own(Entry(Layer::Event, &id, &doubt), "trigger", [&e.trigger]);
    }
    for e in &record.entities {
        let id = e.id.to_string();
        let entry = Entry(Layer::Entity, &id, "");
        marks.own(entry, "mention", e.mentions.iter().map(|m| &m.span));
        marks.other(entry, "role", e.roles.iter().map(|r| &r.span));
    }
    named(
        &mut marks,
        Layer::Time,
        't',
        record.times.iter().map(|t| &t.span),
    );
    named(
        &mut marks,
        Layer::Place,
        'p',
        record.places.iter().map(|p| &p.span),
    );
    named(
        &mut marks,
        Layer::Amount,
        'a',
        record.amounts.iter().map(|a| &a.span),
    );
    let evidence = record.report.published.iter().flat_map(|p| &p.evidence);
    let words = evidence.filter_map(|e| match e {
        Evidence::Words(span) => Some(span),
        Evidence::Note(_) => None,
    });
    marks.own(Entry(Layer::Evidence, "day", ""), "clue", words);
    marks.0
}

/// The mark of words that were chosen: its element has the id `w-at`.
pub(crate) fn chosen(range: TextRange) -> Mark {
    Mark {
        range,
        layer: Layer::Chosen,
        id: "at".to_owned(),
        part: "",
        doubt: String::new(),
        nth: Some(1),
        last: true,
    }
}

/// A commitment's cue is looked at first, wherever it stands; the raised number stands after
/// whichever of cue and object ends the later.
fn promised(c: &Commitment, entry: Entry<'_>, marks: &mut Marks) {
    let parts = c.cue.iter().map(|cue| ("cue", cue));
    let parts = parts.chain([("object", &c.object)]);
    let (before, end) = (
        marks.0.len(),
        parts.clone().map(|(_, s)| s.range().end).max(),
    );
    for (i, (part, span)) in parts.enumerate() {
        marks.push(entry, part, span, Some(i + 1));
    }
    let mut own = marks.0[before..].iter_mut().rev();
    if let Some(last) = own.find(|m| Some(m.range.end) == end) {
        last.last = true;
    }
}

fn statements(record: &Record, marks: &mut Marks) {
    for s in &record.statements {
        let (id, doubt) = (s.id.to_string(), doubt(s.factuality, s.confidence));
        let entry = Entry(Layer::Statement, &id, &doubt);
        if s.content.is_empty() {
            marks.own(entry, "cue", [&s.cue.span]);
        } else {
            marks.own(entry, "content", &s.content);
            marks.other(entry, "cue", [&s.cue.span]);
        }
        marks.other(entry, "source", &s.source.span);
        marks.other(entry, "occasion", &s.occasion);
    }
}

fn named<'r>(marks: &mut Marks, layer: Layer, letter: char, spans: impl Iterator<Item = &'r Span>) {
    for (i, span) in spans.enumerate() {
        marks.own(Entry(layer, &numbered(letter, i), ""), "", [span]);
    }
}

/// The entry a mark is made for: its layer, id and doubt.
#[derive(Clone, Copy)]
struct Entry<'a>(Layer, &'a str, &'a str);

struct Marks(Vec<Mark>);

impl Marks {
    fn own<'r>(
        &mut self,
        entry: Entry<'_>,
        part: &'static str,
        spans: impl IntoIterator<Item = &'r Span>,
    ) {
        let before = self.0.len();
        for (i, span) in spans.into_iter().enumerate() {
            self.push(entry, part, span, Some(i + 1));
        }
        if let Some(last) = self.0.get_mut(before..).and_then(<[Mark]>::last_mut) {
            last.last = true;
        }
    }

    fn other<'r>(
        &mut self,
        entry: Entry<'_>,
        part: &'static str,
        spans: impl IntoIterator<Item = &'r Span>,
    ) {
        for span in spans {
            self.push(entry, part, span, None);
        }
    }

    fn push(&mut self, entry: Entry<'_>, part: &'static str, span: &Span, nth: Option<usize>) {
        let Entry(layer, id, doubt) = entry;
        self.0.push(Mark {
            range: span.range(),
            layer,
            id: id.to_owned(),
            part,
            doubt: doubt.to_owned(),
            nth,
            last: false,
        });
    }
}
