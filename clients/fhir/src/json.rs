//! JSON from anywhere, with the path of every element.

use crate::{
	error::{ReadError, Refusal},
	unambiguous,
};
use serde_json::{error::Category, Map, Value};

/// Largest document that is read, in bytes.
pub const MAX_DOCUMENT_BYTES: usize = 10 * 1024 * 1024;

/// Reads a document: bounded, UTF-8, one JSON value, no member named twice.
///
/// # Errors
///
/// Each of these has its own [`Refusal`]. Nesting beyond 127 levels is not JSON that is read, so
/// no document can exhaust the stack.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, ReadError> {
	if bytes.len() > MAX_DOCUMENT_BYTES {
		return Err(Refusal::TooLarge { found: bytes.len(), limit: MAX_DOCUMENT_BYTES }.at(""));
	}
	let text = std::str::from_utf8(bytes)
		.map_err(|error| Refusal::NotUtf8 { at: error.valid_up_to() }.at(""))?;
	let text = text.strip_prefix('\u{feff}').unwrap_or(text);
	match unambiguous::value(text.as_bytes()) {
		Ok(value) => Ok(value),
		Err(error) => {
			let (line, column) = (error.line(), error.column());
			let refusal = match error.classify() {
				Category::Eof => Refusal::Truncated { line, column },
				// Nothing else than a repeated name is an error of ours.
				Category::Data => Refusal::NamedTwice { detail: error.to_string() },
				_ => Refusal::NotJson { line, column, detail: error.to_string() },
			};
			Err(refusal.at(""))
		},
	}
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
	pub value: &'a Value,
	pub path: String,
}

impl<'a> Node<'a> {
	/// The value at the top, or wherever `path` says.
	pub fn new(value: &'a Value, path: impl Into<String>) -> Self {
		Self { value, path: path.into() }
	}

	/// As an object.
	pub fn object(&self, expected: &'static str) -> Result<Object<'a>, ReadError> {
		match self.value {
			Value::Object(members) => Ok(Object { members, path: self.path.clone() }),
			_ => Err(self.unexpected(expected)),
		}
	}

	/// As text that is not empty.
	pub fn text(&self, expected: &'static str) -> Result<&'a str, ReadError> {
		match self.value {
			Value::String(text) if !text.trim().is_empty() => Ok(text),
			_ => Err(self.unexpected(expected)),
		}
	}

	/// The values of a list. A single value may stand where a list belongs.
	pub fn list(&self) -> Vec<Node<'a>> {
		match self.value {
			Value::Array(values) => values
				.iter()
				.enumerate()
				.map(|(index, value)| Node::new(value, format!("{}[{index}]", self.path)))
				.collect(),
			_ => vec![self.clone()],
		}
	}

	/// The refusal of this value.
	pub fn unexpected(&self, expected: &'static str) -> ReadError {
		self.refuse(Refusal::Unexpected { found: kind(self.value), expected })
	}

	/// A refusal here.
	pub fn refuse(&self, refusal: Refusal) -> ReadError {
		refusal.at(self.path.clone())
	}
}

fn kind(value: &Value) -> String {
	match value {
		Value::Null => "null".to_owned(),
		Value::Bool(value) => format!("{value}"),
		Value::Number(value) => format!("the number {value}"),
		Value::String(text) if text.trim().is_empty() => "an empty text".to_owned(),
		Value::String(text) => {
			let start: String = text.chars().take(60).collect();
			format!("the text `{start}`")
		},
		Value::Array(list) => format!("a list of {}", list.len()),
		Value::Object(members) => {
			let names: Vec<_> = members.keys().take(5).map(String::as_str).collect();
			format!("an object with [{}]", names.join(", "))
		},
	}
}

/// An object and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Object<'a> {
	pub members: &'a Map<String, Value>,
	pub path: String,
}

impl<'a> Object<'a> {
	/// The path of a member.
	pub fn path_of(&self, name: &str) -> String {
		if self.path.is_empty() {
			name.to_owned()
		} else {
			format!("{}.{name}", self.path)
		}
	}

	/// A member. `null` is none.
	///
	/// # Errors
	///
	/// When the value is withheld and only its extension (`_name`) is given: what it would have
	/// been is not known.
	pub fn get(&self, name: &str) -> Result<Option<Node<'a>>, ReadError> {
		match self.members.get(name) {
			Some(value) if !value.is_null() => Ok(Some(Node::new(value, self.path_of(name)))),
			_ if self.members.get(&format!("_{name}")).is_some_and(|value| !value.is_null()) => {
				Err(Refusal::NoValue { expected: "a value" }.at(self.path_of(name)))
			},
			_ => Ok(None),
		}
	}

	/// A member that must be there.
	pub fn required(&self, name: &str, expected: &'static str) -> Result<Node<'a>, ReadError> {
		self.get(name)?.ok_or_else(|| Refusal::Missing { expected }.at(self.path_of(name)))
	}

	/// The values of a list that may be missing.
	pub fn list(&self, name: &str) -> Result<Vec<Node<'a>>, ReadError> {
		Ok(self.get(name)?.map_or_else(Vec::new, |node| node.list()))
	}

	/// The values of a list that says what a provision is about: missing, or not empty.
	pub fn values(&self, name: &str) -> Result<Vec<Node<'a>>, ReadError> {
		match self.get(name)? {
			None => Ok(Vec::new()),
			Some(node) => {
				let list = node.list();
				if list.is_empty() {
					return Err(node.refuse(Refusal::EmptyList));
				}
				Ok(list)
			},
		}
	}

	/// A member that is text, or is not there.
	pub fn text(&self, name: &str, expected: &'static str) -> Result<Option<&'a str>, ReadError> {
		self.get(name)?.map(|node| node.text(expected)).transpose()
	}

	/// Fails when there is a member that nobody knows. Extensions of primitives (`_name`) go with
	/// their element; `modifierExtension` changes the meaning of what it stands in.
	pub fn only(&self, known: &[&[&str]], of: &'static str) -> Result<(), ReadError> {
		for (name, value) in self.members {
			let element = name.strip_prefix('_').unwrap_or(name);
			let refusal = match element {
				"modifierExtension" => {
					if value.as_array().is_some_and(Vec::is_empty) || value.is_null() {
						continue;
					}
					Refusal::Inexpressible { what: "what a modifierExtension changes" }
				},
				"expression" if of == "a provision" => {
					Refusal::Inexpressible { what: "a computable expression" }
				},
				_ if known.iter().any(|list| list.contains(&element)) => continue,
				_ => Refusal::UnknownElement { of },
			};
			return Err(refusal.at(self.path_of(name)));
		}
		Ok(())
	}
}
