//! What a report says of its own version: UPDATE 2-, CORRECTED-, "(Adds ...)", a notice.
//!
//! Left out: which earlier report it replaces (`onrecord-ledger`).

use onrecord_model::VersionKind;

use crate::pattern::Pattern;

/// A prefix of a headline: "UPDATE 2-", "CORRECTED-", "REFILE-UPDATE 1-".
static PREFIX: Pattern = Pattern::new(|| {
    r"^(?:(?:UPDATE ?\d+|WRAPUP ?\d+|CORRECTED(?:-OFFICIAL)?|CORRECTION|REFILE[D]?|RPT|REPEAT|OFFICIAL CORRECTION|CLARIFICATION|TAKE \d+|RECAST|UPDATED?)\s*[-–—:]\s*)+".to_owned()
});

/// Bytes of a version prefix before a headline; 0 when there is none or nothing follows it.
pub(crate) fn prefix(headline: &str) -> usize {
    let found = PREFIX.on(headline).and_then(|r| r.find(headline));
    found.map_or(0, |m| m.end()).min(headline.len())
}

/// The kind of version a notice speaks of; `None` for notes that tell of no change.
pub(crate) fn kind(notice: &str) -> Option<VersionKind> {
    let small = notice.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| small.contains(w));
    if has(&["refil", "rpt-", "repeat", "resend", "retransmi"]) {
        Some(VersionKind::Refile)
    } else if has(&[
        "correct",
        "clarif",
        "erratum",
        "amended",
        "earlier version",
        "previous version",
        "original version",
        "misstated",
        "misspell",
        "misidentif",
        "regret",
        "apologi",
        "fixes",
    ]) {
        Some(VersionKind::Correction)
    } else if has(&["wrapup", "topwrap", "take "]) {
        Some(VersionKind::Takes)
    } else if has(&[
        "updat",
        "adds",
        "added",
        "recast",
        "lead",
        "ld",
        "writethru",
        "restor",
        "revis",
        "chang",
        "new throughout",
        "includes",
        "inserts",
        "removes",
        "replaces",
        "rewrites",
        "edited",
        "releads",
    ]) {
        Some(VersionKind::Update)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_name_their_kind() {
        for (notice, expect) in [
            ("UPDATE 1-Board votes", Some(VersionKind::Update)),
            ("WRAPUP 3-Board votes", Some(VersionKind::Takes)),
            (
                "(Corrects day in paragraph 2)",
                Some(VersionKind::Correction),
            ),
            ("REFILE-Board votes", Some(VersionKind::Refile)),
            ("(Adds quote)", Some(VersionKind::Update)),
            (
                "An earlier version of this story misnamed the mayor.",
                Some(VersionKind::Correction),
            ),
            ("EDITORS: A photo will follow", None),
        ] {
            assert_eq!(kind(notice), expect, "{notice}");
        }
        assert_eq!(prefix("UPDATE 2-Board votes"), 9);
        assert_eq!(prefix("Board votes"), 0);
    }
}
