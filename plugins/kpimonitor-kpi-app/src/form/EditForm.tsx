import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Field, RadioButtonGroup, Stack, TextArea, useStyles2 } from '@grafana/ui';
import { type JudgementAnswer, THRESHOLD_FORMS, type ThresholdForm } from '@kpi-monitor/model/query/judgement-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';
import { type FormEvent, useId } from 'react';

import { dayText } from '../judgement/day-text';
import { Failed } from '../page/Failed';

import { BoundField } from './BoundField';
import { ConflictNote } from './ConflictNote';
import { BOUNDED } from './draft';
import { FromField } from './FromField';
import { NumberInput } from './NumberInput';
import type { Edit } from './use-edit';

interface Props {
  answer: JudgementAnswer;
  edit: Edit;
}

/** The form in which thresholds and target are changed; it shows itself to whoever may not, and says why. */
export function EditForm({ answer, edit }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { you, inForce, direction } = answer;
  const { draft, mistakes, isChanged, isSaving, conflict, refusal, savedFrom } = edit;
  const isReadOnly = !you.mayEdit;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void edit.save();
  };
  return (
    <form onSubmit={submit} aria-label={t('form.title', 'Change it')} noValidate className={styles.form}>
      <h2 className={styles.title}>{t('form.title', 'Change it')}</h2>
      {isReadOnly && (
        <p className={styles.why} role="note">
          {t('form.read-only', 'You see this as {{role}}. Editors may change it, Admins may put it back too.', {
            role: you.role,
            interpolation,
          })}
        </p>
      )}
      {conflict && <ConflictNote conflict={conflict} unit={answer} isChanged={isChanged} />}
      {savedFrom && !conflict && (
        <p className={styles.saved} role="status">
          {t('form.saved', 'Saved. It holds from {{from}} on.', { from: dayText(savedFrom), interpolation })}
        </p>
      )}
      <p className={styles.hint}>{directionText(direction)}</p>
      <Field label={t('form.as', 'Thresholds are')} disabled={isReadOnly} noMargin>
        <RadioButtonGroup<ThresholdForm>
          id={`${id}as`}
          options={THRESHOLD_FORMS.map((value) => ({ value, label: formText(value) }))}
          value={draft.as}
          onChange={(as) => edit.type({ as })}
          disabled={isReadOnly}
          size="sm"
        />
      </Field>
      {BOUNDED.map((level) => (
        <BoundField
          key={level}
          level={level}
          draft={draft}
          judged={answer}
          mistake={mistakes[level]}
          isReadOnly={isReadOnly}
          onChange={(bound) => edit.type({ [level]: bound })}
        />
      ))}
      {mistakes.thresholds && (
        <p className={styles.mistake} role="alert">
          {mistakes.thresholds}
        </p>
      )}
      {!isReadOnly && BOUNDED.every((level) => draft[level].every((text) => text.trim() === '')) && (
        <p className={styles.hint}>{t('form.not-judged', 'Without any threshold the KPI is not judged.')}</p>
      )}
      <Field
        label={t('kpis.target', 'Target')}
        description={
          inForce.phased && draft.target === ''
            ? t('form.phased', '{{target}}. A number here would replace it in every period.', {
                target: inForce.targetText,
                interpolation,
              })
            : undefined
        }
        invalid={Boolean(mistakes.target)}
        error={mistakes.target}
        noMargin
      >
        <NumberInput
          id={`${id}target`}
          unit={answer.unit}
          as="absolute"
          value={draft.target}
          isReadOnly={isReadOnly}
          placeholder={inForce.phased ? t('form.by-period', 'by period') : t('form.none', 'none')}
          onChange={(target) => edit.type({ target })}
        />
      </Field>
      {!isReadOnly && (
        <>
          <FromField starts={answer.starts} from={edit.from} mistake={mistakes.from} onChange={edit.setFrom} />
          <Field
            label={t('form.reason', 'Reason')}
            description={t('form.reason-hint', 'Is kept with the change, for whoever asks later.')}
            invalid={Boolean(mistakes.reason)}
            error={mistakes.reason}
            required
            noMargin
          >
            <TextArea
              id={`${id}reason`}
              rows={2}
              maxLength={500}
              value={edit.reason}
              onChange={(event) => edit.setReason(event.currentTarget.value)}
            />
          </Field>
          {refusal && (
            <Failed title={t('form.failed', 'It was not saved; what you wrote is still here')} refusal={refusal} />
          )}
          <Stack direction="row" gap={1}>
            <Button type="submit" disabled={!isChanged || isSaving} icon={isSaving ? 'sync' : undefined}>
              {conflict ? t('form.save-upon', 'Save upon that') : t('form.save', 'Save')}
            </Button>
            <Button
              type="button"
              variant="secondary"
              fill="outline"
              disabled={(!isChanged && edit.reason === '') || isSaving}
              onClick={edit.discard}
            >
              {t('form.discard', 'Discard')}
            </Button>
          </Stack>
        </>
      )}
    </form>
  );
}

function formText(form: ThresholdForm): string {
  switch (form) {
    case 'percent_of_target':
      return t('form.percent', '% of target');
    case 'absolute':
      return t('form.absolute', 'Values');
    case 'difference':
      return t('form.difference', 'Distance from target');
  }
}

function directionText(direction: 'up' | 'down' | 'range'): string {
  switch (direction) {
    case 'up':
      return t('form.up', 'Up is good: a level is reached at its value or below.');
    case 'down':
      return t('form.down', 'Down is good: a level is reached at its value or above.');
    case 'range':
      return t('form.range', 'Good is between two values: a level is reached at its ends or beyond.');
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), minWidth: 0 }),
  title: css({ margin: 0, fontSize: theme.typography.h4.fontSize }),
  why: css({
    margin: 0,
    padding: theme.spacing(1),
    borderLeft: `3px solid ${theme.colors.info.border}`,
    background: theme.colors.background.secondary,
  }),
  saved: css({
    margin: 0,
    padding: theme.spacing(1),
    borderLeft: `3px solid ${theme.colors.success.border}`,
    background: theme.colors.background.secondary,
  }),
  hint: css({ margin: 0, color: theme.colors.text.secondary }),
  mistake: css({ margin: 0, color: theme.colors.error.text }),
});
