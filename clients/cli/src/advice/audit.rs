//! What to do when the log refuses.

/// What to do about a refusal, where its own words do not say it.
pub fn on_refusal(name: &str) -> Option<&'static str> {
	Some(match name {
		"RetentionTooShort" | "RetentionTooLong" => "give a --period from 2192d to 18262d",
		"TooManyHolds" => "release one first: hdx audit hold list, hdx audit hold release",
		"HoldUnknown" => "`hdx audit hold list` shows the holds",
		"NoEntries" | "EntriesNotOrdered" => "give each --entry once",
		"EntryUnknown" => "`hdx audit list` shows the entries that are in state",
		"NotYourEntry" => {
			"give with --as the key of the patient whom the entry is about, or of a guardian"
		},
		"ReviewOfReview" => "hdx audit review escalate takes an answer to governance",
		"NoInstitutionActed" => "`hdx audit show` tells for whom was acted, if for anybody",
		"ReviewExists" | "ReviewAnswered" | "ReviewEscalated" => {
			"`hdx audit review show` tells how far it has come"
		},
		"TooManyReviews" => "wait for answers, or withdraw one: hdx audit review withdraw",
		"ReviewUnknown" => "ask for one first: hdx audit review request",
		"NotTheInstitution" => {
			"give with --as the key that operates the institution; `hdx audit review show` names it"
		},
		"AnswerNotDue" => "`hdx audit review show` tells until when the institution has time",
		"EscalationTooLate" => "the answer stands; the institution can still be asked in writing",
		"ReviewNotEscalated" => "the patient takes it there first: hdx audit review escalate",
		"ReviewPeriodOutOfBounds" => "give from 3d to 90d",
		"WindowOutOfBounds" => "give a --window from 1h to 31d",
		"ThresholdZero" | "ThresholdTooHigh" => "give from 1 to 100000, or leave it out",
		_ => return None,
	})
}
