//! Putting disclosed claims where their digests are (RFC 9901 section 7.1, steps 3 to 5).

use super::Disclosure;
use crate::json::Object;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// How deep claims may be inside each other. A disclosure may hold digests of others.
const MAX_DEPTH: usize = 32;

/// Why disclosures do not belong to a token.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum OpenError {
	/// A digest is there twice: one disclosure would be read as two claims.
	#[error("the digest {digest} is there more than once")]
	RepeatedDigest {
		/// The digest.
		digest: String,
	},
	/// A disclosure that nothing in the token refers to.
	#[error("the disclosure of `{claim}` is not of this credential: it was altered, or taken from another")]
	NotReferenced {
		/// Its name, or what stands for it.
		claim: String,
	},
	/// Digests that are no list of texts, or in a place where none belong.
	#[error("the digests at `{at}` are malformed")]
	Malformed {
		/// Where.
		at: String,
	},
	/// A claim is disclosed, and is there already.
	#[error("the claim `{claim}` is there already")]
	Taken {
		/// Its name.
		claim: String,
	},
	/// An element of a list where a claim belongs, or the other way round.
	#[error("the disclosure for `{at}` is of another kind: claims have names, elements of lists have none")]
	OtherKind {
		/// Where.
		at: String,
	},
	/// Claims within claims without end.
	#[error("the claims are more than {MAX_DEPTH} deep")]
	TooDeep,
}

/// Claims with what is disclosed of them.
pub(super) struct Opened {
	/// The claims.
	pub claims: Object,
	/// Names of the claims at the top that were disclosed, in order.
	pub disclosed: Vec<String>,
	/// How many digests nothing opens: claims that are withheld, and decoys.
	pub withheld: usize,
}

/// Opens claims.
pub(super) fn open(claims: Object, disclosures: &[Disclosure]) -> Result<Opened, OpenError> {
	let mut by_digest = HashMap::with_capacity(disclosures.len());
	for disclosure in disclosures {
		let digest = disclosure.digest();
		if by_digest.insert(digest.clone(), disclosure).is_some() {
			return Err(OpenError::RepeatedDigest { digest });
		}
	}
	let before: HashSet<String> = claims.keys().cloned().collect();
	let mut opener = Opener { by_digest, seen: HashSet::new(), opened: HashSet::new() };
	let claims = opener.object(claims, "credentialSubject", 0)?;
	if let Some((_, left)) =
		opener.by_digest.iter().find(|(digest, _)| !opener.opened.contains(*digest))
	{
		let claim = left.name.clone().unwrap_or_else(|| "an element of a list".to_owned());
		return Err(OpenError::NotReferenced { claim });
	}
	let disclosed = claims.keys().filter(|name| !before.contains(*name)).cloned().collect();
	let withheld = opener.seen.len().saturating_sub(opener.opened.len());
	Ok(Opened { claims, disclosed, withheld })
}

/// Whether there are digests anywhere in a value.
pub(super) fn has_digests(value: &Value) -> bool {
	match value {
		Value::Object(object) => {
			object.iter().any(|(name, value)| name == "_sd" || name == "..." || has_digests(value))
		},
		Value::Array(items) => items.iter().any(has_digests),
		_ => false,
	}
}

struct Opener<'a> {
	by_digest: HashMap<String, &'a Disclosure>,
	seen: HashSet<String>,
	opened: HashSet<String>,
}

impl<'a> Opener<'a> {
	/// The disclosure of a digest, which is seen once only.
	fn disclosure(
		&mut self,
		digest: &Value,
		at: &str,
	) -> Result<Option<&'a Disclosure>, OpenError> {
		let malformed = || OpenError::Malformed { at: at.to_owned() };
		let digest = digest.as_str().ok_or_else(malformed)?;
		if !self.seen.insert(digest.to_owned()) {
			return Err(OpenError::RepeatedDigest { digest: digest.to_owned() });
		}
		let disclosure = self.by_digest.get(digest).copied();
		if disclosure.is_some() {
			self.opened.insert(digest.to_owned());
		}
		Ok(disclosure)
	}

	fn value(&mut self, value: Value, at: &str, depth: usize) -> Result<Value, OpenError> {
		if depth > MAX_DEPTH {
			return Err(OpenError::TooDeep);
		}
		Ok(match value {
			Value::Object(object) => Value::Object(self.object(object, at, depth)?),
			Value::Array(items) => Value::Array(self.array(items, at, depth)?),
			plain => plain,
		})
	}

	fn object(&mut self, mut object: Object, at: &str, depth: usize) -> Result<Object, OpenError> {
		let malformed = || OpenError::Malformed { at: at.to_owned() };
		let below = depth.saturating_add(1);
		let digests = match object.remove("_sd") {
			None => Vec::new(),
			Some(Value::Array(digests)) => digests,
			Some(_) => return Err(malformed()),
		};
		if object.contains_key("...") {
			return Err(malformed());
		}
		let mut opened = Object::new();
		for (name, value) in object {
			let value = self.value(value, &format!("{at}.{name}"), below)?;
			opened.insert(name, value);
		}
		for digest in &digests {
			let Some(disclosure) = self.disclosure(digest, at)? else { continue };
			let name = disclosure
				.name
				.clone()
				.ok_or_else(|| OpenError::OtherKind { at: at.to_owned() })?;
			if opened.contains_key(&name) {
				return Err(OpenError::Taken { claim: name });
			}
			let value = self.value(disclosure.value.clone(), &format!("{at}.{name}"), below)?;
			opened.insert(name, value);
		}
		Ok(opened)
	}

	fn array(
		&mut self,
		items: Vec<Value>,
		at: &str,
		depth: usize,
	) -> Result<Vec<Value>, OpenError> {
		let below = depth.saturating_add(1);
		let mut opened = Vec::with_capacity(items.len());
		for item in items {
			let digest =
				item.as_object().and_then(|item| item.get("...").map(|one| (one, item.len())));
			match digest {
				None => opened.push(self.value(item, at, below)?),
				Some((digest, 1)) => {
					let Some(disclosure) = self.disclosure(digest, at)? else { continue };
					if disclosure.name.is_some() {
						return Err(OpenError::OtherKind { at: at.to_owned() });
					}
					opened.push(self.value(disclosure.value.clone(), at, below)?);
				},
				Some(_) => return Err(OpenError::Malformed { at: at.to_owned() }),
			}
		}
		Ok(opened)
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

	use super::*;
	use crate::base64url;
	use serde_json::json;

	fn claim(name: &str, value: Value) -> Disclosure {
		Disclosure::new(name.as_bytes(), name, &value)
	}

	fn element(value: &Value) -> Disclosure {
		let text = base64url::encode(json!(["salt", value]).to_string().as_bytes());
		Disclosure::parse(&text).unwrap()
	}

	fn try_open(claims: Value, disclosures: &[Disclosure]) -> Result<Opened, OpenError> {
		let Value::Object(claims) = claims else { panic!("no object") };
		open(claims, disclosures)
	}

	fn refused(claims: Value, disclosures: &[Disclosure]) -> OpenError {
		try_open(claims, disclosures).err().unwrap()
	}

	#[test]
	fn claims_and_elements_come_to_their_places() {
		let (inner, country) = (claim("street", json!("S")), element(&json!("FR")));
		let outer = claim("address", json!({ "city": "C", "_sd": [inner.digest(), "decoy"] }));
		let claims = json!({
			"name": "N",
			"_sd": [outer.digest()],
			"nationalities": [{ "...": country.digest() }, "DE", { "...": "withheld" }],
		});
		let opened = try_open(claims, &[inner, country, outer]).unwrap();
		let expected = json!({
			"name": "N",
			"address": { "city": "C", "street": "S" },
			"nationalities": ["FR", "DE"],
		});
		assert_eq!(Value::Object(opened.claims), expected);
		assert_eq!(opened.disclosed, ["address"]);
		assert_eq!(opened.withheld, 2);
	}

	#[test]
	fn fails_when_a_digest_is_repeated_disclosed_or_not() {
		let npi = claim("npi", json!(1));
		let (digest, twice) = (npi.digest(), OpenError::RepeatedDigest { digest: npi.digest() });
		assert_eq!(refused(json!({ "_sd": [digest, digest] }), &[]), twice);
		assert_eq!(refused(json!({ "_sd": [digest], "a": { "_sd": [digest] } }), &[]), twice);
		assert_eq!(refused(json!({ "_sd": [digest], "a": [{ "...": digest }] }), &[]), twice);
		assert_eq!(refused(json!({ "_sd": [digest] }), &[npi.clone(), npi]), twice);
	}

	#[test]
	fn fails_when_a_disclosure_is_not_referenced() {
		let error = refused(json!({ "_sd": ["other"] }), &[claim("npi", json!(1))]);
		assert_eq!(error, OpenError::NotReferenced { claim: "npi".into() });
		assert!(matches!(
			refused(json!({}), &[element(&json!(1))]),
			OpenError::NotReferenced { .. }
		));
	}

	#[test]
	fn fails_when_a_claim_is_there_already() {
		let npi = claim("npi", json!(1));
		let error = refused(json!({ "npi": 2, "_sd": [npi.digest()] }), std::slice::from_ref(&npi));
		assert_eq!(error, OpenError::Taken { claim: "npi".into() });
		let other = Disclosure::new(b"other salt", "npi", &json!(2));
		let error = refused(json!({ "_sd": [npi.digest(), other.digest()] }), &[npi, other]);
		assert_eq!(error, OpenError::Taken { claim: "npi".into() });
	}

	#[test]
	fn fails_when_digests_are_malformed_or_of_another_kind() {
		let (npi, one) = (claim("npi", json!(1)), element(&json!(1)));
		for claims in [
			json!({ "_sd": "x" }),
			json!({ "_sd": [1] }),
			json!({ "...": "x" }),
			json!({ "a": [{ "...": "x", "b": 1 }] }),
			json!({ "a": [{ "...": 1 }] }),
		] {
			let error = refused(claims.clone(), &[]);
			assert!(matches!(error, OpenError::Malformed { .. }), "{claims}");
		}
		let error = refused(json!({ "_sd": [one.digest()] }), &[one]);
		assert!(matches!(error, OpenError::OtherKind { .. }), "{error}");
		let error = refused(json!({ "a": [{ "...": npi.digest() }] }), &[npi]);
		assert!(matches!(error, OpenError::OtherKind { .. }), "{error}");
	}

	#[test]
	fn fails_when_claims_are_within_claims_without_end() {
		let mut disclosures = vec![claim("0", json!(1))];
		for depth in 1..60 {
			let digest = disclosures.last().unwrap().digest();
			disclosures.push(claim(&depth.to_string(), json!({ "_sd": [digest] })));
		}
		let claims = json!({ "_sd": [disclosures.last().unwrap().digest()] });
		assert_eq!(refused(claims, &disclosures), OpenError::TooDeep);
	}
}
