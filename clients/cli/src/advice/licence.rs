//! What to do when the pallet of shielded licences refuses.
//!
//! Other pallets have errors of some of these names, so this is asked about its own alone.

/// The pallet.
pub const PALLET: &str = "ShieldedLicence";

/// What to do about a refusal, where its own words do not say it.
pub fn on_refusal(name: &str) -> Option<&'static str> {
	Some(match name {
		"NotItsIssuer" => {
			"give --as the key of the issuer who attested it: `hdx provider show` lists a practitioner's credentials, and who attested each"
		},
		"LicenceDoesNotStand" => {
			"`hdx provider show` says what is wrong with it; renew or reinstate it first: hdx provider renew-credential"
		},
		"LeafTooLarge" | "EmptyLeaf" => {
			"this program makes none that is refused so: use the release of hdx that goes with the chain"
		},
		"LeafUsed" => "draw another salt, by running it again: hdx licence enter",
		"EnteredLately" => {
			"a licence has a new leaf once a day at most: enter it a day after the last one; what must not be used meanwhile is removed at once: hdx licence remove"
		},
		"NoRoom" => "no place is ever given to another licence: the next release has to make room",
		"LicenceNotEntered" => "there is nothing to remove; its issuer enters it: hdx licence enter",
		"LicenceStands" => {
			"`hdx licence lapsed` lists those that anybody may remove; else its issuer does, or governance with --govern"
		},
		"StateDamaged" => "ask another node; if it says the same, the chain itself is broken",
		"NotAnAuditorKey" | "AuditorKeyUsed" => {
			"have the auditor make another secret, and give its key: hdx zk audit-new"
		},
		"NoAuditorNumberLeft" => "the next release has to make room",
		"NoAuditor" => "there is nothing left to do: hdx zk audit-show",
		_ => return None,
	})
}

#[cfg(test)]
mod tests {
	use super::on_refusal;

	/// Those of the pallet.
	const ERRORS: [&str; 14] = [
		"NotItsIssuer",
		"LicenceDoesNotStand",
		"LeafTooLarge",
		"EmptyLeaf",
		"LeafUsed",
		"EnteredLately",
		"NoRoom",
		"LicenceNotEntered",
		"LicenceStands",
		"StateDamaged",
		"NotAnAuditorKey",
		"AuditorKeyUsed",
		"NoAuditorNumberLeft",
		"NoAuditor",
	];

	#[test]
	fn every_error_of_the_pallet_comes_with_advice() {
		for error in ERRORS {
			assert!(on_refusal(error).is_some(), "{error}");
		}
		assert!(on_refusal("AlreadyAppended").is_none());
	}
}
