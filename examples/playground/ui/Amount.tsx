interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
}

/** A number to drag or to type: both move together. */
export function Amount({ label, value, min, max, step, onChange }: Props) {
  const set = (text: string) => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isFinite(number)) onChange(Math.max(min, number));
  };
  return (
    <div class="field amount">
      <span aria-hidden="true">{label}</span>
      <input type="range" aria-label={`${label}, slider`} min={min} max={Math.max(max, value)} step={step} value={value} onInput={({ currentTarget }) => set(currentTarget.value)} />
      <input type="number" aria-label={label} min={min} step="any" value={value} onChange={({ currentTarget }) => set(currentTarget.value)} />
    </div>
  );
}
