//! Parts of a whole, and sums that are raised.

use super::*;

/// A pledge of 350, of which a report tells two instalments.
fn instalments() -> Tale {
    let text = "Oria announced Belmar 350 euros for boats. The boats money comes in parts, 150 euros by March and \
                200 euros by June, Oria said.";
    tale(text, "2031-01-10", "Post")
        .binds(
            ["aid", "announced"],
            "Oria",
            "Belmar",
            "350 euros for boats",
            &["reporter"],
        )
        .binds(
            ["aid", "announced"],
            "Oria",
            "Belmar",
            "150 euros",
            &["reporter"],
        )
        .part_of("350 euros for boats")
        .binds(
            ["aid", "announced"],
            "Oria",
            "Belmar",
            "200 euros",
            &["reporter"],
        )
        .part_of("350 euros for boats")
}

#[test]
fn instalments_are_steps_of_their_whole() {
    check(
        &[
            instalments(),
            aid("2031-03-20", "delivered", "150 euros for boats"),
        ],
        &[&[
            "announced: 350 01-10",
            "announced: 150 01-10",
            "announced: 200 01-10",
            "delivered: 150 03-20",
        ]],
    );
}

#[test]
fn a_raise_joins_the_old_sum_and_the_new() {
    let raised = tale(
        "Oria raised its grant of 350 euros for boats in Belmar to 400 euros for boats on some day.",
        "2031-01-28",
        "Post",
    );
    let raised = raised
        .binds(
            ["aid", "superseded"],
            "Oria",
            "Belmar",
            "350 euros for boats",
            &["reporter"],
        )
        .binds(
            ["aid", "announced"],
            "Oria",
            "Belmar",
            "400 euros for boats",
            &["reporter"],
        );
    check(
        &[
            aid("2031-01-10", "announced", "350 euros for boats"),
            raised,
            aid("2031-02-11", "announced", "90 euros for boats"),
        ],
        &[
            &[
                "announced: 350 01-10",
                "superseded: 350 01-28",
                "announced: 400 01-28",
            ],
            &["announced: 90 02-11"],
        ],
    );
}

#[test]
fn what_an_agreement_promises_is_no_instalment_of_it() {
    let text = "Oria and Belmar signed a treaty, and under it Oria will lend Belmar 400 euros for boats, far more boats than before.";
    let raised = tale(text, "2031-01-28", "Post")
        .binds(
            ["agreement", "signed"],
            "Oria and Belmar",
            "",
            "a treaty",
            &["reporter"],
        )
        .binds(
            ["aid", "announced"],
            "Oria",
            "Belmar",
            "400 euros for boats",
            &["reporter"],
        )
        .part_of("a treaty")
        .binds(
            ["aid", "superseded"],
            "Oria",
            "Belmar",
            "far more boats than before",
            &["reporter"],
        );
    // As a whole of its own it takes the place of what was promised before.
    check(
        &[
            aid("2031-01-10", "announced", "350 euros for boats"),
            raised,
        ],
        &[&[
            "announced: 350 01-10",
            "signed: 01-28",
            "announced: 400 01-28",
            "superseded: 01-28",
        ]],
    );
}

#[test]
fn what_is_told_back_is_of_the_only_sum_told() {
    let told = |more: bool| {
        let text = "Oria announced Belmar 48 euros for boats. The parliament passed the grant. It gave 20 euros for tents.";
        let tale = tale(text, "2031-01-10", "Post")
            .binds(
                ["aid", "announced"],
                "Oria",
                "Belmar",
                "48 euros for boats",
                &["reporter"],
            )
            .binds(
                ["aid", "authorized"],
                "Oria",
                "Belmar",
                "the grant",
                &["reporter"],
            );
        if more {
            tale.binds(
                ["aid", "announced"],
                "Oria",
                "Belmar",
                "20 euros for tents",
                &["reporter"],
            )
        } else {
            tale
        }
    };
    check(
        &[told(false)],
        &[&["announced: 48 01-10", "authorized: 01-10"]],
    );
    check(
        &[told(true)],
        &[
            &["announced: 48 01-10"],
            &["authorized: 01-10"],
            &["announced: 20 01-10"],
        ],
    );
}

#[test]
fn a_denial_of_delay_stands_beside_the_delay() {
    let late = tale(
        "Oria delayed the first instalment for boats in Belmar, it was told.",
        "2031-01-20",
        "Post",
    )
    .binds(
        ["aid", "delayed"],
        "Oria",
        "Belmar",
        "the first instalment for boats",
        &["reporter"],
    );
    let denied = tale(
        "Oria denied that the payment to Belmar for boats was late.",
        "2031-01-21",
        "Courier",
    )
    .says(
        "Oria",
        "deny",
        "indirect",
        "the payment to Belmar for boats was late",
    )
    .binds(
        ["payment", "delayed"],
        "Oria",
        "Belmar",
        "the payment",
        &["s1"],
    );
    check(&[late, denied], &[&["delayed: 01-20 denied by 1"]]);
}
