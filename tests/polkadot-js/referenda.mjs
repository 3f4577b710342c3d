// Referenda of both chambers, as their members hold them.

import assert from 'node:assert/strict';

import { only, submitted, until } from './submit.mjs';

/** The pallets of a chamber, under the names that tools know. */
export const INSTITUTIONS = { polls: 'rankedPolls', collective: 'rankedCollective' };
export const PATIENTS = { polls: 'patientPolls', collective: 'patientCollective' };

/** A call that stands in the referendum itself: 128 bytes at most. */
export const inline = (call) => ({ Inline: call.method.toHex() });

/** Proposes, and has it decided about. Tells the number of the referendum, and of its track. */
export async function propose(api, chamber, origin, proposal, signer) {
	const { submit, placeDecisionDeposit } = api.tx[chamber.polls];
	const call = submit({ Origins: origin }, proposal, { After: 0 });
	const { events } = await submitted(api, call, signer);
	const [poll, track] = only(events, api.events[chamber.polls].Submitted);
	await submitted(api, placeDecisionDeposit(poll), signer);
	return { poll: poll.toNumber(), track: track.toNumber() };
}

/** Each of the members votes for all of these referenda. */
export function ayes(api, chamber, polls, members) {
	const votes = () => polls.map((poll) => api.tx[chamber.collective].vote(poll, true));
	return Promise.all(members.map((member) => submitted(api, api.tx.utility.batchAll(votes()), member)));
}

/** Waits until a referendum was approved. What it is about is carried out some blocks later. */
export const approved = (api, chamber, poll) => until(api, `${chamber.polls} ${poll}`, async (then) => {
	const info = (await then.query[chamber.polls].referendumInfoFor(poll)).unwrap();
	assert.ok(info.isOngoing || info.isApproved, `it is ${info.type}`);
	return info.isApproved;
});

/**
 * The first of the members proposes a call, all of them vote for it, and it is approved. No more of them than it takes:
 * who comes later finds that it is over.
 */
export async function decide(api, chamber, origin, call, members) {
	const { poll } = await propose(api, chamber, origin, inline(call), members[0]);
	await ayes(api, chamber, [poll], members);
	await approved(api, chamber, poll);
}
