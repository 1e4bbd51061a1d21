/**
 * Collection over the journal: points a second from pushes over HTTP, each on the disk before it is acknowledged, until a
 * real InfluxDB has them, beside what InfluxDB's client does alone, without a journal. Then an outage of the store at
 * 1,000 points a second, received as fast as it goes: how fast it is replayed while pushes go on, and in how much memory.
 * `KPI_OUTAGE_HOURS` says how long it is; by default one.
 */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { InfluxDB } from '@influxdata/influxdb-client';

import { type RunningInfluxd, startInfluxd } from '../../store/test/influxd';
import { need } from '../../tests/support/need';

import type { IntakeSample } from './intake';
import type { BenchOptions, Finding } from './measure';

const KPIS = 200;
const REGIONS = 5;
/** Points of one push: each series once, as Telegraf sends. */
const PUSH = KPIS * REGIONS;
const SENDERS = 4;
const LIVE = 1000;
const FASTER = 5;
const SUSTAINED = 20_000;

export async function benchJournal({ smoke }: BenchOptions): Promise<Finding[]> {
  const influxd = need('influxd', 'the journal benchmark');
  if (!influxd) {
    return [];
  }
  const hours = Number(process.env.KPI_OUTAGE_HOURS ?? 1);
  const [pushes, missed] = smoke ? [20, 20] : [600, Math.round((hours * 3600 * LIVE) / PUSH)];
  const server = await startInfluxd(influxd);
  const folder = mkdtempSync(join(tmpdir(), 'kpi-journal-'));
  try {
    const intake = await startIntake(writeConfig(folder, server.url));
    const first = minuteOf(Date.now()) - pushes - missed - 100_000;
    const alone = await clientAlone(server.url, first, pushes);
    const ours = await sustained(intake, first, pushes);
    const outage = await outlast(intake, server, first + pushes, missed);
    await intake.stop();
    return [
      {
        what: `journalled collection of ${thousands(pushes * PUSH)} points, with fsync, until InfluxDB has them`,
        value: `${thousands(ours)} points/s, ${(ours / alone).toFixed(2)} of InfluxDB's client alone without a journal (${thousands(alone)})`,
        budget: `${thousands(SUSTAINED)} points/s`,
        holds: ours >= SUSTAINED,
      },
      ...outage,
    ];
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Intake {
  /** samples so far, oldest first */
  samples: IntakeSample[];
  push(text: string): Promise<void>;
  stop(): Promise<void>;
}

function writeConfig(folder: string, url: string): string {
  mkdirSync(join(folder, 'kpis'));
  for (let k = 0; k < KPIS; k++) {
    const text = `id: kpi_${k}\nname: KPI ${k}\nrole: measure\nkind: flow\ngrain: minute\ndimensions: [region]\nsource: { kind: push }\n`;
    writeFileSync(join(folder, `kpis/kpi_${k}.yaml`), text);
  }
  const file = join(folder, 'kpi-monitor.yaml');
  const journal = '{ max_bytes: 68719476736 }';
  writeFileSync(file, `log: error\nstore: { kind: influxdb, url: "${url}", token: none }\njournal: ${journal}\n`);
  return file;
}

async function startIntake(config: string): Promise<Intake> {
  const child = fork(new URL('./intake.mjs', import.meta.url), [config], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const samples: IntakeSample[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (sample: IntakeSample) => {
      samples.push(sample);
      resolve();
    });
    child.once('exit', (code) => reject(new Error(`the collector ended with ${code}`)));
  });
  await ready;
  const [{ url }] = samples as [IntakeSample];
  return {
    samples,
    async push(text) {
      const response = await fetch(`${url}/write?precision=s`, { method: 'POST', body: text });
      if (response.status !== 204) {
        throw new Error(`a push was answered with ${response.status} ${await response.text()}`);
      }
    },
    async stop() {
      child.send('end');
      await ended;
    },
  };
}

function minuteOf(time: number): number {
  return Math.floor(time / 60_000);
}

/** Every series once, at a minute since 1970. */
function linesOf(minute: number): string {
  const lines: string[] = [];
  for (let k = 0; k < KPIS; k++) {
    for (let r = 0; r < REGIONS; r++) {
      lines.push(`kpi_${k},region=region_${r} value=${((minute * 7 + k * 13 + r) % 10_000) / 10} ${minute * 60}`);
    }
  }
  return lines.join('\n');
}

/** Points a second of all pushes, from several senders at once. */
async function send(intake: Intake, first: number, pushes: number): Promise<void> {
  let next = 0;
  const sender = async () => {
    while (next < pushes) {
      await intake.push(linesOf(first + next++));
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

async function until(intake: Intake, holds: (sample: IntakeSample) => boolean): Promise<void> {
  for (const begun = intake.samples.length; ; await sleep(50)) {
    if (intake.samples.length > begun && holds(intake.samples.at(-1)!)) {
      return;
    }
  }
}

async function sustained(intake: Intake, first: number, pushes: number): Promise<number> {
  const before = intake.samples.at(-1)!.delivered;
  const start = performance.now();
  await send(intake, first, pushes);
  await until(intake, ({ waiting, delivered }) => waiting === 0 && delivered - before >= pushes * PUSH);
  return (1000 * pushes * PUSH) / (performance.now() - start);
}

async function clientAlone(url: string, first: number, pushes: number): Promise<number> {
  await fetch(`${url}/query?q=${encodeURIComponent('CREATE DATABASE alone')}`, { method: 'POST' });
  let written = 0;
  const api = new InfluxDB({ url, token: 'none' }).getWriteApi('', 'alone', 's', {
    ...{ batchSize: 5000, flushInterval: 0, maxRetries: 0 },
    writeSuccess: (lines) => void (written += lines.length),
  });
  api.path = '/write?db=alone&precision=s';
  const start = performance.now();
  for (let i = 0; i < pushes; i++) {
    api.writeRecords(linesOf(first + i).split('\n'));
    // It sends a batch as soon as it is full, and does not wait for the one before.
    for (; (i + 1) * PUSH - written > SENDERS * 5000; await sleep(1)) {}
  }
  await api.flush();
  for (; written < pushes * PUSH; await sleep(1)) {}
  await api.close();
  const rate = (1000 * pushes * PUSH) / (performance.now() - start);
  const count = await fetch(`${url}/query?db=alone&q=${encodeURIComponent('SELECT count(value) FROM /.*/')}`);
  const { results } = (await count.json()) as { results: Array<{ series?: Array<{ values: number[][] }> }> };
  const stored = (results[0]?.series ?? []).reduce((sum, { values }) => sum + values[0]![1]!, 0);
  if (stored !== pushes * PUSH) {
    throw new Error(`InfluxDB's client alone stored ${stored} of ${pushes * PUSH} points`);
  }
  return rate;
}

async function outlast(intake: Intake, server: RunningInfluxd, first: number, pushes: number): Promise<Finding[]> {
  await server.pause();
  const received = performance.now();
  await send(intake, first, pushes);
  const pace = (1000 * pushes * PUSH) / (performance.now() - received);
  await until(intake, () => true);
  const { bytes, delivered } = intake.samples.at(-1)!;

  await server.resume();
  // Values go on coming while the old ones are replayed.
  let isLive = true;
  let more = 0;
  const live = (async () => {
    for (; isLive; await sleep((1000 * PUSH) / LIVE)) {
      await intake.push(linesOf(first + pushes + more++));
    }
  })();
  await until(intake, (sample) => sample.delivered > delivered);
  const from = intake.samples.length - 1;
  const start = performance.now();
  await until(intake, ({ waiting }) => waiting <= SENDERS);
  const seconds = (performance.now() - start) / 1000;
  isLive = false;
  await live;
  const replay = intake.samples.slice(from);
  const rate = (replay.at(-1)!.delivered - replay[0]!.delivered) / seconds;
  const rss = replay.map((sample) => sample.rss);
  const quarter = Math.max(1, Math.floor(rss.length / 4));
  const growth = medianOf(rss.slice(-quarter)) - medianOf(rss.slice(-2 * quarter, -quarter));
  return [
    {
      what: `replay of an outage of ${thousands(pushes * PUSH)} points at ${LIVE} a second, which go on`,
      value: `${thousands(rate)} points/s, ${(rate / LIVE).toFixed(0)} times the live rate (received at ${thousands(pace)} points/s, ${Math.round(bytes / 2 ** 20)} MB on disk, ${(bytes / pushes / PUSH).toFixed(0)} bytes a point)`,
      budget: `${FASTER} times`,
      holds: rate >= FASTER * LIVE,
    },
    {
      what: 'peak memory during it',
      value: `${Math.round(Math.max(...rss))} MB, ${growth.toFixed(1)} MB more in its last quarter than in the one before`,
      budget: '40 MB',
      holds: growth < 40,
    },
  ];
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
