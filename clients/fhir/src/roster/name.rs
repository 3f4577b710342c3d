//! Names of people.

use crate::{
	error::ReadError,
	json::{Node, Object},
};

/// FHIR `HumanName`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HumanName {
	/// The whole name as one text.
	pub text: Option<String>,
	/// The family name.
	pub family: Option<String>,
	/// Given names, the first first.
	pub given: Vec<String>,
	/// What stands before the name: `Dr.`
	pub prefix: Vec<String>,
	/// What stands behind the name: `MD`.
	pub suffix: Vec<String>,
}

impl HumanName {
	/// The name as people write it; empty where there is none.
	pub fn display(&self) -> String {
		if let Some(text) = &self.text {
			return text.clone();
		}
		let parts = self.prefix.iter().chain(&self.given).chain(&self.family).chain(&self.suffix);
		parts.map(String::as_str).collect::<Vec<_>>().join(" ")
	}
}

/// The name of a person: the official one, else the first that is not old.
pub(super) fn of(resource: &Object<'_>) -> Result<Option<HumanName>, ReadError> {
	let mut first = None;
	for node in resource.list("name")? {
		let object = node.object("a HumanName")?;
		let name = read(&object)?;
		match object.text("use", "the use of a name")? {
			Some("official") => return Ok(Some(name)),
			Some("old") => {},
			_ => first = first.or(Some(name)),
		}
	}
	Ok(first)
}

fn read(object: &Object<'_>) -> Result<HumanName, ReadError> {
	let owned = |text: Option<&str>| text.map(str::to_owned);
	Ok(HumanName {
		text: owned(object.text("text", "a name")?),
		family: owned(object.text("family", "a family name")?),
		given: texts(object, "given")?,
		prefix: texts(object, "prefix")?,
		suffix: texts(object, "suffix")?,
	})
}

/// The texts of a list.
pub(super) fn texts(object: &Object<'_>, name: &str) -> Result<Vec<String>, ReadError> {
	let text = |node: Node<'_>| node.text("text that is not empty").map(str::to_owned);
	object.list(name)?.into_iter().map(text).collect()
}
