//! Ids as two halves.

use linli_domain::ClientId;
use linli_domain::id::{
    ActivityId, AidId, AllowanceId, AreaId, BookingId, CaseId, CertificateId, CommitteeId,
    ContributionId, EstateId, HazardId, HouseholdId, ItemId, MediatorId, OfficerId, OperatorId,
    OrderId, PoolId, RedemptionId, ReportId, ResidentId, ResourceId, SeatId, ShiftId, StatementId,
    StationId, SupplierId, TeamId, VoucherId, WhistleId,
};

use crate::canonical::{Detour, Value};
use crate::malformed::Malformed;
use crate::translate::Wire;
use crate::wire;

impl From<u128> for wire::Id {
    fn from(number: u128) -> Self {
        let half = |bits: u128| u64::try_from(bits & u128::from(u64::MAX)).unwrap_or_default();
        Self { high: half(number >> 64), low: half(number) }
    }
}

impl From<wire::Id> for u128 {
    fn from(id: wire::Id) -> Self {
        (Self::from(id.high) << 64) | Self::from(id.low)
    }
}

/// The number whose halves these canonical bytes are.
fn halves(value: Value<'_>) -> Result<u128, Detour> {
    read_fields!(value, wire::Id { high: plain(high), low: plain(low) });
    Ok(wire::Id { high, low }.into())
}

macro_rules! ids {
    ($($name:ident),+ $(,)?) => {$(
        impl Wire for $name {
            type Form = wire::Id;

            fn to_wire(&self) -> wire::Id {
                self.number().into()
            }

            fn from_wire(form: wire::Id) -> Result<Self, Malformed> {
                Ok(Self::from_number(form.into()))
            }

            fn read(value: Value<'_>) -> Result<Self, Detour> {
                halves(value).map(Self::from_number)
            }
        }
    )+};
}

ids! {
    AreaId, HouseholdId, ResidentId, OfficerId, StationId, OperatorId, ShiftId, AllowanceId, SupplierId, PoolId, ItemId, ContributionId, RedemptionId, VoucherId, TeamId, ActivityId, SeatId, HazardId, OrderId, WhistleId, AidId, EstateId, CommitteeId, CaseId, MediatorId, CertificateId, ReportId, StatementId, ResourceId, BookingId,
}

impl Wire for ClientId {
    type Form = wire::Id;

    fn to_wire(&self) -> wire::Id {
        self.0.into()
    }

    fn from_wire(form: wire::Id) -> Result<Self, Malformed> {
        Ok(Self(form.into()))
    }

    fn read(value: Value<'_>) -> Result<Self, Detour> {
        halves(value).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use prost::Message as _;

    use super::*;

    proptest! {
        #[test]
        fn an_id_reads_back_what_it_writes(number: u128) {
            let id = AreaId::from_number(number);
            let bytes = id.to_wire().encode_to_vec();
            let form = wire::Id::decode(bytes.as_slice()).unwrap();
            prop_assert_eq!(AreaId::from_wire(form), Ok(id));
        }
    }
}
