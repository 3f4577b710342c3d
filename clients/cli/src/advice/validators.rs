//! What to do when the set of validators refuses, or pallet-session on its behalf.

/// What to do about a refusal, where its own words do not say it.
pub fn on_refusal(name: &str) -> Option<&'static str> {
	Some(match name {
		"InstitutionNotActive" => {
			"governance registers the institution, or reinstates it, before it adds a validator of it"
		},
		"AlreadyValidator" => "there is nothing left to do",
		"AccountSpent" => "make a new account for the validator: hdx key generate",
		"TooManyValidators" => "remove one first",
		"TooManyOfInstitution" => "remove another one of the institution first",
		"NotAValidator" => "the view validatorSet.validators lists them",
		"NoTerms" => "governance sets the terms first, once as many validators as the minimum have session keys",
		"BelowMinimum" => {
			"add another one first, and wait until it has session keys; or let governance lower the minimum"
		},
		"MinimumIsZero" => "give a minimum of at least one",
		"MinimumNotMet" => "let more validators set session keys first, or give a lower minimum",
		"CooldownTooLong" => "the constant validatorSet.maxKeyCooldown tells the longest, in sessions",
		"ValidatorMissing" => {
			"add all that validate first: the view validatorSet.validators tells whom the set has"
		},
		"SessionPeriodOutOfBounds" => {
			"the constants validatorSet.minSessionPeriod and maxSessionPeriod tell the bounds, in blocks"
		},
		"NotDisabled" => {
			"the view validatorSet.validator tells in disabledFor whether one is; there is nothing to reinstate"
		},
		"NoAssociatedValidatorId" => {
			"validators alone set session keys, and not again soon: the view validatorSet.validator tells from which session on"
		},
		"DuplicatedKey" => "have the node make keys of its own: author_rotateKeysWithOwner",
		"InvalidProof" => {
			"give the proof that the node made for this account, together with the keys: author_rotateKeysWithOwner"
		},
		_ => return None,
	})
}

#[cfg(test)]
mod tests {
	use super::on_refusal;

	/// Those of the pallet, and those of pallet-session that validators meet.
	const ERRORS: [&str; 17] = [
		"InstitutionNotActive",
		"AlreadyValidator",
		"AccountSpent",
		"TooManyValidators",
		"TooManyOfInstitution",
		"NotAValidator",
		"NoTerms",
		"BelowMinimum",
		"MinimumIsZero",
		"MinimumNotMet",
		"CooldownTooLong",
		"ValidatorMissing",
		"SessionPeriodOutOfBounds",
		"NotDisabled",
		"NoAssociatedValidatorId",
		"DuplicatedKey",
		"InvalidProof",
	];

	#[test]
	fn every_error_about_validators_comes_with_advice() {
		for error in ERRORS {
			assert!(on_refusal(error).is_some(), "{error}");
		}
	}
}
