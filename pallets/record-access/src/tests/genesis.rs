//! What a chain starts with in the place of what is shipped.

use crate::{
	mock::*, required_level::LICENSED, role_matrix::SHIPPED, EmergencyTerms, EmergencyTermsInForce,
	GenesisConfig, GenesisEmergencyTerms, RequiredLevels, RoleMatrix,
};
use hdx_primitives::{
	engine::terminology::purpose, Action, AssuranceLevel, Code, Milliseconds, Role,
};
use sp_io::TestExternalities;
use sp_runtime::BuildStorage;

fn starting_with(record_access: GenesisConfig<Test>) -> TestExternalities {
	let genesis = RuntimeGenesisConfig { record_access, ..Default::default() };
	genesis.build_storage().unwrap().into()
}

/// A chain that is refused, or which nobody looks at.
fn start(genesis: GenesisConfig<Test>) {
	starting_with(genesis);
}

fn cell(role: Role, purpose: Code, actions: &[Action]) -> (Role, [u8; 16], Vec<Action>) {
	(role, purpose.0, actions.to_vec())
}

fn cells(role_permissions: Vec<(Role, [u8; 16], Vec<Action>)>) -> GenesisConfig<Test> {
	GenesisConfig { role_permissions, ..GenesisConfig::default() }
}

fn levels(required_levels: Vec<([u8; 16], Action, AssuranceLevel)>) -> GenesisConfig<Test> {
	GenesisConfig { required_levels, ..GenesisConfig::default() }
}

fn terms(emergency_terms: GenesisEmergencyTerms) -> GenesisConfig<Test> {
	GenesisConfig { emergency_terms, ..GenesisConfig::default() }
}

#[test]
fn a_chain_starts_with_what_is_shipped_and_stores_no_terms() {
	starting_with(GenesisConfig::default()).execute_with(|| {
		assert_eq!(RoleMatrix::<Test>::iter().count(), SHIPPED.len());
		assert_eq!(RequiredLevels::<Test>::iter().count(), 0);
		assert!(!EmergencyTermsInForce::<Test>::exists());
		assert_eq!(EmergencyTermsInForce::<Test>::get(), TERMS);
	});
}

#[test]
fn a_chain_starts_with_the_cells_of_its_genesis_in_the_place_of_those_shipped() {
	let genesis = cells(vec![
		cell(Role::Nurse, purpose::TREAT, &[Action::Read]),
		cell(Role::Researcher, purpose::HRESCH, &[]),
		cell(Role::Physician, purpose::FAMRQT, &[Action::Read, Action::Disclose]),
	]);
	starting_with(genesis).execute_with(|| {
		let cell = |role, purpose| RoleMatrix::<Test>::get(role, purpose).into_inner();
		assert_eq!(cell(Role::Nurse, purpose::TREAT), [Action::Read]);
		assert!(!RoleMatrix::<Test>::contains_key(Role::Researcher, purpose::HRESCH));
		assert_eq!(cell(Role::Physician, purpose::FAMRQT), [Action::Read, Action::Disclose]);
		// One went, and one came.
		assert_eq!(RoleMatrix::<Test>::iter().count(), SHIPPED.len());
	});
}

#[test]
fn a_chain_starts_with_the_levels_of_its_genesis_over_those_for_licences() {
	let (treatment, operations) = (purpose::TREAT.0, purpose::HOPERAT.0);
	let genesis = GenesisConfig {
		licences_required: true,
		..levels(vec![
			(treatment, Action::Read, AssuranceLevel::Verified),
			(operations, Action::Read, AssuranceLevel::Attested),
		])
	};
	starting_with(genesis).execute_with(|| {
		let level = |purpose, action| RecordAccess::required_level(purpose, action);
		assert_eq!(level(purpose::TREAT, Action::Read), AssuranceLevel::Verified);
		assert_eq!(level(purpose::TREAT, Action::Disclose), AssuranceLevel::Attested);
		assert_eq!(level(purpose::HOPERAT, Action::Read), AssuranceLevel::Attested);
		assert_eq!(RequiredLevels::<Test>::iter().count(), LICENSED.len() + 1);
	});
}

#[test]
fn a_chain_starts_with_the_terms_of_emergencies_of_its_genesis() {
	let some = GenesisEmergencyTerms {
		max_duration: Some(2 * HOUR.0),
		max_overdue: Some(7),
		..GenesisEmergencyTerms::default()
	};
	starting_with(terms(some)).execute_with(|| {
		let expected =
			EmergencyTerms { max_duration: Milliseconds(2 * HOUR.0), max_overdue: 7, ..TERMS };
		assert_eq!(EmergencyTermsInForce::<Test>::get(), expected);
	});
}

#[test]
#[should_panic(expected = "a cell is named twice")]
fn genesis_fails_when_a_cell_is_named_twice() {
	let one = cell(Role::Nurse, purpose::TREAT, &[Action::Read]);
	start(cells(vec![one.clone(), one]));
}

#[test]
#[should_panic(expected = "DuplicateAction")]
fn genesis_fails_when_a_cell_has_an_action_twice() {
	start(cells(vec![cell(Role::Nurse, purpose::TREAT, &[Action::Read, Action::Read])]));
}

#[test]
#[should_panic(expected = "a cell has more actions than there are")]
fn genesis_fails_when_a_cell_has_too_many_actions() {
	start(cells(vec![cell(Role::Nurse, purpose::TREAT, &[Action::Read; 5])]));
}

#[test]
#[should_panic(expected = "a level is named twice")]
fn genesis_fails_when_a_level_is_named_twice() {
	let level = |level| (purpose::TREAT.0, Action::Read, level);
	start(levels(vec![level(AssuranceLevel::Attested), level(AssuranceLevel::Verified)]));
}

#[test]
#[should_panic(expected = "LevelIsFixed")]
fn genesis_fails_when_it_sets_the_level_of_breaking_the_glass() {
	start(levels(vec![(purpose::BTG.0, Action::Read, AssuranceLevel::Enrolled)]));
}

#[test]
#[should_panic(expected = "EmergencyDurationOutOfRange")]
fn genesis_fails_when_a_broken_glass_would_hold_too_long() {
	let max_duration = Some(5 * HOUR.0);
	start(terms(GenesisEmergencyTerms { max_duration, ..GenesisEmergencyTerms::default() }));
}

#[test]
#[should_panic(expected = "EmergencyUsesOutOfRange")]
fn genesis_fails_when_a_broken_glass_would_serve_for_nothing() {
	let uses = Some(0);
	start(terms(GenesisEmergencyTerms { uses, ..GenesisEmergencyTerms::default() }));
}

#[test]
#[should_panic(expected = "ReviewDeadlineOutOfRange")]
fn genesis_fails_when_a_review_would_have_no_time() {
	let review_within = Some(1);
	start(terms(GenesisEmergencyTerms { review_within, ..GenesisEmergencyTerms::default() }));
}

#[test]
#[should_panic(expected = "OverdueLimitTooHigh")]
fn genesis_fails_when_too_many_reviews_could_be_overdue() {
	let max_overdue = Some(101);
	start(terms(GenesisEmergencyTerms { max_overdue, ..GenesisEmergencyTerms::default() }));
}
