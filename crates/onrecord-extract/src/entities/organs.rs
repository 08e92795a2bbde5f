//! Names that small letters complete: "the Peruvian navy", "Moor administration", "Senate trade
//! committee", "the Chilean-led coalition", "Western allies", "Orca missile".
//!
//! Left out: "government", which is the state itself.

use onrecord_lexicon::{NameClass, Offices, Use};
use onrecord_model::{EntityKind, TokenRange};

use super::names::{Named, kind_of};
use super::words::Words;

/// Takes the small words into the names they belong to.
pub(super) fn extend(words: &Words<'_>, names: &mut Vec<Named>) {
    for n in names.iter_mut() {
        if words.is_possessive_name(n.tokens) {
            continue;
        }
        if let Some((end, kind)) = whole(words, n) {
            let mut longer = Named::new(TokenRange::new(n.tokens.start.0, end), kind, true);
            longer.title = None;
            *n = longer;
        }
    }
    let taken: Vec<TokenRange> = names.iter().map(|n| n.tokens).collect();
    names.extend(groups(words).filter(|g| !taken.iter().any(|t| t.overlaps(g.tokens))));
}

/// Where the longer name ends, and what it names.
fn whole(words: &Words<'_>, n: &Named) -> Option<(u32, EntityKind)> {
    let e = n.tokens.end.0;
    let next = words.lower(e);
    if words.form(e) == "-" && words.lower(e + 1) == "led" {
        let coalition = matches!(words.lower(e + 2), "coalition" | "alliance");
        return coalition.then_some((e + 3, EntityKind::Group));
    }
    if words.is_capital(e) || !next.starts_with(|c: char| c.is_alphanumeric() || c == '-') {
        return None;
    }
    let both = words.name(TokenRange::new(n.tokens.start.0, e + 1));
    if n.kind != EntityKind::Person
        && let Some(i) = words.organizations.institution(&both)
    {
        return Some((e + 1, kind_of(i.class)));
    }
    match n.kind {
        EntityKind::State => {
            let organ = words.usage.is(Use::StateOrgan, next);
            let ministry = (0..=2).find(|k| words.lower(e + k) == "ministry");
            let forces = matches!(
                (next, words.lower(e + 1)),
                ("armed", "forces") | ("air", "force") | ("coast", "guard") | ("central", "bank")
            );
            match (organ, forces, ministry) {
                (true, ..) => Some((e + 1, EntityKind::Organization)),
                (_, true, _) => Some((e + 2, EntityKind::Organization)),
                (.., Some(k)) if (0..k).all(|x| words.people.is_modifier(words.lower(e + x))) => {
                    Some((e + k + 1, EntityKind::Organization))
                }
                _ => None,
            }
        }
        EntityKind::Person | EntityKind::Place => {
            let leader = n.kind == EntityKind::Person || led(words, n).is_some();
            let organ = leader && words.usage.is(Use::LeaderOrgan, next);
            organ.then_some((e + 1, EntityKind::Organization))
        }
        EntityKind::Organization => {
            let part = (0..=2).find(|k| words.usage.is(Use::Part, words.lower(e + k)))?;
            let small = (0..part).all(|k| words.people.is_modifier(words.lower(e + k)));
            (small && (part > 0 || n.sure)).then_some((e + part + 1, EntityKind::Organization))
        }
        _ => None,
    }
    .or_else(|| {
        let product = words.organizations.class_of_head(next) == Some(NameClass::Product);
        (product && !n.sure).then_some((e, EntityKind::Product))
    })
}

/// The country whose heads of state alone bear the name: Lincoln is a town too, but not in "the
/// Lincoln administration".
pub(super) fn led(words: &Words<'_>, n: &Named) -> Option<&'static str> {
    let surname = words.name(TokenRange::new(n.tokens.start.0, n.tokens.start.0 + 1));
    Offices::shipped().country_of_surname(&surname)
}

/// "Western allies", "the rebels": groups that a noun tells.
fn groups<'w>(words: &'w Words<'_>) -> impl Iterator<Item = Named> + 'w {
    (0..words.len()).filter_map(|t| {
        let w = words.lower(t);
        let side = words.usage.is(Use::Side, w) && !words.is_capital(t);
        let regional = words.usage.is(Use::Group, w)
            && words.before(t).is_some_and(|b| {
                words.usage.is(Use::Regional, words.lower(b)) && words.is_capital(b)
            });
        let start = match (side, regional) {
            (true, _) => t,
            (_, true) => t - 1,
            _ => return None,
        };
        Some(Named::new(
            TokenRange::new(start, t + 1),
            EntityKind::Group,
            true,
        ))
    })
}
