// Patients who change their minds about emergencies over and over, and what became of each time.

import { submitted, until } from '../submit.mjs';

/** How long a patient waits until a change is final: longer than a migration takes. */
const ANSWER_LIMIT_MS = 120_000;
/** How long finality may stand still: while nodes compile a runtime they do little else. */
const BLOCK_LIMIT_MS = 600_000;

/** Waits until another block is final. */
async function nextBlock(api) {
	let first;
	await until(api, 'a block', (_, head) => {
		first ??= head.number.toNumber();
		return head.number.toNumber() > first;
	}, BLOCK_LIMIT_MS);
}

/** One of them. What they were told is final is in `entries`, by its numbers in the log; of `unclear` nobody knows. */
class Patient {
	entries = [];
	unclear = [];

	constructor(account) {
		this.account = account;
	}

	async changesTheirMind(api, isOver) {
		while (!isOver()) {
			let events;
			try {
				const hasOptedOut = (await api.query.consent.emergencyOptOuts(this.account.address)).isSome;
				const call = api.tx.consent.setEmergencyOverride(hasOptedOut);
				({ events } = await submitted(api, call, this.account, ANSWER_LIMIT_MS));
			} catch (error) {
				// As what was signed for one runtime and is refused by the next.
				this.unclear.push(error.message);
				// Another block, and it is signed anew for what the chain is then.
				await nextBlock(api);
				continue;
			}
			const recorded = events.filter(({ event }) => api.events.audit.EntryRecorded.is(event));
			if (recorded.length === 0) throw new Error('a change that is final has no entry in the log');
			this.entries.push(...recorded.map(({ event }) => event.data.index.toString()));
		}
	}
}

/**
 * Has an operator sponsor these accounts, who then change their minds until `end`.
 *
 * @returns {Promise<{ patients: Patient[], end: () => Promise<void> }>}
 */
export async function startLoad(api, operator, accounts) {
	const sponsored = accounts.map(({ address }) => api.tx.consent.sponsorPatient(address));
	await submitted(api, api.tx.utility.batchAll(sponsored), operator);
	let over = false;
	const patients = accounts.map((account) => new Patient(account));
	const going = Promise.allSettled(patients.map((patient) => patient.changesTheirMind(api, () => over)));
	const end = async () => {
		over = true;
		const failed = (await going).find(({ status }) => status === 'rejected');
		if (failed) throw failed.reason;
	};
	return { patients, end };
}
