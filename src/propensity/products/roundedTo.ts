/** Numbers of so many significant digits: stored models stay small. */
export function roundedTo(values: Float64Array, digits: number): number[] {
  return Array.from(values, (value) => (digits > 16 ? value : Number(value.toPrecision(digits))));
}
