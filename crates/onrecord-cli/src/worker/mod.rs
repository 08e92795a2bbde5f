//! Reading in a process of its own: what ends the reader ends that process, and not the run.
//!
//! A report may be made to overflow a stack, to use all memory, or to keep a reader busy for ever. What
//! is known of these is bounded where it happens; this is the last resort for what is not. One process
//! reads for all threads ([`mod@serve`]). When it ends, what was being read is read again, each in a process
//! alone, and the one that ends that too is told as lost.
//!
//! Left out: cutting the input into members, which copies bytes and never goes deep.

mod link;
mod serve;
mod wire;

use std::io;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use onrecord::intake::{ColumnMap, Member};
use onrecord::model::{self, Document, Sentence, TextRange, TokenRange};
use onrecord::{Envelope, Reader, Reading};

use crate::trouble::Trouble;
pub(crate) use link::started_by;
use link::{Gone, Link};
pub(crate) use serve::serve;
pub(crate) use wire::Taken;
use wire::{Answer, Ask, Greeting};

/// Those who read.
pub(crate) struct Readers {
    greeting: Greeting,
    shared: Mutex<Option<Arc<Link>>>,
    /// Whoever reads alone holds it.
    alone: Mutex<()>,
    /// Where no process can be started, this one reads.
    here: OnceLock<Reader>,
}

impl Readers {
    /// Readers who know `given` of every report, and how the columns of a table are called.
    pub(crate) fn new(given: Envelope, map: ColumnMap) -> Self {
        Self {
            greeting: Greeting { given, map },
            shared: Mutex::new(None),
            alone: Mutex::new(()),
            here: OnceLock::new(),
        }
    }

    /// The reports of a member.
    ///
    /// # Errors
    /// When taking it in ended the process that did.
    pub(crate) fn take_in(&self, member: &Member) -> Result<Vec<Taken>, Trouble> {
        match self.ask(&Ask::TakeIn(member), member.raw(), &member.name)? {
            Answer::Taken(mut reports) => {
                // Spans find their bytes again, and are believed no sooner.
                let sound = reports.iter_mut().try_for_each(|t| t.report.verify());
                sound.map_err(|why| lost(&member.name, &why.to_string()))?;
                Ok(reports)
            }
            _ => Err(lost(&member.name, "the answer was none")),
        }
    }

    /// The reading of a report called `name`.
    ///
    /// # Errors
    /// When reading it ended the process that did.
    pub(crate) fn read(&self, taken: Taken, name: &str) -> Result<Reading, Trouble> {
        let Taken { report, problems } = taken;
        match self.ask(&Ask::Read(&report, &problems), &[], name)? {
            Answer::Read(mut record, sentences) => {
                if let Err(why) = record.verify() {
                    return Err(lost(name, &why.to_string()));
                }
                let sentence = |[start, end]: [u32; 2]| Sentence {
                    tokens: TokenRange::default(),
                    range: TextRange::new(start, end),
                    paragraph: 0,
                    segment: model::SegmentLabel::Body,
                };
                let sentences = sentences.into_iter().map(sentence).collect();
                let document = Document::new(record.report.text.clone(), sentences, Vec::new());
                let record = *record;
                Ok(Reading { record, document })
            }
            _ => Err(lost(name, "the answer was none")),
        }
    }

    /// What records say they were made by.
    ///
    /// # Errors
    /// When no reader can be made.
    pub(crate) fn made_by(&self) -> Result<model::Reader, Trouble> {
        match self.ask(&Ask::MadeBy, &[], "")? {
            Answer::MadeBy(reader) => Ok(reader),
            _ => Err(lost("", "the answer was none")),
        }
    }

    /// Asks together with others; if that process ends, in one of its own.
    fn ask(&self, ask: &Ask<'_>, raw: &[u8], name: &str) -> Result<Answer, Trouble> {
        let answer = match self.shared().map(|link| link.ask(ask, raw)) {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => self.alone(ask, raw, name)?,
            Err(_) => self.here(ask, raw, name)?,
        };
        match answer {
            Answer::Failed(why) => Err(lost(name, &why)),
            answer => Ok(answer),
        }
    }

    fn alone(&self, ask: &Ask<'_>, raw: &[u8], name: &str) -> Result<Answer, Trouble> {
        let _turn = self.alone.lock().unwrap_or_else(PoisonError::into_inner);
        let link = Link::open(&self.greeting).map_err(|e| lost(name, &e.to_string()))?;
        link.ask(ask, raw).map_err(|Gone(why)| lost(name, &why))
    }

    fn here(&self, ask: &Ask<'_>, raw: &[u8], name: &str) -> Result<Answer, Trouble> {
        let reader = if let Some(reader) = self.here.get() {
            reader
        } else {
            let made = Reader::new()?;
            self.here.get_or_init(|| made)
        };
        let header = wire::header(ask).map_err(|e| lost(name, &e.to_string()))?;
        Ok(serve::answer(reader, &self.greeting, &header, raw.to_vec()))
    }

    /// The process that reads for all; started where there is none, or it has ended.
    fn shared(&self) -> io::Result<Arc<Link>> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(link) = shared.as_ref().filter(|l| l.is_open()) {
            return Ok(link.clone());
        }
        let link = Arc::new(Link::open(&self.greeting)?);
        *shared = Some(link.clone());
        Ok(link)
    }
}

fn lost(name: &str, why: &str) -> Trouble {
    Trouble::Lost {
        name: name.to_owned(),
        why: why.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_who_cannot_start_another_reads_alone() {
        let readers = Readers::new(Envelope::default(), ColumnMap::default());
        let text = "Ferry line reopens\n\nThe line reopened, the mayor said.";
        let (report, problems) = onrecord::intake::read(text.as_bytes(), &Envelope::default());
        let ask = Ask::Read(&report, &problems);
        let answer = readers.here(&ask, &[], "ferry").unwrap();
        assert!(matches!(answer, Answer::Read(record, _) if record.statements.len() == 1));
    }
}
