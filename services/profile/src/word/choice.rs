//! Choices: the words of a profile for what the domain has as closed lists.

use linli_domain::area::Level;
use linli_domain::contribution::{Grade, Signal};
use linli_domain::item::Taker;
use linli_domain::officer::Duty;
use linli_domain::rules::{Category, Granting, Presence, Scope, Ties};
use linli_domain::time::Window;

use super::{Readable, Written};

macro_rules! choices {
    ($($type:ty, $what:literal: $($word:literal = $value:expr),+ $(,)?;)+) => {$(
        impl Written for $type {
            fn written(&self) -> &'static str {
                let words = [$(($word, $value)),+];
                words.into_iter().find(|(_, known)| known == self).map_or("", |(word, _)| word)
            }
        }

        impl Readable for $type {
            const EXPECTED: &'static str = concat!("a ", $what, " in quotes");

            fn read(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok($value),)+
                    _ => Err(unknown($what, text, &[$($word),+])),
                }
            }
        }
    )+};
}

choices! {
    Category, "category":
        "study" = Self::Study,
        "culture" = Self::Culture,
        "environment" = Self::Environment,
        "mediation" = Self::Mediation,
        "assistance" = Self::Assistance,
        "public-welfare" = Self::PublicWelfare,
        "outstanding" = Self::Outstanding,
        "patrol" = Self::Patrol,
        "hazard" = Self::Hazard,
        "mutual-aid" = Self::MutualAid;
    Grade, "grade": "A" = Self::A, "B" = Self::B, "C" = Self::C, "D" = Self::D;
    Level, "level":
        "micro-grid" = Self::MicroGrid,
        "grid" = Self::Grid,
        "community" = Self::Community,
        "sub-district" = Self::SubDistrict,
        "district" = Self::District;
    Duty, "duty":
        "building-head" = Self::BuildingHead,
        "full-time-grid-officer" = Self::FullTimeGridOfficer,
        "part-time-grid-officer" = Self::PartTimeGridOfficer,
        "community-officer" = Self::CommunityOfficer,
        "sub-district-officer" = Self::SubDistrictOfficer,
        "sub-district-leader" = Self::SubDistrictLeader,
        "sub-district-chief" = Self::SubDistrictChief,
        "district-officer" = Self::DistrictOfficer,
        "unit-officer" = Self::UnitOfficer;
    Granting, "way of granting":
        "by-itself" = Self::ByItself,
        "on-application" = Self::OnApplication;
    Alerts, "word for alerts": "claimed" = Self::Claimed, "declared" = Self::Declared;
    Cycle, "cycle": "all-time" = Self::AllTime, "year" = Self::Year;
    Ties, "way of ranking ties":
        "competition" = Self::Competition,
        "dense" = Self::Dense,
        "earlier-first" = Self::EarlierFirst;
    Presence, "word for presence":
        "optional" = Self::Optional,
        "needed" = Self::Needed,
        "proven" = Self::Proven;
    Scope, "scope":
        "person" = Self::Person,
        "pair" = Self::Pair,
        "beneficiary" = Self::Beneficiary,
        "either" = Self::Couple;
    Taker, "taker": "person" = Self::Person, "household" = Self::Household;
    // A cap's stretch; none is the single contribution.
    Option<Window>, "stretch":
        "activity" = None,
        "day" = Some(Window::Day),
        "week" = Some(Window::Week),
        "month" = Some(Window::Month),
        "quarter" = Some(Window::Quarter),
        "year" = Some(Window::Year),
        "ever" = Some(Window::AllTime);
    Weekday, "day of the week":
        "monday" = Self(1),
        "tuesday" = Self(2),
        "wednesday" = Self(4),
        "thursday" = Self(8),
        "friday" = Self(16),
        "saturday" = Self(32),
        "sunday" = Self(64);
    // What the life of points is rounded up to.
    Window, "period":
        "day" = Self::Day,
        "month" = Self::Month,
        "quarter" = Self::Quarter,
        "year" = Self::Year;
    Signal, "signal":
        "rotating-code" = Self::RotatingCode,
        "sign-in-out" = Self::SignInOut,
        "place" = Self::Place,
        "inside-shift" = Self::InsideShift,
        "confirmed" = Self::Confirmed,
        "photo" = Self::Photo,
        "paper-sheet" = Self::PaperSheet,
        "checkpoints-scanned" = Self::CheckpointsScanned,
        "administrator-entry" = Self::AdministratorEntry,
        "both-confirmed" = Self::BothConfirmed,
        "order-checked" = Self::OrderChecked,
        "case-ended" = Self::CaseEnded,
        "referred-served" = Self::ReferredServed,
        "unsettled" = Self::Unsettled;
    HalfYear, "period": "half-year" = Self;
    MinutesCount, "kind of minutes": "service" = Self::Service, "honour" = Self::Honour;
}

/// A day of the week, as the bit that it has in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Weekday(pub(crate) u8);

/// What points that lapse twice a year are rounded up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HalfYear;

/// Who says that there was a weather alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alerts {
    Claimed,
    Declared,
}

/// What hours titles count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cycle {
    AllTime,
    Year,
}

/// How the minutes of a grade count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MinutesCount {
    Service,
    Honour,
}

fn unknown(what: &str, text: &str, words: &[&str]) -> String {
    format!("there is no {what} {text:?}; there are {}", words.join(", "))
}
