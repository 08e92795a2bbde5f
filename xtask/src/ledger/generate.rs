//! Records that were never read: made up from a seed, of the size of real ones.
//!
//! Measured on real reports: 600 words, some 16 statements, 17 events, 7 commitments, 20
//! entities with 100 mentions, 30 KB of JSON. Days come from five years, and each report has its
//! own text.

use onrecord_model::{
    Amount, AmountBasis, Basis, Certainty, Commitment, CommitmentId, CommitmentKind,
    CommitmentStatus, Cue, CueKind, Entity, EntityId, EntityKind, Event, EventId, EventType,
    Factuality, Link, Mention, MentionForm, Party, PartyRole, Place, Polarity, Precision,
    Published, PublishedBasis, Qualifier, Quotation, Reader, ReaderModel, Record, Report, Restated,
    Segment, Source, SourceKind, Span, Statement, StatementId, Text, TextRange, TimeKind,
    TimeMention, TimeValue, Why,
};
use sha2::{Digest as _, Sha256};

use super::dice::{Dice, capital, name, word};
use super::draft::{CUES, Done, Draft, Promised, Said};

/// The days reports are published on.
const DAYS: u64 = 1826;
/// Reports of a day: a million in five years.
const A_DAY: u64 = 550;

/// The `n`th report of a seed.
pub(super) fn record(seed: u64, n: u64) -> Record {
    let mut dice = Dice::new(seed ^ n.wrapping_mul(0x9E37_79B9));
    let draft = Draft::new(&mut dice, n);
    // In the order of their days, as a newsroom files them, give or take a day.
    let day = n / A_DAY % DAYS + dice.below(2);
    let text = Text::new(draft.text.as_str());
    let mut desk = Desk { text, dice };
    let report = desk.report(&draft, day);
    let parts = &draft.parts;
    let said = parts.said.iter().enumerate();
    let statements = said.map(|(n, s)| desk.statement(n, s)).collect();
    let done = parts.done.iter().enumerate();
    let events = done.map(|(n, d)| desk.event(n, d)).collect();
    let promised = parts.promised.iter().enumerate();
    let commitments = promised.map(|(n, p)| desk.commitment(n, p)).collect();
    let money = parts.promised.iter().filter_map(|p| p.money);
    Record {
        report,
        entities: desk.entities(&draft.entities),
        statements,
        events,
        commitments,
        times: parts
            .times
            .iter()
            .map(|(r, value)| desk.time(*r, value))
            .collect(),
        places: parts
            .places
            .iter()
            .map(|(r, n)| desk.place(*r, *n))
            .collect(),
        amounts: money.map(|m| desk.amount(m)).collect(),
        reader: Reader {
            version: "0.1.0".to_owned(),
            models: vec![ReaderModel {
                name: "made-up".to_owned(),
                version: "1".to_owned(),
            }],
        },
        problems: Vec::new(),
    }
}

/// Who turns a draft into a record.
struct Desk {
    text: Text,
    dice: Dice,
}

impl Desk {
    fn span(&self, range: TextRange) -> Span {
        self.text.span(range).expect("the draft cuts at words")
    }

    fn fact(&mut self) -> Factuality {
        let certainty = [Certainty::Certain, Certainty::Probable, Certainty::Possible];
        let polarity = [Polarity::Positive, Polarity::Positive, Polarity::Negative];
        Factuality {
            certainty: *self.dice.of(&certainty),
            polarity: *self.dice.of(&polarity),
        }
    }

    fn basis(&mut self, said: usize) -> Vec<Basis> {
        match self.dice.below(2) {
            0 => vec![Basis::Reporter],
            _ => vec![Basis::Statement(StatementId(said as u32 + 1))],
        }
    }

    fn report(&mut self, draft: &Draft, day: u64) -> Report {
        let mut start = 0;
        let mut segments = Vec::new();
        for (label, end) in &draft.segments {
            segments.extend(Segment::new(&self.text, *label, TextRange::of(start, *end)));
            start = *end;
        }
        let date = jiff::civil::date(2025, 1, 1) + jiff::Span::new().days(day as i64);
        Report {
            id: text_id(self.text.as_str()),
            headline: Some(self.span(draft.headline)),
            outlet: Some(format!("{} Post", capital(&word(self.dice.zipf(300))))),
            published: Some(Published {
                value: date.to_string(),
                precision: Precision::Day,
                basis: PublishedBasis::Metadata,
                evidence: Vec::new(),
            }),
            segments,
            ..Report::bare(self.text.clone())
        }
    }

    fn statement(&mut self, n: usize, s: &Said) -> Statement {
        let cue = self.span(s.cue);
        let kind = CUES.iter().find(|(word, _)| *word == cue.quote());
        Statement {
            id: StatementId(n as u32 + 1),
            source: Source {
                kind: SourceKind::Named,
                entity: Some(s.who),
                span: Some(self.span(s.source)),
            },
            cue: Cue {
                lemma: cue.quote().to_owned(),
                span: cue,
                kind: kind.map_or(CueKind::Say, |c| c.1),
            },
            content: vec![self.span(s.content)],
            quotation: Quotation::Indirect,
            addressee: None,
            occasion: None,
            time: None,
            place: None,
            factuality: self.fact(),
            via: None,
            confidence: self.dice.unit() as f32,
            why: Why::default(),
        }
    }

    fn event(&mut self, n: usize, d: &Done) -> Event {
        Event {
            id: EventId(n as u32 + 1),
            kind: *self.dice.of(EventType::ALL),
            trigger: self.span(d.trigger),
            actors: vec![d.actor.0],
            recipients: vec![d.recipient.0],
            parties: vec![
                self.party(PartyRole::Actor, d.actor),
                self.party(PartyRole::Recipient, d.recipient),
            ],
            time: d.time.clone().map(|value| TimeValue { value }),
            place: None,
            phase: None,
            factuality: self.fact(),
            basis: self.basis(d.said),
            confidence: self.dice.unit() as f32,
            why: Why::default(),
        }
    }

    fn party(&self, role: PartyRole, (entity, range): (EntityId, TextRange)) -> Party {
        Party {
            role,
            span: self.span(range),
            entity: Some(entity),
            country: None,
        }
    }

    fn commitment(&mut self, n: usize, p: &Promised) -> Commitment {
        Commitment {
            id: CommitmentId(n as u32 + 1),
            kind: *self.dice.of(CommitmentKind::ALL),
            status: *self.dice.of(CommitmentStatus::ALL),
            factuality: self.fact(),
            by: vec![p.by],
            to: vec![p.to],
            with: Vec::new(),
            parties: Vec::new(),
            cue: None,
            object: self.span(p.object),
            amount: p.money.map(|m| self.amount(m)),
            rate: None,
            condition: None,
            due: None,
            since: None,
            part_of: None,
            basis: self.basis(p.said),
            confidence: self.dice.unit() as f32,
            why: Why::default(),
        }
    }

    fn amount(&self, (range, millions): (TextRange, u64)) -> Amount {
        Amount {
            span: self.span(range),
            value: format!("{millions}000000"),
            currency: Some("USD".to_owned()),
            unit: None,
            qualifier: Qualifier::Exactly,
            restated: vec![Restated {
                value: format!("{}0000", millions * 91),
                currency: "EUR".to_owned(),
                basis: AmountBasis::Computed,
                consistent_with_rate: None,
                rate: None,
            }],
            why: Why::default(),
        }
    }

    fn time(&self, range: TextRange, value: &str) -> TimeMention {
        TimeMention {
            span: self.span(range),
            kind: TimeKind::Date,
            value: value.to_owned(),
            modifier: None,
            why: Why::default(),
        }
    }

    fn place(&self, range: TextRange, n: u64) -> Place {
        Place {
            span: self.span(range),
            lat: Some(((n * 37) % 1200) as f64 / 10.0 - 60.0),
            lon: Some(((n * 91) % 3600) as f64 / 10.0 - 180.0),
            country: Some("XXX".to_owned()),
            links: Vec::new(),
            why: Why::default(),
        }
    }

    fn entities(&self, all: &[(u64, Vec<TextRange>)]) -> Vec<Entity> {
        let entity = |(i, (n, mentions)): (usize, &(u64, Vec<TextRange>))| Entity {
            id: EntityId(i as u32 + 1),
            kind: match n % 4 {
                3 => EntityKind::Organization,
                _ => EntityKind::Person,
            },
            name: name(*n),
            aliases: name(*n).split(' ').skip(1).map(str::to_owned).collect(),
            mentions: mentions.iter().map(|m| self.mention(*m)).collect(),
            roles: Vec::new(),
            country: None,
            links: if n % 3 == 0 {
                vec![link(*n)]
            } else {
                Vec::new()
            },
            why: Why::default(),
        };
        all.iter().enumerate().map(entity).collect()
    }

    fn mention(&self, range: TextRange) -> Mention {
        Mention {
            span: self.span(range),
            form: MentionForm::Name,
            metonym: false,
        }
    }
}

fn link(n: u64) -> Link {
    Link {
        scheme: "wikidata".to_owned(),
        id: format!("Q{n}"),
        confidence: 0.9,
    }
}

fn text_id(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let hex: Vec<String> = digest.iter().map(|b| format!("{b:02x}")).collect();
    format!("sha256:{}", hex.concat())
}
