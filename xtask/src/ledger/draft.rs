//! The text of a made-up report, and where in it who says, does and promises what.

use onrecord_model::{CueKind, EntityId, SegmentLabel, TextRange};

use super::dice::{Dice, NAMES, WORDS, capital, name, word};

/// A report being written: its text and who is named where.
pub(super) struct Draft {
    pub(super) headline: TextRange,
    pub(super) parts: Parts,
    pub(super) text: String,
    pub(super) entities: Vec<(u64, Vec<TextRange>)>,
    pub(super) segments: Vec<(SegmentLabel, usize)>,
}

impl Draft {
    /// Writes the `n`th report.
    pub(super) fn new(dice: &mut Dice, n: u64) -> Self {
        let mut draft = Self {
            headline: TextRange::default(),
            parts: Parts::default(),
            text: String::new(),
            entities: Vec::new(),
            segments: Vec::new(),
        };
        draft.headline = draft.clause(dice, 9);
        draft.put(&format!(" {n}\n\n"));
        draft
            .segments
            .push((SegmentLabel::Headline, draft.text.len()));
        let mut parts = Parts::default();
        for _ in 0..8 {
            paragraph(&mut draft, dice, &mut parts);
            draft.segments.push((SegmentLabel::Body, draft.text.len()));
        }
        draft.parts = parts;
        draft
    }

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

/// What the text says.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) said: Vec<Said>,
    pub(super) done: Vec<Done>,
    pub(super) promised: Vec<Promised>,
    pub(super) times: Vec<(TextRange, String)>,
    pub(super) places: Vec<(TextRange, u64)>,
}

pub(super) struct Said {
    pub(super) who: EntityId,
    pub(super) source: TextRange,
    pub(super) cue: TextRange,
    pub(super) content: TextRange,
}

pub(super) struct Done {
    pub(super) trigger: TextRange,
    pub(super) actor: (EntityId, TextRange),
    pub(super) recipient: (EntityId, TextRange),
    pub(super) time: Option<String>,
    pub(super) said: usize,
}

pub(super) struct Promised {
    pub(super) by: EntityId,
    pub(super) to: EntityId,
    pub(super) object: TextRange,
    pub(super) money: Option<(TextRange, u64)>,
    pub(super) said: usize,
}

pub(super) const CUES: [(&str, CueKind); 6] = [
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
