//! What to do when the pallet of studies refuses.
//!
//! Other pallets have errors of some of these names, so this is asked about its own alone.

use super::shielded;

/// The pallet.
pub const PALLET: &str = "Study";

/// What to do about a refusal, where its own words do not say it.
pub fn on_refusal(name: &str) -> Option<&'static str> {
	about_terms(name)
		.or_else(|| about_studies(name))
		.or_else(|| about_attestations(name))
		.or_else(|| about_enrolments(name))
}

fn about_terms(name: &str) -> Option<&'static str> {
	Some(match name {
		"SponsorInactive" => "`hdx provider list` shows which institutions are active",
		"RangeEmpty" => "give with --range MIN-MAX a maximum that is not below its minimum",
		"AttestedTooLate" => "give an earlier --attested-from",
		"NoCategory" | "CategoryUnknown" => {
			"give with --category numbers that `hdx shielded categories` lists"
		},
		"MinimumTooSmall" => "give a --minimum of at least 11",
		"PeriodEmpty" => "give --until a time that is to come, and later than --from",
		"TooManyStudies" => "no study is ever removed: the next release has to make room",
		_ => return None,
	})
}

fn about_studies(name: &str) -> Option<&'static str> {
	Some(match name {
		"StudyUnknown" => "`hdx study list` shows the studies",
		"NotTheSponsor" => {
			"give with --as the key that operates the sponsor, which `hdx study show` names; governance closes a study by referendum: hdx gov propose call"
		},
		"StudyClosed" | "StudyEnded" => "that is final: `hdx study show` tells how many take part",
		"StudyNotBegun" => "`hdx study show` tells when it begins",
		"StudyStillOpen" => "close it first: hdx study close",
		"CohortNotReached" => {
			"results about so few would tell of each: they are never published; `hdx study show` tells the minimum"
		},
		"ResultsPublished" => "there is nothing left to do: `hdx study show` tells which",
		_ => return None,
	})
}

fn about_attestations(name: &str) -> Option<&'static str> {
	Some(match name {
		"NotAnInstitution" => {
			"give with --as the key that operates an active institution; `hdx provider list` shows them"
		},
		"EmptyLeaf" | "AlreadyAttested" => "attest it again, under another salt: hdx study attest",
		"NoRoom" => "no attestation is ever removed: the next release has to make room",
		"AttestationsUnknown" => "ask a node that is up to date, and run it again",
		_ => return None,
	})
}

fn about_enrolments(name: &str) -> Option<&'static str> {
	Some(match name {
		"AlreadyCounted" => "there is nothing left to do: each patient is counted once",
		"RevocationInactive" => {
			"name with --revoked-by a version of consent_revoke that is active: `hdx zk list` shows them; while there is none, nobody is counted"
		},
		name => return shielded::on_refusal(name),
	})
}

#[cfg(test)]
mod tests {
	use super::on_refusal;

	/// Those of the pallet.
	const ERRORS: [&str; 38] = [
		"SponsorInactive",
		"RangeEmpty",
		"AttestedTooLate",
		"NoCategory",
		"CategoryUnknown",
		"MinimumTooSmall",
		"PeriodEmpty",
		"TooManyStudies",
		"StudyUnknown",
		"NotTheSponsor",
		"StudyClosed",
		"StudyNotBegun",
		"StudyEnded",
		"StudyStillOpen",
		"CohortNotReached",
		"ResultsPublished",
		"NotAnInstitution",
		"EmptyLeaf",
		"AlreadyAttested",
		"NoRoom",
		"AttestationsUnknown",
		"SnapshotUnknown",
		"SnapshotTooOld",
		"NotInSnapshot",
		"AlreadyCounted",
		"RevocationInactive",
		"CircuitUnknown",
		"CircuitNotActive",
		"WrongRelation",
		"WrongArity",
		"InputTooLarge",
		"PointMalformed",
		"PointAtInfinity",
		"PointOffCurve",
		"PointOutsideSubgroup",
		"NotProven",
		"KeyDamaged",
		"StateDamaged",
	];

	#[test]
	fn every_error_of_the_pallet_comes_with_advice() {
		for error in ERRORS {
			assert!(on_refusal(error).is_some(), "{error}");
		}
		assert!(on_refusal("NotAPatient").is_none());
	}
}
