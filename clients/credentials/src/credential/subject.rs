//! Who a credential is about, and what it attests.

use super::{form, Accreditation, BoardCertification, ClaimError, Licence};
use crate::{json::Object, resolver::is_did};
use serde_json::{json, Value};

/// What a credential attests.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
	/// A licence to practise.
	Licence,
	/// A specialty, certified by a board.
	BoardCertification,
	/// The accreditation of an institution.
	Accreditation,
}

impl Kind {
	/// All of them.
	pub const ALL: [Self; 3] = [Self::Licence, Self::BoardCertification, Self::Accreditation];

	/// Its type in `type`.
	pub fn type_name(self) -> &'static str {
		match self {
			Self::Licence => "ProfessionalLicenceCredential",
			Self::BoardCertification => "BoardCertificationCredential",
			Self::Accreditation => "AccreditationCredential",
		}
	}

	/// What its terms mean: elements and identifier systems of FHIR, the taxonomy of NUCC, and
	/// schema.org where FHIR has none.
	pub(super) fn context(self) -> Value {
		let practitioner = "http://hl7.org/fhir/Practitioner.qualification";
		let organization = "http://hl7.org/fhir/Organization.qualification";
		let mut terms = json!({
			"npi": "http://hl7.org/fhir/sid/us-npi",
			"jurisdiction": "https://schema.org/validIn",
			"taxonomy": "http://nucc.org/provider-taxonomy",
			"profession": "https://schema.org/occupationalCategory",
		});
		let own = match self {
			Self::Licence => json!({ "licenceNumber": format!("{practitioner}.identifier") }),
			Self::BoardCertification => {
				json!({ "certificateNumber": format!("{practitioner}.identifier") })
			},
			Self::Accreditation => json!({
				"certificateNumber": format!("{organization}.identifier"),
				"scheme": format!("{organization}.code"),
				"level": "https://schema.org/credentialCategory",
			}),
		};
		if let (Value::Object(terms), Value::Object(own)) = (&mut terms, own) {
			terms.extend(own);
		}
		terms
	}
}

/// What is attested.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Attested {
	/// A licence to practise.
	Licence(Licence),
	/// A specialty, certified by a board.
	BoardCertification(BoardCertification),
	/// The accreditation of an institution.
	Accreditation(Accreditation),
}

impl Attested {
	/// Which of them.
	pub fn kind(&self) -> Kind {
		match self {
			Self::Licence(_) => Kind::Licence,
			Self::BoardCertification(_) => Kind::BoardCertification,
			Self::Accreditation(_) => Kind::Accreditation,
		}
	}
}

/// Who a credential is about, and what it attests (`credentialSubject`).
#[derive(Clone, PartialEq, Debug)]
pub struct Subject {
	/// The DID of the holder, `did:hdx:…`.
	pub holder: String,
	/// The name of the holder (`HumanName.text` or `Organization.name`).
	pub name: String,
	/// What is attested.
	pub attested: Attested,
	/// Claims that are not known here. They are kept.
	pub other: Object,
}

impl Subject {
	pub(super) fn read(kind: Kind, mut object: Object) -> Result<Self, ClaimError> {
		check(&object)?;
		let holder = form::text(&object, "id", "credentialSubject.id")?;
		let name = form::text(&object, "name", "credentialSubject.name")?;
		let attested = match kind {
			Kind::Licence => Attested::Licence(Licence::take(&mut object)?),
			Kind::BoardCertification => {
				Attested::BoardCertification(BoardCertification::take(&mut object)?)
			},
			Kind::Accreditation => Attested::Accreditation(Accreditation::take(&mut object)?),
		};
		object.remove("id");
		object.remove("name");
		Ok(Self { holder, name, attested, other: object })
	}

	/// Its claims in JSON.
	pub fn to_json(&self) -> serde_json::Map<String, Value> {
		let mut object = self.other.clone();
		object.insert("id".into(), self.holder.clone().into());
		object.insert("name".into(), self.name.clone().into());
		match &self.attested {
			Attested::Licence(licence) => licence.put(&mut object),
			Attested::BoardCertification(certification) => certification.put(&mut object),
			Attested::Accreditation(accreditation) => accreditation.put(&mut object),
		}
		object
	}
}

/// Checks the claims that are there. A verifier is shown some only.
pub(crate) fn check(object: &Object) -> Result<(), ClaimError> {
	for (name, value) in object {
		let field = format!("credentialSubject.{name}");
		let text = || value.as_str().ok_or_else(|| form::wrong(&field, "a text"));
		match name.as_str() {
			"id" => holder(text()?, &field)?,
			"npi" => drop(super::form::npi(text()?, &field)?),
			"taxonomy" => taxonomy(text()?, &field)?,
			"jurisdiction" => jurisdiction(text()?, &field)?,
			_ => {},
		}
	}
	Ok(())
}

fn holder(text: &str, field: &str) -> Result<(), ClaimError> {
	if is_did(text) && text.starts_with("did:hdx:") {
		return Ok(());
	}
	Err(form::invalid(field, text, "the DID of the holder, did:hdx:…"))
}

/// Ten characters, the last of which is X (National Uniform Claim Committee).
fn taxonomy(text: &str, field: &str) -> Result<(), ClaimError> {
	let letters = text.bytes().all(|one| one.is_ascii_uppercase() || one.is_ascii_digit());
	if text.len() == 10 && letters && text.ends_with('X') {
		return Ok(());
	}
	Err(form::invalid(field, text, "an NUCC taxonomy code, such as 207R00000X"))
}

/// A country or a part of one (ISO 3166-1 and 3166-2).
fn jurisdiction(text: &str, field: &str) -> Result<(), ClaimError> {
	let mut parts = text.splitn(2, '-');
	let country = parts.next().is_some_and(|country| {
		country.len() == 2 && country.bytes().all(|one| one.is_ascii_uppercase())
	});
	let part = parts.next().is_none_or(|part| {
		(1..=3).contains(&part.len())
			&& part.bytes().all(|one| one.is_ascii_uppercase() || one.is_ascii_digit())
	});
	if country && part {
		return Ok(());
	}
	Err(form::invalid(field, text, "a country or a part of one, such as US-MA or CH"))
}
