// papaparse ships no types; this is the part of it that the example uses.
declare module 'papaparse' {
  const Papa: { parse(text: string, options: { delimiter?: string; skipEmptyLines?: 'greedy' | boolean }): unknown };
  export default Papa;
}
