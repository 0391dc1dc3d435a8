//! The subject on which a district's leader answers.

/// Longest name of a district, in bytes.
const DISTRICT_BYTES_MAX: usize = 32;

/// Where the leader of one district is asked. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject(async_nats::Subject);

/// A text that names no district.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a district's name is 1 to 32 of a-z, 0-9 and '-'")]
pub struct InvalidDistrict;

impl Subject {
    /// The subject `linli.<district>.command`.
    ///
    /// # Errors
    /// [`InvalidDistrict`], lest a name become a wildcard or another district's subject.
    pub fn of_district(district: &str) -> Result<Self, InvalidDistrict> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if district.is_empty()
            || district.len() > DISTRICT_BYTES_MAX
            || !district.bytes().all(allowed)
        {
            return Err(InvalidDistrict);
        }
        Ok(Self(format!("linli.{district}.command").into()))
    }

    pub(crate) fn name(&self) -> async_nats::Subject {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_never_becomes_a_wildcard() {
        let subject = Subject::of_district("gulou").unwrap();
        assert_eq!(subject.name().as_str(), "linli.gulou.command");
        for name in ["", "*", ">", "a.b", "A", "鼓楼", &"a".repeat(33)] {
            assert_eq!(Subject::of_district(name), Err(InvalidDistrict), "{name}");
        }
    }
}
