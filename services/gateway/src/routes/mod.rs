//! All routes. Each is listed once, here, with the scope that it needs; a handler that isn't
//! listed is not served, and one without a scope can't be listed.

mod activities;
mod aids;
mod alerts;
mod award_lists;
mod award_sheet;
mod badges;
mod bookings;
mod cards;
mod cases;
mod catalogue;
mod certificate;
mod clock;
mod contributions;
mod counter;
mod counter_rows;
mod coverage;
mod document;
mod erasure;
mod estates;
mod export;
mod grading;
mod group_rankings;
mod guard;
mod hazards;
mod health;
mod holds;
mod honours;
mod kept;
mod keys;
mod listing;
mod log;
mod losses;
mod notices;
mod orders;
mod organisation;
mod pages;
mod passbook;
mod past;
mod past_holds;
mod patrol_coverage;
mod people;
mod pools;
mod pseudonyms;
mod queue;
mod rankings;
mod redemptions;
mod residents;
mod resources;
mod rule_sheet;
mod rules;
mod samples;
mod seats;
mod statement_sheet;
mod statements;
mod stations;
mod teams;
mod time_bank;
mod time_rows;
mod time_sheet;
mod trails;
mod tree;
mod trials;
mod verification;
mod vouchers;
mod wallets;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use utoipa::openapi::OpenApi;
use utoipa_axum::routes;

use crate::front::Front;
use crate::key::Scope;
use crate::language::Language;
use crate::problem::{Kind, Problem};
use crate::request::take_rest;
pub(crate) use award_lists::Sums;
pub(crate) use coverage::Newest;
use listing::Listing;
pub(crate) use rule_sheet::Said;

/// The whole router.
pub(crate) fn router(front: &Arc<Front>) -> Router {
    let (api, document) = list(front).finish();
    api.merge(health::routes())
        .merge(tree::routes())
        .merge(pages::routes(document))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(Arc::clone(front))
}

/// The OpenAPI document alone.
pub(crate) fn document(front: &Arc<Front>) -> OpenApi {
    list(front).finish().1
}

fn list(front: &Arc<Front>) -> Listing {
    let listing = Listing::new(front);
    past::listed(honouring(mediating(ordering(attending(booking(counter(spending(
        time_bank::listed(organisation(award_lists::listed(serving(listing)))),
    ))))))))
    .plain(Scope::LogRead, routes!(log::head))
    .plain(Scope::LogRead, routes!(log::records))
    .plain(Scope::LogRead, routes!(log::record))
    .plain(Scope::LogRead, routes!(tree::entries))
    .plain(Scope::ReceiptsRead, routes!(tree::receipt))
    .read(Scope::PeopleWrite, routes!(people::write))
    .read(Scope::PeopleRead, routes!(people::show))
    .read(Scope::PeopleWatch, routes!(people::looks))
    .read(Scope::PeopleExport, routes!(export::export))
    .read(Scope::PeopleErase, routes!(erasure::erase))
    .read(Scope::PeopleWatch, routes!(erasure::erasure))
    .plain(Scope::KeysWrite, routes!(keys::mint))
    .plain(Scope::KeysWrite, routes!(keys::list))
    .plain(Scope::KeysWrite, routes!(keys::revoke))
    .plain(Scope::ClockWrite, routes!(clock::set))
}

fn serving(listing: Listing) -> Listing {
    listing
        .command(Scope::ContributionsWrite, routes!(contributions::submit))
        .bulk(Scope::ContributionsWrite, routes!(contributions::submit_bulk))
        .command(Scope::ContributionsWrite, routes!(contributions::attach))
        .read(Scope::ContributionsRead, routes!(contributions::show))
        .command(Scope::ContributionsWrite, routes!(notices::object))
        .command(Scope::ContributionsVerify, routes!(notices::convene))
        .command(Scope::ContributionsVerify, routes!(notices::vote))
        .command(Scope::ContributionsWrite, routes!(notices::resident_vote))
        .command(Scope::ContributionsWrite, routes!(notices::appeal))
        .read(Scope::NoticesRead, routes!(notices::list))
        .read(Scope::ContributionsVerify, routes!(holds::list))
        .command(Scope::ContributionsVerify, routes!(holds::review))
        .read(Scope::ContributionsRead, routes!(notices::show))
        .read(Scope::ContributionsVerify, routes!(notices::duties))
        .read(Scope::ContributionsVerify, routes!(verification::queue))
        .command(Scope::ContributionsVerify, routes!(verification::verify))
        .command(Scope::ContributionsVerify, routes!(verification::reject))
        .bulk(Scope::ContributionsVerify, routes!(verification::verify_bulk))
        .command(Scope::ContributionsVerify, routes!(verification::reverse))
        .read(Scope::ContributionsVerify, routes!(verification::inspections))
        .command(Scope::ContributionsVerify, routes!(verification::inspect))
        .command(Scope::ResidentsWrite, routes!(residents::register))
        .bulk(Scope::ResidentsWrite, routes!(residents::register_bulk))
        .command(Scope::ResidentsWrite, routes!(residents::enrol))
        .bulk(Scope::ResidentsWrite, routes!(residents::enrol_bulk))
        .command(Scope::ResidentsWrite, routes!(residents::move_house))
        .command(Scope::ResidentsWrite, routes!(residents::join))
        .command(Scope::ResidentsWrite, routes!(residents::leave))
        .bulk(Scope::ResidentsWrite, routes!(residents::join_bulk))
        .read(Scope::RankingsRead, routes!(pseudonyms::words))
        .command(Scope::ResidentsWrite, routes!(pseudonyms::choose))
        .command(Scope::ResidentsWrite, routes!(pseudonyms::give_up))
        .command(Scope::HonoursGrant, routes!(pseudonyms::withdraw))
        .read(Scope::ResidentsRead, routes!(residents::by_card))
        .read(Scope::ResidentsRead, routes!(residents::show))
        .read(Scope::ResidentsRead, routes!(wallets::wallet))
        .read(Scope::ResidentsRead, routes!(wallets::expiry))
        .read(Scope::ResidentsRead, routes!(wallets::lots))
        .read(Scope::ResidentsRead, routes!(wallets::statement))
        .read(Scope::ResidentsRead, routes!(passbook::lines))
        .open(routes!(passbook::check))
        .read(Scope::ResidentsRead, routes!(wallets::merit))
        .read(Scope::ResidentsRead, routes!(rankings::rank))
        .read(Scope::ResidentsRead, routes!(rankings::neighbours))
        .read(Scope::RankingsRead, routes!(rankings::ranking))
        .read(Scope::RankingsRead, routes!(group_rankings::ranking))
}

fn organisation(listing: Listing) -> Listing {
    listing
        .command(Scope::OrganisationWrite, routes!(organisation::found_area))
        .bulk(Scope::OrganisationWrite, routes!(organisation::found_areas))
        .read(Scope::OrganisationRead, routes!(organisation::areas))
        .command(Scope::OrganisationWrite, routes!(organisation::register_household))
        .bulk(Scope::OrganisationWrite, routes!(organisation::register_households))
        .command(Scope::OrganisationWrite, routes!(organisation::appoint_officer))
        .bulk(Scope::OrganisationWrite, routes!(organisation::appoint_officers))
        .command(Scope::OrganisationWrite, routes!(organisation::retire_officer))
        .command(Scope::OrganisationWrite, routes!(teams::form))
        .command(Scope::OrganisationWrite, routes!(teams::join))
        .command(Scope::OrganisationWrite, routes!(teams::leave))
        .command(Scope::OrganisationWrite, routes!(teams::lead))
        .command(Scope::OrganisationWrite, routes!(estates::register))
        .bulk(Scope::OrganisationWrite, routes!(estates::register_bulk))
        .command(Scope::OrganisationWrite, routes!(estates::set_form))
        .command(Scope::OrganisationWrite, routes!(estates::elect))
        .command(Scope::OrganisationWrite, routes!(estates::leave))
        .read(Scope::OrganisationRead, routes!(estates::list))
        .read(Scope::OrganisationRead, routes!(estates::show))
        .read(Scope::OrganisationRead, routes!(teams::list))
        .command(Scope::OrganisationWrite, routes!(organisation::open_station))
        .command(Scope::OrganisationWrite, routes!(organisation::enrol_supplier))
        .command(Scope::PoolsWrite, routes!(pools::open))
        .command(Scope::PoolsWrite, routes!(pools::fund))
        .read(Scope::PoolsRead, routes!(pools::list))
        .read(Scope::PoolsRead, routes!(losses::list))
        .command(Scope::RulesWrite, routes!(rules::publish))
        .read(Scope::RulesRead, routes!(rules::list))
        .read(Scope::RulesRead, routes!(rules::show))
        .read(Scope::RulesRead, routes!(rule_sheet::sheet))
        .read(Scope::RulesRead, routes!(rule_sheet::diff))
}

fn spending(listing: Listing) -> Listing {
    listing
        .read(Scope::CatalogueRead, routes!(catalogue::list))
        .read(Scope::CatalogueRead, routes!(catalogue::show))
        .command(Scope::ItemsWrite, routes!(catalogue::list_item))
        .command(Scope::ItemsWrite, routes!(catalogue::price_item))
        .command(Scope::ItemsWrite, routes!(catalogue::set_terms))
        .read(Scope::CatalogueRead, routes!(catalogue::prices))
        .read(Scope::StationRead, routes!(stations::own))
        .read(Scope::OrganisationRead, routes!(stations::list))
        .command(Scope::StockWrite, routes!(stations::receive))
        .bulk(Scope::StockWrite, routes!(stations::receive_bulk))
        .read(Scope::StationRead, routes!(stations::shelves))
        .command(Scope::StockWrite, routes!(stations::send_back))
        .command(Scope::StockWrite, routes!(stations::count))
        .command(Scope::StockWrite, routes!(stations::shift))
        .command(Scope::StockWrite, routes!(stations::write_off))
        .command(Scope::RedemptionsWrite, routes!(redemptions::reserve))
        .command(Scope::RedemptionsWrite, routes!(redemptions::capture))
        .command(Scope::RedemptionsWrite, routes!(redemptions::void))
        .command(Scope::RedemptionsWrite, routes!(redemptions::give_back))
        .command(Scope::RedemptionsWrite, routes!(redemptions::sell))
        .read(Scope::StationRead, routes!(redemptions::waiting))
        .read(Scope::RedemptionsRead, routes!(redemptions::show))
        .command(Scope::QueueWrite, routes!(queue::join))
        .command(Scope::QueueWrite, routes!(queue::leave))
        .read(Scope::StationRead, routes!(queue::of_station))
        .read(Scope::QueueRead, routes!(queue::show))
        .read(Scope::ResidentsRead, routes!(queue::of_resident))
        .command(Scope::VouchersWrite, routes!(vouchers::issue))
        .command(Scope::VouchersUse, routes!(vouchers::use_up))
        .command(Scope::VouchersWrite, routes!(vouchers::give_back))
        .read(Scope::VouchersRead, routes!(vouchers::show))
        .read(Scope::VouchersRead, routes!(vouchers::of_resident))
        .command(Scope::StatementsWrite, routes!(statements::issue))
        .command(Scope::StatementsDispute, routes!(statements::dispute))
        .command(Scope::StatementsWrite, routes!(statements::resolve))
        .command(Scope::StatementsWrite, routes!(statements::settle))
        .read(Scope::StatementsRead, routes!(statements::list))
        .read(Scope::StatementsRead, routes!(statements::show))
        .read(Scope::StatementsRead, routes!(statement_sheet::csv))
}

fn counter(listing: Listing) -> Listing {
    listing
        .command(Scope::OrganisationWrite, routes!(counter::enrol))
        .command(Scope::OrganisationWrite, routes!(counter::retire))
        .command(Scope::OrganisationWrite, routes!(counter::set_shifts))
        .plain(Scope::OrganisationWrite, routes!(counter::set_pin))
        .plain(Scope::RedemptionsWrite, routes!(counter::change_pin))
        .command(Scope::RedemptionsWrite, routes!(counter::open))
        .command(Scope::RedemptionsWrite, routes!(counter::close))
        .command(Scope::CardsWrite, routes!(cards::issue))
        .command(Scope::CardsWrite, routes!(cards::block))
        .plain(Scope::CardsWrite, routes!(cards::set_pin))
        .plain(Scope::RedemptionsWrite, routes!(cards::change_pin))
        .plain(Scope::RedemptionsWrite, routes!(cards::show))
        .read(Scope::ResidentsCode, routes!(cards::code))
        .read(Scope::ResidentsRead, routes!(cards::by_code))
        .command(Scope::AllowancesWrite, routes!(counter::grant))
        .command(Scope::AllowancesWrite, routes!(counter::end))
        .command(Scope::RedemptionsWrite, routes!(counter::count))
        .bulk(Scope::RedemptionsWrite, routes!(counter::count_bulk))
        .read(Scope::CounterRead, routes!(counter_rows::operators))
        .read(Scope::CounterRead, routes!(counter_rows::shifts))
        .read(Scope::CounterRead, routes!(counter_rows::allowances))
        .read(Scope::CounterRead, routes!(counter_rows::slips))
}

fn booking(listing: Listing) -> Listing {
    listing
        .command(Scope::ItemsWrite, routes!(resources::open))
        .command(Scope::ItemsWrite, routes!(resources::withdraw))
        .command(Scope::SlotsClose, routes!(resources::call_off))
        .command(Scope::SlotsClose, routes!(resources::reopen))
        .read(Scope::CatalogueRead, routes!(resources::list))
        .read(Scope::CatalogueRead, routes!(resources::show))
        .read(Scope::CatalogueRead, routes!(resources::slots))
        .command(Scope::BookingsWrite, routes!(bookings::book))
        .command(Scope::BookingsWrite, routes!(bookings::wait))
        .command(Scope::BookingsWrite, routes!(bookings::leave))
        .command(Scope::BookingsWrite, routes!(bookings::cancel))
        .command(Scope::RedemptionsWrite, routes!(bookings::check_in))
        .read(Scope::StationRead, routes!(bookings::of_day))
        .read(Scope::BookingsRead, routes!(bookings::show))
        .read(Scope::ResidentsRead, routes!(bookings::of_resident))
}

fn attending(listing: Listing) -> Listing {
    listing
        .command(Scope::ActivitiesHost, routes!(activities::publish))
        .command(Scope::ActivitiesWrite, routes!(activities::publish_for_team))
        .command(Scope::ActivitiesHost, routes!(activities::call_off))
        .command(Scope::ActivitiesWrite, routes!(activities::call_off_for_team))
        .read(Scope::ActivitiesRead, routes!(activities::list))
        .read(Scope::ActivitiesRead, routes!(activities::show))
        .read(Scope::ActivitiesHost, routes!(activities::attendance))
        .read(Scope::ActivitiesDoor, routes!(activities::code))
        .read(Scope::ActivitiesDoor, routes!(activities::tags))
        .read(Scope::ActivitiesRead, routes!(patrol_coverage::show))
        .command(Scope::ActivitiesHost, routes!(alerts::declare))
        .command(Scope::ActivitiesHost, routes!(alerts::withdraw))
        .read(Scope::ActivitiesRead, routes!(alerts::list))
        .command(Scope::ActivitiesWrite, routes!(seats::sign_up))
        .bulk(Scope::ActivitiesWrite, routes!(seats::sign_up_bulk))
        .command(Scope::ActivitiesWrite, routes!(seats::withdraw))
        .command(Scope::ActivitiesWrite, routes!(seats::check_in))
        .command(Scope::ActivitiesWrite, routes!(seats::check_out))
        .read(Scope::ActivitiesRead, routes!(seats::show))
        .read(Scope::ResidentsRead, routes!(seats::of_resident))
}

fn ordering(listing: Listing) -> Listing {
    listing
        .command(Scope::OrdersWrite, routes!(hazards::report))
        .bulk(Scope::OrdersWrite, routes!(hazards::report_bulk))
        .command(Scope::OrdersHandle, routes!(hazards::judge))
        .bulk(Scope::OrdersHandle, routes!(hazards::judge_bulk))
        .read(Scope::OrdersHandle, routes!(hazards::queue))
        .read(Scope::OrdersRead, routes!(hazards::of_resident))
        .command(Scope::OrdersWrite, routes!(hazards::appeal))
        .command(Scope::OrdersHandle, routes!(hazards::rule))
        .command(Scope::OrdersWrite, routes!(orders::request))
        .read(Scope::OrdersRead, routes!(orders::list))
        .read(Scope::OrdersRead, routes!(orders::show))
        .command(Scope::OrdersHandle, routes!(orders::handle))
        .bulk(Scope::OrdersHandle, routes!(orders::handle_bulk))
        .command(Scope::OrdersHandle, routes!(orders::blow))
        .read(Scope::OrdersRead, routes!(orders::whistles))
        .read(Scope::OrdersRead, routes!(orders::whistle))
        .command(Scope::OrdersHandle, routes!(orders::answer))
        .command(Scope::OrdersWrite, routes!(aids::open))
        .bulk(Scope::OrdersWrite, routes!(aids::open_bulk))
        .read(Scope::OrdersRead, routes!(aids::list))
        .read(Scope::OrdersRead, routes!(aids::show))
        .command(Scope::OrdersWrite, routes!(aids::step))
        .bulk(Scope::OrdersWrite, routes!(aids::step_bulk))
        .read(Scope::OrdersRead, routes!(aids::of_resident))
}

fn mediating(listing: Listing) -> Listing {
    listing
        .command(Scope::MediationHandle, routes!(cases::open))
        .command(Scope::MediationHandle, routes!(cases::join))
        .command(Scope::MediationHandle, routes!(cases::sit))
        .command(Scope::MediationHandle, routes!(cases::step))
        .read(Scope::MediationRead, routes!(cases::list))
        .read(Scope::MediationRead, routes!(cases::show))
}

fn honouring(listing: Listing) -> Listing {
    listing
        .command(Scope::HonoursWrite, routes!(honours::apply))
        .command(Scope::HonoursGrant, routes!(honours::judge))
        .read(Scope::ResidentsRead, routes!(honours::of_resident))
        .read(Scope::RankingsRead, routes!(honours::on_notice))
        .command(Scope::HonoursWrite, routes!(honours::request))
        .command(Scope::HonoursGrant, routes!(honours::step))
        .read(Scope::ResidentsRead, routes!(honours::certificates))
        .command(Scope::HonoursWrite, routes!(honours::report))
        .command(Scope::HonoursGrant, routes!(honours::answer))
        .read(Scope::ResidentsRead, routes!(honours::reports))
        .open(routes!(certificate::check))
        .open(routes!(coverage::show))
        .open(routes!(samples::show))
        .read(Scope::ResidentsRead, routes!(badges::of_resident))
        .read(Scope::ResidentsRead, routes!(badges::show))
        .open(routes!(badges::issuer))
        .open(routes!(badges::achievement))
        .open(routes!(badges::status))
}

async fn not_found(request: Request) -> Response {
    turned_away(Kind::NotFound, request).await
}

async fn method_not_allowed(request: Request) -> Response {
    turned_away(Kind::MethodNotAllowed, request).await
}

async fn turned_away(kind: Kind, request: Request) -> Response {
    let language = Language::of(request.headers());
    take_rest(request.into_body()).await;
    crate::problem::in_language(Problem::plain(kind).into_response(), language)
}
