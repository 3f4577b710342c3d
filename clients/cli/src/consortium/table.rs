//! The shape of the file, before anything in it is checked.
//!
//! Nearly everything may be missing here: what has to be there is said with everything else that is wrong, and not one at
//! a time.

mod parameters;

pub(super) use parameters::{BucketTable, LevelTable, ParametersTable, PermissionTable};

use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
	#[serde(default)]
	pub chain: ChainTable,
	#[serde(default)]
	pub institution: Vec<Spanned<InstitutionTable>>,
	#[serde(default)]
	pub validator: Vec<Spanned<ValidatorTable>>,
	#[serde(default)]
	pub chambers: ChambersTable,
	#[serde(default)]
	pub template: Vec<Spanned<TemplateTable>>,
	#[serde(default)]
	pub parameters: ParametersTable,
	#[serde(default)]
	pub bucket: Vec<Spanned<BucketTable>>,
	#[serde(default)]
	pub permission: Vec<Spanned<PermissionTable>>,
	#[serde(default)]
	pub level: Vec<Spanned<LevelTable>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChainTable {
	pub name: Option<Spanned<String>>,
	pub id: Option<Spanned<String>>,
	pub session_period: Option<Spanned<u32>>,
	pub minimum_validators: Option<Spanned<u32>>,
	pub key_cooldown: Option<Spanned<u32>>,
	#[serde(default)]
	pub boot_nodes: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InstitutionTable {
	pub id: Option<Spanned<String>>,
	pub kind: Option<Spanned<String>>,
	pub account: Option<Spanned<String>>,
	pub profile: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ValidatorTable {
	pub institution: Option<Spanned<String>>,
	pub account: Option<Spanned<String>>,
	pub aura: Option<Spanned<String>>,
	pub aura_proof: Option<Spanned<String>>,
	pub grandpa: Option<Spanned<String>>,
	pub grandpa_proof: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChambersTable {
	#[serde(default)]
	pub institutions: Vec<Spanned<String>>,
	#[serde(default)]
	pub representatives: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TemplateTable {
	pub uri: Option<Spanned<String>>,
	pub version: Option<Spanned<u32>>,
}
