//! Patients and their consents, a file a subject.
//!
//! [`acting`] does with consents what patients, delegates and guardians can, [`grants`] what only
//! patients in person can; [`requests`] is about what providers ask for, [`guardians`] and
//! [`delegates`] about who acts for a patient, [`templates`] about the documents that are signed,
//! [`patients`] about accounts. [`queries`] reads, at any block, and [`history`] checks what was
//! read.

mod acting;
mod delegates;
mod grants;
mod guardians;
mod history;
mod patients;
mod queries;
mod requests;
mod templates;

pub use acting::{ActAs, Acted};
pub use history::{check_history, BrokenHistory};
pub use templates::TemplateView;
