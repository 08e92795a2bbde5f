use onrecord_model::Record;
use proptest::prelude::*;

use super::*;
use crate::across::testing::{Tale, tale};
use crate::store::{Filing, Origin};

const PEOPLE: [&str; 3] = ["Ada Oko", "Ben Iru", "Cai Umo"];
const WORDS: [&str; 9] = [
    "ferry", "harbour", "winter", "sails", "closed", "strike", "north", "fleet", "bread",
];
const DAYS: [&str; 4] = ["2031-03-04", "2031-03-05", "2031-03-12", "2031-04-01"];

/// A record that is believed: its id is that of its text.
fn filing(tale: &Tale) -> (Record, Filing) {
    let mut record = tale.record();
    record.report.id = crate::store::text_id(record.report.text.as_str());
    let origin = Origin {
        location: format!("desk/{}", record.report.id),
        outlet: None,
        filed: "2031-06-01T12:00:00Z".parse().unwrap(),
    };
    let filing = Filing::new(record.clone(), origin).unwrap();
    (record, filing)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What the index lets through is all there is: comparing with every entry finds nothing more.
    #[test]
    fn nothing_that_stands_behind_is_missed(
        tales in prop::collection::vec(
            (0..3_usize, prop::collection::vec(0..9_usize, 3..9), 0..3_usize, 1..4_u64, 0..4_usize), 2..8),
    ) {
        let filed: Vec<(Record, Filing)> = tales
            .iter()
            .enumerate()
            .map(|(i, (who, words, how, euros, day))| {
                let words: Vec<&str> = words.iter().map(|w| WORDS[*w]).collect();
                let content = format!("{} {euros} euros", words.join(" "));
                let text = format!("{content}, {} said or denied to Oria in {i}.", PEOPLE[*who]);
                let (cue, quotation) = [("say", "indirect"), ("say", "direct"), ("deny", "indirect")][*how];
                filing(&tale(&text, DAYS[*day], "Post")
                    .says(PEOPLE[*who], cue, quotation, &content)
                    .binds(["aid", "announced"], PEOPLE[*who], "Oria", &content, &["reporter"])
                    .binds(["aid", "delayed"], PEOPLE[*who], "Oria", words[0], &["reporter"])
                    .binds(["aid", "announced"], PEOPLE[*who], "Oria", &format!("{euros} euros"), &["s1"]))
            })
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(folder.path().join("desk.ledger").to_str().unwrap()).unwrap();
        let (records, filings): (Vec<Record>, Vec<Filing>) = filed.into_iter().unzip();
        ledger.file(&filings).unwrap();
        let all = Query { limit: 1000, ..Query::default() };
        let entries = ledger.entries(&all).unwrap().entries;
        let reports = Reports::of(&records);
        let mut at_hand = ledger.behind().unwrap();
        for entry in &entries {
            let others = entries.iter().filter(|e| e.at.report != entry.at.report || e.id != entry.id);
            let others: Vec<Entry> = others.cloned().collect();
            let told = at_hand.told(entry).unwrap();
            prop_assert_eq!(&told, &behind(entry, &others, &reports), "{:?}", entry);
            prop_assert_eq!(&told, &ledger.corroboration(entry).unwrap());
        }
    }
}
