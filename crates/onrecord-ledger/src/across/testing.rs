//! Small reports and records for tests: no intake and no reader, so a test says itself what is
//! headline and body, and who says and promises what.

use onrecord_model::{Record, Report, Segment, SegmentLabel, Text, TextRange};
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

/// A report of a headline, which may be empty, and running text.
pub(crate) fn report(headline: &str, body: &str) -> Report {
    let whole = format!("{headline}\n\n{body}");
    let text = Text::new(whole.trim_start());
    let mut segments = Vec::new();
    let at = if headline.is_empty() {
        0
    } else {
        headline.len() + 2
    };
    let parts = [
        (SegmentLabel::Headline, 0, at),
        (SegmentLabel::Body, at, text.as_str().len()),
    ];
    for (label, start, end) in parts {
        if start < end {
            segments.extend(Segment::new(&text, label, TextRange::of(start, end)));
        }
    }
    Report {
        id: format!("test:{whole}"),
        segments,
        ..Report::bare(text)
    }
}

/// A paragraph of `words` words that no other number gives.
pub(crate) fn paragraph(number: usize, words: usize) -> String {
    let word = |i: usize| {
        let n = xxh3_64(&[number.to_le_bytes(), i.to_le_bytes()].concat());
        format!("w{}", n % 50_000)
    };
    let all: Vec<String> = (0..words).map(word).collect();
    format!("{}.", all.join(" "))
}

/// Paragraphs by their numbers, each of 40 words.
pub(crate) fn body(numbers: &[usize]) -> String {
    let all: Vec<String> = numbers.iter().map(|n| paragraph(*n, 40)).collect();
    all.join("\n\n")
}

/// A record of a text, an entry at a time; spans are found by their words.
#[derive(Clone)]
pub(crate) struct Tale {
    text: String,
    day: &'static str,
    outlet: &'static str,
    agency: &'static str,
    entities: Vec<Value>,
    pub(crate) statements: Vec<Value>,
    pub(crate) commitments: Vec<Value>,
    amounts: Vec<Value>,
}

pub(crate) fn tale(text: &str, day: &'static str, outlet: &'static str) -> Tale {
    Tale {
        text: text.to_owned(),
        day,
        outlet,
        agency: "",
        entities: Vec::new(),
        statements: Vec::new(),
        commitments: Vec::new(),
        amounts: Vec::new(),
    }
}

impl Tale {
    fn span(&self, words: &str) -> Value {
        let at = self.text.find(words).expect(words);
        let start = self.text[..at].chars().count();
        json!({"start": start, "end": start + words.chars().count(), "quote": words})
    }

    fn who(&mut self, name: &str) -> String {
        let id = |n: usize| format!("e{n}");
        if let Some(known) = self.entities.iter().position(|e| e["name"] == name) {
            return id(known + 1);
        }
        let mentions: Vec<Value> = self
            .text
            .match_indices(name)
            .map(|(at, _)| {
                let start = self.text[..at].chars().count();
                let end = start + name.chars().count();
                json!({"start": start, "end": end, "quote": name, "form": "name"})
            })
            .collect();
        assert!(!mentions.is_empty(), "{name}");
        let id = id(self.entities.len() + 1);
        self.entities
            .push(json!({"id": id, "kind": "person", "name": name, "mentions": mentions}));
        id
    }

    /// What somebody or something is: its kind, its country, and offices, each with what it is of.
    pub(crate) fn knows(
        mut self,
        name: &str,
        kind: &str,
        country: &str,
        offices: &[(&str, &str)],
    ) -> Self {
        let roles: Vec<Value> = offices
            .iter()
            .map(|(title, of)| {
                let mut role = json!({"title": title, "span": self.span(title)});
                if !of.is_empty() {
                    role["of"] = json!(self.who(of));
                }
                role
            })
            .collect();
        let id = self.who(name);
        let entity = self.entities.iter_mut().find(|e| e["id"] == id).unwrap();
        entity["kind"] = json!(kind);
        entity["roles"] = json!(roles);
        if !country.is_empty() {
            entity["country"] = json!(country);
        }
        self
    }

    /// The last statement is told by an earlier one.
    pub(crate) fn via(mut self, statement: &str) -> Self {
        self.statements.last_mut().unwrap()["via"] = json!(statement);
        self
    }

    /// The agency that wrote it.
    pub(crate) const fn by_agency(mut self, agency: &'static str) -> Self {
        self.agency = agency;
        self
    }

    /// `?words` is somebody without a name, `#words` a document.
    pub(crate) fn says(mut self, who: &str, cue: &str, quotation: &str, content: &str) -> Self {
        let source = match (who.strip_prefix('?'), who.strip_prefix('#')) {
            (Some(words), _) => json!({"kind": "unnamed", "span": self.span(words)}),
            (_, Some(words)) => json!({"kind": "document", "span": self.span(words)}),
            _ => json!({"kind": "named", "entity": self.who(who), "span": self.span(who)}),
        };
        let lemma = if cue == "deny" { "denied" } else { "said" };
        self.statements.push(json!({
            "id": format!("s{}", self.statements.len() + 1), "source": source,
            "cue": {"span": self.span(lemma), "lemma": cue, "kind": cue},
            "content": [self.span(content)], "quotation": quotation,
            "factuality": {"certainty": "certain", "polarity": "positive"}, "confidence": 0.9}));
        self
    }

    pub(crate) fn pledges(self, by: &str, to: &str, euros: &str, basis: &[&str]) -> Self {
        let object = format!("{euros} euros");
        self.binds(["aid", "announced"], by, to, &object, basis)
    }

    /// A commitment of a kind and a status; an object that begins with a figure is a sum of euros.
    pub(crate) fn binds(
        mut self,
        [kind, status]: [&str; 2],
        by: &str,
        to: &str,
        object: &str,
        basis: &[&str],
    ) -> Self {
        let mut who = |names: &str| -> Vec<String> {
            let names = names.split(" and ").filter(|n| !n.is_empty());
            names.map(|n| self.who(n)).collect()
        };
        let (by, to) = (who(by), who(to));
        let mut commitment = json!({
            "id": format!("c{}", self.commitments.len() + 1), "kind": kind, "status": status,
            "factuality": {"certainty": "certain", "polarity": "positive"}, "by": by, "to": to,
            "with": [], "object": self.span(object), "basis": basis, "confidence": 0.9});
        let figure = object
            .split(' ')
            .next()
            .filter(|w| w.parse::<u64>().is_ok());
        if let Some(euros) = figure {
            let mut amount = self.span(&format!("{euros} euros"));
            amount["value"] = json!(euros);
            amount["currency"] = json!("EUR");
            amount["qualifier"] = json!("exactly");
            self.amounts.push(amount.clone());
            commitment["amount"] = amount;
        }
        self.commitments.push(commitment);
        self
    }

    /// Makes the last commitment part of these words.
    pub(crate) fn part_of(mut self, words: &str) -> Self {
        let whole = self.span(words);
        if let Some(last) = self.commitments.last_mut() {
            last["part_of"] = whole;
        }
        self
    }

    pub(crate) fn record(&self) -> Record {
        let mut report = json!({
            "id": format!("test:{} {}", self.outlet, self.text), "text": self.text,
            "language": "en", "segments": [
                {"label": "body", "start": 0, "end": self.text.chars().count()}]});
        if !self.outlet.is_empty() {
            report["outlet"] = json!(self.outlet);
        }
        if !self.agency.is_empty() {
            report["agency"] = json!(self.agency);
        }
        if !self.day.is_empty() {
            report["published"] = json!({
                "value": self.day, "precision": "day", "basis": "metadata", "evidence": []});
        }
        let whole = json!({
            "report": report, "entities": self.entities, "statements": self.statements,
            "events": [], "commitments": self.commitments, "times": [], "places": [],
            "amounts": self.amounts, "reader": {"version": "1", "models": []}});
        Record::from_json(&whole.to_string()).unwrap()
    }
}
