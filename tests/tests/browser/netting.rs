//! The finance desk closes a netting period of the time bank, looks at the statement, prints and downloads it.

use linli_api::contribution::VerifyContribution;
use linli_api::key::KeyKind;
use linli_api::resident::MoveResident;
use linli_api::time_bank::{MarkElder, StoreTime, TimeInto, TimeMark, TimePayer};
use linli_tests::{Place, TestSystem, Wish};

use crate::driver::with_browser;

/// Chen serves a key elder for an hour, stores it, and moves to another community with it.
async fn traded(place: &Place) -> anyhow::Result<()> {
    let (chen, elder) = (&place.people.chen, &place.people.assisted);
    let (_, home) = place.east().await?;
    let mark = MarkElder { resident: elder.resident.clone(), mark: TimeMark::KeyElder };
    place.officers.community.mark_elder("mark", &mark).await?;
    let mut claim = place.claim(chen, "AS-1", 60);
    claim.beneficiary = Some(elder.resident.clone());
    let contribution = place.submit(&claim).await?;
    let word = VerifyContribution::default();
    place.officers.grid.verify_contribution("word", &contribution, &word).await?;
    let store = StoreTime { contribution, payer: TimePayer::Fund, into: TimeInto::Own };
    place.partner.store_time("store", &store).await?;
    let moved = MoveResident { household: home, assisted: false };
    place.operator.move_resident("move", &chen.resident, &moved).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_finance_desk_closes_a_netting_period() {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    let (key, desk) = place.hand(KeyKind::Finance, "desk", None).await.unwrap();

    with_browser("en-GB", |page| async move {
        page.open(&format!("{}/finance", place.url)).await?;
        page.fill("#key", &key).await?;
        page.click("#go").await?;
        page.until_text("#list", "Time bank: netting").await?;
        // Nobody has traded yet, and the page says so.
        let close = "#list form:last-of-type button";
        page.click(close).await?;
        page.until("!document.getElementById('fault').hidden").await?;

        traded(&place).await?;
        page.click(close).await?;
        page.until_text("#list", "Netting statement 1").await?;
        let head = place.head().await?;
        let whole = desk.after(head).netting(1).await?.body;
        page.click("#list a[href='#netting-1']").await?;
        page.until_text("#sheet h2", "Netting statement 1").await?;
        page.until_text("#sheet dl", whole.leaf.as_str()).await?;
        for line in &whole.netting.lines {
            page.until_text("#sheet table", line.community.as_str()).await?;
            page.until_text("#sheet table", &line.closing.to_string()).await?;
        }
        // It prints with room for the signatures, and is kept as a sheet.
        page.until("document.querySelectorAll('#sheet .signatures div').length === 2").await?;
        page.catch_downloads().await?;
        page.click("#sheet .tools button:last-child").await?;
        page.until("window.kept.length === 1").await?;
        let sheet = page.kept().await?;
        let told = desk.after(head).netting_sheet(1).await?;
        let told = std::str::from_utf8(&told)?.trim_start_matches('\u{feff}').to_owned();
        assert_eq!(sheet.trim_start_matches('\u{feff}'), told);
        page.choose("zh").await?;
        page.until_text("#sheet h2", "轧差对账单 1").await?;
        page.click("#sheet p.screen a").await?;
        page.until_text("#list", "轧差对账单 1").await?;
        page.nothing_went_wrong_but(&["409"]).await
    })
    .await
    .unwrap();
    system.stop().await.unwrap();
}
