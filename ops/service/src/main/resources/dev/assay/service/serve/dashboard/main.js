// Asks again and again, follows what happens, and gives each panel what is new.

import { Refusal, get, useToken, whyNotReady } from './ask.js';
import { activity } from './activity.js';
import { say, show, trouble } from './elements.js';
import { follow } from './feed.js';
import * as panels from './panels.js';
import { annotators, refusals } from './people.js';
import { setFeatures } from './playground.js';
import { setContext } from './rationality.js';

const EVERY = 2_000; // ms between an answer and the next question
const SOON = 500; // ms until the next question when the scorer says that there is something new
const SELDOM = 10_000; // ms between questions for what is computed anew for each version, such as the leaderboard's quantile
const ANYWAY = 30_000; // ms after which it is asked for without one
const SHARE = 4; // waits at least so many times as long as the answer took
const REMEMBERED = 10 * 60; // seconds of counts
const OF_MODEL = ['fresh', 'judgments', 'rationality', 'reward', 'leaderboard', 'identifiable'];
const OTHERS = ['annotators', 'now', 'refusals'];
const UNTIL_THEN = 'Shown as soon as an estimator (assay estimator) has published an estimate of enough judgments (assay ingest, assay gateway).';
const NO_POLICIES = 'No policies to rank. Start the scorer with --responses FOLDER, a folder whose responses.jsonl names the policy of each response.';

const now = () => performance.now();
const tokenForm = document.getElementById('token-form');
let shown = null; // the model in the panels
let known = ''; // the time of day it was asked for
let counts = []; // [seconds, judgments]
let happened = null; // the newest /v1/activity
let isFollowing = false;
let isLooking = false;
let isNewsDue = false; // something new was announced while looking
let timer = null;

function state(kind, sentence) {
  const line = document.getElementById('state');
  if (line.textContent !== sentence) line.textContent = sentence; // It is read out when it changes.
  line.className = `state ${kind}`;
}

/** Fills one panel. What goes wrong there stays there; only a missing token concerns them all. */
async function fill(id, work) {
  try {
    await work();
    trouble(id, null);
  } catch (reason) {
    if (reason.wantsToken) throw reason;
    trouble(id, reason instanceof Refusal ? `Not renewed: ${reason.message}.` : `This panel went wrong: ${reason.message}.`);
  }
}

/** Fills a panel when there is another `key`, yet seldom; and from time to time in any case. */
function seldom(id, work) {
  let [at, last] = [-Infinity, null];
  return async key => {
    if (now() < at + (key === last ? ANYWAY : SELDOM)) return;
    [at, last] = [now(), key];
    await fill(id, work);
  };
}

const leaderboard = seldom('leaderboard', async () => {
  try {
    panels.leaderboard(await get('v1/leaderboard'));
  } catch (reason) {
    if (reason.status !== 404) throw reason;
    say('leaderboard', NO_POLICIES);
  }
});

const people = seldom('annotators', async () => annotators(await get('v1/annotators')));

async function model() {
  const answer = await get('v1/model');
  const seconds = now() / 1000;
  counts = [...counts, [seconds, answer.judgments]].filter(([at]) => at >= seconds - REMEMBERED);
  const isNew = answer.parameter_version !== shown?.parameter_version;
  shown = answer;
  known = new Date().toLocaleTimeString();
  document.getElementById('model-name').textContent = answer.model;
  document.title = `${answer.model} · Assay`;
  await fill('fresh', () => panels.fresh(answer));
  await fill('judgments', () => panels.judgments(answer, counts));
  if (isNew) {
    await fill('rationality', () => panels.rationality(answer));
    await fill('reward', () => panels.reward(answer));
    await fill('identifiable', () => panels.identifiable(answer, happened?.events ?? null));
    setContext(answer.rationality.map(one => one.name));
    setFeatures(answer);
  }
  await leaderboard(answer.parameter_version);
}

function followed() {
  if (isFollowing) return;
  isFollowing = true;
  const panel = (id, draw) => {
    let drawn = null;
    return found => fill(id, () => {
      const text = JSON.stringify(found);
      if (text !== drawn) draw(found);
      drawn = text;
    });
  };
  follow({
    activity: panel('now', found => {
      happened = found;
      activity(found);
      if (shown !== null) panels.identifiable(shown, found.events);
    }),
    refusals: panel('refusals', refusals),
    model: lookSoon,
    connected: isLive => show('feed', isLive ? 'Shown as it happens.' : 'Asked for every few seconds, until the stream of events is back.'),
    failed: (type, reason) => fill(type === 'activity' ? 'now' : type, () => { throw reason; }),
  }).catch(() => { isFollowing = false; }); // A token is wanted: looking on says so, and comes back here with one.
}

async function look() {
  try {
    const why = await whyNotReady();
    await people(happened?.reruns[0]?.rerun_id);
    try {
      await model();
      state(why ? 'stale' : 'ready', why ? `Not ready: ${why}` : 'Ready');
    } catch (reason) {
      if (reason.status !== 503) throw reason;
      state('empty', `Nothing to show: ${reason.message}`);
      if (shown === null) OF_MODEL.forEach(id => say(id, UNTIL_THEN));
    }
    tokenForm.hidden = true;
    followed();
  } catch (reason) {
    if (reason.wantsToken && shown === null) [...OF_MODEL, ...OTHERS].forEach(id => say(id, 'Shown to whoever has a token.'));
    if (reason.wantsToken && tokenForm.hidden) {
      tokenForm.hidden = false;
      document.getElementById('token').focus();
    }
    const what = !(reason instanceof Refusal) ? 'This page went wrong' : reason.status ? 'Refused' : 'No connection';
    state('error', `${what}: ${reason.message}${reason.wantsToken ? '' : '; asking again every few seconds'}`
        + (shown === null ? '' : `. Below is what was known at ${known}.`));
    return !reason.wantsToken; // Asking again would be refused again.
  }
  return true;
}

async function keepLooking() {
  clearTimeout(timer);
  isLooking = true;
  isNewsDue = false;
  const from = now();
  const goesOn = document.hidden || await look();
  isLooking = false;
  document.getElementById('panels').removeAttribute('aria-busy');
  if (goesOn) timer = setTimeout(keepLooking, Math.max(isNewsDue ? SOON : EVERY, SHARE * (now() - from)));
}

function lookSoon() {
  isNewsDue = true;
  if (isLooking) return;
  clearTimeout(timer);
  timer = setTimeout(keepLooking, SOON);
}

tokenForm.addEventListener('submit', event => {
  event.preventDefault();
  const field = document.getElementById('token');
  useToken(field.value.trim());
  field.value = '';
  keepLooking();
});

[...OF_MODEL, ...OTHERS].forEach(id => say(id, 'Loading …'));
keepLooking();
