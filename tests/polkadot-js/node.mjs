// Nodes of our own, in temporary directories: gone at the end, and also where a test run is cut short.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { HttpProvider } from '@polkadot/api';

const START_LIMIT_MS = 240_000;
const STOP_LIMIT_MS = 10_000;
/** With what comes after the port: while the node is still writing the line, the number may be half there. */
const LISTENING = /JSON-RPC server: addr=127\.0\.0\.1:(\d+)\D/;
/** How much of a log is kept: all of how a node started, and the end of a long one. */
const KEPT_CHARACTERS = 100_000;
/** How many lines a failure shows. */
const SHOWN_LINES = 40;

/** The binary: HDX_NODE, or the release build in the target directory. */
export function binary() {
	const target =
		process.env.CARGO_TARGET_DIR ??
		join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hdx', 'target');
	const path = process.env.HDX_NODE ?? join(target, 'release', 'hdx-node');
	if (!existsSync(path)) {
		throw new Error(`there is no node at ${path}: cargo build --release -p hdx-node, or set HDX_NODE`);
	}
	return path;
}

const running = new Set();
const directories = new Set();
let watches = false;

/** Has nothing left behind where the test run is cut short. */
function watch() {
	if (watches) return;
	watches = true;
	process.on('exit', () => {
		for (const node of running) node.kill('SIGKILL');
		for (const directory of directories) {
			try {
				// A process that is just ending may still be writing.
				rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
			} catch (error) {
				console.error(`${directory} is left behind: ${error.message}`);
			}
		}
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
}

/**
 * Makes a directory that nobody else has.
 *
 * @returns {Promise<{ path: string, remove: () => Promise<void> }>}
 */
export async function temporaryDirectory() {
	watch();
	const path = await mkdtemp(join(tmpdir(), 'hdx-polkadot-js-'));
	directories.add(path);
	const remove = async () => {
		await rm(path, { recursive: true, force: true });
		directories.delete(path);
	};
	return { path, remove };
}

/**
 * Starts a node on what is in a directory, and waits until it listens, on a port that is free.
 *
 * `ask` calls a method of its RPC, `tail` gives the end of its log.
 *
 * @returns {Promise<{
 *   url: string,
 *   ask: (method: string, ...params: unknown[]) => Promise<any>,
 *   tail: () => string,
 *   stop: () => Promise<void>,
 * }>}
 */
export async function runNode(directory, options) {
	watch();
	const program = binary();
	const node = spawn(
		program,
		[
			...options,
			...['--base-path', directory],
			// Port 0: the system gives a free one, and the log says which.
			...['--rpc-port', '0'],
			// Shared with other tests, so that the runtime is not compiled for each.
			...['--compiled-runtimes', join(dirname(program), 'compiled-runtimes')],
		],
		{ stdio: ['ignore', 'ignore', 'pipe'] },
	);
	running.add(node);
	node.once('exit', () => running.delete(node));

	const stop = async () => {
		if (node.pid !== undefined && node.exitCode === null && node.signalCode === null) {
			const gone = once(node, 'exit');
			const insist = setTimeout(() => node.kill('SIGKILL'), STOP_LIMIT_MS);
			node.kill('SIGTERM');
			await gone;
			clearTimeout(insist);
		}
		running.delete(node);
	};

	let log = '';
	const tail = () => log.split('\n').slice(-SHOWN_LINES).join('\n');
	try {
		const port = await new Promise((resolve, reject) => {
			const fail = (why) => reject(new Error(`${why}. Its log:\n${log}`));
			const limit = setTimeout(() => fail('the node does not listen'), START_LIMIT_MS);
			const settle = (end) => (result) => {
				clearTimeout(limit);
				end(result);
			};
			const listens = settle(resolve);
			const fails = settle(fail);
			// Keeps reading for ever, so that the node never waits for us.
			node.stderr.setEncoding('utf8').on('data', (text) => {
				log = (log + text).slice(-KEPT_CHARACTERS);
				const found = LISTENING.exec(log);
				if (found) listens(found[1]);
			});
			node.once('error', (error) => fails(`the node did not start: ${error.message}`));
			node.once('exit', (code, signal) => fails(`the node stopped (${code ?? signal})`));
		});
		const rpc = new HttpProvider(`http://127.0.0.1:${port}`);
		const ask = (method, ...params) => rpc.send(method, params);
		return { url: `ws://127.0.0.1:${port}`, ask, tail, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
