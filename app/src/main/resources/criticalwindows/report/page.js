
(() => {
  const { share, fine, signed, chance, interval, fineInterval, percent, count } = Numbers;
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
  const estimate = ([k, n, , , mean]) => (n ? mean ?? k / n : undefined);
  const spoken = (mean) => (mean[1] ? `${share(estimate(mean))} ${interval(mean[2], mean[3])}` : '–');

  // ---- the window model
  const model = (problem) => problem.model;
  const found = (problem) => (problem.model && (problem.model.verdict === 'CLAIMED' || problem.model.verdict === 'UNSURE') ? problem.model.window : undefined);
  const inside = ([, low, high], i) => i >= low && i < Math.max(high, low + 1);
  const tokens = ([, low, high]) => (Math.round(high) <= Math.round(low) + 1 ? `token ${Math.round(low) + 1}` : `tokens ${Math.round(low) + 1}–${Math.round(high)}`);

  let current = 0;
  let level = 0;
  let only = 'all';
  let from = 0;

  // Whether it is known what is right: of texts that were given it mostly is not.
  const judged = (p) => p.gold !== undefined;
  const mark = (p) => (!judged(p) ? '' : p.right ? '✓ ' : '✗ ');

  const kinds = [['consistent', 'same', data.followed || 'resample = original'], ['right', 'right', 'resample right'], ['earlyRight', 'early', 'early answer right']];

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
    const root = frame('mean consistency, accuracy and early answer accuracy by fraction kept');
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

  // Success by how much was given: a line for each family or word, on a logarithmic axis for words.
  const inks = ['#2b6cb0', '#c05621', '#2f855a', '#805ad5', '#b83280', '#718096', '#975a16', '#2c7a7b'];
  const depthChart = ({ unit, log, groups }) => {
    const root = frame(`${data.followed || 'share'} by ${unit}`);
    const at = (d) => (log ? Math.log(1 + d) : d);
    const all = groups.flatMap((g) => g.points.map(([d]) => d));
    const most = Math.max(1, ...all);
    const x = (d) => L + at(d) / at(most) * (W - L - R);
    groups.forEach((g, i) => {
      const ink = inks[i % inks.length];
      if (g.points.length > 1 && groups.length < 4) {
        const edge = g.points.map(([d, , , high]) => [x(d), y(high)]).concat(g.points.slice().reverse().map(([d, , low]) => [x(d), y(low)]));
        root.append(svg('path', { d: path(edge) + 'Z', fill: ink, 'fill-opacity': .15 }));
      }
      root.append(svg('path', { d: path(g.points.map(([d, p]) => [x(d), y(p)])), fill: 'none', stroke: ink, 'stroke-width': 2, 'stroke-dasharray': g.name === 'scored' ? '4 3' : undefined }));
      for (const [d, p, low, high, n, items] of g.points) {
        const dot = svg('circle', { cx: x(d), cy: y(p), r: 3, fill: ink });
        dot.append(svg('title', {}, `${g.name}, ${d} ${unit}: ${share(p)} ${interval(low, high)}${n ? `, ${count(n)} continuations` : ''} of ${items}`));
        root.append(dot);
      }
    });
    const ticks = log ? [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 20000].filter((d) => d <= most) : most <= 12 ? [...Array(most + 1).keys()] : [...new Set([0, .25, .5, .75, 1].map((f) => Math.round(f * most)))];
    for (const d of ticks) root.append(svg('text', { x: x(d), y: H - 8, 'text-anchor': 'middle' }, String(d)));
    return root;
  };
  const depthLegend = ({ groups }) => el('div', { class: 'legend' }, groups.map((g, i) => el('span', {}, svg('svg', { viewBox: '0 0 12 6', width: 12, height: 6, 'aria-hidden': 'true' }, svg('rect', { width: 12, height: 6, fill: inks[i % inks.length] })), ` ${g.name}`)));

  const alongLines = (problem) => (problem.along ? problem.along.lines : []);

  const problemChart = (problem) => {
    const root = frame(data.followed ? `${data.followed} by tokens kept` : 'share of resamples that came to the same answer, by tokens kept');
    const length = Math.max(1, problem.tokens.length);
    const last = length + (problem.ended ? 1 : 0);
    const x = (kept) => L + kept / last * (W - L - R);
    const levels = problem.levels.filter((l) => l.consistent[1]);
    // With its stop token kept too, a response is itself for sure: a point of both curves that nobody samples.
    const ended = (points, p) => (problem.ended && points.length ? points.concat([[x(last), y(p)]]) : points);
    const picked = problem.levels[level];
    const band = model(problem) && model(problem).curve;
    if (picked) root.prepend(svg('rect', { class: 'picked', x: x(picked.kept) - 8, y: T, width: 16, height: H - T - B }));
    const place = found(problem) && found(problem).place;
    if (place) {
      const wide = Math.max(3, x(place[2]) - x(place[1]));
      root.prepend(svg('rect', { class: 'windowband', x: x(place[1]), y: T, width: wide, height: H - T - B }));
      root.append(svg('line', { class: 'centre', x1: x(place[0]), x2: x(place[0]), y1: T, y2: H - B }));
    }
    if (problem.window) root.append(svg('line', { class: 'rule', x1: x(problem.window[0]), x2: x(problem.window[1]), y1: T - 4, y2: T - 4 }));
    if (band) {
      const edge = band.map(([kept, , low]) => [x(kept), y(low)]).concat(band.slice().reverse().map(([kept, , , high]) => [x(kept), y(high)]));
      root.append(svg('path', { class: 'band f-same', d: path(edge) + 'Z' }));
      root.append(svg('path', { class: 'line s-same', d: path(band.map(([kept, mean]) => [x(kept), y(mean)])) }));
    }
    // The continuations of a right original are right where they are the same.
    if (judged(problem) && !(band && problem.right)) root.append(svg('path', { class: 'line s-right dash thin', d: path(ended(levels.map((l) => [x(l.kept), y(estimate(l.right))]), problem.right ? 1 : 0)) }));
    if (!band) root.append(svg('path', { class: 'line s-same' + (exactly(problem) ? ' faint' : ''), d: path(ended(levels.map((l) => [x(l.kept), y(estimate(l.consistent))]), problem.endsAt)) }));
    const known = exactly(problem);
    if (known) {
      const decided = known.steps[known.decisive];
      if (decided) root.append(svg('line', { class: 'decisive', x1: x(decided[0]), x2: x(decided[0]), y1: T, y2: H - B }));
      root.append(svg('path', { class: 'line s-exact', d: path(known.curve.map(([kept, p]) => [x(kept), y(p)])) }));
    }
    // What probes forecast, and what is known of each token, on the same axis.
    alongLines(problem).forEach(({ most, points }, i) => root.append(svg('path', { d: path(points.map(([kept, v]) => [x(kept), y(v / most)])), fill: 'none', stroke: inks[(i + 3) % inks.length], 'stroke-width': most === 1 ? 1.8 : 1, 'stroke-dasharray': most === 1 ? '5 3' : '1.5 2.5' })));
    // A dot's area is its number of continuations.
    for (const l of levels) root.append(svg('circle', { class: 'dot', cx: x(l.kept), cy: y(estimate(l.consistent)), r: Math.max(2, Math.min(6, 1.4 * Math.sqrt(l.consistent[1]))) }));
    problem.levels.forEach((l, i) => {
      if (l.early !== undefined) root.append(svg('rect', { class: l.earlyRight ? 'f-right' : 'f-early', x: x(l.kept) - 2.5, y: H - B + 3, width: 5, height: 5 }));
      const hit = svg('rect', { class: 'hit', x: x(l.kept) - 10, y: T, width: 20, height: H - T, onclick: () => pick(i) });
      hit.append(svg('title', {}, `${l.kept} tokens kept: ${data.followed || 'same'} ${l.consistent[0]} of ${l.consistent[1]}${judged(problem) ? `, right ${l.right[0]} of ${l.right[1]}` : ''}${l.early === undefined ? '' : `, early answer ${l.early}`}`));
      root.append(hit);
    });
    for (const kept of [0, Math.round(length / 2), length]) root.append(svg('text', { x: x(kept), y: H - 6, 'text-anchor': kept === 0 ? 'start' : kept === length ? 'end' : 'middle' }, `${kept} tokens`));
    return root;
  };

  const spark = (problem) => {
    const root = svg('svg', { viewBox: '0 0 84 24', 'aria-hidden': 'true' });
    const last = Math.max(1, problem.tokens.length) + (problem.ended ? 1 : 0);
    const x = (kept) => 2 + kept / last * 80;
    const levels = problem.levels.filter((l) => l.consistent[1]);
    const place = found(problem) && found(problem).place;
    if (place) root.append(svg('rect', { class: 'windowband', x: x(place[1]), y: 1, width: Math.max(2, x(place[2]) - x(place[1])), height: 22 }));
    const curve = model(problem) ? model(problem).curve.map(([kept, mean]) => [kept, mean]) : levels.map((l) => [l.kept, estimate(l.consistent)]);
    root.append(svg('path', { class: 'line s-same', d: path(curve.map(([kept, p]) => [x(kept), 22 - 20 * p])) }));
    if (exactly(problem)) root.append(svg('path', { class: 'line s-exact', d: path(exactly(problem).curve.map(([kept, p]) => [x(kept), 22 - 20 * p])) }));
    return root;
  };

  // ---- what is exactly known, where the run is on the world
  const exactly = (problem) => (problem.exact && problem.exact.curve ? problem.exact : undefined);
  const apart = ([cells, mean, noise, low, high]) => `${fine(mean)} over ${cells} cut${cells === 1 ? '' : 's'}; sampling noise alone gives ${fine(noise)} ${fineInterval(low, high)}`;
  const exactWords = (problem) => {
    const known = problem.exact;
    if (!known) return undefined;
    const say = (...words) => el('p', { class: 'known' }, words);
    if (known.unread) return say('No exact curve: the original has no readable answer.');
    if (known.outside !== undefined) return say(`No exact curve: after token ${known.outside} the original is something the generator never writes.`);
    const decided = known.steps[known.decisive];
    return say(decided
      ? ['Exactly decided at token ', el('b', {}, `${decided[0]} “${problem.tokens[decided[0] - 1][0].trim()}”, ${signed(decided[1])}`), decided[2] ? [', where the decision ', el('code', {}, decided[2]), ` went the way of probability ${share(decided[3])}. `] : '. ']
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
    if (e.distance) return tile(fine(e.distance[1]), `mean |measured − exact| over ${e.distance[0]} cuts; sampling noise alone gives ${fine(e.distance[2])} ${fineInterval(e.distance[3], e.distance[4])}${e.cutOff ? `; without ${e.cutOff} continuations that --max-tokens cut off` : ''}. ${counted}`);
    return tile(`${e.drawn} of ${all}`, `originals with an exact curve${left ? `; ${left}` : ''}.${e.comparable ? '' : ' It is the generator’s, at temperature 1 and top-p 1; this run sampled otherwise, so the distance is not given.'}`);
  };

  // ---- parts
  const legend = () => el('div', { class: 'legend' }, kinds.filter(([key]) => data.summary.levels.some((l) => l[key][1])).map(([, name, label]) => el('span', {}, el('i', { class: name }), label)));

  /// Where each response was decided: a line for each window that is claimed.
  const places = () => {
    const all = data.problems.map((p, i) => [p, i]).filter(([p]) => found(p) && p.model.claimed);
    const at = ([p]) => found(p).place[0] / Math.max(1, p.tokens.length);
    all.sort((a, b) => at(a) - at(b));
    const step = Math.min(18, (H - T - B) / Math.max(1, all.length));
    const root = svg('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': 'where each response was decided, as a share of its length' });
    const x = (f) => L + f * (W - L - R);
    for (const f of [0, .25, .5, .75, 1]) {
      root.append(svg('line', { class: 'axis', x1: x(f), x2: x(f), y1: T, y2: H - B }));
      root.append(svg('text', { x: x(f), y: H - 8, 'text-anchor': 'middle' }, share(f)));
    }
    all.forEach(([p, i], row) => {
      const [mean, low, high] = found(p).place.map((v) => v / Math.max(1, p.tokens.length));
      const v = T + step * (row + .5);
      root.append(svg('line', { class: found(p).rise[0] < 0 ? 'span fall' : 'span', x1: x(low), x2: Math.max(x(high), x(low) + 2), y1: v, y2: v, 'stroke-width': Math.max(1, .45 * step) }));
      root.append(svg('circle', { class: 'f-same', cx: x(mean), cy: v, r: Math.max(1.2, 4 * Math.abs(found(p).rise[0]) * step / 18 + 1) }));
      const hit = svg('rect', { class: 'hit', x: L, y: v - step / 2, width: W - L - R, height: step, onclick: () => go(i) });
      hit.append(svg('title', {}, `${tokens(found(p).place)}, ${signed(found(p).rise[0])}: ${p.question.slice(0, 80)}`));
      root.append(hit);
    });
    return [el('h2', {}, 'Where each response was decided'), all.length ? root : el('p', { class: 'soft' }, 'No window is claimed.'),
      el('p', { class: 'soft small' }, 'By share of the response, from its first token to its last. A line is the interval of one window’s place, a dot its centre, its size the rise. Windows with a chance of being none of at most .25.')];
  };

  // A view: heads tell what their columns mean, by pointer and by keyboard.
  const viewed = ({ columns, rows }) => el('table', {}, el('thead', {}, el('tr', {}, columns.map(([name, meaning]) => el('th', { title: meaning, tabindex: 0 }, name)))),
    el('tbody', {}, rows.map((cells) => el('tr', {}, cells.map((cell) => el('td', {}, cell))))));

  const summary = () => {
    const s = data.summary;
    const unread = Object.entries(s.unread);
    const table = viewed(s.table);
    const judges = s.judges ? [el('h2', {}, 'Rates of success'), s.judges.map((t) => el('div', { class: 'scroll' }, viewed(t)))] : [];
    const beside = (s.beside || []).map(({ title, table: t }) => [el('h2', {}, title), el('div', { class: 'scroll' }, viewed(t))]);
    const d = data.depths;
    const left = d ? [el('h2', {}, `${data.followed || 'Share'} by ${d.unit}`), depthChart(d), depthLegend(d), el('details', {}, el('summary', {}, 'the numbers'), el('div', { class: 'scroll' }, viewed(d.table)))]
      : s.levels.length
      ? [el('h2', {}, 'Means over problems by fraction kept'), summaryChart(), legend(), el('details', {}, el('summary', {}, 'the numbers'), el('div', { class: 'scroll' }, table))]
      : places();
    const tile = (value, label) => el('div', { class: 'tile' }, el('b', {}, value), el('span', {}, label));
    return el('div', { class: 'top' }, el('div', { class: 'card' }, left, judges), el('div', { class: 'card tiles' },
      tile(`${data.model.survive} of ${data.model.problems}`, `responses have a window at a false discovery rate of 5 %${data.model.unsure ? `, ${data.model.unsure} more are unsure` : ''}${data.model.before ? `, ${data.model.before} decided before the response` : ''}, from ${count(data.model.rollouts)} continuations`),
      tile(`${s.windows[0]} of ${s.windows[1]}`, `by the published rule: a jump > 0.5 between adjacent cuts and no drop < −0.3; share ${spoken(s.windows)}`),
      exactTile(tile),
      s.right[1] ? tile(spoken(s.right), `originals right, ${s.right[0]} of ${s.right[1]}`) : '',
      s.directRight[1] ? tile(spoken(s.directRight), 'right when asked without reasoning') : '',
      tile(String(unread.reduce((a, [, n]) => a + n, 0)), `of ${count(s.answers)} outcomes not read${unread.length ? ': ' + unread.map(([k, n]) => `${k} ${n}`).join(', ') : ''}`),
      el('span', { class: 'soft' }, 'Brackets are 95 % intervals; the samples of one problem count as one cluster.')),
      beside.length > 0 && el('div', { class: 'card wide' }, beside));
  };

  const shown = () => data.problems.map((p, i) => [p, i]).filter(([p]) => only === 'all' || (only === 'window' ? found(p) && p.model.claimed : only === 'wrong' ? judged(p) && !p.right : p.right));

  const list = () => {
    const filter = (name, label) => el('button', { 'aria-pressed': String(only === name), onclick: () => { only = name; draw(); } }, label);
    return el('nav', { class: 'card', 'aria-label': 'problems' },
      el('div', { class: 'bar' }, filter('all', 'all'), filter('window', 'with a window'), data.problems.some(judged) && [filter('wrong', 'wrong'), filter('right', 'right')]),
      shown().map(([p, i]) => el('button', { class: 'item', 'aria-current': String(i === current), onclick: () => go(i) },
        el('span', {}, el('div', { class: 'q' }, p.question), el('div', { class: 'a' }, el('span', { class: p.right ? 'good' : 'bad' }, mark(p)), p.answer, found(p) ? ` · ${signed(found(p).rise[0])} at ${tokens(found(p).place)}` : '')), spark(p))));
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
      const within = found(problem) && inside(found(problem).place, i);
      const ruled = problem.window && i >= problem.window[0] && i < problem.window[1];
      const stepped = steps.get(i);
      const why = stepped ? `, exactly ${signed(stepped[1])}${stepped[2] ? ` by ${stepped[2]} at a probability of ${share(stepped[3])}` : ''}` : '';
      root.append(el('span', { class: [within && 'in', ruled && 'rule', stepped && 'step', i >= kept && 'off'].filter(Boolean).join(' '), title: `token ${i + 1}${logProb === undefined ? '' : `, log-probability ${logProb}`}${why}` }, text));
    });
    return root;
  };

  const choices = (probabilities) => `${probabilities.slice(0, -1).map(([label, p]) => `${label} ${share(p)}`).join(', ')}${probabilities.at(-1)[1] < .05 ? '' : `, and ${share(probabilities.at(-1)[1])} before that on none of them`}`;
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
      el('p', {}, el('br'), `${l.kept} of ${problem.tokens.length} tokens kept. ${data.followed || 'Same answer as the original'}: ${l.consistent[0]} of ${l.consistent[1]}, ${spoken(l.consistent)}${l.probs ? `; by the probabilities of the choices ${share(l.probs[0])} ${interval(l.probs[1], l.probs[2])}` : ''}. ${judged(problem) ? ` Right: ${spoken(l.right)}.` : ''} `,
        l.early === undefined ? '' : `Asked at this very point, the model says ${l.early}${l.earlyRight ? ' (right)' : ''}${l.earlyProbs ? `; its probabilities are ${choices(l.earlyProbs)}` : ''}.${l.earlyForced ? ` Forced to begin with the form of an answer: ${choices(l.earlyForced)}.` : ''}`),
      sorted.map(([answer, all]) => {
        const bar = el('div', { class: all[0][2] ? 'right' : all[0][1] ? 'same' : '' });
        bar.style.width = `${100 * all.length / l.resamples.length}%`;
        return el('div', { class: 'group' },
          el('div', { class: 'name' }, el('b', {}, answer), el('div', { class: 'soft' }, `${all.length} of ${l.resamples.length}${all[0][1] && !data.followed ? ', as the original' : ''}${all[0][2] ? ', right' : ''}`)),
          el('div', {}, el('div', { class: 'meter' }, bar), el('details', {}, el('summary', {}, 'read them'), told(all).map((r) => el('div', { class: 'resample' }, `…${r[3]}`, r[4] ? el('span', { class: 'reply' }, r[4]) : '')), told(all).length < all.length && el('p', { class: 'soft' }, problem.untold ? 'What they wrote is not recorded.' : `${all.length - told(all).length} more are in the ledger; there is no room for them on this page.`))));
      }),
      l.pooled && el('p', { class: 'soft' }, `With ${l.pooled[1] - l.consistent[1]} from earlier cuts that wrote the same up to here: ${l.pooled[0]} of ${l.pooled[1]} ${data.followed ? 'of that class' : 'as the original'}, ${spoken(l.pooled)}.`)];
  };

  const verdict = (p) => {
    const m = model(p);
    if (!m) return el('p', { class: 'soft' }, 'Nothing to say yet: no readable answer, or no continuations.');
    const w = found(p);
    const [, least, most] = m.window.width;
    const wide = least === most ? `${most} token${most === 1 ? '' : 's'} wide` : `${least} to ${most} tokens wide`;
    const words = w
      ? el('p', { class: 'verdict' }, m.verdict === 'UNSURE' ? 'Unsure, and not counted: decided ' : 'Decided ', m.gradual ? `gradually, between tokens ${Math.round(w.from[0]) + 1} and ${Math.round(w.to[0])}; its centre ` : '', m.stating ? 'while stating the answer, ' : '', w.place[2] - w.place[1] <= 1 ? 'at ' : 'between ', el('b', {}, tokens(w.place)), ` (${percent(w.place[3])}), ${wide}: `,
        el('b', {}, signed(w.rise[0])), ` ${interval(w.rise[1], w.rise[2])}. Chance that there is no window `, el('b', {}, chance(m.none)), `, for ${m.rollouts} rollouts.`)
      : el('p', { class: 'verdict' }, m.verdict === 'BEFORE' ? 'Decided before the response: chance of no window ' : 'No window: chance of none ', el('b', {}, chance(m.none)), `, for ${m.rollouts} rollouts.`);
    const others = w ? m.others : [];
    const more = others.length ? el('p', { class: 'soft' }, `Also ${others.map((o) => `${signed(o.rise[0])} at ${tokens(o.place)}`).join(', ')}.`) : undefined;
    const moved = m.classes.filter(([, before, after]) => Math.abs(after - before) >= .1);
    const table = moved.length ? el('div', { class: 'moves' }, moved.map(([name, before, after, low, high]) => {
      const bar = el('div', { class: after > before ? 'gain' : 'loss' });
      bar.style.left = `${100 * Math.min(before, after)}%`;
      bar.style.width = `${100 * Math.abs(after - before)}%`;
      return [el('b', {}, name), el('div', { class: 'track', title: `from ${share(before)} to ${share(after)}` }, bar), el('span', {}, `${share(before)} → ${share(after)}, ${signed(after - before)} ${interval(low, high)}`)];
    })) : undefined;
    const draw = w && p.draw ? el('p', { class: 'soft' }, `Its likeliest place: ${p.draw}.`) : undefined;
    return [words, draw, more, table, el('p', { class: 'soft small' }, `q = ${fine(m.q)} over the study${m.averaged ? ': claimed only because others are surer' : ''}. By the published rule: ${p.window ? `tokens ${p.window[0] + 1}–${p.window[1]}, ${signed(p.window[2])}` : 'no window'}.`)];
  };

  const detail = () => {
    const p = data.problems[current];
    if (!p) return el('div', { class: 'card' }, 'No problem is finished yet.');
    const chip = (name, value, cls) => el('span', { class: 'chip' }, `${name} `, el('b', { class: cls }, value));
    return el('div', {},
      el('section', { class: 'card' }, el('h2', {}, 'Problem'), el('div', { class: 'question' }, p.question),
        el('ol', { class: 'choices' }, p.choices.map(([label, text]) => el('li', {}, `(${label}) ${text}`))),
        el('div', { class: 'chips' }, judged(p) ? chip('gold', p.gold) : '', chip('original', p.answer, !judged(p) ? '' : p.right ? 'good' : 'bad'), (p.also || []).map(([name, value]) => chip(name, value)), p.direct === undefined ? '' : chip('without reasoning', p.direct, p.directRight ? 'good' : 'bad'),
          p.finish === 'LENGTH' ? chip('original', 'cut off at its limit', 'bad') : '')),
      el('section', { class: 'card' }, el('h2', {}, 'When it was decided'), verdict(p), problemChart(p),
        el('div', { class: 'legend' }, el('span', {}, el('i', { class: 'same' }), `${data.followed || 'resample = original'}: the curve and its 90 % band; a dot is a cut, its area the continuations there`), judged(p) && !(model(p) && p.right) && el('span', {}, el('i', { class: 'right' }), 'resample right'), p.levels.some((l) => l.early !== undefined) && el('span', {}, el('i', { class: 'early' }), 'squares: early, green where right'), found(p) && el('span', {}, el('i', { class: 'window' }), 'where it was decided'), p.window && el('span', {}, el('i', { class: 'rule' }), 'window by the published rule'),
          exactly(p) && el('span', {}, el('i', { class: 'exact' }), data.exact.comparable ? 'exact' : 'exact, at temperature 1'),
          alongLines(p).map(({ name }, i) => el('span', {}, svg('svg', { viewBox: '0 0 12 6', width: 12, height: 6, 'aria-hidden': 'true' }, svg('rect', { width: 12, height: 6, fill: inks[(i + 3) % inks.length] })), ` ${name}`))), exactWords(p)),
      el('section', { class: 'card' }, el('h2', {}, found(p) ? `The response; decided at ${tokens(found(p).place)}` : 'The response'), response(p),
        exactly(p) && exactly(p).steps.length && el('div', { class: 'legend' }, el('span', {}, el('i', { class: 'window' }), 'where it was decided, from sampling'), el('span', {}, el('i', { class: 'step' }), 'tokens that move the exact curve by 0.1 or more'))),
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
    return el('section', { class: 'card' }, el('h2', {}, `${count(found.length)} problems more, in the run’s order`),
      el('div', { class: 'chips' }, turn('←', from - PAGE), el('span', { class: 'soft' }, `${found.length ? from + 1 : 0}–${Math.min(from + PAGE, found.length)}`), turn('→', from + PAGE)),
      el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {}, ['problem', 'gold', 'answer', 'curve', 'window', 'question'].map((t) => el('th', {}, t)))),
        el('tbody', {}, found.slice(from, from + PAGE).map(([id, question, gold, answer, right, curve, window]) => el('tr', {}, [id, gold, `${right ? '' : '≠ '}${answer}`, bars(curve), window ? `${signed(window[2])} at ${window[0] + 1}–${window[1]}` : '–', question].map((t) => el('td', {}, t))))))),
      el('p', { class: 'soft' }, 'All that was written for them is in the ledger; cw report RUN --problems N tells more of them here.'));
  };

  const header = () => el('header', {}, el('div', { class: 'mark' }, 'critical windows'), el('h1', {}, data.title),
    data.warnings.map((w) => el('p', { class: 'warning' }, w)),
    el('details', { class: 'facts' }, el('summary', {}, 'how this was made'), el('dl', {}, data.facts.map(([k, v]) => [el('dt', {}, k), el('dd', {}, v)]))));

  // ---- moving about
  const largest = (problem) => {
    let best = 0;
    const end = found(problem) ? found(problem).place[2] : problem.window ? problem.window[1] : 0;
    problem.levels.forEach((l, i) => { if (l.kept <= end && l.consistent[1]) best = i; });
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
  const first = data.problems.findIndex((p) => found(p) && p.model.claimed);
  current = asked >= 0 ? asked : Math.max(0, first);
  if (data.problems.length) level = largest(data.problems[current]);
  draw();
})();
