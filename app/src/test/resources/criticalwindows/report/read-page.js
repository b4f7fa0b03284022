// Runs a page's own script outside of a browser and prints what a reader sees, an element a line;
// then once more after each button of the words given was pressed.
//
//   node read-page.js page.html [words on a button]…
'use strict';
const fs = require('node:fs');
const vm = require('node:vm');

class Node {
  constructor(tag) { this.tag = tag; this.attributes = {}; this.children = []; this.style = {}; this.listeners = {}; this.scrollTop = 0; }
  setAttribute(name, value) { this.attributes[name] = String(value); }
  append(...children) { this.children.push(...children); }
  prepend(...children) { this.children.unshift(...children); }
  replaceChildren(...children) { this.children = children; }
  addEventListener(kind, listener) { this.listeners[kind] = listener; }
  all() { return this.children.flatMap((child) => (child instanceof Node ? [child, ...child.all()] : [])); }
  querySelector(tag) { return this.all().find((node) => node.tag === tag) ?? null; }
  get textContent() { return this.children.map((child) => (child instanceof Node ? child.textContent : String(child))).join(''); }
}

const BLOCKS = new Set(['p', 'div', 'h1', 'h2', 'tr', 'li', 'dt', 'dd', 'summary', 'text', 'title', 'button', 'section', 'table']);
const lines = (node) => {
  const out = [''];
  const walk = (at) => {
    for (const child of at.children) {
      if (!(child instanceof Node)) out[out.length - 1] += String(child);
      else {
        if (BLOCKS.has(child.tag)) out.push('');
        else if (child.tag === 'td' || child.tag === 'th') out[out.length - 1] += ' | ';
        walk(child);
        if (child.attributes.title) out.push(`title: ${child.attributes.title}`, '');
        if (BLOCKS.has(child.tag)) out.push('');
      }
    }
  };
  walk(node);
  return out.map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line).join('\n');
};

const [file, ...buttons] = process.argv.slice(2);
const html = fs.readFileSync(file, 'utf8');
const element = (begin) => { const from = html.indexOf(begin) + begin.length; return html.slice(from, html.indexOf('</script>', from)); };
const data = new Node('script');
data.append(element('<script type="application/json" id="data">'));
const page = new Node('main');
const document = {
  getElementById: (id) => ({ data, page })[id],
  createElement: (tag) => new Node(tag),
  createElementNS: (space, tag) => new Node(tag),
  addEventListener: () => {},
};
const location = { hash: '', replace: (to) => { location.hash = to; } };
vm.runInNewContext(element('</script>\n<script>'), { document, location });
console.log(lines(page));
for (const words of buttons) {
  const button = page.all().find((node) => node.tag === 'button' && node.textContent.includes(words));
  if (!button) throw new Error(`no button says ${words}`);
  button.listeners.click();
  console.log(lines(page));
}
