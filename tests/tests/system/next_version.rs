//! A copy of a chain's runtime that says that it is the next one.
//!
//! The chain and its node read the version of code from a section of it, without running it. Here that section alone is
//! changed: what runs is what ran before, and says so. So no migration runs, and nothing that is signed afterwards is valid:
//! such code is brought in last. `scripts/upgrade.sh` upgrades to code that is another one.

use codec::Encode;
use hdx_runtime::VERSION;
use hdx_tests::rpc::Rpc;
use sp_maybe_compressed_blob::{compress_weakly, decompress, CODE_BLOB_BOMB_LIMIT};

/// The section in which the version is stated. What it says of the runtime's APIs is in another one.
fn section(spec_version: u32) -> Vec<u8> {
	let (spec_name, impl_name) = (VERSION.spec_name.to_string(), VERSION.impl_name.to_string());
	let no_apis = 0_u8;
	(
		spec_name,
		impl_name,
		VERSION.authoring_version,
		spec_version,
		VERSION.impl_version,
		no_apis,
		VERSION.transaction_version,
		VERSION.system_version,
	)
		.encode()
}

/// The code of a node's chain, with the next version stated.
pub async fn next_version(rpc: &Rpc) -> Vec<u8> {
	let code = rpc.value(b":code", None).await.expect("a chain has its code in its state");
	let mut code = decompress(&code, CODE_BLOB_BOMB_LIMIT).expect("nodes run it").into_owned();
	let stated = section(VERSION.spec_version);
	let found: Vec<usize> = code
		.windows(stated.len())
		.enumerate()
		.filter(|(_, bytes)| *bytes == stated)
		.map(|(at, _)| at)
		.collect();
	let [at] = *found.as_slice() else { panic!("the version is stated at {found:?}") };
	code[at..at + stated.len()].copy_from_slice(&section(VERSION.spec_version + 1));
	compress_weakly(&code, CODE_BLOB_BOMB_LIMIT).expect("it is as large as before")
}
