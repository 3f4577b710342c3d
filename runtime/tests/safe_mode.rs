//! What still works in an emergency, in blocks of the real runtime.

use crate::chain::{
	self, as_root, assert_refused, batch, enrol, flood, grant, include, is_active, left,
	next_block, remark, request, revoke, validate, with_consent, works, CONSENT, HOSPITAL_A,
	HOSPITAL_B, PATIENT, SMALL, SUDO,
};
use frame_support::traits::Contains;
use hdx_primitives::{
	consent::{ConsentAction, ConsentContent, GuardianAction},
	Agreement, AppealId, Code, Commitment, GrantId, Milliseconds, ProposalId, RequestId, Role,
	TemplateId,
};
use hdx_runtime::{configs::AllowedInEmergency, Runtime, RuntimeCall, SafeMode, System, HOURS};
use pallet_provider_registry::{InstitutionKind, InstitutionStatus, PractitionerStatus};
use pallet_quota::{Refusal, PROTECTED_PRIORITY};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::DispatchError;

fn enter() -> RuntimeCall {
	as_root(pallet_safe_mode::Call::force_enter {})
}

fn exit() -> RuntimeCall {
	as_root(pallet_safe_mode::Call::force_exit {})
}

/// A grant to a doctor of hospital B, then safe mode.
fn in_emergency(test: impl FnOnce()) {
	with_consent(|| {
		works(Key::Bob, enrol(Key::Charlie.to_account_id()));
		works(Key::Charlie, request(HOSPITAL_B));
		works(SUDO, enter());
		next_block();
		assert!(SafeMode::is_entered());
		test();
	});
}

/// Asserts that a call is included and filtered: safe mode's reason.
fn assert_filtered(key: Key, call: impl Into<RuntimeCall>) {
	let call = call.into();
	let filtered = frame_system::Error::<Runtime>::CallFiltered.into();
	assert_eq!(include(key, call.clone()), Ok(Err(filtered)), "{call:?}");
}

#[test]
fn with_safe_mode_on_and_the_quota_spent_a_patient_revokes() {
	in_emergency(|| {
		let units = batch((0..5).map(|_| remark()));
		assert!(flood(Key::Alice, units.clone(), 10) > 0);
		flood(Key::Alice, remark(), SMALL.capacity);
		assert_eq!(left(HOSPITAL_A), 0);

		assert_refused(Key::Alice, units, Refusal::SponsorExhausted);
		assert_refused(Key::Alice, remark(), Refusal::SponsorExhausted);
		assert_refused(PATIENT, grant(), Refusal::SponsorExhausted);
		assert_refused(PATIENT, batch([revoke(CONSENT), grant()]), Refusal::SponsorExhausted);
		// Who has quota left is told the other reason.
		assert_filtered(Key::Bob, remark());
		assert_filtered(Key::Charlie, request(HOSPITAL_B));

		assert_eq!(validate(PATIENT, revoke(CONSENT)).unwrap().priority, PROTECTED_PRIORITY);
		works(PATIENT, revoke(CONSENT));
		assert!(!is_active(CONSENT));
	});
}

#[test]
fn with_safe_mode_on_and_the_quota_spent_a_batch_of_revocations_works() {
	with_consent(|| {
		works(PATIENT, grant());
		works(SUDO, enter());
		flood(Key::Alice, remark(), SMALL.capacity);
		let second = hdx_primitives::ConsentId(1);
		works(PATIENT, batch([revoke(CONSENT), revoke(second)]));
		assert!(!is_active(CONSENT) && !is_active(second));
	});
}

#[test]
fn access_is_not_widened_in_an_emergency() {
	in_emergency(|| {
		assert_filtered(PATIENT, grant());
		assert_filtered(Key::Charlie, request(HOSPITAL_B));
		let patient = Key::Eve.to_account_id();
		assert_filtered(Key::Alice, pallet_consent::Call::sponsor_patient { patient });
		assert_filtered(Key::Alice, enrol(Key::Eve.to_account_id()));
		assert!(is_active(CONSENT));
	});
}

fn report(status: pallet_provider_registry::ReportedStatus) -> RuntimeCall {
	pallet_provider_registry::Call::report_status {
		practitioner: Key::Eve.to_account_id(),
		credential: hdx_primitives::CredentialId(0),
		status,
		evidence: hdx_primitives::H256::zero(),
		checked_at: hdx_primitives::Milliseconds(0),
	}
	.into()
}

#[test]
fn access_is_taken_away_in_an_emergency() {
	in_emergency(|| {
		let practitioner = Key::Charlie.to_account_id();
		works(PATIENT, pallet_record_access::Call::revoke_grant { grant: GrantId(0) });
		let status = PractitionerStatus::Active;
		let reinstate = pallet_provider_registry::Call::set_practitioner_status {
			practitioner: practitioner.clone(),
			status,
		};
		assert_filtered(Key::Bob, reinstate);
		let status = PractitionerStatus::Suspended(
			pallet_provider_registry::SuspensionReason::Investigation,
		);
		works(
			Key::Bob,
			pallet_provider_registry::Call::set_practitioner_status {
				practitioner: practitioner.clone(),
				status,
			},
		);
		works(
			Key::Bob,
			pallet_provider_registry::Call::revoke_credential {
				practitioner,
				credential: hdx_primitives::CredentialId(0),
			},
		);
	});
}

#[test]
fn a_call_that_carries_a_refused_one_is_refused_as_a_whole() {
	in_emergency(|| {
		assert_filtered(PATIENT, batch([revoke(CONSENT), grant()]));
		let call = Box::new(batch([remark()]));
		assert_filtered(Key::Bob, pallet_utility::Call::as_derivative { index: 0, call });
		let either = pallet_utility::Call::if_else {
			main: Box::new(revoke(CONSENT)),
			fallback: Box::new(remark()),
		};
		assert_filtered(PATIENT, either);
		assert!(is_active(CONSENT));
	});
}

#[test]
fn only_governance_enters_extends_and_exits() {
	with_consent(|| {
		use pallet_safe_mode::Call;
		let forced = || -> Vec<RuntimeCall> {
			vec![
				Call::force_enter {}.into(),
				Call::force_extend {}.into(),
				Call::force_exit {}.into(),
			]
		};
		for call in forced() {
			assert_eq!(include(Key::Bob, call), Ok(Err(DispatchError::BadOrigin)));
		}
		works(SUDO, enter());
		for call in forced() {
			assert_eq!(include(Key::Bob, call), Ok(Err(DispatchError::BadOrigin)));
		}
		works(SUDO, as_root(Call::force_extend {}));
		works(SUDO, exit());
		assert!(!SafeMode::is_entered());
		works(PATIENT, grant());
	});
}

#[test]
fn nobody_enters_or_extends_by_a_deposit() {
	with_consent(|| {
		let disabled: DispatchError = pallet_safe_mode::Error::<Runtime>::NotConfigured.into();
		let enter_by_deposit = pallet_safe_mode::Call::enter {};
		assert_eq!(include(Key::Bob, enter_by_deposit), Ok(Err(disabled)));
		works(SUDO, enter());
		assert_eq!(include(Key::Bob, pallet_safe_mode::Call::extend {}), Ok(Err(disabled)));
	});
}

#[test]
fn blocks_go_on_until_safe_mode_ends_by_itself() {
	with_consent(|| {
		let entered_at = System::block_number();
		works(SUDO, enter());
		let until = pallet_safe_mode::EnteredUntil::<Runtime>::get().unwrap();
		assert_eq!(until, entered_at + 6 * HOURS);
		// Six hours of blocks are many; the end comes nearer instead.
		pallet_safe_mode::EnteredUntil::<Runtime>::put(entered_at + 3);
		for _ in 0..3 {
			next_block();
			assert_filtered(PATIENT, grant());
		}
		next_block();
		assert!(!SafeMode::is_entered());
		works(PATIENT, grant());
	});
}

#[test]
fn a_validator_may_change_its_keys_in_an_emergency() {
	with_consent(|| {
		let keys = pallet_session::NextKeys::<Runtime>::get(Key::Alice.to_account_id()).unwrap();
		let call = pallet_session::Call::set_keys { keys, proof: vec![] }.into();
		assert!(AllowedInEmergency::contains(&call));
	});
}

/// What a delegate or guardians take back.
fn taken_back() -> ConsentAction {
	ConsentAction::Revoke { consent: CONSENT }
}

/// What a delegate or guardians permit.
fn given() -> ConsentAction {
	let RuntimeCall::Consent(pallet_consent::Call::grant { policy, document, terms }) = grant()
	else {
		panic!("a grant");
	};
	ConsentAction::Grant(ConsentContent { policy, document, terms })
}

fn nobodys_agreement() -> Agreement {
	Agreement {
		signature: sp_core::sr25519::Signature::from_raw([0; 64]).into(),
		valid_until: Milliseconds(0),
	}
}

#[test]
fn what_is_allowed_in_an_emergency_is_this() {
	// Some answers depend on what is proposed.
	with_consent(|| {
		let practitioner = || Key::Eve.to_account_id();
		let allowed: Vec<RuntimeCall> = vec![
			frame_system::Call::apply_authorized_upgrade { code: vec![] }.into(),
			pallet_timestamp::Call::set { now: 0 }.into(),
			revoke(CONSENT),
			pallet_record_access::Call::revoke_grant { grant: GrantId(0) }.into(),
			pallet_provider_registry::Call::revoke_credential {
				practitioner: practitioner(),
				credential: hdx_primitives::CredentialId(0),
			}
			.into(),
			pallet_provider_registry::Call::remove_practitioner { practitioner: practitioner() }
				.into(),
			pallet_provider_registry::Call::set_institution_status {
				institution: HOSPITAL_A,
				status: InstitutionStatus::Suspended(
					pallet_provider_registry::SuspensionReason::Investigation,
				),
			}
			.into(),
			pallet_provider_registry::Call::rotate_account {
				practitioner: practitioner(),
				new: practitioner(),
				key_agreement: [0; 32],
				agreement: nobodys_agreement(),
				second_factor: None,
			}
			.into(),
			pallet_provider_registry::Call::replace_account {
				from: practitioner(),
				to: practitioner(),
			}
			.into(),
			pallet_provider_registry::Call::withdraw_appeal { appeal: AppealId(0) }.into(),
			report(pallet_provider_registry::ReportedStatus::Revoked),
			pallet_provider_registry::Call::withdraw_transfer { practitioner: practitioner() }
				.into(),
			pallet_provider_registry::Call::register_institution {
				operator: practitioner(),
				kind: InstitutionKind::Hospital,
				profile: [0; 32],
			}
			.into(),
			pallet_consent::Call::stop_renewal { consent: CONSENT }.into(),
			pallet_study::Call::close_study { study: hdx_primitives::StudyId(0) }.into(),
			pallet_consent::Call::revoke_delegate { delegate: practitioner() }.into(),
			pallet_consent::Call::object_to_proposal { proposal: ProposalId(0) }.into(),
			pallet_consent::Call::set_emergency_override { allowed: false }.into(),
			pallet_consent::Call::deny_request { request: RequestId(0), reason: None }.into(),
			pallet_consent::Call::withdraw_request { request: RequestId(0) }.into(),
			pallet_consent::Call::act_as_delegate { patient: practitioner(), action: taken_back() }
				.into(),
			pallet_consent::Call::propose_as_guardian {
				patient: practitioner(),
				action: GuardianAction::Consent(taken_back()),
			}
			.into(),
			pallet_consent::Call::retire_template { template: TemplateId(0) }.into(),
			pallet_consent::Call::publish_template { uri_hash: [0; 32], version: 1 }.into(),
			pallet_consent::Call::set_decision_rules { rules: Default::default() }.into(),
			pallet_record_access::Call::set_role_permissions {
				role: Role::Nurse,
				purpose: Code([0; 16]),
				actions: Default::default(),
			}
			.into(),
			pallet_record_access::Call::set_emergency_terms {
				terms: hdx_runtime::RecordAccess::emergency_terms(),
			}
			.into(),
			pallet_record_access::Call::review_break_glass {
				grant: GrantId(0),
				outcome: hdx_primitives::ReviewOutcome::Justified,
				finding: Commitment([0; 32]),
			}
			.into(),
			pallet_record_access::Call::break_glass_by_proof {
				request: hdx_primitives::AccessRequest {
					on_behalf_of: HOSPITAL_A,
					role: Role::Physician,
					patient: practitioner(),
					target: hdx_primitives::Target::WholeRecord,
					purpose: Code([0; 16]),
					action: hdx_primitives::Action::Read,
					labels: Default::default(),
					classes: Default::default(),
					context: hdx_primitives::ContextHash([0; 32]),
					duration: Milliseconds(1),
				},
				reason: hdx_primitives::OverrideReason::EmergencyTreatment,
				emergency: Box::new(hdx_primitives::EmergencyProof {
					root: [0; 32],
					auditor: 0,
					now: Milliseconds(0),
					nullifier: [0; 32],
					identity: [0; 64],
					recipient: hdx_primitives::H256::zero(),
					version: 0,
					proof: hdx_primitives::Proof([0; 384]),
				}),
			}
			.into(),
			chain::small_bucket(HOSPITAL_A),
			pallet_validator_set::Call::add_validator {
				validator: practitioner(),
				institution: HOSPITAL_A,
			}
			.into(),
			pallet_validator_set::Call::remove_validator { validator: practitioner() }.into(),
			pallet_validator_set::Call::reinstate_validator { validator: practitioner() }.into(),
			pallet_validator_set::Call::set_terms {
				terms: pallet_validator_set::ValidatorTerms { minimum: 1, key_cooldown: 0 },
			}
			.into(),
			pallet_shielded_licence::Call::remove_licence {
				licence: hdx_primitives::CredentialId(0),
			}
			.into(),
			pallet_shielded_licence::Call::dismiss_auditor {}.into(),
			pallet_safe_mode::Call::force_exit {}.into(),
			pallet_ranked_collective::Call::<Runtime>::vote { poll: 0, aye: true }.into(),
			pallet_referenda::Call::<Runtime>::place_decision_deposit { index: 0 }.into(),
			pallet_preimage::Call::<Runtime>::note_preimage { bytes: vec![] }.into(),
			pallet_governance::Call::<Runtime>::sync_seat { institution: HOSPITAL_A }.into(),
			pallet_whitelist::Call::<Runtime>::dispatch_whitelisted_call_with_preimage {
				call: Box::new(pallet_safe_mode::Call::<Runtime>::force_exit {}.into()),
			}
			.into(),
			as_root(remark()),
			batch([revoke(CONSENT), batch([])]),
		];
		for call in allowed {
			assert!(AllowedInEmergency::contains(&call), "{call:?}");
		}
		let refused: Vec<RuntimeCall> = vec![
			remark(),
			pallet_provider_registry::Call::take_over {
				practitioner: practitioner(),
				agreement: nobodys_agreement(),
				credential_kind: pallet_provider_registry::CredentialKind::Employment,
				credential_commitment: Commitment([0; 32]),
				credential_valid: Default::default(),
			}
			.into(),
			frame_system::Call::remark_with_event { remark: vec![] }.into(),
			grant(),
			chain::delegation(practitioner()),
			pallet_consent::Call::set_emergency_override { allowed: true }.into(),
			pallet_consent::Call::act_as_delegate { patient: practitioner(), action: given() }
				.into(),
			pallet_consent::Call::propose_as_guardian {
				patient: practitioner(),
				action: GuardianAction::Consent(given()),
			}
			.into(),
			pallet_consent::Call::approve_as_guardian { proposal: ProposalId(0) }.into(),
			request(HOSPITAL_A),
			enrol(practitioner()),
			report(pallet_provider_registry::ReportedStatus::Good),
			pallet_provider_registry::Call::reinstate_credential {
				practitioner: practitioner(),
				credential: hdx_primitives::CredentialId(0),
			}
			.into(),
			pallet_provider_registry::Call::add_affiliation { practitioner: practitioner() }.into(),
			pallet_record_access::Call::register_record {
				patient: practitioner(),
				manifest: Commitment([0; 32]),
				sections: 1,
				epoch: 0,
			}
			.into(),
			pallet_record_access::Call::record_disclosure {
				grant: GrantId(0),
				record: hdx_primitives::RecordId(0),
				sections: 1,
				disclosure: Commitment([0; 32]),
			}
			.into(),
			pallet_record_access::Call::record_erasure {
				record: hdx_primitives::RecordId(0),
				receipt: Commitment([0; 32]),
			}
			.into(),
			pallet_record_access::Call::update_record {
				record: hdx_primitives::RecordId(0),
				version: 1,
				new: pallet_record_access::NewManifest {
					manifest: Commitment([0; 32]),
					sections: 1,
					epoch: 0,
				},
				under: None,
			}
			.into(),
			// The glass is still broken, and a stolen key must not take away what it shows.
			pallet_record_access::Call::retire_record { record: hdx_primitives::RecordId(0) }
				.into(),
			pallet_record_access::Call::reinstate_record { record: hdx_primitives::RecordId(0) }
				.into(),
			pallet_record_access::Call::offer_custody {
				record: hdx_primitives::RecordId(0),
				to: HOSPITAL_B,
			}
			.into(),
			pallet_record_access::Call::accept_custody {
				record: hdx_primitives::RecordId(0),
				version: 1,
				sealed_anew: None,
			}
			.into(),
			// Nothing under a break-glass is batched.
			pallet_record_access::Call::record_disclosures {
				root: hdx_primitives::H256::zero(),
				count: 0,
				first_at: Milliseconds(0),
				last_at: Milliseconds(0),
				uses: Default::default(),
			}
			.into(),
			pallet_shielded_licence::Call::enter_licence {
				practitioner: practitioner(),
				licence: hdx_primitives::CredentialId(0),
				leaf: [1; 32],
			}
			.into(),
			pallet_session::Call::purge_keys {}.into(),
			pallet_balances::Call::transfer_all { dest: practitioner().into(), keep_alive: false }
				.into(),
			batch([revoke(CONSENT), remark()]),
			batch([batch([batch([remark()])])]),
		];
		for call in refused {
			assert!(!AllowedInEmergency::contains(&call), "{call:?}");
		}
	});
}

#[test]
fn reviews_go_on_in_an_emergency_because_their_deadlines_do() {
	in_emergency(|| {
		let next = pallet_audit::NextEntryIndex::<Runtime>::get().0;
		let entry = (0..next)
			.rev()
			.map(hdx_primitives::EntryIndex)
			.find(|index| {
				let entry = pallet_audit::Entries::<Runtime>::get(index).unwrap();
				entry.event.action == hdx_primitives::AuditAction::AccessDecided
			})
			.unwrap();
		let reason = hdx_primitives::ReviewReason::NotTreating;
		works(PATIENT, pallet_audit::Call::request_review { entry, reason });
		let finding = hdx_primitives::ReviewFinding::Error;
		let statement = Commitment([1; 32]);
		works(Key::Bob, pallet_audit::Call::answer_review { entry, finding, statement });
		works(PATIENT, pallet_audit::Call::withdraw_review { entry });
	});
}
