//! Samples of queues.

use linli_domain::booking::Unfit;
use linli_domain::quantity::Minutes;
use linli_domain::queue::{Command as Wish, Event, Request, Status};
use linli_domain::rules::{QueueRules, RuleSet};
use linli_domain::{Command, Refusal};

use crate::events::{Samples, sample};
use crate::values::{bare_rules, id};

fn request() -> Request {
    Request {
        redemption: id!(RedemptionId, 33),
        resident: id!(ResidentId, 11),
        station: id!(StationId, 34),
        item: id!(ItemId, 30),
        quantity: 2,
    }
}

pub(crate) fn events() -> Samples {
    let (request, station) = (request(), Some(id!(StationId, 34)));
    let mut samples = vec![
        sample("whole", Event::Joined(request)),
        sample("own", Event::Left { request, station: None }),
        sample("station", Event::Left { request, station }),
    ];
    let reasons = [
        Unfit::Points,
        Unfit::Stars,
        Unfit::Assistance,
        Unfit::Erased,
        Unfit::NotOpen,
        Unfit::Limit,
    ];
    samples.extend(reasons.map(|why| sample(why, Event::PassedOver { request, why })));
    samples
}

pub(crate) fn commands() -> Vec<Command> {
    let (redemption, station) = (id!(RedemptionId, 33), Some(id!(StationId, 34)));
    let wishes = [
        Wish::Join(request()),
        Wish::Leave { redemption, station: None },
        Wish::Leave { redemption, station },
    ];
    wishes.into_iter().map(Command::from).collect()
}

pub(crate) fn refusals() -> Vec<Refusal> {
    let item = id!(ItemId, 30);
    let mut refusals = vec![
        Refusal::NoQueues,
        Refusal::QueuedAlready { item },
        Refusal::InStock { item, free: 3, wanted: 2 },
        Refusal::QueueFull { most: 100 },
        Refusal::TooManyWanted { item, most: 2, wanted: 3 },
    ];
    let found = [Status::Waiting, Status::Left, Status::PassedOver, Status::Served];
    refusals.extend(found.map(|found| Refusal::NotQueued { found }));
    refusals
}

/// A rule set by which people wait for goods.
pub(crate) fn rules_with_queues() -> RuleSet {
    RuleSet { queue: Some(QueueRules { fetch: Minutes::new(4_320) }), ..bare_rules() }
}
