# Rscript elasticNet.R x.f64 y.u8 rows columns mixing folds: times glmnet's binomial path and its cross-validation in CPU seconds, and gives lambdas and deviance ratios.
suppressMessages(library(glmnet))
source(file.path(dirname(sub("--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
args <- commandArgs(TRUE)
n <- as.integer(args[3]); p <- as.integer(args[4]); alpha <- as.numeric(args[5]); folds <- as.integer(args[6])
x <- matrix(readBin(args[1], "double", n * p), n, p)
y <- as.integer(readBin(args[2], "raw", n))
timed <- function(run, times) cpu_time(function() f <<- run(), times)
path <- timed(function() glmnet(x, y, family = "binomial", alpha = alpha), 2)
fit <- f
cv <- if (folds > 1) timed(function() cv.glmnet(x, y, family = "binomial", alpha = alpha, foldid = (seq_len(n) - 1) %% folds + 1), 1) else NA
# Slopes of the mean loss that are not balanced by the penalty, at the middle of the path.
k <- length(fit$lambda) %/% 2
b <- as.numeric(fit$beta[, k]); s <- apply(x, 2, function(v) sqrt(mean((v - mean(v))^2)))
r <- 1 / (1 + exp(-(fit$a0[k] + as.numeric(x %*% b)))) - y
g <- as.numeric(crossprod(scale(x, scale = s), r)) / n
bs <- b * s
bad <- ifelse(bs != 0, abs(g + fit$lambda[k] * ((1 - alpha) * bs + alpha * sign(bs))), pmax(0, abs(g) - fit$lambda[k] * alpha))
cat(sprintf('{"who":"glmnet %s","path":%.3f,"cv":%s,"violation":%.3g,"lambdas":[%s],"ratios":[%s]}\n', packageVersion("glmnet"), path,
  if (is.na(cv)) "null" else sprintf("%.3f", cv), max(bad), paste(sprintf("%.15g", fit$lambda), collapse = ","), paste(sprintf("%.15g", fit$dev.ratio), collapse = ",")))
