// The audit log, as a client reads it.

import { u8aToBigInt } from '@polkadot/util';

/** The entries of the audit log about an account, the oldest first, as of a block. */
export async function logOf(api, account, block) {
	const then = await api.at(block);
	const keys = await then.query.audit.entriesOfPatient.keys(account.address);
	// Big-endian, so that the keys are in the order of the log.
	const indices = keys.map(({ args: [, index] }) => u8aToBigInt(index.toU8a(), { isLe: false }));
	indices.sort((a, b) => (a < b ? -1 : 1));
	return Promise.all(indices.map(async (index) =>
		(await then.query.audit.entries(index)).unwrap().event));
}
