//! What a class of the model means for a word: its lemma and its morphology.

use onrecord_model::{Mood, Morph, Number, Tense, VerbForm, Voice};
use smol_str::{SmolStr, ToSmolStr};

/// How a form becomes its lemma.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LemmaRule {
    /// The lemma itself.
    Whole(SmolStr),
    /// Letters cut from the end and letters put in their place; lower-cased first or not.
    Ending {
        lower: bool,
        cut: usize,
        add: SmolStr,
    },
}

impl LemmaRule {
    /// From the trainer's notation: `=be`, `l3y`, `c0`.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut chars = text.chars();
        match chars.next()? {
            '=' => Some(Self::Whole(chars.as_str().into())),
            mode @ ('l' | 'c') => Some(Self::Ending {
                lower: mode == 'l',
                cut: chars.next()?.to_digit(10)? as usize,
                add: chars.as_str().into(),
            }),
            _ => None,
        }
    }

    /// Whether it changes the end of the form.
    pub(super) fn cuts(&self) -> bool {
        matches!(self, Self::Ending { cut: 1.., .. })
    }

    /// The lemma of a form; the form itself if the rule would leave nothing.
    pub(super) fn apply(&self, form: &str) -> SmolStr {
        match self {
            Self::Whole(lemma) => lemma.clone(),
            Self::Ending { lower, cut, add } => {
                let base = if *lower {
                    form.to_lowercase()
                } else {
                    form.to_owned()
                };
                let end = match cut {
                    0 => base.len(),
                    n => base.char_indices().rev().nth(n - 1).map_or(0, |(i, _)| i),
                };
                if end == 0 && add.is_empty() {
                    return base.to_smolstr();
                }
                [&base[..end], add].concat().to_smolstr()
            }
        }
    }
}

/// From UD features: `Mood=Ind|Tense=Past|VerbForm=Fin`.
pub(super) fn morph(features: &str) -> Morph {
    let mut m = Morph::default();
    for feature in features.split('|') {
        match feature {
            "Tense=Past" => m.tense = Some(Tense::Past),
            "Tense=Pres" => m.tense = Some(Tense::Pres),
            "Mood=Ind" => m.mood = Some(Mood::Ind),
            "Mood=Imp" => m.mood = Some(Mood::Imp),
            "Mood=Sub" => m.mood = Some(Mood::Sub),
            "VerbForm=Fin" => m.verb_form = Some(VerbForm::Fin),
            "VerbForm=Inf" => m.verb_form = Some(VerbForm::Inf),
            "VerbForm=Ger" => m.verb_form = Some(VerbForm::Ger),
            "VerbForm=Part" => m.verb_form = Some(VerbForm::Part),
            "Voice=Act" => m.voice = Some(Voice::Act),
            "Voice=Pass" => m.voice = Some(Voice::Pass),
            "Number=Sing" => m.number = Some(Number::Sing),
            "Number=Plur" | "Number=Ptan" => m.number = Some(Number::Plur),
            "Person=1" => m.person = 1,
            "Person=2" => m.person = 2,
            "Person=3" => m.person = 3,
            "Polarity=Neg" => m.negative = true,
            _ => {}
        }
    }
    m
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: &str, form: &str, lemma: &str) {
        let rule = LemmaRule::of(rule).expect("a rule");
        assert_eq!(rule.apply(form), lemma);
    }

    #[test]
    fn rules_make_lemmas() {
        check("=be", "’s", "be");
        check("l3y", "Parties", "party");
        check("l0", "Said", "said");
        check("c0", "Oslo", "Oslo");
        check("l1", "é", "é");
    }

    #[test]
    fn features_become_morphology() {
        let m = morph("Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin");
        assert_eq!((m.person, m.tense), (3, Some(Tense::Pres)));
        assert_eq!(morph("_"), Morph::default());
    }
}
