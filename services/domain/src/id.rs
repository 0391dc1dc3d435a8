//! Ids: ULIDs with a type each, so that a station can never stand where a supplier is meant.
//!
//! The core never mints one. In text an id is the 26 characters of a ULID, in the state it is
//! the number behind them.

use std::hash::{Hash, Hasher};

use borsh::{BorshDeserialize, BorshSerialize, io};
use thiserror::Error;

/// A text that is not a ULID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an id is the 26 characters of a ULID")]
pub struct InvalidId;

/// A number of 128 bits, its highest byte first, that lies anywhere. A `u128` wants every sixteenth
/// byte, which costs a row of a large table up to 15 bytes for each `Option` of an id. Its canonical
/// bytes and its hash are a `u128`'s.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Number([u8; 16]);

impl Number {
    const fn new(number: u128) -> Self {
        Self(number.to_be_bytes())
    }

    const fn get(self) -> u128 {
        u128::from_be_bytes(self.0)
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.get().hash(state);
    }
}

impl BorshSerialize for Number {
    fn serialize<W: io::Write>(&self, writer: &mut W) -> io::Result<()> {
        self.get().serialize(writer)
    }
}

impl BorshDeserialize for Number {
    fn deserialize_reader<R: io::Read>(reader: &mut R) -> io::Result<Self> {
        u128::deserialize_reader(reader).map(Self::new)
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
        )]
        pub struct $name(Number);

        impl $name {
            /// The id with this number.
            #[must_use]
            pub const fn from_number(number: u128) -> Self {
                Self(Number::new(number))
            }

            /// The number behind the ULID's text.
            #[must_use]
            pub const fn number(self) -> u128 {
                self.0.get()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                ulid::Ulid(self.number()).fmt(f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), ulid::Ulid(self.number()))
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                ulid::Ulid::from_string(text).map(|ulid| Self::from_number(ulid.0)).map_err(|_| InvalidId)
            }
        }
    )+};
}

ids! {
    /// An area of any of the five levels.
    AreaId,
    /// A household (居民家庭户).
    HouseholdId,
    /// A resident (居民). The log knows a person by this id alone.
    ResidentId,
    /// An officer: somebody with authority over an area.
    OfficerId,
    /// A service station (服务驿站).
    StationId,
    /// Somebody who stands at a station's counter (驿站操作员).
    OperatorId,
    /// A shift (班次) of an operator.
    ShiftId,
    /// What a station may hand out off line (离线额度).
    AllowanceId,
    /// A supplier of goods, services or shared resources (供应方).
    SupplierId,
    /// A pool that funds points (资金池).
    PoolId,
    /// An item of the catalogue.
    ItemId,
    /// A contribution (贡献) and, since it has at most one award, its award and its lot.
    ContributionId,
    /// A team of volunteers (志愿服务队).
    TeamId,
    /// An activity (活动): a class, a clearing, a patrol's shift.
    ActivityId,
    /// A seat (名额) of an activity and, once it was served, its contribution.
    SeatId,
    /// A redemption (兑换): the hold, the slip and what came of it.
    RedemptionId,
    /// A voucher (服务券) for a service, from its issue to its end.
    VoucherId,
    /// A hazard (隐患) as one resident reported it.
    HazardId,
    /// An order (接单): something that a unit has to see to.
    OrderId,
    /// A whistle (吹哨) that calls a unit.
    WhistleId,
    /// An ask, an offer or a micro-wish among neighbours (邻里互助、微心愿).
    AidId,
    /// A mediation case (调解案件).
    CaseId,
    /// A place at a case's table and, once the case has ended, the contribution of who sat there.
    MediatorId,
    /// An estate (小区) without property management.
    EstateId,
    /// A red management committee (红色管委会) of an estate, for one term.
    CommitteeId,
    /// A certificate of service (志愿服务记录证明); also the code that a stranger checks it by.
    CertificateId,
    /// A report that a record of service is wrong.
    ReportId,
    /// A statement (对账单) of what a supplier is to be paid for a period.
    StatementId,
    /// A shared resource (共享资源): a bookable item's place in the world.
    ResourceId,
    /// A booking (预约), from the waiting list to its end.
    BookingId,
}

/// A lot of points (积分批次) is named after the contribution whose award made it.
pub type LotId = ContributionId;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_writes() {
        let id = AreaId::from_number(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        assert_eq!(id.to_string().parse(), Ok(id));
        let bytes = borsh::to_vec(&id).unwrap();
        assert_eq!(bytes, id.number().to_le_bytes(), "as a number of 128 bits");
        assert_eq!(borsh::from_slice::<AreaId>(&bytes).unwrap(), id);
        assert!(id < AreaId::from_number(id.number() + (1 << 64)), "the high half counts first");
        assert!(id < AreaId::from_number(id.number() + 1));
        assert_eq!("not an id".parse::<AreaId>(), Err(InvalidId));
    }
}
