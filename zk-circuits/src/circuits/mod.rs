//! The circuits: one file each, which reads like its statement.
//!
//! | Circuit | Proves |
//! |---|---|
//! | [`ConsentGrant`] | whoever this consent says gave it did |
//! | [`ConsentAccess`] | a consent of the patient lets me see this, now |
//! | [`ConsentRevoke`] | the consent at this index is mine to revoke |
//! | [`StudyEnrolment`] | a consent of mine covers this study, whose ranges I am in; count me once |
//! | [`DelegatedAccess`] | a delegate of the patient lets me see this, now, and the patient lets the delegate |
//! | [`BreakGlass`] | I am a licensed clinician, the auditor can read who, and I am within my rate limit |

mod break_glass;
mod circuit;
mod consent_access;
mod consent_grant;
mod consent_revoke;
mod delegated_access;
mod groups;
mod study_enrolment;
#[cfg(test)]
mod testing;

pub use break_glass::{
	BreakGlass, BreakGlassGroup, BreakGlassPublic, BreakGlassWitness, Emergency, EmergencyTerms,
};
pub use circuit::Circuit;
pub use consent_access::{
	ConsentAccess, ConsentAccessGroup, ConsentAccessPublic, ConsentAccessWitness,
};
pub use consent_grant::{ConsentGrant, ConsentGrantGroup, ConsentGrantPublic, ConsentGrantWitness};
pub use consent_revoke::{
	ConsentRevoke, ConsentRevokeGroup, ConsentRevokePublic, ConsentRevokeWitness,
};
pub use delegated_access::{
	DelegatedAccess, DelegatedAccessGroup, DelegatedAccessPublic, DelegatedAccessWitness,
};
pub use study_enrolment::{
	StudyEnrolment, StudyEnrolmentGroup, StudyEnrolmentPublic, StudyEnrolmentWitness,
};
