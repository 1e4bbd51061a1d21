import { getValueFormat } from '@grafana/data';
import { Input } from '@grafana/ui';
import type { ThresholdForm } from '@kpi-monitor/model/query/judgement-answer';

interface Props {
  id: string;
  unit: string;
  as: ThresholdForm;
  value: string;
  onChange: (value: string) => void;
  isReadOnly: boolean;
  placeholder?: string;
  'aria-label'?: string;
  invalid?: boolean;
}

/** A number with its unit beside it. */
export function NumberInput({ id, unit, as, value, onChange, isReadOnly, placeholder, invalid, ...rest }: Props) {
  const { prefix, suffix } = as === 'percent_of_target' ? { prefix: undefined, suffix: '%' } : affixesOf(unit);
  return (
    <Input
      id={id}
      value={value}
      inputMode="text"
      autoComplete="off"
      prefix={prefix}
      suffix={suffix}
      readOnly={isReadOnly}
      placeholder={placeholder}
      invalid={invalid}
      aria-invalid={invalid || undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...rest}
    />
  );
}

/** What Grafana writes before and after a number of a unit. */
function affixesOf(unit: string): { prefix?: string; suffix?: string } {
  const { prefix, suffix } = getValueFormat(unit)(1, 0);
  return { prefix: prefix?.trim() || undefined, suffix: suffix?.trim() || undefined };
}
