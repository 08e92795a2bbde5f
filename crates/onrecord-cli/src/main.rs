//! The program `onrecord`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let again = std::env::current_exe().map(Into::into);
    let args: Vec<_> = std::env::args_os().collect();
    onrecord_cli::run(&args, again.into_iter().collect()).into()
}
