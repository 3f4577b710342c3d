//! Who may call at all.

use crate::{mock::*, *};
use frame_support::{assert_noop, traits::UnfilteredDispatchable};
use hdx_primitives::{
	Agreement, AppealId, Code, Commitment, IssuerId, Milliseconds, Period, SecondFactor, H256,
};
use sp_core::sr25519;
use sp_runtime::DispatchError::BadOrigin;

const SCHEME: Code = Code([0; 16]);

fn of_governance() -> Vec<Call<Test>> {
	vec![
		Call::register_institution {
			operator: stranger(),
			kind: InstitutionKind::Clinic,
			profile: [0; 32],
		},
		Call::set_institution_status { institution: CLINIC, status: InstitutionStatus::Active },
		Call::accredit { institution: CLINIC, scheme: SCHEME, level: 0, valid: Period::default() },
		Call::renew_accreditation {
			institution: CLINIC,
			scheme: SCHEME,
			level: 0,
			valid: Period::default(),
		},
		Call::set_accreditation_status {
			institution: CLINIC,
			scheme: SCHEME,
			status: AccreditationStatus::Revoked,
		},
		Call::require_accreditation { kind: InstitutionKind::Clinic, requirement: None },
		Call::register_issuer {
			account: stranger(),
			kinds: TrustedKinds::default(),
			profile: [0; 32],
		},
		Call::set_issuer_kinds { issuer: IssuerId(0), kinds: TrustedKinds::default() },
		Call::set_issuer_status { issuer: IssuerId(0), status: RegistrationStatus::Active },
		Call::register_oracle { account: stranger(), institution: None },
		Call::remove_oracle { account: stranger() },
		Call::set_oracle_status { account: stranger(), status: RegistrationStatus::Active },
		Call::set_oracle_terms { terms: TERMS },
		Call::decide_appeal { appeal: AppealId(0), outcome: AppealOutcome::Upheld },
		Call::replace_account { from: clinic_operator(), to: stranger() },
	]
}

fn of_somebody() -> Vec<Call<Test>> {
	let practitioner = dana();
	let credential = FIRST;
	let signature = sr25519::Signature::from_raw([0; 64]);
	let confirmation = SecondFactor { signature: signature.into(), valid_until: Milliseconds(0) };
	let agreement = Agreement { signature: signature.into(), valid_until: Milliseconds(0) };
	vec![
		Call::revoke_credential { practitioner: practitioner.clone(), credential },
		Call::attest_credential {
			practitioner: practitioner.clone(),
			kind: CredentialKind::Licence,
			commitment: Commitment([0; 32]),
			valid: Period::default(),
		},
		Call::renew_credential {
			practitioner: practitioner.clone(),
			credential,
			commitment: Commitment([0; 32]),
			valid: Period::default(),
		},
		Call::suspend_credential { practitioner: practitioner.clone(), credential },
		Call::reinstate_credential { practitioner: practitioner.clone(), credential },
		Call::register_second_key { key: SecondKey::Ed25519([0; 32]) },
		Call::replace_second_key { key: SecondKey::Ed25519([0; 32]), confirmation },
		Call::reset_second_key {
			practitioner: practitioner.clone(),
			key: SecondKey::Ed25519([0; 32]),
		},
		Call::report_status {
			practitioner: practitioner.clone(),
			credential,
			status: ReportedStatus::Good,
			evidence: H256::zero(),
			checked_at: NOW,
		},
		Call::leave { practitioner: practitioner.clone(), institution: CLINIC },
		Call::offer_transfer { practitioner: practitioner.clone(), to: CLINIC },
		Call::withdraw_transfer { practitioner: practitioner.clone() },
		Call::accept_transfer {
			practitioner: practitioner.clone(),
			credential_kind: CredentialKind::Licence,
			credential_commitment: Commitment([0; 32]),
			credential_valid: Period::default(),
		},
		Call::rotate_account {
			practitioner: practitioner.clone(),
			new: stranger(),
			key_agreement: [0; 32],
			agreement: agreement.clone(),
			second_factor: None,
		},
		Call::appeal { statement: Commitment([0; 32]) },
		Call::withdraw_appeal { appeal: AppealId(0) },
		Call::take_over {
			practitioner,
			agreement,
			credential_kind: CredentialKind::Licence,
			credential_commitment: Commitment([0; 32]),
			credential_valid: Period::default(),
		},
	]
}

#[test]
fn what_governance_decides_nobody_else_does() {
	test(|| {
		for call in of_governance() {
			for origin in [RuntimeOrigin::none(), signed(hospital_operator()), signed(stranger())] {
				assert_noop!(call.clone().dispatch_bypass_filter(origin), BadOrigin);
			}
		}
	});
}

#[test]
fn what_somebody_does_is_signed() {
	test(|| {
		for call in of_somebody() {
			for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
				assert_noop!(call.clone().dispatch_bypass_filter(origin), BadOrigin);
			}
		}
	});
}
