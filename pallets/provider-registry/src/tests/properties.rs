//! What holds after any calls in any order.

use crate::{
	mock::*, AppealOutcome, Appeals, Call, CredentialIssuer, CredentialKind, CredentialStatus,
	GovernanceHolds, InstitutionKind, InstitutionStatus, Institutions, PractitionerStatus,
	Practitioners, RoleAssignment,
};
use frame_support::{traits::UnfilteredDispatchable, BoundedVec};
use hdx_primitives::{
	AccountId, AppealId, AssuranceLevel, Code, Commitment, CredentialId, InstitutionId,
	Milliseconds, Period, ProviderDirectory, Role,
};
use proptest::{
	collection::vec,
	option,
	prelude::*,
	sample::{select, subsequence},
};

/// Few accounts, so that calls meet: mostly those that may become practitioners, else operators.
fn any_account() -> impl Strategy<Value = AccountId> {
	prop_oneof![
		8 => select(vec![dana(), account(2), account(3)]),
		1 => select(vec![hospital_operator(), clinic_operator()]),
	]
}

/// Who signs; governance where nobody does. Mostly somebody who may do something.
fn any_signer() -> impl Strategy<Value = Option<AccountId>> {
	prop_oneof![
		4 => Just(Some(hospital_operator())),
		3 => Just(Some(clinic_operator())),
		3 => Just(None),
		1 => any_account().prop_map(Some),
	]
}

fn any_institution() -> impl Strategy<Value = InstitutionId> {
	(0u32..4).prop_map(InstitutionId)
}

fn any_credential() -> impl Strategy<Value = CredentialId> {
	(0u64..6).prop_map(CredentialId)
}

fn any_appeal() -> impl Strategy<Value = AppealId> {
	(0u64..3).prop_map(AppealId)
}

fn any_role() -> impl Strategy<Value = Role> {
	select(&Role::ALL[..3])
}

fn any_moment() -> impl Strategy<Value = Milliseconds> {
	(NOW.0 - 3..NOW.0 + 4).prop_map(Milliseconds)
}

fn any_period() -> impl Strategy<Value = Period> {
	(option::weighted(0.3, any_moment()), option::weighted(0.3, any_moment()))
		.prop_map(|(start, end)| Period { start, end })
}

/// Now and then none, or one twice.
fn any_roles() -> impl Strategy<Value = crate::RolesOf<Test>> {
	let named = prop_oneof![
		4 => subsequence(&Role::ALL[..3], 1..=3),
		1 => vec(any_role(), 0..=3),
	];
	(named, any::<[u8; 16]>()).prop_map(|(named, code)| {
		let assign = |role| RoleAssignment { role, taxonomy: Code(code) };
		BoundedVec::truncate_from(named.into_iter().map(assign).collect())
	})
}

fn any_call() -> impl Strategy<Value = Call<Test>> {
	prop_oneof![
		1 => any_account().prop_map(|operator| Call::register_institution {
			operator,
			kind: InstitutionKind::Clinic,
			profile: [0; 32],
		}),
		2 => (any_institution(), any::<bool>()).prop_map(|(institution, active)| {
			Call::set_institution_status {
				institution,
				status: if active { InstitutionStatus::Active } else { InstitutionStatus::Suspended(REASON) },
			}
		}),
		6 => (any_account(), any_roles(), any_period(), any::<[u8; 32]>()).prop_map(
			|(practitioner, roles, credential_valid, commitment)| Call::enrol_practitioner {
				practitioner,
				roles,
				credential_kind: CredentialKind::Employment,
				credential_commitment: Commitment(commitment),
				credential_valid,
				key_agreement: [0; 32],
			}
		),
		3 => (any_account(), any::<bool>()).prop_map(|(practitioner, active)| {
			Call::set_practitioner_status {
				practitioner,
				status: if active {
					PractitionerStatus::Active
				} else {
					PractitionerStatus::Suspended(REASON)
				},
			}
		}),
		2 => any_account().prop_map(|practitioner| Call::remove_practitioner { practitioner }),
		3 => any_account().prop_map(|practitioner| Call::add_affiliation { practitioner }),
		1 => (any_account(), any_credential()).prop_map(|(practitioner, credential)| {
			Call::revoke_credential { practitioner, credential }
		}),
		1 => (any_account(), any_credential()).prop_map(|(practitioner, credential)| {
			Call::suspend_credential { practitioner, credential }
		}),
		1 => (any_account(), any_credential()).prop_map(|(practitioner, credential)| {
			Call::reinstate_credential { practitioner, credential }
		}),
		2 => (any_account(), any_institution())
			.prop_map(|(practitioner, institution)| Call::leave { practitioner, institution }),
		2 => (any_account(), any_institution())
			.prop_map(|(practitioner, to)| Call::offer_transfer { practitioner, to }),
		1 => any_account().prop_map(|practitioner| Call::withdraw_transfer { practitioner }),
		2 => (any_account(), any_period(), any::<[u8; 32]>()).prop_map(
			|(practitioner, credential_valid, commitment)| Call::accept_transfer {
				practitioner,
				credential_kind: CredentialKind::Employment,
				credential_commitment: Commitment(commitment),
				credential_valid,
			}
		),
		1 => Just(Call::appeal { statement: Commitment([0; 32]) }),
		1 => (any_appeal(), any::<bool>()).prop_map(|(appeal, upheld)| Call::decide_appeal {
			appeal,
			outcome: if upheld { AppealOutcome::Upheld } else { AppealOutcome::Dismissed },
		}),
		1 => any_appeal().prop_map(|appeal| Call::withdraw_appeal { appeal }),
	]
}

/// A call, and who signs it.
fn any_step() -> impl Strategy<Value = (Option<AccountId>, Call<Test>)> {
	(any_signer(), any_call())
}

fn state() -> Vec<u8> {
	sp_io::storage::root(sp_core::storage::StateVersion::V1)
}

/// Runs the call as a transaction would, and tells whether it succeeded.
fn run(signer: Option<AccountId>, call: Call<Test>) -> bool {
	let origin = signer.map_or_else(RuntimeOrigin::root, signed);
	frame_support::storage::with_storage_layer(|| call.dispatch_bypass_filter(origin)).is_ok()
}

/// The rules of standing once more, written as one condition.
fn may_act(who: &AccountId, institution: InstitutionId, role: Role, at: Milliseconds) -> bool {
	let active =
		|id| Institutions::<Test>::get(id).is_some_and(|it| it.status == InstitutionStatus::Active);
	Practitioners::<Test>::get(who).is_some_and(|practitioner| {
		active(institution)
			&& active(practitioner.enrolled_by)
			&& practitioner.status == PractitionerStatus::Active
			&& practitioner.affiliations.contains(&institution)
			&& practitioner.roles.iter().any(|assignment| assignment.role == role)
			&& practitioner.credentials.iter().any(|held| {
				// No call here makes a trusted issuer.
				matches!(held.issuer, CredentialIssuer::Institution(issuer) if active(issuer))
					&& held.status == CredentialStatus::Valid
					&& held.valid.contains(at)
			})
	})
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

	/// The stored state stays sound; a refusal changes nothing and a success is one log entry, and
	/// one more for the appeal that it answers.
	#[test]
	fn any_calls_keep_the_state_sound(steps in vec(any_step(), 1..40)) {
		new_test_ext().execute_with(|| {
			for (signer, call) in steps {
				let (before, logged) = (state(), log().len());
				let open = Appeals::<Test>::iter_keys().collect::<Vec<_>>();
				let is_about_one_appeal =
					matches!(call, Call::decide_appeal { .. } | Call::withdraw_appeal { .. });
				if run(signer, call) {
					let has_ended = |id: &AppealId| !Appeals::<Test>::contains_key(id);
					let ended = open.iter().filter(|id| has_ended(id)).count();
					// What governance orders otherwise answers an appeal by the way.
					let answers = if is_about_one_appeal { 0 } else { ended };
					prop_assert_eq!(log().len(), logged + 1 + answers);
				} else {
					prop_assert_eq!(state(), before);
				}
				prop_assert_eq!(ProviderRegistry::do_try_state(), Ok(()));
			}
			Ok(())
		})?;
	}

	/// Standing is given exactly when every condition holds.
	#[test]
	fn standing_agrees_with_its_conditions(
		steps in vec(any_step(), 1..30),
		questions in vec((any_account(), any_institution(), any_role(), any_moment()), 20),
	) {
		new_test_ext().execute_with(|| {
			for (signer, call) in steps {
				run(signer, call);
			}
			for (who, institution, role, at) in questions {
				prop_assert_eq!(
					ProviderRegistry::standing(&who, institution, role, AssuranceLevel::Enrolled, at).is_ok(),
					may_act(&who, institution, role, at)
				);
			}
			Ok(())
		})?;
	}

	/// Suspending an institution takes away all standing that hangs on it and adds none, without
	/// touching a practitioner; reinstating it gives back what was.
	#[test]
	fn suspension_takes_and_reinstating_gives_back(
		steps in vec(any_step(), 1..30),
		institution in any_institution(),
		questions in vec((any_account(), any_institution(), any_role(), any_moment()), 20),
	) {
		new_test_ext().execute_with(|| {
			for (signer, call) in steps {
				run(signer, call);
			}
			prop_assume!(ProviderRegistry::is_active(institution));
			let answers = || {
				questions
					.iter()
					.map(|(who, at_institution, role, at)| {
						ProviderRegistry::standing(who, *at_institution, *role, AssuranceLevel::Enrolled, *at)
					})
					.collect::<Vec<_>>()
			};
			let set = |status| run(None, Call::set_institution_status { institution, status });
			let before = answers();

			prop_assert!(set(InstitutionStatus::Suspended(REASON)));
			for ((who, at_institution, ..), (was, is)) in
				questions.iter().zip(before.iter().zip(answers()))
			{
				prop_assert!(was.is_ok() || is.is_err());
				let enrolled_there = Practitioners::<Test>::get(who)
					.is_some_and(|practitioner| practitioner.enrolled_by == institution);
				prop_assert!(!(is.is_ok() && (*at_institution == institution || enrolled_there)));
			}

			prop_assert!(set(InstitutionStatus::Active));
			prop_assert_eq!(answers(), before);
			Ok(())
		})?;
	}

	/// No institution frees, by any calls, somebody whom governance holds.
	#[test]
	fn only_governance_ends_a_hold(steps in vec((any_signer(), any_call()), 1..40)) {
		new_test_ext().execute_with(|| {
			enrol_dana();
			let suspended = PractitionerStatus::Suspended(REASON);
			let hold = Call::set_practitioner_status { practitioner: dana(), status: suspended };
			prop_assert!(run(None, hold));
			for (signer, call) in steps {
				let Some(signer) = signer else { continue };
				run(Some(signer), call);
				prop_assert!(GovernanceHolds::<Test>::contains_key(dana()));
				prop_assert_eq!(practitioner(&dana()).status, suspended);
			}
			Ok(())
		})?;
	}
}
