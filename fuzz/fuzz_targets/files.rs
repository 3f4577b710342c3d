//! What reads the files that people give to `hdx`, on anything.
//!
//! The first byte says which kind of file, the rest is the file: see `hdx_fuzz::files`.

#![no_main]

use libfuzzer_sys::{fuzz_target, Corpus};

fuzz_target!(|bytes: &[u8]| -> Corpus {
	match hdx_fuzz::files::read(bytes) {
		true => Corpus::Keep,
		false => Corpus::Reject,
	}
});
