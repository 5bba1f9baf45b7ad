/* One operation of the API, as the published contract names it. generated/operations.ts holds all. */
import type { operations } from './generated/types';

export type Name = keyof operations;

export interface Operation<K extends Name = Name> {
  readonly name: K;
  readonly method: 'get' | 'head' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly roles: string; // of the people who may, parted by spaces
}

export const operation = <K extends Name>(
  name: K, method: Operation['method'], path: string, roles: string,
): Operation<K> => ({ name, method, path, roles });

type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;
type Success<R> = Json<R[keyof R & (200 | 201 | 202)]>;

/* What an operation answers, takes in its body, its path and its query. */
export type Answer<K extends Name> = operations[K] extends { responses: infer R } ? Success<R> : never;
export type Body<K extends Name> = operations[K] extends { requestBody?: infer B } ? Json<Exclude<B, undefined>> : never;
export type Path<K extends Name> = operations[K] extends { parameters: { path: infer P } } ? P : never;
export type Query<K extends Name> =
  operations[K] extends { parameters: { query?: infer Q } } ? Exclude<Q, undefined> : never;

/* What is sent with it. A version is the ETag of what was read: a change names what it means. */
export interface Input<K extends Name> {
  path?: Path<K>;
  query?: Query<K>;
  body?: Body<K>;
  version?: string;
  key?: string; // the Idempotency-Key, the same for each try of one intent
}
