use super::*;
use crate::review::field::Field;
use onrecord::model::{CommitmentStatus, Record};
use onrecord_ledger::{Correction, EntryRef};

/// The entries of a sample report.
fn entries() -> Vec<Entry> {
    let json = include_str!("../../../../../examples/harbour-loan.json");
    Entry::of(&Record::from_json(json).unwrap())
}

fn second(n: i64) -> Timestamp {
    Timestamp::from_second(1_930_000_000 + n).unwrap()
}

/// A desk whose every wish is granted, a key a second.
struct Trial {
    desk: Desk,
    kept: Vec<Judgement>,
    seconds: i64,
}

impl Trial {
    fn new(entries: Vec<Entry>) -> Self {
        Self {
            desk: Desk::new("Ann", entries, second(0)),
            kept: Vec::new(),
            seconds: 0,
        }
    }

    fn press(&mut self, key: Key) -> Option<Effect> {
        self.seconds += 1;
        let now = second(self.seconds);
        let effect = self.desk.press(key, now);
        match &effect {
            Some(Effect::Keep(judgements)) => {
                self.kept.extend(judgements.clone());
                self.desk.kept(now);
            }
            Some(Effect::Find) => self.desk.found(entries()),
            Some(Effect::Quit) | None => {}
        }
        effect
    }

    /// Presses letters: `<` is backspace, `.` enter, `^` up, `_` down, `!` escape.
    fn keys(&mut self, keys: &str) -> &mut Self {
        for c in keys.chars() {
            self.press(match c {
                '<' => Key::Backspace,
                '.' => Key::Enter,
                '^' => Key::Up,
                '_' => Key::Down,
                '!' => Key::Leave,
                c => Key::Char(c),
            });
        }
        self
    }

    /// What stands of all that was kept, as `1 Accept`: the entry's number and the verdict.
    fn stands(&self) -> Vec<String> {
        let all = entries();
        let short = |j: &Judgement| {
            let n = all.iter().position(|e| e.at == j.of).unwrap();
            let verdict = format!("{:?}", j.verdict);
            let verdict = verdict.split([' ', '(']).next().unwrap().to_owned();
            format!("{n} {verdict}")
        };
        standing(self.kept.clone()).iter().map(short).collect()
    }
}

fn check(keys: &str, at: usize, stands: &[&str]) -> Trial {
    let mut trial = Trial::new(entries());
    trial.keys(keys);
    assert_eq!(trial.stands(), stands, "{keys}");
    assert_eq!(trial.desk.position().0, at + 1, "{keys}");
    trial
}

#[test]
fn answers_go_on_and_skips_say_nothing() {
    let trial = check("ax a", 4, &["0 Accept", "1 Reject", "3 Accept"]);
    assert_eq!(trial.desk.answered(), 3);
    // What is no answer does nothing.
    check("zbA1.", 0, &[]);
}

#[test]
fn undo_takes_back_step_by_step() {
    check("ax<", 1, &["0 Accept"]);
    check("ax <<", 1, &["0 Accept"]);
    check("a <<x", 1, &["0 Reject"]);
    let trial = check("<", 0, &[]);
    assert!(trial.desk.message.unwrap().contains("nothing to undo"));
    // Nothing is ever taken out: it is said that it is taken back.
    let trial = check("a<a<", 0, &[]);
    assert_eq!(trial.kept.len(), 4);
    assert_eq!(trial.desk.answered(), 0);
}

#[test]
fn every_judgement_has_its_own_time() {
    let mut desk = Desk::new("Ann", entries(), second(0));
    let mut times = Vec::new();
    for key in [
        Key::Char('a'),
        Key::Backspace,
        Key::Char('x'),
        Key::Char('a'),
    ] {
        if let Some(Effect::Keep(kept)) = desk.press(key, second(0)) {
            times.extend(kept.iter().map(|j| j.at));
            desk.kept(second(0));
        }
    }
    assert_eq!(times.len(), 4);
    assert!(times.windows(2).all(|w| w[0] < w[1]), "{times:?}");
}

#[test]
fn a_note_stays_with_its_entry() {
    let trial = check("nask Ada.a", 1, &["0 Note", "0 Accept"]);
    let Verdict::Note { text } = &trial.kept[0].verdict else {
        panic!("a note")
    };
    assert_eq!(text, "ask Ada");
    // Undone apart from the answer, which is undone first; an empty note is none.
    check("nb.a<", 0, &["0 Note"]);
    check("nb.a<<", 0, &[]);
    check("n.", 0, &[]);
    check("nb!a", 1, &["0 Accept"]);
}

#[test]
fn an_edit_corrects_what_was_changed() {
    let all = entries();
    let n = all
        .iter()
        .position(|e| e.at.kind == EntryKind::Commitment)
        .unwrap();
    let mut trial = Trial::new(all[n..].to_vec());
    // The second field: its status. A word of a list may be begun.
    trial.keys("e_.signe.");
    let Mode::Editing(editor) = &trial.desk.mode else {
        panic!("editing")
    };
    assert!(editor.rows[1].is_changed() && editor.writing.is_none());
    trial.keys("s");
    let correction = Correction {
        status: Some(CommitmentStatus::Signed),
        ..Correction::default()
    };
    assert_eq!(trial.kept[0].verdict, Verdict::Correct(correction));
    assert_eq!(trial.desk.position().0, 2);
    // Taken back, it is as it was read.
    trial.keys("<");
    assert_eq!(trial.desk.entry(), Some(all[n].clone()));
}

#[test]
fn an_edit_that_is_wrong_or_empty_is_not_kept() {
    let mut trial = Trial::new(entries());
    let wrong = |trial: &Trial| match &trial.desk.mode {
        Mode::Editing(editor) => editor.wrong.clone(),
        _ => None,
    };
    trial.keys("e.zzz.");
    assert!(wrong(&trial).unwrap().contains("write one of say, tell"));
    trial.keys("!s");
    assert!(wrong(&trial).unwrap().contains("nothing is changed"));
    trial.keys("!a");
    assert_eq!(trial.stands(), ["0 Accept"]);
}

#[test]
fn an_entry_is_merged_into_another() {
    let trial = check("m_.", 1, &["0 Merge"]);
    // Itself is no choice: the second choice is the third entry.
    let into = entries()[2].at.clone();
    assert_eq!(trial.kept[0].verdict, Verdict::Merge { into });
    check("m!x", 1, &["0 Reject"]);
    let mut alone = Trial::new(entries()[..1].to_vec());
    alone.desk.press(Key::Char('m'), second(1));
    alone.desk.found(entries()[..1].to_vec());
    assert!(alone.desk.message.unwrap().contains("no other entry"));
}

#[test]
fn a_new_answer_takes_the_place_of_an_old_one() {
    let mut all = entries();
    let old = |verdict: Verdict, n: i64| Judgement {
        of: all[0].at.clone(),
        verdict,
        author: "Ann".into(),
        at: second(n - 100),
    };
    let note = Verdict::Note { text: "?".into() };
    let said = vec![old(Verdict::Reject, 0), old(note, 1)];
    all[0].judgements.clone_from(&said);
    let mut trial = Trial::new(all);
    trial.kept = said;
    assert_eq!(trial.keys("a").stands(), ["0 Note", "0 Accept"]);
    // Undone, the old answer stands again.
    assert_eq!(trial.keys("<").stands(), ["0 Note", "0 Reject"]);
    assert_eq!(trial.keys("x<").stands(), ["0 Note", "0 Reject"]);
}

#[test]
fn what_cannot_be_kept_is_not_gone_on_from() {
    let mut desk = Desk::new("Ann", entries(), second(0));
    let press = |desk: &mut Desk, c: char| {
        desk.press(if c == '.' { Key::Enter } else { Key::Char(c) }, second(1))
    };
    for c in "nask".chars() {
        press(&mut desk, c);
    }
    assert!(matches!(press(&mut desk, '.'), Some(Effect::Keep(_))));
    // Until it is known, no key is an answer.
    assert_eq!(press(&mut desk, 'a'), None);
    desk.refused("the ledger is locked");
    assert_eq!(
        desk.message.as_deref(),
        Some("not kept: the ledger is locked")
    );
    // What was written is not lost.
    let Mode::Note(line) = &desk.mode else {
        panic!("the note")
    };
    assert_eq!(line.words(), "ask");
    assert_eq!((desk.position().0, desk.answered()), (1, 0));
}

#[test]
fn what_is_pasted_is_no_answer() {
    let mut desk = Desk::new("Ann", entries(), second(0));
    desk.paste("aaa");
    assert_eq!((desk.position().0, &desk.mode), (1, &Mode::Asking));
    desk.press(Key::Char('n'), second(1));
    desk.paste("a\u{1b}[31m b\n");
    let Mode::Note(line) = &desk.mode else {
        panic!("a note")
    };
    assert_eq!(line.words(), "a[31m b");
}

#[test]
fn the_end_can_be_undone_and_left() {
    let mut trial = Trial::new(entries()[..2].to_vec());
    trial.keys("aaxem");
    assert_eq!((trial.desk.entry(), trial.desk.position()), (None, (3, 2)));
    assert_eq!(trial.desk.mode, Mode::Asking);
    trial.keys("<");
    assert_eq!(trial.desk.position().0, 2);
    assert_eq!(trial.press(Key::Char('q')), Some(Effect::Quit));
    trial.keys("n");
    assert_eq!(trial.press(Key::Stop), Some(Effect::Quit));
}

#[test]
fn the_time_left_goes_by_the_pace_without_pauses() {
    let mut desk = Desk::new("Ann", entries()[..13].to_vec(), second(0));
    for (n, at) in [10, 20, 3620].into_iter().enumerate() {
        assert_eq!(desk.left(), None, "after {n}");
        assert!(desk.press(Key::Char('a'), second(at)).is_some());
        desk.kept(second(at));
    }
    // 10, 10 and no more than 120 seconds for three; ten are left.
    let left = desk.left().unwrap().as_secs();
    assert_eq!(left, 1400 / 3);
}

#[test]
fn others_are_seen_only_where_they_are_handed_in() {
    let mut all = entries();
    let of = all[0].at.clone();
    all[0].judgements.push(Judgement {
        of,
        verdict: Verdict::Reject,
        author: "Bo".into(),
        at: second(-5),
    });
    let mut trial = Trial::new(all);
    assert_eq!(trial.desk.said_by_others().count(), 1);
    assert_eq!(trial.desk.said().count(), 0);
    // Bo's word stays Bo's.
    trial.keys("a<");
    assert_eq!(trial.desk.said_by_others().count(), 1);
    assert!(trial.kept.iter().all(|j| j.author == "Ann"));
}

#[test]
fn a_name_that_the_report_does_not_have_is_asked_about_once() {
    let first = entries().into_iter().position(|e| !e.by.is_empty());
    let entries = entries()[first.unwrap()..].to_vec();
    let written = |keys: &str| {
        let mut trial = Trial::new(entries.clone());
        trial.desk.know(Known {
            names: vec!["Ada Oko".into(), "Peru".into()],
            ..Known::default()
        });
        let by = Field::of(entries[0].at.kind)
            .iter()
            .position(|f| *f == Field::By);
        trial.keys(&format!("e{}.", "_".repeat(by.unwrap())));
        let own = "<".repeat(Field::By.value(&entries[0]).chars().count());
        trial.keys(&own).keys(keys);
        let Mode::Editing(editor) = &trial.desk.mode else {
            panic!("{:?}", trial.desk.mode)
        };
        (editor.wrong.clone(), editor.rows[editor.at].now.clone())
    };
    let was = Field::By.value(&entries[0]);
    let asked = "the report does not name `Ada Oka`; enter again keeps it";
    assert_eq!(written("Ada Oka.").0.as_deref(), Some(asked));
    assert_eq!(written("Ada Oka.").1, was);
    assert_eq!(written("Ada Oka..").1, "Ada Oka");
    // Written otherwise it is asked about again.
    assert!(written("Ada Oka.r.").0.unwrap().contains("`Ada Okar`"));
    for known in ["ada oko; Peru", "", was.as_str()] {
        assert_eq!(written(&format!("{known}.")), (None, known.to_owned()));
    }
}

/// A desk over a report with its text, from its first commitment on.
fn over_commitments() -> Trial {
    let json = include_str!("../../../../../examples/harbour-loan.json");
    let record = Record::from_json(json).unwrap();
    let all = entries();
    let n = all.iter().position(|e| e.at.kind == EntryKind::Commitment);
    let mut trial = Trial::new(all[n.unwrap()..].to_vec());
    trial.desk.know(Known::of(&record));
    trial
}

#[test]
fn words_and_terms_of_a_commitment_are_edited() {
    let mut trial = over_commitments();
    let at = |field: Field| {
        let fields = Field::of(EntryKind::Commitment);
        "_".repeat(fields.iter().position(|f| *f == field).unwrap())
    };
    let erase = |words: &str| "<".repeat(words.chars().count());
    let entry = trial.desk.entry().unwrap();
    let due = entry.due.clone().unwrap_or_default();
    trial.keys(&format!("e{}.{}2032.", at(Field::Due), erase(&due)));
    let up = "^".repeat(at(Field::Due).len());
    let own = Field::Words.value(&entry);
    trial.keys(&format!(
        "{up}{}.{}no such words.",
        at(Field::Words),
        erase(&own)
    ));
    let Mode::Editing(editor) = &trial.desk.mode else {
        panic!("editing")
    };
    let wrong = editor.wrong.clone().unwrap();
    assert!(wrong.contains("has no words `no such words`"), "{wrong}");
    trial.keys(&format!("{}Alba Noriega.s", erase("no such words")));
    let Verdict::Correct(c) = &trial.kept[0].verdict else {
        panic!("{:?}", trial.kept)
    };
    assert_eq!(c.due.as_deref(), Some("2032"));
    let words = c.words.as_ref().unwrap();
    let text = entries()[0].at.report.clone();
    assert_eq!((words.quote(), text.is_empty()), ("Alba Noriega", false));
}

#[test]
fn an_entry_is_added_and_taken_back() {
    let mut trial = over_commitments();
    let first = trial.desk.entry().unwrap();
    trial.keys("+zv");
    // Its words are asked for first; without what it is, it is not kept.
    trial.keys("storm-damaged.s");
    let Mode::Editing(editor) = &trial.desk.mode else {
        panic!("adding")
    };
    let wrong = editor.wrong.clone().unwrap();
    assert!(wrong.contains("needs its what"), "{wrong}");
    trial.keys(".assault.s");
    let [added] = &trial.kept[..] else {
        panic!("{:?}", trial.kept)
    };
    assert_eq!(
        (added.of.kind, added.of.anchor.what.as_str()),
        (EntryKind::Event, "ASSAULT")
    );
    assert_eq!(added.of.anchor.quote, "storm-damaged");
    let Verdict::Add(what) = &added.verdict else {
        panic!("{added:?}")
    };
    assert_eq!(what.words, None);
    assert_eq!(trial.desk.message.as_deref(), Some("added"));
    // The entry that was asked about still is, and nothing was said of it.
    assert_eq!(trial.desk.entry(), Some(first));
    assert_eq!(trial.desk.answered(), 0);
    let said_at = added.at;
    trial.keys("<");
    assert_eq!(trial.kept[1].verdict, Verdict::Withdraw { said_at });
    assert_eq!(trial.kept[1].of, trial.kept[0].of);
    trial.keys("+!a");
    assert_eq!(trial.desk.answered(), 1);
}

#[test]
fn sentences_are_searched() {
    let json = include_str!("../../../../../examples/harbour-loan.json");
    let record = Record::from_json(json).unwrap();
    let sentences = onrecord_ledger::judged::sample::sentences(&record);
    let kinds = [EntryKind::Event, EntryKind::Commitment];
    let words = |words: &onrecord::model::Span| {
        let mut e = Entry::begun(&record, EntryKind::Statement, words);
        e.at = EntryRef::searched(&record.report.id, EntryKind::Statement, words);
        e
    };
    let items: Vec<Entry> = sentences.iter().take(3).map(words).collect();
    let mut trial = Trial::new(Vec::new());
    trial.desk = Desk::searching("Ann", items.clone(), &kinds, second(0));
    trial.desk.know(Known::of(&record));
    trial.desk.hold(entries());
    let held: Vec<EntryKind> = trial.desk.held().iter().map(|e| e.at.kind).collect();
    assert!(!held.is_empty() && !held.contains(&EntryKind::Statement));
    // Words are no entry, to be rejected, edited, noted or merged.
    trial.keys("xenm");
    assert_eq!((trial.kept.len(), &trial.desk.mode), (0, &Mode::Asking));
    trial.keys("a");
    let kept: Vec<_> = trial.kept.iter().map(|j| (j.of.kind, &j.verdict)).collect();
    assert_eq!(kept, kinds.map(|k| (k, &Verdict::Searched)));
    assert_eq!((trial.desk.position().0, trial.desk.answered()), (2, 1));
    trial.keys(" <<");
    assert_eq!((trial.desk.position().0, trial.desk.answered()), (1, 0));
    let stand = standing(trial.kept.clone());
    assert!(stand.is_empty(), "{stand:?}");
    assert_eq!(trial.desk.said().count(), 0);
}
