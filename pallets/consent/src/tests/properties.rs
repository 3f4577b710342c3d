//! What holds after any sequence of calls.

use crate::{mock::*, Consents, ConsentsOf, Pallet};
use hdx_primitives::{
	engine::{Outcome, Request, Status},
	AccountId, ConsentDecider, ConsentId,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
	Sponsor(u8),
	Grant { by: u8, permits: bool },
	Revoke { by: u8, consent: u64 },
	Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		1 => (2u8..5).prop_map(Step::Sponsor),
		4 => (2u8..5, any::<bool>()).prop_map(|(by, permits)| Step::Grant { by, permits }),
		4 => (2u8..5, 0u64..12).prop_map(|(by, consent)| Step::Revoke { by, consent }),
		1 => (1u64..1_000).prop_map(Step::Wait),
	]
}

/// What the calls should have done, kept as simply as possible.
#[derive(Default)]
struct Model {
	patients: Vec<AccountId>,
	consents: BTreeMap<u64, (AccountId, bool, Status)>,
}

impl Model {
	fn expect(&mut self, step: &Step) -> bool {
		match step {
			Step::Sponsor(who) => {
				let is_new = !self.patients.contains(&account(*who));
				if is_new {
					self.patients.push(account(*who));
				}
				is_new
			},
			Step::Grant { by, permits } => {
				let is_patient = self.patients.contains(&account(*by));
				if is_patient {
					let next = self.consents.len() as u64;
					self.consents.insert(next, (account(*by), *permits, Status::Active));
				}
				is_patient
			},
			Step::Revoke { by, consent } => match self.consents.get_mut(consent) {
				Some((owner, _, status)) if *owner == account(*by) && *status == Status::Active => {
					*status = Status::Inactive;
					true
				},
				_ => false,
			},
			Step::Wait(_) => true,
		}
	}

	fn outcome(&self, patient: &AccountId) -> Outcome {
		let active = |(owner, _, status): &&(AccountId, bool, Status)| {
			owner == patient && *status == Status::Active
		};
		match self.consents.values().rfind(active) {
			Some((_, true, _)) => Outcome::Permit,
			Some((_, false, _)) => Outcome::Deny,
			None => Outcome::NoConsent,
		}
	}
}

fn perform(step: &Step) -> bool {
	match step {
		Step::Sponsor(who) => {
			Registry::sponsor_patient(RuntimeOrigin::signed(operator()), account(*who)).is_ok()
		},
		Step::Grant { by, permits } => {
			let policy = if *permits { permit_all() } else { deny_all() };
			Registry::grant(
				RuntimeOrigin::signed(account(*by)),
				policy,
				signed_document(),
				NO_TERMS,
			)
			.is_ok()
		},
		Step::Revoke { by, consent } => {
			Registry::revoke(RuntimeOrigin::signed(account(*by)), ConsentId(*consent)).is_ok()
		},
		Step::Wait(time) => {
			set_time(Pallet::<Test>::now().saturating_add(hdx_primitives::Milliseconds(*time)));
			true
		},
	}
}

proptest! {
	#[test]
	fn any_sequence_of_calls_keeps_the_invariants(steps in prop::collection::vec(step(), 0..60)) {
		let mut model = Model::default();
		new_test_ext().execute_with(|| {
			let mut logged = 0;
			for step in &steps {
				let expected = model.expect(step);
				prop_assert_eq!(perform(step), expected, "{:?}", step);
				logged += usize::from(expected && !matches!(step, Step::Wait(_)));
				prop_assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
			}
			prop_assert_eq!(log().len(), logged);
			let now = Pallet::<Test>::now();
			for who in (2u8..5).map(account) {
				let decision =
					<Pallet<Test> as ConsentDecider>::decide(&who, &Request::default(), now);
				prop_assert_eq!(decision.outcome, model.outcome(&who));
			}
			prop_assert_eq!(Consents::<Test>::iter().count(), model.consents.len());
			let listed: usize = ConsentsOf::<Test>::iter_values().map(|list| list.len()).sum();
			let active = model.consents.values().filter(|(_, _, status)| *status == Status::Active);
			prop_assert_eq!(listed, active.count());
			Ok(())
		})?;
	}
}
