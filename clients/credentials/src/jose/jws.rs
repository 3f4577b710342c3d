//! JSON Web Signatures in compact form (RFC 7515 section 3.1).

use super::{Algorithm, PublicKey, Signer};
use crate::{
	base64url,
	json::{self, Object},
};
use serde_json::Value;

/// Why a signed token is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum JwsError {
	/// Not three parts.
	#[error("it is no signed token: header, payload and signature, with dots between them, are expected")]
	NotCompact,
	/// A part is not base64url.
	#[error("its {part} is not base64url without padding")]
	NotBase64 {
		/// The part.
		part: &'static str,
	},
	/// A part is no JSON object, or an ambiguous one.
	#[error("its {part} is no JSON object that can be read: {detail}")]
	NotJson {
		/// The part.
		part: &'static str,
		/// What is wrong.
		detail: String,
	},
	/// The header does not say with which algorithm.
	#[error("its header has no `{member}`")]
	NoMember {
		/// The parameter that is missing or no text.
		member: &'static str,
	},
	/// An algorithm that is not accepted; `none` is one.
	#[error("its algorithm is `{found}`; EdDSA and ML-DSA-65 are accepted")]
	UnknownAlgorithm {
		/// What the header says.
		found: String,
	},
	/// A token of another type.
	#[error("it is a token of the type `{found}`, and `{expected}` is expected")]
	OtherType {
		/// What the header says.
		found: String,
		/// What it should say.
		expected: &'static str,
	},
	/// Extensions that the signer holds to be critical are not known.
	#[error("its header demands extensions (`crit`), and none is known")]
	Critical,
	/// The key is for another algorithm than the header says.
	#[error("it says {stated}, and the key `{kid}` is one of {key}")]
	AlgorithmMismatch {
		/// The header's.
		stated: Algorithm,
		/// The key's.
		key: Algorithm,
		/// The key.
		kid: String,
	},
	/// The signature is not one of this content under this key.
	#[error("its signature is not one of `{kid}` over this content: it was altered, or somebody else signed it")]
	BadSignature {
		/// The key.
		kid: String,
	},
}

/// The parameters that are read and written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Header {
	/// What it is signed with.
	pub algorithm: Algorithm,
	/// What kind of token it is.
	pub typ: &'static str,
	/// The key, where the token names it.
	pub kid: Option<String>,
}

/// A token that was read, and is not verified yet.
#[derive(Clone, Debug)]
pub(crate) struct Jws {
	/// Its header.
	pub header: Header,
	/// Its payload.
	pub payload: Object,
	signed: String,
	signature: Vec<u8>,
}

impl Jws {
	/// Reads a token of the type `typ`. Nothing of it is to be trusted until
	/// [`Jws::verify`] has been asked.
	pub fn parse(text: &str, typ: &'static str) -> Result<Self, JwsError> {
		let mut parts = text.split('.');
		let (Some(header), Some(payload), Some(signature), None) =
			(parts.next(), parts.next(), parts.next(), parts.next())
		else {
			return Err(JwsError::NotCompact);
		};
		let signed = format!("{header}.{payload}");
		let header = read_header(&object(header, "header")?, typ)?;
		let payload = object(payload, "payload")?;
		let signature =
			base64url::decode(signature).ok_or(JwsError::NotBase64 { part: "signature" })?;
		Ok(Self { header, payload, signed, signature })
	}

	/// Verifies the signature. The key decides on the algorithm, and the header must agree:
	/// otherwise whoever forges could choose how a key is used.
	pub fn verify(&self, key: &PublicKey) -> Result<(), JwsError> {
		let kid = || self.header.kid.clone().unwrap_or_else(|| key.thumbprint());
		if key.algorithm() != self.header.algorithm {
			return Err(JwsError::AlgorithmMismatch {
				stated: self.header.algorithm,
				key: key.algorithm(),
				kid: kid(),
			});
		}
		if !key.verifies(self.signed.as_bytes(), &self.signature) {
			return Err(JwsError::BadSignature { kid: kid() });
		}
		Ok(())
	}
}

fn object(part: &str, name: &'static str) -> Result<Object, JwsError> {
	let bytes = base64url::decode(part).ok_or(JwsError::NotBase64 { part: name })?;
	json::object(&bytes)
		.map_err(|error| JwsError::NotJson { part: name, detail: error.to_string() })
}

fn read_header(header: &Object, typ: &'static str) -> Result<Header, JwsError> {
	let text = |member: &'static str| {
		header.get(member).and_then(Value::as_str).ok_or(JwsError::NoMember { member })
	};
	// Before anything else: what is critical may change what all the rest means.
	if header.contains_key("crit") {
		return Err(JwsError::Critical);
	}
	let algorithm = text("alg")?;
	let algorithm = algorithm
		.parse()
		.map_err(|()| JwsError::UnknownAlgorithm { found: algorithm.to_owned() })?;
	let found = text("typ")?;
	// A media type may leave out its `application/` (RFC 7515 section 4.1.9).
	let short = found.strip_prefix("application/").unwrap_or(found);
	if !short.eq_ignore_ascii_case(typ) {
		return Err(JwsError::OtherType { found: found.to_owned(), expected: typ });
	}
	let kid = if header.contains_key("kid") { Some(text("kid")?.to_owned()) } else { None };
	Ok(Header { algorithm, typ, kid })
}

/// Signs. None when the signer refuses.
pub(crate) fn sign(
	typ: &str,
	cty: Option<&str>,
	kid: Option<&str>,
	payload: &Object,
	signer: &dyn Signer,
) -> Option<String> {
	let mut header = Object::new();
	header.insert("alg".into(), signer.public().algorithm().name().into());
	header.insert("typ".into(), typ.into());
	for (member, value) in [("cty", cty), ("kid", kid)] {
		if let Some(value) = value {
			header.insert(member.into(), value.into());
		}
	}
	let part = |object: &Object| base64url::encode(json_text(object).as_bytes());
	let signed = format!("{}.{}", part(&header), part(payload));
	let signature = signer.sign(signed.as_bytes())?;
	Some(format!("{signed}.{}", base64url::encode(&signature)))
}

fn json_text(object: &Object) -> String {
	Value::Object(object.clone()).to_string()
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use crate::jose::SigningKey;
	use hdx_sdk::seal::Secret;
	use serde_json::json;

	fn payload() -> Object {
		json!({ "a": 1 }).as_object().unwrap().clone()
	}

	fn with_header(header: &Value, key: &SigningKey) -> String {
		let part = |value: &Value| base64url::encode(value.to_string().as_bytes());
		let signed = format!("{}.{}", part(header), part(&Value::Object(payload())));
		let signature = key.sign(signed.as_bytes()).unwrap();
		format!("{signed}.{}", base64url::encode(&signature))
	}

	/// RFC 8037 appendix A.4.
	#[test]
	fn signs_as_rfc_8037_does() {
		let seed = base64url::decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
		let key = SigningKey::from_seed(Algorithm::EdDsa, Secret::from_slice(&seed).unwrap());
		let signed = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
		let expected = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
		assert_eq!(base64url::encode(&key.sign(signed).unwrap()), expected);
		assert!(key.public().verifies(signed, &base64url::decode(expected).unwrap()));
	}

	#[test]
	fn what_is_signed_verifies_with_either_algorithm() {
		for algorithm in Algorithm::ALL {
			let key = SigningKey::generate(algorithm).unwrap();
			let token = sign("vc+jwt", Some("vc"), Some("did:x:y#1"), &payload(), &key).unwrap();
			let read = Jws::parse(&token, "vc+jwt").unwrap();
			read.verify(&key.public()).unwrap();
			assert_eq!(read.payload, payload());
			assert_eq!(read.header.kid.as_deref(), Some("did:x:y#1"));
			let other = SigningKey::generate(algorithm).unwrap().public();
			assert!(matches!(read.verify(&other), Err(JwsError::BadSignature { .. })));
		}
	}

	#[test]
	fn no_algorithm_is_confused_with_another() {
		let key = SigningKey::generate(Algorithm::EdDsa).unwrap();
		for found in ["none", "None", "", "HS256", "ES256", "eddsa", "ML-DSA-44"] {
			let token = with_header(&json!({ "alg": found, "typ": "vc+jwt" }), &key);
			let error = Jws::parse(&token, "vc+jwt").unwrap_err();
			assert_eq!(error, JwsError::UnknownAlgorithm { found: found.to_owned() });
		}
		let token = with_header(&json!({ "alg": "ML-DSA-65", "typ": "vc+jwt" }), &key);
		let error = Jws::parse(&token, "vc+jwt").unwrap().verify(&key.public()).unwrap_err();
		assert!(matches!(error, JwsError::AlgorithmMismatch { .. }), "{error}");
	}

	#[test]
	fn fails_when_the_header_is_not_as_it_must_be() {
		let key = SigningKey::generate(Algorithm::EdDsa).unwrap();
		let parse = |header: Value| Jws::parse(&with_header(&header, &key), "vc+jwt").unwrap_err();
		assert_eq!(parse(json!({ "typ": "vc+jwt" })), JwsError::NoMember { member: "alg" });
		assert_eq!(parse(json!({ "alg": "EdDSA" })), JwsError::NoMember { member: "typ" });
		let other = parse(json!({ "alg": "EdDSA", "typ": "kb+jwt" }));
		assert!(matches!(other, JwsError::OtherType { .. }), "{other}");
		let critical = json!({ "alg": "EdDSA", "typ": "vc+jwt", "crit": ["b64"], "b64": false });
		assert_eq!(parse(critical), JwsError::Critical);
		let kid = json!({ "alg": "EdDSA", "typ": "vc+jwt", "kid": 1 });
		assert_eq!(parse(kid), JwsError::NoMember { member: "kid" });
		let media_type = json!({ "alg": "EdDSA", "typ": "application/vc+jwt" });
		Jws::parse(&with_header(&media_type, &key), "vc+jwt").unwrap();
	}

	#[test]
	fn fails_when_a_part_is_missing_or_malformed() {
		let key = SigningKey::generate(Algorithm::EdDsa).unwrap();
		let token = sign("vc+jwt", None, None, &payload(), &key).unwrap();
		let parts: Vec<_> = token.split('.').collect();
		let parse = |text: String| Jws::parse(&text, "vc+jwt").unwrap_err();
		assert_eq!(parse(String::new()), JwsError::NotCompact);
		assert_eq!(parse(parts[..2].join(".")), JwsError::NotCompact);
		assert_eq!(parse(format!("{token}.")), JwsError::NotCompact);
		assert_eq!(parse(format!("{token}=")), JwsError::NotBase64 { part: "signature" });
		let twice = base64url::encode(br#"{"a":1,"a":2}"#);
		let error = parse([parts[0], &twice, parts[2]].join("."));
		assert!(matches!(error, JwsError::NotJson { part: "payload", .. }), "{error}");
		let list = base64url::encode(b"[]");
		let error = parse([&list, parts[1], parts[2]].join("."));
		assert!(matches!(error, JwsError::NotJson { part: "header", .. }), "{error}");
	}
}
