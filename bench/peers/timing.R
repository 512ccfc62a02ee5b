# CPU time of a call in milliseconds: median of a few; what is slow is timed less often, as in bench/harness.mjs. The call keeps its own result.
cpu_time <- function(run, repetitions = 3) {
  limit <- as.numeric(Sys.getenv("BENCH_LIMIT", "1000"))
  times <- c()
  while (length(times) < repetitions && sum(times) < limit) {
    s <- system.time(run())
    times <- c(times, (s[1] + s[2]) * 1000)
  }
  median(times)
}
