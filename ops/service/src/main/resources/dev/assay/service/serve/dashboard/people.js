// Annotators against others in the same contexts, and what was refused of all that was sent.

import { announce, badged, clock, count, element, folded, intervals, number, say, share, show, soft, table, whole } from './elements.js';
import { bar } from './plot.js';

const SHOWN = 8; // annotators before somebody unfolds the others; flagged ones are never folded away
const MOST_FLAGGED = 20;
const WITHIN = [-2, 4]; // where plots of multipliers end; an annotator with few judgments would squeeze the others

const FLAGS = {
  negative: 'judges the wrong way round',
  below: 'less sharply than others',
};

let flagged = null; // how many there were

/** `{name, estimate, lower, upper}` of annotators, flagged first as the scorer sends them. */
export function annotators(answer) {
  if (answer.reported_at === null) return say('annotators', 'Compared with each other at the first rerun.');
  const rows = answer.annotators.map(one => ({
    name: badged(one.annotator, ...(one.flag === null ? [] : [[FLAGS[one.flag] ?? one.flag, 'bad']])),
    estimate: one.multiplier, lower: one.lower, upper: one.upper, note: 'no bound',
    more: [number(one.shrunk_multiplier), Number.isInteger(one.judgments) ? whole(one.judgments) : number(one.judgments)],
  }));
  const isFlagged = answer.annotators.filter(one => one.flag !== null).length;
  const most = Math.max(SHOWN, Math.min(isFlagged, MOST_FLAGGED));
  const named = answer.annotators.length < answer.annotators_total ? `; the ${whole(answer.annotators.length)} to look at first are named` : '';
  show('annotators',
      element('p', {}, `${count(answer.annotators_total, 'annotator')}${named}. ${whole(answer.negative)} flagged as judging the wrong way round, ${whole(answer.below)} as less sharp than others in such contexts.`),
      ...folded(rows, most, 'named annotators', some => intervals(
          'Multiplier of the rationality expected in their contexts: 1 as expected, 0 guesses, below 0 turns judgments round. Drawn in: towards 1, as far as annotators are alike.',
          'Annotator', some, { ofLevel: `${share(answer.level)} interval`, reference: 1, within: WITHIN, estimateHead: 'Multiplier', moreHeads: ['Drawn in', 'Judgments'] })),
      soft(`As of the rerun at ${clock(answer.reported_at)}. Plots end at −2 and 4, where an arrow says that the interval goes on. Of the flags of each kind at most 5 % are expected to be chance.`));
  const now = answer.negative + answer.below;
  if (flagged !== null && now > flagged) announce(`${count(now - flagged, 'more flag')} on annotators.`);
  flagged = now;
}

export function refusals(answer) {
  if (answer.total === 0) return say('refusals', 'Nothing: the dead-letter topic is empty.');
  const most = Math.max(...answer.reasons.map(one => one.count));
  show('refusals',
      table(`${count(answer.total, 'refused judgment')}${answer.truncated ? ', the newest; older ones are not counted' : ''}. The command shows the newest of a reason; assay dlq redrive sends them again after a fix.`,
          [['Reason'], [element('span', { class: 'unseen' }, 'Plot'), 'plot'], ['Count', 'number'], ['Newest'], ['To see it']],
          answer.reasons.map(one => [[one.reason], [bar(one.count, most), 'plot'], [whole(one.count), 'number'],
            [clock(one.last_at)], [element('code', {}, `assay dlq show ${one.last}`)]])));
}
