// Candidates typed in, asked of best-of-n.

import { post } from './ask.js';
import { badged, element, intervals, levelOf, show, signed, whole } from './elements.js';

const MOST_TO_TELL_APART = 20; // beyond, telling candidates apart takes the scorer seconds
const SHOWN = 60;
const PROMPT = 'How long do I boil an egg?';
const TEXTS = [
  'It depends.',
  'Boil it for seven minutes, then cool it in cold water at once: the white is firm and the yolk still soft.',
  'Eggs are boiled by many people in many ways, and it has to be said that opinions differ about nearly all of them, which is why one should perhaps try what one likes.',
];

const form = document.getElementById('playground');
const list = document.getElementById('candidates');
let features = { kind: null, dimension: null };
let reward = [];

/** @param model says whether a response is sent as a text or as a vector, and of how many numbers */
export function setFeatures(model) {
  reward = model.reward;
  if (model.features.kind === features.kind && model.features.dimension === features.dimension) return;
  ({ features } = model);
  document.getElementById('candidate-kind').textContent =
    isOfVectors() ? `(each ${features.dimension} numbers, its features)` : '(each a text)';
}

const isOfVectors = () => features.kind === 'vectors';

function add(value = '') {
  const id = `candidate-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  const area = element('textarea', { id, rows: '3' });
  area.value = value;
  const remove = element('button', { type: 'button' }, 'Remove');
  const item = element('li', {}, element('label', { for: id }), remove, area);
  remove.addEventListener('click', () => {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    numbered();
    (next?.querySelector('textarea') ?? document.getElementById('add')).focus();
  });
  list.append(item);
  numbered();
  return area;
}

function numbered() {
  [...list.children].forEach((item, i) => {
    item.querySelector('label').textContent = `Candidate ${i + 1}`;
    item.querySelector('button').setAttribute('aria-label', `Remove candidate ${i + 1}`);
  });
}

/** One candidate of the feature that is known best, one that gains a little more by the one known least, one of neither. */
function vectors() {
  const d = features.dimension;
  const certainty = reward.slice(0, d).map(one => Math.abs(one.estimate / one.standard_error) || 0);
  const best = certainty.indexOf(Math.max(...certainty));
  const least = certainty.indexOf(Math.min(...certainty.filter((_, i) => i !== best)));
  const gain = Math.abs(reward[best].estimate);
  const along = (index, size) => Array.from({ length: d }, (_, j) => j === index ? Number(size.toFixed(2)) : 0);
  const far = Math.max(-20, Math.min(20, 1.1 * gain / reward[least]?.estimate || 1));
  return [along(best, Math.sign(reward[best].estimate) || 1), ...(d > 1 ? [along(least, far)] : []), along(0, 0)]
      .map(vector => vector.join(', '));
}

function example() {
  const values = isOfVectors() ? reward.length === 0 ? [] : vectors() : TEXTS;
  if (!isOfVectors()) document.getElementById('prompt').value = PROMPT;
  list.replaceChildren();
  values.forEach(value => add(value));
}

/** Numbers with commas or blanks between them, in brackets or not. */
function response(value, index) {
  if (!isOfVectors()) return { text: value };
  const numbers = value.replace(/^\[|\]$/g, '').split(/[\s,;]+/).filter(one => one !== '').map(Number);
  if (!numbers.every(Number.isFinite)) throw new Error(`Candidate ${index + 1} must be numbers with commas between them.`);
  if (numbers.length !== features.dimension) throw new Error(`Candidate ${index + 1} must be ${features.dimension} numbers, has ${numbers.length}.`);
  return { features: numbers };
}

/** The answer of best-of-n to candidates that begin as `texts` do. */
function picked(answer, texts) {
  const { best, pessimistic, candidates, abstaining } = answer;
  const name = index => `candidate ${index + 1}`;
  const both = best === pessimistic
    ? `Best-of-N and pessimistic best-of-N both pick ${name(best)}: it has the highest reward, ${signed(candidates[best].reward)}, and the highest lower bound, ${signed(candidates[best].lower)}.`
    : `Best-of-N picks ${name(best)}, which has the highest reward, ${signed(candidates[best].reward)}; pessimistic best-of-N picks ${name(pessimistic)}, which has the highest lower bound, ${signed(candidates[pessimistic].lower)}.`;
  const sure = !abstaining ? '' : abstaining.decided ? ` The judgments tell ${name(best)} apart from all others.`
    : ` The judgments do not tell candidates ${new Intl.ListFormat('en').format(abstaining.indices.map(index => `${index + 1}`))} apart.`;
  show('picked', element('p', {}, both + sure));
  show('scored', intervals(
      `Rewards counted from the candidates’ mean, by version ${whole(answer.parameter_version)}.`, 'Candidate',
      candidates.map(one => ({
        ...one, estimate: one.reward,
        name: badged(`${one.index + 1}. ${texts[one.index]}`,
            ...(one.index === best ? [['best of N']] : []), ...(one.index === pessimistic ? [['pessimistic']] : [])),
      })), { ofLevel: levelOf(answer) }));
}

async function ask(event) {
  event.preventDefault();
  const texts = [...list.querySelectorAll('textarea')].map(area => area.value.trim());
  show('scored');
  try {
    const empty = texts.findIndex(text => text === '');
    if (texts.length === 0) throw new Error('Give at least one candidate.');
    if (empty >= 0) throw new Error(`Candidate ${empty + 1} is empty.`);
    const candidates = texts.map(response);
    show('picked', 'Asking …');
    const level = document.getElementById('level').value;
    const answer = await post('v1/best-of-n', {
      candidates,
      ...(texts.length > 1 && texts.length <= MOST_TO_TELL_APART ? { policy: 'abstain' } : {}),
      ...(level ? { level: Number(level) } : {}),
    });
    picked(answer, texts.map(text => text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text));
  } catch (reason) {
    show('picked', element('p', { class: 'error-text' }, reason.message));
  }
}

form.addEventListener('submit', ask);
form.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
document.getElementById('add').addEventListener('click', () => add().focus());
document.getElementById('example').addEventListener('click', example);
add();
add();
