//! A chain with own keys, own blocks and an own Merkle mountain range.

use crate::proof::{
	authorities_key, finality::EncodedFinality, inclusion::MergeHashes, AuditProof, AuthorityList,
	Finality, Handover, Header, HexBytes, Pieces, TrustRoot,
};
use binary_merkle_tree::merkle_root_raw;
use codec::Encode;
use finality_grandpa::{Commit, Message, Precommit, SignedPrecommit};
use hdx_primitives::{
	AccountId, AuditAction, AuditEntry, AuditEvent, AuditLeaf, AuditOutcome, BlockLog,
	DenialReason, EntryIndex, Milliseconds, VersionedBlockLog, MMR_ROOT_ENGINE_ID,
};
use sp_consensus_grandpa::{
	localized_payload, AuthorityPair, ConsensusLog, GrandpaJustification, ScheduledChange, SetId,
	GRANDPA_ENGINE_ID,
};
use sp_core::{Pair, H256};
use sp_mmr_primitives::{
	mmr_lib::{
		leaf_index_to_pos,
		util::{MemMMR, MemStore},
	},
	EncodableOpaqueLeaf, LeafProof,
};
use sp_runtime::{
	traits::{BlakeTwo256, Hash, Header as _},
	Digest, DigestItem,
};
use sp_trie::{LayoutV1, MemoryDB, Recorder, Trie, TrieDBBuilder, TrieDBMutBuilder, TrieMut};

pub type Justification = GrandpaJustification<Header>;

/// Round in which the chain's blocks are finalized.
pub const ROUND: u64 = 7;

pub struct Chain {
	/// Of the set of the genesis block.
	pub keys: Vec<AuthorityPair>,
	/// The last block of each set, and the keys of the next one.
	pub changes: Vec<(u32, Vec<AuthorityPair>)>,
	pub headers: Vec<Header>,
	/// The entries of each block.
	pub entries: Vec<Vec<AuditEntry>>,
	/// The index of the first entry of each block, and of the next one to come.
	firsts: Vec<u64>,
	pub leaves: Vec<AuditLeaf>,
	pub authorities_proof: Vec<HexBytes>,
	store: MemStore<H256>,
}

/// A chain of `blocks` blocks after genesis; block n has n % 6 entries.
pub fn chain(blocks: u32) -> Chain {
	chain_with(blocks, |block| block % 6)
}

pub fn chain_with(blocks: u32, entries_of: impl Fn(u32) -> u32) -> Chain {
	chain_of(blocks, entries_of, &[])
}

/// The keys of a set: four, and of each set others.
fn keys_of(set_id: SetId) -> Vec<AuthorityPair> {
	let first = 1 + 4 * set_id as u8;
	(first..first + 4).map(|seed| AuthorityPair::from_seed(&[seed; 32])).collect()
}

/// A chain in which the set of authorities changes with these blocks.
pub fn chain_of(blocks: u32, entries_of: impl Fn(u32) -> u32, changes: &[u32]) -> Chain {
	let keys = keys_of(0);
	let changes = (1..).zip(changes).map(|(set_id, block)| (*block, keys_of(set_id)));
	let (state_root, authorities_proof) = genesis_state(&authority_list(&keys).encode());
	let genesis = Header::new(0, H256::zero(), state_root, H256::zero(), Digest::default());
	let mut chain = Chain {
		keys,
		changes: changes.collect(),
		headers: vec![genesis],
		entries: vec![Vec::new()],
		firsts: vec![0, 0],
		leaves: Vec::new(),
		authorities_proof,
		store: MemStore::default(),
	};
	for block in 1..=blocks {
		chain.build(block, entries_of(block));
	}
	chain
}

pub fn authority_list(keys: &[AuthorityPair]) -> AuthorityList {
	keys.iter().map(|key| (key.public(), 1)).collect()
}

/// The root of a state with these authorities and other things, and the proof of the former.
pub fn genesis_state(authorities: &[u8]) -> (H256, Vec<HexBytes>) {
	type Layout = LayoutV1<BlakeTwo256>;
	let (mut db, mut root) = (MemoryDB::<BlakeTwo256>::default(), H256::zero());
	{
		let mut trie = TrieDBMutBuilder::<Layout>::new(&mut db, &mut root).build();
		trie.insert(&authorities_key(), authorities).unwrap();
		for other in 0u8..40 {
			trie.insert(&BlakeTwo256::hash(&[other]).0, &[other; 50]).unwrap();
		}
	}
	let mut recorder = Recorder::<Layout>::new();
	{
		let trie = TrieDBBuilder::<Layout>::new(&db, &root).with_recorder(&mut recorder).build();
		trie.get(&authorities_key()).unwrap();
	}
	let nodes = recorder.drain().into_iter().map(|record| HexBytes(record.data));
	(root, nodes.collect())
}

fn entry(index: u64, block: u32) -> AuditEntry {
	let account = |seed: u64| AccountId::new([seed as u8; 32]);
	AuditEntry {
		index: EntryIndex(index),
		at: Milliseconds(2_000 * u64::from(block)),
		block,
		event: AuditEvent {
			actor: Some(account(index)),
			patient: Some(account(index + 1)),
			outcome: AuditOutcome::Denied(DenialReason::NoConsent),
			..AuditEvent::new(AuditAction::AccessDecided)
		},
	}
}

impl Chain {
	fn build(&mut self, block: u32, count: u32) {
		// The leaf about the parent, and the root with it, come first.
		let parent = self.headers.last().unwrap().clone();
		let leaf = AuditLeaf {
			block: block - 1,
			hash: parent.hash(),
			log: VersionedBlockLog::V1(self.log_of(block - 1)),
		};
		let mut mmr = MemMMR::<_, MergeHashes>::new(self.mmr_size(), &self.store);
		mmr.push(BlakeTwo256::hash_of(&leaf)).unwrap();
		let root = mmr.get_root().unwrap();
		mmr.commit().unwrap();
		self.leaves.push(leaf);

		let mut logs = vec![
			DigestItem::PreRuntime(*b"aura", vec![1, 2, 3]),
			DigestItem::Consensus(MMR_ROOT_ENGINE_ID, root.encode()),
		];
		let change = self.changes.iter().find(|(at, _)| *at == block);
		logs.extend(change.map(|(_, keys)| announcement(scheduled(authority_list(keys), 0))));
		logs.push(DigestItem::Seal(*b"aura", vec![4, 5, 6]));
		let digest = Digest { logs };
		let state = H256::repeat_byte(block as u8);
		self.headers.push(Header::new(block, H256::zero(), state, parent.hash(), digest));
		let first = *self.firsts.last().unwrap();
		let next = first + u64::from(count);
		self.entries.push((first..next).map(|index| entry(index, block)).collect());
		self.firsts.push(next);
	}

	pub fn mmr_size(&self) -> u64 {
		let leaves = self.leaves.len() as u64;
		2 * leaves - u64::from(leaves.count_ones())
	}

	/// What a block added to the log.
	pub fn log_of(&self, block: u32) -> BlockLog {
		let first = EntryIndex(self.firsts[block as usize]);
		let leaves: Vec<_> =
			self.entries[block as usize].iter().map(AuditEntry::leaf_hash).collect();
		let count = leaves.len() as u32;
		BlockLog { first, count, root: merkle_root_raw::<BlakeTwo256, _>(leaves) }
	}

	/// The proof of the leaves about genesis and about a block in the MMR of a later block.
	pub fn mmr_proof(&self, block: u32, at: u32) -> LeafProof<H256> {
		let leaves = u64::from(at);
		let size = 2 * leaves - u64::from(leaves.count_ones());
		let mmr = MemMMR::<_, MergeHashes>::new(size, &self.store);
		let proof =
			mmr.gen_proof([0, block].map(|leaf| leaf_index_to_pos(leaf.into())).to_vec()).unwrap();
		LeafProof {
			leaf_indices: vec![0, block.into()],
			leaf_count: leaves,
			items: proof.proof_items().to_vec(),
		}
	}

	/// Which set finalizes a block.
	pub fn set_of(&self, block: u32) -> SetId {
		self.changes.iter().filter(|(last, _)| *last < block).count() as SetId
	}

	/// The keys of a set; those of genesis where the chain has no set of this number.
	pub fn keys_of(&self, set_id: SetId) -> &[AuthorityPair] {
		let change = (set_id as usize).checked_sub(1).and_then(|change| self.changes.get(change));
		change.map_or(&self.keys, |(_, keys)| keys)
	}

	/// How a set hands over.
	pub fn handover(&self, set_id: SetId) -> Handover {
		self.handover_with(&self.headers[self.changes[set_id as usize].0 as usize], set_id)
	}

	/// The same with any header, signed by the set.
	pub fn handover_with(&self, header: &Header, set_id: SetId) -> Handover {
		Handover {
			header: header.encode().into(),
			justification: self.justify_header(header, &[0, 1, 2], set_id).encode().into(),
		}
	}

	/// How it came to a set.
	pub fn handovers(&self, until: SetId) -> Vec<Handover> {
		(0..until).map(|set_id| self.handover(set_id)).collect()
	}

	pub fn vote(&self, voter: usize, target: &Header, set_id: SetId) -> Vote {
		sign(&self.keys_of(set_id)[voter], target.hash(), target.number, ROUND, set_id)
	}

	/// The votes for a block by the voters named, and nothing else.
	pub fn justify(&self, target: u32, voters: &[usize], set_id: SetId) -> Justification {
		self.justify_header(&self.headers[target as usize], voters, set_id)
	}

	/// The same for a header that need not be of the chain.
	pub fn justify_header(
		&self,
		header: &Header,
		voters: &[usize],
		set_id: SetId,
	) -> Justification {
		Justification {
			round: ROUND,
			commit: Commit {
				target_hash: header.hash(),
				target_number: header.number,
				precommits: voters.iter().map(|&who| self.vote(who, header, set_id)).collect(),
			},
			votes_ancestries: Vec::new(),
		}
	}

	/// What a node answers about an entry, when block `at` is the last one finalized.
	pub fn pieces(&self, index: u64, at: u32) -> Pieces {
		let of_index = |entries: &Vec<AuditEntry>| entries.iter().any(|e| e.index.0 == index);
		let block = self.entries.iter().position(of_index).expect("an entry of the chain") as u32;
		let header = &self.headers[at as usize];
		let set_id = self.set_of(at);
		let answer = EncodedFinality {
			block: header.hash(),
			justification: self.justify(at, &[0, 1, 2], set_id).encode(),
			unknown_headers: self.headers[block as usize + 1..=at as usize].to_vec(),
		};
		let leaves =
			[0, block].map(|about| EncodableOpaqueLeaf(self.leaves[about as usize].encode()));
		Pieces {
			trust: self.trust(),
			index: EntryIndex(index),
			block_entries: self.entries[block as usize].clone(),
			genesis_header: self.headers[0].clone(),
			authorities_proof: self.authorities_proof.clone(),
			finality: Finality::decode(&answer.encode()).unwrap(),
			set_id,
			handovers: self.handovers(set_id),
			finalized_header: header.clone(),
			mmr_leaves: leaves.to_vec().encode().into(),
			mmr_proof: self.mmr_proof(block, at).encode().into(),
		}
	}

	pub fn proof(&self, index: u64, at: u32) -> AuditProof {
		AuditProof::assemble(self.pieces(index, at)).unwrap()
	}

	pub fn trust(&self) -> TrustRoot {
		TrustRoot::Genesis(self.headers[0].hash())
	}

	pub fn trust_authorities(&self, set_id: SetId) -> TrustRoot {
		TrustRoot::Authorities { set_id, authorities: authority_list(self.keys_of(set_id)) }
	}
}

pub type Vote = SignedPrecommit<
	H256,
	u32,
	sp_consensus_grandpa::AuthoritySignature,
	sp_consensus_grandpa::AuthorityId,
>;

/// A signed vote.
pub fn sign(key: &AuthorityPair, hash: H256, number: u32, round: u64, set_id: SetId) -> Vote {
	let precommit = Precommit::new(hash, number);
	let message = Message::Precommit(precommit.clone());
	let signature = key.sign(&localized_payload(round, set_id, &message));
	SignedPrecommit { precommit, signature, id: key.public() }
}

/// What GRANDPA puts into a header's digest.
pub fn announcement(log: ConsensusLog<u32>) -> DigestItem {
	DigestItem::Consensus(GRANDPA_ENGINE_ID, log.encode())
}

pub fn scheduled(next_authorities: AuthorityList, delay: u32) -> ConsensusLog<u32> {
	ConsensusLog::ScheduledChange(ScheduledChange { next_authorities, delay })
}

/// A chain whose set of authorities changed with blocks 4 and 8, and the proof of an entry of block 5, final at block 12
/// by the third set.
pub fn proven_over_changes() -> (Chain, AuditProof) {
	let chain = chain_of(14, |block| block % 6, &[4, 8]);
	let proof = chain.proof(chain.log_of(5).first.0 + 2, 12);
	(chain, proof)
}

/// A chain of ten blocks and the proof of an entry of block 5, final at block 10.
pub fn proven() -> (Chain, AuditProof) {
	let chain = chain(10);
	let index = chain.log_of(5).first.0 + 2;
	let proof = chain.proof(index, 10);
	(chain, proof)
}
