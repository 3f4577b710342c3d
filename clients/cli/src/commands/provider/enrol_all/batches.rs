//! Sending many calls in batches, and waiting where the chain cannot take one now.

use crate::error::Error;
use hdx_sdk::chain::{ChainError, NotTaken, Outcomes};
use std::{
	collections::VecDeque,
	future::Future,
	time::{Duration, Instant},
};

/// Calls in a transaction. A few of these fit into every block, and their units into every bucket
/// that is not nearly empty.
pub const BATCH: usize = 64;

/// How long to wait until a batch that was not taken is tried again: a block.
const PAUSE: Duration = Duration::from_secs(2);

/// What became of an item.
pub type Landed<I, T> = (I, Result<T, Failure>);

/// Why the chain did not do it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
	/// In words.
	pub reason: String,
	/// The name of the pallet's error, where a pallet refused.
	pub refusal: Option<String>,
}

impl Failure {
	/// A failure of which there are words only.
	pub fn new(reason: impl Into<String>) -> Self {
		Self { reason: reason.into(), refusal: None }
	}
}

impl From<&ChainError> for Failure {
	fn from(error: &ChainError) -> Self {
		Self { reason: error.to_string(), refusal: error.refusal().map(str::to_owned) }
	}
}

/// What to do about a batch that is not in a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
	/// Time may help.
	Wait,
	/// Smaller ones may be taken.
	Split,
	/// None of it will be done.
	Failed,
	/// Nothing more can be done at all.
	Stop,
}

fn verdict(error: &ChainError, items: usize) -> Verdict {
	match error {
		ChainError::NotAccepted { reason, .. } => match error.not_taken() {
			Some(NotTaken::TooLarge) if items > 1 => Verdict::Split,
			Some(NotTaken::TooLarge | NotTaken::TooDeep) => Verdict::Failed,
			// A number is in use by a transaction of a run that was stopped, which the node still has. Nobody may answer for
			// the signer as far as the node knows yet.
			Some(
				NotTaken::NoSponsor
				| NotTaken::SponsorExhausted
				| NotTaken::ProtectedExhausted
				| NotTaken::NumberInUse
				| NotTaken::AlreadyThere,
			) => Verdict::Wait,
			None if items > 1 && reason.contains("exhaust") => Verdict::Split,
			None => Verdict::Wait,
		},
		ChainError::Refused { .. } | ChainError::RefusedOtherwise { .. } => Verdict::Failed,
		_ => Verdict::Stop,
	}
}

/// Sends `items` in batches, one after another, and hands over what became of each batch as soon as
/// that is known. Waits up to `patience`, without any of them getting through, for a chain that takes
/// none.
///
/// Whoever sends a batch again must make sure that nothing is done twice: here it is the chain, which
/// enrols an account and registers an operator once.
pub async fn send<I, T, F, S>(
	items: Vec<I>,
	patience: Duration,
	submit: S,
	mut landed: impl FnMut(Vec<Landed<I, T>>) -> Result<(), Error>,
) -> Result<(), Error>
where
	I: Clone,
	F: Future<Output = Result<Outcomes<T>, ChainError>>,
	S: Fn(Vec<I>) -> F,
{
	let mut waiting: VecDeque<Vec<I>> = items.chunks(BATCH).map(<[I]>::to_vec).collect();
	let mut since = Instant::now();
	while let Some(mut batch) = waiting.pop_front() {
		let error = match submit(batch.clone()).await {
			Ok(outcomes) => {
				since = Instant::now();
				let outcomes =
					outcomes.into_iter().map(|one| one.map_err(|error| Failure::from(&error)));
				landed(batch.into_iter().zip(outcomes).collect())?;
				continue;
			},
			Err(error) => error,
		};
		match verdict(&error, batch.len()) {
			Verdict::Wait if since.elapsed() < patience => {
				waiting.push_front(batch);
				tokio::time::sleep(PAUSE).await;
			},
			Verdict::Split => {
				let half = batch.len().div_ceil(2);
				waiting.push_front(batch.split_off(half));
				waiting.push_front(batch);
			},
			Verdict::Wait | Verdict::Failed => {
				let failure = Failure::from(&error);
				let each = batch.into_iter().map(|item| (item, Err(failure.clone())));
				landed(each.collect())?;
			},
			Verdict::Stop => return Err(error.into()),
		}
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

	use super::*;
	use std::{cell::RefCell, future::ready};

	fn not_taken(reason: &str) -> ChainError {
		ChainError::NotAccepted { call: "P::c".to_owned(), reason: reason.to_owned() }
	}

	/// Sends so many numbers; `answer` answers to each try, by its number and the batch.
	async fn run(
		count: usize,
		patience: Duration,
		answer: impl Fn(usize, &[usize]) -> Result<(), ChainError>,
	) -> (Result<(), Error>, Vec<Landed<usize, usize>>, usize) {
		let (tries, mut all) = (RefCell::new(0), Vec::new());
		let submit = |batch: Vec<usize>| {
			*tries.borrow_mut() += 1;
			let answered = answer(*tries.borrow(), &batch);
			ready(answered.map(|()| batch.into_iter().map(Ok).collect()))
		};
		let result = send((0..count).collect(), patience, submit, |landed| {
			all.extend(landed);
			Ok(())
		})
		.await;
		let tries = *tries.borrow();
		(result, all, tries)
	}

	#[tokio::test]
	async fn every_item_lands_once_in_order() {
		let (result, landed, tries) = run(BATCH * 2 + 1, Duration::ZERO, |_, _| Ok(())).await;
		result.unwrap();
		assert_eq!(tries, 3);
		let done: Vec<_> = landed.into_iter().map(|(_, done)| done.unwrap()).collect();
		assert_eq!(done, (0..BATCH * 2 + 1).collect::<Vec<_>>());
	}

	#[tokio::test]
	async fn a_batch_that_a_bucket_cannot_hold_is_sent_in_parts() {
		let (result, landed, _) = run(BATCH, Duration::ZERO, |_, batch| match batch.len() {
			0..=5 => Ok(()),
			_ => Err(not_taken("Custom error: 36")),
		})
		.await;
		result.unwrap();
		let done: Vec<_> = landed.into_iter().map(|(_, done)| done.unwrap()).collect();
		assert_eq!(done, (0..BATCH).collect::<Vec<_>>());
	}

	#[tokio::test]
	async fn a_spent_bucket_is_waited_for() {
		let (result, landed, tries) = run(2, Duration::from_secs(60), |tries, _| match tries {
			1 => Err(not_taken("Custom error: 33")),
			_ => Ok(()),
		})
		.await;
		result.unwrap();
		assert_eq!((landed.len(), tries), (2, 2));
		assert!(landed.iter().all(|(_, done)| done.is_ok()));
	}

	#[tokio::test]
	async fn a_bucket_that_stays_spent_fails_its_items_and_no_others() {
		let (result, landed, _) = run(BATCH + 1, Duration::ZERO, |_, batch| match batch.len() {
			1 => Ok(()),
			_ => Err(not_taken("Custom error: 33")),
		})
		.await;
		result.unwrap();
		let failed = landed.iter().filter(|(_, done)| done.is_err()).count();
		assert_eq!((landed.len(), failed), (BATCH + 1, BATCH));
	}

	#[tokio::test]
	async fn a_connection_that_breaks_stops_it() {
		let (result, landed, tries) = run(BATCH * 2, Duration::ZERO, |tries, _| match tries {
			1 => Ok(()),
			_ => Err(ChainError::Transport("gone".to_owned())),
		})
		.await;
		assert!(result.unwrap_err().to_string().contains("gone"));
		assert_eq!((landed.len(), tries), (BATCH, 2));
	}
}
