//! Whatever is called in whatever order: an appeal ends only as it may, and nobody has any power by an
//! account that was given up.
//!
//! The reference knows only which calls succeeded. It never looks at what is stored.

use crate::{mock::*, *};
use frame_support::traits::UnfilteredDispatchable;
use hdx_primitives::{
	take_over_agreement, AccountId, Agreement, AppealId, Commitment, InstitutionId, Period, Role,
};
use proptest::{collection::vec, prelude::*, sample::select};
use sp_core::Pair;
use std::collections::{BTreeMap, BTreeSet};

const PEOPLE: u8 = 4;

/// The account of one of those who are enrolled, or to whom others are rotated.
fn person(index: u8) -> AccountId {
	pair(200 + index).public().into()
}

/// An account that may become an operator's, besides those of the start.
fn office(index: u8) -> AccountId {
	match index {
		0 => hospital_operator(),
		1 => clinic_operator(),
		other => account(160 + other),
	}
}

#[derive(Clone, Debug)]
enum Step {
	Enrol { at: u32, who: u8 },
	ByHome { who: u8, status: PractitionerStatus },
	ByGovernance { who: u8, status: PractitionerStatus },
	Institution { at: u32, status: InstitutionStatus },
	Remove { who: u8 },
	Rotate { who: u8, to: u8 },
	Offer { who: u8, to: u32 },
	Accept { who: u8, to: u32 },
	TakeOver { who: u8, to: u32 },
	Replace { from: u8, to: u8 },
	Appeal { who: AccountId },
	Withdraw { who: AccountId, appeal: u64 },
	Decide { appeal: u64, outcome: AppealOutcome },
	Wait(u64),
}

fn steps() -> impl Strategy<Value = Step> {
	let who = || 0..PEOPLE;
	let at = || 0u32..2;
	let status = || {
		select(vec![
			PractitionerStatus::Active,
			PractitionerStatus::Suspended(SuspensionReason::Investigation),
			PractitionerStatus::Suspended(SuspensionReason::Order),
		])
	};
	let of_institution = select(vec![
		InstitutionStatus::Active,
		InstitutionStatus::Active,
		InstitutionStatus::Suspended(REASON),
		InstitutionStatus::Closed,
	]);
	let appellant = || prop_oneof![3 => who().prop_map(person), 1 => (0u8..4).prop_map(office)];
	let outcome = select(vec![AppealOutcome::Upheld, AppealOutcome::Dismissed]);
	prop_oneof![
		6 => (at(), who()).prop_map(|(at, who)| Step::Enrol { at, who }),
		6 => (who(), status()).prop_map(|(who, status)| Step::ByHome { who, status }),
		2 => (who(), status()).prop_map(|(who, status)| Step::ByGovernance { who, status }),
		2 => (at(), of_institution).prop_map(|(at, status)| Step::Institution { at, status }),
		2 => who().prop_map(|who| Step::Remove { who }),
		2 => (who(), who()).prop_map(|(who, to)| Step::Rotate { who, to }),
		2 => (who(), at()).prop_map(|(who, to)| Step::Offer { who, to }),
		2 => (who(), at()).prop_map(|(who, to)| Step::Accept { who, to }),
		3 => (who(), at()).prop_map(|(who, to)| Step::TakeOver { who, to }),
		1 => (0u8..6, 0u8..6).prop_map(|(from, to)| Step::Replace { from, to }),
		6 => appellant().prop_map(|who| Step::Appeal { who }),
		1 => (appellant(), 0u64..8).prop_map(|(who, appeal)| Step::Withdraw { who, appeal }),
		1 => (0u64..8, outcome).prop_map(|(appeal, outcome)| Step::Decide { appeal, outcome }),
		1 => (0..2 * HOUR).prop_map(Step::Wait),
	]
}

/// What the successful calls add up to.
struct Reference {
	operators: [AccountId; 2],
	/// Of each account that was given up the one that followed.
	successors: BTreeMap<AccountId, AccountId>,
	open: BTreeMap<AppealId, Appellant>,
	filed: u64,
}

impl Reference {
	fn new() -> Self {
		Self {
			operators: [hospital_operator(), clinic_operator()],
			successors: BTreeMap::new(),
			open: BTreeMap::new(),
			filed: 0,
		}
	}

	fn operator(&self, at: InstitutionId) -> AccountId {
		self.operators[at.0 as usize].clone()
	}

	/// The account under which whoever had this one goes on.
	fn now(&self, mut account: AccountId) -> AccountId {
		while let Some(next) = self.successors.get(&account) {
			account = next.clone();
		}
		account
	}

	fn is_answered(&mut self, appellant: &Appellant) {
		self.open.retain(|_, it| it != appellant);
	}

	/// What a successful step does.
	fn follow(&mut self, step: &Step) {
		match step {
			Step::ByGovernance { who, .. } => {
				let account = self.now(person(*who));
				self.is_answered(&Appellant::Practitioner(account));
			},
			Step::Institution { at, .. } => {
				self.is_answered(&Appellant::Institution(InstitutionId(*at)));
			},
			Step::Rotate { who, to } => {
				let (from, to) = (person(*who), person(*to));
				let old = Appellant::Practitioner(from.clone());
				for appellant in self.open.values_mut().filter(|it| **it == old) {
					*appellant = Appellant::Practitioner(to.clone());
				}
				self.successors.insert(from, to);
			},
			Step::Replace { from, to } => {
				let (from, to) = (office(*from), office(*to));
				self.operators.iter_mut().filter(|it| **it == from).for_each(|it| *it = to.clone());
				self.successors.insert(from, to);
			},
			Step::Appeal { who } => {
				let institution = self.operators.iter().position(|it| it == who);
				let appellant = match institution {
					Some(at) => Appellant::Institution(InstitutionId(at as u32)),
					None => Appellant::Practitioner(who.clone()),
				};
				self.open.insert(AppealId(self.filed), appellant);
				self.filed += 1;
			},
			Step::Withdraw { appeal, .. } | Step::Decide { appeal, .. } => {
				self.open.remove(&AppealId(*appeal));
			},
			_ => {},
		}
	}
}

/// The call of a step and who makes it; governance where nobody signs.
fn call_of(step: &Step, reference: &Reference) -> Option<(Option<AccountId>, Call<Test>)> {
	let home_of = |who: &AccountId| {
		let home = Practitioners::<Test>::get(who).map_or(HOSPITAL, |stored| stored.enrolled_by);
		(home, reference.operator(home))
	};
	let kind = CredentialKind::Employment;
	let valid = Period::default();
	Some(match step {
		Step::Enrol { at, who } => {
			let call = Call::enrol_practitioner {
				practitioner: person(*who),
				roles: roles(&[Role::Nurse]),
				credential_kind: kind,
				credential_commitment: fresh_commitment(),
				credential_valid: valid,
				key_agreement: [8; 32],
			};
			(Some(reference.operator(InstitutionId(*at))), call)
		},
		Step::ByHome { who, status } => {
			let (practitioner, status) = (person(*who), *status);
			let (_, operator) = home_of(&practitioner);
			(Some(operator), Call::set_practitioner_status { practitioner, status })
		},
		Step::ByGovernance { who, status } => {
			let (practitioner, status) = (person(*who), *status);
			(None, Call::set_practitioner_status { practitioner, status })
		},
		Step::Institution { at, status } => {
			let (institution, status) = (InstitutionId(*at), *status);
			(None, Call::set_institution_status { institution, status })
		},
		Step::Remove { who } => {
			let practitioner = person(*who);
			let (_, operator) = home_of(&practitioner);
			(Some(operator), Call::remove_practitioner { practitioner })
		},
		Step::Rotate { who, to } => {
			let (practitioner, new) = (person(*who), person(*to));
			let (_, operator) = home_of(&practitioner);
			let agreement = agree_to_follow(&pair(200 + to), &practitioner, &new);
			let (key_agreement, second_factor) = (NEW_KEY, None);
			let call =
				Call::rotate_account { practitioner, new, key_agreement, agreement, second_factor };
			(Some(operator), call)
		},
		Step::Offer { who, to } => {
			let practitioner = person(*who);
			let (_, operator) = home_of(&practitioner);
			(Some(operator), Call::offer_transfer { practitioner, to: InstitutionId(*to) })
		},
		Step::Accept { who, to } => {
			let call = Call::accept_transfer {
				practitioner: person(*who),
				credential_kind: kind,
				credential_commitment: fresh_commitment(),
				credential_valid: valid,
			};
			(Some(reference.operator(InstitutionId(*to))), call)
		},
		Step::TakeOver { who, to } => {
			let (practitioner, to) = (person(*who), InstitutionId(*to));
			let (home, _) = home_of(&practitioner);
			let valid_until = agreed_until();
			let genesis = System::block_hash(0);
			let payload = take_over_agreement(&genesis, &practitioner, home, to, valid_until);
			let signature = pair(200 + who).sign(&payload).into();
			let call = Call::take_over {
				practitioner,
				agreement: Agreement { signature, valid_until },
				credential_kind: kind,
				credential_commitment: fresh_commitment(),
				credential_valid: valid,
			};
			(Some(reference.operator(to)), call)
		},
		Step::Replace { from, to } => {
			(None, Call::replace_account { from: office(*from), to: office(*to) })
		},
		Step::Appeal { who } => {
			(Some(who.clone()), Call::appeal { statement: Commitment([1; 32]) })
		},
		Step::Withdraw { who, appeal } => {
			(Some(who.clone()), Call::withdraw_appeal { appeal: AppealId(*appeal) })
		},
		Step::Decide { appeal, outcome } => {
			(None, Call::decide_appeal { appeal: AppealId(*appeal), outcome: *outcome })
		},
		Step::Wait(_) => return None,
	})
}

fn run(signer: Option<AccountId>, call: Call<Test>) -> bool {
	let origin = signer.map_or_else(RuntimeOrigin::root, signed);
	frame_support::storage::with_storage_layer(|| call.dispatch_bypass_filter(origin)).is_ok()
}

/// Everybody who holds anything in the registry.
fn in_office() -> BTreeSet<AccountId> {
	InstitutionByOperator::<Test>::iter_keys()
		.chain(IssuerByAccount::<Test>::iter_keys())
		.chain(Oracles::<Test>::iter_keys())
		.chain(Practitioners::<Test>::iter_keys())
		.chain(Members::<Test>::iter_keys().map(|(_, who)| who))
		.chain(SecondKeys::<Test>::iter_keys())
		.collect()
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

	#[test]
	fn appeals_end_only_as_they_may_and_accounts_that_were_given_up_hold_nothing(
		steps in vec(steps(), 20..90),
	) {
		new_test_ext().execute_with(|| {
			let mut reference = Reference::new();
			for step in steps {
				if let Step::Wait(time) = step {
					wait(time);
				}
				let Some((signer, call)) = call_of(&step, &reference) else { continue };
				if run(signer, call) {
					reference.follow(&step);
				}
				let open: BTreeMap<_, _> =
					Appeals::<Test>::iter().map(|(id, appeal)| (id, appeal.appellant)).collect();
				prop_assert_eq!(&open, &reference.open, "{:?}", step);
				let in_office = in_office();
				for account in reference.successors.keys() {
					prop_assert!(!in_office.contains(account), "{:?}", step);
				}
				for (at, operator) in reference.operators.iter().enumerate() {
					let stored = Institutions::<Test>::get(InstitutionId(at as u32)).unwrap();
					prop_assert_eq!(&stored.operator, operator);
				}
				let told: BTreeSet<_> = given_up().into_iter().collect();
				prop_assert_eq!(told, reference.successors.keys().cloned().collect());
				prop_assert_eq!(ProviderRegistry::do_try_state(), Ok(()), "{:?}", step);
			}
			Ok(())
		})?;
	}
}

/// The steps of the property meet each other: each succeeds in some sequence of these.
#[test]
fn the_steps_of_the_property_succeed() {
	let suspended = PractitionerStatus::Suspended(REASON);
	let steps = [
		Step::Enrol { at: 0, who: 0 },
		Step::ByHome { who: 0, status: suspended },
		Step::Appeal { who: person(0) },
		Step::Rotate { who: 0, to: 1 },
		Step::Decide { appeal: 0, outcome: AppealOutcome::Upheld },
		Step::ByGovernance { who: 0, status: suspended },
		Step::Appeal { who: person(1) },
		Step::Withdraw { who: person(1), appeal: 1 },
		Step::Institution { at: 0, status: InstitutionStatus::Closed },
		Step::TakeOver { who: 1, to: 1 },
		Step::Institution { at: 0, status: InstitutionStatus::Active },
		Step::Offer { who: 1, to: 0 },
		Step::Accept { who: 1, to: 0 },
		Step::ByGovernance { who: 0, status: PractitionerStatus::Active },
		Step::Replace { from: 0, to: 2 },
		Step::Remove { who: 1 },
	];
	test(|| {
		let mut reference = Reference::new();
		for step in steps {
			let (signer, call) = call_of(&step, &reference).unwrap();
			assert!(run(signer, call), "{step:?}");
			reference.follow(&step);
			wait(1);
		}
	});
}
