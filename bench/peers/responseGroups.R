# Rscript responseGroups.R x.f64 c.u8 y.u8 rows numbers categories minbucket: times rpart (squares of 0 and 1, which is half of Gini, so that cp means what our complexity means; the cross-validation of 5 folds as ours) on numbers and categories, CPU milliseconds.
suppressMessages(library(rpart))
args <- commandArgs(TRUE)
n <- as.integer(args[4]); p <- as.integer(args[5]); q <- as.integer(args[6])
x <- as.data.frame(matrix(readBin(args[1], "double", n * p), n, p))
c <- as.data.frame(lapply(as.data.frame(matrix(as.integer(readBin(args[2], "raw", n * q)), n, q)), factor))
names(c) <- paste0("c", seq_len(q))
d <- cbind(x, c, y = as.integer(readBin(args[3], "raw", n)))
timed <- function(folds) {
  s <- system.time(f <- rpart(y ~ ., d, method = "anova", control = rpart.control(cp = 0.001, minbucket = as.integer(args[7]), xval = folds, maxdepth = 5, maxcompete = 0, maxsurrogate = 0)))
  list(millis = (s[1] + s[2]) * 1000, leaves = sum(f$frame$var == "<leaf>"))
}
a <- timed(0); b <- if (n <= 100000) timed(5) else list(millis = NA, leaves = 0)
cat(sprintf('{"who":"rpart %s","plain":%.3f,"folds":%s,"leaves":%d}\n', packageVersion("rpart"), a$millis, if (is.na(b$millis)) "null" else sprintf("%.3f", b$millis), a$leaves))
