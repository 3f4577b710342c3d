// The state of a chain as it is stored, byte by byte, without what metadata says of it.

import { u8aConcat, u8aToHex } from '@polkadot/util';
import { xxhashAsU8a } from '@polkadot/util-crypto';

/** How many keys a node is asked for at a time. */
const PAGE = 256;

/** The key of a storage item that is a single value, or what all keys of a map begin with. */
export const item = (pallet, name) => u8aToHex(u8aConcat(xxhashAsU8a(pallet, 128), xxhashAsU8a(name, 128)));

/** A value in the state of a block, in hexadecimal digits; null where there is none. */
export const value = (provider, key, block) => provider.send('state_getStorage', [key, block.toString()]);

/** What is stored under a prefix in the state of a block: values by their keys, in hexadecimal digits. */
export async function stored(provider, prefix, block) {
	const found = new Map();
	const at = block.toString();
	let after = prefix;
	for (;;) {
		const keys = await provider.send('state_getKeysPaged', [prefix, PAGE, after, at]);
		if (keys.length === 0) return found;
		const [{ changes }] = await provider.send('state_queryStorageAt', [keys, at]);
		for (const [key, content] of changes) found.set(key, content);
		after = keys.at(-1);
	}
}
