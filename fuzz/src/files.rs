//! The files that people give to `hdx`, on anything: they are read or refused. What is read and can be written is
//! written, and read again as it was.
//!
//! The first byte says which kind of file the rest is. They are letters, so that what the fuzzer begins with
//! (`fuzz/seeds/files`) is text.

use hdx_cli::fuzzing;

/// What the target does with its bytes. `false`: the first one stands for no kind of file.
pub fn read(bytes: &[u8]) -> bool {
	let Some((kind, file)) = bytes.split_first() else { return false };
	let read: fn(&[u8]) = match kind {
		b'a' => fuzzing::consortium,
		b'b' => fuzzing::chain_spec,
		b'c' => fuzzing::disclosure,
		b'd' => fuzzing::accounted,
		b'e' => fuzzing::emergency_proof,
		b'f' => fuzzing::forensic_bundle,
		b'g' => fuzzing::call,
		b'h' => fuzzing::evidence,
		b'i' => fuzzing::enrolment,
		b'j' => fuzzing::releases,
		b'k' => fuzzing::key,
		b'l' => fuzzing::public_key,
		b'm' => fuzzing::agreement,
		b'n' => fuzzing::dictionary,
		b'o' => fuzzing::roster,
		b'p' => fuzzing::package,
		b'q' => fuzzing::document,
		b'r' => fuzzing::secret_file,
		_ => return false,
	};
	read(file);
	true
}
