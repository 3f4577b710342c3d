//! What holds of break-glasses whatever happens in whatever order, and however time jumps.

use super::emergency::*;
use crate::{
	emergency_terms::{MAX_OVERDUE, MAX_REVIEW, MIN_DURATION, MIN_REVIEW},
	mock::*,
	EmergencyOverrides, EmergencyTerms, GrantStatus, Grants, NextGrantId,
};
use hdx_primitives::{
	engine::{terminology::purpose, Obligations, Outcome},
	AccessRequest, AccountId, AssuranceLevel, AuditOutcome, DenialReason, GrantId, Milliseconds,
	ReviewOutcome, Subject,
};
use proptest::{collection::vec, prelude::*};
use sp_runtime::{DispatchResult, StateVersion};
use std::collections::BTreeMap;

/// Something that happens.
#[derive(Clone, Debug)]
enum Step {
	Break { patient: AccountId, is_treatment: bool, duration: u64, is_signed: bool },
	Ask { is_treatment: bool },
	Review { who: AccountId, grant: GrantId },
	Disclose { grant: GrantId },
	Revoke { grant: GrantId },
	OptOut { patient: AccountId, is_out: bool },
	Level(AssuranceLevel),
	Consent(Outcome),
	Terms(EmergencyTerms),
	Wait(u64),
}

const DAY: u64 = 24 * HOUR.0;

fn terms() -> impl Strategy<Value = EmergencyTerms> {
	(
		MIN_DURATION.0..=MaxEmergencyDuration::get().0,
		1..=MAX_USES,
		prop_oneof![Just(MIN_REVIEW.0), Just(MAX_REVIEW.0), MIN_REVIEW.0..DAY],
		prop_oneof![5 => 0u32..3, 1 => Just(MAX_OVERDUE)],
	)
		.prop_map(|(max_duration, uses, review_within, max_overdue)| EmergencyTerms {
			max_duration: Milliseconds(max_duration),
			uses,
			review_within: Milliseconds(review_within),
			max_overdue,
			proofs_a_day: TERMS.proofs_a_day,
		})
}

fn patients() -> impl Strategy<Value = AccountId> {
	prop_oneof![Just(PATIENT), Just(SILENT_PATIENT)]
}

fn steps() -> impl Strategy<Value = Step> {
	let reviewers = vec![OFFICER, CLINIC_OPERATOR, PHYSICIAN, CUSTODIAN, PATIENT];
	let grants = || (0u64..8).prop_map(GrantId);
	prop_oneof![
		8 => (patients(), any::<bool>(), 0..2 * HOUR.0, prop::bool::weighted(0.9)).prop_map(
			|(patient, is_treatment, duration, is_signed)| {
				Step::Break { patient, is_treatment, duration, is_signed }
			}
		),
		1 => any::<bool>().prop_map(|is_treatment| Step::Ask { is_treatment }),
		4 => (prop::sample::select(reviewers), grants())
			.prop_map(|(who, grant)| Step::Review { who, grant }),
		6 => grants().prop_map(|grant| Step::Disclose { grant }),
		1 => grants().prop_map(|grant| Step::Revoke { grant }),
		1 => (patients(), any::<bool>())
			.prop_map(|(patient, is_out)| Step::OptOut { patient, is_out }),
		1 => prop_oneof![
			3 => Just(AssuranceLevel::Verified),
			1 => Just(AssuranceLevel::Attested)
		]
		.prop_map(Step::Level),
		1 => prop_oneof![Just(Outcome::Deny), Just(Outcome::Permit)].prop_map(Step::Consent),
		1 => terms().prop_map(Step::Terms),
		4 => prop_oneof![0..HOUR.0, 0..5 * DAY, Just(DAY), Just(40 * DAY)].prop_map(Step::Wait),
	]
}

/// A break-glass, kept a second time.
struct Known {
	patient: AccountId,
	until: Milliseconds,
	deadline: Milliseconds,
	uses: u32,
	is_over: bool,
	is_late: Option<bool>,
}

struct World {
	level: AssuranceLevel,
	opted_out: Vec<AccountId>,
	terms: EmergencyTerms,
	known: BTreeMap<GrantId, Known>,
	now: Milliseconds,
}

impl World {
	fn overdue(&self) -> usize {
		self.known
			.values()
			.filter(|known| known.is_late.is_none() && known.deadline <= self.now)
			.count()
	}

	/// The decision, written a second time.
	fn expected(&self, patient: &AccountId, is_signed: bool) -> Result<(), DenialReason> {
		if self.level != AssuranceLevel::Verified {
			Err(DenialReason::AssuranceTooLow)
		} else if !is_signed {
			Err(DenialReason::SecondFactorMissing)
		} else if self.overdue() > self.terms.max_overdue as usize {
			Err(DenialReason::ReviewsOverdue)
		} else if self.opted_out.contains(patient) {
			Err(DenialReason::EmergencyOptOut)
		} else {
			Ok(())
		}
	}
}

fn take(world: &mut World, step: Step) -> Result<Option<DispatchResult>, TestCaseError> {
	let result = match step {
		Step::Break { patient, is_treatment, duration, is_signed } => {
			let purpose = if is_treatment { purpose::ETREAT } else { purpose::BTG };
			let request = AccessRequest {
				patient: patient.clone(),
				purpose,
				duration: Milliseconds(duration),
				..another_emergency()
			};
			let id = NextGrantId::<Test>::get();
			let factor = is_signed.then(factor);
			let physician = RuntimeOrigin::signed(PHYSICIAN);
			let result = plain(RecordAccess::break_glass(physician, request, REASON, factor));
			let is_sound = duration > 0 && duration <= world.terms.max_duration.0;
			prop_assert_eq!(result.is_ok(), is_sound);
			if is_sound {
				let expected = world.expected(&patient, is_signed);
				let outcome =
					expected.map_or_else(AuditOutcome::Denied, |()| AuditOutcome::Success);
				prop_assert_eq!(last_entry().outcome, outcome);
				prop_assert_eq!(EmergencyOverrides::<Test>::contains_key(id), expected.is_ok());
				if expected.is_ok() {
					let known = Known {
						patient,
						until: world.now.saturating_add(Milliseconds(duration)),
						deadline: world.now.saturating_add(world.terms.review_within),
						uses: world.terms.uses,
						is_over: false,
						is_late: None,
					};
					world.known.insert(id, known);
				}
			}
			result
		},
		Step::Ask { is_treatment } => {
			let purpose = if is_treatment { purpose::ETREAT } else { purpose::BTG };
			let request = AccessRequest { purpose, ..another_emergency() };
			let physician = RuntimeOrigin::signed(PHYSICIAN);
			let result = plain(RecordAccess::request_access(physician, request, Some(factor())));
			if !is_treatment {
				prop_assert!(last_entry().outcome != AuditOutcome::Success);
			}
			result
		},
		Step::Review { who, grant } => {
			let outcome = ReviewOutcome::Error;
			let reviewer = RuntimeOrigin::signed(who.clone());
			let result = RecordAccess::review_break_glass(reviewer, grant, outcome, FINDING);
			let now = world.now;
			let may = [OFFICER, CLINIC_OPERATOR].contains(&who);
			let known = world.known.get_mut(&grant).filter(|known| known.is_late.is_none());
			prop_assert_eq!(result.is_ok(), may && known.is_some());
			if let (Ok(()), Some(known)) = (&result, known) {
				known.is_late = Some(known.deadline <= now);
				known.is_over = true;
			}
			result
		},
		Step::Disclose { grant } => {
			let Some(known) = world.known.get(&grant) else { return Ok(None) };
			let record = crate::RecordsOf::<Test>::iter_key_prefix(&known.patient).next().unwrap();
			let result = disclose(grant, record);
			let is_live = !known.is_over
				&& world.now < known.until
				&& known.uses > 0
				&& world.level == AssuranceLevel::Verified
				&& !world.opted_out.contains(&known.patient);
			prop_assert_eq!(result.is_ok(), is_live);
			if is_live {
				let is_told =
					matches!(last_entry().subject, Subject::BreakGlass { grant: Some(_), .. });
				prop_assert!(is_told);
				world.known.get_mut(&grant).unwrap().uses -= 1;
			}
			result
		},
		Step::Revoke { grant } => {
			let Some(known) = world.known.get_mut(&grant) else { return Ok(None) };
			let patient = RuntimeOrigin::signed(known.patient.clone());
			let result = RecordAccess::revoke_grant(patient, grant);
			known.is_over |= result.is_ok();
			result
		},
		Step::OptOut { patient, is_out } => {
			set_opt_out(patient.clone(), is_out);
			world.opted_out.retain(|other| *other != patient);
			if is_out {
				world.opted_out.push(patient);
			}
			return Ok(None);
		},
		Step::Level(level) => {
			set_standing(level);
			world.level = level;
			return Ok(None);
		},
		Step::Consent(outcome) => {
			answer(PATIENT, outcome, Obligations::default());
			return Ok(None);
		},
		Step::Terms(terms) => {
			let result = RecordAccess::set_emergency_terms(RuntimeOrigin::root(), terms);
			prop_assert_eq!(result, Ok(()));
			world.terms = terms;
			result
		},
		Step::Wait(time) => {
			world.now = world.now.saturating_add(Milliseconds(time));
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
	#![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

	/// Every break-glass has one review, which is pending until somebody else closes it; what is
	/// overdue blocks; nothing is disclosed after an end, a review or an opt-out. Each call that
	/// succeeds leaves one entry, and one that fails nothing.
	#[test]
	fn break_glass_rules_hold_after_any_steps(taken in vec(steps(), 1..60)) {
		genesis().execute_with(|| {
			let level = AssuranceLevel::Verified;
			set_standing(level);
			registered(PATIENT);
			registered(SILENT_PATIENT);
			let mut world = World {
				level,
				opted_out: Vec::new(),
				terms: TERMS,
				known: BTreeMap::new(),
				now: START,
			};
			for step in taken {
				let (entries, state) = (log().len(), root());
				match take(&mut world, step)? {
					Some(Ok(())) => prop_assert_eq!(log().len(), entries + 1),
					Some(Err(_)) => prop_assert_eq!(root(), state),
					None => prop_assert_eq!(log().len(), entries),
				}
				prop_assert_eq!(EmergencyOverrides::<Test>::iter().count(), world.known.len());
				for (id, known) in &world.known {
					let emergency = EmergencyOverrides::<Test>::get(id).unwrap();
					prop_assert_eq!(emergency.deadline, known.deadline);
					prop_assert_eq!(emergency.review.map(|review| review.is_late), known.is_late);
					let grant = Grants::<Test>::get(id).unwrap();
					prop_assert_eq!(uses_left(*id), known.uses);
					prop_assert!(grant.status == GrantStatus::Active || known.is_over);
				}
				let standing = RecordAccess::review_standing(CLINIC);
				let overdue = world.overdue();
				let most = world.terms.max_overdue as usize;
				prop_assert_eq!(standing.is_blocked, overdue > most);
				prop_assert_eq!(standing.overdue as usize, overdue.min(most + 1));
				#[cfg(feature = "try-runtime")]
				prop_assert_eq!(RecordAccess::check_invariants(), Ok(()));
			}
			Ok(())
		})?;
	}
}
