use super::*;
use crate::testing;

/// Reads the predicate `word` of a tree: certainty, polarity, phase.
fn check(trees: &str, word: &str, want: &str) {
    let (report, document) = testing::read(trees, "2026-03-11");
    let cx = Context {
        report: &report,
        document: &document,
    };
    let at = document.tokens_in(testing::find(&report, word)).start;
    let r = of(&cx, at, None);
    let phase = r.phase.map_or("", Phase::as_str);
    let got = format!(
        "{} {} {phase}",
        r.factuality.certainty, r.factuality.polarity
    );
    assert_eq!(got.trim(), want, "{}", report.text.as_str());
}

#[test]
fn plain_acts_are_facts() {
    check(
        "
        Pirates pirate NOUN 2 nsubj
        boarded board VERB 0 root VerbForm=Fin VBD
        it it PRON 2 obj
        ",
        "boarded",
        "certain positive",
    );
}

#[test]
fn modals_and_adverbs_weaken() {
    check(
        "
        Pirates pirate NOUN 4 nsubj
        may may AUX 4 aux
        have have AUX 4 aux
        boarded board VERB 0 root
        it it PRON 4 obj
        ",
        "boarded",
        "possible positive",
    );
    check(
        "
        Pirates pirate NOUN 5 nsubj
        probably probably ADV 5 advmod
        did do AUX 5 aux
        not not PART 5 advmod
        board board VERB 0 root
        it it PRON 5 obj
        ",
        "board",
        "probable negative",
    );
}

#[test]
fn would_have_did_not() {
    check(
        "
        Serbia Serbia PROPN 4 nsubj
        would would AUX 4 aux
        have have AUX 4 aux
        closed close VERB 0 root
        it it PRON 4 obj
        ",
        "closed",
        "certain negative",
    );
}

#[test]
fn what_fails_did_not_happen() {
    check(
        "
        They they PRON 2 nsubj
        failed fail VERB 0 root
        to to PART 4 mark
        land land VERB 2 xcomp
        ",
        "land",
        "certain negative",
    );
    check(
        "
        They they PRON 4 nsubj
        did do AUX 4 aux
        not not PART 4 advmod
        fail fail VERB 0 root
        to to PART 6 mark
        land land VERB 4 xcomp
        ",
        "land",
        "certain positive",
    );
}

#[test]
fn what_is_not_ruled_out_is_possible() {
    check(
        "
        Peru Peru PROPN 4 nsubj
        would would AUX 4 aux
        not not PART 4 advmod
        rule rule VERB 0 root
        out out ADP 4 compound:prt
        sending send VERB 4 xcomp VerbForm=Ger VBG
        ships ship NOUN 6 obj
        ",
        "sending",
        "possible positive planned",
    );
}

#[test]
fn plans_are_to_come_and_no_plans_are_not() {
    check(
        "
        Peru Peru PROPN 2 nsubj
        plans plan VERB 0 root
        to to PART 4 mark
        land land VERB 2 xcomp
        ",
        "land",
        "certain positive planned",
    );
    check(
        "
        Peru Peru PROPN 2 nsubj
        had have VERB 0 root
        no no DET 4 det
        plans plan NOUN 2 obj
        to to PART 6 mark
        land land VERB 4 acl
        ",
        "land",
        "certain negative planned",
    );
}

#[test]
fn denial_turns_and_telling_does_not() {
    let tree = |verb: &str| {
        format!(
            "
            Sudan Sudan PROPN 2 nsubj
            {verb} VERB 0 root
            that that SCONJ 6 mark
            it it PRON 6 nsubj
            had have AUX 6 aux
            shelled shell VERB 2 ccomp
            it it PRON 6 obj
            "
        )
    };
    check(&tree("denied deny"), "shelled", "certain negative");
    check(&tree("said say"), "shelled", "certain positive");
    check(&tree("doubted doubt"), "shelled", "probable negative");
    check(&tree("believed believe"), "shelled", "probable positive");
}

#[test]
fn clauses_without_and_after() {
    let tree = |mark: &str| {
        format!(
            "
            Police police NOUN 2 nsubj
            left leave VERB 0 root
            {mark} {mark} SCONJ 4 mark
            firing fire VERB 2 advcl VerbForm=Ger VBG
            "
        )
    };
    check(&tree("without"), "firing", "certain negative");
    check(&tree("after"), "firing", "certain positive");
}

#[test]
fn nouns_are_read_too() {
    check(
        "
        Fears fear NOUN 4 nsubj
        of of ADP 3 case
        attack attack NOUN 1 nmod
        grew grow VERB 0 root
        ",
        "attack",
        "possible positive",
    );
    check(
        "
        The the DET 3 det
        planned planned ADJ 3 amod
        visit visit NOUN 4 nsubj
        collapsed collapse VERB 0 root
        ",
        "visit",
        "certain positive planned",
    );
}

#[test]
fn a_question_is_open() {
    check(
        "
        Did do AUX 3 aux
        they they PRON 3 nsubj
        land land VERB 0 root
        ~? ? PUNCT 3 punct
        ",
        "land",
        "unknown positive",
    );
}
