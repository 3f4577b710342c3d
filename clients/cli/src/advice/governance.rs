//! What to do when the chambers refuse, or what carries out what they decide.

/// What to do about a refusal, where its own words do not say it.
pub fn on_refusal(name: &str) -> Option<&'static str> {
	Some(match name {
		"InstitutionHasNoVoice" => {
			"reinstate or accredit the institution first: `hdx provider list` shows how it stands"
		},
		"AlreadySeated" | "AlreadyRepresentative" | "SeatUnchanged" => {
			"there is nothing left to do: `hdx gov members` shows who has a vote"
		},
		"NotSeated" | "NotARepresentative" => "`hdx gov members` shows who has a vote",
		"NoSeatLeft" => "a chamber has 64 seats: take one first",
		"LastSeat" => "give another one a seat first",
		"TooFewVoters" => {
			"half of the seats have to keep a vote: renew the accreditations, or have the chamber decide who loses its seat"
		},
		"IsOperator" => "name an account that operates no institution: hdx key generate",
		"NotAMember" | "NotMember" => {
			"give with --as the key of a member: `hdx gov members` shows who has a vote, --patients names the other chamber"
		},
		"TooManyOpen" => "wait until one of your proposals has ended: hdx gov list",
		"NoteTooLong" => "propose less at a time: a text has at most 8 KiB",
		"TooManyNotes" => "take back the texts of what is decided: preimage.unnotePreimage",
		"NotPolling" | "NotOngoing" => "it has ended: hdx gov list",
		"NoTrack" => "no track of this chamber has that origin: docs/governance.md",
		"HasDeposit" => "it is being decided about: hdx gov status",
		"CallIsNotWhitelisted" => "the patients have to approve it first: hdx gov propose … --patients",
		"CallAlreadyWhitelisted" | "AlreadyDeferred" => {
			"the chamber has approved it already; the other one has to: hdx gov list --patients"
		},
		"DeferredDispatchNotFound" => {
			"the institutions have not approved it, or it was carried out: hdx gov list"
		},
		"DeferredDispatchExpired" => "too much time passed: propose it again, with which hdx removes what is left of it",
		"UnavailablePreImage" => "give the call itself: hdx gov enact --call",
		"MultiBlockMigrationsOngoing" => {
			"a migration goes on: bring the code in when it is done, which the view multiBlockMigrations.status tells"
		},
		"Unpausable" => "what patients take back, the log and the chambers are never paused",
		_ => return None,
	})
}

#[cfg(test)]
mod tests {
	use super::on_refusal;

	/// Those of pallet-governance, and those of the SDK's pallets that members meet.
	const ERRORS: [&str; 27] = [
		"InstitutionHasNoVoice",
		"AlreadySeated",
		"NotSeated",
		"NoSeatLeft",
		"LastSeat",
		"AlreadyRepresentative",
		"NotARepresentative",
		"IsOperator",
		"SeatUnchanged",
		"NotAMember",
		"TooManyOpen",
		"NoteTooLong",
		"TooManyNotes",
		"TooFewVoters",
		"NotMember",
		"NotPolling",
		"NotOngoing",
		"NoTrack",
		"HasDeposit",
		"CallIsNotWhitelisted",
		"CallAlreadyWhitelisted",
		"AlreadyDeferred",
		"DeferredDispatchNotFound",
		"DeferredDispatchExpired",
		"UnavailablePreImage",
		"Unpausable",
		"MultiBlockMigrationsOngoing",
	];

	#[test]
	fn every_error_of_the_chambers_comes_with_advice() {
		for error in ERRORS {
			assert!(on_refusal(error).is_some(), "{error}");
		}
	}
}
