//! A record without the entries its reader was not sure of.
//!
//! Statements, commitments and events carry a confidence; entities, times, places and amounts
//! do not and stay. What leaned on an entry that is left out is left out too: a statement that
//! came by way of it would look first-hand, and an event or commitment on its word alone would
//! stand on nobody's. Where another word is left, the entry stands on that.

use std::collections::BTreeSet;

use crate::{Basis, Record, StatementId};

impl Record {
    /// Leaves out every statement, commitment and event whose confidence is below `least`, and
    /// what rested on them alone. Nothing that stays refers to an entry that went.
    ///
    /// ```
    /// # fn of(record: &mut onrecord_model::Record) {
    /// record.keep_confident(0.8);
    /// assert!(record.statements.iter().all(|s| s.confidence >= 0.8));
    /// # }
    /// ```
    pub fn keep_confident(&mut self, least: f32) {
        self.statements.retain(|s| s.confidence >= least);
        loop {
            let kept: BTreeSet<StatementId> = self.statements.iter().map(|s| s.id).collect();
            let before = self.statements.len();
            self.statements
                .retain(|s| s.via.is_none_or(|via| kept.contains(&via)));
            if self.statements.len() == before {
                self.keep_on_record(least, &kept);
                return;
            }
        }
    }

    fn keep_on_record(&mut self, least: f32, kept: &BTreeSet<StatementId>) {
        // An entry that never had a basis did not lose one.
        let stands = |basis: &mut Vec<Basis>| {
            let had = !basis.is_empty();
            basis.retain(|b| match b {
                Basis::Reporter => true,
                Basis::Statement(id) => kept.contains(id),
            });
            !had || !basis.is_empty()
        };
        self.events
            .retain_mut(|e| e.confidence >= least && stands(&mut e.basis));
        self.commitments
            .retain_mut(|c| c.confidence >= least && stands(&mut c.basis));
    }
}

#[cfg(test)]
mod tests {
    use crate::{Record, Text, TextRange};

    /// Statements as (id, confidence, via), events as (id, confidence, basis): the ids that stay.
    fn check(
        statements: &[(&str, f32, &str)],
        events: &[(&str, f32, &[&str])],
        least: f32,
        want: &str,
    ) {
        let text = Text::new("Ada Oko said no.");
        let span = |a, b| text.span(TextRange::new(a, b)).unwrap();
        let fact = serde_json::json!({"certainty": "certain", "polarity": "positive"});
        let statement = |(id, confidence, via): &(&str, f32, &str)| {
            let mut s = serde_json::json!({
                "id": id, "source": {"kind": "named", "span": span(0, 7)},
                "cue": {"span": span(8, 12), "lemma": "say", "kind": "say"},
                "content": [span(13, 15)], "quotation": "indirect", "factuality": fact,
                "confidence": confidence,
            });
            if !via.is_empty() {
                s["via"] = (*via).into();
            }
            s
        };
        let event = |(id, confidence, basis): &(&str, f32, &[&str])| {
            serde_json::json!({
                "id": id, "type": "OTHER", "trigger": span(8, 12), "actors": [],
                "recipients": [], "factuality": fact, "basis": basis, "confidence": confidence,
            })
        };
        let json = serde_json::json!({
            "report": {"id": "sha256:0", "text": text.as_str(), "language": "en",
                "segments": [{"label": "body", "start": 0, "end": 16}]},
            "entities": [], "commitments": [], "times": [], "places": [], "amounts": [],
            "statements": statements.iter().map(statement).collect::<Vec<_>>(),
            "events": events.iter().map(event).collect::<Vec<_>>(),
            "reader": {"version": "0", "models": []},
        });
        let mut record = Record::from_json(&json.to_string()).unwrap();
        record.keep_confident(least);
        record.verify().unwrap();
        let mut got: Vec<String> = record.statements.iter().map(|s| s.id.to_string()).collect();
        for e in &record.events {
            let basis: Vec<String> = e.basis.iter().map(ToString::to_string).collect();
            got.push(format!("{}:{}", e.id, basis.join("+")));
        }
        assert_eq!(got.join(" "), want);
    }

    #[test]
    fn entries_below_are_left_out() {
        let said = [("s1", 0.9, ""), ("s2", 0.4, ""), ("s3", 0.8, "")];
        let done: [(&str, f32, &[&str]); 2] = [("v1", 0.7, &["reporter"]), ("v2", 0.9, &["s1"])];
        check(&said, &done, 0.0, "s1 s2 s3 v1:reporter v2:s1");
        check(&said, &done, 0.8, "s1 s3 v2:s1");
        check(&said, &done, 1.0, "");
    }

    #[test]
    fn what_rested_on_them_goes_too() {
        let said = [
            ("s1", 0.4, ""),
            ("s2", 0.9, "s1"),
            ("s3", 0.9, "s2"),
            ("s4", 0.9, ""),
        ];
        let done: [(&str, f32, &[&str]); 3] = [
            ("v1", 0.9, &["s3"]),
            ("v2", 0.9, &["s1", "s4"]),
            ("v3", 0.9, &[]),
        ];
        check(&said, &done, 0.5, "s4 v2:s4 v3:");
    }
}
