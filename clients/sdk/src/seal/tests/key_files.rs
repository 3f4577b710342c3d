//! Files with keys.

use super::*;

fn mode(path: &Path) -> u32 {
	std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions()) & 0o777
}

fn set_mode(path: &Path, mode: u32) {
	let permissions = std::os::unix::fs::PermissionsExt::from_mode(mode);
	std::fs::set_permissions(path, permissions).unwrap();
}

fn in_directory(check: impl FnOnce(&Path, &Path)) {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path().join("a.key");
	EncryptionKeyPair::generate().unwrap().write(&path).unwrap();
	check(directory.path(), &path);
}

#[test]
fn a_key_pair_survives_its_file_which_only_the_owner_reads() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path().join("a.key");
	let pair = EncryptionKeyPair::generate().unwrap();
	pair.write(&path).unwrap();
	assert_eq!(mode(&path), 0o600);
	assert_eq!(EncryptionKeyPair::read(&path).unwrap().public(), pair.public());
}

#[test]
fn record_keys_are_written_for_the_owner_only() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path().join("record.keys");
	let bundle = bundle();
	let sealed = seal(&bundle.sections(&Labeller::default()), 1).unwrap();
	sealed.keys.write(&path).unwrap();
	assert_eq!(mode(&path), 0o600);
	set_mode(&path, 0o640);
	let error = RecordKeys::read(&path).unwrap_err();
	assert!(matches!(error, KeyFileError::Exposed { mode: 0o640, .. }), "{error}");
	assert!(error.to_string().contains("mode 640"), "{error}");
}

#[test]
fn key_pairs_differ_and_have_the_sizes_of_x_wing() {
	let (one, two) =
		(EncryptionKeyPair::generate().unwrap(), EncryptionKeyPair::generate().unwrap());
	assert_ne!(one.public(), two.public());
	assert_eq!(one.public().to_bytes().len(), PUBLIC_KEY_BYTES);
	let fingerprint = sp_crypto_hashing::blake2_256(&one.public().to_bytes());
	assert_eq!(one.fingerprint().0, fingerprint);
	assert!(one.public().check(&fingerprint).is_ok());
}

#[test]
fn write_fails_when_a_file_is_there() {
	in_directory(|_, path| {
		let before = std::fs::read(path).unwrap();
		let error = EncryptionKeyPair::generate().unwrap().write(path).unwrap_err();
		assert!(matches!(error, KeyFileError::Exists { .. }), "{error}");
		assert_eq!(std::fs::read(path).unwrap(), before);
	});
}

#[test]
fn write_fails_when_the_directory_is_not_there() {
	let error = EncryptionKeyPair::generate().unwrap().write(Path::new("/nowhere/a.key"));
	assert!(matches!(error.unwrap_err(), KeyFileError::Io { .. }));
}

#[test]
fn read_fails_when_the_file_is_exposed() {
	in_directory(|_, path| {
		set_mode(path, 0o604);
		let error = EncryptionKeyPair::read(path).unwrap_err();
		assert!(matches!(error, KeyFileError::Exposed { .. }), "{error}");
	});
}

#[test]
fn read_fails_when_the_file_is_not_there() {
	let error = EncryptionKeyPair::read(Path::new("/nowhere/a.key")).unwrap_err();
	assert!(matches!(error, KeyFileError::Io { .. }), "{error}");
	assert!(error.to_string().contains("/nowhere/a.key"));
}

#[test]
fn read_fails_when_the_file_holds_something_else_and_does_not_echo_secrets() {
	in_directory(|_, path| {
		let text = std::fs::read_to_string(path).unwrap();
		let file: serde_json::Value = serde_json::from_str(&text).unwrap();
		let seed = file["seed"].as_str().unwrap().to_owned();
		let other = hex::encode(EncryptionKeyPair::generate().unwrap().fingerprint().0);
		let fingerprint = file["fingerprint"].as_str().unwrap();
		for changed in [
			String::new(),
			text[..text.len() / 2].to_owned(),
			text.replace("hdx-encryption-key/1", "hdx-encryption-key/2"),
			text.replace(&seed, &seed[1..]),
			text.replace(&seed, &seed.replace(|c: char| c.is_ascii_digit(), "x")),
			text.replace(fingerprint, &other),
			text.replace("\"seed\"", "\"sead\""),
		] {
			std::fs::write(path, changed).unwrap();
			let error = EncryptionKeyPair::read(path).unwrap_err();
			assert!(matches!(error, KeyFileError::Malformed { .. }), "{error}");
			assert!(!error.to_string().contains(&seed[1..20]), "{error}");
		}
	});
}

#[test]
fn record_keys_fail_when_the_file_holds_something_else() {
	in_directory(|_, path| {
		let error = RecordKeys::read(path).unwrap_err();
		assert!(matches!(error, KeyFileError::Malformed { .. }), "{error}");
		assert!(error.to_string().contains("record keys"), "{error}");
	});
}

#[test]
fn public_keys_survive_their_file_and_are_checked() {
	in_directory(|directory, path| {
		let pair = EncryptionKeyPair::read(path).unwrap();
		let public = directory.join("a.pub");
		pair.public().write(&public).unwrap();
		assert_eq!(EncryptionPublicKey::read(&public).unwrap(), *pair.public());
		assert!(matches!(
			EncryptionPublicKey::read(path).unwrap_err(),
			KeyFileError::Malformed { .. }
		));
		let text = std::fs::read_to_string(&public).unwrap();
		let other = hex::encode([1; 32]);
		let altered = text.replace(&hex::encode(pair.fingerprint().0), &other);
		std::fs::write(&public, altered).unwrap();
		let error = EncryptionPublicKey::read(&public).unwrap_err();
		assert!(matches!(error, KeyFileError::FingerprintMismatch { .. }), "{error}");
	});
}

#[test]
fn public_keys_of_another_size_are_refused() {
	for size in [0, 32, PUBLIC_KEY_BYTES - 1, PUBLIC_KEY_BYTES + 1] {
		let error = EncryptionPublicKey::from_bytes(&vec![1; size]).unwrap_err();
		assert!(matches!(error, KeyFileError::InvalidPublicKey), "{error}");
	}
}
