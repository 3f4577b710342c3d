//! Calls, by the metadata of the chain.

use crate::chain::{Chain, ChainError};
use serde_json::{Map, Value as Json};
use subxt::{
	ext::scale_value::{Composite, Primitive, Value, ValueDef},
	metadata::Metadata,
};

/// What a call says.
#[derive(Clone, PartialEq, Debug)]
pub struct CallText {
	/// The pallet.
	pub pallet: String,
	/// The call.
	pub call: String,
	/// What the runtime's authors say that it does: the first paragraph.
	pub about: String,
	/// Its arguments by name; bytes in hexadecimal digits.
	pub arguments: Json,
}

/// Shortest list of bytes that is shown as one number in hexadecimal digits.
const BYTES: usize = 4;

fn of_value<T>(value: &Value<T>) -> Json {
	match &value.value {
		ValueDef::Composite(fields) => of_fields(fields),
		ValueDef::Variant(variant) => {
			let fields = of_fields(&variant.values);
			match &fields {
				Json::Array(none) if none.is_empty() => Json::String(variant.name.clone()),
				Json::Object(none) if none.is_empty() => Json::String(variant.name.clone()),
				_ => Json::Object(Map::from_iter([(variant.name.clone(), fields)])),
			}
		},
		ValueDef::BitSequence(bits) => Json::String(format!("{bits:?}")),
		ValueDef::Primitive(primitive) => match primitive {
			Primitive::Bool(truth) => Json::Bool(*truth),
			Primitive::Char(letter) => Json::String(letter.to_string()),
			Primitive::String(text) => Json::String(text.clone()),
			// Programs read larger numbers wrongly.
			Primitive::U128(number) => match u32::try_from(*number) {
				Ok(small) => Json::from(small),
				Err(_) => Json::String(number.to_string()),
			},
			Primitive::I128(number) => Json::String(number.to_string()),
			Primitive::U256(bytes) | Primitive::I256(bytes) => {
				Json::String(format!("0x{}", hex::encode(bytes)))
			},
		},
	}
}

fn of_fields<T>(fields: &Composite<T>) -> Json {
	match fields {
		Composite::Named(fields) => Json::Object(
			fields.iter().map(|(name, value)| (name.clone(), of_value(value))).collect(),
		),
		Composite::Unnamed(values) => match values.as_slice() {
			// A wrapper, such as a number that has a type of its own.
			[only] => of_value(only),
			several => of_bytes(several)
				.unwrap_or_else(|| Json::Array(several.iter().map(of_value).collect())),
		},
	}
}

fn of_bytes<T>(values: &[Value<T>]) -> Option<Json> {
	let byte = |value: &Value<T>| match value.value {
		ValueDef::Primitive(Primitive::U128(number)) => u8::try_from(number).ok(),
		_ => None,
	};
	let bytes: Vec<u8> = values.iter().map(byte).collect::<Option<_>>()?;
	(bytes.len() >= BYTES).then(|| Json::String(format!("0x{}", hex::encode(bytes))))
}

/// A call, encoded: the numbers of pallet and call, and the arguments.
pub(super) fn encoded(
	metadata: &Metadata,
	pallet: &str,
	call: &str,
	arguments: &[u8],
) -> Result<Vec<u8>, ChainError> {
	let unknown = || ChainError::NotFound { what: format!("the call {pallet}.{call}") };
	let found = metadata.pallet_by_name(pallet).ok_or_else(unknown)?;
	let variant = found.call_variant_by_name(call).ok_or_else(unknown)?;
	Ok([&[found.call_index(), variant.index][..], arguments].concat())
}

impl Chain {
	/// A call of the chain with these arguments, each encoded, one after the other.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`]: the runtime has no such call. [`ChainError::Transport`].
	pub async fn make_call(
		&self,
		pallet: &str,
		call: &str,
		arguments: &[u8],
	) -> Result<Vec<u8>, ChainError> {
		encoded(self.best().await?.metadata_ref(), pallet, call, arguments)
	}

	/// What a call says.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`]: the bytes are no call of this runtime. [`ChainError::Transport`].
	pub async fn read_call(&self, call: &[u8]) -> Result<CallText, ChainError> {
		let at = self.best().await?;
		let read = at.transactions().from_call_data_bytes(call).map_err(|error| {
			ChainError::NotFound { what: format!("a call in these bytes ({error})") }
		})?;
		let (pallet, name) = (read.pallet_name().to_owned(), read.call_name().to_owned());
		let docs = at
			.metadata_ref()
			.pallet_by_name(&pallet)
			.and_then(|found| found.call_variant_by_name(&name))
			.map(|variant| variant.docs.clone())
			.unwrap_or_default();
		let first: Vec<_> =
			docs.iter().map(|line| line.trim()).take_while(|line| !line.is_empty()).collect();
		let arguments = match of_fields(read.call_data()) {
			// One argument is told by its name as well.
			Json::Array(none) if none.is_empty() => Json::Object(Map::new()),
			arguments => arguments,
		};
		Ok(CallText { pallet, call: name, about: first.join(" "), arguments })
	}
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
	use super::*;
	use serde_json::json;

	#[test]
	fn values_are_told_as_people_write_them() {
		let account = Value::unnamed_composite((0..32_u128).map(Value::u128));
		let wrapped = Value::unnamed_composite([Value::u128(7)]);
		let status = Value::unnamed_variant("Suspended", [Value::unnamed_variant("Fraud", [])]);
		let all = Value::named_composite([("who", account), ("id", wrapped), ("status", status)]);
		let told = of_value(&all);
		assert_eq!(told["id"], json!(7));
		assert_eq!(told["status"], json!({ "Suspended": "Fraud" }));
		let who = "0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
		assert_eq!(told["who"], json!(who));
		assert_eq!(of_value(&Value::u128(u128::MAX)), json!(u128::MAX.to_string()));
	}
}
