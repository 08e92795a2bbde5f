//! Offices: titles before names, appositions before and after them, and since when.
//!
//! "Peru's trade envoy, Rosa Pell," and "Rosa Pell, a Peruvian lawmaker," give an office with
//! whose it is. Left out: offices told by a verb ("runs the port").

use onrecord_lexicon::Gender;
use onrecord_model::{EntityKind, MentionForm, TimeMention, TokenRange};
use smol_str::SmolStr;

use super::book::{Book, Office};
use super::names::Named;
use super::tenure;
use super::words::{Words, is_nounish};

/// Reads the offices of every named person.
pub(super) fn read(words: &Words<'_>, names: &[Named], book: &mut Book, times: &[TimeMention]) {
    for n in names.iter().filter(|n| n.kind == EntityKind::Person) {
        let Some(draft) = book.at_name(n.tokens) else {
            continue;
        };
        let mut extent = n.tokens;
        if let Some(title) = n.title.or_else(|| shared_title(words, names, n)) {
            let from = before_name(words, names, book, draft, title);
            extent = TokenRange::new(from, n.tokens.end.0);
        }
        if let Some(from) = apposition_before(words, names, book, draft, n.tokens) {
            extent = TokenRange::new(from, n.tokens.end.0);
        }
        if let Some(to) = apposition_after(words, names, book, draft, n.tokens) {
            extent = TokenRange::new(extent.start.0, to);
        }
        let range = words.cx.document.range(extent);
        book.extents.push((range, draft));
    }
    tenure::since(words, book, times);
    tenure::succession(words, book, times);
}

/// "writers Ada Quill and Ole Dahl": a plural title serves the names joined after it.
fn shared_title(words: &Words<'_>, names: &[Named], n: &Named) -> Option<TokenRange> {
    let mut b = words.before(n.tokens.start.0)?;
    if words.lower(b) != "and" && words.form(b) != "," {
        return None;
    }
    if words.form(b.checked_sub(1)?) == "," {
        b -= 1;
    }
    let first = names
        .iter()
        .find(|m| m.tokens.end.0 == b && m.kind == EntityKind::Person)?;
    let title = first.title.or_else(|| shared_title(words, names, first))?;
    words.lower(title.end.0 - 1).ends_with('s').then_some(title)
}

/// A title directly before a name; gives back where the phrase starts.
fn before_name(
    words: &Words<'_>,
    names: &[Named],
    book: &mut Book,
    draft: usize,
    title: TokenRange,
) -> u32 {
    let whose = title.start.0;
    let (of, from) = owner(words, names, book, draft, whose, title);
    add(words, book, draft, title, of);
    from
}

/// Whose office it is, from what stands before its title.
fn owner(
    words: &Words<'_>,
    names: &[Named],
    book: &mut Book,
    draft: usize,
    at: u32,
    title: TokenRange,
) -> (Option<usize>, u32) {
    let Some(mut b) = words.before(at) else {
        return (None, at);
    };
    let mut from = at;
    if words.is_possessive(b) {
        let of = book.ending_at(b);
        let start = of
            .and_then(|_| name_ending(names, b))
            .map_or(b, |n| n.tokens.start.0);
        return (of, start);
    }
    // "former Peruvian double agent": adjectives between.
    while words.people.is_modifier(words.lower(b)) && !words.is_capital(b) {
        from = b;
        match words.before(b) {
            Some(x) => b = x,
            None => return (None, from),
        }
    }
    let Some(n) = name_ending(names, b + 1) else {
        return (None, from);
    };
    from = n.tokens.start.0;
    if let Some(iso3) = &n.state {
        let head = head_of(words, title);
        let official = words.people.is_state_office(&head)
            || words
                .people
                .is_state_office(&words.name(title).to_lowercase());
        if let Some(d) = book.drafts.get_mut(draft) {
            d.country.get_or_insert_with(|| iso3.clone());
        }
        if !official {
            return (None, from);
        }
        let state = book.state(words, iso3);
        if let Some(s) = state {
            let form = if n.demonym {
                MentionForm::Nominal
            } else {
                MentionForm::Name
            };
            book.hear(s, words, n.tokens, form, false);
        }
        return (state, from);
    }
    (book.at_name(n.tokens).filter(|o| *o != draft), from)
}

fn name_ending(names: &[Named], token: u32) -> Option<&Named> {
    names.iter().find(|n| n.tokens.end.0 == token)
}

fn name_at(names: &[Named], token: u32) -> Option<&Named> {
    names.iter().find(|n| n.tokens.start.0 == token)
}

fn head_of(words: &Words<'_>, title: TokenRange) -> String {
    title
        .iter()
        .map(|t| t.0)
        .rev()
        .find(|t| words.people.is_title(words.bare(*t)) || words.people.is_address(words.bare(*t)))
        .map(|t| words.bare(t).to_owned())
        .unwrap_or_default()
}

const PAST: &[&str] = &[
    "former", "ex", "ex-", "then", "then-", "late", "retired", "outgoing",
];

/// Notes an office, once.
pub(super) fn add(
    words: &Words<'_>,
    book: &mut Book,
    draft: usize,
    title: TokenRange,
    of: Option<usize>,
) {
    let (mut start, end) = (title.start.0, title.end.0);
    let mut past = false;
    while start < end && (PAST.contains(&words.lower(start)) || words.form(start) == "-") {
        past |= matches!(
            words.lower(start),
            "former" | "ex" | "ex-" | "then" | "then-"
        );
        start += 1;
    }
    // The word before may hold it: "former double agent" with the adjective between.
    let mut b = words.before(start);
    for _ in 0..3 {
        let Some(t) = b else { break };
        past |= matches!(words.lower(t), "former" | "then" | "ex-");
        b = words
            .before(t)
            .filter(|_| words.countries.by_adjective(words.form(t)).is_some());
    }
    let range = TokenRange::new(start, end);
    let mut name = words.name(range);
    if let Some(rest) = after_past(&name).map(str::to_owned) {
        past = true;
        name = rest;
    }
    let mut head = head_of(words, range);
    if head.is_empty()
        && let Some(one) = name.strip_suffix('s').map(str::to_owned)
    {
        head = one.rsplit(' ').next().unwrap_or_default().to_lowercase();
        name = one;
    }
    let head = after_past(&head).unwrap_or(&head).to_owned();
    let gender = words
        .people
        .gender_of_title(&head)
        .or_else(|| words.people.gender_of_title(&name.to_lowercase()));
    let address_only = range.len() == 1 && matches!(head.as_str(), "mr" | "mrs" | "ms" | "miss");
    let Some(d) = book.drafts.get_mut(draft) else {
        return;
    };
    if let Some(g @ (Gender::Masculine | Gender::Feminine)) = gender {
        d.gender = Some(g);
    }
    if range.is_empty() || address_only {
        return;
    }
    let same = d
        .offices
        .iter_mut()
        .find(|o| same_title(&o.title, &name) && (o.of == of || of.is_none() || o.of.is_none()));
    if let Some(o) = same {
        o.of = o.of.or(of);
        if past {
            o.until.get_or_insert_with(|| "..".to_owned());
        }
        if o.title.len() < name.len() {
            (o.title, o.head, o.tokens) = (name, SmolStr::from(head), range);
        }
        return;
    }
    d.offices.push(Office {
        title: name,
        head: SmolStr::from(head),
        of,
        since: None,
        until: past.then(|| "..".to_owned()),
        tokens: range,
    });
}

/// What stands behind a word that says the office is over: "ex-premier", "One-time mayor".
fn after_past(title: &str) -> Option<&str> {
    const BOUND: &[&str] = &["then-", "ex-", "one-time ", "onetime ", "erstwhile "];
    BOUND.iter().find_map(|p| {
        let start = title.get(..p.len())?;
        start.eq_ignore_ascii_case(p).then(|| &title[p.len()..])
    })
}

/// "PM" is "Prime Minister".
fn same_title(a: &str, b: &str) -> bool {
    let long = |t: &str| match t.trim_end_matches('.').to_lowercase().as_str() {
        "pm" => "prime minister".to_owned(),
        "sen" => "senator".to_owned(),
        "gov" => "governor".to_owned(),
        "gen" => "general".to_owned(),
        other => other.to_owned(),
    };
    long(a) == long(b)
}

/// "..., Peru's trade envoy for grain, NAME": gives back where the phrase starts.
fn apposition_before(
    words: &Words<'_>,
    names: &[Named],
    book: &mut Book,
    draft: usize,
    name: TokenRange,
) -> Option<u32> {
    let comma = words
        .before(name.start.0)
        .filter(|b| words.form(*b) == ",")?;
    // A longer name or a comma list before is no title: look back to the phrase's first word.
    let sentence = words.sentence(comma);
    let low = comma.saturating_sub(9).max(sentence.start.0);
    let head = (low..comma)
        .rev()
        .find(|t| words.people.is_title(words.lower(*t)) && !words.is_possessive(t + 1))?;
    let between_ok = head + 1 == comma
        || matches!(words.lower(head + 1), "for" | "to" | "of" | "at")
            && (head + 1..comma).all(|t| words.form(t) != ",");
    if !between_ok {
        return None;
    }
    let mut first = head;
    while first > low
        && is_nounish(words, first - 1)
        && !words.is_possessive(first - 1)
        && !is_determiner(words, first - 1)
    {
        // A name before the title is its owner.
        if name_ending(names, first).is_some_and(|n| n.kind != EntityKind::State || !n.demonym) {
            break;
        }
        first -= 1;
    }
    let before = words.before(first);
    let possessed = before.is_some_and(|b| words.is_possessive(b));
    let determined = before.is_some_and(|b| is_determiner(words, b)) || first == low;
    if !possessed && !determined && name_ending(names, first).is_none() {
        return None;
    }
    let nationality = (first..head)
        .find_map(|t| name_at(names, t))
        .filter(|n| n.state.is_some());
    let title_start = nationality.map_or(first, |n| n.tokens.end.0);
    let title = TokenRange::new(title_start, comma);
    let (mut of, mut from) = owner(
        words,
        names,
        book,
        draft,
        title_start,
        TokenRange::new(title_start, head + 1),
    );
    if of.is_none() && head + 1 < comma {
        of = object(names, book, words, head + 1, comma);
    }
    from = from.min(first);
    if let Some(b) = words.before(from).filter(|b| is_determiner(words, *b)) {
        from = b;
    }
    add(words, book, draft, title, of);
    Some(from)
}

fn is_determiner(words: &Words<'_>, token: u32) -> bool {
    matches!(
        words.lower(token),
        "the" | "a" | "an" | "its" | "his" | "her" | "their"
    )
}

/// "deputy foreign minister": a title that only leads to another.
fn is_before_title(words: &Words<'_>, title: u32) -> bool {
    let mut next = title + 1;
    if words.people.is_modifier(words.lower(title)) {
        while words.people.is_modifier(words.lower(next))
            && !words.people.is_title(words.lower(next))
        {
            next += 1;
        }
    }
    words.people.is_title(words.lower(next))
}

/// The entity after "of", "at", "for" in a stretch.
fn object(names: &[Named], book: &Book, words: &Words<'_>, from: u32, to: u32) -> Option<usize> {
    (from..to).find_map(|t| {
        if !matches!(words.lower(t), "of" | "at" | "for" | "in" | "with" | "to") {
            return None;
        }
        let start = if words.lower(t + 1) == "the" {
            t + 2
        } else {
            t + 1
        };
        let n = name_at(names, start).filter(|n| !n.demonym)?;
        book.at_name(n.tokens)
    })
}

/// "NAME, a Peruvian lawmaker at the port board,": gives back where the phrase ends.
fn apposition_after(
    words: &Words<'_>,
    names: &[Named],
    book: &mut Book,
    draft: usize,
    name: TokenRange,
) -> Option<u32> {
    let comma = name.end.0;
    let sentence = words.sentence(name.start.0);
    if words.form(comma) != "," {
        return None;
    }
    let mut first = comma + 1;
    // An age first: "NAME, 47, ..."
    if words.form(first).chars().all(|c| c.is_ascii_digit()) && words.form(first + 1) == "," {
        first += 2;
    }
    let high = (first + 9).min(sentence.end.0);
    let head = (first..high).find(|t| {
        words.people.is_title(words.bare(*t))
            && !words.is_possessive(t + 1)
            && !is_before_title(words, *t)
    })?;
    if !(first..head).all(|t| is_nounish(words, t) || words.is_possessive(t)) {
        return None;
    }
    // A second person with a title of their own: "A, Prime Minister B".
    if names
        .iter()
        .any(|n| n.kind == EntityKind::Person && n.tokens.start.0 == head + 1)
    {
        return None;
    }
    // "By Haaretz, the prime minister told them": an apposition is closed, a subject is not.
    let next = head + 1;
    let verb = words
        .cx
        .document
        .tokens()
        .get(next as usize)
        .is_some_and(|t| matches!(t.xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD"));
    if next < sentence.end.0 && (verb || words.is_saying(next)) && is_determiner(words, first) {
        return None;
    }
    let bare = !(first..head).any(|t| is_determiner(words, t) || words.is_possessive(t))
        && words.is_capital(head);
    if bare
        && head + 1 < sentence.end.0
        && !matches!(words.form(head + 1), "," | "." | "of" | "at" | "for")
    {
        return None;
    }
    let mut title_start = first;
    for t in first..head {
        if is_determiner(words, t)
            || words.is_possessive(t)
            || name_at(names, t)
                .is_some_and(|n| n.state.is_some() || words.is_possessive(n.tokens.end.0))
        {
            title_start = t + 1;
        }
    }
    if let Some(n) = name_ending(names, title_start.max(first + 1)) {
        title_start = n.tokens.end.0;
    }
    if let Some(based) = (first..head).find(|t| words.lower(*t) == "based") {
        title_start = title_start.max(based + 1);
        let city = book
            .ending_at(based.saturating_sub(1))
            .and_then(|c| book.drafts.get(c));
        let country = city.and_then(|c| c.country.clone());
        if let Some(d) = book.drafts.get_mut(draft) {
            d.country = d.country.take().or(country);
        }
    }
    let mut stop = head + 1;
    let mut of = owner(
        words,
        names,
        book,
        draft,
        title_start,
        TokenRange::new(title_start, head + 1),
    )
    .0;
    let mut title_end = head + 1;
    while stop < sentence.end.0
        && !matches!(words.form(stop), "," | "." | ";" | ")" | "”" | "\"")
        && stop < head + 12
    {
        let is_link = matches!(
            words.lower(stop),
            "of" | "at" | "for" | "in" | "with" | "to"
        );
        if stop == head + 1 && !is_link
            || words.is_saying(stop)
            || matches!(
                words.lower(stop),
                "who" | "and" | "has" | "is" | "was" | "had" | "will"
            )
        {
            break;
        }
        if is_link && stop > head + 1 && words.lower(stop) != "of" {
            break;
        }
        stop += 1;
        if !names
            .iter()
            .any(|n| n.tokens.has(onrecord_model::TokenId(stop - 1)))
            || of.is_some()
        {
            title_end = stop;
        }
    }
    if of.is_none() {
        let far = (head + 1..sentence.end.0.min(head + 12))
            .find(|t| words.form(*t) == ",")
            .unwrap_or(sentence.end.0.min(head + 12));
        of = object(names, book, words, head + 1, far);
    }
    while title_end > head + 1
        && matches!(
            words.lower(title_end - 1),
            "of" | "the" | "at" | "for" | "in" | "to" | "with"
        )
    {
        title_end -= 1;
    }
    add(
        words,
        book,
        draft,
        TokenRange::new(title_start, title_end),
        of,
    );
    Some(stop.max(title_end))
}
