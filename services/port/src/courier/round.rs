//! What is known of commands that are asked again.

use crate::{Answer, Envelope, Rejected};

/// What follows from an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing better will come.
    Told(Answer),
    /// It is asked again; so much is known if it can't be.
    Again(Rejected),
}

/// Weighs an answer against what is known of earlier copies of the same command.
pub(super) fn weigh(answer: Answer, known: &Rejected) -> Next {
    let in_doubt = *known == Rejected::Unknown;
    match answer {
        Ok(_) | Err(Rejected::Refused(_) | Rejected::KeyReused) => Next::Told(answer),
        Err(Rejected::Unknown) => Next::Again(Rejected::Unknown),
        Err(Rejected::Overloaded { .. } | Rejected::Unavailable { .. }) if in_doubt => {
            Next::Again(Rejected::Unknown)
        }
        Err(Rejected::Overloaded { .. }) => Next::Told(answer),
        Err(unavailable @ Rejected::Unavailable { .. }) => Next::Again(unavailable),
    }
}

/// The commands of one request, and what is known of each.
#[derive(Debug)]
pub(super) struct Round {
    /// Those that are not settled, with their places.
    open: Vec<(usize, Envelope)>,
    answers: Vec<Answer>,
}

impl Round {
    pub(super) fn new(envelopes: Vec<Envelope>) -> Self {
        let answers = vec![Err(Rejected::unavailable()); envelopes.len()];
        Self { open: envelopes.into_iter().enumerate().collect(), answers }
    }

    /// Is every command settled?
    pub(super) fn is_over(&self) -> bool {
        self.open.is_empty()
    }

    /// What has to be asked now, in order.
    pub(super) fn asked(&self) -> Vec<Envelope> {
        self.open.iter().map(|(_, envelope)| envelope.clone()).collect()
    }

    /// Takes the answers to [`asked`](Self::asked).
    pub(super) fn take(&mut self, answers: Vec<Answer>, weigh: impl Fn(Answer, &Rejected) -> Next) {
        let mut given = answers.into_iter();
        let known = &mut self.answers;
        self.open.retain(|(place, _)| {
            let answer = given.next().unwrap_or(Err(Rejected::Unknown));
            let Some(known) = known.get_mut(*place) else { return false };
            let so_far = known.as_ref().err().cloned().unwrap_or(Rejected::Unknown);
            match weigh(answer, &so_far) {
                Next::Told(answer) => {
                    *known = answer;
                    false
                }
                Next::Again(so_far) => {
                    *known = Err(so_far);
                    true
                }
            }
        });
    }

    /// What is known of each.
    pub(super) fn known(self) -> Vec<Answer> {
        self.answers
    }

    /// What is known of each while those that are not settled are under way.
    pub(super) fn cut_short(mut self) -> Vec<Answer> {
        for (place, _) in self.open {
            if let Some(known) = self.answers.get_mut(place) {
                *known = Err(Rejected::Unknown);
            }
        }
        self.answers
    }
}
