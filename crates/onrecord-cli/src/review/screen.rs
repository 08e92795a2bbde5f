//! The terminal while the desk is on it: given back as it was, whatever happens.
//!
//! A panic is caught by the hook that `ratatui` sets; what asks the program to end (SIGTERM,
//! SIGINT, a hangup) sets a flag that is looked at between keys.

use std::io::{self, IsTerminal as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event};
use crossterm::execute;
use ratatui::{DefaultTerminal, Frame};

/// How long a key is waited for before it is looked whether the program shall end.
const WAIT: Duration = Duration::from_millis(200);

/// The terminal.
pub(super) struct Screen {
    terminal: DefaultTerminal,
    ending: Arc<AtomicBool>,
}

impl Screen {
    /// Whether there is a terminal to ask at.
    pub(super) fn is_there() -> bool {
        io::stdin().is_terminal() && io::stdout().is_terminal()
    }

    /// Takes the terminal.
    ///
    /// # Errors
    /// When it does not do what it is told.
    pub(super) fn take() -> io::Result<Self> {
        let ending = Arc::new(AtomicBool::new(false));
        for signal in signals() {
            signal_hook::flag::register(*signal, Arc::clone(&ending))?;
        }
        let terminal = ratatui::try_init()?;
        let screen = Self { terminal, ending };
        // What is pasted must not be taken for answers.
        execute!(io::stdout(), EnableBracketedPaste)?;
        Ok(screen)
    }

    /// Draws.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(super) fn draw(&mut self, one: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(one).map(|_| ())
    }

    /// What happens next; `None` when the program shall end.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(super) fn next(&self) -> io::Result<Option<Event>> {
        while !self.ending.load(Ordering::Relaxed) {
            match event::poll(WAIT) {
                Ok(false) => {}
                Ok(true) => return event::read().map(Some),
                // A hangup closes the terminal and sends its signal, in either order.
                Err(why) if why.kind() != io::ErrorKind::Interrupted => {
                    std::thread::sleep(WAIT);
                    if !self.ending.load(Ordering::Relaxed) {
                        return Err(why);
                    }
                }
                Err(_) => {}
            }
        }
        Ok(None)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A terminal that is gone needs nothing back.
        let _ = execute!(io::stdout(), DisableBracketedPaste);
        let _ = ratatui::try_restore();
    }
}

#[cfg(unix)]
const fn signals() -> &'static [i32] {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    &[SIGTERM, SIGINT, SIGHUP]
}

#[cfg(not(unix))]
const fn signals() -> &'static [i32] {
    use signal_hook::consts::{SIGINT, SIGTERM};
    &[SIGTERM, SIGINT]
}
