//! What can go wrong with a ledger, in words for the person in front of it.

use onrecord_model::RecordError;

/// Why a ledger could not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// A record is not believed: a span does not quote its text, or its id is another text's.
    #[error("the record of report `{report}` cannot be filed: {why}")]
    Record {
        /// The report's id.
        report: String,
        /// What is wrong with it.
        why: String,
    },
    /// A question that cannot be asked.
    #[error("{0}")]
    Query(String),
    /// A name that is no path and no server.
    #[error("`{0}` names no ledger; give a file, as `news.db`, or `postgres://server/database`")]
    NoPlace(String),
    /// A judgement that cannot be kept.
    #[error("{0}")]
    Judgement(String),
    /// A report that was never filed.
    #[error("the ledger has no report `{0}`")]
    NoReport(String),
    /// An entry that no report has.
    #[error("the ledger has no entry `{0}`; ids are those that `find` shows, as `3fa9c2d1:c1`")]
    NoEntry(String),
    /// More than one report is meant.
    #[error("several reports begin with `{0}`; write more of the id")]
    Several(String),
    /// Somebody else writes for too long.
    #[error(
        "the ledger is locked by another program that is writing to it; try again when it is done"
    )]
    Locked,
    /// No room is left.
    #[error("the disk is full; nothing of this batch was filed, what was filed before is safe")]
    Full,
    /// The ledger was made by a newer program.
    #[error(
        "the ledger has version {found}, this program knows up to {known}; use a newer onrecord"
    )]
    Newer {
        /// The ledger's.
        found: i32,
        /// The program's.
        known: i32,
    },
    /// The file is no ledger, or is damaged.
    #[error("`{0}` is not a ledger or is damaged")]
    NotALedger(String),
    /// A file that can only be looked at.
    #[error("`{0}` may not be written to; copy it to a folder where you may write")]
    Sealed(String),
    /// A file that cannot even be looked at: its last changes lie in its log.
    #[error(
        "`{0}` may not be written to, and `{0}-wal` beside it holds changes to it; copy both to a \
         folder where you may write"
    )]
    Unsettled(String),
    /// Tables are there, and they are not a ledger's.
    #[error("{0} holds the tables of another program, not a ledger; nothing in it was changed")]
    Foreign(String),
    /// What is stored cannot be read.
    #[error("the ledger holds something it should not, in {0}")]
    Damaged(String),
    /// Anything else from SQLite.
    #[error("the ledger's file: {0}")]
    Sqlite(rusqlite::Error),
    /// Anything else from Postgres.
    #[error("the ledger's server: {}", postgres_words(.0))]
    Postgres(postgres::Error),
    /// A server that is not there, lets nobody in, or cannot do what it is asked.
    #[error("the ledger's server at `{place}`: {why}")]
    Server {
        /// Host and port, and nothing of who connects.
        place: String,
        /// What it says, or what the system says of it.
        why: String,
    },
    /// The tables could not be brought up to date.
    #[error("the ledger's tables could not be brought up to date: {}", cause(.0))]
    Migration(#[from] Box<refinery::Error>),
    /// Reading or writing a file of an export.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: String,
        /// What happened.
        source: std::io::Error,
    },
}

impl LedgerError {
    /// Whether trying again later may help.
    pub const fn is_locked(&self) -> bool {
        matches!(self, Self::Locked)
    }

    /// Whether what is stored is damaged, or is no ledger at all.
    pub fn is_damaged(&self) -> bool {
        use rusqlite::ErrorCode as Code;
        match self {
            Self::Damaged(_) | Self::NotALedger(_) | Self::Migration(_) => true,
            // A page may be broken in ways that SQLite tells otherwise.
            Self::Sqlite(error) => !matches!(
                error.sqlite_error_code(),
                Some(
                    Code::CannotOpen
                        | Code::PermissionDenied
                        | Code::SystemIoFailure
                        | Code::OutOfMemory
                )
            ),
            _ => false,
        }
    }

    pub(crate) fn record(report: &str, why: &RecordError) -> Self {
        Self::Record {
            report: report.to_owned(),
            why: why.to_string(),
        }
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Locked,
            Some(Code::DiskFull) => Self::Full,
            Some(Code::ReadOnly) => Self::Sealed("the file".to_owned()),
            Some(Code::NotADatabase | Code::DatabaseCorrupt) => {
                Self::NotALedger("the file".to_owned())
            }
            _ => Self::Sqlite(error),
        }
    }
}

impl From<postgres::Error> for LedgerError {
    fn from(error: postgres::Error) -> Self {
        use postgres::error::SqlState;
        match error.code() {
            Some(&SqlState::LOCK_NOT_AVAILABLE) => Self::Locked,
            Some(&SqlState::DISK_FULL) => Self::Full,
            _ => Self::Postgres(error),
        }
    }
}

/// What the server says; the driver's own words are "db error". What it is of, it tells by the errors
/// below its own: "error connecting to server: Connection refused".
pub(super) fn postgres_words(error: &postgres::Error) -> String {
    if let Some(said) = error.as_db_error() {
        return said.message().to_owned();
    }
    let mut out = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(e) = cause {
        let words = e.to_string();
        if !out.contains(&words) {
            out = format!("{out}: {words}");
        }
        cause = e.source();
    }
    out
}

/// What stopped a step; SQLite's own words quote the whole script.
fn cause(error: &refinery::Error) -> String {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(e) = cause {
        if let Some(rusqlite::Error::SqlInputError { msg, .. }) = e.downcast_ref() {
            return msg.clone();
        }
        if let Some(error) = e.downcast_ref() {
            return postgres_words(error);
        }
        cause = e.source();
    }
    error.to_string()
}
