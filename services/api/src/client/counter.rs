//! What a counter's operators and its time off line are asked about.

use reqwest::Method;

use crate::bulk::{Bulk, BulkAnswer};
use crate::client::query;
use crate::counter::{
    Allowance, AllowanceEnded, AllowanceGranted, EnrolOperator, GrantAllowance, OfflineSlip,
    OfflineWritten, OpenShift, Operator, SetPin, SetShifts, Shift, ShiftChanged, Shifts,
    SlipOutcome, StationShifts,
};
use crate::page::Page;
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

    /// Gives an operator a PIN, as whoever runs the system.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn set_pin(&self, operator: &Id, pin: &str) -> Result<Reply<()>, ClientError> {
        let path = format!("/v1/operators/{operator}/pin");
        let request = self.request(Method::PUT, &path, &[], None);
        self.send(&request.json(&SetPin { pin: pin.to_owned() })?).await
    }

    /// Changes an operator's PIN, as a station, with the present one.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn change_pin(
        &self,
        operator: &Id,
        present: &str,
        pin: &str,
    ) -> Result<Reply<()>, ClientError> {
        let path = format!("/v1/operators/{operator}/pin-change");
        let request = self.request(Method::POST, &path, &[], None).pin(present).not_repeatable();
        self.send(&request.json(&SetPin { pin: pin.to_owned() })?).await
    }

    /// Opens a shift, as a station, with the operator's PIN.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn open_shift(
        &self,
        key: &str,
        pin: &str,
        body: &OpenShift,
    ) -> Result<Reply<Receipt<ShiftChanged>>, ClientError> {
        let request = self.request(Method::POST, "/v1/shifts", &[], None).key(key).pin(pin);
        self.send(&request.json(body)?).await
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

    /// A station's operators, newest first; a station names none, it sees its own.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn operators(
        &self,
        station: Option<&Id>,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Operator>>, ClientError> {
        self.read("/v1/operators", &of_station(station, cursor)).await
    }

    /// A station's shifts, newest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn shifts(
        &self,
        station: Option<&Id>,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Shift>>, ClientError> {
        self.read("/v1/shifts", &of_station(station, cursor)).await
    }

    /// A station's allowances with what was used of them, newest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn allowances(
        &self,
        station: Option<&Id>,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Allowance>>, ClientError> {
        self.read("/v1/allowances", &of_station(station, cursor)).await
    }

    /// The slips that a station wrote off line, newest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn off_line_slips(
        &self,
        station: Option<&Id>,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<OfflineWritten>>, ClientError> {
        self.read("/v1/slips", &of_station(station, cursor)).await
    }

    /// Those of them that don't count, and that somebody has to look into.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn open_slips(
        &self,
        station: Option<&Id>,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<OfflineWritten>>, ClientError> {
        let mut asked = of_station(station, cursor);
        asked.push(("open", "true"));
        self.read("/v1/slips", &asked).await
    }
}

fn of_station<'a>(station: Option<&'a Id>, cursor: Option<&'a str>) -> Vec<(&'a str, &'a str)> {
    query(&[("station", station.map(Id::as_str)), ("cursor", cursor)])
}
