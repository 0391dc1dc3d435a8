//! The page as a clerk handles it: eyes and hands, each with patience that ends.

use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use reqwest::{Method, Url};
use serde_json::{Value, json};
use tokio::time::{interval, timeout};

/// How long the page may take for anything: several of its own retries on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(40);

/// No scanner is so slow.
const BREATH: Duration = Duration::from_millis(200);

/// A browser that shows the station's page.
#[derive(Clone, Debug)]
pub(crate) struct Page(Client);

impl Page {
    pub(crate) fn of(client: Client) -> Self {
        Self(client)
    }

    /// Opens the page and signs in with a key.
    pub(crate) async fn sign_in(&self, url: &str, key: &str) -> anyhow::Result<()> {
        self.0.goto(&format!("{url}/station")).await?;
        self.until("document.activeElement.id === 'key'").await?;
        self.0.active_element().await?.send_keys(key).await?;
        self.press_enter().await?;
        self.until("document.body.dataset.view !== 'start' && !document.getElementById('sign-in-button').disabled")
            .await
    }

    /// Opens an address.
    pub(crate) async fn open(&self, url: &str) -> anyhow::Result<()> {
        Ok(self.0.goto(url).await?)
    }

    /// Puts a short text into a field, in the place of what was there, key by key.
    pub(crate) async fn fill(&self, css: &str, text: &str) -> anyhow::Result<()> {
        self.until(&format!("document.querySelector({})?.checkVisibility()", json!(css))).await?;
        let field = self.0.find(Locator::Css(css)).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Pastes a long text into a field.
    pub(crate) async fn paste(&self, css: &str, text: &str) -> anyhow::Result<()> {
        let script = "
            const field = document.querySelector(arguments[0]);
            field.value = arguments[1];
            field.dispatchEvent(new Event('input', { bubbles: true }));";
        self.0.execute(script, vec![json!(css), json!(text)]).await?;
        Ok(())
    }

    /// Picks a choice of a list by its value.
    pub(crate) async fn pick(&self, css: &str, value: &str) -> anyhow::Result<()> {
        Ok(self.0.find(Locator::Css(css)).await?.select_by_value(value).await?)
    }

    /// Types a code as a scanner does: at once, with Enter at its end, wherever the focus is.
    pub(crate) async fn scan(&self, code: &str) -> anyhow::Result<()> {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for value in code.chars().chain([char::from(Key::Enter)]) {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        Ok(self.0.perform_actions(keys).await?)
    }

    /// Presses Enter, well after anything else was typed.
    pub(crate) async fn press_enter(&self) -> anyhow::Result<()> {
        let value = char::from(Key::Enter);
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Pause { duration: BREATH })
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        Ok(self.0.perform_actions(keys).await?)
    }

    /// Taps something once it can be tapped; again if it was drawn anew under the finger.
    pub(crate) async fn click(&self, css: &str) -> anyhow::Result<()> {
        let quoted = json!(css);
        let there = format!("document.querySelector({quoted})?.checkVisibility()");
        let enabled = format!("!document.querySelector({quoted}).disabled");
        loop {
            self.until(&format!("{there} && {enabled}")).await?;
            match self.0.find(Locator::Css(css)).await?.click().await {
                Err(error) if error.is_stale_element_reference() => {}
                tapped => return tapped.with_context(|| format!("tapping {css}")),
            }
        }
    }

    /// Switches the language.
    pub(crate) async fn choose(&self, language: &str) -> anyhow::Result<()> {
        self.click(&format!("[data-language={language}]")).await
    }

    /// Switches the language although a dialog lies over the switch.
    pub(crate) async fn choose_behind_receipt(&self, language: &str) -> anyhow::Result<()> {
        self.run(&format!("document.querySelector('[data-language={language}]').click()")).await?;
        Ok(())
    }

    /// Opens the page again, as after a crash of the tablet.
    pub(crate) async fn reload(&self) -> anyhow::Result<()> {
        Ok(self.0.refresh().await?)
    }

    /// From now on requests to this path arrive, and their answers don't.
    pub(crate) async fn lose_answers_to(&self, path: &str) -> anyhow::Result<()> {
        let script = "
            const [path, real] = [arguments[0], window.fetch];
            window.lostAnswers = 0;
            window.fetch = async (url, options) => {
                const answer = await real(url, options);
                if (url !== path) return answer;
                window.lostAnswers += 1;
                throw new TypeError('the answer was lost');
            };";
        self.0.execute(script, vec![json!(path)]).await?;
        Ok(())
    }

    /// From now on what the page hands over to be kept is caught: it would go into a folder of the browser.
    pub(crate) async fn catch_downloads(&self) -> anyhow::Result<()> {
        let script = "
            const real = URL.createObjectURL;
            window.kept = [];
            URL.createObjectURL = (blob) => {
                blob.text().then((text) => window.kept.push(text));
                return real(blob);
            };
            HTMLAnchorElement.prototype.click = function () {};";
        self.0.execute(script, Vec::new()).await?;
        Ok(())
    }

    /// The last of what was caught.
    pub(crate) async fn kept(&self) -> anyhow::Result<String> {
        let text = self.run("return window.kept.at(-1);").await?;
        Ok(text.as_str().context("nothing was kept")?.to_owned())
    }

    /// Lets the page believe that so many minutes went by.
    pub(crate) async fn let_minutes_pass(&self, minutes: u32) -> anyhow::Result<()> {
        let script = "const real = Date.now; Date.now = () => real() + arguments[0] * 60000;";
        self.0.execute(script, vec![json!(minutes)]).await?;
        Ok(())
    }

    /// What the page makes of a card's code; null if it takes it for none.
    pub(crate) async fn card(&self, typed: &str) -> anyhow::Result<Value> {
        let script = "
            const [typed, done] = arguments;
            import('/station/card.js').then(({ read }) => done(read(typed)));";
        Ok(self.0.execute_async(script, vec![json!(typed)]).await?)
    }

    /// An amount as a receipt shows it.
    pub(crate) async fn amount(&self, text: &str) -> anyhow::Result<Value> {
        let script = "
            const [text, done] = arguments;
            import('/station/amount.js').then(({ parse, exact }) => done(exact(parse(text))));";
        Ok(self.0.execute_async(script, vec![json!(text)]).await?)
    }

    /// What stands there, as it is seen.
    pub(crate) async fn text(&self, css: &str) -> anyhow::Result<String> {
        let script = "return document.querySelector(arguments[0])?.textContent ?? null;";
        let text = self.0.execute(script, vec![json!(css)]).await?;
        text.as_str()
            .map(|text| text.trim().to_owned())
            .with_context(|| format!("{css} isn't there"))
    }

    /// Waits until something contains a text.
    pub(crate) async fn until_text(&self, css: &str, wanted: &str) -> anyhow::Result<()> {
        let (css_quoted, text) = (json!(css), json!(wanted));
        let condition =
            format!("document.querySelector({css_quoted})?.textContent.includes({text})");
        if let Err(late) = self.until(&condition).await {
            let found = self.text(css).await.unwrap_or_else(|missing| missing.to_string());
            bail!("{late:#}; found: {found}");
        }
        Ok(())
    }

    /// Waits until a condition holds on the page.
    pub(crate) async fn until(&self, condition: &str) -> anyhow::Result<()> {
        let script = format!("return Boolean({condition});");
        let seen = timeout(PATIENCE, async {
            let mut look = interval(LOOK);
            while self.run(&script).await? != Value::Bool(true) {
                look.tick().await;
            }
            anyhow::Ok(())
        });
        seen.await.with_context(|| format!("never came: {condition}"))?
    }

    /// The browser complained about nothing: no script, style or request that it blocked, no error.
    pub(crate) async fn nothing_went_wrong(&self) -> anyhow::Result<()> {
        self.nothing_went_wrong_but(&[]).await
    }

    /// The same, but for answers of these statuses: what is refused on purpose the browser notes as well.
    pub(crate) async fn nothing_went_wrong_but(&self, refusals: &[&str]) -> anyhow::Result<()> {
        let log = self.0.issue_cmd(BrowserLog).await?;
        let complaints: Vec<&Value> = log
            .as_array()
            .into_iter()
            .flatten()
            .filter(|entry| entry["level"] == "SEVERE")
            // The wrong key is told as 401, which the browser notes.
            .filter(|entry| {
                let message = entry["message"].as_str().unwrap_or_default();
                !["401"].iter().chain(refusals).any(|status| message.contains(status))
            })
            .collect();
        ensure!(complaints.is_empty(), "the browser complains: {complaints:?}");
        Ok(())
    }

    async fn run(&self, script: &str) -> anyhow::Result<Value> {
        Ok(self.0.execute(script, Vec::new()).await?)
    }
}

/// Asks for what the browser noted. Not in the standard; Chromium's driver has it.
#[derive(Debug)]
struct BrowserLog;

impl WebDriverCompatibleCommand for BrowserLog {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as FromStr>::Err> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}
