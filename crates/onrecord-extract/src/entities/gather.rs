//! From names to entities, in order: places are put on the map, persons and things gathered,
//! offices read, nominals and pronouns joined, countries filled in.

use onrecord_lexicon::{Gender, fold_name};
use onrecord_model::{
    Entity, EntityId, EntityKind, Link, Mention, MentionForm, Place, Role, TimeMention, TokenRange,
    Why,
};
use smol_str::SmolStr;

use super::book::{Book, Draft, Heard, cased, written};
use super::names::{self, Named};
use super::words::Words;
use super::{
    Entities, furniture, linked, nationality, nominals, organs, pronouns, roles, spoken, surnames,
};
use crate::places::{self, Atlas, Site};

/// Entities and toponyms of a report.
pub(super) fn run(words: &Words<'_>, times: &[TimeMention]) -> (Entities, Vec<Place>) {
    let mut found = names::find(words);
    let filed = furniture::places(words);
    let mut book = Book::default();
    book.learn_acronyms(words, &found);
    book.settle_acronyms(words, &mut found);
    settle_departments(words, &mut found);
    settle_persons(words, &mut found);
    linked::surnames(words, &mut found);
    surnames::read(words, &mut found);
    let atlas = Atlas::new(
        words,
        &found,
        filed.iter().map(|f| (f.name.as_str(), f.dateline)),
    );
    persons(words, &found, &mut book);
    let mut toponyms = Vec::new();
    for n in &found {
        others(words, n, &atlas, &mut book, &mut toponyms);
    }
    for f in &filed {
        let site = atlas.filed(&f.name);
        toponyms.extend(places::place(
            words,
            f.range,
            site.as_ref(),
            "places/furniture",
        ));
        let short = f.name.split(',').next().unwrap_or(&f.name).trim();
        place_entity(
            &mut book,
            &cased(short),
            site.as_ref(),
            Heard {
                range: f.range,
                tokens: TokenRange::default(),
                form: MentionForm::Name,
                metonym: false,
            },
        );
    }
    furniture::read(words, &mut book);
    roles::read(words, &found, &mut book, times);
    nationality::fill(words, &found, &atlas, &mut book);
    nationality::links(words, &mut book);
    nominals::read(words, &found, &mut book);
    linked::nominals(words, &mut book);
    pronouns::read(words, &mut book);
    toponyms.sort_by(|a, b| a.span.cmp(&b.span));
    toponyms.dedup_by(|b, a| a.span.range().overlaps(b.span.range()));
    spoken::settle(words, &mut book);
    (finish(words, &book), toponyms)
}

/// A place that is called as a department of the report, and no more than a name alone, is the
/// department: "Energy" beside "the Energy Department".
fn settle_departments(words: &Words<'_>, found: &mut [Named]) {
    let short = |n: &Named| {
        let last = words.lower(n.tokens.end.0 - 1);
        (n.tokens.len() == 2 && matches!(last, "department" | "ministry"))
            .then(|| words.lower(n.tokens.start.0))
    };
    let departments: Vec<&str> = found.iter().filter_map(short).collect();
    for n in found
        .iter_mut()
        .filter(|n| n.kind == EntityKind::Place && n.tokens.len() == 1)
    {
        if departments.contains(&words.lower(n.tokens.start.0)) {
            n.kind = EntityKind::Organization;
        }
    }
}

/// A place that bears a person's surname is the person, unless it stands where places stand.
fn settle_persons(words: &Words<'_>, found: &mut [Named]) {
    let full: Vec<Vec<String>> = found
        .iter()
        .filter(|n| n.kind == EntityKind::Person && n.tokens.len() > 1)
        .map(|n| {
            let key = fold_name(&words.name(n.tokens));
            key.split(' ').map(str::to_owned).collect()
        })
        .collect();
    for n in found.iter_mut() {
        let single = n.tokens.len() == 1 && n.state.is_none();
        let other = matches!(
            n.kind,
            EntityKind::Place | EntityKind::Organization | EntityKind::Product | EntityKind::Work
        );
        let before = words.before(n.tokens.start.0);
        let located = before.is_some_and(|b| words.is_locative(b));
        if !single || !other || located {
            continue;
        }
        let word = fold_name(&words.name(n.tokens));
        let part = |p: &Vec<String>| {
            p.last() == Some(&word) || !n.sure && word.len() > 2 && p.contains(&word)
        };
        if full.iter().any(part) {
            n.kind = EntityKind::Person;
        }
    }
}

/// Persons: full names first, then what their parts stand for.
fn persons(words: &Words<'_>, found: &[Named], book: &mut Book) {
    let all: Vec<&Named> = found
        .iter()
        .filter(|n| n.kind == EntityKind::Person)
        .collect();
    for n in all
        .iter()
        .filter(|n| n.tokens.len() > 1 && !is_part(words, n))
    {
        let draft = book.person(words, n);
        of_state(words, n, draft, book);
    }
    for (i, n) in all.iter().enumerate() {
        if n.tokens.len() > 1 && !is_part(words, n) {
            continue;
        }
        let word = cased(&words.name(n.tokens));
        let at = words.cx.document.range(n.tokens).start;
        if let Some(full) = brother(words, n, all.get(i + 1).copied()) {
            let draft = book.drafts.len();
            let mut d = Draft::new(
                EntityKind::Person,
                full.clone(),
                fold_name(&full),
                "entities/shared-surname",
            );
            d.gender = words.people.gender_of_name(&word);
            book.drafts.push(d);
            book.hear(draft, words, n.tokens, MentionForm::Name, false);
            continue;
        }
        let titled = gender_of_title(words, n);
        let draft = book
            .person_by_part(words, &word, at, titled)
            .unwrap_or_else(|| {
                let mut d = Draft::new(
                    EntityKind::Person,
                    word.clone(),
                    fold_name(&word),
                    "entities/person",
                );
                d.gender = titled.or_else(|| words.people.gender_of_name(&word));
                book.drafts.push(d);
                book.drafts.len() - 1
            });
        if let Some(d) = book.drafts.get_mut(draft) {
            d.gender = d.gender.or(titled);
        }
        book.hear(draft, words, n.tokens, MentionForm::Name, false);
        of_state(words, n, draft, book);
    }
}

/// The gender that the title before a name tells: "Mrs. Keel", "Lord Keel".
fn gender_of_title(words: &Words<'_>, n: &Named) -> Option<Gender> {
    let last = words.before(n.tokens.start.0)?;
    let title = words.bare(last);
    (words.people.is_address(title) || words.people.is_title(title))
        .then(|| words.people.gender_of_title(title))?
}

/// "Queen Ingrid of Norway" is Norway's.
fn of_state(words: &Words<'_>, n: &Named, draft: usize, book: &mut Book) {
    let of = n.tokens.end.0;
    let country = if words.lower(of) == "of" {
        names::known(words, of + 1, words.sentence(of).end.0).and_then(|k| k.state)
    } else {
        owner(words, n.title.map_or(n.tokens.start.0, |t| t.start.0))
    };
    if let Some(d) = book.drafts.get_mut(draft).filter(|d| d.country.is_none()) {
        d.country = country;
    }
}

/// The state whose person a name is: "Norway's Rita Moe".
fn owner(words: &Words<'_>, start: u32) -> Option<SmolStr> {
    let mark = words.before(start).filter(|b| words.is_possessive(*b))?;
    let first = words.sentence(start).start.0.max(mark.saturating_sub(4));
    (first..mark).find_map(|at| {
        let state = names::known(words, at, mark)?;
        (state.tokens.end.0 == mark && !state.demonym).then_some(state.state)?
    })
}

/// A hyphenated or particled surname alone: "Berg-Lund", "al-Masri".
fn is_part(words: &Words<'_>, n: &Named) -> bool {
    let spaces = words.name(n.tokens).contains(' ');
    !spaces
        || words.people.is_particle(words.lower(n.tokens.start.0))
            && !words.is_capital(n.tokens.start.0)
}

/// "Sisters Ana and Lucia Pell": the first bears the second's surname.
fn brother(words: &Words<'_>, n: &Named, next: Option<&Named>) -> Option<String> {
    let next = next?;
    let e = n.tokens.end.0;
    let before = words.before(n.tokens.start.0)?;
    let plural = matches!(
        words.lower(before),
        "brothers"
            | "sisters"
            | "twins"
            | "siblings"
            | "cousins"
            | "spouses"
            | "couple"
            | "parents"
    );
    if !plural || words.lower(e) != "and" || next.tokens.start.0 != e + 1 || next.tokens.len() < 2 {
        return None;
    }
    let full = words.name(next.tokens);
    let (_, surname) = full.split_once(' ')?;
    Some(format!("{} {surname}", words.name(n.tokens)))
}

/// States, places, organisations and the rest.
fn others(words: &Words<'_>, n: &Named, atlas: &Atlas, book: &mut Book, toponyms: &mut Vec<Place>) {
    let range = words.cx.document.range(n.tokens);
    match n.kind {
        EntityKind::Person => {}
        EntityKind::State if n.demonym || !atlas.is_namesake(n) => state(words, n, book, toponyms),
        EntityKind::Place | EntityKind::State => {
            let name = words.name(n.tokens);
            let site = atlas.site(words, n);
            if let Some(c) = words.countries.by_capital(&name)
                && site.as_ref().is_none_or(|s| s.country == c.iso3)
                && places::is_actor(words, n.tokens)
            {
                if let Some(s) = book.state(words, &c.iso3) {
                    book.hear(s, words, n.tokens, MentionForm::Name, true);
                }
                return;
            }
            toponyms.extend(places::place(
                words,
                range,
                site.as_ref(),
                "places/gazetteer",
            ));
            place_entity(
                book,
                &written(words, n.tokens),
                site.as_ref(),
                Heard {
                    range,
                    tokens: n.tokens,
                    form: MentionForm::Name,
                    metonym: false,
                },
            );
        }
        _ => {
            let draft = book.thing(words, n);
            // A group told by a common noun is spoken of, not named.
            if n.kind == EntityKind::Group
                && !words.is_capital(n.tokens.end.0 - 1)
                && words.form(n.tokens.end.0 - 1) != "coalition"
            {
                book.set_form(draft, range, MentionForm::Nominal);
            }
            // "Chile's Defence Ministry": the owner tells more than the name, which many countries have.
            let last = words.lower(n.tokens.end.0 - 1);
            let common = words.organizations.class_of_head(last).is_some();
            if let Some(d) = book.drafts.get_mut(draft)
                && (d.country.is_none() || common)
            {
                let own = nationality::national(words, n);
                let leader = || organs::led(words, n).filter(|_| last == "administration");
                d.country = own
                    .or_else(|| leader().map(Into::into))
                    .or(d.country.take())
                    .or_else(|| nationality::local(words, n));
            }
        }
    }
}

fn state(words: &Words<'_>, n: &Named, book: &mut Book, toponyms: &mut Vec<Place>) {
    let Some(iso3) = n.state.as_ref() else { return };
    if n.demonym {
        return;
    }
    let Some(s) = book.state(words, iso3) else {
        return;
    };
    book.hear(s, words, n.tokens, MentionForm::Name, false);
    if places::is_located(words, n.tokens) {
        let site = Site::country(words.countries, iso3);
        let range = words.cx.document.range(n.tokens);
        toponyms.extend(places::place(words, range, site.as_ref(), "places/country"));
    }
}

fn place_entity(book: &mut Book, name: &str, site: Option<&Site>, heard: Heard) {
    let key = match site.and_then(|s| s.row) {
        Some(row) => format!("#{row}"),
        None => fold_name(name),
    };
    let draft = book.by_key(EntityKind::Place, &key).unwrap_or_else(|| {
        let mut d = Draft::new(EntityKind::Place, name.to_owned(), key, "entities/place");
        if let Some(s) = site {
            d.country = Some(s.country.clone()).filter(|c| !c.is_empty());
            d.links = s
                .geonames
                .iter()
                .map(|g| ("geonames", g.to_string()))
                .collect();
        }
        book.drafts.push(d);
        book.drafts.len() - 1
    });
    if let Some(d) = book.drafts.get_mut(draft) {
        if name != d.name && !d.aliases.iter().any(|a| a == name) {
            d.aliases.push(name.to_owned());
        }
        if !d.heard.iter().any(|h| h.range == heard.range) {
            d.heard.push(heard);
        }
    }
}

/// Numbers the entities by first mention and gives them their final form.
fn finish(words: &Words<'_>, book: &Book) -> Entities {
    let mut order: Vec<usize> = (0..book.drafts.len())
        .filter(|i| book.drafts.get(*i).is_some_and(|d| !d.heard.is_empty()))
        .collect();
    order.sort_by_key(|i| (book.drafts.get(*i).map_or(u32::MAX, Draft::first), *i));
    let mut ids = vec![None; book.drafts.len()];
    for (n, i) in order.iter().enumerate() {
        if let Some(slot) = ids.get_mut(*i) {
            *slot = Some(EntityId(n as u32 + 1));
        }
    }
    let id = |draft: usize| ids.get(draft).copied().flatten();
    let extents = book
        .extents
        .iter()
        .filter_map(|(r, d)| Some((*r, id(*d)?)))
        .collect();
    let all = order
        .iter()
        .filter_map(|i| entity(words, book.drafts.get(*i)?, id(*i)?, &id))
        .collect();
    Entities::new(all, extents)
}

fn entity(
    words: &Words<'_>,
    d: &Draft,
    own: EntityId,
    id: &dyn Fn(usize) -> Option<EntityId>,
) -> Option<Entity> {
    let mut mentions: Vec<Mention> = d
        .heard
        .iter()
        .filter_map(|h| {
            Some(Mention {
                span: words.cx.span(h.range)?,
                form: h.form,
                metonym: h.metonym,
            })
        })
        .collect();
    mentions.sort_by(|a, b| a.span.cmp(&b.span));
    if mentions.is_empty() {
        return None;
    }
    let roles = d
        .offices
        .iter()
        .filter_map(|o| {
            Some(Role {
                title: o.title.clone(),
                of: o.of.and_then(id),
                since: o.since.clone(),
                until: o.until.clone(),
                span: words.cx.tokens(o.tokens)?,
            })
        })
        .collect();
    let links = d
        .links
        .iter()
        .map(|(scheme, id)| Link {
            scheme: (*scheme).to_owned(),
            id: id.clone(),
            confidence: 0.9,
        })
        .collect();
    Some(Entity {
        id: own,
        kind: d.kind,
        name: d.name.clone(),
        aliases: d.aliases.clone(),
        mentions,
        roles,
        country: d.country.as_ref().map(ToString::to_string),
        links,
        why: Why::rule(d.why),
    })
}
