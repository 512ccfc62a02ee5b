# Rscript survivalCurves.R time.f64 cause.f64 group.f64 rows states: times survfit (Kaplan-Meier), survdiff (log-rank of the groups) and, if states is 1, multi-state survfit (Aalen-Johansen), CPU milliseconds; gives figures to compare.
suppressMessages(library(survival))
source(file.path(dirname(sub("--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
args <- commandArgs(TRUE)
n <- as.integer(args[4])
d <- data.frame(t = readBin(args[1], "double", n), k = readBin(args[2], "double", n), g = readBin(args[3], "double", n))
timed <- cpu_time
km <- timed(function() a <<- survfit(Surv(t, k > 0) ~ 1, d, timefix = FALSE))
lr <- timed(function() b <<- survdiff(Surv(t, k > 0) ~ g, d))
out <- sprintf('{"who":"R survival %s","km":%.3f,"median":%.15g,"logRank":%.3f,"statistic":%.15g', packageVersion("survival"), km, unname(quantile(a, .5)$quantile), lr, b$chisq)
if (args[5] == "1") {
  s <- system.time(m <- survfit(Surv(t, factor(k, 0:3)) ~ 1, d, timefix = FALSE))
  at <- summary(m, times = 100)
  out <- sprintf('%s,"aj":%.3f,"share":%.15g,"error":%.15g', out, (s[1] + s[2]) * 1000, at$pstate[1, 2], at$std.err[1, 2])
}
cat(out, "}\n", sep = "")
