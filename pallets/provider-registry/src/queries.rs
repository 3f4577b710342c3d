//! What can be asked from outside, free of charge, at any block whose state is kept.

use crate::{
	Accreditations, Config, CredentialIssuer, CredentialView, CredentialsByCommitment,
	InstitutionView, Institutions, Members, Pallet, PractitionerCount, PractitionerView,
	Practitioners, RequiredAccreditation,
};
use alloc::vec::Vec;
use hdx_primitives::{
	AccountId, AssuranceLevel, Commitment, CredentialId, InstitutionId, Milliseconds,
	ProviderDirectory, Role,
};

/// Most accounts that one page of members holds, and most credentials that one commitment finds.
pub const MAX_PAGE: u32 = 1_000;

impl<T: Config> Pallet<T> {
	pub(crate) fn query_status(
		who: &AccountId,
		institution: InstitutionId,
		role: Role,
		at: Milliseconds,
	) -> PractitionerView {
		let ask = |required| Self::standing(who, institution, role, required, at);
		PractitionerView {
			enrolled: ask(AssuranceLevel::Enrolled),
			attested: ask(AssuranceLevel::Attested),
			verified: ask(AssuranceLevel::Verified),
		}
	}

	pub(crate) fn query_members(
		institution: InstitutionId,
		after: Option<AccountId>,
		limit: u32,
	) -> Vec<AccountId> {
		let keys = match after {
			None => Members::<T>::iter_key_prefix(institution),
			Some(after) => Members::<T>::iter_key_prefix_from(
				institution,
				Members::<T>::hashed_key_for(institution, after),
			),
		};
		keys.take(usize::try_from(limit.min(MAX_PAGE)).unwrap_or(0)).collect()
	}

	pub(crate) fn query_credential(
		commitment: Commitment,
		issuer: CredentialIssuer,
	) -> Option<CredentialView> {
		Self::view_credential(CredentialsByCommitment::<T>::get(commitment, issuer)?)
	}

	pub(crate) fn query_attested(commitment: Commitment) -> Vec<CredentialView> {
		CredentialsByCommitment::<T>::iter_prefix_values(commitment)
			.take(usize::try_from(MAX_PAGE).unwrap_or(0))
			.filter_map(Self::view_credential)
			.collect()
	}

	fn view_credential(found: (AccountId, CredentialId)) -> Option<CredentialView> {
		let (practitioner, id) = found;
		let stored = Practitioners::<T>::get(&practitioner)?;
		let credential = *stored.credentials.iter().find(|credential| credential.id == id)?;
		let standing = Self::credential_stands(&credential, Self::now());
		Some(CredentialView { practitioner, credential, standing })
	}

	pub(crate) fn query_institution(id: InstitutionId) -> Option<InstitutionView> {
		let institution = Institutions::<T>::get(id)?;
		Some(InstitutionView {
			requirement: RequiredAccreditation::<T>::get(institution.kind),
			accreditations: Accreditations::<T>::get(id).into_inner(),
			standing: Self::institution_stands(id, Self::now()),
			practitioners: PractitionerCount::<T>::get(id),
			institution,
		})
	}
}
