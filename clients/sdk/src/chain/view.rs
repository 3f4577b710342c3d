//! Calling view functions.

use super::{at::unreadable, AtBlock, Chain, ChainError};
use codec::{Decode, Encode};
use sp_core::H256;
use subxt::{rpcs::rpc_params, view_functions::Payload};

/// The runtime API behind all view functions.
const CALL: &str = "RuntimeViewFunction_execute_view_function";
/// Bytes of the number by which the runtime finds a function.
const FUNCTION_ID: usize = 32;

/// A question that can be asked again and again: a view function with its arguments, in the state of a block.
pub(super) struct Question {
	name: String,
	/// What the node is sent.
	call: String,
	block: AtBlock,
	hash: H256,
}

impl Question {
	/// What the view function returned.
	fn read<R: Decode>(&self, answer: &str) -> Result<R, ChainError> {
		returned(&self.name, answer)
	}
}

/// What the view function of this name returned, in the answer of a node.
pub(super) fn returned<R: Decode>(name: &str, answer: &str) -> Result<R, ChainError> {
	let bytes = hex::decode(answer.trim_start_matches("0x")).map_err(ChainError::transport)?;
	// What the runtime says where it cannot call a function is one byte.
	let returned = Result::<Vec<u8>, u8>::decode(&mut &*bytes)
		.map_err(|_| broken(name, "the node's answer cannot be read"))?
		.map_err(|error| {
			broken(name, &format!("the runtime refuses to call it (error {error})"))
		})?;
	R::decode(&mut &*returned).map_err(|_| broken(name, "what it returns cannot be read"))
}

fn broken(name: &str, why: &str) -> ChainError {
	ChainError::Transport(format!("the view function {name}: {why}"))
}

impl Chain {
	/// Calls a view function in the state of a block, and decodes what it returns.
	pub(super) async fn view<P: Payload, R: Decode>(
		&self,
		block: AtBlock,
		query: P,
	) -> Result<R, ChainError> {
		self.ask(&self.question(block, query).await?).await
	}

	/// Prepares a call of a view function.
	///
	/// subxt (0.51.1) calls them without the length of the arguments, which the runtime refuses, and
	/// asks again for ever. So only the encoding of the arguments and the check that the function is
	/// the one this program was built for are subxt's.
	pub(super) async fn question<P: Payload>(
		&self,
		block: AtBlock,
		query: P,
	) -> Result<Question, ChainError> {
		let at = self.state(block).await?;
		let views = at.view_functions();
		views.validate(&query).map_err(ChainError::transport)?;
		let name = query.function_name().to_owned();
		let encoded = views.encode_args(query).map_err(ChainError::transport)?;
		let (function, arguments) = encoded
			.split_at_checked(FUNCTION_ID)
			.ok_or_else(|| broken(&name, "it has no number"))?;
		let call = [function, &arguments.encode()].concat();
		let call = format!("0x{}", hex::encode(call));
		Ok(Question { name, call, block, hash: at.block_hash() })
	}

	/// Asks it: one call of the node.
	pub(super) async fn ask<R: Decode>(&self, question: &Question) -> Result<R, ChainError> {
		let params = rpc_params![CALL, &question.call, question.hash];
		let answer: String = self
			.request("state_call", params)
			.await
			.map_err(|error| unreadable(question.block, error))?;
		question.read(&answer)
	}
}
