//! The people of the benchmarks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use crate::{practitioners::Enrolment, *};
use alloc::vec::Vec;
use codec::Encode;
use frame_benchmarking::v2::account;
use frame_support::{traits::Get, BoundedVec};
use hdx_primitives::{
	operation_hash, second_factor_payload, AccountId, Agreement, AppealId, Code, Commitment,
	CredentialId, InstitutionId, IssuerId, Milliseconds, Period, Role, SecondFactor, H256,
};
use sp_runtime::{
	app_crypto::{sr25519::AppPublic, RuntimeAppPublic},
	MultiSignature,
};

pub const DAY: Milliseconds = Milliseconds(24 * 60 * 60 * 1_000);
pub const SCHEME: Code = Code([1; 16]);
pub const REASON: SuspensionReason = SuspensionReason::Investigation;

/// Registers an institution and returns its operator and id.
pub fn institution<T: Config>(index: u32) -> (AccountId, InstitutionId) {
	let operator: AccountId = account("operator", index, 0);
	let id = Pallet::<T>::insert_institution(&operator, InstitutionKind::Hospital, [1; 32])
		.expect("the account is new");
	(operator, id)
}

/// As many different roles as asked for.
pub fn some_roles<T: Config>(count: u32) -> RolesOf<T> {
	let roles: Vec<_> = Role::ALL
		.into_iter()
		.take(count as usize)
		.map(|role| RoleAssignment { role, taxonomy: Code([role as u8; 16]) })
		.collect();
	BoundedVec::truncate_from(roles)
}

/// A commitment that nobody else uses.
pub fn commitment<T: Config>() -> Commitment {
	Commitment(operation_hash(&NextCredentialId::<T>::get()).0)
}

/// A practitioner with as many roles, affiliations and credentials as there may be, but for as many
/// affiliations and credentials as are to be left free.
pub fn practitioner<T: Config>(
	operator: &AccountId,
	institution_id: InstitutionId,
	free: u32,
) -> AccountId {
	practitioner_at::<T>(account("practitioner", 0, 0), operator, institution_id, free)
}

/// The same under this account.
pub fn practitioner_at<T: Config>(
	who: AccountId,
	operator: &AccountId,
	institution_id: InstitutionId,
	free: u32,
) -> AccountId {
	Pallet::<T>::do_enrol_practitioner(
		operator.clone(),
		institution_id,
		Enrolment {
			practitioner: who.clone(),
			roles: some_roles::<T>(T::MaxRoles::get()),
			kind: CredentialKind::Licence,
			commitment: commitment::<T>(),
			valid: Period::default(),
			key_agreement: [8; 32],
		},
	)
	.expect("the account is new");
	for index in 1..T::MaxAffiliations::get() - free {
		let (other_operator, other) = institution::<T>(1_000 + index);
		Pallet::<T>::do_add_affiliation(other_operator, other, who.clone()).expect("there is room");
	}
	// Each by another issuer, and the last by the first one.
	for index in (0..T::MaxCredentials::get() - free - 1).rev() {
		let (board, _) = issuer::<T>(index);
		attest::<T>(&board, &who);
	}
	who
}

/// Registers a trusted issuer, or finds it, and returns its account and id.
pub fn issuer<T: Config>(index: u32) -> (AccountId, IssuerId) {
	let account: AccountId = account("issuer", index, 0);
	if !IssuerByAccount::<T>::contains_key(&account) {
		Pallet::<T>::do_register_issuer(account.clone(), all_kinds(), [1; 32])
			.expect("the account is new");
	}
	let id = IssuerByAccount::<T>::get(&account).expect("was registered");
	(account, id)
}

pub fn all_kinds() -> TrustedKinds {
	BoundedVec::truncate_from(alloc::vec![
		CredentialKind::Licence,
		CredentialKind::BoardCertification,
		CredentialKind::Employment,
	])
}

/// Attests a licence and returns its id.
pub fn attest<T: Config>(board: &AccountId, who: &AccountId) -> CredentialId {
	let id = NextCredentialId::<T>::get();
	Pallet::<T>::do_attest_credential(
		board.clone(),
		who.clone(),
		CredentialKind::Licence,
		commitment::<T>(),
		Period::default(),
	)
	.expect("there is room");
	id
}

/// The last credential of the practitioner, which the first issuer attested.
pub fn last_credential<T: Config>(who: &AccountId) -> CredentialId {
	Practitioners::<T>::get(who).unwrap().credentials.last().unwrap().id
}

pub fn terms<T: Config>() -> OracleTerms {
	OracleTerms {
		quorum: T::MaxOracles::get(),
		ttl: DAY,
		report_lifetime: DAY,
		max_misbehaviour: 1,
	}
}

pub fn oracle<T: Config>(index: u32) -> AccountId {
	let oracle: AccountId = account("oracle", index, 0);
	Pallet::<T>::do_register_oracle(oracle.clone(), None).expect("the account is new");
	oracle
}

/// A key that can sign.
pub fn key() -> AppPublic {
	AppPublic::generate_pair(None)
}

pub fn second_key(key: &AppPublic) -> SecondKey {
	SecondKey::Sr25519(key.clone().into_inner().0)
}

pub fn account_of(key: &AppPublic) -> AccountId {
	AccountId::new(key.clone().into_inner().0)
}

pub fn signature(key: &AppPublic, message: &[u8]) -> MultiSignature {
	MultiSignature::Sr25519(key.sign(&message).expect("the key is in the store").into_inner())
}

/// The last moment up to which an agreement may be valid.
pub fn agreed_until<T: Config>() -> Milliseconds {
	Pallet::<T>::now().saturating_add(T::MaxAgreementAge::get())
}

pub fn agreement(key: &AppPublic, payload: &[u8], valid_until: Milliseconds) -> Agreement {
	Agreement { signature: signature(key, payload), valid_until }
}

/// Suspends a practitioner, who appeals.
pub fn appeal_of<T: Config>(
	operator: &AccountId,
	home: InstitutionId,
	who: &AccountId,
) -> AppealId {
	let status = PractitionerStatus::Suspended(REASON);
	let operator = operator.clone();
	Pallet::<T>::do_set_practitioner_status_by_operator(operator, home, who.clone(), status)
		.expect("is home");
	Pallet::<T>::do_appeal(who.clone(), Commitment([1; 32])).expect("is suspended");
	OpenAppeals::<T>::get(Appellant::Practitioner(who.clone())).expect("was filed")
}

/// A key's first signature on an operation.
pub fn confirmation<T: Config>(
	key: &AppPublic,
	who: &AccountId,
	operation: &impl Encode,
) -> SecondFactor {
	let valid_until = Pallet::<T>::now().saturating_add(T::MaxConfirmationAge::get());
	let operation: H256 = operation_hash(operation);
	let genesis = Pallet::<T>::genesis_hash();
	let payload = second_factor_payload(&genesis, who, 0, operation, valid_until);
	SecondFactor { signature: signature(key, &payload), valid_until }
}
