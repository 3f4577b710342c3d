//! Showing that the one who presents a credential is its holder (RFC 9901 sections 4.3 and 7.3).

use super::{digest, CLOCK_SKEW};
use crate::{
	jose::{self, JwkError, Jws, JwsError, PublicKey, Signer},
	json::Object,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{json, Value};

const MEDIA_TYPE: &str = "kb+jwt";

/// How long a presentation is good for, unless a verifier says otherwise.
const MAX_AGE: SignedDuration = SignedDuration::from_mins(5);

/// What a holder binds a presentation to.
#[derive(Clone, Copy)]
pub struct Binding<'a> {
	/// The holder's key.
	pub key: &'a dyn Signer,
	/// Whom it is for.
	pub audience: &'a str,
	/// What the verifier gave, and gives nobody else.
	pub nonce: &'a str,
	/// Now.
	pub now: Timestamp,
}

/// What a verifier expects a presentation to be bound to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expected {
	/// Who the verifier is.
	pub audience: String,
	/// What it gave the holder for this presentation.
	pub nonce: String,
	/// How old the binding may be.
	pub max_age: SignedDuration,
}

impl Expected {
	/// What a verifier expects who gave `nonce`. A binding is good for five minutes.
	pub fn new(audience: impl Into<String>, nonce: impl Into<String>) -> Self {
		Self { audience: audience.into(), nonce: nonce.into(), max_age: MAX_AGE }
	}
}

/// Why it is not the holder who presents.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeyBindingError {
	/// There is no binding.
	#[error("the presentation is not bound to its holder's key")]
	Missing,
	/// There is a binding, and nothing was said that it could be compared with.
	#[error(
		"the presentation is bound to an audience and a nonce; it is verified by whom it is for"
	)]
	Unexpected,
	/// The credential does not say who its holder is.
	#[error(
		"the credential has no holder's key (`cnf.jwk`), so nobody can show that it is theirs"
	)]
	NoHolderKey,
	/// The holder's key cannot be used.
	#[error("the holder's key in the credential cannot be used: {0}")]
	HolderKey(#[from] JwkError),
	/// The token is malformed, or its signature wrong.
	#[error("the key binding is refused: {0}")]
	Jws(#[from] JwsError),
	/// A claim is missing or malformed.
	#[error("the key binding has no `{claim}`")]
	NoClaim {
		/// The claim.
		claim: &'static str,
	},
	/// For somebody else.
	#[error("the presentation is for {found}, and not for {expected}")]
	OtherAudience {
		/// Whom it is for.
		found: String,
		/// Who verifies.
		expected: String,
	},
	/// Made for another occasion.
	#[error(
		"the presentation has another nonce than the one that was given; it may be a repeated one"
	)]
	OtherNonce,
	/// Over other disclosures, or another credential.
	#[error(
		"the key binding was made for another presentation; something was added or left out since"
	)]
	OtherPresentation,
	/// Too old.
	#[error("the presentation was made at {made}, and it is {now}; make a new one")]
	Stale {
		/// When it was made.
		made: Timestamp,
		/// The time.
		now: Timestamp,
	},
	/// From the future.
	#[error("the presentation says that it was made at {made}, and it is {now}; set the clock")]
	FromTheFuture {
		/// When it says.
		made: Timestamp,
		/// The time.
		now: Timestamp,
	},
}

/// Makes a binding. None when the signer refuses.
pub(super) fn make(presentation: &str, binding: &Binding<'_>) -> Option<String> {
	let claims = json!({
		"iat": binding.now.as_second(),
		"aud": binding.audience,
		"nonce": binding.nonce,
		"sd_hash": digest(presentation),
	});
	jose::sign(MEDIA_TYPE, None, None, claims.as_object()?, binding.key)
}

/// The key of the holder, as the issuer confirmed it (RFC 7800).
pub(super) fn holder_key(payload: &Object) -> Result<Option<PublicKey>, KeyBindingError> {
	let Some(confirmed) = payload.get("cnf") else { return Ok(None) };
	let jwk = confirmed.get("jwk").and_then(Value::as_object);
	Ok(Some(PublicKey::from_jwk(jwk.ok_or(KeyBindingError::NoHolderKey)?)?))
}

/// Verifies a binding.
pub(super) fn verify(
	token: &str,
	presentation: &str,
	holder: &PublicKey,
	expected: &Expected,
	now: Timestamp,
) -> Result<(), KeyBindingError> {
	let jws = Jws::parse(token, MEDIA_TYPE)?;
	jws.verify(holder)?;
	let text = |claim: &'static str| {
		let text = jws.payload.get(claim).and_then(Value::as_str);
		text.ok_or(KeyBindingError::NoClaim { claim })
	};
	if text("sd_hash")? != digest(presentation) {
		return Err(KeyBindingError::OtherPresentation);
	}
	let audience = text("aud")?;
	if audience != expected.audience {
		return Err(KeyBindingError::OtherAudience {
			found: audience.to_owned(),
			expected: expected.audience.clone(),
		});
	}
	if text("nonce")? != expected.nonce {
		return Err(KeyBindingError::OtherNonce);
	}
	let made = jws.payload.get("iat").and_then(Value::as_i64);
	let made = made.and_then(|made| Timestamp::from_second(made).ok());
	let made = made.ok_or(KeyBindingError::NoClaim { claim: "iat" })?;
	let age = now.duration_since(made);
	if age > expected.max_age {
		return Err(KeyBindingError::Stale { made, now });
	}
	if age < -CLOCK_SKEW {
		return Err(KeyBindingError::FromTheFuture { made, now });
	}
	Ok(())
}
