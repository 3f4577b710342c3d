//! What to do when proxies or multisigs refuse.
//!
//! Other pallets have errors of some of these names, so this is asked about these two alone. `hdx` makes none of their
//! calls; members propose some, and other programs report them by the same names.

/// The pallet of proxies.
pub const PROXY: &str = "Proxy";
/// The pallet of multisigs.
pub const MULTISIG: &str = "Multisig";

/// What to do about a refusal by proxies, where its own words do not say it.
pub fn on_proxy_refusal(name: &str) -> Option<&'static str> {
	Some(match name {
		"TooMany" => {
			"an account has 16 proxies, and a proxy 16 announcements: remove one that is not needed any more"
		},
		"NotFound" => {
			"name the account, the kind and the delay that it has: proxy.proxies(account) shows them in polkadot.js"
		},
		"NotProxy" => {
			"the account that it shall be done for names this one first: Proxy.addProxy, with the kind that the call is of"
		},
		"Unproxyable" | "NoPermission" => {
			"no proxy may do that: the account signs it itself"
		},
		"Duplicate" => "there is nothing left to do: it is a proxy of this kind already",
		"Unannounced" => {
			"announce it first (Proxy.announce), and send it with Proxy.proxyAnnounced when the delay is over"
		},
		"NoSelfProxy" => "name another account: this one may do everything for itself",
		_ => return None,
	})
}

/// What to do about a refusal by multisigs, where its own words do not say it.
pub fn on_multisig_refusal(name: &str) -> Option<&'static str> {
	Some(match name {
		"MinimumThreshold" => "one of several alone signs Multisig.asMultiThreshold1",
		"AlreadyApproved" => "wait for the others: this account has approved it",
		"NoApprovalsNeeded" => "whoever has the whole call sends it: Multisig.asMulti",
		"TooFewSignatories" => "name the others who may sign, each of them",
		"TooManySignatories" => "a multisig has 32 signatories at most, the one who signs among them",
		"SignatoriesOutOfOrder" => {
			"order the others by their public keys, the smallest first; polkadot.js does"
		},
		"SenderInSignatories" => "leave the one who signs out of the others",
		"NotFound" => {
			"nothing of that is open: it was executed or cancelled, or the signatories, the threshold or the call are others"
		},
		"NotOwner" => "whoever opened it cancels it",
		"NoTimepoint" | "WrongTimepoint" => {
			"give the block and the number in it with which it was opened: multisig.multisigs(account, hash) shows them in polkadot.js"
		},
		"UnexpectedTimepoint" => {
			"nothing of that is open: leave the timepoint out to open it; or the signatories, the threshold or the call are others"
		},
		"MaxWeightTooLow" => "state as much as the call weighs; polkadot.js computes it",
		"AlreadyStored" => "there is nothing left to do: it is stored",
		_ => return None,
	})
}

#[cfg(test)]
mod tests {
	use super::{on_multisig_refusal, on_proxy_refusal};

	/// Those of pallet-proxy.
	const OF_PROXIES: [&str; 8] = [
		"TooMany",
		"NotFound",
		"NotProxy",
		"Unproxyable",
		"Duplicate",
		"NoPermission",
		"Unannounced",
		"NoSelfProxy",
	];
	/// Those of pallet-multisig.
	const OF_MULTISIGS: [&str; 14] = [
		"MinimumThreshold",
		"AlreadyApproved",
		"NoApprovalsNeeded",
		"TooFewSignatories",
		"TooManySignatories",
		"SignatoriesOutOfOrder",
		"SenderInSignatories",
		"NotFound",
		"NotOwner",
		"NoTimepoint",
		"WrongTimepoint",
		"UnexpectedTimepoint",
		"MaxWeightTooLow",
		"AlreadyStored",
	];

	#[test]
	fn every_error_of_proxies_and_multisigs_comes_with_advice() {
		for error in OF_PROXIES {
			assert!(on_proxy_refusal(error).is_some(), "{error}");
		}
		for error in OF_MULTISIGS {
			assert!(on_multisig_refusal(error).is_some(), "{error}");
		}
		assert!(on_proxy_refusal("NotOwner").is_none());
		assert!(on_multisig_refusal("NotProxy").is_none());
	}
}
