//! What a key may do.

macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// What a key may do. Each route names the one that it needs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Scope {
            $($(#[$doc])* $name),+
        }

        impl Scope {
            /// Every scope.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// As it stands in a key's row and in the OpenAPI document.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// The scope of this name.
            #[must_use]
            pub fn by_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|scope| scope.name() == name)
            }
        }
    };
}

scopes! {
    /// Submit contributions.
    ContributionsWrite = "contributions:write",
    /// Look at contributions.
    ContributionsRead = "contributions:read",
    /// Verify and reject contributions, as the officer that the key is bound to.
    ContributionsVerify = "contributions:verify",
    /// Look at what stands on public notice.
    NoticesRead = "notices:read",
    /// Sign residents up, let them come and go, publish activities as a team's leader.
    ActivitiesWrite = "activities:write",
    /// Look at activities, seats, and where patrols walk.
    ActivitiesRead = "activities:read",
    /// Publish activities and call them off, as the officer that the key is bound to; see who signed up.
    ActivitiesHost = "activities:host",
    /// Show the rotating code of an activity, and what stands at checkpoints.
    ActivitiesDoor = "activities:door",
    /// Open mediation cases and see to them, as the officer that the key is bound to.
    MediationHandle = "mediation:handle",
    /// Look at mediation cases: who was party to a dispute is for few.
    MediationRead = "mediation:read",
    /// Register residents, enrol them, change whether they are ranked and what they are called there.
    ResidentsWrite = "residents:write",
    /// Look at residents, their wallets, statements, merit and rank.
    ResidentsRead = "residents:read",
    /// Have the rotating code that a resident shows at a counter.
    ResidentsCode = "residents:code",
    /// Issue and block residents' cards and give them PINs, as the officer or the station that the key is
    /// bound to.
    CardsWrite = "cards:write",
    /// Apply for titles, ask for certificates, report wrong records, for residents.
    HonoursWrite = "honours:write",
    /// Grant titles, sign certificates, answer reports, withdraw pseudonyms, as the officer that the key is
    /// bound to.
    HonoursGrant = "honours:grant",
    /// Look at rankings.
    RankingsRead = "rankings:read",
    /// Look at the catalogue.
    CatalogueRead = "catalogue:read",
    /// Reserve, capture, void, sell and hand out keys, as the station that the key is bound to.
    RedemptionsWrite = "redemptions:write",
    /// Issue vouchers, and give them back: for residents, or at the station that the key is bound to.
    VouchersWrite = "vouchers:write",
    /// Use vouchers, as the station or the supplier that the key is bound to.
    VouchersUse = "vouchers:use",
    /// Look at vouchers; a supplier at its own alone.
    VouchersRead = "vouchers:read",
    /// Book, wait, leave and cancel: for residents, or at the station that the key is bound to.
    BookingsWrite = "bookings:write",
    /// Look at bookings.
    BookingsRead = "bookings:read",
    /// Call slots off and open them again, as the station or the supplier that the key is bound to.
    SlotsClose = "slots:close",
    /// Wait for goods, and leave: for residents, or at the station that the key is bound to.
    QueueWrite = "queue:write",
    /// Look at who waits for goods.
    QueueRead = "queue:read",
    /// Look at redemptions.
    RedemptionsRead = "redemptions:read",
    /// Look at the station that the key is bound to, and at what waits there.
    StationRead = "station:read",
    /// Take goods in, as the station that the key is bound to.
    StockWrite = "stock:write",
    /// Found areas, register households, appoint officers, open stations, enrol suppliers.
    OrganisationWrite = "organisation:write",
    /// Look at areas and stations.
    OrganisationRead = "organisation:read",
    /// Grant and end allowances, as the officer that the key is bound to.
    AllowancesWrite = "allowances:write",
    /// Open and fund pools.
    PoolsWrite = "pools:write",
    /// Look at pools, and at what offices answer for.
    PoolsRead = "pools:read",
    /// List and price items, and set their terms.
    ItemsWrite = "items:write",
    /// Publish rules.
    RulesWrite = "rules:write",
    /// Look at rules.
    RulesRead = "rules:read",
    /// Mint, list and revoke keys.
    KeysWrite = "keys:write",
    /// Move the test clock.
    ClockWrite = "clock:write",
    /// Have receipts of what one's own commands led to.
    ReceiptsRead = "receipts:read",
    /// Report hazards, ask for orders and for help, for residents.
    OrdersWrite = "orders:write",
    /// Judge hazards, handle orders, blow and answer whistles, as the officer that the key is bound to.
    OrdersHandle = "orders:handle",
    /// Look at hazards, orders, whistles and mutual aid.
    OrdersRead = "orders:read",
    /// Look at a counter's operators, shifts, allowances and slips; a station at its own alone.
    CounterRead = "counter:read",
    /// Look at statements; a supplier at its own alone.
    StatementsRead = "statements:read",
    /// Dispute lines of statements, as the supplier that the key is bound to.
    StatementsDispute = "statements:dispute",
    /// Issue statements, resolve disputes, enter payments.
    StatementsWrite = "statements:write",
    /// Look at the time bank: communities' accounts, asks, netting statements.
    TimeRead = "time:read",
    /// Close netting statements, as the officer that the key is bound to or as the finance desk.
    TimeNet = "time:net",
    /// Say who residents are.
    PeopleWrite = "people:write",
    /// Look at who residents are; each look is written down.
    PeopleRead = "people:read",
    /// Have all that is kept about a resident: for an officer, each time written down, or for the
    /// resident that the key is bound to.
    PeopleExport = "people:export",
    /// Erase who residents are.
    PeopleErase = "people:erase",
    /// See who looked at who residents are, and whether they were erased.
    PeopleWatch = "people:watch",
    /// Read the log.
    LogRead = "log:read",
}

/// Some of the scopes, as bits: looked at in every request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scopes(u64);

impl Scopes {
    pub(crate) fn allow(self, scope: Scope) -> bool {
        self.0 & bit(scope) != 0
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | bit(scope)))
    }
}

fn bit(scope: Scope) -> u64 {
    let place = Scope::ALL.iter().position(|known| *known == scope).unwrap_or_default();
    u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scope_has_its_own_bit() {
        for one in Scope::ALL {
            let alone: Scopes = [*one].into_iter().collect();
            for other in Scope::ALL {
                assert_eq!(alone.allow(*other), one == other);
            }
            assert_eq!(Scope::by_name(one.name()), Some(*one));
        }
    }
}
