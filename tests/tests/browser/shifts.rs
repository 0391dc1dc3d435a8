//! A day at a counter where nothing is handed out without a shift, nor to whoever shows nothing.

use linli_api::counter::{EnrolOperator, GrantAllowance, ShiftClosing, Shifts, SlipStanding};
use linli_api::item::{Eligibility, ItemKind, ItemTerms, ListItem, UnusedVoucher, VoucherTerms};
use linli_api::supplier::{EnrolSupplier, SupplierKind};
use linli_api::voucher::{IssueVoucher, VoucherStatus};
use linli_api::{Bilingual, Id};
use linli_tests::{Place, TestSystem, Wish, plain_rules};

use crate::driver::with_browser;
use crate::page::Page;

const OPERATOR_PIN: &str = "493027";
const CARD_PIN: &str = "702194";

/// What was made ready for the day.
struct Ready {
    place: Place,
    operator: Id,
    /// A haircut that Chen has a voucher for, and its code.
    voucher: (Id, String),
}

/// A place whose rules want the resident to be there, and a shop that needs shifts.
async fn ready(system: &TestSystem) -> anyhow::Result<Ready> {
    let place = system.found(Wish::default()).await?;
    let chen = place.people.chen.clone();
    place.give(std::slice::from_ref(&chen), "100").await?;
    let rules =
        plain_rules().replace("shift_hours = 12", "shift_hours = 12, presence = \"proven\"");
    let from = place.minutes_from_now(0);
    place.operator.publish_rules("proven", &rules, &from, Some(2)).await?;

    let station = place.shop.station.clone();
    let enrol = EnrolOperator { operator: None, station: station.clone() };
    let operator = place.operator.enrol_operator("operator", &enrol).await?.body.changed.id;
    place.operator.set_pin(&operator, OPERATOR_PIN).await?;
    place.operator.set_shifts("shifts", &station, Shifts::Needed).await?;
    place.shop.api.set_card_pin(&chen.card, CARD_PIN).await?;
    let ends_at = place.minutes_from_now(60 * 24);
    let (total, per_person) = ("100".into(), "20".into());
    let grant = GrantAllowance { allowance: None, station, total, per_person, ends_at };
    place.officers.street.grant_allowance("allowance", &grant).await?;

    let item = haircut(&place).await?;
    let issue = IssueVoucher { voucher: None, resident: chen.resident, item };
    let issued = place.partner.issue_voucher("voucher", &issue).await?.body;
    let code = issued.changed.code.unwrap_or_default();
    place.caught_up().await?;
    Ok(Ready { place, operator, voucher: (issued.changed.voucher, code) })
}

async fn haircut(place: &Place) -> anyhow::Result<Id> {
    let name = Bilingual::new("理发", "Haircut by voucher");
    let merchant =
        EnrolSupplier { supplier: None, kind: SupplierKind::Merchant, name: name.clone() };
    let supplier = place.operator.enrol_supplier("merchant", &merchant).await?.body.changed.id;
    let item = ListItem {
        item: None,
        supplier,
        name,
        kind: ItemKind::Service,
        price: "10".into(),
        cost: "8".into(),
        eligibility: Eligibility::default(),
    };
    let item = place.operator.list_item("haircut", &item).await?.body.changed.id;
    let voucher = VoucherTerms {
        from_days: 0,
        until_days: 30,
        weekdays: Vec::new(),
        unused: UnusedVoucher::Returned,
        wrong_codes: 5,
        lock_minutes: 60,
    };
    let terms = ItemTerms { only: Vec::new(), limits: Vec::new(), voucher: Some(voucher) };
    place.operator.set_terms("terms", &item, &terms).await?;
    Ok(item)
}

async fn a_day<T>(language: &str, test: impl FnOnce(Page, Ready) -> T) -> anyhow::Result<()>
where
    T: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let system = TestSystem::start().await?;
    let ready = ready(&system).await?;
    with_browser(language, |page| test(page, ready)).await?;
    system.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shift_sells_to_who_shows_a_card_with_its_pin() {
    a_day("en-GB", |page, ready| async move {
        let Ready { place, operator, .. } = ready;
        let chen = &place.people.chen;
        page.sign_in(&place.url, &place.shop.key).await?;
        page.until_text("#shift-open", "Start a shift").await?;

        // The shop sells nothing yet, and says why; the operator signs in, at the second try.
        page.scan(&chen.card).await?;
        page.click(&format!("[data-item='{}']", place.items.soap)).await?;
        page.click("#redeem").await?;
        page.click("#shown input[value=card]").await?;
        page.fill("#shown-pin", CARD_PIN).await?;
        page.click("#confirm-yes").await?;
        page.until_text("#shift-problem", "shift").await?;
        page.fill("#operator-pin", "111112").await?;
        page.click("#shift-yes").await?;
        page.until_text("#shift-problem", "4 more tries").await?;
        page.fill("#operator-pin", OPERATOR_PIN).await?;
        page.click("#shift-yes").await?;
        let name = operator.as_str().get(20..).unwrap_or_default().to_owned();
        page.until_text("#shift-open", &format!("Operator {name}")).await?;

        // Nothing shown is not enough for these rules; a wrong PIN is told with what is left.
        page.click("#redeem").await?;
        page.click("#shown input[value=none]").await?;
        page.click("#confirm-yes").await?;
        page.until_text("#notice", "The rules need").await?;
        page.click("#redeem").await?;
        page.until("!document.querySelector('#shown input[value=none]')").await?;
        page.click("#shown input[value=card]").await?;
        page.fill("#shown-pin", "702195").await?;
        page.click("#confirm-yes").await?;
        page.until_text("#confirm-wait", "4 more tries").await?;
        page.fill("#shown-pin", CARD_PIN).await?;
        page.press_enter().await?;
        page.until_text("#paper header", "Receipt").await?;
        page.until_text("#paper .particulars", "Card and PIN").await?;
        page.click("#receipt-done").await?;

        page.click("#day-open").await?;
        page.until_text("#day-list", "soap × 1").await?;
        page.until_text("#day-list", "Card and PIN").await?;
        page.until_text("#day-sums .total dd", "15.00").await?;
        page.click("#day-close").await?;
        page.click("#shift-open").await?;
        page.until_text("#shift-title", "The shift").await?;
        page.click("#shift-yes").await?;
        page.until_text("#shift-open", "Start a shift").await?;
        page.nothing_went_wrong_but(&["403", "409"]).await?;

        let shop = place.shop.api.after(place.head().await?);
        let shifts = shop.shifts(None, None).await?.body.items;
        let [shift] = &shifts[..] else { panic!("{shifts:?}") };
        assert_eq!((&shift.operator, shift.closed), (&operator, Some(ShiftClosing::Operator)));
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_finds_its_resident_and_a_voucher_is_used() {
    a_day("zh-CN", |page, ready| async move {
        let Ready { place, operator: _, voucher: (voucher, code) } = ready;
        let chen = &place.people.chen;
        page.sign_in(&place.url, &place.shop.key).await?;
        page.click("#shift-open").await?;
        page.fill("#operator-pin", OPERATOR_PIN).await?;
        page.click("#shift-yes").await?;
        page.until_text("#shift-open", "操作员").await?;

        let shown = place.partner.resident_code(&chen.resident).await?.body.code;
        page.scan(&shown).await?;
        page.until_text("#available", "90.00").await?;
        page.click("#vouchers-open").await?;
        page.until_text("#vouchers-list", "理发").await?;
        page.fill("#vouchers-list input", "0000-0000-0000-0000").await?;
        page.click("#vouchers-list button").await?;
        page.until_text("#vouchers-problem", "第 1 次").await?;
        page.until_text("#vouchers-list", "还可尝试 4 次").await?;
        page.fill("#vouchers-list input", &code).await?;
        page.click("#vouchers-list button").await?;
        page.until_text("#notice", "服务券已使用").await?;
        let used = place.shop.api.after(place.head().await?).voucher(&voucher).await?.body;
        assert_eq!(used.status, VoucherStatus::Used);

        // The code of the moment is good for the sale as well.
        page.click(&format!("[data-item='{}']", place.items.salt)).await?;
        page.click("#redeem").await?;
        let shown = place.partner.resident_code(&chen.resident).await?.body.code;
        page.click("#shown input[value=code]").await?;
        page.paste("#shown-code", &shown).await?;
        page.click("#confirm-yes").await?;
        page.until_text("#paper .particulars", "手机动态码").await?;
        page.click("#receipt-done").await?;

        // A slip of the time off line is brought in, and one that shows too much is told.
        page.click("#slips-open").await?;
        page.until_text("#slips-allowance", "100").await?;
        page.fill("#slip-card", &chen.card).await?;
        page.pick("#slip-item", place.items.soap.as_str()).await?;
        let minute = || place.now().strftime("%Y-%m-%dT%H:%M").to_string();
        page.paste("#slip-at", &minute()).await?;
        page.click("#slip-bring").await?;
        // That minute began before the allowance was granted.
        page.until_text("#slips-list", "不在额度时间内").await?;
        place.let_pass(1).await?;
        page.until("document.getElementById('slip-number').value === '2'").await?;
        page.fill("#slip-card", &chen.card).await?;
        page.paste("#slip-at", &minute()).await?;
        page.click("#slip-bring").await?;
        page.until_text("#slips-list", "已入账").await?;
        let slips = place.shop.api.after(place.head().await?);
        let slips = slips.off_line_slips(None, None).await?.body.items;
        let told: Vec<_> = slips.iter().map(|slip| (slip.number, slip.standing)).collect();
        let expected = [(2, SlipStanding::Counted), (1, SlipStanding::NotCovered)];
        assert_eq!(told, expected);
        page.nothing_went_wrong_but(&["403", "409", "422"]).await
    })
    .await
    .unwrap();
}
