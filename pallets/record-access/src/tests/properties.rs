//! What holds whatever is called in whatever order.

use crate::{
	mock::*, role_matrix::has_duplicate, GrantRefusal, GrantStatus, GrantedRequest, Grants,
	NextGrantId, NextRecordId, PermittedActions, Records,
};
use hdx_primitives::{
	engine::{terminology::purpose, Code, Obligations, Outcome},
	operation_hash, AccessRequest, AccountId, Action, AssuranceLevel, AuditAction, AuditOutcome,
	DenialReason, GrantId, Milliseconds, RecordId, Role, Target, H256,
};
use proptest::{collection::vec, prelude::*};
use sp_runtime::{DispatchResult, StateVersion};
use std::collections::{BTreeMap, BTreeSet};

const ACTIONS: [Action; 4] = [Action::Read, Action::Write, Action::Append, Action::Disclose];
const PURPOSES: [Code; 3] = [purpose::TREAT, purpose::ETREAT, purpose::HMARKT];
const PEOPLE: [AccountId; 6] =
	[CUSTODIAN, CLINIC_OPERATOR, PHYSICIAN, PATIENT, SILENT_PATIENT, STRANGER];
const REASONS: [DenialReason; 3] = [
	DenialReason::PractitionerSuspended,
	DenialReason::CredentialExpired,
	DenialReason::NotAffiliated,
];

/// Something that happens: a call, or a change of what the other pallets answer.
#[derive(Clone, Debug)]
enum Step {
	Register { patient: AccountId },
	Ask { who: AccountId, request: AccessRequest },
	Revoke { who: AccountId, grant: GrantId },
	Disclose { who: AccountId, grant: GrantId, record: RecordId, sections: u32 },
	SetMatrix { purpose: Code, actions: Vec<Action> },
	Standing(Option<DenialReason>),
	Consent { patient: AccountId, outcome: Outcome, obligations: Obligations },
	Wait(Milliseconds),
}

fn person() -> impl Strategy<Value = AccountId> {
	proptest::sample::select(PEOPLE.to_vec())
}

fn patient() -> impl Strategy<Value = AccountId> {
	prop_oneof![4 => Just(PATIENT), 1 => Just(SILENT_PATIENT), 1 => Just(STRANGER)]
}

fn requests() -> impl Strategy<Value = AccessRequest> {
	(
		patient(),
		prop_oneof![Just(None), (0u64..4).prop_map(Some)],
		proptest::sample::select(PURPOSES.to_vec()),
		proptest::sample::select(ACTIONS.to_vec()),
		0u64..4,
	)
		.prop_map(|(patient, record, purpose, action, hours)| AccessRequest {
			patient,
			target: record.map_or(Target::WholeRecord, |id| Target::Record(RecordId(id))),
			purpose,
			action,
			duration: Milliseconds(HOUR.0 * hours),
			..request()
		})
}

fn obligations() -> impl Strategy<Value = Obligations> {
	prop_oneof![2 => Just(Obligations::default()), 1 => (1u8..3).prop_map(redact)]
}

fn steps() -> impl Strategy<Value = Step> {
	let outcome = prop_oneof![
		4 => Just(Outcome::Permit),
		1 => Just(Outcome::Deny),
		1 => Just(Outcome::NoConsent)
	];
	let disclosure = (
		prop_oneof![5 => Just(CUSTODIAN), 1 => person()],
		0u64..5,
		0u64..4,
		prop_oneof![5 => 1u32..=10, 1 => Just(0), 1 => Just(11)],
	);
	prop_oneof![
		2 => patient().prop_map(|patient| Step::Register { patient }),
		5 => (prop_oneof![5 => Just(PHYSICIAN), 1 => person()], requests())
			.prop_map(|(who, request)| Step::Ask { who, request }),
		1 => (person(), 0u64..5)
			.prop_map(|(who, grant)| Step::Revoke { who, grant: GrantId(grant) }),
		8 => disclosure.prop_map(|(who, grant, record, sections)| Step::Disclose {
			who,
			grant: GrantId(grant),
			record: RecordId(record),
			sections,
		}),
		1 => (
			proptest::sample::select(PURPOSES.to_vec()),
			vec(proptest::sample::select(ACTIONS.to_vec()), 0..=4),
		)
			.prop_map(|(purpose, actions)| Step::SetMatrix { purpose, actions }),
		1 => proptest::option::of(proptest::sample::select(REASONS.to_vec()))
			.prop_map(Step::Standing),
		1 => (patient(), outcome, obligations()).prop_map(|(patient, outcome, obligations)| {
			Step::Consent { patient, outcome, obligations }
		}),
		1 => (0u64..HOUR.0).prop_map(|time| Step::Wait(Milliseconds(time))),
	]
}

/// What the mocked pallets were last told to answer, kept beside them.
struct World {
	standing: Option<DenialReason>,
	level: AssuranceLevel,
	confirmed: BTreeSet<H256>,
	consents: BTreeMap<AccountId, (Outcome, Obligations)>,
	matrix: BTreeMap<Code, Vec<Action>>,
	uses: BTreeMap<GrantId, u32>,
	now: Milliseconds,
}

impl World {
	fn new() -> Self {
		let shipped = |purpose| crate::RoleMatrix::<Test>::get(Role::Physician, purpose).to_vec();
		Self {
			standing: None,
			level: AssuranceLevel::Enrolled,
			confirmed: BTreeSet::new(),
			consents: [(PATIENT, (Outcome::Permit, Obligations::default()))].into(),
			matrix: PURPOSES.map(|purpose| (purpose, shipped(purpose))).into(),
			uses: BTreeMap::new(),
			now: START,
		}
	}

	/// The decision of a new request, which in an emergency the second key signs, once.
	fn expected_new(
		&mut self,
		who: &AccountId,
		request: &AccessRequest,
	) -> Result<Obligations, DenialReason> {
		let expected = self.expected(who, &request.patient, request.purpose, request.action);
		let stands = !matches!(
			expected,
			Err(reason) if !matches!(
				reason,
				DenialReason::RoleNotPermitted
					| DenialReason::ConsentDenied
					| DenialReason::NoConsent
			)
		);
		let is_emergency = request.purpose == purpose::ETREAT;
		if stands && is_emergency && !self.confirmed.insert(operation_hash(request)) {
			return Err(DenialReason::SecondFactorInvalid);
		}
		expected
	}

	/// The decision, written a second time and in another way.
	fn expected(
		&self,
		who: &AccountId,
		patient: &AccountId,
		purpose: Code,
		action: Action,
	) -> Result<Obligations, DenialReason> {
		let by_consent = match self.consents.get(patient) {
			Some((Outcome::Permit, obligations)) => Ok(obligations.clone()),
			Some((Outcome::Deny, _)) => Err(DenialReason::ConsentDenied),
			Some((Outcome::NoConsent, _)) | None => Err(DenialReason::NoConsent),
		};
		let by_matrix = self.matrix[&purpose]
			.contains(&action)
			.then_some(())
			.ok_or(DenialReason::RoleNotPermitted);
		let by_standing = match self.standing {
			_ if *who != PHYSICIAN => Err(DenialReason::PractitionerUnknown),
			Some(reason) => Err(reason),
			// An emergency needs the highest level.
			None if purpose == purpose::ETREAT && self.level < AssuranceLevel::Verified => {
				Err(DenialReason::AssuranceTooLow)
			},
			None => Ok(()),
		};
		by_standing.and(by_matrix).and(by_consent)
	}
}

/// Takes a step and checks what must hold of it. Returns what the call answered, if it is one.
fn take(world: &mut World, step: Step) -> Result<Option<DispatchResult>, TestCaseError> {
	let result = match step {
		Step::Register { patient } => RecordAccess::register_record(
			RuntimeOrigin::signed(CUSTODIAN),
			patient,
			MANIFEST,
			10,
			0,
		),
		Step::Ask { who, request } => {
			let id = NextGrantId::<Test>::get();
			let result = plain(RecordAccess::request_access(
				RuntimeOrigin::signed(who.clone()),
				request.clone(),
				Some(factor()),
			));
			if result.is_ok() {
				prop_assert_eq!(last_entry().action, AuditAction::AccessDecided);
				let expected = world.expected_new(&who, &request);
				let outcome = match &expected {
					Ok(_) => AuditOutcome::Success,
					Err(reason) => AuditOutcome::Denied(*reason),
				};
				prop_assert_eq!(last_entry().outcome, outcome);
				let grant = Grants::<Test>::get(id);
				prop_assert_eq!(grant.map(|grant| grant.obligations), expected.ok());
			}
			result
		},
		Step::Revoke { who, grant } => {
			let result = RecordAccess::revoke_grant(RuntimeOrigin::signed(who.clone()), grant);
			if result.is_ok() {
				let stored = Grants::<Test>::get(grant).unwrap();
				prop_assert_eq!(stored.status, GrantStatus::Revoked);
				let institution = match stored.target {
					Target::Record(_) => CUSTODIAN,
					Target::WholeRecord => CLINIC_OPERATOR,
				};
				prop_assert!(who == stored.patient || who == institution);
			}
			result
		},
		Step::Disclose { who, grant, record, sections } => {
			let result = plain(RecordAccess::record_disclosure(
				RuntimeOrigin::signed(who.clone()),
				grant,
				record,
				sections,
				DISCLOSURE,
			));
			if result.is_ok() {
				prop_assert_eq!(who, CUSTODIAN);
				let stored = Grants::<Test>::get(grant).unwrap();
				prop_assert_eq!(stored.status, GrantStatus::Active);
				prop_assert!(stored.issued_at <= world.now && world.now < stored.expires_at);
				let GrantedRequest { purpose, action, .. } = stored.request;
				let expected = world.expected(&stored.grantee, &stored.patient, purpose, action);
				prop_assert_eq!(Ok(stored.obligations), expected);
				prop_assert_eq!(Records::<Test>::get(record).unwrap().patient, stored.patient);
				*world.uses.entry(grant).or_default() += 1;
			}
			result
		},
		Step::SetMatrix { purpose, actions } => {
			let bounded = PermittedActions::truncate_from(actions.clone());
			let result = RecordAccess::set_role_permissions(
				RuntimeOrigin::root(),
				Role::Physician,
				purpose,
				bounded,
			);
			if result.is_ok() {
				world.matrix.insert(purpose, actions);
			}
			result
		},
		Step::Standing(refusal) => {
			world.standing = refusal;
			match refusal {
				Some(reason) => refuse_standing(reason),
				None => {
					world.level = AssuranceLevel::Verified;
					set_standing(world.level);
				},
			}
			return Ok(None);
		},
		Step::Consent { patient, outcome, obligations } => {
			answer(patient.clone(), outcome, obligations.clone());
			world.consents.insert(patient, (outcome, obligations));
			return Ok(None);
		},
		Step::Wait(time) => {
			world.now = world.now.saturating_add(time);
			set_time(world.now);
			return Ok(None);
		},
	};
	Ok(Some(result))
}

fn root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

	/// No grant without standing, matrix and consent; no disclosure without all of them today;
	/// one entry for each call that succeeds, and nothing at all for one that fails.
	#[test]
	fn rules_hold_after_any_steps(taken in vec(steps(), 1..60)) {
		genesis().execute_with(|| {
			let mut world = World::new();
			registered(PATIENT);
			for step in taken {
				let (entries, state) = (log().len(), root());
				match take(&mut world, step)? {
					Some(Ok(())) => prop_assert_eq!(log().len(), entries + 1),
					Some(Err(_)) => prop_assert_eq!(root(), state),
					None => prop_assert_eq!(log().len(), entries),
				}
				for id in Grants::<Test>::iter_keys() {
					let used = world.uses.get(&id).copied().unwrap_or_default();
					prop_assert!(used <= MAX_USES);
					prop_assert_eq!(uses_left(id), MAX_USES - used);
				}
				#[cfg(feature = "try-runtime")]
				prop_assert_eq!(RecordAccess::check_invariants(), Ok(()));
			}
			Ok(())
		})?;
	}

	/// Exactly as many disclosures succeed as there are uses.
	#[test]
	fn uses_never_go_below_zero(attempts in 0u32..12) {
		genesis().execute_with(|| {
			let record = registered(PATIENT);
			let grant = granted(request());
			let succeeded = (0..attempts)
				.filter(|_| {
					RecordAccess::record_disclosure(
						RuntimeOrigin::signed(CUSTODIAN), grant, record, 1, DISCLOSURE,
					)
					.is_ok()
				})
				.count() as u32;
			prop_assert_eq!(succeeded, attempts.min(MAX_USES));
			prop_assert_eq!(uses_left(grant), MAX_USES - succeeded);
			Ok(())
		})?;
	}

	/// A grant holds from its issue until its end, and never again after it was withdrawn.
	#[test]
	fn a_grant_holds_until_it_ends_or_is_revoked(
		duration in 1..=MaxGrantDuration::get().0,
		later in 0..=2 * MaxGrantDuration::get().0,
		revoked: bool,
	) {
		genesis().execute_with(|| {
			let grant =
				granted(AccessRequest { duration: Milliseconds(duration), ..request() });
			if revoked {
				RecordAccess::revoke_grant(RuntimeOrigin::signed(PATIENT), grant).unwrap();
			}
			let expected = match (revoked, later < duration) {
				(true, _) => Err(GrantRefusal::Revoked),
				(false, true) => Ok(()),
				(false, false) => Err(GrantRefusal::Expired),
			};
			let at = START.saturating_add(Milliseconds(later));
			prop_assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, at), expected);
			Ok(())
		})?;
	}

	/// Only lists without duplicates are accepted, and what is accepted is what is permitted.
	#[test]
	fn a_cell_permits_exactly_what_was_set(
		actions in vec(proptest::sample::select(ACTIONS.to_vec()), 0..=4),
	) {
		let distinct = ACTIONS.iter().filter(|action| actions.contains(action)).count();
		prop_assert_eq!(has_duplicate(&actions), distinct < actions.len());
		genesis().execute_with(|| {
			let set = RecordAccess::set_role_permissions(
				RuntimeOrigin::root(),
				Role::Auditor,
				purpose::HMARKT,
				PermittedActions::truncate_from(actions.clone()),
			);
			prop_assert_eq!(set.is_ok(), distinct == actions.len());
			for action in ACTIONS {
				prop_assert_eq!(
					RecordAccess::role_permits(Role::Auditor, purpose::HMARKT, action),
					set.is_ok() && actions.contains(&action)
				);
			}
			Ok(())
		})?;
	}

	/// Identifiers are given out in order and never again.
	#[test]
	fn identifiers_count_from_zero(records in 0u64..8, grants in 0u64..8) {
		genesis().execute_with(|| {
			for expected in 0..records {
				prop_assert_eq!(registered(PATIENT), RecordId(expected));
			}
			for expected in 0..grants {
				prop_assert_eq!(granted(request()), GrantId(expected));
			}
			prop_assert_eq!(NextRecordId::<Test>::get(), RecordId(records));
			Ok(())
		})?;
	}
}
