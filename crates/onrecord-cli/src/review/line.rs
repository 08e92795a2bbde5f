//! A line that is written at the keyboard.

use super::key::Key;
use crate::look::is_hostile;

/// A line, and where in it one writes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Line {
    letters: Vec<char>,
    at: usize,
}

impl Line {
    pub(super) fn of(words: &str) -> Self {
        let letters: Vec<char> = words.chars().filter(|c| !is_hostile(*c)).collect();
        let at = letters.len();
        Self { letters, at }
    }

    /// Writes, or moves; gives back whether the key was for it.
    pub(super) fn press(&mut self, key: Key) -> bool {
        match key {
            Key::Char(c) if !is_hostile(c) => {
                self.letters.insert(self.at, c);
                self.at += 1;
            }
            Key::Backspace if self.at > 0 => {
                self.at -= 1;
                self.letters.remove(self.at);
            }
            Key::Delete if self.at < self.letters.len() => {
                self.letters.remove(self.at);
            }
            Key::Left => self.at = self.at.saturating_sub(1),
            Key::Right => self.at = (self.at + 1).min(self.letters.len()),
            Key::Home => self.at = 0,
            Key::End => self.at = self.letters.len(),
            Key::Clear => *self = Self::default(),
            _ => return false,
        }
        true
    }

    pub(super) fn words(&self) -> String {
        self.letters.iter().collect()
    }

    /// What stands before the place where one writes, and what behind it.
    pub(super) fn halves(&self) -> (String, String) {
        let (before, after) = self.letters.split_at(self.at);
        (before.iter().collect(), after.iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_written_and_mended() {
        let mut line = Line::of("Pru");
        for key in [
            Key::Left,
            Key::Left,
            Key::Char('e'),
            Key::End,
            Key::Char('!'),
            Key::Backspace,
        ] {
            assert!(line.press(key));
        }
        assert_eq!(line.words(), "Peru");
        line.press(Key::Home);
        line.press(Key::Delete);
        assert_eq!(line.halves(), (String::new(), "eru".to_owned()));
        assert!(!line.press(Key::Enter) && !line.press(Key::Char('\u{202e}')));
        line.press(Key::Clear);
        assert_eq!(line.words(), "");
    }
}
