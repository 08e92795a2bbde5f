//! What stops a command: lower case, the value in backticks, then what to do.

use std::io;
use std::path::PathBuf;

use onrecord::intake::Broken;
#[cfg(feature = "ledger")]
use onrecord_columns::ColumnsError;
#[cfg(feature = "ledger")]
use onrecord_ledger::LedgerError;
use onrecord_page::visible;

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Trouble {
    /// Flags or filters that cannot be read.
    #[error("{0}")]
    Flags(String),
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
    /// A member or a report that ended the process that read it.
    #[error("`{name}` could not be read: the reader was lost at it ({why})")]
    Lost {
        /// Which.
        name: String,
        /// How the process ended.
        why: String,
    },
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
    /// Nobody of that name, or several.
    #[error(
        "`{0}` is not one of those a report names; write report and name, as `3fa9c2d1:Alba Noriega`"
    )]
    NoAppearance(String),
    /// A person and something else, said to be one.
    #[error("`{0}` and `{1}` cannot be one: they are read as {2} and {3}")]
    Unlike(String, String, &'static str, &'static str),
    /// No ledger is named.
    #[error("no ledger given; give `--ledger news.db`, or set ONRECORD_LEDGER")]
    NoLedger,
    /// A ledger that is not there.
    #[error("there is no ledger `{0}`; begin one with `onrecord file PATH --ledger {0}`")]
    NoSuchLedger(String),
    /// A search that is not kept.
    #[error(
        "there is no saved search `{0}`; `onrecord saved` lists them, `find --save {0}` makes one"
    )]
    NoSuchSearch(String),
    /// A saved search with other filters.
    #[error("`--saved {0}` asks what was saved; leave other filters out, or save another search")]
    SavedAndMore(String),
    /// A ledger that cannot do what it is asked.
    #[cfg(feature = "ledger")]
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A report that cannot be filed.
    #[cfg(feature = "ledger")]
    #[error("cannot file `{0}`: {1}")]
    NotFiled(String, LedgerError),
    /// The ledger took no more; what it said is told instead.
    #[error("the ledger took no more reports")]
    Stopped,
    /// All the rows that were asked for are printed, and there are more.
    #[error("there are more rows; raise `--limit`")]
    Enough,
    /// A folder that something lies in.
    #[error("`{}` is not empty; name a folder that is not there yet", .0.display())]
    NotEmpty(PathBuf),
    /// An export that was not finished.
    #[error("`{}` is an export that was interrupted; export into it again", .0.display())]
    Interrupted(PathBuf),
    /// A table for stdout.
    #[error("a Parquet file is written to a file, not to stdout; give `--parquet news.parquet`")]
    TableToStdout,
    /// A place for a table that is no file.
    #[error("`{}` is no file; name one to write to", .0.display())]
    NoFile(PathBuf),
    /// A file of another kind where a table should go.
    #[error(
        "`{}` is there and is no Parquet file, so it is not replaced; name another", .0.display()
    )]
    NotParquet(PathBuf),
    /// A file of another kind where a workbook should go.
    #[error(
        "`{}` is there and is no workbook, so it is not replaced; name another", .0.display()
    )]
    NotWorkbook(PathBuf),
    /// A workbook for stdout.
    #[error("a workbook is written to a file, not to stdout; give `--xlsx tracker.xlsx`")]
    WorkbookToStdout,
    /// Rows that are no table's.
    #[cfg(feature = "ledger")]
    #[error("cannot make the table: {0}")]
    Table(ColumnsError),
    /// A table that cannot be read.
    #[cfg(feature = "ledger")]
    #[error("cannot read `{}`: {why}", path.display())]
    TableUnread {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        why: ColumnsError,
    },
    /// Tables that do not fit each other.
    #[error("`{}` and the tables beside it do not fit; export again", .0.display())]
    TablesUnfit(PathBuf),
    /// Nobody says who answers.
    #[error("no reviewer given; give `--reviewer NAME`, or set ONRECORD_REVIEWER")]
    NoReviewer,
    /// A field of an entry that cannot be so.
    #[error("`--{0}`: {1}")]
    Field(&'static str, String),
    /// An entry of which too little is told.
    #[error("an entry that is added needs `{0}`")]
    Missed(String),
    /// A sample by what is not known of what is missing.
    #[error(
        "`--missing` draws sentences of reports: it takes `--kind`, `--from`, `--until`, `--outlet` and \
         `--report`, and nothing else that chooses entries"
    )]
    SampledByEntry,
    /// Questions, and nobody to ask.
    #[error(
        "`review` asks at a terminal, and there is none; run it without pipes, or print the entries \
         with `onrecord find`"
    )]
    NoTerminal,
    /// A file that cannot be written.
    #[error("cannot write `{}`: {}", path.display(), lower(why))]
    Unwritten {
        /// Which.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// A table that cannot be written.
    #[cfg(feature = "ledger")]
    #[error("cannot write `{}`: {why}", path.display())]
    TableUnwritten {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        why: ColumnsError,
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
    /// The reading room cannot be opened.
    #[cfg(feature = "serve")]
    #[error(transparent)]
    Serve(#[from] onrecord_server::ServeError),
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

/// Says it on stderr, on one line.
pub(crate) fn say(message: &impl std::fmt::Display) {
    let words = message.to_string().replace('\n', " ");
    put(&format!("onrecord: {words}\n"));
}

/// Writes to stderr, the only way there: names of members, addresses, columns and arguments are words
/// of others, and none of them acts on the terminal. A stderr that is gone is nobody's concern.
pub(crate) fn put(words: &str) {
    use std::io::Write as _;
    let _ = io::stderr().write_all(visible(words).as_bytes());
}
