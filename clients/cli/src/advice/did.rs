//! What to do when the DID pallet refuses.

/// What to do about a refusal, where its own words do not say it.
pub fn on_refusal(name: &str) -> Option<&'static str> {
	Some(match name {
		"AlreadyCreated" => "change it with `hdx did update`; `hdx did show` tells what it lists",
		"DidUnknown" => "the account's owner creates it: hdx did create",
		"NotInControl" => {
			"give with --as the key of the subject, or of a controller that `hdx did show` lists"
		},
		"OnlyTheSubject" => "give with --as the key of the account whose DID it is",
		"DidIsDeactivated" => "the account can have no other DID; use another account",
		"VersionMismatch" => {
			"it changed in the meantime: look at it (`hdx did show`, `hdx record show`), and run it again; of a DID without --expect-version, or with the version shown"
		},
		"TooManyKeys" => "a DID lists 32 keys in all, those that have ended included",
		"KeyUnknown" | "KeyAlreadyEnded" => "`hdx did show` lists the keys and when they ended",
		"KeyAlreadyListed" => "make a new one (hdx key generate): a key that has ended never comes back",
		"SubjectAsController" | "AlreadyController" => "there is nothing left to do: hdx did show",
		"NotAController" => "`hdx did show` lists the controllers",
		"TooManyControllers" => "remove one first: hdx did update --remove-controller",
		"ServiceUnchanged" => "there is nothing left to do: hdx did show",
		"ServiceUnknown" => "`hdx did show` lists the services",
		"TooManyServices" => "remove one first: hdx did update --remove-service",
		_ => return None,
	})
}
