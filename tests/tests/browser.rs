//! The pages, in a real Chromium, against the whole system: a service station's here, those that
//! are read rather than worked at in `papers`.
//!
//! What a page shows is compared with what the API tells, so that a page that only looks as if it
//! had redeemed fails. It is *not* a test of the rules of redemption: those are the domain's.

#[path = "browser/chromium.rs"]
mod chromium;
#[path = "browser/driver.rs"]
mod driver;
#[path = "browser/netting.rs"]
mod netting;
#[path = "browser/page.rs"]
mod page;
#[path = "browser/papers.rs"]
mod papers;
#[path = "browser/shifts.rs"]
mod shifts;
#[path = "browser/shop.rs"]
mod shop;
#[path = "browser/slots.rs"]
mod slots;
#[path = "browser/waiting.rs"]
mod waiting;

use linli_api::redemption::RedemptionStatus;
use linli_api::wallet::{Side, StatementKind};
use linli_domain::text::CardCode;
use linli_tests::TestSystem;

use driver::with_browser;
use page::Page;
use shop::Shop;

/// Opens a shop and hands it to a test, with a browser that speaks this language.
async fn at_the_counter<T>(language: &str, test: impl FnOnce(Page, Shop) -> T) -> anyhow::Result<()>
where
    T: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let system = TestSystem::start().await?;
    let shop = Shop::open(&system).await?;
    with_browser(language, |page| test(page, shop)).await?;
    system.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_redeems_at_the_counter() {
    at_the_counter("zh-CN", |page, shop| async move {
        page.sign_in(&shop.url, "linli_dev_nonsense").await?;
        page.until_text("#sign-in-problem", "密钥").await?;
        page.sign_in(&shop.url, &shop.key).await?;
        page.until_text("#place", "丁山服务站").await?;

        page.scan("not a card").await?;
        page.until_text("#code-problem", "卡号").await?;
        page.scan(&shop.card_as_typed).await?;
        page.until_text("#available", "45.00").await?;
        page.until_text(&shop.tile(&shop.items.thermos), "还差 5 分").await?;
        page.until_text(&shop.tile(&shop.items.wheelchair), "限帮扶家庭").await?;
        page.until_text(&shop.tile(&shop.items.legal), "需 2 星").await?;

        page.click(&shop.tile(&shop.items.soap)).await?;
        page.click(&shop.tile(&shop.items.soap)).await?;
        page.click("#lines .step:first-child").await?;
        page.until_text("#sums .total dd", "15").await?;
        page.until_text("#sums .stays dd", "30").await?;
        // The rice could be had before; beside the soap it can't.
        page.until_text(&shop.tile(&shop.items.rice), "还差 14 分").await?;

        page.choose("en").await?;
        page.until_text("#place", "shop").await?;
        page.until_text(&shop.tile(&shop.items.rice), "14 points short").await?;

        page.click("#redeem").await?;
        page.until_text("#confirm-title", "Redeem now?").await?;
        page.press_enter().await?;
        page.until_text("#paper .after dd", "30.00").await?;
        page.until_text("#paper .items", "soap").await?;
        page.until_text("#paper .lots", "15.00").await?;
        let receipt = page.text("#paper").await?;
        assert!(receipt.contains("shop"), "{receipt}");
        assert!(!receipt.contains(&shop.card[..4]), "the whole card stands on it: {receipt}");
        let redemption = page.text("#paper .id dd").await?;
        page.choose_behind_receipt("zh").await?;
        page.until_text("#paper header", "兑换单").await?;

        page.press_enter().await?;
        page.until("document.activeElement.id === 'code'").await?;
        page.until("!document.querySelector('dialog[open]')").await?;
        assert_eq!(page.text("#who").await?, "", "the resident is gone from the screen");
        page.nothing_went_wrong().await?;

        let slip = shop.api.redemption(&redemption.as_str().into()).await?.body;
        assert_eq!(slip.status, RedemptionStatus::Captured);
        assert_eq!(slip.slip.total.as_str(), "15.00");
        shop.once(StatementKind::Sold, Side::Available, "30.00").await
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_not_charged_twice() {
    at_the_counter("en-GB", |page, shop| async move {
        page.sign_in(&shop.url, &shop.key).await?;
        page.scan(&shop.card).await?;
        page.click(&shop.tile(&shop.items.rice)).await?;
        // The command arrives, its answer doesn't; and so for as long as this page is open.
        page.lose_answers_to("/v1/sales").await?;
        page.click("#redeem").await?;
        page.click("#confirm-yes").await?;
        page.until_text("#confirm-wait", "Nothing is charged twice").await?;
        page.until("window.lostAnswers >= 2").await?;
        page.until_text("#banner", "No connection").await?;
        // Opened again, it asks with the same key and learns that it was done.
        page.reload().await?;
        page.until_text("#paper", "nothing was charged twice").await?;
        page.until_text("#paper .after dd", "1.00").await?;
        page.until_text("#paper .items", "rice").await?;
        page.until("localStorage.length === 0").await?;
        shop.once(StatementKind::Sold, Side::Available, "1.00").await?;
        // It was the last bag. A card scanned over a receipt is the next resident.
        page.scan(&shop.card).await?;
        page.until_text(&shop.tile(&shop.items.rice), "Out of stock here").await
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_reserved_is_handed_out() {
    at_the_counter("en-GB", |page, shop| async move {
        page.sign_in(&shop.url, &shop.key).await?;
        page.scan(&shop.card).await?;
        page.click(&shop.tile(&shop.items.soap)).await?;
        page.click("#reserve").await?;
        page.click("#confirm-yes").await?;
        page.until_text("#paper header", "Reservation").await?;
        page.until_text("#paper .after dd", "30.00").await?;
        page.click("#receipt-done").await?;
        page.scan(&shop.card).await?;
        page.until_text("#who", "Set aside 15.00").await?;
        page.until_text("#reservations-count", "1").await?;
        page.click("#reservations-open").await?;
        page.until_text("#reservations-list", "soap × 1").await?;
        page.until_text("#reservations-list", "This resident").await?;
        page.click("#reservations-list .primary").await?;
        page.click("#confirm-yes").await?;
        page.until_text("#paper header", "handed out").await?;
        page.until_text("#paper .after dd", "30.00").await?;
        shop.once(StatementKind::Captured, Side::Held, "0.00").await
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_does_not_stay_on_the_screen() {
    at_the_counter("en-GB", |page, shop| async move {
        page.sign_in(&shop.url, &shop.key).await?;
        page.scan(&shop.card).await?;
        page.until_text("#available", "45.00").await?;
        page.let_minutes_pass(3).await?;
        page.until_text("#notice", "private").await?;
        assert_eq!(page.text("#who").await?, "");
        page.click("#sign-out").await?;
        page.until("document.activeElement.id === 'key'").await?;
        page.until("localStorage.length + sessionStorage.length === 0").await
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_reads_cards_and_amounts_as_the_ledger_does() {
    at_the_counter("en-GB", |page, shop| async move {
        page.sign_in(&shop.url, &shop.key).await?;
        for serial in [0, 1, 31, 20_250_305, 123_456_789, 0x7_ffff_ffff] {
            let card = CardCode::from_serial(serial).to_string();
            let (left, right) = card.split_at(4);
            assert_eq!(page.card(&card).await?, format!("{left}-{right}"));
            // One character off is no card, whichever it is.
            for (at, _) in card.char_indices() {
                let mut wrong = card.clone();
                let other = if card[at..].starts_with('7') { "8" } else { "7" };
                wrong.replace_range(at..=at, other);
                assert!(page.card(&wrong).await?.is_null(), "{wrong}");
            }
        }
        for typed in ["０３ｎｑ　ｋ８ｎ９", " o3nq–k8n9 "] {
            assert_eq!(page.card(typed).await?, "03NQ-K8N9");
        }
        for (text, exact) in [
            ("0", "0.00"),
            ("12.5", "12.50"),
            ("-3.05", "\u{2212}3.05"),
            ("10000000.00", "10,000,000.00"),
            ("92233720368547758.07", "92,233,720,368,547,758.07"),
        ] {
            assert_eq!(page.amount(text).await?, exact);
        }
        Ok(())
    })
    .await
    .unwrap();
}
