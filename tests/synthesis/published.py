"""Published networks as they are distributed, arm by arm.

Off-time in Parkinson's disease (NICE DSU Technical Support Document 2, example 5): mean, standard deviation, people.
Deaths under thrombolytic drugs (Lu & Ades, JASA 101 (2006) 447-459, table 1) and people who stopped smoking
(Hasselblad, Medical Decision Making 18 (1998) 37-43): events, people; both as in the R package gemtc.
"""

from decide.synthesis import ArmRow

PARKINSON = """
1 placebo -1.22 3.7 54
1 ropinirole -1.53 4.28 95
2 placebo -0.7 3.7 172
2 pramipexole -2.4 3.4 173
3 placebo -0.3 4.4 76
3 pramipexole -2.6 4.3 71
3 bromocriptine -1.2 4.3 81
4 ropinirole -0.24 3 128
4 bromocriptine -0.59 3 72
5 ropinirole -0.73 3 80
5 bromocriptine -0.18 3 46
6 bromocriptine -2.2 2.31 137
6 cabergoline -2.5 2.18 131
7 bromocriptine -1.8 2.48 154
7 cabergoline -2.1 2.99 143
"""

THROMBOLYTIC = """
1 SK 1472 20163
1 AtPA 652 10344
1 SKtPA 723 10328
2 SK 1455 13780
2 tPA 1418 13746
2 ASPAC 1448 13773
3 SK 9 130
3 tPA 6 123
4 SK 5 63
4 tPA 2 59
5 SK 3 65
5 tPA 3 64
6 SK 887 10396
6 tPA 929 10372
7 SK 7 85
7 tPA 4 86
8 SK 12 147
8 tPA 7 143
9 SK 10 135
9 tPA 5 135
10 SK 4 107
10 SKtPA 6 109
11 SK 285 2992
11 Ret 270 2994
12 SK 10 203
12 UK 7 198
13 SK 3 58
13 ASPAC 2 52
14 SK 3 86
14 ASPAC 6 89
15 SK 3 58
15 ASPAC 2 58
16 SK 13 182
16 ASPAC 11 188
17 AtPA 522 8488
17 Ten 523 8461
18 AtPA 356 4921
18 Ret 757 10138
19 AtPA 13 155
19 Ret 7 169
20 AtPA 2 26
20 UK 7 54
21 AtPA 12 268
21 UK 16 350
22 AtPA 5 210
22 ASPAC 17 211
23 AtPA 3 138
23 ASPAC 13 147
24 tPA 8 132
24 UK 4 66
25 tPA 10 164
25 UK 6 166
26 tPA 6 124
26 UK 5 121
27 tPA 13 164
27 ASPAC 10 161
28 tPA 7 93
28 ASPAC 5 90
"""

SMOKING = """
1 A 9 140
1 C 23 140
1 D 10 138
2 B 11 78
2 C 12 85
2 D 29 170
3 A 79 702
3 B 77 694
4 A 18 671
4 B 21 535
5 A 8 116
5 B 19 146
6 A 75 731
6 C 363 714
7 A 2 106
7 C 9 205
8 A 58 549
8 C 237 1561
9 A 0 33
9 C 9 48
10 A 3 100
10 C 31 98
11 A 1 31
11 C 26 95
12 A 6 39
12 C 17 77
13 A 95 1107
13 C 134 1031
14 A 15 187
14 C 35 504
15 A 78 584
15 C 73 675
16 A 69 1177
16 C 54 888
17 A 64 642
17 C 107 761
18 A 5 62
18 C 8 90
19 A 20 234
19 C 34 237
20 A 0 20
20 D 9 20
21 B 20 49
21 C 16 43
22 B 7 66
22 D 32 127
23 C 12 76
23 D 20 74
24 C 9 55
24 D 3 26
"""


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.split("\n") if line]


def means(text: str) -> list[ArmRow]:
    """Arms of means; studies are numbered."""
    return [ArmRow(int(s), t, float(y), float(sd) ** 2 / int(n)) for s, t, y, sd, n in _lines(text)]


def log_odds(text: str) -> list[ArmRow]:
    """Arms of log odds; half an event is added to both sides in a study that has an arm of none, as netmeta does."""
    import math

    lines = _lines(text)
    empty = {s for s, _, r, _ in lines if int(r) == 0}
    found = []
    for s, t, r, n in lines:
        events, rest = int(r) + 0.5 * (s in empty), int(n) - int(r) + 0.5 * (s in empty)
        found.append(ArmRow(int(s), t, math.log(events / rest), 1 / events + 1 / rest))
    return found
