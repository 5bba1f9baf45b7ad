/* The names of clients by id, for lists that know ids only. */
import { list_clients } from '../api/generated/operations';
import { useAll } from '../api/query';
import { isClient } from '../api/session';

export function useClientNames(): (id: string | null) => string {
  const clients = useAll(list_clients, isClient() ? null : {});
  const names = new Map((clients.data?.items ?? []).map((client) => [client.id, client.name]));
  return (id) => names.get(id) ?? '';
}
