import type { CellValue } from './DataTable.js';

/** A table as CSV. A cell that a spreadsheet would run as a formula is quoted as text. */
export function csvText(head: readonly CellValue[], rows: readonly (readonly CellValue[])[]): string {
  const cell = (value: CellValue) => {
    const text = String(value).replaceAll('\u2009', '');
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `${[head, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;
}

export function downloadText(name: string, type: string, text: string): void {
  download(name, new Blob([text], { type: `${type};charset=utf-8` }));
}

/** The picture in a place as a file, on the colours of the page. */
export async function downloadPicture(place: HTMLElement | null, name: string, format: 'svg' | 'png'): Promise<void> {
  const svg = place === null ? null : [...place.querySelectorAll('svg')].sort((a, b) => area(b) - area(a))[0];
  if (svg === null || svg === undefined) return;
  const text = svgText(svg);
  if (format === 'svg') return downloadText(`${name}.svg`, 'image/svg+xml', text);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * svg.clientWidth;
  canvas.height = 2 * svg.clientHeight;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && download(`${name}.png`, blob), 'image/png');
}

function area(element: Element): number {
  return element.clientWidth * element.clientHeight;
}

/** A picture that stands by itself: what it takes from the page (colours of text and background) is written into it. */
function svgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { color } = getComputedStyle(svg);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('style', `color: ${color}; background: ${getComputedStyle(document.body).backgroundColor}; font-family: system-ui, sans-serif`);
  return new XMLSerializer().serializeToString(copy);
}

function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
