//! What became of a credential, as a `VerificationResult`.

use crate::support::{concept, moment};
use crate::views::*;
use hdx_consent_engine::{Milliseconds, Period};
use hdx_fhir::{
	provider::{
		terms, verification_results, Check, CredentialKind, CredentialView, IssuedStatus,
		IssuerStanding, PractitionerView, ReportedStatus,
	},
	FhirVersion,
};
use proptest::prelude::*;
use serde_json::{json, Value};

fn hl7(system: &str, code: &str) -> Value {
	concept(&format!("http://terminology.hl7.org/CodeSystem/{system}"), code)
}

fn of(credential: CredentialView) -> Value {
	let view = PractitionerView { credentials: vec![credential], ..pseudonymous() };
	let mut rendered = verification_results(&rendering(FhirVersion::R4), &view);
	assert_eq!(rendered.len(), 1);
	rendered.remove(0)
}

fn checked() -> CredentialView {
	CredentialView { check: Some(check()), ..licence() }
}

#[test]
fn a_checked_licence_says_who_looked_where_and_until_when_it_counts() {
	let board = json!({
		"type": "Organization", "display": "Board of Registration",
		"identifier": { "system": "urn:hdx:issuer", "value": "4" },
	});
	let oracle = |system: &str, value: &str| {
		json!({ "organization": {
			"type": "Organization", "identifier": { "system": system, "value": value },
		} })
	};
	let expected = json!({
		"resourceType": "VerificationResult",
		"target": [{
			"type": "Practitioner",
			"identifier": { "system": "urn:hdx:account", "value": hex(0xaa) },
		}],
		"targetLocation": [format!(
			"Practitioner.qualification.where(identifier.value = '{}')", hex(0x11)
		)],
		"need": hl7("need", "periodic"),
		"status": "validated",
		"statusDate": "2026-06-01T06:00:00.000Z",
		"validationType": hl7("validation-type", "primary"),
		"validationProcess": [hl7("validation-process", "primary")],
		"frequency": { "repeat": { "frequency": 1, "period": 1, "periodUnit": "d" } },
		"lastPerformed": "2026-06-01T06:00:00.000Z",
		"nextScheduled": "2026-06-02",
		"failureAction": hl7("failure-action", "fatal"),
		"primarySource": [{
			"extension": [{ "url": terms::EVIDENCE, "valueString": hex(0xee) }],
			"who": board,
			"type": [hl7("primary-source-type", "lic-board")],
			"communicationMethod": [hl7("verificationresult-communication-method", "pull")],
			"validationStatus": hl7("validation-status", "successful"),
			"validationDate": "2026-06-01T06:00:00.000Z",
			"canPushUpdates": hl7("can-push-updates", "yes"),
		}],
		"attestation": {
			"who": { "identifier": { "system": "urn:hdx:account", "value": hex(0xcc) } },
			"onBehalfOf": board,
			"communicationMethod": hl7("verificationresult-communication-method", "push"),
			"date": "2025-01-02",
		},
		"validator": [
			oracle("urn:hdx:institution", "8"),
			oracle("urn:hdx:account", &hex(0xbb)),
		],
	});
	assert_eq!(of(checked()), expected);
}

#[test]
fn what_nobody_looked_at_is_attested_and_no_more() {
	let resource = of(employment());
	assert_eq!(resource["status"], "attested");
	assert_eq!(resource["need"], hl7("need", "initial"));
	assert_eq!(resource["validationType"], hl7("validation-type", "nothing"));
	let source = &resource["primarySource"][0];
	assert_eq!(source["validationStatus"], hl7("validation-status", "unknown"));
	assert_eq!(source["type"], json!([hl7("primary-source-type", "rel-own")]));
	for absent in [
		"validationProcess",
		"frequency",
		"lastPerformed",
		"nextScheduled",
		"validator",
		"targetLocation",
	] {
		assert!(resource.get(absent).is_none(), "{absent}");
	}
	assert!(source.get("validationDate").is_none() && source.get("extension").is_none());
	// The account that signed is not known, so it is the institution's word.
	assert_eq!(resource["attestation"]["who"]["identifier"]["value"], "3");
	assert!(resource["attestation"].get("onBehalfOf").is_none());
}

/// The table of the module's documentation, row by row.
#[test]
fn the_status_follows_from_the_credential_and_its_check() {
	let valid = licence();
	let expired = Period { start: None, end: Some(moment("2026-05-31T00:00:00Z")) };
	let later = Period { start: Some(moment("2026-07-01T00:00:00Z")), end: None };
	let stale = Check { ttl: Milliseconds(DAY / 8), ..check() };
	let withdrawn = |status| CredentialView {
		status,
		status_since: Some(moment("2026-03-01T00:00:00Z")),
		..checked()
	};
	let reported =
		|status, check| CredentialView { finding: Some(finding(status)), check, ..licence() };
	let standing = |issuer_standing| CredentialView { issuer_standing, ..checked() };
	let (looked, reported_at) = (Some("2026-06-01T06:00"), Some("2026-06-01T11:00"));
	for (row, credential, status, since, source) in [
		(1, withdrawn(IssuedStatus::Revoked), "reval-fail", Some("2026-03-01T00:00"), "failed"),
		(1, withdrawn(IssuedStatus::Suspended), "reval-fail", Some("2026-03-01T00:00"), "failed"),
		(2, reported(ReportedStatus::Revoked, Some(check())), "reval-fail", reported_at, "failed"),
		(
			2,
			reported(ReportedStatus::Suspended, Some(check())),
			"reval-fail",
			reported_at,
			"failed",
		),
		(3, reported(ReportedStatus::Revoked, None), "val-fail", reported_at, "failed"),
		(4, standing(IssuerStanding::Suspended), "req-revalid", None, "unknown"),
		(4, standing(IssuerStanding::NotTrusted), "req-revalid", None, "unknown"),
		(
			5,
			CredentialView { valid: later, ..checked() },
			"attested",
			Some("2025-01-02T10:00"),
			"successful",
		),
		(
			6,
			CredentialView { valid: expired, ..checked() },
			"req-revalid",
			Some("2026-05-31T00:00"),
			"successful",
		),
		(7, valid, "attested", Some("2025-01-02T10:00"), "unknown"),
		(8, checked(), "validated", looked, "successful"),
		(
			9,
			CredentialView { check: Some(stale), ..licence() },
			"req-revalid",
			Some("2026-06-01T09:00"),
			"successful",
		),
	] {
		let resource = of(credential);
		assert_eq!(resource["status"], status, "row {row}");
		let found = resource.get("statusDate").and_then(Value::as_str);
		assert_eq!(found.map(|date| &date[..16]), since, "row {row}");
		let outcome = &resource["primarySource"][0]["validationStatus"];
		assert_eq!(*outcome, hl7("validation-status", source), "row {row}");
	}
}

#[test]
fn a_check_stops_counting_with_the_millisecond_in_which_its_time_ends() {
	let ends_in = |left: u64| Check { at: now(), ttl: Milliseconds(left), ..check() };
	let status = |check| of(CredentialView { check: Some(check), ..licence() })["status"].clone();
	assert_eq!(status(ends_in(1)), "validated");
	assert_eq!(status(ends_in(0)), "req-revalid");
}

#[test]
fn a_finding_against_a_credential_names_those_who_made_it() {
	let resource =
		of(CredentialView { finding: Some(finding(ReportedStatus::Revoked)), ..checked() });
	assert_eq!(resource["lastPerformed"], "2026-06-01T11:00:00.000Z");
	let validators = resource["validator"].as_array().unwrap();
	assert_eq!(validators.len(), 1);
	assert_eq!(validators[0]["organization"]["identifier"]["value"], "9");
	let evidence = &resource["primarySource"][0]["extension"][0]["valueString"];
	assert_eq!(*evidence, hex(0xad));
}

#[test]
fn the_time_that_a_check_counts_is_said_in_the_largest_unit_that_divides_it() {
	for (ttl, expected) in [
		(30 * DAY, Some((30, "d"))),
		(6 * 3_600_000, Some((6, "h"))),
		(90 * 60_000, Some((90, "min"))),
		(61_999, Some((61, "s"))),
		(999, None),
	] {
		let check = Check { ttl: Milliseconds(ttl), ..check() };
		let resource = of(CredentialView { check: Some(check), ..licence() });
		let expected = expected.map(
			|(period, unit)| json!({ "repeat": { "frequency": 1, "period": period, "periodUnit": unit } }),
		);
		assert_eq!(resource.get("frequency"), expected.as_ref(), "{ttl}");
	}
}

#[test]
fn a_failed_certification_is_only_recorded() {
	let kind = CredentialKind::BoardCertification;
	let resource = of(CredentialView { kind, ..checked() });
	assert_eq!(resource["failureAction"], hl7("failure-action", "rec-only"));
	let source = &resource["primarySource"][0];
	assert_eq!(source["type"], json!([hl7("primary-source-type", "issuer")]));
}

prop_compose! {
	fn any_credential()(
		status in prop::sample::select(vec![
			IssuedStatus::Valid, IssuedStatus::Suspended, IssuedStatus::Revoked,
		]),
		issuer_standing in prop::sample::select(vec![
			IssuerStanding::Trusted, IssuerStanding::Suspended, IssuerStanding::NotTrusted,
		]),
		bounds in any::<[Option<bool>; 2]>(),
		found in any::<Option<bool>>(),
		check_at in prop::option::of((0..3 * DAY, 0..3 * DAY)),
	) -> CredentialView {
		let near = |later: bool| Milliseconds(if later { now().0 + DAY } else { now().0 - DAY });
		CredentialView {
			status,
			issuer_standing,
			valid: Period { start: bounds[0].map(near), end: bounds[1].map(near) },
			finding: found.map(|is_revoked| finding(match is_revoked {
				true => ReportedStatus::Revoked,
				false => ReportedStatus::Suspended,
			})),
			check: check_at.map(|(ago, ttl)| Check {
				at: Milliseconds(now().0 - ago),
				ttl: Milliseconds(ttl),
				..check()
			}),
			..licence()
		}
	}
}

proptest! {
	#[test]
	fn nothing_is_validated_without_all_that_it_takes(credential in any_credential()) {
		let is_valid = credential.status == IssuedStatus::Valid
			&& credential.issuer_standing == IssuerStanding::Trusted
			&& credential.finding.is_none()
			&& credential.valid.start.is_none_or(|start| start <= now())
			&& credential.valid.end.is_none_or(|end| now() < end)
			&& credential.check.as_ref().is_some_and(|check| now().0 - check.at.0 < check.ttl.0);
		prop_assert_eq!(of(credential)["status"] == "validated", is_valid);
	}
}
