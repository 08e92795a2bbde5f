//! Patterns over lines of news, each compiled when a line first needs it.
//!
//! ```text
//! \p{Lu}\w+    over the letters of all scripts: 700 ranges, milliseconds to compile
//!              over those of Latin text:         20 ranges, microseconds
//! ```
//!
//! A pattern is cut down to the signs that English news is written with ([`is_common`]); on a
//! line of such signs the small pattern finds what the whole one finds. The whole one is made
//! when a line holds another sign.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{
    Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition,
};

/// A pattern that is compiled when it is first needed.
pub(crate) struct Pattern {
    source: Source,
    small: OnceLock<Option<Regex>>,
    whole: OnceLock<Option<Regex>>,
}

enum Source {
    Made(fn() -> String),
    Given(String),
}

impl Pattern {
    /// A pattern of the program.
    pub(crate) const fn new(source: fn() -> String) -> Self {
        Self {
            source: Source::Made(source),
            small: OnceLock::new(),
            whole: OnceLock::new(),
        }
    }

    /// A pattern of the word lists.
    pub(crate) const fn given(source: String) -> Self {
        Self {
            source: Source::Given(source),
            small: OnceLock::new(),
            whole: OnceLock::new(),
        }
    }

    /// The expression to search a text with; `None` for a pattern that does not parse.
    pub(crate) fn on(&self, text: &str) -> Option<&Regex> {
        let regex = if text.is_ascii() || text.chars().all(is_common) {
            self.small.get_or_init(|| compile(&small(&self.source())?))
        } else {
            self.whole.get_or_init(|| compile(&self.source()))
        };
        regex.as_ref()
    }

    fn source(&self) -> String {
        match &self.source {
            Source::Made(make) => make(),
            Source::Given(pattern) => pattern.clone(),
        }
    }
}

fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).size_limit(64 << 20).build().ok()
}

/// Latin letters with their marks, punctuation, currencies.
const COMMON: [(char, char); 3] = [
    ('\0', '\u{24f}'),
    ('\u{2000}', '\u{206f}'),
    ('\u{20a0}', '\u{20cf}'),
];

/// Whether small patterns know a sign.
fn is_common(c: char) -> bool {
    COMMON
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&c))
}

/// A pattern whose classes hold no other signs than the common ones.
fn small(pattern: &str) -> Option<String> {
    let ranges = COMMON.map(|(first, last)| ClassUnicodeRange::new(first, last));
    let hir = regex_syntax::parse(pattern).ok()?;
    Some(cut_down(&hir, &ClassUnicode::new(ranges)).to_string())
}

fn cut_down(hir: &Hir, common: &ClassUnicode) -> Hir {
    let all = |subs: &[Hir]| subs.iter().map(|s| cut_down(s, common)).collect();
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => {
            let mut class = class.clone();
            class.intersect(common);
            Hir::class(Class::Unicode(class))
        }
        HirKind::Capture(c) => Hir::capture(Capture {
            index: c.index,
            name: c.name.clone(),
            sub: Box::new(cut_down(&c.sub, common)),
        }),
        HirKind::Repetition(r) => Hir::repetition(Repetition {
            sub: Box::new(cut_down(&r.sub, common)),
            ..*r
        }),
        HirKind::Concat(subs) => Hir::concat(all(subs)),
        HirKind::Alternation(subs) => Hir::alternation(all(subs)),
        _ => hir.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &[&str] = &[
        "(Reporting by Zoë Marsh in Łódź; Editing by Joe Tran)",
        "PORT ELLERY, June 2 (Reuters) – “We’re ready,” said St. John’s mayor – €4m",
        "By Lena Marsh and Joe Tran, Political Editor | Published: Aug. 24, 2025 5:31 p.m.",
        "© 2031 Example News. All rights reserved.",
        "ΑΘΗΝΑ (Reuters) - Έλληνες ²³ Kelvin ſ",
        "* * *",
        "",
    ];

    fn check(pattern: &str) {
        let (whole, small) = (compile(pattern).unwrap(), small(pattern).unwrap());
        let small = compile(&small).unwrap();
        let names = |r: &Regex| {
            let names = r.capture_names().map(|n| n.map(str::to_owned));
            names.collect::<Vec<_>>()
        };
        assert_eq!(names(&whole), names(&small), "{pattern}");
        for line in LINES.iter().filter(|l| l.chars().all(is_common)) {
            let places = |r: &Regex| {
                let all = r.captures_iter(line).map(|c| {
                    let groups = c.iter().map(|m| m.map(|m| m.range()));
                    groups.collect::<Vec<_>>()
                });
                all.collect::<Vec<_>>()
            };
            assert_eq!(places(&whole), places(&small), "{pattern} on {line}");
        }
    }

    #[test]
    fn a_small_pattern_finds_what_the_whole_one_finds() {
        for pattern in [
            r"\b(?P<first>\p{Lu}[\p{L}'’-]+) (?P<last>\p{Lu}\w*)\b",
            r"(?i)^\W*(?:reporting|copyright|©)\b",
            r"(?P<day>\d{1,2})(?:st|nd)?[\s,–-]+?(?P<rest>[^;]{2,40}?)\S",
            r"\p{Sc}\s?\d+|[^\p{L}\s]+$",
        ] {
            check(pattern);
        }
        for form in onrecord_lexicon::furniture::forms() {
            check(&crate::furniture::expand(&form.pattern));
        }
    }

    #[test]
    fn a_line_of_other_scripts_gets_the_whole_pattern() {
        let letters = Pattern::new(|| r"^\w+$".to_owned());
        assert!(letters.on("Łódź").is_some_and(|r| r.is_match("Łódź")));
        assert!(letters.on("Αθήνα").is_some_and(|r| r.is_match("Αθήνα")));
    }
}
