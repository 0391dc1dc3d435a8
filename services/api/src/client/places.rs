//! What is asked about resources and bookings.

use reqwest::Method;

use crate::booking::{BookResource, Booking, BookingChanged, BookingSide, CancelBooking};
use crate::client::query;
use crate::page::Page;
use crate::receipt::{Named, Receipt};
use crate::resource::{CallSlotsOff, OpenResource, ReopenSlots, Resource, Slots, SlotsTurned};
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// Opens a resource for booking.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn open_resource(
        &self,
        key: &str,
        body: &OpenResource,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command("/v1/resources", key, body).await
    }

    /// Lets nobody book a resource any more.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn withdraw_resource(
        &self,
        key: &str,
        resource: &Id,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.bare_command(Method::POST, &format!("/v1/resources/{resource}/withdraw"), key).await
    }

    /// Calls slots of a resource off, as its station or its supplier.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn call_slots_off(
        &self,
        key: &str,
        resource: &Id,
        body: &CallSlotsOff,
    ) -> Result<Reply<Receipt<SlotsTurned>>, ClientError> {
        self.command(&format!("/v1/resources/{resource}/call-off"), key, body).await
    }

    /// Opens slots of a resource again, as its station or its supplier.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn reopen_slots(
        &self,
        key: &str,
        resource: &Id,
        body: &ReopenSlots,
    ) -> Result<Reply<Receipt<SlotsTurned>>, ClientError> {
        self.command(&format!("/v1/resources/{resource}/reopen"), key, body).await
    }

    /// Resources: of an item, of a station, or all.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn resources(
        &self,
        item: Option<&Id>,
        station: Option<&Id>,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Resource>>, ClientError> {
        let query = query(&[
            ("item", item.map(Id::as_str)),
            ("station", station.map(Id::as_str)),
            ("cursor", cursor),
        ]);
        self.read("/v1/resources", &query).await
    }

    /// A resource.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn resource(&self, resource: &Id) -> Result<Reply<Resource>, ClientError> {
        self.read(&format!("/v1/resources/{resource}"), &[]).await
    }

    /// The slots of a resource that begin on a day (`2025-03-05`), and what of them is free.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn slots(&self, resource: &Id, day: &str) -> Result<Reply<Slots>, ClientError> {
        self.read(&format!("/v1/resources/{resource}/slots"), &[("day", day)]).await
    }

    /// Books.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn book(
        &self,
        key: &str,
        body: &BookResource,
    ) -> Result<Reply<Receipt<BookingChanged>>, ClientError> {
        self.command("/v1/bookings", key, body).await
    }

    /// Puts a resident on the waiting list.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn wait_for(
        &self,
        key: &str,
        body: &BookResource,
    ) -> Result<Reply<Receipt<BookingChanged>>, ClientError> {
        self.command("/v1/bookings/waiting", key, body).await
    }

    /// Takes a resident off the waiting list.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn leave_waiting(
        &self,
        key: &str,
        booking: &Id,
    ) -> Result<Reply<Receipt<BookingChanged>>, ClientError> {
        self.bare_command(Method::POST, &format!("/v1/bookings/{booking}/leave"), key).await
    }

    /// Calls a booking off.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn cancel_booking(
        &self,
        key: &str,
        booking: &Id,
        by: BookingSide,
    ) -> Result<Reply<Receipt<BookingChanged>>, ClientError> {
        let body = CancelBooking { by };
        self.command(&format!("/v1/bookings/{booking}/cancel"), key, &body).await
    }

    /// Hands out the key, as a station.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn check_in(
        &self,
        key: &str,
        booking: &Id,
    ) -> Result<Reply<Receipt<BookingChanged>>, ClientError> {
        self.bare_command(Method::POST, &format!("/v1/bookings/{booking}/check-in"), key).await
    }

    /// A booking.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn booking(&self, booking: &Id) -> Result<Reply<Booking>, ClientError> {
        self.read(&format!("/v1/bookings/{booking}"), &[]).await
    }

    /// What begins on a day at the station that the key is bound to.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn bookings_of_day(
        &self,
        day: &str,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Booking>>, ClientError> {
        self.read("/v1/bookings", &query(&[("day", Some(day)), ("cursor", cursor)])).await
    }

    /// A resident's bookings, newest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn bookings_of(
        &self,
        resident: &Id,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Booking>>, ClientError> {
        let limit = limit.to_string();
        let query = query(&[("limit", Some(limit.as_str())), ("cursor", cursor)]);
        self.read(&format!("/v1/residents/{resident}/bookings"), &query).await
    }
}
