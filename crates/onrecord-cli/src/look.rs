//! How a page looks: its width, its colours, and lines that wrap.

use std::io::{self, IsTerminal as _};

use anstyle::{AnsiColor, Style};
use textwrap::core::{Word, display_width};
use textwrap::word_splitters::split_words;
use textwrap::wrap_algorithms::wrap_first_fit;
use textwrap::{WordSeparator, WordSplitter};

use crate::args::Color;
pub(crate) use onrecord_page::{clean, is_hostile};

/// No page is wider: longer lines are hard to read. A table is as wide as the terminal.
const WIDEST: usize = 100;
/// A terminal of fewer columns is taken for one of so many.
const NARROWEST: usize = 20;
/// The width when nothing says how wide.
const USUAL: usize = 80;

/// Width and colours of a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Look {
    /// Columns.
    pub(crate) width: usize,
    /// Whether styles are written.
    pub(crate) colour: bool,
}

/// The styles of a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ink {
    /// A headline, a heading, a speaker.
    Strong,
    /// An entry's id and lesser remarks.
    Faint,
    /// Who says it, who does it.
    Source,
    /// The word that says that it is said or done.
    Cue,
    /// What is said or promised.
    Content,
    /// What is overdue, or denied.
    Alarm,
}

impl Ink {
    const fn style(self) -> Style {
        match self {
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dimmed(),
            Self::Source => AnsiColor::Cyan.on_default().bold(),
            Self::Cue => AnsiColor::Yellow.on_default().bold(),
            Self::Content => AnsiColor::Green.on_default(),
            Self::Alarm => AnsiColor::Red.on_default().bold(),
        }
    }
}

impl Look {
    /// The look of a page on stdout.
    pub(crate) fn of(when: Color, width: Option<u16>) -> Self {
        let look = Self::wide(when, width);
        let most = if width.is_some() { usize::MAX } else { WIDEST };
        Self {
            width: look.width.min(most),
            ..look
        }
    }

    /// The look of a table on stdout, which is as wide as the terminal.
    pub(crate) fn wide(when: Color, width: Option<u16>) -> Self {
        let colour = match when {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
            }
        };
        let width = width.map_or_else(Self::columns, usize::from);
        Self { width, colour }
    }

    /// Stdout for this look; a terminal that knows no colour codes is helped.
    ///
    /// Without colours it hands on every byte: what takes colours out takes other characters
    /// with them (U+007F), and the places of a record are counted in all of them. What would act
    /// on a terminal is taken out where pages are made (`clean`).
    pub(crate) fn stdout(self) -> anstream::AutoStream<io::StdoutLock<'static>> {
        let choice = if self.colour {
            anstream::ColorChoice::Always
        } else {
            anstream::ColorChoice::AlwaysAnsi
        };
        anstream::AutoStream::new(io::stdout().lock(), choice)
    }

    /// As wide as the terminal is, or as COLUMNS says.
    fn columns() -> usize {
        if let Some(said) = said_columns() {
            return said;
        }
        if !io::stdout().is_terminal() {
            return USUAL;
        }
        match terminal_size::terminal_size() {
            Some((terminal_size::Width(w), _)) => usize::from(w).max(NARROWEST),
            None => USUAL,
        }
    }

    /// Words in an ink; plain where there are no colours.
    pub(crate) fn ink(self, ink: Ink, words: &str) -> String {
        if !self.colour || words.is_empty() {
            return words.to_owned();
        }
        let style = ink.style();
        format!("{style}{words}{style:#}")
    }

    /// Adds a paragraph with a hanging indent.
    pub(crate) fn paragraph(self, out: &mut String, first: &str, rest: &str, words: &str) {
        let width = self.width.max(rest.len() + 10);
        let room = |indent: &str| width.saturating_sub(display_width(indent)).max(1);
        for (i, line) in wrapped(words, [room(first), room(rest)]).iter().enumerate() {
            out.push_str(format!("{}{line}", if i == 0 { first } else { rest }).trim_end());
            out.push('\n');
        }
    }

    /// Adds a section's heading: a blank line, and its name in a rule.
    pub(crate) fn heading(self, out: &mut String, name: &str) {
        let taken = textwrap::core::display_width(name) + 4;
        let rule = "─".repeat(self.width.saturating_sub(taken));
        out.push('\n');
        out.push_str(&self.ink(Ink::Faint, "──"));
        out.push(' ');
        out.push_str(&self.ink(Ink::Strong, name));
        out.push(' ');
        out.push_str(&self.ink(Ink::Faint, &rule));
        out.push('\n');
    }
}

/// The columns that COLUMNS says a terminal has.
pub(crate) fn said_columns() -> Option<usize> {
    let said = environment("COLUMNS")?.parse().ok();
    said.filter(|c| (NARROWEST..=1000).contains(c))
}

/// What the environment says.
#[expect(
    clippy::disallowed_methods,
    reason = "a terminal is described by its environment"
)]
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Words broken into lines at spaces and hyphens, the first line so wide and each other so wide. A word
/// that is too long is broken where the line ends, but no address and no path is: it could not be
/// followed.
pub(crate) fn wrapped(words: &str, [first, rest]: [usize; 2]) -> Vec<String> {
    let narrow = first.min(rest).max(1);
    let mut out = Vec::new();
    for line in words.split('\n') {
        let mut pieces: Vec<Word<'_>> = Vec::new();
        for word in WordSeparator::AsciiSpace.find_words(line) {
            // An address or a path; a day, a figure.
            if word.word.contains('/') {
                pieces.push(word);
                continue;
            }
            let split: Vec<Word<'_>> = if word.word.contains(|c: char| c.is_ascii_digit()) {
                vec![word]
            } else {
                split_words([word], &WordSplitter::HyphenSplitter).collect()
            };
            for word in split {
                if display_width(word.word) <= narrow {
                    pieces.push(word);
                } else {
                    pieces.extend(word.break_apart(narrow));
                }
            }
        }
        let widths = if out.is_empty() {
            [first as f64, rest as f64]
        } else {
            [rest as f64, rest as f64]
        };
        for line in wrap_first_fit(&pieces, &widths) {
            out.push(joined(line));
        }
    }
    out
}

fn joined(line: &[Word<'_>]) -> String {
    let mut out = String::new();
    for (i, word) in line.iter().enumerate() {
        out.push_str(word.word);
        out.push_str(if i + 1 == line.len() {
            word.penalty
        } else {
            word.whitespace
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_never_broken() {
        let check = |words: &str, want: &[&str]| assert_eq!(wrapped(words, [20, 20]), want);
        let address = "https://wire.example/2031/03/bergs-denies-all-of-it";
        check(
            &format!("see {address} 12-40; well-known"),
            &["see", address, "12-40; well-known"],
        );
        let path = "news/2031/03/04/port-loan.txt";
        check(&format!("in {path} 1-2"), &["in", path, "1-2"]);
        check(
            "said on the day of 2031-03-04",
            &["said on the day of", "2031-03-04"],
        );
        check(
            "a long-since-forgotten-word",
            &["a long-since-", "forgotten-word"],
        );
        check(&"x".repeat(25), &[&"x".repeat(20), "xxxxx"]);
        check("a\n\nb", &["a", "", "b"]);
        check("", &[""]);
    }

    #[test]
    fn wide_letters_count_twice() {
        let look = Look {
            width: 24,
            colour: false,
        };
        let mut out = String::new();
        look.paragraph(&mut out, "s1  ", "    ", "首相 東京 会談 首相 東京 会談");
        assert_eq!(out, "s1  首相 東京 会談 首相\n    東京 会談\n");
    }

    #[test]
    fn no_ink_without_colours() {
        let plain = Look {
            width: 80,
            colour: false,
        };
        assert_eq!(plain.ink(Ink::Strong, "x"), "x");
        let coloured = Look {
            colour: true,
            ..plain
        };
        assert!(coloured.ink(Ink::Strong, "x").starts_with('\u{1b}'));
    }
}
