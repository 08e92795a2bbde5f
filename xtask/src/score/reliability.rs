//! Whether an entry of confidence 0.8 is right eight times in ten: figures and diagrams.
//!
//! A statement is right when some gold attribution has its source (half of the words, as F1) and
//! its content (half of the words, as Jaccard): what `training/calibrate.py` fits the network's
//! confidence to, on the even stories of the same set. The odd stories were not fitted to. What
//! rules alone found is drawn apart: its confidence is a constant for each rule.
//!
//! A commitment is right when gold has its words at the same status, an event when it has them with the same
//! type (`acts`).
//!
//! Left out: one-to-one pairing, which the scorers do.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use anyhow::Result;

use super::shared::repository;
use super::{Figure, Shared};

/// Bins of the diagram.
const BINS: usize = 10;
/// The diagrams' files, in the scratch folder and in `scores/`.
const STATEMENTS: &str = "reliability.svg";
const ACTS: &str = "reliability-acts.svg";

/// How sure an entry says it is, and whether it is right.
pub(super) type Said = (f64, bool);

/// A predicted statement against the gold.
pub(super) struct Judged {
    /// Its confidence.
    pub(super) said: f64,
    /// Whether it is right.
    pub(super) right: bool,
    /// Whether its story is one the network's confidence was not fitted to.
    pub(super) unseen: bool,
    /// Whether rules alone found it.
    pub(super) by_rule: bool,
}

/// Spans of code points.
type Spans = [[u32; 2]];

/// Whether some gold attribution has this source and this content, softly.
pub(super) fn is_right<'g>(
    (source, content): (&Spans, &Spans),
    mut gold: impl Iterator<Item = (&'g Spans, &'g Spans)>,
    text: &[char],
) -> bool {
    let (source, content) = (letters(source, text), letters(content, text));
    gold.any(|(s, c)| {
        let (s, c) = (letters(s, text), letters(c, text));
        let both = content.intersection(&c).count();
        let any = content.union(&c).count();
        let shared = source.intersection(&s).count();
        let same_source = match (source.len(), s.len()) {
            (0, 0) => true,
            (0, _) | (_, 0) => false,
            (a, b) => 4 * shared >= a + b,
        };
        any > 0 && 2 * both >= any && same_source
    })
}

/// The code points of the spans that are no white space.
fn letters(spans: &Spans, text: &[char]) -> BTreeSet<u32> {
    let all = spans.iter().flat_map(|[a, b]| *a..*b);
    all.filter(|i| text.get(*i as usize).is_some_and(|c| !c.is_whitespace()))
        .collect()
}

/// The figures of statements, and their diagram in the scratch folder.
pub(super) fn score(shared: &Shared, judged: &[Judged]) -> Result<Vec<Figure>> {
    let of = |keep: &dyn Fn(&Judged) -> bool| -> Vec<Said> {
        let some = judged.iter().filter(|j| keep(j));
        some.map(|j| (j.said, j.right)).collect()
    };
    let (all, rules) = (of(&|_| true), of(&|j| j.by_rule));
    let figure = |name: &str, said: &[Said]| Figure::new(name, 1.0 - error(said));
    let figures = vec![
        Figure::aim("calibration, 1 - error", 1.0 - error(&all), 0.94),
        figure("calibration unseen, 1 - error", &of(&|j| j.unseen)),
        figure("calibration of rules, 1 - error", &rules),
        figure(
            "calibration of rules unseen, 1 - error",
            &of(&|j| j.by_rule && j.unseen),
        ),
    ];
    let panels = [
        ("All statements".to_owned(), all),
        ("Found by rules alone".to_owned(), rules),
    ];
    let title = "Reliability of the confidence of statements, PolNeAR dev";
    fs::write(shared.scratch(STATEMENTS), diagram(title, &panels))?;
    Ok(figures)
}

/// The figures of acts by what they are called, and their diagram in the scratch folder.
pub(super) fn acts(shared: Option<&Shared>, parts: &[(String, Vec<Said>)]) -> Result<Vec<Figure>> {
    let figure = |(name, said): &(String, Vec<Said>)| {
        Figure::aim(
            format!("{name} calibration, 1 - error"),
            1.0 - error(said),
            0.94,
        )
    };
    let figures = parts.iter().map(figure).collect();
    if let Some(shared) = shared {
        let title = "Reliability of the confidence of acts, dev passages of the corpus";
        fs::write(shared.scratch(ACTS), diagram(title, parts))?;
    }
    Ok(figures)
}

/// Puts the diagrams that were drawn among the committed scores.
///
/// # Errors
/// When one cannot be copied.
pub(super) fn keep(shared: &Shared) -> Result<()> {
    for file in [STATEMENTS, ACTS] {
        let drawn = shared.scratch(file);
        if drawn.exists() {
            fs::copy(drawn, repository().join("scores").join(file))?;
        }
    }
    Ok(())
}

/// What a bin holds: how many, how often right, the mean confidence.
struct Bin {
    count: usize,
    right: f64,
    said: f64,
}

fn bins(all: &[Said]) -> Vec<Bin> {
    let of = |i: usize| {
        let inside = all
            .iter()
            .filter(|(said, _)| ((said * BINS as f64) as usize).min(BINS - 1) == i);
        let count = inside.clone().count();
        let mean = |sum: f64| sum / count.max(1) as f64;
        Bin {
            count,
            right: mean(inside.clone().filter(|(_, right)| *right).count() as f64),
            said: mean(inside.map(|(said, _)| said).sum()),
        }
    };
    (0..BINS).map(of).collect()
}

/// Expected calibration error: how far confidence and success are apart, weighted by count.
fn error(all: &[Said]) -> f64 {
    let apart = |b: &Bin| b.count as f64 * (b.said - b.right).abs();
    let sum: f64 = bins(all).iter().map(apart).sum();
    sum / all.len().max(1) as f64
}

/// Side of a panel's square, in pixels.
const SIDE: f64 = 300.0;

fn diagram(title: &str, panels: &[(String, Vec<Said>)]) -> String {
    let wide = panels.len() as f64 * (SIDE + 70.0) + 10.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {:.0}\" \
         font-family=\"sans-serif\" font-size=\"11\" fill=\"#222\">\n\
         <title>{title}</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        SIDE + 110.0
    );
    for (i, (title, said)) in panels.iter().enumerate() {
        let left = 50.0 + i as f64 * (SIDE + 70.0);
        // Writing to a string cannot fail.
        let _ = panel(&mut svg, title, said, left);
    }
    svg.push_str("</svg>\n");
    svg
}

/// One square: a bar for how often right, a dot at the mean confidence, the count under each bin.
fn panel(svg: &mut String, title: &str, all: &[Said], left: f64) -> std::fmt::Result {
    let top = 45.0;
    let step = SIDE / BINS as f64;
    writeln!(svg, "<g transform=\"translate({left:.0} {top:.0})\">")?;
    writeln!(
        svg,
        "<text y=\"-22\" font-size=\"14\" font-weight=\"bold\">{title}</text>\
         <text y=\"-7\">{} entries, expected calibration error {:.3}</text>",
        all.len(),
        error(all)
    )?;
    for tick in 0..=5 {
        let share = f64::from(tick) / 5.0;
        let (x, y) = (share * SIDE, SIDE - share * SIDE);
        writeln!(
            svg,
            "<path d=\"M0 {y:.0}H{SIDE:.0}\" stroke=\"#ddd\"/>\
             <text x=\"-6\" y=\"{:.0}\" text-anchor=\"end\">{share:.1}</text>\
             <text x=\"{x:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{share:.1}</text>",
            y + 4.0,
            SIDE + 30.0
        )?;
    }
    for (i, bin) in bins(all).iter().enumerate() {
        let x = i as f64 * step;
        if bin.count > 0 {
            let height = bin.right * SIDE;
            writeln!(
                svg,
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\" fill=\"#9db8d2\">\
                 <title>said {:.2}, right {:.2}</title></rect>\
                 <circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\"/>",
                x + 1.5,
                SIDE - height,
                step - 3.0,
                bin.said,
                bin.right,
                bin.said * SIDE,
                SIDE - bin.said * SIDE
            )?;
        }
        writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.0}\" text-anchor=\"middle\" fill=\"#555\">{}</text>",
            x + step / 2.0,
            SIDE + 14.0,
            bin.count
        )?;
    }
    writeln!(
        svg,
        "<path d=\"M0 {SIDE:.0}L{SIDE:.0} 0\" stroke=\"#222\" stroke-dasharray=\"4 4\"/>\
         <path d=\"M0 0V{SIDE:.0}H{SIDE:.0}\" stroke=\"#222\" fill=\"none\"/>\
         <text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">confidence (dots: mean of the bin; \
         bars: share that is right)</text>\n</g>",
        SIDE / 2.0,
        SIDE + 50.0
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_distance_between_said_and_right() {
        let all = vec![(0.9, true), (0.9, true), (0.9, false), (0.2, false)];
        let want = (3.0 * (0.9 - 2.0 / 3.0) + 0.2) / 4.0;
        assert!((error(&all) - want).abs() < 1e-9);
        assert!(diagram("t", &[("x".to_owned(), all)]).ends_with("</svg>\n"));
    }

    #[test]
    fn half_of_the_words_are_enough() {
        let text: Vec<char> = "Ada Oko said the ice has gone".chars().collect();
        let gold: (&Spans, &Spans) = (&[[0, 7]], &[[13, 29]]);
        let check = |source: &Spans, content: &Spans| {
            is_right((source, content), [gold].into_iter(), &text)
        };
        assert!(check(&[[0, 7]], &[[13, 29]]));
        assert!(check(&[[4, 7]], &[[17, 29]]));
        assert!(!check(&[], &[[13, 29]]));
        assert!(!check(&[[0, 7]], &[[13, 16]]));
    }
}
