//! How the targets take their bytes apart.

use arbitrary::{Result, Unstructured};
use serde_json::Value;
use std::{
	fs::{self, OpenOptions},
	io::Write,
	os::unix::fs::OpenOptionsExt,
	path::{Path, PathBuf},
};

/// Most alterations of something valid.
const MOST_EDITS: usize = 6;
/// Most bytes of an alteration.
const LONGEST_EDIT: usize = 32;

/// Which of so many readers, and what it gets. The digit `0` is the first one, so that seeds can be written by hand.
pub fn choice(bytes: &[u8], readers: u8) -> Option<(u8, &[u8])> {
	let (first, rest) = bytes.split_first()?;
	Some((first.wrapping_sub(b'0') % readers, rest))
}

/// The bytes as a text, where they are one.
pub fn text(bytes: &[u8]) -> Option<&str> {
	std::str::from_utf8(bytes).ok()
}

/// What is before the first zero byte, and what is behind it.
pub fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
	let mut halves = bytes.splitn(2, |byte| *byte == 0);
	(halves.next().unwrap_or_default(), halves.next().unwrap_or_default())
}

/// Something valid, altered in a few places; not at all where the input says nothing.
pub fn altered(valid: &[u8], input: &mut Unstructured<'_>) -> Vec<u8> {
	let mut altered = valid.to_vec();
	for _ in 0..MOST_EDITS {
		// What an empty input gives is zeros, for ever.
		if input.is_empty() || edit(&mut altered, input).is_err() {
			break;
		}
	}
	altered
}

fn edit(bytes: &mut Vec<u8>, input: &mut Unstructured<'_>) -> Result<()> {
	let at = input.int_in_range(0..=bytes.len())?;
	let length = input.int_in_range(0..=LONGEST_EDIT)?;
	let end = bytes.len().min(at + length);
	match input.int_in_range(0..=3_u8)? {
		0 => {
			let mask: u8 = input.arbitrary()?;
			if let Some(byte) = bytes.get_mut(at) {
				*byte ^= mask;
			}
		},
		1 => drop(bytes.drain(at..end)),
		2 => {
			let new = input.bytes(length.min(input.len()))?;
			drop(bytes.splice(at..at, new.iter().copied()));
		},
		_ => {
			let new = input.bytes((end - at).min(input.len()))?;
			drop(bytes.splice(at..at + new.len(), new.iter().copied()));
		},
	}
	Ok(())
}

/// The same of a text. None: it is no text any more.
pub fn altered_text(valid: &str, input: &mut Unstructured<'_>) -> Option<String> {
	String::from_utf8(altered(valid.as_bytes(), input)).ok()
}

/// Whether all numbers of a value are whole. Others are read with the last digit as it happens to come, so that one that is
/// written and read again may be its neighbour.
pub fn is_exact(value: &Value) -> bool {
	match value {
		Value::Number(number) => !number.is_f64(),
		Value::Array(items) => items.iter().all(is_exact),
		Value::Object(members) => members.values().all(is_exact),
		_ => true,
	}
}

/// A file that only its owner may read, as key files are; it is gone when this is dropped.
pub struct PrivateFile(PathBuf);

impl PrivateFile {
	/// A place for one, in memory where the system has such files. Nothing is there yet.
	pub fn place(name: &str) -> Self {
		let memory = Path::new("/dev/shm");
		let directory = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
		let place = directory.join(format!("hdx-fuzz-{}-{name}", std::process::id()));
		drop(fs::remove_file(&place));
		Self(place)
	}

	/// One with these bytes.
	pub fn with(name: &str, bytes: &[u8]) -> Self {
		let file = Self::place(name);
		let mut options = OpenOptions::new();
		options.write(true).create_new(true).mode(0o600);
		let written = options.open(&file.0).and_then(|mut opened| opened.write_all(bytes));
		written.expect("there is room for a small file");
		file
	}

	/// Where it is.
	pub fn path(&self) -> &Path {
		&self.0
	}
}

impl Drop for PrivateFile {
	fn drop(&mut self) {
		drop(fs::remove_file(&self.0));
	}
}
