//! The commands in groups, by what somebody wants to do, and an example or two below the help of each.

use std::fmt::Write as _;

use clap::{Command, CommandFactory as _};
use textwrap::core::display_width;

use crate::args::Args;
use crate::look::said_columns;

/// No help is wider.
const WIDEST: usize = 100;

/// What somebody wants to do, and the commands for it.
const GROUPS: [(&str, &[&str]); 6] = [
    (
        "Read reports",
        &[
            "read",
            "quotes",
            "commitments",
            "events",
            "copies",
            "explain",
            "fetch",
        ],
    ),
    ("Keep them in a ledger", &["file", "export"]),
    (
        "Ask the ledger",
        &["find", "timeline", "who", "saved", "serve"],
    ),
    (
        "Follow something through it",
        &["tracker", "thread", "story", "diff"],
    ),
    (
        "Judge what was read",
        &[
            "review",
            "add",
            "same",
            "apart",
            "join",
            "part",
            "agreement",
            "gold",
        ],
    ),
    ("Look up", &["schema", "completions", "help"]),
];

/// Each command's examples.
const EXAMPLES: [(&str, &[&str]); 28] = [
    (
        "read",
        &[
            "onrecord read report.txt",
            "onrecord read --json crawl.warc.gz | jq .statements",
        ],
    ),
    ("explain", &["onrecord explain report.txt"]),
    (
        "quotes",
        &[
            "onrecord quotes report.txt",
            "onrecord quotes --direct --csv news/ > quotes.csv",
        ],
    ),
    (
        "commitments",
        &[
            "onrecord commitments report.txt",
            "onrecord commitments --json --min-confidence 0.6 news/",
        ],
    ),
    (
        "events",
        &[
            "onrecord events report.txt",
            "onrecord events --format plover news/",
        ],
    ),
    (
        "fetch",
        &[
            "onrecord fetch https://example.com/feed.xml --out news.warc.gz",
            "onrecord fetch https://example.com/a.html | onrecord read -",
        ],
    ),
    (
        "copies",
        &[
            "onrecord copies news/",
            "onrecord copies --stories --csv news/",
        ],
    ),
    (
        "file",
        &[
            "onrecord file news/ --ledger news.db",
            "onrecord file --map text=body,published=day,id=case table.csv --ledger news.db",
        ],
    ),
    (
        "export",
        &[
            "onrecord export ledger-as-json --ledger news.db",
            "onrecord export ledger-as-tables --parquet --ledger news.db",
        ],
    ),
    (
        "find",
        &[
            "onrecord find --by noriega \"cent*\" --ledger news.db",
            "onrecord find --status offered,announced --currency USD --sort largest --csv",
        ],
    ),
    (
        "timeline",
        &["onrecord timeline --kind commitment --ledger news.db"],
    ),
    (
        "who",
        &[
            "onrecord who noriega --ledger news.db",
            "onrecord who wikidata:Q42 --json --ledger news.db",
        ],
    ),
    (
        "saved",
        &[
            "onrecord saved --ledger news.db",
            "onrecord saved noriega --delete",
        ],
    ),
    (
        "serve",
        &[
            "onrecord serve --ledger news.db",
            "onrecord serve --ledger news.db --listen 127.0.0.1:8080",
        ],
    ),
    (
        "tracker",
        &[
            "onrecord tracker --ledger news.db",
            "onrecord tracker --by Norway --in EUR --rate NOK=0.0855@2026-01-28 --xlsx pledges.xlsx",
        ],
    ),
    ("thread", &["onrecord thread 3fa9c2d1:c1 --ledger news.db"]),
    (
        "story",
        &["onrecord story https://wire.example/2031/harbour --ledger news.db"],
    ),
    (
        "diff",
        &["onrecord diff https://wire.example/2031/harbour --ledger news.db"],
    ),
    (
        "review",
        &["onrecord review --kind commitment --reviewer ana --ledger news.db"],
    ),
    (
        "same",
        &["onrecord same 3fa9c2d1:'Alba Noriega' 77abd041:Noriega --reviewer ana"],
    ),
    (
        "apart",
        &["onrecord apart 3fa9c2d1:'Alba Noriega' 77abd041:Noriega --reviewer ana"],
    ),
    (
        "add",
        &["onrecord add 3fa9c2d1 --kind event --words 'lend' --what aid --by Peru --reviewer ana"],
    ),
    (
        "join",
        &["onrecord join 3fa9c2d1:c1 77abd041:c2 --reviewer ana"],
    ),
    ("part", &["onrecord part 3fa9c2d1:c1 --reviewer ana"]),
    ("agreement", &["onrecord agreement --ledger news.db"]),
    (
        "gold",
        &["onrecord gold gold --reviewer ana --ledger news.db"],
    ),
    (
        "schema",
        &[
            "onrecord schema > record.schema.json",
            "onrecord schema --tables",
        ],
    ),
    (
        "completions",
        &["onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord"],
    ),
];

/// The commands as they are parsed and explained.
pub(crate) fn command() -> Command {
    let command = Args::command();
    let list = groups(&command, width());
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{list}{}\n{{options}}{{after-help}}",
        heading(&command, "Options")
    );
    let names: Vec<String> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    let explained = |command: Command, name: String| command.mut_subcommand(name, exemplified);
    names
        .into_iter()
        .fold(command, explained)
        .help_template(template)
}

/// With its examples before what else stands below its help.
fn exemplified(command: Command) -> Command {
    let own = EXAMPLES
        .iter()
        .find(|(name, _)| *name == command.get_name());
    let Some((_, all)) = own else {
        return command;
    };
    let mut text = match all {
        [_] => "Example:".to_owned(),
        _ => "Examples:".to_owned(),
    };
    for example in *all {
        let _ = write!(text, "\n  {example}");
    }
    if let Some(more) = command.get_after_help() {
        let _ = write!(text, "\n\n{more}");
    }
    command.after_help(text)
}

/// The columns of the help: those of the terminal.
fn width() -> usize {
    let terminal = || terminal_size::terminal_size().map(|(w, _)| usize::from(w.0));
    said_columns()
        .or_else(terminal)
        .unwrap_or(WIDEST)
        .clamp(40, WIDEST)
}

fn heading(command: &Command, name: &str) -> String {
    let style = command.get_styles().get_header();
    format!("{style}{name}:{style:#}")
}

/// The commands, group by group.
fn groups(command: &Command, width: usize) -> String {
    let known = |name: &&&str| **name == "help" || command.find_subcommand(**name).is_some();
    let names = GROUPS.iter().flat_map(|(_, names)| *names).filter(known);
    let column = names.map(|n| display_width(n)).max().unwrap_or_default() + 4;
    let literal = command.get_styles().get_literal();
    let mut out = String::new();
    for (group, names) in GROUPS {
        let _ = writeln!(out, "{}", heading(command, group));
        for name in names.iter().filter(known) {
            let about = match command.find_subcommand(name).and_then(Command::get_about) {
                Some(about) => about.to_string(),
                None => "Print this message or the help of a command".to_owned(),
            };
            let lines = textwrap::wrap(&about, width.saturating_sub(column).max(20));
            for (i, line) in lines.iter().enumerate() {
                let name = if i == 0 { *name } else { "" };
                let space = " ".repeat(column - 2 - name.len());
                let _ = writeln!(out, "  {literal}{name}{literal:#}{space}{line}");
            }
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_one_group_and_has_an_example() {
        let command = Args::command();
        let shown = command.get_subcommands().filter(|c| !c.is_hide_set());
        for name in shown.map(Command::get_name) {
            let groups = GROUPS.iter().filter(|(_, names)| names.contains(&name));
            assert_eq!(groups.count(), 1, "{name}");
            assert!(EXAMPLES.iter().any(|(n, _)| *n == name), "{name}");
        }
        let lost = EXAMPLES.iter().map(|(name, _)| *name);
        let mut lost = lost.filter(|name| command.find_subcommand(name).is_none());
        let fetch = cfg!(feature = "fetch");
        assert_eq!(lost.find(|name| fetch || *name != "fetch"), None);
    }

    #[test]
    fn every_example_is_understood() {
        for (name, all) in EXAMPLES {
            let missing = [
                ("fetch", cfg!(feature = "fetch")),
                ("serve", cfg!(feature = "serve")),
            ];
            if missing.contains(&(name, false)) {
                continue;
            }
            for example in all {
                let own = example.split(['|', '>']).next().unwrap_or_default();
                let words = own.split_whitespace().fold(Vec::new(), joined);
                let read = command().try_get_matches_from(&words);
                assert!(read.is_ok(), "{example}: {}", read.unwrap_err());
            }
        }
    }

    /// Words as a shell would make them of one pair of quotation marks.
    fn joined(mut words: Vec<String>, word: &str) -> Vec<String> {
        let open = |w: &String| w.matches('\'').count() % 2 == 1;
        match words.last_mut() {
            Some(last) if open(last) => *last = format!("{last} {word}"),
            _ => words.push(word.to_owned()),
        }
        words
    }

    #[test]
    fn no_line_of_the_list_is_wider_than_the_terminal() {
        for width in [40, 60, 100] {
            for line in groups(&Args::command(), width).lines() {
                assert!(display_width(line) <= width, "{line}");
            }
        }
    }
}
