//! Arguments of a call that are encoded already.

use subxt::ext::scale_encode::{EncodeAsFields, Error, FieldIter, TypeResolver};

/// Arguments of a call as they are in the transaction.
pub struct Encoded(pub Vec<u8>);

impl EncodeAsFields for Encoded {
	fn encode_as_fields_to<R: TypeResolver>(
		&self,
		_: &mut dyn FieldIter<'_, R::TypeId>,
		_: &R,
		out: &mut Vec<u8>,
	) -> Result<(), Error> {
		out.extend_from_slice(&self.0);
		Ok(())
	}
}
