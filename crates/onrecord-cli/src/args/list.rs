//! The flags of everything that lists: how many rows, in what form.

/// How rows are printed.
#[derive(clap::Args, Default)]
#[command(next_help_heading = "Output")]
pub(crate) struct ListArgs {
    /// Print JSON, one row a line
    #[arg(long, conflicts_with_all = ["csv", "table"])]
    pub(crate) json: bool,
    /// Print comma-separated values with a heading line
    #[arg(long, conflicts_with = "table")]
    pub(crate) csv: bool,
    /// Print a table, also when piped
    #[arg(long)]
    pub(crate) table: bool,
    /// Rows at most
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: Option<u32>,
    /// Columns of the table; the terminal's, when not given
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..=1000))]
    pub(crate) width: Option<u16>,
    /// Print what is longer than the screen without a pager (PAGER, or else less)
    #[arg(long)]
    pub(crate) no_pager: bool,
}

impl ListArgs {
    /// Rows at most.
    pub(crate) fn most(&self) -> usize {
        self.limit.map_or(usize::MAX, |n| n as usize)
    }
}
