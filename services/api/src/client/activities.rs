//! What is asked about activities, their seats, and where patrols walk.

use reqwest::Method;

use crate::activity::{
    Activity, Attendance, CallOffForTeam, CheckpointTags, ComeIn, DoorCode, GoOut, PatrolCoverage,
    PublishActivity, PublishForTeam, Seat, SeatChanged, SignUp,
};
use crate::alert::{Alert, AlertDeclared, AlertWithdrawn, DeclareAlert, WithdrawAlert};
use crate::bulk::{Bulk, BulkAnswer};
use crate::client::query;
use crate::page::Page;
use crate::receipt::{Named, Receipt};
use crate::team::TeamMember;
use crate::{Client, ClientError, Id, Instant, Reply};

impl Client {
    /// Lets a member lead a team.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn lead_team(
        &self,
        key: &str,
        team: &Id,
        body: &TeamMember,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command(&format!("/v1/teams/{team}/lead"), key, body).await
    }

    /// Declares a weather alert, as an officer.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn declare_alert(
        &self,
        key: &str,
        body: &DeclareAlert,
    ) -> Result<Reply<Receipt<AlertDeclared>>, ClientError> {
        self.command("/v1/alerts", key, body).await
    }

    /// Ends a weather alert before its time, as an officer.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn withdraw_alert(
        &self,
        key: &str,
        body: &WithdrawAlert,
    ) -> Result<Reply<Receipt<AlertWithdrawn>>, ClientError> {
        self.command("/v1/alerts/withdraw", key, body).await
    }

    /// Weather alerts, the last declared first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn alerts(&self, cursor: Option<&str>) -> Result<Reply<Page<Alert>>, ClientError> {
        self.read("/v1/alerts", &query(&[("cursor", cursor)])).await
    }

    /// Publishes an activity, as an officer.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn publish_activity(
        &self,
        key: &str,
        body: &PublishActivity,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command("/v1/activities", key, body).await
    }

    /// Publishes an activity for a team, as its leader.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn publish_for_team(
        &self,
        key: &str,
        body: &PublishForTeam,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command("/v1/team-activities", key, body).await
    }

    /// Calls an activity off, as an officer.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn call_off_activity(
        &self,
        key: &str,
        activity: &Id,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.bare_command(Method::POST, &format!("/v1/activities/{activity}/call-off"), key).await
    }

    /// Calls an activity off, as the leader of its team.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn call_off_for_team(
        &self,
        key: &str,
        activity: &Id,
        body: &CallOffForTeam,
    ) -> Result<Reply<Receipt<Named>>, ClientError> {
        self.command(&format!("/v1/team-activities/{activity}/call-off"), key, body).await
    }

    /// The activities of an area that begin on a day (`2025-03-05`).
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn activities(
        &self,
        area: &Id,
        day: &str,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Activity>>, ClientError> {
        let query = query(&[("area", Some(area.as_str())), ("day", Some(day)), ("cursor", cursor)]);
        self.read("/v1/activities", &query).await
    }

    /// An activity.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn activity(&self, activity: &Id) -> Result<Reply<Activity>, ClientError> {
        self.read(&format!("/v1/activities/{activity}"), &[]).await
    }

    /// An activity with those who signed up.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn attendance(&self, activity: &Id) -> Result<Reply<Attendance>, ClientError> {
        self.read(&format!("/v1/activities/{activity}/attendance"), &[]).await
    }

    /// The rotating code of an activity at a moment.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn door_code(
        &self,
        activity: &Id,
        at: &Instant,
    ) -> Result<Reply<DoorCode>, ClientError> {
        self.read(&format!("/v1/activities/{activity}/code"), &[("at", at.as_str())]).await
    }

    /// What stands at the first so many checkpoints of a grid.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn checkpoint_tags(
        &self,
        grid: &Id,
        count: u8,
    ) -> Result<Reply<CheckpointTags>, ClientError> {
        let count = count.to_string();
        self.read(&format!("/v1/grids/{grid}/checkpoints"), &[("count", count.as_str())]).await
    }

    /// Where patrols walked on a day in an area, and where nobody did.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn patrol_coverage(
        &self,
        area: &Id,
        day: &str,
    ) -> Result<Reply<PatrolCoverage>, ClientError> {
        self.read("/v1/patrols/coverage", &[("area", area.as_str()), ("day", day)]).await
    }

    /// Signs a resident up.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn sign_up(
        &self,
        key: &str,
        body: &SignUp,
    ) -> Result<Reply<Receipt<SeatChanged>>, ClientError> {
        self.command("/v1/seats", key, body).await
    }

    /// Signs up to 1,000 residents up.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn sign_up_bulk(
        &self,
        body: &Bulk<SignUp>,
    ) -> Result<Reply<BulkAnswer<SeatChanged>>, ClientError> {
        self.bulk("/v1/seats/bulk", body).await
    }

    /// Gives a seat up, or waits no longer.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn give_up_seat(
        &self,
        key: &str,
        seat: &Id,
    ) -> Result<Reply<Receipt<SeatChanged>>, ClientError> {
        self.bare_command(Method::POST, &format!("/v1/seats/{seat}/withdraw"), key).await
    }

    /// Comes.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn come_in(
        &self,
        key: &str,
        seat: &Id,
        body: &ComeIn,
    ) -> Result<Reply<Receipt<SeatChanged>>, ClientError> {
        self.command(&format!("/v1/seats/{seat}/check-in"), key, body).await
    }

    /// Goes.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn go_out(
        &self,
        key: &str,
        seat: &Id,
        body: &GoOut,
    ) -> Result<Reply<Receipt<SeatChanged>>, ClientError> {
        self.command(&format!("/v1/seats/{seat}/check-out"), key, body).await
    }

    /// A seat.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn seat(&self, seat: &Id) -> Result<Reply<Seat>, ClientError> {
        self.read(&format!("/v1/seats/{seat}"), &[]).await
    }

    /// A resident's seats, newest first.
    ///
    /// # Errors
    ///
    /// [`ClientError`]
    pub async fn seats_of(
        &self,
        resident: &Id,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Reply<Page<Seat>>, ClientError> {
        let limit = limit.to_string();
        let query = query(&[("limit", Some(limit.as_str())), ("cursor", cursor)]);
        self.read(&format!("/v1/residents/{resident}/seats"), &query).await
    }
}
