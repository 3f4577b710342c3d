//! Institutions, their accreditations, and issuers.

use crate::{
	issuers::repeats_a_kind, Accreditations, Appeals, Appellant, Config, InstitutionByOperator,
	InstitutionStatus, Institutions, IssuerByAccount, Issuers, NextAppealId, NextInstitutionId,
	NextIssuerId, OpenAppeals, Pallet, Practitioners,
};
use alloc::collections::btree_set::BTreeSet;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	pub(super) fn try_state_institutions() -> Result<(), TryRuntimeError> {
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
		for (id, accreditations) in Accreditations::<T>::iter() {
			ensure!(
				Institutions::<T>::contains_key(id),
				"an institution that does not exist is accredited"
			);
			let schemes: BTreeSet<_> = accreditations.iter().map(|it| it.scheme.0).collect();
			ensure!(
				schemes.len() == accreditations.len(),
				"an institution is accredited twice for one scheme"
			);
			ensure!(
				accreditations.iter().all(|it| it.valid.is_ordered()),
				"an accreditation ends before it starts"
			);
		}
		Self::try_state_appeals()
	}

	fn try_state_appeals() -> Result<(), TryRuntimeError> {
		let next = NextAppealId::<T>::get();
		for (id, appeal) in Appeals::<T>::iter() {
			ensure!(id < next, "an appeal has a number that was not given out");
			ensure!(
				OpenAppeals::<T>::get(&appeal.appellant) == Some(id),
				"an appeal is not found by who filed it"
			);
			let may_appeal = match appeal.appellant {
				// Only governance reinstates an institution, which answers the appeal.
				Appellant::Institution(id) => Institutions::<T>::get(id)
					.is_some_and(|it| it.status != InstitutionStatus::Active),
				Appellant::Practitioner(account) => Practitioners::<T>::contains_key(account),
			};
			ensure!(may_appeal, "somebody appeals who is no practitioner, or not suspended");
		}
		// Each appeal was found by its appellant, so equal numbers leave no entry over.
		ensure!(
			OpenAppeals::<T>::iter().count() == Appeals::<T>::iter().count(),
			"somebody has an open appeal that does not exist"
		);
		Ok(())
	}

	pub(super) fn try_state_issuers() -> Result<(), TryRuntimeError> {
		let next = NextIssuerId::<T>::get();
		let mut issuers = 0u32;
		for (id, issuer) in Issuers::<T>::iter() {
			issuers = issuers.saturating_add(1);
			ensure!(id < next, "an issuer has an id that was not given out");
			ensure!(
				IssuerByAccount::<T>::get(&issuer.account) == Some(id),
				"an issuer is not found by its account"
			);
			ensure!(
				!Practitioners::<T>::contains_key(&issuer.account),
				"an issuer is a practitioner"
			);
			ensure!(!repeats_a_kind(&issuer.kinds), "an issuer is trusted twice for one kind");
			ensure!(
				frame_system::Pallet::<T>::sufficients(&issuer.account) > 0,
				"an issuer lost the account"
			);
		}
		ensure!(issuers == next.0, "an issuer is missing");
		ensure!(
			IssuerByAccount::<T>::iter().count() as u64 == u64::from(issuers),
			"an account has no issuer"
		);
		Ok(())
	}
}
