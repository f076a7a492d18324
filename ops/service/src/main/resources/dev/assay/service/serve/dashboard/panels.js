// What the panels about the estimate show of /v1/model and /v1/leaderboard.

import { count, element, facts, folded, intervals, levelOf, number, say, seconds, share, show, signed, soft, table, whole } from './elements.js';
import { scaleOf, trace } from './plot.js';

const SHOWN = 10; // parameters before somebody unfolds the others

const COVARIANCES = {
  model: 'the model’s, independent judgments',
  clustered: 'clustered by annotator',
};

const KINDS = {
  incremental: 'an update by one Newton step',
  rerun: 'a rerun, over all judgments',
};

const kindOf = version => KINDS[version.kind] ?? version.kind;

export function fresh(model) {
  show('fresh', facts([
    ['Version', whole(model.parameter_version)],
    ['Kind', kindOf(model) + (model.rolled_back_from ? `, rolled back from ${whole(model.rolled_back_from)}` : '')],
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
  const hasChanged = seen.some(([, known]) => known !== last[1]);
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
      hasChanged ? soft(`Judgments from 0 up: ${whole(seen[0][1])} ${seconds(last[0] - seen[0][0])} ago, ${whole(last[1])} now.`) : null);
}

/** With ψ₀, what somebody with every attribute at its reference has; null if the scorer does not know it. */
export function rationality(model) {
  if (model.rationality.length === 0) return say('rationality', 'This deployment has no context attributes: everybody counts the same.');
  const isKnown = Number.isFinite(model.offset);
  const shift = isKnown ? model.offset : 0;
  const rows = byCertainty(model.rationality.length > SHOWN, model.rationality).map(one => ({
    name: one.name, estimate: shift + one.estimate, lower: shift + one.lower, upper: shift + one.upper,
    more: [signed(one.estimate)],
  }));
  const reference = { name: 'all at reference', estimate: shift, lower: shift, upper: shift, note: 'fixed', more: ['–'] };
  const all = isKnown ? [reference, ...rows] : rows;
  const caption = (isKnown ? 'Rationality σ with one context feature at 1 and the others at 0, where the effect is counted from ψ₀.'
    : 'Effect of each context feature on the rationality.') + ' At 0 judgments are coin tosses; below, they are turned round.';
  const scale = scaleOf(all);
  show('rationality', ...folded(all, SHOWN + 1, 'contexts',
      some => intervals(caption, 'Context feature', some, { scale, ofLevel: levelOf(model), moreHeads: ['Effect'] })));
}

const z = one => one.estimate / one.standard_error;

const byCertainty = (isWanted, parameters) =>
  isWanted ? [...parameters].sort((a, b) => Math.abs(z(b)) - Math.abs(z(a)) || 0) : parameters;

export function reward(model) {
  const rows = byCertainty(true, model.reward).map(one => ({ ...one, more: [number(z(one))] }));
  const scale = scaleOf(rows);
  show('reward', ...folded(rows, SHOWN, 'reward parameters', some => intervals(
      `${some.length < rows.length ? `${some.length} of ${whole(rows.length)} reward` : 'Reward'} parameters, largest |z| first; nats per unit of the feature.`,
      'Feature', some, { scale, ofLevel: levelOf(model), moreHeads: ['z'] })));
}

export function leaderboard(board) {
  show('leaderboard', intervals(
      `Mean reward on ${whole(board.prompts)} prompts, counted from the policies’ average. All intervals hold together at ${share(board.level)}, and so do the ranks.`,
      'Policy', board.policies.map(one => ({
        name: one.policy, estimate: one.reward, lower: one.lower, upper: one.upper,
        more: [one.rank_lower === one.rank_upper ? `${one.rank}` : `${one.rank} (${one.rank_lower} to ${one.rank_upper})`],
      })), { ofLevel: 'Together', moreHeads: ['Rank'] }));
}

/** @param events of /v1/activity, the newest first; null if they are not known */
export function identifiable(model, events) {
  const parameters = [...model.reward, ...model.rationality];
  const open = parameters.filter(one => one.lower <= 0 && one.upper >= 0).length;
  const found = events?.filter(one => one.type === 'IDENTIFIABILITY') ?? [];
  show('identifiable',
      facts([
        ['Judgments a parameter', number(model.weight / parameters.length)],
        ['Intervals with 0 inside', `${whole(open)} of ${whole(parameters.length)}`],
      ]),
      model.diagnostics.length === 0 ? element('p', {}, 'The fit had no remark.')
        : table('What the fit remarked.', [['Remark'], ['Value', 'number'], ['Meaning']],
            model.diagnostics.map(one => [[one.name], [number(one.value), 'number'], [one.message]])),
      events === null ? null : found.length === 0 ? soft(`None of the last ${count(events.length, 'event')} is about it. A rerun that finds the parameters ill determined says so there.`)
        : element('p', {}, `The last rerun that found fault: ${found[0].message}`));
}
