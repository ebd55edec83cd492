"""Forms that go with a manuscript: each is an article with sections alone, so that every exporter can write it."""
