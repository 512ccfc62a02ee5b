// @ts-check
// npm run demo [-- file.csv --flags]: segments, score and target in one run; see --help.
import { runDemo } from './runDemo.mjs';

process.exitCode = await runDemo(process.argv.slice(2), { print: (text) => console.log(text), complain: (text) => console.error(text) });
