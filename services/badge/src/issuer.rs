//! The documents of an issuer: its profile, what can be achieved, badges, and which of them are void.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::key::{BadgeKey, BadgeKeys};
use crate::proof::{InvalidProof, secure};
use crate::status::{STATUS_LIST_BITS, StatusList};

pub(crate) const CREDENTIALS: &str = "https://www.w3.org/ns/credentials/v2";
const CONTROLLED: &str = "https://www.w3.org/ns/cid/v1";
const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// Who issues: its documents lie under one address.
#[derive(Clone, Debug)]
pub struct Issuer {
    address: String,
    name: String,
    keys: BadgeKeys,
}

/// What kind of thing was achieved, in the words of Open Badges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AchievementKind {
    /// A star or a medal.
    CommunityService,
    /// A certificate of service.
    Certificate,
}

/// What can be achieved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Achievement {
    /// Its part of the address: `star-1`.
    pub code: String,
    /// What kind it is.
    pub kind: AchievementKind,
    /// Its name, in both languages.
    pub name: String,
    /// What it stands for.
    pub description: String,
    /// What it takes.
    pub criteria: String,
}

/// Something that somebody has achieved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// Its number, which is also its place in the lists of what is void.
    pub number: u64,
    /// What was achieved.
    pub achievement: Achievement,
    /// The figures of this one, for people.
    pub narrative: String,
    /// Since when: RFC 3339, UTC.
    pub valid_from: String,
    /// Who holds it, as only the holder and the issuer know.
    pub holder: String,
    /// What the holder is hashed with.
    pub salt: String,
    /// Where more is told to a stranger: an address.
    pub evidence: Option<String>,
}

/// A holder's id as Open Badges 3.0 hashes it (`IdentityObject`): the id, then the salt.
#[must_use]
pub fn identity_hash(holder: &str, salt: &str) -> String {
    let hash = Sha256::new().chain_update(holder).chain_update(salt).finalize();
    let digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256${digits}")
}

impl AchievementKind {
    const fn word(self) -> &'static str {
        match self {
            Self::CommunityService => "CommunityService",
            Self::Certificate => "Certificate",
        }
    }
}

impl Issuer {
    /// Whose documents lie under this address, which is an URL without a slash at its end.
    #[must_use]
    pub const fn new(address: String, name: String, keys: BadgeKeys) -> Self {
        Self { address, name, keys }
    }

    /// The issuer's address, which is also its id.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Who issues, and the keys by which a stranger checks: an Open Badges `Profile` that is a
    /// controlled identifier document (W3C Controlled Identifiers 1.0).
    #[must_use]
    pub fn profile(&self) -> Value {
        let method = |key: &BadgeKey| {
            json!({
                "id": self.method(key),
                "type": "Multikey",
                "controller": self.address,
                "publicKeyMultibase": key.public(),
            })
        };
        let methods: Vec<Value> = self.keys.all().map(method).collect();
        let names: Vec<String> = self.keys.all().map(|key| self.method(key)).collect();
        json!({
            "@context": [CONTROLLED, OPEN_BADGES],
            "id": self.address,
            "type": ["Profile"],
            "name": self.name,
            "url": self.address,
            "verificationMethod": methods,
            "assertionMethod": names,
        })
    }

    /// What can be achieved, for whoever looks it up.
    #[must_use]
    pub fn achievement(&self, of: &Achievement) -> Value {
        let mut document = self.achieved(of);
        if let Value::Object(fields) = &mut document {
            fields.insert("@context".to_owned(), json!([CREDENTIALS, OPEN_BADGES]));
            fields.insert("creator".to_owned(), self.brief());
        }
        document
    }

    /// A badge, signed. The same badge is the same bytes, as long as the key is.
    ///
    /// # Errors
    ///
    /// [`InvalidProof::Canonical`], which does not happen: a badge holds texts.
    pub fn badge(&self, badge: &Badge) -> Result<Value, InvalidProof> {
        let identifier = json!({
            "type": "IdentityObject",
            "hashed": true,
            "identityHash": identity_hash(&badge.holder, &badge.salt),
            "identityType": "systemId",
            "salt": badge.salt,
        });
        let (list, index) = place(badge.number);
        let list = self.list_address(list);
        let mut credential = json!({
            "@context": [CREDENTIALS, OPEN_BADGES],
            "id": format!("{}#{}", self.address, badge.number),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": badge.achievement.name,
            "issuer": self.brief(),
            "validFrom": badge.valid_from,
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [identifier],
                "narrative": badge.narrative,
                "achievement": self.achieved(&badge.achievement),
            },
            "credentialStatus": {
                "id": format!("{list}#{index}"),
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": index.to_string(),
                "statusListCredential": list,
            },
        });
        if let (Some(address), Value::Object(fields)) = (&badge.evidence, &mut credential) {
            let evidence = json!([{ "id": address, "type": ["Evidence"] }]);
            fields.insert("evidence".to_owned(), evidence);
        }
        self.signed(&credential, &badge.valid_from)
    }

    /// Which badges of a list are void, as of an instant: a `BitstringStatusListCredential`, signed.
    /// The list has the badges from `list` × [`STATUS_LIST_BITS`] on.
    ///
    /// # Errors
    ///
    /// [`InvalidProof::Canonical`], which does not happen.
    pub fn status_list(
        &self,
        list: u64,
        void: impl IntoIterator<Item = u64>,
        as_of: &str,
    ) -> Result<Value, InvalidProof> {
        let mut bits = StatusList::default();
        for number in void {
            if let (of, index) = place(number)
                && of == list
            {
                bits.set(index);
            }
        }
        let encoded = bits.encode().map_err(|_| InvalidProof::Missing)?;
        let address = self.list_address(list);
        let credential = json!({
            "@context": [CREDENTIALS],
            "id": address,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.address,
            "validFrom": as_of,
            "credentialSubject": {
                "id": format!("{address}#list"),
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "encodedList": encoded,
            },
        });
        self.signed(&credential, as_of)
    }

    fn signed(&self, document: &Value, created: &str) -> Result<Value, InvalidProof> {
        let key = self.keys.first();
        secure(document, key, &self.method(key), created)
    }

    fn brief(&self) -> Value {
        json!({ "id": self.address, "type": ["Profile"], "name": self.name, "url": self.address })
    }

    fn achieved(&self, of: &Achievement) -> Value {
        json!({
            "id": format!("{}/achievements/{}", self.address, of.code),
            "type": ["Achievement"],
            "achievementType": of.kind.word(),
            "name": of.name,
            "description": of.description,
            "criteria": { "narrative": of.criteria },
        })
    }

    fn method(&self, key: &BadgeKey) -> String {
        format!("{}#{}", self.address, key.public())
    }

    fn list_address(&self, list: u64) -> String {
        format!("{}/status/{list}", self.address)
    }
}

/// The list that a badge's bit is in, and its place there.
const fn place(number: u64) -> (u64, u64) {
    (number / STATUS_LIST_BITS, number % STATUS_LIST_BITS)
}
