//! Amounts: money, percentages and counted quantities, with the report's own conversions checked.
//!
//! ```text
//! "more than A$5 billion ($3.25 billion)"
//!   -> 1000000000 CAD, more_than, restated 723000000 USD
//! ```
//!
//! Left out: figures that count nothing stated (scores, addresses), ages, dates, casualties and
//! other people who are nobody's to send or hold; rates of the day from outside the report.

mod context;
mod money;
mod quantity;
mod restate;
mod shared;

use onrecord_lexicon::units;
use onrecord_model::{Amount, Problem, Qualifier, SegmentLabel, TextRange, Why};
use rust_decimal::Decimal;

use crate::Context;
use crate::words::{Line, lines};

/// An amount before it is put in the record.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    start: usize,
    end: usize,
    value: Decimal,
    /// What one in the last stated digit is worth.
    grain: Decimal,
    currency: Option<&'static str>,
    unit: Option<String>,
    rule: &'static str,
}

/// Every amount of money, percentage and counted quantity in the text.
pub fn extract(cx: &Context<'_>) -> (Vec<Amount>, Vec<Problem>) {
    let lines = lines(cx.report, |l| l.is_prose() || l == SegmentLabel::Conversion);
    let mut around = money::Around {
        local: context::local(cx.report),
        last: None,
        text: cx.report.text.as_str(),
    };
    let yardstick = restate::Yardstick::of(cx.report);
    let mut out = Vec::new();
    let mut problems = Vec::new();
    for line in &lines {
        let earlier = around.last;
        let mut found = found_in(line, &mut around);
        shared::complete(line, &mut found, earlier);
        let mut amounts: Vec<Option<Amount>> = found.iter().map(|f| amount(cx, line, f)).collect();
        if line.label != SegmentLabel::Conversion {
            restate::join(cx, line, &found, &mut amounts, &mut problems);
            shared::work_out(line, &found, &mut amounts);
            for amount in amounts.iter_mut().flatten() {
                yardstick.measure(amount);
            }
        }
        out.extend(amounts.into_iter().flatten());
    }
    (out, problems)
}

fn found_in(line: &Line, around: &mut money::Around<'_>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < line.len() {
        let found = money::find(line, i, *around)
            .or_else(|| quantity::find(line, i).map(|f| vec![f]))
            .filter(|all| !all.is_empty());
        match found {
            Some(all) => {
                i = all.iter().map(|f| f.end).max().unwrap_or(i).max(i + 1);
                around.last = all.last().and_then(|f| f.currency).or(around.last);
                out.extend(all);
            }
            None => i += 1,
        }
    }
    out
}

fn amount(cx: &Context<'_>, line: &Line, f: &Found) -> Option<Amount> {
    Some(Amount {
        span: cx.span(range(line, f))?,
        value: tidy(f.value),
        currency: f.currency.map(Into::into),
        unit: f.unit.clone(),
        qualifier: qualifier(line, f),
        restated: Vec::new(),
        why: Why::rule(f.rule),
    })
}

/// A third of a million has no last digit: what is finer than a millionth is rounded to four places.
fn tidy(value: Decimal) -> String {
    let value = if value.scale() > 6 {
        value.round_dp(4)
    } else {
        value
    };
    value.normalize().to_string()
}

fn range(line: &Line, f: &Found) -> TextRange {
    line.range(f.start, f.end)
}

const VERBS_WITH_OVER: &[&str] = &[
    "turn", "turns", "turned", "turning", "hand", "hands", "handed", "handing", "sign", "signed",
    "signing",
];

/// What the words before it, or `or more` after it, bound it to.
fn qualifier(line: &Line, f: &Found) -> Qualifier {
    let of = |word: &str| Qualifier::of(word).unwrap_or(Qualifier::Exactly);
    if line.after(f.end, &["or", "more"]).is_some() {
        return Qualifier::AtLeast;
    }
    if line.after(f.end, &["or", "less"]).is_some() || line.after(f.end, &["or", "so"]).is_some() {
        return if line.low(f.end + 1) == "so" {
            Qualifier::About
        } else {
            Qualifier::UpTo
        };
    }
    let skip = usize::from(line.is(f.start.wrapping_sub(1), &["a", "an", "the"]) && f.start > 0);
    let end = f.start - skip;
    // "turned over 5 million", "handed over 30 tanks": the word is the verb's.
    if line.low(end.wrapping_sub(1)) == "over" && line.is(end.wrapping_sub(2), VERBS_WITH_OVER) {
        return Qualifier::Exactly;
    }
    (1..=4)
        .rev()
        .filter(|n| *n <= end)
        .find_map(|n| units::qualifier(&line.phrase(end - n, end)))
        .map_or(Qualifier::Exactly, of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::testing::report;
    use onrecord_model::{Conversion, Document, ProblemKind};

    /// Amounts as `words=value unit`, then `~` with a qualifier that is not `exactly`.
    fn check(text: &str, expect: &[&str]) {
        let report = report(text, None);
        let document = Document::new(report.text.clone(), Vec::new(), Vec::new());
        let (amounts, _) = extract(&Context {
            report: &report,
            document: &document,
        });
        let show = |a: &Amount| {
            let unit = a
                .currency
                .as_deref()
                .or(a.unit.as_deref())
                .unwrap_or_default();
            let bound = match a.qualifier {
                Qualifier::Exactly => String::new(),
                q => format!(" ~{q}"),
            };
            format!("{}={} {unit}{bound}", a.span.quote(), a.value)
        };
        assert_eq!(
            amounts.iter().map(show).collect::<Vec<_>>(),
            expect,
            "{text}"
        );
    }

    #[test]
    fn money() {
        check("It cost C$20 million.", &["C$20 million=20000000 CAD"]);
        check(
            "It cost £2bn, or €1.25m.",
            &["£2bn=2000000000 GBP", "€1.25m=1250000 EUR"],
        );
        check(
            "He owed 2 billion euros.",
            &["2 billion euros=2000000000 EUR"],
        );
        check(
            "Half a billion Canadian dollars went.",
            &["Half a billion Canadian dollars=500000000 CAD"],
        );
        check(
            "The state lent 25 crore rupees.",
            &["25 crore rupees=250000000 INR"],
        );
        check(
            "They paid USD 5 million and 30 cents.",
            &["USD 5 million=5000000 USD", "30 cents=0.3 USD"],
        );
        check("Seat 20 went to Dollar Bank.", &[]);
        check("The count passed the 10,000-mark after a 13-3 mark.", &[]);
        check("Of 40 races, 13 won gold.", &[]);
    }

    #[test]
    fn a_code_that_is_a_word_needs_a_large_sum() {
        check(
            "TRY 5 doors. ALL 40 of the boats came. SOS 2 was sent.",
            &[],
        );
        check("It costs TRY 5 million.", &["TRY 5 million=5000000 TRY"]);
        check("MAD 1,200 of it is due.", &["MAD 1,200=1200 MAD"]);
    }

    #[test]
    fn each_sum_has_the_currency_of_its_own_sign() {
        check(
            "They paid $5 million and €3 million.",
            &["$5 million=5000000 USD", "€3 million=3000000 EUR"],
        );
        check(
            "It is NOK 40 or £3.50 a ride.",
            &["NOK 40=40 NOK", "£3.50=3.5 GBP"],
        );
        check(
            "It lost $2 million to $3 million.",
            &["$2 million=2000000 USD", "$3 million=3000000 USD"],
        );
    }

    #[test]
    fn figures_as_other_countries_print_them() {
        check("The fee is 13 009 euros.", &["13 009 euros=13009 EUR"]);
        check(
            "It made $13 009 million.",
            &["$13 009 million=13009000000 USD"],
        );
        check(
            "The fine was €1.250.000,50.",
            &["€1.250.000,50=1250000.5 EUR"],
        );
        check(
            "The road cost CHF 3'400'000.",
            &["CHF 3'400'000=3400000 CHF"],
        );
        check("The fine is R$ 2.500,00.", &["R$ 2.500,00=2500 BRL"]);
        check("The grant is 20 M€.", &["20 M€=20000000 EUR"]);
        check("On May 12 300 tonnes came.", &["300 tonnes=300 tonnes"]);
    }

    #[test]
    fn a_bare_name_is_of_the_country_that_is_named() {
        check(
            "The Norwegian fund lost 5 million kroner.",
            &["5 million kroner=5000000 NOK"],
        );
        check(
            "The fund of Denmark lost 5 million kroner.",
            &["5 million kroner=5000000 DKK"],
        );
        check(
            "The fund lost 5 million kroner.",
            &["5 million kroner=5000000 kroner"],
        );
        check(
            "It takes two dollars and forty-five cents.",
            &["two dollars and forty-five cents=2.45 USD"],
        );
    }

    #[test]
    fn ranges_and_bounds() {
        check(
            "It lost $2 to $3 billion.",
            &["$2=2000000000 USD", "$3 billion=3000000000 USD"],
        );
        check(
            "It lost $2-3 billion.",
            &["$2=2000000000 USD", "3 billion=3000000000 USD"],
        );
        check(
            "It lost $2 million to $3 billion.",
            &["$2 million=2000000 USD", "$3 billion=3000000000 USD"],
        );
        check(
            "It takes between 3 and 5 billion euros.",
            &["3=3000000000 EUR", "5 billion euros=5000000000 EUR"],
        );
        check("It turned over $4 billion.", &["$4 billion=4000000000 USD"]);
        check(
            "It lost more than $4 billion.",
            &["$4 billion=4000000000 USD ~more_than"],
        );
        check(
            "as much as 5 percent, or 3.5%",
            &["5 percent=5 percent ~up_to", "3.5%=3.5 percent"],
        );
    }

    /// What an amount is worked out to: `value at rate of whose day`.
    fn worked_out(text: &str, day: &str, conversions: &[Conversion]) -> Option<String> {
        let mut report = report(text, Some(day));
        report.conversions = conversions.to_vec();
        let document = Document::new(report.text.clone(), Vec::new(), Vec::new());
        let (amounts, _) = extract(&Context {
            report: &report,
            document: &document,
        });
        let other = amounts.first()?.restated.first()?;
        let rate = other.rate.as_ref()?;
        let day = rate.day.as_deref().unwrap_or_default();
        let whose = rate.source.as_str();
        Some(format!("{} at {} {whose} {day}", other.value, rate.value))
    }

    #[test]
    fn money_is_worked_out_in_dollars() {
        let text = "The state lent 250 million zlotys.";
        // A Sunday: Friday's rates hold.
        assert_eq!(
            worked_out(text, "2024-05-05", &[]).as_deref(),
            Some("62050000 at 0.24819 ecb 2024-05-03")
        );
        let stated = Conversion {
            from: "USD".into(),
            to: "PLN".into(),
            rate: "4.0000".into(),
            span: report(text, None).text.span(TextRange::of(0, 3)).unwrap(),
        };
        assert_eq!(
            worked_out(text, "2024-05-05", &[stated]).as_deref(),
            Some("62500000 at 0.25 report ")
        );
        assert_eq!(
            worked_out("It cost 250 million dollars.", "2024-05-05", &[]),
            None
        );
        assert_eq!(
            worked_out("It cost 250 million hryvnias.", "2024-05-05", &[]),
            None
        );
        // Past the end of the table there are no rates of the day.
        assert_eq!(worked_out(text, "2031-05-05", &[]), None);
    }

    #[test]
    fn money_in_other_shapes() {
        check(
            "The yard booked 12 MEUR and MSEK 40.",
            &["12 MEUR=12000000 EUR", "MSEK 40=40000000 SEK"],
        );
        check(
            "They asked for half million usd or 12 bitcoins.",
            &["half million usd=500000 USD", "12 bitcoins=12 bitcoins"],
        );
        check("It costs 3 $ 50 cents.", &["3 $ 50 cents=3.5 USD"]);
    }

    #[test]
    fn shares_are_percentages() {
        check(
            "A third of the crews and about one in eight guards left.",
            &["A third=33.33 percent", "one in eight=12.5 percent ~about"],
        );
        check("Half of it burned.", &["Half=50 percent"]);
        check(
            "More than a quarter of a million people and half of the crew left.",
            &[
                "a quarter of a million=250000 people ~more_than",
                "half=50 percent",
            ],
        );
        check(
            "They killed three in four days in the first half of May.",
            &[],
        );
        check(
            "It fell 3 percentage points.",
            &["3 percentage points=3 percentage points"],
        );
    }

    #[test]
    fn figures_share_a_unit() {
        check(
            "It paid 100 of the 250 million euros.",
            &["100=100000000 EUR", "250 million euros=250000000 EUR"],
        );
        check(
            "It paid 150,000 of its 2 million francs.",
            &["150,000=150000 francs", "2 million francs=2000000 francs"],
        );
        check(
            "Only $3.2 of the promised $50 million came.",
            &["$3.2=3200000 USD", "$50 million=50000000 USD"],
        );
        check(
            "It pays 15 million pounds by May and 25 million by June.",
            &["15 million pounds=15000000 GBP", "25 million=25000000 GBP"],
        );
        check(
            "They gave 5 and 7 million dollars respectively.",
            &["5=5000000 USD", "7 million dollars=7000000 USD"],
        );
        check(
            "It sent 30 lorries, of which 12 have arrived.",
            &["30=30 lorries", "12=12 lorries"],
        );
        check(
            "It cost $5 million and drew 3 million visitors in 12 of 30 towns.",
            &["$5 million=5000000 USD"],
        );
    }

    #[test]
    fn a_share_of_money_is_worked_out() {
        let report = report("It paid 40% of the 200 million euros.", None);
        let document = Document::new(report.text.clone(), Vec::new(), Vec::new());
        let cx = Context {
            report: &report,
            document: &document,
        };
        let (amounts, _) = extract(&cx);
        let sum = &amounts[0].restated[0];
        assert_eq!(
            (sum.value.as_str(), sum.currency.as_str()),
            ("80000000", "EUR")
        );
    }

    #[test]
    fn quantities() {
        check(
            "Norway sends 40 tanks and 1,200 soldiers.",
            &["40=40 tanks", "1,200=1200 soldiers"],
        );
        check("The pipe is 30 km long.", &["30 km=30 km"]);
        check(
            "The firm has over 113,550 employees.",
            &["113,550=113550 employees ~more_than"],
        );
        check(
            "Two F-16 jets and 60 French diplomats left.",
            &["Two=2 F-16 jets", "60=60 diplomats"],
        );
        check("The 5-4 vote in Article 5 ended.", &[]);
        check(
            "It ships 2 billion barrels.",
            &["2 billion barrels=2000000000 barrels"],
        );
    }

    fn restated(text: &str, fits: Option<bool>) {
        let mut report = report(text, None);
        let span = report.text.trimmed(TextRange::of(0, 2)).unwrap();
        report.conversions.push(Conversion {
            from: "USD".into(),
            to: "CAD".into(),
            rate: "1.4000".into(),
            span,
        });
        let document = Document::new(report.text.clone(), Vec::new(), Vec::new());
        let (amounts, problems) = extract(&Context {
            report: &report,
            document: &document,
        });
        assert_eq!(amounts[0].restated[0].consistent_with_rate, fits, "{text}");
        assert_eq!(amounts[1].restated.len(), 1);
        assert_eq!(
            problems.iter().any(|p| p.kind == ProblemKind::Conversion),
            fits == Some(false)
        );
    }

    #[test]
    fn stated_pairs_are_checked() {
        restated("It cost C$84 million ($60 million).", Some(true));
        restated("It cost C$6 billion (about $4.29 billion).", Some(true));
        restated("It cost C$84 million ($117.6 million).", Some(false));
        restated("It cost €84 million ($91.2 million).", None);
    }
}
