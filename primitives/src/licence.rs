//! Licences that trusted issuers attested, as other pallets see them.

use crate::{AccountId, CredentialId, DenialReason, Milliseconds};

/// The provider registry, as far as it knows licences.
pub trait LicenceDirectory {
	/// Whether `who` is the account of the trusted issuer who attested this licence of the practitioner, and that issuer may
	/// act now.
	fn has_attested(who: &AccountId, practitioner: &AccountId, licence: CredentialId) -> bool;

	/// Whether the practitioner has this licence, it was attested by a trusted issuer and stands at `at`, and its holder may
	/// practise; a refusal says why.
	fn licence_stands(
		practitioner: &AccountId,
		licence: CredentialId,
		at: Milliseconds,
	) -> Result<(), DenialReason>;

	/// The account under which the practitioner of this one began: itself, where it was never changed.
	fn first_account(who: &AccountId) -> AccountId;
}
