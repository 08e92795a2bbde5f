//! An entity while it is being gathered: its name, the words that speak of it, its offices.
//!
//! Left out: what joins it (`book`).

use onrecord_lexicon::{Gender, fold_name};
use onrecord_model::{EntityKind, MentionForm, TextRange, TokenRange};
use smol_str::SmolStr;

/// Words that speak of a draft's entity.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Heard {
    pub(super) range: TextRange,
    /// Empty outside the prose.
    pub(super) tokens: TokenRange,
    pub(super) form: MentionForm,
    pub(super) metonym: bool,
}

/// An office of a draft's entity.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Office {
    pub(super) title: String,
    /// The title's last word in small letters.
    pub(super) head: SmolStr,
    pub(super) of: Option<usize>,
    pub(super) since: Option<String>,
    pub(super) until: Option<String>,
    pub(super) tokens: TokenRange,
}

/// An entity being gathered.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Draft {
    pub(super) kind: EntityKind,
    pub(super) name: String,
    /// The folded name; alpha-3 for a state.
    pub(super) key: String,
    /// The words of a person's name.
    pub(super) parts: Vec<String>,
    pub(super) aliases: Vec<String>,
    pub(super) heard: Vec<Heard>,
    pub(super) offices: Vec<Office>,
    pub(super) country: Option<SmolStr>,
    pub(super) gender: Option<Gender>,
    pub(super) links: Vec<(&'static str, String)>,
    pub(super) why: &'static str,
}

impl Draft {
    pub(super) fn new(kind: EntityKind, name: String, key: String, why: &'static str) -> Self {
        let parts = match kind {
            EntityKind::Person => parts(&name),
            _ => Vec::new(),
        };
        Self {
            kind,
            parts,
            name,
            key,
            aliases: Vec::new(),
            heard: Vec::new(),
            offices: Vec::new(),
            country: None,
            gender: None,
            links: Vec::new(),
            why,
        }
    }

    /// Where it is first spoken of.
    pub(super) fn first(&self) -> u32 {
        self.heard
            .iter()
            .map(|h| h.range.start)
            .min()
            .unwrap_or(u32::MAX)
    }

    /// The last mention that ends before a byte.
    pub(super) fn last_before(&self, byte: u32) -> Option<&Heard> {
        self.heard
            .iter()
            .filter(|h| h.range.end <= byte)
            .max_by_key(|h| h.range.end)
    }

    pub(super) fn also(&mut self, name: &str) {
        if name != self.name && !self.aliases.iter().any(|a| a == name) && !name.is_empty() {
            self.aliases.push(name.to_owned());
        }
    }

    /// Takes another form as the name; the words it is known by stay.
    pub(super) fn call(&mut self, name: String) {
        let old = std::mem::replace(&mut self.name, name);
        self.aliases.retain(|a| *a != self.name);
        self.also(&old);
    }

    /// Takes a longer form as the name, and keeps the old one as another.
    pub(super) fn rename(&mut self, name: &str) {
        if name != self.name {
            let old = std::mem::replace(&mut self.name, name.to_owned());
            if self.kind == EntityKind::Person {
                self.parts = parts(name);
            }
            self.aliases.retain(|a| a != name);
            self.also(&old);
        }
    }
}

/// The words of a person's name without suffixes, folded.
pub(super) fn parts(name: &str) -> Vec<String> {
    let key = fold_name(name);
    let mut out: Vec<String> = key.split(' ').map(str::to_owned).collect();
    while out.len() > 2 && out.last().is_some_and(|w| SUFFIXES.contains(&w.as_str())) {
        out.pop();
    }
    out
}

/// What tells a father from a son of the same name, at the end of it.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// The suffix of a person's name: "jr", "sr", "ii".
pub(super) fn suffix(name: &str) -> Option<&'static str> {
    let key = fold_name(name);
    let last = key.rsplit(' ').next()?;
    SUFFIXES.iter().copied().find(|s| *s == last)
}
