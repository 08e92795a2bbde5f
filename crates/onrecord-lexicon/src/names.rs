//! How names are folded before they are looked up: "Saint-Étienne" and "St. Etienne" are one key.
//!
//! ```
//! use onrecord_lexicon::fold_name;
//! assert_eq!(fold_name("Saint-Étienne"), fold_name("St. Etienne"));
//! ```
//!
//! A key is for look-up only: its letters do not stand at the places of the name's letters.

use unicode_normalization::UnicodeNormalization as _;

/// The look-up key of a name: lower case, no marks, no points, hyphens as spaces.
pub fn fold_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    if name.chars().all(is_folded) {
        name.chars().for_each(|c| fold(c, &mut out));
    } else {
        name.nfkd().for_each(|c| fold(c, &mut out));
    }
    out.truncate(out.trim_end().len());
    short_saints(out)
}

/// Signs that compatibility decomposition leaves as they are, which are nearly all of them.
const fn is_folded(c: char) -> bool {
    c.is_ascii() || matches!(c, '’' | '‘' | '“' | '”' | '–' | '—')
}

fn fold(c: char, out: &mut String) {
    match c {
        'ł' | 'Ł' => out.push('l'),
        'ø' | 'Ø' => out.push('o'),
        'đ' | 'Đ' => out.push('d'),
        'ı' => out.push('i'),
        'ß' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
        c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
        c if parts_words(c) && !out.ends_with(' ') && !out.is_empty() => out.push(' '),
        '&' => out.push('&'),
        _ => {}
    }
}

fn parts_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '–' | '‑' | '/' | ',')
}

/// "saint", "fort" and "mount" at the start of a word group are written out or not at will.
fn short_saints(key: String) -> String {
    for (long, short) in [("saint ", "st "), ("fort ", "ft "), ("mount ", "mt ")] {
        if let Some(rest) = key.strip_prefix(long) {
            return format!("{short}{rest}");
        }
    }
    key
}

/// A name as written and folded, for those who look it up in several tables.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spelling<'n> {
    /// As written: what is known in capitals only is looked up by this.
    pub written: &'n str,
    /// Folded by [`fold_name`].
    pub folded: String,
}

impl<'n> Spelling<'n> {
    /// Folds a name.
    pub fn of(name: &'n str) -> Self {
        Self {
            written: name,
            folded: fold_name(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fold_name;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (a, b) in [
            ("Malmö", "Malmo"),
            ("Łódź", "LODZ"),
            ("St. Louis", "Saint Louis"),
            ("Ust-Kut", "Ust Kut"),
            ("N’Djamena", "N'Djamena"),
        ] {
            assert_eq!(fold_name(a), fold_name(b));
        }
    }
}
