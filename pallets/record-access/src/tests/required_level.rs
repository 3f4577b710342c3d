//! Which level is needed, and the second key's signature where it is the highest.

use crate::{
	mock::*,
	required_level::{shipped_level, LICENSED},
	Event, Grants, RequiredLevels,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::terminology::purpose, operation_hash, AccessRequest, Action, AssuranceLevel,
	AuditAction, AuditEvent, AuditOutcome, Code, DenialReason, SecondFactor,
};
use sp_runtime::{BuildStorage, DispatchError, DispatchResult};

fn set(purpose: Code, level: Option<AssuranceLevel>) -> DispatchResult {
	RecordAccess::set_required_level(RuntimeOrigin::root(), purpose, Action::Read, level)
}

fn ask(request: AccessRequest, factor: Option<SecondFactor>) -> AuditOutcome {
	assert_ok!(RecordAccess::request_access(RuntimeOrigin::signed(PHYSICIAN), request, factor));
	last_entry().outcome
}

fn emergency() -> AccessRequest {
	AccessRequest { purpose: purpose::ETREAT, ..request() }
}

const DENIED_WITHOUT: AuditOutcome = AuditOutcome::Denied(DenialReason::SecondFactorMissing);

#[test]
fn emergencies_are_shipped_with_the_highest_level_and_all_else_with_the_lowest() {
	for term in purpose::ALL {
		let expected = match term.symbol {
			"BTG" | "ETREAT" => AssuranceLevel::Verified,
			_ => AssuranceLevel::Enrolled,
		};
		assert_eq!(shipped_level(term.code), expected, "{}", term.symbol);
	}
}

#[test]
fn a_genesis_with_issuers_needs_licences() {
	let mut genesis = RuntimeGenesisConfig::default();
	genesis.record_access.licences_required = true;
	sp_io::TestExternalities::new(genesis.build_storage().unwrap()).execute_with(|| {
		for (purpose, action, level) in LICENSED {
			assert_eq!(RecordAccess::required_level(*purpose, *action), *level);
		}
		assert_eq!(RequiredLevels::<Test>::iter().count(), LICENSED.len());
	});
}

#[test]
fn nobody_prescribes_without_the_second_key_by_adding_instead_of_replacing() {
	let mut genesis = RuntimeGenesisConfig::default();
	genesis.record_access.licences_required = true;
	sp_io::TestExternalities::new(genesis.build_storage().unwrap()).execute_with(|| {
		for action in [Action::Write, Action::Append] {
			let level = RecordAccess::required_level(purpose::TREAT, action);
			assert_eq!(level, AssuranceLevel::Verified);
		}
	});
}

#[test]
fn governance_sets_a_level_and_takes_it_back() {
	run(|| {
		assert_ok!(set(purpose::TREAT, Some(AssuranceLevel::Attested)));
		assert_eq!(ask(request(), None), AuditOutcome::Denied(DenialReason::AssuranceTooLow));
		assert_eq!(LastRequired::get(), Some(AssuranceLevel::Attested));
		assert_ok!(set(purpose::TREAT, None));
		assert_eq!(
			last_entry(),
			AuditEvent {
				purpose: Some(purpose::TREAT),
				..AuditEvent::new(AuditAction::RequiredLevelChanged)
			}
		);
		System::assert_last_event(
			Event::RequiredLevelSet {
				purpose: purpose::TREAT,
				action: Action::Read,
				level: AssuranceLevel::Enrolled,
				entry: last_index(),
			}
			.into(),
		);
		assert_eq!(ask(request(), None), AuditOutcome::Success);
	});
}

#[test]
fn a_level_is_of_one_action_and_purpose() {
	run(|| {
		assert_ok!(set(purpose::TREAT, Some(AssuranceLevel::Verified)));
		let level = |purpose, action| RecordAccess::required_level(purpose, action);
		assert_eq!(level(purpose::TREAT, Action::Read), AssuranceLevel::Verified);
		assert_eq!(level(purpose::TREAT, Action::Append), AssuranceLevel::Enrolled);
		assert_eq!(level(purpose::PATRQT, Action::Read), AssuranceLevel::Enrolled);
	});
}

#[test]
fn set_level_fails_when_the_origin_is_not_governance() {
	run(|| {
		assert_noop!(
			RecordAccess::set_required_level(
				RuntimeOrigin::signed(CUSTODIAN),
				purpose::TREAT,
				Action::Read,
				None,
			),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn the_highest_level_needs_the_second_keys_signature_on_this_request() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		assert_eq!(ask(emergency(), None), DENIED_WITHOUT);
		assert_eq!(ask(emergency(), Some(factor())), AuditOutcome::Success);
		assert_eq!(Confirmed::get(), [operation_hash(&emergency())]);
		assert_eq!(
			ask(emergency(), Some(factor())),
			AuditOutcome::Denied(DenialReason::SecondFactorInvalid)
		);
		assert_eq!(Grants::<Test>::iter().count(), 1);
	});
}

#[test]
fn a_signature_that_is_not_needed_is_not_used_up() {
	run(|| {
		assert_eq!(ask(request(), Some(factor())), AuditOutcome::Success);
		assert!(Confirmed::get().is_empty());
	});
}

#[test]
fn the_signature_is_asked_for_before_the_matrix_and_the_consents() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		let request = AccessRequest { action: Action::Write, ..emergency() };
		assert_eq!(ask(request, None), DENIED_WITHOUT);
	});
}

#[test]
fn a_grant_is_used_without_another_signature() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		let record = registered(PATIENT);
		let grant = granted(emergency());
		let disclose = || {
			RecordAccess::record_disclosure(
				RuntimeOrigin::signed(CUSTODIAN),
				grant,
				record,
				1,
				DISCLOSURE,
			)
		};
		assert_ok!(disclose());
		refuse_standing(DenialReason::CheckStale);
		assert_noop!(disclose(), crate::Error::<Test>::CheckStale);
	});
}

#[test]
fn a_grant_without_the_second_keys_signature_is_not_live_where_it_is_needed_now() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		let grant = granted(request());
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Ok(()));
		assert_ok!(set(purpose::TREAT, Some(AssuranceLevel::Verified)));
		let refusal = crate::GrantRefusal::Denied(DenialReason::SecondFactorMissing);
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Err(refusal));
		let record = registered(PATIENT);
		assert_noop!(
			RecordAccess::record_disclosure(
				RuntimeOrigin::signed(CUSTODIAN),
				grant,
				record,
				1,
				DISCLOSURE
			),
			crate::Error::<Test>::SecondFactorMissing
		);
		assert_ok!(set(purpose::TREAT, None));
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Ok(()));
	});
}
