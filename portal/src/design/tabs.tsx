import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';

export interface Tab { href: string; text: string }

/* at: which one, of a page below it. */
export function Tabs({ tabs, label, at }: { tabs: Tab[]; label: string; at?: string | undefined }) {
  const { path } = useLocation();
  const here = at ?? path;
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    const show = () => {
      const tab = strip.current?.querySelector('[aria-current]')?.getBoundingClientRect();
      const all = strip.current?.getBoundingClientRect();
      if (tab && all) strip.current!.scrollBy({ left: tab.left + tab.width / 2 - all.left - all.width / 2 });
    };
    const width = new ResizeObserver(show); // calls it at once, too
    width.observe(strip.current!);
    return () => width.disconnect();
  }, [here]);
  return (
    <nav class="tabs" aria-label={label} ref={strip}>
      {tabs.map(({ href, text }) => <a href={href} aria-current={here === href ? 'page' : undefined}>{text}</a>)}
    </nav>
  );
}
