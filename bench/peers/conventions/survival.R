# R's survival on the customers of docs/coming-from/lifelines.md: where lifelines and clientela differ.
library(survival)
i <- 0:59
price <- 20 + (i * 17) %% 41
contract <- as.numeric(i %% 3 == 0)
months <- pmax(1, 1 + (i * 11) %% 23 + 6 * contract - (price > 45) * ((i * 5) %% 4))
left <- as.numeric((i * 7) %% 10 < 6)
fit <- coxph(Surv(months, left) ~ price + contract)
cat("survival", as.character(packageVersion("survival")), "\n")
print(coef(fit), digits = 9)
print(cox.zph(fit, "rank")$table, digits = 9)
print(summary(survfit(fit, data.frame(price = 50, contract = 0)), times = 12)$surv, digits = 9)
