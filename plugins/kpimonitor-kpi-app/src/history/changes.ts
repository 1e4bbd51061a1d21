/** What an edit changed, level by level. */
import type { JudgementEdit, JudgementValues } from '@kpi-monitor/model/query/judgement-answer';

import { BOUNDED, type BoundedLevel } from '../form/draft';
import { levelText, targetText, type Unit } from '../judgement/value-text';

export interface ChangedValue {
  of: BoundedLevel | 'target';
  old: string;
  new: string;
}

/** In the order in which they are read: target first, then mild to severe; empty when everything stayed as it was. */
export function changesOf({ old: before, new: after }: Pick<JudgementEdit, 'old' | 'new'>, unit: Unit): ChangedValue[] {
  const texts = (values: JudgementValues): Array<[ChangedValue['of'], string]> => [
    ['target', targetText(values)],
    ...BOUNDED.map((level): [BoundedLevel, string] => [level, levelText(values, level, unit)]),
  ];
  const was = new Map(texts(before));
  return texts(after)
    .map(([of, text]) => ({ of, old: was.get(of)!, new: text }))
    .filter((change) => change.old !== change.new);
}
