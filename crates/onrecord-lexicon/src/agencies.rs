//! News agencies: the short name for every form a report writes.
//!
//! ```
//! use onrecord_lexicon::agencies;
//!
//! assert_eq!(agencies::short("The Associated Press"), Some("AP"));
//! assert_eq!(agencies::short("Example News"), None);
//! ```

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const DATA: &str = include_str!("../data/agencies.tsv");

static TABLE: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| rows().collect());

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = DATA.lines().filter(|l| !l.starts_with('#'));
    lines.flat_map(|line| {
        let (short, others) = line.split_once('\t').unwrap_or((line, ""));
        let forms = std::iter::once(short).chain(others.split('|'));
        forms.filter(|f| !f.is_empty()).map(move |f| (f, short))
    })
}

/// The short name of an agency written in any known form; case matters.
pub fn short(form: &str) -> Option<&'static str> {
    TABLE.get(form).copied()
}

/// Every known form, longest first: for building patterns.
pub fn forms() -> Vec<&'static str> {
    let mut all: Vec<_> = rows().map(|(form, _)| form).collect();
    all.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_one_short_name() {
        assert_eq!(short("Agence France-Presse"), Some("AFP"));
        assert_eq!(short("dpa"), Some("dpa"));
        assert!(forms().len() > 120);
        assert!(
            rows().all(|(form, s)| short(form) == Some(s)),
            "a form stands twice"
        );
    }
}
