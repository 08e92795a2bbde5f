//! Records that were never read: made up from a seed, of the size of real ones.
//!
//! Measured on real reports: 600 words, some 16 statements, 17 events, 7 commitments, 20
//! entities with 100 mentions, 30 KB of JSON. Words and names come by Zipf's law, days from
//! five years, and each report has its own text.

use onrecord_model::{
    Amount, AmountBasis, Basis, Certainty, Commitment, CommitmentId, CommitmentKind,
    CommitmentStatus, Cue, CueKind, Entity, EntityId, EntityKind, Event, EventId, EventType,
    Factuality, Link, Mention, MentionForm, Party, PartyRole, Place, Polarity, Precision,
    Published, PublishedBasis, Qualifier, Quotation, Reader, ReaderModel, Record, Report, Restated,
    Segment, SegmentLabel, Source, SourceKind, Span, Statement, StatementId, Text, TextRange,
    TimeKind, TimeMention, TimeValue, Why,
};
use sha2::{Digest as _, Sha256};

/// As many words as a newsroom uses.
const WORDS: u64 = 60_000;
/// As many people and organisations as it names.
const NAMES: u64 = 40_000;
/// The days reports are published on.
const DAYS: u64 = 1826;
/// Reports of a day: a million in five years.
const A_DAY: u64 = 550;

/// Numbers from a seed (SplitMix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Below `n`, the first ones often: about as Zipf has it.
    fn zipf(&mut self, n: u64) -> u64 {
        ((n as f64).powf(self.unit()) as u64)
            .saturating_sub(1)
            .min(n - 1)
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len() as u64) as usize]
    }
}

const SYLLABLES: [&str; 40] = [
    "ba", "ren", "to", "mi", "sal", "ko", "dur", "fe", "lin", "ga", "vor", "ne", "tas", "hu",
    "pel", "ri", "mon", "ce", "jor", "ul", "da", "sti", "pra", "wen", "lo", "kir", "an", "be",
    "tru", "os", "qui", "mar", "den", "shi", "ol", "tan", "ves", "ro", "il", "gra",
];

/// The `n`th word: short ones first.
pub(crate) fn word(n: u64) -> String {
    let mut out = String::new();
    let mut rest = n + 40;
    while rest > 0 {
        out.push_str(SYLLABLES[(rest % 40) as usize]);
        rest /= 40;
    }
    out
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// The `n`th name.
pub(crate) fn name(n: u64) -> String {
    let last = capital(&word(n * 7 + 3));
    match n % 4 {
        0 | 1 => format!("{} {last}", capital(&word(n % 900))),
        2 => last,
        _ => format!(
            "{last} {}",
            ["Agency", "Council", "Union", "Bank"][(n / 4 % 4) as usize]
        ),
    }
}

/// A common word of a search, and a rarer one.
pub(crate) fn searched(dice: &mut Dice) -> String {
    word(50 + dice.zipf(5000))
}

/// A name of a search.
pub(crate) fn searched_name(dice: &mut Dice) -> String {
    name(dice.zipf(5000))
}

/// A report being written: its text and who is named where.
struct Draft {
    text: String,
    entities: Vec<(u64, Vec<TextRange>)>,
    segments: Vec<(SegmentLabel, usize)>,
}

impl Draft {
    fn put(&mut self, words: &str) -> TextRange {
        let start = self.text.len();
        self.text.push_str(words);
        TextRange::of(start, self.text.len())
    }

    fn clause(&mut self, dice: &mut Dice, words: u64) -> TextRange {
        let start = self.text.len();
        for i in 0..words {
            if i > 0 {
                self.text.push(' ');
            }
            self.text.push_str(&word(dice.zipf(WORDS)));
        }
        TextRange::of(start, self.text.len())
    }

    /// Names somebody, more often than not one who was named before.
    fn who(&mut self, dice: &mut Dice) -> (EntityId, TextRange) {
        let known = self.entities.len() as u64;
        let again = known > 4 && (known > 20 || dice.below(4) > 0);
        let at = if again {
            dice.below(known) as usize
        } else {
            known as usize
        };
        if at == self.entities.len() {
            self.entities.push((dice.zipf(NAMES), Vec::new()));
        }
        let words = name(self.entities[at].0);
        let range = self.put(&words);
        self.entities[at].1.push(range);
        (EntityId(at as u32 + 1), range)
    }
}

/// The `n`th report of a seed.
pub(crate) fn record(seed: u64, n: u64) -> Record {
    let mut dice = Dice::new(seed ^ n.wrapping_mul(0x9E37_79B9));
    dice.next();
    let mut draft = Draft {
        text: String::new(),
        entities: Vec::new(),
        segments: Vec::new(),
    };
    let headline = draft.clause(&mut dice, 9);
    draft.put(&format!(" {n}\n\n"));
    draft
        .segments
        .push((SegmentLabel::Headline, draft.text.len()));
    let mut parts = Parts::default();
    for _ in 0..8 {
        paragraph(&mut draft, &mut dice, &mut parts);
        draft.segments.push((SegmentLabel::Body, draft.text.len()));
    }
    // In the order of their days, as a newsroom files them, give or take a day.
    let day = n / A_DAY % DAYS + dice.below(2);
    finish(draft, headline, &mut dice, parts, day)
}

#[derive(Default)]
struct Parts {
    said: Vec<Said>,
    done: Vec<Done>,
    promised: Vec<Promised>,
    times: Vec<(TextRange, String)>,
    places: Vec<(TextRange, u64)>,
}

struct Said {
    who: EntityId,
    source: TextRange,
    cue: TextRange,
    content: TextRange,
}

struct Done {
    trigger: TextRange,
    actor: (EntityId, TextRange),
    recipient: (EntityId, TextRange),
    time: Option<String>,
    said: usize,
}

struct Promised {
    by: EntityId,
    to: EntityId,
    object: TextRange,
    money: Option<(TextRange, u64)>,
    said: usize,
}

const CUES: [(&str, CueKind); 6] = [
    ("said", CueKind::Say),
    ("told", CueKind::Tell),
    ("warned", CueKind::Warn),
    ("denied", CueKind::Deny),
    ("promised", CueKind::Promise),
    ("claimed", CueKind::Claim),
];

/// Two statements, two events, a commitment.
fn paragraph(draft: &mut Draft, dice: &mut Dice, parts: &mut Parts) {
    for _ in 0..2 {
        let (who, source) = draft.who(dice);
        draft.put(" ");
        let cue = draft.put(dice.of(&CUES).0);
        draft.put(" that ");
        let start = draft.text.len();
        draft.clause(dice, 6);
        draft.put(" ");
        let actor = draft.who(dice);
        draft.put(" ");
        let trigger = draft.clause(dice, 1);
        draft.put(" ");
        let recipient = draft.who(dice);
        let time = (dice.below(3) == 0).then(|| {
            draft.put(" on ");
            let value = format!(
                "20{}-{:02}-{:02}",
                20 + dice.below(6),
                1 + dice.below(12),
                1 + dice.below(28)
            );
            parts.times.push((draft.put(&value), value.clone()));
            value
        });
        if dice.below(2) == 0 {
            draft.put(" in ");
            let place = dice.zipf(5000);
            let words = capital(&word(place * 11 + 5));
            parts.places.push((draft.put(&words), place));
        }
        draft.put(" ");
        draft.clause(dice, 5);
        let content = TextRange::of(start, draft.text.len());
        draft.put(". ");
        let said = parts.said.len();
        parts.said.push(Said {
            who,
            source,
            cue,
            content,
        });
        parts.done.push(Done {
            trigger,
            actor,
            recipient,
            time,
            said,
        });
    }
    let (by, _) = draft.who(dice);
    draft.put(" pledged ");
    let money = (dice.below(3) > 0).then(|| {
        let millions = 1 + dice.below(9_000);
        (draft.put(&format!("${millions} million")), millions)
    });
    draft.put(" to ");
    let (to, _) = draft.who(dice);
    draft.put(" for ");
    let object = draft.clause(dice, 6);
    draft.put(".\n\n");
    parts.promised.push(Promised {
        by,
        to,
        object,
        money,
        said: parts.said.len() - 1,
    });
}

fn finish(draft: Draft, headline: TextRange, dice: &mut Dice, parts: Parts, day: u64) -> Record {
    let text = Text::new(draft.text);
    let span = |range| text.span(range).expect("the draft cuts at words");
    let mut start = 0;
    let mut segments = Vec::new();
    for (label, end) in draft.segments {
        segments.extend(Segment::new(&text, label, TextRange::of(start, end)));
        start = end;
    }
    let date = jiff::civil::date(2025, 1, 1) + jiff::Span::new().days(day as i64);
    let fact = |dice: &mut Dice| Factuality {
        certainty: *dice.of(&[Certainty::Certain, Certainty::Probable, Certainty::Possible]),
        polarity: *dice.of(&[Polarity::Positive, Polarity::Positive, Polarity::Negative]),
    };
    let id = |n: usize| n as u32 + 1;
    let basis = |dice: &mut Dice, said: usize| match dice.below(2) {
        0 => vec![Basis::Reporter],
        _ => vec![Basis::Statement(StatementId(id(said)))],
    };
    Record {
        report: Report {
            id: text_id(text.as_str()),
            language: "en".to_owned(),
            headline: Some(span(headline)),
            subheads: Vec::new(),
            byline: Vec::new(),
            credits: Vec::new(),
            dateline: None,
            agency: None,
            outlet: Some(format!("{} Post", capital(&word(dice.zipf(300))))),
            url: None,
            published: Some(Published {
                value: date.to_string(),
                precision: Precision::Day,
                basis: PublishedBasis::Metadata,
                evidence: Vec::new(),
            }),
            version: None,
            conversions: Vec::new(),
            segments,
            text: text.clone(),
        },
        entities: entities(&draft.entities, &span),
        statements: parts
            .said
            .iter()
            .enumerate()
            .map(|(n, s)| statement(n, s, dice, &span, &fact))
            .collect(),
        events: parts
            .done
            .iter()
            .enumerate()
            .map(|(n, d)| Event {
                id: EventId(id(n)),
                kind: *dice.of(EventType::ALL),
                trigger: span(d.trigger),
                actors: vec![d.actor.0],
                recipients: vec![d.recipient.0],
                parties: vec![
                    party(PartyRole::Actor, d.actor, &span),
                    party(PartyRole::Recipient, d.recipient, &span),
                ],
                time: d.time.clone().map(|value| TimeValue { value }),
                place: None,
                phase: None,
                factuality: fact(dice),
                basis: basis(dice, d.said),
                confidence: dice.unit() as f32,
                why: Why::default(),
            })
            .collect(),
        commitments: parts
            .promised
            .iter()
            .enumerate()
            .map(|(n, p)| Commitment {
                id: CommitmentId(id(n)),
                kind: *dice.of(CommitmentKind::ALL),
                status: *dice.of(CommitmentStatus::ALL),
                factuality: fact(dice),
                by: vec![p.by],
                to: vec![p.to],
                with: Vec::new(),
                object: span(p.object),
                amount: p.money.map(|m| amount(m, &span)),
                rate: None,
                condition: None,
                due: None,
                since: None,
                part_of: None,
                basis: basis(dice, p.said),
                confidence: dice.unit() as f32,
                why: Why::default(),
            })
            .collect(),
        times: parts
            .times
            .iter()
            .map(|(range, value)| TimeMention {
                span: span(*range),
                kind: TimeKind::Date,
                value: value.clone(),
                modifier: None,
                why: Why::default(),
            })
            .collect(),
        places: parts
            .places
            .iter()
            .map(|(range, n)| Place {
                span: span(*range),
                lat: Some(((n * 37) % 1200) as f64 / 10.0 - 60.0),
                lon: Some(((n * 91) % 3600) as f64 / 10.0 - 180.0),
                country: Some("XXX".to_owned()),
                links: Vec::new(),
                why: Why::default(),
            })
            .collect(),
        amounts: parts
            .promised
            .iter()
            .filter_map(|p| p.money)
            .map(|m| amount(m, &span))
            .collect(),
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

fn statement(
    n: usize,
    s: &Said,
    dice: &mut Dice,
    span: &dyn Fn(TextRange) -> Span,
    fact: &dyn Fn(&mut Dice) -> Factuality,
) -> Statement {
    let cue = span(s.cue);
    let kind = CUES
        .iter()
        .find(|(word, _)| *word == cue.quote())
        .map_or(CueKind::Say, |c| c.1);
    Statement {
        id: StatementId(n as u32 + 1),
        source: Source {
            kind: SourceKind::Named,
            entity: Some(s.who),
            span: Some(span(s.source)),
        },
        cue: Cue {
            lemma: cue.quote().to_owned(),
            span: cue,
            kind,
        },
        content: vec![span(s.content)],
        quotation: Quotation::Indirect,
        addressee: None,
        occasion: None,
        time: None,
        place: None,
        factuality: fact(dice),
        via: None,
        confidence: dice.unit() as f32,
        why: Why::default(),
    }
}

fn entities(all: &[(u64, Vec<TextRange>)], span: &dyn Fn(TextRange) -> Span) -> Vec<Entity> {
    let entity = |(i, (n, mentions)): (usize, &(u64, Vec<TextRange>))| Entity {
        id: EntityId(i as u32 + 1),
        kind: if n % 4 == 3 {
            EntityKind::Organization
        } else {
            EntityKind::Person
        },
        name: name(*n),
        aliases: name(*n).split(' ').skip(1).map(str::to_owned).collect(),
        mentions: mentions
            .iter()
            .map(|m| Mention {
                span: span(*m),
                form: MentionForm::Name,
                metonym: false,
            })
            .collect(),
        roles: Vec::new(),
        country: None,
        links: if n % 3 == 0 {
            vec![Link {
                scheme: "wikidata".to_owned(),
                id: format!("Q{n}"),
                confidence: 0.9,
            }]
        } else {
            Vec::new()
        },
        why: Why::default(),
    };
    all.iter().enumerate().map(entity).collect()
}

fn party(
    role: PartyRole,
    (entity, range): (EntityId, TextRange),
    span: &dyn Fn(TextRange) -> Span,
) -> Party {
    Party {
        role,
        span: span(range),
        entity: Some(entity),
        country: None,
    }
}

fn amount((range, millions): (TextRange, u64), span: &dyn Fn(TextRange) -> Span) -> Amount {
    Amount {
        span: span(range),
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

fn text_id(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let hex: Vec<String> = digest.iter().map(|b| format!("{b:02x}")).collect();
    format!("sha256:{}", hex.concat())
}
