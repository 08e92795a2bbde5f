//! What the reader missed: words that are searched for it, and entries that are added.

use jiff::Timestamp;
use onrecord_ledger::{Correction, Entry, EntryKind, EntryRef, Judgement, Verdict};

use super::{Desk, Editor, Effect, Key, Mode, Step};

impl Desk {
    /// A desk at which words are searched for entries of some kinds that are missing.
    pub(in crate::review) fn searching(
        reviewer: &str,
        words: Vec<Entry>,
        kinds: &[EntryKind],
        now: Timestamp,
    ) -> Self {
        let mut desk = Self::new(reviewer, words, now);
        for item in &mut desk.items {
            item.search = kinds.to_vec();
        }
        desk
    }

    /// For what the words are searched that are asked about; for nothing where an entry is.
    pub(in crate::review) fn sought(&self) -> &[EntryKind] {
        self.items.get(self.at).map_or(&[], |i| &i.search)
    }

    /// What the words hold that are searched, as far as it is on record.
    pub(in crate::review) fn held(&self) -> &[Entry] {
        &self.held
    }

    /// Takes what of a report's entries the words hold that are searched.
    pub(in crate::review) fn hold(&mut self, entries: Vec<Entry>) {
        let sought = self.sought().to_vec();
        let words = self.items.get(self.at).map(|i| i.read.at.anchor.clone());
        let within = |e: &Entry| {
            let (start, ..) = e.rests_on();
            let inside = words
                .as_ref()
                .is_some_and(|w| w.start <= start && start < w.end);
            inside && sought.contains(&e.at.kind) && !e.is_hidden()
        };
        self.held = entries.into_iter().filter(within).collect();
    }

    /// Whether it is words that are asked about, not an entry.
    pub(in crate::review) fn is_searching(&self) -> bool {
        !self.sought().is_empty()
    }

    /// Whether it is words that are asked about at this desk.
    pub(in crate::review) fn is_for_searching(&self) -> bool {
        self.items.iter().any(|i| !i.search.is_empty())
    }

    /// Begins to add an entry: of the kind that is searched for, or asks of which.
    pub(super) fn add(&mut self) {
        self.mode = match self.sought() {
            [kind] => self.adding(*kind),
            _ => Mode::Adding,
        };
    }

    fn adding(&self, kind: EntryKind) -> Mode {
        let near = self.items.get(self.at).map_or(0, |i| i.read.rests_on().0);
        Mode::Editing(Editor::adding(kind, near, &self.known))
    }

    pub(super) fn kind_told(&mut self, key: Key) {
        let kind = match key {
            Key::Char('s') => EntryKind::Statement,
            Key::Char('v') => EntryKind::Event,
            Key::Char('c') => EntryKind::Commitment,
            Key::Leave | Key::Char('q') => return,
            _ => {
                self.mode = Mode::Adding;
                return;
            }
        };
        self.mode = self.adding(kind);
    }

    /// Adds an entry to the report that is open; what is asked about stays.
    pub(super) fn added(
        &mut self,
        kind: EntryKind,
        mut what: Correction,
        now: Timestamp,
    ) -> Option<Effect> {
        let report = self.items.get(self.at)?.read.at.report.clone();
        let words = what.words.take()?;
        let of = EntryRef::on(&report, kind, &words, &what);
        let said = self.judgement(&of, Verdict::Add(what), now);
        Some(self.kept_as(vec![said]))
    }

    /// Says that the words hold no more than is on record.
    pub(super) fn searched(&mut self, now: Timestamp) -> Option<Effect> {
        let item = self.items.get(self.at)?.clone();
        let of = |kind: &EntryKind| EntryRef {
            kind: *kind,
            ..item.read.at.clone()
        };
        let all: Vec<EntryRef> = item.search.iter().map(of).collect();
        let said = |of| self.judgement(of, Verdict::Searched, now);
        let said = all.iter().map(said).collect();
        Some(self.kept_as(said))
    }

    /// Keeps what takes the place of nothing.
    fn kept_as(&mut self, said: Vec<Judgement>) -> Effect {
        let step = Step {
            item: self.at,
            said: said.clone(),
            replaced: Vec::new(),
        };
        self.keep(said, step, false)
    }
}
