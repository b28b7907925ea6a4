// The extension starts "goconclint lsp" beside gopls and shows what it says.
// All else is done by the server.
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

async function activate(context) {
	context.subscriptions.push(
		vscode.commands.registerCommand('goconclint.restart', restart),
		vscode.workspace.onDidChangeConfiguration(change => change.affectsConfiguration('goconclint') && restart()),
	);
	await start();
}

async function start() {
	const settings = vscode.workspace.getConfiguration('goconclint');
	const command = settings.get('path') || 'goconclint';
	client = new LanguageClient('goconclint', 'goconclint', {
		command, args: ['lsp', ...settings.get('args', [])],
	}, {
		documentSelector: [{ scheme: 'file', language: 'go' }],
	});
	try {
		await client.start();
	} catch (error) {
		client = undefined;
		vscode.window.showErrorMessage(`goconclint didn't start: ${error.message}. Install it with `
			+ '"go install github.com/goconclint/goconclint/cmd/goconclint@latest", or name it in the setting goconclint.path.');
	}
}

async function restart() {
	await deactivate();
	await start();
}

async function deactivate() {
	const running = client;
	client = undefined;
	await running?.stop();
}

module.exports = { activate, deactivate };
