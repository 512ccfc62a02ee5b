"""CPU time of a call in milliseconds: median of five after one to warm up; what is slow is timed less often, as in bench/harness.mjs."""
import os
import time

LIMIT = float(os.environ.get("BENCH_LIMIT", "1000"))


def cpu_time(run, repetitions=5):
    start = time.process_time()
    result = run()
    warm = (time.process_time() - start) * 1000
    if warm > LIMIT:
        return warm, result
    times = []
    while len(times) < repetitions and sum(times) < LIMIT:
        start = time.process_time()
        result = run()
        times.append((time.process_time() - start) * 1000)
    return sorted(times)[len(times) // 2], result
