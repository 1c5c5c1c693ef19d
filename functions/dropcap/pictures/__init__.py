"""Pure: the bytes of an uploaded picture ▶ its renditions; a title ▶ a social card.

```
bytes ─ opened (limits before decoding) ┬─ still ─ colour ─┬─ Renditions
                                        └─ animation ──────┘
```

The only room that imports Pillow, which nothing imports before it has a picture to work on. Only
newly encoded pictures are published, so that no location, thumbnail or embedded program survives.
"""
