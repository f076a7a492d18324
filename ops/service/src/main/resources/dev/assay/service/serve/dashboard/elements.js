// Elements, tables and numbers as all panels write them. Names and texts go in as text, never as markup: others wrote them.

import { axis, interval, scaleOf } from './plot.js';

/** An element with attributes and children, `null` ones left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter(child => child !== null));
  return made;
}

/** Puts children in the place of those before; what was unfolded stays so, and the focus where it was. */
export function show(id, ...children) {
  const place = document.getElementById(id);
  const unfolded = [...place.querySelectorAll('details')].map(one => one.open);
  const focused = [...place.querySelectorAll('summary, a')].indexOf(document.activeElement);
  place.replaceChildren(...children.filter(child => child !== null));
  [...place.querySelectorAll('details')].forEach((one, i) => {
    if (!unfolded[i]) return;
    one.open = true;
    one.dispatchEvent(new Event('toggle')); // Its own comes later, and until then the page would jump.
  });
  if (focused >= 0) [...place.querySelectorAll('summary, a')][focused]?.focus({ preventScroll: true });
}

export const soft = sentence => element('p', { class: 'soft' }, sentence);

export const say = (id, sentence) => show(id, soft(sentence));

/** Says what is wrong above what the panel knew before, which stays; null: nothing is wrong. */
export function trouble(id, sentence) {
  const place = document.getElementById(id);
  const line = place.parentElement.querySelector(':scope > .trouble');
  if (sentence === null) return line?.remove();
  if (line === null) return place.before(element('p', { class: 'trouble error-text' }, sentence));
  if (line.textContent !== sentence) line.textContent = sentence;
}

/** Read out when there is time, so only what somebody waits for. */
export function announce(sentence) {
  document.getElementById('news').textContent = sentence;
}

export const whole = value => value.toLocaleString('en', { maximumFractionDigits: 0 });

/** Three significant digits, with a minus as long as a plus. */
export function number(value, isSigned = false) {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const digits = size >= 1e5 || size < 1e-4 ? size.toExponential(1) : size >= 100 ? whole(size) : size.toPrecision(3);
  return (value < 0 ? '−' : isSigned ? '+' : '') + digits;
}

export const signed = value => number(value, true);

export const count = (many, one, more = `${one}s`) => `${whole(many)} ${many === 1 ? one : more}`;

export const share = level => `${+(100 * level).toFixed(4)} %`;

export const levelOf = answer => answer.level === null ? `± ${number(answer.quantile)} s.e.` : `${share(answer.level)} interval`;

export function seconds(value) {
  if (value < 120) return `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
  if (value < 7200) return `${Math.round(value / 60)} min`;
  return value < 172_800 ? `${Math.round(value / 3600)} h` : `${Math.round(value / 86_400)} days`;
}

/** The time of day where the reader is; with the day if that is another one. */
export function clock(time) {
  const at = new Date(time);
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? at.toLocaleTimeString() : at.toLocaleString();
}

export function facts(pairs) {
  return element('dl', {}, ...pairs.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
}

/** A name that may break where a reader would break it, before it must break anywhere. */
function breakable(name) {
  return element('span', {}, ...name.split(/(?<=[=_.:/])/).flatMap((part, i) => i === 0 ? [part] : [element('wbr'), part]));
}

/** Roles are written out, because a table laid out as blocks on a narrow screen loses those it has by nature. */
export function table(caption, heads, rows) {
  const cell = (name, attributes, [content, kind]) => element(name, { ...attributes, ...(kind ? { class: kind } : {}) }, content);
  const line = row => element('tr', { role: 'row' }, ...row.map((one, i) => i === 0
    ? cell('th', { role: 'rowheader', scope: 'row' }, one)
    : cell('td', { role: 'cell', 'data-head': typeof heads[i][0] === 'string' ? heads[i][0] : '' }, one)));
  return element('table', { role: 'table', ...(heads.length > 5 ? { class: 'many' } : {}) },
      element('caption', {}, caption),
      element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' },
          ...heads.map(one => cell('th', { role: 'columnheader', scope: 'col' }, one)))),
      element('tbody', { role: 'rowgroup' }, ...rows.map(line)));
}

/**
 * Rows `{name, estimate, lower, upper, more?}` with plot and numbers; `more` are further cells, headed by `moreHeads`.
 * @param options `reference` is marked in the plot; `within` are the ends a plot may have at most, beyond which arrows point;
 *     `scale` is one made before, for several tables alike
 */
export function intervals(caption, first, rows, { ofLevel, reference = 0, within, estimateHead = 'Estimate', moreHeads = [], scale = scaleOf(rows, reference, within) }) {
  const range = one => one.upper > one.lower ? `[${signed(one.lower)}, ${signed(one.upper)}]` : one.note ?? '–';
  const head = element('span', {}, element('span', { class: 'unseen' }, 'Plot'), axis(scale, number));
  return table(caption,
      [[first], [head, 'plot'], [estimateHead, 'number'], [ofLevel, 'number'], ...moreHeads.map(one => [one, 'number'])],
      rows.map(row => [[typeof row.name === 'string' ? breakable(row.name) : row.name], [interval(scale, row), 'plot'], [signed(row.estimate), 'number'],
        [range(row), 'number'], ...(row.more ?? []).map(one => [one, 'number'])]));
}

/** What is drawn once somebody unfolds it: hundreds of plots cost time. */
export function unfolding(summary, draw) {
  const all = element('details', {}, element('summary', {}, summary));
  all.addEventListener('toggle', () => {
    if (all.open && all.children.length === 1) all.append(draw());
  });
  return all;
}

/** The first of many rows, and all of them for who wants them. */
export function folded(rows, most, what, draw) {
  return rows.length <= most ? [draw(rows)]
    : [draw(rows.slice(0, most)), unfolding(`All ${whole(rows.length)} ${what}`, () => draw(rows))];
}

/** A name, and in a badge what is special about it. */
export function badged(name, ...badges) {
  return element('span', {}, name, ...badges.flatMap(([words, kind]) => [' ', element('span', { class: `badge ${kind ?? ''}` }, words)]));
}
