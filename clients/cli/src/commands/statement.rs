//! Statements: documents that stay with their owners, and of which the chain gets a salted hash.

use super::Context;
use crate::{document::Document, error::Error};
use hdx_primitives::Commitment;
use hdx_sdk::chain::ChainError;
use std::{future::Future, path::PathBuf};

/// What came of telling the chain of a statement.
pub struct Told<T> {
	/// What the chain answered.
	pub answer: T,
	/// What it has of the statement, in hexadecimal.
	pub commitment: String,
	/// The file with the salt, which opens the commitment together with the statement.
	pub salt_file: PathBuf,
}

/// Commits to a statement, and tells the chain by the call that `call` makes with the commitment.
///
/// The salt is on disk before the chain can have the commitment, which nobody opens without it. It goes again
/// where the chain refuses, so that the statement can be made anew, and stays where nobody knows what the chain did.
pub async fn commit_and_tell<T, F>(
	statement: &Document,
	call: impl FnOnce(Commitment) -> F,
	context: &Context,
) -> Result<Told<T>, Error>
where
	F: Future<Output = Result<T, ChainError>>,
{
	let committed = statement.commit()?;
	let commitment = committed.commitment;
	let progress = context.output.progress("waiting until it is final");
	let result = call(commitment).await;
	drop(progress);
	let (answer, salt_file) = committed.keep_unless_refused(result)?;
	let commitment = format!("0x{}", hex::encode(commitment.0));
	Ok(Told { answer, commitment, salt_file })
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::{document, output::Output};

	#[tokio::test]
	async fn the_salt_is_there_when_the_chain_is_told_and_goes_with_a_refusal() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("answer.pdf");
		let salt = directory.path().join("answer.pdf.salt");
		std::fs::write(&file, "It is amended.").unwrap();
		let statement = Document::read(&file).unwrap();
		let context = Context { url: String::new(), output: Output::new(true) };

		let refusing = |_: Commitment| async {
			assert!(salt.exists());
			Err::<(), _>(ChainError::RefusedOtherwise { call: "a".into(), reason: "b".into() })
		};
		let error = commit_and_tell(&statement, refusing, &context).await.err().unwrap();
		assert!(matches!(error, Error::Chain(_)), "{error}");
		assert!(!salt.exists());

		let taking = |hash: Commitment| async move { Ok(hash) };
		let told = commit_and_tell(&statement, taking, &context).await.unwrap();
		assert_eq!(told.commitment, format!("0x{}", hex::encode(told.answer.0)));
		assert_eq!(told.salt_file, salt);
		assert_eq!(document::reopen(&file, &salt).unwrap(), told.answer);
	}
}
