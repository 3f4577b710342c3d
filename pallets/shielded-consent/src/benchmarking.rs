//! What the calls and snapshots cost at their worst.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use crate::{
	nullifiers::MOST_FORGOTTEN, trees::revocations, Call, Categories, Changed, Config, FullTrees,
	Growing, GrowingTree, KeptRoots, Moments, Pallet, Places, ProviderTags, Roots, Snapshot,
	TagHolders, UsedNullifiers,
};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{EnsureOrigin, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use hdx_primitives::{
	engine::terminology::purpose, AccessCircuit, AccessProof, AccessProofs, AccessRequest,
	AccountId, Action, CircuitId, CircuitVersion, Code, ContextHash, InstitutionId, Milliseconds,
	Proof, PublicInput, RecordId, Role, ShieldedIndex, Target, H256, PROOF_BYTES,
};
use hdx_zk_circuits::{
	circuits::{
		Circuit, ConsentAccess, ConsentGrant, ConsentGrantPublic, ConsentRevoke,
		ConsentRevokePublic,
	},
	field::{from_bytes, to_bytes},
	merkle::{CAPACITY, LEVELS},
	Asked, Fr,
};

/// Sets the scene for the benchmarks.
pub trait BenchmarkHelper {
	/// Makes a proof that the verifier believes.
	fn prove(circuit: CircuitVersion, relation: H256, inputs: &[PublicInput]) -> Proof;

	/// Sets the clock.
	fn set_time(now: Milliseconds);

	/// A practitioner with as many credentials as there can be, an institution for which they may practise, and in which
	/// role.
	fn practitioner() -> (AccountId, InstitutionId, Role);
}

const VERSION: u32 = 1;
const NOW: Milliseconds = Milliseconds(1_000_000);

/// Some number, as no honest node is.
fn node(number: u64) -> PublicInput {
	to_bytes(&-Fr::from(number + 1))
}

fn signer() -> AccountId {
	AccountId::new([7; 32])
}

fn prove<T: Config, C: Circuit>(public: &C::Public) -> Proof {
	let circuit = CircuitVersion { circuit: CircuitId(C::NUMBER), version: VERSION };
	let inputs: Vec<PublicInput> = C::inputs(public).iter().map(to_bytes).collect();
	T::BenchmarkHelper::prove(circuit, H256(C::RELATION), &inputs)
}

/// A tree with all leaves but so many.
fn almost_full<T: Config>(number: u32, missing: u32) {
	let nodes = core::array::from_fn(|level| {
		core::array::from_fn(|place| node((level * 3 + place) as u64))
	});
	let nodes: [[PublicInput; 3]; LEVELS + 1] = nodes;
	Growing::<T>::put(GrowingTree { number, count: CAPACITY - missing, nodes });
}

/// As many trees as there may be have changed, but for those.
fn others_changed<T: Config>(except: u32) {
	let changed: Vec<_> = (0..T::MaxTrees::get()).filter(|tree| *tree != except).collect();
	Changed::<T>::put(BoundedVec::<_, T::MaxTrees>::truncate_from(changed));
}

/// As many snapshots as count, the last of this number, each with roots of these trees.
fn snapshots<T: Config>(last: u32, trees: core::ops::Range<u32>) {
	T::BenchmarkHelper::set_time(NOW);
	let first = last + 1 - T::MaxSnapshots::get();
	let moments: Vec<_> =
		(first..=last).map(|number| Snapshot { number, block: number + 1, at: NOW }).collect();
	Moments::<T>::put(BoundedVec::<_, T::MaxSnapshots>::truncate_from(moments));
	for tree in trees {
		let roots: Vec<_> = (first..=last)
			.map(|since| KeptRoots {
				since,
				consents: node(since.into()),
				revocations: node(since.into()),
				count: CAPACITY - 1,
			})
			.collect();
		Roots::<T>::insert(tree, BoundedVec::<_, T::MaxSnapshots>::truncate_from(roots));
	}
}

/// A consent that stands, in a tree where others are revoked.
fn standing<T: Config>() -> ShieldedIndex {
	almost_full::<T>(0, 1);
	for revoked in [0, 1, CAPACITY / 2, CAPACITY - 3] {
		revocations::<T>(0).revoke(revoked).unwrap();
	}
	others_changed::<T>(0);
	ShieldedIndex { tree: 0, leaf: CAPACITY - 2 }
}

/// A request for data of a class that has a category.
fn request(class: Code) -> AccessRequest {
	AccessRequest {
		on_behalf_of: InstitutionId(0),
		role: Role::Physician,
		patient: AccountId::new([8; 32]),
		target: Target::Record(RecordId(0)),
		purpose: purpose::ALL.last().unwrap().code,
		action: Action::Read,
		labels: Default::default(),
		classes: BoundedVec::truncate_from(alloc::vec![class]),
		context: ContextHash([2; 32]),
		duration: Milliseconds(1),
	}
}

/// A proof of access that holds for the signer and this subject tag, about the last of the snapshots that count. One of
/// either circuit costs the same: both have seven inputs, and what is read is as long.
fn access_proof<T: Config>(
	request: &AccessRequest,
	class: Code,
	subject: PublicInput,
) -> AccessProof {
	let snapshot = T::MaxSnapshots::get() + 5;
	snapshots::<T>(snapshot, 0..1);
	ProviderTags::<T>::insert(signer(), node(1));
	let revocation = ConsentRevokePublic::default();
	prove::<T, ConsentRevoke>(&revocation);
	let proof = AccessProof {
		snapshot,
		tree: 0,
		nullifier: node(2),
		circuit: AccessCircuit::Consent,
		version: VERSION,
		revoked_by: VERSION,
		proof: Proof([0; PROOF_BYTES]),
	};
	let statement = Pallet::<T>::statement(&signer(), request, class, &proof).unwrap();
	let [provider, subject] = [node(1), subject].map(|bytes| from_bytes(&bytes).unwrap());
	let proven = prove::<T, ConsentAccess>(&statement.about(provider, subject));
	AccessProof { proof: proven, ..proof }
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn append() {
		almost_full::<T>(0, 1);
		others_changed::<T>(0);
		let bytes = node(1_000);
		let leaf = from_bytes(&bytes).unwrap();
		let asked = Asked::Append { leaf };
		let context = Pallet::<T>::context_of::<ConsentGrant>(VERSION, &signer(), &asked);
		let proof = prove::<T, ConsentGrant>(&ConsentGrantPublic { leaf, context });

		#[extrinsic_call]
		_(RawOrigin::Signed(signer()), bytes, VERSION, proof);

		assert!(Places::<T>::contains_key(bytes) && FullTrees::<T>::contains_key(0));
	}

	#[benchmark]
	fn revoke() {
		let index = standing::<T>();
		let last = T::MaxSnapshots::get() + 5;
		snapshots::<T>(last, 0..1);
		let asked = Asked::Revoke { tree: index.tree, leaf: index.leaf };
		let context = Pallet::<T>::context_of::<ConsentRevoke>(VERSION, &signer(), &asked);
		let consent_root = from_bytes(&node(last.into())).unwrap();
		let public = ConsentRevokePublic { consent_root, index: index.leaf, context };
		let proof = prove::<T, ConsentRevoke>(&public);

		#[extrinsic_call]
		_(RawOrigin::Signed(signer()), index, last, VERSION, proof);

		assert_eq!(Pallet::<T>::is_revoked(index), Some(true));
	}

	#[benchmark]
	fn revoke_by_governance() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let index = standing::<T>();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, index);

		assert_eq!(Pallet::<T>::is_revoked(index), Some(true));
		Ok(())
	}

	#[benchmark]
	fn take_snapshot(t: Linear<0, { T::MaxTrees::get() }>) {
		let last = T::MaxSnapshots::get() + 5;
		snapshots::<T>(last, 0..t);
		almost_full::<T>(t.saturating_sub(1), 1);
		for tree in 0..t {
			FullTrees::<T>::insert(tree, node(tree.into()));
			revocations::<T>(tree).revoke(tree).unwrap();
			revocations::<T>(tree).revoke(CAPACITY - 1 - tree).unwrap();
		}
		Changed::<T>::put(BoundedVec::<u32, T::MaxTrees>::truncate_from((0..t).collect()));
		let taken;

		#[block]
		{
			taken = Pallet::<T>::take_snapshot(last + 2);
		}

		assert_eq!(taken, t);
		assert!(Changed::<T>::get().unwrap().is_empty());
		assert_eq!(Moments::<T>::get().unwrap().last().unwrap().number, last + 1);
	}

	#[benchmark]
	fn register_tag() {
		let (practitioner, institution, role) = T::BenchmarkHelper::practitioner();
		// A tag of theirs that they gave up: whose it was is looked up too.
		TagHolders::<T>::insert(node(1), &practitioner);
		TagHolders::<T>::insert(node(2), &practitioner);
		ProviderTags::<T>::insert(&practitioner, node(2));

		#[extrinsic_call]
		_(RawOrigin::Signed(practitioner.clone()), institution, role, node(1));

		assert_eq!(ProviderTags::<T>::get(practitioner), Some(node(1)));
	}

	#[benchmark]
	fn append_category() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let class = Code([1; 16]);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, class);

		assert!(Categories::<T>::contains_key(class));
		Ok(())
	}

	/// What a request that is denied without a look at its proof takes of the proof.
	#[benchmark]
	fn state_access() {
		let class = Code([1; 16]);
		Pallet::<T>::append_class(class).unwrap();
		let (request, subject) = (request(class), node(3));
		let proof = access_proof::<T>(&request, class, subject);
		let stated;

		#[block]
		{
			stated = Pallet::<T>::statement(&signer(), &request, class, &proof).is_ok();
		}

		assert!(stated);
	}

	#[benchmark]
	fn accept_proof() {
		let class = Code([1; 16]);
		Pallet::<T>::append_class(class).unwrap();
		let (request, subject) = (request(class), node(3));
		let proof = access_proof::<T>(&request, class, subject);
		let accepted;

		#[block]
		{
			accepted = Pallet::<T>::statement(&signer(), &request, class, &proof)
				.map(|statement| Pallet::<T>::accept(&signer(), subject, statement, &proof));
		}

		assert_eq!(accepted, Ok(Ok(())));
		assert!(UsedNullifiers::<T>::contains_key(proof.snapshot, proof.nullifier));
	}

	#[benchmark]
	fn forget_nullifiers(n: Linear<0, MOST_FORGOTTEN>) {
		snapshots::<T>(T::MaxSnapshots::get() + 5, 0..0);
		for number in 0..n {
			UsedNullifiers::<T>::insert(0, node(number.into()), ());
		}
		let forgotten;

		#[block]
		{
			forgotten = Pallet::<T>::forget_nullifiers(n);
		}

		assert_eq!(forgotten, n);
		assert_eq!(UsedNullifiers::<T>::iter().count(), 0);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
