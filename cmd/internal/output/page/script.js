"use strict";
(() => {
	const data = JSON.parse(document.getElementById("data").textContent);
	const $ = id => document.getElementById(id);
	const batch = 100; // findings that are listed at once

	// el makes an element with properties and children; strings become text.
	const el = (tag, props = {}, ...children) => {
		const e = Object.assign(document.createElement(tag), props);
		e.append(...children.filter(c => c !== null && c !== undefined));
		return e;
	};
	const svg = (tag, attributes = {}, ...children) => {
		const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
		for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
		e.append(...children);
		return e;
	};
	const plural = (n, noun) => n === 1 ? "1 " + noun : (n === 0 ? "no" : n) + " " + noun + "s";
	const where = p => p.line ? p.file + ":" + p.line + (p.column ? ":" + p.column : "") : p.file;

	// counts returns [value, count] pairs, the most frequent first.
	const counts = key => {
		const n = new Map();
		for (const f of data.findings) n.set(f[key], (n.get(f[key]) || 0) + 1);
		return [...n].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
	};

	const filters = {search: $("search"), check: $("by-check"), package: $("by-package"), severity: $("by-severity")};
	let shown = data.findings, listed = 0;

	function overview() {
		let text = plural(data.findings.length, "finding") + " in " + plural(data.packages, "package") + ", by " + data.tool.name + " " + data.tool.version;
		if (data.omitted) text += "; " + plural(data.omitted, "finding") + " more, left out by -max";
		if (data.interrupted) text += "; interrupted, so there may be more";
		$("summary").textContent = text;
		for (const p of data.problems) {
			$("problems").hidden = false;
			$("problems").append(el("p", {className: "problem"}, (where(p) || p.package) + ": " + p.message));
		}
		for (const [name, n] of counts("check")) {
			const check = data.checks[name];
			$("checks").tBodies[0].append(el("tr", {}, el("td", {}, choose("check", name)), el("td", {className: "number"}, n), el("td", {className: "soft"}, check.summary)));
			filters.check.append(el("option", {value: name}, name + " (" + n + ")"));
		}
		for (const [name, n] of counts("package")) {
			$("packages").tBodies[0].append(el("tr", {}, el("td", {}, choose("package", name)), el("td", {className: "number"}, n)));
			filters.package.append(el("option", {value: name}, name + " (" + n + ")"));
		}
		for (const id of ["checks", "packages"]) $(id).parentElement.classList.add("scroll");
	}

	// choose is a button that filters by a value.
	function choose(filter, value) {
		return el("button", {type: "button", className: "mono", title: "Show only " + value, onclick() {
			filters[filter].value = value;
			apply();
			$("filters").scrollIntoView();
			$("findings").focus();
		}}, value || "(none)");
	}

	function apply() {
		const words = filters.search.value.toLowerCase().split(/\s+/).filter(Boolean);
		shown = data.findings.filter(f =>
			(!filters.check.value || f.check === filters.check.value) &&
			(!filters.package.value || f.package === filters.package.value) &&
			(!filters.severity.value || f.severity === filters.severity.value) &&
			words.every(w => (f.search ??= (f.message + " " + f.file + " " + f.name + " " + f.package).toLowerCase()).includes(w)));
		listed = 0;
		$("findings").replaceChildren();
		$("count").textContent = shown.length === data.findings.length ? plural(shown.length, "finding") : plural(shown.length, "finding") + " of " + data.findings.length;
		more(batch);
	}

	function more(n) {
		const part = document.createDocumentFragment();
		for (const f of shown.slice(listed, listed + n)) part.append(row(f));
		listed = Math.min(listed + n, shown.length);
		$("findings").append(part);
		$("more").hidden = listed === shown.length;
		$("more").textContent = "Show more (" + (shown.length - listed) + " left)";
	}

	function row(f) {
		const head = el("summary", {},
			el("span", {className: "severity " + f.severity}, f.severity), " ", f.message, " ",
			el("span", {className: "tag"}, f.name),
			f.low ? el("span", {className: "tag"}, "low confidence") : null,
			f.suppressed ? el("span", {className: "tag"}, "suppressed: " + f.suppressed) : null,
			el("span", {className: "where mono"}, where(f)));
		const d = el("details", {className: f.severity, id: f.id ? "f-" + f.id : ""}, head);
		d.addEventListener("toggle", () => { if (d.open) fill(d, f); });
		return d;
	}

	// fill draws the inside of a finding when it is first opened.
	function fill(d, f) {
		if (d.lastElementChild.className === "inside") return;
		const inside = el("div", {className: "inside"});
		if (f.goroutines) {
			inside.append(el("h3", {}, "How it happens"), diagram(f));
			const steps = el("ol", {className: "steps"});
			for (const n of f.notes) {
				steps.append(el("li", {className: n.last ? "last" : ""}, el("span", {className: "lane" + n.lane % 5}, f.goroutines[n.lane]), " " + n.text + " ", el("span", {className: "soft mono"}, where(n))));
			}
			inside.append(steps);
		}
		inside.append(el("h3", {}, "Source"), ...sources(f));
		for (const fix of f.fixes || []) inside.append(el("p", {}, "Fix: " + fix + " ", el("code", {}, "goconclint -fix")));
		const check = data.checks[f.check];
		const foot = el("p", {className: "soft"}, f.check + (check.summary ? ": " + check.summary : ""));
		if (/^https?:/.test(check.url)) foot.append(" (", el("a", {href: check.url, rel: "noreferrer"}, "documentation"), ")");
		inside.append(foot);
		d.append(inside);
	}

	// sources shows each place of a finding in its file, annotated.
	function sources(f) {
		const files = new Map();
		const at = (p, text, main) => {
			if (!p.file || !p.line) return;
			if (!files.has(p.file)) files.set(p.file, []);
			files.get(p.file).push({...p, text, main});
		};
		at(f, f.message, true);
		(f.notes || []).forEach((n, i) => at(n, (i + 1) + " " + (f.goroutines ? f.goroutines[n.lane] + " " : "") + n.text, false));
		return [...files].map(([file, places]) => el("figure", {style: "margin: 0"}, el("figcaption", {className: "mono"}, file), source(file, places)));
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
			if (before && n > before + 1) box.append(el("div", {className: "gap"}, "     ⋮"));
			before = n;
			const here = places.filter(p => p.line === n);
			box.append(el("div", {}, el("span", {className: "no"}, n), ...marked(lines[n], places.filter(p => p.line <= n && n <= Math.max(p.line, p.endLine)), n)));
			for (const p of here) box.append(el("div", {className: "note"}, p.main ? el("b", {}, "▲ " + p.text) : "▲ " + p.text));
		}
		if (!wanted.size) box.append(el("div", {}, "(the source isn't there)"));
		return box;
	}

	// marked cuts a line at the ranges of the places on it.
	function marked(text, places, n) {
		const on = new Array(text.length).fill(false);
		for (const p of places) {
			const from = n === p.line ? Math.max(p.column - 1, 0) : 0;
			const to = p.endLine === n && p.endColumn ? p.endColumn - 1 : p.endLine > n ? text.length : from + 1;
			for (let i = from; i < to && i < text.length; i++) on[i] = true;
		}
		const parts = [];
		for (let i = 0; i < text.length;) {
			let j = i;
			while (j < text.length && on[j] === on[i]) j++;
			parts.push(on[i] ? el("mark", {}, text.slice(i, j)) : text.slice(i, j));
			i = j;
		}
		return parts;
	}

	// wrap cuts text into lines of at most a number of characters.
	function wrap(text, width) {
		const lines = [""];
		for (let word of text.split(" ")) {
			while (word.length > width) {
				if (lines[lines.length - 1]) lines.push("");
				lines[lines.length - 1] = word.slice(0, width);
				lines.push("");
				word = word.slice(width);
			}
			const last = lines[lines.length - 1];
			if (last && last.length + 1 + word.length > width) lines.push(word);
			else lines[lines.length - 1] = last ? last + " " + word : word;
		}
		return lines;
	}

	// diagram draws the schedule: a lifeline per goroutine, time downwards,
	// locks as bars beside the lifeline, arrows where goroutines meet.
	function diagram(f) {
		const lane = 250, chars = 27, lineHeight = 15, top = 44, gap = 14, x = i => 44 + i * lane + 24;
		let y = top + 8;
		const rows = f.notes.map(n => {
			const lines = wrap(n.text, chars), height = (lines.length + 1) * lineHeight + 10, r = {n, lines, y, height};
			y += height + gap;
			return r;
		});
		const width = 44 + f.goroutines.length * lane, height = y + 6;
		const drawing = svg("svg", {width, height, viewBox: `0 0 ${width} ${height}`, role: "img"},
			svg("title", {}, "Sequence diagram: " + f.message));
		const marker = "arrow-" + (f.id || Math.random().toString(36).slice(2));
		drawing.append(svg("defs", {}, svg("marker", {id: marker, viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse"}, svg("path", {d: "M0 0L8 4L0 8z", fill: "context-stroke"}))));
		f.goroutines.forEach((name, i) => {
			drawing.append(svg("line", {class: "life", x1: x(i), x2: x(i), y1: top - 8, y2: height - 4}),
				svg("g", {class: "head lane" + i % 5},
					svg("rect", {class: "box", x: x(i) - 16, y: 6, width: lane - 20, height: 26, rx: 4, stroke: "currentColor"}),
					svg("text", {x: x(i) - 6, y: 23, "font-weight": 600}, name.length > 30 ? name.slice(0, 29) + "…" : name)));
		});
		(f.holds || []).forEach((h, k) => {
			const beside = f.holds.slice(0, k).filter(o => o.lane === h.lane && o.from <= h.to && h.from <= o.to).length;
			const from = rows[h.from].y, to = rows[h.to].y + rows[h.to].height;
			drawing.append(svg("g", {class: "lane" + h.lane % 5}, svg("rect", {class: "hold", x: x(h.lane) - 8 - 10 * beside, y: from, width: 7, height: to - from, rx: 2, fill: "currentColor"}, svg("title", {}, "holds " + h.lock))));
		});
		rows.forEach((r, i) => {
			const n = r.n, middle = r.y + 13, left = x(n.lane);
			if (n.target >= 0 && n.target !== n.lane) {
				const from = n.target > n.lane ? left + lane - 36 : left, to = n.target > n.lane ? x(n.target) : x(n.target);
				drawing.append(svg("g", {class: "lane" + n.lane % 5}, svg("line", {x1: from, x2: to, y1: middle, y2: middle, stroke: "currentColor", "stroke-width": 1.5, "marker-end": `url(#${marker})`})));
			}
			const g = svg("g", {class: "step lane" + n.lane % 5 + (n.last ? " last" : "") + (n.waits ? " waits" : "")},
				svg("rect", {class: "box", x: left + 8, y: r.y, width: lane - 44, height: r.height, rx: 4, stroke: "currentColor"}),
				svg("circle", {cx: left, cy: middle, r: 4, fill: "currentColor"}));
			r.lines.forEach((line, k) => g.append(svg("text", {x: left + 15, y: r.y + 17 + k * lineHeight}, line)));
			g.append(svg("text", {class: "order", x: left + 15, y: r.y + 17 + r.lines.length * lineHeight}, n.file.split("/").pop() + ":" + n.line));
			drawing.append(svg("text", {class: "order", x: 4, y: middle + 4}, i + 1), g);
		});
		const box = el("div", {className: "diagram", tabIndex: 0, role: "group"}, drawing);
		box.setAttribute("aria-label", "schedule; the list below says the same in words");
		return box;
	}

	// move goes to the next or previous finding.
	function move(by) {
		const all = [...document.querySelectorAll("#findings summary")];
		let i = all.indexOf(document.activeElement.closest("#findings summary"));
		i = i < 0 ? (by > 0 ? 0 : all.length - 1) : i + by;
		if (i >= all.length && listed < shown.length) { more(batch); return move(by); }
		if (all[i]) { all[i].focus(); all[i].scrollIntoView({block: "nearest"}); }
	}

	document.addEventListener("keydown", e => {
		if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) {
			if (e.key === "Escape") { e.preventDefault(); e.target.blur(); } // a search would be emptied
			return;
		}
		if (e.key === "/") { e.preventDefault(); filters.search.focus(); }
		if (e.key === "j") move(1);
		if (e.key === "k") move(-1);
	});
	let typing;
	filters.search.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(apply, 80); });
	for (const name of ["check", "package", "severity"]) filters[name].addEventListener("change", apply);
	$("filters").addEventListener("submit", e => { e.preventDefault(); apply(); });
	$("filters").addEventListener("reset", () => setTimeout(apply));
	$("more").addEventListener("click", () => more(batch));

	// On paper everything that is listed is open.
	let closed = [];
	addEventListener("beforeprint", () => {
		more(Math.min(shown.length, 1000) - listed);
		closed = [...document.querySelectorAll("#findings details:not([open])")];
		closed.forEach((d, i) => { fill(d, shown[[...d.parentElement.children].indexOf(d)]); d.open = true; });
	});
	addEventListener("afterprint", () => closed.forEach(d => { d.open = false; }));

	overview();
	apply();
	const linked = location.hash.startsWith("#f-") && data.findings.findIndex(f => "#f-" + f.id === location.hash);
	if (typeof linked === "number" && linked >= 0) {
		more(Math.max(0, linked + 1 - listed));
		const d = $(location.hash.slice(1));
		d.open = true;
		d.scrollIntoView();
	}
})();
