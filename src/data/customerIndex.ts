/** The position of an identifier among ascending ones, by halving; -1 when it is not there. An identifier is its text. */
export function customerIndexOf(customers: readonly (string | number)[], customer: string | number | bigint): number {
  const numeric = typeof customers[0] === 'number';
  const wanted = numeric ? Number(customer) : String(customer);
  // "07" and "7.0" are not 7, though Number() would say so.
  if (String(wanted) !== String(customer)) return -1;
  let low = 0;
  let high = customers.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = customers[middle]!;
    if (found === wanted) return middle;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
