//! Sentences with hand-made trees, and what is to be read in them.

use super::extract;
use crate::{Context, entities::Entities, testing};

/// One sentence a line; a token is `FORM/UPOS/HEAD/RELATION` or `FORM/UPOS/HEAD/RELATION/LEMMA`.
fn trees(lines: &str) -> String {
    let row = |word: &str| {
        let f: Vec<&str> = word.split('/').collect();
        let lower = f[0].trim_start_matches('~').to_lowercase();
        let lemma = f.get(4).copied().unwrap_or(&lower);
        [f[0], lemma, f[1], f[2], f[3]].join(" ")
    };
    let sentence = |line: &str| {
        line.split_whitespace()
            .map(row)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let sentences: Vec<String> = lines.lines().map(sentence).collect();
    sentences.join("\n\n")
}

/// Each statement as `source | cue | content … content | kind quotation certainty polarity`.
fn check(lines: &str, expect: &[&str]) {
    let (report, document) = testing::read(&trees(lines), "2026-03-11");
    let cx = Context {
        report: &report,
        document: &document,
    };
    let found: Vec<String> = extract(&cx, &Entities::default(), &[])
        .iter()
        .map(|s| {
            let content: Vec<&str> = s.content.iter().map(onrecord_model::Span::quote).collect();
            format!(
                "{} | {} | {} | {} {} {} {}",
                s.source.span.as_ref().map_or("-", |x| x.quote()),
                s.cue.span.quote(),
                content.join(" … "),
                s.cue.kind,
                s.quotation,
                s.factuality.certainty,
                s.factuality.polarity,
            )
        })
        .collect();
    assert_eq!(found, expect);
}

#[test]
fn a_clause_is_the_content_of_its_cue() {
    check(
        "Mayor/NOUN/2/compound Orsa/PROPN/3/nsubj said/VERB/0/root/say that/SCONJ/7/mark the/DET/6/det dam/NOUN/7/nsubj held/VERB/3/ccomp/hold ~./PUNCT/3/punct",
        &["Mayor Orsa | said | that the dam held | say indirect certain positive"],
    );
}

#[test]
fn a_denied_clause_is_negative() {
    check(
        "Orsa/PROPN/3/nsubj has/AUX/3/aux/have denied/VERB/0/root/deny the/DET/5/det dam/NOUN/6/nsubj broke/VERB/3/ccomp/break ~./PUNCT/3/punct",
        &["Orsa | has denied | the dam broke | deny indirect certain negative"],
    );
}

#[test]
fn a_cue_may_stand_behind_or_inside_its_content() {
    check(
        "The/DET/2/det dam/NOUN/3/nsubj held/VERB/0/root/hold ~,/PUNCT/6/punct Orsa/PROPN/6/nsubj said/VERB/3/parataxis/say ~./PUNCT/3/punct",
        &["Orsa | said | The dam held | say indirect certain positive"],
    );
    check(
        "The/DET/2/det dam/NOUN/8/nsubj ~,/PUNCT/5/punct Orsa/PROPN/5/nsubj said/VERB/8/parataxis/say ~,/PUNCT/5/punct will/AUX/8/aux hold/VERB/0/root ~./PUNCT/8/punct",
        &["Orsa | said | The dam … will hold | say indirect certain positive"],
    );
}

#[test]
fn a_resumed_quotation_joins_its_statement() {
    check(
        "“/PUNCT/3/punct ~It/PRON/3/nsubj holds/VERB/0/root/hold ~,/PUNCT/3/punct ~”/PUNCT/3/punct Orsa/PROPN/7/nsubj said/VERB/3/parataxis/say ~./PUNCT/3/punct
         “/PUNCT/4/punct ~It/PRON/4/nsubj will/AUX/4/aux hold/VERB/0/root ~./PUNCT/4/punct ~”/PUNCT/4/punct",
        &["Orsa | said | “It holds,” … “It will hold.” | say direct certain positive"],
    );
}

#[test]
fn a_participle_has_the_subject_of_its_clause() {
    check(
        "Orsa/PROPN/2/nsubj left/VERB/0/root/leave ~,/PUNCT/4/punct saying/VERB/2/advcl/say the/DET/6/det dam/NOUN/7/nsubj held/VERB/4/ccomp/hold ~./PUNCT/2/punct",
        &["Orsa | saying | the dam held | say indirect certain positive"],
    );
}

#[test]
fn a_passive_without_by_has_no_source() {
    check(
        "It/PRON/3/nsubj:pass is/AUX/3/aux:pass/be believed/VERB/0/root/believe the/DET/5/det dam/NOUN/6/nsubj broke/VERB/3/ccomp/break ~./PUNCT/3/punct",
        &["- | is believed | the dam broke | think indirect probable positive"],
    );
}

#[test]
fn according_to_takes_the_clause_it_hangs_on() {
    check(
        "The/DET/2/det dam/NOUN/3/nsubj broke/VERB/0/root/break ~,/PUNCT/8/punct according/VERB/8/case/accord to/ADP/5/fixed the/DET/8/det ministry/NOUN/3/obl ~./PUNCT/3/punct",
        &["the ministry | according to | The dam broke | say indirect certain positive"],
    );
}

#[test]
fn a_gloss_on_a_name_is_the_reporters() {
    check(
        "Orsa/PROPN/2/nsubj said/VERB/0/root/say it/PRON/4/nsubj hit/VERB/2/ccomp Varn/PROPN/4/obj ~,/PUNCT/9/punct a/DET/9/det salt/NOUN/9/compound town/NOUN/5/appos ~./PUNCT/2/punct",
        &["Orsa | said | it hit Varn | say indirect certain positive"],
    );
}

#[test]
fn the_reporters_own_voice_has_no_statement() {
    check(
        "The/DET/2/det dam/NOUN/3/nsubj broke/VERB/0/root/break ~./PUNCT/3/punct",
        &[],
    );
}

#[test]
fn what_is_told_by_someone_has_that_source() {
    check(
        "Orsa/PROPN/3/nsubj:pass was/AUX/3/aux:pass/be told/VERB/0/root/tell by/ADP/5/case Varn/PROPN/3/obl:agent the/DET/7/det dam/NOUN/8/nsubj broke/VERB/3/ccomp/break ~./PUNCT/3/punct",
        &["Varn | was told | the dam broke | tell indirect certain positive"],
    );
}

#[test]
fn what_is_not_ruled_out_is_possible() {
    check(
        "Orsa/PROPN/2/nsubj said/VERB/0/root/say she/PRON/6/nsubj would/AUX/6/aux not/PART/6/advmod rule/VERB/2/ccomp out/ADP/6/compound:prt leaving/VERB/6/xcomp/leave ~./PUNCT/2/punct",
        &["Orsa | said | she would not rule out leaving | say indirect possible positive"],
    );
}

#[test]
fn one_word_that_denies_turns_what_is_said() {
    check(
        "Orsa/PROPN/2/nsubj said/VERB/0/root/say it/PRON/5/nsubj had/AUX/5/aux/have led/VERB/2/ccomp/lead to/ADP/7/case nothing/PRON/5/obl ~./PUNCT/2/punct",
        &["Orsa | said | it had led to nothing | say indirect certain negative"],
    );
    check(
        "Orsa/PROPN/2/nsubj said/VERB/0/root/say no/DET/4/det boat/NOUN/5/nsubj owes/VERB/2/ccomp/owe nobody/PRON/5/iobj ~./PUNCT/2/punct",
        &["Orsa | said | no boat owes nobody | say indirect certain negative"],
    );
    check(
        "Orsa/PROPN/2/nsubj said/VERB/0/root/say it/PRON/5/nsubj will/AUX/5/aux open/VERB/2/ccomp no/DET/8/advmod later/ADV/8/advmod/later May/PROPN/5/obl ~./PUNCT/2/punct",
        &["Orsa | said | it will open no later May | say indirect certain positive"],
    );
}

#[test]
fn a_word_given_on_a_condition_is_firm() {
    check(
        "Orsa/PROPN/2/nsubj said/VERB/0/root/say it/PRON/5/nsubj would/AUX/5/aux pay/VERB/2/ccomp if/SCONJ/9/mark the/DET/8/det deal/NOUN/9/nsubj held/VERB/5/advcl/hold ~./PUNCT/2/punct",
        &["Orsa | said | it would pay if the deal held | say indirect certain positive"],
    );
}

#[test]
fn a_second_verb_of_saying_ends_the_first_content() {
    check(
        "Orsa/PROPN/2/nsubj left/VERB/0/root/leave ~,/PUNCT/4/punct saying/VERB/2/advcl/say it/PRON/6/nsubj broke/VERB/4/ccomp/break ~,/PUNCT/8/punct adding/VERB/6/advcl/add that/SCONJ/11/mark nobody/PRON/11/nsubj died/VERB/8/ccomp/die ~./PUNCT/2/punct",
        &[
            "Orsa | saying | it broke | say indirect certain positive",
            "Orsa | adding | that nobody died | say indirect certain negative",
        ],
    );
}

#[test]
fn who_said_is_who_stands_before_it() {
    check(
        "Orsa/PROPN/9/nsubj ~,/PUNCT/4/punct who/PRON/4/nsubj said/VERB/1/acl:relcl/say the/DET/6/det dam/NOUN/7/nsubj held/VERB/4/ccomp/hold ~,/PUNCT/4/punct left/VERB/0/root/leave ~./PUNCT/9/punct",
        &["Orsa | said | the dam held | say indirect certain positive"],
    );
}

#[test]
fn a_second_clause_that_opens_with_that_goes_on() {
    check(
        "Orsa/PROPN/2/nsubj said/VERB/0/root/say the/DET/4/det dam/NOUN/5/nsubj held/VERB/2/ccomp/hold and/CCONJ/9/cc that/SCONJ/9/mark Varn/PROPN/9/nsubj left/VERB/2/conj/leave ~./PUNCT/2/punct",
        &["Orsa | said | the dam held and that Varn left | say indirect certain positive"],
    );
    check(
        "Orsa/PROPN/2/nsubj said/VERB/0/root/say the/DET/4/det dam/NOUN/5/nsubj held/VERB/2/ccomp/hold and/CCONJ/8/cc Varn/PROPN/8/nsubj left/VERB/2/conj/leave ~./PUNCT/2/punct",
        &["Orsa | said | the dam held | say indirect certain positive"],
    );
}

#[test]
fn a_clause_with_that_behind_direct_speech_goes_on() {
    check(
        "“/PUNCT/3/punct ~It/PRON/3/nsubj holds/VERB/7/ccomp/hold ~,/PUNCT/3/punct ~”/PUNCT/3/punct Orsa/PROPN/7/nsubj said/VERB/0/root/say ~,/PUNCT/12/punct and/CCONJ/12/cc that/SCONJ/12/mark Varn/PROPN/12/nsubj left/VERB/7/conj/leave ~./PUNCT/7/punct",
        &["Orsa | said | “It holds,” … and that Varn left | say mixed certain positive"],
    );
    check(
        "“/PUNCT/3/punct ~It/PRON/3/nsubj holds/VERB/7/ccomp/hold ~,/PUNCT/3/punct ~”/PUNCT/3/punct Orsa/PROPN/7/nsubj said/VERB/0/root/say ~,/PUNCT/11/punct and/CCONJ/11/cc Varn/PROPN/11/nsubj left/VERB/7/conj/leave ~./PUNCT/7/punct",
        &["Orsa | said | “It holds,” | say direct certain positive"],
    );
}
