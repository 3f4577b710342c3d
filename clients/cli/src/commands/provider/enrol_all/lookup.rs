//! Asking the chain about many, several at once.

use crate::error::Error;
use std::{collections::BTreeMap, future::Future, io, sync::Arc};
use tokio::{sync::Semaphore, task::JoinSet};

/// How many questions are under way at once.
const AT_ONCE: usize = 16;

/// The answers to these questions, in their order.
///
/// # Errors
///
/// The first that comes.
pub async fn all<T, F>(questions: impl IntoIterator<Item = F>) -> Result<Vec<T>, Error>
where
	T: Send + 'static,
	F: Future<Output = Result<T, Error>> + Send + 'static,
{
	let turns = Arc::new(Semaphore::new(AT_ONCE));
	let mut tasks = JoinSet::new();
	for (index, question) in questions.into_iter().enumerate() {
		let turns = Arc::clone(&turns);
		tasks.spawn(async move {
			// Never closed.
			let _turn = turns.acquire().await;
			(index, question.await)
		});
	}
	let mut answers = BTreeMap::new();
	while let Some(ended) = tasks.join_next().await {
		let (index, answer) = ended.map_err(|error| Error::System(io::Error::other(error)))?;
		answers.insert(index, answer?);
	}
	Ok(answers.into_values().collect())
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[tokio::test]
	async fn answers_come_in_the_order_of_the_questions() {
		let questions = (0..100_u32).map(|number| async move {
			for _ in number..100 {
				tokio::task::yield_now().await;
			}
			Ok(number)
		});
		assert_eq!(all(questions).await.unwrap(), (0..100).collect::<Vec<_>>());
	}

	#[tokio::test]
	async fn an_error_is_not_lost_among_answers() {
		let questions = (0..100_u32).map(|number| async move {
			match number {
				57 => Err(Error::Usage("that one".to_owned())),
				_ => Ok(number),
			}
		});
		assert!(all(questions).await.unwrap_err().to_string().contains("that one"));
	}
}
