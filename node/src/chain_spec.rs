//! The chains that this binary knows by name.

use hdx_runtime::{
	genesis,
	properties::{SS58_PREFIX, TOKEN_DECIMALS, TOKEN_SYMBOL},
	WASM_BINARY,
};
use sc_service::{ChainType, GenericChainSpec};
use std::path::PathBuf;

/// Finds a chain by name (`dev`, `local`) or reads its specification from a file.
pub fn load(id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
	match id {
		"dev" => Ok(Box::new(preset(
			"HealthDataExchange development",
			"hdx_dev",
			ChainType::Development,
			genesis::DEV,
		)?)),
		"" | "local" => Ok(Box::new(preset(
			"HealthDataExchange local network",
			"hdx_local",
			ChainType::Local,
			genesis::LOCAL,
		)?)),
		file => {
			let path = PathBuf::from(file);
			if !path.is_file() {
				return Err(format!(
					"no chain is called `{file}` and there is no such file: \
					 use `dev`, `local` or the path of a chain specification"
				));
			}
			Ok(Box::new(GenericChainSpec::<Option<()>>::from_json_file(path)?))
		},
	}
}

fn preset(
	name: &str,
	id: &str,
	kind: ChainType,
	preset: &str,
) -> Result<GenericChainSpec<Option<()>>, String> {
	let wasm = WASM_BINARY.ok_or(
		"this binary was built without a runtime (SKIP_WASM_BUILD): build it again without that",
	)?;
	Ok(GenericChainSpec::builder(wasm, None)
		.with_name(name)
		.with_id(id)
		.with_chain_type(kind)
		.with_genesis_config_preset_name(preset)
		.with_properties(serde_json::Map::from_iter([
			("tokenSymbol".to_owned(), TOKEN_SYMBOL.into()),
			("tokenDecimals".to_owned(), TOKEN_DECIMALS.into()),
			("ss58Format".to_owned(), SS58_PREFIX.into()),
		]))
		.build())
}
