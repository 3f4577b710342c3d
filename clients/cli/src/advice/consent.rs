//! What to do when the consent pallet refuses.

/// What to do about a refusal, where its own words do not say it.
pub fn on_refusal(name: &str) -> Option<&'static str> {
	about_consents(name).or_else(|| about_requests(name)).or_else(|| about_representatives(name))
}

fn about_consents(name: &str) -> Option<&'static str> {
	Some(match name {
		"NotAPatient" => {
			"an institution sponsors patients: hdx patient sponsor --as OPERATOR ACCOUNT"
		},
		"AlreadyPatient" => "the account can be used as it is: hdx patient show",
		"PatientIsOperator" => "make the patient a key of their own: hdx key generate",
		"NotYourConsent" => {
			"give with --as the key of the patient whose it is; a delegate gives --for PATIENT, too"
		},
		"ConsentUnknown" => "`hdx consent list PATIENT` lists the consents of a patient",
		"TooManyConsents" => "revoke one that is not needed: hdx consent list, hdx consent revoke",
		"TooManyVersions" => "revoke it and grant another: hdx consent revoke, hdx consent grant",
		"ConsentIsRevoked" | "ConsentHasEnded" => "grant another: hdx consent grant",
		"AlreadyRevoked" => "there is nothing left to do: hdx consent show",
		"NothingAmended" => "`hdx consent show` tells what it says now",
		"VersionUnknown" => "`hdx consent history` lists the versions",
		"TemplateUnknown" | "TemplateIsRetired" => "leave --template out to use the newest",
		"EmptyPolicy" | "ParentNotBefore" => "give a FHIR Consent with a base rule, or options",
		"TooDeep" => "nest provisions at most three levels below the base rule",
		"PeriodNotOrdered" => "let every period end after it starts",
		"IdentifierActorOnChain" => {
			"say with --map who it is on the chain: REF=ACCOUNT or REF=institution:N"
		},
		"AlreadyEnded" => "give --until a later time",
		"NothingToExtend" | "NotAnExtension" => {
			"`hdx consent show` tells its end; give --until a later one"
		},
		"FrequencyOfNoAccess" | "FrequencyPerNoTime" => {
			"give --frequency such as 10/30d, or leave it out"
		},
		"EraseByPassed" => "give --erase-by a later time, or amend the consent with one",
		"RenewalByNoTime" | "RenewalNeverHappens" | "RenewalWithoutNotice" => {
			"give --renew-by, --renew-times and --notice, or none of them"
		},
		"NoticeTooLong" => "give a --notice that is shorter than --renew-by",
		"RenewalWithoutEnd" => "give --until: what has no end needs no renewal",
		"NoRenewal" | "RenewalAlreadyStopped" | "NoRenewalLeft" => {
			"there is nothing to stop: `hdx consent show` tells when it ends"
		},
		"NothingToErase" => "`hdx consent history` tells which versions set a time",
		"AlreadyConfirmed" => "`hdx consent erasure list` shows it",
		"EmergencyOverrideUnchanged" => "`hdx consent emergency show` tells how it is set",
		_ => return None,
	})
}

fn about_requests(name: &str) -> Option<&'static str> {
	Some(match name {
		"PatientUnknown" => "sponsor the account first: hdx patient sponsor --as OPERATOR ACCOUNT",
		"RequestToOneself" => "patients consent without being asked: hdx consent grant",
		"NotInGoodStanding" => {
			"`hdx provider show` tells for which institutions and in which roles a practitioner may act"
		},
		"PurposeMissing" => "give --purpose",
		"TooManyRequestsToPatient" => "the patient has to answer some first: hdx consent requests PATIENT",
		"TooManyRequestsByRequester" => "hdx consent requests --by ACCOUNT, hdx consent withdraw",
		"RequestUnknown" | "RequestClosed" => "`hdx consent requests PATIENT` lists what waits for an answer",
		"RequestExpired" => "the provider asks again: hdx consent request",
		"NotYourRequest" => "give with --as the key of the patient who is asked; a delegate gives --for PATIENT, too",
		"NotTheRequester" => "give with --as the key that made the request",
		"OtherTemplateRequested" => "approve under the document that was asked for: hdx consent requests PATIENT",
		"WiderThanRequested" => "`hdx consent requests PATIENT` tells what was asked for; approve that or less",
		"LaxerThanRequested" => {
			"keep to the --frequency, --erase-by and renewal that were asked for, or be stricter"
		},
		_ => return None,
	})
}

fn about_representatives(name: &str) -> Option<&'static str> {
	Some(match name {
		"NoGuardians" => "give --guardian, or --none to have none",
		"TooManyGuardians" => "name fewer",
		"ThresholdZero" | "ThresholdAboveGuardians" => {
			"give a --threshold from 1 to the number of guardians"
		},
		"DuplicateGuardian" => "name each guardian once",
		"PatientAsGuardian" | "PatientAsDelegate" => "name somebody else",
		"GuardianIsOperator" | "DelegateIsOperator" => {
			"give the person an account of their own: hdx key generate"
		},
		"ObjectionDelayTooLong" => "give a shorter --objection-delay",
		"GuardiansUnchanged" | "DelegationUnchanged" => "there is nothing left to do",
		"NotAGuardian" => "`hdx consent guardians show PATIENT` tells who they are",
		"GuardianshipNotBegun" | "GuardianshipOver" => {
			"`hdx consent guardians show PATIENT` tells from when until when they are in office"
		},
		"NotWithinPowers" => {
			"`hdx consent guardians show PATIENT` and `hdx consent delegate list PATIENT` tell what they may do"
		},
		"WiderThanGuardianship" => {
			"consent to less: `hdx consent guardians show PATIENT` tells how far they may go"
		},
		"WiderThanDelegation" => {
			"consent to less: `hdx consent delegate list PATIENT` tells how far a delegate may go"
		},
		"NoReplacementPending" => "there is nothing to object to",
		"TooManyProposals" => "decide on some first: hdx consent guardians show PATIENT",
		"ProposalUnknown" | "ProposalClosed" | "NotYourProposal" => {
			"`hdx consent guardians show PATIENT` lists what is proposed"
		},
		"ProposalExpired" => "propose it again: hdx consent guardians propose",
		"AlreadyApproved" => "the other guardians have to approve it, too",
		"AlreadyAgreed" => "carry it out when the objection delay is over: hdx consent guardians execute",
		"ThresholdNotReached" => "more guardians have to approve it: hdx consent guardians approve",
		"ObjectionDelayRunning" => "`hdx consent guardians show PATIENT` tells from when on it can be done",
		"DelegationUnlimited" => "limit something: --purpose, --organisation, --class or --consents-until",
		"TooManyDelegates" => "remove one first: hdx consent delegate remove",
		"NotADelegate" => "the patient names delegates: hdx consent delegate add",
		"DelegationNotBegun" | "DelegationOver" => {
			"`hdx consent delegate list PATIENT` tells from when until when a delegate may act"
		},
		"NotGivenByDelegate" => "only the patient can do that, or the guardians",
		_ => return None,
	})
}
