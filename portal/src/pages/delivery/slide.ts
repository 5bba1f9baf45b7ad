/* Moving a bar to later days: with the pointer, or with the arrow keys a day, with shift a week. It only ever asks; nothing
   has moved before somebody has said why. */
import { useRef, useState } from 'preact/hooks';

const LEAST = 4; // pixels: less is a click
const WEEK = 7;

type On<E> = (event: E & { currentTarget: HTMLAnchorElement }) => void;

interface Hands {
  onPointerDown: On<PointerEvent>; onPointerMove: On<PointerEvent>; onPointerUp: On<PointerEvent>; onPointerCancel: () => void;
  onClick: On<MouseEvent>; onKeyDown: On<KeyboardEvent>; onBlur: () => void;
}

export interface Slide {
  of: string | undefined; // whose bar is being moved
  days: number; // by how many, never to earlier ones
  isAsked: boolean; // it was let go of, and the reason is asked for
  end: () => void;
  handsOf: (id: string) => Hands | undefined;
}

const forward = (step: number) => (document.documentElement.dir === 'rtl' ? -step : step);

export function useSlide(width: number, isMovable: (id: string) => boolean): Slide {
  const [state, setState] = useState<{ of: string; days: number; isAsked: boolean }>();
  const held = useRef<{ of: string; x: number; isMoved: boolean } | null>(null);
  const end = () => { held.current = null; setState(undefined); };
  const move = (of: string, days: number) => setState({ of, days: Math.max(0, days), isAsked: false });
  const ask = (of: string) => setState((now) => (now?.of === of && now.days > 0 ? { ...now, isAsked: true } : undefined));

  const handsOf = (id: string): Hands => ({
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      held.current = { of: id, x: event.clientX, isMoved: false };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event) => {
      const hold = held.current;
      if (!hold?.of || hold.of !== id || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
      const by = event.clientX - hold.x;
      if (!hold.isMoved && Math.abs(by) < LEAST) return;
      hold.isMoved = true;
      move(id, Math.round(forward(by) / width));
    },
    onPointerUp: (event) => {
      event.currentTarget.releasePointerCapture(event.pointerId);
      if (held.current?.isMoved) ask(id);
    },
    onPointerCancel: end,
    onClick: (event) => { // a link is followed unless it was moved; neither the browser nor the router hears of it then
      if (held.current?.isMoved) { event.preventDefault(); event.stopPropagation(); }
      held.current = null;
    },
    onKeyDown: (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return; // the browser's own
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const days = state?.of === id ? state.days : 0;
      if (step) move(id, days + forward(step) * (event.shiftKey ? WEEK : 1));
      else if (event.key === 'Enter' && days > 0) ask(id);
      else if (event.key === 'Escape' && days > 0) end();
      else return;
      event.preventDefault();
    },
    onBlur: () => setState((now) => (now?.isAsked ? now : undefined)),
  });

  return { of: state?.of, days: state?.days ?? 0, isAsked: state?.isAsked ?? false, end, handsOf: (id) => (isMovable(id) ? handsOf(id) : undefined) };
}
