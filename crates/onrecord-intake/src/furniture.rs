//! Lines and closing sentences that are furniture, told by their form alone.
//!
//! The forms are data (`onrecord_lexicon::furniture`); some name a guard, a further test that
//! a pattern cannot make: "Reporting by the Times found ..." is prose.
//!
//! Left out: bylines and datelines (`byline`, `dateline`) and what needs the lines around
//! (`structure`).

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use onrecord_lexicon::{
    agencies,
    furniture::{self, At},
};
use onrecord_model::SegmentLabel;

use crate::dates::{DAY, MONTH};
use crate::needs::{Need, has_odd_letters};
use crate::pattern::Pattern;

/// No line of furniture is longer, in bytes.
const LONGEST: usize = 1500;

struct Forms {
    rules: Vec<Rule>,
    /// Words that rules need anywhere in a line, each with its rule.
    held: AhoCorasick,
    held_by: Vec<usize>,
}

struct Rule {
    label: SegmentLabel,
    at: At,
    guard: &'static str,
    need: Need,
    /// Compiled when a line first meets the need.
    pattern: Pattern,
}

impl Rule {
    fn fits(&self, line: &str) -> bool {
        self.pattern.on(line).is_some_and(|r| r.is_match(line))
    }
}

impl Forms {
    /// The rules whose needs a line meets, in their order.
    fn met(&self, line: &str) -> Vec<bool> {
        if has_odd_letters(line) {
            return vec![true; self.rules.len()];
        }
        let from = line.find(|c: char| c.is_ascii_alphanumeric());
        let opening = from.and_then(|i| line.as_bytes().get(i..));
        let opens_with = |w: &String| {
            let head = opening.and_then(|o| o.get(..w.len()));
            head.is_some_and(|h| h.eq_ignore_ascii_case(w.as_bytes()))
        };
        let met = self.rules.iter().map(|rule| match &rule.need {
            Need::Opens(words) => words.iter().any(opens_with),
            Need::Holds(_) => false,
            Need::Nothing => true,
        });
        let mut met: Vec<bool> = met.collect();
        for hit in self.held.find_overlapping_iter(line) {
            let rule = self.held_by.get(hit.pattern().as_usize());
            if let Some(met) = rule.and_then(|r| met.get_mut(*r)) {
                *met = true;
            }
        }
        met
    }
}

static FORMS: LazyLock<Option<Forms>> = LazyLock::new(|| {
    let mut rules = Vec::new();
    let (mut held, mut held_by) = (Vec::new(), Vec::new());
    for (i, form) in furniture::forms().iter().enumerate() {
        let pattern = expand(&form.pattern);
        let need = Need::of(&pattern);
        if let Need::Holds(words) = &need {
            held.extend(words.iter().cloned());
            held_by.resize(held.len(), i);
        }
        rules.push(Rule {
            label: label(&form.label)?,
            at: form.at,
            guard: form.guard.as_deref().unwrap_or_default(),
            need,
            pattern: Pattern::given(pattern),
        });
    }
    let held = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(held)
        .ok()?;
    Some(Forms {
        rules,
        held,
        held_by,
    })
});

/// Known agencies as one pattern, the longest form first.
pub(crate) static AGENCY: LazyLock<String> = LazyLock::new(|| {
    let forms = agencies::forms().into_iter().map(regex::escape);
    format!(r"\b(?:{})\b", forms.collect::<Vec<_>>().join("|"))
});

pub(crate) fn expand(pattern: &str) -> String {
    pattern
        .replace("{agency}", &AGENCY)
        .replace("{month}", MONTH)
        .replace("{day}", DAY)
}

fn label(name: &str) -> Option<SegmentLabel> {
    Some(match name {
        "image" => SegmentLabel::Image,
        "correction" => SegmentLabel::Correction,
        "credit" => SegmentLabel::Credit,
        "boilerplate" => SegmentLabel::Boilerplate,
        "promo" => SegmentLabel::Promo,
        _ => return None,
    })
}

/// A line without the marks of old wires.
pub(crate) fn unmarked(line: &str) -> &str {
    line.trim()
        .trim_start_matches('^')
        .trim_end_matches(['<', '='])
        .trim()
}

/// What a whole line is by its form.
pub(crate) fn of_line(line: &str) -> Option<SegmentLabel> {
    find(unmarked(line), false)
}

/// What the closing sentence of a paragraph is by its form.
pub(crate) fn of_tail(sentence: &str) -> Option<SegmentLabel> {
    find(sentence.trim(), true)
}

fn find(line: &str, tail: bool) -> Option<SegmentLabel> {
    if line.is_empty() || line.len() > LONGEST {
        return None;
    }
    let forms = FORMS.as_ref()?;
    let met = forms.met(line);
    let mut rules = forms
        .rules
        .iter()
        .zip(met)
        .filter_map(|(r, m)| m.then_some(r));
    let words = line.split_whitespace().count();
    let rule = rules.find(|rule| {
        (!tail || rule.at == At::Tail)
            && words <= most_words(rule.guard)
            && rule.fits(line)
            && guarded(rule.guard, line)
    })?;
    Some(rule.label)
}

/// The words of the longest line that a guard lets pass.
fn most_words(guard: &str) -> usize {
    match guard {
        "short credit" => 8,
        "label" | "short" => 24,
        "sign-off" => 30,
        "contributed" | "promo label" | "promo" => 45,
        "about the story" => 90,
        "caption" => 110,
        "standing" => 120,
        _ => usize::MAX,
    }
}

/// Whether a line that fits a pattern passes its guard; how long it is was looked at before.
fn guarded(guard: &str, line: &str) -> bool {
    let words = || line.split_whitespace().count();
    match guard {
        "label" => is_label(line),
        "caption" => words() >= 6 && crate::sentence::boundaries(line).len() < 3,
        "wire" => line.contains("--") || matches("wire", line),
        "about the story" => matches("story", line) && !matches("said", line),
        "unattributed" => !matches("said", line),
        "own version" => matches("copy", line) && !matches("said", line),
        "standing" => matches("standing", line),
        "credit" => is_credit(line),
        "contributed" => is_contribution(line),
        "short credit" => !line.contains(" said") && is_credit(line),
        "signed" => line.starts_with(['(', '[', '-', '–', '—']) || line.starts_with("With"),
        // Spoken to the reader, and nobody's word: "you", and no quotation, no saying.
        "reader's data" => {
            let small = line.to_lowercase();
            let reader = small.split(|c: char| !c.is_alphabetic());
            reader.clone().any(|w| matches!(w, "you" | "your"))
                && !line.contains(['“', '"'])
                && !reader
                    .clone()
                    .any(|w| matches!(w, "said" | "says" | "told"))
        }
        "promo label" | "promo" => !line.starts_with(['“', '"']),
        _ => true,
    }
}

static GUARDS: [(&str, Pattern); 5] = [
    (
        // What a copy corrects is a part of a copy; "the projections of last year" is none.
        "copy",
        Pattern::new(|| {
            r"(?i)(?:^\W*this\b.{0,90}\b(?:updates|adds|removes|restates|deletes)|\b(?:corrects|clarifies|fixes)) (?:(?:throughout|with|to (?:show|say|add|remove|clarify|correct|reflect|include|delete|make|note))\b|(?:[\p{L}\d'’-]+,? ){0,5}?(?:names?|surnames?|spellings?|titles?|age|dates?|days?|months?|year|time|numbers?|figures?|quot(?:es?|ations?)|attribution|captions?|headlines?|bylines?|dateline|paragraphs?|para|grafs?|leads?|lede|sentences?|words?|wording|typos?|errors?|style|references?|location|affiliation|party|gender|pronouns?|identification|descriptions?|details?|reaction|comments?|background|links?|photos?|sourcing|context|conversion|rank|amount|percentage|score)\b)|\b(?:corrects|clarifies|fixes) that\b".to_owned()
        }),
    ),
    (
        // Somebody's saying closes it: then the story is one that is reported on.
        "said",
        Pattern::new(|| {
            r"(?i)(?:[,”\x22] ?[^,]{0,60}\b(?:said|says|wrote|writes|added|argued)\W*$|, (?:said|says|wrote|writes|according to)\b[^,]*$)".to_owned()
        }),
    ),
    (
        "wire",
        Pattern::new(|| r"(?i)\b(?:ld|writethru|wrt|lead|urgent|snap|budget)\b".to_owned()),
    ),
    (
        "story",
        Pattern::new(|| {
            r"(?i)(?:\b(?:this|our) (?:\w+ )?(?:article|story|report|post|headline|column|piece|version|caption|item|dispatch|page|photo|graphic|material)\b|\bthe (?:article|story|headline|column|caption|post|piece|dispatch)\b|^\W*(?:editor|publisher|note|an? (?:earlier|previous|original|initial) version of (?:this|the (?:story|article|headline))))".to_owned()
        }),
    ),
    (
        "standing",
        Pattern::new(|| {
            r"(?i)\b(?:content|article|story|material|authors?|copy|views|opinions|release|feed|journalism|column|report|essay|post|piece|page|excerpt|email|principles|associated press|paid for by|sponsored by|presented by|brought to you)\b".to_owned()
        }),
    ),
];

fn matches(name: &str, line: &str) -> bool {
    let guard = GUARDS.iter().find(|(n, _)| *n == name);
    guard
        .and_then(|(_, pattern)| pattern.on(line))
        .is_some_and(|r| r.is_match(line))
}

/// A label and its value ("Photo: ...", "Image caption ..."), or names alone behind it.
fn is_label(line: &str) -> bool {
    let head: String = line.chars().take(40).collect();
    let small = head.to_lowercase();
    if head.contains([':', '/', '|', '©'])
        || small.contains("caption")
        || small.contains("copyright")
    {
        return true;
    }
    let plain = [
        "from", "file", "handout", "courtesy", "images", "photo", "photos", "provided", "supplied",
    ];
    line.split_whitespace().skip(1).all(|w| {
        let w = w.trim_matches(|c: char| !c.is_alphanumeric());
        !w.starts_with(char::is_lowercase) || w.len() < 4 || plain.contains(&w)
    })
}

/// Small words that a credit may hold beside names.
const CREDIT_WORDS: &[&str] = &[
    "additional",
    "reporting",
    "editing",
    "writing",
    "reported",
    "written",
    "edited",
    "compiled",
    "with",
    "also",
    "contributed",
    "newsroom",
    "bureau",
    "bureaux",
    "bureaus",
    "staff",
    "writers",
    "writer",
    "reporters",
    "reporter",
    "correspondents",
    "correspondent",
    "desk",
    "agencies",
    "wire",
    "wires",
    "services",
    "service",
    "inputs",
    "files",
    "from",
    "research",
    "translation",
    "production",
    "photography",
    "photographs",
    "video",
    "graphics",
    "team",
    "bureaus",
    "report",
    "reports",
    "this",
    "story",
    "was",
    "material",
    "information",
    "online",
    "news",
    "office",
    "photo",
    "photos",
    "copy",
    "data",
    "interviews",
    "material",
    "freelance",
    "editor",
    "editors",
    "agency",
    "staffers",
    "web",
    "central",
    "other",
    "sources",
    "local",
    "media",
    "international",
];

/// In brackets, or with nothing but names behind "by".
fn is_credit(line: &str) -> bool {
    if line.starts_with(['(', '[']) && line.split_whitespace().count() <= 120 {
        return true;
    }
    let mut words = line.split_whitespace();
    words.all(|w| {
        let w = w.trim_matches(|c: char| !c.is_alphanumeric());
        !w.starts_with(char::is_lowercase)
            || w.contains("://")
            || w.chars().count() <= 3
            || CREDIT_WORDS.contains(&w)
            || furniture::words().reporters.contains(w)
    }) && line.split_whitespace().count() <= 80
}

/// Somebody named helped with this report; "he contributed to the report" is prose.
fn is_contribution(line: &str) -> bool {
    let Some(at) = line
        .find("ontribut")
        .or_else(|| line.find("helped"))
        .or_else(|| line.find("assisted"))
    else {
        return false;
    };
    let subject = line.get(..at).unwrap_or_default();
    let first = subject.split_whitespace().next().unwrap_or_default();
    let pronoun = [
        "He", "She", "They", "It", "That", "This", "Which", "And", "But",
    ]
    .contains(&first);
    let object = line.get(at..).unwrap_or_default();
    let this = [
        "this report",
        "this story",
        "this article",
        "this piece",
        "this post",
        "this dispatch",
        "this column",
        "the report",
        "the story",
        "the article",
        "reporting",
        "contributed from",
        "this",
    ];
    let names_someone = subject.split_whitespace().any(|w| {
        w.trim_start_matches(['(', '['])
            .starts_with(char::is_uppercase)
    }) || subject.contains("agencies")
        || subject.contains("staff");
    !pronoun && names_someone && this.iter().any(|t| object.contains(t))
}

#[cfg(test)]
mod tests {
    use super::*;
    use SegmentLabel::{Boilerplate, Correction, Credit, Image, Promo};
    use regex::Regex;

    fn check(line: &str, expect: impl Into<Option<SegmentLabel>>) {
        assert_eq!(of_line(line), expect.into(), "{line}");
    }

    #[test]
    fn every_form_fits_its_example() {
        assert!(FORMS.is_some());
        for form in furniture::forms() {
            let r = Regex::new(&expand(&form.pattern)).unwrap();
            let line = unmarked(&form.example);
            assert!(
                r.is_match(line),
                "{} does not fit {}",
                form.example,
                form.pattern
            );
            let guard = form.guard.as_deref().unwrap_or_default();
            assert!(guarded(guard, line), "{guard} refuses {}", form.example);
            assert_eq!(
                of_line(&form.example),
                label(&form.label),
                "{}",
                form.example
            );
        }
    }

    #[test]
    fn prose_is_not_furniture() {
        for line in [
            "Reporting by the newspaper found that two officials had been paid.",
            "Editing by machines has changed how papers are made.",
            "He contributed to the report, which the council ignored.",
            "The storm contributed to the delay.",
            "The mayor said on Twitter he would resign.",
            "An agreement can be reached by June, he said.",
            "More than 200 people came.",
            "Read aloud in court, the letter named three people.",
            "Update the law or lose it, she told the council.",
            "Copyright law has not kept up with machines, she said.",
            "For more than a year, visitors have stayed away.",
            "Watch committees were set up in every village.",
            "An earlier version of the bill failed in March.",
            "Photographers crowded the steps of the court.",
            "Follow-up talks will be held in May.",
            "“We will fight on,” she said.",
            "Corrections officers walked out on Monday.",
            "By Tuesday the water had gone.",
            "Sources close to the talks said a deal was near.",
            "This report updates the projections made in December 2015, the bank said.",
            "This report updates the estimates that the port published in May.",
            "The report corrects the record of the strike, its author, Ana Ruiz, said.",
            "The report was revised twice last year, according to the ministry.",
            "This article clarifies the law on mooring, the minister wrote.",
            "The report adds details of how the officials were paid.",
            "This report adds to the pressure on the mayor.",
        ] {
            check(line, None);
        }
    }

    #[test]
    fn furniture_is_told_by_its_form() {
        check(
            "(Additional reporting by Ana Ruiz in Lima; writing by Joe Tran)",
            Credit,
        );
        check(
            "[Reporting by Lena Marsh, Joe Tran; Editing by Ruth Adeyemi]",
            Credit,
        );
        check("Editing by Ruth Adeyemi", Credit);
        check("Compiled by Gazette staff", Credit);
        check("(Adds details of vote)", Correction);
        check("^Eds: Updates with quote.<", Correction);
        check("CORRECTION APPENDED.", Correction);
        for line in [
            "(This March 4 story corrects the name of the mayor in paragraph 2.)",
            "(This 4 March 2031 story corrects paragraph 2 to say that the vote was on Tuesday.)",
            "This Tuesday story corrects a quote by the mayor, who said the bridge would open.",
            "This story, filed on March 4, removes an incorrect reference to the pier.",
            "(This version of the story corrects the name in paragraph 3)",
            "The story corrects that the vote was on Tuesday.",
        ] {
            check(line, Correction);
        }
        check("[This story has been updated.]", Correction);
        check(
            "Note: This article was changed on Monday to add a comment.",
            Correction,
        );
        check(
            "[Editor’s note: This is a column and gives the author's opinion]",
            Boilerplate,
        );
        check("© 2031 Example News", Boilerplate);
        check("___", Boilerplate);
        check("Related: Five things to know about the ferry", Promo);
        check("Follow Lena Marsh on Twitter: @lenamarsh", Promo);
        check("(Image: Example)", Image);
        check("Image copyright Example Images", Image);
        check("The mother of a witness. Win Tran/Example Images", Image);
        check("Win Tran/Example Stock Photos", Image);
        check("We use cookies to improve your visit.", Boilerplate);
        check(
            "You can change your privacy settings at any time.",
            Boilerplate,
        );
        check("She said your personal data was sold.", None);
        check(
            "Your personal data will be sold, the mayor told voters.",
            None,
        );
    }
}
