use super::*;
use crate::Language;
use crate::tokens::tests::report;

/// `source | cue | content` of each attribution of a text whose first line is its headline.
fn found(text: &str) -> Vec<String> {
    let headline = text.find('\n').map_or(0, |i| i + 1);
    let language = Language::new().expect("weights that fit");
    let (document, problems) = language.analyse(&report(text, headline));
    assert!(problems.is_empty(), "{problems:?}");
    let words = |spans: &[TokenRange]| {
        let parts: Vec<&str> = spans.iter().map(|s| document.words(*s)).collect();
        parts.join(" ... ")
    };
    let line = |a: &Attribution| {
        [&a.source, &a.cue, &a.content]
            .map(|s| words(s))
            .join(" | ")
    };
    document.attributions().iter().map(line).collect()
}

#[test]
fn what_is_said_is_found_with_who_says_it() {
    let got = found(
        "Harbour loan to be repaid early\n\nThe harbour board said on Monday it would repay the loan by June.\n\n\
         “We have nothing to hide,” Elena Petrova, its director, told reporters.\n",
    );
    assert_eq!(got.len(), 2, "{got:?}");
    assert!(
        got[0].starts_with("The harbour board | said | it would repay the loan by June"),
        "{got:?}"
    );
    assert!(
        got[1].contains("| told | “We have nothing to hide,”"),
        "{got:?}"
    );
}

#[test]
fn any_text_is_read_without_a_fall() {
    assert!(found("").is_empty());
    found(&"he said, ".repeat(900));
    found(&"\u{fffc}\n\n“\n\n".repeat(50));
    found(&"said ".repeat(2000));
}

#[test]
fn quotations_open_and_close() {
    let check = |words: &str, want: &[usize]| {
        assert_eq!(quotation(&words.split(' ').collect::<Vec<_>>()), want);
    };
    check("“ Go ” , he said", &[2, 1, 2, 0, 0, 0]);
    check("\" Go \" , he", &[2, 1, 2, 0, 0]);
    check("“ One “ two", &[2, 1, 2, 1]);
}

#[test]
fn windows_hold_whole_paragraphs() {
    let check = |lengths: &[usize], want: &[usize]| {
        let mut at = 0;
        let ranges: Vec<Range<usize>> = lengths
            .iter()
            .map(|n| {
                at += n;
                at - n..at
            })
            .collect();
        let got: Vec<usize> = windows(&ranges).iter().map(|w| w.len()).collect();
        assert_eq!(got, want);
    };
    check(&[100, 100, 100, 300, 10], &[2, 1, 1, 1]);
    check(&[], &[]);
}

#[test]
fn spans_are_read_off_a_path() {
    assert_eq!(runs(&[0, 1, 2, 1, 0, 1]), [1..3, 3..4, 5..6]);
}
