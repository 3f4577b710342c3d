//! The readers of FHIR JSON on anything: they read or refuse, and say the same when asked again.
//!
//! The bytes are up to three documents with a zero byte between them: a Consent, a request, a
//! directory.

#![no_main]

use hdx_consent_engine::{validate, Milliseconds, Rules};
use hdx_fhir::{decide_request, read_consent, DecideOptions, Directory, ReadOptions, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
	let mut documents = bytes.splitn(3, |byte| *byte == 0);
	let consent = documents.next().unwrap_or_default();
	let request = documents.next().unwrap_or(br#"{"actor":[{"system":"s","value":"v"}]}"#);
	let directory = documents.next();

	let resolver = directory.and_then(|bytes| Directory::parse(bytes).ok()).unwrap_or_default();
	if let Ok(read) = read_consent(consent, ReadOptions::default(), &resolver) {
		if let Some(policy) = &read.policy {
			assert_eq!(validate(policy), Ok(()), "what is read can be decided on");
		}
	}

	let options = DecideOptions {
		at: Milliseconds(1_700_000_000_000),
		rules: Rules::default(),
		emergency_opt_out: false,
	};
	let decide = || {
		decide_request(
			Source { name: "request", bytes: request },
			&[Source { name: "consent", bytes: consent }],
			directory.map(|bytes| Source { name: "directory", bytes }),
			&options,
		)
	};
	match (decide(), decide()) {
		(Ok(one), Ok(other)) => {
			let json = |answer| serde_json::to_string(answer).expect("an answer is JSON");
			assert_eq!(json(&one), json(&other));
		},
		(Err(one), Err(other)) => assert_eq!(one, other),
		_ => panic!("the same documents were read and refused"),
	}
});
