//! Names in the prose: where they begin and end, which words before them are titles, and what
//! kind of thing they name.
//!
//! "Peruvian Trade Minister Rosa Pell" is an adjective of a state, a title and a person. Names
//! come from the network's layer when it is there; the rules cut them and add what it missed.
//! Left out: names that only their use could tell from common words ("the Street").

use onrecord_lexicon::{Gazetteer, NameClass, PlaceKind, Spelling};
use onrecord_model::{EntityKind, Layer, TokenRange};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::epithets;
use super::layers::{listed, repeat_in_capitals, with_network};
use super::long_states;
use super::mends;
use super::nicknames;
use super::organs;
use super::runs::runs;
use super::words::{Style, Words};

/// A name in the text.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Named {
    /// Its words, without title and possessive ending.
    pub(crate) tokens: TokenRange,
    /// What it names.
    pub(crate) kind: EntityKind,
    /// Whether the kind rests on a list or a title, not on looks.
    pub(crate) sure: bool,
    /// The title before it.
    pub(crate) title: Option<TokenRange>,
    /// ISO 3166 alpha-3, for a state or an adjective of one.
    pub(crate) state: Option<SmolStr>,
    /// Whether it is an adjective or a people's noun, not the state's name.
    pub(crate) demonym: bool,
}

impl Named {
    pub(super) fn new(tokens: TokenRange, kind: EntityKind, sure: bool) -> Self {
        Self {
            tokens,
            kind,
            sure,
            title: None,
            state: None,
            demonym: false,
        }
    }

    pub(super) fn titled(mut self, title: Option<TokenRange>) -> Self {
        self.title = title;
        self
    }
}

/// Every name of the prose, in text order.
pub(crate) fn find(words: &Words<'_>) -> Vec<Named> {
    let mut out = Vec::new();
    for (sentence, style) in words.sentences() {
        if style == Style::Plain {
            for run in runs(words, sentence) {
                pieces(words, run, &mut out);
            }
            possessive(words, sentence, &mut out);
        } else {
            listed(words, sentence, &mut out);
        }
    }
    organs::extend(words, &mut out);
    if words.cx.document.has(Layer::Names) {
        out = with_network(words, out);
        organs::extend(words, &mut out);
    }
    for n in &mut out {
        mends::behind_office(words, n);
        mends::outlet(words, n);
    }
    nicknames::join(words, &mut out);
    out.retain(|n| !mends::is_degree(words, n));
    epithets::cut(words, &mut out);
    long_states::join(words, &mut out);
    one_sense(words, &mut out);
    repeat_in_capitals(words, &mut out);
    out.sort_by_key(|n| (n.tokens.start, n.tokens.end));
    out.dedup_by(|b, a| a.tokens.overlaps(b.tokens));
    out
}

/// One name is one kind of thing throughout a report: what is surely known of it in one sentence
/// holds in the others; else the kind it has most often, if there is one.
fn one_sense(words: &Words<'_>, out: &mut [Named]) {
    let mut senses: FxHashMap<String, Senses> = FxHashMap::default();
    for n in out.iter().filter(|n| n.state.is_none()) {
        senses.entry(words.name(n.tokens)).or_default().meet(n);
    }
    for n in out.iter_mut().filter(|n| !n.sure && n.title.is_none()) {
        let own = senses.get(&words.name(n.tokens));
        if let Some(kind) = own.and_then(Senses::kind) {
            n.kind = kind;
        }
    }
}

/// What one name is taken for throughout a report.
#[derive(Default)]
struct Senses {
    sure: Option<EntityKind>,
    counts: Vec<(EntityKind, usize)>,
}

impl Senses {
    fn meet(&mut self, named: &Named) {
        if named.sure {
            self.sure = self.sure.or(Some(named.kind));
        }
        match self.counts.iter_mut().find(|(k, _)| *k == named.kind) {
            Some((_, n)) => *n += 1,
            None => self.counts.push((named.kind, 1)),
        }
    }

    /// The first sure kind, or the one that is more frequent than any other.
    fn kind(&self) -> Option<EntityKind> {
        let most = self.counts.iter().map(|(_, n)| *n).max()?;
        let mut top = self.counts.iter().filter(|(_, n)| *n == most);
        let (kind, _) = top.next()?;
        self.sure.or(top.next().is_none().then_some(*kind))
    }
}

/// Kind of a listed name: state, institution; with the number of its tokens.
pub(super) fn known(words: &Words<'_>, at: u32, end: u32) -> Option<Named> {
    let last = end.min(at + 7);
    for stop in (at + 1..=last).rev() {
        if words.is_possessive(stop - 1) || !words.is_capital(stop - 1) && stop > at + 1 {
            continue;
        }
        let range = TokenRange::new(at, stop);
        let name = words.name(range);
        let name = Spelling::of(&name);
        if let Some(c) = words.countries.named(&name) {
            let mut n = Named::new(range, EntityKind::State, true);
            n.state = Some(c.iso3.clone());
            return Some(n);
        }
        if let Some(i) = words.organizations.named(&name) {
            return Some(Named::new(range, kind_of(i.class), true));
        }
        if let Some(c) = words.countries.by_demonym(&name) {
            let mut n = Named::new(range, EntityKind::State, true);
            n.state = Some(c.iso3.clone());
            n.demonym = true;
            return Some(n);
        }
    }
    None
}

/// Listed names with a possessive inside, which no run holds: "National People's Congress".
fn possessive(words: &Words<'_>, sentence: TokenRange, out: &mut Vec<Named>) {
    for at in sentence.start.0 + 1..sentence.end.0 {
        if !words.is_possessive(at) {
            continue;
        }
        let first = at.saturating_sub(3).max(sentence.start.0);
        let found = (first..at).find_map(|start| {
            let named = known(words, start, sentence.end.0)?;
            (named.tokens.end.0 > at + 1).then_some(named)
        });
        if let Some(named) = found {
            out.retain(|n| !n.tokens.overlaps(named.tokens));
            out.push(named);
        }
    }
}

pub(crate) fn kind_of(class: NameClass) -> EntityKind {
    match class {
        NameClass::Organization => EntityKind::Organization,
        NameClass::Law => EntityKind::Law,
        NameClass::Event => EntityKind::Event,
        NameClass::Work => EntityKind::Work,
        NameClass::Product => EntityKind::Product,
        NameClass::Place => EntityKind::Place,
        NameClass::Group => EntityKind::Group,
    }
}

/// Cuts a run into its names.
fn pieces(words: &Words<'_>, run: TokenRange, out: &mut Vec<Named>) {
    let (start, end) = (run.start.0, run.end.0);
    if start >= end {
        return;
    }
    if let Some(k) = known(words, start, end).filter(|k| k.tokens == run) {
        if !(k.demonym && is_also_title_part(words, &k)) {
            out.push(k);
        }
        return;
    }
    // "R-Ohio": a legislator's party and state.
    if matches!(words.form(start), "R" | "D" | "I") && words.form(start + 1) == "-" {
        pieces(words, TokenRange::new(start + 2, end), out);
        return;
    }
    if let Some(cut) = hyphen_cut(words, start, end) {
        pieces(words, TokenRange::new(start, cut), out);
        pieces(words, TokenRange::new(cut + 1, end), out);
        return;
    }
    if is_headed(words, run) {
        let kind = head_kind(words, run).unwrap_or(EntityKind::Organization);
        if let Some((title, name)) = title_cut(words, run).filter(|_| kind == EntityKind::Place) {
            out.push(Named::new(name, EntityKind::Person, true).titled(Some(title)));
            return;
        }
        out.push(Named::new(run, kind, true));
        return;
    }
    if let Some((title, name)) = title_cut(words, run) {
        pieces(words, TokenRange::new(start, title.start.0), out);
        out.push(Named::new(name, EntityKind::Person, true).titled(Some(title)));
        return;
    }
    if ends_in_title(words, run) {
        let mut left = end;
        while left > start && is_title_word(words, left - 1) {
            left -= 1;
        }
        pieces(words, TokenRange::new(start, left), out);
        return;
    }
    if let Some(k) = known(words, start, end)
        && k.tokens.end.0 < end
        && splits_after(words, &k, end)
    {
        let rest = TokenRange::new(k.tokens.end.0, end);
        out.push(k);
        pieces(words, rest, out);
        return;
    }
    out.extend(plain(words, run));
}

/// "Central" of "Central African" and such: an adjective that is rather part of a title.
fn is_also_title_part(words: &Words<'_>, named: &Named) -> bool {
    words.people.is_modifier(words.lower(named.tokens.start.0))
}

/// Where a hyphen parts two names: "Peru-EU".
fn hyphen_cut(words: &Words<'_>, start: u32, end: u32) -> Option<u32> {
    (start + 1..end.saturating_sub(1)).find(|k| {
        let left =
            || (start..*k).any(|s| known(words, s, *k).is_some_and(|n| n.tokens.end.0 == *k));
        matches!(words.form(*k), "-" | "–") && left() && known(words, k + 1, end).is_some()
    })
}

/// What the head word of a name tells: its last word, or the one before "of".
pub(crate) fn head_kind(words: &Words<'_>, run: TokenRange) -> Option<EntityKind> {
    let (start, mut end) = (run.start.0, run.end.0);
    if let Some(of) = (start + 1..end).find(|t| matches!(words.lower(*t), "of" | "for" | "on"))
        && let Some(class) = words.organizations.class_of_head(words.lower(of - 1))
        && class != NameClass::Place
    {
        return Some(kind_of(class));
    }
    while end > start + 1
        && words
            .form(end - 1)
            .chars()
            .all(|c| c.is_ascii_digit() || c == '-' || c == 'I' || c == 'V')
    {
        end -= 1;
    }
    if end <= start {
        return None;
    }
    let first = words.lower(start);
    if matches!(
        first,
        "mount" | "lake" | "cape" | "port" | "fort" | "gulf" | "strait" | "isle"
    ) && end - start >= 2
    {
        return Some(EntityKind::Place);
    }
    let kind = kind_of(words.organizations.class_of_head(words.bare(end - 1))?);
    // "West Bank" is no bank.
    let territory = |run| {
        let hits = Gazetteer::shipped().look_up(&words.name(run));
        hits.iter()
            .any(|h| matches!(h.place.kind, PlaceKind::Territory | PlaceKind::Region))
    };
    let place = kind == EntityKind::Organization && run.len() > 1 && territory(run);
    Some(if place { EntityKind::Place } else { kind })
}

/// Whether a head word makes the run one name: "Inland Bakers Union", "Article 9".
fn is_headed(words: &Words<'_>, run: TokenRange) -> bool {
    let long = run.len() >= 2;
    if !long {
        return false;
    }
    let Some(kind) = head_kind(words, run) else {
        return false;
    };
    // A surname may look like a head word: "Energy Minister Ana Bank" is rare, "Karl Marx Street"
    // is not; a title inside decides for the person unless an office is named by it.
    let institution = matches!(kind, EntityKind::Organization | EntityKind::Law);
    if let Some((_, name)) = title_cut(words, run) {
        // "Inland Bakers Union" is no baker named Union; "Envoy Ana Bank" is an envoy.
        let given = |t: u32| words.people.gender_of_name(words.form(t)).is_some();
        let given = given(name.start.0) || is_initial(words, name.start.0) && name.len() > 2;
        return institution && !(name.len() > 1 && given);
    }
    let given = words
        .people
        .gender_of_name(words.form(run.start.0))
        .is_some()
        && run.len() == 2;
    !(given && !institution && kind != EntityKind::Event) || kind == EntityKind::Place
}

/// A title's head, in the plural too: "Presidents".
pub(super) fn is_head(words: &Words<'_>, token: u32) -> bool {
    let w = words.bare(token);
    let one = |w: &str| words.people.is_title(w) || words.people.is_address(w);
    one(w) || w.strip_suffix('s').is_some_and(|w| w.len() > 3 && one(w))
}

pub(super) fn is_title_word(words: &Words<'_>, token: u32) -> bool {
    let w = words.bare(token);
    words.people.is_title(w) || words.people.is_modifier(w) || words.people.is_address(w)
}

fn ends_in_title(words: &Words<'_>, run: TokenRange) -> bool {
    let last = run.end.0 - 1;
    let w = words.bare(last);
    let title =
        words.people.is_title(w) || words.people.is_address(w) && words.form(last).ends_with('.');
    title
        && words
            .people
            .gender_of_name(words.form(run.start.0))
            .is_none_or(|_| run.len() == 1)
}

/// A title and the person's name after it, when the run ends so.
fn title_cut(words: &Words<'_>, run: TokenRange) -> Option<(TokenRange, TokenRange)> {
    let (start, end) = (run.start.0, run.end.0);
    let head = (start..end.saturating_sub(1)).rev().find(|t| {
        is_head(words, *t) && !matches!(words.lower(*t + 1), "of" | "for" | "and" | "-" | "on")
    })?;
    let name = TokenRange::new(head + 1, end);
    if known(words, head + 1, end).is_some_and(|k| k.tokens == name) {
        return None;
    }
    let mut first = head;
    while first > start
        && (is_title_word(words, first - 1)
            || words.form(first - 1) == "-"
            || words.lower(first - 1) == "of")
    {
        first -= 1;
    }
    Some((TokenRange::new(first, head + 1), name))
}

/// Whether what follows a listed name is a name of its own.
fn splits_after(words: &Words<'_>, known: &Named, end: u32) -> bool {
    let next = known.tokens.end.0;
    let rest = TokenRange::new(next, end);
    let person = words.people.gender_of_name(words.form(next)).is_some() && rest.len() >= 2;
    let whole =
        crate::places::gazetteer_hit(&words.name(TokenRange::new(known.tokens.start.0, end)));
    !whole
        && (person
            || is_title_word(words, next)
            || known.kind == EntityKind::State && !known.demonym && rest.len() >= 2)
}

/// A run that no list, head word or title explains.
#[expect(clippy::unnecessary_wraps, reason = "callers extend a list with it")]
fn plain(words: &Words<'_>, run: TokenRange) -> Option<Named> {
    let (start, end) = (run.start.0, run.end.0);
    let name = words.name(run);
    let title = lower_title(words, start);
    let given = words.people.gender_of_name(words.form(start)).is_some();
    let particle =
        (start..end).any(|t| words.people.is_particle(words.lower(t)) && !words.is_capital(t));
    let place = crate::places::gazetteer_size(&name);
    let located = words.before(start).is_some_and(|b| words.is_locative(b));
    let initial = is_initial(words, start);
    let first_surname = words.people.is_surname_first(words.form(start)) && run.len() >= 2;
    if title.is_some() {
        return Some(Named::new(run, EntityKind::Person, true).titled(title));
    }
    let big = place.is_some_and(|p| p >= 50_000.0);
    if run.len() >= 2
        && run.len() <= 5
        && (given || initial || particle || first_surname)
        && !(big && located)
    {
        return Some(Named::new(run, EntityKind::Person, given || initial));
    }
    let letters = words.form(start);
    // "CINCINNATI" in a dateline is a city in capitals.
    let shouted = place.is_some() && letters.chars().count() > 4;
    let acronym = !located
        && !shouted
        && run.len() == 1
        && letters.chars().count() >= 2
        && letters
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '&'));
    if acronym {
        return Some(Named::new(run, EntityKind::Organization, false));
    }
    if words.countries.by_capital(&name).is_some() && !given {
        return Some(Named::new(run, EntityKind::Place, true));
    }
    if let Some(size) = place
        && (located || size >= 15_000.0 && !(run.len() == 1 && (given || words.is_saying(end))))
    {
        let noun = matches!(
            words.lower(end),
            "region" | "province" | "oblast" | "governorate" | "prefecture" | "county" | "district"
        );
        let whole = TokenRange::new(start, if noun { end + 1 } else { end });
        return Some(Named::new(whole, EntityKind::Place, located || big));
    }
    if run.len() >= 2 && (words.is_saying(end) || follows_saying(words, start) || aged(words, end))
    {
        return Some(Named::new(run, EntityKind::Person, false));
    }
    let article = words
        .before(start)
        .is_some_and(|b| matches!(words.lower(b), "the" | "a" | "an"));
    let kind = match () {
        () if located && run.len() <= 2 && !article => EntityKind::Place,
        () if article || run.len() > 3 => EntityKind::Organization,
        () if run.len() >= 2 => EntityKind::Person,
        () if given || words.is_saying(end) => EntityKind::Person,
        () => EntityKind::Organization,
    };
    Some(Named::new(run, kind, false))
}

/// Whether a word is an initial: "J.".
fn is_initial(words: &Words<'_>, token: u32) -> bool {
    let form = words.form(token);
    form.len() == 2 && form.ends_with('.') && words.is_capital(token)
}

fn follows_saying(words: &Words<'_>, start: u32) -> bool {
    words.before(start).is_some_and(|b| words.is_saying(b))
}

/// ", 47," after a name.
fn aged(words: &Words<'_>, end: u32) -> bool {
    let n = words.form(end + 1);
    words.form(end) == ","
        && (1..=3).contains(&n.len())
        && n.chars().all(|c| c.is_ascii_digit())
        && words.form(end + 2) == ","
}

/// A title in small letters that ends just before a name: "former president".
pub(crate) fn lower_title(words: &Words<'_>, start: u32) -> Option<TokenRange> {
    let last = words.before(start)?;
    if !is_head(words, last)
        || words.is_capital(last) && words.is_start(last) && words.bare(last) == "general"
    {
        return None;
    }
    let mut first = last;
    while let Some(b) = words.before(first) {
        if is_title_word(words, b) && !matches!(words.lower(b), "the" | "a")
            || words.form(b) == "-" && words.touches(b)
        {
            first = b;
        } else {
            break;
        }
    }
    while words.form(first) == "-" {
        first += 1;
    }
    Some(TokenRange::new(first, start))
}
