//! Suppliers (供应方): merchants, property firms, departments, stations, organisations, schools.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::SupplierId;
use crate::text::Bilingual;
use crate::{Decision, Noun, Refusal, State};

/// What a supplier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum SupplierKind {
    /// A shop (商户).
    Merchant,
    /// A property firm (物业).
    PropertyFirm,
    /// A government department (职能部门).
    Department,
    /// A station's own shelf (驿站自营).
    StationShelf,
    /// A social organisation (社会组织).
    SocialOrganisation,
    /// A school (学校).
    School,
}

/// A supplier as enrolled.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Supplier {
    /// Its id.
    pub supplier: SupplierId,
    /// What it is.
    pub kind: SupplierKind,
    /// What people call it.
    pub name: Bilingual,
}

/// What can be wished of suppliers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Enrol a supplier.
    Enrol(Supplier),
}

/// What happened to suppliers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A supplier was enrolled.
    Enrolled(Supplier),
}

pub(crate) fn decide(state: &State, command: &Command) -> Result<Decision, Refusal> {
    match command {
        Command::Enrol(supplier) => {
            state.suppliers.vacant(supplier.supplier, Noun::Supplier)?;
            Ok(Decision::one(Event::Enrolled(supplier.clone())))
        }
    }
}
