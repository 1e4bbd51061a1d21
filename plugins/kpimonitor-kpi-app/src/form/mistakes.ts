/** What is wrong with a draft, in the words of whoever wrote it. The engine checks again and has the last word. */
import { t } from '@grafana/i18n';
import type { EditField, JudgementValues, ThresholdForm } from '@kpi-monitor/model/query/judgement-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { levelWord } from '../judgement/LevelName';

import { BOUNDED, type BoundDraft, type BoundedLevel, type Draft, type Judged } from './draft';
import { readNumber } from './numbers';

export type Mistakes = Partial<Record<EditField, string>>;

/** @param before what holds, for a target that was not written in */
export function mistakesOf(draft: Draft, before: JudgementValues, judged: Judged): Mistakes {
  const mistakes: Mistakes = {};
  const target = readNumber(draft.target);
  if (Number.isNaN(target)) {
    mistakes.target = noNumber(draft.target);
  }
  for (const level of BOUNDED) {
    const mistake = boundMistake(draft[level]);
    if (mistake) {
      mistakes[level] = mistake;
    }
  }
  const given = BOUNDED.filter((level) => !mistakes[level] && isGiven(draft[level]));
  for (const [index, level] of given.entries()) {
    const milder = given[index - 1];
    const mistake = milder && orderMistake(milder, draft[milder], level, draft[level], judged.direction);
    if (mistake) {
      mistakes[level] = mistake;
    }
  }
  const about = targetMistake(draft.as, target, target === null && before.phased);
  if (given.length > 0 && about) {
    mistakes.target ??= about;
  }
  return mistakes;
}

function isGiven(bound: BoundDraft): boolean {
  return bound.some((text) => text.trim() !== '');
}

function boundMistake(bound: BoundDraft): string | undefined {
  const numbers = bound.map(readNumber);
  const bad = numbers.findIndex((number) => Number.isNaN(number));
  if (bad >= 0) {
    return noNumber(bound[bad]!);
  }
  const [low, high] = numbers;
  if (high === undefined || (low === null && high === null)) {
    return undefined;
  }
  if (low === null || high === null) {
    return t('mistake.one-end', 'Give both ends: from where to where all is well');
  }
  return low! < high ? undefined : t('mistake.empty-range', 'The first number has to be below the second');
}

function noNumber(text: string): string {
  return t('mistake.no-number', '“{{text}}” is no number; write it like 1234.5', { text: text.trim(), interpolation });
}

/** Of two levels that are given, the worse one has to be further from what is good. */
function orderMistake(
  milder: BoundedLevel,
  mild: BoundDraft,
  worse: BoundedLevel,
  severe: BoundDraft,
  direction: Judged['direction']
): string | undefined {
  const [a, aHigh] = mild.map((text) => readNumber(text)!) as [number, number?];
  const [b, bHigh] = severe.map((text) => readNumber(text)!) as [number, number?];
  const words = {
    worse: levelWord(worse),
    milder: levelWord(milder).toLowerCase(),
    bound: mild.map((text) => text.trim()).join(' – '),
    interpolation,
  };
  switch (direction) {
    case 'up':
      return b < a
        ? undefined
        : t('mistake.up', '{{worse}} has to be lower than {{milder}} ({{bound}}), since up is good', words);
    case 'down':
      return b > a
        ? undefined
        : t('mistake.down', '{{worse}} has to be higher than {{milder}} ({{bound}}), since down is good', words);
    case 'range':
      return b < a && bHigh! > aHigh!
        ? undefined
        : t('mistake.range', '{{worse}} has to be wider than {{milder}} ({{bound}}) on both sides', words);
  }
}

function targetMistake(as: ThresholdForm, target: number | null, isPhased: boolean): string | undefined {
  if (as === 'absolute' || isPhased) {
    return undefined;
  }
  if (target === null) {
    return t('mistake.no-target', 'Thresholds that depend on the target need one');
  }
  return as === 'percent_of_target' && target <= 0
    ? t('mistake.target-sign', 'Per cent of a target need one above zero')
    : undefined;
}
