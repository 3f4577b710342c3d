//! Public keys as JSON Web Keys: OKP for Ed25519 (RFC 8037 section 2), AKP for ML-DSA-65 (RFC 9964
//! section 3).

use super::{Algorithm, PublicKey};
use crate::{base64url, json::Object};
use serde_json::{json, Value};

/// Why a JSON Web Key cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum JwkError {
	/// A member is missing or no text.
	#[error("the key has no member `{member}`")]
	Missing {
		/// The member.
		member: &'static str,
	},
	/// Another kind of key.
	#[error("the key is {found}; the kinds are OKP with Ed25519, and AKP with ML-DSA-65")]
	Unsupported {
		/// What it is.
		found: String,
	},
	/// The key says that it is for another algorithm than its kind.
	#[error("the key is of the kind {kind} and says that its algorithm is `{found}`")]
	OtherAlgorithm {
		/// What its kind means.
		kind: Algorithm,
		/// What it says.
		found: String,
	},
	/// The private half was given away.
	#[error("the key has its private half (`{member}`) with it; make a new one, this one is no secret any more")]
	Private {
		/// The member with the secret.
		member: &'static str,
	},
	/// The bytes are no key.
	#[error("{found} bytes are given for a key of {algorithm}, and they are none")]
	NotAKey {
		/// The algorithm.
		algorithm: Algorithm,
		/// How many bytes there are.
		found: usize,
	},
	/// The text is not base64url.
	#[error("the member `{member}` is not base64url without padding")]
	NotBase64 {
		/// The member.
		member: &'static str,
	},
}

impl PublicKey {
	/// The members that make the key, and no other.
	pub fn to_jwk(&self) -> serde_json::Map<String, Value> {
		let bytes = base64url::encode(self.as_bytes());
		let members = match self.algorithm() {
			Algorithm::EdDsa => json!({ "kty": "OKP", "crv": "Ed25519", "x": bytes }),
			Algorithm::MlDsa65 => {
				json!({ "kty": "AKP", "alg": self.algorithm().name(), "pub": bytes })
			},
		};
		match members {
			Value::Object(members) => members,
			_ => Object::new(),
		}
	}

	/// Reads a public JSON Web Key. Members that do not make the key, such as `kid`, are left
	/// alone.
	///
	/// # Errors
	///
	/// [`JwkError`].
	pub fn from_jwk(jwk: &serde_json::Map<String, Value>) -> Result<Self, JwkError> {
		let text = |member: &'static str| {
			jwk.get(member).and_then(Value::as_str).ok_or(JwkError::Missing { member })
		};
		let (algorithm, public, private) = match text("kty")? {
			"OKP" => match text("crv")? {
				"Ed25519" => (Algorithm::EdDsa, "x", "d"),
				found => return Err(JwkError::Unsupported { found: format!("OKP with {found}") }),
			},
			// The one kind that does not mean an algorithm by itself.
			"AKP" => match text("alg")? {
				"ML-DSA-65" => (Algorithm::MlDsa65, "pub", "priv"),
				found => return Err(JwkError::Unsupported { found: format!("AKP with {found}") }),
			},
			found => return Err(JwkError::Unsupported { found: found.to_owned() }),
		};
		if jwk.contains_key(private) {
			return Err(JwkError::Private { member: private });
		}
		let stated = jwk.get("alg").map(|stated| stated.as_str().unwrap_or_default());
		// RFC 9864 renames EdDSA with this curve; both mean this key.
		let fits = |stated: &str| {
			stated == algorithm.name() || (algorithm == Algorithm::EdDsa && stated == "Ed25519")
		};
		if let Some(found) = stated.filter(|stated| !fits(stated)) {
			return Err(JwkError::OtherAlgorithm { kind: algorithm, found: found.to_owned() });
		}
		let bytes =
			base64url::decode(text(public)?).ok_or(JwkError::NotBase64 { member: public })?;
		Self::from_bytes(algorithm, &bytes)
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::jose::SigningKey;
	use hdx_sdk::seal::Secret;

	fn key(jwk: Value) -> Result<PublicKey, JwkError> {
		PublicKey::from_jwk(jwk.as_object().unwrap())
	}

	/// RFC 8037 appendices A.1 to A.3.
	#[test]
	fn an_ed25519_key_has_the_thumbprint_of_rfc_8037() {
		let seed = base64url::decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
		let made = SigningKey::from_seed(Algorithm::EdDsa, Secret::from_slice(&seed).unwrap());
		let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
		let read = key(json!({ "kty": "OKP", "crv": "Ed25519", "x": x })).unwrap();
		assert_eq!(made.public(), read);
		assert_eq!(read.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
	}

	/// RFC 9964 appendix A.1: the key of the seed of zeros, and its `kid`.
	#[test]
	fn an_ml_dsa_65_key_has_the_thumbprint_of_rfc_9964() {
		let made = SigningKey::from_seed(Algorithm::MlDsa65, Secret::from_slice(&[0; 32]).unwrap());
		assert_eq!(made.public().thumbprint(), "Suiu29qbfuaBaR4Ats-c6XQBePB_OpAxAwcTR_0KXVM");
	}

	#[test]
	fn keys_are_written_and_read() {
		for algorithm in Algorithm::ALL {
			let public = SigningKey::generate(algorithm).unwrap().public();
			assert_eq!(PublicKey::from_jwk(&public.to_jwk()).unwrap(), public);
		}
	}

	#[test]
	fn fails_when_the_key_is_of_another_kind() {
		for jwk in [
			json!({ "kty": "RSA" }),
			json!({ "kty": "oct", "k": "AAAA" }),
			json!({ "kty": "OKP", "crv": "X25519", "x": "AAAA" }),
			json!({ "kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA" }),
		] {
			assert!(matches!(key(jwk.clone()), Err(JwkError::Unsupported { .. })), "{jwk}");
		}
	}

	#[test]
	fn fails_when_the_key_is_for_another_algorithm() {
		let mut jwk = SigningKey::generate(Algorithm::EdDsa).unwrap().public().to_jwk();
		jwk.insert("alg".into(), "HS256".into());
		let error = PublicKey::from_jwk(&jwk).unwrap_err();
		assert!(matches!(error, JwkError::OtherAlgorithm { .. }), "{error}");
	}

	#[test]
	fn fails_when_the_private_half_is_given_away() {
		for (algorithm, member) in [(Algorithm::EdDsa, "d"), (Algorithm::MlDsa65, "priv")] {
			let mut jwk = SigningKey::generate(algorithm).unwrap().public().to_jwk();
			jwk.insert(member.into(), "AAAA".into());
			assert_eq!(PublicKey::from_jwk(&jwk), Err(JwkError::Private { member }));
		}
	}

	#[test]
	fn fails_when_a_member_is_missing_malformed_or_too_short() {
		assert_eq!(key(json!({})), Err(JwkError::Missing { member: "kty" }));
		let okp = |x: &str| key(json!({ "kty": "OKP", "crv": "Ed25519", "x": x }));
		assert_eq!(okp("+"), Err(JwkError::NotBase64 { member: "x" }));
		let short = JwkError::NotAKey { algorithm: Algorithm::EdDsa, found: 3 };
		assert_eq!(okp("AAAA"), Err(short));
		let short = JwkError::NotAKey { algorithm: Algorithm::MlDsa65, found: 3 };
		assert_eq!(key(json!({ "kty": "AKP", "alg": "ML-DSA-65", "pub": "AAAA" })), Err(short));
	}
}
