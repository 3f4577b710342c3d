//! Writes the runtime's metadata to standard output, for clients that are generated from it:
//! `cargo run --release -p hdx-runtime --example metadata > clients/sdk/artifacts/hdx.scale`.

use std::io::Write;

/// The version of the metadata format that clients read.
const FORMAT: u32 = 16;

fn main() -> std::io::Result<()> {
	let metadata = hdx_runtime::Runtime::metadata_at_version(FORMAT)
		.ok_or_else(|| std::io::Error::other("the runtime does not write this metadata format"))?;
	std::io::stdout().write_all(&metadata)
}
