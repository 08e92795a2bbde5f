//! A [`Report`] to a [`Document`]: sentences, tokens, tags, trees, names, attribution spans,
//! acts, coreference.
//!
//! The model weights and the code that runs them live here and nowhere else. Every annotator
//! says which layers it requires and which it assigns; [`Pipeline::new`] refuses an order that
//! does not fit.

mod acts;
mod attribution;
mod coreference;
mod identify;
mod net;
mod pipeline;
mod syntax;
mod tokens;

use onrecord_model::{Document, Problem, ProblemKind, ReaderModel, Report, TextRange};

pub use acts::Acts;
pub use attribution::Attributions;
pub use coreference::{Coreference, CoreferenceExample};
pub use identify::identify;
pub use pipeline::{Annotator, Pipeline, PipelineError, Step};
pub use syntax::{SentenceAnalysis, Syntax, WordAnalysis};
pub use tokens::{LONGEST_SENTENCE, MOST_WORDS, cut};

/// The standard pipeline. Cheap to share: it is `Send + Sync` and never changes.
#[derive(Debug)]
pub struct Language {
    pipeline: Pipeline,
}

impl Language {
    /// Loads the models that ship with the crate.
    ///
    /// # Errors
    /// When the shipped weights do not fit the code (a broken build), or the annotators'
    /// layers do not fit each other.
    pub fn new() -> Result<Self, PipelineError> {
        Ok(Self {
            pipeline: Pipeline::new(vec![
                Box::new(Syntax::new()?),
                Box::new(Attributions::new()?),
                Box::new(Acts::new()?),
                Box::new(Coreference::new()?),
            ])?,
        })
    }

    /// Analyses a report. One that is not in English keeps its text and stays unread.
    pub fn analyse(&self, report: &Report) -> (Document, Vec<Problem>) {
        if !is_read(report) {
            let document = Document::new(report.text.clone(), Vec::new(), Vec::new());
            let why = match report.language.as_str() {
                "und" | "" => match identify::likeness(report.text.as_str()) {
                    Some(name) => {
                        format!("the report seems to be in {name}, only English is read")
                    }
                    None => {
                        "the language of the report cannot be told, only English is read".into()
                    }
                },
                tag => match identify::name(tag.split('-').next().unwrap_or(tag)) {
                    Some(name) => {
                        format!("the report is in {name} (`{tag}`), only English is read")
                    }
                    None => format!("the report is in `{tag}`, only English is read"),
                },
            };
            return (document, vec![Problem::new(ProblemKind::Language, why)]);
        }
        let (mut document, beyond) = tokens::cut_short(report);
        let mut problems = self.pipeline.run(report, &mut document);
        problems.extend(beyond.map(|word| stopped(&document, word)));
        (document, problems)
    }

    /// The annotators in order, with the layers they need and give.
    pub fn steps(&self) -> Vec<Step> {
        self.pipeline.steps()
    }

    /// The models it runs.
    pub fn models(&self) -> Vec<ReaderModel> {
        self.pipeline.models()
    }
}

/// That a report has more words than are read, from which on.
fn stopped(document: &Document, word: TextRange) -> Problem {
    let text = document.text();
    let (read, bytes) = (word.start, text.as_str().len());
    let why = format!(
        "only the first {} words were read, {read} of {bytes} bytes",
        document.tokens().len()
    );
    Problem::at(ProblemKind::TooLong, why, text.span(word).ok())
}

/// Whether a report is analysed: in English, or in what could not be told and may be English.
fn is_read(report: &Report) -> bool {
    match report.language.split('-').next() {
        Some("en") => true,
        Some("und" | "") => identify::may_be_english(report.text.as_str()),
        _ => false,
    }
}
