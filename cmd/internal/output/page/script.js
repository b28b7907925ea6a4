// The overview, the filters and the list of findings.

const batch = 100; // findings that are listed at once
const few = 7;     // rows of an overview that are shown without asking

const filters = {search: $("search"), check: $("by-check"), package: $("by-package"), severity: $("by-severity")};
let shown = data.findings, listed = 0;

// counts returns [value, count] pairs, the most frequent first.
function counts(key) {
	const n = new Map();
	for (const f of data.findings) n.set(f[key], (n.get(f[key]) || 0) + 1);
	return [...n].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function overview() {
	let text = plural(data.findings.length, "finding") + " in " + plural(data.packages, "package") + ", by " + data.tool.name + " " + data.tool.version;
	if (data.omitted) text += "; " + plural(data.omitted, "finding") + " more, left out by -max";
	if (data.interrupted) text += "; interrupted, so there may be more";
	$("summary").textContent = text;
	for (const p of data.problems) {
		$("problems").hidden = false;
		$("problems").append(el("p", {className: "problem"}, el("span", {className: "mono"}, where(p) || p.package), " " + p.message));
	}
	severities();
	const packages = counts("package"), prefix = common(packages.map(([name]) => name));
	table("check", counts("check"), name => name, name => data.checks[name].summary);
	table("package", packages, name => name.slice(prefix.length) || name);
	if (prefix) $("prefix").textContent = prefix + "…";
	$("overview").hidden = data.findings.length === 0;
	$("filters").hidden = data.findings.length === 0;
	$("nothing").hidden = data.findings.length > 0;
}

// severities counts in large figures, which filter.
function severities() {
	const n = new Map(counts("severity"));
	for (const word of ["error", "warning", "info"]) {
		if (!n.get(word)) continue;
		const b = choose("severity", word, "");
		b.className = "figure " + word;
		b.append(el("b", {}, n.get(word)), " " + (word === "info" ? word : plural(n.get(word), word).replace(/^\S+ /, "")));
		$("severities").append(b);
	}
}

// common returns what all names begin with, up to a slash.
function common(names) {
	if (names.length < 2) return "";
	let prefix = names[0].slice(0, names[0].lastIndexOf("/") + 1);
	while (prefix && !names.every(n => n.startsWith(prefix))) prefix = prefix.slice(0, prefix.lastIndexOf("/", prefix.length - 2) + 1);
	return prefix;
}

// table fills an overview: a row for each value with a bar for its count.
function table(filter, rows, shortName, summary) {
	const body = $(filter + "s").tBodies[0], most = rows.length ? rows[0][1] : 1;
	rows.forEach(([name, n], i) => {
		const bar = el("span", {className: "bar"});
		bar.style.width = Math.max(4, 100 * n / most) + "%";
		const row = el("tr", {hidden: i >= few + 1 && rows.length > few + 2, className: i >= few + 1 ? "further" : ""},
			el("td", {}, choose(filter, name, shortName(name) || "(none)"), summary ? el("div", {className: "soft small"}, summary(name)) : null),
			el("td", {className: "number"}, n), el("td", {className: "bars"}, bar));
		body.append(row);
		filters[filter].append(el("option", {value: name}, name + " (" + n + ")"));
	});
	const hidden = [...body.rows].filter(r => r.hidden);
	if (hidden.length) {
		const all = el("button", {type: "button", className: "all", onclick() { hidden.forEach(r => { r.hidden = false; }); all.remove(); }}, "Show all " + rows.length);
		body.parentElement.after(all);
	}
}

// choose is a button that filters by a value.
function choose(filter, value, text) {
	return el("button", {type: "button", className: "mono", title: "Show only " + value, onclick() {
		filters[filter].value = value;
		apply();
		$("filters").scrollIntoView();
		$("findings").focus({preventScroll: true});
	}}, text);
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
		el("span", {className: "message"}, f.message),
		el("span", {className: "tags"},
			el("span", {className: "severity " + f.severity}, f.severity),
			el("span", {className: "tag mono"}, f.name),
			f.low ? el("span", {className: "tag"}, "low confidence") : null,
			f.suppressed ? el("span", {className: "tag"}, "suppressed: " + f.suppressed) : null,
			(f.fixes || []).length ? el("span", {className: "tag"}, "has a fix") : null,
			el("span", {className: "where mono"}, where(f))));
	const d = el("details", {className: f.severity, id: f.id ? "f-" + f.id : ""}, head);
	d.addEventListener("toggle", () => { if (d.open) fill(d, f); });
	return d;
}

// fill draws the inside of a finding when it is first opened.
function fill(d, f) {
	if (d.lastElementChild.className === "inside") return;
	const inside = el("div", {className: "inside"});
	if (f.goroutines) inside.append(el("h3", {}, "How it happens"), el("div", {className: "schedule"}, diagram(f), steps(f, inside)));
	inside.append(el("h3", {}, "Source"), ...sources(f));
	for (const fix of f.fixes || []) inside.append(el("p", {className: "fix"}, "Fix: " + fix + ". ", el("code", {}, "goconclint -fix -" + f.check)));
	const check = data.checks[f.check];
	const foot = el("p", {className: "soft"}, f.check + (check.summary ? ": " + check.summary : ""));
	if (/^https?:/.test(check.url)) foot.append(" (", el("a", {href: check.url, rel: "noreferrer"}, "documentation"), ")");
	inside.append(foot);
	d.append(inside);
}

// steps says in words what the diagram shows; each leads to its line.
function steps(f, inside) {
	const list = el("ol", {className: "steps"});
	f.notes.forEach((n, i) => {
		const place = el("button", {type: "button", className: "mono", title: "Show the line", onclick() {
			const line = [...inside.querySelectorAll(".line")].find(e => e.dataset.at === n.file + ":" + n.line);
			if (!line) return;
			line.scrollIntoView({block: "center"});
			line.classList.remove("flash");
			void line.offsetWidth; // starts the animation again
			line.classList.add("flash");
		}}, n.file.split("/").pop() + ":" + n.line);
		list.append(el("li", {className: n.last ? "last" : ""}, badge(i + 1, n.lane), el("span", {}, el("span", {className: "who " + lane(n.lane)}, f.goroutines[n.lane]), n.text + " ", place)));
	});
	return list;
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
	closed.forEach(d => { fill(d, shown[[...d.parentElement.children].indexOf(d)]); d.open = true; });
});
addEventListener("afterprint", () => closed.forEach(d => { d.open = false; }));

overview();
apply();
const linked = location.hash.startsWith("#f-") ? data.findings.findIndex(f => "#f-" + f.id === location.hash) : -1;
if (linked >= 0) {
	more(Math.max(0, linked + 1 - listed));
	const d = $(location.hash.slice(1));
	d.open = true;
	d.scrollIntoView();
}
