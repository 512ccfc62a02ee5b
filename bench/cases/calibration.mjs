import { createRandom } from 'clientela/data';
import { averagePrecision, brierScore, calibrationSlope, expectedCalibrationError, logLoss } from 'clientela/evaluation';
import { fitBetaCalibration, fitIsotonicCalibration, fitPlattCalibration } from 'clientela/learners';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

const near = (found, right, tolerance) => {
  if (!(Math.abs(found - right) <= tolerance)) throw new Error(`calibration: ${found} against ${right}`);
};

/** Probabilities that are too bold, their calibration, and the metrics of probabilities, against scikit-learn where it has the same. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const random = createRandom(8);
    const margins = Float64Array.from({ length: count }, () => 2 * random.normal() - 1);
    const labels = Uint8Array.from(margins, (margin) => (random.uniform() < 1 / (1 + Math.exp(-0.6 * margin - 0.2)) ? 1 : 0));
    const p = margins.map((margin) => 1 / (1 + Math.exp(-margin)));
    const weights = Float64Array.from(margins, () => random.uniform());
    const tasks = {
      isotonic: () => fitIsotonicCalibration(labels, p),
      isotonicWeighted: () => fitIsotonicCalibration(labels, p, { weights }),
      isotonicPredict: () => isotonic.predict(p),
      platt: () => fitPlattCalibration(labels, margins),
      beta: () => fitBetaCalibration(labels, p),
      slope: () => calibrationSlope(labels, p),
      logLoss: () => logLoss(labels, p),
      brierScore: () => brierScore(labels, p),
      averagePrecision: () => averagePrecision(labels, p),
      expectedCalibrationError: () => expectedCalibrationError(labels, p),
    };
    const isotonic = tasks.isotonic();
    const peers = pythonPeer('calibration.py', shareNumbers('labels.u8', labels), shareNumbers('p.f64', p), shareNumbers('margins.f64', margins), shareNumbers('weights.f64', weights)) ?? {};
    for (const [task, call] of Object.entries(tasks)) {
      const ours = cpuTime(call);
      const peer = peers[task];
      if (peer?.value !== undefined) near(typeof ours.result === 'number' ? ours.result : ours.result.toJSON().slope, peer.value, task === 'platt' ? 1e-5 : 1e-9);
      if (peer?.probabilities !== undefined) {
        const found = (ours.result.predict?.(p) ?? ours.result).filter((_, i) => i % (count / 1000) === 0);
        peer.probabilities.forEach((right, i) => near(found[i], right, 1e-9));
      }
      // scikit-learn's calibration_curve cuts at quantiles without sorting, and shares no ties: no bar there.
      const bar = count === 1_000_000 && task !== 'expectedCalibrationError' ? 1 : undefined;
      lines.push(line('probabilities and labels', task, count, ours.millis, ratio(ours.millis, peer?.millis, 'scikit-learn', bar)));
      if (peer !== undefined) lines.push(peerLine('probabilities and labels', `${peer.who} ${task}`, count, peer.millis));
    }
  }
  return lines;
}
