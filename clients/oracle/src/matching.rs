//! Finding on chain the credential that the configuration means.

use crate::watched::{Watched, Which};
use hdx_primitives::IssuerId;
use hdx_sdk::chain::{CredentialIssuer, CredentialView};

/// Why a credential that is watched is not reported on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unmatched {
	/// Nobody is enrolled under the account.
	#[error("no practitioner is enrolled under that account")]
	NoPractitioner,
	/// The practitioner has no such credential, or has it no more: renewed, it has another
	/// commitment.
	#[error("the practitioner has no such credential")]
	NoCredential,
	/// A trusted issuer attests it, and not the one whose list is watched.
	#[error(
		"issuer {found} attests it on chain, and the list that is watched is of issuer {expected}"
	)]
	AnotherIssuer {
		/// Who attests it.
		found: u32,
		/// Who should, as the configuration says.
		expected: u32,
	},
	/// An institution attests it.
	#[error("institution {found} attests it on chain, which has no list")]
	OfAnInstitution {
		/// Which one.
		found: u32,
	},
}

/// Finds the credential among those of its practitioner (`None`: nobody is enrolled). It must be
/// attested by `issuer`: the word of one board about another's licence is worth nothing.
///
/// # Errors
///
/// [`Unmatched`].
pub fn find<'c>(
	watched: &Watched,
	issuer: IssuerId,
	credentials: Option<&'c [CredentialView]>,
) -> Result<&'c CredentialView, Unmatched> {
	let credentials = credentials.ok_or(Unmatched::NoPractitioner)?;
	let found = credentials.iter().find(|one| match watched.which {
		Which::Number(id) => one.id == id,
		Which::Commitment(commitment) => one.commitment == commitment,
	});
	let found = found.ok_or(Unmatched::NoCredential)?;
	match found.issuer {
		CredentialIssuer::Issuer(by) if by == issuer => Ok(found),
		CredentialIssuer::Issuer(by) => {
			Err(Unmatched::AnotherIssuer { found: by.0, expected: issuer.0 })
		},
		CredentialIssuer::Institution(by) => Err(Unmatched::OfAnInstitution { found: by.0 }),
	}
}
