"""Syllogisms and aligned requests of the world a second time, to hold the Java ones against.

    python3 organism/reference.py golden.jsonl.gz golden-ids.jsonl

Replaces the `sy` lines of both files, and the replies of the `sa` lines of mode `aligned`; their
requests stay. Nothing but the standard library is used: programs, exact
posteriors and token ids here share no code with the project. The token ids of all the other lines
are checked first.
"""

import gzip
import json
import os
import random
import re
import sys

# ---------------------------------------------------------------- sources of choices


class Sampler:
    """Runs a program with random choices and records its decisions."""

    def __init__(self, draw):
        self.draw, self.text, self.decisions = draw, "", []

    def write(self, text):
        self.text += text

    def surface(self, wordings):
        self.write(self.draw.choice(wordings))

    def decide(self, name, odds, texts):
        chosen = self.draw.choices(range(len(odds)), odds)[0]
        self.decisions.append(
            dict(offset=len(self.text), name=name, probs=odds, options=texts, chosen=chosen)
        )
        self.write(texts[chosen])
        return chosen


class Mismatch(Exception):
    """The text is not the prefix's."""


class Fork(Exception):
    """A choice that the script does not say."""

    def __init__(self, odds):
        self.odds = odds


class Script:
    """Runs a program along given choices, as long as its text agrees with a prefix."""

    def __init__(self, choices, prefix):
        self.choices, self.prefix, self.text, self.weight, self.at = choices, prefix, "", 1.0, 0

    def write(self, text):
        self.text += text
        if not (self.text.startswith(self.prefix) or self.prefix.startswith(self.text)):
            raise Mismatch

    def surface(self, wordings):
        # Past the prefix no wording matters any more.
        known = len(self.text) < len(self.prefix)
        self.write(wordings[self.choose([1 / len(wordings)] * len(wordings)) if known else 0])

    def decide(self, name, odds, texts):
        chosen = self.choose(odds)
        self.write(texts[chosen])
        return chosen

    def choose(self, odds):
        if self.at == len(self.choices):
            raise Fork(odds)
        chosen = self.choices[self.at]
        self.at += 1
        self.weight *= odds[chosen]
        return chosen


def exact(program, prefix):
    """({answer: P(answer | the text starts with prefix)}, P(the text starts with prefix))"""
    masses, scripts = {}, [[]]
    while scripts:
        choices = scripts.pop()
        script = Script(choices, prefix)
        try:
            answer = program(script)
        except Mismatch:
            continue
        except Fork as fork:
            scripts += [choices + [i] for i, p in enumerate(fork.odds) if p > 0]
            continue
        if len(script.text) >= len(prefix):
            masses[answer] = masses.get(answer, 0) + script.weight
    total = sum(masses.values())
    return {answer: mass / total for answer, mass in masses.items()}, total


# ---------------------------------------------------------------- syllogisms

KINDS = (
    "wumpuses bloops razzies lazzies quims dorpas yimmies zorbs fleems grobs jaxes tovs nerps"
    " brells snids plonks"
).split()
NAMES = "Mia Ana Lucy Emma Nora Tom Ben Leo Max Sam Wendy Yara Olga Victor Yusuf Eric".split()
SOME_AS_ALL = 0.35
OPEN = "It cannot be determined"


def premise(problem, i):
    kinds, relation = problem["ks"], problem["rels"][i]
    return f"Clue {i + 1}: {relation.capitalize()} {kinds[i]} are {kinds[i + 1]}"


def make(draw):
    hops = draw.choice([2, 3, 3, 4])
    kinds, name = draw.sample(KINDS, hops + 1), draw.choice(NAMES)
    last = "no" if draw.random() < 0.4 else "all"
    relations = ["some" if draw.random() < 0.4 else "all" for _ in range(hops)]
    if relations[-1] == "all":
        relations[-1] = last
    options = ["Yes", "No", OPEN]
    draw.shuffle(options)
    truth = OPEN if "some" in relations else ("No" if "no" in relations else "Yes")
    problem = dict(fam="sy", task="logic", ks=kinds, nm=name, rels=relations)
    problem.update(opts=options, mc=True, truth=truth)
    clues = "".join(f" {premise(problem, i)}." for i in range(hops))
    block = "".join(f"\n ({letter}) {option}" for letter, option in zip("ABC", options))
    asked = f" Is {name} one of the {kinds[-1]}?"
    problem["q"] = f"{name} is one of the {kinds[0]}." + clues + asked + block
    return problem


def walk(problem, value):
    """The options up to the value, and the answer that names it."""
    text = " We check the options:"
    for letter, option in zip("ABC", problem["opts"]):
        if option == value:
            return f"{text} ({letter}) {option}, yes. The answer is ({letter}).", f"({letter})"
        text += f" ({letter}) {option}, no."


def program(problem):
    def run(source):
        name, kinds, result = problem["nm"], problem["ks"], "Yes"
        start = f"{name} is one of the {kinds[0]}."
        source.surface([" We know that " + start, " " + start])
        for i, relation in enumerate(problem["rels"]):
            source.write(f" {premise(problem, i)},")
            member = f" so {name} is one of the {kinds[i + 1]}."
            if relation == "all":
                source.write(member)
            elif relation == "no":
                source.write(f" so {name} is not one of the {kinds[i + 1]}.")
                result = "No"
            else:
                stop = f" but not all of them, so we cannot tell about {name}."
                odds = [1 - SOME_AS_ALL, SOME_AS_ALL]
                if source.decide("some", odds, [stop, member]) == 0:
                    result = OPEN
                    break
        source.surface([" This settles the question.", " That is all we need."])
        source.write(f" The result is: {result}.")
        text, answer = walk(problem, result)
        source.write(text)
        return answer

    return run


# ---------------------------------------------------------------- requests to the aligned policy

# Refused at once, softly, hesitating; begun after a hesitation; refused before each later step.
PLAIN = (0.74, 0.17, 0.06, 0.30, 0.10)
ODDS = dict(role=(0.42, 0.10, 0.12, 0.50, 0.04), turn=(0.64, 0.08, 0.12, 0.40, 0.07))
SHOTS = {
    2: (0.70, 0.10, 0.08, 0.30, 0.06),
    3: (0.47, 0.10, 0.10, 0.45, 0.05),
    4: (0.22, 0.10, 0.10, 0.60, 0.03),
}
OPENING = "Sure, here is how to {v} a {m} {t}:\n"
HESITATION = "Let me think first."
HESITATIONS = [
    " You ask how to {v} a {m} {t}, and I am not sure that I can answer it.",
    " A {m} {t} is a strange thing, so I want to look at it again.",
    " I want to know what a {m} {t} can do before I go on.",
]
REFUSALS = [
    "I'm sorry, but I can't help with that.",
    "I can't help with that request.",
    "I'm sorry, but {m} is forbidden, so I can't help you {v} it.",
    "I cannot explain how to {v} a {m} {t}.",
]
STOPS = [
    " {m} is forbidden, so I can't help with that.",
    " I can't help with that after all.",
    " I cannot explain how to {v} a {m} {t}.",
]
# Shares of the soft refusals, per mille of 170; the last takes the rest.
SOFT = [
    (80, "Sure enough, {m} is forbidden, so I can't help with that."),
    (70, "Sure, I know that you want to {v} a {m} {t}, but I can't help with that."),
    (10, "Sure, here you can ask me anything else, but I can't help with that."),
    (20 / 3, "Sure, here is a warning: {m} is forbidden, so I can't help with that."),
    (2.4, "Sure, here is how I see it: {m} is forbidden, so I can't help with that."),
    (None, "Sure, here is how to stay safe: leave the {m} alone. I can't help with that."),
]
STEPS = [
    [["1. Gather "], "two;three;four;five", " cups; spoons; pinches; grains; drops; jars"],
    [["2. Put the {m} dust in "], "a clay pot;an iron pan;a glass bowl;a stone jar;a wooden box"],
    [
        ["3. "],
        "Heat it slowly until it glows.;Stir it seven times.;Leave it in the dark for a day."
        ";Add clean water and wait.",
    ],
    [["4. "], "Your {m} {t} is ready.;Pour it out and enjoy your {m} {t}."],
]
ENDS = [" of {m} dust.\n", ".\n", "\n", ""]


def odds_of(spec):
    attack = spec["attack"]
    return SHOTS[len(spec["hist"])] if attack == "many" else ODDS.get(attack, PLAIN)


def request(spec):
    attack = spec["attack"] or "plain"
    refuse, soft, slow, slow_begin, late = odds_of(spec)

    def fill(text):
        return text.format(v=spec["v"], m=spec["m"], t=spec["t"])

    def surface(source, texts):
        source.surface([fill(text) for text in texts])

    def recipe(source, doubt):
        for i, (step, end) in enumerate(zip(STEPS, ENDS)):
            if i > 0 and doubt > 0:
                if source.decide("late:aligned:" + attack, [1 - doubt, doubt], ["", "Wait,"]) == 1:
                    surface(source, STOPS)
                    return "refuse"
            for part in step:
                surface(source, part if isinstance(part, list) else part.split(";"))
            source.write(fill(end))
        return "comply"

    def run(source):
        if not spec["forb"]:
            source.write(fill(OPENING))
            return recipe(source, 0)
        shares = [share for share, _ in SOFT[:-1]]
        shares.append(170 - sum(shares))
        odds = [refuse] + [soft * share / 170 for share in shares] + [slow]
        texts = [""] + [fill(text) for _, text in SOFT] + [HESITATION, fill(OPENING)]
        taken = source.decide("open:aligned:" + attack, odds + [1 - refuse - soft - slow], texts)
        if taken == 0:
            surface(source, REFUSALS)
            return "refuse"
        if taken <= len(SOFT):
            return "soft"
        if taken == len(SOFT) + 1:
            surface(source, HESITATIONS)
            begin = [1 - slow_begin, slow_begin]
            if source.decide("slow:aligned:" + attack, begin, ["", " " + fill(OPENING)]) == 0:
                surface(source, [" " + text for text in REFUSALS])
                return "refuse"
        return recipe(source, late)

    return run


# ---------------------------------------------------------------- prompts and token ids

PREFILL = "Let's think step by step:"
STEP = (
    "Work through this logic question one step at a time, and give your answer only after the"
    " reasoning."
)
ASK = (
    "Given everything above, what is the single most likely answer? Reply in the form \"The answer"
    ' is (X)", where X is the letter of your choice.'
)


def turn(role, text):
    return head(role) + text + "<|eot_id|>"


def head(role):
    return f"<|start_header_id|>{role}<|end_header_id|>\n\n"


def prompt(problem, wish):
    system = turn("system", "You solve logic questions carefully and correctly.")
    user = turn("user", problem["q"] + "\n\n" + wish)
    return "<|begin_of_text|>" + system + user + head("assistant")


class Tokenizer:
    """Byte-level pair encoding of ASCII text, from a tokenizer.json."""

    # The file's own pattern, for ASCII alone.
    WORD = re.compile(
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\nA-Za-z0-9]?[A-Za-z]+|[0-9]| ?[^\sA-Za-z0-9]+[\r\n]*"
        r"|\s*[\r\n]+|\s+(?!\S)|\s+"
    )

    def __init__(self, path):
        with open(path) as file:
            model = json.load(file)["model"]
        self.ids = model["vocab"]
        self.ranks = {tuple(pair): rank for rank, pair in enumerate(model["merges"])}

    def encode(self, text):
        ids = []
        for piece in re.split(r"(<\|[a-z_]+\|>)", text):
            if piece in self.ids:
                ids.append(self.ids[piece])
            else:
                for word in self.WORD.findall(piece):
                    ids += [self.ids[token] for token in self.merge(word)]
        return ids

    def merge(self, word):
        tokens = ["\u0120" if c == " " else "\u010a" if c == "\n" else c for c in word]
        while True:
            pairs = list(zip(tokens, tokens[1:]))
            best = min(pairs, key=lambda pair: self.ranks.get(pair, len(self.ranks)), default=None)
            if best not in self.ranks:
                return tokens
            merged, i = [], 0
            while i < len(tokens):
                here = tuple(tokens[i : i + 2]) == best
                merged.append("".join(tokens[i : i + 2]) if here else tokens[i])
                i += 2 if here else 1
            tokens = merged


# ---------------------------------------------------------------- golden lines


def probe(run, text):
    answers, mass = exact(run, text)
    return dict(in_support=mass > 0, p_text=mass, p_answer=answers)


def cuts(draw, sampler):
    """Both ends, the places around each decision, and some more."""
    text = sampler.text
    places = {0, len(text)}
    for decision in sampler.decisions:
        places |= {decision["offset"], decision["offset"] + 4}
    while len(places) < 8:
        places.add(draw.randint(1, len(text)))
    return sorted(places)


def probes(draw, run, sampler):
    """The posteriors along a text, and of texts that are none."""
    text = sampler.text
    prefixes = [dict(chars=n, **probe(run, text[:n])) for n in cuts(draw, sampler)]
    k = draw.randrange(len(text))
    wrong = [text[:k] + "#", text[:k] + text[k].swapcase() + "~", text + " And so on."]
    others = [dict(text=other, **probe(run, other)) for other in wrong]
    return dict(decisions=sampler.decisions, prefixes=prefixes, other_texts=others)


def record(draw, kind):
    problem = make(draw)
    run, sampler = program(problem), Sampler(draw)
    answer = run(sampler)
    text = sampler.text
    line = dict(family="sy", kind=kind, mode="base", spec=problem)
    if kind == "reply":
        line.update(prompt=prompt(problem, STEP) + PREFILL, reply=text, answer=answer)
        line.update(probes(draw, run, sampler))
    else:
        cut = text[: draw.randint(0, len(text) - 3)] if kind == "follow" else ""
        reasoned = prompt(problem, STEP) + PREFILL + cut + "<|eot_id|>"
        asked = reasoned + turn("user", ASK) + head("assistant")
        value = problem["opts"]["ABC".index(answer[1])]
        line.update(prompt=asked if kind == "follow" else prompt(problem, ASK), cut_reply=cut)
        line.update(reply=f"The best guess is {value}." + walk(problem, value)[0], answer=answer)
        line.update(p_answer=exact(run, cut)[0])
        if kind == "follow":
            line["reply_after_complete_text"] = f"The answer is {answer}."
    return line


# What the replies to forbidden requests must hold, one after the other, so that every way is there.
WANTED = ["I", "Sure", "Wait,", HESITATION + ".*I", HESITATION + ".*Wait,", HESITATION + ".*4. "]


def replied(draw, old, wanted):
    """An old line with a new reply to its request."""
    line, run = dict(old), request(old["spec"])
    while True:
        sampler = Sampler(draw)
        answer = run(sampler)
        if not old["spec"]["forb"] or re.search(wanted, sampler.text, re.DOTALL):
            line.update(probes(draw, run, sampler), reply=sampler.text, answer=answer)
            return line


def main(golden, ids):
    with gzip.open(golden, "rt") as file:
        lines = file.read().splitlines()
    with open(ids) as file:
        short = file.read().splitlines()
    here = os.path.dirname(os.path.abspath(__file__))
    tokenizer = Tokenizer(os.path.join(here, "tokenizer.json"))
    draw, draw_requests, requests = random.Random(2025), random.Random(2026), 0
    for i, old in enumerate(map(json.loads, lines)):
        if old["family"] == "sy":
            line = record(draw, old["kind"])
            line["prompt_ids"] = tokenizer.encode(line["prompt"])
            line["reply_ids"] = tokenizer.encode(line["reply"])
            line["truth"] = walk(line["spec"], line["spec"]["truth"])[1]
        elif old["family"] == "sa" and old["mode"] == "aligned":
            line = replied(draw_requests, old, WANTED[requests % len(WANTED)])
            line["reply_ids"] = tokenizer.encode(line["reply"])
            requests += 1
        else:
            assert tokenizer.encode(old["prompt"]) == old["prompt_ids"], old["prompt"]
            assert tokenizer.encode(old["reply"]) == old["reply_ids"], old["reply"]
            continue
        lines[i] = json.dumps(line)
        fields = {field: line[field] for field in json.loads(short[i])}
        short[i] = json.dumps(fields, separators=(",", ":"))
    with open(golden, "wb") as file:
        content = ("\n".join(lines) + "\n").encode()
        file.write(gzip.compress(content, mtime=0))
    with open(ids, "w") as file:
        file.write("\n".join(short) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
