//! Refusals of queues for goods.

use linli_domain::Refusal;
use linli_domain::id::ItemId;
use linli_domain::queue::Status;

pub(super) fn refusals() -> Vec<Refusal> {
    use Refusal as R;
    let item = ItemId::from_number(7);
    vec![
        R::NoQueues,
        R::QueuedAlready { item },
        R::InStock { item, free: 3, wanted: 2 },
        R::QueueFull { most: 100 },
        R::TooManyWanted { item, most: 2, wanted: 3 },
        R::NotQueued { found: Status::Served },
    ]
}
