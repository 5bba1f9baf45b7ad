/* A PDF of ours within the page. A frame cannot show a refusal, and a paper that nobody has read yet is only made when it is
   asked for: so the page asks whether it is there, and then frames it. */
import type { Input, Name, Operation } from '../api/operation';
import { useThere } from '../api/query';
import { Shown } from '../design/page';

interface PaperProps<K extends Name> { of: Operation<K>; id: string; title: string; isBare?: boolean }

export const paperAt = <K extends Name>(of: Operation<K>, id: string) => `/api/v1${of.path.replace('{id}', id)}`;

export function Paper<K extends Name>({ of, id, title, isBare }: PaperProps<K>) {
  const there = useThere(of, { path: { id } } as unknown as Input<K>);
  return (
    <Shown of={there}>
      {() => <iframe class="paper" src={`${paperAt(of, id)}#${isBare ? 'toolbar=0&' : ''}navpanes=0&view=FitH`} title={title} />}
    </Shown>
  );
}
