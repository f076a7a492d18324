// Intervals as a dot on a line, one SVG a row on a common scale. A column of a table: the numbers stand beside it.

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 4; // percent left free on each side, for dots and their halves of a label

function shape(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function drawing(kind) {
  return shape('svg', { class: kind, 'aria-hidden': 'true', focusable: 'false' });
}

/** From the least lower end to the greatest upper one, and `reference` in any case. */
export function scaleOf(intervals, reference = 0) {
  const ends = intervals.flatMap(one => [one.lower, one.upper, one.estimate]).filter(Number.isFinite);
  const low = Math.min(reference, ...ends);
  const high = Math.max(reference, ...ends);
  const width = high - low || 1;
  return { low, high, reference, at: value => MARGIN + (100 - 2 * MARGIN) * (value - low) / width };
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

/** @param one `{estimate, lower, upper}`; one that is given, not estimated, is an open dot */
export function interval(scale, one) {
  const svg = drawing('interval');
  const zero = percent(scale, scale.reference);
  svg.append(shape('line', { class: 'zero', x1: zero, x2: zero, y1: 0, y2: 22 }));
  if (![one.estimate, one.lower, one.upper].every(Number.isFinite)) return svg;
  if (one.upper > one.lower) {
    svg.append(shape('line', { class: 'range', x1: percent(scale, one.lower), x2: percent(scale, one.upper), y1: 11, y2: 11 }));
  }
  svg.append(shape('circle', { class: one.upper > one.lower ? 'point' : 'fixed', cx: percent(scale, one.estimate), cy: 11, r: 5 }));
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
