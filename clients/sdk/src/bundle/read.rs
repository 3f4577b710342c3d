//! Reading a Bundle, with every reason to refuse it.

use super::{
	error::BundleError, facts::Facts, resource_types::is_resource_type, unique_keys::UniqueKeys,
};
use serde::Deserialize;
use serde_json::{error::Category, value::RawValue, Value};
use std::{
	collections::{hash_map::Entry as Slot, HashMap},
	fs::File,
	io::Read,
	path::Path,
};

/// Largest Bundle that is read, in bytes (64 MiB).
pub const MAX_BUNDLE_BYTES: u64 = 64 * 1024 * 1024;

/// A FHIR R4 Bundle of one patient. Its entries are kept as the bytes they came in.
#[derive(Clone, Debug)]
pub struct Bundle {
	pub(super) kind: String,
	pub(super) resources: Vec<Resource>,
	/// `Bundle.meta.security`, which holds for all of the content.
	pub(super) envelope: Facts,
}

/// One entry of a Bundle.
#[derive(Clone, Debug)]
pub struct Resource {
	pub(super) kind: String,
	pub(super) id: Option<String>,
	pub(super) full_url: Option<String>,
	pub(crate) entry: Box<RawValue>,
	pub(super) json: Box<RawValue>,
	pub(super) facts: Facts,
}

impl Resource {
	/// The resource type.
	pub fn kind(&self) -> &str {
		&self.kind
	}

	/// The logical id, where there is one.
	pub fn id(&self) -> Option<&str> {
		self.id.as_deref()
	}

	/// The resource, byte for byte as it was read.
	pub fn json(&self) -> &str {
		self.json.get()
	}

	/// The Bundle entry around the resource, byte for byte as it was read.
	pub fn entry(&self) -> &str {
		self.entry.get()
	}
}

#[derive(Deserialize)]
struct RawBundle<'a> {
	#[serde(borrow, default, rename = "type")]
	kind: Option<&'a RawValue>,
	#[serde(borrow, default)]
	meta: Option<&'a RawValue>,
	#[serde(borrow, default)]
	entry: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct RawEntry<'a> {
	#[serde(borrow, default, rename = "fullUrl")]
	full_url: Option<&'a RawValue>,
	#[serde(borrow, default)]
	resource: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Head<'a> {
	#[serde(borrow, default, rename = "resourceType")]
	kind: Option<&'a RawValue>,
	#[serde(borrow, default)]
	id: Option<&'a RawValue>,
}

impl Bundle {
	/// Reads a Bundle from a file.
	///
	/// # Errors
	///
	/// Any [`BundleError`]. A file above [`MAX_BUNDLE_BYTES`] is refused before it is read.
	pub fn read(path: impl AsRef<Path>) -> Result<Self, BundleError> {
		let path = path.as_ref();
		let name = path.display().to_string();
		let unreadable = |source| BundleError::Unreadable { file: name.clone(), source };
		let too_large =
			|size| BundleError::TooLarge { file: name.clone(), size, limit: MAX_BUNDLE_BYTES };
		let file = File::open(path).map_err(unreadable)?;
		let size = file.metadata().map_err(unreadable)?.len();
		if size > MAX_BUNDLE_BYTES {
			return Err(too_large(size));
		}
		// Pipes tell no size, and files can grow: the limit holds for what is read, too.
		let mut bytes = Vec::new();
		let limit = MAX_BUNDLE_BYTES.saturating_add(1);
		let read = file.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
		if read as u64 > MAX_BUNDLE_BYTES {
			return Err(too_large(limit));
		}
		Self::from_slice(&name, &bytes)
	}

	/// Reads a Bundle from memory. `file` is what errors call it.
	///
	/// # Errors
	///
	/// Any [`BundleError`] but [`BundleError::Unreadable`].
	pub fn from_slice(file: &str, bytes: &[u8]) -> Result<Self, BundleError> {
		Reader { file }.bundle(bytes)
	}

	/// The entries, in document order.
	pub fn resources(&self) -> &[Resource] {
		&self.resources
	}

	/// The Patient.
	pub fn patient(&self) -> Option<&Resource> {
		self.resources.iter().find(|resource| resource.kind == "Patient")
	}
}

struct Reader<'n> {
	file: &'n str,
}

impl Reader<'_> {
	fn bundle(&self, bytes: &[u8]) -> Result<Bundle, BundleError> {
		let text = self.text(bytes)?;
		self.check_json(text)?;
		let head = self.bundle_head(text)?;
		let envelope = match head.meta {
			Some(meta) => {
				let mut facts = Facts::default();
				facts.security_of(&self.parse::<Value>(meta, || "meta".to_owned(), "an object")?);
				facts
			},
			None => Facts::default(),
		};
		let kind = match head.kind {
			Some(kind) => self.parse(kind, || "type".to_owned(), "a string")?,
			None => "collection".to_owned(),
		};
		let entries: Vec<&RawValue> = match head.entry {
			Some(entry) => self.parse(entry, || "entry".to_owned(), "a list")?,
			None => Vec::new(),
		};
		let resources = entries
			.into_iter()
			.enumerate()
			.map(|(index, entry)| self.entry(index, entry))
			.collect::<Result<Vec<_>, _>>()?;
		self.check_unique(&resources)?;
		self.check_patient(&resources)?;
		Ok(Bundle { kind, resources, envelope })
	}

	fn text<'b>(&self, bytes: &'b [u8]) -> Result<&'b str, BundleError> {
		if bytes.len() as u64 > MAX_BUNDLE_BYTES {
			return Err(BundleError::TooLarge {
				file: self.file.to_owned(),
				size: bytes.len() as u64,
				limit: MAX_BUNDLE_BYTES,
			});
		}
		let text = std::str::from_utf8(bytes).map_err(|error| BundleError::NotUtf8 {
			file: self.file.to_owned(),
			offset: error.valid_up_to(),
		})?;
		// Some exports begin with a byte order mark.
		let text = text.strip_prefix('\u{feff}').unwrap_or(text);
		if text.trim().is_empty() {
			return Err(BundleError::Empty { file: self.file.to_owned() });
		}
		Ok(text)
	}

	fn check_json(&self, text: &str) -> Result<(), BundleError> {
		let Err(error) = serde_json::from_str::<UniqueKeys>(text) else { return Ok(()) };
		let (file, line, column) = (self.file.to_owned(), error.line(), error.column());
		let message = error.to_string();
		let detail = message.rsplit_once(" at line ").map_or(message.as_str(), |(text, _)| text);
		let detail = detail.to_owned();
		Err(match error.classify() {
			Category::Eof => BundleError::Truncated { file, line, column },
			Category::Data => BundleError::DuplicateKey { file, line, column, detail },
			Category::Syntax | Category::Io => BundleError::NotJson { file, line, column, detail },
		})
	}

	fn bundle_head<'b>(&self, text: &'b str) -> Result<RawBundle<'b>, BundleError> {
		let not_a_bundle =
			|found: String| BundleError::NotABundle { file: self.file.to_owned(), found };
		if !is_object(text) {
			return Err(not_a_bundle("it is JSON, but no object".to_owned()));
		}
		let kind = serde_json::from_str::<Head<'_>>(text).ok().and_then(|head| head.kind);
		match kind.map(|kind| serde_json::from_str::<String>(kind.get())) {
			Some(Ok(kind)) if kind == "Bundle" => {},
			Some(Ok(kind)) => {
				return Err(not_a_bundle(format!("its `resourceType` is \"{kind}\"")))
			},
			Some(Err(_)) => return Err(not_a_bundle("its `resourceType` is no string".to_owned())),
			None => return Err(not_a_bundle("it has no `resourceType`".to_owned())),
		}
		serde_json::from_str(text).map_err(|error| not_a_bundle(error.to_string()))
	}

	fn entry(&self, index: usize, entry: &RawValue) -> Result<Resource, BundleError> {
		let place = || format!("entry[{index}]");
		let resource_place = || format!("entry[{index}].resource");
		if !is_object(entry.get()) {
			return Err(self.wrong_shape(place(), "an object"));
		}
		let parts: RawEntry<'_> = self.parse(entry, place, "an object")?;
		let json = parts.resource.ok_or_else(|| BundleError::EntryWithoutResource {
			file: self.file.to_owned(),
			place: resource_place(),
		})?;
		if !is_object(json.get()) {
			return Err(self.wrong_shape(resource_place(), "an object"));
		}
		let head: Head<'_> = self.parse(json, resource_place, "an object")?;
		let kind_place = || format!("entry[{index}].resource.resourceType");
		let kind: String = match head.kind {
			Some(kind) => self.parse(kind, kind_place, "a string")?,
			None => return Err(self.wrong_shape(kind_place(), "a resource type of FHIR R4")),
		};
		if !is_resource_type(&kind) {
			return Err(BundleError::UnknownResourceType {
				file: self.file.to_owned(),
				place: kind_place(),
				found: kind,
			});
		}
		let id = head
			.id
			.map(|id| self.parse(id, || format!("entry[{index}].resource.id"), "a string"))
			.transpose()?;
		let full_url = parts
			.full_url
			.map(|url| self.parse(url, || format!("entry[{index}].fullUrl"), "a string"))
			.transpose()?;
		let value: Value = self.parse(json, resource_place, "an object")?;
		Ok(Resource {
			kind,
			id,
			full_url,
			entry: entry.to_owned(),
			json: json.to_owned(),
			facts: Facts::of(&value),
		})
	}

	fn check_unique(&self, resources: &[Resource]) -> Result<(), BundleError> {
		let mut seen = HashMap::new();
		for (index, resource) in resources.iter().enumerate() {
			let Some(id) = &resource.id else { continue };
			match seen.entry((&resource.kind, id)) {
				Slot::Vacant(slot) => {
					slot.insert(index);
				},
				Slot::Occupied(first) => {
					return Err(BundleError::DuplicateResource {
						file: self.file.to_owned(),
						place: format!("entry[{index}].resource.id"),
						first: format!("entry[{}].resource.id", first.get()),
						resource: format!("{}/{id}", resource.kind),
					})
				},
			}
		}
		Ok(())
	}

	fn check_patient(&self, resources: &[Resource]) -> Result<(), BundleError> {
		let mut patients = resources
			.iter()
			.enumerate()
			.filter(|(_, resource)| resource.kind == "Patient")
			.map(|(index, _)| format!("entry[{index}].resource"));
		let file = self.file.to_owned();
		match (patients.next(), patients.next()) {
			(None, _) => Err(BundleError::NoPatient { file }),
			(Some(first), Some(second)) => {
				Err(BundleError::SeveralPatients { file, first, second })
			},
			(Some(_), None) => Ok(()),
		}
	}

	fn parse<'b, T: Deserialize<'b>>(
		&self,
		raw: &'b RawValue,
		place: impl FnOnce() -> String,
		expected: &'static str,
	) -> Result<T, BundleError> {
		serde_json::from_str(raw.get()).map_err(|_| self.wrong_shape(place(), expected))
	}

	fn wrong_shape(&self, place: String, expected: &'static str) -> BundleError {
		BundleError::WrongShape { file: self.file.to_owned(), place, expected }
	}
}

/// Whether valid JSON is an object. (A list would pass for a struct.)
fn is_object(json: &str) -> bool {
	json.trim_start().starts_with('{')
}
