//! What is asked about residents, and for them.

use reqwest::Method;

use crate::bulk::{Bulk, BulkAnswer};
use crate::client::{RankingWish, query};
use crate::item::{Catalogue, Item};
use crate::page::Page;
use crate::passbook::{CheckedLines, Passbook};
use crate::pseudonym::{ChoosePseudonym, PseudonymChanged, PseudonymWords, WithdrawPseudonym};
use crate::ranking::{GroupKind, GroupOrder, GroupRanking, Neighbours, Rank, Ranking};
use crate::receipt::{Named, Receipt};
use crate::resident::{
    EnrolVolunteer, Merit, MoveResident, RegisterResident, Resident, WhichResident,
};
use crate::wallet::{Lots, StatementLine, Wallet};
use crate::{Client, ClientError, Id, Reply};

impl Client {
    /// Registers a resident.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn register_resident(
        &self,
        key: &str,
        body: &RegisterResident,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command("/v1/residents", key, body).await
    }

    /// Registers up to 1,000 residents.
    ///
    /// # Errors
    ///
    /// [`ClientError`]; what is refused of the items stands in the answer.
    pub async fn register_residents(
        &self,
        bulk: &Bulk<RegisterResident>,
    ) -> Result<Reply<BulkAnswer<Named>>, ClientError> {
        self.bulk("/v1/residents/bulk", bulk).await
    }

    /// Lets a resident live with another household.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn move_resident(
        &self,
        key: &str,
        resident: &Id,
        body: &MoveResident,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command(&format!("/v1/residents/{resident}/move"), key, body).await
    }

    /// Enrols a resident as a volunteer.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn enrol_volunteer(
        &self,
        key: &str,
        resident: &Id,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.bare_command(Method::POST, &format!("/v1/residents/{resident}/volunteer"), key).await
    }

    /// Enrols a resident as a volunteer, and says who referred this one.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn enrol_referred(
        &self,
        key: &str,
        resident: &Id,
        referred_by: &Id,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        let body = EnrolVolunteer { referred_by: Some(referred_by.clone()) };
        self.command(&format!("/v1/residents/{resident}/volunteer"), key, &body).await
    }

    /// Enrols up to 1,000 residents as volunteers.
    ///
    /// # Errors
    ///
    /// [`ClientError`]; what is refused of the items stands in the answer.
    pub async fn enrol_volunteers(
        &self,
        bulk: &Bulk<WhichResident>,
    ) -> Result<Reply<BulkAnswer<Named>>, ClientError> {
        self.bulk("/v1/volunteers/bulk", bulk).await
    }

    /// Shows a resident in the rankings, at the resident's own wish.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn join_ranking(
        &self,
        key: &str,
        resident: &Id,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.bare_command(Method::PUT, &format!("/v1/residents/{resident}/ranking"), key).await
    }

    /// Shows up to 1,000 residents in the rankings.
    ///
    /// # Errors
    ///
    /// [`ClientError`]; what is refused of the items stands in the answer.
    pub async fn join_rankings(
        &self,
        bulk: &Bulk<WhichResident>,
    ) -> Result<Reply<BulkAnswer<Named>>, ClientError> {
        self.bulk("/v1/ranking-members/bulk", bulk).await
    }

    /// Shows a resident in the rankings no longer.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn leave_ranking(
        &self,
        key: &str,
        resident: &Id,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.bare_command(Method::DELETE, &format!("/v1/residents/{resident}/ranking"), key).await
    }

    /// The words that pseudonyms are made of.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn pseudonym_words(&self) -> Result<Reply<PseudonymWords>, ClientError> {
        self.read("/v1/pseudonym-words", &[]).await
    }

    /// Chooses a pseudonym for the rankings.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn choose_pseudonym(
        &self,
        key: &str,
        resident: &Id,
        words: &ChoosePseudonym,
    ) -> Result<Reply<Receipt<PseudonymChanged>>, ClientError> {
        let path = format!("/v1/residents/{resident}/pseudonym");
        self.send(&self.request(Method::PUT, &path, &[], None).key(key).json(words)?).await
    }

    /// Gives a pseudonym up.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn drop_pseudonym(
        &self,
        key: &str,
        resident: &Id,
    ) -> Result<Reply<Receipt<PseudonymChanged>>, ClientError> {
        let path = format!("/v1/residents/{resident}/pseudonym");
        self.bare_command(Method::DELETE, &path, key).await
    }

    /// Withdraws a resident's pseudonym, as the officer of the key.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn withdraw_pseudonym(
        &self,
        key: &str,
        resident: &Id,
        wish: &WithdrawPseudonym,
    ) -> Result<Reply<Receipt<PseudonymChanged>>, ClientError> {
        let path = format!("/v1/residents/{resident}/pseudonym/withdrawal");
        self.command(&path, key, wish).await
    }

    /// A resident.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn resident(&self, resident: &Id) -> Result<Reply<Resident>, ClientError> {
        self.read(&format!("/v1/residents/{resident}"), &[]).await
    }

    /// The resident with this card.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn resident_by_card(&self, card: &str) -> Result<Reply<Resident>, ClientError> {
        self.read(&format!("/v1/residents/by-card/{card}"), &[]).await
    }

    /// What a resident has to spend.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn wallet(&self, resident: &Id) -> Result<Reply<Wallet>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/wallet"), &[]).await
    }

    /// All dates on which points of a resident lapse, soonest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn expiry_schedule(
        &self,
        resident: &Id,
    ) -> Result<Reply<crate::wallet::ExpirySchedule>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/wallet/expiry"), &[]).await
    }

    /// A resident's lots, soonest expiry first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn lots(&self, resident: &Id) -> Result<Reply<Lots>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/lots"), &[]).await
    }

    /// A resident's statement, newest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn statement(
        &self,
        resident: &Id,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<StatementLine>>, ClientError> {
        let (path, limit) = (format!("/v1/residents/{resident}/statement"), limit.to_string());
        self.read(&path, &query(&[("limit", Some(limit.as_str())), ("cursor", cursor)])).await
    }

    /// Lines for a resident's passbook: those after the last one printed, whose code it has, or
    /// the newest.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn passbook(
        &self,
        resident: &Id,
        since: Option<&str>,
    ) -> Result<Reply<Passbook>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/passbook"), &query(&[("since", since)])).await
    }

    /// What the ledger says to a receipt code of a passbook.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn check_line(&self, code: &str) -> Result<Reply<CheckedLines>, ClientError> {
        self.read(&format!("/v1/passbook/{code}"), &[]).await
    }

    /// A resident's merit, minutes and stars.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn merit(&self, resident: &Id) -> Result<Reply<Merit>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/merit"), &[]).await
    }

    /// A resident's place in a ranking.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn rank(
        &self,
        resident: &Id,
        wish: &RankingWish,
    ) -> Result<Reply<Rank>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/rank"), &query(&wish.pairs())).await
    }

    /// A resident's place and those around it.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn rank_neighbours(
        &self,
        resident: &Id,
        wish: &RankingWish,
    ) -> Result<Reply<Neighbours>, ClientError> {
        self.read(&format!("/v1/residents/{resident}/rank/neighbours"), &query(&wish.pairs())).await
    }

    /// A ranking, best first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn ranking(
        &self,
        wish: &RankingWish,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Ranking>, ClientError> {
        let limit = limit.to_string();
        let [area, window, period] = wish.pairs();
        let pairs = [area, window, period, ("limit", Some(limit.as_str())), ("cursor", cursor)];
        self.read("/v1/rankings", &query(&pairs)).await
    }

    /// A ranking of groups, best first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn group_ranking(
        &self,
        by: GroupKind,
        order: GroupOrder,
        wish: &RankingWish,
    ) -> Result<Reply<GroupRanking>, ClientError> {
        let [area, window, period] = wish.pairs();
        let (by, order) = (("by", Some(by.as_str())), ("order", Some(order.as_str())));
        self.read("/v1/rankings/groups", &query(&[by, order, area, window, period])).await
    }

    /// What can be had, at a station and for a resident if they are named.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn catalogue(
        &self,
        station: Option<&Id>,
        resident: Option<&Id>,
        cursor: Option<&str>,
    ) -> Result<Reply<Catalogue>, ClientError> {
        let pairs = [
            ("station", station.map(Id::as_str)),
            ("resident", resident.map(Id::as_str)),
            ("cursor", cursor),
        ];
        self.read("/v1/catalogue", &query(&pairs)).await
    }

    /// An item.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn item(&self, item: &Id) -> Result<Reply<Item>, ClientError> {
        self.read(&format!("/v1/items/{item}"), &[]).await
    }
}
