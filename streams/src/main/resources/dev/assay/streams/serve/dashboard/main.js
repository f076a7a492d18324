// Asks again and again, and gives each panel what is new.

import { Refusal, get, post, useToken, whyNotReady } from './ask.js';
import * as panels from './panels.js';
import { setFeatures } from './playground.js';

const EVERY = 2_000; // ms between an answer and the next question
const LEADERBOARD_EVERY = 10_000; // its quantile is drawn anew for each version
const SHARE = 4; // waits at least so many times as long as the answer took
const REMEMBERED = 10 * 60; // seconds of counts
const VERSIONS = 8;
const PANELS = ['fresh', 'judgments', 'rationality', 'reward', 'leaderboard', 'identifiable', 'versions'];

const now = () => performance.now();
const tokenForm = document.getElementById('token-form');
let shown = null; // the model in the panels
let known = ''; // the time of day it was asked for
let counts = []; // [seconds, judgments]
let versions = []; // the newest first
let offset = { spec: null, value: null };
let board = { at: -Infinity, version: null };

function state(kind, sentence) {
  const line = document.getElementById('state');
  if (line.textContent !== sentence) line.textContent = sentence; // It is read out when it changes.
  line.className = `state ${kind}`;
}

async function model() {
  const answer = await get('v1/model');
  const seconds = now() / 1000;
  counts = [...counts, [seconds, answer.judgments]].filter(([at]) => at >= seconds - REMEMBERED);
  const isNew = shown === null || answer.parameter_version !== shown.parameter_version;
  if (offset.spec !== answer.context_spec) {
    // Nothing is known of this context, so every feature is 0: what is left is ψ₀.
    const asked = await post('v1/rationality', { context: {} });
    offset = { spec: answer.context_spec, value: asked.contexts[0].rationality };
  }
  shown = answer;
  known = new Date().toLocaleTimeString();
  document.getElementById('model-name').textContent = answer.model;
  document.title = `${answer.model} · Assay`;
  panels.fresh(answer);
  panels.judgments(answer, counts);
  if (isNew) {
    versions = [{ ...answer, seen: known }, ...versions].slice(0, VERSIONS);
    panels.rationality(answer, offset.value);
    panels.reward(answer);
    panels.identifiable(answer);
    panels.versions(versions);
    setFeatures(answer.reward.map(one => one.name));
  }
}

async function leaderboard() {
  if (board.version === shown.parameter_version || now() < board.at + LEADERBOARD_EVERY) return;
  board = { at: now(), version: shown.parameter_version };
  try {
    panels.leaderboard(await get('v1/leaderboard'));
  } catch (reason) {
    if (reason.status !== 404) throw reason;
    panels.say('leaderboard', 'No policies to rank. Start the scorer with --responses FOLDER, a folder whose responses.jsonl names the policy of each response.');
  }
}

async function look() {
  try {
    const why = await whyNotReady();
    try {
      await model();
      await leaderboard();
      state(why ? 'stale' : 'ready', why ? `Not ready: ${why}` : 'Ready');
    } catch (reason) {
      if (reason.status !== 503) throw reason;
      state('empty', `Nothing to show: ${reason.message}`);
      if (shown === null) PANELS.forEach(id => panels.say(id, 'Shown as soon as an estimator (assay estimator) has published an estimate of enough judgments (assay ingest, assay gateway).'));
    }
    tokenForm.hidden = true;
  } catch (reason) {
    const wantsToken = reason.status === 401 || reason.status === 403;
    if (wantsToken && shown === null) PANELS.forEach(id => panels.say(id, 'Shown to whoever has a token.'));
    if (wantsToken && tokenForm.hidden) {
      tokenForm.hidden = false;
      document.getElementById('token').focus();
    }
    const what = !(reason instanceof Refusal) ? 'This page went wrong' : reason.status ? 'Refused' : 'No connection';
    state('error', `${what}: ${reason.message}${wantsToken ? '' : '; asking again every few seconds'}`
        + (shown === null ? '' : `. Below is what was known at ${known}.`));
    return wantsToken; // Asking again would be refused again.
  }
  return false;
}

async function keepLooking() {
  const from = now();
  const isRefused = document.hidden ? false : await look();
  if (!isRefused) setTimeout(keepLooking, Math.max(EVERY, SHARE * (now() - from)));
}

tokenForm.addEventListener('submit', event => {
  event.preventDefault();
  const field = document.getElementById('token');
  useToken(field.value.trim());
  field.value = '';
  keepLooking();
});

PANELS.forEach(id => panels.say(id, 'Loading …'));
keepLooking();
