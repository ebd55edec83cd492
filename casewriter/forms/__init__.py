"""Forms that go with a manuscript: each is an article with sections and nothing else, so every exporter can write it."""
