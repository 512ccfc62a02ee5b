# Rscript cox.R x.f64 time.f64 event.u8 rows columns: times coxph (formula and data frame, as one calls it) in CPU seconds, and gives the estimates.
suppressMessages(library(survival))
source(file.path(dirname(sub("--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
args <- commandArgs(TRUE)
n <- as.integer(args[4]); p <- as.integer(args[5])
d <- as.data.frame(matrix(readBin(args[1], "double", n * p), n, p))
d$time <- readBin(args[2], "double", n); d$event <- as.integer(readBin(args[3], "raw", n))
millis <- cpu_time(function() f <<- coxph(Surv(time, event) ~ ., d, control = coxph.control(timefix = FALSE)))
cat(sprintf('{"who":"R survival %s","millis":%.3f,"logLikelihood":%.12g,"estimates":[%s]}\n', packageVersion("survival"), millis, f$loglik[2], paste(sprintf("%.15g", coef(f)), collapse = ",")))
