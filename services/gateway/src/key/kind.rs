//! Whose hand a key is for.

use crate::key::Scope;

/// The kinds of key. A kind names the most that its keys may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// A partner's app.
    Partner,
    /// A service station; bound to one.
    Station,
    /// An officer; bound to one.
    Staff,
    /// An auditor.
    Auditor,
    /// Who runs the system.
    Operator,
    /// A supplier; bound to one.
    Supplier,
    /// The sub-district's finance desk.
    Finance,
    /// A resident, for what is kept about them; bound to one.
    Resident,
}

impl KeyKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Partner,
        Self::Station,
        Self::Staff,
        Self::Auditor,
        Self::Operator,
        Self::Supplier,
        Self::Finance,
        Self::Resident,
    ];

    /// As it stands in the table and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Station => "station",
            Self::Staff => "staff",
            Self::Auditor => "auditor",
            Self::Operator => "operator",
            Self::Supplier => "supplier",
            Self::Finance => "finance",
            Self::Resident => "resident",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Does a key of this kind speak for one station, one officer, one supplier or one resident?
    #[must_use]
    pub const fn is_bound(self) -> bool {
        match self {
            Self::Station | Self::Staff | Self::Supplier | Self::Resident => true,
            Self::Partner | Self::Auditor | Self::Operator | Self::Finance => false,
        }
    }

    /// All that a key of this kind may be allowed. Who runs the system neither verifies nor
    /// redeems; who verifies doesn't redeem; who audits changes nothing.
    #[must_use]
    pub const fn scopes(self) -> &'static [Scope] {
        match self {
            Self::Partner => PARTNER,
            Self::Station => STATION,
            Self::Staff => STAFF,
            Self::Auditor => AUDITOR,
            Self::Operator => OPERATOR,
            Self::Supplier => SUPPLIER,
            Self::Finance => FINANCE,
            Self::Resident => RESIDENT,
        }
    }
}

const PARTNER: &[Scope] = &[
    Scope::TimeRead,
    Scope::ActivitiesWrite,
    Scope::ActivitiesRead,
    Scope::PeopleWrite,
    Scope::VouchersWrite,
    Scope::VouchersRead,
    Scope::BookingsWrite,
    Scope::BookingsRead,
    Scope::QueueWrite,
    Scope::QueueRead,
    Scope::ContributionsWrite,
    Scope::OrdersWrite,
    Scope::HonoursWrite,
    Scope::OrdersRead,
    Scope::ContributionsRead,
    Scope::NoticesRead,
    Scope::ResidentsWrite,
    Scope::ResidentsRead,
    Scope::ResidentsCode,
    Scope::RankingsRead,
    Scope::OrganisationRead,
    Scope::CatalogueRead,
    Scope::RulesRead,
    Scope::ReceiptsRead,
];

const STATION: &[Scope] = &[
    Scope::CardsWrite,
    Scope::CounterRead,
    Scope::ActivitiesDoor,
    Scope::ActivitiesRead,
    Scope::VouchersWrite,
    Scope::VouchersUse,
    Scope::VouchersRead,
    Scope::BookingsWrite,
    Scope::BookingsRead,
    Scope::SlotsClose,
    Scope::QueueWrite,
    Scope::QueueRead,
    Scope::RedemptionsWrite,
    Scope::RedemptionsRead,
    Scope::StationRead,
    Scope::StockWrite,
    Scope::NoticesRead,
    Scope::OrganisationRead,
    Scope::ResidentsRead,
    Scope::CatalogueRead,
    Scope::ReceiptsRead,
];

const STAFF: &[Scope] = &[
    Scope::TimeRead,
    Scope::TimeNet,
    Scope::CardsWrite,
    Scope::CounterRead,
    Scope::MediationHandle,
    Scope::MediationRead,
    Scope::ActivitiesHost,
    Scope::ActivitiesDoor,
    Scope::ActivitiesRead,
    Scope::PeopleWrite,
    Scope::PeopleRead,
    Scope::PeopleExport,
    Scope::ContributionsVerify,
    Scope::AllowancesWrite,
    Scope::OrdersHandle,
    Scope::HonoursGrant,
    Scope::OrdersRead,
    Scope::ContributionsRead,
    Scope::NoticesRead,
    Scope::ResidentsRead,
    Scope::RankingsRead,
    Scope::OrganisationRead,
    Scope::CatalogueRead,
    Scope::RulesRead,
    Scope::ReceiptsRead,
];

const AUDITOR: &[Scope] = &[
    Scope::TimeRead,
    Scope::CounterRead,
    Scope::MediationRead,
    Scope::ActivitiesRead,
    Scope::VouchersRead,
    Scope::PeopleWatch,
    Scope::BookingsRead,
    Scope::QueueRead,
    Scope::LogRead,
    Scope::OrdersRead,
    Scope::ContributionsRead,
    Scope::NoticesRead,
    Scope::RedemptionsRead,
    Scope::ResidentsRead,
    Scope::RankingsRead,
    Scope::OrganisationRead,
    Scope::CatalogueRead,
    Scope::PoolsRead,
    Scope::RulesRead,
    Scope::StatementsRead,
    Scope::ReceiptsRead,
];

const OPERATOR: &[Scope] = &[
    Scope::TimeRead,
    Scope::CounterRead,
    Scope::ActivitiesRead,
    Scope::PeopleErase,
    Scope::PeopleWatch,
    Scope::VouchersRead,
    Scope::BookingsRead,
    Scope::QueueRead,
    Scope::OrganisationWrite,
    Scope::OrdersRead,
    Scope::ResidentsWrite,
    Scope::ResidentsRead,
    Scope::ContributionsRead,
    Scope::NoticesRead,
    Scope::RedemptionsRead,
    Scope::RankingsRead,
    Scope::OrganisationRead,
    Scope::CatalogueRead,
    Scope::ItemsWrite,
    Scope::PoolsWrite,
    Scope::PoolsRead,
    Scope::RulesWrite,
    Scope::RulesRead,
    Scope::KeysWrite,
    Scope::ClockWrite,
    Scope::LogRead,
    Scope::ReceiptsRead,
];

const SUPPLIER: &[Scope] = &[
    Scope::SlotsClose,
    Scope::VouchersUse,
    Scope::VouchersRead,
    Scope::StatementsRead,
    Scope::StatementsDispute,
    Scope::CatalogueRead,
    Scope::ReceiptsRead,
];

const RESIDENT: &[Scope] = &[Scope::PeopleExport, Scope::ResidentsCode];

const FINANCE: &[Scope] = &[
    Scope::TimeRead,
    Scope::TimeNet,
    Scope::StatementsRead,
    Scope::StatementsWrite,
    Scope::PoolsRead,
    Scope::CatalogueRead,
    Scope::ReceiptsRead,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_both_gives_and_takes() {
        let pairs = [
            (Scope::ContributionsWrite, Scope::ContributionsVerify),
            (Scope::ContributionsVerify, Scope::RedemptionsWrite),
            (Scope::KeysWrite, Scope::ContributionsVerify),
            (Scope::KeysWrite, Scope::RedemptionsWrite),
            (Scope::PoolsWrite, Scope::ContributionsVerify),
            (Scope::AllowancesWrite, Scope::RedemptionsWrite),
            (Scope::ResidentsCode, Scope::RedemptionsWrite),
            (Scope::ResidentsCode, Scope::CardsWrite),
            (Scope::ActivitiesWrite, Scope::ActivitiesHost),
            (Scope::ActivitiesWrite, Scope::ActivitiesDoor),
            (Scope::OrdersWrite, Scope::OrdersHandle),
            (Scope::HonoursWrite, Scope::HonoursGrant),
            (Scope::StatementsWrite, Scope::StatementsDispute),
            (Scope::StatementsWrite, Scope::RedemptionsWrite),
            (Scope::StatementsWrite, Scope::KeysWrite),
            (Scope::ItemsWrite, Scope::BookingsWrite),
            (Scope::ItemsWrite, Scope::QueueWrite),
            (Scope::ItemsWrite, Scope::VouchersUse),
            (Scope::StatementsWrite, Scope::VouchersUse),
            (Scope::PeopleRead, Scope::PeopleErase),
            (Scope::PeopleExport, Scope::PeopleErase),
            (Scope::PeopleRead, Scope::LogRead),
        ];
        for kind in KeyKind::ALL {
            for (one, other) in pairs {
                let both = kind.scopes().contains(&one) && kind.scopes().contains(&other);
                assert!(!both, "{} may {} and {}", kind.name(), one.name(), other.name());
            }
            assert_eq!(KeyKind::by_name(kind.name()), Some(kind));
        }
    }
}
