//! What the state holds, table by table, to be looked at.

use super::Redemption;
use crate::aid::Aid;
use crate::allowance::Allowance;
use crate::area::Area;
use crate::booking::Booking;
use crate::conduct::Held;
use crate::contribution::Contribution;
use crate::estate::Managed;
use crate::hazard::Hazard;
use crate::honour::Certificate;
use crate::id::{
    AidId, AllowanceId, AreaId, BookingId, CaseId, CertificateId, ContributionId, EstateId,
    HazardId, ItemId, MediatorId, OfficerId, OperatorId, OrderId, PoolId, RedemptionId, ResidentId,
    ResourceId, ShiftId, StatementId, StationId, SupplierId, TeamId, VoucherId, WhistleId,
};
use crate::item::{Item, Loss, Shelf};
use crate::mediation::{Case, Mediator};
use crate::notice::{Hearing, Notice};
use crate::operator::{Operator, Worked};
use crate::order::Order;
use crate::pool::Pool;
use crate::queue::Queue;
use crate::resident::Resident;
use crate::resource::Place;
use crate::statement::{Issued, Payable};
use crate::station::Station;
use crate::team::Team;
use crate::voucher::Standing;
use crate::whistle::Whistle;
use crate::{Registry, State};

impl State {
    /// All residents.
    #[must_use]
    pub const fn residents(&self) -> &Registry<ResidentId, Resident> {
        &self.residents
    }

    /// All areas.
    #[must_use]
    pub const fn areas(&self) -> &Registry<AreaId, Area> {
        &self.areas
    }

    /// All stations.
    #[must_use]
    pub const fn stations(&self) -> &Registry<StationId, Station> {
        &self.stations
    }

    /// All operators.
    #[must_use]
    pub const fn operators(&self) -> &Registry<OperatorId, Operator> {
        &self.operators
    }

    /// All shifts.
    #[must_use]
    pub const fn shifts(&self) -> &Registry<ShiftId, Worked> {
        &self.shifts
    }

    /// All allowances.
    #[must_use]
    pub const fn allowances(&self) -> &Registry<AllowanceId, Allowance> {
        &self.allowances
    }

    /// All items at today's price.
    #[must_use]
    pub const fn items(&self) -> &Registry<ItemId, Item> {
        &self.items
    }

    /// All shelves that ever held anything.
    #[must_use]
    pub const fn shelves(&self) -> &Registry<(StationId, ItemId), Shelf> {
        &self.shelves
    }

    /// All teams.
    #[must_use]
    pub const fn teams(&self) -> &Registry<TeamId, Team> {
        &self.teams
    }

    /// All pools.
    #[must_use]
    pub const fn pools(&self) -> &Registry<PoolId, Pool> {
        &self.pools
    }

    /// All contributions.
    #[must_use]
    pub const fn contributions(&self) -> &Registry<ContributionId, Contribution> {
        &self.contributions
    }

    /// All notices and appeals.
    #[must_use]
    pub const fn notices(&self) -> &Registry<(ContributionId, Hearing), Notice> {
        &self.notices
    }

    /// All claims that a check holds.
    #[must_use]
    pub const fn held(&self) -> &Registry<ContributionId, Held> {
        &self.held
    }

    /// All redemptions.
    #[must_use]
    pub const fn redemptions(&self) -> &Registry<RedemptionId, Redemption> {
        &self.redemptions
    }

    /// All vouchers.
    #[must_use]
    pub const fn vouchers(&self) -> &Registry<VoucherId, Standing> {
        &self.vouchers
    }

    /// Who waits for goods, by station and item.
    #[must_use]
    pub const fn queues(&self) -> &Registry<(StationId, ItemId), Queue> {
        &self.queues
    }

    /// All hazards.
    #[must_use]
    pub const fn hazards(&self) -> &Registry<HazardId, Hazard> {
        &self.hazards
    }

    /// All orders.
    #[must_use]
    pub const fn orders(&self) -> &Registry<OrderId, Order> {
        &self.orders
    }

    /// All whistles.
    #[must_use]
    pub const fn whistles(&self) -> &Registry<WhistleId, Whistle> {
        &self.whistles
    }

    /// All asks, offers and wishes.
    #[must_use]
    pub const fn aids(&self) -> &Registry<AidId, Aid> {
        &self.aids
    }

    /// All estates.
    #[must_use]
    pub const fn estates(&self) -> &Registry<EstateId, Managed> {
        &self.estates
    }

    /// All mediation cases.
    #[must_use]
    pub const fn cases(&self) -> &Registry<CaseId, Case> {
        &self.cases
    }

    /// All places at the tables of mediation cases.
    #[must_use]
    pub const fn mediators(&self) -> &Registry<MediatorId, Mediator> {
        &self.mediators
    }

    /// All certificates of service.
    #[must_use]
    pub const fn certificates(&self) -> &Registry<CertificateId, Certificate> {
        &self.certificates
    }

    /// What each office answers for.
    #[must_use]
    pub const fn losses(&self) -> &Registry<OfficerId, Loss> {
        &self.losses
    }

    /// What each supplier is to be paid.
    #[must_use]
    pub const fn payables(&self) -> &Registry<SupplierId, Payable> {
        &self.payables
    }

    /// All statements.
    #[must_use]
    pub const fn statements(&self) -> &Registry<StatementId, Issued> {
        &self.statements
    }

    /// All resources that can be booked, or could be.
    #[must_use]
    pub const fn resources(&self) -> &Registry<ResourceId, Place> {
        &self.resources
    }

    /// All bookings.
    #[must_use]
    pub const fn bookings(&self) -> &Registry<BookingId, Booking> {
        &self.bookings
    }
}
