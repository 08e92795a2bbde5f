//! A row of the tracker's sheet against the row that a person keeps.

use onrecord::model::Polarity;
use onrecord_ledger::across::tracker::Row;

/// The columns of a sheet that a person keeps.
pub(crate) const SHEET: [&str; 14] = [
    "by",
    "to",
    "what",
    "unit",
    "promised",
    "delivered",
    "left",
    "status",
    "since",
    "next due",
    "condition",
    "denied by",
    "note",
    "open",
];

/// Whether a row is as a person keeps it: of the kind among those it is told as, with her words in the
/// condition and among those who deny it; all else the same, and what she left out absent.
pub(crate) fn is_kept(row: &Row, wanted: &[String]) -> bool {
    let text = |d: &Option<_>| d.as_ref().map(ToString::to_string).unwrap_or_default();
    let number = |d: &Option<rust_decimal::Decimal>| {
        d.map(|d| d.normalize().to_string()).unwrap_or_default()
    };
    let mut notes = Vec::new();
    notes.extend(row.overdue.then_some("overdue"));
    notes.extend(row.contradicted.then_some("contradicted"));
    let found = [
        row.by.join("; "),
        row.to.join("; "),
        String::new(),
        text(&row.unit),
        number(&row.promised),
        number(&row.delivered),
        number(&row.left),
        match row.polarity {
            Polarity::Positive => row.status.to_string(),
            Polarity::Negative => format!("not {}", row.status),
        },
        text(&row.status_since),
        text(&row.next_due),
        String::new(),
        String::new(),
        notes.join(", "),
    ];
    let among =
        |words: &str, found: &str| words.is_empty() == found.is_empty() && found.contains(words);
    found
        .iter()
        .zip(wanted)
        .enumerate()
        .all(|(column, (found, wanted))| match column {
            2 => wanted.is_empty() || row.kinds.contains(wanted),
            10 => among(wanted, row.condition.as_deref().unwrap_or_default()),
            11 => among(wanted, &row.denied_by.join("; ")),
            _ => found == wanted,
        })
}
