"""Reference values for the window model: every curve of the prior is written down and weighed.

No dynamic programming and no library: this shares nothing with the Java code but the model's
definition in docs/concepts/windows.md. It takes about a minute.

    python3 windows.py > ../resources/criticalwindows/localise/windows.tsv

Each line of the output: case, name, value.
"""

import itertools
import math

LEVELS = range(21)


def probability(fine):
    """Of a slope point 0 ... 200."""
    return min(max(fine / 200, 0.0025), 0.9975)


def beta_function(x, y):
    return math.exp(math.lgamma(x) + math.lgamma(y) - math.lgamma(x + y))


def places(length, positions):
    """0, the length, the positions, and as many more that no gap exceeds a 32nd of the length."""
    given = sorted({0, length} | set(positions))
    found = set(given)
    for a, b in zip(given, given[1:]):
        parts = -(-(b - a) * 32 // length)
        found |= {a + (b - a) * i // parts for i in range(1, parts)}
    return sorted(found)


class Case:
    def __init__(self, name, length, counts, none, drift, another, most, height, sharp, widest, kappa, beta=1.0, gradual=0.0, end=None):
        self.name, self.length, self.counts = name, length, counts
        self.none, self.drift_share, self.most = none, drift, most
        total = sum(another**i for i in range(most))
        self.end = end
        self.prior = [none] + [(1 - none) * another**i / total for i in range(most)]
        self.steps = round(20 * height)
        self.kappa = kappa
        ways = [math.comb(20, u) * beta_function(u + beta, 20 - u + beta) for u in LEVELS]
        self.level = [way / beta_function(beta, beta) for way in ways]
        e = places(length, counts)
        self.e = e
        self.bounds = [0] + [(a + b) / 2 for a, b in zip(e, e[1:])] + [length]
        widest = max(2, widest * length)
        self.ending = [self.ends(u, end) for u in LEVELS]

        def share(width, low, high):
            return 0 if width <= low or high <= low else min(1, math.log(width / low) / math.log(high / low))

        self.sharp, self.gradual, self.mass = {}, {}, {}
        for i, j in itertools.combinations(range(len(e)), 2):
            low = 1 if j == i + 1 else self.bounds[j] - e[i]
            high = self.bounds[j + 1] - e[i]
            start = (self.bounds[i + 1] - self.bounds[i]) / length
            broad = (1 - sharp - gradual) * (share(high, 1, widest) - share(low, 1, widest)) * start
            self.gradual[i, j] = gradual * (share(high, widest, length) - share(low, widest, length)) * start
            self.sharp[i, j] = sharp * (e[j] - e[i]) / length if j == i + 1 else 0
            if broad + self.sharp[i, j] + self.gradual[i, j] > 0:
                self.mass[i, j] = broad + self.sharp[i, j] + self.gradual[i, j]
        self.broad = {at: self.mass[at] - self.sharp[at] - self.gradual[at] for at in self.mass}
        self.uneven = {
            x: [self.likelihood(k, n, probability(f), kappa / 3) for f in range(201)] for x, (k, n) in counts.items()
        }
        self.tables = {x: [self.likelihood(k, n, probability(f)) for f in range(201)] for x, (k, n) in counts.items()}

    def likelihood(self, k, n, p, kappa=None):
        kappa = kappa or self.kappa
        a, b = kappa * p, kappa * (1 - p)
        return math.comb(n, k) * beta_function(a + k, b + n - k) / beta_function(a, b)

    def ends(self, u, end):
        """How likely an end at this level is after a last plateau of level u."""
        if end is None:
            return 1.0
        if u == end:
            return 1 - self.drift_share
        slightly = [v for v in LEVELS if 0 < abs(v - u) < self.steps]
        return self.drift_share * self.level[end] / sum(self.level[v] for v in slightly) if end in slightly else 0.0

    def placements(self, m):
        """Every way to put m windows one after the other, with its mass."""
        if m == 0:
            return [((), 1.0)]
        ways = []
        for earlier, mass in self.placements(m - 1):
            for (i, j), more in self.mass.items():
                if not earlier or i >= earlier[-1][1]:
                    ways.append((earlier + ((i, j),), mass * more))
        return ways

    def levels(self, m):
        """Every choice of m + 1 plateaus, with its chance."""
        ways = [((u,), self.level[u]) for u in LEVELS]
        for _ in range(m):
            longer = []
            for chosen, chance in ways:
                to = [v for v in LEVELS if abs(v - chosen[-1]) >= self.steps]
                all_of_them = sum(self.level[v] for v in to)
                longer += [(chosen + (v,), chance * self.level[v] / all_of_them) for v in to]
            ways = longer
        return ways

    def fine(self, x, windows, plateaus):
        """The slope point of a curve at x tokens."""
        for k, (i, j) in enumerate(windows):
            a, b = self.e[i], self.e[j]
            if x <= a:
                return plateaus[k] * 10
            if x < b:
                along = (x - a) / (b - a)
                return math.floor(plateaus[k] * 10 + (plateaus[k + 1] - plateaus[k]) * (along * 10) + 0.5)
        return plateaus[-1] * 10

    def weigh(self, windows, plateaus):
        product = 1.0
        for x, table in self.tables.items():
            inside = [at for at in windows if self.e[at[0]] < x < self.e[at[1]]]
            if inside and self.gradual[inside[0]] > self.broad[inside[0]]:
                table = self.uneven[x]
            product *= table[self.fine(x, windows, plateaus)]
        return product

    def run(self):
        evidence = [0.0] * (self.most + 1)
        mean = [0.0] * len(self.e)
        window = {}
        for m in range(self.most + 1):
            placements = self.placements(m)
            total = sum(mass for _, mass in placements)
            choices = self.levels(m)
            total *= sum(chance * self.ending[plateaus[-1]] for plateaus, chance in choices)
            for windows, mass in placements:
                for plateaus, chance in choices:
                    weight = self.prior[m] * mass / total * chance * self.weigh(windows, plateaus)
                    weight *= self.ending[plateaus[-1]]
                    if m == 0:
                        weight *= 1 - self.drift_share
                    evidence[m] += weight
                    for i, x in enumerate(self.e):
                        mean[i] += weight * probability(self.fine(x, windows, plateaus))
                    rises = [(b - a) / 20 for a, b in zip(plateaus, plateaus[1:])]
                    for k, (i, j) in enumerate(windows):
                        place = (self.e[i] + self.e[j]) / 2
                        if j > i + 1:
                            place = sum(self.bounds[i : i + 2] + self.bounds[j : j + 2]) / 4
                        parts = (1, rises[k], rises[k] > 0, self.sharp[i, j] / self.mass[i, j], self.gradual[i, j] / self.mass[i, j], place)
                        names = [f"{m} {k}"]
                        if k == rises.index(max(rises)):
                            names.append("greatest")
                        for name in names:
                            sums = window.setdefault(name, [0.0] * 6)
                            for s, part in enumerate(parts):
                                sums[s] += weight * part
        slow = [(u, v) for u in LEVELS for v in LEVELS if 0 < abs(u - v) < self.steps]
        mass = sum(self.level[u] * self.level[v] * self.ending[v] for u, v in slow)
        for u, v in slow:
            line = lambda x: math.floor(u * 10 + (v - u) * (x / self.length * 10) + 0.5)
            weight = self.none * self.drift_share * self.level[u] * self.level[v] * self.ending[v] / mass
            for x, table in self.tables.items():
                weight *= table[line(x)]
            evidence[0] += weight
            for i, x in enumerate(self.e):
                mean[i] += weight * probability(line(x))
        everything = sum(evidence)
        for m, value in enumerate(evidence):
            self.say(f"count {m}", value / everything)
        for i, x in enumerate(self.e):
            ended = self.end is not None and x == self.length
            self.say(f"curve {x}", self.end / 20 if ended else mean[i] / everything)
        for name, (weight, rise, rises, sharp, gradual, place) in window.items():
            self.say(f"rise {name}", rise / weight)
            self.say(f"rises {name}", rises / weight)
            self.say(f"sharp {name}", sharp / weight)
            self.say(f"gradual {name}", gradual / weight)
            self.say(f"place {name}", place / weight)

    def say(self, name, value):
        print(self.name, name, repr(value), sep="\t")


Case("short", 7, {0: (1, 4), 3: (2, 5), 5: (5, 5), 7: (4, 4)}, 0.5, 0.25, 0.25, 2, 0.3, 0.5, 0.5, 200).run()
Case("episodes", 5, {1: (0, 3), 2: (9, 9), 4: (1, 6), 5: (7, 8)}, 0.3, 0.5, 1.0, 3, 0.5, 0.7, 1.0, 20).run()
Case(
    "slope", 100, {10: (3, 20), 30: (8, 20), 50: (15, 20), 70: (18, 20), 90: (19, 20)},
    0.5, 0.25, 0.25, 1, 0.3, 0.5, 0.5, 200,
).run()
Case(
    "extreme", 6, {0: (2, 4), 2: (4, 5), 4: (5, 5), 6: (4, 4)}, 0.25, 0.5, 0.5, 2, 0.3, 0.5, 0.5, 20, beta=0.5
).run()
Case(
    "ended", 7, {0: (1, 4), 2: (3, 5), 4: (2, 4)}, 0.4, 0.5, 0.5, 2, 0.3, 0.5, 0.5, 50, gradual=0.3, end=20
).run()
Case(
    "gradual", 40, {0: (1, 9), 12: (3, 9), 20: (5, 9), 32: (6, 9), 40: (8, 9)},
    0.5, 0.25, 0.25, 1, 0.2, 0.4, 0.25, 100, gradual=0.4,
).run()
