use onrecord_model::{Act, ActKind, ActRole, Document, TokenRange};

use crate::Language;
use crate::tokens::tests::report;

fn read(text: &str) -> Document {
    let headline = text.find('\n').map_or(0, |i| i + 1);
    let language = Language::new().expect("weights that fit");
    let (document, problems) = language.analyse(&report(text, headline));
    assert!(problems.is_empty(), "{problems:?}");
    document
}

/// `status or type: words -> object` of each act.
fn found(text: &str) -> Vec<String> {
    let document = read(text);
    let line = |a: &Act| {
        let what = match a.kind {
            ActKind::Commitment { status, .. } => status.as_str(),
            ActKind::Event { kind, .. } => kind.as_str(),
        };
        let object = a.object.map(|o| document.words(o)).unwrap_or_default();
        format!("{what}: {} -> {object}", document.words(a.words))
    };
    document.acts().iter().map(line).collect()
}

#[test]
fn a_promise_and_an_attack_are_acts() {
    let got = found(
        "Ships\n\nNorway will send two ships to Peru, its defence minister said on Monday. Chad bombed \
         the port of Sinda on Sunday.\n",
    );
    assert!(
        got.iter().any(|a| a.starts_with("announced: will")),
        "{got:?}"
    );
    assert!(
        got.iter().any(|a| a.starts_with("ASSAULT: bombed")),
        "{got:?}"
    );
}

#[test]
fn who_promises_is_an_argument() {
    let document =
        read("Ships\n\nNorway will send two ships to Peru, its defence minister said on Monday.\n");
    let promise = document.acts().iter().find(|a| a.object.is_some());
    let by = promise.and_then(|a| a.heads(ActRole::By, 0.5).next());
    assert_eq!(by.map(|t| document.form(t)), Some("Norway"));
}

#[test]
fn any_text_is_read_without_a_fall() {
    assert!(found("").is_empty());
    found(&"will send ships, ".repeat(900));
    found(&"\u{fffc}\n\n“\n\n".repeat(50));
    found(&"promised ".repeat(2000));
    found(&"Donaudampfschifffahrtsgesellschaft".repeat(200));
}

#[test]
fn acts_lie_in_the_text() {
    let document =
        read(&"Peru agreed to lend Chad $5 million if its parliament approves.\n\n".repeat(40));
    let n = document.tokens().len() as u32;
    let all = TokenRange::new(0, n);
    assert!(document.acts().len() > 20);
    assert!(
        document
            .acts()
            .iter()
            .all(|a| all.contains(a.words) && !a.words.is_empty())
    );
}

#[test]
fn runs_tile_the_text_and_fit_the_encoder() {
    let long = "Peru will send two ships to Chad. ".repeat(120);
    for text in [long.as_str(), &"ships ".repeat(1000), "One.\n\nTwo.\n", ""] {
        let document = read(text);
        let runs = super::runs(&document);
        assert!(
            runs.iter()
                .all(|r| r.len() <= super::LONGEST as usize && !r.is_empty()),
            "{runs:?}"
        );
        let long = runs.iter().filter(|r| r.len() > super::MOST as usize);
        let sentence = |r: &TokenRange| document.sentence_of(r.start).tokens;
        assert!(long.clone().all(|r| sentence(r).contains(*r)), "{runs:?}");
        let ends: Vec<u32> = runs.iter().map(|r| r.end.0).collect();
        let starts: Vec<u32> = runs.iter().skip(1).map(|r| r.start.0).collect();
        assert_eq!(starts, ends[..ends.len().saturating_sub(1)], "{runs:?}");
        assert_eq!(
            ends.last().copied().unwrap_or(0),
            document.tokens().len() as u32
        );
    }
}
