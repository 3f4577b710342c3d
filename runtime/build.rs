//! Builds the runtime's WebAssembly.

// What the hash of the metadata covers beside the metadata. By its path: as a dependency, the crate would be compiled twice.
#[cfg(all(feature = "default", feature = "metadata-hash"))]
#[allow(dead_code)]
#[path = "../primitives/src/properties.rs"]
mod properties;

fn main() {
	#[cfg(all(feature = "default", not(feature = "metadata-hash")))]
	substrate_wasm_builder::WasmBuilder::build_using_defaults();
	// Compiled, asked for its metadata, and compiled with the hash of that.
	#[cfg(all(feature = "default", feature = "metadata-hash"))]
	substrate_wasm_builder::WasmBuilder::init_with_defaults()
		.enable_metadata_hash(properties::TOKEN_SYMBOL, properties::TOKEN_DECIMALS)
		.build();
}
