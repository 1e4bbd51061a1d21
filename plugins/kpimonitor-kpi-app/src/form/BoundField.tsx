import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Field, Stack, useStyles2 } from '@grafana/ui';
import { formatValue } from '@kpi-monitor/model/format/number';
import type { JudgementAnswer } from '@kpi-monitor/model/query/judgement-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';
import { useId } from 'react';

import { LevelName, levelWord } from '../judgement/LevelName';

import type { BoundDraft, BoundedLevel, Draft } from './draft';
import { NumberInput } from './NumberInput';
import { readNumber, typedFactor } from './numbers';

interface Props {
  level: BoundedLevel;
  draft: Draft;
  judged: Pick<JudgementAnswer, 'unit' | 'decimals' | 'direction'>;
  mistake?: string;
  isReadOnly: boolean;
  onChange: (bound: BoundDraft) => void;
}

/** The threshold of a level. */
export function BoundField(props: Props) {
  const id = useId();
  return (
    <Field
      label={<LevelName level={props.level} />}
      htmlFor={`${id}0`}
      invalid={Boolean(props.mistake)}
      error={props.mistake}
      noMargin
    >
      <BoundInputs {...props} first={`${id}0`} />
    </Field>
  );
}

/** A number, or the two ends of a range; what depends on the target is written out below. */
function BoundInputs({ level, draft, judged, mistake, isReadOnly, onChange, first }: Props & { first: string }) {
  const styles = useStyles2(getStyles);
  const bound = draft[level];
  const word = levelWord(level);
  const input = (index: number, name: string) => (
    <NumberInput
      id={index === 0 ? first : `${first}high`}
      aria-label={name}
      unit={judged.unit}
      as={draft.as}
      value={bound[index]!}
      isReadOnly={isReadOnly}
      placeholder={t('form.none', 'none')}
      invalid={Boolean(mistake)}
      onChange={(text) => onChange(bound.map((old, end) => (end === index ? text : old)) as unknown as BoundDraft)}
    />
  );
  const out = writtenOut(bound, draft, judged);
  return (
    <>
      {bound.length === 1 ? (
        input(0, word)
      ) : (
        <Stack direction="row" gap={1} alignItems="center">
          {input(0, t('form.low', '{{level}}, or below', { level: word, interpolation }))}
          <span>{t('form.and', 'and')}</span>
          {input(1, t('form.high', '{{level}}, or above', { level: word, interpolation }))}
        </Stack>
      )}
      {out && <span className={styles.out}>{out}</span>}
    </>
  );
}

/** `$900,000 at this target`: a share or a distance in the KPI's unit, where there is one target. */
function writtenOut(bound: BoundDraft, { as, target }: Draft, { unit, decimals }: Props['judged']): string | undefined {
  const aim = readNumber(target);
  const numbers = bound.map(readNumber);
  if (
    as === 'absolute' ||
    aim === null ||
    Number.isNaN(aim) ||
    numbers.some((one) => one === null || Number.isNaN(one))
  ) {
    return undefined;
  }
  const factor = typedFactor(unit, 'absolute');
  const texts = numbers.map((number) => {
    const value = as === 'difference' ? aim + number! : (aim * number!) / 100;
    return formatValue(value / factor, { unit, decimals });
  });
  return t('form.written-out', '{{value}} at this target', { value: texts.join(' – '), interpolation });
}

const getStyles = (theme: GrafanaTheme2) => ({
  out: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
