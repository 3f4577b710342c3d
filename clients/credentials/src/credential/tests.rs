#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;

pub fn licence() -> Value {
	json!({
		"type": ["VerifiableCredential", "ProfessionalLicenceCredential"],
		"issuer": "did:web:board.example",
		"validFrom": "2026-01-01T00:00:00Z",
		"validUntil": "2030-01-01T00:00:00Z",
		"credentialSubject": {
			"id": "did:hdx:0123:nurse",
			"name": "Ada Lovelace",
			"npi": "1234567893",
			"licenceNumber": "RN-1",
			"jurisdiction": "US-MA",
			"taxonomy": "163W00000X",
		},
	})
}

fn accreditation() -> Value {
	let mut value = licence();
	value["type"][1] = "AccreditationCredential".into();
	value["credentialSubject"] = json!({
		"id": "did:hdx:0123:hospital", "name": "General", "scheme": "JCI", "level": "gold",
	});
	value
}

fn read(value: &Value) -> Result<Credential, ClaimError> {
	Credential::from_json(value.to_string().as_bytes())
}

fn with(path: &[&str], value: Value) -> Value {
	let mut credential = licence();
	let mut at = &mut credential;
	for name in path {
		at = &mut at[*name];
	}
	*at = value;
	credential
}

#[test]
fn each_kind_is_read_and_written() {
	let mut certification = licence();
	certification["type"][1] = "BoardCertificationCredential".into();
	certification["credentialSubject"]["certificateNumber"] = "C-1".into();
	for (value, kind) in [
		(licence(), Kind::Licence),
		(certification, Kind::BoardCertification),
		(accreditation(), Kind::Accreditation),
	] {
		let credential = read(&value).unwrap();
		assert_eq!(credential.kind(), kind);
		let written = Value::Object(credential.to_json());
		assert_eq!(written["credentialSubject"], value["credentialSubject"]);
		assert_eq!(written["@context"][0], CONTEXT);
		assert_eq!(read(&written).unwrap(), credential);
	}
}

#[test]
fn unknown_members_are_kept() {
	let mut value = with(&["name"], "Licence of Ada".into());
	value["credentialSubject"]["middleName"] = json!({ "text": ["King"] });
	value["type"].as_array_mut().unwrap().push("NurseCredential".into());
	value["issuer"] = json!({ "id": "did:web:board.example", "name": "Board" });
	let written = Value::Object(read(&value).unwrap().to_json());
	for path in ["/name", "/credentialSubject/middleName", "/type", "/issuer"] {
		assert_eq!(written.pointer(path), value.pointer(path), "{path}");
	}
}

#[test]
fn fails_when_a_claim_is_missing_and_names_it() {
	for name in ["id", "name", "npi", "licenceNumber", "jurisdiction", "taxonomy"] {
		let mut value = licence();
		value["credentialSubject"].as_object_mut().unwrap().remove(name);
		let field = format!("credentialSubject.{name}");
		assert_eq!(read(&value), Err(ClaimError::Missing { field }));
	}
	for name in ["type", "issuer", "validFrom", "validUntil", "credentialSubject"] {
		let mut value = licence();
		value.as_object_mut().unwrap().remove(name);
		assert_eq!(read(&value), Err(ClaimError::Missing { field: name.to_owned() }));
	}
}

#[test]
fn fails_when_a_claim_is_malformed_and_names_it() {
	let subject = |name, value: &str| with(&["credentialSubject", name], value.into());
	for (value, field) in [
		(subject("taxonomy", "nurse"), "credentialSubject.taxonomy"),
		(subject("jurisdiction", "Massachusetts"), "credentialSubject.jurisdiction"),
		(subject("id", "did:web:nurse.example"), "credentialSubject.id"),
		(with(&["issuer"], "The Board".into()), "issuer"),
		(with(&["validFrom"], "2026-13-01".into()), "validFrom"),
	] {
		let error = read(&value).unwrap_err();
		assert!(
			matches!(&error, ClaimError::Invalid { field: found, .. } if found == field),
			"{error}"
		);
	}
	let error = read(&subject("npi", "1234567890")).unwrap_err();
	assert!(matches!(error, ClaimError::Npi { .. }), "{error}");
	let error = read(&with(&["credentialSubject", "npi"], json!(1_234_567_893))).unwrap_err();
	assert!(matches!(error, ClaimError::WrongType { .. }), "{error}");
	let error = read(&with(&["credentialSubject"], json!([]))).unwrap_err();
	assert!(matches!(error, ClaimError::WrongType { .. }), "{error}");
	let error = read(&with(&["@context"], json!(["https://example.org"]))).unwrap_err();
	assert!(matches!(error, ClaimError::WrongType { .. }), "{error}");
}

#[test]
fn fails_when_the_type_says_nothing_or_too_much() {
	let both = json!([BASE_TYPE, "ProfessionalLicenceCredential", "AccreditationCredential"]);
	for types in [json!([BASE_TYPE]), json!([BASE_TYPE, "Degree"]), both] {
		let error = read(&with(&["type"], types)).unwrap_err();
		assert!(matches!(error, ClaimError::UnknownType { .. }), "{error}");
	}
	let error = read(&with(&["type"], json!(["ProfessionalLicenceCredential"]))).unwrap_err();
	assert!(matches!(error, ClaimError::Invalid { .. }), "{error}");
}

#[test]
fn fails_when_a_name_has_a_meaning_of_its_own() {
	for name in ["_sd", "_sd_alg", "cnf", "iat", "exp", "nbf", "iss", "sub", "vc", "vp"] {
		let error = read(&with(&[name], json!(1))).unwrap_err();
		assert_eq!(error, ClaimError::Reserved { field: name.to_owned() });
	}
	let hidden = with(&["credentialSubject", "other"], json!([{ "...": "x" }]));
	let field = "credentialSubject.other....".to_owned();
	assert_eq!(read(&hidden), Err(ClaimError::Reserved { field }));
}

#[test]
fn fails_when_it_is_not_json_or_says_something_twice() {
	assert!(matches!(Credential::from_json(b"{"), Err(ClaimError::NotJson { .. })));
	let twice = br#"{"issuer":"did:web:a","issuer":"did:web:b"}"#;
	assert!(matches!(Credential::from_json(twice), Err(ClaimError::NotJson { .. })));
}

#[test]
fn fails_when_it_is_from_the_future_over_or_reversed() {
	let credential = read(&licence()).unwrap();
	let at = |text: &str| text.parse::<Timestamp>().unwrap();
	credential.check_dates(at("2026-01-01T00:00:00Z")).unwrap();
	let early = credential.check_dates(at("2025-12-31T23:59:59Z"));
	assert!(matches!(early, Err(ClaimError::FromTheFuture { .. })));
	let late = credential.check_dates(at("2030-01-01T00:00:00Z"));
	assert!(matches!(late, Err(ClaimError::Over { .. })));
	let reversed = read(&with(&["validUntil"], "2025-01-01T00:00:00Z".into())).unwrap();
	let reversed = reversed.check_dates(at("2026-06-01T00:00:00Z"));
	assert!(matches!(reversed, Err(ClaimError::Reversed { .. })));
}
