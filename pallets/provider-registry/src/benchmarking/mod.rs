//! Benchmarks: each call on its most expensive path.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

mod scene;

use crate::*;
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use hdx_primitives::{
	rotate_account_agreement, take_over_agreement, AccountId, AppealId, Commitment, Period, H256,
};
use scene::*;

/// The origin of governance.
fn governance<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_institution() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let operator: AccountId = account("operator", 0, 0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, operator.clone(), InstitutionKind::Hospital, [1; 32]);
		assert!(InstitutionByOperator::<T>::contains_key(&operator));
		Ok(())
	}

	#[benchmark]
	fn set_institution_status() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let (operator, id) = institution::<T>(0);
		// What governance orders answers an appeal.
		Pallet::<T>::do_set_institution_status(id, InstitutionStatus::Suspended(REASON))
			.expect("was active");
		Pallet::<T>::do_appeal(operator, Commitment([1; 32])).expect("is suspended");
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, InstitutionStatus::Active);
		assert!(Pallet::<T>::is_active(id));
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
		let status = PractitionerStatus::Suspended(REASON);
		#[extrinsic_call]
		set_practitioner_status(RawOrigin::Signed(operator), who.clone(), status);
		assert_eq!(Practitioners::<T>::get(&who).unwrap().status, status);
	}

	#[benchmark]
	fn set_practitioner_status_by_governance() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let status = PractitionerStatus::Suspended(REASON);
		appeal_of::<T>(&operator, id, &who);
		#[extrinsic_call]
		set_practitioner_status(origin as T::RuntimeOrigin, who.clone(), status);
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
		assert!(Members::<T>::contains_key(other, &who));
	}

	#[benchmark]
	fn revoke_credential() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let (board, _) = issuer::<T>(0);
		#[extrinsic_call]
		_(RawOrigin::Signed(board), who.clone(), last_credential::<T>(&who));
		let last = *Practitioners::<T>::get(&who).unwrap().credentials.last().unwrap();
		assert_eq!(last.status, CredentialStatus::Revoked);
	}

	#[benchmark]
	fn accredit() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let (_, id) = institution::<T>(0);
		for index in 2..=T::MaxAccreditations::get() {
			let scheme = hdx_primitives::Code([index as u8; 16]);
			Pallet::<T>::do_accredit(id, scheme, 1, Period::default()).expect("there is room");
		}
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, SCHEME, 1, Period::default());
		assert_eq!(Accreditations::<T>::get(id).len() as u32, T::MaxAccreditations::get());
		Ok(())
	}

	#[benchmark]
	fn renew_accreditation() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let (_, id) = institution::<T>(0);
		Pallet::<T>::do_accredit(id, SCHEME, 1, Period::default()).expect("there is room");
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, SCHEME, 2, Period::default());
		assert_eq!(Accreditations::<T>::get(id).first().unwrap().level, 2);
		Ok(())
	}

	#[benchmark]
	fn set_accreditation_status() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let (_, id) = institution::<T>(0);
		Pallet::<T>::do_accredit(id, SCHEME, 1, Period::default()).expect("there is room");
		let status = AccreditationStatus::Revoked;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, SCHEME, status);
		assert_eq!(Accreditations::<T>::get(id).first().unwrap().status, status);
		Ok(())
	}

	#[benchmark]
	fn require_accreditation() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let requirement = Some(Requirement { scheme: SCHEME, level: 1 });
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, InstitutionKind::Hospital, requirement);
		assert_eq!(RequiredAccreditation::<T>::get(InstitutionKind::Hospital), requirement);
		Ok(())
	}

	#[benchmark]
	fn register_issuer() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let board: AccountId = account("issuer", 0, 0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, board.clone(), all_kinds(), [1; 32]);
		assert!(IssuerByAccount::<T>::contains_key(&board));
		Ok(())
	}

	#[benchmark]
	fn set_issuer_kinds() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let (_, id) = issuer::<T>(0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, TrustedKinds::default());
		assert!(Issuers::<T>::get(id).unwrap().kinds.is_empty());
		Ok(())
	}

	#[benchmark]
	fn set_issuer_status() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let (_, id) = issuer::<T>(0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, RegistrationStatus::Suspended(REASON));
		assert!(!Issuers::<T>::get(id).unwrap().status.is_active());
		Ok(())
	}

	/// The list is full, and the first credential gives way.
	#[benchmark]
	fn attest_credential() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let first = Practitioners::<T>::get(&who).unwrap().credentials.first().unwrap().id;
		Pallet::<T>::do_revoke_credential(operator, who.clone(), first).expect("the issuer may");
		let (board, board_id) = issuer::<T>(T::MaxCredentials::get());
		let attested = commitment::<T>();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(board),
			who.clone(),
			CredentialKind::Licence,
			attested,
			Period::default(),
		);
		let issued_by = CredentialIssuer::Issuer(board_id);
		assert!(CredentialsByCommitment::<T>::contains_key(attested, issued_by));
	}

	#[benchmark]
	fn renew_credential() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let (board, board_id) = issuer::<T>(0);
		let renewed = commitment::<T>();
		let credential = last_credential::<T>(&who);
		#[extrinsic_call]
		_(RawOrigin::Signed(board), who.clone(), credential, renewed, Period::default());
		let issued_by = CredentialIssuer::Issuer(board_id);
		assert!(CredentialsByCommitment::<T>::contains_key(renewed, issued_by));
	}

	#[benchmark]
	fn suspend_credential() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let (board, _) = issuer::<T>(0);
		#[extrinsic_call]
		_(RawOrigin::Signed(board), who.clone(), last_credential::<T>(&who));
		let last = *Practitioners::<T>::get(&who).unwrap().credentials.last().unwrap();
		assert_eq!(last.status, CredentialStatus::Suspended);
	}

	#[benchmark]
	fn reinstate_credential() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let (board, _) = issuer::<T>(0);
		let credential = last_credential::<T>(&who);
		Pallet::<T>::do_suspend_credential(board.clone(), who.clone(), credential)
			.expect("the issuer may");
		#[extrinsic_call]
		_(RawOrigin::Signed(board), who.clone(), credential);
		let last = *Practitioners::<T>::get(&who).unwrap().credentials.last().unwrap();
		assert_eq!(last.status, CredentialStatus::Valid);
	}

	#[benchmark]
	fn register_second_key() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), SecondKey::Ecdsa([3; 33]));
		assert!(SecondKeys::<T>::contains_key(&who));
	}

	#[benchmark]
	fn replace_second_key() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let old = key();
		Pallet::<T>::do_register_second_key(who.clone(), second_key(&old)).expect("is the first");
		let new = SecondKey::Ecdsa([3; 33]);
		let factor = confirmation::<T>(&old, &who, &(REPLACE_SECOND_KEY_TAG, new));
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), new, factor);
		assert_eq!(SecondKeys::<T>::get(&who), Some(new));
	}

	#[benchmark]
	fn reset_second_key() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		Pallet::<T>::do_register_second_key(who.clone(), SecondKey::Ecdsa([2; 33]))
			.expect("is the first");
		let new = SecondKey::Ecdsa([3; 33]);
		#[extrinsic_call]
		_(RawOrigin::Signed(operator), who.clone(), new);
		assert_eq!(SecondKeys::<T>::get(&who), Some(new));
	}

	#[benchmark]
	fn register_oracle() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let (_, id) = institution::<T>(0);
		let oracle: AccountId = account("oracle", 0, 0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, oracle.clone(), Some(id));
		assert!(Oracles::<T>::contains_key(&oracle));
		Ok(())
	}

	#[benchmark]
	fn remove_oracle() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let oracle = oracle::<T>(0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, oracle.clone());
		assert!(!Oracles::<T>::contains_key(&oracle));
		Ok(())
	}

	#[benchmark]
	fn set_oracle_status() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let oracle = oracle::<T>(0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, oracle.clone(), RegistrationStatus::Suspended(REASON));
		assert!(!Oracles::<T>::get(&oracle).unwrap().status.is_active());
		Ok(())
	}

	#[benchmark]
	fn set_oracle_terms() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, terms::<T>());
		assert_eq!(OracleTermsInForce::<T>::get(), Some(terms::<T>()));
		Ok(())
	}

	/// Half of the oracles agree, and the others are suspended for it.
	#[benchmark]
	fn report_status() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let credential = last_credential::<T>(&who);
		let quorum = T::MaxOracles::get().div_ceil(2).max(1);
		let others = OracleTerms { quorum: T::MaxOracles::get(), ..terms::<T>() };
		Pallet::<T>::do_set_oracle_terms(others).expect("the terms are sound");
		let now = Pallet::<T>::now();
		let oracles: alloc::vec::Vec<_> = (0..T::MaxOracles::get()).map(oracle::<T>).collect();
		let (agreeing, contradicting) = oracles.split_at(quorum as usize);
		let (last, earlier) = agreeing.split_last().unwrap();
		let report = |oracle: &AccountId, status| {
			Pallet::<T>::do_report_status(
				oracle.clone(),
				who.clone(),
				credential,
				status,
				H256::zero(),
				now,
			)
			.expect("the oracle may");
		};
		contradicting.iter().for_each(|oracle| report(oracle, ReportedStatus::Good));
		earlier.iter().for_each(|oracle| report(oracle, ReportedStatus::Revoked));
		let terms = OracleTerms { quorum, ..terms::<T>() };
		Pallet::<T>::do_set_oracle_terms(terms).expect("the terms are sound");
		#[extrinsic_call]
		_(
			RawOrigin::Signed(last.clone()),
			who.clone(),
			credential,
			ReportedStatus::Revoked,
			H256::zero(),
			now,
		);
		let last = *Practitioners::<T>::get(&who).unwrap().credentials.last().unwrap();
		assert!(last.finding.is_some());
	}

	#[benchmark]
	fn leave() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 1);
		let (taking_on, other) = institution::<T>(1);
		Pallet::<T>::do_add_affiliation(taking_on.clone(), other, who.clone())
			.expect("there is room");
		#[extrinsic_call]
		_(RawOrigin::Signed(taking_on), who.clone(), other);
		assert!(!Members::<T>::contains_key(other, &who));
	}

	#[benchmark]
	fn offer_transfer() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let (_, other) = institution::<T>(1);
		#[extrinsic_call]
		_(RawOrigin::Signed(operator), who.clone(), other);
		assert!(Transfers::<T>::contains_key(&who));
	}

	#[benchmark]
	fn withdraw_transfer() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let (_, other) = institution::<T>(1);
		Pallet::<T>::do_offer_transfer(operator.clone(), who.clone(), other).expect("is home");
		#[extrinsic_call]
		_(RawOrigin::Signed(operator), who.clone());
		assert!(!Transfers::<T>::contains_key(&who));
	}

	#[benchmark]
	fn accept_transfer() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let (taking_over, other) = institution::<T>(1);
		Pallet::<T>::do_offer_transfer(operator, who.clone(), other).expect("is home");
		let attested = commitment::<T>();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(taking_over),
			who.clone(),
			CredentialKind::Employment,
			attested,
			Period::default(),
		);
		assert_eq!(Practitioners::<T>::get(&who).unwrap().enrolled_by, other);
	}

	#[benchmark]
	fn rotate_account() {
		let (operator, id) = institution::<T>(0);
		let from = practitioner::<T>(&operator, id, 0);
		let (old, new) = (key(), key());
		Pallet::<T>::do_register_second_key(from.clone(), second_key(&old)).expect("is the first");
		let to = account_of(&new);
		let key_hash = [9; 32];
		let until = agreed_until::<T>();
		let genesis = Pallet::<T>::genesis_hash();
		let payload = rotate_account_agreement(&genesis, &from, &to, &key_hash, until);
		let agreement = agreement(&new, &payload, until);
		let factor = confirmation::<T>(&old, &from, &(ROTATE_ACCOUNT_TAG, &from, &to, key_hash));
		appeal_of::<T>(&operator, id, &from);
		let factor = Some(factor);
		let origin = RawOrigin::Signed(from.clone());
		#[extrinsic_call]
		_(origin, from.clone(), to.clone(), key_hash, agreement, factor);
		assert!(Practitioners::<T>::contains_key(&to));
	}

	#[benchmark]
	fn appeal() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let status = PractitionerStatus::Suspended(REASON);
		Pallet::<T>::do_set_practitioner_status_by_operator(operator, id, who.clone(), status)
			.expect("is home");
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Commitment([1; 32]));
		assert!(OpenAppeals::<T>::contains_key(Appellant::Practitioner(who)));
	}

	#[benchmark]
	fn decide_appeal() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let status = PractitionerStatus::Suspended(REASON);
		Pallet::<T>::do_set_practitioner_status_by_governance(who.clone(), status)
			.expect("governance may");
		Pallet::<T>::do_appeal(who.clone(), Commitment([1; 32])).expect("is suspended");
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, AppealId(0), AppealOutcome::Upheld);
		assert_eq!(Practitioners::<T>::get(&who).unwrap().status, PractitionerStatus::Active);
		Ok(())
	}

	#[benchmark]
	fn withdraw_appeal() {
		let (operator, id) = institution::<T>(0);
		let who = practitioner::<T>(&operator, id, 0);
		let filed = appeal_of::<T>(&operator, id, &who);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), filed);
		assert!(!Appeals::<T>::contains_key(filed));
	}

	#[benchmark]
	fn replace_account() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		// An account that is an operator's and an issuer's: an oracle is no issuer.
		let (operator, id) = institution::<T>(0);
		Pallet::<T>::do_register_issuer(operator.clone(), all_kinds(), [1; 32])
			.expect("operators may be issuers");
		let to: AccountId = account("new operator", 0, 0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, operator, to.clone());
		assert_eq!(InstitutionByOperator::<T>::get(&to), Some(id));
		Ok(())
	}

	#[benchmark]
	fn take_over() {
		let (operator, id) = institution::<T>(0);
		let key = key();
		let who = practitioner_at::<T>(account_of(&key), &operator, id, 0);
		let (taking_over, other) = institution::<T>(1);
		Pallet::<T>::do_set_institution_status(id, InstitutionStatus::Closed).expect("was active");
		let until = agreed_until::<T>();
		let genesis = Pallet::<T>::genesis_hash();
		let payload = take_over_agreement(&genesis, &who, id, other, until);
		let agreement = agreement(&key, &payload, until);
		let attested = commitment::<T>();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(taking_over),
			who.clone(),
			agreement,
			CredentialKind::Employment,
			attested,
			Period::default(),
		);
		assert_eq!(Practitioners::<T>::get(&who).unwrap().enrolled_by, other);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::with_keystore(), crate::mock::Test);
}
