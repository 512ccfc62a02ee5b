"""CPU time of a call in milliseconds: median of five after one to warm up."""
import time


def cpu_time(run, repetitions=5):
    result = run()
    times = []
    for _ in range(repetitions):
        start = time.process_time()
        result = run()
        times.append((time.process_time() - start) * 1000)
    return sorted(times)[repetitions // 2], result
