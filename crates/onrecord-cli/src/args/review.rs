//! The flags of the commands over what people say of entries: `review`, `agreement`, `gold`.

use std::path::PathBuf;

use super::{LedgerArgs, Sought};

/// Flags of `review`.
#[derive(clap::Args)]
#[command(after_help = "\
Asks of one entry after the other whether it is as the report has it: the entry, and its words marked \
where they stand. Keys: `a` accept, `x` reject, space skip, `e` edit, `n` note, `m` merge into another, \
backspace undo, `?` help, `q` quit. WORDS and the flags choose entries as in `onrecord find`.

An answer is in the ledger as soon as the next entry is shown: nothing is lost by quitting, a hangup or a \
crash. It is kept beside the record with its author and time, and never edited: undo adds that it is \
taken back. Entries this reviewer answered are not asked again, and what others said is not shown.

Exit codes: 0 something was answered, 1 nothing was, 2 trouble.")]
pub(crate) struct ReviewArgs {
    /// Which entries, and where.
    #[command(flatten)]
    pub(crate) sought: Sought,
    /// Who answers: a name, kept with each answer
    #[arg(long, value_name = "NAME")]
    #[arg(env = "ONRECORD_REVIEWER", hide_env_values = true)]
    pub(crate) reviewer: Option<String>,
    /// Also entries this reviewer answered before; a new answer takes the place of the old one
    #[arg(long)]
    pub(crate) again: bool,
    /// Show what other people said, and the entries as they corrected them
    #[arg(long)]
    pub(crate) show_others: bool,
    /// Entries at most in one sitting
    #[arg(long, value_name = "ENTRIES", default_value_t = 500)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) limit: u32,
}

/// Flags of `agreement`.
#[derive(clap::Args)]
#[command(after_help = "\
For every two people who answered the same entries: how many, on what share they agree, and Cohen's kappa, \
which takes off the agreement that chance would bring (1 is full agreement, 0 chance); then by kind of \
entry, and the entries they differ on. Two corrections agree when they say the same. Kappa is not defined \
where both gave one and the same answer throughout. --json prints one pair a line.

Exit codes: 0 two people answered the same entries, 1 no two did, 2 trouble.")]
pub(crate) struct AgreementArgs {
    /// Where the answers are.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// Print JSON, one pair of people a line
    #[arg(long)]
    pub(crate) json: bool,
    /// Columns; the terminal's, at most 100, when not given
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..=1000))]
    pub(crate) width: Option<u16>,
}

/// Flags of `gold`.
#[derive(clap::Args)]
#[command(after_help = "\
Writes a folder for each report whose entries were all answered: gold.json, what people accepted and \
corrected, with words quoted where they stand; report.txt, the text; record.json, the record as it was \
read, to be scored against the gold. Rejected and merged entries are left out. What nobody judges \
(headline, entities, times, places, amounts) is as it was read, and gold.json says so.

Exit codes: 0 written, 1 no report was answered, 2 trouble.")]
pub(crate) struct GoldArgs {
    /// A folder that is not there yet, or an empty one
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Where the answers are.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// Only what this reviewer answered; else everybody's answers, a later one before an earlier
    #[arg(long, value_name = "NAME")]
    pub(crate) reviewer: Option<String>,
    /// Also reports of which some entries are not answered yet: these are `optional` in the gold
    #[arg(long)]
    pub(crate) partial: bool,
}
