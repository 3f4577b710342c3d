//! The codes that the project itself names, as constants.
//!
//! Each constant is the [`Code`] of the token beside it; a test recomputes every one of them.

use crate::code::Code;

/// A code the project names, with where it comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Term {
	/// The code as the chain stores it.
	pub code: Code,
	/// The code system's canonical URL.
	pub system: &'static str,
	/// The code within the system.
	pub symbol: &'static str,
	/// What it means.
	pub display: &'static str,
}

/// Purposes of use (v3-ActReason).
pub mod purpose {
	use super::{Code, Term};

	/// The code system.
	pub const SYSTEM: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

	/// Treatment (`TREAT`).
	pub const TREAT: Code = Code(0x2f36ab752d98079f0445a0bcf198b083u128.to_be_bytes());
	/// Emergency treatment (`ETREAT`).
	pub const ETREAT: Code = Code(0xd388f81a39c83984aa3d95f4846037deu128.to_be_bytes());
	/// Break the glass (`BTG`).
	pub const BTG: Code = Code(0xc8cc681d1b2ff7466e5493d3c2b0f77fu128.to_be_bytes());
	/// Healthcare payment (`HPAYMT`).
	pub const HPAYMT: Code = Code(0xd87cada022b14a3e6a15609a4d4b964eu128.to_be_bytes());
	/// Healthcare operations (`HOPERAT`).
	pub const HOPERAT: Code = Code(0x16411f7b69f89240f8be25cf0706421eu128.to_be_bytes());
	/// Healthcare research (`HRESCH`).
	pub const HRESCH: Code = Code(0xfed9647c24c147146c038d37b30080c5u128.to_be_bytes());
	/// Patient requested (`PATRQT`).
	pub const PATRQT: Code = Code(0x96b3d48dcad80ce03cfd026e22158cfdu128.to_be_bytes());
	/// Family requested (`FAMRQT`).
	pub const FAMRQT: Code = Code(0x4b786870aed6dfbbc60185e22deee0dbu128.to_be_bytes());
	/// Public health (`PUBHLTH`).
	pub const PUBHLTH: Code = Code(0x21ee60497807d98d5e1d8a0b0d32ace8u128.to_be_bytes());
	/// Healthcare marketing (`HMARKT`).
	pub const HMARKT: Code = Code(0xe11a30e29b27ff2794615bf8dda4bdd3u128.to_be_bytes());

	/// All of them.
	pub const ALL: &[Term] = &[
		Term { code: TREAT, system: SYSTEM, symbol: "TREAT", display: "Treatment" },
		Term { code: ETREAT, system: SYSTEM, symbol: "ETREAT", display: "Emergency treatment" },
		Term { code: BTG, system: SYSTEM, symbol: "BTG", display: "Break the glass" },
		Term { code: HPAYMT, system: SYSTEM, symbol: "HPAYMT", display: "Healthcare payment" },
		Term { code: HOPERAT, system: SYSTEM, symbol: "HOPERAT", display: "Healthcare operations" },
		Term { code: HRESCH, system: SYSTEM, symbol: "HRESCH", display: "Healthcare research" },
		Term { code: PATRQT, system: SYSTEM, symbol: "PATRQT", display: "Patient requested" },
		Term { code: FAMRQT, system: SYSTEM, symbol: "FAMRQT", display: "Family requested" },
		Term { code: PUBHLTH, system: SYSTEM, symbol: "PUBHLTH", display: "Public health" },
		Term { code: HMARKT, system: SYSTEM, symbol: "HMARKT", display: "Healthcare marketing" },
	];
}

/// Why a consent is overridden (v3-ActReason, value set ActConsentInformationAccessOverrideReason).
pub mod override_reason {
	use super::{Code, Term};

	/// The code system.
	pub const SYSTEM: &str = super::purpose::SYSTEM;

	/// Emergency treatment override (`OVRER`).
	pub const OVRER: Code = Code(0x508dee0eacf981e37222984a2f5eae6du128.to_be_bytes());
	/// Incompetency override (`OVRINCOMP`).
	pub const OVRINCOMP: Code = Code(0xb402a52d344cb5393f7fe32c936f5332u128.to_be_bytes());
	/// Professional judgment override (`OVRPJ`).
	pub const OVRPJ: Code = Code(0xb7b6c7bc111fb756dea9d1b355fa7f51u128.to_be_bytes());
	/// Public safety override (`OVRPS`).
	pub const OVRPS: Code = Code(0x0644bc7120feb62837fd701280f73657u128.to_be_bytes());
	/// Third party safety override (`OVRTPS`).
	pub const OVRTPS: Code = Code(0x9aab0107b4718a6961c132642f603344u128.to_be_bytes());

	/// All of them.
	pub const ALL: &[Term] = &[
		Term {
			code: OVRER,
			system: SYSTEM,
			symbol: "OVRER",
			display: "Emergency treatment override",
		},
		Term {
			code: OVRINCOMP,
			system: SYSTEM,
			symbol: "OVRINCOMP",
			display: "Incompetency override",
		},
		Term {
			code: OVRPJ,
			system: SYSTEM,
			symbol: "OVRPJ",
			display: "Professional judgment override",
		},
		Term { code: OVRPS, system: SYSTEM, symbol: "OVRPS", display: "Public safety override" },
		Term {
			code: OVRTPS,
			system: SYSTEM,
			symbol: "OVRTPS",
			display: "Third party safety override",
		},
	];
}

/// Actions (consentaction).
pub mod action {
	use super::{Code, Term};

	/// The code system.
	pub const SYSTEM: &str = "http://terminology.hl7.org/CodeSystem/consentaction";

	/// Gathering of data (`collect`).
	pub const COLLECT: Code = Code(0x487d23e5bd192f9fb44968f54cc54cc3u128.to_be_bytes());
	/// Reading of data (`access`).
	pub const ACCESS: Code = Code(0x728439c4737087111c17ceb348553fe6u128.to_be_bytes());
	/// Use of data that was read (`use`).
	pub const USE: Code = Code(0xae34effce2e0129ca348a6f84354f8acu128.to_be_bytes());
	/// Passing data on (`disclose`).
	pub const DISCLOSE: Code = Code(0x73739742d9269c3a10ebdd35627c85e3u128.to_be_bytes());
	/// Changing data (`correct`).
	pub const CORRECT: Code = Code(0xa5a420e1d36bad1e9904a65748086000u128.to_be_bytes());

	/// All of them.
	pub const ALL: &[Term] = &[
		Term { code: COLLECT, system: SYSTEM, symbol: "collect", display: "Gathering of data" },
		Term { code: ACCESS, system: SYSTEM, symbol: "access", display: "Reading of data" },
		Term { code: USE, system: SYSTEM, symbol: "use", display: "Use of data that was read" },
		Term { code: DISCLOSE, system: SYSTEM, symbol: "disclose", display: "Passing data on" },
		Term { code: CORRECT, system: SYSTEM, symbol: "correct", display: "Changing data" },
	];
}

/// Confidentiality levels (v3-Confidentiality).
pub mod confidentiality {
	use super::{Code, Term};

	/// The code system.
	pub const SYSTEM: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

	/// Unrestricted (`U`).
	pub const U: Code = Code(0x1a987b654be31bc1d6c45c0b4c5ce64au128.to_be_bytes());
	/// Low (`L`).
	pub const L: Code = Code(0xea7014eb533ca766764c9938e4700218u128.to_be_bytes());
	/// Moderate (`M`).
	pub const M: Code = Code(0xb661c5d68ee3fd61a604ad4b35aa5d88u128.to_be_bytes());
	/// Normal (`N`).
	pub const N: Code = Code(0x9202011204ff576cc10e017d5056c6dbu128.to_be_bytes());
	/// Restricted (`R`).
	pub const R: Code = Code(0x892d2402fc360ec16b7fb5d670f570dfu128.to_be_bytes());
	/// Very restricted (`V`).
	pub const V: Code = Code(0x624c334a8931579f0de9bc5d6e654bafu128.to_be_bytes());

	/// All of them.
	pub const ALL: &[Term] = &[
		Term { code: U, system: SYSTEM, symbol: "U", display: "Unrestricted" },
		Term { code: L, system: SYSTEM, symbol: "L", display: "Low" },
		Term { code: M, system: SYSTEM, symbol: "M", display: "Moderate" },
		Term { code: N, system: SYSTEM, symbol: "N", display: "Normal" },
		Term { code: R, system: SYSTEM, symbol: "R", display: "Restricted" },
		Term { code: V, system: SYSTEM, symbol: "V", display: "Very restricted" },
	];
}

/// Sensitivity labels (v3-ActCode).
pub mod sensitivity {
	use super::{Code, Term};

	/// The code system.
	pub const SYSTEM: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

	/// Substance abuse (`ETH`).
	pub const ETH: Code = Code(0x93c32e8f385236daaa1301e93643dd6eu128.to_be_bytes());
	/// Alcohol use disorder (`ETHUD`).
	pub const ETHUD: Code = Code(0xd5ae059afc725c7427d2643826b87c42u128.to_be_bytes());
	/// Opioid use disorder (`OPIOIDUD`).
	pub const OPIOIDUD: Code = Code(0x286ab8ba06e48477d6c74568f7447bebu128.to_be_bytes());
	/// Psychiatry (`PSY`).
	pub const PSY: Code = Code(0x081caee4b45a6f6eb5ec755aa0ec164au128.to_be_bytes());
	/// Psychotherapy note (`PSYTHPN`).
	pub const PSYTHPN: Code = Code(0x65cf879721e8e3560a02548af8dcfd14u128.to_be_bytes());
	/// Sexual assault, abuse or domestic violence (`SDV`).
	pub const SDV: Code = Code(0x0cc3b6c922d1e1c67ae8e08d6da9a9feu128.to_be_bytes());
	/// HIV/AIDS (`HIV`).
	pub const HIV: Code = Code(0x3d03c719d9a13b7ac27188dd3416f6b5u128.to_be_bytes());
	/// Sexuality and reproductive health (`SEX`).
	pub const SEX: Code = Code(0xeaccc2b91cda0750b81c472dd2700c22u128.to_be_bytes());
	/// Sexually transmitted disease (`STD`).
	pub const STD: Code = Code(0xf8a3109e6457173bf25e66ad7d59427cu128.to_be_bytes());
	/// Behavioural health (`BH`).
	pub const BH: Code = Code(0xe791890bc9911a383fad2a9e291a4877u128.to_be_bytes());
	/// Mental health (`MH`).
	pub const MH: Code = Code(0x24fa3152ca84c1e7582e8ea62fc5dbc4u128.to_be_bytes());
	/// Substance use disorder (`SUD`).
	pub const SUD: Code = Code(0x07386fea044e80eeac8a0249f5fce3f7u128.to_be_bytes());
	/// Genetic disease (`GDIS`).
	pub const GDIS: Code = Code(0x5d2a5c19e2b7775fa7112a28b28da367u128.to_be_bytes());
	/// Sickle cell (`SICKLE`).
	pub const SICKLE: Code = Code(0xcce48a09f470a46102a4f1efbb18628fu128.to_be_bytes());

	/// All of them.
	pub const ALL: &[Term] = &[
		Term { code: ETH, system: SYSTEM, symbol: "ETH", display: "Substance abuse" },
		Term { code: ETHUD, system: SYSTEM, symbol: "ETHUD", display: "Alcohol use disorder" },
		Term { code: OPIOIDUD, system: SYSTEM, symbol: "OPIOIDUD", display: "Opioid use disorder" },
		Term { code: PSY, system: SYSTEM, symbol: "PSY", display: "Psychiatry" },
		Term { code: PSYTHPN, system: SYSTEM, symbol: "PSYTHPN", display: "Psychotherapy note" },
		Term {
			code: SDV,
			system: SYSTEM,
			symbol: "SDV",
			display: "Sexual assault, abuse or domestic violence",
		},
		Term { code: HIV, system: SYSTEM, symbol: "HIV", display: "HIV/AIDS" },
		Term {
			code: SEX,
			system: SYSTEM,
			symbol: "SEX",
			display: "Sexuality and reproductive health",
		},
		Term { code: STD, system: SYSTEM, symbol: "STD", display: "Sexually transmitted disease" },
		Term { code: BH, system: SYSTEM, symbol: "BH", display: "Behavioural health" },
		Term { code: MH, system: SYSTEM, symbol: "MH", display: "Mental health" },
		Term { code: SUD, system: SYSTEM, symbol: "SUD", display: "Substance use disorder" },
		Term { code: GDIS, system: SYSTEM, symbol: "GDIS", display: "Genetic disease" },
		Term { code: SICKLE, system: SYSTEM, symbol: "SICKLE", display: "Sickle cell" },
	];
}

/// Every term of this module.
pub fn all() -> impl Iterator<Item = &'static Term> {
	purpose::ALL
		.iter()
		.chain(override_reason::ALL)
		.chain(action::ALL)
		.chain(confidentiality::ALL)
		.chain(sensitivity::ALL)
}

#[cfg(test)]
mod tests {
	#[test]
	fn each_constant_is_the_hash_of_its_token() {
		extern crate alloc;
		for term in super::all() {
			let token = alloc::format!("{}|{}", term.system, term.symbol);
			assert_eq!(term.code, super::Code::of_token(&token), "{token}");
		}
	}
}
