//! What the entities of a report are, on plain sentences without tags or trees.

use onrecord_model::{
    Document, Entity, MentionForm, Report, Segment, SegmentLabel, Sentence, SentenceId, Text,
    TextRange, Token, TokenRange,
};

use super::*;

/// A report of plain sentences, cut at spaces, points and touching marks.
fn read(text: &str) -> (Report, Document) {
    let text = Text::new(text);
    let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
    let mut at = 0;
    for line in text.as_str().split_inclusive('\n') {
        let first = tokens.len() as u32;
        for range in cut(line, at) {
            tokens.push(token(&text, range, sentences.len() as u32));
        }
        at += line.len();
        let range = TokenRange::new(first, tokens.len() as u32);
        if !range.is_empty() {
            sentences.push(Sentence {
                tokens: range,
                range: tokens[range.usizes()][0].range,
                paragraph: 0,
                segment: SegmentLabel::Body,
            });
        }
    }
    let all = TextRange::of(0, text.as_str().len());
    let report = Report {
        segments: Segment::new(&text, SegmentLabel::Body, all)
            .into_iter()
            .collect(),
        ..Report::bare(text.clone())
    };
    (report, Document::new(text, sentences, tokens))
}

fn cut(line: &str, at: usize) -> Vec<TextRange> {
    let mut out = Vec::new();
    let mut start = None;
    let mut flush = |start: &mut Option<usize>, end: usize| {
        if let Some(s) = start.take() {
            out.push(TextRange::of(at + s, at + end));
        }
    };
    let bytes = line.as_bytes();
    for (i, c) in line.char_indices() {
        let possessive = c == '\'' && bytes.get(i + 1) == Some(&b's');
        let mark =
            matches!(c, ',' | '(' | ')' | '"' | '-') || c == '.' && i + 2 >= line.trim_end().len();
        if c.is_whitespace() || mark || possessive {
            flush(&mut start, i);
        }
        if mark {
            start = Some(i);
            flush(&mut start, i + 1);
        } else if !c.is_whitespace() && start.is_none() {
            start = Some(i);
        }
    }
    flush(&mut start, line.len());
    out
}

fn token(text: &Text, range: TextRange, sentence: u32) -> Token {
    Token {
        range,
        sentence: SentenceId(sentence),
        upos: Upos::X,
        xpos: smol_str::SmolStr::default(),
        morph: onrecord_model::Morph::default(),
        lemma: text.slice(range).to_lowercase().into(),
        head: None,
        relation: onrecord_model::Relation::default(),
        happened: 0,
    }
}

fn with<T>(text: &str, look: impl Fn(&Context<'_>, &Entities, &[Place]) -> T) -> T {
    let (report, document) = read(text);
    let cx = Context {
        report: &report,
        document: &document,
    };
    let (entities, places) = extract(&cx, &[]);
    look(&cx, &entities, &places)
}

/// Checks which entity the closest mention at these words is of; "" for none.
fn check(text: &str, words: &str, name: &str) {
    with(text, |_, e, _| {
        let at = text.rfind(words).unwrap();
        let found = e
            .at(TextRange::of(at, at + words.len()))
            .and_then(|id| e.get(id));
        let all: Vec<_> = e.all().iter().map(|e| (&e.name, e.kind)).collect();
        assert_eq!(
            found.map_or("", |e| e.name.as_str()),
            name,
            "{text}: {all:?}"
        );
    });
}

fn entity(text: &str, name: &str) -> Entity {
    with(text, |_, e, _| {
        e.all().iter().find(|e| e.name == name).cloned()
    })
    .unwrap_or_else(|| panic!("no `{name}` in: {text}"))
}

#[test]
fn parts_of_a_name_join_the_whole() {
    let t = "Trade Minister Edda Moor spoke to Karl Vane on Monday.\n";
    check(
        &format!("{t}Later Moor left the hall."),
        "Moor",
        "Edda Moor",
    );
    check(
        &format!("{t}Later Vane left the hall."),
        "Vane",
        "Karl Vane",
    );
    let two = "Judge Paul Orne fined Anna Orne on Friday.\n";
    check(
        &format!("{two}Paul Orne will appeal."),
        "Paul Orne",
        "Paul Orne",
    );
    check(
        &format!("{two}Anna Orne will appeal."),
        "Anna Orne",
        "Anna Orne",
    );
    check(
        "Li Wenjun, a Chinese author, won.\nMr. Li will travel.",
        "Li",
        "Li Wenjun",
    );
    check(
        "Sisters Ada and Marta Quill run it.\nAda will sell.",
        "Ada",
        "Ada Quill",
    );
}

#[test]
fn acronyms_join_the_name_they_stand_beside() {
    let t = "The Baltic Salt Council (BSC) met the Harbour Pilots Union (HPU) on Tuesday.\n";
    check(
        &format!("{t}The BSC will vote."),
        "BSC",
        "Baltic Salt Council",
    );
    check(
        &format!("{t}The HPU will vote."),
        "HPU",
        "Harbour Pilots Union",
    );
    check(
        &format!("{t}The council will vote."),
        "The council",
        "Baltic Salt Council",
    );
}

#[test]
fn titles_tell_offices_and_whose_they_are() {
    let p = entity(
        "Former Peruvian President Luz Amaro met Norwegian Foreign Minister Ola Berg.",
        "Luz Amaro",
    );
    assert_eq!(p.roles[0].title, "President");
    assert_eq!(
        (p.country.as_deref(), p.roles[0].until.as_deref()),
        (Some("PER"), Some(".."))
    );
    let p = entity(
        "It was opened by Amaro's trade envoy for Chile, Rosa Pell, on Monday.\nLuz Amaro came.",
        "Rosa Pell",
    );
    assert_eq!(p.roles[0].title, "trade envoy for Chile");
    assert!(p.roles[0].of.is_some());
    let p = entity(
        "Rosa Pell, professor of port law at Lund University, disagreed.",
        "Rosa Pell",
    );
    assert_eq!(p.roles[0].title, "professor of port law");
    assert!(p.roles[0].of.is_some());
}

#[test]
fn nominals_join_who_holds_the_office() {
    let t = "President Nils Aker met former President Tove Lind on Tuesday.\n";
    check(
        &format!("{t}The president signed."),
        "The president",
        "Nils Aker",
    );
    check(
        &format!("{t}The former president signed."),
        "The former president",
        "Tove Lind",
    );
    check(&format!("{t}The dentist signed."), "The dentist", "");
}

#[test]
fn pronouns_agree_and_prefer_the_subject() {
    let t = "President Tove Lind met Minister Nils Aker on Tuesday.\n";
    check(&format!("{t}She left early."), "She", "Tove Lind");
    check(&format!("{t}He left early."), "He", "Nils Aker");
    check(
        "Minister Nils Aker told Ole Berg that he would resign.",
        "he",
        "Nils Aker",
    );
}

#[test]
fn a_capital_is_a_government_where_it_acts() {
    check("Lima said the port was shut.", "Lima", "Peru");
    check("A driver in Lima said the port was shut.", "Lima", "Lima");
    let e = entity("Lima said the port was shut.", "Peru");
    assert!(e.mentions[0].metonym && e.mentions[0].form == MentionForm::Name);
}

#[test]
fn a_phrase_denotes_what_its_head_denotes() {
    let check = |text: &str, phrase: &str, name: &str| {
        with(text, |cx, e, _| {
            let at = text.find(phrase).unwrap();
            let tokens = cx.document.tokens_in(TextRange::of(at, at + phrase.len()));
            let found = e.resolve_phrase(cx, tokens).and_then(|id| e.get(id));
            assert_eq!(found.map_or("", |e| e.name.as_str()), name, "{phrase}");
        });
    };
    check(
        "Trade Minister Edda Moor left.",
        "Trade Minister Edda Moor",
        "Edda Moor",
    );
    check(
        "A cousin of Trade Minister Edda Moor left.",
        "A cousin of Trade Minister Edda Moor",
        "",
    );
    check(
        "Peruvian officials left for Peru.",
        "Peruvian officials",
        "",
    );
    check(
        "The Peruvian government agreed with Peru.",
        "The Peruvian government",
        "Peru",
    );
}

#[test]
fn odd_input_is_read_without_harm() {
    for text in [
        "",
        "\n",
        "—",
        "U.S.",
        "Mr.",
        "the",
        "“He",
        "A, B, C (D), E's F-G's",
        "O’Neill's 's",
    ] {
        with(text, |_, e, _| assert!(e.all().len() < 9));
    }
}

/// Checks the country and the point of the toponym at these words; `None` for no toponym.
fn check_place(text: &str, words: &str, expect: Option<(&str, f64, f64)>) {
    with(text, |_, _, places| {
        let at = text.find(words).unwrap();
        let here = TextRange::of(at, at + words.len());
        let found = places.iter().find(|p| p.span.range().overlaps(here));
        match (expect, found) {
            (None, found) => assert!(found.is_none(), "{text}: {found:?}"),
            (Some((country, lat, lon)), Some(p)) => {
                assert_eq!(p.country.as_deref(), Some(country), "{text}: {p:?}");
                let near = (p.lat.unwrap() - lat).abs() < 1.0 && (p.lon.unwrap() - lon).abs() < 1.0;
                assert!(near, "{text}: {p:?}");
            }
            (Some(_), None) => panic!("no place at `{words}` in: {text}"),
        }
    });
}

#[test]
fn namesakes_are_told_apart_by_what_they_lie_in() {
    check_place(
        "A barn burned in Athens, Ohio, on Monday.",
        "Athens",
        Some(("USA", 39.3, -82.1)),
    );
    check_place(
        "A barn burned in Athens, Greece, on Monday.",
        "Athens",
        Some(("GRC", 37.98, 23.73)),
    );
    check_place(
        "Snow fell on Valencia and police in Caracas helped in Valencia.",
        "Caracas",
        Some(("VEN", 10.5, -66.9)),
    );
    check_place(
        "Prices rose in Cordoba, an Argentine city.",
        "Cordoba",
        Some(("ARG", -31.4, -64.2)),
    );
}

#[test]
fn a_government_is_no_place_and_a_person_is_none_either() {
    check_place("Lima said the port was shut.", "Lima", None);
    check_place(
        "Governor Ana Lima opened it.\nLima will speak.",
        "Lima",
        None,
    );
    check_place(
        "Talks in Peru went on.",
        "Peru",
        Some(("PER", -10.0, -76.0)),
    );
}
