/* A picture of lucide, drawn in the colour of the text. */
import { createElement, type VNode } from 'preact';
import type { IconNode } from 'lucide';

export type Picture = IconNode;

export function Icon({ of, turns }: { of: Picture; turns?: boolean }): VNode {
  return (
    <svg class={`lucide ${turns ? 'turns' : ''}`} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      {of.map(([tag, attributes]) => createElement(tag, attributes as Record<string, string>))}
    </svg>
  );
}
