/* The names of clients by id, for lists that know ids only. */
import { list_clients } from '../api/generated/operations';
import { useAsk } from '../api/query';
import { isClient } from '../api/session';

export function useClientNames(): (id: string | null) => string {
  const clients = useAsk(list_clients, isClient() ? null : { query: { limit: 200 } });
  const names = new Map((clients.data?.items ?? []).map((client) => [client.id, client.name]));
  return (id) => names.get(id) ?? '';
}
