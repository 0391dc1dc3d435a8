//! What a counter's operators and its time off line are asked about.

use reqwest::Method;

use crate::bulk::{Bulk, BulkAnswer};
use crate::counter::{
    AllowanceEnded, AllowanceGranted, EnrolOperator, GrantAllowance, OfflineSlip, OpenShift,
    SetShifts, ShiftChanged, Shifts, SlipOutcome, StationShifts,
};
use crate::receipt::{Named, Receipt};
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// Enrols an operator.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn enrol_operator(
        &self,
        key: &str,
        body: &EnrolOperator,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command("/v1/operators", key, body).await
    }

    /// Ends an operator's time at the station.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn retire_operator(
        &self,
        key: &str,
        operator: &Id,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.bare_command(Method::POST, &format!("/v1/operators/{operator}/retire"), key).await
    }

    /// Says whether a station hands anything out without a shift.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn set_shifts(
        &self,
        key: &str,
        station: &Id,
        shifts: Shifts,
    ) -> Result<Reply<Receipt<StationShifts>>, ClientError> {
        self.command(&format!("/v1/stations/{station}/shifts"), key, &SetShifts { shifts }).await
    }

    /// Opens a shift, as a station.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn open_shift(
        &self,
        key: &str,
        body: &OpenShift,
    ) -> Result<Reply<Receipt<ShiftChanged>>, ClientError> {
        self.command("/v1/shifts", key, body).await
    }

    /// Closes a shift, as a station.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn close_shift(
        &self,
        key: &str,
        shift: &Id,
    ) -> Result<Reply<Receipt<ShiftChanged>>, ClientError> {
        self.bare_command(Method::POST, &format!("/v1/shifts/{shift}/close"), key).await
    }

    /// Grants a station an allowance, as an officer.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn grant_allowance(
        &self,
        key: &str,
        body: &GrantAllowance,
    ) -> Result<Reply<Receipt<AllowanceGranted>>, ClientError> {
        self.command("/v1/allowances", key, body).await
    }

    /// Ends an allowance before its time, as an officer.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn end_allowance(
        &self,
        key: &str,
        allowance: &Id,
    ) -> Result<Reply<Receipt<AllowanceEnded>>, ClientError> {
        self.bare_command(Method::POST, &format!("/v1/allowances/{allowance}/end"), key).await
    }

    /// Brings a slip in that was written off line, as a station.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn count_slip(
        &self,
        key: &str,
        body: &OfflineSlip,
    ) -> Result<Reply<Receipt<SlipOutcome>>, ClientError> {
        self.command("/v1/slips", key, body).await
    }

    /// Brings slips in, as a station.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn count_slips(
        &self,
        body: &Bulk<OfflineSlip>,
    ) -> Result<Reply<BulkAnswer<SlipOutcome>>, ClientError> {
        self.bulk("/v1/slips/bulk", body).await
    }
}
