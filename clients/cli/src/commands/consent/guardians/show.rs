//! `hdx consent guardians show`.

use super::shown_powers;
use crate::{
	commands::{
		consent::view::{limit_lines, ShownPeriod},
		ensure_patient, Context,
	},
	error::Error,
	output::block,
	time,
};
use hdx_primitives::{
	consent::{
		ConsentAction, GuardianAction, GuardianSet, Guardianship, PendingGuardians, Proposal,
	},
	AccountId, ProposalId,
};
use serde::Serialize;
use std::fmt;

/// The guardians of a patient, and what they proposed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	patient: String,
	guardians: Option<ShownSet>,
	since: Option<String>,
	/// Who comes instead, and when.
	#[serde(skip_serializing_if = "Option::is_none")]
	to_be: Option<Pending>,
	proposals: Vec<ShownProposal>,
	emergency_override: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Pending {
	guardians: Option<ShownSet>,
	takes_effect_at: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownSet {
	guardians: Vec<String>,
	threshold: u32,
	powers: Vec<&'static str>,
	scope: Vec<String>,
	period: ShownPeriod,
	objection_delay: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownProposal {
	proposal: u64,
	action: String,
	approvals: Vec<String>,
	ready_at: Option<String>,
	expires_at: String,
}

impl From<&GuardianSet> for ShownSet {
	fn from(set: &GuardianSet) -> Self {
		let mut powers = shown_powers(&set.powers.consents);
		powers.extend(set.powers.emergency_override.then_some("emergency"));
		powers.extend(set.powers.object_to_replacement.then_some("keep-office"));
		Self {
			guardians: set.guardians.iter().map(AccountId::to_string).collect(),
			threshold: set.threshold,
			powers,
			scope: limit_lines(&set.scope),
			period: (&set.period).into(),
			objection_delay: time::show_duration(set.objection_delay),
		}
	}
}

impl From<&PendingGuardians> for Pending {
	fn from(pending: &PendingGuardians) -> Self {
		Self {
			guardians: pending.set.as_ref().map(ShownSet::from),
			takes_effect_at: time::show(pending.takes_effect_at),
		}
	}
}

impl ShownProposal {
	fn of(id: ProposalId, proposal: &Proposal) -> Self {
		Self {
			proposal: id.0,
			action: describe(&proposal.action),
			approvals: proposal.approvals.iter().map(AccountId::to_string).collect(),
			ready_at: proposal.ready_at.map(time::show),
			expires_at: time::show(proposal.expires_at),
		}
	}
}

/// What is proposed, in a line.
fn describe(action: &GuardianAction) -> String {
	match action {
		GuardianAction::Consent(action) => match action {
			ConsentAction::Grant(_) => "grant a consent".to_owned(),
			ConsentAction::Amend { consent, .. } => format!("amend consent {}", consent.0),
			ConsentAction::Revoke { consent } => format!("revoke consent {}", consent.0),
			ConsentAction::StopRenewal { consent } => {
				format!("stop the renewal of consent {}", consent.0)
			},
			ConsentAction::ApproveRequest { request, .. } => {
				format!("approve request {}", request.0)
			},
			ConsentAction::DenyRequest { request, .. } => format!("deny request {}", request.0),
		},
		GuardianAction::SetEmergencyOverride { allowed: true } => {
			"allow the emergency override".to_owned()
		},
		GuardianAction::SetEmergencyOverride { allowed: false } => {
			"opt out of the emergency override".to_owned()
		},
		GuardianAction::ReplaceGuardians { guardians, threshold } => {
			format!("{threshold} of {} other guardians", guardians.len())
		},
		GuardianAction::ObjectToReplacement => "stay in office".to_owned(),
	}
}

impl ShownSet {
	fn write(&self, f: &mut fmt::Formatter<'_>, title: &str) -> fmt::Result {
		let guardians = self.guardians.join(", ");
		let (powers, scope) = (self.powers.join(", "), self.scope.join("; "));
		let fields: [(&str, &dyn fmt::Display); 5] = [
			("guardians", &guardians),
			("may", &powers),
			("consents", &scope),
			("in office", &self.period),
			("objection delay", &self.objection_delay),
		];
		block(f, format!("{title}: {} of {}", self.threshold, self.guardians.len()), &fields)
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match (&self.guardians, &self.since) {
			(Some(set), Some(since)) => set.write(f, &format!("guardians since {since}"))?,
			_ => writeln!(f, "{} has no guardians", self.patient)?,
		}
		if let Some(pending) = &self.to_be {
			let title = format!("from {}", pending.takes_effect_at);
			match &pending.guardians {
				Some(set) => set.write(f, &title)?,
				None => writeln!(f, "{title}: no guardians")?,
			}
		}
		for proposal in &self.proposals {
			let approvals = proposal.approvals.join(", ");
			let ready_at = proposal.ready_at.clone().unwrap_or_default();
			let fields: [(&str, &dyn fmt::Display); 3] = [
				("approved by", &approvals),
				("can be done from", &ready_at),
				("void from", &proposal.expires_at),
			];
			block(f, format!("proposal {}: {}", proposal.proposal, proposal.action), &fields)?;
		}
		let emergency = if self.emergency_override { "allowed" } else { "not allowed" };
		writeln!(f, "emergency override: {emergency}")
	}
}

/// Shows them.
pub async fn run(patient: &AccountId, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	ensure_patient(&chain, patient).await?;
	let guardianship = chain.guardians(patient).await?;
	let now = chain.now().await?;
	let pending = chain.guardians_to_be(patient).await?;
	let pending = pending.filter(|pending| now < pending.takes_effect_at);
	let proposals = chain.proposals(patient).await?;
	let (set, since) = match &guardianship {
		Some(Guardianship { set, since }) => (Some(set.into()), Some(time::show(*since))),
		None => (None, None),
	};
	context.output.show(&Shown {
		patient: patient.to_string(),
		guardians: set,
		since,
		to_be: pending.as_ref().map(Pending::from),
		proposals: proposals.iter().map(|(id, one)| ShownProposal::of(*id, one)).collect(),
		emergency_override: chain.allows_emergency_override(patient, Default::default()).await?,
	})
}
