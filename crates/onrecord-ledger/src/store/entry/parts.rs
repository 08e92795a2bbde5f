//! Parts of an entry, as its record has them.

use std::collections::BTreeSet;

use onrecord_model::{Amount, AmountBasis, Entity, MentionForm, Place, Span};

use super::{At, Sum, Who};

/// An amount in each currency that is stated or worked out, its own first.
pub(crate) fn sums(amount: &Amount) -> Vec<Sum> {
    let unit = amount.currency.as_ref().or(amount.unit.as_ref());
    let own = unit.map(|unit| (&amount.value, unit, AmountBasis::Stated));
    let restated = amount.restated.iter();
    let restated = restated.map(|r| (&r.value, &r.currency, r.basis));
    let mut out: Vec<Sum> = Vec::new();
    for (value, unit, basis) in own.into_iter().chain(restated) {
        if out.iter().all(|s| s.unit != *unit) {
            out.push(Sum {
                qualifier: Some(amount.qualifier),
                basis: Some(basis),
                ..Sum::of(value, unit)
            });
        }
    }
    out
}

pub(super) fn at(name: &str, place: &Place) -> At {
    At {
        name: name.to_owned(),
        position: place.lat.zip(place.lon),
        country: place.country.clone(),
    }
}

pub(super) fn within(span: &Span, words: &[Span]) -> bool {
    let inside = |w: &Span| w.start() <= span.start() && span.end() <= w.end();
    words.iter().any(inside)
}

/// Who an entity is: its name, its aliases and the forms of its name in the text. A metonym is
/// no form of the name: who looks for Kyiv does not look for all that Ukraine says.
pub(crate) fn who(e: &Entity) -> Who {
    let mut seen = BTreeSet::from([e.name.as_str()]);
    let forms = e.mentions.iter();
    let forms = forms.filter(|m| m.form == MentionForm::Name && !m.metonym);
    let forms = e
        .aliases
        .iter()
        .map(String::as_str)
        .chain(forms.map(|m| m.span.quote()));
    let also: Vec<&str> = forms.filter(|f| seen.insert(f)).collect();
    let links = e.links.iter().map(|l| format!("{}:{}", l.scheme, l.id));
    Who {
        name: e.name.clone(),
        also: also.into_iter().map(str::to_owned).collect(),
        links: links.collect(),
    }
}
