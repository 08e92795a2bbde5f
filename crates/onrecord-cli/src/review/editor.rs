//! Editing an entry: its fields, one of which is being written.

use onrecord_ledger::{Correction, Entry, EntryKind};

use super::field::{Field, Known};
use super::key::Key;
use super::line::Line;

/// A field, what it holds without this reviewer's word, and with it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Row {
    pub(super) field: Field,
    was: String,
    pub(super) now: String,
}

impl Row {
    pub(super) fn is_changed(&self) -> bool {
        self.was != self.now
    }

    /// Names in what was written that neither the report nor the entry has.
    fn strange<'w>(&self, words: &'w str, known: impl Fn(&str) -> bool) -> Vec<&'w str> {
        let own: Vec<String> = named(&self.was).chain(named(&self.now)).collect();
        let of_people = self.field.is_of_people();
        let names = words.split(';').map(str::trim);
        let strange = |n: &&str| of_people && !n.is_empty() && !known(n) && !is_among(n, &own);
        names.filter(strange).collect()
    }
}

fn named(words: &str) -> impl Iterator<Item = String> {
    words.split(';').map(|n| n.trim().to_owned())
}

fn is_among(name: &str, names: &[String]) -> bool {
    let name = name.to_lowercase();
    names.iter().any(|n| n.to_lowercase() == name)
}

/// An entry that is edited.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Editor {
    kind: EntryKind,
    pub(super) rows: Vec<Row>,
    pub(super) at: usize,
    pub(super) writing: Option<Line>,
    /// What is wrong with what was written.
    pub(super) wrong: Option<String>,
    /// What is known of the report.
    known: Known,
    /// Whether the entry is one that is added.
    pub(super) adds: bool,
    /// What was written with names that are none of the report's, and is asked about.
    asked: Option<String>,
}

/// What comes of a key.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Edited {
    GoesOn,
    Left,
    Saved(Correction),
    /// An entry of this kind that is to be added.
    Added(EntryKind, Correction),
}

impl Editor {
    pub(super) fn new(without: &Entry, with: &Entry, known: &Known) -> Self {
        let kind = with.at.kind;
        let row = |field: Field| Row {
            field,
            was: field.value(without),
            now: field.value(with),
        };
        Self {
            kind,
            rows: Field::of(kind).into_iter().map(row).collect(),
            at: 0,
            writing: None,
            wrong: None,
            known: Known {
                near: with.rests_on().0,
                ..known.clone()
            },
            adds: false,
            asked: None,
        }
    }

    /// An entry that is to be added near a place: its words come first.
    pub(super) fn adding(kind: EntryKind, near: u32, known: &Known) -> Self {
        let mut fields = Field::of(kind);
        fields.rotate_right(1);
        let row = |field: Field| Row {
            field,
            was: String::new(),
            now: String::new(),
        };
        Self {
            kind,
            rows: fields.into_iter().map(row).collect(),
            at: 0,
            writing: Some(Line::default()),
            wrong: None,
            known: Known {
                near,
                ..known.clone()
            },
            adds: true,
            asked: None,
        }
    }

    pub(super) fn press(&mut self, key: Key) -> Edited {
        self.wrong = None;
        if self.writing.is_some() {
            self.write(key);
            return Edited::GoesOn;
        }
        match key {
            Key::Up | Key::Char('k') => self.at = self.at.saturating_sub(1),
            Key::Down | Key::Char('j') => self.at = (self.at + 1).min(self.rows.len() - 1),
            Key::Enter | Key::Char('e') => self.begin(),
            Key::Char('s') => return self.save(),
            Key::Leave | Key::Char('q') => return Edited::Left,
            _ => {}
        }
        Edited::GoesOn
    }

    /// Begins to write the field that is chosen: a word of a list anew, other words to be mended.
    fn begin(&mut self) {
        self.writing = self.rows.get(self.at).map(|row| {
            let listed = !row.field.allowed(self.kind).is_empty();
            Line::of(if listed { "" } else { &row.now })
        });
    }

    fn write(&mut self, key: Key) {
        let Some((line, row)) = self.writing.as_mut().zip(self.rows.get_mut(self.at)) else {
            return;
        };
        match key {
            Key::Enter => match row.field.read(self.kind, &line.words(), &self.known) {
                Ok(words) => {
                    let names = &self.known.names;
                    let known = |name: &str| names.is_empty() || is_among(name, names);
                    let strange = row.strange(&words, known);
                    if strange.is_empty() || self.asked.as_ref() == Some(&words) {
                        row.now = words;
                        self.writing = None;
                    } else {
                        let strange = strange.join("`, `");
                        self.wrong = Some(format!(
                            "the report does not name `{strange}`; enter again keeps it"
                        ));
                        self.asked = Some(words);
                    }
                }
                Err(why) => self.wrong = Some(why),
            },
            Key::Leave => self.writing = None,
            Key::Tab => {
                let near = row.field.beginning(self.kind, &line.words());
                if let Some(word) = near.first() {
                    *line = Line::of(word);
                }
            }
            key => {
                line.press(key);
            }
        }
    }

    fn save(&mut self) -> Edited {
        let mut correction = Correction::default();
        for row in self.rows.iter().filter(|r| r.is_changed()) {
            let put = row
                .field
                .put(self.kind, &row.now, &self.known, &mut correction);
            if let Err(why) = put {
                self.wrong = Some(format!("{}: {why}", row.field.name()));
                return Edited::GoesOn;
            }
        }
        if self.adds {
            return self.add(correction);
        }
        if correction == Correction::default() {
            self.wrong = Some("nothing is changed; `a` accepts the entry as it is".to_owned());
            return Edited::GoesOn;
        }
        Edited::Saved(correction)
    }

    /// An addition says on what words it stands, and what it is.
    fn add(&mut self, correction: Correction) -> Edited {
        let needs = [
            (Field::Words, correction.words.is_none()),
            (Field::What, correction.what.is_none()),
            (Field::Status, correction.status.is_none()),
        ];
        let own = |f: Field| self.rows.iter().position(|r| r.field == f);
        let mut missing = needs.into_iter().filter(|(_, missing)| *missing);
        if let Some((field, at)) = missing.find_map(|(f, _)| Some((f, own(f)?))) {
            self.at = at;
            self.wrong = Some(format!("an entry that is added needs its {}", field.name()));
            return Edited::GoesOn;
        }
        Edited::Added(self.kind, correction)
    }

    /// What helps to write the field: the words of its list that begin as the line, all of them
    /// where none does; or a hint.
    pub(super) fn help(&self) -> String {
        let Some((line, row)) = self.writing.as_ref().zip(self.rows.get(self.at)) else {
            return String::new();
        };
        let near = row.field.beginning(self.kind, &line.words());
        let all = row.field.allowed(self.kind);
        match (&near[..], &all[..]) {
            (_, []) => row.field.hint().to_owned(),
            ([], all) => all.join(" "),
            (near, _) => near.join(" "),
        }
    }
}
