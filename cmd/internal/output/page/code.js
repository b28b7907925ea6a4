// Source code, annotated.

// tokens matches what is coloured in a line of Go; a comment, raw string or
// other thing that began on another line is taken for code.
const tokens = new RegExp([
	/(?<comment>\/\/.*|\/\*.*?(?:\*\/|$))/,
	/(?<string>"(?:\\.|[^"\\])*"?|`[^`]*`?|'(?:\\.|[^'\\])+')/,
	/(?<number>\b\d[\w.]*)/,
	/(?<keyword>\b(?:break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import|interface|map|package|range|return|select|struct|switch|type|var)\b)/,
	/(?<call>\b\w+(?=\())/,
].map(r => r.source).join("|"), "g");

// sources shows each place of a finding in its file.
function sources(f) {
	const files = new Map();
	const at = (p, note) => {
		if (!p.file || !p.line) return;
		if (!files.has(p.file)) files.set(p.file, []);
		files.get(p.file).push({...p, ...note});
	};
	at(f, {text: f.message, main: true});
	(f.notes || []).forEach((n, i) => at(n, {step: i + 1, who: f.goroutines ? f.goroutines[n.lane] : "", text: n.text, lane: n.lane}));
	return [...files].map(([file, places]) => el("figure", {}, el("figcaption", {className: "mono"}, file), source(file, places)));
}

function source(file, places) {
	const lines = data.files[file] || {};
	const wanted = new Set();
	for (const p of places) {
		for (let n = p.line - 4; n <= Math.min(Math.max(p.line, p.endLine), p.line + 12) + 4; n++) if (n in lines) wanted.add(n);
	}
	const box = el("div", {className: "source mono", tabIndex: 0, role: "group"});
	box.setAttribute("aria-label", "source of " + file);
	let before = 0;
	for (const n of [...wanted].sort((a, b) => a - b)) {
		if (before && n > before + 1) box.append(el("div", {className: "gap"}, "⋮"));
		before = n;
		const on = places.filter(p => p.line <= n && n <= Math.max(p.line, p.endLine));
		const line = el("div", {className: on.length ? "line on" : "line"}, el("span", {className: "no"}, n), ...marked(lines[n], on, n));
		line.dataset.at = file + ":" + n;
		box.append(line);
		for (const p of places.filter(p => p.line === n)) box.append(note(p));
	}
	if (!wanted.size) box.append(el("div", {className: "soft"}, "(the source isn't there)"));
	return box;
}

// note stands below the line that it is about.
function note(p) {
	if (p.main) return el("div", {className: "note main"}, p.text);
	return el("div", {className: "note"}, badge(p.step, p.lane), p.who ? el("span", {className: "who " + lane(p.lane)}, p.who) : null, p.text);
}

// marked cuts a line where its colour or the places on it change.
function marked(text, places, n) {
	const kind = new Array(text.length).fill(""), on = new Array(text.length).fill(false);
	for (const m of text.matchAll(tokens)) {
		const name = Object.keys(m.groups).find(k => m.groups[k] !== undefined);
		kind.fill(name, m.index, m.index + m[0].length);
	}
	for (const p of places) {
		const from = n === p.line ? Math.max(p.column - 1, 0) : 0;
		const to = p.endLine === n && p.endColumn ? p.endColumn - 1 : p.endLine > n ? text.length : from + 1;
		on.fill(true, from, Math.max(to, from));
	}
	const parts = [];
	for (let i = 0; i < text.length;) {
		let j = i;
		while (j < text.length && on[j] === on[i] && kind[j] === kind[i]) j++;
		const piece = text.slice(i, j);
		parts.push(on[i] ? el("mark", {className: kind[i]}, piece) : kind[i] ? el("span", {className: kind[i]}, piece) : piece);
		i = j;
	}
	return parts;
}
