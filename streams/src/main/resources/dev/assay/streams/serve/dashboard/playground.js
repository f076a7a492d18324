// Candidates typed in, asked of best-of-n.

import { post } from './ask.js';
import { element, picked, show } from './panels.js';

const MOST_TO_TELL_APART = 20; // beyond, telling candidates apart takes the scorer seconds
const SHOWN = 60;
const TEXTS = ['It depends on the weather.', 'Boil it for four minutes, then cool it in water at once.'];

const list = document.getElementById('candidates');
let features = [];

/** @param names of the feature space; vectors are named x_1, x_2, …: then an example is a vector too */
export function setFeatures(names) {
  if (names.join() === features.join()) return;
  features = names;
  document.getElementById('candidate-kind').textContent = isOfVectors()
    ? `(each a JSON array of ${names.filter(name => name !== 'shown_first').length} numbers)` : '(each a text)';
}

const isOfVectors = () => features.some(name => /^x_\d+$/.test(name));

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

function example() {
  const d = features.filter(name => name !== 'shown_first').length;
  const values = isOfVectors()
    ? [0, 1, 2].map(i => JSON.stringify(Array.from({ length: d }, (_, j) => j === i % d ? 1 : 0))) : TEXTS;
  list.replaceChildren();
  values.forEach(value => add(value));
}

/** What begins as an array is meant as a vector. */
function response(value, index) {
  if (!value.startsWith('[')) return { text: value };
  try {
    const numbers = JSON.parse(value);
    if (numbers.every(Number.isFinite)) return { features: numbers };
  } catch {
    if (!isOfVectors()) return { text: value };
  }
  if (!isOfVectors()) return { text: value };
  throw new Error(`Candidate ${index + 1} must be a JSON array of numbers.`);
}

async function ask(event) {
  event.preventDefault();
  const texts = [...list.querySelectorAll('textarea')].map(area => area.value.trim());
  show('scored');
  try {
    const empty = texts.findIndex(text => text === '');
    if (texts.length === 0) throw new Error('Give at least one candidate.');
    if (empty >= 0) throw new Error(`Candidate ${empty + 1} is empty.`);
    show('picked', 'Asking …');
    const level = document.getElementById('level').value;
    const answer = await post('v1/best-of-n', {
      candidates: texts.map(response),
      ...(texts.length > 1 && texts.length <= MOST_TO_TELL_APART ? { policy: 'abstain' } : {}),
      ...(level ? { level: Number(level) } : {}),
    });
    picked(answer, texts.map(text => text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text));
  } catch (reason) {
    show('picked', element('p', { class: 'error-text' }, reason.message));
  }
}

document.getElementById('playground').addEventListener('submit', ask);
document.getElementById('add').addEventListener('click', () => add().focus());
document.getElementById('example').addEventListener('click', example);
add();
add();
