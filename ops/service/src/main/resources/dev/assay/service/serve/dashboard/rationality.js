// The rationality of somebody in a context that the reader describes.

import { post } from './ask.js';
import { count, element, intervals, levelOf, number, show, signed, soft } from './elements.js';

const form = document.getElementById('context');
const fields = document.getElementById('context-fields');
let known = '';

/** Columns of ψ are called `attribute=level`, or as the attribute if it is a number. */
function attributesOf(names) {
  const attributes = new Map();
  for (const name of names) {
    const at = name.indexOf('=');
    const attribute = at < 0 ? name : name.slice(0, at);
    const levels = attributes.get(attribute) ?? [];
    attributes.set(attribute, at < 0 ? levels : [...levels, name.slice(at + 1)]);
  }
  return attributes;
}

function field(attribute, levels, index) {
  const id = `context-${index}`;
  const input = levels.length === 0
    ? element('input', { id, name: attribute, type: 'number', step: 'any', inputmode: 'decimal', placeholder: 'not known' })
    : element('select', { id, name: attribute },
        element('option', { value: '' }, 'the reference'), ...levels.map(level => element('option', {}, level)));
  return element('div', {}, element('label', { for: id }, attribute), input);
}

/** Makes the form; what is typed into it stays while the names do. */
export function setContext(names) {
  if (names.join('\n') === known) return;
  known = names.join('\n');
  form.hidden = names.length === 0;
  fields.replaceChildren(...[...attributesOf(names)].map(([attribute, levels], i) => field(attribute, levels, i)));
  show('context-said');
  show('context-answer');
}

function typed() {
  const entries = [...fields.querySelectorAll('input, select')]
      .filter(input => input.value !== '')
      .map(input => [input.name, input.type === 'number' ? Number(input.value) : input.value]);
  return Object.fromEntries(entries);
}

function words(sigma) {
  if (sigma.lower > 0) return 'Judges by the reward';
  return sigma.upper < 0 ? 'Judges against the reward' : 'May as well toss a coin';
}

async function ask(event) {
  event.preventDefault();
  try {
    const context = typed();
    const answer = await post('v1/rationality', { context });
    const [one] = answer.contexts;
    const sigma = { ...one, estimate: one.rationality };
    const name = Object.entries(context).map(([key, value]) => `${key} ${value}`).join(', ') || 'all at reference';
    show('context-said',
        element('p', {}, `σ is ${number(one.rationality)}. ${one.upper > one.lower ? `${words(sigma)}: ${levelOf(answer)} ${signed(one.lower)} to ${signed(one.upper)}.` : 'It is fixed.'}`));
    show('context-answer',
        intervals('In this context.', 'Context', [{ ...sigma, name }], { ofLevel: levelOf(answer) }),
        one.missing > 0 ? soft(`${count(one.missing, 'attribute')} not given, counted as the reference.`) : null);
  } catch (reason) {
    show('context-said', element('p', { class: 'error-text' }, reason.message));
    show('context-answer');
  }
}

form.addEventListener('submit', ask);
