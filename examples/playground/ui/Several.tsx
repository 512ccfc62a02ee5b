interface Props {
  label: string;
  values: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Any number of values, as boxes to tick. */
export function Several({ label, values, chosen, onChange }: Props) {
  return (
    <fieldset class="several">
      <legend>{label}</legend>
      {values.map((value) => (
        <label key={value}>
          <input type="checkbox" checked={chosen.includes(value)} onChange={({ currentTarget }) => onChange(values.filter((each) => (each === value ? currentTarget.checked : chosen.includes(each))))} />
          {value}
        </label>
      ))}
    </fieldset>
  );
}
