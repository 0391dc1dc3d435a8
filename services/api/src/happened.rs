//! What happened to hazards, orders, whistles and mutual aid, in the log. One shape a noun: what a
//! fact doesn't tell is left out.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::aid::{AidKind, Help};
use crate::area::Level;
use crate::contribution::Attachment;
use crate::hazard::{Dismissal, HazardKind, Ruling, Seriousness};
use crate::order::{EscalationReason, OrderClock};
use crate::whistle::{WhistleKind, WhistleReply};
use crate::{Hash, Id, Instant};

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident {
        need { $($(#[$need_doc:meta])* $need:ident: $need_type:ty,)* }
        may { $($(#[$may_doc:meta])* $may:ident: $may_type:ty,)* }
    })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        pub struct $name {
            $($(#[$need_doc])* pub $need: $need_type,)*
            $($(#[$may_doc])*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub $may: Option<$may_type>,)*
        }
    )+};
}

facts! {
    /// A hazard as it was reported.
    HazardReported {
        need {
            /// Which.
            hazard: Id,
            /// Who reported it.
            reporter: Id,
            /// What kind.
            kind: HazardKind,
            /// How serious, as the reporter saw it.
            seriousness: Seriousness,
            /// Where.
            area: Id,
            /// Where exactly, as a hash.
            place: Hash,
            /// When it was seen.
            seen_at: Instant,
            /// Hashes of photographs and papers.
            evidence: Vec<Attachment>,
        }
        may {
            /// The estate that it is in.
            estate: Id,
        }
    }
    /// What became of a hazard.
    OfHazard {
        need {
            /// Which.
            hazard: Id,
        }
        may {
            /// Who said so.
            officer: Id,
            /// The earlier report.
            into: Id,
            /// How serious it is.
            seriousness: Seriousness,
            /// Why it was dismissed.
            why: Dismissal,
            /// Until when the reporter reports nothing more.
            paused_until: Instant,
        }
    }
    /// What became of an appeal against a pause.
    OfAppeal {
        need {
            /// Whose.
            resident: Id,
        }
        may {
            /// Who ruled.
            officer: Id,
            /// How.
            ruling: Ruling,
        }
    }
    /// What happened to an order.
    OfOrder {
        need {
            /// Which.
            order: Id,
        }
        may {
            /// The hazard that opened it.
            hazard: Id,
            /// Who asked for it.
            requester: Id,
            /// What it is about.
            kind: HazardKind,
            /// Who did it.
            officer: Id,
            /// The area whose officers it stands with.
            unit: Id,
            /// That area's level.
            level: Level,
            /// The clock that ran out.
            clock: OrderClock,
            /// Why it was handed up.
            reason: EscalationReason,
            /// Hashes of photographs and papers.
            evidence: Vec<Attachment>,
            /// When the clock that it starts runs out.
            due_at: Instant,
        }
    }
    /// What happened to a whistle.
    OfWhistle {
        need {
            /// Which.
            whistle: Id,
        }
        may {
            /// Which kind.
            kind: WhistleKind,
            /// Who did it.
            officer: Id,
            /// The office that is called.
            called: Id,
            /// The order that it is about.
            order: Id,
            /// What was answered, or not in time.
            reply: WhistleReply,
            /// Was the answer late?
            late: bool,
            /// Before the leaders of which level it stands now.
            level: Level,
            /// Signed by then,
            sign_by: Instant,
            /// in touch by then,
            in_touch_by: Instant,
            /// on site by then.
            on_site_by: Instant,
        }
    }
    /// What happened to an ask, an offer or a wish.
    OfAid {
        need {
            /// Which.
            aid: Id,
        }
        may {
            /// Who did it.
            resident: Id,
            /// Who began, and what for.
            kind: AidKind,
            /// What kind of help.
            help: Help,
            /// The grid.
            grid: Id,
            /// The estate that it is in.
            estate: Id,
            /// When it lapses.
            lapses_at: Instant,
            /// From when it was done.
            started_at: Instant,
            /// Until when.
            ended_at: Instant,
        }
    }
}
