/** What has to be signed for a signature to prove anything. */
import type { Mistake } from './check-thresholds';
import type { WebhookSignature } from './source-schema';

export function checkWebhook({ signs, timestamp, id_header: idHeader, id }: WebhookSignature): Mistake[] {
  const mistakes: Mistake[] = [];
  const mistake = (field: string, message: string) =>
    mistakes.push({ code: 'KPI_SOURCE', path: ['source', 'signature', field], message });
  if (!signs.includes('{body}')) {
    mistake('signs', 'a signature that is not over {body} says nothing about the event; write e.g. {timestamp}.{body}');
  }
  if (signs.includes('{timestamp}') !== (timestamp !== undefined)) {
    mistake(
      'signs',
      '`timestamp` and {timestamp} in `signs` need each other: a time that is not signed can be changed'
    );
  }
  if (signs.includes('{id}') && idHeader === undefined) {
    mistake('signs', '{id} needs `id_header`, which says where it stands');
  }
  if (id !== undefined && idHeader !== undefined) {
    mistake('id', 'the id is in a header or in the body; leave `id` or `id_header` out');
  }
  return mistakes;
}
