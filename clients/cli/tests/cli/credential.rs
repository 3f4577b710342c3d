//! `hdx credential`, from the issuer to the verifier, without a node.

mod status;

use crate::{hdx_in, names, Ran, Watch};
use serde_json::{json, Value};
use std::path::Path;

const BOARD: &str = "did:web:board.example";
const LIST: &str = "https://board.example/status/3";

/// A desk at which a board issues, a nurse presents and a hospital verifies.
struct Desk(tempfile::TempDir);

impl Desk {
	fn new(algorithm: &str) -> Self {
		let desk = Self(tempfile::tempdir().unwrap());
		for key in ["board.key", "nurse.key"] {
			desk.done(&format!("key generate --signing {algorithm} --out {key}"));
		}
		desk.write("licence.json", &licence().to_string());
		desk
	}

	fn path(&self) -> &Path {
		self.0.path()
	}

	fn write(&self, name: &str, content: &str) {
		std::fs::write(self.path().join(name), content).unwrap();
	}

	fn read(&self, name: &str) -> String {
		std::fs::read_to_string(self.path().join(name)).unwrap()
	}

	fn run(&self, line: &str) -> Ran {
		let arguments: Vec<_> = line.split_whitespace().chain(["--json"]).collect();
		hdx_in(self.path(), &arguments)
	}

	/// Runs what must succeed.
	fn done(&self, line: &str) -> Value {
		let ran = self.run(line);
		assert_eq!(ran.exit, 0, "{line}: {}", ran.stderr);
		serde_json::from_str(&ran.stdout).unwrap()
	}

	/// Runs what must be refused, and returns the code and the message.
	fn refused(&self, line: &str) -> (String, String) {
		let ran = self.run(line);
		assert_eq!(ran.exit, 1, "{line}: {} {}", ran.stdout, ran.stderr);
		assert!(ran.stdout.is_empty(), "{}", ran.stdout);
		let error = ran.error();
		let text = |name: &str| error[name].as_str().unwrap().to_owned();
		(text("code"), text("message"))
	}

	fn issue(&self) -> Value {
		self.done(
			"credential issue --from licence.json --issuer-key board.key \
			 --holder-key nurse.key.pub --out licence.sd-jwt",
		)
	}

	fn present(&self, claims: &str, out: &str) {
		self.done(&format!(
			"credential present licence.sd-jwt {claims} --holder-key nurse.key \
			 --audience did:web:hospital.example --nonce n-1 --out {out}"
		));
	}
}

const VERIFY: &str = "--issuer did:web:board.example --issuer-key board.key.pub";
const EXPECTED: &str = "--audience did:web:hospital.example --nonce n-1";

fn licence() -> Value {
	json!({
		"type": ["VerifiableCredential", "ProfessionalLicenceCredential"],
		"issuer": BOARD,
		"validFrom": "2026-01-01T00:00:00Z",
		"validUntil": "2199-01-01T00:00:00Z",
		"credentialSubject": {
			"id": "did:hdx:0123:nurse",
			"name": "Ada Lovelace",
			"npi": "1234567893",
			"licenceNumber": "RN-1",
			"jurisdiction": "US-MA",
			"taxonomy": "163W00000X",
		},
	})
}

#[test]
fn a_licence_goes_from_the_board_to_the_hospital_without_a_node() {
	for algorithm in ["ed25519", "ml-dsa-65"] {
		let desk = Desk::new(algorithm);
		let watch = Watch::new();
		let issued = desk.issue();
		assert_eq!(issued["type"], "ProfessionalLicenceCredential");
		assert_eq!(issued["claims"].as_array().unwrap().len(), 6);
		desk.present("--disclose licenceNumber --disclose npi", "shown.sd-jwt");
		let url = watch.url();
		let line = format!("credential verify shown.sd-jwt {VERIFY} {EXPECTED} --url {url}");
		let verified = desk.done(&line);
		let subject = json!({ "licenceNumber": "RN-1", "npi": "1234567893" });
		assert_eq!(verified["credential"]["credentialSubject"], subject);
		assert_eq!(verified["disclosed"], json!(["licenceNumber", "npi"]));
		assert_eq!((&verified["bound"], &verified["withheld"]), (&json!(true), &json!(8)));
		assert!(watch.nobody_came(), "a node was asked");
	}
}

#[test]
fn the_commitment_is_to_what_every_presentation_has() {
	let desk = Desk::new("ed25519");
	let issued = desk.issue();
	let commitment = issued["commitment"].as_str().unwrap();
	assert_eq!(issued["saltFile"], "licence.sd-jwt.salt");
	assert_eq!(desk.read("licence.sd-jwt.salt").trim().len(), 64);
	desk.present("", "shown.sd-jwt");
	let verify = |commitment: &str| {
		format!(
			"credential verify shown.sd-jwt {VERIFY} {EXPECTED} \
			 --salt licence.sd-jwt.salt --commitment {commitment}"
		)
	};
	desk.done(&verify(commitment));
	let (code, _) = desk.refused(&verify(&format!("0x{}", "7".repeat(64))));
	assert_eq!(code, "commitment-mismatch");
}

#[test]
fn people_read_what_was_verified() {
	let desk = Desk::new("ed25519");
	desk.issue();
	desk.present("--disclose name", "shown.sd-jwt");
	let line = format!("credential verify shown.sd-jwt {VERIFY} {EXPECTED}");
	let ran = hdx_in(desk.path(), &line.split_whitespace().collect::<Vec<_>>());
	assert_eq!(ran.exit, 0, "{}", ran.stderr);
	for part in ["ProfessionalLicenceCredential holds", BOARD, "Ada Lovelace", "presents it"] {
		assert!(ran.stdout.contains(part), "{}", ran.stdout);
	}
	assert!(!ran.stdout.contains("RN-1"), "{}", ran.stdout);
}

#[test]
fn a_presentation_is_written_to_standard_output_alone() {
	let desk = Desk::new("ed25519");
	desk.issue();
	let line = "credential present licence.sd-jwt --disclose name";
	let ran = hdx_in(desk.path(), &line.split_whitespace().collect::<Vec<_>>());
	assert_eq!(ran.exit, 0, "{}", ran.stderr);
	desk.write("shown.sd-jwt", &ran.stdout);
	let verified = desk.done(&format!("credential verify shown.sd-jwt {VERIFY}"));
	assert_eq!(verified["disclosed"], json!(["name"]));
}

#[test]
fn a_wrong_digit_of_an_npi_is_named_and_nothing_is_written() {
	let desk = Desk::new("ed25519");
	let mut wrong = licence();
	wrong["credentialSubject"]["npi"] = "1234567890".into();
	desk.write("licence.json", &wrong.to_string());
	let before = names(desk.path());
	let line = "credential issue --from licence.json --issuer-key board.key --out licence.sd-jwt";
	let (code, message) = desk.refused(line);
	assert_eq!(code, "claims");
	assert!(message.contains("credentialSubject.npi") && message.contains('3'), "{message}");
	assert!(message.contains("licence.json"), "{message}");
	assert_eq!(names(desk.path()), before);
}

#[test]
fn a_credential_from_the_future_is_not_issued() {
	let desk = Desk::new("ed25519");
	let mut early = licence();
	early["validFrom"] = "2198-01-01T00:00:00Z".into();
	desk.write("licence.json", &early.to_string());
	let before = names(desk.path());
	let (code, message) = desk.refused(
		"credential issue --from licence.json --issuer-key board.key --out licence.sd-jwt",
	);
	assert_eq!(code, "claims");
	assert!(message.contains("validFrom") && message.contains("future"), "{message}");
	assert_eq!(names(desk.path()), before);
}

#[test]
fn a_credential_is_never_overwritten() {
	let desk = Desk::new("ed25519");
	desk.issue();
	let (credential, salt) = (desk.read("licence.sd-jwt"), desk.read("licence.sd-jwt.salt"));
	let again = "credential issue --from licence.json --issuer-key board.key --out licence.sd-jwt";
	assert_eq!(desk.refused(again).0, "exists");
	std::fs::remove_file(desk.path().join("licence.sd-jwt")).unwrap();
	// The salt alone still opens a commitment that may be on chain.
	assert_eq!(desk.refused(again).0, "exists");
	assert!(!desk.path().join("licence.sd-jwt").exists());
	assert_eq!(desk.read("licence.sd-jwt.salt"), salt);
	assert!(!credential.is_empty());
}

#[test]
fn verify_fails_for_each_reason_with_its_code() {
	let desk = Desk::new("ed25519");
	desk.issue();
	desk.present("--disclose npi", "shown.sd-jwt");
	let verify = |options: &str| desk.refused(&format!("credential verify shown.sd-jwt {options}"));
	let other = format!("{VERIFY} --audience did:web:other.example --nonce n-1");
	assert_eq!(verify(&other).0, "key-binding");
	assert_eq!(verify(VERIFY).0, "key-binding");
	let of_another =
		format!("--issuer did:web:other.example --issuer-key board.key.pub {EXPECTED}");
	assert_eq!(verify(&of_another).0, "issuer-key");
	let another_key = format!("--issuer {BOARD} --issuer-key nurse.key.pub {EXPECTED}");
	assert_eq!(verify(&another_key).0, "issuer-key");
	assert_eq!(verify(&format!("{VERIFY} {EXPECTED} --at 2199-01-02")).0, "expired");
	assert_eq!(verify(&format!("{VERIFY} {EXPECTED} --at 2026-02-01")).0, "not-yet-valid");

	let shown = desk.read("shown.sd-jwt");
	let (token, rest) = shown.split_once('~').unwrap();
	let forged = format!("{}AAAA~{rest}", &token[..token.len() - 4]);
	desk.write("shown.sd-jwt", &forged);
	assert_eq!(verify(&format!("{VERIFY} {EXPECTED}")).0, "signature");
	desk.write("shown.sd-jwt", &shown.replacen('~', "~WyJzYWx0IiwibnBpIiwiMSJd~", 1));
	assert_eq!(verify(&format!("{VERIFY} {EXPECTED}")).0, "disclosure");
	desk.write("shown.sd-jwt", "hello");
	let (code, message) = verify(&format!("{VERIFY} {EXPECTED}"));
	assert_eq!(code, "malformed");
	assert!(message.contains("shown.sd-jwt"), "{message}");
}

#[test]
fn presenting_fails_without_the_holders_key_or_the_claim() {
	let desk = Desk::new("ed25519");
	desk.issue();
	let bound = "--audience a --nonce n --holder-key board.key";
	let (code, message) = desk.refused(&format!("credential present licence.sd-jwt {bound}"));
	assert_eq!(code, "present");
	assert!(message.contains("holder"), "{message}");
	let (_, message) = desk.refused("credential present licence.sd-jwt --disclose address");
	assert!(message.contains("`address`") && message.contains("licenceNumber"), "{message}");
	let half = desk.run("credential present licence.sd-jwt --holder-key nurse.key");
	assert_eq!(half.exit, 2, "{}", half.stderr);
}

#[test]
fn the_issuer_is_a_did() {
	let desk = Desk::new("ed25519");
	desk.issue();
	let ran =
		desk.run("credential verify licence.sd-jwt --issuer board --issuer-key board.key.pub");
	assert_eq!(ran.exit, 2, "{}", ran.stderr);
	assert_eq!(ran.error()["code"], "usage");
}

#[test]
fn the_secret_half_is_named_when_it_is_given_for_the_public_one() {
	let desk = Desk::new("ed25519");
	desk.issue();
	let line = format!("credential verify licence.sd-jwt --issuer {BOARD} --issuer-key board.key");
	let (code, message) = desk.refused(&line);
	assert_eq!(code, "key-file");
	assert!(message.contains(".pub"), "{message}");
}

#[test]
fn a_key_for_credentials_has_a_secret_and_a_public_half() {
	for (typed, name) in [("ed25519", "EdDSA"), ("ml-dsa-65", "ML-DSA-65")] {
		let desk = Desk::new(typed);
		let made = desk.done(&format!("key generate --signing {typed} --out k"));
		for (file, secret) in [("k", true), ("k.pub", false)] {
			let shown = desk.done(&format!("key show {file}"));
			assert_eq!(shown["kind"], "credential-signing");
			assert_eq!(shown["thumbprint"], made["thumbprint"], "{file}");
			assert_eq!((&shown["algorithm"], &shown["secret"]), (&json!(name), &json!(secret)));
		}
		let again = desk.run(&format!("key generate --signing {typed} --out k"));
		assert_eq!(again.exit, 1, "{}", again.stdout);
		let both = desk.run(&format!("key generate --signing {typed} --encryption --out x"));
		assert_eq!(both.exit, 2, "{}", both.stdout);
	}
}
