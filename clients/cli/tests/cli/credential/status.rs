//! Lists: revoked, suspended, restored, and what becomes of them.

use super::*;
use std::{
	io::{Read, Write},
	net::TcpListener,
	thread,
};

/// A desk with a list of a purpose, and a licence with entry 94567 in it.
fn listed(purpose: &str, url: &str) -> Desk {
	let desk = Desk::new("ed25519");
	desk.done(&format!(
		"credential status new --issuer {BOARD} --issuer-key board.key --list-url {url} \
		 --purpose {purpose} --out list.jwt"
	));
	let mut credential = licence();
	credential["credentialStatus"] = json!({
		"type": "BitstringStatusListEntry",
		"statusPurpose": purpose,
		"statusListIndex": "94567",
		"statusListCredential": url,
	});
	desk.write("licence.json", &credential.to_string());
	desk.issue();
	desk
}

fn verify() -> String {
	format!("credential verify licence.sd-jwt {VERIFY} --status-list list.jwt")
}

#[test]
fn a_revoked_licence_is_refused_for_good() {
	let desk = listed("revocation", LIST);
	let verified = desk.done(&verify());
	assert_eq!(verified["status"][0]["index"], 94_567);
	let change = |verb: &str, index: u64| {
		format!("credential status {verb} list.jwt --index {index} --issuer-key board.key")
	};
	// Somebody else's.
	assert_eq!(desk.done(&change("revoke", 94_566))["set"], 1);
	desk.done(&verify());
	assert_eq!(desk.done(&change("revoke", 94_567))["isSet"], true);
	assert_eq!(desk.refused(&verify()).0, "revoked");
	assert_eq!(desk.refused(&change("restore", 94_567)).0, "final");
	assert_eq!(desk.refused(&change("suspend", 94_567)).0, "other-purpose");
	assert_eq!(desk.refused(&verify()).0, "revoked");
}

#[test]
fn a_suspended_licence_can_be_restored() {
	let desk = listed("suspension", LIST);
	let change = |verb: &str| {
		format!("credential status {verb} list.jwt --index 94567 --issuer-key board.key")
	};
	desk.done(&change("suspend"));
	assert_eq!(desk.refused(&verify()).0, "suspended");
	desk.done(&change("restore"));
	desk.done(&verify());
}

#[test]
fn a_change_that_fails_leaves_the_list_as_it_was() {
	let desk = listed("revocation", LIST);
	let before = desk.read("list.jwt");
	let change =
		|options: &str| desk.refused(&format!("credential status revoke list.jwt {options}"));
	let (code, message) = change("--index 131072 --issuer-key board.key");
	assert_eq!(code, "status-list");
	assert!(message.contains("131072"), "{message}");
	let (_, message) = change("--index 1 --issuer-key nurse.key");
	assert!(message.contains("signature"), "{message}");
	assert_eq!(desk.read("list.jwt"), before);
	let (code, _) =
		desk.refused("credential status revoke none.jwt --index 1 --issuer-key board.key");
	assert_eq!(code, "unreadable");
	assert!(!desk.path().join("none.jwt.lock").exists());
}

#[test]
fn revocations_at_the_same_time_do_not_undo_each_other() {
	let desk = listed("revocation", LIST);
	thread::scope(|scope| {
		for index in 0..6 {
			let desk = &desk;
			scope.spawn(move || {
				desk.done(&format!(
					"credential status revoke list.jwt --index {index} --issuer-key board.key"
				));
			});
		}
	});
	let shown = desk.done("credential status show list.jwt --issuer-key board.key.pub");
	assert_eq!(shown["set"], 6);
}

#[test]
fn a_list_that_is_over_is_refused_until_it_is_signed_again() {
	let desk = listed("revocation", LIST);
	let shown = desk.done("credential status show list.jwt --issuer-key board.key.pub --index 7");
	assert_eq!((&shown["entries"], &shown["isSet"]), (&json!(131_072), &json!(false)));
	let later = format!("{} --at 2198-01-01", verify());
	let (code, message) = desk.refused(&later);
	assert_eq!(code, "status-list");
	assert!(message.contains("publish"), "{message}");
	desk.done("credential status renew list.jwt --issuer-key board.key --valid-for 180y");
	desk.done(&later);
}

#[test]
fn a_list_goes_over_to_a_new_key() {
	let desk = listed("revocation", LIST);
	desk.done("key generate --signing ml-dsa-65 --out new.key");
	desk.done(
		"credential status revoke list.jwt --index 94567 --issuer-key new.key \
		 --former-key board.key.pub",
	);
	desk.done("credential status show list.jwt --issuer-key new.key.pub");
	let line = format!("{} --issuer-key new.key.pub", verify());
	assert_eq!(desk.refused(&line).0, "revoked");
}

#[test]
fn a_list_that_nobody_could_fetch_is_not_made() {
	let desk = Desk::new("ed25519");
	for (url, why) in [("http://board.example/3", "https"), ("status/3", "no URL")] {
		let ran = desk.run(&format!(
			"credential status new --issuer {BOARD} --issuer-key board.key --list-url {url} \
			 --purpose revocation --out list.jwt"
		));
		assert_eq!(ran.exit, 2, "{}", ran.stderr);
		assert!(ran.stderr.contains(why), "{}", ran.stderr);
	}
	let (code, message) = desk.refused(&format!(
		"credential status new --issuer {BOARD} --issuer-key board.key --list-url {LIST} \
		 --purpose revocation --entries 1024 --out list.jwt"
	));
	assert_eq!(code, "status-list");
	assert!(message.contains("131072"), "{message}");
	assert!(!desk.path().join("list.jwt").exists());
}

#[test]
fn a_list_is_fetched_from_where_the_credential_says() {
	let listener = TcpListener::bind("127.0.0.1:0").unwrap();
	let url = format!("http://{}/status/3", listener.local_addr().unwrap());
	let desk = listed("revocation", &url);
	let list = desk.read("list.jwt");
	let server = thread::spawn(move || {
		for list in [list.as_str(), "not a list"] {
			let (mut stream, _) = listener.accept().unwrap();
			let mut asked = Vec::new();
			let mut byte = [0];
			while !asked.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
				asked.push(byte[0]);
			}
			let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/vc+jwt";
			let length = list.len();
			write!(stream, "{head}\r\nContent-Length: {length}\r\n\r\n{list}").unwrap();
		}
	});
	let line = format!("credential verify licence.sd-jwt {VERIFY}");
	assert_eq!(desk.done(&line)["status"][0]["list"], url);
	let (code, message) = desk.refused(&line);
	assert_eq!(code, "status-list");
	assert!(message.contains(&url), "{message}");
	server.join().unwrap();
	// Nobody is there any more.
	let (code, message) = desk.refused(&line);
	assert_eq!(code, "status-list");
	assert!(message.contains("cannot be reached"), "{message}");
}
