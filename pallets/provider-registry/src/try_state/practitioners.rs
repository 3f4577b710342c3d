//! Practitioners, who they act for, and their credentials.

use crate::{
	practitioners::repeats_a_role, Config, Credential, CredentialIssuer, CredentialsByCommitment,
	GovernanceHolds, Institutions, Issuers, Members, NextCredentialId, Pallet, PractitionerCount,
	PractitionerOf, PractitionerStatus, Practitioners, ReportedStatus, Retired, Retirement,
	SpentCommitments, Transfers,
};
use alloc::collections::{btree_map::BTreeMap, btree_set::BTreeSet};
use frame_support::ensure;
use hdx_primitives::{AccountId, InstitutionId};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	pub(super) fn try_state_practitioners() -> Result<(), TryRuntimeError> {
		let mut counted = BTreeMap::<InstitutionId, u32>::new();
		let mut members = 0usize;
		for (account, practitioner) in Practitioners::<T>::iter() {
			Self::try_state_practitioner(&account, &practitioner)?;
			let count = counted.entry(practitioner.enrolled_by).or_default();
			*count = count.saturating_add(1);
			members = members.saturating_add(practitioner.affiliations.len());
		}
		for (institution, count) in PractitionerCount::<T>::iter() {
			ensure!(
				counted.remove(&institution).unwrap_or_default() == count,
				"an institution's count of practitioners is wrong"
			);
		}
		ensure!(counted.is_empty(), "an institution's practitioners are not counted");
		// Each affiliation was found among the members, so equal numbers leave no entry over.
		ensure!(Members::<T>::iter().count() == members, "a member is not affiliated");
		for (account, offer) in Transfers::<T>::iter() {
			ensure!(
				Practitioners::<T>::get(&account).is_some_and(|it| it.enrolled_by == offer.from),
				"a transfer is offered by an institution that is not home"
			);
			ensure!(offer.from != offer.to, "a transfer is offered to home");
		}
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
			distinct.iter().all(Institutions::<T>::contains_key),
			"a practitioner is affiliated to an institution that does not exist"
		);
		ensure!(
			distinct.iter().all(|it| Members::<T>::contains_key(it, account)),
			"a practitioner is not among the members of an institution"
		);
		ensure!(!practitioner.roles.is_empty(), "a practitioner has no role");
		ensure!(!repeats_a_role(&practitioner.roles), "a practitioner holds a role twice");
		ensure!(!practitioner.credentials.is_empty(), "a practitioner has no credential");
		for credential in &practitioner.credentials {
			Self::try_state_credential(account, credential)?;
		}
		ensure!(
			frame_system::Pallet::<T>::sufficients(account) > 0,
			"a practitioner lost the account"
		);
		Ok(())
	}

	fn try_state_credential(
		account: &AccountId,
		credential: &Credential,
	) -> Result<(), TryRuntimeError> {
		ensure!(
			credential.id < NextCredentialId::<T>::get(),
			"a credential has an id that was not given out"
		);
		let issuer_exists = match credential.issuer {
			CredentialIssuer::Institution(issuer) => Institutions::<T>::contains_key(issuer),
			CredentialIssuer::Issuer(issuer) => Issuers::<T>::contains_key(issuer),
		};
		ensure!(issuer_exists, "a credential's issuer does not exist");
		ensure!(
			CredentialsByCommitment::<T>::get(credential.commitment, credential.issuer)
				== Some((account.clone(), credential.id)),
			"a credential is not found by its commitment"
		);
		ensure!(credential.valid.is_ordered(), "a credential ends before it starts");
		ensure!(
			credential.finding.is_none_or(|finding| finding.status != ReportedStatus::Good),
			"a finding says that nothing is wrong"
		);
		ensure!(
			credential.finding.is_none() || credential.check.is_none(),
			"a credential was found good and not good"
		);
		ensure!(
			credential.check.is_none_or(|check| check.at >= credential.attested_at),
			"a credential was checked before it was attested"
		);
		Ok(())
	}

	pub(super) fn try_state_credentials() -> Result<(), TryRuntimeError> {
		let held: usize = Practitioners::<T>::iter_values().map(|it| it.credentials.len()).sum();
		ensure!(
			CredentialsByCommitment::<T>::iter().count() == held,
			"a commitment is not a credential's"
		);
		for (commitment, issuer) in SpentCommitments::<T>::iter_keys() {
			ensure!(
				!CredentialsByCommitment::<T>::contains_key(commitment, issuer),
				"a commitment is attested again"
			);
		}
		Ok(())
	}

	pub(super) fn try_state_holds() -> Result<(), TryRuntimeError> {
		for account in GovernanceHolds::<T>::iter_keys() {
			let is_suspended = Practitioners::<T>::get(&account)
				.is_some_and(|held| held.status != PractitionerStatus::Active);
			ensure!(
				is_suspended || Retired::<T>::get(&account) == Some(Retirement::Removed),
				"somebody held is neither a suspended practitioner nor a removed one"
			);
		}
		Ok(())
	}
}
