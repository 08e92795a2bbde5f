//! The flags of the commands over what people say of entries: `review`, `add`, `agreement`, `gold`.

use std::path::PathBuf;

use onrecord_ledger::EntryKind;

use super::values::kind;
use super::{LedgerArgs, ListArgs, ReviewerArgs, Sought};

/// Flags of `review`.
#[derive(clap::Args)]
#[command(after_help = "\
Asks of one entry after the other whether it is as the report has it: the entry, and its words marked \
where they stand. Keys: `a` accept, `x` reject, space skip, `e` edit, `n` note, `m` merge into another, \
`+` add an entry that the reader missed, backspace undo, `?` help, `q` quit. WORDS and the flags choose \
entries as in `onrecord find`.

With --missing, it asks of sentences drawn at random whether anything is missing: `a` nothing is, `+` add \
what is. --kind says what is searched for; --from, --until, --outlet and --report say in which reports. The \
recall that comes of it, with its interval, is told at the end, and by `onrecord agreement` and `onrecord \
gold`.

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
    #[arg(help_heading = None)]
    pub(crate) reviewer: Option<String>,
    /// Also entries this reviewer answered before; a new answer takes the place of the old one
    #[arg(long)]
    #[arg(help_heading = None)]
    pub(crate) again: bool,
    /// Show what other people said, and the entries as they corrected them
    #[arg(long)]
    #[arg(help_heading = None)]
    pub(crate) show_others: bool,
    /// Search so many sentences, drawn at random, for what the reader missed
    #[arg(long, value_name = "SENTENCES", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) missing: Option<u32>,
    /// What the drawing begins with: the same draws the same sentences
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "missing")]
    pub(crate) seed: u64,
    /// Entries at most in one sitting
    #[arg(long, value_name = "ENTRIES", default_value_t = 500)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=100_000))]
    #[arg(help_heading = None)]
    pub(crate) limit: u32,
}

/// Flags of `add`.
#[derive(clap::Args)]
#[command(after_help = "\
Keeps an entry in the ledger with your name and the time, beside the record, which stays as it was read. \
The words must stand in the report; of words that stand more than once the first are meant. The entry is \
found, followed and judged as any other; `onrecord review` can take it back. The same is done at the desk \
of `onrecord review` with `+`.

Exit codes: 0 added, 2 trouble.")]
pub(crate) struct AddArgs {
    /// The report: the beginning of its id, its address or path, or an entry's id
    #[arg(value_name = "REPORT")]
    pub(crate) report: String,
    /// What it is: statement, event, commitment
    #[arg(long, value_name = "KIND", value_parser = kind(), ignore_case = true)]
    pub(crate) kind: EntryKind,
    /// The words of the report it rests on: what is said, what names the event, what is promised
    #[arg(long, value_name = "WORDS")]
    pub(crate) words: String,
    /// The kind of cue, as say; the type of event, as AID; the kind of commitment, as aid
    #[arg(long, value_name = "WORD")]
    pub(crate) what: String,
    /// How far a commitment has come, as announced
    #[arg(long, value_name = "STATUS")]
    pub(crate) status: Option<String>,
    /// Who speaks, acts or is bound: names, with `;` between them
    #[arg(long, value_name = "NAMES")]
    pub(crate) by: Option<String>,
    /// To whom or with whom
    #[arg(long, value_name = "NAMES")]
    pub(crate) to: Option<String>,
    /// Who and what it speaks of; those whom the words name, when not given
    #[arg(long, value_name = "NAMES")]
    pub(crate) about: Option<String>,
    /// On whose word an event or a commitment stands; the report's own, when not given
    #[arg(long, value_name = "NAMES")]
    pub(crate) source: Option<String>,
    /// When it was said or happened, as 2031-03-04
    #[arg(long, value_name = "TIME")]
    pub(crate) time: Option<String>,
    /// Until when a commitment is to be kept
    #[arg(long, value_name = "TIME")]
    pub(crate) due: Option<String>,
    /// Since when a commitment is as it is
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// How much, as 'USD 600000000; 40 engineers'; the sum in the words, when not given
    #[arg(long, value_name = "AMOUNTS")]
    pub(crate) amount: Option<String>,
    /// How the amount is bounded, as up_to
    #[arg(long, value_name = "WORD")]
    pub(crate) bound: Option<String>,
    /// On what condition, in words of the report
    #[arg(long, value_name = "WORDS")]
    pub(crate) condition: Option<String>,
    /// Where it was said or happened: names
    #[arg(long, value_name = "NAMES")]
    pub(crate) place: Option<String>,
    /// How firmly it is said, as 'says it may'; asserts, when not given
    #[arg(long, value_name = "WORDS")]
    pub(crate) firm: Option<String>,
    /// Who says so.
    #[command(flatten)]
    pub(crate) reviewer: ReviewerArgs,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
}

/// Flags of `agreement`.
#[derive(clap::Args)]
#[command(after_help = "\
For every two people who answered the same entries: how many, on what share they agree, and Cohen's kappa, \
which takes off the agreement that chance would bring (1 is full agreement, 0 chance); then by kind of \
entry, and the entries they differ on. Two corrections agree when they say the same. Kappa is not defined \
where both gave one and the same answer throughout. Then, for each who searched sentences (`onrecord review \
--missing`), recall: the share of the entries in them that the reader found, with Wilson's 95% interval. \
--json prints one pair, and then one searcher, a line.

Exit codes: 0 two people answered the same entries or somebody searched, 1 neither, 2 trouble.")]
pub(crate) struct AgreementArgs {
    /// Where the answers are.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// How to print them.
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

/// Flags of `gold`.
#[derive(clap::Args)]
#[command(after_help = "\
Writes a folder for each report whose entries were all answered: gold.json, what people accepted and \
corrected, with words quoted where they stand; report.txt, the text; record.json, the record as it was \
read, to be scored against the gold. Rejected and merged entries are left out, added ones are in it. What nobody judges \
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
