//! Why calls are refused: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod error_list {
	/// Why a call was refused.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// The institution that answers for the study is not registered, or not active.
		SponsorInactive,
		/// A range has its end before its beginning: nobody could take part.
		RangeEmpty,
		/// Attestations that count would begin after the study has ended, or later than a proof can express.
		AttestedTooLate,
		/// The study asks for no category: a consent to it would cover nothing.
		NoCategory,
		/// The study asks for a category for which no class of data stands yet. Patients would not know what they consent to.
		CategoryUnknown,
		/// Fewer participants than the chain allows results to be about.
		MinimumTooSmall,
		/// The study ends before it begins, or has ended already.
		PeriodEmpty,
		/// There are as many studies as there can be.
		TooManyStudies,
		/// There is no such study.
		StudyUnknown,
		/// The signer does not operate the institution that answers for the study, or it is suspended.
		NotTheSponsor,
		/// The study is closed.
		StudyClosed,
		/// The study has not begun.
		StudyNotBegun,
		/// The study has ended.
		StudyEnded,
		/// One can still enrol. Close the study first, or wait for its end.
		StudyStillOpen,
		/// Fewer take part than the study needs: no results are published.
		CohortNotReached,
		/// Results of the study were published.
		ResultsPublished,
		/// The signer operates no institution that is active.
		NotAnInstitution,
		/// Zero marks an empty leaf and cannot be appended.
		EmptyLeaf,
		/// This institution appended this leaf before. Draw another salt.
		AlreadyAttested,
		/// All trees of attestations are full.
		NoRoom,
		/// The tree of attestations never had so many leaves.
		AttestationsUnknown,
		/// The snapshot was not taken yet.
		SnapshotUnknown,
		/// The snapshot does not count any more. Make the proof about a later one.
		SnapshotTooOld,
		/// The tree had no consent at that snapshot. Make the proof about a later one.
		NotInSnapshot,
		/// The patient is counted in this study.
		AlreadyCounted,
		/// The version of the circuit by which consents are revoked is not active: nobody is counted meanwhile.
		RevocationInactive,
		/// No such version of the circuit is registered.
		CircuitUnknown,
		/// The version of the circuit is not active: not yet, or it is suspended.
		CircuitNotActive,
		/// This version of the circuit states something else than this pallet takes it to state.
		WrongRelation,
		/// The key of this version takes another number of public inputs than its circuit has.
		WrongArity,
		/// The leaf or the nullifier is not below the field's order. It is never reduced: it would count twice.
		InputTooLarge,
		/// Bytes of the proof are not the one encoding of a point.
		PointMalformed,
		/// A point of the proof is at infinity.
		PointAtInfinity,
		/// A point of the proof is not on the curve.
		PointOffCurve,
		/// A point of the proof is not in the subgroup of prime order.
		PointOutsideSubgroup,
		/// The proof does not prove this for this signer and this study on this chain.
		NotProven,
		/// The key of this version cannot be read: the chain's state is damaged.
		KeyDamaged,
		/// What is stored of studies or attestations cannot be read: the chain's state is damaged.
		StateDamaged,
	}
}
