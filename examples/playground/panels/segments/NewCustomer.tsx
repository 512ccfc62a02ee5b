import { Segmentation } from 'clientela/segmentation';
import { useMemo, useState } from 'preact/hooks';
import { percent } from '../../ui/format.js';
import type { SegmentsResult } from './compute.js';

/** Where somebody new falls, by what is known; what is left open is taken as not known. */
export function NewCustomer({ result: { model, features } }: { result: SegmentsResult }) {
  const segmentation = useMemo(() => Segmentation.fromJSON(model), [model]);
  const [known, setKnown] = useState<Record<string, string>>({});
  const row = Object.fromEntries(features.map((name) => [name, valueOf(known[name] ?? '')]));
  const place = Object.values(row).some((value) => value !== null) ? segmentation.assignRow(row) : undefined;
  return (
    <section aria-label="A new customer">
      <h3>Where does a new customer fall?</h3>
      <div class="controls">
        {features.map((name) => (
          <label class="field" key={name}>
            <span>{name}</span>
            <input value={known[name] ?? ''} placeholder="not known" onInput={({ currentTarget }) => setKnown({ ...known, [name]: currentTarget.value })} />
          </label>
        ))}
      </div>
      <p role="status">{place === undefined ? 'Write what is known of the customer.' : `Falls into “${place.name}”, with a confidence of ${percent(place.confidence, 0)}${place.outlier ? '; far from every group' : ''}.`}</p>
    </section>
  );
}

/** What is typed, as the library reads it: a number where it is one, nothing where it is blank. */
function valueOf(text: string): string | number | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
}
