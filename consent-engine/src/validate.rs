//! Whether a policy is a tree that can be decided on.

use crate::policy::{Policy, Provision, MAX_DEPTH, MAX_PROVISIONS};

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
	let mut depths = [0; MAX_PROVISIONS as usize];
	for (index, provision) in policy.provisions.iter().enumerate() {
		let parent = usize::from(provision.parent);
		let is_root = index == 0 && parent == 0;
		if !is_root && parent >= index {
			return Err(PolicyError::ParentNotBefore);
		}
		let above = depths.get(parent).copied().unwrap_or(MAX_DEPTH);
		if !is_root && above >= MAX_DEPTH {
			return Err(PolicyError::TooDeep);
		}
		if let (Some(depth), false) = (depths.get_mut(index), is_root) {
			*depth = above.saturating_add(1);
		}
		check_periods(provision)?;
	}
	Ok(())
}

fn check_periods(provision: &Provision) -> Result<(), PolicyError> {
	if provision.period.is_ordered() && provision.data_period.is_ordered() {
		Ok(())
	} else {
		Err(PolicyError::PeriodNotOrdered)
	}
}
