//! What residents show at a counter: the rotating code of their app, or the card with its PIN.

use linli_api::card::Shown;
use linli_api::{Client, Id};
use ulid::Ulid;

use super::Visit;
use crate::chance::Chance;
use crate::error::{DemoError, Doing as _};

/// How many in a thousand visitors of a counter show their app's code, and how many have no telephone
/// and show their card with its PIN. The others are known by their card alone.
const CODE_PER_MILLE: u64 = 700;
const CARD_PER_MILLE: u64 = 25;

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shows {
    Nothing,
    Code,
    Card,
}

impl Shows {
    pub(super) fn draw(chance: &mut Chance, to_machine: bool) -> Self {
        if to_machine {
            Self::Nothing
        } else if chance.hit(CODE_PER_MILLE) {
            Self::Code
        } else if chance.hit(CARD_PER_MILLE) {
            Self::Card
        } else {
            Self::Nothing
        }
    }
}

/// What goes into the basket of it.
pub(super) async fn shown(
    clerk: &Client,
    app: &Client,
    visit: &Visit,
) -> Result<Option<Shown>, DemoError> {
    let of = || format!("show something for redemption {}", visit.redemption);
    match visit.shows {
        Shows::Nothing => Ok(None),
        Shows::Code => {
            let app = app.after(visit.purse.position);
            let code = app.resident_code(&Id::from(visit.resident.to_string())).await;
            Ok(Some(Shown::Code(code.doing(of)?.body.code)))
        }
        Shows::Card => {
            let (card, pin) = (visit.purse.card.as_str(), pin(visit.resident));
            let clerk = clerk.after(visit.purse.position);
            // The first time at a counter the card gets its PIN; later it has one.
            match clerk.set_card_pin(card, &pin).await {
                Err(error) if error.problem().is_some_and(|told| told.name() == "pin-set") => {}
                other => other.map(drop).doing(of)?,
            }
            let shown = clerk.show_card(card, &pin).await.doing(of)?.body;
            Ok(Some(Shown::Card(shown.card)))
        }
    }
}

/// Six digits that the resident knows by heart.
fn pin(resident: Ulid) -> String {
    format!("{:06}", resident.random() % 1_000_000)
}
