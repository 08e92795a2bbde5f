use super::*;

fn analyse(sentences: &[&str]) -> Vec<SentenceAnalysis> {
    let words: Vec<Vec<&str>> = sentences.iter().map(|s| s.split(' ').collect()).collect();
    Syntax::new().expect("weights that fit").analyse(&words)
}

/// Each word with its part of speech, its head's word and its relation.
fn check(sentence: &str, want: &[(&str, &str, &str)]) {
    let words: Vec<&str> = sentence.split(' ').collect();
    let found = analyse(&[sentence]).remove(0);
    for (word, head, relation) in want {
        let at = words
            .iter()
            .position(|w| w == word)
            .expect("a word of the sentence");
        let got = &found.words[at];
        let governor = got.head.map_or("", |h| words[h]);
        assert_eq!(
            (governor, got.relation.as_str()),
            (*head, *relation),
            "{word} in {sentence}"
        );
    }
}

#[test]
fn up_to_bounds_a_number() {
    check(
        "France will send up to 4,000 troops to Liberia .",
        &[
            ("troops", "send", "obj"),
            ("up", "4,000", "advmod"),
            ("Liberia", "send", "obl"),
        ],
    );
    check(
        "Prices rose up to 5 percent .",
        &[("percent", "rose", "obl")],
    );
}

#[test]
fn a_verb_has_one_object() {
    check(
        "Norway gave the Cook Islands 3.4 million euros for new ferries .",
        &[("Islands", "gave", "iobj"), ("euros", "gave", "obj")],
    );
    check(
        "Troops retook the old provincial capital Herat at dawn .",
        &[("capital", "retook", "obj"), ("Herat", "capital", "appos")],
    );
}

#[test]
fn plain_sentences_are_parsed() {
    check(
        "The harbour board said on Monday it would repay the loan .",
        &[
            ("board", "said", "nsubj"),
            ("said", "", "root"),
            ("Monday", "said", "obl"),
            ("repay", "said", "ccomp"),
            ("loan", "repay", "obj"),
        ],
    );
    check(
        "The bridge was closed by the council .",
        &[
            ("bridge", "closed", "nsubj:pass"),
            ("council", "closed", "obl:agent"),
        ],
    );
}

#[test]
fn words_have_lemmas_and_morphology() {
    let found = analyse(&["The ferries did n’t sail ."]).remove(0);
    let lemmas: Vec<&str> = found.words.iter().map(|w| w.lemma.as_str()).collect();
    assert_eq!(lemmas, ["the", "ferry", "do", "not", "sail", "."]);
    assert_eq!(
        found.words[1].morph.number,
        Some(onrecord_model::Number::Plur)
    );
    assert_eq!(
        found.words[2].morph.tense,
        Some(onrecord_model::Tense::Past)
    );
    assert!(found.words[3].morph.negative);
}

#[test]
fn names_are_found_and_told_apart() {
    let found = analyse(&["Elena Petrova of Northgate Bank flew to Lisbon ."]).remove(0);
    let names: Vec<(Range<usize>, NameKind)> =
        found.names.into_iter().map(|(r, k, _)| (r, k)).collect();
    let want = [
        (0..2, NameKind::Person),
        (3..5, NameKind::Organization),
        (7..8, NameKind::Place),
    ];
    assert_eq!(names, want);
}

#[test]
fn a_sentence_reads_the_same_in_any_company() {
    let sentences = [
        "MAYOR QUITS OVER HARBOUR LOAN",
        "“ No , ” she said .",
        "Why ?",
    ];
    let together = analyse(&sentences);
    for (alone, beside) in sentences.iter().zip(together) {
        assert_eq!(format!("{:?}", analyse(&[alone])[0]), format!("{beside:?}"));
    }
}

#[test]
fn any_words_make_a_tree() {
    let long = vec!["and"; 3 * PIECE + 7];
    let odd = vec!["", "\u{301}", "日本", "￼", "=", "…………", "a\u{0}b"];
    let found =
        Syntax::new()
            .expect("weights that fit")
            .analyse(&[long.clone(), Vec::new(), odd.clone()]);
    assert_eq!(
        found.iter().map(|s| s.words.len()).collect::<Vec<_>>(),
        [long.len(), 0, odd.len()]
    );
    for s in found.iter().filter(|s| !s.words.is_empty()) {
        assert_eq!(s.words.iter().filter(|w| w.head.is_none()).count(), 1);
        for from in 0..s.words.len() {
            let up = std::iter::successors(Some(from), |i| s.words[*i].head);
            assert!(up.take(s.words.len() + 1).count() <= s.words.len());
        }
    }
}
