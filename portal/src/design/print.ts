/* What paper needs that a style sheet cannot know: the page's name at the head of each sheet, and drawings as wide as the sheet. */
const SHEET_WIDTH = 650; // in pixels, of what A4 and Letter have between their margins

const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&').replace(/\s+/g, ' ')}"`;

function fitted() {
  for (const drawing of document.querySelectorAll<HTMLElement>('.gantt, .canvas > .inner'))
    drawing.style.zoom = String(Math.min(1, SHEET_WIDTH / drawing.scrollWidth));
}

function asOnScreen() {
  for (const drawing of document.querySelectorAll<HTMLElement>('.gantt, .canvas > .inner')) drawing.style.zoom = '';
}

export function preparePrint() {
  const head = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, head];
  addEventListener('beforeprint', () => {
    head.replaceSync(`@page { @top-left { content: ${quoted(document.title)}; font: 8pt sans-serif; color: #555; } }`);
    fitted();
  });
  addEventListener('afterprint', asOnScreen);
}
