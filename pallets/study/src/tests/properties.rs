//! What holds after any calls in any order.

use crate::{mock::*, Error, Pallet};
use frame_support::dispatch::DispatchResult;
use hdx_primitives::{StudyId, H256};
use proptest::{collection::vec, prelude::*};
use std::collections::BTreeSet;

/// What may be done.
#[derive(Clone, Copy, Debug)]
enum Step {
	Register,
	Attest(u64),
	Enrol(u32, u64),
	Close(u32),
	Publish(u32),
	Wait(u64),
}

fn any_step() -> impl Strategy<Value = Step> {
	let study = || 0..3u32;
	prop_oneof![
		2 => Just(Step::Register),
		2 => (0..6u64).prop_map(Step::Attest),
		16 => (study(), 1..7u64).prop_map(|(study, nullifier)| Step::Enrol(study, nullifier)),
		1 => study().prop_map(Step::Close),
		2 => study().prop_map(Step::Publish),
		2 => (0..1_200u64).prop_map(Step::Wait),
	]
}

/// A study, as it ought to be.
#[derive(Default)]
struct Counted {
	nullifiers: BTreeSet<u64>,
	is_closed: bool,
	has_results: bool,
}

/// The chain, as it ought to be.
struct Model {
	studies: Vec<Counted>,
	attested: BTreeSet<u64>,
	now: u64,
}

impl Model {
	fn study(&mut self, study: u32) -> Result<&mut Counted, Error<Test>> {
		self.studies.get_mut(study as usize).ok_or(Error::StudyUnknown)
	}

	/// Does it here, and tells why not.
	fn apply(&mut self, step: Step) -> Result<(), Error<Test>> {
		let has_ended = self.now >= UNTIL;
		let is_attested = !self.attested.is_empty();
		match step {
			Step::Register if self.studies.len() == STUDIES as usize => {
				return Err(Error::TooManyStudies)
			},
			Step::Register if has_ended => return Err(Error::PeriodEmpty),
			Step::Register => self.studies.push(Counted::default()),
			Step::Attest(0) => return Err(Error::EmptyLeaf),
			Step::Attest(leaf) if !self.attested.insert(leaf) => {
				return Err(Error::AlreadyAttested)
			},
			Step::Attest(_) => {},
			Step::Enrol(study, nullifier) => {
				let counted = self.study(study)?;
				if counted.is_closed {
					return Err(Error::StudyClosed);
				}
				if has_ended {
					return Err(Error::StudyEnded);
				}
				if !is_attested {
					return Err(Error::AttestationsUnknown);
				}
				if !counted.nullifiers.insert(nullifier) {
					return Err(Error::AlreadyCounted);
				}
			},
			Step::Close(study) => {
				let counted = self.study(study)?;
				if counted.is_closed {
					return Err(Error::StudyClosed);
				}
				counted.is_closed = true;
			},
			Step::Publish(study) => {
				let counted = self.study(study)?;
				if !counted.is_closed && !has_ended {
					return Err(Error::StudyStillOpen);
				}
				if counted.nullifiers.len() < SMALLEST as usize {
					return Err(Error::CohortNotReached);
				}
				if counted.has_results {
					return Err(Error::ResultsPublished);
				}
				counted.has_results = true;
			},
			Step::Wait(more) => self.now += more,
		}
		Ok(())
	}
}

/// Does it on the chain. Where nothing can be proven, what is sent is no proof.
fn on_the_chain(step: Step, now: u64) -> DispatchResult {
	match step {
		Step::Register => register(terms()),
		Step::Attest(leaf) => attest(leaf),
		Step::Enrol(study, nullifier) => {
			let (study, rest) = (StudyId(study), unproven(nullifier));
			let is_provable =
				Study::study(study).is_some() && Study::attestation_root(0, 1).is_some();
			let proof = if is_provable { prove(&sender(), study, rest) } else { rest };
			send(study, &proof)
		},
		Step::Close(study) => Study::close_study(signed(OPERATOR), StudyId(study)),
		Step::Publish(study) => {
			Study::publish_results(signed(OPERATOR), StudyId(study), H256([8; 32]))
		},
		Step::Wait(_) => {
			at(now);
			Ok(())
		},
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	/// Each is counted once, in time, and results are about cohorts.
	#[test]
	fn the_chain_counts_as_the_model_does(steps in vec(any_step(), 1..60)) {
		new_test_ext().execute_with(|| {
			let mut model = Model { studies: Vec::new(), attested: BTreeSet::new(), now: NOW };
			for step in steps {
				let expected: DispatchResult = model.apply(step).map_err(Into::into);
				prop_assert_eq!(on_the_chain(step, model.now), expected, "{:?}", step);
				prop_assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
			}
			for (number, counted) in (0..).zip(&model.studies) {
				let record = Study::study(StudyId(number)).unwrap();
				prop_assert_eq!(record.count as usize, counted.nullifiers.len());
				prop_assert_eq!(record.results.is_some(), counted.has_results);
			}
			prop_assert_eq!(log().len(), model.entries());
			Ok(())
		})?;
	}
}

impl Model {
	/// How many entries the log has: one for each thing that was done.
	fn entries(&self) -> usize {
		let of_study = |study: &Counted| {
			1 + study.nullifiers.len()
				+ usize::from(study.is_closed)
				+ usize::from(study.has_results)
		};
		self.attested.len() + self.studies.iter().map(of_study).sum::<usize>()
	}
}
