// What each panel shows of an answer. Names and texts go in as text, never as markup: others wrote them.

import { axis, interval, scaleOf, trace } from './plot.js';

const MOST_PARAMETERS = 20;

/** An element with attributes and children, `null` ones left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter(child => child !== null));
  return made;
}

export function show(id, ...children) {
  document.getElementById(id).replaceChildren(...children.filter(child => child !== null));
}

export const say = (id, sentence) => show(id, element('p', { class: 'soft' }, sentence));

export const whole = value => value.toLocaleString('en', { maximumFractionDigits: 0 });

/** Three significant digits, with a minus as long as a plus. */
export function number(value, signed = false) {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const digits = size >= 1e5 || size < 1e-4 ? size.toExponential(1) : size >= 100 ? size.toFixed(0) : size.toPrecision(3);
  return (value < 0 ? '−' : signed ? '+' : '') + digits;
}

const signed = value => number(value, true);
const range = one => `[${signed(one.lower)}, ${signed(one.upper)}]`;
const share = level => `${+(100 * level).toFixed(4)} %`;

function seconds(value) {
  if (value < 120) return `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
  if (value < 7200) return `${Math.round(value / 60)} min`;
  return value < 172_800 ? `${Math.round(value / 3600)} h` : `${Math.round(value / 86_400)} days`;
}

/** Roles are written out, because a table laid out as blocks on a narrow screen loses those it has by nature. */
export function table(caption, heads, rows) {
  const cell = (name, attributes, [content, kind]) => element(name, { ...attributes, ...(kind ? { class: kind } : {}) }, content);
  const line = row => element('tr', { role: 'row' }, ...row.map((one, i) => i === 0
    ? cell('th', { role: 'rowheader', scope: 'row' }, one)
    : cell('td', { role: 'cell', 'data-head': typeof heads[i][0] === 'string' ? heads[i][0] : '' }, one)));
  return element('table', { role: 'table' },
      element('caption', {}, caption),
      element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' },
          ...heads.map(one => cell('th', { role: 'columnheader', scope: 'col' }, one)))),
      element('tbody', { role: 'rowgroup' }, ...rows.map(line)));
}

/** Rows `{name, estimate, lower, upper, more?}` with plot and numbers; `more` are further cells, headed by `moreHeads`. */
export function intervals(caption, first, rows, { ofLevel, reference = 0, moreHeads = [] }) {
  const scale = scaleOf(rows, reference);
  const head = element('span', {}, element('span', { class: 'unseen' }, 'Plot'), axis(scale, number));
  return table(caption,
      [[first], [head, 'plot'], ['Estimate', 'number'], [ofLevel, 'number'], ...moreHeads.map(one => [one, 'number'])],
      rows.map(row => [[row.name], [interval(scale, row), 'plot'], [signed(row.estimate), 'number'],
        [row.upper > row.lower ? range(row) : row.note ?? '–', 'number'], ...(row.more ?? []).map(one => [one, 'number'])]));
}

const levelOf = answer => answer.level === null ? `± ${number(answer.quantile)} s.e.` : `${share(answer.level)} interval`;

function facts(pairs) {
  return element('dl', {}, ...pairs.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
}

const COVARIANCES = {
  model: 'the model’s, independent judgments',
  clustered: 'clustered by annotator',
};

export function fresh(model) {
  const kind = model.kind === 'incremental' ? 'an update by one Newton step' : model.kind === 'rerun' ? 'a rerun, over all judgments' : model.kind;
  show('fresh', facts([
    ['Version', whole(model.parameter_version)],
    ['Kind', kind + (model.rolled_back_from ? `, rolled back from ${whole(model.rolled_back_from)}` : '')],
    ['Age', seconds(model.age_seconds)],
    ['Drift', `${number(model.drift)} standard errors from the exact maximum, estimated`],
    ['Rounds', whole(model.rounds)],
    ['Feature space', model.feature_space],
    ['Errors', COVARIANCES[model.covariance] ?? model.covariance],
  ]));
}

/** @param seen `[seconds, judgments]` of every poll in the last minutes */
export function judgments(model, seen) {
  const [last, first] = [seen[seen.length - 1], seen.find(([at]) => at >= seen[seen.length - 1][0] - 60)];
  const span = last[0] - first[0];
  const rate = span < 1.5 ? null : (last[1] - first[1]) / span;
  const hasChanged = seen.some(([, count]) => count !== last[1]);
  const big = (value, name) => element('div', {}, element('div', { class: 'big' }, value), element('div', { class: 'soft' }, name));
  show('judgments',
      element('div', { class: 'pair' },
          big(whole(model.judgments), 'judgments'),
          big(rate === null ? '–' : number(rate), rate === null ? 'a second: not known yet' : `more a second, over ${seconds(span)}`)),
      facts([
        ['Weight', Number.isInteger(model.weight) ? whole(model.weight) : number(model.weight)],
        ['Annotators', `${whole(model.clusters)}, a judgment without one counted as one`],
        ['Log-likelihood', `${number(model.log_likelihood / model.weight)} nats a judgment (a coin: −0.693)`],
      ]),
      hasChanged ? trace(seen) : null,
      hasChanged ? element('p', { class: 'soft' }, `Judgments from 0 up: ${whole(seen[0][1])} ${seconds(last[0] - seen[0][0])} ago, ${whole(last[1])} now.`) : null);
}

/** @param offset ψ₀, what somebody with every attribute at its reference has; null if not known */
export function rationality(model, offset) {
  if (model.rationality.length === 0) return say('rationality', 'This deployment has no context attributes: everybody counts the same.');
  const known = Number.isFinite(offset);
  const shift = known ? offset : 0;
  const rows = model.rationality.map(one => ({
    name: one.name, estimate: shift + one.estimate, lower: shift + one.lower, upper: shift + one.upper,
    more: [signed(one.estimate)],
  }));
  const reference = { name: 'all at reference', estimate: offset, lower: offset, upper: offset, note: 'fixed', more: ['–'] };
  show('rationality', intervals(
      (known ? 'Rationality σ with one context feature at 1 and the others at 0, where the effect is counted from ψ₀.'
        : 'Effect of each context feature on the rationality.') + ' At 0 judgments are coin tosses; below, they are turned round.',
      'Context feature', known ? [reference, ...rows] : rows, { ofLevel: levelOf(model), moreHeads: ['Effect'] }));
}

export function reward(model) {
  const rows = model.reward.map(one => ({ ...one, z: one.estimate / one.standard_error }))
      .sort((a, b) => Math.abs(b.z) - Math.abs(a.z) || 0);
  const some = rows.slice(0, MOST_PARAMETERS);
  const which = rows.length > some.length ? `${some.length} of ${whole(rows.length)} reward parameters, largest |z| first` : 'Reward parameters, largest |z| first';
  show('reward', intervals(`${which}; nats per unit of the feature.`, 'Feature',
      some.map(one => ({ ...one, more: [number(one.z)] })), { ofLevel: levelOf(model), moreHeads: ['z'] }));
}

export function leaderboard(board) {
  show('leaderboard', intervals(
      `Mean reward on ${whole(board.prompts)} prompts, counted from the policies’ average. All intervals hold together at ${share(board.level)}, and so do the ranks.`,
      'Policy', board.policies.map(one => ({
        name: one.policy, estimate: one.reward, lower: one.lower, upper: one.upper,
        more: [one.rank_lower === one.rank_upper ? `${one.rank}` : `${one.rank} (${one.rank_lower} to ${one.rank_upper})`],
      })), { ofLevel: 'Together', moreHeads: ['Rank'] }));
}

export function identifiable(model) {
  const parameters = [...model.reward, ...model.rationality];
  const open = parameters.filter(one => one.lower <= 0 && one.upper >= 0).length;
  show('identifiable',
      facts([
        ['Judgments a parameter', number(model.weight / parameters.length)],
        ['Intervals with 0 inside', `${whole(open)} of ${whole(parameters.length)}`],
      ]),
      model.diagnostics.length === 0 ? element('p', {}, 'The fit had no remark.')
        : table('What the fit remarked.', [['Remark'], ['Value', 'number'], ['Meaning']],
            model.diagnostics.map(one => [[one.name], [number(one.value), 'number'], [one.message]])),
      element('p', { class: 'soft' }, 'More is checked after each rerun and said, if anything is wrong, on the topic of events: ',
          element('code', {}, 'assay events --type IDENTIFIABILITY'), '.'));
}

/** @param models the newest first, each with `seen`, when this page saw it */
export function versions(models) {
  show('versions', table('Versions this page saw, the newest first; those between two polls are not here.',
      [['Version'], ['Seen'], ['Kind'], ['Judgments', 'number'], ['Drift', 'number'], ['Rounds', 'number']],
      models.map(one => [[whole(one.parameter_version)], [one.seen], [one.kind], [whole(one.judgments), 'number'], [number(one.drift), 'number'], [whole(one.rounds), 'number']])));
}

/** The answer of best-of-n to candidates that begin as `texts` do. */
export function picked(answer, texts) {
  const name = index => `candidate ${index + 1}`;
  const both = answer.best === answer.pessimistic
    ? `Best-of-N and pessimistic best-of-N both pick ${name(answer.best)}.`
    : `Best-of-N picks ${name(answer.best)}, pessimistic best-of-N ${name(answer.pessimistic)}.`;
  const apart = answer.abstaining;
  const sure = !apart ? '' : apart.decided ? ' The judgments tell it apart from all others.'
    : ` The judgments do not tell candidates ${new Intl.ListFormat('en').format(apart.indices.map(index => `${index + 1}`))} apart.`;
  show('picked', element('p', {}, both + sure));
  show('scored', intervals(
      `Rewards counted from the candidates’ mean, by version ${whole(answer.parameter_version)}.`, 'Candidate',
      answer.candidates.map(one => ({
        ...one, estimate: one.reward,
        name: element('span', {}, `${one.index + 1}. ${texts[one.index]} `,
            one.index === answer.best ? element('span', { class: 'badge' }, 'best of N') : null,
            one.index === answer.pessimistic ? element('span', { class: 'badge' }, 'pessimistic') : null),
      })), { ofLevel: levelOf(answer) }));
}
