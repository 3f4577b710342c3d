//! Whether a policy is a tree that can be decided on.

use crate::policy::{Policy, Provision, MAX_DEPTH};

/// Why a policy is refused. A decision on such a policy denies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PolicyError {
	/// There is no root provision.
	EmptyPolicy,
	/// A provision's parent does not come before it, or the root names a parent.
	ParentNotBefore,
	/// A provision is nested deeper than [`MAX_DEPTH`] below the root.
	TooDeep,
	/// A period ends before it starts, or holds no moment at all.
	PeriodNotOrdered,
}

/// Checks what the types do not: that the provisions form one tree, not too deep, with ordered
/// periods.
///
/// # Errors
///
/// The first fault in document order, see [`PolicyError`].
pub fn validate(policy: &Policy) -> Result<(), PolicyError> {
	if policy.provisions.is_empty() {
		return Err(PolicyError::EmptyPolicy);
	}
	for (index, provision) in policy.provisions.iter().enumerate() {
		check_parent(index, provision)?;
		check_depth(policy, index)?;
		check_periods(provision)?;
	}
	Ok(())
}

fn check_parent(index: usize, provision: &Provision) -> Result<(), PolicyError> {
	let parent = usize::from(provision.parent);
	let is_root = index == 0 && parent == 0;
	if is_root || parent < index {
		Ok(())
	} else {
		Err(PolicyError::ParentNotBefore)
	}
}

/// Climbs at most `MAX_DEPTH` steps, so it ends on any input.
fn check_depth(policy: &Policy, index: usize) -> Result<(), PolicyError> {
	let mut current = index;
	for _ in 0..MAX_DEPTH {
		let Some(provision) = policy.provisions.get(current) else {
			return Err(PolicyError::ParentNotBefore);
		};
		current = usize::from(provision.parent);
	}
	if current == 0 {
		Ok(())
	} else {
		Err(PolicyError::TooDeep)
	}
}

fn check_periods(provision: &Provision) -> Result<(), PolicyError> {
	if provision.period.is_ordered() && provision.data_period.is_ordered() {
		Ok(())
	} else {
		Err(PolicyError::PeriodNotOrdered)
	}
}
