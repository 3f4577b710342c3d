//! What holds after any calls and sessions in any order.

use crate::{mock::*, Error, Pallet};
use pallet_session::Error as SessionError;
use proptest::{collection::vec, prelude::*};
use sp_runtime::{DispatchError, DispatchResult};
use std::collections::{BTreeMap, BTreeSet};

/// What may be done.
#[derive(Clone, Debug)]
enum Step {
	Add(u8, u32),
	Remove(u8),
	SetKeys(u8, u64),
	SetTerms(u32, u32),
	Suspend(u32),
	ReinstateAll,
	Offend(u8, u32),
	Reinstate(u8),
	NextSession,
}

fn any_step() -> impl Strategy<Value = Step> {
	let who = || 0..10u8;
	prop_oneof![
		6 => (who(), 0..6u32).prop_map(|(who, institution)| Step::Add(who, institution)),
		4 => who().prop_map(Step::Remove),
		8 => (who(), 0..14u64).prop_map(|(who, keys)| Step::SetKeys(who, keys)),
		2 => (0..7u32, 0..12u32).prop_map(|(least, cooldown)| Step::SetTerms(least, cooldown)),
		2 => (0..6u32).prop_map(Step::Suspend),
		1 => Just(Step::ReinstateAll),
		3 => (who(), 0..4u32).prop_map(|(who, ago)| Step::Offend(who, ago)),
		2 => who().prop_map(Step::Reinstate),
		8 => Just(Step::NextSession),
	]
}

/// A validator, as it ought to be.
#[derive(Clone)]
struct Expected {
	who: u8,
	institution: u32,
	noted: Option<u64>,
	changed_in: Option<u32>,
}

/// The set, as it ought to be.
struct Model {
	set: Vec<Expected>,
	former: BTreeSet<u8>,
	keys: BTreeMap<u8, u64>,
	suspended: BTreeSet<u32>,
	disabled: BTreeSet<u8>,
	reinstated_in: BTreeMap<u8, u32>,
	minimum: u32,
	cooldown: u32,
	session: u32,
	validating: Vec<u8>,
	queued: Vec<u8>,
}

impl Model {
	/// The chain of [`new_test_ext`].
	fn new() -> Self {
		let first = 0..MINIMUM as u8;
		Self {
			set: first
				.clone()
				.map(|who| Expected {
					who,
					institution: who.into(),
					noted: Some(who.into()),
					changed_in: None,
				})
				.collect(),
			former: BTreeSet::new(),
			keys: first.clone().map(|who| (who, who.into())).collect(),
			suspended: BTreeSet::new(),
			disabled: BTreeSet::new(),
			reinstated_in: BTreeMap::new(),
			minimum: MINIMUM,
			cooldown: COOLDOWN,
			session: 0,
			validating: first.clone().collect(),
			queued: first.collect(),
		}
	}

	/// Does it here, and tells why not.
	fn apply(&mut self, step: &Step) -> DispatchResult {
		match *step {
			Step::Add(who, institution) => self.add(who, institution)?,
			Step::Remove(who) => self.remove(who)?,
			Step::SetKeys(who, keys) => self.set_keys(who, keys)?,
			Step::SetTerms(minimum, cooldown) => self.set_terms(minimum, cooldown)?,
			Step::Suspend(institution) => {
				self.suspended.insert(institution);
			},
			Step::ReinstateAll => self.suspended.clear(),
			Step::Offend(who, ago) => self.offend(who, ago),
			Step::Reinstate(who) => self.reinstate(who)?,
			Step::NextSession => self.next_session(),
		}
		Ok(())
	}

	fn find(&self, who: u8) -> Option<&Expected> {
		self.set.iter().find(|validator| validator.who == who)
	}

	fn ready(&self) -> Vec<&Expected> {
		self.set.iter().filter(|validator| self.keys.contains_key(&validator.who)).collect()
	}

	fn add(&mut self, who: u8, institution: u32) -> Result<(), Error<Test>> {
		if self.suspended.contains(&institution) {
			return Err(Error::InstitutionNotActive);
		}
		if self.former.contains(&who) {
			return Err(Error::AccountSpent);
		}
		if self.find(who).is_some() {
			return Err(Error::AlreadyValidator);
		}
		let others = self.set.iter().filter(|other| other.institution == institution).count();
		if others == MOST_OF_ONE as usize {
			return Err(Error::TooManyOfInstitution);
		}
		if self.set.len() == MOST as usize {
			return Err(Error::TooManyValidators);
		}
		self.set.push(Expected { who, institution, noted: None, changed_in: None });
		Ok(())
	}

	fn remove(&mut self, who: u8) -> Result<(), Error<Test>> {
		if self.find(who).is_none() {
			return Err(Error::NotAValidator);
		}
		if self.keys.contains_key(&who) && self.ready().len() <= self.minimum as usize {
			return Err(Error::BelowMinimum);
		}
		self.set.retain(|validator| validator.who != who);
		self.keys.remove(&who);
		self.former.insert(who);
		Ok(())
	}

	fn set_keys(&mut self, who: u8, keys: u64) -> Result<(), SessionError<Test>> {
		let validator = self.find(who).ok_or(SessionError::<Test>::NoAssociatedValidatorId)?;
		if validator.changed_in.is_some_and(|session| session + self.cooldown > self.session) {
			return Err(SessionError::NoAssociatedValidatorId);
		}
		if self.keys.iter().any(|(other, theirs)| *other != who && *theirs == keys) {
			return Err(SessionError::DuplicatedKey);
		}
		self.keys.insert(who, keys);
		Ok(())
	}

	fn set_terms(&mut self, minimum: u32, cooldown: u32) -> Result<(), Error<Test>> {
		if minimum == 0 {
			return Err(Error::MinimumIsZero);
		}
		if cooldown > LONGEST_COOLDOWN {
			return Err(Error::CooldownTooLong);
		}
		if self.ready().len() < minimum as usize {
			return Err(Error::MinimumNotMet);
		}
		(self.minimum, self.cooldown) = (minimum, cooldown);
		Ok(())
	}

	fn offend(&mut self, who: u8, ago: u32) {
		let session = self.session.saturating_sub(ago);
		let is_settled = self.reinstated_in.get(&who).is_some_and(|first| session < *first);
		if self.find(who).is_some() && !is_settled {
			self.disabled.insert(who);
		}
	}

	fn reinstate(&mut self, who: u8) -> Result<(), Error<Test>> {
		if self.find(who).is_none() {
			return Err(Error::NotAValidator);
		}
		if !self.disabled.remove(&who) {
			return Err(Error::NotDisabled);
		}
		self.reinstated_in.insert(who, self.session + 2);
		Ok(())
	}

	/// Those that validate and are disabled. All of them make no blocks, unless these are a third.
	fn disabled_now(&self) -> usize {
		self.validating.iter().filter(|who| self.disabled.contains(who)).count()
	}

	fn next_session(&mut self) {
		self.session += 1;
		for validator in &mut self.set {
			let Some(keys) = self.keys.get(&validator.who).copied() else { continue };
			if validator.noted.is_some_and(|noted| noted != keys) {
				validator.changed_in = Some(self.session);
			}
			validator.noted = Some(keys);
		}
		let (disabled, others): (Vec<_>, Vec<_>) =
			self.ready().into_iter().partition(|validator| self.disabled.contains(&validator.who));
		let (active, inactive): (Vec<_>, Vec<_>) = others
			.into_iter()
			.partition(|validator| !self.suspended.contains(&validator.institution));
		let missing = (self.minimum as usize).saturating_sub(active.len());
		let inactive: Vec<_> = inactive.into_iter().take(missing).collect();
		// Fewer than a third of all with keys are left out for being disabled.
		let too_many = disabled.len().saturating_sub((self.keys.len() - 1) / 3);
		let kept = too_many.max(missing - inactive.len());
		let chosen: BTreeSet<u8> = active
			.into_iter()
			.chain(inactive)
			.chain(disabled.into_iter().take(kept))
			.map(|validator| validator.who)
			.collect();
		let in_order = self.set.iter().map(|validator| validator.who);
		let chosen = in_order.filter(|who| chosen.contains(who)).collect();
		self.validating = std::mem::replace(&mut self.queued, chosen);
	}
}

fn state() -> Vec<u8> {
	sp_io::storage::root(sp_core::storage::StateVersion::V1)
}

/// Does it on the chain.
fn run(step: &Step) -> DispatchResult {
	match *step {
		Step::Add(who, institution) => add(who, institution),
		Step::Remove(who) => remove(who),
		Step::SetKeys(who, keys) => set_keys(who, keys),
		Step::SetTerms(minimum, cooldown) => set_terms(minimum, cooldown),
		Step::Suspend(institution) => {
			suspend(institution);
			Ok(())
		},
		Step::ReinstateAll => {
			reinstate_all();
			Ok(())
		},
		Step::Offend(who, ago) => {
			let now = pallet_session::CurrentIndex::<Test>::get();
			offend([who], now.saturating_sub(ago));
			Ok(())
		},
		Step::Reinstate(who) => reinstate(who),
		Step::NextSession => {
			next_session();
			Ok(())
		},
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

	/// Each call succeeds exactly when it should, and fails for the reason it should; a refusal changes nothing. Who
	/// validates now and next is who should, and there are never fewer planned than the minimum.
	#[test]
	fn the_set_does_what_it_should(steps in vec(any_step(), 20..80)) {
		new_test_ext().execute_with(|| {
			let mut model = Model::new();
			for step in steps {
				let before = state();
				let expected: Result<(), DispatchError> = model.apply(&step);
				let result = run(&step);
				prop_assert_eq!(result, expected, "{:?}", step);
				if result.is_err() {
					prop_assert_eq!(state(), before);
				}
				prop_assert_eq!(validating(), accounts(model.validating.clone()), "{:?}", step);
				prop_assert_eq!(queued(), accounts(model.queued.clone()), "{:?}", step);
				prop_assert_eq!(Pallet::<Test>::do_try_state(), Ok(()), "{:?}", step);
				let limit = model.validating.len().saturating_sub(1) / 3;
				let kept = kept_from_blocks().len();
				prop_assert!(kept <= limit && kept <= model.disabled_now(), "{:?}", step);
				if let Step::NextSession = step {
					prop_assert_eq!(kept, limit.min(model.disabled_now()));
					prop_assert!(model.queued.len() >= model.minimum as usize);
				}
			}
			Ok(())
		})?;
	}
}
