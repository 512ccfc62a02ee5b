import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { DataTable, type CellValue } from './DataTable.js';
import { csvText, downloadPicture, downloadText } from './download.js';

interface Props {
  title: string;
  /** What the picture shows, in a sentence: for those who do not see it, and under the title for those who do. */
  summary: string;
  /** Draws it at a width in pixels: a function of examples/plots. */
  picture: (width: number) => Element;
  /** The same figures as a table. */
  head: readonly string[];
  rows: readonly (readonly CellValue[])[];
  /** The name of what is downloaded, without ending. */
  file: string;
}

/** A picture, its table beside it, and both to take away. It is drawn anew when `picture` is another function or the width changes. */
export function Figure({ title, summary, picture, head, rows, file }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (place.current === null) return;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (width === 0) return;
    const drawn = picture(width);
    // The place has the name; what is drawn inside would be read out shape by shape.
    drawn.setAttribute('aria-hidden', 'true');
    place.current?.replaceChildren(drawn);
  }, [picture, width]);
  return (
    <figure>
      <figcaption><h3>{title}</h3><p>{summary}</p></figcaption>
      <div class="beside">
        <div class="picture" ref={place} role="img" aria-label={`${title}. ${summary}`} />
        <div><DataTable caption={title} head={head} rows={rows} /></div>
      </div>
      <p class="downloads">
        <button type="button" onClick={() => downloadPicture(place.current, file, 'svg')} aria-label={`Download ${title} as SVG`}>SVG</button>
        <button type="button" onClick={() => downloadPicture(place.current, file, 'png')} aria-label={`Download ${title} as PNG`}>PNG</button>
        <button type="button" onClick={() => downloadText(`${file}.csv`, 'text/csv', csvText(head, rows))} aria-label={`Download ${title} as CSV`}>CSV</button>
      </p>
    </figure>
  );
}
