//! What to do when the pallet of shielded consents refuses.
//!
//! Other pallets have errors of some of these names, so this is asked about its own alone.

use super::circuit;

/// The pallet.
pub const PALLET: &str = "ShieldedConsent";

/// What to do about a refusal, where its own words do not say it.
pub fn on_refusal(name: &str) -> Option<&'static str> {
	about_consents(name).or_else(|| about_snapshots(name)).or_else(|| about_proofs(name))
}

fn about_consents(name: &str) -> Option<&'static str> {
	Some(match name {
		"EmptyLeaf" => "draw another note: hdx shielded grant",
		"AlreadyAppended" => {
			"there is nothing left to do: `hdx shielded list` shows where it is; to give it again, draw another note: hdx shielded grant"
		},
		"NoRoom" => "no leaf is ever removed: the next release has to make room",
		"ConsentUnknown" => "`hdx shielded list` shows where the consents of a wallet are",
		"AlreadyRevoked" => "there is nothing left to do: hdx shielded list",
		"NotATag" => "make a provider's secret, and register its tag: hdx shielded provider",
		"NotAPractitioner" => {
			"give --as the key of an enrolled practitioner, and --on-behalf-of and --role as `hdx provider show` lists them"
		},
		"TagTaken" => "make another secret, as this tag is or was somebody else's: hdx shielded provider",
		"TagUnchanged" => "there is nothing left to do: it is registered for this account",
		"CategoryExists" | "NoCategoryLeft" => "`hdx shielded categories` lists what there is",
		"StateDamaged" => "ask another node; if it says the same, the chain itself is broken",
		_ => return None,
	})
}

fn about_snapshots(name: &str) -> Option<&'static str> {
	Some(match name {
		"SnapshotUnknown" => "ask a node that is up to date, and run it again",
		"SnapshotTooOld" => {
			"run it again: it takes the newest snapshot, and has two minutes for proof and transaction"
		},
		"NotInSnapshot" => "run it again in half a minute, when there is a snapshot with it",
		_ => return None,
	})
}

fn about_proofs(name: &str) -> Option<&'static str> {
	Some(match name {
		"WrongArity" | "InputTooLarge" | "PointMalformed" | "PointAtInfinity" | "PointOffCurve"
		| "PointOutsideSubgroup" => {
			"this program makes none that is refused so: use the release of hdx that goes with the chain"
		},
		"NotProven" => {
			"give the --proving-key that belongs to this --version: `hdx zk list` shows which key each version has"
		},
		name => return circuit::on_refusal(name),
	})
}

#[cfg(test)]
mod tests {
	use super::on_refusal;

	/// Those of the pallet.
	const ERRORS: [&str; 26] = [
		"EmptyLeaf",
		"AlreadyAppended",
		"NoRoom",
		"ConsentUnknown",
		"AlreadyRevoked",
		"SnapshotUnknown",
		"SnapshotTooOld",
		"NotInSnapshot",
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
		"NotATag",
		"NotAPractitioner",
		"TagTaken",
		"TagUnchanged",
		"CategoryExists",
		"NoCategoryLeft",
	];

	#[test]
	fn every_error_of_the_pallet_comes_with_advice() {
		for error in ERRORS {
			assert!(on_refusal(error).is_some(), "{error}");
		}
		assert!(on_refusal("AlreadyRegistered").is_some_and(|advice| advice.contains("hdx zk")));
		assert!(on_refusal("NotAPatient").is_none());
	}
}
