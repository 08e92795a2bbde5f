//! How each way of editing a copy is told.

use super::*;
use crate::across::testing::{body, paragraph, report};

fn check(reference: &str, carrier: &str, want: &[Edit], added: &[(Part, &str)]) {
    let difference = compare(&report("", reference), &report("", carrier));
    assert_eq!(difference.edits, want, "{difference:?}");
    let got: Vec<(Part, &str)> = difference
        .added
        .iter()
        .map(|a| (a.part, a.span.quote()))
        .collect();
    assert_eq!(got, added);
}

#[test]
fn the_same_words_are_verbatim() {
    check(&body(&[1, 2, 3]), &body(&[1, 2, 3]), &[Edit::Verbatim], &[]);
}

#[test]
fn a_cut_is_told_by_its_place() {
    check(&body(&[1, 2, 3]), &body(&[1, 2]), &[Edit::CutEnd], &[]);
    check(&body(&[1, 2, 3]), &body(&[1, 3]), &[Edit::CutInside], &[]);
    check(&body(&[1, 2, 3]), &body(&[2, 3]), &[Edit::CutInside], &[]);
}

#[test]
fn a_local_paragraph_is_shown() {
    check(
        &body(&[1, 2]),
        &body(&[1, 9, 2]),
        &[Edit::Inserted],
        &[(Part::Paragraph, &paragraph(9, 40))],
    );
    check(
        &body(&[1, 2]),
        &body(&[1, 2, 9]),
        &[Edit::Inserted],
        &[(Part::Paragraph, &paragraph(9, 40))],
    );
}

#[test]
fn a_new_lead_is_an_update() {
    check(
        &body(&[1, 2]),
        &body(&[8, 1, 2]),
        &[Edit::Updated],
        &[(Part::Lead, &paragraph(8, 40))],
    );
    check(
        &body(&[1, 2]),
        &body(&[8, 2]),
        &[Edit::Updated],
        &[(Part::Lead, &paragraph(8, 40))],
    );
}

#[test]
fn paragraphs_in_another_order_are_reordered() {
    check(
        &body(&[1, 2, 3]),
        &body(&[1, 3, 2]),
        &[Edit::Reordered],
        &[],
    );
}

#[test]
fn changed_words_are_rewritten() {
    let text = body(&[1, 2]);
    let other = text.replacen("w1", "v1", 4);
    check(&text, &other, &[Edit::Rewritten], &[]);
}

#[test]
fn an_altered_fact_is_never_verbatim() {
    let text = "The port of Lima will lend $200 million to its pilots, the ministry said on \
                Monday. Maria Gomez denied that the loan was a gift to the union of pilots.";
    let other = text.replace("200", "300").replace("denied", "confirmed");
    let d = compare(&report("", text), &report("", &other));
    assert_eq!(d.edits, [Edit::Altered]);
    let got: Vec<_> = d
        .replaced
        .iter()
        .map(|r| {
            let quote = |s: &Option<Span>| s.as_ref().map(|s| s.quote().to_owned()).unwrap();
            (r.fact, quote(&r.was), quote(&r.now))
        })
        .collect();
    let change = |fact, was: &str, now: &str| (Some(fact), was.to_owned(), now.to_owned());
    assert_eq!(
        got,
        [
            change(Fact::Number, "200", "300"),
            change(Fact::Opposite, "denied", "confirmed")
        ]
    );
    assert!(d.kept < 1.0 && d.shared < 1.0, "{d:?}");
}

#[test]
fn words_added_inside_a_paragraph_are_shown() {
    let text = paragraph(1, 40);
    let cut = text[..text.len() / 2].rfind(' ').unwrap();
    let other = format!("{} as the mayor of Riga said{}", &text[..cut], &text[cut..]);
    check(
        &text,
        &other,
        &[Edit::Rewritten],
        &[(Part::Words, "as the mayor of Riga said")],
    );
}

#[test]
fn another_headline_is_retitled() {
    let text = body(&[1, 2]);
    let titled = |title| report(title, &text);
    let edits = |a, b| compare(&titled(a), &titled(b)).edits;
    assert_eq!(edits("Port shuts", "Harbour closed"), [Edit::Retitled]);
    assert_eq!(edits("Port shuts", "PORT SHUTS"), [Edit::Verbatim]);
    assert_eq!(edits("Port shuts", ""), [Edit::Verbatim]);
}

#[test]
fn reports_that_share_nothing_are_compared_too() {
    let difference = compare(&report("", &body(&[1])), &report("", &body(&[2])));
    assert_eq!((difference.shared, difference.kept), (0.0, 0.0));
    compare(&report("", ""), &report("", ""));
}
