//! JSON as it is printed: a line for each value, with nothing in it that acts on a terminal.
//!
//! JSON itself escapes what lies below U+0020. DEL, the controls of Latin-1 and the marks that turn the
//! direction of writing round are escaped here too: whoever parses the line gets every one of them back.

use std::io;

use serde::Serialize;

use crate::look::is_hostile;

/// A value on one line, without its end.
///
/// # Errors
/// When it cannot be written as JSON.
pub(crate) fn text(of: &impl Serialize) -> io::Result<String> {
    use std::fmt::Write as _;
    let raw = serde_json::to_string(of)?;
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        if is_hostile(c) {
            // All of them lie below U+FFFF, and outside strings there are none.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Ok(out)
}

/// A line of JSON.
///
/// # Errors
/// When it cannot be written as JSON.
pub(crate) fn line(of: &impl Serialize) -> io::Result<String> {
    Ok(text(of)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_comes_back_and_none_acts() {
        let all: String = ('\0'..=char::MAX).collect();
        let line = line(&all).unwrap();
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), all);
        assert!(!line.trim_end().chars().any(is_hostile));
    }
}
