//! `VerificationResult`.

use super::{
	element::{self, Builder},
	practitioner::is_qualification,
	state::{CredentialState, VerificationStatus},
	terms,
	view::{Check, CredentialKind, CredentialView, PartyId, PractitionerView, Rendering},
};
use crate::naming::hash;
use hdx_consent_engine::Milliseconds;
use serde_json::{json, Value};

/// Renders a `VerificationResult` for each credential of a practitioner, in their order; the same
/// in R4 and R5.
pub fn verification_results(rendering: &Rendering, view: &PractitionerView) -> Vec<Value> {
	view.credentials.iter().map(|credential| render(rendering, view, credential)).collect()
}

fn render(rendering: &Rendering, view: &PractitionerView, credential: &CredentialView) -> Value {
	let (status, since) = VerificationStatus::of(credential, rendering.at);
	let is_attested_outside = matches!(credential.issuer.id, PartyId::Issuer(_));
	let was_looked_at = credential.check.is_some() || credential.finding.is_some();
	let is_validated = is_attested_outside || was_looked_at;
	let need = if is_validated { "periodic" } else { "initial" };
	let validation_type = if is_validated { "primary" } else { "nothing" };
	let process = was_looked_at.then(|| element::concept(terms::VALIDATION_PROCESS, "primary"));
	let check = credential.check.as_ref();
	let finding_at = credential.finding.as_ref().map(|finding| finding.at);
	let last_performed = check.map(|check| check.at).max(finding_at);
	let location = format!(
		"Practitioner.qualification.where(identifier.value = '{}')",
		hash(&credential.commitment)
	);
	Builder::resource("VerificationResult")
		.with("target", vec![element::practitioner(&view.account)])
		.maybe("targetLocation", is_qualification(credential).then(|| vec![location]))
		.with("need", element::concept(terms::NEED, need))
		.with("status", status.code())
		.maybe("statusDate", since.map(element::date_time))
		.with("validationType", element::concept(terms::VALIDATION_TYPE, validation_type))
		.list("validationProcess", process.into_iter().collect())
		.maybe("frequency", check.and_then(frequency))
		.maybe("lastPerformed", last_performed.map(element::date_time))
		.maybe("nextScheduled", check.map(|check| element::date(check.ends())))
		.with("failureAction", failure_action(credential.kind))
		.with("primarySource", vec![primary_source(rendering, credential)])
		.with("attestation", attestation(credential))
		.list("validator", validators(credential))
		.build()
}

/// What it leads to when a credential of this kind does not stand. Enrolment rests on employment, the
/// levels above it on a licence; a certification in a specialty only adds to them.
fn failure_action(kind: CredentialKind) -> Value {
	let code = match kind {
		CredentialKind::Licence | CredentialKind::Employment => "fatal",
		CredentialKind::BoardCertification => "rec-only",
	};
	element::concept(terms::FAILURE_ACTION, code)
}

/// A `Timing`: once in the time that a check counts, in the largest unit that says it in whole
/// numbers. Parts of a second are left off, so that it is early rather than late. `None`: less than
/// a second.
fn frequency(check: &Check) -> Option<Value> {
	let seconds = check.ttl.0.checked_div(1000).filter(|seconds| *seconds > 0)?;
	let units = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1_u64)];
	units.into_iter().find(|(_, length)| seconds.is_multiple_of(*length)).map(|(unit, length)| {
		let period = seconds.checked_div(length);
		json!({ "repeat": { "frequency": 1, "period": period, "periodUnit": unit } })
	})
}

/// Who has to know, and what they said when they were asked last.
fn primary_source(rendering: &Rendering, credential: &CredentialView) -> Value {
	let (status, at, evidence) = outcome(rendering, credential);
	let kind = match (credential.issuer.id, credential.kind) {
		(PartyId::Issuer(_), CredentialKind::Licence) => "lic-board",
		(PartyId::Issuer(_), CredentialKind::BoardCertification) => "issuer",
		_ => "rel-own",
	};
	let pulls = credential.check.is_some() || credential.finding.is_some();
	let method = pulls.then(|| element::concept(terms::COMMUNICATION_METHOD, "pull"));
	let evidence = evidence.map(|it| element::extension(terms::EVIDENCE, "valueString", hash(&it)));
	Builder::element()
		.list("extension", evidence.into_iter().collect())
		.with("who", element::organization(&credential.issuer))
		.with("type", vec![element::concept(terms::PRIMARY_SOURCE_TYPE, kind)])
		.list("communicationMethod", method.into_iter().collect())
		.with("validationStatus", element::concept(terms::VALIDATION_STATUS, status))
		.maybe("validationDate", at.map(element::date_time))
		// Issuers and institutions take credentials back on the chain itself, at once.
		.with("canPushUpdates", element::concept(terms::CAN_PUSH_UPDATES, "yes"))
		.build()
}

type Outcome = (&'static str, Option<Milliseconds>, Option<[u8; 32]>);

fn outcome(rendering: &Rendering, credential: &CredentialView) -> Outcome {
	match (CredentialState::of(credential, rendering.at), &credential.finding, &credential.check) {
		(CredentialState::Revoked | CredentialState::Suspended, _, _) => {
			("failed", credential.status_since, None)
		},
		(_, Some(finding), _) => ("failed", Some(finding.at), Some(finding.evidence)),
		(CredentialState::IssuerNotTrusted | CredentialState::IssuerSuspended, _, _) => {
			("unknown", None, None)
		},
		(_, None, Some(check)) => ("successful", Some(check.at), Some(check.evidence)),
		(_, None, None) => ("unknown", None, None),
	}
}

/// Who said so: the account that signed, on behalf of the issuer; or the issuer, where the account
/// is not known. The chain holds signatures of extrinsics, no certificates.
fn attestation(credential: &CredentialView) -> Value {
	let issuer = element::organization(&credential.issuer);
	let (who, on_behalf_of) = match &credential.signer {
		Some(signer) => (json!({ "identifier": element::account(signer) }), Some(issuer)),
		None => (issuer, None),
	};
	Builder::element()
		.with("who", who)
		.maybe("onBehalfOf", on_behalf_of)
		.with("communicationMethod", element::concept(terms::COMMUNICATION_METHOD, "push"))
		.with("date", element::date(credential.attested_at))
		.build()
}

/// The oracles whose word the status rests on: those who reported against it, else those who
/// checked it.
fn validators(credential: &CredentialView) -> Vec<Value> {
	let oracles = match (&credential.finding, &credential.check) {
		(Some(finding), _) => finding.oracles.as_slice(),
		(None, Some(check)) => check.oracles.as_slice(),
		(None, None) => &[],
	};
	oracles.iter().map(|oracle| json!({ "organization": element::organization(oracle) })).collect()
}
