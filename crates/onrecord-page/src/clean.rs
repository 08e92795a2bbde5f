//! A report's words made safe to show: what would act on a terminal or a page is taken out.
//!
//! A report may hold control characters that move a terminal's cursor, or marks that turn the
//! direction of writing round, so that words seem to say something else. Escaping for HTML is
//! not done here: the templates do it.

/// A report's words on one line, safe to print: a report may hold control characters that
/// would move a terminal's cursor, or marks that turn the direction of writing round.
pub fn clean(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_hostile(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A report's words as they stand, line breaks too, with a mark in the place of every character
/// that would act instead of being shown.
pub fn visible(words: &str) -> String {
    let show = |c: char| {
        if is_hostile(c) && c != '\n' && c != '\t' {
            '\u{fffd}'
        } else {
            c
        }
    };
    words.chars().map(show).collect()
}

/// Whether a character would act on the terminal instead of being shown.
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// JSON in which nothing acts on a terminal. JSON itself escapes what lies below U+0020; DEL, the
/// controls of Latin-1 and the marks that turn the direction of writing round are escaped here too:
/// whoever parses it gets every one of them back.
pub fn harmless_json(raw: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        if is_hostile(c) {
            // All of them lie below U+FFFF, and outside strings there are none.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(clean("a\u{1b}[2J\n\tb \u{202e}c"), "a[2J b c");
    }

    #[test]
    fn a_hostile_character_leaves_a_mark() {
        assert_eq!(visible("a\u{202e}b\n\u{0}"), "a\u{fffd}b\n\u{fffd}");
    }
}
