//! Flags whose values are the words of a closed list: the list stands in the help, and a wrong word is
//! told the nearest.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use onrecord::model::{CommitmentKind, CommitmentStatus, CueKind, EventType};
use onrecord_ledger::EntryKind;

/// A parser of some words, each also with spaces for its underscores.
fn one_of<T: Clone + Send + Sync + 'static>(
    words: impl Iterator<Item = String>,
    of: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    let value = |word: String| {
        let spaced = word.replace('_', " ");
        let value = PossibleValue::new(word.clone());
        if spaced == word {
            value
        } else {
            value.alias(spaced)
        }
    };
    let values: Vec<PossibleValue> = words.map(value).collect();
    PossibleValuesParser::new(values).try_map(move |word| {
        let word = word.to_lowercase().replace(' ', "_");
        of(&word).ok_or("it is none of them")
    })
}

/// `statement`, `event`, `commitment`.
pub(super) fn kind() -> impl TypedValueParser<Value = EntryKind> {
    let words = ["statement", "event", "commitment"].map(str::to_owned);
    one_of(words.into_iter(), |word| match word {
        "statement" => Some(EntryKind::Statement),
        "event" => Some(EntryKind::Event),
        "commitment" => Some(EntryKind::Commitment),
        _ => None,
    })
}

/// Kinds of commitments.
pub(super) fn commitment_kind() -> impl TypedValueParser<Value = CommitmentKind> {
    let words = CommitmentKind::ALL.iter().map(ToString::to_string);
    one_of(words, CommitmentKind::of)
}

/// How far a commitment has come.
pub(super) fn status() -> impl TypedValueParser<Value = CommitmentStatus> {
    let words = CommitmentStatus::ALL.iter().map(ToString::to_string);
    one_of(words, CommitmentStatus::of)
}

/// Types of events, in small letters as tables have them.
pub(super) fn event_type() -> impl TypedValueParser<Value = EventType> {
    let words = EventType::ALL.iter().map(|t| t.as_str().to_lowercase());
    one_of(words, |word| EventType::of(&word.to_uppercase()))
}

/// Kinds of cues.
pub(super) fn cue() -> impl TypedValueParser<Value = CueKind> {
    let words = CueKind::ALL.iter().map(ToString::to_string);
    one_of(words, CueKind::of)
}

#[cfg(test)]
mod tests {
    use clap::error::{ContextKind, ContextValue};
    use clap::{CommandFactory as _, Parser as _};

    use crate::args::Args;

    fn refused(words: &[&str]) -> clap::Error {
        let all = ["onrecord", "find"].iter().chain(words);
        Args::try_parse_from(all).err().expect("it is refused")
    }

    #[test]
    fn words_are_known_in_every_writing() {
        for words in [
            ["--status", "not ruled out"],
            ["--status", "NOT_RULED_OUT,announced"],
            ["--event-type", "AID"],
            ["--event-type", "aid,Sanction"],
            ["--kind", "event"],
            ["--cue", "deny,promise"],
            ["--commitment-kind", "aid"],
        ] {
            assert!(Args::try_parse_from(["onrecord", "find"].iter().chain(&words)).is_ok());
        }
    }

    #[test]
    fn a_wrong_word_is_told_the_nearest() {
        for (words, near) in [
            (["--status", "anounced"], "announced"),
            (["--event-type", "sanktion"], "sanction"),
            (["--kind", "comitment"], "commitment"),
            (["--cue", "denies"], "deny"),
            (["--sort", "larges"], "largest"),
        ] {
            let error = refused(&words);
            let tip = match error.get(ContextKind::SuggestedValue) {
                Some(ContextValue::String(one)) => one.clone(),
                Some(ContextValue::Strings(all)) => all.join(" "),
                _ => String::new(),
            };
            assert!(tip.contains(near), "{words:?}: {error}");
        }
        assert!(
            refused(&["--status", "sold"])
                .to_string()
                .contains("not_ruled_out")
        );
    }

    /// The values are in the help of every command that has such a flag.
    #[test]
    fn values_stand_in_the_help() {
        let command = Args::command();
        for name in ["find", "timeline", "tracker", "review"] {
            let own = command.find_subcommand(name).expect("it is there");
            for flag in [
                "kind",
                "status",
                "event_type",
                "commitment_kind",
                "cue",
                "sort",
            ] {
                let flag = own.get_arguments().find(|a| a.get_id() == flag);
                let values = flag.expect("it has it").get_possible_values();
                assert!(values.len() > 2, "{name}");
            }
        }
    }
}
