# Rscript concordance.R times.f64 events.u8 risks.f64: times R's concordance with and without its error, in CPU milliseconds, median of three.
suppressMessages(library(survival))
source(file.path(dirname(sub("--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
args <- commandArgs(TRUE)
n <- file.info(args[2])$size
time <- readBin(args[1], "double", n); event <- as.integer(readBin(args[2], "raw", n)); risk <- readBin(args[3], "double", n)
y <- Surv(time, event)
timed <- function(run) cpu_time(function() found <<- run())
plain <- timed(function() concordancefit(y, risk, reverse = TRUE, std.err = FALSE, timefix = FALSE))
full <- timed(function() concordancefit(y, risk, reverse = TRUE, timefix = FALSE))
cat(sprintf('{"who":"survival %s","plain":%.3f,"full":%.3f,"estimate":%.15g,"standardError":%.15g}\n', packageVersion("survival"), plain, full, found$concordance, sqrt(found$var)))
