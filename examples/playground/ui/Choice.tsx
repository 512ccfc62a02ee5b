import { useId } from 'preact/hooks';

interface Props {
  label: string;
  value: string | undefined;
  values: readonly string[];
  /** Text of the choice of nothing; without it one must be chosen. */
  none?: string;
  onChange: (value: string | undefined) => void;
}

/** One of several values, with its label. */
export function Choice({ label, value, values, none, onChange }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value === undefined ? '' : `=${value}`} onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value.slice(1))}>
        {none !== undefined && <option value="">{none}</option>}
        {/* A value may be an empty text; the sign before it keeps it apart from none. */}
        {values.map((each) => <option key={each} value={`=${each}`}>{each}</option>)}
      </select>
    </div>
  );
}
