//! A pager for what is longer than the screen: `PAGER`, or else `less`, on a terminal only.
//!
//! The program is started as it is named, with the words behind its name as arguments: no shell reads
//! them, and what is printed reaches it on its stdin alone.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use terminal_size::{Height, Width};
use textwrap::core::display_width;

use crate::look::{Look, environment};

/// What `less` is told: end where all fits the screen, pass colours on, leave the text on the screen.
const LESS: &str = "-FRX";

/// Whether what is printed may go through a pager.
pub(crate) fn may_be(no_pager: bool) -> bool {
    let knows = env::var_os("TERM").is_some_and(|t| !t.is_empty() && t != "dumb");
    !no_pager && (knows || cfg!(windows)) && io::stdout().is_terminal()
}

/// Prints a text on a terminal: through a pager where it is longer than the screen and there is one.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn print(text: &str, look: Look) -> io::Result<()> {
    if is_longer(text) && through(text) {
        return Ok(());
    }
    let mut out = look.stdout();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn is_longer(text: &str) -> bool {
    let Some((Width(width), Height(height))) = terminal_size::terminal_size() else {
        return false;
    };
    rows(text, usize::from(width)) >= usize::from(height)
}

/// The rows of a screen that a text takes.
fn rows(text: &str, width: usize) -> usize {
    let rows = |line: &str| display_width(line).div_ceil(width.max(1)).max(1);
    text.lines().map(rows).sum()
}

/// The program and its arguments; none where there is to be no pager.
fn named(pager: Option<&str>) -> Option<(String, Vec<String>)> {
    let Some(words) = pager else {
        return Some(("less".to_owned(), vec![LESS.to_owned()]));
    };
    let mut words = words.split_whitespace().map(str::to_owned);
    let program = words.next().filter(|p| p != "cat")?;
    Some((program, words.collect()))
}

/// Whether a pager took the text.
fn through(text: &str) -> bool {
    let pager = environment("PAGER");
    let Some((program, arguments)) = named(pager.as_deref()) else {
        return false;
    };
    // Ctrl-C is for the pager, which stays; it would else be left alone with the terminal.
    #[cfg(unix)]
    let ignored = signal_hook::flag::register(
        signal_hook::consts::SIGINT,
        Arc::new(AtomicBool::new(false)),
    );
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        command.env("LESS", LESS.trim_start_matches('-'));
    }
    let taken = match command.spawn() {
        Ok(mut child) => {
            if let Some(mut stdin) = child.stdin.take() {
                // Whoever has seen enough closes it before its end.
                let _ = stdin.write_all(text.as_bytes());
            }
            child.wait().is_ok()
        }
        Err(_) => false,
    };
    #[cfg(unix)]
    if let Ok(id) = ignored {
        signal_hook::low_level::unregister(id);
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pager_is_a_program_and_its_arguments() {
        let check = |pager: Option<&str>, want: Option<&[&str]>| {
            let got = named(pager).map(|(p, a)| [vec![p], a].concat());
            let want = want.map(|w| w.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
            assert_eq!(got, want, "{pager:?}");
        };
        check(None, Some(&["less", "-FRX"]));
        check(Some("more"), Some(&["more"]));
        check(Some(" less  -S -R"), Some(&["less", "-S", "-R"]));
        // Nothing here is for a shell: the program would be looked for by this name.
        check(Some("less;rm x"), Some(&["less;rm", "x"]));
        check(Some(""), None);
        check(Some("cat"), None);
    }

    #[test]
    fn long_lines_take_several_rows() {
        assert_eq!(rows("", 80), 0);
        assert_eq!(rows("a\n\nb\n", 80), 3);
        assert_eq!(rows("12345678901", 5), 3);
        assert_eq!(rows("\u{1b}[1m12345\u{1b}[0m", 5), 1);
    }
}
