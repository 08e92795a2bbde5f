//! Pages whose tags have no more attributes than a reader can take.
//!
//! `html5gum` goes a step deeper into its stack with each attribute of a tag, so a tag of some
//! ten thousand ends the program. Nobody writes such a tag by hand.

use std::borrow::Cow;

/// Attributes that a tag keeps.
const MOST: usize = 512;

/// The page with white space where a tag has more attributes than it may keep: every other byte
/// stays where it is.
pub(super) fn bounded(page: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Cow::Borrowed(page);
    let mut at = 0;
    while let Some(open) = page[at..].iter().position(|b| *b == b'<') {
        let start = at + open + 1;
        at = start;
        if page.get(start).is_some_and(u8::is_ascii_alphabetic) {
            let (kept, end) = tag(page, start);
            if kept < end {
                out.to_mut()[kept..end].fill(b' ');
            }
            at = end;
        }
    }
    out
}

/// Where the attributes that are kept end, and where the tag does.
fn tag(page: &[u8], start: usize) -> (usize, usize) {
    let (mut attributes, mut kept, mut at) = (0, None, start);
    let mut before = b'<';
    while let Some(byte) = page.get(at).filter(|b| **b != b'>') {
        let quoted = matches!(byte, b'"' | b'\'') && before == b'=';
        let begins = !byte.is_ascii_whitespace() && !matches!(before, b'<' | b'=' | b'x');
        if begins && !matches!(byte, b'=' | b'/') {
            attributes += 1;
            if attributes > MOST && kept.is_none() {
                kept = Some(at);
            }
        }
        if quoted {
            let rest = &page[at + 1..];
            let Some(close) = rest.iter().position(|b| b == byte) else {
                return (kept.unwrap_or(page.len()), page.len());
            };
            at += close + 2;
            before = b'"';
            continue;
        }
        // White space before or behind a sign of equality does not part a value from its name.
        before = match byte {
            b'=' => b'=',
            b if b.is_ascii_whitespace() && before == b'=' => b'=',
            b if b.is_ascii_whitespace() || *b == b'/' => b' ',
            _ if before == b'<' => b'<',
            _ => b'x',
        };
        at += 1;
    }
    let end = at.min(page.len());
    (kept.unwrap_or(end), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, want: usize) {
        let got = bounded(page.as_bytes());
        assert_eq!(got.len(), page.len());
        let got = String::from_utf8(got.into_owned()).expect("characters stay whole");
        assert_eq!(got.matches("a=").count(), want, "{page:.60}");
        assert!(got.ends_with(">é"), "{got:.60}");
    }

    #[test]
    fn a_tag_keeps_its_first_attributes() {
        check("<p a=\"1\" a='>' a=2 a= \"é\">é", 4);
        for attribute in [" a=\"\"", " a=''", " a=b", " a=\"é>\"", "/a=é", " a=\"x\"b"] {
            let tag = |n: usize| format!("<p{}>é", attribute.repeat(n));
            check(&tag(100), 100);
            assert!(bounded(tag(100_000).as_bytes()).len() > 100_000);
            let got = String::from_utf8(bounded(tag(5000).as_bytes()).into_owned());
            assert!(got.is_ok_and(|g| g.matches("a=").count() <= MOST && g.ends_with(">é")));
        }
    }

    #[test]
    fn words_outside_tags_stay() {
        let page = "a < b".repeat(2000) + "<p>" + &"a=1 ".repeat(2000);
        assert_eq!(bounded(page.as_bytes()), page.as_bytes());
        assert_eq!(bounded(b"<p a=\"never closed"), &b"<p a=\"never closed"[..]);
        assert_eq!(bounded(b"<"), &b"<"[..]);
    }
}
