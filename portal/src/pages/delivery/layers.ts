/* A place for each node of a graph without cycles: in layers from the first to the last, with few crossings.
   An edge that passes layers goes through places of its own, so that it passes no node. */
export interface Placed { id: string; layer: number; slot: number }
export interface Route { from: string; to: string; via: Placed[] }
interface Layout { nodes: Map<string, Placed>; routes: Route[]; layers: number; slots: number }

const SWEEPS = 6;

function layersOf(ids: string[], before: Map<string, string[]>) {
  const layer = new Map<string, number>();
  const find = (id: string): number => {
    const known = layer.get(id);
    if (known !== undefined) return known;
    layer.set(id, 0); // ends what the server never lets be: a circle
    const found = Math.max(0, ...(before.get(id) ?? []).map((one) => find(one) + 1));
    layer.set(id, found);
    return found;
  };
  ids.forEach(find);
  return layer;
}

function group<T>(rows: T[], key: (row: T) => string, value: (row: T) => string) {
  const found = new Map<string, string[]>();
  for (const row of rows) found.set(key(row), [...found.get(key(row)) ?? [], value(row)]);
  return found;
}

export function layOut(ids: string[], edges: { from: string; to: string }[]): Layout {
  const known = new Set(ids);
  const kept = edges.filter((edge) => known.has(edge.from) && known.has(edge.to));
  const layer = layersOf(ids, group(kept, (edge) => edge.to, (edge) => edge.from));
  const columns: string[][] = [];
  const put = (id: string, at: number) => { (columns[at] ??= []).push(id); };
  ids.forEach((id) => put(id, layer.get(id)!));
  const steps: { from: string; to: string }[] = []; // between neighbouring layers only
  const passes = kept.map((edge, index) => {
    const between = Array.from({ length: Math.max(0, layer.get(edge.to)! - layer.get(edge.from)! - 1) }, (_, step) => {
      const id = `${index}/${step}`;
      put(id, layer.get(edge.from)! + step + 1);
      return id;
    });
    const way = [edge.from, ...between, edge.to];
    way.slice(1).forEach((to, step) => steps.push({ from: way[step]!, to }));
    return between;
  });
  const before = group(steps, (step) => step.to, (step) => step.from);
  const after = group(steps, (step) => step.from, (step) => step.to);
  const slot = new Map<string, number>();
  const settle = (column: string[]) => column.forEach((id, index) => slot.set(id, index));
  columns.forEach(settle);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const neighbours = sweep % 2 === 0 ? before : after;
    for (const column of sweep % 2 === 0 ? columns : columns.toReversed()) {
      const middle = (id: string) => {
        const near = neighbours.get(id) ?? [];
        return near.length > 0 ? near.reduce((sum, one) => sum + slot.get(one)!, 0) / near.length : slot.get(id)!;
      };
      column.sort((one, other) => middle(one) - middle(other));
      settle(column);
    }
  }
  const placed = (id: string, at: number): Placed => ({ id, layer: at, slot: slot.get(id)! });
  return {
    nodes: new Map(ids.map((id) => [id, placed(id, layer.get(id)!)])),
    routes: kept.map((edge, index) => ({ ...edge, via: passes[index]!.map((id, step) => placed(id, layer.get(edge.from)! + step + 1)) })),
    layers: columns.length, slots: Math.max(1, ...columns.map((column) => column.length)),
  };
}
