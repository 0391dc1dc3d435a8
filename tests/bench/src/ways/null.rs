//! The limit: Linli's own gateway with a writer behind it that decides nothing, stores nothing and
//! answers at once. Nothing that answers over this HTTP server can be faster.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use linli_domain::text::Code;
use linli_domain::{Command, Record};
use linli_gateway::key::Environment;
use linli_gateway::{Gateway, Served, Settings};
use linli_log::{District, LogReader};
use linli_port::{Accepted, Answer, Courier, Intake, Leads, Port, Request};
use linli_readmodel::Reader;
use prometheus::Registry;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::LinliWay;

/// Connections for keys and readiness; nothing else asks.
const CONNECTIONS: usize = 2;

/// A gateway on the same keys as a running system, with nobody behind it.
pub(crate) struct NullWay {
    pub(crate) address: SocketAddr,
    stop: CancellationToken,
    gateway: JoinHandle<std::io::Result<()>>,
    writer: JoinHandle<()>,
}

/// What every command is answered with: records of real ones.
struct Answers {
    contribution: Arc<[Record]>,
    redemption: Arc<[Record]>,
}

impl NullWay {
    pub(crate) async fn start(linli: &LinliWay) -> anyhow::Result<Self> {
        let config: tokio_postgres::Config = linli.running.database.url.parse()?;
        let pool = linli_log::reader::pool(&config, CONNECTIONS)?;
        let district = District::new(&linli.running.database.name)?;
        let log = LogReader::new(pool.clone());
        let answers = Answers::of(linli, &log, &district).await?;
        let (port, intake) = Port::local();
        let gateway = Gateway::new(Settings {
            districts: vec![Served {
                district,
                log,
                reader: Reader::new(pool.clone(), Code::new(&linli.running.database.name)?),
                ranks: None,
                courier: Courier::near(port, Leads::as_told_by(|| true), None),
                vault: None,
            }],
            environment: Environment::new("dev")?,
            keys: pool,
            rate: None,
            badges: None,
            log_keys: Vec::new(),
            registry: Registry::new(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (address, stop) = (listener.local_addr()?, CancellationToken::new());
        let gateway = tokio::spawn(gateway.await?.serve(listener, stop.clone()));
        let writer = tokio::spawn(answer(intake, answers));
        Ok(Self { address, stop, gateway, writer })
    }

    pub(crate) async fn stop(self) -> anyhow::Result<()> {
        self.stop.cancel();
        self.gateway.await??;
        self.writer.abort();
        Ok(())
    }
}

impl Answers {
    /// Has one of each done, and keeps its records.
    async fn of(linli: &LinliWay, log: &LogReader, district: &District) -> anyhow::Result<Self> {
        let place = &linli.place;
        let person = place.crowd.first().context("nobody lives here")?;
        let claim = place.claim(person, "EN-1", 1);
        let claimed = place.partner.submit_contribution(&place.key("null"), &claim).await?.body;
        let basket = linli_api::redemption::Basket {
            redemption: None,
            shift: None,
            shown: None,
            resident: Some(person.resident.clone()),
            items: vec![linli_api::redemption::Wish {
                item: place.items.haircut.clone(),
                quantity: 1,
            }],
        };
        let sold = place.shop.api.sell(&place.key("null"), &basket).await;
        let records = async |first, last| {
            let found = log.records(district, first, last).await?;
            let decoded = found.iter().map(|(_, bytes)| linli_proto::decode_record(bytes));
            anyhow::Ok(decoded.collect::<Result<Vec<Record>, _>>()?.into())
        };
        let contribution: Arc<[Record]> = records(claimed.first, claimed.last).await?;
        let redemption = match sold {
            Ok(sold) => records(sold.body.first, sold.body.last).await?,
            // Nobody has points where only contributions are measured.
            Err(_) => Arc::clone(&contribution),
        };
        Ok(Self { contribution, redemption })
    }

    fn to(&self, command: &Command) -> Answer {
        let records = match command {
            Command::Redemption(_) => &self.redemption,
            Command::Contribution(_)
            | Command::Team(_)
            | Command::Activity(_)
            | Command::Inspection(_)
            | Command::Area(_)
            | Command::Household(_)
            | Command::Resident(_)
            | Command::Officer(_)
            | Command::Station(_)
            | Command::Supplier(_)
            | Command::Pool(_)
            | Command::Rules(_)
            | Command::Hazard(_)
            | Command::Order(_)
            | Command::Whistle(_)
            | Command::Aid(_)
            | Command::Honour(_)
            | Command::Mediation(_)
            | Command::Estate(_)
            | Command::TimeBank(_)
            | Command::Queue(_)
            | Command::Item(_)
            | Command::Statement(_)
            | Command::Resource(_)
            | Command::Notice(_)
            | Command::Conduct(_)
            | Command::Operator(_)
            | Command::Allowance(_)
            | Command::Voucher(_)
            | Command::Booking(_) => &self.contribution,
        };
        Ok(Accepted { records: Arc::clone(records), repeated: false })
    }
}

async fn answer(mut intake: Intake, answers: Answers) {
    loop {
        match intake.recv().await {
            Request::One(envelope, reply) => reply.one(answers.to(&envelope.command)),
            Request::Many(envelopes, reply) => {
                reply.all(envelopes.iter().map(|one| answers.to(&one.command)).collect());
            }
            Request::SetClock(to, reply) => reply.send(Ok(to)),
        }
    }
}
