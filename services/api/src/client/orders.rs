//! What residents, officers and offices ask of hazards, orders, whistles and mutual aid.

use crate::aid::{Aid, AidChanged, AidStepOne, OpenAid, TakeAidStep};
use crate::bulk::{Bulk, BulkAnswer};
use crate::client::query;
use crate::hazard::{
    HazardChanged, HazardStep, HazardStepOne, OrderFile, ReportHazard, ReportsOf, RuleOnAppeal,
};
use crate::order::{Order, OrderChanged, OrderStep, OrderStepOne, RequestOrder};
use crate::page::Page;
use crate::receipt::{Named, Receipt};
use crate::whistle::{BlowWhistle, Whistle, WhistleChanged, WhistleStep, Whistles};
use crate::{Client, ClientError, Id, Reply};

/// No body.
#[derive(serde::Serialize)]
struct Nothing {}

/// Commands: a name, a path with one id or none, the body, the answer.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident $path:literal $body:ty => $answer:ty;)+) => {
        impl Client {$(
            $(#[$doc])*
            ///
            /// # Errors
            ///
            /// [`ClientError`]
            pub async fn $name(
                &self,
                key: &str,
                body: &$body,
            ) -> Result<Reply<Receipt<$answer>>, ClientError> {
                self.command($path, key, body).await
            }
        )+}
    };
}

/// Commands in bulk.
macro_rules! bulks {
    ($($(#[$doc:meta])* $name:ident $path:literal $body:ty => $answer:ty;)+) => {
        impl Client {$(
            $(#[$doc])*
            ///
            /// # Errors
            ///
            /// [`ClientError`]; what is refused of the items stands in the answer.
            pub async fn $name(
                &self,
                bulk: &Bulk<$body>,
            ) -> Result<Reply<BulkAnswer<$answer>>, ClientError> {
                self.bulk($path, bulk).await
            }
        )+}
    };
}

/// Steps of one thing.
macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident $noun:literal $path:literal $body:ty => $answer:ty;)+) => {
        impl Client {$(
            $(#[$doc])*
            ///
            /// # Errors
            ///
            /// [`ClientError`]
            pub async fn $name(
                &self,
                key: &str,
                id: &Id,
                body: &$body,
            ) -> Result<Reply<Receipt<$answer>>, ClientError> {
                self.command(&format!(concat!("/v1/", $noun, "/{}/", $path), id), key, body).await
            }
        )+}
    };
}

commands! {
    /// Reports a hazard.
    report_hazard "/v1/hazards" ReportHazard => HazardChanged;
    /// Asks for something to be seen to.
    request_order "/v1/orders" RequestOrder => OrderChanged;
    /// Blows a whistle.
    blow_whistle "/v1/whistles" BlowWhistle => WhistleChanged;
    /// Asks for help, offers it, or wishes.
    open_aid "/v1/aids" OpenAid => AidChanged;
}

bulks! {
    /// Reports up to 1,000 hazards.
    report_hazards "/v1/hazards/bulk" ReportHazard => HazardChanged;
    /// Says up to 1,000 words on hazards.
    judge_hazards "/v1/hazard-steps/bulk" HazardStepOne => HazardChanged;
    /// Does up to 1,000 things with orders.
    handle_orders "/v1/order-steps/bulk" OrderStepOne => OrderChanged;
    /// Opens up to 1,000 asks, offers and wishes.
    open_aids "/v1/aids/bulk" OpenAid => AidChanged;
    /// Takes up to 1,000 steps of mutual aid.
    take_aid_steps "/v1/aid-steps/bulk" AidStepOne => AidChanged;
}

steps! {
    /// Says a word on a hazard.
    judge_hazard "hazards" "steps" HazardStep => HazardChanged;
    /// Does something with an order.
    handle_order "orders" "steps" OrderStep => OrderChanged;
    /// Answers a whistle, or settles it.
    answer_whistle "whistles" "steps" WhistleStep => WhistleChanged;
    /// Takes a step of mutual aid.
    take_aid_step "aids" "steps" TakeAidStep => AidChanged;
    /// Rules on a resident's appeal against a pause.
    rule_on_appeal "residents" "reporting-appeal/ruling" RuleOnAppeal => Named;
}

impl Client {
    /// Appeals against the pause of a resident's reporting.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn appeal_pause(
        &self,
        key: &str,
        resident: &Id,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        let path = format!("/v1/residents/{resident}/reporting-appeal");
        self.command(&path, key, &Nothing {}).await
    }

    /// The file of a hazard or of an order.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn order_file(&self, id: &Id) -> Result<Reply<OrderFile>, ClientError> {
        self.read(&format!("/v1/orders/{id}"), &[]).await
    }

    /// The open orders of a unit, or of all; the most urgent first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn open_orders(
        &self,
        unit: Option<&Id>,
        due_before: Option<&str>,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Order>>, ClientError> {
        let unit = unit.map(Id::as_str);
        let asked = [("unit", unit), ("due_before", due_before), ("cursor", cursor)];
        self.read("/v1/orders", &query(&asked)).await
    }

    /// A resident's reports.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn hazards_of(&self, resident: &Id) -> Result<Reply<ReportsOf>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/hazards"), &[]).await
    }

    /// What a resident asked, offered, wished or took part in.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn aids_of(&self, resident: &Id) -> Result<Reply<Page<Aid>>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/aids"), &[]).await
    }

    /// The asks, offers and wishes that wait for somebody in an area.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn open_aids_in(&self, area: &Id) -> Result<Reply<Page<Aid>>, ClientError> {
        self.read("/v1/aids", &[("area", area.as_str())]).await
    }

    /// A whistle.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn whistle(&self, id: &Id) -> Result<Reply<Whistle>, ClientError> {
        self.read(&format!("/v1/whistles/{id}"), &[]).await
    }

    /// The whistles that are not settled.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn open_whistles(&self) -> Result<Reply<Whistles>, ClientError> {
        self.read("/v1/whistles", &[]).await
    }
}
