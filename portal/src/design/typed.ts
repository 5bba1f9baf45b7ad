/* What is being typed into a field whose value stands elsewhere: told once it is whole, and left alone by what comes in meanwhile. */
import { useEffect, useState } from 'preact/hooks';

type Heard = { currentTarget: HTMLInputElement };

/* A day is told with each digit of its year: 0002, 0020, 0202. */
const isWhole = ({ type, value }: HTMLInputElement) => type !== 'date' || !value.startsWith('0');

export function useTyped(value: string, set: (value: string) => void) {
  const [typed, type] = useState(value);
  useEffect(() => type(value), [value]);
  return {
    value: typed,
    onInput: ({ currentTarget }: Heard) => type(currentTarget.value),
    onChange: ({ currentTarget }: Heard) => { if (isWhole(currentTarget)) set(currentTarget.value); },
  };
}
