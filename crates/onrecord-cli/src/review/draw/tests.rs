use super::*;
use crate::review::key::Key;
use jiff::Timestamp;
use onrecord::model::Record;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const JSON: &str = include_str!("../../../../../examples/harbour-loan.json");

/// The screen of a desk over one kind of entries after some keys; every wish is granted.
fn screen(
    kind: EntryKind,
    keys: &str,
    (width, height): (u16, u16),
    colour: bool,
) -> Terminal<TestBackend> {
    let record = Record::from_json(JSON).unwrap();
    shown(&record, kind, keys, (width, height), colour)
}

fn shown(
    record: &Record,
    kind: EntryKind,
    keys: &str,
    (width, height): (u16, u16),
    colour: bool,
) -> Terminal<TestBackend> {
    let all: Vec<Entry> = Entry::of(record)
        .into_iter()
        .filter(|e| e.at.kind == kind)
        .collect();
    let mut desk = Desk::new("Ann Desk", all.clone(), Timestamp::UNIX_EPOCH);
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    for c in keys.chars().map(Some).chain([None]) {
        let passage = desk
            .entry()
            .map(|e| Passage::of(record, &e))
            .unwrap_or_default();
        terminal
            .draw(|f| draw(f, &mut desk, &passage, colour))
            .unwrap();
        let Some(c) = c else { break };
        let key = match c {
            '<' => Key::Backspace,
            '.' => Key::Enter,
            '_' => Key::Down,
            c => Key::Char(c),
        };
        match desk.press(key, Timestamp::UNIX_EPOCH) {
            Some(super::super::desk::Effect::Keep(_)) => desk.kept(Timestamp::UNIX_EPOCH),
            Some(super::super::desk::Effect::Find) => desk.found(all.clone()),
            _ => {}
        }
    }
    terminal
}

#[test]
fn an_entry_with_its_words() {
    insta::assert_snapshot!(screen(EntryKind::Commitment, "", (80, 20), false).backend());
}

#[test]
fn a_small_terminal() {
    insta::assert_snapshot!(screen(EntryKind::Commitment, "", (60, 16), false).backend());
    insta::assert_snapshot!(
        screen(EntryKind::Commitment, "____________", (60, 16), false).backend()
    );
}

#[test]
fn editing_in_a_small_terminal() {
    insta::assert_snapshot!(screen(EntryKind::Commitment, "e_.a", (60, 16), false).backend());
    insta::assert_snapshot!(screen(EntryKind::Commitment, "e_.zz.", (60, 16), false).backend());
}

#[test]
fn merging_noting_helping_ending() {
    insta::assert_snapshot!(screen(EntryKind::Commitment, "m_", (60, 16), false).backend());
    insta::assert_snapshot!(screen(EntryKind::Statement, "nask Ada", (60, 16), false).backend());
    insta::assert_snapshot!(screen(EntryKind::Statement, "?", (60, 16), false).backend());
    insta::assert_snapshot!(
        screen(EntryKind::Commitment, &"a".repeat(40), (60, 16), false).backend()
    );
}

#[test]
fn no_size_is_too_small() {
    for (width, height) in [(1, 1), (5, 3), (20, 5), (300, 80)] {
        for keys in ["", "e.", "m", "n", "?"] {
            screen(EntryKind::Statement, keys, (width, height), true);
        }
    }
}

/// The words of a screen in a style.
fn styled(terminal: &Terminal<TestBackend>, style: Style) -> String {
    let buffer = terminal.backend().buffer();
    let cells = buffer.content().iter();
    let own = cells.filter(|c| {
        let own = c.style();
        own.add_modifier.contains(style.add_modifier)
            && style.fg.is_none_or(|fg| own.fg == Some(fg))
    });
    own.map(ratatui::buffer::Cell::symbol).collect()
}

#[test]
fn words_are_marked_with_colours_or_without() {
    let coloured = screen(EntryKind::Statement, "a", (80, 20), true);
    let cue = Style::new().fg(Color::Yellow);
    assert_eq!(styled(&coloured, cue), "saidcue");
    let plain = screen(EntryKind::Statement, "a", (80, 20), false);
    let cue = Style::new().add_modifier(Modifier::REVERSED);
    assert_eq!(styled(&plain, cue), "saidcue");
    let cells = plain.backend().buffer().content();
    assert!(
        cells
            .iter()
            .all(|c| c.fg == Color::Reset && c.bg == Color::Reset)
    );
}

#[test]
fn nothing_hostile_is_drawn() {
    let record = Record::from_json(JSON).unwrap();
    let mut record = record;
    // As a report would have it: names and headline that would act on a terminal.
    for e in &mut record.entities {
        e.name = format!("\u{1b}]0;owned\u{7}{}\u{202e}", e.name);
    }
    record.report.agency = Some("\u{1b}[2J\u{9b}31mWire\u{2066}".into());
    for kind in [
        EntryKind::Statement,
        EntryKind::Event,
        EntryKind::Commitment,
    ] {
        for keys in ["", "e_.", "e__.", "m", "a"] {
            let terminal = shown(&record, kind, keys, (80, 30), true);
            let cells = terminal.backend().buffer().content();
            let hostile =
                |c: &&ratatui::buffer::Cell| c.symbol().chars().any(crate::look::is_hostile);
            assert_eq!(cells.iter().find(hostile), None, "{kind:?} {keys}");
        }
    }
}
