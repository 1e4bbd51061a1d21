import { t } from '@grafana/i18n';
import { Field, Input, RadioButtonList, Stack } from '@grafana/ui';
import type { JudgementStart } from '@kpi-monitor/model/query/judgement-answer';
import { useId, useState } from 'react';

interface Props {
  starts: JudgementStart[];
  from: string;
  mistake?: string;
  onChange: (from: string) => void;
}

const OTHER = 'other';

/** The day from which a change holds: that of a period which people think of, or another. */
export function FromField(props: Props) {
  return (
    <Field label={t('from.label', 'Holds from')} invalid={Boolean(props.mistake)} error={props.mistake} noMargin>
      <Choices {...props} />
    </Field>
  );
}

function Choices({ starts, from, onChange }: Props) {
  const id = useId();
  const [wantsOther, setWantsOther] = useState(false);
  const isOther = wantsOther || !starts.some((start) => start.from === from);
  const options = [
    ...starts.map((start) => ({ value: start.from, label: start.periodText, description: startText(start.is) })),
    { value: OTHER, label: t('from.other', 'Another day'), description: undefined },
  ];
  return (
    <div role="group" aria-label={t('from.label', 'Holds from')}>
      <Stack direction="column" gap={1}>
        <RadioButtonList
          id={`${id}from`}
          name={`${id}from`}
          options={options}
          value={isOther ? OTHER : from}
          onChange={(value) => {
            setWantsOther(value === OTHER);
            if (value !== OTHER) {
              onChange(value);
            }
          }}
        />
        {isOther && (
          <Input
            type="date"
            aria-label={t('from.day', 'Day from which it holds')}
            value={from}
            width={24}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        )}
      </Stack>
    </div>
  );
}

function startText(is: JudgementStart['is']): string {
  switch (is) {
    case 'judged':
      return t('from.judged', 'the newest that is judged: its status changes at once');
    case 'open':
      return t('from.open', 'the one that runs: shows once it is judged');
    case 'next':
      return t('from.next', 'the one after');
  }
}
