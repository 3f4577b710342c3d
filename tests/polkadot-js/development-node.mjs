// A development node of our own: free ports, a temporary directory, gone at the end.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 10_000;
const LISTENING = /JSON-RPC server: addr=127\.0\.0\.1:(\d+)/;

/** The binary: HDX_NODE, or the release build in the target directory. */
function binary() {
	const target =
		process.env.CARGO_TARGET_DIR ??
		join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hdx', 'target');
	const path = process.env.HDX_NODE ?? join(target, 'release', 'hdx-node');
	if (!existsSync(path)) {
		throw new Error(`there is no node at ${path}: cargo build --release -p hdx-node, or set HDX_NODE`);
	}
	return path;
}

/**
 * Starts a node and waits until it listens.
 *
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startNode() {
	const program = binary();
	const directory = await mkdtemp(join(tmpdir(), 'hdx-polkadot-js-'));
	// Port 0: the system gives a free one, and the log says which.
	const node = spawn(
		program,
		[
			...['--dev', '--rpc-port', '0', '--port', '0', '--prometheus-port', '0'],
			...['--base-path', directory],
			// Shared with other tests, so that the runtime is not compiled for each.
			...['--compiled-runtimes', join(dirname(program), 'compiled-runtimes')],
		],
		{ stdio: ['ignore', 'ignore', 'pipe'] },
	);
	// Also where the test run is cut short.
	const kill = () => node.kill('SIGKILL');
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
	const leave = () => process.exit(1);
	process.on('exit', kill);
	signals.forEach((signal) => process.on(signal, leave));

	const stop = async () => {
		if (node.pid !== undefined && node.exitCode === null && node.signalCode === null) {
			const gone = once(node, 'exit');
			const insist = setTimeout(kill, STOP_LIMIT_MS);
			node.kill('SIGTERM');
			await gone;
			clearTimeout(insist);
		}
		process.off('exit', kill);
		signals.forEach((signal) => process.off(signal, leave));
		await rm(directory, { recursive: true, force: true });
	};

	let log = '';
	try {
		const port = await new Promise((resolve, reject) => {
			const fail = (why) => reject(new Error(`${why}. Its log:\n${log}`));
			const limit = setTimeout(() => fail('the node does not listen'), START_LIMIT_MS);
			node.stderr.setEncoding('utf8').on('data', (text) => {
				// Keeps reading for ever, so that the node never waits for us; keeps the beginning only.
				if (log.length < 100_000) log += text;
				const found = LISTENING.exec(log);
				if (found) {
					clearTimeout(limit);
					resolve(found[1]);
				}
			});
			node.once('error', (error) => fail(`the node did not start: ${error.message}`));
			node.once('exit', (code, signal) => fail(`the node stopped (${code ?? signal})`));
		});
		return { url: `ws://127.0.0.1:${port}`, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
