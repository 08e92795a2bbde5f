//! What people added or said otherwise of entries, in a gold standard.

use onrecord_model::{Basis, EntityId, Span};
use serde_json::{Value, json};

use super::{Making, listed, sums, told};
use crate::judged::Answer;
use crate::{Correction, Entry, EntryKind, Who};

impl Making<'_> {
    /// An entry that a person added, unless it was taken out.
    pub(super) fn added(&mut self, e: &Entry) -> Option<Value> {
        match Answer::of(&e.judgements)? {
            Answer::Rejected | Answer::Merged { .. } => return None,
            Answer::Accepted | Answer::Corrected(_) => {}
        }
        let words = e.own_words.as_ref().or(e.words.first())?;
        let words = self.record.report.text.verify(words).ok()?;
        let factuality = format!("{} {}", e.factuality.certainty, e.factuality.polarity);
        let (by, to) = (self.ids_of(&e.by), self.ids_of(&e.to));
        let word = self.ids_of(&e.word);
        let reporter = e.reporter.then_some(["reporter"]);
        Some(told(match e.at.kind {
            EntryKind::Statement => json!({
                "id": e.id,
                "source": match by.first() {
                    Some(entity) => json!({"entity": entity, "kind": "named"}),
                    None => json!({"kind": "implicit"}),
                },
                "cue_kind": e.what,
                "content": [self.words.exact(words.range())],
                "factuality": factuality,
                "addressee": to.first(),
                "time": e.time,
                "added": true,
            }),
            EntryKind::Event => json!({
                "id": e.id,
                "type": e.what,
                "trigger": self.quote(&words),
                "actors": by,
                "recipients": to,
                "time": e.time,
                "basis": reporter,
                "on_the_word_of": listed(&word),
                "added": true,
            }),
            EntryKind::Commitment => json!({
                "id": e.id,
                "kind": e.what,
                "status": e.status,
                "by": by,
                "to": to,
                "object": self.quote(&words),
                "condition": e.condition,
                "amount": sums(&e.amounts, e.amounts.first().and_then(|s| s.qualifier)),
                "due": e.due,
                "since": e.since,
                "basis": reporter,
                "on_the_word_of": listed(&word),
                "added": true,
            }),
        }))
    }

    fn ids_of(&mut self, who: &[Who]) -> Vec<String> {
        who.iter().map(|w| self.id(&w.name)).collect()
    }

    /// The words an entry rests on, where a person said that they are others.
    pub(super) fn own(&self, c: &Correction) -> Option<Span> {
        let words = c.words.as_ref()?;
        self.record.report.text.verify(words).ok()
    }

    /// The place of an entry, as people say.
    pub(super) fn place(&mut self, c: &Correction, read: Option<EntityId>) -> Option<String> {
        match &c.place {
            Some(names) => names.first().map(|n| self.id(n)),
            None => read.map(|id| id.to_string()),
        }
    }

    /// On what an entry rests; where a person said on whose word, on the report's own or that.
    pub(super) fn word_of(&self, c: &Correction, read: &[Basis]) -> Option<Vec<String>> {
        match &c.source {
            Some(names) if names.is_empty() => Some(vec!["reporter".to_owned()]),
            Some(_) => None,
            None => Some(self.basis(read)),
        }
    }

    /// On whose word it is, where a person said so.
    pub(super) fn sources(&mut self, c: &Correction) -> Option<Vec<String>> {
        let names = c.source.as_ref().filter(|names| !names.is_empty())?;
        Some(names.iter().map(|n| self.id(n)).collect())
    }
}
