use onrecord_model::{Report, Segment, SegmentLabel, Text, TextRange};
use proptest::prelude::*;

use super::{LONGEST_SENTENCE, MOST_WORDS, cut, cut_short};

pub(crate) fn report(text: &str, headline: usize) -> Report {
    let text = Text::new(text);
    let len = text.as_str().len();
    let parts = [
        (SegmentLabel::Headline, 0, headline),
        (SegmentLabel::Body, headline, len),
    ];
    let segments = parts
        .into_iter()
        .filter(|(_, a, b)| a < b)
        .filter_map(|(label, a, b)| Segment::new(&text, label, TextRange::of(a, b)))
        .collect();
    Report {
        segments,
        ..Report::bare(text)
    }
}

/// Sentences as lines, tokens parted by a blank.
fn lines(text: &str) -> Vec<String> {
    let document = cut(&report(text, 0));
    let line = |s: &onrecord_model::Sentence| {
        let forms = s.tokens.iter().map(|t| document.form(t));
        forms.collect::<Vec<_>>().join(" ")
    };
    document.sentences().iter().map(line).collect()
}

fn check(text: &str, want: &[&str]) {
    assert_eq!(lines(text), want);
}

#[test]
fn clitics_part() {
    check(
        "We didn’t see Norway's plan; they can't, we'll, I'm, cannot, gonna.",
        &["We did n’t see Norway 's plan ; they ca n't , we 'll , I 'm , can not , gon na ."],
    );
    check("The ministers’ cars", &["The ministers ’ cars"]);
}

#[test]
fn hyphens_part_except_after_prefixes() {
    check(
        "The so-called well-known co-chair re-elected a 32-year-old; call 555-0199.",
        &["The so - called well - known co-chair re-elected a 32 - year - old ; call 555-0199 ."],
    );
}

#[test]
fn figures_and_money() {
    check(
        "It paid C$1 billion, US$4.5 and $1,000.50 (5%) at 10:30 on 9/11, 20km off.",
        &["It paid C$ 1 billion , US$ 4.5 and $ 1,000.50 ( 5 % ) at 10:30 on 9/11 , 20 km off ."],
    );
}

#[test]
fn addresses_stay_whole() {
    check(
        "See https://example.org/a?b=c, or write to press.office@example.org.",
        &["See https://example.org/a?b=c , or write to press.office@example.org ."],
    );
}

#[test]
fn cases_degrees_and_tickers_end_no_sentence() {
    check(
        "It cited Marsh v. Olin and Ann Roe, Ph.D., of Varn (VRNa_p.OL). He left.He came.",
        &[
            "It cited Marsh v. Olin and Ann Roe , Ph.D. , of Varn ( VRNa_p.OL ) .",
            "He left .",
            "He came .",
        ],
    );
}

#[test]
fn abbreviations_do_not_end_sentences() {
    check(
        "Lt. Gen. J. R. Okoro met U.S. President Doe on Oct. 4 at 9 a.m. in St. Anne. It rained.",
        &[
            "Lt. Gen. J. R. Okoro met U.S. President Doe on Oct. 4 at 9 a.m. in St. Anne .",
            "It rained .",
        ],
    );
    check(
        "He left the U.S. The visit ended. Rule No. 5 holds. The answer is no. They went.",
        &[
            "He left the U.S.",
            "The visit ended .",
            "Rule No. 5 holds .",
            "The answer is no .",
            "They went .",
        ],
    );
}

#[test]
fn quotation_marks_close_after_the_stop() {
    check(
        "“We are ready.” He paused. “Are you?” Maria Sands asked. \"Never!\" he said... and left.",
        &[
            "“ We are ready . ”",
            "He paused .",
            "“ Are you ? ” Maria Sands asked .",
            "\" Never ! \" he said ... and left .",
        ],
    );
}

#[test]
fn a_headline_line_is_one_sentence() {
    let text = "Can it last? Experts doubt it\n\nIt lasted. Twice.";
    let document = cut(&report(text, 30));
    let kinds: Vec<_> = document.sentences().iter().map(|s| s.segment).collect();
    let (headline, body) = (SegmentLabel::Headline, SegmentLabel::Body);
    assert_eq!(kinds, [headline, body, body]);
    assert_eq!(document.sentences()[2].paragraph, 1);
}

proptest! {
    #[test]
    fn tokens_are_in_order_and_cover_what_is_not_blank(text in "(\\PC|[a-z.'’\\-\"$0-9@/: \n]){0,200}") {
        let document = cut(&report(&text, 0));
        let mut covered = String::new();
        let mut at = 0;
        for token in document.tokens() {
            prop_assert!(token.range.start >= at && token.range.end > token.range.start);
            at = token.range.end;
            covered.push_str(document.text().slice(token.range));
        }
        let wanted: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        prop_assert_eq!(covered, wanted);
        let mut next = 0;
        for sentence in document.sentences() {
            prop_assert_eq!(sentence.tokens.start.0, next);
            prop_assert!(!sentence.tokens.is_empty());
            next = sentence.tokens.end.0;
        }
        prop_assert_eq!(next as usize, document.tokens().len());
    }
}

#[test]
fn a_report_is_read_so_far_and_told() {
    let long = "Rain fell, he said. ".repeat(MOST_WORDS);
    let (document, beyond) = cut_short(&report(&long, 0));
    assert_eq!(document.tokens().len(), MOST_WORDS.next_multiple_of(6));
    let last = document.sentences().last().unwrap().range;
    assert_eq!(beyond.map(|b| b.start), Some(last.end + 1));
    let (document, beyond) = cut_short(&report(&long[..2000], 0));
    assert!(beyond.is_none() && document.tokens().len() == 600);
}

#[test]
fn no_sentence_goes_on_for_ever() {
    for endless in ["Ana and ", ", ", "\"", "?( "] {
        let (document, _) = cut_short(&report(&endless.repeat(20_000), 0));
        let longest = document.sentences().iter().map(|s| s.tokens.len()).max();
        assert!(longest.is_some_and(|n| n <= LONGEST_SENTENCE), "{endless}");
        assert!(document.tokens().len() <= MOST_WORDS + LONGEST_SENTENCE);
    }
}
