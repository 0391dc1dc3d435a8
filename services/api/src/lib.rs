//! What is said over HTTP: the shapes of requests and answers, their units, and a typed client.
//!
//! Amounts, ids and instants are text here and nothing is checked but the shape: whoever takes a
//! request in parses it into the domain's types. It is *not* the place of any rule, and it knows
//! neither the domain nor the server.
//!
//! # Routes
//!
//! `Authorization: Bearer <key>` everywhere but under *public*. A *command* needs the header
//! `Idempotency-Key` and is answered with a [`receipt::Receipt`] and the header `Linli-Position`;
//! a repeat bears `Idempotency-Replayed: true`. A *bulk* takes 1 to 1,000 items with a key each
//! ([`bulk::Bulk`]) and needs no header. A *read* takes `?after=<position>` or the header
//! `Linli-After` and waits a moment until it has got there; it tells how far it is in
//! `Linli-Position`. Lists take `?limit=&cursor=`. Refusals are [`problem::Problem`]s.
//!
//! | who (scope) | routes under `/v1` |
//! |---|---|
//! | partner (`contributions:write`) | `POST /contributions` · bulk `POST /contributions/bulk` · `/contributions/{id}/evidence` |
//! | (`contributions:read`) | `GET /contributions/{id}` · `/notices/{id}` |
//! | partner (`contributions:write`) | `POST /notices/{id}/objections` · `/notices/{id}/resident-votes` · `/contributions/{id}/appeal` |
//! | staff (`contributions:verify`) | `POST /notices/{id}/panel` · `/notices/{id}/votes` · `GET /panel-duties` |
//! | staff (`contributions:verify`) | `GET /holds` · `POST /contributions/{id}/review` |
//! | (`notices:read`) | `GET /notices?area=&all=` |
//! | staff (`contributions:verify`) | `POST /contributions/{id}/verify` · `/reject` · bulk `POST /verifications/bulk` · `GET /verification-queue` |
//! | partner (`orders:write`) | `POST /hazards` · `/orders` · `/aids` · `/aids/{id}/steps` · `/residents/{id}/reporting-appeal`; bulk `/hazards/bulk` · `/aids/bulk` · `/aid-steps/bulk` |
//! | staff (`orders:handle`) | `POST /hazards/{id}/steps` · `/orders/{id}/steps` · `/whistles` · `/whistles/{id}/steps` · `/residents/{id}/reporting-appeal/ruling`; bulk `/hazard-steps/bulk` · `/order-steps/bulk` · `GET /hazard-queue` |
//! | (`orders:read`) | `GET /orders?unit=&level=&due_before=` · `/orders/{id}` · `/whistles` · `/whistles/{id}` · `/aids?area=` · `/aids/{id}` · `/residents/{id}/hazards` · `/residents/{id}/aids` |
//! | operator (`organisation:write`) | `POST /estates` · bulk `/estates/bulk` · `/estates/{id}/form` · `/committee` · `/committee/leave` |
//! | (`organisation:read`) | `GET /estates?area=&form=` · `/estates/{id}` |
//! | staff (`mediation:handle`) | `POST /cases` · `/cases/{id}/table` · `/cases/{id}/sessions` · `/cases/{id}/steps` |
//! | staff, auditor (`mediation:read`) | `GET /cases?area=&status=` · `/cases/{id}` |
//! | partner (`honours:write`) | `POST /residents/{id}/titles` · `/certificates` · `/record-reports` |
//! | staff (`honours:grant`) | `POST /title-steps` · `/certificates/{id}/steps` · `/record-reports/{id}/answer` |
//! | (`residents:read`) | `GET /residents/{id}/titles` · `/certificates` · `/record-reports` |
//! | (`rankings:read`) | `GET /title-notices` |
//! | *public* | `GET /certificates/{code}` |
//! | staff (`activities:host`) | `POST /activities` · `/activities/{id}/call-off` · `GET /activities/{id}/attendance` · `POST /alerts` · `/alerts/withdraw` |
//! | staff, station (`activities:door`) | `GET /activities/{id}/code?at=` · `/grids/{id}/checkpoints?count=` |
//! | partner (`activities:write`) | `POST /seats` · bulk `/seats/bulk` · `/seats/{id}/withdraw` · `/check-in` · `/check-out` · `/team-activities` · `/team-activities/{id}/call-off` |
//! | (`activities:read`) | `GET /activities?area=&day=` · `/activities/{id}` · `/seats/{id}` · `/patrols/coverage?area=&day=` · `/alerts` |
//! | (`residents:write`) | `POST /residents` · bulk `/residents/bulk` · `POST /residents/{id}/volunteer` · bulk `/volunteers/bulk` · `PUT`, `DELETE /residents/{id}/ranking` · bulk `/ranking-members/bulk` |
//! | (`residents:read`) | `GET /residents/{id}` · `/residents/by-card/{card}` · `/residents/by-code/{code}` · `/residents/{id}/wallet` · `/lots` · `/statement` · `/bookings` · `/queue` · `/seats` · `/merit` · `/rank` · `/rank/neighbours` |
//! | (`rankings:read`) | `GET /rankings?area=&window=&period=` · `/rankings/groups?by=&order=` |
//! | (`catalogue:read`) | `GET /catalogue?station=&resident=` · `GET /items/{id}` · `/items/{id}/prices` · `/resources?item=&station=` · `/resources/{id}` · `/resources/{id}/slots?day=` |
//! | station (`redemptions:write`) | `POST /redemptions` · `/redemptions/{id}/capture` · `/void` · `POST /sales` |
//! | partner, station (`vouchers:write`) | `POST /vouchers` · `/vouchers/{id}/return` |
//! | station, supplier (`vouchers:use`) | `POST /vouchers/{id}/use` |
//! | (`vouchers:read`) | `GET /vouchers/{id}` · `/residents/{id}/vouchers` |
//! | partner, station (`bookings:write`) | `POST /bookings` · `/bookings/waiting` · `/bookings/{id}/leave` · `/cancel` |
//! | station (`redemptions:write`) | `POST /bookings/{id}/check-in` |
//! | station, supplier (`slots:close`) | `POST /resources/{id}/call-off` · `/resources/{id}/reopen` |
//! | (`bookings:read`) | `GET /bookings/{id}` |
//! | partner, station (`queue:write`) | `POST /queue` · `/queue/{id}/leave` |
//! | (`queue:read`) | `GET /queue/{id}` |
//! | (`redemptions:write`) | `POST /shifts` · `/shifts/{id}/close` · `/slips` · bulk `/slips/bulk` |
//! | (`redemptions:write`) | `POST /cards/{card}/show` · `/cards/{card}/pin-change` (the PIN in the header `Resident-Pin`) |
//! | partner, resident (`residents:code`) | `GET /residents/{id}/code` |
//! | staff, station (`cards:write`) | `POST /cards` · `/cards/{card}/block` · `PUT /cards/{card}/pin` |
//! | staff (`allowances:write`) | `POST /allowances` · `/allowances/{id}/end` |
//! | (`stock:write`) | `POST /stock` · bulk `/stock/bulk` |
//! | (`redemptions:read`) | `GET /redemptions/{id}` |
//! | (`station:read`) | `GET /station` (the key's own) · `/redemptions?day=` (waiting there, or of a day) · `/bookings?day=` · `/queue` |
//! | (`organisation:read`) | `GET /areas` · `/stations` |
//! | operator (`organisation:write`) | `POST /areas` · `/households` · `/officers` · `/officers/{id}/retire` · `/stations` · `/suppliers`; bulk `/areas/bulk` · `/households/bulk` · `/officers/bulk` |
//! | (`organisation:write`) | `POST /operators` · `/operators/{id}/retire` · `/stations/{id}/shifts` |
//! | (`pools:write`, `pools:read`) | `POST /pools` · `/pools/{id}/fund` · `GET /pools` |
//! | (`items:write`) | `POST /items` · `/items/{id}/price` · `/items/{id}/terms` · `/resources` · `/resources/{id}/withdraw` |
//! | (`rules:write`, `rules:read`) | `POST /rules?effective_from=&version=` (TOML) · `GET /rules` · `/rules/{version}` · `/rules/{version}/sheet` · `/rules/{version}/diff?from=` |
//! | (`keys:write`) | `POST /keys` · `GET /keys` · `DELETE /keys/{id}` |
//! | (`clock:write`) | `PUT /test-clock` |
//! | auditor (`log:read`) | `GET /log/head` · `/log/records?after=&limit=` · `/log/records/{position}` |
//! | (`log:read`) | `GET /past/residents/{id}` · `/past/residents/{id}/rank` · `/past/stock` · `/past/pools` · `/past/rules` (`?position=` or `?at=`) · `GET /trails/redemptions/{id}` · `/trails/contributions/{id}` · `/trails/bookings/{id}` |
//! | (`log:read`) | `GET /past/time` (`?position=` or `?at=`) |
//! | (`contributions:verify`) | `POST /time/marks` · `/time/kin` |
//! | (`time:net`) | `POST /time/nettings` |
//! | (`time:read`) | `GET /time/communities` · `/time/asks` · `/time/nettings` · `/time/nettings/{number}` · `/time/nettings/{number}/csv` |
//! | (`contributions:write`) | `POST /time/deposits` |
//! | (`residents:write`) | `POST /time/gifts` · `/time/asks` · `/time/asks/withdraw` |
//! | (`rules:write`) | `POST /rules/trials` |
//!
//! Public, without `/v1`: `/healthz` · `/readyz` · `/metrics` · `/openapi.json` · `/docs` ·
//! `/problems` · `/station` · `/coverage/{district}` · `/samples/{district}/{day}` ·
//! `/awards/{district}/{quarter}` · `/awards/{district}/{quarter}/{community}` · `/awards/{district}/{quarter}/{community}/csv`.

mod text;

pub mod area;
pub mod estate;
pub mod honour;
pub mod household;
pub mod mediation;
pub mod officer;
pub mod resident;
pub mod statement;
pub mod station;
pub mod supplier;

pub mod award;
pub mod award_list;
pub mod badge;
pub mod booking;
pub mod card;
pub mod conduct;
pub mod contribution;
pub mod counter;
pub mod coverage;
pub mod inspection;
pub mod item;
pub mod loss;
pub mod notice;
pub mod passbook;
pub mod person;
pub mod pool;
pub mod pseudonym;
pub mod queue;
pub mod ranking;
pub mod redemption;
pub mod resource;
pub mod rules;
pub mod team;
pub mod time_bank;
pub mod voucher;

pub mod activity;
pub mod wallet;

pub mod aid;
pub mod alert;
pub mod evidence;
pub mod hazard;
pub mod order;
pub mod whistle;

pub mod clock;
pub mod fact;
pub mod happened;
pub mod key;
pub mod log;
pub mod past;
pub mod served;
pub mod trial;

pub mod bulk;
pub mod header;
pub mod page;
pub mod problem;
pub mod receipt;

pub mod client;

pub use client::{Client, ClientError, Reply};
pub use text::{Amount, Bilingual, Card, Factor, Hash, Id, Instant};
