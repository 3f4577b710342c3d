//! What is attested of institutions (FHIR R5 `Organization.qualification`).

use super::{form, ClaimError, Npi};
use crate::json::Object;

/// The accreditation of an institution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Accreditation {
	/// `scheme`: the programme under which it is accredited (`qualification.code`).
	pub scheme: String,
	/// `level`: what was attained in it.
	pub level: String,
	/// `certificateNumber`: the number of the certificate (`qualification.identifier`).
	pub number: Option<String>,
	/// `npi`: the National Provider Identifier of the institution.
	pub npi: Option<Npi>,
}

impl Accreditation {
	pub(super) fn take(object: &mut Object) -> Result<Self, ClaimError> {
		let field = |name: &str| format!("credentialSubject.{name}");
		let npi = form::optional_text(object, "npi", &field("npi"))?;
		let accreditation = Self {
			scheme: form::text(object, "scheme", &field("scheme"))?,
			level: form::text(object, "level", &field("level"))?,
			number: form::optional_text(object, "certificateNumber", &field("certificateNumber"))?,
			npi: npi.map(|npi| form::npi(&npi, &field("npi"))).transpose()?,
		};
		for known in ["scheme", "level", "certificateNumber", "npi"] {
			object.remove(known);
		}
		Ok(accreditation)
	}

	pub(super) fn put(&self, object: &mut Object) {
		object.insert("scheme".into(), self.scheme.clone().into());
		object.insert("level".into(), self.level.clone().into());
		if let Some(number) = &self.number {
			object.insert("certificateNumber".into(), number.clone().into());
		}
		if let Some(npi) = &self.npi {
			object.insert("npi".into(), npi.as_str().into());
		}
	}
}
