//! Oracles and their reports.

use crate::{
	Config, CredentialsByCommitment, IssuerByAccount, OracleCount, OracleTermsInForce, Oracles,
	Pallet, Practitioners, Reports,
};
use alloc::collections::btree_set::BTreeSet;
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	pub(super) fn try_state_oracles() -> Result<(), TryRuntimeError> {
		let mut oracles = 0u32;
		for account in Oracles::<T>::iter_keys() {
			oracles = oracles.saturating_add(1);
			ensure!(!Practitioners::<T>::contains_key(&account), "an oracle is a practitioner");
			ensure!(!IssuerByAccount::<T>::contains_key(&account), "an oracle is an issuer");
			ensure!(
				frame_system::Pallet::<T>::sufficients(&account) > 0,
				"an oracle lost the account"
			);
		}
		ensure!(oracles == OracleCount::<T>::get(), "the count of oracles is wrong");
		ensure!(oracles <= T::MaxOracles::get(), "there are more oracles than there may be");
		if let Some(terms) = OracleTermsInForce::<T>::get() {
			ensure!(
				(1..=T::MaxOracles::get()).contains(&terms.quorum),
				"a quorum cannot be reached, or needs nobody"
			);
		}
		let known: BTreeSet<_> =
			CredentialsByCommitment::<T>::iter_values().map(|(_, id)| id).collect();
		for (credential, reports) in Reports::<T>::iter() {
			ensure!(known.contains(&credential), "a report is about no credential");
			let reporting: BTreeSet<_> = reports.iter().map(|report| &report.oracle).collect();
			ensure!(reporting.len() == reports.len(), "an oracle has two reports on a credential");
		}
		Ok(())
	}
}
