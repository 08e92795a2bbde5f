//! Annotators in an order that is checked when the pipeline is put together.

use std::fmt::Debug;

use onrecord_model::{Document, Layer, LayerError, Problem, ProblemKind, ReaderModel, Report};

/// Adds layers to a document.
pub trait Annotator: Debug + Send + Sync {
    /// Its name, as `explain` prints it.
    fn name(&self) -> &'static str;
    /// Layers that must be there.
    fn requires(&self) -> &'static [Layer];
    /// Layers it adds.
    fn assigns(&self) -> &'static [Layer];
    /// The model behind it, if there is one.
    fn model(&self) -> Option<ReaderModel> {
        None
    }
    /// Adds its layers.
    fn annotate(&self, report: &Report, document: &mut Document) -> Vec<Problem>;
}

/// One annotator of a pipeline, described.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// Its name.
    pub name: &'static str,
    /// Layers it needs.
    pub requires: &'static [Layer],
    /// Layers it gives.
    pub assigns: &'static [Layer],
}

/// Why a pipeline could not be put together.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// An annotator needs a layer that nobody before it assigns.
    #[error("`{annotator}` needs the layer {layer:?}, which no annotator before it assigns")]
    Missing {
        /// Who needs it.
        annotator: &'static str,
        /// What it needs.
        layer: Layer,
    },
    /// Two annotators assign the same layer.
    #[error("`{annotator}` assigns the layer {layer:?} a second time")]
    Twice {
        /// The second one.
        annotator: &'static str,
        /// What both assign.
        layer: Layer,
    },
    /// Shipped weights that do not fit the code.
    #[error("the weights of `{model}` do not fit: {why}")]
    Weights {
        /// Which model.
        model: &'static str,
        /// What does not fit.
        why: String,
    },
}

/// The layers that did not fit, as problems.
pub(crate) fn unfit(done: impl IntoIterator<Item = Result<(), LayerError>>) -> Vec<Problem> {
    let why = |e: LayerError| Problem::new(ProblemKind::Layer, e.to_string());
    done.into_iter().filter_map(Result::err).map(why).collect()
}

/// Annotators in order.
#[derive(Debug)]
pub struct Pipeline {
    annotators: Vec<Box<dyn Annotator>>,
}

impl Pipeline {
    /// Puts annotators together. [`Layer::Tokens`] is there from the start.
    ///
    /// # Errors
    /// When a layer is required before it is assigned, or assigned twice.
    pub fn new(annotators: Vec<Box<dyn Annotator>>) -> Result<Self, PipelineError> {
        let mut have = vec![Layer::Tokens];
        for a in &annotators {
            if let Some(&layer) = a.requires().iter().find(|l| !have.contains(l)) {
                return Err(PipelineError::Missing {
                    annotator: a.name(),
                    layer,
                });
            }
            for &layer in a.assigns() {
                if have.contains(&layer) {
                    return Err(PipelineError::Twice {
                        annotator: a.name(),
                        layer,
                    });
                }
                have.push(layer);
            }
        }
        Ok(Self { annotators })
    }

    /// Runs every annotator in order.
    pub fn run(&self, report: &Report, document: &mut Document) -> Vec<Problem> {
        self.annotators
            .iter()
            .flat_map(|a| a.annotate(report, document))
            .collect()
    }

    /// The annotators, described.
    pub fn steps(&self) -> Vec<Step> {
        let steps = self.annotators.iter().map(|a| Step {
            name: a.name(),
            requires: a.requires(),
            assigns: a.assigns(),
        });
        steps.collect()
    }

    /// The models behind the annotators.
    pub fn models(&self) -> Vec<ReaderModel> {
        self.annotators.iter().filter_map(|a| a.model()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Fake(&'static [Layer], &'static [Layer]);

    impl Annotator for Fake {
        fn name(&self) -> &'static str {
            "fake"
        }
        fn requires(&self) -> &'static [Layer] {
            self.0
        }
        fn assigns(&self) -> &'static [Layer] {
            self.1
        }
        fn annotate(&self, _: &Report, _: &mut Document) -> Vec<Problem> {
            Vec::new()
        }
    }

    #[test]
    fn an_order_that_does_not_fit_is_refused() {
        let tags = || Box::new(Fake(&[Layer::Tokens], &[Layer::Tags]));
        let trees = || Box::new(Fake(&[Layer::Tags], &[Layer::Trees]));
        assert!(Pipeline::new(vec![tags(), trees()]).is_ok());
        assert!(matches!(
            Pipeline::new(vec![trees(), tags()]),
            Err(PipelineError::Missing { .. })
        ));
        assert!(matches!(
            Pipeline::new(vec![tags(), tags()]),
            Err(PipelineError::Twice { .. })
        ));
    }
}
