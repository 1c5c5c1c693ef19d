"""Renditions of a photograph beside the naive way, which opens, resizes and saves it once a size and format.

Both make the same sizes in the same formats with the same settings of every encoder, in a process of its own each,
three times; the medians count. Prints seconds of CPU and of the clock, the peak of memory in MB, and the naive way's
time with the encoders' own default speeds as well. Takes the photographs' megapixels as arguments (default: 12, 39.9).
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image, ImageOps

from dropcap.pictures.encoding import SETTINGS
from dropcap.pictures.making import renditions
from dropcap.pictures.rendition import height_of, widths_of
from peak_memory import peak_mb

KINDS = ("image/avif", "image/webp", "image/jpeg")
ROUNDS = 3


def photograph(megapixels: float) -> Image.Image:
    """Return something as smooth, and as noisy, as a photograph of three to two."""
    height = round((megapixels * 1e6 * 2 / 3) ** 0.5)
    size = (height * 3 // 2, height)
    picture = Image.new("RGB", size, "grey")
    for seed, (cells, weight) in enumerate(((6, 0.6), (40, 0.3), (300, 0.12))):
        spots = Image.frombytes("RGB", (cells, cells), Random(seed).randbytes(3 * cells * cells))  # noqa: S311  # no secret
        picture = Image.blend(picture, spots.resize(size, Image.Resampling.BICUBIC), weight)
    return picture


def ours(source: bytes) -> int:
    """Make the renditions as Dropcap does and return their number."""
    return len(renditions(source).encoded)


def naive(source: bytes, *, default_speed: bool = False) -> int:
    """Open, turn, resize and save for each size and format; give how many."""
    renditions = 0
    with Image.open(BytesIO(source)) as image:
        widths = widths_of(image.width)
    for width in widths:
        for kind in KINDS:
            with Image.open(BytesIO(source)) as image:
                upright = ImageOps.exif_transpose(image).convert("RGB")
                scaled = upright.resize((width, height_of(upright.size, width)), Image.Resampling.LANCZOS)
            slow = {"speed", "method"} if default_speed else set()
            settings = {name: value for name, value in SETTINGS[kind].items() if name not in slow}
            scaled.save(BytesIO(), **settings)  # type: ignore[arg-type]  # settings are a dict of each encoder's own
            renditions += 1
    return renditions


def naive_at_default_speed(source: bytes) -> int:
    """Do as `naive`, with encoders as slow as they come."""
    return naive(source, default_speed=True)


WAYS: dict[str, Callable[[bytes], int]] = {"ours": ours, "naive": naive, "naive_default": naive_at_default_speed}


def measured(way: str, path: str) -> dict[str, float]:
    """Run WAY on the file at PATH in a process of its own."""
    ran = subprocess.run([sys.executable, __file__, "--way", way, path], capture_output=True, check=True)  # noqa: S603  # this file
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def once(way: str, path: str) -> dict[str, float]:
    """Run WAY on the file at PATH here."""
    source = Path(path).read_bytes()
    wall, cpu = time.perf_counter(), time.process_time()
    renditions = WAYS[way](source)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {
        "made": renditions,
        "s": wall,
        "cpu_s": cpu,
        "mb": peak_mb(),
    }


def compared(megapixels: float) -> dict[str, object]:
    """Compare the ways on a photograph of so many MEGAPIXELS."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photograph.jpg"
        photograph(megapixels).save(path, quality=90)
        rounds = {way: [measured(way, str(path)) for _ in range(ROUNDS)] for way in WAYS}
        size = path.stat().st_size
    result: dict[str, object] = {"megapixels": megapixels, "source_kb": size // 1024}
    cpu = {}
    for way, runs in rounds.items():
        medians = {name: statistics.median(run[name] for run in runs) for name in ("s", "cpu_s", "mb", "made")}
        cpu[way] = medians["cpu_s"]
        result[way] = {name: round(value, 2 if name.endswith("s") else 0) for name, value in medians.items()}
    return result | {"share_of_naive_cpu": round(cpu["ours"] / cpu["naive"], 2)}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--way"]:
        print(json.dumps(once(*sys.argv[2:4])))
    else:
        for megapixels in sys.argv[1:] or ("12", "39.9"):
            print(json.dumps(compared(float(megapixels))))
