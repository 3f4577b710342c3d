// A development node of our own: free ports, a temporary directory, gone at the end.

import { runNode, temporaryDirectory } from './node.mjs';

/**
 * Starts a node and waits until it listens.
 *
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startNode() {
	const directory = await temporaryDirectory();
	try {
		const node = await runNode(directory.path, ['--dev', '--port', '0', '--prometheus-port', '0']);
		const stop = async () => {
			await node.stop();
			await directory.remove();
		};
		return { url: node.url, stop };
	} catch (error) {
		await directory.remove();
		throw error;
	}
}
