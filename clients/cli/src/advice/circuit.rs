//! What to do when the registry of circuits refuses, or a proof is refused.

/// What to do about a refusal, where its own words do not say it.
pub fn on_refusal(name: &str) -> Option<&'static str> {
	Some(match name {
		"AlreadyRegistered" => {
			"register it as another version: `hdx zk list` shows those that there are"
		},
		"TooManyCircuits" => "no version is ever removed: the next release has to make room",
		"CircuitUnknown" => {
			"`hdx zk list` shows the versions that are registered; governance registers one with `hdx zk register`"
		},
		"KeyOfWrongLength" => "give the verifying key, not the proving key; both begin alike",
		"KeyOriginUnknown" => {
			"a verifying key begins with hdx-ceremony-v1 or hdx-DEVELOPMENT; get it again from whoever published it"
		},
		"KeyForDevelopment" => "chains for production take keys of ceremonies alone",
		"KeyPointMalformed"
		| "KeyPointAtInfinity"
		| "KeyPointOffCurve"
		| "KeyPointOutsideSubgroup" => {
			"get the key again from whoever published it, and compare the digest"
		},
		"KeyDeltaIsGamma" | "KeyDeltaIsGenerator" => {
			"this is no key of a ceremony: ask those who were part of it which one is theirs"
		},
		"RegistrationMismatch" => {
			"do not attest it: `hdx ceremony verify TRANSCRIPT --key KEY` says whether yours belong together, and `hdx zk list` shows key and transcript that are registered; ask the other parties of the ceremony which are theirs"
		},
		"AlreadyAttested" => "there is nothing left to do: `hdx zk list` shows who attested",
		"TooManyAttestations" => "there are more than are needed: hdx zk activate",
		"NotEnoughAttestations" => {
			"`hdx zk list` shows who attested and how many are needed; operators attest with `hdx zk attest`"
		},
		"NotAttested" => "`hdx zk list` shows whose attestations there are; a suspension voids them",
		"AlreadyActive" | "NotActive" => "`hdx zk list` shows which versions are active",
		"CircuitNotActive" => {
			"`hdx zk list` shows what it waits for; governance activates it with `hdx zk activate`"
		},
		"BatchEmpty" | "BatchTooLarge" => "a batch has from 1 to 32 proofs",
		"WrongArity" => {
			"give each public input once, with --input, in the order of docs/zero-knowledge.md"
		},
		"InputTooLarge" => {
			"an input is 32 bytes, the lowest first, and never reduced: see that it was not written in another order"
		},
		"PointMalformed" | "PointAtInfinity" | "PointOffCurve" | "PointOutsideSubgroup" => {
			"the file is damaged, or somebody made it up: get the proof again"
		},
		"NotProven" => {
			"compare circuit, version, key and every input, the context first: a proof holds for one of each"
		},
		"WrongRelation" => {
			"the version states something else than this program, or the chain, was written for: use another version, or another release"
		},
		"KeyDamaged" => "ask another node; if it says the same, the chain itself is broken",
		_ => return None,
	})
}

#[cfg(test)]
mod tests {
	use super::on_refusal;

	/// Those of the pallet, but for the one that every operator is told about.
	const ERRORS: [&str; 19] = [
		"AlreadyRegistered",
		"TooManyCircuits",
		"CircuitUnknown",
		"KeyOfWrongLength",
		"KeyOriginUnknown",
		"KeyForDevelopment",
		"KeyPointMalformed",
		"KeyPointAtInfinity",
		"KeyPointOffCurve",
		"KeyPointOutsideSubgroup",
		"KeyDeltaIsGamma",
		"KeyDeltaIsGenerator",
		"RegistrationMismatch",
		"AlreadyAttested",
		"TooManyAttestations",
		"NotEnoughAttestations",
		"AlreadyActive",
		"NotActive",
		"NotAttested",
	];

	#[test]
	fn every_error_of_the_registry_comes_with_advice() {
		for error in ERRORS {
			assert!(on_refusal(error).is_some(), "{error}");
		}
		assert!(crate::advice::provider::on_refusal("NotAnOperator").is_some());
	}
}
