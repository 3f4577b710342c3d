//! What to do when the chain refuses a report.

/// What to do about a refusal, by the name of the registry's error, where there is something.
pub fn advice(name: &str) -> Option<&'static str> {
	Some(match name {
		"NotAnOracle" => "governance registers the account of this oracle, or gives it another key",
		"OracleIsSuspended" => {
			"it contradicted the others too often, or governance suspended it: compare its lists with \
			 theirs, then ask governance"
		},
		"NoOracleTerms" => "governance has set no terms yet: nothing is taken before it does",
		"CheckedInTheFuture" => "the clock of this machine is ahead: synchronize it",
		"CheckedBeforeAttested" => {
			"the clock of this machine is behind, or the credential was attested just now: it is tried again"
		},
		"ReportTooOld" => {
			"the clock of this machine is behind, or reports live for less than a round takes"
		},
		"ReportNotNewer" => {
			"another program reports with the same key: each oracle needs a key of its own"
		},
		"CredentialUnknown" => "the credential is gone: take it out of what is watched",
		_ => return None,
	})
}
