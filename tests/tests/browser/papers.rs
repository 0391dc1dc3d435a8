//! The pages that are read rather than worked at: a receipt is checked, an auditor follows a
//! trail, the finance desk prints and pays a statement.

use linli_api::key::KeyKind;
use linli_api::redemption::{Basket, Wish as Wanted};
use linli_api::statement::IssueStatement;
use linli_tests::{Place, Terms, TestSystem, Wish};

use crate::driver::with_browser;
use crate::page::Page;

/// Opens a place where two soaps and a thermos were handed out, and hands it to a test with a
/// browser.
async fn after_a_sale<T>(
    language: &str,
    test: impl FnOnce(Page, Place, Sold) -> T,
) -> anyhow::Result<()>
where
    T: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let folder = tempfile::tempdir()?;
    let log_key = Some(folder.path().join("log.key"));
    let system = TestSystem::start_with(Terms { log_key, ..Terms::default() }).await?;
    let place = system.found(Wish::default()).await?;
    let chen = place.people.chen.clone();
    place.give(std::slice::from_ref(&chen), "100").await?;
    let wanted = |item: &linli_api::Id, quantity| Wanted { item: item.clone(), quantity };
    let items = vec![wanted(&place.items.soap, 2), wanted(&place.items.thermos, 1)];
    let basket =
        Basket { redemption: None, shift: None, shown: None, resident: Some(chen.resident), items };
    let sold = place.shop.api.sell("sale", &basket).await?.body;
    let sold = Sold { redemption: sold.changed.slip.redemption.to_string(), last: sold.last };
    with_browser(language, |page| test(page, place, sold)).await?;
    system.stop().await
}

/// What was handed out.
struct Sold {
    redemption: String,
    /// The last record of it.
    last: u64,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_checks_a_receipt() {
    after_a_sale("zh-CN", |page, place, sold| async move {
        let receipt = place.auditor.receipt(sold.last).await?;
        let receipt = String::from_utf8(receipt.to_vec())?;
        page.open(&format!("{}/receipt", place.url)).await?;
        page.until("document.getElementById('key').value.length > 0").await?;
        page.paste("#receipt", &receipt).await?;
        page.click("#go").await?;
        page.until_text("#verdict", "凭证有效").await?;
        page.until_text("#facts", &sold.last.to_string()).await?;
        page.choose("en").await?;
        page.until_text("#verdict", "The receipt holds").await?;

        let changed = |at: usize| {
            let mut lines: Vec<String> = receipt.lines().map(str::to_owned).collect();
            let line = &mut lines[at];
            let middle = line.len() / 2;
            let other = if line[middle..].starts_with('A') { "B" } else { "A" };
            line.replace_range(middle..=middle, other);
            lines.join("\n") + "\n"
        };
        let line_of = |start: &str| receipt.lines().position(|line| line.starts_with(start));
        let (extra, signature) = (line_of("extra "), line_of("\u{2014} "));
        let cut: String = receipt.lines().take(3).collect::<Vec<_>>().join("\n");
        for (damaged, expected) in [
            (changed(extra.unwrap()), "is not what was signed"),
            (changed(signature.unwrap()), "not signed by this key"),
            (cut, "not a whole receipt"),
        ] {
            page.paste("#receipt", &damaged).await?;
            page.click("#go").await?;
            page.until_text("#meaning", expected).await?;
            page.until_text("#verdict", "does not hold").await?;
        }
        page.nothing_went_wrong().await
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_follows_a_trail_both_ways() {
    after_a_sale("en-GB", |page, place, sold| async move {
        page.open(&format!("{}/audit", place.url)).await?;
        page.fill("#key", &place.auditor_key).await?;
        page.fill("#id", &sold.redemption).await?;
        page.click("#go").await?;
        // Back from what was handed out to the claim, the officer's word, the award and the rule.
        for step in ["claimed", "judged", "awarded", "rules", "spent"] {
            page.until(&format!("document.querySelector('#told li.{step}')")).await?;
        }
        page.click("#told li.claimed a[href^='#contribution/']").await?;
        page.until_text("#heading", "contribution").await?;
        // And forward again, to what it bought.
        page.until(&format!(
            "document.querySelector(\"#told a[href='#redemption/{}']\")",
            sold.redemption
        ))
        .await?;
        page.choose("zh").await?;
        page.until_text("#told li.awarded h3", "按规则授予").await?;
        page.until_text("#told li.claimed", "证据等级").await?;
        page.until("document.querySelector(\"#told li.awarded a[href='#sheet/1']\")").await?;
        page.pick("#what", "resident").await?;
        page.fill("#id", place.people.chen.resident.as_str()).await?;
        page.fill("#position", &(sold.last - 1).to_string()).await?;
        page.click("#go").await?;
        page.until_text("#moment", &format!("{}", sold.last - 1)).await?;
        page.until_text("#told", "100.00").await?;
        // By a click on to the rank at that moment, which nobody has yet, and to the rules of the time.
        page.click("#told a[href^='#rank/']").await?;
        page.until_text("#heading", "某时刻的排名").await?;
        page.until_text("#told", "无").await?;
        page.pick("#what", "rules").await?;
        page.fill("#position", "2999-01-01T00:00:00+08:00").await?;
        page.click("#go").await?;
        page.click("#told a[href='#sheet/1']").await?;
        page.until_text("#told", "zone").await?;
        page.pick("#what", "hold").await?;
        page.fill("#id", &sold.redemption).await?;
        page.fill("#position", "").await?;
        page.click("#go").await?;
        page.until_text("#told", "已核销").await?;
        page.pick("#what", "time").await?;
        page.click("#go").await?;
        page.until_text("#heading", "时间银行").await?;
        page.nothing_went_wrong().await
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_finance_desk_pays_a_statement() {
    after_a_sale("en-GB", |page, place, sold| async move {
        let (key, desk) = place.hand(KeyKind::Finance, "desk", None).await?;
        let shop = place.shop.api.after(sold.last);
        let catalogue = shop.catalogue(None, None, None).await?.body.items;
        let soap = catalogue.iter().find(|shown| shown.item.item == place.items.soap);
        let supplier = soap.unwrap().item.supplier.clone();
        let issue =
            IssueStatement { statement: None, supplier: supplier.clone(), label: "2025-Q1".into() };
        let issued = desk.issue_statement("first", &issue).await?.body;

        page.open(&format!("{}/finance", place.url)).await?;
        page.fill("#key", &key).await?;
        page.click("#go").await?;
        page.until_text("#list", "To be paid").await?;
        page.click("#list td a").await?;
        page.until_text("#sheet h2", "2025-Q1").await?;
        page.until_text("#sheet tr.sum", issued.changed.closing.yuan.as_str()).await?;
        page.until_text("#sheet", "soap").await?;
        let shown =
            desk.after(issued.last).supplier_statement(&issued.changed.statement).await?.body;
        page.until_text("#sheet dl", shown.leaf.as_str()).await?;
        // It prints with room for the signatures, and is kept as the sheet that the API tells.
        page.until("document.querySelectorAll('#sheet .signatures div').length === 3").await?;
        page.catch_downloads().await?;
        page.click("#sheet .tools button:last-child").await?;
        page.until("window.kept.length === 1").await?;
        let kept = page.kept().await?;
        let told = desk.after(issued.last).statement_sheet(&issued.changed.statement).await?;
        let told = std::str::from_utf8(&told)?;
        let bare = |text: &str| text.trim_start_matches('\u{feff}').to_owned();
        assert_eq!(bare(&kept), bare(told));
        page.choose("zh").await?;
        page.until_text("#sheet h2", "对账单").await?;
        page.choose("en").await?;
        page.fill("#payment", "PAY-2025-0042").await?;
        page.click("#sheet form button").await?;
        page.until_text("#sheet dl", "by PAY-2025-0042").await?;
        page.nothing_went_wrong().await?;

        let heads = desk.statements(50, None).await?.body.items;
        assert_eq!(heads[0].payment.as_deref(), Some("PAY-2025-0042"));
        assert_eq!(heads[0].paid, Some(issued.changed.closing));
        // What can't be done is said in words: nothing has happened since.
        page.click("#sheet p.screen a").await?;
        page.until_text("#list", "PAY-2025-0042").await?;
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passbook_is_printed_at_the_counter_and_checked_at_home() {
    after_a_sale("en-GB", |page, place, sold| async move {
        page.sign_in(&place.url, &place.shop.key).await?;
        page.scan(&place.people.chen.card).await?;
        page.click("#passbook-open").await?;
        page.click("#passbook-form button").await?;
        page.until_text("#passbook-note", "up to date").await?;
        page.until_text("#passbook-lines li:last-child .kind", "Redeemed").await?;
        let code = page.text("#passbook-lines li:last-child .code").await?;

        // Three rows of the page are full: the lines move down, so that they stand below.
        page.paste("#passbook-row", "4").await?;
        page.until("document.querySelectorAll('#passbook-lines .blank').length === 3").await?;
        // The book has this line already; a code of nobody's is told.
        page.fill("#passbook-since", &code).await?;
        page.click("#passbook-form button").await?;
        page.until_text("#passbook-note", "nothing to print").await?;
        page.fill("#passbook-since", "1F2K-00000-00000").await?;
        page.click("#passbook-form button").await?;
        page.until_text("#passbook-problem", "no code of this resident's book").await?;
        page.click("#passbook-close").await?;

        page.open(&format!("{}/passbook/#{code}", place.url)).await?;
        page.until_text("#verdict", "The ledger has this line").await?;
        page.until_text("#facts", &sold.last.to_string()).await?;
        page.choose("zh").await?;
        page.until_text("#facts", "兑换").await?;
        page.fill("#code", "1F2K-00000-00000").await?;
        page.click("#go").await?;
        page.until_text("#verdict", "账本中没有这一行").await?;
        // A certificate is looked up in the same way.
        page.open(&format!("{}/certificate/#01ARZ3NDEKTSV4RRFFQ69G5FAV", place.url)).await?;
        page.until("document.getElementById('outcome').dataset.holds === 'no'").await?;
        page.nothing_went_wrong_but(&["404", "422", "400"]).await
    })
    .await
    .unwrap();
}
