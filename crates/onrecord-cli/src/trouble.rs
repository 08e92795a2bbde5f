//! What stops a command: lower case, the value in backticks, then what to do.

use std::io;
use std::path::PathBuf;

use onrecord::intake::Broken;
use onrecord_ledger::LedgerError;

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// No path, and nothing piped in.
    #[error("no report given; give a path, or `-` to read from stdin")]
    NoPath,
    /// A path that is not there.
    #[error("`{}` does not exist; check the path", .0.display())]
    Missing(PathBuf),
    /// A folder without reports.
    #[error("`{}` holds no files; name the files to read", .0.display())]
    NoReports(PathBuf),
    /// A member of an archive, a crawl or a table that cannot be read.
    #[error("cannot read `{}`: {}", .0.name, .0.why)]
    Broken(Broken),
    /// A member that holds no reports, which is no trouble.
    #[error("`{}` was passed over: {}", .0.name, .0.why)]
    Skipped(Broken),
    /// A file that cannot be opened.
    #[error("cannot read `{}`: {}; check its permissions", path.display(), lower(why))]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// An id that no entry has.
    #[error("no entry `{id}` in `{report}`; {hint}")]
    NoEntry {
        /// The id.
        id: String,
        /// Where it was looked for.
        report: String,
        /// Which ids there are.
        hint: String,
    },
    /// Several reports for one web page.
    #[error("`--html` takes one report; run it once for each")]
    ManyPages,
    /// A web page could not be written.
    #[error(transparent)]
    Page(#[from] onrecord_page::PageError),
    /// No ledger is named.
    #[error("no ledger given; give `--ledger news.db`, or set ONRECORD_LEDGER")]
    NoLedger,
    /// A ledger that is not there.
    #[error("there is no ledger `{0}`; begin one with `onrecord file PATH --ledger {0}`")]
    NoSuchLedger(String),
    /// A ledger that cannot do what it is asked.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A report that cannot be filed.
    #[error("cannot file `{0}`: {1}")]
    NotFiled(String, LedgerError),
    /// The ledger took no more; what it said is told instead.
    #[error("the ledger took no more reports")]
    Stopped,
    /// A folder that something lies in.
    #[error("`{}` is not empty; name a folder that is not there yet", .0.display())]
    NotEmpty(PathBuf),
    /// An export that was not finished.
    #[error("`{}` is an export that was interrupted; export into it again", .0.display())]
    Interrupted(PathBuf),
    /// Nobody says who answers.
    #[error("no reviewer given; give `--reviewer NAME`, or set ONRECORD_REVIEWER")]
    NoReviewer,
    /// Questions, and nobody to ask.
    #[error(
        "`review` asks at a terminal, and there is none; run it without pipes, or print the entries \
         with `onrecord find`"
    )]
    NoTerminal,
    /// A file that cannot be written.
    #[error("cannot write `{}`: {}", path.display(), lower(why))]
    Unwritable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// The output could not be written.
    #[error("cannot write the output: {}", lower(.0))]
    Writing(#[from] io::Error),
    /// The archive cannot be added to.
    #[cfg(feature = "fetch")]
    #[error(transparent)]
    Archive(#[from] crate::fetch::ArchiveError),
    /// An archive for a terminal.
    #[cfg(feature = "fetch")]
    #[error("an archive is no text for a terminal; give `--out news.warc.gz`, or pipe it on")]
    Terminal,
    /// Nothing can be fetched at all.
    #[cfg(feature = "fetch")]
    #[error("cannot start fetching: {0}")]
    Network(String),
    /// The reader could not be made.
    #[error("cannot start the reader: {0}; install the program again")]
    Reader(#[from] onrecord::Error),
}

/// A system's message in the house's form.
pub(crate) fn lower(why: &io::Error) -> String {
    let said = why.kind().to_string();
    if said == "other error" || said.starts_with("uncategorized") {
        return why.to_string();
    }
    said
}

/// Says it on stderr; a stderr that is gone is nobody's concern.
pub(crate) fn say(message: &impl std::fmt::Display) {
    use std::io::Write as _;
    let _ = writeln!(io::stderr(), "onrecord: {message}");
}
