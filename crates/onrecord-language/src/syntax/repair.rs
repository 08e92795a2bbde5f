//! Trees put right where the parser is known to err and the words leave no choice.
//!
//! `sent up to 4,000 troops`: "up to" before a number bounds it (UD: `up` an adverb of the number, `to`
//! fixed to it), and what is counted is the object; the parser hangs it on the verb by "to". After
//! verbs of motion and growth "up to" may lead somewhere, and is left alone.
//!
//! `gave Peru $5 million`: a verb has one object (UD); of two the first is whom something is given
//! to, or, next to a name, what the name stands for.

use onrecord_model::{Relation, Upos};

use super::WordAnalysis;

/// Verbs that take one up to somewhere.
const LEADS: [&str; 20] = [
    "go", "come", "rise", "climb", "run", "walk", "get", "move", "add", "step", "drive", "soar",
    "jump", "grow", "increase", "live", "catch", "speed", "open", "wake",
];

/// Verbs that give somebody something.
const GIVES: [&str; 12] = [
    "give", "lend", "loan", "offer", "pay", "grant", "send", "sell", "award", "promise", "pledge",
    "owe",
];

/// Puts a sentence's tree right.
pub(super) fn repair(forms: &[&str], words: &mut [WordAnalysis]) {
    for i in 0..words.len().saturating_sub(2) {
        if forms[i].eq_ignore_ascii_case("up") && forms[i + 1].eq_ignore_ascii_case("to") {
            bound(words, i);
        }
    }
    for verb in 0..words.len() {
        if words[verb].upos == Upos::Verb {
            two_objects(words, verb);
        }
    }
}

/// Gives the first of a verb's two objects its own place.
fn two_objects(words: &mut [WordAnalysis], verb: usize) {
    let mut objects = words
        .iter()
        .enumerate()
        .skip(verb + 1)
        .filter_map(|(i, w)| {
            let object = w.head == Some(verb) && w.relation.as_str() == "obj";
            object.then_some(i)
        });
    let (Some(first), Some(second), None) = (objects.next(), objects.next(), objects.next()) else {
        return;
    };
    if GIVES.contains(&words[verb].lemma.as_str()) {
        words[first].relation = Relation::new("iobj");
    } else if second == first + 1
        && words[first].upos == Upos::Noun
        && words[second].upos == Upos::Propn
    {
        words[second].head = Some(first);
        words[second].relation = Relation::new("appos");
    }
}

/// The counted noun behind "up to" at `up` becomes its verb's object.
fn bound(words: &mut [WordAnalysis], up: usize) {
    let number = up + 2;
    let counts = |w: &WordAnalysis| matches!(w.upos, Upos::Num | Upos::Sym);
    if !words.get(number).is_some_and(counts) {
        return;
    }
    // "4,000" hangs on "troops", or is the head itself.
    let mut noun = number;
    while words[noun].relation.is(&["nummod", "compound", "amod"])
        && let Some(head) = words[noun].head.filter(|h| *h > noun && *h <= number + 6)
    {
        noun = head;
    }
    let Some(verb) = words[noun].head else {
        return;
    };
    let by_to = words[up + 1].head == Some(noun) || words[up + 1].head == Some(number);
    let object = words
        .iter()
        .position(|w| w.head == Some(verb) && w.relation.as_str() == "obj");
    // "lend Peru up to $5 million": what was taken for the object is whom it is given to.
    let given = |at: usize| at > verb && at < up && GIVES.contains(&words[verb].lemma.as_str());
    let leads = LEADS.contains(&words[verb].lemma.as_str());
    let hangs = words[noun].relation.is(&["obl", "nmod"]) && words[verb].upos == Upos::Verb;
    if !hangs || !by_to || leads || verb > up || object.is_some_and(|at| !given(at)) {
        return;
    }
    if let Some(at) = object {
        words[at].relation = Relation::new("iobj");
    }
    words[noun].relation = Relation::new("obj");
    (words[up].head, words[up].relation) = (Some(number), Relation::new("advmod"));
    (words[up + 1].head, words[up + 1].relation) = (Some(up), Relation::new("fixed"));
}
