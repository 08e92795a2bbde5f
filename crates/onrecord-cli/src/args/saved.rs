//! The flags of searches that a ledger keeps.

use super::{LedgerArgs, ListArgs};

/// Flags of `find` for searches that are kept.
#[derive(clap::Args)]
#[command(next_help_heading = "Saved searches")]
pub(crate) struct SaveArgs {
    /// Also keep this search in the ledger, under a name; --new later shows what came since
    #[arg(long, value_name = "NAME", conflicts_with = "saved")]
    pub(crate) save: Option<String>,
    /// Who saves it
    #[arg(long, value_name = "NAME", requires = "save")]
    pub(crate) author: Option<String>,
    /// Ask what a saved search asks, in the place of other filters
    #[arg(long, value_name = "NAME")]
    pub(crate) saved: Option<String>,
    /// Only what is new to the saved search: entries of reports filed or read anew since the last
    /// time that --new, or --save, printed all there was
    #[arg(long, requires = "saved")]
    pub(crate) new: bool,
    /// Look without counting it as looked: the next --new shows the same again
    #[arg(long, requires = "new")]
    pub(crate) peek: bool,
}

/// Flags of `saved`.
#[derive(clap::Args)]
#[command(after_help = "\
Lists the searches that `onrecord find --save NAME` kept, with what each asks and how many entries are \
new to it. A terminal gets a list, a pipe JSON Lines. For a daily watch:

  onrecord find --by noriega --save noriega
  onrecord find --saved noriega --new

Exit codes: 0 found saved searches, 1 found none, 2 trouble.")]
pub(crate) struct SavedArgs {
    /// Only this one
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// Keep it no longer
    #[arg(long, requires = "name", conflicts_with_all = ["json", "csv", "table"])]
    pub(crate) delete: bool,
    /// How to print them.
    #[command(flatten)]
    pub(crate) list: ListArgs,
}
