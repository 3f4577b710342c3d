//! `hdx gov propose`.

use super::{meaning, what::What};
use crate::{
	commands::{provider::Done, Context},
	error::Error,
};
use hdx_sdk::chain::{hash_of, Chain, Chamber, Signer, Track, Until};
use serde_json::json;

/// Fails where the signer has no vote in the chamber: the chain would only say that it must not.
pub(super) async fn ensure_vote(
	chain: &Chain,
	chamber: Chamber,
	signer: &Signer,
) -> Result<(), Error> {
	let who = signer.account();
	if chain.has_vote(chamber, &who).await? {
		return Ok(());
	}
	Err(Error::Usage(format!(
		"{who} has no vote in the chamber of {chamber}: `hdx gov members` shows who has, --patients names the other chamber"
	)))
}

/// With which track a call is proposed in a chamber.
fn track(pallet: &str, call: &str, patients: bool) -> Result<Track, Error> {
	let track = Track::of(pallet, call);
	match (track, patients) {
		(Track::BothChambers, true) => Ok(Track::PatientsRights),
		(track, patients) if patients == (track.chamber() == Chamber::Patients) => Ok(track),
		(track, true) => Err(Error::Usage(format!(
			"{pallet}.{call} is decided by institutions alone (track {track}): leave --patients out"
		))),
		(track, false) => Err(Error::Usage(format!(
			"{pallet}.{call} is decided by patients alone (track {track}): give --patients, and the key of a representative"
		))),
	}
}

/// Proposes it.
pub async fn run(what: What, context: &Context) -> Result<(), Error> {
	let proposer = what.proposer();
	let signer = proposer.by.signer()?;
	let chain = context.connect().await?;
	let call = what.encode(&chain).await?;
	let would = meaning::of(&chain, &call).await?;
	let (pallet, name) = would.call.split_once('.').unwrap_or_default();
	let track = match proposer.emergency {
		true => Track::Emergency,
		false => track(pallet, name, proposer.patients)?,
	};
	let chamber = track.chamber();
	ensure_vote(&chain, chamber, &signer).await?;
	// Before it is signed.
	context.output.tell(&format!("{}: {}", would.call, would.sentences().join(": ")));
	let progress = context.output.progress("waiting until it is final");
	let is_for_both = pallet != "Whitelist";
	let proposed = match track {
		Track::BothChambers if is_for_both => {
			// What was approved too long ago would be in its way.
			chain.remove_expired(&signer, hash_of(&call), Until::InBlock).await?;
			chain.for_both(&call).await?
		},
		Track::PatientsRights if is_for_both => {
			// Only its hash is voted about: without the text nobody could read it.
			chain.store(&signer, &call, Until::InBlock).await?;
			chain.approval_of(&call).await?
		},
		_ => call.clone(),
	};
	let poll = chain.open_referendum(&signer, track, &proposed, Until::Finalized).await?;
	drop(progress);
	let other = match track {
		Track::BothChambers => {
			format!(
				"; patients have to approve it as well: hdx gov propose call 0x{} --patients",
				hex::encode(&call)
			)
		},
		Track::PatientsRights => {
			format!(
				"; institutions have to approve it as well: hdx gov propose call 0x{}",
				hex::encode(&call)
			)
		},
		_ => String::new(),
	};
	context.output.show(&Done::new(
		format!(
			"referendum {poll} of {chamber}, track {track}, needs {} of all votes; it {}{other}",
			track.threshold(),
			would.sentences().join(": "),
		),
		json!({
			"poll": poll,
			"chamber": chamber.to_string(),
			"track": track.to_string(),
			"needed": track.threshold(),
			"hash": would.hash,
			"call": format!("0x{}", hex::encode(&call)),
			"would": would,
		}),
	))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn what_both_decide_is_proposed_in_either_chamber_and_the_rest_in_one() {
		assert_eq!(track("Audit", "set_retention", false).unwrap(), Track::BothChambers);
		assert_eq!(track("Audit", "set_retention", true).unwrap(), Track::PatientsRights);
		assert_eq!(track("ValidatorSet", "add_validator", false).unwrap(), Track::Validators);
		let wrong = track("ValidatorSet", "add_validator", true).unwrap_err();
		assert!(wrong.to_string().contains("leave --patients out"), "{wrong}");
		let wrong = track("Origins", "appoint_representative", false).unwrap_err();
		assert!(wrong.to_string().contains("give --patients"), "{wrong}");
	}
}
