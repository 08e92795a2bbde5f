//! Figures as they are printed: digits, what parts their groups, and the fraction after them.
//!
//! ```text
//! 1,250,000.5   12,50,000   1 250 000 (narrow spaces)   1'250'000   1.250.000,50   2.500,00
//! ```
//!
//! A single point parts whole from fraction ("1.250 billion") unless what follows it can be read in
//! no other way than as thousands: a second group, or a comma and two digits.

use smol_str::SmolStr;

/// The spaces that part thousands where a plain one would break a line.
const SPACES: &[char] = &['\u{202f}', '\u{a0}'];
/// The apostrophes that part them in Switzerland.
const APOSTROPHES: &[char] = &['\'', '’'];

/// The length in bytes of the figures at the start of a text that begins with a digit.
pub(crate) fn measure(rest: &str) -> usize {
    let whole = digits(rest, 0);
    if whole <= 3
        && let Some(len) = pointed(rest, whole)
    {
        return len;
    }
    let mut len = whole;
    if whole <= 3 {
        let spaced = groups(rest, len, SPACES);
        len = if spaced > len {
            spaced
        } else {
            groups(rest, len, APOSTROPHES)
        };
    }
    len = commas(rest, len);
    if rest.as_bytes().get(len) == Some(&b'.') && digits(rest, len + 1) > 0 {
        len += 1 + digits(rest, len + 1);
    }
    len
}

/// The figures with nothing but their digits and one point.
pub(crate) fn plain(word: &str) -> SmolStr {
    if word.bytes().all(|b| b.is_ascii_digit() || b == b'.') && word.matches('.').count() < 2 {
        return word.into();
    }
    let point = if pointed(word, digits(word, 0)) == Some(word.len()) {
        ','
    } else {
        '.'
    };
    let kept = word.chars().filter(|c| c.is_ascii_digit() || *c == point);
    kept.map(|c| if c == point { '.' } else { c }).collect()
}

/// How many digits stand at a byte.
fn digits(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().iter().skip(from);
    rest.take_while(|b| b.is_ascii_digit()).count()
}

/// One past the groups of three digits after `len`, each led by one and the same of these marks.
fn groups(text: &str, mut len: usize, marks: &[char]) -> usize {
    let next = |at: usize| text.get(at..)?.chars().next();
    let Some(mark) = next(len).filter(|c| marks.contains(c)) else {
        return len;
    };
    while next(len) == Some(mark) && digits(text, len + mark.len_utf8()) == 3 {
        len += mark.len_utf8() + 3;
    }
    len
}

/// Thousands parted by commas in threes, or in twos and threes as in India.
fn commas(text: &str, mut len: usize) -> usize {
    while text.as_bytes().get(len) == Some(&b',') && matches!(digits(text, len + 1), 2 | 3) {
        let group = digits(text, len + 1);
        if group == 2 && text.as_bytes().get(len + 1 + group) != Some(&b',') {
            break;
        }
        len += 1 + group;
    }
    len
}

/// Thousands parted by points after `whole` digits, with a fraction after a comma: `1.250.000`,
/// `1.250.000,50`, `2.500,00`.
fn pointed(text: &str, whole: usize) -> Option<usize> {
    let end = groups(text, whole, &['.']);
    let fraction = digits(text, end + 1);
    let goes_on = || groups(text, end + 1 + fraction, &[',']) > end + 1 + fraction;
    let cents = text.as_bytes().get(end) == Some(&b',') && matches!(fraction, 1 | 2) && !goes_on();
    let cut = text.as_bytes().get(end) == Some(&b'.') && digits(text, end + 1) > 0;
    match (end - whole) / 4 {
        0 => None,
        1 if !(cents && fraction == 2) => None,
        _ if cut => None,
        _ if cents => Some(end + 1 + fraction),
        _ => Some(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, figures: &str, value: &str) {
        let len = measure(text);
        assert_eq!(
            (&text[..len], plain(&text[..len]).as_str()),
            (figures, value),
            "{text}"
        );
    }

    #[test]
    fn groups_are_parted_in_many_ways() {
        check("1,250,000.5 m", "1,250,000.5", "1250000.5");
        check("12,50,000.", "12,50,000", "1250000");
        check("1\u{a0}250\u{a0}000 m", "1\u{a0}250\u{a0}000", "1250000");
        check("1’250’000 m", "1’250’000", "1250000");
        check("3'400'000.75", "3'400'000.75", "3400000.75");
        check("1.250.000,50, he", "1.250.000,50", "1250000.50");
        check("1.500.000.", "1.500.000", "1500000");
        check("2.500,00.", "2.500,00", "2500.00");
    }

    #[test]
    fn a_point_alone_is_a_fraction() {
        check("1.250 billion", "1.250", "1.250");
        check("2.500, 12", "2.500", "2.500");
        check("2.500,12,900", "2.500", "2.500");
        check("5'10\"", "5", "5");
        check("1.5.3", "1.5", "1.5");
        check("19.11.2012", "19.11", "19.11");
        check("300'", "300", "300");
    }
}
