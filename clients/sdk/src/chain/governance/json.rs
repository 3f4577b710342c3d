//! Calls as people write them, encoded by the types of the chain.
//!
//! A call is an object of its pallet, and in it one of the call with the arguments by name:
//! `{ "Quota": { "set_bucket": { "institution": 0, "limits": { "capacity": 4000, "refill": 200 } } } }`. A variant without
//! fields is its name, one with fields an object of its name; nothing is `null`; bytes are `0x` and hexadecimal digits; an
//! account may be an SS58 address; large numbers may be in quotation marks.

use crate::chain::{Chain, ChainError};
use codec::{Compact, Encode};
use hdx_primitives::AccountId;
use scale_info::{form::PortableForm, Field, PortableRegistry, TypeDef, TypeDefPrimitive, Variant};
use serde_json::{Map, Value as Json};
use std::str::FromStr;

/// How deep values may be nested: no call of a person is deeper.
const DEEPEST: u32 = 32;

/// The types of a chain, and what is written by them.
struct Writer<'a> {
	types: &'a PortableRegistry,
	out: Vec<u8>,
	depth: u32,
}

impl Writer<'_> {
	fn value(&mut self, id: u32, value: &Json) -> Result<(), String> {
		self.depth = self.depth.saturating_add(1);
		if self.depth > DEEPEST {
			return Err("this is nested too deeply".to_owned());
		}
		let written = self.by_type(id, value);
		self.depth = self.depth.saturating_sub(1);
		written
	}

	fn by_type(&mut self, id: u32, value: &Json) -> Result<(), String> {
		let types = self.types;
		let ty = types.resolve(id).ok_or("the chain's types are incomplete")?;
		let name = ty.path.segments.last().map(String::as_str).unwrap_or_default();
		match (&ty.type_def, value) {
			(TypeDef::Composite(_), Json::String(text)) if name == "AccountId32" => {
				let account = AccountId::from_str(text)
					.map_err(|_| format!("`{text}` is no account: give an SS58 address or 0x…"))?;
				account.encode_to(&mut self.out);
				Ok(())
			},
			(TypeDef::Composite(composite), _) => self.fields(&composite.fields, value),
			(TypeDef::Variant(_), Json::Null) if name == "Option" => {
				self.out.push(0);
				Ok(())
			},
			(TypeDef::Variant(options), _) if name == "Option" => {
				self.out.push(1);
				let some = options.variants.iter().find(|variant| variant.name == "Some");
				self.fields(some.map(|variant| &*variant.fields).unwrap_or_default(), value)
			},
			(TypeDef::Variant(_), Json::String(text)) if name == "MultiAddress" => {
				let wrapped =
					Json::Object(Map::from_iter([("Id".to_owned(), text.clone().into())]));
				self.by_type(id, &wrapped)
			},
			(TypeDef::Variant(enumeration), _) => self.variant(&enumeration.variants, value),
			(TypeDef::Sequence(sequence), Json::String(text)) => {
				let bytes = self.bytes(sequence.type_param.id, text)?;
				bytes.encode_to(&mut self.out);
				Ok(())
			},
			(TypeDef::Sequence(sequence), Json::Array(values)) => {
				let length = u32::try_from(values.len()).map_err(|_| "this is too long")?;
				Compact(length).encode_to(&mut self.out);
				values.iter().try_for_each(|value| self.value(sequence.type_param.id, value))
			},
			(TypeDef::Array(array), Json::String(text)) => {
				let bytes = self.bytes(array.type_param.id, text)?;
				ensure_length(bytes.len(), array.len)?;
				self.out.extend(bytes);
				Ok(())
			},
			(TypeDef::Array(array), Json::Array(values)) => {
				ensure_length(values.len(), array.len)?;
				values.iter().try_for_each(|value| self.value(array.type_param.id, value))
			},
			(TypeDef::Tuple(tuple), Json::Array(values)) if values.len() == tuple.fields.len() => {
				let mut pairs = tuple.fields.iter().zip(values);
				pairs.try_for_each(|(ty, value)| self.value(ty.id, value))
			},
			(TypeDef::Compact(compact), _) => {
				let width = self.width(compact.type_param.id);
				let width = width.ok_or_else(|| format!("{value} does not fit here"))?;
				Compact(number_of(value, width)?).encode_to(&mut self.out);
				Ok(())
			},
			(TypeDef::Primitive(primitive), _) => self.primitive(primitive, value),
			_ => Err(format!("{value} does not fit: something else is expected there ({name})")),
		}
	}

	fn fields(&mut self, fields: &[Field<PortableForm>], value: &Json) -> Result<(), String> {
		if let (Some(names), Json::Object(given)) = (names_of(fields), value) {
			if let Some(unknown) = given.keys().find(|key| !names.contains(&key.as_str())) {
				return Err(format!("there is no `{unknown}`, but {}", names.join(", ")));
			}
			for (field, name) in fields.iter().zip(&names) {
				// What is left out is nothing, where that is allowed.
				let value = given.get(*name).unwrap_or(&Json::Null);
				self.value(field.ty.id, value).map_err(|error| format!("`{name}`: {error}"))?;
			}
			return Ok(());
		}
		match (fields, value) {
			([], Json::Null) => Ok(()),
			([only], _) => self.value(only.ty.id, value),
			(several, Json::Array(values)) if several.len() == values.len() => {
				let mut pairs = several.iter().zip(values);
				pairs.try_for_each(|(field, value)| self.value(field.ty.id, value))
			},
			_ => Err(format!("{value} does not fit: {} values are expected", fields.len())),
		}
	}

	fn variant(&mut self, all: &[Variant<PortableForm>], value: &Json) -> Result<(), String> {
		let nothing = Json::Null;
		let (name, inner) = match value {
			Json::String(name) => (name, &nothing),
			Json::Object(one) if one.len() == 1 => one.iter().next().ok_or("this is empty")?,
			_ => {
				return Err(format!("{value} does not fit: give a name, or an object of one name"))
			},
		};
		let found = all.iter().find(|variant| variant.name == *name).ok_or_else(|| {
			let names: Vec<_> = all.iter().map(|variant| variant.name.as_str()).collect();
			format!("there is no `{name}`, but {}", names.join(", "))
		})?;
		self.out.push(found.index);
		let empty = Json::Object(Map::new());
		let inner =
			if inner.is_null() && names_of(&found.fields).is_some() { &empty } else { inner };
		let no_fields = found.fields.is_empty() && *inner == empty;
		if no_fields {
			return Ok(());
		}
		self.fields(&found.fields, inner).map_err(|error| format!("{name}: {error}"))
	}

	/// The bytes of hexadecimal digits, or of a text, where bytes are expected.
	fn bytes(&self, id: u32, text: &str) -> Result<Vec<u8>, String> {
		let element = self.types.resolve(id).map(|ty| &ty.type_def);
		if !matches!(element, Some(TypeDef::Primitive(TypeDefPrimitive::U8))) {
			return Err(format!("`{text}` does not fit: a list is expected"));
		}
		match text.strip_prefix("0x") {
			Some(digits) => hex::decode(digits).map_err(|_| format!("`{text}` has no whole bytes")),
			None => Ok(text.as_bytes().to_vec()),
		}
	}

	fn primitive(&mut self, primitive: &TypeDefPrimitive, value: &Json) -> Result<(), String> {
		match (primitive, value) {
			(TypeDefPrimitive::Bool, Json::Bool(truth)) => truth.encode_to(&mut self.out),
			(TypeDefPrimitive::Str, Json::String(text)) => text.encode_to(&mut self.out),
			_ => {
				let width = width_of(primitive);
				let width = width.ok_or_else(|| format!("{value} does not fit here"))?;
				let bytes = number_of(value, width)?.to_le_bytes();
				self.out.extend(bytes.iter().take(width));
			},
		}
		Ok(())
	}

	/// How many bytes a number of this type has, which may be the only field of others. None: it is no number.
	fn width(&self, mut id: u32) -> Option<usize> {
		for _ in 0..DEEPEST {
			match &self.types.resolve(id)?.type_def {
				TypeDef::Primitive(primitive) => return width_of(primitive),
				TypeDef::Composite(composite) => match composite.fields.as_slice() {
					[only] => id = only.ty.id,
					_ => return None,
				},
				_ => return None,
			}
		}
		None
	}
}

/// How many bytes a number has. None: it is no number.
fn width_of(primitive: &TypeDefPrimitive) -> Option<usize> {
	match primitive {
		TypeDefPrimitive::U8 => Some(1),
		TypeDefPrimitive::U16 => Some(2),
		TypeDefPrimitive::U32 => Some(4),
		TypeDefPrimitive::U64 => Some(8),
		TypeDefPrimitive::U128 => Some(16),
		_ => None,
	}
}

/// A number of at most so many bytes.
fn number_of(value: &Json, width: usize) -> Result<u128, String> {
	let number = number(value)?;
	if number.to_le_bytes().iter().skip(width).any(|byte| *byte != 0) {
		return Err(format!("{value} is too large here"));
	}
	Ok(number)
}

/// A value of the type `id`, encoded. The error is what does not fit, in words.
pub(in crate::chain) fn written(
	types: &PortableRegistry,
	id: u32,
	value: &Json,
) -> Result<Vec<u8>, String> {
	let mut writer = Writer { types, out: Vec::new(), depth: 0 };
	writer.value(id, value).map(|()| writer.out)
}

/// The names of fields. `None`: they have none.
fn names_of(fields: &[Field<PortableForm>]) -> Option<Vec<&str>> {
	let names: Option<Vec<_>> = fields.iter().map(|field| field.name.as_deref()).collect();
	names.filter(|names| !names.is_empty())
}

fn ensure_length(found: usize, expected: u32) -> Result<(), String> {
	if u32::try_from(found) == Ok(expected) {
		return Ok(());
	}
	Err(format!("{expected} values are expected, and there are {found}"))
}

fn number(value: &Json) -> Result<u128, String> {
	let not_one = || format!("{value} is no whole number that fits here");
	match value {
		Json::Number(number) => number.as_u64().map(u128::from).ok_or_else(not_one),
		Json::String(text) => u128::from_str(text).map_err(|_| not_one()),
		_ => Err(not_one()),
	}
}

impl Chain {
	/// Encodes a call that is written in JSON. The inner error is what does not fit, in words.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn call_of_json(&self, call: &Json) -> Result<Result<Vec<u8>, String>, ChainError> {
		let at = self.best().await?;
		let metadata = at.metadata_ref();
		Ok(written(metadata.types(), metadata.outer_enums().call_enum_ty(), call))
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use scale_info::{MetaType, Registry, TypeInfo};
	use serde_json::json;

	#[derive(TypeInfo, Encode)]
	struct Limits {
		capacity: u32,
		refill: u32,
	}

	#[derive(TypeInfo, Encode)]
	struct Number(u32);

	#[derive(TypeInfo, Encode)]
	enum Call {
		Set { institution: Number, limits: Option<Limits> },
		Note(Vec<u8>),
		Hash([u8; 4]),
		Pay(#[codec(compact)] u32),
		Stop,
	}

	fn written_call(value: &Json) -> Result<Vec<u8>, String> {
		let mut registry = Registry::new();
		let id = registry.register_type(&MetaType::new::<Call>()).id;
		let types: PortableRegistry = registry.into();
		written(&types, id, value)
	}

	#[test]
	fn a_call_is_encoded_as_its_type_is() {
		let limits = json!({ "capacity": 5, "refill": "7" });
		let set = json!({ "Set": { "institution": 3, "limits": limits } });
		let limits = Limits { capacity: 5, refill: 7 };
		let expected = Call::Set { institution: Number(3), limits: Some(limits) }.encode();
		assert_eq!(written_call(&set).unwrap(), expected);
		let unset = json!({ "Set": { "institution": 3, "limits": null } });
		let expected = Call::Set { institution: Number(3), limits: None }.encode();
		assert_eq!(written_call(&unset).unwrap(), expected);
		assert_eq!(written_call(&json!("Stop")).unwrap(), Call::Stop.encode());
		assert_eq!(
			written_call(&json!({ "Note": "0x0102" })).unwrap(),
			Call::Note(vec![1, 2]).encode()
		);
		assert_eq!(
			written_call(&json!({ "Hash": "0x01020304" })).unwrap(),
			Call::Hash([1, 2, 3, 4]).encode()
		);
		assert_eq!(written_call(&json!({ "Pay": 5000 })).unwrap(), Call::Pay(5000).encode());
	}

	#[test]
	fn a_compact_number_that_is_too_large_is_refused() {
		let largest = json!({ "Pay": u32::MAX });
		assert_eq!(written_call(&largest).unwrap(), Call::Pay(u32::MAX).encode());
		let told = written_call(&json!({ "Pay": 4_294_967_296_u64 })).unwrap_err();
		assert!(told.contains("4294967296 is too large"), "{told}");
	}

	#[test]
	fn what_does_not_fit_is_named() {
		let told = |value: Json| written_call(&value).unwrap_err();
		assert!(told(json!({ "Go": 1 })).contains("there is no `Go`, but Set, Note"));
		assert!(told(json!({ "Set": { "institutio": 1 } })).contains("there is no `institutio`"));
		let large = json!({ "Set": { "institution": 4_294_967_296_u64, "limits": null } });
		assert!(told(large).contains("`institution`: 4294967296 is too large"));
		assert!(told(json!({ "Hash": "0x01" })).contains("4 values are expected"));
		assert!(told(json!({ "Set": { "limits": null } })).contains("`institution`"));
	}
}
