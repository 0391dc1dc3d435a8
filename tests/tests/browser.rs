//! The page of a service station, in a real Chromium, against the whole system.
//!
//! What the page shows is compared with what the API tells, so that a page that only looks as if it
//! had redeemed fails. It is *not* a test of the rules of redemption: those are the domain's.

#[path = "browser/chromium.rs"]
mod chromium;
#[path = "browser/driver.rs"]
mod driver;
#[path = "browser/page.rs"]
mod page;
#[path = "browser/place.rs"]
mod place;

use linli_api::redemption::RedemptionStatus;
use linli_api::wallet::StatementKind;
use linli_domain::text::CardCode;

use driver::with_browser;
use place::Place;

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_redeems_at_the_counter() {
    let place = Place::found().await.unwrap();
    let shop = place.shop();
    with_browser("zh-CN", move |page| async move {
        page.sign_in(&shop.url, "linli_dev_nonsense").await?;
        page.until_text("#sign-in-problem", "密钥").await?;
        page.sign_in(&shop.url, &shop.key).await?;
        page.until_text("#place", "丁山服务站").await?;

        page.scan("not a card").await?;
        page.until_text("#code-problem", "卡号").await?;
        // As a hand types it: no hyphen, small letters, O for 0 and l for 1.
        page.scan(&shop.card_as_typed).await?;
        page.until_text("#available", "45.00").await?;
        page.until_text(&shop.tile(&shop.thermos), "还差 5 分").await?;
        page.until_text(&shop.tile(&shop.wheelchair), "限帮扶家庭").await?;
        page.until_text(&shop.tile(&shop.towel), "本站无货").await?;

        page.click(&shop.tile(&shop.soap)).await?;
        page.click(&shop.tile(&shop.soap)).await?;
        page.click(&format!("[data-line='{}'] .step:first-child", shop.soap)).await?;
        page.until_text("#sums .total dd", "15").await?;
        page.until_text("#sums .stays dd", "30").await?;
        // 44 points could be had before; beside the soap they can't.
        page.until_text(&shop.tile(&shop.rice), "还差 14 分").await?;

        page.choose("en").await?;
        page.until_text("#place", "Dingshan Station").await?;
        page.until_text(&shop.tile(&shop.rice), "14 points short").await?;
        page.until_text(&shop.tile(&shop.soap), "Soap").await?;

        page.click("#redeem").await?;
        page.until_text("#confirm-title", "Redeem now?").await?;
        page.press_enter().await?;
        page.until_text("#paper .after dd", "30.00").await?;
        page.until_text("#paper .items", "Soap").await?;
        page.until_text("#paper .lots", "15.00").await?;
        let receipt = page.text("#paper").await?;
        assert!(receipt.contains("Dingshan Station"), "{receipt}");
        assert!(!receipt.contains(&shop.card), "the whole card stands on the receipt: {receipt}");
        let redemption = page.text("#paper .id dd").await?;
        page.choose_behind_receipt("zh").await?;
        page.until_text("#paper header", "兑换单").await?;

        page.press_enter().await?;
        page.until("document.activeElement.id === 'code' && !document.querySelector('dialog[open]')").await?;
        assert_eq!(page.text("#who").await?, "", "the resident is gone from the screen");
        page.nothing_went_wrong().await?;

        let slip = shop.api.redemption(&redemption.as_str().into()).await?.body;
        assert_eq!(slip.status, RedemptionStatus::Captured);
        assert_eq!(slip.total.as_str(), "15.00");
        shop.sold_once("30.00").await
    })
    .await;
    place.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_reads_cards_and_amounts_as_the_ledger_does() {
    let place = Place::found().await.unwrap();
    let shop = place.shop();
    with_browser("en-GB", move |page| async move {
        page.sign_in(&shop.url, &shop.key).await?;
        for serial in [0, 1, 31, 20_250_305, 123_456_789, 0x7_ffff_ffff] {
            let card = CardCode::from_serial(serial).to_string();
            assert_eq!(page.call("card", "read", &card).await?, card.as_str());
            // One character off is no card, whichever it is.
            for (place, _) in card.char_indices().filter(|(_, character)| *character != '-') {
                let mut wrong = card.clone();
                let other = if card[place..].starts_with('7') { "8" } else { "7" };
                wrong.replace_range(place..=place, other);
                assert!(page.call("card", "read", &wrong).await?.is_null(), "{wrong}");
            }
        }
        for (typed, card) in [("０３ｎｑ　ｋ８ｎ９", "03NQ-K8N9"), (" o3nq–k8n9 ", "03NQ-K8N9")] {
            assert_eq!(page.call("card", "read", typed).await?, card);
        }
        for (text, exact) in [
            ("0", "0.00"),
            ("12.5", "12.50"),
            ("-3.05", "\u{2212}3.05"),
            ("10000000.00", "10,000,000.00"),
            ("92233720368547758.07", "92,233,720,368,547,758.07"),
        ] {
            assert_eq!(page.exact(text).await?, exact);
        }
        Ok(())
    })
    .await;
    place.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_not_charged_twice() {
    let place = Place::found().await.unwrap();
    let shop = place.shop();
    with_browser("en-GB", move |page| async move {
        page.sign_in(&shop.url, &shop.key).await?;
        page.scan(&shop.card).await?;
        page.click(&shop.tile(&shop.rice)).await?;
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
        page.until_text("#paper .items", "Rice 5 kg").await?;
        page.press_enter().await?;
        page.until("sessionStorage.getItem('linli.station.pending') === null").await?;
        shop.sold_once("1.00").await
    })
    .await;
    place.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_reserved_is_handed_out_and_what_is_left_alone_is_cleared() {
    let place = Place::found().await.unwrap();
    let shop = place.shop();
    with_browser("en-GB", move |page| async move {
        page.sign_in(&shop.url, &shop.key).await?;
        page.scan(&shop.card).await?;
        page.click(&shop.tile(&shop.soap)).await?;
        page.click("#reserve").await?;
        page.click("#confirm-yes").await?;
        page.until_text("#paper header", "Reservation").await?;
        page.until_text("#paper .after dd", "30.00").await?;
        // A card scanned over the receipt is the next resident.
        page.scan(&shop.card).await?;
        page.until_text("#who", "Set aside 15.00").await?;
        page.until_text("#reservations-count", "1").await?;
        page.click("#reservations-open").await?;
        page.until_text("#reservations-list", "Soap × 1").await?;
        page.click("#reservations-list .primary").await?;
        page.click("#confirm-yes").await?;
        page.until_text("#paper header", "handed out").await?;
        page.until_text("#paper .after dd", "30.00").await?;

        page.scan(&shop.card).await?;
        page.until_text("#available", "30.00").await?;
        page.let_minutes_pass(3).await?;
        page.until_text("#notice", "private").await?;
        assert_eq!(page.text("#who").await?, "", "the resident is gone from the screen");
        let lines = shop.api.statement(&shop.resident, 50, None).await?.body.items;
        let kinds: Vec<StatementKind> = lines.iter().map(|line| line.kind).collect();
        assert!(kinds.contains(&StatementKind::Captured), "{kinds:?}");
        Ok(())
    })
    .await;
    place.close().await.unwrap();
}
