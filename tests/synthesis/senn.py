"""Glucose-lowering drugs in type 2 diabetes: the data set Senn2013 of the R package netmeta, as it is distributed.

Senn, Gavini, Magrez & Scheen, Statistical Methods in Medical Research 22 (2013) 169-189: study, treatment, comparator,
difference in HbA1c and its standard error. Willms 1999 has three arms.
"""

import numpy as np

ROWS = """
DeFronzo1995 metf plac -1.90 0.1414
Lewin2007 metf plac -0.82 0.0992
Willms1999 metf acar -0.20 0.3579
Davidson2007 rosi plac -1.34 0.1435
Wolffenbuttel1999 rosi plac -1.10 0.1141
Kipnes2001 piog plac -1.30 0.1268
Kerenyi2004 rosi plac -0.77 0.1078
Hanefeld2004 piog metf 0.16 0.0849
Derosa2004 piog rosi 0.10 0.1831
Baksi2004 rosi plac -1.30 0.1014
Rosenstock2008 rosi plac -1.09 0.2263
Zhu2003 rosi plac -1.50 0.1624
Yang2003 rosi metf -0.14 0.2239
Vongthavaravat2002 rosi sulf -1.20 0.1436
Oyama2008 acar sulf -0.40 0.1549
Costa1997 acar plac -0.80 0.1432
Hermansen2007 sita plac -0.57 0.1291
Garber2008 vild plac -0.70 0.1273
Alex1998 metf sulf -0.37 0.1184
Johnston1994 migl plac -0.74 0.1839
Johnston1998a migl plac -1.41 0.2235
Kim2007 rosi metf 0.00 0.2339
Johnston1998b migl plac -0.68 0.2828
Gonzalez-Ortiz2004 metf plac -0.40 0.4356
Stucci1996 benf plac -0.23 0.3467
Moulin2006 benf plac -1.01 0.1366
Willms1999 metf plac -1.20 0.3758
Willms1999 acar plac -1.00 0.4669
"""

_table = [line.split() for line in ROWS.split("\n") if line]
STUDY, TREATMENT, COMPARATOR = ([row[k] for row in _table] for k in range(3))
DIFFERENCE = [float(row[3]) for row in _table]
VARIANCE = [float(row[4]) ** 2 for row in _table]
NAMES = sorted({*TREATMENT, *COMPARATOR})


def estimates(tau2: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Means (10,) and covariance (10, 10) against placebo, by plain generalised least squares on two rows of Willms."""
    kept = [i for i, row in enumerate(_table) if row[:3] != ["Willms1999", "metf", "acar"]]
    x = np.zeros((len(kept), len(NAMES)))
    v = np.diag([VARIANCE[i] + tau2 for i in kept])
    for k, i in enumerate(kept):
        x[k, NAMES.index(TREATMENT[i])], x[k, NAMES.index(COMPARATOR[i])] = 1, -1
    metf, acar = (kept.index(i) for i in kept if STUDY[i] == "Willms1999")
    # Cov(metf − plac, acar − plac) = (Var + Var − Var(metf − acar)) / 2
    v[metf, acar] = v[acar, metf] = (0.3758**2 + 0.4669**2 - 0.3579**2 + tau2) / 2
    others = [j for j, name in enumerate(NAMES) if name != "plac"]
    x = x[:, others]
    covariance = np.zeros((len(NAMES), len(NAMES)))
    covariance[np.ix_(others, others)] = np.linalg.inv(x.T @ np.linalg.solve(v, x))
    mean = np.zeros(len(NAMES))
    mean[others] = covariance[np.ix_(others, others)] @ x.T @ np.linalg.solve(v, [DIFFERENCE[i] for i in kept])
    return mean, covariance
