// What an editor does whose client is the library that VS Code's is made of.
// Whatever goes wrong ends with a word on standard error and status 1.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import protocol from 'vscode-languageserver-protocol/node';
const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = protocol;

const { TOUR: root, GOCONCLINT, OUT } = process.env;
const server = spawn(GOCONCLINT, ['lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const ended = new Promise(resolve => server.on('exit', resolve));
const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));

const told = new Map();
let changed = () => {};
connection.onNotification('textDocument/publishDiagnostics', params => {
	told.set(fileURLToPath(params.uri), params.diagnostics);
	changed();
});
connection.onRequest('client/registerCapability', () => null);
connection.onRequest('window/workDoneProgress/create', () => null);
connection.listen();

function fail(text) {
	console.error(text);
	process.exit(1);
}

async function until(what, holds) {
	const timer = setTimeout(() => fail(`waited in vain for ${what}; known is ${JSON.stringify([...told], null, 1)}`), 60000);
	while (!holds()) {
		await new Promise(resolve => { changed = resolve; });
	}
	clearTimeout(timer);
}

const hello = await connection.sendRequest('initialize', {
	processId: process.pid,
	rootUri: pathToFileURL(root).href,
	workspaceFolders: [{ uri: pathToFileURL(root).href, name: 'tour' }],
	capabilities: {
		workspace: { workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
		window: { workDoneProgress: true },
		textDocument: { publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, versionSupport: true } },
	},
});
if (hello.capabilities.textDocumentSync.change !== 2 || !hello.capabilities.hoverProvider) {
	fail(`it offers ${JSON.stringify(hello)}`);
}
connection.sendNotification('initialized', {});

// The whole tour is open, and every finding of the command is there.
const texts = new Map();
let version = 1;
for (const entry of readdirSync(root, { recursive: true }).filter(name => name.endsWith('.go'))) {
	const path = join(root, entry);
	texts.set(path, readFileSync(path, 'utf8'));
	connection.sendNotification('textDocument/didOpen', {
		textDocument: { uri: pathToFileURL(path).href, languageId: 'go', version, text: texts.get(path) },
	});
}
const count = () => [...told.values()].reduce((sum, list) => sum + list.length, 0);
await until(`${process.env.FINDINGS} findings`, () => count() === Number(process.env.FINDINGS));
const lines = [];
for (const [path, list] of told) {
	for (const d of list) {
		lines.push(`${relative(root, path)}:${d.range.start.line + 1}:${d.range.start.character + 1}: ${d.message} (${d.code})\n`);
		if (!d.codeDescription.href.includes(`docs/checks/${d.code}`)) fail(`no link for ${d.code}`);
		if (!d.relatedInformation?.length) fail(`no related information for ${d.code}`);
	}
}
writeFileSync(OUT, lines.join(''));

function type(path, text) {
	texts.set(path, text);
	connection.sendNotification('textDocument/didChange', {
		textDocument: { uri: pathToFileURL(path).href, version: ++version }, contentChanges: [{ text }],
	});
}

function offset(text, position) {
	return text.split('\n').slice(0, position.line).reduce((sum, line) => sum + line.length + 1, 0) + position.character;
}

// A fix is offered and applied, and its finding goes.
const path = join(root, 'notify', 'notify.go');
const [finding] = told.get(path);
const actions = await connection.sendRequest('textDocument/codeAction', {
	textDocument: { uri: pathToFileURL(path).href }, range: finding.range, context: { diagnostics: [finding] },
});
const before = texts.get(path);
let fixed = before;
for (const edit of actions[0].edit.documentChanges[0].edits.slice().reverse()) {
	fixed = fixed.slice(0, offset(before, edit.range.start)) + edit.newText + fixed.slice(offset(before, edit.range.end));
}
if (!fixed.includes('address := address')) fail(`the fix makes ${fixed}`);
type(path, fixed);
await until('the finding to go', () => told.get(path).length === 0);

// What doesn't compile hurts nobody, and a mistake that is typed is seen.
type(path, fixed + 'func broken( {\n');
await new Promise(resolve => setTimeout(resolve, 1500));
type(path, before);
await until('the finding to come back', () => told.get(path).length === 1);

// A request that nobody waits for any more is no trouble.
const source = new protocol.CancellationTokenSource();
const hover = connection.sendRequest('textDocument/hover', {
	textDocument: { uri: pathToFileURL(path).href }, position: finding.range.start,
}, source.token).catch(() => null);
source.cancel();
await hover;
const again = await connection.sendRequest('textDocument/hover', {
	textDocument: { uri: pathToFileURL(path).href }, position: finding.range.start,
});
if (!again.contents.value.includes('loopcapture')) fail(`the hover says ${JSON.stringify(again)}`);

await connection.sendRequest('shutdown');
await connection.sendNotification('exit');
const status = await ended;
if (status !== 0) fail(`the server ends with ${status}`);
