import { mulberry32 } from './mulberry32.js';

/** reference_scripts/wallet.py: ln wallet by size, sector and region, and noise; spend = wallet * exp(-|0.7 z|). */
export function walletSimulation(): { readonly size: number; readonly sector: string; readonly region: string; readonly spend: number; readonly wallet: number }[] {
  const uniform = mulberry32(2024);
  const normal = (): number => {
    const [a, b] = [uniform(), uniform()];
    return Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);
  };
  return Array.from({ length: 4000 }, () => {
    const size = 3 + normal();
    const sector = Math.floor(uniform() * 4);
    const region = Math.floor(uniform() * 5);
    const noise = 0.35 * normal();
    const elsewhere = Math.abs(0.7 * normal());
    const wallet = Math.exp(1.2 + 0.8 * size + [0, 0.4, -0.3, 0.2][sector]! + [0, 0.1, -0.1, 0.05, 0.15][region]! + noise);
    return { size, sector: `s${sector}`, region: `r${region}`, spend: wallet * Math.exp(-elsewhere), wallet };
  });
}
