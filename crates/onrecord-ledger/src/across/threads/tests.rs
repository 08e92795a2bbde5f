use onrecord_model::Record;

use super::threads;
use crate::across::reports::Reports;
use crate::across::testing::{Tale, tale};
use crate::store::Entry;

mod parts;

/// The threads of some reports: of each step its status, sums and days of reports, and who denies
/// it.
fn check(tales: &[Tale], want: &[&[&str]]) {
    let mut records: Vec<Record> = tales.iter().map(Tale::record).collect();
    let told = |records: &[Record]| -> Vec<Vec<String>> {
        let entries: Vec<Entry> = records.iter().flat_map(Entry::of).collect();
        let reports = Reports::of(records);
        let day = |id: &String| {
            let day = reports.record(id).and_then(|r| r.report.day());
            day.map_or("undated".to_owned(), |d| d.strftime("%m-%d").to_string())
        };
        let found = threads(&entries, &reports);
        let step = |s: &super::Step| {
            let tellings = s.tellings.iter().map(|t| {
                let sums: Vec<&str> = t.amounts.iter().map(|a| a.value.as_str()).collect();
                let days: Vec<String> = t.corroboration.reports.iter().map(day).collect();
                let against = match t.corroboration.denied_by.len() {
                    0 => String::new(),
                    n => format!(" denied by {n}"),
                };
                format!("{} {}{against}", sums.join("/"), days.join(" "))
                    .trim()
                    .to_owned()
            });
            let denial = if s.denial { "denial " } else { "" };
            format!(
                "{denial}{}: {}",
                s.status,
                tellings.collect::<Vec<_>>().join("; ")
            )
        };
        found
            .iter()
            .map(|t| t.steps.iter().map(step).collect())
            .collect()
    };
    let found = told(&records);
    assert_eq!(found, want);
    records.reverse();
    assert_eq!(
        told(&records),
        found,
        "the order of reports changes the threads"
    );
}

fn aid(day: &'static str, status: &str, object: &str) -> Tale {
    let text = format!("Oria {status} Belmar {object} on some day, it was told.");
    tale(&text, day, "Post").binds(["aid", status], "Oria", "Belmar", object, &["reporter"])
}

#[test]
fn a_pledge_is_followed_to_the_money() {
    check(
        &[
            aid("2031-01-03", "requested", "48 euros for boats"),
            aid("2031-01-10", "announced", "48 euros for boats"),
            aid("2031-01-12", "announced", "48 euros for the boats"),
            aid("2031-03-20", "delivered", "48 euros for boats"),
        ],
        &[&[
            "requested: 48 01-03",
            "announced: 48 01-10 01-12",
            "delivered: 48 03-20",
        ]],
    );
}

#[test]
fn two_sums_are_two_threads_and_a_part_is_none() {
    check(
        &[
            aid("2031-01-10", "announced", "48 euros for boats"),
            aid("2031-01-11", "announced", "90 euros for boats"),
        ],
        &[&["announced: 48 01-10"], &["announced: 90 01-11"]],
    );
    check(
        &[
            aid("2031-01-10", "announced", "48 euros for boats"),
            aid("2031-02-11", "delivered", "12 euros for boats"),
        ],
        &[&["announced: 48 01-10", "delivered: 12 02-11"]],
    );
    // What names no sum could be either's: it does not bring two sums together.
    check(
        &[
            aid("2031-01-10", "announced", "48 euros for boats"),
            aid("2031-01-20", "signed", "a treaty on boats"),
            aid("2031-03-11", "announced", "90 euros for boats"),
        ],
        &[
            &["announced: 48 01-10", "signed: 01-20"],
            &["announced: 90 03-11"],
        ],
    );
}

#[test]
fn other_parties_and_other_words_are_other_threads() {
    let norm = tale(
        "Norda announced Belmar 48 euros for boats on some day.",
        "2031-01-10",
        "Post",
    )
    .binds(
        ["aid", "announced"],
        "Norda",
        "Belmar",
        "48 euros for boats",
        &["reporter"],
    );
    check(
        &[
            aid("2031-01-10", "announced", "48 euros for boats"),
            norm,
            aid("2031-01-11", "announced", "schoolbooks"),
        ],
        &[
            &["announced: 48 01-10"],
            &["announced: 48 01-10"],
            &["announced: 01-11"],
        ],
    );
}

#[test]
fn bare_words_are_told_apart_by_what_stands_beside_them() {
    let sanctions = |day, status: &str, over: &str| {
        let text = format!("Oria {status} sanctions on Belmar over {over}, it was told.");
        tale(&text, day, "Post").binds(
            ["sanction", status],
            "Oria",
            "Belmar",
            "sanctions",
            &["reporter"],
        )
    };
    check(
        &[
            sanctions("2031-01-10", "announced", "a prison camp near Tarn"),
            sanctions("2031-03-10", "in_force", "a camp near Tarn"),
            sanctions("2031-04-10", "withdrawn", "whaling in winter"),
        ],
        &[
            &["announced: 01-10", "in_force: 03-10"],
            &["withdrawn: 04-10"],
        ],
    );
}

#[test]
fn who_signed_with_whom_is_bound_to_whom() {
    let both = tale(
        "Oria and Belmar signed a pact worth 48 euros on boats.",
        "2031-02-01",
        "Post",
    )
    .binds(
        ["agreement", "signed"],
        "Oria and Belmar",
        "",
        "48 euros",
        &["reporter"],
    );
    check(
        &[aid("2031-01-10", "announced", "48 euros for boats"), both],
        &[&["announced: 48 01-10", "signed: 48 02-01"]],
    );
}

fn denial(day: &'static str) -> Tale {
    let content = "Oria would give Belmar 48 euros for boats";
    let text = format!("Ada Oko denied that {content}.");
    tale(&text, day, "Gazette")
        .says("Ada Oko", "deny", "indirect", content)
        .binds(
            ["aid", "ruled_out"],
            "Oria",
            "Belmar",
            "48 euros for boats",
            &["s1"],
        )
}

#[test]
fn a_denial_stands_beside_what_it_denies() {
    check(
        &[
            aid("2031-01-03", "requested", "48 euros for boats"),
            aid("2031-01-10", "announced", "48 euros for boats"),
            denial("2031-01-12"),
        ],
        &[&["requested: 48 01-03", "announced: 48 01-10 denied by 1"]],
    );
    check(
        &[
            aid("2031-01-10", "announced", "48 euros for boats"),
            denial("2031-06-12"),
        ],
        &[&["announced: 48 01-10", "denial ruled_out: 48 06-12"]],
    );
}

#[test]
fn copies_that_differ_in_the_sum_are_one_step() {
    let told = |day, outlet, sum: &str| {
        let words: Vec<String> = (0..60).map(|i| format!("w{i}")).collect();
        let text = format!(
            "Oria lent Belmar {sum} euros for boats. {}",
            words.join(" ")
        );
        let object = format!("{sum} euros for boats");
        tale(&text, day, outlet).binds(
            ["aid", "announced"],
            "Oria",
            "Belmar",
            &object,
            &["reporter"],
        )
    };
    check(
        &[
            told("2031-01-10", "Post", "350"),
            told("2031-01-11", "Mail", "250"),
        ],
        &[&["announced: 350 01-10; 250 01-11"]],
    );
}

fn bound(day: &'static str, kind: [&str; 2], by: &str, to: &str, words: &str) -> Tale {
    let text = format!("{by} {} {to} {words}, it was told.", kind[1]);
    let object = words.split(" over ").next().unwrap_or(words);
    tale(&text, day, "Post").binds(kind, by, to, object, &["reporter"])
}

#[test]
fn what_two_do_to_each_other_is_two_things() {
    let sanction = ["sanction", "announced"];
    check(
        &[
            bound(
                "2031-01-10",
                sanction,
                "Oria",
                "Belmar",
                "sanctions over a prison camp",
            ),
            bound(
                "2031-01-12",
                sanction,
                "Belmar",
                "Oria",
                "sanctions over a prison camp",
            ),
        ],
        &[&["announced: 01-10"], &["announced: 01-12"]],
    );
    let loan = ["aid", "announced"];
    check(
        &[
            bound("2031-01-10", loan, "Oria", "Belmar", "48 euros for boats"),
            bound("2031-01-12", loan, "Belmar", "Oria", "48 euros for boats"),
        ],
        &[&["announced: 48 01-10"], &["announced: 48 01-12"]],
    );
}

#[test]
fn other_sides_and_other_ends_are_other_threads() {
    let truce = ["ceasefire", "signed"];
    check(
        &[
            bound(
                "2031-01-10",
                truce,
                "Oria and Belmar",
                "",
                "a ceasefire over the river Tarn",
            ),
            bound(
                "2031-01-12",
                truce,
                "Oria and Norda",
                "",
                "a ceasefire over the river Tarn",
            ),
            bound(
                "2031-02-12",
                ["ceasefire", "broken"],
                "Belmar",
                "",
                "the ceasefire over the river Tarn",
            ),
        ],
        &[&["signed: 01-10", "broken: 02-12"], &["signed: 01-12"]],
    );
    let loan = ["aid", "announced"];
    check(
        &[
            bound("2031-01-10", loan, "Oria", "Belmar", "48 euros for boats"),
            bound("2031-01-11", loan, "Oria", "Belmar", "48 euros for schools"),
            bound(
                "2031-01-12",
                loan,
                "Oria and Norda",
                "Belmar",
                "48 euros for boats",
            ),
        ],
        &[
            &["announced: 48 01-10"],
            &["announced: 48 01-11"],
            &["announced: 48 01-12"],
        ],
    );
}

#[test]
fn another_of_the_same_is_another() {
    let told = |day, object: &str| {
        let text = format!("Oria gave Belmar another {object}, it was told.");
        tale(&text, day, "Post").binds(
            ["aid", "announced"],
            "Oria",
            "Belmar",
            object,
            &["reporter"],
        )
    };
    check(
        &[
            aid("2031-01-10", "announced", "48 euros for boats"),
            told("2031-01-12", "48 euros for boats"),
        ],
        &[&["announced: 48 01-10"], &["announced: 48 01-12"]],
    );
}
