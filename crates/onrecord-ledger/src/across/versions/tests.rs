use super::{Change, Field, changes};
use crate::across::testing::{Tale, tale};

/// What became of entries, each as its change, its words and the fields that are another.
fn check(older: &Tale, newer: &Tale, want: &[(&str, &str, &[Field])]) {
    let found = changes(&older.record(), &newer.record());
    let told: Vec<(&str, &str, &[Field])> = found
        .entries
        .iter()
        .map(|c| match c {
            Change::Added { now } => ("added", now.at.anchor.quote.as_str(), &[][..]),
            Change::Gone { was } => ("gone", was.at.anchor.quote.as_str(), &[][..]),
            Change::Altered { now, fields, .. } => {
                ("altered", now.at.anchor.quote.as_str(), &fields[..])
            }
        })
        .collect();
    assert_eq!(told, want);
}

fn loan(euros: &str, more: &str) -> Tale {
    let text = format!("Oria will lend Belmar {euros} euros for boats, Ada Oko said.{more}");
    let content = format!("Oria will lend Belmar {euros} euros for boats");
    tale(&text, "2031-03-04", "Post")
        .says("Ada Oko", "say", "indirect", &content)
        .binds(
            ["aid", "announced"],
            "Oria",
            "Belmar",
            &format!("{euros} euros for boats"),
            &["s1"],
        )
}

#[test]
fn the_same_record_has_no_changes() {
    check(&loan("48", ""), &loan("48", " Rain fell."), &[]);
}

#[test]
fn another_sum_is_another_sum_of_the_same_loan() {
    check(
        &loan("350", ""),
        &loan("250", ""),
        &[
            (
                "altered",
                "Oria will lend Belmar 250 euros for boats",
                &[Field::Words],
            ),
            (
                "altered",
                "250 euros for boats",
                &[Field::Amount, Field::Words],
            ),
        ],
    );
}

#[test]
fn what_is_new_and_what_is_gone_is_told() {
    let older = loan("48", " Nothing was paid, Ben Iru said.").says(
        "Ben Iru",
        "say",
        "indirect",
        "Nothing was paid",
    );
    let newer =
        loan("48", " It was late, Cai Umo said.").says("Cai Umo", "say", "indirect", "It was late");
    check(
        &older,
        &newer,
        &[
            ("added", "It was late", &[]),
            ("gone", "Nothing was paid", &[]),
        ],
    );
}

#[test]
fn another_speaker_of_the_same_words_is_told() {
    let said = |who: &str| {
        let text = format!("Nothing was paid for boats, {who} said.");
        tale(&text, "2031-03-04", "Post").says(who, "say", "indirect", "Nothing was paid for boats")
    };
    check(
        &said("Ada Oko"),
        &said("Ben Iru"),
        &[(
            "altered",
            "Nothing was paid for boats",
            &[Field::By, Field::Word, Field::Words],
        )],
    );
}
