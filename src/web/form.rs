//! What browsers send: pairs of names and values.

/// The pairs of a query or a form as browsers encode it (<https://url.spec.whatwg.org/#application/x-www-form-urlencoded>).
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs(Vec<(String, String)>);

impl Pairs {
    pub(super) fn read(encoded: &str) -> Pairs {
        // `Url` knows how they are encoded; what is before the question mark does not matter.
        let address = reqwest::Url::parse(&format!("http://localhost/?{}", encoded.replace('#', "%23")));
        let pairs =
            address.map(|it| it.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect());
        Pairs(pairs.unwrap_or_default())
    }

    /// The same with lines ended as we end them; browsers send two signs.
    pub(super) fn with_plain_lines(mut self) -> Pairs {
        for (_, value) in &mut self.0 {
            *value = value.replace("\r\n", "\n");
        }
        self
    }

    /// The first value of that name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All values of that name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Pairs as a query has them, those that are empty left out.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    let told = pairs.iter().filter(|(_, value)| !value.is_empty());
    let address = reqwest::Url::parse_with_params("http://localhost/", told).ok();
    address.and_then(|it| it.query().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_sends_is_read() {
        let pairs = Pairs::read("title=caf%C3%A9+%26+tea&kind=a&kind=b&empty=&line=1%0D%0A2&bad=%ff");
        assert_eq!(pairs.get("title"), Some("café & tea"));
        assert_eq!(pairs.all("kind").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((pairs.get("empty"), pairs.get("none")), (Some(""), None));
        assert_eq!((pairs.get("line"), pairs.get("bad")), (Some("1\r\n2"), Some("\u{fffd}")));
        assert_eq!(pairs.clone().with_plain_lines().get("line"), Some("1\n2"));
        assert_eq!(query(&[("q", "a&b c"), ("none", "")]), "q=a%26b+c");
        assert_eq!(Pairs::read("").get(""), None);
    }
}
