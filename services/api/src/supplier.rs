//! Suppliers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Bilingual, Id};

/// What a supplier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
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

/// A supplier to enrol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolSupplier {
    /// Its id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<Id>,
    /// What it is.
    pub kind: SupplierKind,
    /// What people call it.
    pub name: Bilingual,
}

/// A supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Supplier {
    /// Its id.
    pub supplier: Id,
    /// What it is.
    pub kind: SupplierKind,
    /// What people call it.
    pub name: Bilingual,
}
