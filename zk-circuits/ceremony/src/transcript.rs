//! The file that goes from party to party.

use crate::{
	beacon::Iterations,
	format_error::FormatError,
	powers::Powers,
	reader::Reader,
	record::{By, Phase, Record},
	scaled::Scaled,
	shape::{domain_of, Shape, MAX_DOMAIN},
};
use sp_crypto_hashing::blake2_256;

/// What a transcript begins with.
const MAGIC: &[u8; 14] = b"hdx-transcript";
/// The version of the format.
const VERSION: u16 = 1;
const START: &[u8] = b"hdx.ceremony.start.v1";

/// Most records of a transcript.
pub const MAX_RECORDS: usize = 512;
/// Largest transcript, in bytes: of a domain of [`MAX_DOMAIN`] with [`MAX_RECORDS`].
pub const MAX_BYTES: u64 = 48 * 1024 * 1024;
/// Most variables of a witness, so that no transcript is larger than [`MAX_BYTES`].
const MAX_WITNESSES: usize = MAX_DOMAIN * 4;

/// What a ceremony is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
	/// The number of the circuit.
	pub circuit: u32,
	/// The digest of its relation.
	pub relation: [u8; 32],
	/// How many constraints it has.
	pub constraints: u32,
	/// How many variables the verifier knows, the constant one included.
	pub inputs: u32,
	/// How many the prover alone knows.
	pub witnesses: u32,
	/// Random bytes, which tell two ceremonies about one circuit apart.
	pub id: [u8; 32],
	/// How often the beacons of both phases are hashed.
	pub iterations: Iterations,
}

impl Header {
	fn new(shape: &Shape, id: [u8; 32], iterations: Iterations) -> Self {
		// A shape has far fewer than 2^32 of each.
		let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
		Self {
			circuit: shape.number,
			relation: shape.relation,
			constraints: count(shape.constraints()),
			inputs: count(shape.inputs),
			witnesses: count(shape.witnesses),
			id,
			iterations,
		}
	}

	/// Whether the ceremony is about this circuit.
	pub fn is_of(&self, shape: &Shape) -> bool {
		*self == Self::new(shape, self.id, self.iterations)
	}

	fn domain(&self) -> Option<usize> {
		let size = |size: u32| usize::try_from(size).ok();
		domain_of(size(self.constraints)?, size(self.inputs)?).filter(|_| {
			self.inputs > 0
				&& self.constraints > 0
				&& size(self.witnesses).is_some_and(|count| count <= MAX_WITNESSES)
		})
	}

	fn write(&self, bytes: &mut Vec<u8>) {
		bytes.extend_from_slice(MAGIC);
		bytes.extend_from_slice(&VERSION.to_le_bytes());
		bytes.extend_from_slice(&self.circuit.to_le_bytes());
		bytes.extend_from_slice(&self.relation);
		for count in [self.constraints, self.inputs, self.witnesses] {
			bytes.extend_from_slice(&count.to_le_bytes());
		}
		bytes.extend_from_slice(&self.id);
		bytes.push(self.iterations.exponent());
	}

	fn read(reader: &mut Reader) -> Result<Self, FormatError> {
		match reader.take(MAGIC.len()) {
			Ok(magic) if magic == MAGIC => (),
			_ => return Err(FormatError::NotATranscript),
		}
		match reader.number_u16()? {
			VERSION => (),
			later => return Err(FormatError::LaterVersion(later)),
		}
		let (circuit, relation) = (reader.number_u32()?, reader.array()?);
		let (constraints, inputs) = (reader.number_u32()?, reader.number_u32()?);
		let (witnesses, id) = (reader.number_u32()?, reader.array()?);
		let exponent = reader.byte()?;
		let iterations =
			Iterations::new(exponent).map_err(|_| FormatError::Iterations(exponent))?;
		Ok(Self { circuit, relation, constraints, inputs, witnesses, id, iterations })
	}

	/// What the chain of records begins with: BLAKE2b-256 of the header.
	pub fn start(&self) -> [u8; 32] {
		let mut bytes = START.to_vec();
		self.write(&mut bytes);
		blake2_256(&bytes)
	}
}

/// A ceremony, as far as it went.
///
/// What was read has points that are on the curve, in the subgroup and not at infinity, and records in the order
/// of their phases. Whether it is honest, [`verify`](crate::verify()) says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transcript {
	pub(crate) header: Header,
	pub(crate) records: Vec<Record>,
	pub(crate) powers: Powers,
	/// From the end of the first phase on.
	pub(crate) scaled: Option<Scaled>,
}

impl Transcript {
	/// The beginning of a ceremony about a circuit, whose beacons are hashed so often.
	///
	/// # Errors
	///
	/// The system gives no random bytes.
	pub fn new(shape: &Shape, iterations: Iterations) -> Result<Self, getrandom::Error> {
		let mut id = [0; 32];
		getrandom::fill(&mut id)?;
		Ok(Self::identified(shape, id, iterations))
	}

	pub(crate) fn identified(shape: &Shape, id: [u8; 32], iterations: Iterations) -> Self {
		let header = Header::new(shape, id, iterations);
		let powers = Powers::start(shape.domain());
		Self { header, records: Vec::new(), powers, scaled: None }
	}

	/// What it is about.
	pub fn header(&self) -> &Header {
		&self.header
	}

	/// The records.
	pub fn records(&self) -> &[Record] {
		&self.records
	}

	/// The phase that goes on. `None`: the ceremony is complete.
	pub fn phase(&self) -> Option<Phase> {
		match self.records.last() {
			None => Some(Phase::Powers),
			Some(Record { by: By::Party { .. }, phase, .. }) => Some(*phase),
			Some(Record { by: By::Beacon(_), phase: Phase::Powers, .. }) => Some(Phase::Circuit),
			Some(Record { by: By::Beacon(_), phase: Phase::Circuit, .. }) => None,
		}
	}

	/// What the next record names.
	pub fn link(&self) -> [u8; 32] {
		self.records.last().map_or_else(|| self.header.start(), Record::link)
	}

	/// The bytes.
	pub fn to_bytes(&self) -> Vec<u8> {
		let mut bytes = Vec::new();
		self.header.write(&mut bytes);
		// At most 512.
		bytes.extend_from_slice(&(self.records.len() as u16).to_le_bytes());
		for record in &self.records {
			record.write(&mut bytes);
		}
		self.powers.write(&mut bytes);
		if let Some(scaled) = &self.scaled {
			scaled.write(&mut bytes);
		}
		bytes
	}

	/// What stands for the whole of it, on the chain too: BLAKE2b-256 of the bytes.
	pub fn hash(&self) -> [u8; 32] {
		blake2_256(&self.to_bytes())
	}

	/// The transcript of these bytes: all of them, and no more.
	///
	/// # Errors
	///
	/// Each of [`FormatError`].
	pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
		let mut reader = Reader::new(bytes);
		let header = Header::read(&mut reader)?;
		let domain = header.domain().ok_or(FormatError::Sizes)?;
		let witnesses = usize::try_from(header.witnesses).map_err(|_| FormatError::Sizes)?;
		let count = usize::from(reader.number_u16()?);
		if count > MAX_RECORDS {
			return Err(FormatError::TooManyRecords(count));
		}
		let mut records: Vec<Record> = Vec::with_capacity(count);
		let mut phase = Some(Phase::Powers);
		for number in 0..count {
			let record = Record::read(&mut reader, number)?;
			if phase != Some(record.phase) {
				return Err(FormatError::Phase { record: number });
			}
			if let By::Beacon(_) = record.by {
				phase = (record.phase == Phase::Powers).then_some(Phase::Circuit);
			}
			records.push(record);
		}
		let powers = Powers::read(&mut reader, domain)?;
		let scaled = match phase {
			Some(Phase::Powers) => None,
			_ => Some(Scaled::read(&mut reader, domain, witnesses)?),
		};
		match reader.left() {
			0 => Ok(Self { header, records, powers, scaled }),
			more => Err(FormatError::TrailingBytes(more)),
		}
	}
}
