//! What to do when the provider registry refuses.

/// What to do about a refusal, where its own words do not say it.
pub fn on_refusal(name: &str) -> Option<&'static str> {
	about_accounts(name)
		.or_else(|| about_credentials(name))
		.or_else(|| about_second_keys(name))
		.or_else(|| about_oracles(name))
		.or_else(|| about_careers(name))
}

fn about_accounts(name: &str) -> Option<&'static str> {
	Some(match name {
		"NotAnOperator" => {
			"give with --as the key that operates an active institution; `hdx provider list` shows them"
		},
		"NotEnrolledByYou" => {
			"`hdx provider show` tells which institution enrolled the practitioner; its operator can do this"
		},
		"AlreadyEnrolled" => {
			"another institution takes a practitioner on with `hdx provider affiliate`"
		},
		"OperatorTaken" | "AccountIsOperator" | "AccountIsPractitioner" | "AccountIsIssuer"
		| "AccountIsOracle" | "IssuerTaken" | "OracleTaken" | "AccountRotatedAway"
		| "AccountHasPast" => {
			"give another account: hdx key generate makes one"
		},
		"InstitutionUnknown" => "`hdx provider list` shows the institutions",
		"NoOffice" => "`hdx provider list` and `hdx provider issuer list` tell which account has which office",
		"InstitutionSuspended" => {
			"only governance ends that: hdx provider appeal, hdx provider decide-appeal"
		},
		"HeldByGovernance" => "the practitioner can appeal: hdx provider appeal",
		"StatusUnchanged" | "KindsUnchanged" | "RequirementUnchanged" => {
			"there is nothing left to do"
		},
		"AlreadyAccredited" => "hdx provider renew-accreditation",
		"AccreditationUnknown" => "accredit it first: hdx provider accredit",
		"AccreditationIsRevoked" => "hdx provider renew-accreditation brings it back",
		"TooManyAccreditations" | "NoRoles" | "RoleRepeated" => {
			"`hdx provider institution` and `hdx provider show` tell what there is"
		},
		"PractitionerUnknown" => {
			"`hdx provider status` tells whether the account was ever enrolled, and under which it goes on"
		},
		_ => return None,
	})
}

fn about_credentials(name: &str) -> Option<&'static str> {
	Some(match name {
		"NotAnIssuer" => {
			"give with --as the key of a trusted issuer; `hdx provider issuer list` shows them"
		},
		"NotTrustedForKind" | "IssuerIsSuspended" | "IssuerUnknown" => {
			"`hdx provider issuer list` tells who is trusted for what; governance decides that"
		},
		"NotIssuedByYou" => {
			"`hdx provider show` tells who issued each credential; only they can do this"
		},
		"SelfAttestation" => "another body has to attest it",
		"CommitmentInUse" | "CommitmentSpent" => {
			"give a document that was not attested before, or commit to it under a new salt"
		},
		"CredentialUnknown" => "`hdx provider show` lists the credentials with their --id",
		"CredentialIsRevoked" | "CredentialAlreadyRevoked" => {
			"a revocation is for good: hdx provider attest makes another credential"
		},
		"CredentialIsSuspended" => "hdx provider reinstate-credential ends that",
		"CredentialNotSuspended" => "there is nothing left to do: hdx provider show",
		"TooManyCredentials" => "one that ended gives way: wait for it, or have one revoked",
		"PeriodAlreadyOver" => "give --valid-until a later time",
		"StartsTooFarAhead" => "attest it later, or give --valid-from an earlier time",
		"NoKinds" | "KindRepeated" => "give each --kind once, and at least one",
		_ => return None,
	})
}

fn about_second_keys(name: &str) -> Option<&'static str> {
	Some(match name {
		"SecondKeyExists" => "replace it: hdx provider second-key replace",
		"SecondKeyIsAccount" | "SecondKeyUnsound" => {
			"give the key of another device: hdx key generate"
		},
		"SecondKeyUnchanged" => "there is nothing left to do: hdx provider status",
		"NoSecondKey" => "register one: hdx provider second-key register",
		"SecondFactorMissing" => "give the second key with --second-key",
		"SecondFactorInvalid" => {
			"`hdx provider status` tells which key it is; one that is lost is set anew with `hdx provider second-key reset`"
		},
		"NewAccountDoesNotConsent" => {
			"the new account has to sign exactly this: hdx provider agree rotate, or --new"
		},
		"AgreementOutdated" | "AgreementTooLong" => "sign anew: hdx provider agree",
		_ => return None,
	})
}

fn about_oracles(name: &str) -> Option<&'static str> {
	Some(match name {
		"NotAnOracle" | "OracleUnknown" | "OracleIsSuspended" => {
			"`hdx provider oracle list` shows the oracles; governance registers them"
		},
		"NoOracleTerms" => "governance sets them first: hdx provider oracle terms",
		"TooManyOracles" => "remove one first: hdx provider oracle remove",
		"QuorumOfNobody" | "QuorumTooLarge" => {
			"give a --quorum from 1 to as many oracles as there may be"
		},
		"CheckedInTheFuture" => "set the clock of this machine, or give --checked-at",
		"CheckedBeforeAttested" | "ReportTooOld" | "ReportNotNewer" => {
			"read the status list again, and report that"
		},
		_ => return None,
	})
}

fn about_careers(name: &str) -> Option<&'static str> {
	Some(match name {
		"NotYourInstitution" => {
			"the practitioner can leave, or the operator of the institution that is left"
		},
		"CannotLeaveHome" => {
			"that institution lets go with `hdx provider transfer offer` or `hdx provider remove`"
		},
		"AlreadyAffiliated" | "NotAffiliated" => {
			"`hdx provider show` tells for whom the practitioner acts"
		},
		"TooManyAffiliations" => "leave another first: hdx provider leave",
		"TransferToSelf" => "`hdx provider show` tells who answers for the practitioner",
		"TransferAlreadyOffered" => "withdraw that first: hdx provider transfer withdraw",
		"NoTransferOffered" | "NotOfferedToYou" => {
			"`hdx provider status` tells to whom a practitioner is offered"
		},
		"NotSuspended" => "there is nothing to appeal against: hdx provider status",
		"AppealIsOpen" => {
			"governance answers it (hdx provider decide-appeal), or whoever filed it withdraws it: hdx provider withdraw-appeal"
		},
		"AppealUnknown" | "NotYourAppeal" => "hdx provider appeals lists what is open",
		"HomeNotClosed" => {
			"their institution lets go with `hdx provider transfer offer`; governance says that one has closed"
		},
		"PractitionerDoesNotAgree" => {
			"the practitioner has to sign for your institution: hdx provider agree take-over"
		},
		_ => return None,
	})
}
