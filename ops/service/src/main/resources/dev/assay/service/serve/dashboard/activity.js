// Reruns with their rounds, and how far updates drift between them.

import { announce, badged, clock, count, element, folded, number, say, seconds, show, soft, table, unfolding, whole } from './elements.js';
import { moments, sequence } from './plot.js';

const DUE = 0.1; // rerun.drift unless configured otherwise
const NEVER = 1; // no snapshot is published beyond
const SHOWN = 6;
const VERSIONS = 40;

const WHY = {
  first: 'there was none before',
  command: 'somebody asked',
  erasure: 'an annotator was erased',
  drift: 'updates had drifted',
  growth: 'the judgments had grown',
  judgments: 'enough judgments had come',
  interval: 'it was time',
};

const BADGES = { running: 'plain', superseded: 'plain', failed: 'bad' };

const why = rerun => WHY[rerun.reason] ?? rerun.reason;
const since = (from, to) => (Date.parse(to) - Date.parse(from)) / 1000;

let ended = null; // ids of reruns that had ended when last looked

function tellEnd(reruns) {
  const news = ended === null ? [] : reruns.filter(one => !ended.has(one.rerun_id));
  ended = new Set(reruns.map(one => one.rerun_id));
  if (news.length === 0) return;
  const [newest] = news;
  announce(newest.outcome === 'converged' && newest.version !== null
    ? `A rerun over ${count(newest.judgments, 'judgment')} converged as version ${whole(newest.version)}.`
    : `A rerun over ${count(newest.judgments, 'judgment')} ended: ${newest.outcome}.`);
}

/** When its newest round began, in seconds from its own start; a rerun from before the scorer's time has none. */
const lasted = rerun => rerun.finished_at !== null ? since(rerun.started_at, rerun.finished_at)
  : rerun.rounds.length === 0 ? 0 : since(rerun.started_at, rerun.rounds[rerun.rounds.length - 1].at);

function now(activity) {
  const { running, reruns: [last] } = activity;
  if (running !== null) {
    const { length } = running.rounds;
    return `A rerun over ${count(running.judgments, 'judgment')} is running, because ${why(running)}: ${length === 0 ? 'no round yet' : `round ${whole(running.rounds[length - 1].round)}, ${seconds(lasted(running))} after it began`}.`;
  }
  if (last === undefined) return 'No rerun has been seen yet.';
  return `No rerun is running. The last ended at ${clock(last.finished_at)}: ${last.outcome}${last.version === null ? '' : `, version ${whole(last.version)}`}.`;
}

function drift(versions) {
  if (versions.length === 0) return [soft('No version has been published yet.')];
  const most = versions.reduce((a, b) => b.drift > a.drift ? b : a);
  const [first, last] = [versions[0], versions[versions.length - 1]];
  const inWords = `Drift of ${count(versions.length, 'version')}, ${whole(first.version)} to ${whole(last.version)}: now ${number(last.drift)} standard errors, at most ${number(most.drift)} at version ${whole(most.version)}.`;
  const rows = [...versions].reverse().slice(0, VERSIONS);
  const all = unfolding(`The newest ${count(rows.length, 'version')} in numbers`, () =>
    table('Versions as they were published, the newest first.',
        [['Version'], ['Published'], ['Kind'], ['Judgments', 'number'], ['Drift', 'number']],
        rows.map(one => [[whole(one.version)], [clock(one.published_at)], [one.kind], [one.judgments === null ? '–' : whole(one.judgments), 'number'], [number(one.drift), 'number']])));
  return [
    sequence(inWords, versions.map(one => ({ value: one.drift, isMarked: one.kind === 'rerun' })),
        [[DUE, 'a rerun is due (by default)'], [NEVER, 'never published']]),
    element('p', { class: 'soft ends' }, element('span', {}, `version ${whole(first.version)}`), element('span', {}, `version ${whole(last.version)}`)),
    soft(`${inWords} An open dot is a rerun. From ${DUE} on a rerun is due, unless configured otherwise; nothing is published beyond ${NEVER}.`),
    all,
  ];
}

function reruns(activity) {
  const all = [...(activity.running === null ? [] : [activity.running]), ...activity.reruns];
  if (all.length === 0) return [soft('Reruns are listed here, with each of their rounds.')];
  const longest = Math.max(...all.map(lasted));
  return folded(all, SHOWN, 'reruns', some => table(`Reruns, the newest first; a dot for each round, on a scale of ${seconds(longest)}.`,
      [['Began'], [element('span', { class: 'unseen' }, 'Plot of rounds'), 'plot'], ['Rounds', 'number'], ['Took', 'number'], ['Judgments', 'number'], ['Because'], ['Outcome']],
      some.map(one => [[clock(one.started_at)],
        [moments(longest, lasted(one), one.rounds.map(round => since(one.started_at, round.at))), 'plot'],
        [one.rounds.length === 0 ? '–' : whole(one.rounds.length), 'number'],
        [one.finished_at === null ? '…' : seconds(lasted(one)), 'number'], [whole(one.judgments), 'number'], [one.reason],
        [badged(one.version === null ? '' : `version\u00a0${whole(one.version)}`, [one.outcome, BADGES[one.outcome]])]])));
}

function happenings(events) {
  return events.length === 0 ? null : unfolding(`The last ${count(events.length, 'event')}`, () =>
    table('What was said on the topic of events, the newest first.', [['At'], ['Event'], ['In words']],
        events.map(one => [[clock(one.time)], [one.type], [one.count > 1 ? `${one.message} (${whole(one.count)} times)` : one.message]])));
}

export function activity(found) {
  tellEnd(found.reruns);
  say('now', now(found));
  show('drift', ...drift(found.versions));
  show('reruns', ...reruns(found), happenings(found.events));
}
