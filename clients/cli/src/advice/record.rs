//! What to do when the chain refuses something about a record.

/// What to do about a refusal, where its own words do not say it.
pub fn on_refusal(name: &str) -> Option<&'static str> {
	about_custody(name)
		.or_else(|| about_versions(name))
		.or_else(|| about_rights(name))
		.or_else(|| about_batches(name))
		.or_else(|| about_proofs(name))
		.or_else(|| about_emergencies(name))
}

fn about_custody(name: &str) -> Option<&'static str> {
	Some(match name {
		"AlreadyTheCustodian" | "NoOffer" | "NotPartyToOffer" => {
			"`hdx record show` tells who keeps a record, and to whom it is offered"
		},
		"ReceiverNotActive" => "`hdx provider list` shows the institutions that are active",
		"OfferOpen" => "withdraw that one first: hdx record withdraw-offer",
		"EpochNotLater" => "seal it with keys of a later generation",
		_ => return None,
	})
}

fn about_versions(name: &str) -> Option<&'static str> {
	Some(match name {
		"GrantBringsNothingIn" => "ask for a grant to write or to append",
		"ManifestUnchanged" | "ManifestSuperseded" => "seal the new version with another salt",
		"EpochEarlier" => "seal it with keys of the same generation, or of a later one",
		"SectionsRemoved" => {
			"what only adds keeps all sections; to replace them takes a grant to write"
		},
		"RecordRetired" => "its custodian can reinstate it: hdx record reinstate",
		"RecordNotNamed" => {
			"the consent limits how often it is used now; ask for one record: hdx access request --record N"
		},
		"NotRetired" => "`hdx record show` tells whether a record is out of use",
		_ => return None,
	})
}

/// About requests with a proof, and what they need to know of a record.
fn about_proofs(name: &str) -> Option<&'static str> {
	Some(match name {
		"ProofNeedsRecord" => "name it: --record",
		"ProofNeedsOneClass" => "name one: --class; for another one, prove again",
		"ProofNamesNoLabels" => "leave --label out: what carries one is withheld anyway",
		"ProofOnlyReads" => "give --action read",
		"ProvenTooLong" => "give a --duration of at most 15m, and prove again when it is over",
		"ClassWithoutCategory" => "`hdx shielded categories` lists the classes that consents name",
		"PurposeWithoutPlace" => "shielded consents name TREAT and its like alone: give such a --purpose",
		"NullifierTooLarge" => {
			"this program makes none that is refused so: use the release of hdx that goes with the chain"
		},
		"SnapshotUnknown" => "ask a node that is up to date, and run it again",
		"SnapshotTooOld" => {
			"run it again: it takes the newest snapshot, and has two minutes for proof and transaction"
		},
		"TreeNotInSnapshot" => "run it again in half a minute, when there is a snapshot with the tree",
		"NotATag" => "give the patient's key as `hdx shielded tag` shows it",
		"SubjectTagSet" => {
			"it changes with a new version of the record: hdx record update; where it is wrong, withdraw it: hdx shielded subject --withdraw"
		},
		"SubjectTagWithdrawn" => "it is set with a new version of the record: hdx record update",
		"ProviderTagMissing" => "register your tag first: hdx shielded register",
		"SubjectTagMissing" => "its custodian sets it: hdx shielded subject",
		"RevocationInactive" | "CircuitInactive" => "`hdx zk list` shows which versions are active",
		"ProofUsed" => "wait for the next snapshot, half a minute at most, and prove again",
		"NotProven" => "prove again: hdx access request-by-proof",
		_ => return None,
	})
}

/// About breaking the glass by proof.
fn about_emergencies(name: &str) -> Option<&'static str> {
	Some(match name {
		"LicenceRootNotRecent" => {
			"the licences changed: prove again, about the present root; `hdx licence check` tells whether yours is still there"
		},
		"AuditorNotInOffice" => {
			"`hdx zk audit-show` tells for whom to encrypt; without an auditor, break the glass by name: hdx access break-glass"
		},
		"ProofTimeTooFar" => "set the clock, and prove again: a proof counts for two minutes",
		"IdentityMalformed" => {
			"this program makes none that is refused so: use the release of hdx that goes with the chain"
		},
		"RecipientUsed" => "prove again: each emergency has a key of its own",
		"ReviewerHadLicence" => {
			"a privacy officer reviews who never had a licence in the tree, as nobody can tell that it was not theirs"
		},
		_ => return None,
	})
}

fn about_rights(name: &str) -> Option<&'static str> {
	Some(match name {
		"RestrictedByPatient" => {
			"the patient decides that: hdx record restrictions; in an emergency: hdx access break-glass"
		},
		"RestrictsNothing" | "PurposesNotOrdered" => "name each purpose once, and at least one",
		"MayNotRestrict" | "MayNotDispute" | "MayNotRequestErasure" => {
			"give with --as the patient's key, or a guardian's whose scope includes it"
		},
		"AlreadyRestricted" | "NoRestriction" | "TooManyRestrictions" => {
			"`hdx record restrictions` lists what is restricted"
		},
		"SetByPatient" => "the patient alone can loosen or lift it",
		"DisputeOpen" | "TooManyDisputes" => "wait for the custodian's answer: hdx record show",
		"NoDispute" | "DisputeClosed" => "`hdx record show` tells whether a record is disputed",
		"RecordErased" | "ManifestErased" => "it is gone for good: hdx record show",
		"LegalHold" => "an authority has to release the hold first: hdx audit hold list",
		"ErasureRequested" => "wait for the custodian's answer: hdx record show",
		"ContextMissing" => "name the claim or the study: --context",
		"NoErasureRequest" => "`hdx record erasures` lists what an institution was asked to erase",
		_ => return None,
	})
}

fn about_batches(name: &str) -> Option<&'static str> {
	Some(match name {
		"EmptyBatch" | "UsesNotOrdered" | "NoUses" | "CountMismatch" => {
			"name each pair of grant and record once, in order, with as many uses as there are leaves"
		},
		"PeriodInvalid" | "BatchTooOld" | "BatchBeforeGrant" => {
			"report disclosures when they are made, or within the hour"
		},
		"EmergencyNotBatched" => "record it by itself: hdx record release",
		"RefusedInBatch" => "leave that pair out, and report the others again",
		_ => return None,
	})
}
