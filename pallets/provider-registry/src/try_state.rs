//! What must hold after every block.

use crate::{
	practitioners::repeats_a_role, Config, CredentialIssuer, GovernanceHolds,
	InstitutionByOperator, Institutions, NextInstitutionId, Pallet, PractitionerCount,
	PractitionerOf, PractitionerStatus, Practitioners,
};
use alloc::collections::{btree_map::BTreeMap, btree_set::BTreeSet};
use frame_support::ensure;
use hdx_primitives::{AccountId, InstitutionId};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks that the indexes mirror the institutions, that every practitioner is well formed,
	/// that counts match, that holds hold, and that everybody registered has an account.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_institutions()?;
		Self::try_state_practitioners()?;
		Self::try_state_holds()
	}

	fn try_state_institutions() -> Result<(), TryRuntimeError> {
		let next = NextInstitutionId::<T>::get();
		let mut institutions = 0u32;
		for (id, institution) in Institutions::<T>::iter() {
			institutions = institutions.saturating_add(1);
			ensure!(id < next, "an institution has an id that was not given out");
			ensure!(
				InstitutionByOperator::<T>::get(&institution.operator) == Some(id),
				"an institution is not found by its operator"
			);
			ensure!(
				!Practitioners::<T>::contains_key(&institution.operator),
				"an operator is a practitioner"
			);
			ensure!(
				frame_system::Pallet::<T>::sufficients(&institution.operator) > 0,
				"an operator lost the account"
			);
		}
		ensure!(institutions == next.0, "an institution is missing");
		// Each institution was found by its operator, so equal numbers leave no entry over.
		ensure!(
			InstitutionByOperator::<T>::iter().count() as u64 == u64::from(institutions),
			"an operator has no institution"
		);
		Ok(())
	}

	fn try_state_practitioners() -> Result<(), TryRuntimeError> {
		let mut counted = BTreeMap::<InstitutionId, u32>::new();
		for (account, practitioner) in Practitioners::<T>::iter() {
			Self::try_state_practitioner(&account, &practitioner)?;
			let count = counted.entry(practitioner.enrolled_by).or_default();
			*count = count.saturating_add(1);
		}
		for (institution, count) in PractitionerCount::<T>::iter() {
			ensure!(
				counted.remove(&institution).unwrap_or_default() == count,
				"an institution's count of practitioners is wrong"
			);
		}
		ensure!(counted.is_empty(), "an institution's practitioners are not counted");
		Ok(())
	}

	fn try_state_practitioner(
		account: &AccountId,
		practitioner: &PractitionerOf<T>,
	) -> Result<(), TryRuntimeError> {
		ensure!(
			practitioner.affiliations.first() == Some(&practitioner.enrolled_by),
			"a practitioner's first affiliation is not the enrolling institution"
		);
		let distinct: BTreeSet<_> = practitioner.affiliations.iter().collect();
		ensure!(
			distinct.len() == practitioner.affiliations.len(),
			"a practitioner is affiliated twice to one institution"
		);
		ensure!(
			distinct.into_iter().all(Institutions::<T>::contains_key),
			"a practitioner is affiliated to an institution that does not exist"
		);
		ensure!(!practitioner.roles.is_empty(), "a practitioner has no role");
		ensure!(!repeats_a_role(&practitioner.roles), "a practitioner holds a role twice");
		let CredentialIssuer::Institution(issuer) = practitioner.credential.issuer;
		ensure!(Institutions::<T>::contains_key(issuer), "a credential's issuer does not exist");
		ensure!(practitioner.credential.valid.is_ordered(), "a credential ends before it starts");
		ensure!(
			frame_system::Pallet::<T>::sufficients(account) > 0,
			"a practitioner lost the account"
		);
		Ok(())
	}

	fn try_state_holds() -> Result<(), TryRuntimeError> {
		for account in GovernanceHolds::<T>::iter_keys() {
			ensure!(
				Practitioners::<T>::get(&account)
					.is_some_and(|held| held.status == PractitionerStatus::Suspended),
				"somebody held is not a suspended practitioner"
			);
		}
		Ok(())
	}
}
