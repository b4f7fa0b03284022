
'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const page = document.getElementById('page');
  const SVG = 'http://www.w3.org/2000/svg';

  // Everything a model wrote goes through text nodes: nothing is ever parsed as markup.
  const fill = (node, attributes, children) => {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === 'onclick') node.addEventListener('click', value);
      else if (value !== undefined && value !== false) node.setAttribute(name, value);
    }
    for (const child of children.flat(Infinity)) if (child !== undefined && child !== null && child !== false && child !== 0) node.append(child);
    return node;
  };
  const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
  const share = (value) => (value === 0 || value === 1 ? String(value) : value.toFixed(2).replace(/^0/, ''));
  const estimate = ([k, n]) => (n ? k / n : undefined);
  const fine = (value) => value.toFixed(3).replace(/^0/, '');
  const spoken = (mean) => (mean[1] ? `${share(estimate(mean))} [${share(mean[2])}, ${share(mean[3])}]` : '–');

  let current = 0;
  let level = 0;
  let only = 'all';
  let from = 0;

  const kinds = [['consistent', 'same', 'resample = original'], ['right', 'right', 'resample right'], ['stumpRight', 'stump', 'stump right']];

  // ---- charts
  const W = 640, H = 240, L = 34, R = 12, T = 10, B = 28;
  const y = (p) => T + (1 - p) * (H - T - B);
  const frame = (label) => {
    const root = svg('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': label });
    for (const p of [0, .5, 1]) {
      root.append(svg('line', { class: 'axis', x1: L, x2: W - R, y1: y(p), y2: y(p) }));
      root.append(svg('text', { x: L - 8, y: y(p) + 4, 'text-anchor': 'end' }, share(p)));
    }
    return root;
  };
  const path = (points) => points.map(([a, b], i) => `${i ? 'L' : 'M'}${a.toFixed(1)} ${b.toFixed(1)}`).join(' ');

  const summaryChart = () => {
    const levels = data.summary.levels;
    const root = frame('mean consistency, accuracy and stump accuracy by fraction kept');
    const x = (f) => L + f * (W - L - R);
    for (const [key, name] of kinds) {
      const points = levels.filter((l) => l[key][1]);
      if (!points.length) continue;
      const edge = points.map((l) => [x(l.fraction), y(l[key][3])]).concat(points.slice().reverse().map((l) => [x(l.fraction), y(l[key][2])]));
      root.append(svg('path', { class: `band f-${name}`, d: path(edge) + 'Z' }));
      root.append(svg('path', { class: `line s-${name}`, d: path(points.map((l) => [x(l.fraction), y(estimate(l[key]))])) }));
      for (const l of points) root.append(svg('circle', { class: `f-${name}`, cx: x(l.fraction), cy: y(estimate(l[key])), r: 3.2 }));
    }
    for (const l of levels) root.append(svg('text', { x: x(l.fraction), y: H - 8, 'text-anchor': 'middle' }, share(l.fraction)));
    return root;
  };

  const problemChart = (problem) => {
    const root = frame('share of resamples that came to the same answer, by tokens kept');
    const length = Math.max(1, problem.tokens.length);
    const x = (kept) => L + kept / length * (W - L - R);
    const levels = problem.levels.filter((l) => l.consistent[1]);
    const picked = problem.levels[level];
    if (picked) root.prepend(svg('rect', { class: 'picked', x: x(picked.kept) - 8, y: T, width: 16, height: H - T - B }));
    if (problem.window) root.prepend(svg('rect', { class: 'windowband', x: x(problem.window[0]), y: T, width: x(problem.window[1]) - x(problem.window[0]), height: H - T - B }));
    root.append(svg('path', { class: 'line s-right dash', d: path(levels.map((l) => [x(l.kept), y(estimate(l.right))])) }));
    root.append(svg('path', { class: 'line s-same' + (exactly(problem) ? ' faint' : ''), d: path(levels.map((l) => [x(l.kept), y(estimate(l.consistent))])) }));
    const known = exactly(problem);
    if (known) {
      const decided = known.steps[known.decisive];
      if (decided) root.append(svg('line', { class: 'decisive', x1: x(decided[0]), x2: x(decided[0]), y1: T, y2: H - B }));
      root.append(svg('path', { class: 'line s-exact', d: path(known.curve.map(([kept, p]) => [x(kept), y(p)])) }));
    }
    const step = Math.ceil(levels.length / 60);
    levels.forEach((l, i) => {
      if (i % step === 0) root.append(svg('line', { class: 'whisker s-same', x1: x(l.kept), x2: x(l.kept), y1: y(l.consistent[2]), y2: y(l.consistent[3]) }));
      root.append(svg('circle', { class: 'f-same', cx: x(l.kept), cy: y(estimate(l.consistent)), r: levels.length > 40 ? 2 : 4 }));
    });
    problem.levels.forEach((l, i) => {
      if (l.stump !== undefined) root.append(svg('rect', { class: l.stumpRight ? 'f-right' : 'f-stump', x: x(l.kept) - 2.5, y: H - B + 3, width: 5, height: 5 }));
      const hit = svg('rect', { class: 'hit', x: x(l.kept) - 10, y: T, width: 20, height: H - T, onclick: () => pick(i) });
      hit.append(svg('title', {}, `${l.kept} tokens kept: same ${l.consistent[0]} of ${l.consistent[1]}, right ${l.right[0]} of ${l.right[1]}, stump ${l.stump}`));
      root.append(hit);
    });
    for (const kept of [0, Math.round(length / 2), length]) root.append(svg('text', { x: x(kept), y: H - 6, 'text-anchor': kept === 0 ? 'start' : kept === length ? 'end' : 'middle' }, `${kept} tokens`));
    return root;
  };

  const spark = (problem) => {
    const root = svg('svg', { viewBox: '0 0 84 24', 'aria-hidden': 'true' });
    const length = Math.max(1, problem.tokens.length);
    const x = (kept) => 2 + kept / length * 80;
    const levels = problem.levels.filter((l) => l.consistent[1]);
    if (problem.window) root.append(svg('rect', { class: 'windowband', x: x(problem.window[0]), y: 1, width: x(problem.window[1]) - x(problem.window[0]), height: 22 }));
    root.append(svg('path', { class: 'line s-same', d: path(levels.map((l) => [x(l.kept), 22 - 20 * estimate(l.consistent)])) }));
    if (exactly(problem)) root.append(svg('path', { class: 'line s-exact', d: path(exactly(problem).curve.map(([kept, p]) => [x(kept), 22 - 20 * p])) }));
    return root;
  };

  // ---- what is exactly known, where the run is on the world
  const exactly = (problem) => (problem.exact && problem.exact.curve ? problem.exact : undefined);
  const apart = ([cells, mean, noise, low, high]) => `${fine(mean)} over ${cells} cut${cells === 1 ? '' : 's'}; sampling noise alone gives ${fine(noise)} [${fine(low)}, ${fine(high)}]`;
  const exactWords = (problem) => {
    const known = problem.exact;
    if (!known) return undefined;
    const say = (...words) => el('p', { class: 'known' }, words);
    if (known.unread) return say('No exact curve: the original has no readable answer.');
    if (known.outside !== undefined) return say(`No exact curve: after token ${known.outside} the original is something the generator never writes.`);
    const decided = known.steps[known.decisive];
    return say(decided
      ? ['Exactly decided at token ', el('b', {}, `${decided[0]} “${problem.tokens[decided[0] - 1][0].trim()}”, +${share(decided[1])}`), ', where the decision ', el('code', {}, decided[2]), ` went the way of odds ${share(decided[3])}. `]
      : 'Exactly certain from the beginning. ',
    known.distance ? `Mean |measured − exact| ${apart(known.distance)}.`
      : data.exact.comparable ? '' : 'The exact curve is the generator’s, at temperature 1 and top-p 1; this run sampled otherwise.');
  };
  const exactTile = (tile) => {
    const e = data.exact;
    if (!e) return undefined;
    const left = [e.outside ? `${e.outside} outside what the generator writes` : '', e.unread ? `${e.unread} without a readable answer` : ''].filter(Boolean).join(', ');
    const all = e.drawn + e.outside + e.unread;
    const counted = `Exact curves for ${e.drawn} of ${all} originals${left ? `; ${left}` : ''}.`;
    if (e.distance) return tile(fine(e.distance[1]), `mean |measured − exact| over ${e.distance[0]} cuts; sampling noise alone gives ${fine(e.distance[2])} [${fine(e.distance[3])}, ${fine(e.distance[4])}]. ${counted}`);
    return tile(`${e.drawn} of ${all}`, `originals with an exact curve${left ? `; ${left}` : ''}.${e.comparable ? '' : ' It is the generator’s, at temperature 1 and top-p 1; this run sampled otherwise, so the distance is not given.'}`);
  };

  // ---- parts
  const legend = () => el('div', { class: 'legend' }, kinds.map(([, name, label]) => el('span', {}, el('i', { class: name }), label)));

  const summary = () => {
    const s = data.summary;
    const unread = Object.entries(s.unread);
    const table = el('table', {}, el('thead', {}, el('tr', {}, ['kept', 'resample = original', 'resample right', 'stump = original', 'stump right', 'resample = stump'].map((t) => el('th', {}, t)))),
      el('tbody', {}, s.levels.map((l) => el('tr', {}, el('td', {}, share(l.fraction)), ['consistent', 'right', 'stumpConsistent', 'stumpRight', 'foreseen'].map((k) => el('td', {}, spoken(l[k])))))));
    const left = s.levels.length
      ? [el('h2', {}, 'Means over problems by fraction kept'), summaryChart(), legend(), el('details', {}, el('summary', {}, 'the numbers'), el('div', { class: 'scroll' }, table))]
      : [el('h2', {}, 'Means over problems'), el('p', { class: 'soft' }, 'Cut at every so many tokens: fractions differ from problem to problem, so there is no mean curve. The problems below have their own.')];
    const tile = (value, label) => el('div', { class: 'tile' }, el('b', {}, value), el('span', {}, label));
    return el('div', { class: 'top' }, el('div', { class: 'card' }, left), el('div', { class: 'card tiles' },
      tile(`${s.windows[0]} of ${s.windows[1]}`, `responses have a window: a jump > .5 between adjacent cuts and no drop < −.3; share ${spoken(s.windows)}`),
      exactTile(tile),
      tile(spoken(s.right), `originals right, ${s.right[0]} of ${s.right[1]}`),
      tile(spoken(s.directRight), 'right when asked without reasoning'),
      tile(String(unread.reduce((a, [, n]) => a + n, 0)), `of ${s.answers.toLocaleString('en')} answers not read${unread.length ? ': ' + unread.map(([k, n]) => `${k} ${n}`).join(', ') : ''}`),
      el('span', { class: 'soft' }, 'Brackets are 95 % intervals; the samples of one problem count as one cluster.')));
  };

  const shown = () => data.problems.map((p, i) => [p, i]).filter(([p]) => only === 'all' || (only === 'window' ? p.window : only === 'wrong' ? !p.right : p.right));

  const list = () => {
    const filter = (name, label) => el('button', { 'aria-pressed': String(only === name), onclick: () => { only = name; draw(); } }, label);
    return el('nav', { class: 'card', 'aria-label': 'problems' },
      el('div', { class: 'bar' }, filter('all', 'all'), filter('window', 'with a window'), filter('wrong', 'wrong'), filter('right', 'right')),
      shown().map(([p, i]) => el('button', { class: 'item', 'aria-current': String(i === current), onclick: () => go(i) },
        el('span', {}, el('div', { class: 'q' }, p.question), el('div', { class: 'a' }, el('span', { class: p.right ? 'good' : 'bad' }, p.right ? '✓ ' : '✗ '), p.answer, p.window ? ` · +${share(p.window[2])} at ${p.window[0] + 1}–${p.window[1]}` : '')), spark(p))));
  };

  const response = (problem) => {
    const cuts = new Map();
    problem.levels.forEach((l, i) => { if (!cuts.has(l.kept)) cuts.set(l.kept, i); });
    const kept = problem.levels[level] ? problem.levels[level].kept : problem.tokens.length;
    const root = el('div', { class: 'response' });
    const steps = new Map((exactly(problem) ? problem.exact.steps : []).filter(([, rise]) => Math.abs(rise) >= .1).map((s) => [s[0] - 1, s]));
    problem.tokens.forEach(([text, logProb], i) => {
      if (cuts.has(i) && cuts.size <= 60) {
        const at = cuts.get(i);
        root.append(el('button', { class: 'cut', 'aria-label': `cut: ${i} tokens kept`, 'aria-current': String(i === kept), title: `cut: ${i} tokens kept`, onclick: () => pick(at) }));
      }
      const inside = problem.window && i >= problem.window[0] && i < problem.window[1];
      const stepped = steps.get(i);
      const why = stepped ? `, exactly ${stepped[1] > 0 ? '+' : '−'}${share(Math.abs(stepped[1]))} by ${stepped[2]} at odds ${share(stepped[3])}` : '';
      root.append(el('span', { class: [inside && 'in', stepped && 'step', i >= kept && 'off'].filter(Boolean).join(' '), title: `token ${i + 1}, log-probability ${logProb}${why}` }, text));
    });
    return root;
  };

  const told = (all) => all.filter((r) => r[3] !== undefined);
  const resamples = (problem) => {
    const l = problem.levels[level];
    if (!l) return el('p', { class: 'soft' }, 'No cut.');
    const groups = new Map();
    for (const r of l.resamples) groups.set(r[0], [...(groups.get(r[0]) || []), r]);
    const sorted = [...groups.entries()].sort((a, b) => b[1].length - a[1].length);
    const steps = problem.levels.length <= 12 ? problem.levels.map((each, i) => el('button', { 'aria-pressed': String(i === level), onclick: () => pick(i) }, share(each.fraction)))
      : [el('button', { onclick: () => pick(level - 1) }, '←'), el('button', { onclick: () => pick(level + 1) }, '→')];
    return [el('div', { class: 'chips' }, steps),
      el('p', {}, el('br'), `${l.kept} of ${problem.tokens.length} tokens kept. Same answer as the original: ${l.consistent[0]} of ${l.consistent[1]}, ${spoken(l.consistent)}. Right: ${spoken(l.right)}. `,
        l.stump === undefined ? '' : `Asked at this very point, the model says ${l.stump}${l.stumpRight ? ' (right)' : ''}.`),
      sorted.map(([answer, all]) => {
        const bar = el('div', { class: all[0][2] ? 'right' : all[0][1] ? 'same' : '' });
        bar.style.width = `${100 * all.length / l.resamples.length}%`;
        return el('div', { class: 'group' },
          el('div', { class: 'name' }, el('b', {}, answer), el('div', { class: 'soft' }, `${all.length} of ${l.resamples.length}${all[0][1] ? ', as the original' : ''}${all[0][2] ? ', right' : ''}`)),
          el('div', {}, el('div', { class: 'meter' }, bar), el('details', {}, el('summary', {}, 'read them'), told(all).map((r) => el('div', { class: 'resample' }, `…${r[3]}`, el('span', { class: 'reply' }, r[4]))), told(all).length < all.length && el('p', { class: 'soft' }, `${all.length - told(all).length} more are in the ledger; there is no room for them on this page.`))));
      })];
  };

  const detail = () => {
    const p = data.problems[current];
    if (!p) return el('div', { class: 'card' }, 'No problem is finished yet.');
    const chip = (name, value, cls) => el('span', { class: 'chip' }, `${name} `, el('b', { class: cls }, value));
    return el('div', {},
      el('section', { class: 'card' }, el('h2', {}, 'Problem'), el('div', { class: 'question' }, p.question),
        el('ol', { class: 'choices' }, p.choices.map(([label, text]) => el('li', {}, `(${label}) ${text}`))),
        el('div', { class: 'chips' }, chip('gold', p.gold), chip('original', p.answer, p.right ? 'good' : 'bad'), p.direct === undefined ? '' : chip('without reasoning', p.direct, p.directRight ? 'good' : 'bad'),
          p.finish === 'LENGTH' ? chip('original', 'cut off at its limit', 'bad') : '')),
      el('section', { class: 'card' }, el('h2', {}, 'When it was decided'), problemChart(p),
        el('div', { class: 'legend' }, el('span', {}, el('i', { class: 'same' }), 'resample = original, 95 % interval'), el('span', {}, el('i', { class: 'right' }), 'resample right'), el('span', {}, el('i', { class: 'stump' }), 'squares: stump, green where right'), el('span', {}, el('i', { class: 'window' }), 'window'),
          exactly(p) && el('span', {}, el('i', { class: 'exact' }), data.exact.comparable ? 'exact' : 'exact, at temperature 1')), exactWords(p)),
      el('section', { class: 'card' }, el('h2', {}, p.window ? `The response; its window is tokens ${p.window[0] + 1} to ${p.window[1]}` : 'The response; no window by the published rule'), response(p),
        exactly(p) && exactly(p).steps.length && el('div', { class: 'legend' }, el('span', {}, el('i', { class: 'window' }), 'window found by sampling'), el('span', {}, el('i', { class: 'step' }), 'tokens that move the exact curve by .1 or more'))),
      el('section', { class: 'card' }, el('h2', {}, 'Written anew from a cut'), resamples(p)));
  };

  // ---- the problems of a large run that are in a line each, some at a time
  const PAGE = 100;
  const fits = ([, , , , right, , window]) => only === 'all' || (only === 'window' ? window : only === 'wrong' ? !right : right);
  const rest = () => {
    if (!data.rest) return undefined;
    const found = data.rest.filter(fits);
    from = Math.max(0, Math.min(from, found.length - 1));
    const bars = (curve) => curve.map((p) => '▁▂▃▄▅▆▇█'[Math.min(7, Math.floor(p * 8 / 100))]).join('');
    const turn = (label, to) => el('button', { disabled: to < 0 || to >= found.length, onclick: () => { from = to; draw(); } }, label);
    return el('section', { class: 'card' }, el('h2', {}, `${found.length.toLocaleString('en')} problems more, in the run’s order`),
      el('div', { class: 'chips' }, turn('←', from - PAGE), el('span', { class: 'soft' }, `${found.length ? from + 1 : 0}–${Math.min(from + PAGE, found.length)}`), turn('→', from + PAGE)),
      el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {}, ['problem', 'gold', 'answer', 'curve', 'window', 'question'].map((t) => el('th', {}, t)))),
        el('tbody', {}, found.slice(from, from + PAGE).map(([id, question, gold, answer, right, curve, window]) => el('tr', {}, [id, gold, `${right ? '' : '≠ '}${answer}`, bars(curve), window ? `+${share(window[2])} at ${window[0] + 1}–${window[1]}` : '–', question].map((t) => el('td', {}, t))))))),
      el('p', { class: 'soft' }, 'All that was written for them is in the ledger; cw report RUN --problems N tells more of them here.'));
  };

  const header = () => el('header', {}, el('div', { class: 'mark' }, 'critical windows'), el('h1', {}, data.title),
    data.warnings.map((w) => el('p', { class: 'warning' }, w)),
    el('details', { class: 'facts' }, el('summary', {}, 'how this was made'), el('dl', {}, data.facts.map(([k, v]) => [el('dt', {}, k), el('dd', {}, v)]))));

  // ---- moving about
  const largest = (problem) => {
    let best = 0;
    problem.levels.forEach((l, i) => { if (problem.window && l.kept === problem.window[1]) best = i; });
    return best;
  };
  const go = (i) => { current = i; level = largest(data.problems[i]); location.replace(`#${data.problems[i].id}`); draw(); };
  const pick = (i) => { const n = data.problems[current].levels.length; level = Math.max(0, Math.min(n - 1, i)); draw(); };
  const draw = () => {
    const nav = page.querySelector('nav');
    const scroll = nav ? nav.scrollTop : 0;
    page.replaceChildren(header(), summary(), el('div', { class: 'body' }, list(), detail()), rest() || '');
    page.querySelector('nav').scrollTop = scroll;
  };
  document.addEventListener('keydown', (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const order = shown().map(([, i]) => i);
    const at = order.indexOf(current);
    if (event.key === 'ArrowLeft') pick(level - 1);
    else if (event.key === 'ArrowRight') pick(level + 1);
    else if (event.key === 'j' && at + 1 < order.length) go(order[at + 1]);
    else if (event.key === 'k' && at > 0) go(order[at - 1]);
  });
  const asked = data.problems.findIndex((p) => p.id === location.hash.slice(1));
  const first = data.problems.findIndex((p) => p.window);
  current = asked >= 0 ? asked : Math.max(0, first);
  if (data.problems.length) level = largest(data.problems[current]);
  draw();
})();
