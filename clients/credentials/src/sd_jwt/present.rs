//! Presenting: the holder chooses what is shown.

use super::{
	key_binding::{self, KeyBindingError},
	parse::unbound,
	Binding, Disclosure, SdJwt, MEDIA_TYPE,
};
use crate::jose::{Jws, JwsError};

/// Why a credential cannot be presented so.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PresentError {
	/// There is no such claim.
	#[error("the credential has no claim `{claim}` to disclose; it has {}", .has.join(", "))]
	NoSuchClaim {
		/// What was asked for.
		claim: String,
		/// What there is.
		has: Vec<String>,
	},
	/// The token cannot be read.
	#[error("the credential is refused: {0}")]
	Jws(#[from] JwsError),
	/// It has no holder's key, or one that cannot be used.
	#[error(transparent)]
	Holder(#[from] KeyBindingError),
	/// Another key than the holder's.
	#[error(
		"the credential is for the holder of the key {holder}, and the key at hand is {found}"
	)]
	NotTheHolder {
		/// Thumbprint of the holder's key.
		holder: String,
		/// Thumbprint of the key that was given.
		found: String,
	},
	/// The signer refuses.
	#[error("the signer did not sign the presentation")]
	NotSigned,
}

impl SdJwt {
	/// Names of the claims that can be disclosed.
	pub fn claims(&self) -> Vec<&str> {
		self.disclosures().iter().filter_map(|one| one.name.as_deref()).collect()
	}

	/// Makes a presentation that discloses `claims` and nothing else, bound to one verifier if the
	/// holder signs.
	///
	/// # Errors
	///
	/// [`PresentError`].
	pub fn present(
		&self,
		claims: &[&str],
		binding: Option<Binding<'_>>,
	) -> Result<String, PresentError> {
		let has = self.claims();
		if let Some(claim) = claims.iter().find(|claim| !has.contains(*claim)) {
			return Err(PresentError::NoSuchClaim {
				claim: (*claim).to_owned(),
				has: has.into_iter().map(str::to_owned).collect(),
			});
		}
		let chosen =
			|one: &&Disclosure| one.name.as_deref().is_some_and(|name| claims.contains(&name));
		let shown = unbound(self.issuer_signed(), self.disclosures().iter().filter(chosen));
		let Some(binding) = binding else { return Ok(shown) };
		let jws = Jws::parse(self.issuer_signed(), MEDIA_TYPE)?;
		let holder = key_binding::holder_key(&jws.payload)?.ok_or(KeyBindingError::NoHolderKey)?;
		let found = binding.key.public();
		if found != holder {
			return Err(PresentError::NotTheHolder {
				holder: holder.thumbprint(),
				found: found.thumbprint(),
			});
		}
		let bound = key_binding::make(&shown, &binding).ok_or(PresentError::NotSigned)?;
		Ok(format!("{shown}{bound}"))
	}
}
