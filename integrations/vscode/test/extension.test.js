// The extension as it is built, with a real server and a VS Code that isn't
// one: it starts the server, opens a document, and what the server finds
// arrives in the Problems.
const test = require('node:test');
const assert = require('node:assert');
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { fake } = require('./vscode.js');

function load(api) {
	const original = Module._load;
	Module._load = (request, ...rest) => request === 'vscode' ? api : original(request, ...rest);
	const built = require.resolve('../dist/extension.js');
	delete require.cache[built];
	try {
		return require(built);
	} finally {
		Module._load = original;
	}
}

async function until(holds) {
	const end = Date.now() + 60_000;
	while (!holds()) {
		assert.ok(Date.now() < end, 'waited in vain');
		await new Promise(resolve => setTimeout(resolve, 20));
	}
}

const path = join(process.env.TOUR ?? '', 'notify', 'notify.go');

test('what the server finds is shown', async () => {
	const { api, seen } = fake({
		folder: process.env.TOUR,
		document: { path, text: readFileSync(path, 'utf8') },
		settings: { path: process.env.GOCONCLINT, args: ['-loopcapture'] },
	});
	const extension = load(api);
	await extension.activate({ subscriptions: [] });
	assert.deepStrictEqual(seen.errors, []);
	await until(() => seen.diagnostics.size > 0);
	const [[uri, [finding]]] = seen.diagnostics;
	assert.match(uri, /notify\.go$/);
	assert.equal(finding.code.value, 'loopcapture');
	assert.equal(finding.source, 'goconclint');
	assert.match(finding.message, /address is shared by all iterations/);
	assert.equal(finding.relatedInformation.length, 1);
	assert.match(finding.code.target.toString(), /docs\/checks\/loopcapture/);

	const token = new api.CancellationTokenSource().token;
	const actions = await seen.actions.provideCodeActions(seen.document, finding.range, { diagnostics: [finding] }, token);
	assert.deepStrictEqual(actions.map(action => action.title), ['Copy address for the iteration', 'Ignore loopcapture here, with a reason']);
	const [fix, ignore] = actions.map(action => action.edit.files.get(uri)[0]);
	assert.match(fix.newText, /address := address/);
	// The reason is a place to fill in, selected when the comment is inserted.
	assert.ok(ignore instanceof api.SnippetTextEdit);
	assert.equal(ignore.snippet.value, ' //goconclint:ignore loopcapture ${1:TODO: say why this is right}');

	const hover = await seen.hover.provideHover(seen.document, finding.range.start, token);
	assert.match(JSON.stringify(hover.contents), /variables that iterations share/);

	seen.diagnostics.clear();
	await seen.commands.get('goconclint.restart')();
	await until(() => seen.diagnostics.size > 0);
	await extension.deactivate();
});

test('a program that is missing is named', async () => {
	const { api, seen } = fake({
		folder: process.env.TOUR, document: { path, text: 'package notify\n' }, settings: { path: '/nowhere/goconclint' },
	});
	const extension = load(api);
	await extension.activate({ subscriptions: [] });
	assert.ok(seen.errors.some(text => /go install .*goconclint/.test(text)), seen.errors.join());
	await extension.deactivate();
});

test('what the manifest promises is there', () => {
	const manifest = require('../package.json');
	const { api, seen } = fake({ folder: '/', document: { path: '/x.go', text: '' }, settings: { path: '/nowhere/goconclint' } });
	load(api).activate({ subscriptions: [] });
	assert.deepStrictEqual(manifest.contributes.commands.map(c => c.command), [...seen.commands.keys()]);
	const source = readFileSync(join(__dirname, '..', 'extension.js'), 'utf8');
	for (const name of Object.keys(manifest.contributes.configuration.properties)) {
		assert.ok(source.includes(`'${name.replace('goconclint.', '')}'`), name);
	}
});
