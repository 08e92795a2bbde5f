//! Verbs and nouns that name political acts, with their PLOVER types and who stands where.
//!
//! ```
//! use onrecord_lexicon::events;
//!
//! let sign = events::verbs("sign");
//! assert!(sign.iter().any(|f| f.kind == "AGREE" && f.takes_object("treaty") == Some(true)));
//! assert_eq!(events::noun("invasion").map(|n| n.kind.as_str()), Some("ASSAULT"));
//! ```
//!
//! Left out: reading. A type is a word of the record's contract, not its Rust type.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// What a verb names and where its parties stand.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct VerbFrame {
    /// PLOVER type.
    pub kind: String,
    /// A second word: "carry" with "out", "stop" with "sell".
    pub particle: Option<String>,
    /// Lemmas the object must be one of; `None` when any will do.
    object: Option<FxHashSet<String>>,
    /// Lemmas the object must not be.
    unless: FxHashSet<String>,
    /// Where the one acted on stands: "obj", "iobj" or prepositions.
    pub recipient: Vec<String>,
    /// Prepositions of the one who acts, when the subject does not.
    pub actor: Vec<String>,
    /// Prepositions of which one must be there; "xcomp" is an infinitive, "obj" any object.
    pub needs: Vec<String>,
    /// An infinitive or gerund under it is no act of its own.
    pub content: bool,
    /// The subject is the one acted on.
    pub swap: bool,
    /// The one acted on must be a named party.
    pub person: bool,
    /// The one acted on must be a person or state.
    pub human: bool,
    /// What is promised must be hostile.
    pub hostile: bool,
    /// The one who acts must be a person.
    pub traveller: bool,
}

impl VerbFrame {
    /// Whether an object with this head fits: `None` when the frame does not mind.
    pub fn takes_object(&self, lemma: &str) -> Option<bool> {
        if self.unless.contains(lemma) {
            return Some(false);
        }
        self.object.as_ref().map(|o| o.contains(lemma))
    }

    /// Whether the frame asks for an object of its own.
    pub const fn wants_object(&self) -> bool {
        self.object.is_some()
    }
}

/// What a noun names and where its parties stand.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NounFrame {
    /// PLOVER type.
    pub kind: String,
    /// Prepositions of the one who acts.
    pub actor: Vec<String>,
    /// Prepositions of the one acted on.
    pub recipient: Vec<String>,
    /// Prepositions of parties who act together.
    pub both: Vec<String>,
    /// Words of which one must stand before the noun; any will do when empty.
    pub modifier: Vec<String>,
    /// Whether somebody must be named who acts.
    pub owned: bool,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Data {
    classes: FxHashMap<String, Vec<String>>,
    verb: Vec<VerbData>,
    noun: Vec<NounData>,
    light: Light,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbData {
    r#type: String,
    words: Vec<String>,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    recipient: Vec<String>,
    #[serde(default)]
    actor: Vec<String>,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    content: bool,
    #[serde(default)]
    swap: bool,
    #[serde(default)]
    person: bool,
    #[serde(default)]
    human: bool,
    #[serde(default)]
    hostile: bool,
    #[serde(default)]
    traveller: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounData {
    r#type: String,
    words: Vec<String>,
    #[serde(default)]
    actor: Vec<String>,
    #[serde(default)]
    recipient: Vec<String>,
    #[serde(default)]
    both: Vec<String>,
    #[serde(default)]
    modifier: Vec<String>,
    #[serde(default)]
    owned: bool,
}

#[derive(Deserialize, Default)]
struct Light {
    verbs: Vec<String>,
}

#[derive(Default)]
struct Tables {
    verbs: FxHashMap<String, Vec<VerbFrame>>,
    nouns: FxHashMap<String, NounFrame>,
    light: FxHashSet<String>,
    parties: FxHashSet<String>,
    private: FxHashSet<String>,
    nature: FxHashSet<String>,
    mishaps: FxHashSet<String>,
    works: FxHashSet<String>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let data: Data = toml::from_str(include_str!("../data/events.toml")).unwrap_or_default();
    let listed = |class| data.classes.get(class).into_iter().flatten().cloned();
    let private: FxHashSet<String> = listed("private").collect();
    let mut out = Tables {
        light: data.light.verbs.into_iter().collect(),
        parties: listed("parties").chain(private.iter().cloned()).collect(),
        private,
        nature: listed("nature").collect(),
        mishaps: listed("mishaps").collect(),
        works: listed("works").collect(),
        ..Tables::default()
    };
    let class = |names: &[String]| -> FxHashSet<String> {
        let words = names.iter().map(|n| {
            let own = std::slice::from_ref(n);
            data.classes.get(n).map_or(own, Vec::as_slice)
        });
        words.flatten().cloned().collect()
    };
    for v in &data.verb {
        let obj = vec!["obj".to_owned()];
        let frame = VerbFrame {
            kind: v.r#type.clone(),
            particle: None,
            object: (!v.object.is_empty()).then(|| class(&v.object)),
            unless: class(&v.unless),
            recipient: if v.recipient.is_empty() {
                obj
            } else {
                v.recipient.clone()
            },
            actor: v.actor.clone(),
            needs: v.needs.clone(),
            content: v.content,
            swap: v.swap,
            person: v.person,
            human: v.human,
            hostile: v.hostile,
            traveller: v.traveller,
        };
        for word in &v.words {
            let (lemma, particle) = match word.split_once(' ') {
                Some((l, p)) => (l, Some(p.to_owned())),
                None => (word.as_str(), None),
            };
            let frame = VerbFrame {
                particle,
                ..frame.clone()
            };
            out.verbs.entry(lemma.to_owned()).or_default().push(frame);
        }
    }
    for n in data.noun {
        for word in n.words {
            let frame = NounFrame {
                kind: n.r#type.clone(),
                actor: n.actor.clone(),
                recipient: n.recipient.clone(),
                both: n.both.clone(),
                modifier: n.modifier.clone(),
                owned: n.owned,
            };
            out.nouns.insert(word, frame);
        }
    }
    #[expect(
        clippy::iter_over_hash_type,
        reason = "each list is put in order by itself"
    )]
    for frames in out.verbs.values_mut() {
        // The most particular frame first.
        frames.sort_by_key(|f| {
            (
                f.particle.is_none(),
                !f.hostile,
                f.object.is_none(),
                f.needs.is_empty(),
            )
        });
    }
    out
});

/// The frames of a verb by its lemma, else by what its form may be a form of: a tagger that has
/// never seen "expelled" may give it a lemma that is no word.
pub fn verbs_of(lemma: &str, form: &str) -> &'static [VerbFrame] {
    let known = verbs(lemma);
    if !known.is_empty() {
        return known;
    }
    stems(&form.to_lowercase())
        .iter()
        .map(|stem| verbs(stem))
        .find(|f| !f.is_empty())
        .unwrap_or(&[])
}

/// Whether a frame takes an object, by its lemma or by what its form may be a form of.
pub fn takes(frame: &VerbFrame, lemma: &str, form: &str) -> Option<bool> {
    match frame.takes_object(lemma) {
        Some(false) if frame.wants_object() => {
            let form = form.to_lowercase();
            Some(
                stems(&form)
                    .iter()
                    .any(|s| frame.takes_object(s) == Some(true)),
            )
        }
        known => known,
    }
}

/// What a regular form may be a form of: "banned" of "banned", "bann", "banne", "ban".
fn stems(form: &str) -> Vec<String> {
    let mut out = vec![form.to_owned()];
    for (ending, instead) in [
        ("ied", "y"),
        ("ies", "y"),
        ("ed", ""),
        ("ing", ""),
        ("es", ""),
        ("s", ""),
    ] {
        let Some(stem) = form.strip_suffix(ending).filter(|s| s.len() > 1) else {
            continue;
        };
        out.push(format!("{stem}{instead}"));
        out.push(format!("{stem}e"));
        let mut letters = stem.chars().rev();
        if let (Some(last), Some(before)) = (letters.next(), letters.next())
            && last == before
        {
            out.push(stem[..stem.len() - last.len_utf8()].to_owned());
        }
    }
    out
}

/// The frames of a verb, the most particular first.
pub fn verbs(lemma: &str) -> &'static [VerbFrame] {
    TABLES.verbs.get(lemma).map_or(&[], Vec::as_slice)
}

/// The frame of a noun that names an act.
pub fn noun(lemma: &str) -> Option<&'static NounFrame> {
    TABLES.nouns.get(lemma)
}

/// Whether a verb only carries the act its object names.
pub fn is_light(lemma: &str) -> bool {
    TABLES.light.contains(lemma)
}

/// Whether a noun names somebody who takes part in politics or war: "ministers", "rebels".
pub fn is_party(lemma: &str) -> bool {
    TABLES.parties.contains(lemma)
}

/// Whether a common noun names people of a country who do not act for its state: "protester".
pub fn is_private(lemma: &str) -> bool {
    TABLES.private.contains(lemma)
}

/// Whether a noun names what kills without anybody's doing: "earthquake", "crash".
pub fn is_nature(lemma: &str) -> bool {
    TABLES.nature.contains(lemma)
}

/// Whether a verb tells what happens to a vehicle, a boat, a building or a mountain: "capsize".
pub fn is_mishap(lemma: &str) -> bool {
    TABLES.mishaps.contains(lemma)
}

/// Whether a noun names a work, which is shot and may bomb: "film".
pub fn is_work(lemma: &str) -> bool {
    TABLES.works.contains(lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_its_shape() {
        let data: Data = toml::from_str(include_str!("../data/events.toml")).unwrap();
        assert!(data.verb.len() > 40 && data.noun.len() > 5);
        assert!(
            verbs("launch")
                .iter()
                .any(|f| f.takes_object("attack") == Some(true))
        );
        assert_eq!(verbs("carry")[0].particle.as_deref(), Some("out"));
        assert!(is_light("conduct"));
        assert!(!verbs_of("expelle", "expelled").is_empty());
    }
}
