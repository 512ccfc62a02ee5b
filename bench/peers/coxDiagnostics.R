# Rscript coxDiagnostics.R x.f64 times.f64 events.u8 rows columns: times in CPU seconds what follows a Cox fit of R's survival, and gives its figures.
suppressMessages(library(survival))
source(file.path(dirname(sub("--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
args <- commandArgs(TRUE)
n <- as.integer(args[4]); p <- as.integer(args[5])
x <- matrix(readBin(args[1], "double", n * p), n, p)
time <- readBin(args[2], "double", n); event <- as.integer(readBin(args[3], "raw", n))
f <- NULL
timed <- function(run, times = 3) cpu_time(function() f <<- run(), times)
data <- data.frame(time = time, event = event, x)
fit <- coxph(Surv(time, event) ~ ., data, x = TRUE, y = TRUE, control = coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 50, timefix = FALSE))
# Its score residuals, and with few ties its Schoenfeld residuals, walk over all rows for each event: minutes at 100,000 rows.
dfbeta <- NA; robust <- NULL
if (n <= 10000) { dfbeta <- timed(function() residuals(fit, "dfbeta")); robust <- diag(crossprod(f)) }
schoenfeld <- if (n <= 10000 || length(unique(time)) < 1000) timed(function() residuals(fit, "schoenfeld")) else NA
orNull <- function(millis) if (is.na(millis)) "null" else sprintf("%.3f", millis)
zph <- timed(function() cox.zph(fit)); chisq <- f$table[, 1]
curve <- timed(function() survfit(fit, newdata = data[1, ]), if (length(unique(time)) > 1000) 1 else 3); at <- summary(f, times = median(time))
num <- function(v) paste(sprintf("%.15g", v), collapse = ",")
cat(sprintf('{"who":"survival %s","dfbeta":%s,"schoenfeld":%s,"zph":%.3f,"curve":%.3f,"robust":[%s],"chisq":[%s],"survival":%.15g,"error":%.15g}\n',
  packageVersion("survival"), orNull(dfbeta), orNull(schoenfeld), zph, curve, num(robust), num(chisq), at$surv, at$std.err))
