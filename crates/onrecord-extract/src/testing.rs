//! Documents for tests, from small hand-checked trees: no model is needed to test a rule.
//!
//! A sentence is a line per token, `FORM LEMMA UPOS HEAD RELATION [FEATS [XPOS]]`, with a blank
//! line after it; the ten columns of CoNLL-U (tab-separated) are read as well. A form that starts
//! with `~` touches the token before it (`~,`, `~'s`). Comments say what trees do not:
//! `# newpar`, `# segment = headline`, `# names = 1-2:person 5:place`.
//!
//! ```text
//! # names = 1:place
//! Finland    Finland   PROPN 3 nsubj
//! will       will      AUX   3 aux
//! deliver    deliver   VERB  0 root VerbForm=Inf
//! generators generator NOUN  3 obj
//! ~.         .         PUNCT 3 punct
//! ```

use onrecord_model::{
    Document, Mood, Morph, Name, NameKind, Number, Precision, Published, PublishedBasis, Relation,
    Report, Segment, SegmentLabel, Sentence, SentenceId, Tense, Text, TextRange, Token, TokenId,
    TokenRange, Upos, VerbForm, Voice,
};
use smol_str::SmolStr;

/// A report and its analysis from trees; see the module for the format.
///
/// The day of publication is `published` (`2026-03-11`); an empty string leaves it unknown.
pub(crate) fn read(trees: &str, published: &str) -> (Report, Document) {
    let rows = rows(trees);
    let mut text = String::new();
    let (mut tokens, mut sentences, mut names) = (Vec::new(), Vec::new(), Vec::new());
    let mut paragraph = 0;
    let mut segments: Vec<(SegmentLabel, usize)> = Vec::new();
    for sentence in &rows {
        let new = sentence.newpar || segments.last().is_none_or(|s| s.0 != sentence.segment);
        if new && !tokens.is_empty() {
            text.push_str("\n\n");
            paragraph += 1;
        }
        if segments.last().is_none_or(|s| s.0 != sentence.segment) {
            segments.push((sentence.segment, text.len()));
        }
        let first = tokens.len() as u32;
        for row in &sentence.tokens {
            if !row.touches && !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(&row.form);
            tokens.push(Token {
                range: TextRange::of(start, text.len()),
                sentence: SentenceId(sentences.len() as u32),
                upos: Upos::X,
                xpos: SmolStr::default(),
                morph: Morph::default(),
                lemma: row.form.to_lowercase().into(),
                head: None,
                relation: Relation::default(),
                happened: 0,
            });
        }
        let range = TokenRange::new(first, tokens.len() as u32);
        for (from, to, kind) in &sentence.names {
            names.push(Name {
                tokens: TokenRange::new(first + from - 1, first + to),
                kind: *kind,
                score: 1.0,
            });
        }
        sentences.push(Sentence {
            tokens: range,
            range: tokens[first as usize]
                .range
                .cover(tokens[tokens.len() - 1].range),
            paragraph,
            segment: sentence.segment,
        });
    }
    let text = Text::new(text);
    let mut document = Document::new(text.clone(), sentences, tokens);
    document
        .set_tags(tags(&rows))
        .expect("one tag for each token");
    document
        .set_trees(arcs(&rows))
        .expect("heads inside the sentence");
    document
        .set_names(names)
        .expect("names inside the sentence");
    (report(text, &segments, published), document)
}

/// The range of the first occurrence of some words.
pub(crate) fn find(report: &Report, words: &str) -> TextRange {
    let at = report.text.as_str().find(words).expect("words of the text");
    TextRange::of(at, at + words.len())
}

struct Row {
    form: String,
    touches: bool,
    lemma: String,
    upos: Upos,
    xpos: String,
    morph: Morph,
    head: u32,
    relation: String,
}

struct Rows {
    tokens: Vec<Row>,
    newpar: bool,
    segment: SegmentLabel,
    names: Vec<(u32, u32, NameKind)>,
}

fn rows(trees: &str) -> Vec<Rows> {
    let mut out = Vec::new();
    for block in trees.split("\n\n") {
        let mut sentence = Rows {
            tokens: Vec::new(),
            newpar: false,
            segment: SegmentLabel::Body,
            names: Vec::new(),
        };
        let mut touches = false;
        for line in block.lines().map(str::trim).filter(|l| !l.is_empty()) {
            if let Some(comment) = line.strip_prefix("# ") {
                remark(comment, &mut sentence);
                continue;
            }
            let columns: Vec<&str> = if line.contains('\t') {
                line.split('\t').collect()
            } else {
                line.split_whitespace().collect()
            };
            if columns[0].contains(['-', '.']) && columns.len() == 10 {
                continue;
            }
            let mut row = row(&columns, line);
            row.touches |= touches;
            touches = columns.len() == 10 && columns[9].contains("SpaceAfter=No");
            sentence.tokens.push(row);
        }
        if !sentence.tokens.is_empty() {
            out.push(sentence);
        }
    }
    out
}

fn remark(comment: &str, sentence: &mut Rows) {
    match comment.split_once(" = ") {
        None if comment == "newpar" => sentence.newpar = true,
        Some(("segment", label)) => {
            sentence.segment = match label {
                "headline" => SegmentLabel::Headline,
                "teaser" => SegmentLabel::Teaser,
                "crosshead" => SegmentLabel::Crosshead,
                "caption" => SegmentLabel::Caption,
                _ => SegmentLabel::Body,
            };
        }
        Some(("names", list)) => {
            for name in list.split_whitespace() {
                let (at, kind) = name.split_once(':').expect("`1-2:person`");
                let (from, to) = at.split_once('-').unwrap_or((at, at));
                let number = |s: &str| s.parse().expect("a token number");
                sentence
                    .names
                    .push((number(from), number(to), kind_of(kind)));
            }
        }
        _ => {}
    }
}

fn kind_of(kind: &str) -> NameKind {
    match kind {
        "person" => NameKind::Person,
        "organization" => NameKind::Organization,
        "place" => NameKind::Place,
        _ => NameKind::Misc,
    }
}

fn row(columns: &[&str], line: &str) -> Row {
    let full = columns.len() == 10;
    let (form, lemma, upos, head, relation, feats, xpos) = if full {
        (
            columns[1], columns[2], columns[3], columns[6], columns[7], columns[5], columns[4],
        )
    } else {
        assert!(columns.len() >= 5, "FORM LEMMA UPOS HEAD RELATION: {line}");
        let at = |i: usize| columns.get(i).copied().unwrap_or_default();
        (
            columns[0],
            columns[1],
            columns[2],
            columns[3],
            columns[4],
            at(5),
            at(6),
        )
    };
    let touching = form.strip_prefix('~').filter(|f| !full && !f.is_empty());
    Row {
        form: touching.unwrap_or(form).to_owned(),
        touches: touching.is_some(),
        lemma: lemma.to_owned(),
        upos: Upos::of(upos),
        xpos: xpos.replace('_', ""),
        morph: morph(feats),
        head: head.parse().expect("the head's number"),
        relation: relation.to_owned(),
    }
}

fn morph(feats: &str) -> Morph {
    let mut m = Morph::default();
    for (name, value) in feats.split('|').filter_map(|f| f.split_once('=')) {
        match (name, value) {
            ("Tense", "Past") => m.tense = Some(Tense::Past),
            ("Tense", "Pres") => m.tense = Some(Tense::Pres),
            ("Mood", "Ind") => m.mood = Some(Mood::Ind),
            ("Mood", "Imp") => m.mood = Some(Mood::Imp),
            ("Mood", "Sub") => m.mood = Some(Mood::Sub),
            ("VerbForm", "Fin") => m.verb_form = Some(VerbForm::Fin),
            ("VerbForm", "Inf") => m.verb_form = Some(VerbForm::Inf),
            ("VerbForm", "Ger") => m.verb_form = Some(VerbForm::Ger),
            ("VerbForm", "Part") => m.verb_form = Some(VerbForm::Part),
            ("Voice", "Act") => m.voice = Some(Voice::Act),
            ("Voice", "Pass") => m.voice = Some(Voice::Pass),
            ("Number", "Sing") => m.number = Some(Number::Sing),
            ("Number", "Plur") => m.number = Some(Number::Plur),
            ("Person", p) => m.person = p.parse().unwrap_or_default(),
            ("Polarity", "Neg") => m.negative = true,
            _ => {}
        }
    }
    m
}

fn tags(rows: &[Rows]) -> Vec<(Upos, SmolStr, Morph, SmolStr)> {
    rows.iter()
        .flat_map(|s| &s.tokens)
        .map(|r| {
            (
                r.upos,
                r.xpos.as_str().into(),
                r.morph,
                r.lemma.as_str().into(),
            )
        })
        .collect()
}

fn arcs(rows: &[Rows]) -> Vec<(Option<TokenId>, Relation)> {
    let mut out = Vec::new();
    for sentence in rows {
        let first = out.len() as u32;
        for r in &sentence.tokens {
            let head = (r.head > 0).then(|| TokenId(first + r.head - 1));
            out.push((head, Relation::new(&r.relation)));
        }
    }
    out
}

fn report(text: Text, segments: &[(SegmentLabel, usize)], published: &str) -> Report {
    let ends = segments
        .iter()
        .skip(1)
        .map(|s| s.1)
        .chain([text.as_str().len()]);
    let segments = segments
        .iter()
        .zip(ends)
        .filter_map(|((label, start), end)| Segment::new(&text, *label, TextRange::of(*start, end)))
        .collect::<Vec<_>>();
    let headline = segments
        .iter()
        .find(|s| s.label == SegmentLabel::Headline)
        .and_then(|s| text.trimmed(s.range()));
    Report {
        headline,
        published: (!published.is_empty()).then(|| Published {
            value: published.into(),
            precision: Precision::Day,
            basis: PublishedBasis::Metadata,
            evidence: Vec::new(),
        }),
        segments,
        ..Report::bare(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_become_a_document() {
        let (report, document) = read(
            "
            # segment = headline
            Peace peace NOUN 2 nsubj
            holds hold VERB 0 root Tense=Pres|VerbForm=Fin

            # names = 1:place
            Norway Norway PROPN 3 nsubj
            ~'s 's PART 1 case
            waits wait VERB 0 root VerbForm=Fin
            ~. . PUNCT 3 punct
            ",
            "2026-03-11",
        );
        assert_eq!(report.text.as_str(), "Peace holds\n\nNorway's waits.");
        assert!(report.tiles());
        assert_eq!(
            report.headline.as_ref().map(onrecord_model::Span::quote),
            Some("Peace holds")
        );
        assert_eq!(document.sentences().len(), 2);
        assert_eq!(document.words(document.names()[0].tokens), "Norway");
        assert_eq!(
            document.words(document.subtree(TokenId(4))),
            "Norway's waits."
        );
        assert_eq!(document.sentences()[1].paragraph, 1);
        assert_eq!(find(&report, "waits"), document.token(TokenId(4)).range);
    }
}
