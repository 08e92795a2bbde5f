//! Commitments of small hand-checked sentences.

use onrecord_model::Reader;

use crate::testing;

/// Reads trees and compares `kind status: object` of each commitment, in text order.
fn check(trees: &str, expect: &[&str]) {
    let (report, document) = testing::read(trees, "2026-03-11");
    let (record, _) = crate::extract(report, &document, Reader::default());
    let found: Vec<String> = record
        .commitments
        .iter()
        .map(|c| format!("{} {}: {}", c.kind, c.status, c.object.quote()))
        .collect();
    assert_eq!(found, expect);
}

#[test]
fn a_thing_that_comes_into_force_is_the_subject() {
    check(
        "A a DET 2 det
        truce truce NOUN 7 nsubj
        between between ADP 4 case
        Chad Chad PROPN 2 nmod
        and and CCONJ 6 cc
        Malta Malta PROPN 4 conj
        took take VERB 0 root Tense=Past|VerbForm=Fin
        effect effect NOUN 7 obj
        on on ADP 10 case
        Friday Friday PROPN 7 obl
        ~. . PUNCT 7 punct",
        &["ceasefire in_force: A truce between Chad and Malta"],
    );
}

#[test]
fn agreement_in_principle_is_less_than_agreement() {
    check(
        "Malta Malta PROPN 3 nsubj
        has have AUX 3 aux VerbForm=Fin|Tense=Pres
        agreed agree VERB 0 root VerbForm=Part|Tense=Past
        in in ADP 5 case
        principle principle NOUN 3 obl
        to to ADP 9 case
        a a DET 9 det
        ferry ferry NOUN 9 compound
        accord accord NOUN 3 obl
        ~. . PUNCT 3 punct",
        &["agreement agreed_in_principle: a ferry accord"],
    );
    check(
        "Malta Malta PROPN 3 nsubj
        has have AUX 3 aux VerbForm=Fin|Tense=Pres
        agreed agree VERB 0 root VerbForm=Part|Tense=Past
        to to ADP 7 case
        a a DET 7 det
        ferry ferry NOUN 7 compound
        accord accord NOUN 3 obl
        ~. . PUNCT 3 punct",
        &["agreement agreed: a ferry accord"],
    );
}

#[test]
fn a_wish_is_no_commitment() {
    check(
        "Malta Malta PROPN 2 nsubj
        wants want VERB 0 root Tense=Pres|VerbForm=Fin
        to to PART 4 mark
        sign sign VERB 2 xcomp VerbForm=Inf
        a a DET 6 det
        treaty treaty NOUN 4 obj
        ~. . PUNCT 2 punct",
        &[],
    );
}

#[test]
fn under_will_an_act_is_announced_and_under_will_not_ruled_out() {
    let trees = |not: &str, head: u32| {
        format!(
            "# names = 1:place
            Norway Norway PROPN {head} nsubj
            will will AUX {head} aux VerbForm=Fin
            {not}
            send send VERB 0 root VerbForm=Inf
            troops troop NOUN {head} obj
            ~. . PUNCT {head} punct"
        )
    };
    check(&trees("", 3), &["deployment announced: troops"]);
    check(
        &trees("not not PART 4 advmod Polarity=Neg", 4),
        &["deployment ruled_out: troops"],
    );
}

#[test]
fn what_is_not_ruled_out_is_not_announced() {
    check(
        "# names = 1:place
        Norway Norway PROPN 4 nsubj
        would would AUX 4 aux VerbForm=Fin
        not not PART 4 advmod Polarity=Neg
        rule rule VERB 0 root VerbForm=Inf
        out out ADP 4 compound:prt
        sending send VERB 4 xcomp VerbForm=Ger
        troops troop NOUN 6 obj
        ~. . PUNCT 4 punct",
        &["deployment not_ruled_out: sending troops"],
    );
}

#[test]
fn a_condition_is_no_commitment() {
    check(
        "# names = 2:place
        If if SCONJ 3 mark
        Norway Norway PROPN 3 nsubj
        sends send VERB 7 advcl Tense=Pres|VerbForm=Fin
        troops troop NOUN 3 obj
        ~, , PUNCT 3 punct
        rain rain NOUN 7 nsubj
        stops stop VERB 0 root Tense=Pres|VerbForm=Fin
        ~. . PUNCT 7 punct",
        &[],
    );
}
