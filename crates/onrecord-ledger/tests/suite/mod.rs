//! The suite both stores pass: `ledger_suite!(store)` makes a test of each function here, where
//! `store()` gives the place of a new, empty ledger, or `None` when there is no such store here.

#[path = "records.rs"]
mod records;

pub(crate) mod adding;
pub(crate) mod asking;
pub(crate) mod carrying;
pub(crate) mod filing;
pub(crate) mod finding;
pub(crate) mod following;
pub(crate) mod judging;
pub(crate) mod watching;

use onrecord_ledger::{Entry, Ledger, Query};

/// Tests of every function of the suite.
#[macro_export]
macro_rules! ledger_suite {
    ($store:path: $($part:ident { $($test:ident)* })*) => {$(
        mod $part {
            $(#[test]
            fn $test() {
                if let Some(at) = $store() {
                    $crate::suite::$part::$test(&at);
                }
            })*
        }
    )*};
    ($store:path, twice: $($part:ident { $($test:ident)* })*) => {$(
        mod $part {
            $(#[test]
            fn $test() {
                if let (Some(at), Some(other)) = ($store(), $store()) {
                    $crate::suite::$part::$test(&at, &other);
                }
            })*
        }
    )*};
    ($store:path) => {
        $crate::ledger_suite! { $store, twice:
            carrying {
                an_export_is_the_same_ledger
                a_ledger_can_move
                a_broken_export_is_said
                an_interrupted_export_is_told_and_made_anew
                searches_are_carried_along
            }
        }
        $crate::ledger_suite! { $store:
            filing {
                the_same_twice_changes_nothing
                a_newer_reader_supersedes_an_older
                one_text_may_have_many_carriers
                a_later_text_at_an_address_is_a_later_version
                an_undated_text_is_of_the_day_it_was_filed
                versions_may_be_filed_in_any_order
                a_summary_never_replaces_a_report
                what_one_store_cannot_keep_the_other_does_not
                a_link_can_be_said
                a_batch_is_filed_whole_or_not_at_all
                a_record_is_held_as_it_came
                a_report_may_come_to_be_dated
                a_report_tells_its_agency
                indexes_are_made_again
                opening_again_finds_what_was_filed
                writers_wait_and_readers_do_not
            }
            finding {
                by_kind_name_and_word
                by_type_and_status
                by_name_whole_and_link
                by_word_of_whom
                by_day_of_publication
                by_own_time
                by_place_and_distance
                by_amount
                by_outlet_and_confidence
            }
            asking {
                by_phrase_and_beginning
                by_words_of_the_report
                of_one_report
                sorted_and_paged
                filters_join
                what_cannot_be_asked_is_said
                whom_a_name_may_mean
                as_a_plain_filter_finds
            }
            judging {
                a_rejected_entry_is_hidden
                a_corrected_entry_is_found_as_corrected
                a_merged_entry_is_hidden
                a_judgement_survives_a_new_reading
                a_judgement_without_its_entry_is_kept
                what_is_not_there_cannot_be_judged
                what_is_taken_back_no_longer_counts
                judgements_of_one_person_can_be_laid_over
            }
            adding {
                a_person_adds_what_was_missed
                what_was_added_is_one_with_what_is_read_later
                what_is_no_entry_cannot_be_added
                words_and_terms_are_corrected
                sentences_are_searched
            }
            following {
                reports_and_entries_are_looked_up
                a_beginning_of_several_reports_is_told
                a_commitment_is_followed
                a_story_and_its_versions
                a_person_says_who_is_who
                a_person_joins_two_threads
                a_person_parts_a_thread
                what_was_said_of_threads_may_grow_stale
            }
            watching {
                a_search_is_kept_by_its_name
                all_that_is_asked_is_kept
                new_is_what_came_since
                a_new_carrier_is_news_of_outlets
                a_search_never_looks_back
                nothing_is_missed_while_two_file
            }
        }
    };
}

/// A text at an address, ready to be filed.
#[allow(
    dead_code,
    reason = "one of the stores is damaged on purpose, the other not"
)]
pub(crate) fn filing_of(text: &str, address: &str) -> onrecord_ledger::Filing {
    records::story(text, "2031-03-04")
        .from("Bay Post", address)
        .filing()
}

/// The entries a query finds: as `kind:by:words of the anchor`.
fn check(ledger: &Ledger, query: &Query, want: &[&str]) {
    let page = ledger.entries(query).unwrap();
    let got: Vec<String> = page.entries.iter().map(short).collect();
    assert_eq!(got, want, "{query:?}");
    let n = ledger.count(query).unwrap();
    if query.after.is_none() && page.next.is_none() {
        assert_eq!(n, want.len() as u64, "count of {query:?}");
    }
}

fn short(e: &Entry) -> String {
    let by = e.by.first().map_or("", |w| w.name.as_str());
    format!("{by}: {}", e.at.anchor.quote)
}

fn ask() -> Query {
    Query::default()
}

#[expect(clippy::unnecessary_wraps, reason = "reads as the field it fills")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}
