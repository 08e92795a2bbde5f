//! The entities of a report while they are being gathered: names join the entity they name.
//!
//! "Rosa Pell", "Pell" and "Prime Minister Pell" are one person; "Paul Orne" and "Anna
//! Orne" are two. Acronyms join the name they stand beside or spell. Left out: spelling errors.

use onrecord_lexicon::{Gender, Use, fold_name};
use onrecord_model::{EntityKind, MentionForm, TextRange, TokenRange};

pub(super) use super::draft::{Draft, Heard, Office};
use super::draft::{parts, suffix};
use super::names::Named;
use super::words::{Style, Words};

/// The drafts.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) drafts: Vec<Draft>,
    /// Phrases that denote an entity: a name with its titles and appositions.
    pub(super) extents: Vec<(TextRange, usize)>,
    acronyms: Vec<(String, String)>,
}

/// A name in title case when it stands in capitals throughout.
pub(super) fn cased(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 4 || name.chars().any(char::is_lowercase) || name.contains('.') {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut fresh = true;
    for c in name.chars() {
        if fresh {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        fresh = !c.is_alphanumeric() && c != '\'';
    }
    out
}

impl Book {
    /// Learns acronyms that stand beside the name they shorten: "(BSC)", ", or BSC,".
    pub(super) fn learn_acronyms(&mut self, words: &Words<'_>, names: &[Named]) {
        for n in names.iter().filter(|n| n.tokens.len() > 1) {
            let e = n.tokens.end.0;
            let beside = match (words.form(e), words.form(e + 2)) {
                ("(", ")") => e + 1,
                (",", _) if words.lower(e + 1) == "or" => e + 2,
                _ => continue,
            };
            let short = words.form(beside);
            if is_acronym(short) {
                let full = fold_name(&words.name(n.tokens));
                self.acronyms.push((letters(short), full));
            }
        }
    }

    /// A word of capitals that the report says is short for a name is no place and no person.
    pub(super) fn settle_acronyms(&self, words: &Words<'_>, names: &mut [Named]) {
        for n in names
            .iter_mut()
            .filter(|n| n.tokens.len() == 1 && n.state.is_none())
        {
            let form = words.form(n.tokens.start.0);
            let place = matches!(n.kind, EntityKind::Place | EntityKind::Person);
            if place && is_acronym(form) && self.acronyms.iter().any(|a| a.0 == letters(form)) {
                n.kind = EntityKind::Organization;
            }
        }
    }

    /// Adds a mention.
    pub(super) fn hear(
        &mut self,
        draft: usize,
        words: &Words<'_>,
        tokens: TokenRange,
        form: MentionForm,
        metonym: bool,
    ) {
        let range = words.cx.document.range(tokens);
        let Some(d) = self.drafts.get_mut(draft) else {
            return;
        };
        if !d.heard.iter().any(|h| h.range == range) {
            d.heard.push(Heard {
                range,
                tokens,
                form,
                metonym,
            });
        }
    }

    /// Changes how a mention names its entity.
    pub(super) fn set_form(&mut self, draft: usize, range: TextRange, form: MentionForm) {
        let heard = self.drafts.get_mut(draft).map(|d| &mut d.heard);
        if let Some(h) = heard.and_then(|h| h.iter_mut().find(|h| h.range == range)) {
            h.form = form;
        }
    }

    /// The draft with this kind and key.
    pub(super) fn by_key(&self, kind: EntityKind, key: &str) -> Option<usize> {
        self.drafts
            .iter()
            .position(|d| d.kind == kind && d.key == key)
    }

    /// The draft whose name mention is exactly these tokens, or ends where they end.
    pub(super) fn at_name(&self, tokens: TokenRange) -> Option<usize> {
        self.drafts.iter().position(|d| {
            d.heard
                .iter()
                .any(|h| h.tokens == tokens && !h.tokens.is_empty() && h.form == MentionForm::Name)
        })
    }

    /// The draft with a mention that ends at this token (not included).
    pub(super) fn ending_at(&self, token: u32) -> Option<usize> {
        self.drafts.iter().position(|d| {
            d.heard.iter().any(|h| {
                h.tokens.end.0 == token && !h.tokens.is_empty() && h.form != MentionForm::Pronoun
            })
        })
    }

    /// The draft with a mention that starts at this token.
    pub(super) fn starting_at(&self, token: u32) -> Option<usize> {
        self.drafts.iter().position(|d| {
            d.heard.iter().any(|h| {
                h.tokens.start.0 == token && !h.tokens.is_empty() && h.form != MentionForm::Pronoun
            })
        })
    }

    /// The draft of a state, made when it is not there.
    pub(super) fn state(&mut self, words: &Words<'_>, iso3: &str) -> Option<usize> {
        if let Some(found) = self.by_key(EntityKind::State, iso3) {
            return Some(found);
        }
        let c = words.countries.by_iso3(iso3)?;
        let mut d = Draft::new(
            EntityKind::State,
            c.name.to_string(),
            iso3.to_owned(),
            "entities/country",
        );
        d.aliases = c
            .other_names
            .iter()
            .map(ToString::to_string)
            .filter(|n| n.len() > 6)
            .collect();
        d.country = Some(c.iso3.clone());
        d.links = vec![
            ("iso3166", c.iso3.to_string()),
            ("geonames", c.geonames.to_string()),
        ];
        self.drafts.push(d);
        Some(self.drafts.len() - 1)
    }

    /// A person's name of two words or more.
    pub(super) fn person(&mut self, words: &Words<'_>, named: &Named) -> usize {
        let name = cased(&words.name(named.tokens));
        let own = parts(&name);
        let found = self.person_like(&own, suffix(&name));
        let draft = found.unwrap_or_else(|| {
            let key = own.join(" ");
            let mut d = Draft::new(EntityKind::Person, name.clone(), key, "entities/person");
            d.gender = words
                .people
                .gender_of_name(name.split(' ').next().unwrap_or_default());
            self.drafts.push(d);
            self.drafts.len() - 1
        });
        if let Some(d) = self.drafts.get_mut(draft) {
            if own.len() > d.parts.len() {
                d.rename(&name);
                d.key = own.join(" ");
            } else {
                d.also(&name);
            }
        }
        self.hear(draft, words, named.tokens, MentionForm::Name, false);
        draft
    }

    /// A person whose name has the same first and last words, or ends or begins with these.
    /// "Sr." and "Jr." are two.
    fn person_like(&self, p: &[String], own: Option<&'static str>) -> Option<usize> {
        self.drafts.iter().position(|d| {
            let names = std::iter::once(&d.name).chain(&d.aliases);
            let mut other = names.filter_map(|n| suffix(n));
            if d.kind != EntityKind::Person || own.is_some() && other.any(|o| Some(o) != own) {
                return false;
            }
            let q = d.parts.as_slice();
            let ends = q.len() > 1 && p.len() > 1 && p.first() == q.first() && p.last() == q.last();
            let (long, short) = if p.len() > q.len() { (p, q) } else { (q, p) };
            let inside = short.len() > 1 && (long.ends_with(short) || long.starts_with(short));
            *p == *q || ends || inside
        })
    }

    /// A person named by one word: the surname, else the given name, of someone named in full.
    /// A title of the other gender ("Mrs." beside "Mr.") is someone else's.
    pub(super) fn person_by_part(
        &self,
        words: &Words<'_>,
        word: &str,
        at: u32,
        titled: Option<Gender>,
    ) -> Option<usize> {
        let key = fold_name(word);
        let last = key.rsplit(' ').next().unwrap_or_default();
        let mut best: Option<(u8, bool, u32, usize)> = None;
        for (i, d) in self.drafts.iter().enumerate() {
            let other = titled.is_some_and(|t| d.gender.is_some_and(|g| g != t));
            if d.kind != EntityKind::Person || other {
                continue;
            }
            let p = d.parts.as_slice();
            let is_last = p.last().is_some_and(|w| w == last);
            let whole = if is_last { p.join(" ") } else { String::new() };
            let is_first = p.first() == Some(&key);
            let family_first =
                || p.len() > 1 && p.first().is_some_and(|w| words.people.is_surname_first(w));
            let rank = match () {
                () if is_last && whole == key => 5,
                () if is_last && whole.ends_with(&key) => 4,
                () if is_first && family_first() => 4,
                () if p.len() > 2 && p[1..p.len() - 1].contains(&key) => 2,
                () if is_first => 1,
                () => 0,
            };
            if rank == 0 {
                continue;
            }
            let (before, near) = match d.last_before(at) {
                Some(h) => (true, h.range.end),
                None => (false, u32::MAX - d.first().min(u32::MAX - 1)),
            };
            if best.is_none_or(|b| (rank, before, near) > (b.0, b.1, b.2)) {
                best = Some((rank, before, near, i));
            }
        }
        best.map(|b| b.3)
    }

    /// A name of anything but a person or a state.
    pub(super) fn thing(&mut self, words: &Words<'_>, named: &Named) -> usize {
        let written = written(words, named.tokens);
        let name = written.strip_prefix("The ").unwrap_or(&written).to_owned();
        let known = words.organizations.institution(&name);
        let mut key = fold_name(known.map_or(name.as_str(), |i| i.name.as_str()));
        if let Some((_, full)) = is_acronym(&name)
            .then(|| self.acronyms.iter().find(|a| a.0 == letters(&name)))
            .flatten()
        {
            key.clone_from(full);
        }
        let found = self
            .same_thing(words, named.kind, &key, &name)
            .or_else(|| self.by_first_word(words, named, &key));
        let draft = found.unwrap_or_else(|| {
            let mut d = Draft::new(named.kind, name.clone(), key.clone(), "entities/name");
            if let Some(i) = known {
                d.country.clone_from(&i.country);
            }
            self.drafts.push(d);
            self.drafts.len() - 1
        });
        if let Some(d) = self.drafts.get_mut(draft) {
            if fold_name(&name).len() > fold_name(&d.name).len() && !is_place(d.kind) {
                d.rename(&name);
                // The full form tells the kind, not the acronym.
                if named.sure && matches!(named.kind, EntityKind::Law | EntityKind::Event) {
                    d.kind = named.kind;
                }
                if d.key.len() < key.len() {
                    d.key.clone_from(&key);
                }
            } else {
                d.also(&name);
            }
            if let Some(i) = known {
                d.also(&i.name);
            }
        }
        self.hear(draft, words, named.tokens, MentionForm::Name, false);
        draft
    }

    fn same_thing(
        &self,
        words: &Words<'_>,
        kind: EntityKind,
        key: &str,
        name: &str,
    ) -> Option<usize> {
        let suited = |d: &Draft| {
            d.kind == kind || !is_place(d.kind) && !is_place(kind) && !is_person(d.kind)
        };
        let exact = self.drafts.iter().position(|d| {
            suited(d)
                && d.kind != EntityKind::State
                && (d.key == key || d.aliases.iter().any(|a| fold_name(a) == key))
        });
        if exact.is_some() || is_place(kind) {
            return exact;
        }
        if is_acronym(name) {
            let short = letters(name).to_lowercase();
            return self.drafts.iter().position(|d| {
                suited(d)
                    && d.kind != EntityKind::State
                    && short.len() >= 3
                    && initials(&d.name).ends_with(&short)
            });
        }
        let company = self.drafts.iter().position(|d| {
            suited(d) && d.kind == EntityKind::Organization && is_company_again(words, &d.key, key)
        });
        if company.is_some() {
            return company;
        }
        // "Foreign Ministry" and "Peruvian Foreign Ministry".
        self.drafts.iter().position(|d| {
            let (long, short) = if d.key.len() > key.len() {
                (d.key.as_str(), key)
            } else {
                (key, d.key.as_str())
            };
            suited(d)
                && d.kind != EntityKind::State
                && short.contains(' ')
                && long.strip_suffix(short).is_some_and(|rest| {
                    let rest = rest.trim();
                    !rest.is_empty() && Self::is_national(words, d, rest)
                })
        })
    }

    /// "the House" of "House of Commons": the first word of one name before.
    fn by_first_word(&self, words: &Words<'_>, named: &Named, key: &str) -> Option<usize> {
        let article = words
            .before(named.tokens.start.0)
            .is_some_and(|b| words.lower(b) == "the");
        let headed = words.organizations.class_of_head(key).is_some();
        if named.tokens.len() != 1 || !article || !headed {
            return None;
        }
        let prefix = format!("{key} of ");
        let mut fit = self
            .drafts
            .iter()
            .enumerate()
            .filter(|(_, d)| d.key.starts_with(&prefix));
        fit.next().filter(|_| fit.next().is_none()).map(|(i, _)| i)
    }

    fn is_national(words: &Words<'_>, draft: &Draft, adjective: &str) -> bool {
        let upper = adjective.to_uppercase();
        let c = words
            .countries
            .by_adjective(adjective)
            .or_else(|| words.countries.by_name(&upper))
            .or_else(|| words.countries.by_name(adjective));
        c.is_some_and(|c| draft.country.as_ref().is_none_or(|d| *d == c.iso3))
    }
}

/// A name as written; in a line set in capitals, in title case.
pub(super) fn written(words: &Words<'_>, tokens: TokenRange) -> String {
    let name = words.name(tokens);
    match words.style(tokens.start.0) {
        Style::Capitals => cased(&name),
        Style::Plain => name,
    }
}

/// Whether one name is the other with its legal form: "Broadhalm Ltd" and "Broadhalm"; or the first
/// word of a department's: "Energy" and "Energy Department".
fn is_company_again(words: &Words<'_>, a: &str, b: &str) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    let rest = long.strip_prefix(short).and_then(|r| r.strip_prefix(' '));
    rest.is_some_and(|r| {
        let mut forms = r.split(' ').map(|w| w.trim_end_matches('.'));
        let legal = forms.all(|w| words.usage.is(Use::LegalForm, w));
        legal || matches!(r, "department" | "ministry") && !short.contains(' ')
    })
}

fn is_place(kind: EntityKind) -> bool {
    kind == EntityKind::Place
}

fn is_person(kind: EntityKind) -> bool {
    kind == EntityKind::Person
}

/// Whether a word is made of capitals: "BSC", "U.N.".
pub(super) fn is_acronym(name: &str) -> bool {
    (2..=9).contains(&name.chars().count())
        && name.chars().any(char::is_alphabetic)
        && name
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '&'))
}

fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The first letters of a name's large words, in small letters.
fn initials(name: &str) -> String {
    name.split([' ', '-'])
        .filter_map(|w| w.chars().next())
        .filter(|c| c.is_uppercase())
        .flat_map(char::to_lowercase)
        .collect()
}
