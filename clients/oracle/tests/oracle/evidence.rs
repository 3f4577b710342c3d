//! The evidence: the same for all who saw the same, and for nobody else.

use hdx_oracle::evidence::{digest, of, Place};

fn place(list: &str, index: u64, token: &str) -> Place {
	Place { list: list.to_owned(), index, digest: digest(token) }
}

#[test]
fn it_is_what_the_documentation_says() {
	let url = b"https://board.example/status/3";
	let mut hashed = b"hdx/status-evidence/1".to_vec();
	// One entry; a text of 30 bytes: compact lengths are shifted by two bits.
	hashed.push(1 << 2);
	hashed.push(30 << 2);
	hashed.extend(url);
	hashed.extend(94_567_u64.to_le_bytes());
	hashed.extend(sp_crypto_hashing::sha2_256(b"a.b.c"));
	let expected = sp_crypto_hashing::blake2_256(&hashed);
	let place = place("https://board.example/status/3", 94_567, " a.b.c\n");
	assert_eq!(of(&[place]).0, expected);
}

#[test]
fn the_order_of_entries_does_not_matter_and_everything_else_does() {
	let (one, two) = (place("https://a", 1, "x"), place("https://b", 2, "y"));
	let both = of(&[one.clone(), two.clone()]);
	assert_eq!(both, of(&[two.clone(), one.clone()]));
	assert_ne!(both, of(std::slice::from_ref(&one)));
	for other in
		[place("https://b", 1, "x"), place("https://a", 2, "x"), place("https://a", 1, "y")]
	{
		assert_ne!(of(std::slice::from_ref(&one)), of(&[other]));
	}
}
