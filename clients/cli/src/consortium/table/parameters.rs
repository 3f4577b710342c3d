//! What governance can change, as the chain starts with it. What is left out is as shipped.

use serde::Deserialize;
use toml::Spanned;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::consortium) struct ParametersTable {
	pub licences_required: bool,
	pub retention_days: Option<Spanned<u32>>,
	pub emergency: EmergencyTable,
	pub reviews: ReviewsTable,
	pub monitoring: MonitoringTable,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::consortium) struct EmergencyTable {
	pub max_duration_minutes: Option<Spanned<u32>>,
	pub uses: Option<Spanned<u32>>,
	pub review_within_hours: Option<Spanned<u32>>,
	pub max_overdue: Option<Spanned<u32>>,
	pub proofs_a_day: Option<Spanned<u32>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::consortium) struct ReviewsTable {
	pub answer_within_days: Option<Spanned<u32>>,
	pub escalate_within_days: Option<Spanned<u32>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::consortium) struct MonitoringTable {
	pub window_hours: Option<Spanned<u32>>,
	pub actor: ThresholdsTable,
	pub institution: ThresholdsTable,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::consortium) struct ThresholdsTable {
	pub denials: Option<Spanned<u32>>,
	pub overrides: Option<Spanned<u32>>,
	pub patients: Option<Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::consortium) struct BucketTable {
	pub institution: Option<Spanned<String>>,
	pub capacity: Option<Spanned<u32>>,
	pub refill: Option<Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::consortium) struct PermissionTable {
	pub role: Option<Spanned<String>>,
	pub purpose: Option<Spanned<String>>,
	pub actions: Option<Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::consortium) struct LevelTable {
	pub purpose: Option<Spanned<String>>,
	pub action: Option<Spanned<String>>,
	pub level: Option<Spanned<String>>,
}
