//! What is out of stock at a counter is waited for: on the list, served by a delivery, and off it again.

use linli_api::station::ReceiveStock;

use super::at_the_counter;

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_puts_a_resident_on_the_list_and_takes_one_off() {
    at_the_counter("zh-CN", |page, shop| async move {
        let bag = |reference: &str| ReceiveStock {
            item: shop.items.rice.clone(),
            quantity: 1,
            reference: reference.to_owned(),
        };
        let gone = shop.api.send_stock_back("gone", &bag("SB-1")).await?.body.last;
        let seen = shop.api.after(gone);
        seen.shelves(50, None).await?;
        page.sign_in(&shop.url, &shop.key).await?;
        page.until_text("#place", "丁山服务站").await?;
        let rice = shop.tile(&shop.items.rice);

        page.scan(&shop.card_as_typed).await?;
        page.until_text(&rice, "本站无货").await?;
        page.click(&rice).await?;
        page.until_text("#confirm-title", "登记排队").await?;
        page.click("#confirm-yes").await?;
        page.until_text("#notice", "已登记排队").await?;
        page.until_text("#waiting-count", "1").await?;
        // Once is enough, and the page says so.
        page.click(&rice).await?;
        page.until_text("#confirm-title", "登记排队").await?;
        page.click("#confirm-yes").await?;
        page.until_text("#confirm-wait", "在排队").await?;
        page.click("#confirm-no").await?;

        page.click("#waiting-open").await?;
        page.until_text("#waiting-list", "第 1 位").await?;
        page.until_text("#waiting-list", &shop.card[shop.card.len() - 4..]).await?;
        page.click("#waiting-list button").await?;
        page.until_text("#waiting-list", "没有人排队").await?;
        page.click("#waiting-close").await?;

        // On the list again, and a bag comes: it is reserved, and nobody waits.
        page.click(&rice).await?;
        page.until_text("#confirm-title", "登记排队").await?;
        page.click("#confirm-yes").await?;
        page.until_text("#waiting-count", "1").await?;
        let came = shop.api.receive_stock("came", &bag("DN-1")).await?.body.last;
        // The very next record sets it aside.
        let waiting = shop.api.after(came + 1).queue(50, None).await?.body.items;
        assert_eq!(waiting, []);
        page.click("#waiting-open").await?;
        page.until_text("#waiting-list", "没有人排队").await?;
        page.click("#waiting-close").await?;
        page.click("#reservations-open").await?;
        page.until_text("#reservations-list", "× 1").await?;
        page.nothing_went_wrong_but(&["409"]).await
    })
    .await
    .unwrap();
}
