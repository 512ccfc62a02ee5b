# Rscript pam.R x.f64 rows columns segments original: times cluster::pam on raw rows (distances included) in CPU milliseconds, its faster variant and, if asked, the original.
suppressMessages(library(cluster))
source(file.path(dirname(sub("--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
args <- commandArgs(TRUE)
n <- as.integer(args[2]); p <- as.integer(args[3]); k <- as.integer(args[4])
x <- matrix(readBin(args[1], "double", n * p), n, p, byrow = TRUE)
d <- as.matrix(dist(x))
timed <- function(run, times) cpu_time(function() f <<- run(), times)
one <- function(who, run, times) {
  millis <- timed(run, times)
  cost <- sum(apply(d[, f$id.med, drop = FALSE], 1, min))
  sprintf('{"who":"%s","millis":%.3f,"cost":%.12g,"objective":%.12g}', who, millis, cost, f$objective[["swap"]] * n)
}
found <- c(
  one("R pam faster", function() pam(x, k, variant = "faster"), 3),
  one("R pam faster, random start", function() { set.seed(1); pam(x, k, variant = "faster", medoids = sample(n, k)) }, 3))
if (args[5] == "yes") found <- c(found, one("R pam original", function() pam(x, k, variant = "original"), 1))
cat(paste0("[", paste(found, collapse = ","), "]\n"))
