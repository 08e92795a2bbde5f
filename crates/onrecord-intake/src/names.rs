//! Names of people and places as bylines, credits and datelines write them.
//!
//! Left out: who a name belongs to (`onrecord-extract`).

use onrecord_lexicon::furniture;

/// Writes a name that stands in capitals as names are written; others stay as they are.
pub(crate) fn title_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for (i, word) in name.split_inclusive([' ', '/', '-']).enumerate() {
        let (core, edge) = match word.char_indices().next_back() {
            Some((at, ' ' | '/' | '-')) => word.split_at(at),
            _ => (word, ""),
        };
        out.push_str(&word_case(core, i == 0 || out.ends_with('/')));
        out.push_str(edge);
    }
    out
}

fn word_case(word: &str, first: bool) -> String {
    let small = word.to_lowercase();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let saint = word == "ST." || word == "MT." || word == "FT.";
    if word.chars().any(char::is_lowercase) || word.contains('.') && !saint || letters < 2 {
        // "McLEAN" and "MacDONALD" are capitals with one small letter inside.
        return match word.strip_prefix("Mc").or_else(|| word.strip_prefix("Mac")) {
            Some(rest) if rest.chars().count() > 1 && !rest.chars().any(char::is_lowercase) => {
                let head = &word[..word.len() - rest.len()];
                format!("{head}{}", capitalised(&rest.to_lowercase()))
            }
            _ => word.to_owned(),
        };
    }
    if !first && furniture::words().particles.contains(&small) && small != "san" {
        return small;
    }
    // A letter behind an apostrophe is large in O'Brien and N'Djamena, small in Xi'an.
    if let Some((head, tail)) = small.split_once(['\'', '’'])
        && head.chars().count() == 1
    {
        let mark = small.chars().nth(1).unwrap_or('\'');
        return format!("{}{mark}{}", capitalised(head), capitalised(tail));
    }
    match small.strip_prefix("mc") {
        Some(rest) if rest.len() > 2 => format!("Mc{}", capitalised(rest)),
        _ => capitalised(&small),
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(c) => c.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Whether words read like the name of a person: two to five words, large but for particles.
pub(crate) fn is_person(words: &str) -> bool {
    let tokens: Vec<&str> = words.split_whitespace().collect();
    if !(2..=5).contains(&tokens.len()) || words.len() > 60 {
        return false;
    }
    let lists = furniture::words();
    let ends_well = tokens
        .last()
        .is_some_and(|t| t.starts_with(char::is_uppercase));
    let is_outlet = |t: &&&str| {
        let small = t.to_lowercase();
        lists.outlets.contains(&small) || lists.reporters.contains(&small)
    };
    let first = tokens.first().copied().unwrap_or_default();
    let named = tokens.iter().all(|t| {
        let rest_is_name = t
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '‑'));
        rest_is_name && (t.starts_with(char::is_uppercase) || lists.particles.contains(*t))
    });
    let opens_well = first.starts_with(char::is_uppercase) || tokens.len() > 2;
    named && opens_well && ends_well && first != "The" && !tokens.iter().any(|t| is_outlet(&t))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_names() {
        for (from, to) in [
            ("PORT ELLERY", "Port Ellery"),
            ("RIO DE JANEIRO", "Rio de Janeiro"),
            ("O'FALLON", "O'Fallon"),
            ("XI'AN", "Xi'an"),
            ("PORT-AU-PRINCE", "Port-au-Prince"),
            ("BERLIN/PARIS", "Berlin/Paris"),
            ("ST. JOHN’S, N.L.", "St. John’s, N.L."),
            ("McLEAN, Va.", "McLean, Va."),
            ("LA PAZ", "La Paz"),
            ("Geneva", "Geneva"),
        ] {
            assert_eq!(title_case(from), to);
        }
    }

    #[test]
    fn people_are_told_from_jobs_and_outlets() {
        for name in [
            "Lena Marsh",
            "JOE TRAN",
            "J. P. van der Berg",
            "Ana de la Cruz",
            "Zoë O’Hara",
        ] {
            assert!(is_person(name), "{name}");
        }
        for other in [
            "Sunday",
            "Port Ellery Gazette",
            "The Tribune",
            "lena marsh",
            "Staff Reporter",
            "on Monday",
        ] {
            assert!(!is_person(other), "{other}");
        }
    }
}
