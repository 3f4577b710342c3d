//! A credential's life between a board, its holder and who relies on it, with the board's keys on the chain
//! and in no file.

use crate::scene::{Scene, NO_NODE, REFUSED};
use hdx_primitives::did::Did;
use hdx_tests::{client, list_server::ListServer, wait};
use serde_json::json;
use std::{
	fs,
	time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Exit code: what was typed makes no sense.
const USAGE: i32 = 2;

/// What a board says of a physician.
fn claims(board: &str) -> String {
	json!({
		"@context": ["https://www.w3.org/ns/credentials/v2"],
		"type": ["VerifiableCredential", "ProfessionalLicenceCredential"],
		"issuer": board,
		"validFrom": "2026-01-01T00:00:00Z",
		"validUntil": "2099-12-31T00:00:00Z",
		"credentialSubject": {
			"id": Did { genesis: [7; 8], account: [1; 32].into() }.to_string(), "name": "Dave Vandersteen", "npi": "1234567893",
			"licenceNumber": "MD-1", "jurisdiction": "US-MA", "taxonomy": "207R00000X",
		},
	})
	.to_string()
}

impl Scene {
	/// A board that operates an institution: it answers for itself, and so can have a DID. Gives the DID,
	/// with this key, and the board's number.
	async fn with_board(&self, key: &str) -> (String, u64) {
		let register = "provider issuer register --as //Ferdie --account //Alice --kind licence \
		                --profile board.json";
		let number = self.does(register).await["issuer"].as_u64().unwrap();
		let created = self.does(&format!("did create --as //Alice --add-key {key}")).await;
		(created["did"].as_str().unwrap().to_owned(), number)
	}

	/// The credential is verified with what the chain says of its board; gives the key's name.
	async fn holds(&self, credential: &str, board: &str) -> String {
		let verify = format!("credential verify {credential} --issuer {board}");
		self.does(&verify).await["kid"].as_str().unwrap().to_owned()
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_board_signs_is_verified_with_the_keys_of_its_did() {
	let scene = Scene::with_physician().await;
	for key in ["old.key", "new.key"] {
		scene.does(&format!("key generate --signing ml-dsa-65 --out {key}")).await;
	}
	let (board, number) = scene.with_board("old.key.pub").await;
	let board = board.as_str();
	scene.file("claims.json", &claims(board));
	let issue = "credential issue --from claims.json --issuer-key old.key";
	let named = format!("{board}#key-0");
	let signed = scene.does(&format!("{issue} --kid {named} --out named.sd-jwt")).await;
	assert_eq!(signed["kid"], named);
	let issued = scene.does(&format!("{issue} --out licence.sd-jwt")).await;
	assert_eq!(scene.holds("named.sd-jwt", board).await, named);
	assert_eq!(scene.holds("licence.sd-jwt", board).await, issued["kid"]);
	assert_eq!(
		scene.fails(&format!("{issue} --kid did:web:x#0 --out x"), REFUSED).await["code"],
		"issue"
	);

	// What the board issued is what it attests: the chain gets the commitment that was printed.
	let attest = "provider attest --as //Alice //Dave --kind licence --valid-until 2099-12-31";
	let attested = scene.does(&format!("{attest} --credential licence.sd-jwt")).await;
	assert_eq!(attested["commitment"], issued["commitment"]);
	assert_eq!(scene.level().await, "attested");
	let shown = scene.does("credential present licence.sd-jwt --disclose licenceNumber").await;
	scene.file("shown.sd-jwt", shown["presentation"].as_str().unwrap());
	let verify = format!(
		"provider verify --document shown.sd-jwt --salt licence.sd-jwt.salt --issuer issuer:{number}"
	);
	assert_eq!(scene.does(&verify).await["stands"], true);

	// After a rotation, what was signed before holds, and what the old key signs from now on does not.
	scene.does("did rotate --as //Alice --new new.key.pub").await;
	assert_eq!(scene.holds("named.sd-jwt", board).await, named);
	the_next_second().await;
	scene.does(&format!("{issue} --kid {named} --out stolen.sd-jwt")).await;
	let stolen = format!("credential verify stolen.sd-jwt --issuer {board}");
	assert_eq!(scene.fails(&stolen, REFUSED).await["code"], "issuer-key");
	let renewed = format!("{issue} --kid {board}#key-1 --out renewed.sd-jwt");
	scene.does(&renewed.replace("old.key", "new.key")).await;
	assert_eq!(scene.holds("renewed.sd-jwt", board).await, format!("{board}#key-1"));
}

/// Credentials say the second in which they were signed: in that of the rotation, nobody can tell which was first.
async fn the_next_second() {
	let second = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
	let now = second();
	let later = || async { (second() > now).then_some(()) };
	wait::for_it("the next second", Duration::from_secs(5), later).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_oracle_verifies_lists_with_the_keys_of_the_boards_did() {
	let scene = Scene::with_physician().await;
	scene.with_oracles().await;
	let server = ListServer::start().await;
	for key in ["old.key", "new.key"] {
		scene.does(&format!("key generate --signing ed25519 --out {key}")).await;
	}
	let (board, number) = scene.with_board("old.key.pub").await;
	scene.file("licence.pdf", "licence");
	let attest = "provider attest --as //Alice //Dave --kind licence --credential licence.pdf \
	              --valid-until 2099-12-31";
	let licence = scene.does(attest).await["credential"].as_u64().unwrap();
	let new = format!(
		"credential status new --issuer {board} --issuer-key old.key --kid {board}#key-0 --list-url {} \
		 --purpose revocation --ttl 1s --out list.jwt",
		server.url()
	);
	scene.does(&new).await;
	let list = || fs::read_to_string(scene.directory.path().join("list.jwt")).unwrap();
	server.publish(list());
	scene.file(
		"oracle.toml",
		&format!(
			"account = \"//Oracle1\"\nnode = \"{}\"\n[[issuer]]\ndid = \"{board}\"\nregistry = {number}\n\
			 [[credential]]\npractitioner = \"//Dave\"\nnumber = {licence}\nissuer = \"{board}\"\n\
			 status = [{{ purpose = \"revocation\", list = \"{}\", index = 7 }}]\n",
			scene.node.url(),
			server.url(),
		),
	);
	let check = "oracle check --config oracle.toml";
	assert_eq!(scene.does(check).await["credentials"][0]["status"], "good");

	// A key that was rotated away signs no list any more, whenever it says that it did.
	scene.does("did rotate --as //Alice --new new.key.pub").await;
	let run = scene.run(check).await;
	assert_eq!(run.code, Some(REFUSED), "{run}");
	assert!(run.stdout.contains("not in force"), "{run}");
	let renew = "credential status renew list.jwt --issuer-key new.key --former-key old.key.pub";
	scene.does(&format!("{renew} --kid {board}#key-1")).await;
	server.publish(list());
	assert_eq!(scene.does(check).await["credentials"][0]["status"], "good");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_cannot_be_looked_up_are_refused() {
	let scene = Scene::shared();
	let board = "did:web:board.example";
	scene.file("claims.json", &claims(board));
	scene.does("key generate --signing ed25519 --out board.key").await;
	scene
		.does("credential issue --from claims.json --issuer-key board.key --out licence.sd-jwt")
		.await;
	let verify = |issuer: &str| format!("credential verify licence.sd-jwt --issuer {issuer}");
	scene.run(&verify(board)).await.expect_error(USAGE, &["--issuer-key", board]);
	let nobody = Did { genesis: [7; 8], account: [1; 32].into() };
	let foreign = scene.fails(&verify(&nobody.to_string()), REFUSED).await;
	assert_eq!(foreign["code"], "issuer-key");
	let malformed = scene.fails(&verify("did:hdx:0"), REFUSED).await;
	assert_eq!(malformed["code"], "issuer-key");
	let mut offline = client::command(verify(&nobody.to_string()).split_whitespace());
	offline.args(["--url", "ws://127.0.0.1:1"]).current_dir(scene.directory.path());
	client::run(offline).await.expect_error(NO_NODE, &["ws://127.0.0.1:1"]);
}
