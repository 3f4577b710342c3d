//! The label rules that the project ships.
//!
//! Written for this project from the public definitions of the codes. They name diagnoses and
//! procedures (SNOMED CT, ICD-10-CM), ingredients (RxNorm) and tests and questionnaires (LOINC)
//! whose mere presence tells what the label stands for. Products and packages of a drug have codes
//! of their own; a prescription of one is labelled through the condition it names as its reason,
//! or by a larger table that the hospital loads beside this one.

/// Codes of one system that carry one label of v3-ActCode.
pub(super) struct BuiltinRule {
	/// The label.
	pub label: &'static str,
	/// The code system.
	pub system: &'static str,
	/// Codes that carry it.
	pub codes: &'static [&'static str],
	/// Beginnings of codes that carry it, in hierarchical code systems.
	pub prefixes: &'static [&'static str],
}

const SNOMED: &str = "http://snomed.info/sct";
const ICD10CM: &str = "http://hl7.org/fhir/sid/icd-10-cm";
const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
const LOINC: &str = "http://loinc.org";

/// The rules.
pub(super) const BUILTIN: &[BuiltinRule] = &[
	// Psychiatry
	BuiltinRule {
		label: "PSY",
		system: SNOMED,
		codes: &[
			"74732009",  // Mental disorder
			"35489007",  // Depressive disorder
			"370143000", // Major depressive disorder
			"36923009",  // Major depression, single episode
			"66344007",  // Recurrent major depression
			"310495003", // Mild depression
			"310496002", // Moderate depression
			"310497006", // Severe depression
			"58703003",  // Postpartum depression
			"13746004",  // Bipolar disorder
			"58214004",  // Schizophrenia
			"68890003",  // Schizoaffective disorder
			"69322001",  // Psychotic disorder
			"197480006", // Anxiety disorder
			"21897009",  // Generalized anxiety disorder
			"371631005", // Panic disorder
			"47505003",  // Posttraumatic stress disorder
			"191736004", // Obsessive-compulsive disorder
			"17226007",  // Adjustment disorder
			"406506008", // Attention deficit hyperactivity disorder
			"192127007", // Child attention deficit disorder
			"33449004",  // Personality disorder
			"20010003",  // Borderline personality disorder
			"72366004",  // Eating disorder
			"56882008",  // Anorexia nervosa
			"78004001",  // Bulimia nervosa
			"6471006",   // Suicidal thoughts
			"82313006",  // Suicide attempt
			"75516001",  // Psychotherapy
			"228557008", // Cognitive and behavioural therapy
			"23835007",  // Electroconvulsive therapy
			"10197000",  // Psychiatric interview and evaluation
		],
		prefixes: &[],
	},
	BuiltinRule {
		label: "PSY",
		system: ICD10CM,
		codes: &[],
		prefixes: &[
			"F20", "F21", "F22", "F23", "F24", "F25", "F28", "F29", // psychoses
			"F30", "F31", "F32", "F33", "F34", "F39", // mood
			"F40", "F41", "F42", "F43", "F44", "F45", "F48", // anxiety, stress
			"F50", "F53", // eating, puerperium
			"F60", "F63", "F68", "F69", // personality
			"F90", "F91", "F93", "F94", "F98", "F99", // onset in childhood, unspecified
			"R45.851", "T14.91", "Z91.51", // suicidality
		],
	},
	BuiltinRule {
		label: "PSY",
		system: RXNORM,
		codes: &[
			"36437",  // sertraline
			"4493",   // fluoxetine
			"2556",   // citalopram
			"321988", // escitalopram
			"32937",  // paroxetine
			"39786",  // venlafaxine
			"6448",   // lithium
			"42351",  // lithium carbonate
			"61381",  // olanzapine
			"51272",  // quetiapine
			"35636",  // risperidone
			"89013",  // aripiprazole
			"2626",   // clozapine
			"5093",   // haloperidol
		],
		prefixes: &[],
	},
	BuiltinRule {
		label: "PSY",
		system: LOINC,
		codes: &[
			"44249-1", // PHQ-9 panel
			"44261-6", // PHQ-9 total score
			"55757-9", // PHQ-2 panel
			"55758-7", // PHQ-2 total score
			"69737-5", // GAD-7 panel
			"70274-6", // GAD-7 total score
		],
		prefixes: &[],
	},
	// Alcohol
	BuiltinRule {
		label: "ETHUD",
		system: SNOMED,
		codes: &[
			"7200002",  // Alcoholism
			"15167005", // Alcohol abuse
			"66590003", // Alcohol dependence
		],
		prefixes: &[],
	},
	BuiltinRule { label: "ETHUD", system: ICD10CM, codes: &[], prefixes: &["F10"] },
	BuiltinRule {
		label: "ETHUD",
		system: RXNORM,
		codes: &[
			"3554",  // disulfiram
			"82819", // acamprosate
		],
		prefixes: &[],
	},
	BuiltinRule {
		label: "ETHUD",
		system: LOINC,
		codes: &[
			"72109-2", // AUDIT-C panel
			"75626-2", // AUDIT-C total score
		],
		prefixes: &[],
	},
	// Opioids
	BuiltinRule {
		label: "OPIOIDUD",
		system: SNOMED,
		codes: &[
			"5602001",   // Opioid abuse
			"75544000",  // Opioid dependence
			"231477003", // Heroin dependence
			"310653000", // Drug addiction therapy using methadone
		],
		prefixes: &[],
	},
	BuiltinRule { label: "OPIOIDUD", system: ICD10CM, codes: &[], prefixes: &["F11"] },
	BuiltinRule {
		label: "OPIOIDUD",
		system: RXNORM,
		codes: &[
			"1819", // buprenorphine
			"6813", // methadone
			"7243", // naltrexone
		],
		prefixes: &[],
	},
	// Other substances
	BuiltinRule {
		label: "SUD",
		system: SNOMED,
		codes: &[
			"66214007",  // Substance abuse
			"26416006",  // Drug abuse
			"191816009", // Drug dependence
			"6525002",   // Dependent drug abuse
			"55680006",  // Drug overdose
			"78267003",  // Cocaine abuse
			"31956009",  // Cocaine dependence
			"37344009",  // Cannabis abuse
			"85005007",  // Cannabis dependence
			"56876005",  // Drug rehabilitation and detoxification
		],
		prefixes: &[],
	},
	BuiltinRule {
		label: "SUD",
		system: ICD10CM,
		codes: &[],
		prefixes: &["F12", "F13", "F14", "F15", "F16", "F18", "F19"],
	},
	BuiltinRule {
		label: "SUD",
		system: LOINC,
		codes: &["82667-7"], // DAST-10 total score
		prefixes: &[],
	},
	// HIV
	BuiltinRule {
		label: "HIV",
		system: SNOMED,
		codes: &[
			"86406008",  // Human immunodeficiency virus infection
			"62479008",  // AIDS
			"91947003",  // Asymptomatic HIV infection
			"165816005", // HIV positive
		],
		prefixes: &[],
	},
	BuiltinRule {
		label: "HIV",
		system: ICD10CM,
		codes: &[],
		prefixes: &["B20", "Z21", "R75", "O98.7", "Z11.4", "Z20.6"],
	},
	BuiltinRule {
		label: "HIV",
		system: RXNORM,
		codes: &[
			"11413",   // zidovudine
			"68244",   // lamivudine
			"195085",  // efavirenz
			"276237",  // emtricitabine
			"300195",  // tenofovir disoproxil
			"719872",  // raltegravir
			"1433868", // dolutegravir
		],
		prefixes: &[],
	},
	BuiltinRule {
		label: "HIV",
		system: LOINC,
		codes: &[
			"56888-1", // HIV 1+2 antibody and HIV1 p24 antigen
			"75622-1", // HIV 1 and 2 tests
			"7917-8",  // HIV 1 antibody
			"20447-9", // HIV 1 RNA, viral load
			"25836-8", // HIV 1 RNA, viral load
		],
		prefixes: &[],
	},
	// Sexually transmitted disease
	BuiltinRule {
		label: "STD",
		system: SNOMED,
		codes: &[
			"8098009",   // Sexually transmitted infectious disease
			"76272004",  // Syphilis
			"15628003",  // Gonorrhoea
			"240589008", // Chlamydia trachomatis infection
			"33839006",  // Genital herpes simplex
		],
		prefixes: &[],
	},
	BuiltinRule {
		label: "STD",
		system: ICD10CM,
		codes: &[],
		prefixes: &[
			"A50", "A51", "A52", "A53", "A54", "A55", "A56", "A57", "A58", "A59", "A60", "A63",
			"A64",
		],
	},
	BuiltinRule {
		label: "STD",
		system: LOINC,
		codes: &[
			"21613-5", // Chlamydia trachomatis DNA
			"24111-7", // Neisseria gonorrhoeae DNA
		],
		prefixes: &[],
	},
	// Sexuality and reproductive health
	BuiltinRule {
		label: "SEX",
		system: SNOMED,
		codes: &[
			"57797005",  // Induced termination of pregnancy
			"65200003",  // Insertion of intrauterine contraceptive device
			"169553002", // Insertion of subcutaneous contraceptive
			"93461009",  // Gender dysphoria
		],
		prefixes: &[],
	},
	BuiltinRule {
		label: "SEX",
		system: ICD10CM,
		codes: &[],
		prefixes: &["O04", "Z33.2", "Z30", "F52", "F64"],
	},
	// Violence
	BuiltinRule {
		label: "SDV",
		system: SNOMED,
		codes: &[
			"706893006", // Victim of intimate partner abuse
			"397940009", // Victim of child abuse
			"248110007", // Sexual assault
		],
		prefixes: &[],
	},
	BuiltinRule {
		label: "SDV",
		system: ICD10CM,
		codes: &[],
		prefixes: &["T74", "T76", "Y07", "Z69", "Z62.81", "Z91.41"],
	},
	BuiltinRule {
		label: "SDV",
		system: LOINC,
		codes: &[
			"76499-3", // HARK questionnaire
			"76504-0", // HARK total score
		],
		prefixes: &[],
	},
	// Genetic disease
	BuiltinRule {
		label: "GDIS",
		system: SNOMED,
		codes: &[
			"58756001",  // Huntington's chorea
			"190905008", // Cystic fibrosis
		],
		prefixes: &[],
	},
	BuiltinRule { label: "GDIS", system: ICD10CM, codes: &[], prefixes: &["G10", "E84"] },
	BuiltinRule {
		label: "SICKLE",
		system: SNOMED,
		codes: &[
			"417357006", // Sickling disorder due to haemoglobin S
			"127040003", // Sickle cell-haemoglobin SS disease
		],
		prefixes: &[],
	},
	BuiltinRule { label: "SICKLE", system: ICD10CM, codes: &[], prefixes: &["D57"] },
];
