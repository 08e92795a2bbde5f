//! How far a long reading has come: a bar with the reports read and the rate, on a terminal's stderr
//! only. No time is foretold: bytes of one report cost a thousand times those of another.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::input::Stream;

/// Fewer bytes than this are read before a bar could be seen.
const SHORT: u64 = 256 << 10;

/// A bar, or nothing.
pub(crate) struct Progress {
    bar: ProgressBar,
    reports: usize,
}

impl Progress {
    /// A bar for what comes in.
    pub(crate) fn new(stream: &Stream, quiet: bool) -> Self {
        let bar = match stream.size {
            _ if quiet => ProgressBar::hidden(),
            Some(size) if size < SHORT => ProgressBar::hidden(),
            Some(size) => ProgressBar::new(size)
                .with_style(style("{bar:30} {percent:>3} % of the bytes  {msg}")),
            None => ProgressBar::new_spinner().with_style(style("{spinner} {msg}")),
        };
        // Hidden where stderr is no terminal.
        bar.enable_steady_tick(Duration::from_millis(250));
        Self { bar, reports: 0 }
    }

    /// So many more reports were read.
    pub(crate) fn add(&mut self, reports: usize, stream: &Stream) {
        self.reports += reports;
        let seconds = self.bar.elapsed().as_secs_f64().max(0.001);
        let rate = self.reports as f64 / seconds;
        let count = self.reports;
        self.bar
            .set_message(format!("{count} reports, {rate:.0} a second"));
        self.bar.set_position(stream.done());
    }

    /// Takes the bar away while something is written.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
