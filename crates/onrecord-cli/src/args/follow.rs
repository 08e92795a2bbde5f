//! The flags of the commands that follow something through a ledger: `thread`, `story`, `diff`,
//! `who`, `timeline`; and of those that say what belongs together.

use super::{LedgerArgs, ListArgs, Sought};

/// Flags of `thread`.
#[derive(clap::Args)]
#[command(after_help = "\
One row for each step: how far it had come, who is bound to whom, how much, which reports tell it and \
on whose word, and who denies it. Commitments are of one thread when the same is bound to the same and \
they are of one sum or of the same words; of two different sums, they are two. Where copies of one report \
differ in the sum, a step tells both.

Exit codes: 0 a thread, 1 the entry is no commitment, or of no known party, and denies none, 2 trouble.")]
pub(crate) struct ThreadArgs {
    /// A commitment, or a denial of one, by its id in `find`, as 3fa9c2d1:c1
    #[arg(value_name = "ID")]
    pub(crate) entry: String,
    /// Where to look.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// How to print it.
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

/// Flags of `story`.
#[derive(clap::Args)]
#[command(after_help = "\
One row for each report, by day: whose copy it is and what it changed, and which version it follows. \
Reports tell one story when their words are alike, and when one says or denies what another says, within \
some days.

Exit codes: 0 a story, 2 trouble.")]
pub(crate) struct StoryArgs {
    /// A report: the beginning of its id, its address or path, or an entry's id
    #[arg(value_name = "REPORT")]
    pub(crate) report: String,
    /// Where to look.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// How to print it.
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

/// Flags of `diff`.
#[derive(clap::Args)]
#[command(after_help = "\
Prints, from each version to the next, the facts that are other words now (numbers, names, negations, \
opposites) and the entries that are new, gone or altered. With two reports, what is another in the second.

Exit codes: 0 something changed, 1 nothing did, 2 trouble.")]
pub(crate) struct DiffArgs {
    /// A report, all versions of which are compared: the beginning of its id, its address or path
    #[arg(value_name = "REPORT")]
    pub(crate) report: String,
    /// Another report to compare it with
    #[arg(value_name = "OTHER")]
    pub(crate) other: Option<String>,
    /// Where to look.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// How to print it.
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

/// Flags of `who`.
#[derive(clap::Args)]
#[command(after_help = "\
Those in several reports are one when a register, a full name, an acronym, an office or a long quotation \
says so and nothing speaks against it; each join is told with its reason. Two who bear one name are two.

Exit codes: 0 somebody, 1 nobody, 2 trouble.")]
pub(crate) struct WhoArgs {
    /// A name in any form reports give it, or an id, as wikidata:Q42
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Where to look.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// Entries shown of each in a table, newest first
    #[arg(long, value_name = "ENTRIES", default_value_t = 10)]
    pub(crate) entries: u32,
    /// How to print it.
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

/// Flags of `same` and `apart`.
#[derive(clap::Args)]
#[command(after_help = "\
Kept in the ledger with your name and the time, beside what the rules decide; what is said last of two \
holds. `onrecord who` shows who is one, and why.

Exit codes: 0 kept, 2 trouble.")]
pub(crate) struct IdentifyArgs {
    /// A report and the name somebody has there, as 3fa9c2d1:'Alba Noriega'
    #[arg(value_name = "WHO")]
    pub(crate) one: String,
    /// Another, as 77abd041:Noriega
    #[arg(value_name = "WHO")]
    pub(crate) other: String,
    /// Who says so.
    #[command(flatten)]
    pub(crate) reviewer: ReviewerArgs,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
}

/// Flags of `join`.
#[derive(clap::Args)]
#[command(after_help = "\
A thread is named by any of its commitments, as `onrecord find` and `onrecord tracker` show them. Kept in \
the ledger with your name and the time, beside what the rules decide; of two commitments what is said last \
holds, and --undo takes back what you said. Threads, the tracker's sheet and the timeline go by it. `onrecord \
thread` tells who joined what, and where a later version took the place of what was joined.

Exit codes: 0 kept, 1 nothing to take back, 2 trouble.")]
pub(crate) struct JoinArgs {
    /// A commitment, by its id in `find`, as 3fa9c2d1:c1
    #[arg(value_name = "THREAD")]
    pub(crate) one: String,
    /// A commitment of the other thread
    #[arg(value_name = "THREAD")]
    pub(crate) other: String,
    /// Who says so, and where.
    #[command(flatten)]
    pub(crate) saying: SayingArgs,
}

/// Flags of `part`.
#[derive(clap::Args)]
#[command(after_help = "\
Without FROM, the commitment is of no thread but those it is joined to after. With it, the two are never \
of one thread; the others stay together. Kept, and taken back, as `onrecord join` does.

Exit codes: 0 kept, 1 nothing to take back, 2 trouble.")]
pub(crate) struct PartArgs {
    /// A commitment, by its id in `find`, as 3fa9c2d1:c1
    #[arg(value_name = "ENTRY")]
    pub(crate) entry: String,
    /// Another, of which it is no part
    #[arg(value_name = "FROM")]
    pub(crate) from: Option<String>,
    /// Who says so, and where.
    #[command(flatten)]
    pub(crate) saying: SayingArgs,
}

/// Who judges.
#[derive(clap::Args)]
pub(crate) struct ReviewerArgs {
    /// Who says so
    #[arg(
        long = "reviewer",
        value_name = "NAME",
        env = "ONRECORD_REVIEWER",
        hide_env_values = true
    )]
    pub(crate) name: String,
}

/// Who says something, and of which ledger.
#[derive(clap::Args)]
pub(crate) struct SayingArgs {
    /// Who says so.
    #[command(flatten)]
    pub(crate) reviewer: ReviewerArgs,
    /// Take back what you said of these
    #[arg(long)]
    pub(crate) undo: bool,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
}

/// Flags of `timeline`.
#[derive(clap::Args)]
#[command(after_help = "\
Takes the filters of `find` and prints what they find day by day, each once however many reports tell it, \
with the independent sources behind it and who denies it. An event has its own day, where one is told; all \
else that of the first report.

Exit codes: 0 found entries, 1 found nothing, 2 trouble.")]
pub(crate) struct TimelineArgs {
    /// Which entries, and where.
    #[command(flatten)]
    pub(crate) sought: Sought,
    /// How to print it.
    #[command(flatten)]
    pub(crate) list: ListArgs,
}
