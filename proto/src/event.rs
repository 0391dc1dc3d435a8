//! All that can have happened.

use linli_domain::Event;

use crate::wire;

choice! { Event = wire::Event, wire::event::Kind {
    one {
    Area, Household, Resident, Officer, Station, Operator, Allowance, Supplier, Pool, Rules, Item, Contribution, Notice, Conduct, Redemption, Queue, Voucher, Wallet, Team, Inspection, Hazard, Order, Whistle, Aid, Honour, Mediation, Estate, TimeBank, Statement, Resource, Booking, Activity,
    }
} }
