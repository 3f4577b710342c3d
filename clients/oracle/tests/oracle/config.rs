//! What a configuration may say, and with which words it is refused.

use crate::board::{Board, BOARD};
use hdx_oracle::{
	config::{ConfigError, Wrong, DEFAULT_INTERVAL},
	watched::{WatchError, Which},
	Config,
};
use hdx_primitives::CredentialId;
use std::{fs, path::PathBuf, time::Duration};
use tempfile::TempDir;

const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

const HEAD: &str = r#"account = "oracle.key"
[[issuer]]
did = "did:web:board.example"
registry = 0
keys = ["board.pub"]
"#;

const CREDENTIAL: &str = r#"[[credential]]
practitioner = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"
number = 3
issuer = "did:web:board.example"
status = [{ purpose = "revocation", list = "https://board.example/3", index = 7 }]
"#;

/// A directory with the public key of a board.
struct Place(TempDir);

impl Place {
	fn new() -> Self {
		let directory = tempfile::tempdir().unwrap();
		Board::new().key.public().write(&directory.path().join("board.pub")).unwrap();
		Self(directory)
	}

	fn path(&self, name: &str) -> PathBuf {
		self.0.path().join(name)
	}

	fn read(&self, text: &str) -> Result<Config, ConfigError> {
		fs::write(self.path("oracle.toml"), text).unwrap();
		Config::read(&self.path("oracle.toml"))
	}

	/// The line and the reason of a refusal.
	fn refused(&self, text: &str) -> (Option<usize>, Wrong) {
		match self.read(text).map(|_| ()).unwrap_err() {
			ConfigError::Refused { line, wrong, .. } => (line, *wrong),
			other => panic!("{other}"),
		}
	}
}

#[test]
fn the_smallest_configuration_has_defaults() {
	let place = Place::new();
	let config = place.read(&format!("{HEAD}{CREDENTIAL}")).unwrap();
	assert_eq!(config.account, place.path("oracle.key").display().to_string());
	assert_eq!((config.node.as_deref(), config.interval), (None, DEFAULT_INTERVAL));
	assert_eq!(config.limits, hdx_credentials::fetch::Limits::default());
	let (watched, refused) = config.watched();
	assert!(refused.is_empty());
	assert_eq!(watched[0].practitioner.to_string(), ALICE);
	assert_eq!(watched[0].which, Which::Number(CredentialId(3)));
	assert_eq!((watched[0].issuer.as_str(), watched[0].entries[0].index), (BOARD, 7));
}

#[test]
fn everything_can_be_said() {
	let text = format!(
		"node = \"wss://node.example\"\ninterval = \"5s\"\n{}{CREDENTIAL}[limits]\nbytes = 1000\n\
		 time = \"2s\"\nconnections = 8\nkeep = \"0s\"\n",
		HEAD.replace("oracle.key", "//Oracle1"),
	);
	let config = Place::new().read(&text).unwrap();
	assert_eq!(config.account, "//Oracle1");
	assert_eq!(config.node.as_deref(), Some("wss://node.example"));
	assert_eq!((config.interval, config.keep), (Duration::from_secs(5), Duration::ZERO));
	assert_eq!((config.limits.bytes, config.connections), (1_000, 8));
	assert_eq!(config.limits.time, Duration::from_secs(2));
}

#[test]
fn the_keys_of_a_did_on_the_chain_can_be_left_out() {
	let did = format!("did:hdx:{}:{}", "07".repeat(8), "01".repeat(32));
	let text = format!("{HEAD}{CREDENTIAL}").replace("keys = [\"board.pub\"]\n", "");
	let config = Place::new().read(&text.replace(BOARD, &did)).unwrap();
	assert_eq!(config.on_chain, [did.parse().unwrap()]);
	// Nothing is looked up of a DID that is on no chain, or of one whose keys are given.
	let (_, wrong) = Place::new().refused(&text);
	assert!(matches!(wrong, Wrong::NoKeys { .. }), "{wrong}");
	let given = Place::new().read(&format!("{HEAD}{CREDENTIAL}").replace(BOARD, &did)).unwrap();
	assert!(given.on_chain.is_empty());
}

#[test]
fn each_mistake_is_refused_with_its_line_and_its_reason() {
	type Is = fn(&Wrong) -> bool;
	macro_rules! credential {
		($pattern:pat) => {
			|wrong| matches!(wrong, Wrong::Credential($pattern))
		};
	}
	// In the file that is good: what is replaced by what, the line, and the reason.
	let table: &[(&str, &str, usize, Is)] = &[
		("account = ", "acount = ", 1, |wrong| matches!(wrong, Wrong::Form(_))),
		("registry = 0", "registry = \"0\"", 4, |wrong| matches!(wrong, Wrong::Form(_))),
		("registry = 0", "registry = -1", 4, |wrong| matches!(wrong, Wrong::Form(_))),
		("registry = 0", "registry =", 4, |wrong| matches!(wrong, Wrong::Form(_))),
		("number = 3", "nummer = 3", 8, |wrong| matches!(wrong, Wrong::Form(_))),
		("index = 7", "index = -7", 10, |wrong| matches!(wrong, Wrong::Form(_))),
		("oracle.key", "", 1, |wrong| *wrong == Wrong::KeyWrittenOut),
		("oracle.key", "some secret words here", 1, |wrong| *wrong == Wrong::KeyWrittenOut),
		("oracle.key", "0x1234", 1, |wrong| *wrong == Wrong::KeyWrittenOut),
		("board.pub", "none.pub", 2, |wrong| matches!(wrong, Wrong::Key(_))),
		("[\"board.pub\"]", "[]", 2, |wrong| matches!(wrong, Wrong::NoKeys { .. })),
		("did = \"did:web:board.example\"", "did = \"board\"", 2, |wrong| {
			matches!(wrong, Wrong::NotADid { .. })
		}),
		(ALICE, "Alice", 6, credential!(WatchError::NotAnAccount { .. })),
		(
			ALICE,
			"d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
			6,
			credential!(WatchError::NotAnAccount { .. }),
		),
		("number = 3\n", "", 6, credential!(WatchError::WhichOne)),
		("number = 3", "number = 3\ncommitment = \"0x00\"", 6, credential!(WatchError::Twice)),
		("number = 3", "commitment = \"0x00\"", 6, credential!(WatchError::NotACommitment { .. })),
		(
			"issuer = \"did:web:board.example\"",
			"issuer = \"did:web:other.example\"",
			6,
			credential!(WatchError::UnknownIssuer { .. }),
		),
		("\"revocation\"", "\"message\"", 6, credential!(WatchError::UnknownPurpose { .. })),
		("index = 7", "index = 99999999999", 6, credential!(WatchError::IndexTooLarge { .. })),
		("https://board", "http://board", 6, credential!(WatchError::List(_))),
		("https://board", "https://a:b@board", 6, credential!(WatchError::List(_))),
		("https://board.example/3", "board", 6, credential!(WatchError::List(_))),
		(
			"index = 7 }",
			"index = 7 }, { purpose = \"revocation\", list = \"https://b.example\", index = 8 }",
			6,
			credential!(WatchError::PurposeTwice { .. }),
		),
	];
	let place = Place::new();
	let good = format!("{HEAD}{CREDENTIAL}");
	place.read(&good).unwrap();
	for (from, to, line, is) in table {
		assert!(good.contains(from), "{from}");
		let (found, wrong) = place.refused(&good.replacen(from, to, 1));
		assert!(is(&wrong), "{from} → {to}: {wrong}");
		assert_eq!(found, Some(*line), "{from} → {to}: {wrong}");
		assert!(!wrong.to_string().contains("secret words"), "{wrong}");
	}
}

#[test]
fn each_limit_has_its_bounds() {
	let place = Place::new();
	let interval =
		|text: &str| place.refused(&format!("interval = \"{text}\"\n{HEAD}{CREDENTIAL}"));
	for text in ["4999ms", "61m"] {
		assert!(matches!(interval(text), (Some(1), Wrong::DurationOutside { .. })), "{text}");
	}
	for text in ["", "soon", "-30s", "30"] {
		let (_, wrong) = interval(text);
		let refused = matches!(wrong, Wrong::NotADuration { .. } | Wrong::DurationOutside { .. });
		assert!(refused, "{text}: {wrong}");
	}
	for text in ["bytes = 0", "bytes = 99999999", "connections = 0", "connections = 65"] {
		let (line, wrong) = place.refused(&format!("{HEAD}{CREDENTIAL}[limits]\n{text}\n"));
		assert!(matches!(wrong, Wrong::NumberOutside { .. }), "{text}: {wrong}");
		assert_eq!(line, Some(12));
	}
	for text in ["time = \"61s\"", "time = \"0s\"", "keep = \"2h\""] {
		let (_, wrong) = place.refused(&format!("{HEAD}{CREDENTIAL}[limits]\n{text}\n"));
		assert!(matches!(wrong, Wrong::DurationOutside { .. }), "{text}: {wrong}");
	}
	let (line, wrong) = place.refused(&format!("node = \"http://x\"\n{HEAD}{CREDENTIAL}"));
	assert!(matches!(wrong, Wrong::NotANode { .. }), "{wrong}");
	assert_eq!(line, Some(1));
}

#[test]
fn fails_when_nobody_is_believed_or_nothing_watched() {
	let place = Place::new();
	assert_eq!(place.refused("account = \"k\"\n").1, Wrong::NoIssuer);
	assert_eq!(place.refused(HEAD).1, Wrong::NothingWatched);
	let without = CREDENTIAL.replace("status", "#");
	let (_, wrong) = place.refused(&format!("{HEAD}{without}"));
	assert_eq!(wrong, Wrong::Credential(WatchError::NoStatus));
}

#[test]
fn fails_when_something_is_there_twice() {
	let place = Place::new();
	let (line, wrong) = place.refused(&format!("{HEAD}{CREDENTIAL}{CREDENTIAL}"));
	assert!(matches!(wrong, Wrong::CredentialTwice { .. }), "{wrong}");
	assert_eq!(line, Some(11));
	let issuer = HEAD.split_once('\n').unwrap().1;
	let (line, wrong) = place.refused(&format!("{HEAD}{issuer}{CREDENTIAL}"));
	assert!(matches!(wrong, Wrong::IssuerTwice { .. }), "{wrong}");
	assert_eq!(line, Some(6));
	let form = CREDENTIAL.replace("status =", "credentialStatus = { type = \"x\" }\nstatus =");
	let (_, wrong) = place.refused(&format!("{HEAD}{form}"));
	assert_eq!(wrong, Wrong::Credential(WatchError::TwoStatuses));
}

#[test]
fn fails_when_the_file_is_missing_or_no_text() {
	let place = Place::new();
	let missing = Config::read(&place.path("none.toml")).map(|_| ()).unwrap_err();
	assert!(matches!(missing, ConfigError::Unreadable { .. }), "{missing}");
	fs::write(place.path("oracle.toml"), [0xff]).unwrap();
	let error = Config::read(&place.path("oracle.toml")).map(|_| ()).unwrap_err();
	assert!(matches!(error, ConfigError::Unreadable { .. }), "{error}");
}

fn file(status: &str) -> String {
	format!(
		r#"{{ "practitioner": "{ALICE}", "commitment": "0x{}", "issuer": "{BOARD}",
			"credentialStatus": {status} }}"#,
		"07".repeat(32),
	)
}

const ENTRY: &str = r#"{ "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
	"statusListIndex": "94567", "statusListCredential": "https://board.example/3" }"#;

#[test]
fn a_directory_is_read_anew_and_a_file_that_is_refused_stops_no_other() {
	let place = Place::new();
	fs::create_dir(place.path("credentials.d")).unwrap();
	let text = format!("credentials = \"credentials.d\"\n{HEAD}");
	let config = place.read(&text).unwrap();
	assert!(config.watched().0.is_empty());
	fs::write(place.path("credentials.d/a.json"), file(ENTRY)).unwrap();
	let list = ENTRY.replace("revocation", "suspension").replace("/3", "/4");
	let two = file(&format!("[{ENTRY}, {list}]")).replace(&"07".repeat(32), &"08".repeat(32));
	fs::write(place.path("credentials.d/b.json"), &two).unwrap();
	fs::write(place.path("credentials.d/c.json"), &two).unwrap();
	fs::write(place.path("credentials.d/d.json"), file("{}")).unwrap();
	fs::write(place.path("credentials.d/e.json"), "{").unwrap();
	fs::write(place.path("credentials.d/f.json"), " ".repeat(65 * 1024)).unwrap();
	fs::write(place.path("credentials.d/README"), "no credential").unwrap();
	let (watched, refused) = config.watched();
	assert_eq!(watched.iter().map(|one| one.entries.len()).collect::<Vec<_>>(), [1, 2]);
	let refused: Vec<_> = refused.iter().map(ToString::to_string).collect();
	assert_eq!(refused.len(), 4, "{refused:?}");
	for (name, error) in ["c.json", "d.json", "e.json", "f.json"].iter().zip(&refused) {
		assert!(error.contains(name), "{error}");
	}
	// Whoever starts it is told at once.
	assert!(place.read(&text).is_err());
	fs::remove_dir_all(place.path("credentials.d")).unwrap();
	let (watched, refused) = config.watched();
	assert!(watched.is_empty());
	assert!(matches!(&refused[..], [ConfigError::Unreadable { .. }]), "{refused:?}");
}
