//! Reads one line of an annotation: `C STATUS KIND | by | to | object | cue=...`.
//!
//! `corpus/GUIDE.md` describes the form.

use std::sync::LazyLock;

use anyhow::{Context as _, Result, bail, ensure};
use onrecord_model::{
    Certainty, CommitmentKind, CommitmentStatus, EventType, Factuality, Phase, Polarity, Qualifier,
    Quotation, SourceKind, Text,
};
use regex::Regex;

use super::find::find;
use super::gold::{Amount, Commitment, Details, Event, Party, Passage, Source, Statement};

/// The options that each kind of line may have.
const COMMITMENT: &[&str] = &[
    "cue", "amount", "q", "due", "since", "time", "if", "of", "basis", "pol", "cert", "rate",
];
const EVENT: &[&str] = &["phase", "pol", "cert", "basis", "time", "place"];
const STATEMENT: &[&str] = &["to", "via", "time", "place"];

/// Reads a line and adds it to its passage.
///
/// # Errors
/// When the line has not the form of the guide, or quotes words that the passage does not have.
pub(super) fn read(passage: &mut Passage, line: &str) -> Result<()> {
    let (letter, rest) = line.split_once(' ').unwrap_or((line, ""));
    let fields: Vec<&str> = rest.split(" | ").map(str::trim).collect();
    let text = passage.text.clone();
    match letter {
        "C" => passage.commitments.push(commitment(&text, &fields)?),
        "E" => passage.events.push(event(&text, &fields)?),
        "S" if !passage.layers.contains('S') => bail!("S lines need `layers=SCE`"),
        "S" => passage.statements.push(statement(&text, &fields)?),
        _ => bail!("a line begins with C, E or S"),
    }
    Ok(())
}

fn commitment(text: &Text, fields: &[&str]) -> Result<Commitment> {
    let [step, by, to, object, options @ ..] = fields else {
        bail!("C STATUS KIND | by | to | object | cue=...");
    };
    ensure!(!options.is_empty(), "a commitment needs its cue");
    let mut details = details(COMMITMENT, text, options)?;
    let (status, kind) = pair(step, CommitmentStatus::of, CommitmentKind::of)?;
    Ok(Commitment {
        status,
        kind,
        by: parties(text, by)?,
        to: parties(text, to)?,
        object: find(text, object)?,
        cue: details.cue.take().context("a commitment needs its cue")?,
        details,
    })
}

fn event(text: &Text, fields: &[&str]) -> Result<Event> {
    let [kind, trigger, actors, recipients, options @ ..] = fields else {
        bail!("E TYPE | trigger | actors | recipients | ...");
    };
    let known = EventType::of(kind).filter(|k| *k != EventType::Other);
    Ok(Event {
        kind: known.with_context(|| format!("no type: `{kind}`"))?,
        trigger: find(text, trigger)?,
        actors: parties(text, actors)?,
        recipients: parties(text, recipients)?,
        details: details(EVENT, text, options)?,
    })
}

fn statement(text: &Text, fields: &[&str]) -> Result<Statement> {
    let [kinds, source, cue, content, factuality, options @ ..] = fields else {
        bail!("S direct|indirect|mixed SOURCE | source | cue | content | factuality");
    };
    let (quotation, kind) = pair(kinds, Quotation::of, SourceKind::of)?;
    let party = match *source {
        "-" => Party::default(),
        words => party(text, words)?,
    };
    let (certainty, polarity) = pair(factuality, Certainty::of, Polarity::of)?;
    Ok(Statement {
        quotation,
        source: Source { kind, party },
        cue: find(text, cue)?,
        content: content
            .split("&&")
            .map(|words| find(text, words))
            .collect::<Result<_>>()?,
        factuality: Factuality {
            certainty,
            polarity,
        },
        details: details(STATEMENT, text, options)?,
    })
}

/// Two words of closed lists.
fn pair<A, B>(
    words: &str,
    first: fn(&str) -> Option<A>,
    second: fn(&str) -> Option<B>,
) -> Result<(A, B)> {
    let told = words.split_whitespace().collect::<Vec<_>>();
    let known = match told[..] {
        [a, b] => first(a).zip(second(b)),
        _ => None,
    };
    known.with_context(|| format!("not two words of the guide: `{words}`"))
}

/// A party: a state's code, a code with words, or words.
fn party(text: &Text, given: &str) -> Result<Party> {
    static CODE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)^([A-Z]{3})(?:/(.+))?$").expect("a fixed pattern"));
    let given = given.trim();
    let coded = CODE.captures(given);
    let words = coded.as_ref().and_then(|c| c.get(2)).map(|w| w.as_str());
    let code = coded.as_ref().map(|c| &c[1]);
    // "IMF" is no state where the passage has the word.
    let country = code.filter(|c| words.is_some() || !text.as_str().contains(c));
    let words = if country.is_some() {
        words
    } else {
        Some(given)
    };
    Ok(Party {
        country: country.map(str::to_owned),
        span: words.map(|w| find(text, w)).transpose()?,
    })
}

fn parties(text: &Text, given: &str) -> Result<Vec<Party>> {
    match given {
        "-" | "" => Ok(Vec::new()),
        _ => joined(text, given),
    }
}

/// Parties parted by ` + `.
fn joined(text: &Text, given: &str) -> Result<Vec<Party>> {
    static PLUS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\s\+\s").expect("a fixed pattern"));
    PLUS.split(given).map(|p| party(text, p)).collect()
}

fn details(keys: &[&str], text: &Text, options: &[&str]) -> Result<Details> {
    let mut out = Details::default();
    for option in split(&options.join(" | ")) {
        let (key, value) = option
            .split_once('=')
            .filter(|(key, _)| keys.contains(key))
            .with_context(|| format!("unknown option `{option}`"))?;
        out.set(key, value.trim(), text)
            .with_context(|| format!("`{key}`"))?;
    }
    Ok(out)
}

/// Options are parted by a semicolon that another `key=` follows: values may hold semicolons.
fn split(options: &str) -> Vec<&str> {
    static PART: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r";\s+([a-z]+=)").expect("a fixed pattern"));
    let mut rest = options.trim().trim_end_matches(';');
    let mut out = Vec::new();
    while let Some(gap) = PART.captures(rest)
        && let (Some(gap), Some(key)) = (gap.get(0), gap.get(1))
    {
        out.push(rest[..gap.start()].trim());
        rest = &rest[key.start()..];
    }
    if !rest.is_empty() {
        out.push(rest.trim());
    }
    out
}

impl Details {
    fn set(&mut self, key: &str, value: &str, text: &Text) -> Result<()> {
        let own = || Some(value.to_owned());
        match key {
            "cue" => self.cue = Some(find(text, value)?),
            "if" => self.condition = Some(find(text, value)?),
            "of" => self.part_of = Some(find(text, value)?),
            "place" => self.place = Some(find(text, value)?),
            "basis" if value == "?" => self.basis = Some(Vec::new()),
            "basis" => self.basis = Some(joined(text, value)?),
            "to" => self.addressee = Some(party(text, value)?),
            "via" => self.via = Some(party(text, value)?),
            "pol" => self.polarity = Some(polarity(value)?),
            "cert" => self.certainty = Some(certainty(value)?),
            "phase" => self.phase = Some(Phase::of(value).context("no phase")?),
            "q" => self.qualifier = Some(qualifier(value)?),
            "amount" => self.amount = Some(amount(value)?),
            "due" => self.due = own(),
            "since" => self.since = own(),
            "time" => self.time = own(),
            "rate" => self.rate = own(),
            _ => bail!("not known"),
        }
        Ok(())
    }
}

fn polarity(value: &str) -> Result<Polarity> {
    match value {
        "pos" => Ok(Polarity::Positive),
        "neg" => Ok(Polarity::Negative),
        _ => bail!("neither `pos` nor `neg`"),
    }
}

fn certainty(value: &str) -> Result<Certainty> {
    let known = Certainty::of(value).filter(|c| *c != Certainty::Certain);
    known.context("none of `probable`, `possible` and `unknown`")
}

/// The guide knows fewer bounds than a record.
fn qualifier(value: &str) -> Result<Qualifier> {
    use Qualifier::{About, LessThan, MoreThan, UpTo};
    let known = Qualifier::of(value).filter(|q| matches!(q, About | MoreThan | LessThan | UpTo));
    known.context("no bound of the guide")
}

/// `EUR 1500000000` or `2000 soldiers`.
fn amount(value: &str) -> Result<Amount> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:([A-Z]{3}) ([0-9.]+)|([0-9.]+)(?: (.+))?)$").expect("a fixed pattern")
    });
    let found = FORM.captures(value).context("no amount")?;
    let part = |n| found.get(n).map(|m| m.as_str().to_owned());
    Ok(Amount {
        value: part(2).or_else(|| part(3)).context("no number")?,
        currency: part(1),
        unit: part(4),
    })
}
