/* What milestones that follow on each other have in common, in a plan and in a template. */

export interface Following { code: string; after?: string[] | null }

/* What came after one that goes comes after what that came after. */
export function without<P extends Following>(pieces: P[], at: number): P[] {
  const gone = pieces[at]!;
  const inherit = (after: string[]) => [...new Set(after.flatMap((code) => (code === gone.code ? gone.after ?? [] : [code])))];
  return pieces.toSpliced(at, 1).map((piece) => ({ ...piece, after: inherit(piece.after ?? []) }));
}

/* Those that wait for it go on doing so under its new code. */
export function renamed<P extends Following>(pieces: P[], at: number, code: string): P[] {
  const old = pieces[at]!.code;
  return pieces.map((piece, index) => (index === at
    ? { ...piece, code } : { ...piece, after: (piece.after ?? []).map((one) => (one === old && old !== '' ? code : one)) }));
}

export function moved<P>(pieces: P[], at: number, by: number): P[] {
  return pieces.toSpliced(at, 1).toSpliced(at + by, 0, pieces[at]!);
}

export function nextCode(pieces: Following[]): string {
  const taken = new Set(pieces.map((piece) => piece.code));
  let at = pieces.length + 1;
  while (taken.has(`M${at}`)) at += 1;
  return `M${at}`;
}

const MILLION = 1_000_000;

/* Its part of the price, in millionths: weights are of any unit. */
export function shareOf(pieces: { weight: number }[], piece: { weight: number }): number | null {
  const whole = pieces.reduce((sum, one) => sum + (one.weight || 0), 0);
  return whole > 0 ? Math.round(((piece.weight || 0) * MILLION) / whole) : null;
}
