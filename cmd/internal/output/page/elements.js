// What the other scripts draw with. They are put together in one function.

const data = JSON.parse(document.getElementById("data").textContent);
const $ = id => document.getElementById(id);

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
const lane = i => "lane" + (i < 0 ? "" : i % 5);

// badge is the number of a step in the colour of its goroutine.
const badge = (n, i) => el("span", {className: "badge " + lane(i)}, n);
