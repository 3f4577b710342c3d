//! Names of people.

use crate::{
	error::ReadError,
	human_name::HumanName,
	json::{Node, Object},
};

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
