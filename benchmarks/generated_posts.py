"""Posts of random syllables for the benchmarks: the same text for the same number, whatever generator reads them."""

import random

SYLLABLES = [consonant + vowel for consonant in "bdklmnr" for vowel in "aeio"]
YEARS = range(2012, 2026)
TAGS = 20


def post(number: int, posts: int, chance: random.Random, day: str = "") -> str:
    """Return the source of post NUMBER of so many POSTS; CHANCE draws its words, tags, link and a missing DAY."""
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(400)]
    date = day or f"{chance.choice(YEARS)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    tags = ", ".join(f"tag-{tag}" for tag in chance.sample(range(TAGS), 2))
    body = "\n\n".join(" ".join(words[start : start + 80]).capitalize() + "." for start in range(0, 400, 80))
    link = "" if number % 3 else f"\n\nSee [[post-{chance.randrange(posts)}]]."
    head = f"---\ntitle: {' '.join(words[:5]).capitalize()}\ndate: {date}\ntags: [{tags}]\n---\n"
    return f"{head}{body}\n\n## Heading\n\n- one\n- two\n\n```python\nprint(1)\n```{link}\n"
