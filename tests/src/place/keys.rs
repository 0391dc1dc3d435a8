//! Keys of a place: minted by its operator, and handed out.

use linli_api::key::{KeyKind, MintKey};
use linli_api::{Client, Id};

use crate::Place;

impl Place {
    /// A new key of a kind, and a client with it.
    ///
    /// # Errors
    /// The key is refused, or nobody answers.
    pub async fn hand(
        &self,
        kind: KeyKind,
        name: &str,
        subject: Option<&Id>,
    ) -> anyhow::Result<(String, Client)> {
        hand(&self.operator, kind, name, subject).await
    }
}

/// A key that an operator mints, and a client with it.
pub(super) async fn hand(
    operator: &Client,
    kind: KeyKind,
    name: &str,
    subject: Option<&Id>,
) -> anyhow::Result<(String, Client)> {
    let wish = MintKey {
        kind,
        name: name.to_owned(),
        subject: subject.cloned(),
        scopes: None,
        client: None,
        expires_at: None,
    };
    let key = operator.mint_key(&wish).await?.body.secret;
    let client = operator.with_key(&key);
    Ok((key, client))
}
