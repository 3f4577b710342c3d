//! Readers of what a node answers, and of calls that people write.

use super::{governance, view, ChainError};
use codec::Decode;
use scale_info::PortableRegistry;
use serde_json::Value as Json;

/// What a view function returned, in the answer of a node.
///
/// # Errors
///
/// [`ChainError::Transport`].
pub fn view_answer<R: Decode>(answer: &str) -> Result<R, ChainError> {
	view::returned("of the fuzz target", answer)
}

/// A value of the state, in the answer of a node.
///
/// # Errors
///
/// [`ChainError::Transport`].
pub fn stored_value<T: Decode>(answer: &str) -> Result<T, ChainError> {
	governance::read_value(answer)
}

/// A call of the type `id`, encoded. The error is what does not fit, in words.
///
/// # Errors
///
/// Whatever does not fit.
pub fn call_of_json(types: &PortableRegistry, id: u32, call: &Json) -> Result<Vec<u8>, String> {
	governance::written(types, id, call)
}
