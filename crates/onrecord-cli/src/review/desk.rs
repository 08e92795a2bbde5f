//! The desk: which entry is asked about, what a key does, what is to be kept.
//!
//! Pure: the clock is an argument, and what is to be kept is handed out ([`Effect::Keep`]) and
//! comes back as kept or refused; only then does the desk go on. So no answer is shown as given
//! that is not in the ledger.
//!
//! Answers are kept at once, and undoing adds that they are taken back: a desk that held the last
//! ten back in memory to keep them editable would lose them to a crash.

mod missing;

use jiff::{SignedDuration, Timestamp};
use onrecord_ledger::judged::Answer;
use onrecord_ledger::{Entry, EntryKind, EntryRef, Judgement, Verdict, standing};

use super::editor::{Edited, Editor};
use super::field::Known;
use super::key::Key;
use super::line::Line;

/// Longer than this nobody thinks about an entry; she has gone for coffee.
const PAUSE: SignedDuration = SignedDuration::from_secs(120);
/// Answers before the time left is told.
const TELLING: i32 = 3;

/// An entry with what was said of it that this reviewer may see.
#[derive(Clone, PartialEq, Debug)]
struct Item {
    read: Entry,
    said: Vec<Judgement>,
    /// Where it is no entry, but words that are searched: for what.
    search: Vec<EntryKind>,
}

impl Item {
    /// Whether something is said of this.
    fn is_meant(&self, of: &EntryRef) -> bool {
        let words = !self.search.is_empty() && of.anchor == self.read.at.anchor;
        of.report == self.read.at.report && (words || *of == self.read.at)
    }
}

/// What is done at the desk.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Mode {
    /// Asking about an entry, or at the end.
    Asking,
    Help,
    Note(Line),
    Editing(Editor),
    /// Asking of what kind the entry is that is to be added.
    Adding,
    Merging {
        choices: Vec<Entry>,
        at: usize,
    },
}

/// What the desk asks of whoever holds the ledger.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Effect {
    /// To keep these, in this order.
    Keep(Vec<Judgement>),
    /// To find the entries of the same report and kind.
    Find,
    /// To end.
    Quit,
}

/// Something that was done and can be undone.
#[derive(Clone, PartialEq, Debug)]
struct Step {
    item: usize,
    /// What was said; nothing when the entry was skipped.
    said: Vec<Judgement>,
    /// What that took the place of.
    replaced: Vec<Judgement>,
}

/// What is being kept.
#[derive(Clone, PartialEq, Debug)]
struct Keeping {
    judgements: Vec<Judgement>,
    /// The step this is, or is undone by.
    step: Step,
    undoes: bool,
    /// What was being done: gone back to where it cannot be kept.
    mode: Mode,
}

/// The desk.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Desk {
    reviewer: String,
    items: Vec<Item>,
    at: usize,
    pub(super) mode: Mode,
    pub(super) scroll: u16,
    /// How far one can scroll, as it was drawn.
    pub(super) lowest: u16,
    /// What happened, in words.
    pub(super) message: Option<String>,
    steps: Vec<Step>,
    keeping: Option<Keeping>,
    /// What is known of the report.
    known: Known,
    /// What the words hold that are searched, as far as it is on record.
    held: Vec<Entry>,
    shown: Timestamp,
    spent: SignedDuration,
    paced: i32,
    clock: Timestamp,
}

impl Desk {
    /// A desk for one reviewer. Of what others said only what is in `entries` is seen.
    pub(super) fn new(reviewer: &str, entries: Vec<Entry>, now: Timestamp) -> Self {
        let item = |e: Entry| Item {
            said: e.judgements.clone(),
            read: e.unjudged(),
            search: Vec::new(),
        };
        Self {
            reviewer: reviewer.to_owned(),
            items: entries.into_iter().map(item).collect(),
            at: 0,
            mode: Mode::Asking,
            scroll: 0,
            lowest: 0,
            message: None,
            steps: Vec::new(),
            keeping: None,
            known: Known::default(),
            held: Vec::new(),
            shown: now,
            spent: SignedDuration::ZERO,
            paced: 0,
            clock: now,
        }
    }

    /// The entry that is asked about, as this reviewer sees it; none at the end.
    pub(super) fn entry(&self) -> Option<Entry> {
        let item = self.items.get(self.at)?;
        Some(item.read.clone().judged(item.said.clone()))
    }

    /// The entry as it is without what this reviewer said.
    fn without_own(&self) -> Option<Entry> {
        let item = self.items.get(self.at)?;
        let others = item.said.iter().filter(|j| j.author != self.reviewer);
        Some(item.read.clone().judged(others.cloned().collect()))
    }

    /// Takes what is known of the report of the entry.
    pub(super) fn know(&mut self, known: Known) {
        self.known = known;
    }

    pub(super) fn reviewer(&self) -> &str {
        &self.reviewer
    }

    /// Which of how many is asked about.
    pub(super) fn position(&self) -> (usize, usize) {
        (self.at + 1, self.items.len())
    }

    /// Entries that were answered in this sitting, and not taken back.
    pub(super) fn answered(&self) -> usize {
        let mut items: Vec<usize> = self
            .steps
            .iter()
            .filter(|s| s.said.iter().any(is_answer))
            .map(|s| s.item)
            .collect();
        items.sort_unstable();
        items.dedup();
        items.len()
    }

    /// How long the rest will take, at the pace so far.
    pub(super) fn left(&self) -> Option<SignedDuration> {
        let rest = i32::try_from(self.items.len().saturating_sub(self.at)).ok()?;
        (self.paced >= TELLING && rest > 0).then(|| self.spent * rest / self.paced)
    }

    /// What this reviewer said of the entry so far.
    pub(super) fn said(&self) -> impl Iterator<Item = &Judgement> {
        let said = self.items.get(self.at).into_iter().flat_map(|i| &i.said);
        said.filter(|j| j.author == self.reviewer)
    }

    /// What others said of it, where that is shown.
    pub(super) fn said_by_others(&self) -> impl Iterator<Item = &Judgement> {
        let said = self.items.get(self.at).into_iter().flat_map(|i| &i.said);
        said.filter(|j| j.author != self.reviewer)
    }

    /// The entry before this one, which another may be merged into.
    pub(super) fn before(&self) -> Option<&Entry> {
        Some(&self.items.get(self.at.checked_sub(1)?)?.read)
    }

    /// Does what a key stands for.
    pub(super) fn press(&mut self, key: Key, now: Timestamp) -> Option<Effect> {
        if key == Key::Stop {
            return Some(Effect::Quit);
        }
        if self.keeping.is_some() {
            return None;
        }
        self.message = None;
        let mode = self.mode.clone();
        let effect = match std::mem::replace(&mut self.mode, Mode::Asking) {
            Mode::Help => None,
            Mode::Asking => self.asked(key, now),
            Mode::Note(line) => self.noted(line, key, now),
            Mode::Editing(editor) => self.edited(editor, key, now),
            Mode::Adding => {
                self.kind_told(key);
                None
            }
            Mode::Merging { choices, at } => self.merged(choices, at, key, now),
        };
        if let Some(keeping) = &mut self.keeping {
            keeping.mode = mode;
        }
        effect
    }

    /// Takes what was pasted: words for what is being written, never answers.
    pub(super) fn paste(&mut self, words: &str) {
        let line = match &mut self.mode {
            Mode::Note(line) => Some(line),
            Mode::Editing(editor) => editor.writing.as_mut(),
            Mode::Asking | Mode::Help | Mode::Adding | Mode::Merging { .. } => None,
        };
        if let Some(line) = line {
            for c in crate::look::clean(words).chars() {
                line.press(Key::Char(c));
            }
        }
    }

    fn asked(&mut self, key: Key, now: Timestamp) -> Option<Effect> {
        match key {
            Key::Char('q') => return Some(Effect::Quit),
            Key::Char('?' | 'h') => self.mode = Mode::Help,
            Key::Backspace => return self.undo(now),
            Key::Up | Key::Char('k') => self.scroll = self.scroll.saturating_sub(1),
            Key::Down | Key::Char('j') => self.scroll = (self.scroll + 1).min(self.lowest),
            Key::PageUp => self.scroll = self.scroll.saturating_sub(8),
            Key::PageDown => self.scroll = (self.scroll + 8).min(self.lowest),
            _ if self.at == self.items.len() => {}
            Key::Char('+' | 'i') => self.add(),
            Key::Char(' ') => self.skip(now),
            Key::Char('a') if self.is_searching() => return self.searched(now),
            _ if self.is_searching() => {}
            Key::Char('a') => return self.say(Verdict::Accept, now),
            Key::Char('x') => return self.say(Verdict::Reject, now),
            Key::Char('n') => self.mode = Mode::Note(Line::default()),
            Key::Char('m') => return Some(Effect::Find),
            Key::Char('e') => {
                let both = self.without_own().zip(self.entry());
                self.mode = both.map_or(Mode::Asking, |(without, with)| {
                    Mode::Editing(Editor::new(&without, &with, &self.known))
                });
            }
            _ => {}
        }
        None
    }

    fn noted(&mut self, mut line: Line, key: Key, now: Timestamp) -> Option<Effect> {
        let text = line.words().trim().to_owned();
        match key {
            Key::Leave => return None,
            Key::Enter if text.is_empty() => return None,
            Key::Enter => return self.say(Verdict::Note { text }, now),
            key => line.press(key),
        };
        self.mode = Mode::Note(line);
        None
    }

    fn edited(&mut self, mut editor: Editor, key: Key, now: Timestamp) -> Option<Effect> {
        match editor.press(key) {
            Edited::GoesOn => self.mode = Mode::Editing(editor),
            Edited::Left => {}
            Edited::Saved(correction) => return self.say(Verdict::Correct(correction), now),
            Edited::Added(kind, correction) => return self.added(kind, correction, now),
        }
        None
    }

    fn merged(
        &mut self,
        choices: Vec<Entry>,
        mut at: usize,
        key: Key,
        now: Timestamp,
    ) -> Option<Effect> {
        match key {
            Key::Leave | Key::Char('q') => return None,
            Key::Up | Key::Char('k') => at = at.saturating_sub(1),
            Key::Down | Key::Char('j') => at = (at + 1).min(choices.len().saturating_sub(1)),
            Key::Enter => {
                let into = choices.get(at)?.at.clone();
                return self.say(Verdict::Merge { into }, now);
            }
            _ => {}
        }
        self.mode = Mode::Merging { choices, at };
        None
    }

    /// Takes what was found for [`Effect::Find`].
    pub(super) fn found(&mut self, mut choices: Vec<Entry>) {
        let own = self.items.get(self.at).map(|i| i.read.at.clone());
        choices.retain(|e| Some(&e.at) != own.as_ref());
        if choices.is_empty() {
            self.message = Some("there is no other entry it could be merged into".to_owned());
        } else {
            self.mode = Mode::Merging { choices, at: 0 };
        }
    }

    /// Says something of the entry; an answer takes the place of an earlier one.
    fn say(&mut self, verdict: Verdict, now: Timestamp) -> Option<Effect> {
        let of = self.items.get(self.at)?.read.at.clone();
        let said = self.judgement(&of, verdict, now);
        let replaced: Vec<Judgement> = if is_answer(&said) {
            self.said().filter(|j| is_answer(j)).cloned().collect()
        } else {
            Vec::new()
        };
        let mut judgements: Vec<Judgement> = Vec::new();
        for old in &replaced {
            judgements.push(self.judgement(&of, Verdict::Withdraw { said_at: old.at }, now));
        }
        judgements.push(said.clone());
        let step = Step {
            item: self.at,
            said: vec![said],
            replaced,
        };
        Some(self.keep(judgements, step, false))
    }

    fn skip(&mut self, now: Timestamp) {
        self.steps.push(Step {
            item: self.at,
            said: Vec::new(),
            replaced: Vec::new(),
        });
        self.go(self.at + 1, now);
    }

    fn undo(&mut self, now: Timestamp) -> Option<Effect> {
        let Some(step) = self.steps.last().cloned() else {
            self.message = Some("there is nothing to undo in this sitting".to_owned());
            return None;
        };
        if step.said.is_empty() {
            self.steps.pop();
            self.go(step.item, now);
            return None;
        }
        let mut judgements = Vec::new();
        for said in &step.said {
            let back = Verdict::Withdraw { said_at: said.at };
            judgements.push(self.judgement(&said.of, back, now));
        }
        for old in &step.replaced {
            judgements.push(self.judgement(&old.of, old.verdict.clone(), now));
        }
        Some(self.keep(judgements, step, true))
    }

    fn keep(&mut self, judgements: Vec<Judgement>, step: Step, undoes: bool) -> Effect {
        self.keeping = Some(Keeping {
            judgements: judgements.clone(),
            step,
            undoes,
            mode: Mode::Asking,
        });
        Effect::Keep(judgements)
    }

    /// What was handed out is in the ledger.
    pub(super) fn kept(&mut self, now: Timestamp) {
        let Some(keeping) = self.keeping.take() else {
            return;
        };
        let step = keeping.step;
        if let Some(item) = self.items.get_mut(step.item) {
            let own = keeping.judgements.into_iter();
            let own: Vec<Judgement> = own.filter(|j| item.is_meant(&j.of)).collect();
            item.said.extend(own);
            item.said = standing(std::mem::take(&mut item.said));
        }
        let item = step.item;
        let answer = step.said.iter().any(is_answer);
        let added = step
            .said
            .iter()
            .any(|j| matches!(j.verdict, Verdict::Add(_)));
        if keeping.undoes {
            self.steps.pop();
            self.go(item, now);
            self.message = Some("taken back".to_owned());
        } else {
            self.steps.push(step);
            if answer {
                self.spent += now.duration_since(self.shown).min(PAUSE);
                self.paced += 1;
                self.go(item + 1, now);
            } else {
                let done = if added { "added" } else { "noted" };
                self.message = Some(done.to_owned());
            }
        }
    }

    /// What was handed out could not be kept.
    pub(super) fn refused(&mut self, why: &str) {
        if let Some(keeping) = self.keeping.take() {
            self.mode = keeping.mode;
        }
        self.message = Some(format!("not kept: {why}"));
    }

    fn go(&mut self, to: usize, now: Timestamp) {
        self.at = to;
        self.scroll = 0;
        self.shown = now;
    }

    /// A judgement, later than all before it: its time tells it apart.
    fn judgement(&mut self, of: &EntryRef, verdict: Verdict, now: Timestamp) -> Judgement {
        let next = self.clock.checked_add(SignedDuration::from_nanos(1));
        self.clock = now.max(next.unwrap_or(now));
        Judgement {
            of: of.clone(),
            verdict,
            author: self.reviewer.clone(),
            at: self.clock,
        }
    }
}

/// Whether it answers what is asked; who adds an entry was not asked about it.
fn is_answer(j: &Judgement) -> bool {
    match j.verdict {
        Verdict::Add(_) => false,
        Verdict::Searched => true,
        _ => Answer::of([j]).is_some(),
    }
}

#[cfg(test)]
mod tests;
