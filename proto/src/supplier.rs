//! Suppliers.

use linli_domain::supplier::{Command, Event, Supplier, SupplierKind};

use crate::wire;

plain_enum! { SupplierKind = wire::SupplierKind {
    Merchant, PropertyFirm, Department, StationShelf, SocialOrganisation, School,
} }

message! { Supplier = wire::Supplier { supplier: need(supplier), kind: plain(kind), name: need(name) } }

choice! { Command = wire::SupplierCommand, wire::supplier_command::Kind { one { Enrol } } }

choice! { Event = wire::SupplierEvent, wire::supplier_event::Kind { one { Enrolled } } }
