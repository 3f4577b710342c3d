//! What is attested of practitioners (FHIR `Practitioner.qualification`).

use super::{form, ClaimError, Npi};
use crate::json::Object;

/// A licence to practise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Licence {
	/// `npi`: the National Provider Identifier.
	pub npi: Npi,
	/// `licenceNumber`: the number that the board gave (`qualification.identifier`).
	pub number: String,
	/// `jurisdiction`: where it holds, in codes of ISO 3166-2.
	pub jurisdiction: String,
	/// `taxonomy`: the profession, as an NUCC code (`qualification.code`).
	pub taxonomy: String,
	/// `profession`: the profession in words.
	pub profession: Option<String>,
}

impl Licence {
	pub(super) fn take(object: &mut Object) -> Result<Self, ClaimError> {
		let licence = Self {
			npi: npi(object)?,
			number: text(object, "licenceNumber")?,
			jurisdiction: text(object, "jurisdiction")?,
			taxonomy: text(object, "taxonomy")?,
			profession: form::optional_text(object, "profession", "credentialSubject.profession")?,
		};
		for known in ["npi", "licenceNumber", "jurisdiction", "taxonomy", "profession"] {
			object.remove(known);
		}
		Ok(licence)
	}

	pub(super) fn put(&self, object: &mut Object) {
		object.insert("npi".into(), self.npi.as_str().into());
		object.insert("licenceNumber".into(), self.number.clone().into());
		object.insert("jurisdiction".into(), self.jurisdiction.clone().into());
		object.insert("taxonomy".into(), self.taxonomy.clone().into());
		if let Some(profession) = &self.profession {
			object.insert("profession".into(), profession.clone().into());
		}
	}
}

/// A specialty that a board certified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BoardCertification {
	/// `npi`: the National Provider Identifier.
	pub npi: Npi,
	/// `certificateNumber`: the number that the board gave (`qualification.identifier`).
	pub number: String,
	/// `taxonomy`: the specialty, as an NUCC code (`qualification.code`).
	pub taxonomy: String,
}

impl BoardCertification {
	pub(super) fn take(object: &mut Object) -> Result<Self, ClaimError> {
		let certification = Self {
			npi: npi(object)?,
			number: text(object, "certificateNumber")?,
			taxonomy: text(object, "taxonomy")?,
		};
		for known in ["npi", "certificateNumber", "taxonomy"] {
			object.remove(known);
		}
		Ok(certification)
	}

	pub(super) fn put(&self, object: &mut Object) {
		object.insert("npi".into(), self.npi.as_str().into());
		object.insert("certificateNumber".into(), self.number.clone().into());
		object.insert("taxonomy".into(), self.taxonomy.clone().into());
	}
}

fn text(object: &Object, name: &str) -> Result<String, ClaimError> {
	form::text(object, name, &format!("credentialSubject.{name}"))
}

fn npi(object: &Object) -> Result<Npi, ClaimError> {
	form::npi(&text(object, "npi")?, "credentialSubject.npi")
}
