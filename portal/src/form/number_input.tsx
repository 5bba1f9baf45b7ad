/* A number as people write it, in hours say, and as it is kept. What is typed stays, whatever the page hears meanwhile. */
import { useState } from 'preact/hooks';

interface NumberInputProps {
  id: string;
  step: number | 'any';
  by: number; // what is kept is as many times what is typed
  value: number | null | undefined;
  set: (value: number | undefined) => void;
  class?: string;
  required?: boolean;
  min?: number;
  max?: number;
  inputMode?: 'decimal';
  'aria-invalid'?: 'true' | undefined;
  'aria-describedby'?: string | undefined;
}

const readNumber = (text: string, by: number) => (text === '' ? undefined : Math.round(Number(text) * by));

/* With no more decimals than it takes to mean it: 611 minutes are 10.18 hours. */
function shortest(value: number, by: number) {
  const texts = [0, 1, 2, 3, 4, 5].map((decimals) => (value / by).toFixed(decimals));
  return texts.find((text) => readNumber(text, by) === value) ?? value / by;
}

export function NumberInput({ by, value, set, ...attributes }: NumberInputProps) {
  const [typed, setTyped] = useState('');
  const isTyped = readNumber(typed, by) === (value ?? undefined); // else it was set from elsewhere
  return (
    <input {...attributes} class="input" type="number" value={isTyped ? typed : value == null ? '' : shortest(value, by)}
      onInput={(event) => {
        setTyped(event.currentTarget.value);
        set(readNumber(event.currentTarget.value, by));
      }} />
  );
}
