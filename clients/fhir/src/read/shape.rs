//! Which release a document follows, told by its shape.

use crate::{consent::FhirVersion, json::Object};
use serde_json::Value;

/// Elements that only R5 has.
const ONLY_R5: &[&str] = &[
	"subject",
	"date",
	"period",
	"grantor",
	"grantee",
	"manager",
	"controller",
	"policyBasis",
	"policyText",
	"regulatoryBasis",
];
/// Elements that only R4 has.
const ONLY_R4: &[&str] =
	&["patient", "dateTime", "scope", "performer", "organization", "policy", "policyRule"];

/// A root `decision` makes it R5; otherwise a root `provision` that is one object, as only R4 has
/// it, makes it R4; otherwise the release of which there are more elements.
pub(super) fn version(consent: &Object<'_>) -> FhirVersion {
	let has = |name: &&str| consent.members.get(*name).is_some_and(|value| !value.is_null());
	if has(&"decision") {
		return FhirVersion::R5;
	}
	if consent.members.get("provision").is_some_and(Value::is_object) {
		return FhirVersion::R4;
	}
	let count = |names: &[&str]| names.iter().filter(|name| has(name)).count();
	if count(ONLY_R5) > count(ONLY_R4) {
		FhirVersion::R5
	} else {
		FhirVersion::R4
	}
}
