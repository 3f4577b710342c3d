//! What a chain starts with in the place of what is shipped.

use crate::{Config, EmergencyTerms, EmergencyTermsInForce, Pallet, PermittedActions};
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{ensure, traits::Get, Deserialize, Serialize};
use hdx_primitives::{Action, AssuranceLevel, Code, Milliseconds, Role};

/// The terms of breaking the glass, times in milliseconds. Left out: as shipped.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "sp_runtime::serde", rename_all = "camelCase", deny_unknown_fields, default)]
pub struct GenesisEmergencyTerms {
	/// Longest time for which a grant may be asked in an emergency.
	pub max_duration: Option<u64>,
	/// How many disclosures may be made under such a grant.
	pub uses: Option<u32>,
	/// How long after it a break-glass has to be reviewed.
	pub review_within: Option<u64>,
	/// How many reviews of an institution may be overdue.
	pub max_overdue: Option<u32>,
	/// How often in a day a clinician may break the glass by proof.
	pub proofs_a_day: Option<u8>,
}

impl GenesisEmergencyTerms {
	fn over(&self, shipped: EmergencyTerms) -> EmergencyTerms {
		EmergencyTerms {
			max_duration: self.max_duration.map_or(shipped.max_duration, Milliseconds),
			uses: self.uses.unwrap_or(shipped.uses),
			review_within: self.review_within.map_or(shipped.review_within, Milliseconds),
			max_overdue: self.max_overdue.unwrap_or(shipped.max_overdue),
			proofs_a_day: self.proofs_a_day.unwrap_or(shipped.proofs_a_day),
		}
	}
}

// What the genesis sets, it tells nobody: what the chain starts with, the genesis block says.
impl<T: Config> Pallet<T> {
	/// Sets cells of the matrix that is written already.
	pub(crate) fn build_permissions(
		cells: &[(Role, [u8; 16], Vec<Action>)],
	) -> Result<(), &'static str> {
		let mut set = BTreeSet::new();
		for (role, purpose, actions) in cells {
			ensure!(set.insert((*role, *purpose)), "a cell is named twice");
			let actions = PermittedActions::try_from(actions.clone())
				.map_err(|_| "a cell has more actions than there are")?;
			Self::put_permissions(*role, Code(*purpose), &actions)?;
		}
		Ok(())
	}

	/// Sets levels, over those for licences where these are written.
	pub(crate) fn build_levels(
		levels: &[([u8; 16], Action, AssuranceLevel)],
	) -> Result<(), &'static str> {
		let mut set = BTreeSet::new();
		for (purpose, action, level) in levels {
			ensure!(set.insert((*purpose, *action)), "a level is named twice");
			Self::put_level(Code(*purpose), *action, Some(*level))?;
		}
		Ok(())
	}

	/// Sets the terms of breaking the glass, if any of them is not as shipped. Else they stay what the runtime ships.
	pub(crate) fn build_terms(terms: &GenesisEmergencyTerms) -> Result<(), &'static str> {
		if *terms == GenesisEmergencyTerms::default() {
			return Ok(());
		}
		let terms = terms.over(T::DefaultEmergencyTerms::get());
		Self::check_terms(&terms)?;
		EmergencyTermsInForce::<T>::put(terms);
		Ok(())
	}
}
