//! The flags of `serve`.

use std::net::SocketAddr;

use super::LedgerArgs;

/// Flags of `serve`.
#[derive(clap::Args)]
#[command(after_help = "\
Pages for looking: the latest reports and what is promised, each report with its words marked, the tracker's \
sheet, a commitment through its steps, who said what. They need no script and fetch nothing. With .json, .csv \
or .parquet behind its address a page is data. What `onrecord file` adds is seen at once. Without a ledger, the \
examples are shown in one that ends with the server.

A report that is sent to /api/read comes back as its record; /api/file also files it.

Whoever can reach the address may look and file. Others than this machine reach it only with --token: a \
browser is asked for it once, a program sends it as `Authorization: Bearer TOKEN`. For the open network, put a \
server before it that speaks TLS.

Exit codes: 0 ended by SIGINT or SIGTERM, 2 trouble.")]
pub(crate) struct ServeArgs {
    /// Which ledger.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// The address and port to listen on; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7777", value_parser = address)]
    pub(crate) listen: SocketAddr,
    /// What every request must show: 16 letters or more
    #[arg(
        long,
        value_name = "TOKEN",
        env = "ONRECORD_TOKEN",
        hide_env_values = true
    )]
    pub(crate) token: Option<String>,
    /// A name under which it is reached, besides localhost and addresses in figures
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Vec<String>,
}

fn address(words: &str) -> Result<SocketAddr, &'static str> {
    let figures = words
        .strip_prefix("localhost:")
        .map(|port| format!("127.0.0.1:{port}"));
    let figures = figures.as_deref().unwrap_or(words);
    figures
        .parse()
        .map_err(|_| "write an address and a port, as 127.0.0.1:7777")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_port() {
        assert_eq!(address("localhost:1"), Ok("127.0.0.1:1".parse().unwrap()));
        assert!(address("[::1]:7777").is_ok());
        assert!(address("127.0.0.1").is_err() && address("desk.example:80").is_err());
    }
}
