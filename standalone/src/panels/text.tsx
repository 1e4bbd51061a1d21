/** Core panel `text`: Markdown or HTML, made safe, with variables filled in. */
import { css, cx } from '@emotion/css';
import { type PanelProps, renderTextPanelMarkdown, textUtil } from '@grafana/data';
import { useMemo } from 'react';

import { adapter } from './adapter';

interface Options {
  mode: 'markdown' | 'html' | 'code';
  content: string;
}

function TextPanel({ options: { mode, content }, replaceVariables, renderCounter }: PanelProps<Options>) {
  const html = useMemo(
    () => {
      const filled = replaceVariables(content, {}, mode === 'code' ? undefined : 'html');
      return mode === 'markdown' ? renderTextPanelMarkdown(filled) : textUtil.sanitizeTextPanelContent(filled);
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the counter says that a variable changed
    [content, mode, replaceVariables, renderCounter]
  );
  if (mode === 'code') {
    return <pre className={styles.scroll}>{replaceVariables(content)}</pre>;
  }
  return <div className={cx('markdown-html', styles.scroll)} dangerouslySetInnerHTML={{ __html: html }} />;
}

const styles = { scroll: css({ height: '100%', overflow: 'auto' }) };

export const textPanel = adapter<Options>({
  id: 'text',
  component: TextPanel,
  options: { mode: 'markdown', content: '' },
  asksNothing: true,
});
