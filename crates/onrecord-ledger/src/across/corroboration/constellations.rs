//! Who is a source of its own, and who is nobody new: what a newsroom would count.

use super::Source;
use super::tests::{behind_first, named, reporter};
use crate::across::testing::{Tale, tale};

const LOAN: &str = "Oria will lend Belmar 25 euros";

/// A report of the loan whose text goes on with the words given; "said" stands in it.
fn loan(outlet: &'static str, words: &str) -> Tale {
    tale(
        &format!("{LOAN}, it was said. {words} [{outlet}]"),
        "2031-03-12",
        outlet,
    )
}

/// One who says so, with an office.
fn word(outlet: &'static str, name: &str, title: &str, of: &str) -> Tale {
    let country = if of == "Belmar" { "BLM" } else { "ORI" };
    loan(outlet, &format!("{title} of {of}: {name}."))
        .knows("Oria", "state", "ORI", &[])
        .knows("Belmar", "state", "BLM", &[])
        .knows(name, "person", country, &[(title, of)])
        .says(name, "say", "indirect", LOAN)
}

fn pledged(tale: Tale, basis: &[&str]) -> Tale {
    tale.pledges("Oria", "Belmar", "25", basis)
}

fn on_word(outlet: &'static str, name: &str, title: &str, of: &str) -> Tale {
    pledged(word(outlet, name, title, of), &["s1"])
}

fn own_voice(outlet: &'static str) -> Tale {
    pledged(loan(outlet, "Nobody else tells."), &["reporter"])
}

fn unnamed(outlet: &'static str, words: &str) -> Tale {
    let tale = loan(outlet, &format!("So {words}."))
        .knows("Oria", "state", "ORI", &[])
        .knows("Belmar", "state", "BLM", &[])
        .says(&format!("?{words}"), "say", "indirect", LOAN);
    pledged(tale, &["s1"])
}

fn anonymous(words: &str) -> Source {
    Source::Unnamed(words.to_owned())
}

fn check(tales: &[Tale], sources: &[Source]) {
    let found = behind_first("c1", tales);
    assert_eq!(found.reports.len(), tales.len(), "{found:?}");
    assert_eq!(found.sources, sources, "{found:?}");
    // Whichever report is asked of, the answer is the same.
    let last = behind_first("c1", &tales.iter().rev().cloned().collect::<Vec<_>>());
    assert_eq!(last.sources, sources, "{last:?}");
}

#[test]
fn a_headline_in_the_reports_own_voice_is_no_source_beside_who_speaks() {
    let tale = word("Post", "Ana Bo", "finance minister", "Oria");
    check(&[pledged(tale, &["reporter", "s1"])], &[named("Ana Bo")]);
}

#[test]
fn the_state_in_a_headline_is_its_minister() {
    let tale = word("Post", "Ana Bo", "finance minister", "Oria");
    let tale = tale.says("Oria", "say", "indirect", LOAN);
    check(&[pledged(tale, &["s1", "s2"])], &[named("Ana Bo")]);
}

#[test]
fn a_state_in_one_report_is_its_minister_in_another() {
    let state = loan("Mail", "So Oria.")
        .knows("Oria", "state", "ORI", &[])
        .says("Oria", "say", "indirect", LOAN);
    check(
        &[
            on_word("Post", "Ana Bo", "finance minister", "Oria"),
            pledged(state, &["s1"]),
        ],
        &[named("Ana Bo")],
    );
}

#[test]
fn a_minister_without_a_state_is_of_the_country_the_report_gives() {
    let tale = loan("Post", "finance minister Ana Bo.")
        .knows("Oria", "state", "ORI", &[])
        .knows("Ana Bo", "person", "ORI", &[("finance minister", "")])
        .says("Ana Bo", "say", "indirect", LOAN)
        .says("Oria", "say", "indirect", LOAN);
    check(&[pledged(tale, &["s1", "s2"])], &[named("Ana Bo")]);
}

#[test]
fn a_ministry_is_its_minister() {
    let tale = loan("Post", "finance minister Ana Bo. Finance Ministry.")
        .knows("Ana Bo", "person", "", &[("finance minister", "")])
        .knows("Finance Ministry", "organization", "", &[])
        .says("Ana Bo", "say", "indirect", LOAN)
        .says("Finance Ministry", "say", "indirect", LOAN);
    check(&[pledged(tale, &["s1", "s2"])], &[named("Ana Bo")]);
}

#[test]
fn two_who_speak_for_one_state_are_one() {
    check(
        &[
            on_word("Post", "Ana Bo", "finance minister", "Oria"),
            on_word("Mail", "Cy Dun", "foreign minister", "Oria"),
        ],
        &[named("Ana Bo")],
    );
}

#[test]
fn a_spokesperson_is_whom_it_speaks_for() {
    let tale = loan("Mail", "Eda Fry, spokeswoman for Ana Bo.")
        .knows("Eda Fry", "person", "", &[("spokeswoman", "Ana Bo")])
        .says("Eda Fry", "say", "indirect", LOAN);
    check(
        &[
            on_word("Post", "Ana Bo", "finance minister", "Oria"),
            pledged(tale, &["s1"]),
        ],
        &[named("Ana Bo")],
    );
}

#[test]
fn two_spokespeople_of_one_body_are_one() {
    let tale = |outlet, name: &str, title| {
        let tale = loan(outlet, &format!("{name}, {title} of Harbour Bank."))
            .knows("Harbour Bank", "organization", "", &[])
            .knows(name, "person", "", &[(title, "Harbour Bank")])
            .says(name, "say", "indirect", LOAN);
        pledged(tale, &["s1"])
    };
    check(
        &[
            tale("Post", "Eda Fry", "spokeswoman"),
            tale("Mail", "Gil Hay", "spokesman"),
        ],
        &[named("Eda Fry")],
    );
}

#[test]
fn media_reports_are_the_medium_they_are_from() {
    let tale = loan("Mail", "So media reports, so Courier.")
        .knows("Courier", "organization", "", &[])
        .says("#media reports", "say", "indirect", LOAN)
        .says("Courier", "say", "indirect", LOAN);
    check(&[pledged(tale, &["s1", "s2"])], &[named("Courier")]);
}

#[test]
fn a_medium_is_those_whose_words_it_passes_on() {
    let tale = loan("Mail", "So Courier, after Ana Bo.")
        .knows("Courier", "organization", "", &[])
        .says("Courier", "say", "indirect", LOAN)
        .says("Ana Bo", "say", "indirect", LOAN)
        .via("s1");
    check(&[pledged(tale, &["s1", "s2"])], &[named("Ana Bo")]);
}

#[test]
fn an_agency_and_its_subscriber_are_one() {
    check(
        &[
            own_voice("Post").by_agency("Example Wire"),
            own_voice("Mail").by_agency("Example Wire"),
        ],
        &[reporter("Example Wire")],
    );
}

#[test]
fn an_agency_quoted_is_the_agency() {
    let tale = loan("Mail", "So the Example Wire news agency.")
        .knows("Example Wire news agency", "organization", "", &[])
        .says("Example Wire news agency", "say", "indirect", LOAN);
    check(
        &[own_voice("Example Wire"), pledged(tale, &["s1"])],
        &[reporter("Example Wire")],
    );
}

#[test]
fn an_agency_quoted_is_who_told_the_agency() {
    let tale = loan("Mail", "So Example Wire.").says("Example Wire", "say", "indirect", LOAN);
    let wire = on_word("Example Wire", "Ana Bo", "finance minister", "Oria");
    check(&[wire, pledged(tale, &["s1"])], &[named("Ana Bo")]);
}

#[test]
fn one_statement_in_the_reports_of_two_outlets_is_one_source() {
    let told = |outlet| {
        let tale = word(outlet, "Ana Bo", "finance minister", "Oria");
        pledged(tale, &["reporter", "s1"])
    };
    check(&[told("Post"), told("Mail")], &[named("Ana Bo")]);
}

#[test]
fn an_outlet_that_has_it_from_somebody_is_no_source_later() {
    check(
        &[
            on_word("Post", "Ana Bo", "finance minister", "Oria"),
            own_voice("Post"),
        ],
        &[named("Ana Bo")],
    );
}

#[test]
fn unnamed_officials_of_one_state_are_one() {
    check(
        &[
            unnamed("Post", "an official of Oria"),
            unnamed("Mail", "two diplomats of Oria"),
        ],
        &[anonymous("an official of Oria")],
    );
}

#[test]
fn an_unnamed_official_may_be_the_minister() {
    check(
        &[
            on_word("Post", "Ana Bo", "finance minister", "Oria"),
            unnamed("Mail", "an official of Oria"),
        ],
        &[named("Ana Bo")],
    );
    check(
        &[
            on_word("Post", "Ana Bo", "finance minister", "Oria"),
            unnamed("Mail", "a source close to the talks"),
        ],
        &[named("Ana Bo")],
    );
}

#[test]
fn a_document_is_whoever_wrote_it() {
    let tale = loan("Mail", "So a letter by Ana Bo.")
        .knows("Ana Bo", "person", "", &[])
        .says("#a letter by Ana Bo", "say", "indirect", LOAN);
    check(
        &[
            on_word("Post", "Ana Bo", "finance minister", "Oria"),
            pledged(tale, &["s1"]),
        ],
        &[named("Ana Bo")],
    );
    let tale = word("Post", "Ana Bo", "finance minister", "Oria");
    let tale = tale.says("#it", "say", "indirect", LOAN);
    check(&[pledged(tale, &["s1", "s2"])], &[named("Ana Bo")]);
}

#[test]
fn a_surname_and_a_full_name_are_one() {
    let tale = loan("Mail", "So Bo.").says("Bo", "say", "indirect", LOAN);
    check(
        &[
            on_word("Post", "Ana Bo", "finance minister", "Oria"),
            pledged(tale, &["s1"]),
        ],
        &[named("Ana Bo")],
    );
}

#[test]
fn ministers_of_two_states_are_two() {
    check(
        &[
            on_word("Post", "Ana Bo", "finance minister", "Oria"),
            on_word("Mail", "Cy Dun", "finance minister", "Belmar"),
        ],
        &[named("Ana Bo"), named("Cy Dun")],
    );
}

#[test]
fn a_minister_and_an_unnamed_official_of_the_other_state_are_two() {
    check(
        &[
            on_word("Post", "Ana Bo", "finance minister", "Oria"),
            unnamed("Mail", "an official of Belmar"),
        ],
        &[named("Ana Bo"), anonymous("an official of Belmar")],
    );
}

#[test]
fn a_minister_and_the_opposition_are_two() {
    check(
        &[
            on_word("Post", "Ana Bo", "finance minister", "Oria"),
            on_word("Mail", "Cy Dun", "opposition leader", "Oria"),
        ],
        &[named("Ana Bo"), named("Cy Dun")],
    );
}

#[test]
fn two_outlets_on_their_own_word_are_two() {
    check(
        &[own_voice("Post"), own_voice("Mail")],
        &[reporter("Mail"), reporter("Post")],
    );
}
