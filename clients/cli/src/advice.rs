//! What to do about an error, and what a denial means.

mod audit;
mod circuit;
mod consent;
mod denial;
mod did;
mod governance;
mod licence;
mod on_behalf;
mod pool;
mod provider;
mod record;
mod shielded;
mod study;
mod validators;

pub use denial::{denial, standing};

use crate::{demo::DemoError, error::Error};
use hdx_fhir::{ReadError, Refusal, SourceError};
use hdx_sdk::{chain::ChainError, store::StoreError};

/// What to do about an error, where its message does not say it.
pub fn on(error: &Error) -> Option<String> {
	let advice = match error {
		Error::Exists { .. } => "name another file, or move that one away",
		Error::SaltExists { .. } => {
			"if that call went through, keep the salt and give the document under another name; if not, delete the salt"
		},
		Error::NoData { .. } => "give the --data directory that `hdx record seal` was run with",
		Error::NoRecordKeys { .. } => {
			"give the --data directory that this record was sealed with; without its keys it stays closed"
		},
		Error::NothingPermitted { .. } => {
			"the consent withholds all of it, or the request asked for labels or classes that the record does not have"
		},
		Error::GrantDead { .. } => "the grantee asks again: hdx access request",
		Error::DrawnKeyNeeded { .. } => {
			"give that public key with --to: the clinician drew it, and the institution that broke the glass hands it on"
		},
		Error::NotCovered { .. } => "`hdx access show GRANT` says what a grant covers",
		Error::NotTheCustodian { .. } => "give with --as the key that operates the custodian",
		Error::ForeignDid { .. } => "name with --url a node of the chain that the DID is of",
		Error::KeyEnded { .. } => {
			"leave --to out: the key in force is taken from the grantee's DID"
		},
		Error::KeyNotListed { .. } => {
			"leave --to out, or let the grantee list the key: hdx did update --add-key"
		},
		Error::NoKeyOfGrantee { .. } => {
			"the grantee lists one (hdx did create, hdx did update --add-key); or give with --to the key that the registry has"
		},
		Error::Malformed { .. } => "the verb's --help says what the file has to be",
		Error::NotInBatch { .. } => {
			"ask the custodian for the disclosure again; what no batch holds was not reported"
		},
		Error::ReportedAlone { .. } => "`hdx audit disclosures PATIENT` lists it",
		Error::NotHandedOver { .. } => {
			"make room, and run it again: it logs another disclosure under the same grant"
		},
		Error::Unclear { .. } => {
			"`hdx audit list` or the verb's `show` tells whether it was; only then try again"
		},
		Error::Unwritable { .. } => "check that the directory exists, has room and may be written",
		Error::UnknownCodes { .. } => {
			"give with --dictionary a file that has them: system|code, one a line"
		},
		Error::BrokenHistory { .. } => {
			"ask another node; if it says the same, the chain itself is broken"
		},
		Error::Fhir(SourceError { error: ReadError { refusal: Refusal::Unresolvable(_), .. }, .. }) => {
			"--directory, and --map where a policy goes on the chain, say who a reference is"
		},
		Error::Usage(_) => "the verb's --help says what it takes",
		Error::Credential(error) => return error.advice().map(str::to_owned),
		Error::Demo(DemoError::Command(error)) => return on(error),
		Error::Demo(DemoError::NothingByProof) => {
			"give another Bundle, or leave --shielded out: a visible consent can name labels"
		},
		Error::Ceremony(error) => return error.advice().map(str::to_owned),
		Error::ChainSpec(error) => error.advice(),
		Error::Zk(error) if error.refusal().is_none() => return error.advice().map(str::to_owned),
		Error::Shielded(error) if error.refusal().is_none() => {
			return error.advice().map(str::to_owned);
		},
		Error::Proof { .. } | Error::BundledProof { .. } => {
			"get the proof again, and the genesis hash, or the set of authorities, from somebody you trust"
		},
		Error::Store(StoreError::DiskFull { .. }) => "nothing was registered; make room and run it again",
		Error::Chain(ChainError::GovernanceDecides { key: Some(_), .. }) => {
			"give with --as the sudo key, which development chains have; or propose it: hdx gov propose --help"
		},
		Error::Chain(ChainError::GovernanceDecides { key: None, .. }) => {
			"propose it to those who decide: hdx gov propose --help"
		},
		Error::Chain(ChainError::RefusedOtherwise { call, .. }) if call.ends_with("Polls::submit") => {
			"a member has two proposals open at a time, and one emergency: `hdx gov list` shows which go on"
		},
		Error::Chain(ChainError::Unreachable { .. }) => {
			"./scripts/run.sh starts a development node; --url or HDX_URL names another"
		},
		Error::Chain(ChainError::EntryDiscarded { .. }) => {
			"name with --url a node that keeps the state of all blocks; or have somebody who exported it in time hand the proof over"
		},
		Error::Chain(ChainError::NoJustification { .. }) => {
			"name with --url another node; `hdx audit authorities` writes the set from which `hdx audit prove --authorities` starts"
		},
		Error::Chain(ChainError::AuthoritiesChanging { .. }) => {
			"wait for that block; `hdx audit authorities` then tells the new set"
		},
		Error::Chain(ChainError::BeyondTheEnd { .. }) => {
			"`hdx audit list` without --from begins with the oldest entry, and says where the next page begins"
		},
		Error::Chain(error @ ChainError::NotAccepted { .. }) => {
			return error.not_taken().map(pool::on_not_taken).map(str::to_owned);
		},
		_ => {
			let refusal = error.refusal();
			let advice = refusal
				.filter(|_| is_of_shielded(error))
				.and_then(shielded::on_refusal)
				.or_else(|| {
					refusal.filter(|_| is_by(error, licence::PALLET)).and_then(licence::on_refusal)
				})
				.or_else(|| refusal.filter(|_| is_by(error, study::PALLET)).and_then(study::on_refusal))
				.or_else(|| {
					let proxy = refusal.filter(|_| is_by(error, on_behalf::PROXY));
					proxy.and_then(on_behalf::on_proxy_refusal)
				})
				.or_else(|| {
					let multisig = refusal.filter(|_| is_by(error, on_behalf::MULTISIG));
					multisig.and_then(on_behalf::on_multisig_refusal)
				})
				.or_else(|| refusal.and_then(consent::on_refusal))
				.or_else(|| refusal.and_then(provider::on_refusal))
				.or_else(|| refusal.and_then(did::on_refusal))
				.or_else(|| refusal.and_then(on_refusal))
				.or_else(|| refusal.and_then(audit::on_refusal))
				.or_else(|| refusal.and_then(record::on_refusal))
				.or_else(|| refusal.and_then(circuit::on_refusal))
				.or_else(|| refusal.and_then(validators::on_refusal))
				.or_else(|| refusal.and_then(governance::on_refusal));
			return advice.map(str::to_owned);
		},
	};
	Some(advice.to_owned())
}

/// Whether the pallet of shielded consents refused, or would. Other pallets have errors of some of its names.
fn is_of_shielded(error: &Error) -> bool {
	match error {
		Error::Shielded(_) => true,
		_ => is_by(error, shielded::PALLET),
	}
}

/// Whether a pallet refused.
fn is_by(error: &Error, name: &str) -> bool {
	error
		.chain()
		.is_some_and(|error| matches!(error, ChainError::Refused { pallet, .. } if pallet == name))
}

/// What to do about the refusal of a pallet.
fn on_refusal(name: &str) -> Option<&'static str> {
	Some(match name {
		"NotTheCustodian" => "give with --as the key that operates the record's custodian; `hdx record show` names it",
		"RecordOfAnotherPatient" => "`hdx record list PATIENT` lists the records of a patient",
		"DurationTooLong" => "give a shorter --duration",
		"GrantOutdated" | "GrantExpired" | "GrantUsedUp" | "GrantRevoked" => {
			"the grantee asks again: hdx access request"
		},
		"NotAnEmergency" | "EmergencyOnlyReads" => "ask as usual: hdx access request",
		"EmergencyTooLong" => {
			"give a shorter --duration; `hdx access emergency-terms` tells the longest"
		},
		"OwnReview" | "MayNotReview" => {
			"an institution's operator, or one of its auditors, reviews; never who broke the glass, and by proof an auditor alone"
		},
		"ReviewClosed" => {
			"`hdx access reviews --patient ACCOUNT` shows what was found of a break-glass, `hdx audit review show` of an entry"
		},
		"NotABreakGlass" => "`hdx access reviews` lists break-glasses",
		"EmergencyDurationOutOfRange" => "give a --max-duration from 15m to 4h",
		"EmergencyUsesOutOfRange" => "give --uses from 1 to 100",
		"ReviewDeadlineOutOfRange" => "give a --review-within from 1h to 30d",
		"OverdueLimitTooHigh" => "give a --max-overdue of at most 100",
		"FrequencyExceeded" => {
			"the patient limits how often: `hdx consent show` tells how often, and since when it counts"
		},
		"ConsentNotInForce" => "the grantee asks again, under what the patient consents to now: hdx access request",
		"NoConsent" | "ConsentDenied" => "only the patient can change that: hdx consent grant",
		"MayNotRevoke" => "give with --as the patient's key, or the custodian's",
		_ => return None,
	})
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::zk_error::ZkError;
	use hdx_primitives::ProofRefusal;

	#[test]
	fn refusals_come_with_advice() {
		let refused = |name: &str| {
			let error = Error::from(ChainError::Refused {
				call: "Consent::grant".into(),
				pallet: "Consent".into(),
				error: name.into(),
				docs: String::new(),
			});
			on(&error).unwrap()
		};
		assert!(refused("NotAPatient").contains("hdx patient sponsor"));
		assert!(refused("PatientUnknown").contains("hdx patient sponsor"));
		assert!(refused("NotTrustedForKind").contains("hdx provider issuer list"));
		assert!(refused("NotTheCustodian").contains("hdx record show"));
		assert!(refused("VersionMismatch").contains("hdx did show"));
		assert!(refused("NotEnoughAttestations").contains("hdx zk attest"));
		assert!(refused("AccountSpent").contains("hdx key generate"));
	}

	#[test]
	fn a_name_that_two_pallets_have_comes_with_the_advice_of_the_one_that_refused() {
		let refused = |pallet: &str| {
			let error = Error::from(ChainError::Refused {
				call: "a".into(),
				pallet: pallet.into(),
				error: "AlreadyRevoked".into(),
				docs: String::new(),
			});
			on(&error).unwrap()
		};
		assert!(refused("ShieldedConsent").contains("hdx shielded list"));
		assert!(refused("Consent").contains("hdx consent show"));
		let unknown = |pallet: &str| {
			let error = Error::from(ChainError::Refused {
				call: "a".into(),
				pallet: pallet.into(),
				error: "NotFound".into(),
				docs: String::new(),
			});
			on(&error).unwrap()
		};
		assert!(unknown("Proxy").contains("proxies"));
		assert!(unknown("Multisig").contains("signatories"));
		let error = Error::from(ChainError::Refused {
			call: "a".into(),
			pallet: "Study".into(),
			error: "NoRoom".into(),
			docs: String::new(),
		});
		assert!(on(&error).unwrap().contains("attestation"));
	}

	#[test]
	fn a_refused_proof_comes_with_advice() {
		let error = Error::from(ZkError::refused(ProofRefusal::CircuitNotActive));
		assert!(on(&error).unwrap().contains("hdx zk activate"));
		let error = Error::from(ZkError::Development { path: "key".into() });
		assert!(on(&error).unwrap().contains("ceremonies"));
	}
}
