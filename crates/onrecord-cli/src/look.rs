//! How a page looks: its width, its colours, and lines that wrap.

use std::io::{self, IsTerminal as _};

use anstyle::{AnsiColor, Style};
use textwrap::Options;

use crate::args::Color;
pub(crate) use onrecord_page::{clean, is_hostile};

/// No page is wider: longer lines are hard to read.
const WIDEST: usize = 100;
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
    /// The look of stdout.
    pub(crate) fn of(when: Color, width: Option<u16>) -> Self {
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

    fn columns() -> usize {
        if !io::stdout().is_terminal() {
            return USUAL;
        }
        match terminal_size::terminal_size() {
            Some((terminal_size::Width(w), _)) => usize::from(w).clamp(20, WIDEST),
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
        let options = Options::new(self.width.max(rest.len() + 10))
            .initial_indent(first)
            .subsequent_indent(rest);
        for line in textwrap::wrap(words, options) {
            out.push_str(line.trim_end());
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

#[cfg(test)]
mod tests {
    use super::*;

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
