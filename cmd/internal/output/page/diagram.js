// The schedule as a sequence diagram: time goes downwards, with a lifeline for
// each goroutine from where it starts, locks as bars beside it while they are
// held, arrows where goroutines meet, and what is to blame framed. A goroutine
// that waits for ever ends in a dotted line.

const laneWidth = 256, boxWidth = 190, boxChars = 25, lineHeight = 15, headHeight = 26, gap = 12;

function diagram(f) {
	const x = i => 56 + i * laneWidth, top = headHeight + 8;
	let y = top + 12;
	const rows = f.notes.map(n => {
		const lines = wrap(n.text, boxChars), height = (lines.length + 1) * lineHeight + 9, r = {n, lines, y, height, middle: y + 14};
		y += height + gap;
		return r;
	});
	const width = x(f.goroutines.length - 1) + boxWidth + 24, height = y;
	const drawing = svg("svg", {width, height, viewBox: `0 0 ${width} ${height}`, role: "img"},
		svg("title", {}, "Sequence diagram: " + f.message));
	f.goroutines.forEach((name, i) => drawing.append(lifeline(name, i, rows, x(i), top, height)));
	(f.holds || []).forEach((h, k) => {
		const beside = f.holds.slice(0, k).filter(o => o.lane === h.lane && o.from <= h.to && h.from <= o.to).length;
		drawing.append(hold(h, rows, x(h.lane), beside));
	});
	rows.forEach((r, i) => {
		if (r.n.target >= 0 && r.n.target !== r.n.lane) drawing.append(meeting(r, x(r.n.lane), x(r.n.target)));
		drawing.append(step(r, i, x(r.n.lane)));
	});
	const box = el("div", {className: "diagram", tabIndex: 0, role: "group"}, drawing);
	box.setAttribute("aria-label", "schedule; the list beside it says the same in words");
	return box;
}

// lifeline is faint until the goroutine is started.
function lifeline(name, i, rows, x, top, height) {
	const own = rows.filter(r => r.n.lane === i), met = rows.find(r => r.n.target === i);
	const start = met && (!own.length || met.y < own[0].y) ? met : null; // whom nobody starts is there from the beginning
	const last = own[own.length - 1], stuck = last && last.n.waits && last.n.last;
	const begin = start ? start.middle : top, end = stuck ? last.middle : height - 6;
	const g = svg("g", {class: lane(i)},
		svg("line", {class: "before", x1: x, x2: x, y1: top - 2, y2: begin}),
		svg("line", {class: "life", x1: x, x2: x, y1: begin, y2: end}));
	if (stuck) g.append(svg("line", {class: "stuck", x1: x, x2: x, y1: end, y2: height - 2}));
	if (start) g.append(svg("circle", {class: "born", cx: x, cy: begin, r: 3}));
	g.append(svg("g", {class: "head"},
		svg("rect", {x: x - 12, y: 4, width: boxWidth + 28, height: headHeight, rx: 13}),
		svg("text", {x: x + 2, y: 21}, name.length > 28 ? name.slice(0, 27) + "…" : name)));
	return g;
}

// meeting is an arrow from one goroutine to another.
function meeting(r, from, to) {
	const way = to > from ? 1 : -1, begin = way > 0 ? from + 16 + boxWidth : from - 11, end = to - 3 * way, y = r.middle;
	return svg("g", {class: "meets " + lane(r.n.lane)},
		svg("line", {x1: begin, x2: end - 6 * way, y1: y, y2: y}),
		svg("path", {d: `M${end} ${y}l${-9 * way} -4.5v9z`}));
}

function hold(h, rows, x, beside) {
	const from = rows[h.from].y, height = rows[h.to].y + rows[h.to].height - from, left = x - 20 - 9 * beside;
	const g = svg("g", {class: lane(h.lane)}, svg("rect", {class: "hold", x: left, y: from, width: 6, height, rx: 3}, svg("title", {}, "holds " + h.lock)));
	if (!beside && height > 7 * h.lock.length) {
		g.append(svg("text", {class: "lock", transform: `translate(${left - 5} ${from + height / 2}) rotate(-90)`, "text-anchor": "middle"}, h.lock));
	}
	return g;
}

function step(r, i, x) {
	const n = r.n;
	const g = svg("g", {class: "step " + lane(n.lane) + (n.last ? " last" : "") + (n.waits ? " waits" : "")},
		svg("rect", {class: "box", x: x + 16, y: r.y, width: boxWidth, height: r.height, rx: 5}),
		svg("circle", {class: "number", cx: x, cy: r.middle, r: 10}),
		svg("text", {class: "number", x, y: r.middle + 4, "text-anchor": "middle"}, i + 1));
	r.lines.forEach((line, k) => g.append(svg("text", {x: x + 24, y: r.y + 18 + k * lineHeight}, line)));
	g.append(svg("text", {class: "place", x: x + 24, y: r.y + 18 + r.lines.length * lineHeight}, n.file.split("/").pop() + ":" + n.line));
	return g;
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
