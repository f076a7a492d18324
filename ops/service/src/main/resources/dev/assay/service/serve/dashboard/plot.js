// Small plots in SVG. Those in tables stand beside their numbers and are hidden from readers; the others say in words what they show.

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 4; // percent left free on each side, for dots and their halves of a label
const ROW = 22; // px

function shape(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function drawing(kind) {
  return shape('svg', { class: kind, 'aria-hidden': 'true', focusable: 'false' });
}

function described(kind, words) {
  return shape('svg', { class: kind, role: 'img', 'aria-label': words, focusable: 'false' });
}

/**
 * From the least lower end to the greatest upper one, and `reference` in any case.
 * @param within `[low, high]` that the scale does not go beyond
 */
export function scaleOf(intervals, reference = 0, within = [-Infinity, Infinity]) {
  const ends = intervals.flatMap(one => [one.lower, one.upper, one.estimate]).filter(Number.isFinite);
  const low = Math.max(within[0], Math.min(reference, ...ends));
  const high = Math.min(within[1], Math.max(reference, ...ends));
  const width = high - low || 1;
  return { low, high, reference, at: value => MARGIN + (100 - 2 * MARGIN) * (Math.min(high, Math.max(low, value)) - low) / width };
}

const percent = (scale, value) => `${scale.at(value).toFixed(2)}%`;

/** The scale in words: its ends, and the reference where it is not too near to them to be read. */
export function axis(scale, format) {
  const svg = drawing('axis');
  const label = (value, anchor) => svg.append(
      shape('text', { x: percent(scale, value), y: 15, 'text-anchor': anchor }, format(value)));
  label(scale.low, 'start');
  if (scale.high > scale.low) label(scale.high, 'end');
  const place = scale.at(scale.reference);
  if (place > 38 && place < 62) label(scale.reference, 'middle');
  return svg;
}

/** An arrow head at the end of the scale: what it belongs to goes on. */
function arrow(x, direction) {
  const mark = shape('svg', { x, y: ROW / 2, width: 1, height: 1, class: 'arrow' });
  mark.append(shape('path', { class: 'point', d: `M${-4 * direction} -5 L${4 * direction} 0 L${-4 * direction} 5 Z` }));
  return mark;
}

/** @param one `{estimate, lower, upper}`; one that is given, not estimated, is an open dot; an end that is null has no bound */
export function interval(scale, one) {
  const svg = drawing('interval');
  const zero = percent(scale, scale.reference);
  svg.append(shape('line', { class: 'zero', x1: zero, x2: zero, y1: 0, y2: ROW }));
  if (!Number.isFinite(one.estimate)) return svg;
  const [lower, upper] = [one.lower ?? -Infinity, one.upper ?? Infinity];
  if (upper > lower) {
    svg.append(shape('line', { class: 'range', x1: percent(scale, lower), x2: percent(scale, upper), y1: ROW / 2, y2: ROW / 2 }));
    if (lower < scale.low) svg.append(arrow(percent(scale, scale.low), -1));
    if (upper > scale.high) svg.append(arrow(percent(scale, scale.high), 1));
  }
  if (one.estimate >= scale.low && one.estimate <= scale.high) {
    svg.append(shape('circle', { class: upper > lower ? 'point' : 'fixed', cx: percent(scale, one.estimate), cy: ROW / 2, r: 5 }));
  }
  return svg;
}

/** @param value of `most`, as a bar */
export function bar(value, most) {
  const svg = drawing('interval');
  svg.append(shape('rect', { class: 'bar', x: 0, y: 4, width: `${(100 * value / (most || 1)).toFixed(2)}%`, height: ROW - 8, rx: 2 }));
  return svg;
}

/** @param points `[x, y]` in ascending x; from 0 up to the greatest y */
export function trace(points) {
  const svg = drawing('counts');
  svg.setAttribute('viewBox', '0 0 100 100');
  svg.setAttribute('preserveAspectRatio', 'none');
  const [from, to] = [points[0][0], points[points.length - 1][0]];
  const most = Math.max(...points.map(point => point[1])) || 1;
  const places = points.map(([x, y]) => `${(100 * (x - from) / (to - from || 1)).toFixed(2)},${(97 - 94 * y / most).toFixed(2)}`);
  svg.append(shape('polyline', { class: 'trace', points: places.join(' ') }));
  return svg;
}

/**
 * Values one after the other, equally far apart, with lines to compare them with.
 * @param values `{value, isMarked}`; marked ones are open dots
 * @param lines `[value, label]`, drawn where they are in range
 */
export function sequence(words, values, lines) {
  const [top, bottom] = [14, 92]; // px
  const svg = described('sequence', words);
  const most = 1.15 * Math.max(...values.map(one => one.value), lines[0][0]);
  const x = i => `${(MARGIN / 2 + (100 - MARGIN) * (values.length === 1 ? 1 : i / (values.length - 1))).toFixed(2)}%`;
  const y = value => (bottom - (bottom - top) * value / most).toFixed(1);
  svg.append(shape('line', { class: 'ground', x1: 0, x2: '100%', y1: bottom, y2: bottom }));
  for (const [value, label] of lines.filter(([value]) => value <= most)) {
    svg.append(shape('line', { class: 'zero', x1: 0, x2: '100%', y1: y(value), y2: y(value) }),
        shape('text', { x: 0, y: y(value) - 4 }, label));
  }
  values.slice(1).forEach((one, i) => svg.append(
      shape('line', { class: 'step', x1: x(i), x2: x(i + 1), y1: y(values[i].value), y2: y(one.value) })));
  values.forEach((one, i) => {
    if (one.isMarked) svg.append(shape('circle', { class: 'fixed', cx: x(i), cy: y(one.value), r: 3.5 }));
  });
  return svg;
}

/** Moments between 0 and `end`, as dots on a line. */
export function moments(scaleEnd, end, at) {
  const svg = drawing('interval');
  const x = value => `${(MARGIN + (100 - 2 * MARGIN) * value / (scaleEnd || 1)).toFixed(2)}%`;
  svg.append(shape('line', { class: 'step', x1: x(0), x2: x(end), y1: ROW / 2, y2: ROW / 2 }));
  at.forEach(value => svg.append(shape('circle', { class: 'point', cx: x(value), cy: ROW / 2, r: 3.5 })));
  return svg;
}
