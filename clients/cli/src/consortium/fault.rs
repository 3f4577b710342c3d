//! What can be wrong with a consortium's file, and what to do about it.

use std::fmt;

/// Something that is wrong, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
	/// The line, from 1. `None`: it is about what is not there.
	pub line: Option<usize>,
	/// The key, such as `validator[2].aura`, counted from 1. Empty: it is about the whole file.
	pub key: String,
	/// What.
	pub wrong: Wrong,
}

impl fmt::Display for Fault {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if let Some(line) = self.line {
			write!(f, "line {line}: ")?;
		}
		if !self.key.is_empty() {
			write!(f, "{}: ", self.key)?;
		}
		write!(f, "{}", self.wrong)
	}
}

/// What is wrong.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Wrong {
	/// Not TOML, or a key that is unknown, there twice, or of another type.
	#[error("{0}")]
	Form(String),
	/// Nothing is there, or nothing but blanks.
	#[error("it is missing")]
	Missing,
	/// A name that does not serve.
	#[error("`{found}` does not serve as the name of a chain: 1 to 64 characters, none of them a control character")]
	Name {
		/// What was given.
		found: String,
	},
	/// An id that does not serve.
	#[error("`{found}` does not serve: 1 to 64 of a-z, 0-9, - and _")]
	Id {
		/// What was given.
		found: String,
	},
	/// The id of a chain that everybody has.
	#[error("`{found}` is a development chain")]
	ReservedId {
		/// What was given.
		found: String,
	},
	/// A number that does not serve.
	#[error("it is {found}, and has to be from {least} to {most}")]
	OutOfRange {
		/// What was given.
		found: u32,
		/// The least.
		least: u32,
		/// The most.
		most: u32,
	},
	/// Not an account.
	#[error("`{found}` is no account: an SS58 address, or 0x with 64 hexadecimal digits")]
	NotAnAccount {
		/// What was given.
		found: String,
	},
	/// Not a public key.
	#[error("`{found}` is no public key: an SS58 address, or 0x with 64 hexadecimal digits")]
	NotAKey {
		/// What was given.
		found: String,
	},
	/// The key's private half is known to everybody.
	#[error("it is {name}, whose private key everybody knows")]
	DevelopmentKey {
		/// What it is called.
		name: String,
	},
	/// Nothing shows that anybody has the key.
	#[error("there is no proof that anybody has this key")]
	NoProof,
	/// Not a proof.
	#[error("it is no proof: 0x with 128 hexadecimal digits")]
	NotAProof,
	/// A proof of something else.
	#[error("it does not prove that whoever has this key made it for {owner}")]
	AnothersProof {
		/// The validator.
		owner: String,
	},
	/// The same account or key, or name, is there before.
	#[error("it is in line {line} as well, as {key}")]
	Twice {
		/// The line of the first.
		line: usize,
		/// What the first is.
		key: String,
	},
	/// The same is set before.
	#[error("it is set in line {line} as well, by {key}")]
	SetTwice {
		/// The line of the first.
		line: usize,
		/// What the first is.
		key: String,
	},
	/// A kind of institution that the registry does not have.
	#[error("`{found}` is no kind of institution: {kinds}")]
	UnknownKind {
		/// What was given.
		found: String,
		/// Those that there are.
		kinds: String,
	},
	/// A name that the chain does not have.
	#[error("`{found}` is no {what}: {names}")]
	UnknownName {
		/// What was given.
		found: String,
		/// What it should be.
		what: &'static str,
		/// Those that there are.
		names: String,
	},
	/// The level that nobody sets.
	#[error("breaking the glass (BTG) always needs the highest level")]
	FixedLevel,
	/// No institution of the file has that name.
	#[error("no [[institution]] has the id `{found}`")]
	UnknownInstitution {
		/// What was given.
		found: String,
	},
	/// Neither a hash nor a file that can be read.
	#[error(
		"`{found}` is neither 0x with 64 hexadecimal digits nor a file that can be read: {reason}"
	)]
	Profile {
		/// What was given.
		found: String,
		/// What the system said.
		reason: String,
	},
	/// Nobody runs the chain.
	#[error("there is no [[institution]]")]
	NoInstitution,
	/// Fewer validators than there have to be.
	#[error("there are {found} validators, and at least {minimum} have to be")]
	TooFewValidators {
		/// How many there are.
		found: usize,
		/// How many there have to be.
		minimum: u32,
	},
	/// More than the chain has room for.
	#[error("there are {found}, and the chain has room for {most}")]
	TooMany {
		/// How many there are.
		found: usize,
		/// How many there can be.
		most: usize,
	},
	/// More validators of an institution than it may have.
	#[error("`{institution}` has {found} validators, and may have {most}")]
	TooManyOfInstitution {
		/// Which.
		institution: String,
		/// How many it has.
		found: usize,
		/// How many it may have.
		most: usize,
	},
	/// Nobody could decide anything.
	#[error("no institution has a seat, so nobody could ever decide anything")]
	NoSeat,
	/// Nothing about patients' rights could ever be decided.
	#[error(
		"nobody represents patients, so nothing that touches their rights, and no upgrade, could ever be decided"
	)]
	NoRepresentative,
	/// Not an address of a node.
	#[error("`{found}` is no address of a node: {why}")]
	Address {
		/// What was given.
		found: String,
		/// What is wrong.
		why: &'static str,
	},
}

impl Wrong {
	/// What to do.
	pub fn advice(&self) -> &'static str {
		match self {
			Self::Form(_) => "`hdx chain-spec new` writes a file with all keys that there are; each stands once",
			Self::Missing => "fill it in: docs/operate/README.md says where it comes from",
			Self::Name { .. } => "give the consortium's name",
			Self::Id { .. } => "give a short word of the consortium's own, such as `rhine_hospitals`",
			Self::ReservedId { .. } => "give the chain an id of its own, or nodes mix up their databases",
			Self::OutOfRange { .. } => "leave it out to have it as shipped",
			Self::NotAnAccount { .. } => {
				"ask for it again: whoever has the key runs `hdx key show FILE`"
			},
			Self::NotAKey { .. } => {
				"ask for it again: the validator's engineers have it from `hdx key session-new`"
			},
			Self::DevelopmentKey { .. } => {
				"make a new one: `hdx key generate` for accounts, `hdx key session-new` for a validator's keys"
			},
			Self::NoProof | Self::NotAProof => {
				"`hdx key session-new` writes it beside the key, and so does the node (author_rotateKeysWithOwner)"
			},
			Self::AnothersProof { .. } => {
				"make the keys again with this account as the owner: `hdx key session-new --owner`; and see that key and proof were not mixed up"
			},
			Self::Twice { .. } => "every account and key is for one thing alone: make a new one",
			Self::SetTwice { .. } => "keep one of the two",
			Self::UnknownKind { .. } => "take the one that fits best; governance cannot change it later",
			Self::UnknownName { .. } => "give one of those; docs/access.md and docs/providers.md say what each is",
			Self::FixedLevel => "leave it out: it needs no consent, so that its level is not for anybody to lower",
			Self::UnknownInstitution { .. } => "name one of the file, by its id",
			Self::Profile { .. } => {
				"name the file with the public description (a FHIR Organization), beside this one, or its BLAKE2b-256"
			},
			Self::NoInstitution => "add one, with its operator's account",
			Self::TooFewValidators { .. } => {
				"add more, or set chain.minimum_validators; with fewer than four, one that fails stops the chain"
			},
			Self::TooMany { .. } => "start with fewer; governance adds others later",
			Self::TooManyOfInstitution { .. } => "leave some out, or let others run them",
			Self::NoSeat => "name at least one institution in chambers.institutions, and better all",
			Self::NoRepresentative => {
				"name accounts in chambers.representatives, of people whom institutions do not employ: three or more"
			},
			Self::Address { .. } => {
				"such as /dns4/node.example.org/tcp/30333/p2p/12D3KooW…; `hdx-node key inspect-node-key --file FILE` tells the last part"
			},
		}
	}
}

/// What may be so, and is better otherwise.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Note {
	/// The chain stops with the first validator that fails.
	#[error("with {0} validators, one that fails stops the chain; four go on without one")]
	FewValidators(usize),
	/// One institution could stop finality.
	#[error("`{0}` has a third of the validators or more: it can stop the chain alone")]
	Third(String),
	/// A chamber that is hardly one.
	#[error("{0} represent patients: a chamber of one or two is worth little")]
	FewRepresentatives(usize),
	/// Nodes do not find each other.
	#[error("there are no boot nodes: each node has to be told of another (--bootnodes)")]
	NoBootNode,
	/// Nothing can be consented to.
	#[error("there is no [[template]]: nobody can consent until both chambers have published one")]
	NoTemplate,
}
