//! DID URLs: a DID with parameters and a fragment (W3C DID Core 1.0, section 3.2).

use super::{
	problem::{ErrorCode, Problem},
	syntax,
};
use hdx_primitives::{did::Did, Milliseconds};
use jiff::Timestamp;
use std::str::FromStr;

/// A DID URL of a `did:hdx`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DidUrl {
	/// The DID.
	pub did: Did,
	/// The parameter `versionTime`: at which time.
	pub version_time: Option<Milliseconds>,
	/// Which part of the document, without the `#`.
	pub fragment: Option<String>,
}

impl FromStr for DidUrl {
	type Err = Problem;

	fn from_str(text: &str) -> Result<Self, Problem> {
		let invalid = |detail: String| Problem::new(ErrorCode::InvalidDidUrl, detail);
		let (rest, fragment) = match text.split_once('#') {
			Some((rest, fragment)) => (rest, Some(fragment)),
			None => (text, None),
		};
		let (rest, query) = match rest.split_once('?') {
			Some((rest, query)) => (rest, Some(query)),
			None => (rest, None),
		};
		if let Some((_, path)) = rest.split_once('/') {
			let detail = format!("`{path}` is a path, and documents of did:hdx have none");
			return Err(Problem::new(ErrorCode::FeatureNotSupported, detail));
		}
		let did = syntax::read(rest)?;
		if fragment.is_some_and(|fragment| fragment.is_empty() || fragment.contains('#')) {
			return Err(invalid(format!("`{text}` names no part after its #")));
		}
		let version_time = query.map(version_time).transpose()?;
		Ok(Self { did, version_time, fragment: fragment.map(str::to_owned) })
	}
}

/// Reads the only parameter that there is.
fn version_time(query: &str) -> Result<Milliseconds, Problem> {
	match query.split_once('=') {
		// Colons and the plus sign of an offset may come encoded.
		Some(("versionTime", value)) => {
			let decoded = value.replace("%3A", ":").replace("%3a", ":");
			read_time(&decoded.replace("%2B", "+").replace("%2b", "+"))
		},
		_ => {
			let detail = format!("of all DID parameters only versionTime is known, not `{query}`");
			Err(Problem::new(ErrorCode::FeatureNotSupported, detail))
		},
	}
}

/// Reads a time as DID URLs and the options of a resolution have it: an XML Schema dateTime with an
/// offset.
fn read_time(text: &str) -> Result<Milliseconds, Problem> {
	let time: Timestamp = text.parse().map_err(|_| {
		let detail = format!("`{text}` is no time: give for instance 2027-06-30T12:00:00Z");
		Problem::new(ErrorCode::InvalidDidUrl, detail)
	})?;
	// No chain is older than 1970.
	Ok(Milliseconds(u64::try_from(time.as_millisecond()).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::{AccountId, H256};

	fn did() -> Did {
		Did::new(&H256::repeat_byte(7), AccountId::new([1; 32]))
	}

	fn read(rest: &str) -> Result<DidUrl, ErrorCode> {
		format!("{}{rest}", did()).parse().map_err(|problem: Problem| problem.code)
	}

	#[test]
	fn a_url_has_a_did_a_time_and_a_fragment() {
		let url = |version_time, fragment: Option<&str>| {
			let fragment = fragment.map(str::to_owned);
			Ok(DidUrl { did: did(), version_time, fragment })
		};
		let noon = Some(Milliseconds(1_814_356_800_000));
		assert_eq!(read(""), url(None, None));
		assert_eq!(read("#key-0"), url(None, Some("key-0")));
		assert_eq!(read("?versionTime=2027-06-30T12:00:00Z"), url(noon, None));
		let offset = read("?versionTime=2027-06-30T14%3a00%3A00%2B02:00#inbox");
		assert_eq!(offset, url(noon, Some("inbox")));
		let before = read("?versionTime=1969-01-01T00:00:00Z");
		assert_eq!(before, url(Some(Milliseconds(0)), None));
	}

	#[test]
	fn every_malformed_url_has_its_code() {
		for (rest, code) in [
			("#", ErrorCode::InvalidDidUrl),
			("#key-0#key-1", ErrorCode::InvalidDidUrl),
			("?versionTime=", ErrorCode::InvalidDidUrl),
			("?versionTime=yesterday", ErrorCode::InvalidDidUrl),
			("?versionTime=2027-06-30T12:00:00", ErrorCode::InvalidDidUrl),
			("?", ErrorCode::FeatureNotSupported),
			("?versionTime", ErrorCode::FeatureNotSupported),
			("?versionId=3", ErrorCode::FeatureNotSupported),
			("?service=inbox&relativeRef=/a", ErrorCode::FeatureNotSupported),
			("/path", ErrorCode::FeatureNotSupported),
			("x", ErrorCode::InvalidDid),
		] {
			assert_eq!(read(rest), Err(code), "{rest}");
		}
		let other = "did:key:z6Mk#z6Mk".parse::<DidUrl>().unwrap_err();
		assert_eq!(other.code, ErrorCode::MethodNotSupported);
	}
}
