//! The shape of the file, before anything in it is checked.

use crate::watched::Written;
use serde::Deserialize;
use std::path::PathBuf;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
	pub account: Spanned<String>,
	pub node: Option<Spanned<String>>,
	pub interval: Option<Spanned<String>>,
	pub credentials: Option<PathBuf>,
	pub limits: Option<LimitsTable>,
	#[serde(default)]
	pub issuer: Vec<Spanned<IssuerTable>>,
	#[serde(default)]
	pub credential: Vec<Spanned<Written>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitsTable {
	pub bytes: Option<Spanned<usize>>,
	pub time: Option<Spanned<String>>,
	pub connections: Option<Spanned<usize>>,
	pub keep: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IssuerTable {
	pub did: String,
	pub registry: u32,
	#[serde(default)]
	pub keys: Vec<PathBuf>,
}
