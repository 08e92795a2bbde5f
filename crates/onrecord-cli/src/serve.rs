//! `onrecord serve`: the ledger in a browser.

use std::net::SocketAddr;

use onrecord_ledger::Ledger;
use onrecord_server::{Options, SHORTEST, Token, file_examples, stopped};
use tempfile::TempDir;

use crate::args::ServeArgs;
use crate::clock::now;
use crate::trouble::{Trouble, say};
use crate::{Outcome, ledger, print};

/// Serves until a signal ends it; the address is the one line on stdout.
///
/// # Errors
/// When there is no such ledger, the token is too short, or it cannot listen.
pub(crate) fn run(args: &ServeArgs) -> Result<Outcome, Trouble> {
    let token = args.token.as_deref().map(|token| {
        let why = format!("`--token` has fewer than {SHORTEST} letters; give a longer one");
        Token::new(token).ok_or(Trouble::Flags(why))
    });
    let token = token.transpose()?;
    let own = args.ledger.ledger.as_deref().filter(|l| !l.is_empty());
    let (ledger, folder) = match own {
        Some(_) => (ledger::existing(&args.ledger)?, None),
        None => examples().map(|(ledger, folder)| (ledger, Some(folder)))?,
    };
    let options = Options {
        ledger,
        examples: folder.is_some(),
        token,
        hosts: args.host.clone(),
        now,
        tell: |what| say(&what),
    };
    let mut printed = Ok(Outcome::Found);
    let ready = |address: SocketAddr| {
        if folder.is_some() {
            say(&"no ledger given; showing the examples, in one that ends with this server");
        }
        printed = print(&format!("http://{address}/\n"));
    };
    onrecord_server::serve(options, args.listen, ready, stopped)?;
    // The folder outlives the server.
    drop(folder);
    printed
}

/// The examples in a ledger that ends with its folder.
fn examples() -> Result<(Ledger, TempDir), Trouble> {
    let folder = tempfile::Builder::new().prefix("onrecord-").tempdir()?;
    let path = folder.path().join("examples.db");
    let ledger = Ledger::open(&path.display().to_string())?;
    file_examples(&ledger, now())?;
    Ok((ledger, folder))
}
