/** The three kinds of frame that answers are made of. `refId` is added when the answer is put together. */
import type { AnswerMeta, Frame, FrameMeta } from '@kpi-monitor/model/query/frames';

import type { Column } from './field';

export interface FrameSaying {
  meta: AnswerMeta;
  notices?: FrameMeta['notices'];
}

/** One series: a time field and one value field that carries the labels. */
export function timeSeriesFrame(name: string, time: Column, value: Column, saying: FrameSaying): Frame {
  return frame(name, 'timeseries-multi', [time, value], saying);
}

/** A line with what belongs to it: a time field and several value fields. */
export function wideFrame(name: string, columns: Column[], saying: FrameSaying): Frame {
  return frame(name, 'timeseries-wide', columns, saying);
}

/** One number with its labels. */
export function numericFrame(name: string, value: Column, saying: FrameSaying): Frame {
  return frame(name, 'numeric-multi', [value], saying);
}

export function tableFrame(name: string, columns: Column[], saying: FrameSaying): Frame {
  return frame(name, 'table', columns, saying);
}

/** An answer without a series: its kind is known, so that an alert rule sees "no data" and not an error. */
export function emptyFrame(type: NonNullable<FrameMeta['type']>, saying: FrameSaying): Frame {
  return frame('', type, [], saying);
}

export function withRefId(frame: Frame, refId: string): Frame {
  return { ...frame, schema: { refId, ...frame.schema } };
}

/** Says something about a whole answer: on its first frame, where panels look for it. */
export function withNotices([first, ...rest]: readonly Frame[], notices: FrameMeta['notices'] = []): Frame[] {
  if (!first || notices.length === 0) {
    return first ? [first, ...rest] : [];
  }
  const meta = { ...first.schema.meta, notices: [...notices, ...(first.schema.meta?.notices ?? [])] };
  return [{ ...first, schema: { ...first.schema, meta } }, ...rest];
}

function frame(name: string, type: NonNullable<FrameMeta['type']>, columns: Column[], saying: FrameSaying): Frame {
  return {
    schema: {
      ...(name && { name }),
      meta: {
        type,
        typeVersion: [0, 1],
        custom: saying.meta,
        ...(saying.notices?.length && { notices: saying.notices }),
      },
      fields: columns.map((column) => column.field),
    },
    data: { values: columns.map((column) => column.values) },
  };
}
