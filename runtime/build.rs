//! Builds the runtime's WebAssembly.

fn main() {
	#[cfg(feature = "default")]
	substrate_wasm_builder::WasmBuilder::build_using_defaults();
}
