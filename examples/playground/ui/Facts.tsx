interface Props {
  /** Name and value of each. */
  facts: readonly (readonly [string, string])[];
}

/** A few figures that matter most, large. */
export function Facts({ facts }: Props) {
  return <dl class="facts">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}
