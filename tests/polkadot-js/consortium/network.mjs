// Validators of a chain of our own, each of which knows all others: free ports on loopback, a temporary directory, gone at
// the end.

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

import { binary, runNode, temporaryDirectory } from '../node.mjs';

/** Who validates in the preset `local`, by the development names of the keys. */
const NAMES = ['alice', 'bob', 'charlie', 'dave'];
/** How long nodes may take to find each other, and a new one to get in step. */
const PEERS_LIMIT_MS = 120_000;
/** How often a node is asked. */
const PAUSE_MS = 500;
/** Blocks that a node in step may be behind: those that come while it is asked. */
const BEHIND = 2;
/** More than a specification takes, which holds the runtime. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Puts what `changes` has into a configuration, and leaves the rest of it as it is. */
function layOver(configuration, changes) {
	for (const [name, change] of Object.entries(changes)) {
		const isObject = change !== null && typeof change === 'object' && !Array.isArray(change);
		if (isObject) {
			configuration[name] ??= {};
			layOver(configuration[name], change);
		} else {
			configuration[name] = change;
		}
	}
}

/** The specification of a chain, as the node writes it. */
async function exported(...options) {
	const run = promisify(execFile)(binary(), ['export-chain-spec', ...options], { maxBuffer: MOST_BYTES });
	return (await run).stdout;
}

/** Writes the specification of the preset `local` with `changes` to its genesis. Gives the file. */
async function specification(directory, changes) {
	const chain = JSON.parse(await exported('--chain', 'local'));
	layOver(chain.genesis.runtimeGenesis.patch, changes);
	const plain = join(directory, 'plain.json');
	await writeFile(plain, JSON.stringify(chain));
	// With its first state in it: else each node compiles the runtime once more to make that.
	const raw = join(directory, 'chain.json');
	await writeFile(raw, await exported('--raw', '--chain', plain));
	return raw;
}

/** Asks until there is an answer. */
async function eventually(what, look) {
	const end = Date.now() + PEERS_LIMIT_MS;
	while (Date.now() < end) {
		if (await look()) return;
		await pause(PAUSE_MS);
	}
	throw new Error(`${what}: not in time`);
}

/** Where others find a node. */
async function address(node) {
	const all = await node.ask('system_localListenAddresses');
	const found = all.find((one) => one.startsWith('/ip4/127.0.0.1/tcp/'));
	if (found === undefined) throw new Error(`it does not listen on loopback: ${all}`);
	return found;
}

/** The number of a node's best block. */
const best = async (node) => Number((await node.ask('chain_getHeader')).number);

/**
 * Starts four validators, and waits until each hears all others.
 *
 * `add` starts one more node, with these options beside those that all have, and waits until it hears all others and is in
 * step with them.
 *
 * @param changes to the genesis configuration of the preset `local`
 */
export async function startNetwork(changes) {
	const directory = await temporaryDirectory();
	const nodes = [];
	const stop = async () => {
		await Promise.all(nodes.map((node) => node.stop()));
		await directory.remove();
	};

	let chain;
	const start = async (name, options) => {
		const known = await Promise.all(nodes.map(address));
		const node = await runNode(join(directory.path, name), [
			...['--chain', chain],
			...options,
			// A fixed network identity: a validator refuses to make one up.
			...['--node-key', (nodes.length + 1).toString(16).padStart(64, '0')],
			...['--listen-addr', '/ip4/127.0.0.1/tcp/0'],
			// Only who is told: nodes of other tests run on this machine, too.
			...['--no-mdns', '--no-telemetry', '--no-prometheus'],
			...known.flatMap((one) => ['--reserved-nodes', one]),
		]);
		nodes.push(node);
		return node;
	};
	const met = () => eventually(`${nodes.length} nodes hear each other`, async () => {
		const all = await Promise.all(nodes.map((node) => node.ask('system_health')));
		return all.every(({ peers }) => peers >= nodes.length - 1);
	});
	const add = async (name, options) => {
		const node = await start(name, options);
		await met();
		await eventually(`${name} is in step`, async () => {
			const [own, others] = await Promise.all([best(node), best(nodes[0])]);
			return own > 0 && own + BEHIND >= others;
		});
		return node;
	};

	try {
		chain = await specification(directory.path, changes);
		// One after the other: each is told where those before it are.
		for (const name of NAMES) await start(name, [`--${name}`]);
		await met();
		return { nodes, add, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
