//! Facts of notices and appeals as JSON.

use linli_api::fact::Fact;
use linli_domain::notice::Event;

use crate::receipt::notice_changed;

pub(super) fn of_notice(event: &Event) -> Fact {
    let changed = notice_changed(event);
    match event {
        Event::Opened(_) => Fact::NoticeOpened(changed),
        Event::Objected(_) => Fact::NoticeObjected(changed),
        Event::Unopposed(_) => Fact::NoticeUnopposed(changed),
        Event::Contested { .. } => Fact::NoticeContested(changed),
        Event::Appealed { .. } => Fact::NoticeAppealed(changed),
        Event::Convened { .. } => Fact::PanelConvened(changed),
        Event::Voted { .. } => Fact::PanelVoted(changed),
        Event::Decided(_) => Fact::HearingDecided(changed),
    }
}
