/* A button that does something: it says what follows, asks for what the operation needs, does it once. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, newKey, Refusal } from '../api/ask';
import type { Answer, Body, Name, Operation, Path } from '../api/operation';
import { somethingChanged } from '../api/kept';
import { may } from '../api/session';
import { Button } from '../design/button';
import { Dialog } from '../design/dialog';
import { Icon, type Picture } from '../design/icon';
import { leadTo, Problem } from '../design/page';
import { toast } from '../design/toast';
import { hasMessage, say, sayOne } from '../messages';
import type { Around } from './choices';
import { Fields } from './inputs';
import { Conflict, isConflict } from './save';
import { fromRow, likely, shapeOf, toBody, type Field, type Value } from './shape';
import { Theirs } from './theirs';

export interface ActProps<K extends Name> {
  of: Operation<K>;
  path?: Path<K>;
  version?: string | undefined; // of what was read, where the change must name it
  row?: object | undefined; // what is changed: the form starts with it
  preset?: Partial<Body<K> & object>; // what the form starts with, or is given when the field is hidden
  hide?: string[];
  around?: Around;
  tone?: 'strong' | 'bad' | 'plain' | undefined;
  small?: boolean;
  icon?: Picture;
  text?: string;
  about?: string; // what follows, where it is not the same for every state
  when?: boolean; // whether the state allows it
  done?: (answer: Answer<K>) => void;
  children?: (value: Value, set: (value: Value) => void, wrong: { field: string; text: string } | null) => ComponentChildren; // a form of its own
}

export function Act<K extends Name>(props: ActProps<K>) {
  const [isOpen, open] = useState(false);
  if (props.when === false || !may(props.of as Operation)) return null;
  const text = props.text ?? sayOne('act', props.of.name);
  return (
    <>
      <Button tone={props.tone} small={props.small ?? false} onClick={() => open(true)}>{props.icon && <Icon of={props.icon} />}{text}</Button>
      {isOpen && <ActDialog {...props} close={() => open(false)} />}
    </>
  );
}

/* The same for who opens it from elsewhere. */
export function ActDialog<K extends Name>(props: ActProps<K> & { close: () => void }) {
  const { of, row, preset, hide = [], around = {}, done, close, children } = props;
  const [path] = useState(props.path); // what the form began with, whatever stands in its place meanwhile
  const [version, setVersion] = useState(props.version); // and its version: a newer one would overwrite what nobody here has seen
  const [fields, setFields] = useState<Field[]>();
  const [value, setValue] = useState<Value>({ ...preset });
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);
  const key = useRef(newKey()); // one intent, one key: a lost answer or a second click does nothing twice

  useEffect(() => {
    shapeOf(of.name).then((shape) => {
      setValue((typed) => ({ ...(row ? fromRow(shape, row as Value) : likely(shape)), ...preset, ...typed }));
      setFields(shape);
    }, () => setRefusal(new Refusal(0, 'offline', '', null)));
  }, []);

  useEffect(() => leadTo(refusal, document.querySelector('dialog[open]')), [refusal]);

  const submit = async (under = version) => {
    if (isBusy || !fields) return;
    setBusy(true);
    setRefusal(undefined);
    try {
      const body = fields.length > 0 ? { body: toBody(fields, value) as Body<K> } : {};
      const { data } = await ask(of, { ...(path ? { path } : {}), ...body, ...(under ? { version: under } : {}), key: key.current });
      toast(of.name.startsWith('change_') ? say('common.saved') : say('common.done', { what: sayOne('act', of.name) }));
      close();
      somethingChanged();
      done?.(data);
    } catch (no) {
      if ((no as Refusal).isFinal) key.current = newKey();
      setRefusal(no as Refusal);
      setBusy(false);
      if (isConflict(no as Refusal)) somethingChanged(); // the page reads what is there now, and gives it to this form
    }
  };

  const isOlder = props.version !== version; // the form, than the page
  const take = async () => {
    setValue({ ...fromRow(fields!, row as Value), ...preset });
    setVersion(props.version);
    setRefusal(undefined);
  };
  const keep = async () => {
    setVersion(props.version);
    await submit(props.version);
  };

  const wrong = refusal?.field ? { field: refusal.field, text: refusal.detail } : null;
  const isChoice = isConflict(refusal) && !!row && !!fields;
  const asks = fields?.some((field) => !hide.includes(field.name)) ?? false;
  const text = props.text ?? sayOne('act', of.name);
  const about = props.about ?? (hasMessage(`about.${of.name}`) ? sayOne('about', of.name) : null);
  return (
    <Dialog title={text} narrow={!children && !asks} busy={isBusy} close={close} onSubmit={() => submit()} footer={
      <>
        <Button busy={isBusy} onClick={close}>{say('common.cancel')}</Button>
        <Button type="submit" tone={props.tone === 'bad' ? 'bad' : 'strong'} busy={isBusy || !fields || isChoice}>{isBusy ? say('common.working') : text}</Button>
      </>}>
      {about && <p class="soft">{about}</p>}
      {refusal && (isChoice
        ? <Conflict busy={isBusy || !isOlder} take={take} keep={keep}>{isOlder && <Theirs fields={fields!.filter((field) => !hide.includes(field.name))} around={around} mine={value} theirs={fromRow(fields!, row as Value)} />}</Conflict>
        : <Problem refusal={refusal} />)}
      {fields && (children
        ? children(value, setValue, wrong)
        : asks && <Fields fields={fields} place={{ path: '', around, hide, wrong }} value={value} set={setValue} />)}
      {refusal?.slug === 'stale' && !isChoice && <Button onClick={() => { close(); somethingChanged(); }}>{say('form.reload')}</Button>}
    </Dialog>
  );
}
