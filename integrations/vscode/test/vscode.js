// As much of VS Code's API as the extension and its client library touch,
// without VS Code. What only has to be there is "anything": it can be called,
// constructed and asked for whatever, and does nothing.
const anything = new Proxy(function () {}, {
	get: (_, name) => {
		if (name === 'then') return undefined; // no promise
		if (name === Symbol.toPrimitive) return () => '';
		if (name === Symbol.iterator) return function* () {};
		if (name === 'prototype') return {};
		return anything;
	},
	apply: () => anything,
	construct: () => ({ dispose() {} }),
});

class Position {
	constructor(line, character) { Object.assign(this, { line, character }); }
}

class Range {
	constructor(a, b, c, d) {
		this.start = typeof a === 'number' ? new Position(a, b) : a;
		this.end = typeof a === 'number' ? new Position(c, d) : b;
	}
}

class Uri {
	constructor(text) { this.text = text; }
	static parse(text) { return new Uri(text); }
	static file(path) { return new Uri('file://' + path); }
	get scheme() { return this.text.split(':')[0]; }
	get fsPath() { return decodeURIComponent(this.text.replace(/^file:\/\//, '')); }
	get path() { return this.fsPath; }
	toString() { return this.text; }
}

class EventEmitter {
	listeners = [];
	event = listener => {
		this.listeners.push(listener);
		return { dispose() {} };
	};
	fire(value) { this.listeners.forEach(listener => listener(value)); }
	dispose() {}
}

class CancellationTokenSource {
	token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };
	cancel() {}
	dispose() {}
}

class Diagnostic {
	constructor(range, message, severity) { Object.assign(this, { range, message, severity }); }
}

class DiagnosticRelatedInformation {
	constructor(location, message) { Object.assign(this, { location, message }); }
}

class Location {
	constructor(uri, range) { Object.assign(this, { uri, range }); }
}

class Disposable {
	constructor(dispose) { this.dispose = dispose; }
}

class TextEdit {
	constructor(range, newText) { Object.assign(this, { range, newText }); }
}

class SnippetString {
	constructor(value) { this.value = value; }
}

class SnippetTextEdit {
	constructor(range, snippet) { Object.assign(this, { range, snippet }); }
}

class WorkspaceEdit {
	files = new Map();
	set(uri, edits) { this.files.set(uri.toString(), edits.map(edit => Array.isArray(edit) ? edit[0] : edit)); }
}

class CodeAction {
	constructor(title, kind) { Object.assign(this, { title, kind }); }
}

class MarkdownString {
	constructor(value = '') { this.value = value; }
	appendMarkdown(text) { this.value += text; }
}

class Hover {
	constructor(contents, range) { Object.assign(this, { contents, range }); }
}

class CodeActionKind {
	constructor(value) { this.value = value; }
	append(part) { return new CodeActionKind(this.value + '.' + part); }
}
for (const kind of ['Empty', 'QuickFix', 'Refactor', 'RefactorExtract', 'RefactorInline', 'RefactorMove', 'RefactorRewrite', 'Source', 'SourceOrganizeImports', 'SourceFixAll', 'Notebook']) {
	CodeActionKind[kind] = new CodeActionKind(kind);
}

// fake returns an API whose window shows one document.
exports.fake = function fake({ folder, document, settings }) {
	const seen = { diagnostics: new Map(), commands: new Map(), errors: [], document: undefined, actions: undefined, hover: undefined };
	const opened = {
		uri: Uri.file(document.path), languageId: 'go', version: 1, isDirty: false, isClosed: false,
		fileName: document.path, getText: () => document.text, lineCount: document.text.split('\n').length,
	};
	seen.document = opened;
	const answers = (target, known) => new Proxy(target, { get: (object, name) => name in object ? object[name] : known });
	const api = {
		Position, Range, Uri, EventEmitter, CancellationTokenSource, Diagnostic, DiagnosticRelatedInformation, Location, Disposable, CodeActionKind,
		TextEdit, SnippetString, SnippetTextEdit, WorkspaceEdit, CodeAction, MarkdownString, Hover,
		version: '1.91.0',
		env: answers({ appName: 'none', language: 'en' }, anything),
		DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
		DiagnosticTag: { Unnecessary: 1, Deprecated: 2 },
		commands: answers({
			registerCommand: (name, run) => {
				seen.commands.set(name, run);
				return { dispose() {} };
			},
		}, anything),
		window: answers({
			showErrorMessage: text => { seen.errors.push(text); },
			visibleTextEditors: [{ document: opened }], activeTextEditor: { document: opened },
			tabGroups: answers({ all: [] }, anything),
			createOutputChannel: () => anything,
		}, anything),
		languages: answers({
			match: () => 10,
			registerCodeActionsProvider: (_, provider) => {
				seen.actions = provider;
				return { dispose() {} };
			},
			registerHoverProvider: (_, provider) => {
				seen.hover = provider;
				return { dispose() {} };
			},
			createDiagnosticCollection: () => answers({
				set: (uri, list) => seen.diagnostics.set(uri.toString(), list),
				delete: uri => seen.diagnostics.delete(uri.toString()),
			}, anything),
		}, anything),
		workspace: answers({
			textDocuments: [opened], notebookDocuments: [], workspaceFolders: [{ uri: Uri.file(folder), name: 'tour', index: 0 }],
			getConfiguration: () => ({ get: (name, otherwise) => settings[name] ?? otherwise, inspect: () => undefined }),
			getWorkspaceFolder: () => undefined,
		}, anything),
	};
	return { api: answers(api, anything), seen };
};
