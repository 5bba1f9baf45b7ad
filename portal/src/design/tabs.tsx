import { useLocation } from 'preact-iso';

export interface Tab { href: string; text: string }

export function Tabs({ tabs, label }: { tabs: Tab[]; label: string }) {
  const { path } = useLocation();
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ href, text }) => <a href={href} aria-current={path === href ? 'page' : undefined}>{text}</a>)}
    </nav>
  );
}
