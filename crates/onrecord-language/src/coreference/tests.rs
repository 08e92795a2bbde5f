use onrecord_model::Document;

use crate::Language;
use crate::tokens::tests::report;

fn analysed(text: &str) -> Document {
    let language = Language::new().expect("weights that fit");
    let (document, problems) = language.analyse(&report(text, 0));
    assert!(problems.is_empty(), "{problems:?}");
    document
}

/// The clusters of a text as `one | another`, those of one expression left out.
fn clusters(text: &str) -> Vec<String> {
    let document = analysed(text);
    let all = document.coreference();
    let line = |c: &Vec<u32>| {
        let words = c
            .iter()
            .map(|i| document.words(all.expressions()[*i as usize].tokens));
        words.collect::<Vec<_>>().join(" | ")
    };
    let many = all.clusters().iter().filter(|c| c.len() > 1);
    many.map(line).collect()
}

fn check(text: &str, want: &[&str]) {
    assert_eq!(clusters(text), want);
}

#[test]
fn gender_keeps_two_apart() {
    check(
        "Maria Sands met John Orne in Ardale. He praised her.",
        &["Maria Sands | her", "John Orne | He"],
    );
}

#[test]
fn phrases_are_bounded_as_ontonotes_bounds_them() {
    let document =
        analysed("The harbour board of Ardale, which sold a ferry, met the mayor's lawyer.");
    let all = document.coreference().expressions().iter();
    let words: Vec<&str> = all.map(|e| document.words(e.tokens)).collect();
    assert_eq!(
        words,
        [
            "The harbour board of Ardale, which sold a ferry",
            "Ardale",
            "a ferry",
            "the mayor's lawyer",
            "the mayor's",
        ]
    );
}

#[test]
fn any_text_is_read_without_a_fall() {
    assert!(clusters("").is_empty());
    clusters(&"he and she, ".repeat(900));
    clusters(&"“\n\n\u{fffc} it ".repeat(50));
}
