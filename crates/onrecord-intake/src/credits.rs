//! Credits: "(Reporting by Lena Marsh in Lima; Writing by Joe Tran; Editing by Ruth Adeyemi)",
//! "Example News writer Joe Tran contributed to this report from Oslo."
//!
//! Left out: parts of the work that the record has no name for (graphics, translation).

use std::ops::Range;

use onrecord_lexicon::{agencies, furniture};
use onrecord_model::CreditPart;

use crate::names::{is_person, title_case};
use crate::pattern::Pattern;

/// A credit found in a piece of text; places are bytes of that piece.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Found {
    pub name: String,
    pub part: CreditPart,
    pub place: Option<String>,
    pub range: Range<usize>,
}

/// "Additional reporting by", "Editing and writing by".
static PART: Pattern = Pattern::new(|| {
    r"(?i)\b(?P<part>(?:addit?i?onal |further |extra |other )?(?:reporting|reported|writing|written|editing|edited|compiled|photos?|photographs?|photography|pictures?|production|produced|translat(?:ion|ed|ing)|research|graphics?|video|data|interviews?|polling))(?P<more>(?:,? (?:and|&) (?:additional )?(?:reporting|writing|editing|written|edited|reported|photography|photos|research|video))*) (?:by:?|from)\s+".to_owned()
});
/// "... contributed to this report from Lima".
static CONTRIBUTED: Pattern =
    Pattern::new(|| r"\b(?:also )?(?:contributed|assisted|helped)\b(?P<rest>[^;]*)".to_owned());
/// "Marsh reported from Lima", one sentence.
static REPORTED: Pattern = Pattern::new(|| {
    r"(?P<who>[^.;()]{3,120}?),? (?P<verb>reported|wrote)(?: this (?:story|report|article))? from (?P<place>[^.;()]{2,60})".to_owned()
});
static DIVIDER: Pattern =
    Pattern::new(|| r"\s*(?:;|,? and by |, by |,? and |,? AND | & |,|/)\s*".to_owned());
static PLACE: Pattern =
    Pattern::new(|| r"\s(?:in|at|from) (?P<place>(?:the )?\p{Lu}.*)$".to_owned());

/// Every credit in a line or sentence of credits.
pub(crate) fn read(line: &str) -> Vec<Found> {
    let Some(part_by) = PART.on(line) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    // "Reporting from Joe Tran" is a credit, "Tran reported from Oslo" another sort.
    let heads: Vec<_> = part_by
        .captures_iter(line)
        .filter(|c| {
            let by = c
                .get(0)
                .is_some_and(|m| !m.as_str().trim_end().ends_with("from"));
            by || c.name("part").is_some_and(|p| p.as_str().ends_with("ing"))
        })
        .collect();
    for (i, head) in heads.iter().enumerate() {
        let Some(whole) = head.get(0) else { continue };
        let next = heads
            .get(i + 1)
            .and_then(|h| h.get(0))
            .map_or(line.len(), |m| m.start());
        let part = head.name("part").and_then(|m| part(m.as_str()));
        let more = head.name("more").map(|m| m.as_str()).unwrap_or_default();
        let parts: Vec<CreditPart> = part
            .into_iter()
            .chain(more.split([' ', ',']).filter_map(self::part))
            .collect();
        let list = line.get(whole.end()..next).unwrap_or_default();
        let list = list.get(..stop(list)).unwrap_or(list);
        for part in parts {
            out.extend(people(list, whole.end(), part));
        }
    }
    if heads.is_empty() {
        for (sentence, at) in sentences(line) {
            out.extend(in_sentence(sentence, at));
        }
    }
    out
}

/// The photographer a picture's line names: "Photo by Joe Tran/Example".
pub(crate) fn photographer(line: &str) -> Option<Found> {
    let small = line.to_lowercase();
    let at = [
        "photo by ",
        "photos by ",
        "photograph by ",
        "picture by ",
        "image by ",
    ]
    .iter()
    .find_map(|o| small.find(o).map(|i| i + o.len()))?;
    let rest = line.get(at..)?;
    let end = rest
        .find(['/', '|', ',', '(', ')', '.', '\n'])
        .unwrap_or(rest.len());
    let name = rest.get(..end)?.trim_end();
    is_person(name).then(|| Found {
        name: title_case(name),
        part: CreditPart::Photography,
        place: None,
        range: at..at + name.len(),
    })
}

fn part(words: &str) -> Option<CreditPart> {
    let small = words.trim().to_lowercase();
    Some(match small.split(' ').next_back()? {
        "reporting" | "reported" if small.contains(' ') => CreditPart::AdditionalReporting,
        "reporting" | "reported" | "interview" | "interviews" => CreditPart::Reporting,
        "writing" | "written" | "compiled" => CreditPart::Writing,
        "editing" | "edited" => CreditPart::Editing,
        "photo" | "photos" | "photograph" | "photographs" | "photography" | "picture"
        | "pictures" => CreditPart::Photography,
        "research" => CreditPart::AdditionalReporting,
        _ => return None,
    })
}

/// Where a list of names ends: a closing bracket, or a stop that is not an initial's.
fn stop(list: &str) -> usize {
    for (i, c) in list.char_indices() {
        let ends = match c {
            ')' | ']' | '\n' => true,
            '.' => {
                let word = list[..i].rsplit([' ', '.']).next().unwrap_or_default();
                word.chars().count() > 1 && !furniture::words().abbreviations.contains(word)
            }
            _ => false,
        };
        if ends {
            return i;
        }
    }
    list.len()
}

/// The people of a list "A in X, B and C in Y"; a place goes back to the names before it.
fn people(list: &str, at: usize, part: CreditPart) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut open = 0;
    let mut from = 0;
    let dividers = DIVIDER.on(list).into_iter().flat_map(|d| d.find_iter(list));
    let dividers = dividers.map(|m| (m.start(), m.end()));
    for (end, next) in dividers.chain([(list.len(), list.len())]) {
        let piece = list.get(from..end).unwrap_or_default();
        let (name, place) = match PLACE.on(piece).and_then(|p| p.captures(piece)) {
            Some(c) => {
                let cut = c.get(0).map_or(piece.len(), |m| m.start());
                (&piece[..cut], c.name("place").map(|m| m.as_str()))
            }
            None => (piece, None),
        };
        let name = name.find(" from ").map_or(name, |i| &name[..i]);
        let lead = described(name);
        let name = name
            .get(lead..)
            .unwrap_or_default()
            .trim_end_matches(['.', ' ']);
        if is_name(name) {
            let start = at + from + lead;
            out.push(Found {
                name: title_case(name),
                part,
                place: None,
                range: start..start + name.len(),
            });
        }
        if let Some(place) = place {
            let place = place
                .trim_end_matches(['.', ' ', ')'])
                .trim_start_matches("the ");
            for credit in out.iter_mut().skip(open) {
                credit.place = Some(title_case(place));
            }
            open = out.len();
        }
        from = next;
    }
    out
}

/// A person's name, or a surname alone as sign-offs give it.
fn is_name(name: &str) -> bool {
    if agencies::short(name).is_some() {
        return false;
    }
    let single = !name.contains(' ')
        && name.chars().count() > 2
        && name.starts_with(char::is_uppercase)
        && name.chars().skip(1).any(char::is_lowercase)
        && name
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
        && !furniture::words().outlets.contains(&name.to_lowercase())
        && !furniture::words().reporters.contains(&name.to_lowercase());
    single || is_person(name)
}

/// Bytes of a description before a name: "Example News writers Joe Tran", "Fox News' Joe Tran".
fn described(piece: &str) -> usize {
    let mut cut = 0;
    let words = piece.match_indices(' ').map(|(i, _)| i);
    let mut from = 0;
    for end in words {
        let word = piece.get(from..end).unwrap_or_default();
        let bare = word.trim_start_matches(['(', '[']);
        let owner = bare.ends_with("'s")
            || bare.ends_with("’s")
            || bare.ends_with("s'")
            || bare.ends_with("s’");
        if owner || furniture::words().reporters.contains(&bare.to_lowercase()) {
            cut = end + 1;
        }
        from = end + 1;
    }
    // An agency or brackets may stand before the name with nothing else between.
    let rest = piece.get(cut..).unwrap_or_default();
    let open = rest.len()
        - rest
            .trim_start_matches(['(', '[', '—', '–', '-', ' ', '*'])
            .len();
    let rest = rest.get(open..).unwrap_or_default();
    // "Petra" is an agency, and Petra Oyelaran is not: a whole name must be left.
    let agency = agencies::forms().into_iter().find(|f| {
        let rest = rest.strip_prefix(f).and_then(|r| r.strip_prefix(' '));
        rest.is_some_and(is_person)
    });
    cut + open + agency.map_or(0, |f| f.len() + 1)
}

fn in_sentence(sentence: &str, at: usize) -> Vec<Found> {
    if let Some(caps) = CONTRIBUTED.on(sentence).and_then(|p| p.captures(sentence)) {
        let Some(whole) = caps.get(0) else {
            return Vec::new();
        };
        let subject = sentence.get(..whole.start()).unwrap_or_default().trim_end();
        let mut found = people(subject, at, CreditPart::AdditionalReporting);
        let rest = caps.name("rest").map(|m| m.as_str()).unwrap_or_default();
        let from = rest
            .rfind(" from ")
            .map(|i| i + 6)
            .or_else(|| rest.strip_prefix(" from ").map(|_| 6));
        if let Some(place) = from.and_then(|i| rest.get(i..)) {
            let place = place.trim_end_matches(['.', ' ', ')', ']', ',']);
            if place.starts_with(char::is_uppercase) && !place.contains(" and ") {
                for credit in &mut found {
                    credit.place.get_or_insert_with(|| title_case(place));
                }
            }
        }
        return found;
    }
    let mut out = Vec::new();
    if let Some(caps) = REPORTED.on(sentence).and_then(|p| p.captures(sentence)) {
        let (Some(who), Some(place)) = (caps.name("who"), caps.name("place")) else {
            return out;
        };
        let place = place.as_str().trim_end();
        let place = place
            .find(" and ")
            .or_else(|| place.find(", "))
            .map_or(place, |i| &place[..i]);
        let part = if caps.name("verb").is_some_and(|v| v.as_str() == "wrote") {
            CreditPart::Writing
        } else {
            CreditPart::Reporting
        };
        out = people(who.as_str(), at + who.start(), part);
        for credit in &mut out {
            credit.place = Some(title_case(place));
        }
        // "Marsh reported from Lima and Tran from Oslo."
        let rest_at = caps
            .name("place")
            .map_or(sentence.len(), |m| m.start() + place.len());
        let rest = sentence.get(rest_at..).unwrap_or_default();
        let rest_lead = rest.len()
            - rest
                .trim_start_matches([' ', ','])
                .trim_start_matches("and ")
                .len();
        let rest = rest.get(rest_lead..).unwrap_or_default();
        if let Some((who, place)) = rest.split_once(" from ") {
            let place = place.trim_end_matches(['.', ' ', ')']);
            for mut credit in people(who, at + rest_at + rest_lead, part) {
                credit.place = Some(title_case(place));
                out.push(credit);
            }
        }
    }
    out
}

/// Sentences of a sign-off with their places.
pub(crate) fn sentences(line: &str) -> Vec<(&str, usize)> {
    let mut out = Vec::new();
    let mut from = 0;
    for at in crate::sentence::boundaries(line) {
        out.push((&line[from..at], from));
        from = at;
    }
    out.push((line.get(from..).unwrap_or_default(), from));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use CreditPart::{AdditionalReporting, Editing, Photography, Reporting, Writing};

    fn check(line: &str, expect: &[(&str, CreditPart, &str)]) {
        let found = read(line);
        let rows: Vec<_> = found
            .iter()
            .map(|c| {
                (
                    c.name.as_str(),
                    c.part,
                    c.place.as_deref().unwrap_or_default(),
                )
            })
            .collect();
        assert_eq!(rows, expect, "{line}");
        for c in found {
            assert_eq!(line[c.range].to_lowercase(), c.name.to_lowercase());
        }
    }

    #[test]
    fn credits_in_brackets() {
        check(
            "(Reporting by Lena Marsh in Lima and by Joe Tran in Oslo; Additional reporting by Ana Ruiz; Writing by Kim Lee in Seoul; Editing by Ruth Adeyemi, Bo Berg and Cy Dahl)",
            &[
                ("Lena Marsh", Reporting, "Lima"),
                ("Joe Tran", Reporting, "Oslo"),
                ("Ana Ruiz", AdditionalReporting, ""),
                ("Kim Lee", Writing, "Seoul"),
                ("Ruth Adeyemi", Editing, ""),
                ("Bo Berg", Editing, ""),
                ("Cy Dahl", Editing, ""),
            ],
        );
        check(
            "[Reporting by Lena Marsh, Joe Tran; Editing by R. J. Berg]",
            &[
                ("Lena Marsh", Reporting, ""),
                ("Joe Tran", Reporting, ""),
                ("R. J. Berg", Editing, ""),
            ],
        );
        check(
            "(Reporting by Lena Marsh and Joe Tran in Lima, additional reporting by the Oslo newsroom Editing by Bo Berg.)",
            &[
                ("Lena Marsh", Reporting, "Lima"),
                ("Joe Tran", Reporting, "Lima"),
                ("Bo Berg", Editing, ""),
            ],
        );
        check(
            "Reporting and writing by Lena Marsh",
            &[("Lena Marsh", Reporting, ""), ("Lena Marsh", Writing, "")],
        );
        check("Compiled by Gazette staff", &[]);
        check(
            "Editing by Petra Oyelaran",
            &[("Petra Oyelaran", Editing, "")],
        );
    }

    #[test]
    fn credits_in_sentences() {
        check(
            "AP National Security Writer Joe Tran contributed to this report.",
            &[("Joe Tran", AdditionalReporting, "")],
        );
        check(
            "Marsh reported from Lima. Associated Press writers Joe Tran and Ana Ruiz contributed to this report from Oslo.",
            &[
                ("Marsh", Reporting, "Lima"),
                ("Joe Tran", AdditionalReporting, "Oslo"),
                ("Ana Ruiz", AdditionalReporting, "Oslo"),
            ],
        );
        check(
            "Example News' Joe Tran and The Associated Press contributed to this report.",
            &[("Joe Tran", AdditionalReporting, "")],
        );
        check(
            "Joe Tran in Oslo contributed reporting.",
            &[("Joe Tran", AdditionalReporting, "Oslo")],
        );
        check(
            "Marsh reported from Lima and Tran from Oslo.",
            &[("Marsh", Reporting, "Lima"), ("Tran", Reporting, "Oslo")],
        );
    }

    #[test]
    fn pictures_have_makers() {
        let found = photographer("Photo by Joe Tran/Example").unwrap();
        assert_eq!((found.name.as_str(), found.part), ("Joe Tran", Photography));
        check("Photography by Joe Tran", &[("Joe Tran", Photography, "")]);
    }
}
