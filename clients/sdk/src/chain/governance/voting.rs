//! Proposing, voting, and carrying out.

use super::{
	call::encoded,
	proposal::{Proposal, LONGEST_INLINE},
	raw::{prefix, twox},
	track::{Chamber, Track},
};
use crate::chain::{Chain, ChainError, Included, Signer, Until};
use codec::{Decode, Encode};
use sp_core::H256;

impl Chain {
	/// Submits a referendum about a call, and has it decided about; gives its number. A long call is stored first.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of the referenda, and of storing texts.
	pub async fn open_referendum(
		&self,
		member: &Signer,
		track: Track,
		call: &[u8],
		until: Until,
	) -> Result<u32, ChainError> {
		let polls = track.chamber().polls();
		let proposal = if call.len() <= LONGEST_INLINE {
			Proposal::Inline(call.to_vec())
		} else {
			self.store(member, call, until).await?;
			let hash = H256(sp_crypto_hashing::blake2_256(call));
			let len = u32::try_from(call.len()).unwrap_or(u32::MAX);
			Proposal::Lookup { hash, len }
		};
		// With which origin, by the number of the pallet that has it; what; and at once, which a track makes later.
		let origins = {
			let at = self.best().await?;
			let found =
				at.metadata_ref().pallet_by_name("Origins").map(|pallet| pallet.call_index());
			found.ok_or_else(|| ChainError::NotFound { what: "the pallet Origins".to_owned() })?
		};
		let after_none = (1_u8, 0_u32);
		let arguments = (origins, track, proposal, after_none).encode();
		let included = self.send(member, polls, "submit", &arguments, until).await?;
		let submitted = included.fields_of(polls, "Submitted")?;
		let poll = u32::decode(&mut &*submitted).map_err(ChainError::transport)?;
		self.send(member, polls, "place_decision_deposit", &poll.encode(), until).await?;
		Ok(poll)
	}

	/// Stores the text of a call, so that others can read what they vote about. Nothing where it is stored already.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Preimage::note_preimage`.
	pub async fn store(
		&self,
		member: &Signer,
		call: &[u8],
		until: Until,
	) -> Result<H256, ChainError> {
		let hash = H256(sp_crypto_hashing::blake2_256(call));
		if self.noted_text(hash).await?.is_none() {
			self.send(member, "Preimage", "note_preimage", &call.encode(), until).await?;
		}
		Ok(hash)
	}

	/// Votes in a referendum. A later vote takes the place of an earlier one.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of the collectives.
	pub async fn vote(
		&self,
		member: &Signer,
		chamber: Chamber,
		poll: u32,
		aye: bool,
		until: Until,
	) -> Result<(), ChainError> {
		let arguments = (poll, aye).encode();
		self.send(member, chamber.collective(), "vote", &arguments, until).await?;
		Ok(())
	}

	/// Carries out what both chambers agreed on.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Whitelist::dispatch_whitelisted_call_with_preimage`, and of the call.
	pub async fn enact(
		&self,
		signer: &Signer,
		call: &[u8],
		until: Until,
	) -> Result<(), ChainError> {
		let name = "dispatch_whitelisted_call_with_preimage";
		let included = self.send(signer, "Whitelist", name, call, until).await?;
		let fields = included.fields_of("Whitelist", "WhitelistedCallDispatched")?;
		// After the hash, whether it worked. What did not is over all the same.
		match fields.get(32) {
			Some(0) => Ok(()),
			_ => Err(ChainError::RefusedOtherwise {
				call: "the call that both chambers agreed on".to_owned(),
				reason: "the chain made it, and it failed: both have to agree again".to_owned(),
			}),
		}
	}

	/// The hash of the code that both chambers authorized, and nobody has brought in yet.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn authorized_upgrade(&self) -> Result<Option<H256>, ChainError> {
		let at = self.best().await?;
		// Beside the hash, whether the version has to be a later one.
		let found: Option<(H256, bool)> =
			self.raw_value(prefix("System", "AuthorizedUpgrade"), at.block_hash()).await?;
		Ok(found.map(|(hash, _)| hash))
	}

	/// Brings in the code that both chambers authorized; gives the hash of the block. It is in force from the next one on.
	///
	/// Nobody signs it, and no quota is charged: the chain takes this code from anybody.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `System::apply_authorized_upgrade`. Code whose version is not a later one is
	/// refused, and not authorized any more. [`ChainError::RefusedOtherwise`] where no node takes it: it is not authorized,
	/// or a migration goes on.
	pub async fn apply_upgrade(&self, code: &[u8], until: Until) -> Result<[u8; 32], ChainError> {
		let (pallet, call) = ("System", "apply_authorized_upgrade");
		let at = self.best().await?;
		let bytes = encoded(at.metadata_ref(), pallet, call, &code.encode())?;
		let payload =
			at.transactions().from_call_data_bytes(&bytes).map_err(ChainError::transport)?;
		let name = format!("{pallet}::{call}");
		let included = self.submit_bare(&name, &payload, until).await.map_err(not_brought_in)?;
		match included.fields_of("System", "CodeUpdated") {
			Ok(_) => Ok(included.block),
			Err(ChainError::EventMissing { call, .. }) => Err(ChainError::RefusedOtherwise {
				call,
				reason: "its version is not later than that of the runtime in force".to_owned(),
			}),
			Err(error) => Err(error),
		}
	}

	/// Takes away that institutions approved the call with this hash, where patients did not approve it in time: otherwise it
	/// could not be approved again. Whether there was such an approval.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Whitelist::remove_deferred_dispatch`.
	pub async fn remove_expired(
		&self,
		signer: &Signer,
		hash: H256,
		until: Until,
	) -> Result<bool, ChainError> {
		let at = self.best().await?;
		let key = [prefix("Whitelist", "DeferredDispatch"), twox(&hash.0)].concat();
		let expires: Option<u32> = self.raw_value(key, at.block_hash()).await?;
		if expires.is_none_or(|block| at.block_number() < u64::from(block)) {
			return Ok(false);
		}
		self.send(signer, "Whitelist", "remove_deferred_dispatch", &hash.0, until).await?;
		Ok(true)
	}

	/// The call with which institutions have a call made that patients approve as well.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn for_both(&self, call: &[u8]) -> Result<Vec<u8>, ChainError> {
		self.make_call("Whitelist", "dispatch_whitelisted_call_with_preimage", call).await
	}

	/// The call with which patients approve a call that institutions approve as well.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn approval_of(&self, call: &[u8]) -> Result<Vec<u8>, ChainError> {
		let hash = sp_crypto_hashing::blake2_256(call);
		self.make_call("Whitelist", "whitelist_call", &hash).await
	}

	/// Signs and submits a call that is found by its names.
	async fn send(
		&self,
		signer: &Signer,
		pallet: &str,
		call: &str,
		arguments: &[u8],
		until: Until,
	) -> Result<Included, ChainError> {
		let at = self.best().await?;
		let bytes = encoded(at.metadata_ref(), pallet, call, arguments)?;
		let payload =
			at.transactions().from_call_data_bytes(&bytes).map_err(ChainError::transport)?;
		self.submit(&format!("{pallet}::{call}"), &payload, signer, until).await
	}
}

/// Why no node took code. Nobody signs that, so no quota refuses it.
fn not_brought_in(error: ChainError) -> ChainError {
	match error {
		ChainError::NotAccepted { call, reason } => ChainError::RefusedOtherwise {
			call,
			reason: format!(
				"the code is not authorized (any more), or a migration goes on, which the view multiBlockMigrations.status tells ({reason})"
			),
		},
		other => other,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn code_that_no_node_takes_is_told_without_a_word_on_who_signed() {
		let (call, reason) = ("System::c".to_owned(), "not expected".to_owned());
		let told = not_brought_in(ChainError::NotAccepted { call, reason }).to_string();
		assert!(told.contains("a migration goes on") && told.contains("(not expected)"), "{told}");
		assert!(!told.contains("sponsored"), "{told}");
		let other = not_brought_in(ChainError::Transport("gone".to_owned()));
		assert!(matches!(other, ChainError::Transport(_)), "{other}");
	}
}
