//! The implicit policies: what holds where no consent applies (IHE PCF, "implicit consent").
//!
//! They are ordinary policies, decided by the same code as explicit ones.

use crate::{
	code::Code,
	decision::ImplicitPolicy,
	matching::Circumstances,
	obligation::Obligations,
	policy::{Policy, Provision, Rule, Values},
	terminology::{confidentiality, purpose, sensitivity, Term},
	tree::{self, Answer},
};
use alloc::vec;
use bounded_collections::BoundedVec;

/// Confidentiality levels that are not above normal.
const UP_TO_NORMAL: [Code; 4] =
	[confidentiality::U, confidentiality::L, confidentiality::M, confidentiality::N];

/// What the implicit policy permits. `None`: nothing.
///
/// | Policy | Purposes | Data |
/// |---|---|---|
/// | [`Deny`](ImplicitPolicy::Deny) | none | none |
/// | [`BasicNormal`](ImplicitPolicy::BasicNormal) | TREAT | labelled U, L, M or N, and with no sensitivity of [`sensitivity::ALL`] |
/// | [`AllNormal`](ImplicitPolicy::AllNormal) | TREAT, HPAYMT, HOPERAT | labelled U, L, M or N |
/// | [`BreakGlassOnly`](ImplicitPolicy::BreakGlassOnly) | BTG, ETREAT | any |
///
/// Without the patient's word nothing is read into a request: it must name its purpose, and no
/// purpose outside the policy's, so that of several purposes none rides on another. Data without a
/// confidentiality label is not known to be normal, so it is withheld. Where the patient opted out
/// of emergency override, emergencies are not presumed to be permitted either.
pub(crate) fn permitted(
	policy: ImplicitPolicy,
	circumstances: &Circumstances<'_>,
) -> Option<Obligations> {
	let asked = circumstances.request.purposes;
	if circumstances.emergency_opt_out && asked.contains(&purpose::ETREAT) {
		return None;
	}
	let policy = policy_of(policy)?;
	let purposes = &policy.provisions.first()?.purposes;
	if asked.is_empty() || !asked.iter().all(|purpose| purposes.contains(purpose)) {
		return None;
	}
	match tree::answer(&policy, circumstances)? {
		Answer::Permit(residual) => residual.obligations(circumstances.request),
		Answer::Deny => None,
	}
}

fn policy_of(policy: ImplicitPolicy) -> Option<Policy> {
	let normal_for = |purposes: &[Code]| {
		let mut root = Provision::new(0, Rule::Permit);
		root.purposes = values(purposes);
		root.labels = values(&UP_TO_NORMAL);
		root
	};
	let provisions = match policy {
		ImplicitPolicy::Deny => return None,
		ImplicitPolicy::BasicNormal => vec![normal_for(&[purpose::TREAT]), no_sensitive_data()],
		ImplicitPolicy::AllNormal => {
			vec![normal_for(&[purpose::TREAT, purpose::HPAYMT, purpose::HOPERAT])]
		},
		ImplicitPolicy::BreakGlassOnly => {
			let mut root = Provision::new(0, Rule::Permit);
			root.purposes = values(&[purpose::BTG, purpose::ETREAT]);
			vec![root]
		},
	};
	Some(Policy {
		categories: Values::default(),
		provisions: BoundedVec::truncate_from(provisions),
	})
}

fn no_sensitive_data() -> Provision {
	let mut deny = Provision::new(0, Rule::Deny);
	let labels = sensitivity::ALL.iter().map(|term: &Term| term.code).collect();
	deny.labels = BoundedVec::truncate_from(labels);
	deny
}

fn values(codes: &[Code]) -> Values<Code> {
	BoundedVec::truncate_from(codes.to_vec())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn no_list_is_cut_off() {
		for kind in
			[ImplicitPolicy::BasicNormal, ImplicitPolicy::AllNormal, ImplicitPolicy::BreakGlassOnly]
		{
			let policy = policy_of(kind);
			assert!(policy.as_ref().is_some_and(|policy| crate::validate(policy).is_ok()));
		}
		assert_eq!(no_sensitive_data().labels.len(), sensitivity::ALL.len());
	}
}
