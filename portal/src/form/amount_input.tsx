/* An amount in a table of amounts: typed as people do, kept exact. */
import { useState } from 'preact/hooks';
import { readAmount, writeAmount } from './amount';

interface AmountInputProps { label: string; value: string; set: (amount: string) => void; isWrong?: boolean; required?: boolean }

export function AmountInput({ label, value, set, isWrong, required = false }: AmountInputProps) {
  const [typed, setTyped] = useState<string>();
  const shown = typed != null && (readAmount(typed) ?? typed) === value ? typed : writeAmount(value); // set from elsewhere: what was typed is gone
  return (
    <input class="input" inputMode="decimal" style={{ inlineSize: '9rem', textAlign: 'end' }} aria-label={label} value={shown} required={required}
      aria-invalid={isWrong ? 'true' : undefined}
      onInput={(event) => {
        setTyped(event.currentTarget.value);
        set(readAmount(event.currentTarget.value) ?? event.currentTarget.value);
      }} />
  );
}
