//! From registration to activation and suspension.

use crate::{
	mock::*, simulator::RELATION, Attestations, CircuitEntry, CircuitStatus, Circuits, Error, Event,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, CircuitVersion, InstitutionId, Subject, H256};
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};

/// Runs a test on a chain on which a circuit is registered.
fn with_registered(test: impl FnOnce()) {
	on_chain(|| {
		register(CIRCUIT, key(2));
		test();
	});
}

fn withdraw(institution: u8, circuit: CircuitVersion) -> DispatchResult {
	Verifier::withdraw_attestation(signed(operator(institution)), circuit)
}

fn status() -> CircuitStatus {
	Circuits::<Test>::get(CIRCUIT).unwrap().status
}

#[test]
fn each_step_is_an_event_and_an_entry() {
	on_chain(|| {
		register(CIRCUIT, key(2));
		let key = digest(CIRCUIT);
		attest(CIRCUIT, 0..3);
		assert_ok!(Verifier::activate(governance(), CIRCUIT));
		assert_ok!(Verifier::suspend(guard(), CIRCUIT));
		let attested = |number: u32| Event::CircuitAttested {
			circuit: CIRCUIT,
			institution: InstitutionId(number),
		};
		assert_eq!(
			new_events(),
			[
				Event::CircuitRegistered {
					circuit: CIRCUIT,
					relation: RELATION,
					key,
					transcript: TRANSCRIPT
				},
				attested(0),
				attested(1),
				attested(2),
				Event::CircuitActivated { circuit: CIRCUIT, attested: 3 },
				Event::CircuitSuspended { circuit: CIRCUIT },
			]
		);
		let entry = |action| AuditEvent {
			subject: Subject::Circuit { circuit: CIRCUIT, key },
			..AuditEvent::new(action)
		};
		let by = |number: u8| AuditEvent {
			actor: Some(operator(number)),
			on_behalf_of: Some(InstitutionId(number.into())),
			..entry(AuditAction::CircuitAttested)
		};
		assert_eq!(
			log(),
			[
				entry(AuditAction::CircuitRegistered),
				by(0),
				by(1),
				by(2),
				entry(AuditAction::CircuitActivated),
				entry(AuditAction::CircuitSuspended),
			]
		);
	});
}

#[test]
fn registering_fails_for_all_but_governance() {
	on_chain(|| {
		for origin in [signed(operator(0)), guard(), RuntimeOrigin::none()] {
			assert_noop!(
				Verifier::register_circuit(origin, CIRCUIT, key(2), TRANSCRIPT),
				BadOrigin
			);
		}
	});
}

#[test]
fn activating_fails_for_all_but_governance() {
	with_registered(|| {
		attest(CIRCUIT, 0..3);
		for origin in [signed(operator(0)), guard(), RuntimeOrigin::none()] {
			assert_noop!(Verifier::activate(origin, CIRCUIT), BadOrigin);
		}
	});
}

#[test]
fn suspending_fails_for_all_but_the_emergency_origin() {
	on_chain(|| {
		accept(CIRCUIT, key(2));
		for origin in [signed(operator(0)), RuntimeOrigin::none()] {
			assert_noop!(Verifier::suspend(origin, CIRCUIT), BadOrigin);
		}
	});
}

#[test]
fn attesting_fails_for_all_but_operators_of_active_institutions() {
	with_registered(|| {
		let key = digest(CIRCUIT);
		let attest = |origin| Verifier::attest_circuit(origin, CIRCUIT, key, TRANSCRIPT);
		assert_noop!(attest(governance()), BadOrigin);
		assert_noop!(attest(signed(stranger())), Error::<Test>::NotAnOperator);
		suspend_institution(0);
		assert_noop!(attest(signed(operator(0))), Error::<Test>::NotAnOperator);
	});
}

#[test]
fn attesting_fails_when_it_is_of_another_key_or_transcript() {
	with_registered(|| {
		let attest = |key, transcript| {
			Verifier::attest_circuit(signed(operator(0)), CIRCUIT, key, transcript)
		};
		let other = H256([1; 32]);
		assert_noop!(attest(other, TRANSCRIPT), Error::<Test>::RegistrationMismatch);
		assert_noop!(attest(digest(CIRCUIT), other), Error::<Test>::RegistrationMismatch);
	});
}

#[test]
fn an_institution_attests_once() {
	with_registered(|| {
		attest(CIRCUIT, 0..1);
		let key = digest(CIRCUIT);
		assert_noop!(
			Verifier::attest_circuit(signed(operator(0)), CIRCUIT, key, TRANSCRIPT),
			Error::<Test>::AlreadyAttested
		);
		assert_eq!(Verifier::attestations(CIRCUIT), [InstitutionId(0)]);
	});
}

#[test]
fn attesting_fails_when_as_many_did_as_can_be_counted() {
	with_registered(|| {
		attest(CIRCUIT, 0..COUNTED as u8);
		let key = digest(CIRCUIT);
		assert_noop!(
			Verifier::attest_circuit(signed(operator(9)), CIRCUIT, key, TRANSCRIPT),
			Error::<Test>::TooManyAttestations
		);
	});
}

#[test]
fn each_step_fails_when_the_circuit_is_unknown() {
	with_registered(|| {
		let unknown = CircuitVersion { version: 2, ..CIRCUIT };
		let key = digest(CIRCUIT);
		assert_noop!(
			Verifier::attest_circuit(signed(operator(0)), unknown, key, TRANSCRIPT),
			Error::<Test>::CircuitUnknown
		);
		assert_noop!(Verifier::activate(governance(), unknown), Error::<Test>::CircuitUnknown);
		assert_noop!(Verifier::suspend(guard(), unknown), Error::<Test>::CircuitUnknown);
		assert_noop!(withdraw(0, unknown), Error::<Test>::CircuitUnknown);
	});
}

#[test]
fn activating_fails_when_too_few_attested() {
	with_registered(|| {
		for number in 0..NEEDED as u8 {
			assert_noop!(
				Verifier::activate(governance(), CIRCUIT),
				Error::<Test>::NotEnoughAttestations
			);
			attest(CIRCUIT, number..number + 1);
		}
		assert_ok!(Verifier::activate(governance(), CIRCUIT));
		assert_eq!(status(), CircuitStatus::Active { attested: NEEDED, needed: NEEDED });
	});
}

#[test]
fn attestations_for_another_version_do_not_count() {
	with_registered(|| {
		let next = CircuitVersion { version: 2, ..CIRCUIT };
		register(next, key(3));
		attest(next, 0..3);
		assert_noop!(
			Verifier::activate(governance(), CIRCUIT),
			Error::<Test>::NotEnoughAttestations
		);
	});
}

/// Whether an institution is active is asked when the circuit is activated, not when it attested.
#[test]
fn a_suspended_institution_does_not_count() {
	with_registered(|| {
		attest(CIRCUIT, 0..3);
		suspend_institution(1);
		assert_noop!(
			Verifier::activate(governance(), CIRCUIT),
			Error::<Test>::NotEnoughAttestations
		);
		attest(CIRCUIT, 3..4);
		assert_ok!(Verifier::activate(governance(), CIRCUIT));
		assert_eq!(status(), CircuitStatus::Active { attested: 3, needed: 3 });
		assert_eq!(Attestations::<Test>::get(CIRCUIT).len(), 4);
	});
}

#[test]
fn a_reinstated_institution_counts_again() {
	with_registered(|| {
		attest(CIRCUIT, 0..3);
		suspend_institution(1);
		reinstate_institutions();
		assert_ok!(Verifier::activate(governance(), CIRCUIT));
	});
}

#[test]
fn a_circuit_is_activated_and_suspended_once() {
	on_chain(|| {
		accept(CIRCUIT, key(2));
		assert_noop!(Verifier::activate(governance(), CIRCUIT), Error::<Test>::AlreadyActive);
		assert_ok!(Verifier::suspend(guard(), CIRCUIT));
		assert_noop!(Verifier::suspend(guard(), CIRCUIT), Error::<Test>::NotActive);
	});
}

#[test]
fn suspending_fails_before_the_circuit_is_active() {
	with_registered(|| {
		assert_noop!(Verifier::suspend(guard(), CIRCUIT), Error::<Test>::NotActive);
	});
}

#[test]
fn only_governance_ends_a_suspension_once_institutions_attested_anew() {
	on_chain(|| {
		accept(CIRCUIT, key(2));
		assert_ok!(Verifier::suspend(guard(), CIRCUIT));
		assert_eq!(status(), CircuitStatus::Suspended);
		assert!(Verifier::attestations(CIRCUIT).is_empty());
		attest(CIRCUIT, 0..2);
		assert_noop!(
			Verifier::activate(governance(), CIRCUIT),
			Error::<Test>::NotEnoughAttestations
		);
		attest(CIRCUIT, 2..3);
		assert_noop!(Verifier::activate(guard(), CIRCUIT), BadOrigin);
		assert_ok!(Verifier::activate(governance(), CIRCUIT));
	});
}

#[test]
fn an_attestation_that_is_withdrawn_does_not_count() {
	with_registered(|| {
		attest(CIRCUIT, 0..3);
		assert_ok!(withdraw(1, CIRCUIT));
		assert_eq!(Verifier::attestations(CIRCUIT), [InstitutionId(0), InstitutionId(2)]);
		assert_eq!(
			new_events().last(),
			Some(&Event::AttestationWithdrawn { circuit: CIRCUIT, institution: InstitutionId(1) })
		);
		assert_eq!(
			log().last(),
			Some(&AuditEvent {
				actor: Some(operator(1)),
				on_behalf_of: Some(InstitutionId(1)),
				subject: Subject::Circuit { circuit: CIRCUIT, key: digest(CIRCUIT) },
				..AuditEvent::new(AuditAction::CircuitAttestationWithdrawn)
			})
		);
		assert_noop!(
			Verifier::activate(governance(), CIRCUIT),
			Error::<Test>::NotEnoughAttestations
		);
		attest(CIRCUIT, 1..2);
		assert_ok!(Verifier::activate(governance(), CIRCUIT));
	});
}

#[test]
fn a_circuit_is_suspended_once_fewer_stand_behind_its_key_than_it_took() {
	on_chain(|| {
		accept(CIRCUIT, key(2));
		attest(CIRCUIT, 3..4);
		assert_ok!(withdraw(0, CIRCUIT));
		assert!(matches!(status(), CircuitStatus::Active { .. }));
		assert_ok!(withdraw(1, CIRCUIT));
		assert_eq!(status(), CircuitStatus::Suspended);
		assert_eq!(new_events().last(), Some(&Event::CircuitSuspended { circuit: CIRCUIT }));
		assert_eq!(log().last().unwrap().action, AuditAction::CircuitSuspended);
		// The others did not take theirs back.
		attest(CIRCUIT, 1..2);
		assert_ok!(Verifier::activate(governance(), CIRCUIT));
	});
}

/// Who is suspended stands behind nothing.
#[test]
fn a_suspended_institution_does_not_keep_a_circuit_active() {
	on_chain(|| {
		accept(CIRCUIT, key(2));
		attest(CIRCUIT, 3..4);
		suspend_institution(3);
		assert_ok!(withdraw(0, CIRCUIT));
		assert_eq!(status(), CircuitStatus::Suspended);
	});
}

#[test]
fn withdrawing_fails_when_nothing_was_attested_or_it_is_void() {
	on_chain(|| {
		accept(CIRCUIT, key(2));
		assert_noop!(withdraw(5, CIRCUIT), Error::<Test>::NotAttested);
		assert_ok!(Verifier::suspend(guard(), CIRCUIT));
		assert_noop!(withdraw(0, CIRCUIT), Error::<Test>::NotAttested);
	});
}

#[test]
fn withdrawing_fails_for_all_but_operators_of_active_institutions() {
	on_chain(|| {
		accept(CIRCUIT, key(2));
		let withdraw = |origin| Verifier::withdraw_attestation(origin, CIRCUIT);
		assert_noop!(withdraw(governance()), BadOrigin);
		assert_noop!(withdraw(signed(stranger())), Error::<Test>::NotAnOperator);
		suspend_institution(0);
		assert_noop!(withdraw(signed(operator(0))), Error::<Test>::NotAnOperator);
	});
}

#[test]
fn views_tell_what_is_stored() {
	on_chain(|| {
		register(OTHER, key(1));
		register(CIRCUIT, key(2));
		attest(CIRCUIT, 2..4);
		let entry = |circuit| CircuitEntry { circuit, record: Verifier::circuit(circuit).unwrap() };
		assert_eq!(Verifier::circuits(), [entry(CIRCUIT), entry(OTHER)]);
		assert_eq!(Verifier::key(CIRCUIT), Some(key(2)));
		assert_eq!(Verifier::attestations(CIRCUIT), [InstitutionId(2), InstitutionId(3)]);
		let unknown = CircuitVersion { version: 2, ..CIRCUIT };
		assert_eq!(Verifier::circuit(unknown), None);
		assert_eq!(Verifier::key(unknown), None);
		assert!(Verifier::attestations(unknown).is_empty());
		assert!(!Verifier::accepts_development_keys());
		DevelopmentChain::set(true);
		assert!(Verifier::accepts_development_keys());
	});
}
