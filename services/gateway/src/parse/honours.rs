//! Titles.

use linli_api as api;
use linli_domain::honour::Distinction;

pub(crate) const fn distinction(said: api::honour::Distinction) -> Distinction {
    match said {
        api::honour::Distinction::Star(number) => Distinction::Star(number),
        api::honour::Distinction::Medal(number) => Distinction::Medal(number),
    }
}
