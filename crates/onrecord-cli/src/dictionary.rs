//! `onrecord schema --tables`: every column of every table, and what it means.
//!
//! The words are those of `onrecord-columns`; here they are listed by table.

use onrecord_columns::{Table, heading, holds, meaning};

use crate::listing::csv as lines;
use crate::sheet::Sheet;
use crate::trouble::Trouble;
use crate::{commitments, copies, corroborated, events, find, follow, quotes, review, saved};

/// What holds members of its own, and what they are.
const NESTED: [(&str, &str); 15] = [
    ("of", "the entry that is meant: its report, kind and words"),
    ("into", "the entry that stands for both"),
    ("with", "the commitment it is of one thread with"),
    ("from", "the commitment it is of no thread with"),
    ("source", "on whose word a person says it stands"),
    (
        "factuality",
        "how firmly a person says it is said: `certainty` and `polarity`",
    ),
    (
        "words",
        "the words it rests on, as a person says, with the first code point and one past the last",
    ),
    ("text", "the words of a note"),
    ("said_at", "when that was said which is taken back"),
    ("one", "a report and the name somebody has there"),
    ("other", "another"),
    (
        "places",
        "each with its name and, where it is resolved, its degrees north and east",
    ),
    (
        "sums",
        "the sum in each currency that is stated or worked out",
    ),
    (
        "spans",
        "each stretch of `words` with its first code point and one past the last",
    ),
    ("amounts", "the sums that a person says are right"),
];

/// A table, and the columns it has as CSV.
fn csvs() -> Vec<(&'static str, Vec<&'static str>)> {
    let find = || find::COLUMNS.into_iter();
    let told = || corroborated::COLUMNS.into_iter();
    vec![
        ("quotes --csv", quotes::Quotes::COLUMNS.to_vec()),
        ("events --csv", events::Events::COLUMNS.to_vec()),
        (
            "commitments --csv",
            commitments::Commitments::COLUMNS.to_vec(),
        ),
        ("find --csv", find().collect()),
        ("find --corroborated --csv", find().chain(told()).collect()),
        (
            "timeline --csv",
            ["day"].into_iter().chain(find()).chain(told()).collect(),
        ),
        (
            "thread --csv",
            follow::THREAD.into_iter().chain(told()).collect(),
        ),
        ("story --csv", follow::STORY.to_vec()),
        ("diff --csv", follow::DIFF.to_vec()),
        ("who --csv", follow::WHO.to_vec()),
        ("copies --csv", copies::COLUMNS.to_vec()),
        ("saved --csv", saved::COLUMNS.to_vec()),
        ("agreement --csv", review::agreement::COLUMNS.to_vec()),
    ]
}

/// The dictionary as comma-separated values: table, column, what it holds, what it means.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn csv() -> Result<Vec<u8>, Trouble> {
    let mut all = vec![
        ["table", "column", "holds", "meaning"]
            .map(str::to_owned)
            .to_vec(),
    ];
    let mut say = |table: &str, column: &str| {
        let nested = NESTED.iter().find(|(name, _)| *name == column);
        // What a person says of an entry holds members where the entry's own table has words.
        let judged = table == "judgements.parquet" && nested.is_some();
        let (holds, says) = match (nested, holds(column), meaning(column)) {
            (_, Some(holds), Some(says)) if !judged => (holds, says),
            (Some((_, says)), ..) => ("members", *says),
            _ => ("", ""),
        };
        all.push([table, column, holds, says].map(str::to_owned).to_vec());
    };
    for table in Table::ALL {
        if table == Table::Records {
            say("records.parquet", "");
            continue;
        }
        for column in heading(table) {
            say(&format!("{}.parquet", table.name()), &column);
        }
    }
    for (table, columns) in csvs() {
        for column in &columns {
            say(table, column);
        }
    }
    let record =
        "a whole record a row; its columns are the members that `onrecord schema` describes";
    if let Some(line) = all.iter_mut().find(|line| line[0] == "records.parquet") {
        record.clone_into(&mut line[3]);
    }
    lines(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_table_is_explained() {
        let text = String::from_utf8(csv().unwrap()).unwrap();
        let unsaid: Vec<&str> = text.lines().filter(|l| l.ends_with(',')).collect();
        assert!(unsaid.is_empty(), "{unsaid:#?}");
        assert!(text.lines().count() > 200);
        for (table, columns) in csvs() {
            for column in columns {
                assert!(meaning(column).is_some(), "{table}: {column}");
            }
        }
    }

    /// The key is one, and stands first wherever a row is an entry.
    #[test]
    fn every_table_of_entries_has_the_handle() {
        for table in [
            Table::Entries,
            Table::Statements,
            Table::Events,
            Table::Commitments,
            Table::Entities,
            Table::Threads,
        ] {
            assert_eq!(heading(table)[0], "handle");
        }
        let others = ["story", "who", "copies", "saved", "agreement"];
        let of_entries = |(table, columns): &(&str, Vec<&str>)| {
            let other = others.iter().any(|o| table.starts_with(o));
            assert!(other || columns.contains(&"handle"), "{table}");
        };
        csvs().iter().for_each(of_entries);
    }
}
