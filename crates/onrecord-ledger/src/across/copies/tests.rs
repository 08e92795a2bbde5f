//! Which reports are copies, and that the order of adding them changes nothing.

use super::*;
use crate::across::testing::{body, report};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The clusters of reports by their places.
fn clusters(reports: &[Report]) -> Vec<Vec<u32>> {
    let mut copies = Copies::default();
    for r in reports {
        copies.add(r);
    }
    let places = |c: Copy| {
        let mut all: Vec<u32> = c.members.iter().map(|m| m.0).collect();
        all.sort_unstable();
        all
    };
    let mut out: Vec<Vec<u32>> = copies.clusters().into_iter().map(places).collect();
    out.sort();
    out
}

fn check(bodies: &[String], want: &[&[u32]]) {
    let reports: Vec<Report> = bodies.iter().map(|b| report("", b)).collect();
    assert_eq!(clusters(&reports), want);
}

#[test]
fn a_cut_copy_with_a_local_paragraph_is_a_copy() {
    let story = [1, 2, 3, 4, 5];
    let all = [
        body(&story),
        body(&[1, 2, 9]),
        body(&[7, 8]),
        body(&[2, 1, 3]),
    ];
    check(&all, &[&[0, 1, 3]]);
}

#[test]
fn a_report_that_holds_two_stories_does_not_join_them() {
    let (a, b) = ([1, 2, 3, 4], [11, 12, 13, 14]);
    let merged = [a, b].concat();
    let all = [
        body(&a),
        body(&a[..3]),
        body(&b),
        body(&b[..3]),
        body(&merged),
    ];
    let found = clusters(&all.map(|t| report("", &t)));
    let together = |x, y| found.iter().any(|c| c.contains(&x) && c.contains(&y));
    assert!(
        together(0, 1) && together(2, 3) && !together(0, 2),
        "{found:?}"
    );
}

#[test]
fn a_speech_both_quote_is_no_copy() {
    let quoting = |own: usize| format!("{}\n\n“{}”", body(&[own]), body(&[90]).replace('\n', " "));
    check(&[quoting(1), quoting(2)], &[]);
}

#[test]
fn a_form_filled_with_other_names_is_no_copy() {
    let fill = |who: &str, town: &str| {
        let one =
            format!("the shares of {who} fell in {town} after {who} said that {town} was quiet");
        format!("so {one}, and later in the day {one}, and in the evening {one}, and no more")
    };
    let text = fill("Adar", "Riga");
    check(&[text.clone(), fill("Belo", "Lima")], &[]);
    check(
        &[text.clone(), text.replacen("Riga", "Lima", 1)],
        &[&[0, 1]],
    );
}

#[test]
fn the_market_reports_of_two_days_are_no_copy() {
    let fill = |day: &str, way: &str, n: usize| {
        format!(
            "Shares on the exchange in Lima closed {way} on {day} as traders weighed the price of \
             copper against the outlook for lending. The main index of the exchange ended {way} \
             0.{n} percent at {n},11{n} points in thin trade, according to data of the exchange. \
             The index of banks was {way} {n}.{n} percent and that of the mines moved {n}{n} points \
             by the close of the session. A dollar bought {n}.7{n} soles at the end of trading on \
             {day}, dealers in the capital said."
        )
    };
    let one = fill("Tuesday", "up", 4);
    check(&[one.clone(), fill("Thursday", "down", 9)], &[]);
    check(
        &[one.clone(), one.replacen("4,114", "4,115", 1)],
        &[&[0, 1]],
    );
}

#[test]
fn the_same_few_words_are_a_copy_and_none_is_not() {
    let short = "Port of Riga closed on Monday.".to_owned();
    check(
        &[short.clone(), String::new(), short, String::new()],
        &[&[0, 2]],
    );
}

#[test]
fn the_agency_s_own_is_where_the_agency_is_the_outlet() {
    let of = |outlet: Option<&str>, body: &str| {
        let mut r = report("", body);
        r.agency = Some("Associated Press".to_owned());
        r.outlet = outlet.map(str::to_owned);
        r
    };
    let own = |reports: &[Report]| {
        let mut copies = Copies::default();
        for r in reports {
            copies.add(r);
        }
        copies.clusters().first().and_then(|c| c.own).map(|o| o.0)
    };
    let (whole, cut) = (body(&[1, 2, 3]), body(&[1, 2]));
    let carried = of(Some("Bay Ledger"), &whole);
    assert_eq!(own(&[carried.clone(), of(Some("AP"), &cut)]), Some(1));
    assert_eq!(own(&[carried.clone(), carried]), None);
    assert_eq!(own(&[of(None, &cut), of(None, &whole)]), None);
    assert_eq!(own(&[of(None, &whole), of(None, &whole)]), Some(0));
    assert_eq!(own(&[report("", &cut), report("", &whole)]), None);
}

/// Reports of up to eight paragraphs out of twelve, so that some share many, few or none.
fn corpora() -> impl Strategy<Value = Vec<Report>> {
    let one = prop::collection::vec(0..12_usize, 0..8).prop_map(|p| report("", &body(&p)));
    prop::collection::vec(one, 1..12)
}

proptest! {
    #[test]
    fn the_order_of_adding_changes_nothing(reports in corpora(), seed in any::<u64>()) {
        let mut order: Vec<usize> = (0..reports.len()).collect();
        order.sort_by_key(|i| xxh3_64(&[seed.to_le_bytes(), (*i as u64).to_le_bytes()].concat()));
        let shuffled: Vec<Report> = order.iter().map(|i| reports[*i].clone()).collect();
        let named = |of: &[Report], c: Vec<Vec<u32>>| -> BTreeSet<Vec<String>> {
            let ids = |c: Vec<u32>| {
                let mut ids: Vec<String> = c.iter().map(|m| of[*m as usize].id.clone()).collect();
                ids.sort();
                ids
            };
            c.into_iter().map(ids).collect()
        };
        let (a, b) = (clusters(&reports), clusters(&shuffled));
        prop_assert_eq!(named(&reports, a), named(&shuffled, b));
    }

    #[test]
    fn the_share_of_two_is_the_same_both_ways(reports in corpora()) {
        let texts: Vec<Vec<Token>> =
            reports.iter().map(|r| words(r).iter().map(Token::of).collect()).collect();
        for a in &texts {
            for b in &texts {
                prop_assert_eq!(share(a, b, &mut None).to_bits(), share(b, a, &mut None).to_bits());
            }
        }
    }
}
