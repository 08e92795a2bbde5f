//! JSON as it is printed: a line for each value, with nothing in it that acts on a terminal.

use std::io;

use serde::Serialize;

/// A value on one line, without its end.
///
/// # Errors
/// When it cannot be written as JSON.
pub(crate) fn text(of: &impl Serialize) -> io::Result<String> {
    Ok(onrecord_page::harmless_json(&serde_json::to_string(of)?))
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
    use crate::look::is_hostile;

    #[test]
    fn every_character_comes_back_and_none_acts() {
        let all: String = ('\0'..=char::MAX).collect();
        let line = line(&all).unwrap();
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), all);
        assert!(!line.trim_end().chars().any(is_hostile));
    }
}
