import { css } from '@emotion/css';
import { InlineLabel, Stack } from '@grafana/ui';
import { type ReactNode, useId } from 'react';

interface PartProps {
  /** the word of the sentence that stands before the choice */
  word: string;
  /** what the choice is about, for those who hear it without the sentence */
  about: string;
  tooltip?: string;
  children: (labelId: string) => ReactNode;
}

/** One word and one choice of the sentence that a query is written as. */
export function Part({ word, about, tooltip, children }: PartProps) {
  const id = useId();
  return (
    <Stack direction="row" gap={0} alignItems="flex-start">
      <InlineLabel id={id} width="auto" tooltip={tooltip} as="span">
        {word}
        <span className={heard}> {about}</span>
      </InlineLabel>
      {children(id)}
    </Stack>
  );
}

const heard = css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' });
