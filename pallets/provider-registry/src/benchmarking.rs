//! Benchmarks: each call on its most expensive path.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use crate::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{EnsureOrigin, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use hdx_primitives::{AccountId, Code, Commitment, InstitutionId, Period, Role};

/// Registers an institution and returns its operator and id.
fn institution<T: Config>(index: u32) -> (AccountId, InstitutionId) {
	let operator: AccountId = account("operator", index, 0);
	let id = Pallet::<T>::insert_institution(&operator, InstitutionKind::Hospital, [1; 32])
		.expect("the account is new");
	(operator, id)
}

/// As many different roles as asked for.
fn some_roles<T: Config>(count: u32) -> RolesOf<T> {
	let roles: Vec<_> = Role::ALL
		.into_iter()
		.take(count as usize)
		.map(|role| RoleAssignment { role, taxonomy: Code([role as u8; 16]) })
		.collect();
	BoundedVec::truncate_from(roles)
}

/// A practitioner of the institution with as many roles and affiliations as there may be, but for
/// as many as are to be left free.
fn practitioner<T: Config>(
	operator: &AccountId,
	institution_id: InstitutionId,
	free_affiliations: u32,
) -> AccountId {
	let who: AccountId = account("practitioner", 0, 0);
	Pallet::<T>::do_enrol_practitioner(
		operator.clone(),
		institution_id,
		who.clone(),
		some_roles::<T>(T::MaxRoles::get()),
		CredentialKind::Licence,
		Commitment([7; 32]),
		Period::default(),
		[8; 32],
	)
	.expect("the account is new");
	for index in 1..T::MaxAffiliations::get() - free_affiliations {
		let (other_operator, other) = institution::<T>(1_000 + index);
		Pallet::<T>::do_add_affiliation(other_operator, other, who.clone()).expect("there is room");
	}
	who
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_institution() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let operator: AccountId = account("operator", 0, 0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, operator.clone(), InstitutionKind::Hospital, [1; 32]);

		assert!(InstitutionByOperator::<T>::contains_key(&operator));
		Ok(())
	}

	#[benchmark]
	fn set_institution_status() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (_, id) = institution::<T>(0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, InstitutionStatus::Suspended);

		assert!(!Pallet::<T>::is_active(id));
		Ok(())
	}

	#[benchmark]
	fn enrol_practitioner(r: Linear<1, { T::MaxRoles::get() }>) {
		let (operator, _) = institution::<T>(0);
		let who: AccountId = account("practitioner", 0, 0);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(operator),
			who.clone(),
			some_roles::<T>(r),
			CredentialKind::Licence,
			Commitment([7; 32]),
			Period::default(),
			[8; 32],
		);

		assert!(Practitioners::<T>::contains_key(&who));
	}

	#[benchmark]
	fn set_practitioner_status_by_operator() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);

		#[extrinsic_call]
		set_practitioner_status(
			RawOrigin::Signed(operator),
			who.clone(),
			PractitionerStatus::Suspended,
		);

		assert_eq!(Practitioners::<T>::get(&who).unwrap().status, PractitionerStatus::Suspended);
	}

	#[benchmark]
	fn set_practitioner_status_by_governance() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);

		#[extrinsic_call]
		set_practitioner_status(
			origin as T::RuntimeOrigin,
			who.clone(),
			PractitionerStatus::Suspended,
		);

		assert!(GovernanceHolds::<T>::contains_key(&who));
		Ok(())
	}

	#[benchmark]
	fn remove_practitioner() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(operator), who.clone());

		assert!(!Practitioners::<T>::contains_key(&who));
	}

	#[benchmark]
	fn add_affiliation() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 1);
		let (taking_on, other) = institution::<T>(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(taking_on), who.clone());

		assert!(Practitioners::<T>::get(&who).unwrap().affiliations.contains(&other));
	}

	#[benchmark]
	fn revoke_credential() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(operator), who.clone());

		assert_eq!(
			Practitioners::<T>::get(&who).unwrap().credential.status,
			CredentialStatus::Revoked
		);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
