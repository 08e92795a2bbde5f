//! The shipped corpus is in order, gold scores itself as wholly right, and the counts are those of the
//! scorer in `../shared`.

use std::fs;
use std::path::Path;

use onrecord_model::{EntityKind, PartyRole, SourceKind, Span};
use serde_json::{Value, json};

use super::gold::{self, Details, Passage};
use super::read::{self, Cue, Entity, Party, Record, Source, Stance, Statement, Time};
use super::tally::{Level, Part, Tally};
use super::*;
use crate::score::Shared;

fn shipped(part: &str) -> Vec<Passage> {
    corpus::folder(&repository().join("corpus").join(part)).unwrap()
}

#[test]
fn the_shipped_corpus_is_in_order() {
    let counts = |passages: &[Passage]| {
        let sum = |of: fn(&Passage) -> usize| passages.iter().map(of).sum::<usize>();
        let commitments = sum(|p| p.commitments.len());
        let (events, statements) = (sum(|p| p.events.len()), sum(|p| p.statements.len()));
        (passages.len(), commitments, events, statements)
    };
    let (train, dev) = (shipped("train"), shipped("dev"));
    assert_eq!(counts(&train), (1790, 4177, 3188, 1909));
    assert_eq!(counts(&dev), (92, 298, 230, 164));
    let real = train.iter().chain(&dev).filter(|p| p.kind != "made");
    assert_eq!(
        real.count(),
        0,
        "only passages written for the corpus may be shipped"
    );
}

#[test]
fn gold_scores_itself_as_wholly_right() {
    let passages: Vec<Passage> = ["train", "dev"].into_iter().flat_map(shipped).collect();
    let scored = |of: fn(&Passage) -> Record| {
        let records: Vec<Record> = passages.iter().map(of).collect();
        for (p, r) in passages.iter().zip(&records) {
            r.check(&p.text).unwrap();
        }
        Tally::sum(&tallies(&passages, &records))
    };
    // Sources that gold has no S line for are false statements: statements are scored without them.
    let acts = scored(|p| Draft::default().acts(p));
    let said = scored(|p| Draft::default().said(p));
    for ((part, level), count) in &acts.counts {
        let count = match part {
            Part::Statements => &said.counts[&(*part, *level)],
            _ => count,
        };
        assert_eq!(
            (count.right, count.read),
            (count.gold, count.gold),
            "{part:?} {level:?}"
        );
    }
    for ((part, field), share) in &acts.fields {
        let share = match part {
            Part::Statements => &said.fields[&(*part, *field)],
            _ => share,
        };
        let right = if *field == tally::ASSERTED_WRONGLY {
            0
        } else {
            share.of
        };
        assert_eq!(share.part, right, "{part:?} {field}");
    }
    assert!(acts.quiet.values().all(|q| q.part == 0 && q.of > 0));
    assert!(acts.counts.contains_key(&(Part::Commitments, Level::Full)));
}

/// A record made from gold.
#[derive(Default)]
struct Draft {
    record: Record,
}

impl Draft {
    fn acts(mut self, p: &Passage) -> Record {
        for c in &p.commitments {
            let parties = self.parties(&[(PartyRole::By, &c.by), (PartyRole::To, &c.to)]);
            let basis = self.basis(&c.details, &c.cue);
            let time = |value: &Option<String>| value.clone().map(|value| Time { value });
            self.record.commitments.push(read::Commitment {
                confidence: 1.0,
                status: c.status,
                kind: c.kind,
                object: c.object.clone(),
                cue: Some(c.cue.clone()),
                by: Vec::new(),
                to: Vec::new(),
                with: Vec::new(),
                parties,
                amount: c.details.amount.as_ref().map(|a| read::Amount {
                    value: a.value.clone(),
                    currency: a.currency.clone(),
                    qualifier: c.details.qualifier,
                }),
                due: time(&c.details.due),
                since: time(&c.details.since),
                condition: c.details.condition.clone(),
                factuality: stance(&c.details),
                basis,
            });
        }
        for e in &p.events {
            let roles = [
                (PartyRole::Actor, &e.actors),
                (PartyRole::Recipient, &e.recipients),
            ];
            let parties = self.parties(&roles);
            let basis = self.basis(&e.details, &e.trigger);
            self.record.events.push(read::Event {
                confidence: 1.0,
                kind: e.kind,
                trigger: e.trigger.clone(),
                actors: Vec::new(),
                recipients: Vec::new(),
                parties,
                phase: e.details.phase,
                factuality: stance(&e.details),
                basis,
            });
        }
        self.record
    }

    fn said(mut self, p: &Passage) -> Record {
        for s in &p.statements {
            let id = self.statement(s.source.kind, Some(&s.source.party), &s.cue);
            let made = self
                .record
                .statements
                .iter_mut()
                .find(|s| s.id == id)
                .unwrap();
            made.content.clone_from(&s.content);
            made.quotation = Some(s.quotation);
            made.factuality = Stance {
                certainty: Some(s.factuality.certainty),
                polarity: Some(s.factuality.polarity),
            };
        }
        self.record
    }

    fn parties(&mut self, roles: &[(PartyRole, &Vec<gold::Party>)]) -> Vec<Party> {
        let mut out = Vec::new();
        for (role, parties) in roles {
            out.extend(parties.iter().map(|p| Party {
                role: *role,
                entity: Some(self.entity(p)),
                span: p.span.clone(),
                country: p.country.clone(),
            }));
        }
        out
    }

    fn entity(&mut self, party: &gold::Party) -> String {
        let id = format!("e{}", self.record.entities.len() + 1);
        let coded = party.country.is_some();
        self.record.entities.push(Entity {
            id: id.clone(),
            kind: if coded {
                EntityKind::State
            } else {
                EntityKind::Person
            },
            name: String::new(),
            aliases: Vec::new(),
            mentions: party.span.iter().cloned().collect(),
            country: party.country.clone(),
        });
        id
    }

    fn basis(&mut self, details: &Details, words: &Span) -> Vec<String> {
        match details.basis.as_deref() {
            None => vec!["reporter".to_owned()],
            Some([]) => vec![self.statement(SourceKind::Implicit, None, words)],
            Some(sources) => {
                let said = |p| self.statement(SourceKind::Named, Some(p), words);
                sources.iter().map(said).collect()
            }
        }
    }

    fn statement(&mut self, kind: SourceKind, party: Option<&gold::Party>, words: &Span) -> String {
        let id = format!("s{}", self.record.statements.len() + 1);
        let told = party.filter(|p| !p.is_untold());
        let source = Source {
            kind: Some(kind),
            entity: told.map(|p| self.entity(p)),
            span: told.and_then(|p| p.span.clone()),
        };
        self.record.statements.push(Statement {
            id: id.clone(),
            source,
            cue: Cue {
                span: words.clone(),
            },
            content: vec![words.clone()],
            quotation: None,
            factuality: Stance::default(),
        });
        id
    }
}

fn stance(details: &Details) -> Stance {
    Stance {
        certainty: details.certainty,
        polarity: details.polarity,
    }
}

#[test]
fn the_guide_shows_a_prediction_that_is_wholly_right() {
    let guide = fs::read_to_string(repository().join("docs/guide/scoring-acts.md")).unwrap();
    let fence = |kind: &str| {
        let (_, rest) = guide.split_once(&format!("```{kind}\n")).unwrap();
        rest.split_once("```").unwrap().0
    };
    let mut problems = Vec::new();
    let mut passages = corpus::read(fence("text"), "guide", &mut problems);
    assert_eq!(problems, Vec::<String>::new());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("predicted.jsonl");
    fs::write(&path, fence("json").replace('\n', " ")).unwrap();
    let records = predicted(&path, &mut passages).unwrap();
    let sum = Tally::sum(&tallies(&passages, &records));
    for (of, count) in &sum.counts {
        assert_eq!((count.right, count.read, count.gold), (1, 1, 1), "{of:?}");
    }
    assert!(sum.asserted_wrongly() < 1e-9);
}

#[test]
fn a_prediction_that_misquotes_is_refused() {
    let line = |quote: &str, text: &str| {
        let event = json!({"type": "AID", "trigger": {"start": 0, "end": 4, "quote": quote}});
        let record = json!({"report": {"text": text}, "events": [event]});
        serde_json::from_value::<Record>(record).unwrap()
    };
    let text = onrecord_model::Text::new("Lent again.");
    assert!(line("Lent", "Lent again.").check(&text).is_ok());
    assert!(line("lent", "Lent again.").check(&text).is_err());
    assert!(line("Lent", "Lent  again.").check(&text).is_err());
}

#[test]
fn the_repository_alone_is_enough_to_score() {
    let figures = run(None, true).unwrap();
    assert!(figures.iter().all(|f| f.name.starts_with("made ")));
    assert_eq!(figures.len(), AIMS.len() + 8);
}

/// `../shared` with its scorer, where `python3` runs; says so where not.
fn scorer(file: &str) -> Option<Shared> {
    let python = std::process::Command::new("python3")
        .arg("--version")
        .output();
    let shared = Shared::find().unwrap().filter(|s| s.path(file).is_file());
    if python.is_err() || shared.is_none() {
        println!("skipped: there is no `python3`, or no `{file}` in `../shared`");
        return None;
    }
    shared
}

#[test]
fn passages_are_read_as_the_other_parser_reads_them() {
    let Some(shared) = scorer("tools/corpus.py") else {
        return;
    };
    let folder = repository().join("corpus/dev");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    let out = std::process::Command::new("python3")
        .arg(shared.path("tools/corpus.py"))
        .arg("json")
        .args(files)
        .output()
        .unwrap();
    let told = String::from_utf8(out.stdout).unwrap();
    let theirs: Vec<Value> = told
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let ours: Vec<Value> = shipped("dev").iter().map(|p| json!(p)).collect();
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!(ours, theirs);
    }
}

#[test]
fn counts_are_those_of_the_other_scorer() {
    let Some(shared) = scorer("tools/score_frames.py") else {
        return;
    };
    let passages = dev(Some(&shared)).unwrap();
    let readings = readings(shared.reader(), &passages).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, rows: Vec<Value>| {
        let path = folder.path().join(name);
        let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
        fs::write(&path, lines.join("\n")).unwrap();
        path
    };
    let gold = write("gold.jsonl", passages.iter().map(|p| json!(p)).collect());
    let both = passages.iter().zip(&readings);
    let read = both
        .map(|(p, r)| json!({"id": p.id, "record": r.record}))
        .collect();
    let read = write("read.jsonl", read);
    let tool = shared.path("tools/score_frames.py");
    let said = Shared::python(&tool, &[&gold, &read], &["--json"]).unwrap();
    same_as_said(&passages, &read, &said);
}

fn same_as_said(passages: &[Passage], read: &Path, said: &Value) {
    let mut read = read::file(read).unwrap();
    let records: Vec<Record> = passages
        .iter()
        .map(|p| read.remove(&p.id).unwrap())
        .collect();
    let all = tallies(passages, &records);
    let kinds = kinds(passages, &all);
    for (name, tallies) in &kinds {
        let said = if kinds.len() == 1 || *name == ALL {
            said
        } else {
            &said[*name]
        };
        let sum = Tally::sum(tallies.iter().copied());
        assert_eq!(said["passages"], sum.passages);
        for ((part, level), count) in &sum.counts {
            let row = &said[part.name()][level.name()];
            let ours = [count.precision(), count.recall(), count.f1()];
            for (ours, key) in ours.into_iter().zip(["p", "r", "f1"]) {
                close(ours, &row[key], &format!("{name} {part:?} {level:?} {key}"));
            }
            assert_eq!(
                (&row["gold"], &row["pred"]),
                (&json!(count.gold), &json!(count.read))
            );
        }
        for ((part, field), share) in &sum.fields {
            let row = &said[part.name()]["fields"][field];
            close(share.value(), &row[0], &format!("{name} {part:?} {field}"));
            assert_eq!(row[1], share.of, "{name} {part:?} {field}");
        }
        for (part, share) in &sum.quiet {
            let row = &said["false entries a quiet passage"][part.name()];
            close(share.value(), row, &format!("{name} {part:?} quiet"));
        }
    }
}

fn close(ours: f64, theirs: &Value, what: &str) {
    let theirs = theirs.as_f64().unwrap_or(f64::NAN);
    assert!(
        (ours - theirs).abs() < 6e-5,
        "{what}: {ours} is not {theirs}"
    );
}
