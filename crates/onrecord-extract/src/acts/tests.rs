//! Entries of hand-made acts over small hand-checked sentences, in words that no frame reads.

use onrecord_model::{
    Act, ActArgument, ActKind, ActRole, ActVoice, CommitmentKind, CommitmentStatus, Document,
    EventType, Factuality, Reader, Record, Report, TokenRange,
};

use crate::testing;

/// "Norway is in game for two ferries": no frame reads it as a promise.
const PROMISE: &str = "
    Norway Norway PROPN 4 nsubj
    is be AUX 4 cop
    in in ADP 4 case
    game game NOUN 0 root
    for for ADP 7 case
    two two NUM 7 nummod
    ferries ferry NOUN 4 nmod
    ~. . PUNCT 4 punct";

fn words(document: &Document, report: &Report, words: &str) -> TokenRange {
    document.tokens_in(testing::find(report, words))
}

/// An act of these words, with heads of its roles.
fn act(document: &Document, report: &Report, own: &str, roles: &[(ActRole, &str, f32)]) -> Act {
    let argument = |(role, at, score): &(ActRole, &str, f32)| ActArgument {
        role: *role,
        head: document.head_of(words(document, report, at)),
        score: *score,
        share: *score,
    };
    Act {
        words: words(document, report, own),
        kind: ActKind::Event {
            kind: EventType::Agree,
            phase: None,
        },
        object: None,
        condition: None,
        part_of: None,
        arguments: roles.iter().map(argument).collect(),
        factuality: Factuality::FACT,
        voice: ActVoice::Reporter,
        score: 0.9,
    }
}

fn promise(
    document: &Document,
    report: &Report,
    own: &str,
    object: &str,
    roles: &[(ActRole, &str, f32)],
) -> Act {
    Act {
        kind: ActKind::Commitment {
            status: CommitmentStatus::Announced,
            kind: CommitmentKind::Other,
        },
        object: Some(words(document, report, object)),
        ..act(document, report, own, roles)
    }
}

fn read(trees: &str, acts: impl Fn(&Document, &Report) -> Vec<Act>) -> Record {
    let (report, mut document) = testing::read(trees, "2026-03-11");
    let acts = acts(&document, &report);
    document.set_acts(acts).expect("acts of the text");
    crate::extract(report, &document, Reader::default()).0
}

#[test]
fn a_promise_has_its_words_and_its_parties() {
    let record = read(PROMISE, |d, r| {
        vec![promise(
            d,
            r,
            "is in game",
            "two ferries",
            &[(ActRole::By, "Norway", 0.9)],
        )]
    });
    let c = &record.commitments[0];
    assert_eq!(
        c.cue.as_ref().map(onrecord_model::Span::quote),
        Some("is in game")
    );
    assert_eq!(c.object.quote(), "two ferries");
    assert_eq!(c.parties[0].span.quote(), "Norway");
    assert_eq!(c.by.len(), 1);
    assert_eq!(c.basis[0].to_string(), "reporter");
}

#[test]
fn the_surest_of_a_role_may_be_less_sure_than_another() {
    let by = |scores: [f32; 2]| {
        let record = read(PROMISE, |d, r| {
            let roles = [
                (ActRole::By, "Norway", scores[0]),
                (ActRole::By, "game", scores[1]),
            ];
            vec![promise(d, r, "is in", "two ferries", &roles)]
        });
        record.commitments[0].parties.len()
    };
    assert_eq!(by([0.4, 0.35]), 1);
    assert_eq!(by([0.9, 0.8]), 2);
    assert_eq!(by([0.2, 0.1]), 0);
}

#[test]
fn an_act_inside_a_statement_is_never_the_reporters() {
    let trees = "
        Chad Chad PROPN 3 nsubj
        was be AUX 3 cop
        in in ADV 7 ccomp
        ~, , PUNCT 7 punct
        the the DET 6 det
        envoy envoy NOUN 7 nsubj
        said say VERB 0 root Tense=Past|VerbForm=Fin VBD
        ~. . PUNCT 7 punct";
    let record = read(trees, |d, r| {
        vec![act(d, r, "was in", &[(ActRole::Actor, "Chad", 0.9)])]
    });
    assert_eq!(record.statements.len(), 1);
    assert_eq!(record.events[0].basis[0].to_string(), "s1");
}

#[test]
fn whoever_asks_has_said_so() {
    let trees = "
        Norway Norway PROPN 2 nsubj
        courted court VERB 0 root Tense=Past|VerbForm=Fin VBD
        Chad Chad PROPN 2 obj
        for for ADP 5 case
        ferries ferry NOUN 2 obl
        ~. . PUNCT 2 punct";
    let record = read(trees, |d, r| {
        let roles = [(ActRole::Source, "Norway", 0.8), (ActRole::By, "Chad", 0.8)];
        vec![Act {
            kind: ActKind::Commitment {
                status: CommitmentStatus::Requested,
                kind: CommitmentKind::Aid,
            },
            voice: ActVoice::Told,
            ..promise(d, r, "courted", "ferries", &roles)
        }]
    });
    let s = &record.statements[0];
    assert_eq!(s.cue.span.quote(), "courted");
    assert_eq!(
        s.source.span.as_ref().map(onrecord_model::Span::quote),
        Some("Norway")
    );
    assert_eq!(record.commitments[0].basis[0].to_string(), "s1");
}

#[test]
fn a_headline_tells_again_what_the_lead_tells() {
    let trees = "
        # segment = headline
        Norway Norway PROPN 2 nsubj
        in in ADV 0 root
        for for ADP 4 case
        ferries ferry NOUN 2 obl

        # segment = body
        Norway Norway PROPN 2 nsubj
        in in ADV 0 root
        today today NOUN 2 obl
        for for ADP 6 case
        two two NUM 6 nummod
        ferries ferry NOUN 2 obl
        ~. . PUNCT 2 punct";
    let record = read(trees, |d, r| {
        let by = [(ActRole::By, "Norway", 0.9)];
        let again = promise(d, r, "in today", "two ferries", &by);
        vec![promise(d, r, "in", "ferries", &by), again]
    });
    let objects: Vec<&str> = record
        .commitments
        .iter()
        .map(|c| c.object.quote())
        .collect();
    assert_eq!(objects, ["two ferries"]);
}

#[test]
fn an_object_does_not_break_off_before_its_noun() {
    let record = read(PROMISE, |d, r| {
        vec![promise(
            d,
            r,
            "is in",
            "game for two",
            &[(ActRole::By, "Norway", 0.9)],
        )]
    });
    assert_eq!(record.commitments[0].object.quote(), "game for two ferries");
}

#[test]
fn an_event_the_network_doubts_is_left_out() {
    let count = |score: f32| {
        let record = read(PROMISE, |d, r| {
            let own = act(d, r, "is in", &[(ActRole::Actor, "Norway", 0.9)]);
            vec![Act { score, ..own }]
        });
        record.events.len()
    };
    assert_eq!((count(0.2), count(0.6)), (0, 1));
}
