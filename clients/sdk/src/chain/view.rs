//! Calling view functions.

use super::{at::unreadable, AtBlock, Chain, ChainError};
use codec::{Decode, Encode};
use subxt::{rpcs::rpc_params, view_functions::Payload};

/// The runtime API behind all view functions.
const CALL: &str = "RuntimeViewFunction_execute_view_function";
/// Bytes of the number by which the runtime finds a function.
const FUNCTION_ID: usize = 32;

impl Chain {
	/// Calls a view function in the state of a block, and decodes what it returns.
	///
	/// subxt (0.51.1) calls them without the length of the arguments, which the runtime refuses, and
	/// asks again for ever. So only the encoding of the arguments and the check that the function is
	/// the one this program was built for are subxt's.
	pub(super) async fn view<P: Payload, R: Decode>(
		&self,
		block: AtBlock,
		query: P,
	) -> Result<R, ChainError> {
		let at = self.state(block).await?;
		let views = at.view_functions();
		views.validate(&query).map_err(ChainError::transport)?;
		let name = query.function_name().to_owned();
		let encoded = views.encode_args(query).map_err(ChainError::transport)?;
		let broken = |why: &str| ChainError::Transport(format!("the view function {name}: {why}"));
		let (function, arguments) =
			encoded.split_at_checked(FUNCTION_ID).ok_or_else(|| broken("it has no number"))?;
		let call = [function, &arguments.encode()].concat();
		let params = rpc_params![CALL, format!("0x{}", hex::encode(call)), at.block_hash()];
		let answer: String =
			self.request("state_call", params).await.map_err(|error| unreadable(block, error))?;
		let bytes = hex::decode(answer.trim_start_matches("0x")).map_err(ChainError::transport)?;
		// What the runtime says where it cannot call a function is one byte.
		let returned = Result::<Vec<u8>, u8>::decode(&mut &*bytes)
			.map_err(|_| broken("the node's answer cannot be read"))?
			.map_err(|error| broken(&format!("the runtime refuses to call it (error {error})")))?;
		R::decode(&mut &*returned).map_err(|_| broken("what it returns cannot be read"))
	}
}
