//! Who asks.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use linli_domain::ClientId;
use linli_domain::id::{OfficerId, ResidentId, StationId, SupplierId};

use crate::key::{KeyId, KeyKind};
use crate::problem::{Kind, Problem};

/// Who asks: the key, its owner, and what it is bound to. The guard of a route puts it there;
/// a route without a guard has none and refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) key: KeyId,
    pub(crate) client: ClientId,
    pub(crate) kind: KeyKind,
    pub(crate) subject: Option<u128>,
}

impl Caller {
    /// The officer that the key speaks for.
    pub(crate) fn officer(&self) -> Result<OfficerId, Problem> {
        match (self.kind, self.subject) {
            (KeyKind::Staff, Some(number)) => Ok(OfficerId::from_number(number)),
            _ => Err(Problem::plain(Kind::ScopeMissing)),
        }
    }

    /// May it have all that is kept about this resident? Its own key may, and an officer's.
    pub(crate) fn may_export(&self, resident: ResidentId) -> Result<(), Problem> {
        match (self.kind, self.subject) {
            (KeyKind::Resident, Some(number)) if number != resident.number() => {
                Err(Problem::plain(Kind::ScopeMissing))
            }
            _ => Ok(()),
        }
    }

    /// The supplier that the key speaks for.
    pub(crate) fn supplier(&self) -> Result<SupplierId, Problem> {
        match (self.kind, self.subject) {
            (KeyKind::Supplier, Some(number)) => Ok(SupplierId::from_number(number)),
            _ => Err(Problem::plain(Kind::ScopeMissing)),
        }
    }

    /// May it see what is this supplier's? A supplier sees its own alone.
    pub(crate) fn sees_supplier(&self, supplier: SupplierId) -> bool {
        self.kind != KeyKind::Supplier || self.supplier().is_ok_and(|own| own == supplier)
    }

    /// May it see what is at this station's counter? A station sees its own alone, and another's is told
    /// like one that isn't there.
    pub(crate) fn sees_station(&self, station: StationId) -> bool {
        self.kind != KeyKind::Station || self.station().is_ok_and(|own| own == station)
    }

    /// The station that the key speaks for.
    pub(crate) fn station(&self) -> Result<StationId, Problem> {
        match (self.kind, self.subject) {
            (KeyKind::Station, Some(number)) => Ok(StationId::from_number(number)),
            _ => Err(Problem::plain(Kind::ScopeMissing)),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().copied().ok_or_else(|| Problem::plain(Kind::KeyMissing))
    }
}
