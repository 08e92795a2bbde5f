//! The process that reads, from within: questions on stdin, answers on stdout.

use std::io::{self, BufReader, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::{Arc, Mutex, PoisonError};

use onrecord::Reader;
use onrecord::intake::Intake;

use super::wire::{self, Answer, Asked, Greeting, Taken};
use crate::Outcome;
use crate::trouble::Trouble;

/// A thread's stack: what is nested deep is bounded long before, so this is room to spare.
const STACK: usize = 16 << 20;

/// Answers until nobody asks any more.
///
/// # Errors
/// When the reader cannot be made, or nobody said what holds for all questions.
pub(crate) fn serve() -> Result<Outcome, Trouble> {
    // A panic is an answer, and no words of a report belong on anybody's terminal.
    set_hook(Box::new(|_| {}));
    let _ = rayon::ThreadPoolBuilder::new()
        .stack_size(STACK)
        .build_global();
    let mut from = BufReader::with_capacity(1 << 16, io::stdin().lock());
    let Some(first) = wire::receive(&mut from)? else {
        return Ok(Outcome::Nothing);
    };
    let greeting: Greeting = serde_json::from_slice(&first.header).map_err(io::Error::from)?;
    let shared = Arc::new((Reader::new()?, greeting, Mutex::new(io::stdout())));
    while let Some(frame) = wire::receive(&mut from)? {
        let shared = shared.clone();
        rayon::spawn(move || {
            let (reader, greeting, out) = &*shared;
            let answer = answer(reader, greeting, &frame.header, frame.raw);
            let failed = |e: &dyn std::fmt::Display| Answer::Failed(e.to_string());
            let header = wire::header(&answer)
                .or_else(|e| wire::header(&failed(&e)))
                .unwrap_or_default();
            let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
            // Nobody listens any more when this fails, and then stdin ends too.
            let _ = wire::send(&mut *out, frame.number, &header, &[]);
        });
    }
    let _ = shared.2.lock().map(|mut out| out.flush());
    Ok(Outcome::Found)
}

/// The answer to a question; a panic is one.
pub(super) fn answer(reader: &Reader, greeting: &Greeting, header: &[u8], raw: Vec<u8>) -> Answer {
    let asked = match serde_json::from_slice(header) {
        Ok(asked) => asked,
        Err(why) => return Answer::Failed(format!("the question cannot be read: {why}")),
    };
    let answered = catch_unwind(AssertUnwindSafe(|| answered(reader, greeting, asked, raw)));
    answered.unwrap_or_else(|panic| {
        let words = (panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
            .or_else(|| panic.downcast_ref::<String>().cloned());
        Answer::Failed(words.unwrap_or_else(|| "the reader stumbled".to_owned()))
    })
}

fn answered(reader: &Reader, greeting: &Greeting, asked: Asked, raw: Vec<u8>) -> Answer {
    match asked {
        Asked::TakeIn(member) => {
            let all = member.with_raw(raw).reports(&greeting.given, &greeting.map);
            let taken = |i: Intake| Taken {
                report: i.report,
                problems: i.problems,
            };
            Answer::Taken(all.into_iter().map(taken).collect())
        }
        Asked::Read(mut report, problems) => {
            if let Err(why) = report.verify() {
                return Answer::Failed(why.to_string());
            }
            let reading = reader.analyse_report(*report, problems);
            let range = |s: &onrecord::model::Sentence| [s.range.start, s.range.end];
            let sentences = reading.document.sentences().iter().map(range).collect();
            Answer::Read(Box::new(reading.record), sentences)
        }
        Asked::MadeBy => Answer::MadeBy(reader.made_by()),
    }
}
