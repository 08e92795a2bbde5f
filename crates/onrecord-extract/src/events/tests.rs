use super::*;
use crate::{entities, testing};

/// The events of a tree as "TYPE trigger [certainty polarity phase]".
fn check(trees: &str, want: &[&str]) {
    let (report, document) = testing::read(trees, "2026-03-11");
    let cx = Context {
        report: &report,
        document: &document,
    };
    let (entities, _) = entities::extract(&cx, &[]);
    let events = extract(&cx, &entities, &[], &[]);
    let got: Vec<String> = events
        .iter()
        .map(|e| {
            let phase = e.phase.map_or("", onrecord_model::Phase::as_str);
            let f = e.factuality;
            let line = format!(
                "{} {} [{} {} {phase}",
                e.kind,
                e.trigger.quote(),
                f.certainty,
                f.polarity
            );
            format!("{}]", line.trim())
        })
        .collect();
    assert_eq!(got, want, "{}", report.text.as_str());
}

#[test]
fn violence_needs_no_name() {
    check(
        "
        Gunmen gunman NOUN 2 nsubj
        ambushed ambush VERB 0 root VerbForm=Fin VBD
        a a DET 4 det
        patrol patrol NOUN 2 obj
        ",
        &["ASSAULT ambushed [certain positive]"],
    );
}

#[test]
fn plain_acts_of_nobody_named_are_left_out() {
    check(
        "
        He he PRON 2 nsubj
        signed sign VERB 0 root VerbForm=Fin VBD
        a a DET 4 det
        contract contract NOUN 2 obj
        ",
        &[],
    );
}

#[test]
fn the_object_decides_the_type() {
    check(
        "
        Rebels rebel NOUN 2 nsubj
        launched launch VERB 0 root VerbForm=Fin VBD
        an a DET 4 det
        attack attack NOUN 2 obj
        ",
        &["ASSAULT launched an attack [certain positive]"],
    );
    check(
        "
        Engineers engineer NOUN 2 nsubj
        launched launch VERB 0 root VerbForm=Fin VBD
        a a DET 4 det
        satellite satellite NOUN 2 obj
        ",
        &[],
    );
}
