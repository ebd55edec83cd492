"""Draw the invented pictures of the exemplary case: two of skin and two of histology.

The seeds are fixed, so the same Pillow draws the same pixels; each picture is painted at twice its size.
"""

from math import cos, pi, sin
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps
from PIL.ImageFilter import EMBOSS, GaussianBlur

FOLDER = Path(__file__).parents[1] / "cases" / "exemplary-dress" / "figures"
WIDTH, HEIGHT = SIZE = (2400, 1800)
Colour = tuple[int, int, int]
Pair = tuple[float, float]


def noise(rng: Random, columns: int, rows: int) -> Image.Image:
    """Return smooth grey noise with about `columns` by `rows` blotches, stretched to the full range."""
    grains = Image.frombytes("L", (columns, rows), rng.randbytes(columns * rows))
    return ImageOps.autocontrast(grains.resize(SIZE, Image.Resampling.BICUBIC), cutoff=1)


def layered(rng: Random, columns: int, octaves: int) -> Image.Image:
    """Return noise with detail at several scales, each twice as fine as the one before and weaker."""
    picture = noise(rng, columns, columns * 3 // 4)
    for octave in range(1, octaves):
        fine = columns * 2**octave
        picture = Image.blend(picture, noise(rng, fine, fine * 3 // 4), 0.5 / (octave + 0.5))
    return ImageOps.autocontrast(picture, cutoff=1)


def threshold(field: Image.Image, level: int, softness: int) -> Image.Image:
    """Return a mask of the places where `field` exceeds `level`, with an edge `softness` grey steps wide."""
    return field.point([max(0, min(255, (grey - level) * 255 // softness)) for grey in range(256)])


def tint(picture: Image.Image, mask: Image.Image, colour: Colour, strength: float) -> Image.Image:
    """Return `picture` multiplied by `colour` where `mask` is light, as blood or pigment tints skin."""
    dyed = ImageChops.multiply(picture, Image.new("RGB", SIZE, colour))
    return Image.composite(dyed, picture, mask.point([round(grey * strength) for grey in range(256)]))


def save(picture: Image.Image, name: str, quality: int) -> None:
    """Write a picture as JPEG, half its size, without its rim (filters leave one) and without metadata."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    small = picture.resize((WIDTH // 2, HEIGHT // 2), box=(4, 3, WIDTH - 4, HEIGHT - 3))
    small.save(FOLDER / name, quality=quality, optimize=True)


def bare_skin(rng: Random) -> Image.Image:
    """Return unaffected skin: mottled tone, fine crossing furrows, and light that falls off at the side."""
    tone = Image.blend(layered(rng, 5, 4), noise(rng, 420, 315), 0.16)
    skin = ImageOps.colorize(tone, (206, 156, 130), (242, 208, 184), mid=(228, 183, 156))
    for angle in (41, -44):
        grains = Image.frombytes("L", (150, 500), rng.randbytes(75000))
        lines = grains.resize((4200, 4200), Image.Resampling.BICUBIC).rotate(angle, Image.Resampling.BICUBIC)
        furrows = threshold(lines.crop((900, 1200, 3300, 3000)), 120, 135).filter(GaussianBlur(3))
        skin = tint(skin, furrows, (226, 200, 188), 0.3)
    light = Image.radial_gradient("L").resize((2 * WIDTH, 2 * HEIGHT)).crop((1100, 900, 3500, 2700))
    return tint(skin, threshold(light, 65, 150), (126, 90, 80), 0.6)


def macules(rng: Random) -> Image.Image:
    """Return the mask of a morbilliform rash: many small macules that run together in places."""
    density, mask = noise(rng, 4, 3), Image.new("L", SIZE, 0)
    draw = ImageDraw.Draw(mask)
    for _ in range(3600):
        x, y = rng.randrange(WIDTH), rng.randrange(HEIGHT)
        if rng.random() * 255 < 40 + 0.75 * density.crop((x, y, x + 1, y + 1)).tobytes()[0]:
            wide, high = rng.triangular(7, 44, 15), rng.triangular(7, 44, 15)
            draw.ellipse((x - wide, y - high, x + wide, y + high), rng.randint(130, 255))
    ragged = ImageChops.multiply(mask.filter(GaussianBlur(9)), threshold(layered(rng, 70, 3), 10, 110))
    return ragged.filter(GaussianBlur(6))


def draw_skin() -> None:
    """Draw the same flank with the rash in flower, then with no more than a faint brown trace of it."""
    skin, rash = bare_skin(Random(21)), macules(Random(8))
    flush = tint(skin, rash.filter(GaussianBlur(60)), (250, 182, 170), 0.8)
    acute = tint(flush, rash, (228, 108, 104), 0.9)
    raised = rash.filter(GaussianBlur(4)).filter(EMBOSS).convert("RGB")
    save(Image.blend(acute, ImageChops.overlay(acute, raised), 0.55), "skin-admission.jpg", 76)
    save(tint(skin, rash.filter(GaussianBlur(9)), (220, 180, 158), 0.42), "skin-three-months.jpg", 80)


def polar(centre: Pair, reach: Pair, angle: float) -> Pair:
    """Return the point of an ellipse round `centre` with half-axes `reach` at `angle`."""
    return centre[0] + reach[0] * cos(angle), centre[1] + reach[1] * sin(angle)


def oval(draw: ImageDraw.ImageDraw, at: Pair, axes: Pair, turn: float, colour: Colour) -> None:
    """Draw an oval with half-axes `axes`, turned by `turn` radians."""
    rim = [polar((0, 0), axes, step / 4) for step in range(26)]
    corners = [(at[0] + x * cos(turn) - y * sin(turn), at[1] + x * sin(turn) + y * cos(turn)) for x, y in rim]
    draw.polygon(corners, fill=colour)


def stroma(rng: Random, grain: tuple[int, int], fibroblasts: int, length: float) -> Image.Image:
    """Return dermis: pink bundles of collagen, pale clefts, and fibroblast nuclei `length` pixels long."""
    fine = (2 * grain[0], 3 * grain[1])
    fibres = ImageOps.autocontrast(Image.blend(noise(rng, *grain), noise(rng, *fine), 0.45))
    pink = ImageOps.colorize(fibres, (212, 124, 160), (250, 226, 236), mid=(233, 168, 196))
    clefts = threshold(Image.blend(noise(rng, *grain), noise(rng, *fine), 0.3), 178, 40)
    picture = Image.composite(Image.new("RGB", SIZE, (248, 240, 243)), pink, clefts)
    draw = ImageDraw.Draw(picture)
    for _ in range(fibroblasts):
        at, slim = (rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT)), length * rng.uniform(0.16, 0.28)
        oval(draw, at, (length, slim), rng.gauss(0, 0.3), (138, 92, 164))
    return picture


def lymphocyte(draw: ImageDraw.ImageDraw, rng: Random, at: Pair, radius: float) -> None:
    """Draw a round, dark nucleus with a few clumps of chromatin and hardly any cytoplasm."""
    shade, axes = rng.randint(-14, 14), (radius, radius * rng.uniform(0.86, 1))
    oval(draw, at, (radius * 1.22, radius * 1.16), 0, (196 + shade, 150 + shade, 198))
    oval(draw, at, axes, rng.uniform(0, 3), (84 + shade, 54 + shade, 128 + shade))
    for _ in range(4 if radius > 12 else 0):
        reach = radius * rng.uniform(0.1, 0.6)
        oval(draw, polar(at, (reach, reach), rng.uniform(0, 7)), (radius / 5, radius / 5), 0, (56, 32, 96))


def eosinophil(draw: ImageDraw.ImageDraw, rng: Random, at: Pair, radius: float) -> None:
    """Draw bright, granular cytoplasm round a nucleus of two lobes."""
    turn = rng.uniform(0, 2 * pi)
    oval(draw, at, (radius * 1.3, radius * 1.2), turn, (226, 96, 96))
    for _ in range(int(radius * 2.2) if radius > 12 else 0):
        away = radius * 1.12 * rng.random() ** 0.5
        oval(draw, polar(at, (away, away), rng.uniform(0, 7)), (2.6, 2.6), 0, (rng.randint(196, 250), 96, 94))
    for side in (0, pi):
        axes = (radius * 0.5, radius * 0.42)
        oval(draw, polar(at, (axes[0], axes[0]), turn + side), axes, turn + 1.3, (86, 48, 116))


def cuff(draw: ImageDraw.ImageDraw, rng: Random, centre: Pair, reach: Pair, cells: tuple[int, float]) -> None:
    """Scatter `cells` (number, radius), mostly lymphocytes, round a centre; one in seven an eosinophil."""
    for index in range(cells[0]):
        away = 0.45 + abs(rng.gauss(0, 0.42))
        at = polar(centre, (reach[0] * away, reach[1] * away), rng.uniform(0, 2 * pi))
        (eosinophil if index % 7 == 0 else lymphocyte)(draw, rng, at, cells[1] * rng.uniform(0.88, 1.14))


def vessel(draw: ImageDraw.ImageDraw, centre: Pair, axes: Pair) -> None:
    """Draw a small vessel: its wall, a pale lumen and endothelial nuclei."""
    oval(draw, centre, (axes[0] * 1.2, axes[1] * 1.25), 0, (222, 148, 184))
    oval(draw, centre, axes, 0, (250, 240, 242))
    for step in range(9):
        at = polar(centre, (axes[0] * 1.08, axes[1] * 1.1), step * 2 * pi / 9)
        oval(draw, at, (axes[1] * 0.3, axes[1] * 0.12), step * 2 * pi / 9 + pi / 2, (112, 70, 146))


def epidermis(picture: Image.Image, rng: Random) -> Image.Image:
    """Paint over the dermis: the horny layer, keratinocytes, and a basal row along the rete ridges."""
    draw, body = ImageDraw.Draw(picture), Image.new("L", SIZE)
    top = [(x, 150 + 16 * sin(x / 260) + 6 * sin(x / 71)) for x in range(0, WIDTH + 20, 10)]
    base = [(x, y + 215 + 78 * sin(x / 88 + 0.8 * sin(x / 410)) + 22 * sin(x / 41)) for x, y in top]
    ImageDraw.Draw(body).polygon(top + base[::-1], fill=255)
    picture.paste(ImageOps.colorize(layered(rng, 90, 3), (176, 112, 172), (222, 168, 206)), mask=body)
    draw.polygon([*top, (WIDTH, 0), (0, 0)], fill=(250, 248, 249))
    for layer in range(13):
        wave = [(x, y - 8 - layer * 6 + 5 * sin(x / (23 + layer) + layer)) for x, y in top]
        draw.line(wave, fill=(226 - layer % 3 * 14, 142 + layer % 4 * 16, 178), width=3)
    for (x, y), (_, low) in zip(top, base, strict=True):
        oval(draw, (x, low - 9), (4.6, 11), rng.uniform(-0.3, 0.3), (92, 54, 132))
        for depth in range(int(y) + 24, int(low) - 24, 34):
            at = (x + rng.uniform(-7, 7), depth + rng.uniform(-12, 12))
            oval(draw, at, (8, 6.4) if rng.random() < 0.34 else (0, 0), 0, (122, 76, 152))
    return picture


def finish(picture: Image.Image, rng: Random, bar: int, label: str) -> Image.Image:
    """Mottle the stain, soften the cells like a lens, and draw a scale bar `bar` pixels long."""
    stain = ImageOps.colorize(noise(rng, 420, 315), (238, 229, 236), "white")
    picture = ImageChops.multiply(picture.filter(GaussianBlur(2.4)), stain)
    draw, right, low = ImageDraw.Draw(picture), WIDTH - 90, HEIGHT - 90
    draw.rounded_rectangle((right - bar - 50, low - 100, right + 50, low + 50), 20, fill=(255, 255, 255))
    draw.rectangle((right - bar, low, right, low + 14), fill="black")
    draw.text((right - bar / 2, low - 14), label, "black", ImageFont.load_default(58), anchor="mb")
    return picture


def draw_histology() -> None:
    """Draw the biopsy at low power, with cuffs of cells below the epidermis, and one cuff at high power."""
    rng = Random(5)
    low, high = stroma(rng, (26, 60), 420, 13), stroma(rng, (9, 22), 46, 58)
    for centre in ((420, 780), (1130, 980), (1850, 740), (700, 1400), (1640, 1420), (2260, 1180)):
        cuff(ImageDraw.Draw(low), rng, centre, (150, 105), (105, 7.5))
        vessel(ImageDraw.Draw(low), centre, (40, 24))
    cuff(ImageDraw.Draw(low), rng, (1200, 560), (1100, 60), (190, 7))
    save(finish(epidermis(low, rng), rng, 215, "0.1 mm"), "biopsy-low-power.jpg", 70)
    cuff(ImageDraw.Draw(high), rng, (1150, 900), (640, 480), (170, 36))
    vessel(ImageDraw.Draw(high), (1150, 900), (250, 150))
    save(finish(high, rng, 450, "0.05 mm"), "biopsy-high-power.jpg", 80)


if __name__ == "__main__":
    draw_skin()
    draw_histology()
