//! The evidence: what opens it gives the same again, and nothing else does.

use hdx_oracle::evidence::{digest, of, Place, Salt};

const SALT: Salt = Salt([7; 32]);

fn place(list: &str, index: u64, token: &str) -> Place {
	Place { list: list.to_owned(), index, digest: digest(token) }
}

#[test]
fn it_is_what_the_documentation_says() {
	let url = b"https://board.example/status/3";
	let mut hashed = b"hdx/status-evidence/2".to_vec();
	hashed.extend(SALT.0);
	// One entry; a text of 30 bytes: compact lengths are shifted by two bits.
	hashed.push(1 << 2);
	hashed.push(30 << 2);
	hashed.extend(url);
	hashed.extend(94_567_u64.to_le_bytes());
	hashed.extend(sp_crypto_hashing::sha2_256(b"a.b.c"));
	let expected = sp_crypto_hashing::blake2_256(&hashed);
	let place = place("https://board.example/status/3", 94_567, " a.b.c\n");
	assert_eq!(of(&SALT, &[place]).0, expected);
}

#[test]
fn the_order_of_entries_does_not_matter_and_everything_else_does() {
	let (one, two) = (place("https://a", 1, "x"), place("https://b", 2, "y"));
	let both = of(&SALT, &[one.clone(), two.clone()]);
	assert_eq!(both, of(&SALT, &[two.clone(), one.clone()]));
	assert_ne!(both, of(&SALT, std::slice::from_ref(&one)));
	for other in
		[place("https://b", 1, "x"), place("https://a", 2, "x"), place("https://a", 1, "y")]
	{
		assert_ne!(of(&SALT, std::slice::from_ref(&one)), of(&SALT, &[other]));
	}
}

#[test]
fn who_has_no_salt_cannot_find_the_place_by_trying() {
	let place = place("https://a", 1, "x");
	let all = std::slice::from_ref(&place);
	let (one, another) = (Salt::random().unwrap(), Salt::random().unwrap());
	assert!(one != another);
	assert_ne!(of(&one, all), of(&another, all));
}
