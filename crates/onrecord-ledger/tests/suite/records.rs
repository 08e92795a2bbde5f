//! Small records, written out: a text whose lines are `Name said: words`, `Name hit Name` and
//! `Name will give Name $N million for words`.

use onrecord_ledger::{Filing, Origin};
use onrecord_model::Record;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// A report to be read.
#[derive(Clone)]
pub(crate) struct Story {
    pub(crate) text: String,
    pub(crate) day: &'static str,
    pub(crate) outlet: &'static str,
    pub(crate) location: String,
    pub(crate) filed: &'static str,
    pub(crate) reader: &'static str,
    pub(crate) confidence: f32,
    pub(crate) problem: Option<String>,
}

pub(crate) fn story(text: &str, day: &'static str) -> Story {
    Story {
        text: text.to_owned(),
        day,
        outlet: "Example Wire",
        location: format!("reports/{day}.txt"),
        filed: "2031-06-01T12:00:00Z",
        reader: "0.1.0",
        confidence: 0.9,
        problem: None,
    }
}

impl Story {
    pub(crate) fn from(mut self, outlet: &'static str, location: &str) -> Self {
        self.outlet = outlet;
        location.clone_into(&mut self.location);
        self
    }

    pub(crate) const fn read_by(mut self, reader: &'static str) -> Self {
        self.reader = reader;
        self
    }

    /// Read with a problem of this kind.
    pub(crate) fn with_problem(mut self, kind: &str) -> Self {
        self.problem = Some(kind.to_owned());
        self
    }

    pub(crate) const fn sure(mut self, confidence: f32) -> Self {
        self.confidence = confidence;
        self
    }

    pub(crate) fn id(&self) -> String {
        let digest = Sha256::digest(self.text.as_bytes());
        let hex: Vec<String> = digest.iter().map(|b| format!("{b:02x}")).collect();
        format!("sha256:{}", hex.concat())
    }

    pub(crate) fn filing(&self) -> Filing {
        let origin = Origin {
            location: self.location.clone(),
            outlet: (!self.outlet.is_empty()).then(|| self.outlet.to_owned()),
            filed: self.filed.parse().unwrap(),
        };
        Filing::new(self.record(), origin).unwrap()
    }

    pub(crate) fn record(&self) -> Record {
        let mut desk = Desk {
            story: self,
            entities: Vec::new(),
            statements: Vec::new(),
            events: Vec::new(),
            commitments: Vec::new(),
        };
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            desk.line(line.trim_end(), at);
            at += line.chars().count();
        }
        let mut report = json!({"id": self.id(), "text": self.text, "language": "en",
            "segments": [{"label": "body", "start": 0, "end": at}]});
        if !self.day.is_empty() {
            report["published"] =
                json!({"value": self.day, "precision": "day", "basis": "stated", "evidence": []});
        }
        let places: Vec<Value> = desk
            .entities
            .iter()
            .filter(|e| e["kind"] == "place")
            .map(|e| {
                let mut p = e["mentions"][0].clone();
                p.as_object_mut().unwrap().remove("form");
                // Each place lies as many degrees north and west as its name has letters.
                let n = e["name"].as_str().unwrap().len() as f64;
                p["lat"] = json!(n);
                p["lon"] = json!(-n);
                p["country"] = json!("XXX");
                p
            })
            .collect();
        let mut whole = json!({"report": report, "entities": desk.entities, "statements": desk.statements,
            "events": desk.events, "commitments": desk.commitments, "times": [], "places": places,
            "amounts": [], "reader": {"version": self.reader, "models": [{"name": "toy", "version": "1"}]}});
        if let Some(kind) = &self.problem {
            whole["problems"] = json!([{"kind": kind, "message": "it is so"}]);
        }
        Record::from_json(&whole.to_string()).unwrap()
    }
}

struct Desk<'s> {
    story: &'s Story,
    entities: Vec<Value>,
    statements: Vec<Value>,
    events: Vec<Value>,
    commitments: Vec<Value>,
}

impl Desk<'_> {
    fn span(words: &str, at: usize) -> Value {
        json!({"start": at, "end": at + words.chars().count(), "quote": words})
    }

    /// The entity of a name; `?Name` is somebody without one, `@Name` a place.
    fn who(&mut self, name: &str, at: usize) -> String {
        let kind = if name.starts_with('@') {
            "place"
        } else {
            "person"
        };
        let mut mention = Self::span(name, at);
        mention["form"] = json!("name");
        let known = self
            .entities
            .iter_mut()
            .find(|e| e["mentions"][0]["quote"] == name);
        if let Some(e) = known {
            e["mentions"].as_array_mut().unwrap().push(mention);
            return e["id"].as_str().unwrap().to_owned();
        }
        let id = format!("e{}", self.entities.len() + 1);
        let plain = name.trim_start_matches('@');
        let last = plain.rsplit(' ').next().unwrap();
        self.entities.push(json!({"id": id, "kind": kind, "name": plain, "aliases": [last],
            "mentions": [mention], "links": [{"scheme": "wikidata", "id": format!("Q{}", plain.len()), "confidence": 0.9}]}));
        id
    }

    fn line(&mut self, line: &str, at: usize) {
        let fact = json!({"certainty": "certain", "polarity": "positive"});
        let place = |mark: &str| line.find(mark).map(|b| line[..b].chars().count());
        let after = |mark: &str| line.split_once(mark).unwrap().1;
        if let Some(cut) = place(" said: ") {
            let name: String = line.chars().take(cut).collect();
            let words = after(" said: ");
            let source = if name.starts_with('?') {
                json!({"kind": "unnamed", "span": Self::span(&name, at)})
            } else {
                json!({"kind": "named", "entity": self.who(&name, at), "span": Self::span(&name, at)})
            };
            let id = format!("s{}", self.statements.len() + 1);
            self.inner(words, at + cut + 7);
            self.statements.push(json!({"id": id, "source": source,
                "cue": {"span": Self::span("said", at + cut + 1), "lemma": "say", "kind": "say"},
                "content": [Self::span(words, at + cut + 7)], "quotation": "indirect",
                "factuality": fact, "confidence": self.story.confidence}));
        } else if let Some(cut) = place(" hit ") {
            let name: String = line.chars().take(cut).collect();
            let (whom, spot) = after(" hit ").split_once(" at ").unwrap();
            let (spot, day) = spot.split_once(" on ").unwrap();
            let to = at + cut + 5;
            let there = to + whom.chars().count() + 4;
            let (actor, recipient) = (self.who(&name, at), self.who(whom, to));
            let place = self.who(spot, there);
            let id = format!("v{}", self.events.len() + 1);
            self.events.push(json!({"id": id, "type": "ASSAULT", "trigger": Self::span("hit", at + cut + 1),
                "actors": [actor], "recipients": [recipient], "place": place, "time": {"value": day},
                "parties": [{"role": "actor", "span": Self::span(&name, at)}, {"role": "recipient", "span": Self::span(whom, to)}],
                "factuality": fact, "basis": ["reporter"], "confidence": self.story.confidence}));
        } else if let Some(cut) = place(" will give ") {
            let name: String = line.chars().take(cut).collect();
            let (whom, rest) = after(" will give ").split_once(" $").unwrap();
            let (millions, object) = rest.split_once(" million for ").unwrap();
            let to = at + cut + 11;
            let sum = to + whom.chars().count() + 1;
            let money = format!("${millions} million");
            let object_at = sum + money.chars().count() + 5;
            let (by, to) = (self.who(&name, at), self.who(whom, to));
            let id = format!("c{}", self.commitments.len() + 1);
            let mut amount = Self::span(&money, sum);
            amount["value"] = json!(format!("{millions}000000"));
            amount["currency"] = json!("USD");
            amount["qualifier"] = json!("exactly");
            amount["restated"] = json!([{"value": format!("{millions}00000"), "currency": "EUR", "basis": "computed"}]);
            let basis = self
                .statements
                .last()
                .map_or(json!("reporter"), |s| s["id"].clone());
            self.commitments.push(json!({"id": id, "kind": "aid", "status": "announced", "factuality": fact,
                "by": [by], "to": [to], "with": [], "cue": Self::span("will give", at + cut + 1), "object": Self::span(object, object_at), "amount": amount,
                "basis": [basis], "confidence": self.story.confidence}));
        }
    }

    /// Names inside what is said: words in brackets.
    fn inner(&mut self, words: &str, at: usize) {
        for (i, part) in words.split(['[', ']']).enumerate() {
            if i % 2 == 1 {
                let before = words.split(part).next().unwrap().chars().count();
                self.who(part, at + before);
            }
        }
    }
}
