//! Quotations and who speaks in them, as far as marks and trees tell.

use onrecord_lexicon::cues;
use onrecord_model::{Document, TokenId, Upos};

/// The quotations of a document.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    /// For each token the number of its quotation, 0 for none.
    of: Vec<u32>,
    /// Who speaks in each, by number.
    speakers: Vec<Option<TokenId>>,
}

impl Quotes {
    pub(super) fn new(d: &Document) -> Self {
        let mut this = Self {
            of: vec![0; d.tokens().len()],
            speakers: vec![None],
        };
        let (mut open, mut paragraph) = (false, u32::MAX);
        for (i, token) in d.tokens().iter().enumerate() {
            let own = d.sentence_of(TokenId(i as u32)).paragraph;
            if own != paragraph {
                (open, paragraph) = (false, own);
            }
            let was = open;
            match d.text().slice(token.range) {
                "“" | "``" | "„" | "«" => open = true,
                "”" | "''" | "»" => open = false,
                "\"" => open = !open,
                _ => {}
            }
            if open && !was {
                this.speakers.push(None);
            }
            if open || was {
                this.of[i] = this.speakers.len() as u32 - 1;
            }
        }
        if this.speakers.len() > 1 {
            this.find_speakers(d);
        }
        this
    }

    /// The quotation a token stands in.
    pub(super) fn at(&self, t: TokenId) -> u32 {
        self.of.get(t.index()).copied().unwrap_or_default()
    }

    /// Who speaks in a quotation.
    pub(super) fn speaker(&self, quote: u32) -> Option<TokenId> {
        self.speakers.get(quote as usize).copied().flatten()
    }

    /// The subject of a verb of saying outside the marks, in a sentence that holds some of the
    /// quotation; else the speaker of the quotation before in the same paragraph.
    fn find_speakers(&mut self, d: &Document) {
        let mut last: Option<(u32, TokenId)> = None;
        for s in d.sentences() {
            let mut here: Vec<u32> = s.tokens.iter().map(|t| self.at(t)).collect();
            here.dedup();
            here.retain(|q| *q > 0);
            if here.is_empty() {
                continue;
            }
            let said = s.tokens.iter().find_map(|t| {
                let verb = d.token(t);
                let says =
                    self.at(t) == 0 && verb.upos == Upos::Verb && cues::verb(&verb.lemma).is_some();
                says.then(|| d.child(t, &["nsubj"])).flatten()
            });
            let known = said.or(last.filter(|l| l.0 == s.paragraph).map(|l| l.1));
            let Some(speaker) = known else { continue };
            last = Some((s.paragraph, speaker));
            for q in here {
                if let Some(own) = self.speakers.get_mut(q as usize) {
                    *own = own.or(Some(speaker));
                }
            }
        }
    }
}
