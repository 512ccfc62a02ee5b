# Rscript quantileRegression.R x.f64 y.f64 rows columns quantiles methods: times quantreg in CPU seconds, and gives coefficients and losses.
suppressMessages(library(quantreg))
source(file.path(dirname(sub("--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
args <- commandArgs(TRUE)
n <- as.integer(args[3]); p <- as.integer(args[4])
taus <- as.numeric(strsplit(args[5], ",")[[1]])
x <- cbind(1, matrix(readBin(args[1], "double", n * p), n, p))
y <- readBin(args[2], "double", n)
out <- c()
for (method in strsplit(args[6], ",")[[1]]) {
  fit <- function() if (method == "pfnb") rq.fit.pfnb(x, y, tau = taus) else rq.fit(x, y, tau = taus[1], method = method)
  times <- cpu_time(function() f <<- suppressWarnings(fit()))
  b <- as.matrix(f$coefficients)[, 1]
  r <- as.numeric(y - x %*% b)
  loss <- sum(r * (taus[1] - (r < 0)))
  out <- c(out, sprintf('{"who":"quantreg %s %s","millis":%.3f,"loss":%.12g,"coefficients":[%s]}', packageVersion("quantreg"), method, times, loss, paste(sprintf("%.15g", b), collapse = ",")))
}
cat(sprintf("[%s]\n", paste(out, collapse = ",")))
