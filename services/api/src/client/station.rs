//! What a service station asks.

use reqwest::Method;

use crate::bulk::{Bulk, BulkAnswer};
use crate::client::query;
use crate::page::Page;
use crate::receipt::Receipt;
use crate::redemption::{
    Basket, CaptureRedemption, Redeemed, Redemption, ReturnRedemption, Returned, VoidRedemption,
};
use crate::station::{
    CountStock, MoveStock, ReceiveStock, Shelf, Station, StockCounted, StockMoved, StockReceived,
    StockWrittenOff, WriteOffStock,
};
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// The station that the key is bound to.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn station(&self) -> Result<Reply<Station>, ClientError> {
        self.read("/v1/station", &[]).await
    }

    /// Takes goods in.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn receive_stock(
        &self,
        key: &str,
        body: &ReceiveStock,
    ) -> Result<Reply<Receipt<StockReceived>>, ClientError> {
        self.command("/v1/stock", key, body).await
    }

    /// Takes up to 1,000 deliveries in.
    ///
    /// # Errors
    ///
    /// [`ClientError`]; what is refused of the items stands in the answer.
    pub async fn receive_stocks(
        &self,
        bulk: &Bulk<ReceiveStock>,
    ) -> Result<Reply<BulkAnswer<StockReceived>>, ClientError> {
        self.bulk("/v1/stock/bulk", bulk).await
    }

    /// Tells what was found on a shelf.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn count_stock(
        &self,
        key: &str,
        body: &CountStock,
    ) -> Result<Reply<Receipt<StockCounted>>, ClientError> {
        self.command("/v1/stock/counts", key, body).await
    }

    /// Moves goods to another station.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn move_stock(
        &self,
        key: &str,
        body: &MoveStock,
    ) -> Result<Reply<Receipt<StockMoved>>, ClientError> {
        self.command("/v1/stock/moves", key, body).await
    }

    /// Writes goods off.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn write_off_stock(
        &self,
        key: &str,
        body: &WriteOffStock,
    ) -> Result<Reply<Receipt<StockWrittenOff>>, ClientError> {
        self.command("/v1/stock/write-offs", key, body).await
    }

    /// Sends goods back to the supplier.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn send_stock_back(
        &self,
        key: &str,
        body: &ReceiveStock,
    ) -> Result<Reply<Receipt<StockReceived>>, ClientError> {
        self.command("/v1/stock/send-backs", key, body).await
    }

    /// What stands at the station.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn shelves(
        &self,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Shelf>>, ClientError> {
        let limit = limit.to_string();
        self.read("/v1/stock", &query(&[("limit", Some(limit.as_str())), ("cursor", cursor)])).await
    }

    /// Hands out a part of what was reserved.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn capture_part(
        &self,
        key: &str,
        redemption: &Id,
        body: &CaptureRedemption,
    ) -> Result<Reply<Receipt<Redeemed>>, ClientError> {
        self.command(&format!("/v1/redemptions/{redemption}/capture"), key, body).await
    }

    /// Takes back what was handed out.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn return_redemption(
        &self,
        key: &str,
        redemption: &Id,
        body: &ReturnRedemption,
    ) -> Result<Reply<Receipt<Returned>>, ClientError> {
        self.command(&format!("/v1/redemptions/{redemption}/return"), key, body).await
    }

    /// Sets points and stock aside.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn reserve(
        &self,
        key: &str,
        basket: &Basket,
    ) -> Result<Reply<Receipt<Redeemed>>, ClientError> {
        self.command("/v1/redemptions", key, basket).await
    }

    /// Hands out what was reserved.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn capture(
        &self,
        key: &str,
        redemption: &Id,
    ) -> Result<Reply<Receipt<Redeemed>>, ClientError> {
        self.bare_command(Method::POST, &format!("/v1/redemptions/{redemption}/capture"), key).await
    }

    /// Gives back what was reserved.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn void(
        &self,
        key: &str,
        redemption: &Id,
        body: &VoidRedemption,
    ) -> Result<Reply<Receipt<Redeemed>>, ClientError> {
        self.command(&format!("/v1/redemptions/{redemption}/void"), key, body).await
    }

    /// Reserves and hands out at once, over the counter.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn sell(
        &self,
        key: &str,
        basket: &Basket,
    ) -> Result<Reply<Receipt<Redeemed>>, ClientError> {
        self.command("/v1/sales", key, basket).await
    }

    /// What is reserved here and waits to be handed out, oldest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn waiting_redemptions(
        &self,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Redemption>>, ClientError> {
        let limit = limit.to_string();
        self.read("/v1/redemptions", &query(&[("limit", Some(limit.as_str())), ("cursor", cursor)]))
            .await
    }

    /// A redemption.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn redemption(&self, redemption: &Id) -> Result<Reply<Redemption>, ClientError> {
        self.read(&format!("/v1/redemptions/{redemption}"), &[]).await
    }
}
