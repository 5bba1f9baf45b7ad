/* An amount: typed as people do, kept exact. */
import { useState } from 'preact/hooks';
import { readAmount, writeAmount } from './amount';

/* What every control of an amount is given. What was typed stays as it is, until another amount is set from elsewhere. */
export function useAmount(value: string | null | undefined, set: (amount: string) => void) {
  const [typed, setTyped] = useState<string>();
  return {
    inputMode: 'decimal' as const,
    value: typed !== undefined && (readAmount(typed) ?? typed) === value ? typed : writeAmount(value),
    onInput: (event: { currentTarget: HTMLInputElement }) => {
      setTyped(event.currentTarget.value);
      set(readAmount(event.currentTarget.value) ?? event.currentTarget.value);
    },
  };
}

interface AmountInputProps { label: string; value: string; set: (amount: string) => void; isWrong?: boolean; required?: boolean }

/* In a table of amounts. */
export function AmountInput({ label, value, set, isWrong, required = false }: AmountInputProps) {
  const typed = useAmount(value, set);
  return (
    <input class="input" {...typed} style={{ inlineSize: '9rem', textAlign: 'end' }} aria-label={label} required={required}
      aria-invalid={isWrong ? 'true' : undefined} />
  );
}
